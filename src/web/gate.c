/* See gate.h. */
#include "gate.h"

#include <stdio.h>

void gate_set_port(struct gate *g, unsigned port)
{
    snprintf(g->hosts[0], GATE_NAME_MAX, "127.0.0.1:%u", port);
    snprintf(g->hosts[1], GATE_NAME_MAX, "localhost:%u", port);
    snprintf(g->cookie, GATE_NAME_MAX, "stet-%u", port);
}

bool gate_same(str a, str b)
{
    unsigned differ = a.n != b.n || !b.n;
    for (size_t i = 0; i < a.n && i < b.n; i++)
        differ |= (unsigned)((unsigned char)a.p[i] ^ (unsigned char)b.p[i]);
    return !differ;
}

static bool is_our_host(const struct gate *g, const struct gate_request *r)
{
    if (r->host_count != 1)
        return false;
    return str_eq(r->host, str_of(g->hosts[0])) || str_eq(r->host, str_of(g->hosts[1]));
}

/* Browsers of today say where a request comes from; older ones and scripts send nothing, and then the
   Origin decides where there is one. */
static bool is_our_origin(const struct gate_request *r)
{
    const str http = STR("http://");
    if (r->fetch_site.p && !str_eq(r->fetch_site, STR("same-origin")) &&
        !str_eq(r->fetch_site, STR("none")) && !r->start)
        return false;
    if (!r->origin.p)
        return true;
    /* Our pages have the policy no-referrer: their forms come from the origin "null". */
    if (str_eq(r->origin, STR("null")) && str_eq(r->fetch_site, STR("same-origin")))
        return true;
    if (!str_starts(r->origin, http))
        return false;
    /* The very host that was asked: localhost and 127.0.0.1 are two origins. */
    return str_eq(str_from(r->origin, http.n), r->host);
}

static bool has_key(const struct gate *g, const struct gate_request *r)
{
    const str bearer = STR("Bearer ");
    if (str_starts(r->authorization, bearer) &&
        gate_same(str_from(r->authorization, bearer.n), str_of(g->token)))
        return true;
    return g->started && gate_same(r->cookie_value, str_of(g->session));
}

enum gate_answer gate_ask(struct gate *g, const struct gate_request *r)
{
    if (!is_our_host(g, r))
        return GATE_WRONG_HOST;
    if (!is_our_origin(r))
        return GATE_WRONG_ORIGIN;
    if (r->start && !g->started && gate_same(r->start_token, str_of(g->token))) {
        g->started = true;
        return GATE_START;
    }
    return has_key(g, r) ? GATE_PASS : GATE_NO_KEY;
}
