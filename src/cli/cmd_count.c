/* stet count: how many, and which share of what. */
#include "print_claims.h"
#include "words.h"

#include <string.h>

struct counting {
    str of, in; /* as typed */
    struct claim_count count;
    struct searched searched;
    bool in_failed;
};

/* The argument "/" parts the two queries. */
static void split_arguments(struct cli *c, struct counting *x)
{
    const int n = c->opts.arg_count;
    int slash = 0;
    while (slash < n && strcmp(c->opts.args[slash], "/") != 0)
        slash++;
    x->of = claim_words(c, 0, slash);
    x->in = slash < n ? claim_words(c, slash + 1, n) : STR("");
}

static enum status count(struct cli *c, struct counting *x, struct err *e)
{
    struct archive *a = NULL;
    struct claim_query q = {.text = x->of};
    enum status st = cli_now(c, &q.now_wall_ms, e);
    if (st == OK)
        st = cli_open(c, &a, e);
    if (st == OK)
        st = claims_count(&x->count, archive_store(a), &q, x->in, &c->arena, &x->in_failed, e);
    if (st == OK)
        st = claims_searched(&x->searched, archive_store(a), &c->arena, e);
    archive_close(a);
    return st;
}

static void print_count(struct cli *c, const struct counting *x)
{
    struct arena *const a = &c->arena;
    const struct claim_count *const n = &x->count;
    term_addf(&c->out, STR_FMT " of " STR_FMT, STR_ARG(number_text(a, n->both)),
              STR_ARG(count_text(a, n->whole, "message", "messages")));
    if (n->in_given) {
        term_add(&c->out, STR(" that match "));
        term_safe(&c->out, n->in);
    }
    if (n->whole)
        term_addf(&c->out, " (" STR_FMT ")", STR_ARG(claims_share(a, n->both, n->whole)));
    term_add(&c->out, n->both == 1 ? STR(" matches ") : STR(" match "));
    term_safe(&c->out, n->of);
    term_add(&c->out, STR(".\n"));
    if (c->quiet)
        return;
    if (n->alone != n->both) {
        term_addf(&c->out, STR_FMT " more ", STR_ARG(number_text(a, n->alone - n->both)));
        term_add(&c->out, n->alone - n->both == 1 ? STR("matches ") : STR("match "));
        term_safe(&c->out, n->of);
        term_add(&c->out,
                 n->in_given ? STR(" outside of that.\n") : STR(": events, not messages.\n"));
    }
    print_claim_scope(c, &x->searched);
}

static void json_count(struct cli *c, const struct counting *x)
{
    const struct claim_count *const n = &x->count;
    struct json j = cli_json(c, "count");
    json_key(&j, "query");
    json_text(&j, n->of);
    json_key(&j, "of");
    json_text(&j, n->in);
    json_key(&j, "count");
    json_int(&j, (int64_t)n->both);
    json_key(&j, "whole");
    json_int(&j, (int64_t)n->whole);
    json_key(&j, "share");
    if (n->whole)
        json_real(&j, (double)n->both / (double)n->whole, 6);
    else
        json_null(&j);
    json_key(&j, "matches_alone");
    json_int(&j, (int64_t)n->alone);
    json_claim_scope(&j, &x->searched);
    cli_json_end(c, &j);
}

enum exit_status cmd_count(struct cli *c)
{
    struct err e = {0};
    struct counting x = {.in_failed = false};
    split_arguments(c, &x);
    if (count(c, &x, &e) != OK)
        return cli_fail_query(c, &e, x.in_failed ? x.in : x.of);
    if (c->json)
        json_count(c, &x);
    else
        print_count(c, &x);
    return x.count.both ? EXIT_DONE : EXIT_NOTHING;
}
