/*
 * See exchange.h. What comes in is checked here once: host, origin and key by the gate, sizes, UTF-8,
 * NUL. What goes out has the same headers on every answer.
 */
#include "exchange.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "utf8.h"

struct exchange {
    const struct exchange_rules *rules;
    struct MHD_Connection *connection;
    struct MHD_PostProcessor *post;
    struct web_request request;
    struct arena arena;
    struct web_param *params;
    size_t param_cap, form_bytes;
    struct buf value, upload; /* the field that is being received; the file */
    str value_name;
    bool begun, bad, too_large, trusted;
};

/* Parameters come NUL-terminated from libmicrohttpd: an encoded NUL would cut one short unseen. */
static bool has_encoded_nul(const char *uri)
{
    return strstr(uri, "%00") != NULL;
}

struct exchange *exchange_new(const struct exchange_rules *rules, const char *uri,
                              struct MHD_Connection *c)
{
    struct exchange *x = calloc(1, sizeof *x);
    if (!x)
        return NULL;
    x->rules = rules;
    x->connection = c;
    x->bad = !uri || uri[0] != '/' || has_encoded_nul(uri);
    x->value = buf_new(FORM_MAX);
    x->upload = buf_new(UPLOAD_MAX);
    return x;
}

void exchange_free(struct exchange *x)
{
    if (!x)
        return;
    if (x->post)
        MHD_destroy_post_processor(x->post);
    buf_free(&x->value);
    buf_free(&x->upload);
    arena_free(&x->arena);
    free(x);
}

bool exchange_trusted(const struct exchange *x)
{
    return x->trusted;
}

bool exchange_begun(const struct exchange *x)
{
    return x->begun;
}

/* ---- parameters ----------------------------------------------------------------------------- */

static void add_param(struct exchange *x, str name, str value)
{
    struct web_request *r = &x->request;
    x->bad = x->bad || utf8_valid_prefix(name) != name.n || utf8_valid_prefix(value) != value.n;
    if (r->param_count == x->param_cap) {
        const size_t cap = x->param_cap ? 2 * x->param_cap : 16;
        struct web_param *more = arena_array(&x->arena, cap, sizeof *more);
        if (r->param_count)
            memcpy(more, x->params, r->param_count * sizeof *more);
        x->params = more;
        x->param_cap = cap;
        r->params = more;
    }
    x->params[r->param_count++] =
        (struct web_param){arena_dup(&x->arena, name), arena_dup(&x->arena, value)};
}

static enum MHD_Result on_argument(void *context, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    (void)kind;
    add_param(context, str_of(name), str_of(value));
    return MHD_YES;
}

static void end_field(struct exchange *x)
{
    if (x->value_name.n)
        add_param(x, x->value_name, buf_str(&x->value));
    x->value_name = STR("");
    buf_clear(&x->value);
}

/* Fields of a form come in pieces; `offset` 0 begins one. */
static enum MHD_Result on_field(void *context, enum MHD_ValueKind kind, const char *name,
                                const char *filename, const char *type, const char *coding,
                                const char *data, uint64_t offset, size_t size)
{
    struct exchange *x = context;
    (void)kind;
    (void)type;
    (void)coding;
    if (filename && *filename) {
        x->request.upload_name = arena_dup(&x->arena, str_of(filename));
        buf_add(&x->upload, (str){data, size});
        x->too_large = x->too_large || x->upload.full;
        return MHD_YES;
    }
    if (offset == 0) {
        end_field(x);
        x->value_name = arena_dup(&x->arena, str_of(name));
    }
    buf_add(&x->value, (str){data, size});
    x->too_large = x->too_large || x->value.full;
    return MHD_YES;
}

/* ---- the request ---------------------------------------------------------------------------- */

enum MHD_Result exchange_begin(struct exchange *x, const char *url, const char *method)
{
    x->begun = true;
    x->request.path = arena_dup(&x->arena, str_of(url));
    x->request.upload_name = x->request.upload = STR("");
    x->bad = x->bad || utf8_valid_prefix(x->request.path) != x->request.path.n;
    if (strcmp(method, "POST") == 0) {
        x->request.method = WEB_POST;
        x->post = MHD_create_post_processor(x->connection, 16 << 10, on_field, x);
        x->bad = x->bad || !x->post;
    } else if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) {
        x->bad = true;
    }
    (void)MHD_get_connection_values(x->connection, MHD_GET_ARGUMENT_KIND, on_argument, x);
    return MHD_YES;
}

void exchange_body(struct exchange *x, const char *bytes, size_t n)
{
    x->form_bytes += n;
    x->too_large = x->too_large || x->form_bytes > UPLOAD_MAX + FORM_MAX;
    if (x->post && !x->too_large && MHD_post_process(x->post, bytes, n) != MHD_YES)
        x->bad = true;
}

/* ---- the answer ----------------------------------------------------------------------------- */

static void add_headers(struct MHD_Response *r)
{
    static const char *const headers[][2] = {
        {"Content-Security-Policy",
         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
         "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
         "require-trusted-types-for 'script'"},
        {"X-Content-Type-Options", "nosniff"},
        {"X-Frame-Options", "DENY"},
        {"Referrer-Policy", "no-referrer"},
        {"Cross-Origin-Opener-Policy", "same-origin"},
        {"Cross-Origin-Resource-Policy", "same-origin"},
        {"Cross-Origin-Embedder-Policy", "require-corp"},
        {"Cache-Control", "no-store"},
        {"X-DNS-Prefetch-Control", "off"},
        {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
    };
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        MHD_add_response_header(r, headers[i][0], headers[i][1]);
}

static enum MHD_Result queue(struct MHD_Connection *c, int status, struct MHD_Response *r)
{
    const enum MHD_Result result = r ? MHD_queue_response(c, (unsigned)status, r) : MHD_NO;
    if (r)
        MHD_destroy_response(r);
    return result;
}

static enum MHD_Result refuse(struct MHD_Connection *c, int status, const char *why)
{
    struct MHD_Response *r =
        MHD_create_response_from_buffer(strlen(why), (void *)why, MHD_RESPMEM_MUST_COPY);
    if (r) {
        add_headers(r);
        MHD_add_response_header(r, "Content-Type", "text/plain; charset=utf-8");
    }
    return queue(c, status, r);
}

/* A redirect would still count as coming from the file that led here, and the browser would keep the
   cookie back: the page leads on by itself. */
static enum MHD_Result start(struct exchange *x, struct MHD_Connection *c)
{
    static const char page[] = "<!doctype html><html lang=en><meta charset=utf-8>"
                               "<meta http-equiv=refresh content=\"0;url=/\"><title>Stet</title>"
                               "<p><a href=\"/\">Open Stet</a></p></html>\n";
    char cookie[200];
    snprintf(cookie, sizeof cookie, "%s=%s; HttpOnly; SameSite=Strict; Path=/",
             x->rules->gate->cookie, x->rules->gate->session);
    struct MHD_Response *r =
        MHD_create_response_from_buffer(sizeof page - 1, (void *)page, MHD_RESPMEM_PERSISTENT);
    if (r) {
        add_headers(r);
        MHD_add_response_header(r, "Content-Type", "text/html; charset=utf-8");
        MHD_add_response_header(r, "Set-Cookie", cookie);
    }
    return queue(c, 200, r);
}

/* A download's name holds nothing that could end the header or the quotation marks. */
static void add_download(struct MHD_Response *r, str name)
{
    char header[200], plain[120];
    size_t n = 0;
    for (size_t i = 0; i < name.n && n + 1 < sizeof plain; i++) {
        const unsigned char ch = (unsigned char)name.p[i];
        const bool safe = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
                          (ch >= '0' && ch <= '9') || ch == '-' || ch == '.' || ch == '_';
        plain[n++] = safe ? (char)ch : '_';
    }
    plain[n] = '\0';
    snprintf(header, sizeof header, "attachment; filename=\"%s\"", plain);
    MHD_add_response_header(r, "Content-Disposition", header);
}

/* The file is the response's from here on, and closed with it. */
static struct MHD_Response *of_file(struct web_response *response)
{
    struct stat info;
    struct MHD_Response *r = NULL;
    if (fstat(response->file, &info) == 0)
        r = MHD_create_response_from_fd64((uint64_t)info.st_size, response->file);
    if (r)
        response->file = -1;
    return r;
}

static struct MHD_Response *of_body(struct web *w)
{
    const str body = buf_str(&w->response.body);
    return MHD_create_response_from_buffer(body.n, (void *)(body.n ? body.p : ""),
                                           MHD_RESPMEM_MUST_COPY);
}

static enum MHD_Result respond(struct MHD_Connection *c, struct web *w)
{
    struct MHD_Response *r = w->response.file >= 0 ? of_file(&w->response) : of_body(w);
    if (r) {
        add_headers(r);
        MHD_add_response_header(r, "Content-Type", w->response.content_type);
        if (w->response.location.n)
            MHD_add_response_header(r, "Location", arena_cstr(&w->arena, w->response.location));
        if (w->response.download_name.n)
            add_download(r, w->response.download_name);
    }
    return queue(c, w->response.status, r);
}

/* ---- the gate ------------------------------------------------------------------------------- */

struct hosts {
    size_t count;
    str value;
};

static enum MHD_Result count_hosts(void *context, enum MHD_ValueKind kind, const char *name,
                                   const char *value)
{
    struct hosts *h = context;
    (void)kind;
    if (str_eq_nocase(str_of(name), STR("host"))) {
        h->count++;
        h->value = str_of(value);
    }
    return MHD_YES;
}

static str value_of(struct MHD_Connection *c, enum MHD_ValueKind kind, const char *name)
{
    const char *const value = MHD_lookup_connection_value(c, kind, name);
    return value ? str_of(value) : (str){NULL, 0};
}

static enum gate_answer ask_gate(struct exchange *x, struct MHD_Connection *c)
{
    struct hosts hosts = {0};
    struct gate *g = x->rules->gate;
    (void)MHD_get_connection_values(c, MHD_HEADER_KIND, count_hosts, &hosts);
    const struct gate_request r = {
        .host_count = hosts.count,
        .host = hosts.value,
        .origin = value_of(c, MHD_HEADER_KIND, "Origin"),
        .fetch_site = value_of(c, MHD_HEADER_KIND, "Sec-Fetch-Site"),
        .cookie_value = value_of(c, MHD_COOKIE_KIND, g->cookie),
        .authorization = value_of(c, MHD_HEADER_KIND, "Authorization"),
        .start_token = value_of(c, MHD_GET_ARGUMENT_KIND, "token"),
        .post = x->request.method == WEB_POST,
        .start = x->request.method == WEB_GET && str_eq(x->request.path, STR("/start")),
    };
    return gate_ask(g, &r);
}

static int64_t wall_now(void)
{
    const time_t now = time(NULL);
    struct tm t;
    localtime_r(&now, &t);
    const struct civil c = {.year = t.tm_year + 1900,
                            .month = t.tm_mon + 1,
                            .day = t.tm_mday,
                            .hour = t.tm_hour,
                            .minute = t.tm_min,
                            .second = t.tm_sec};
    return civil_to_ms(&c);
}

static enum MHD_Result answer_page(struct exchange *x, struct MHD_Connection *c)
{
    if (x->post) {
        MHD_destroy_post_processor(x->post);
        x->post = NULL;
        end_field(x);
        x->request.upload = buf_str(&x->upload);
    }
    if (x->too_large)
        return refuse(c, 413, "This is larger than Stet takes through its page.\n");
    if (x->bad)
        return refuse(c, 400, "This request cannot be understood.\n");
    x->request.now_wall_ms = x->rules->now_wall_ms ? x->rules->now_wall_ms : wall_now();
    struct web w = {.settings = x->rules->settings, .request = &x->request};
    web_answer(&w);
    const enum MHD_Result result = respond(c, &w);
    web_free(&w);
    return result;
}

enum MHD_Result exchange_answer(struct exchange *x, struct MHD_Connection *c)
{
    switch (ask_gate(x, c)) {
    case GATE_PASS: x->trusted = true; return answer_page(x, c);
    case GATE_START: return start(x, c);
    case GATE_WRONG_HOST: return refuse(c, 403, "Stet answers to 127.0.0.1 and localhost only.\n");
    case GATE_WRONG_ORIGIN: return refuse(c, 403, "Stet answers its own pages only.\n");
    case GATE_NO_KEY: break;
    }
    return refuse(c, 401,
                  "This page belongs to somebody's Stet. Open the address that stet serve gave "
                  "you.\n");
}
