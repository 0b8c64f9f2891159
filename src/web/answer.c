/*
 * From a request to a response: the route, the archive, the page, or the page of an error. The archive
 * is opened for each request (0.5 ms), so that an import may be committed between two of them.
 */
#include "answers.h"
#include "gate.h"
#include "layout.h"
#include "web.h"

#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { BODY_MAX = 256 << 20 };

str web_param(const struct web *w, const char *name)
{
    for (size_t i = 0; i < w->request->param_count; i++)
        if (str_eq(w->request->params[i].name, str_of(name)))
            return w->request->params[i].value;
    return STR("");
}

int64_t web_number(const struct web *w, const char *name, int64_t usual, int64_t max)
{
    int64_t number = 0;
    if (!str_to_u63(web_param(w, name), &number) || number > max)
        return usual;
    return number;
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

int web_seconds(const struct web *w)
{
    return w->settings->seconds_max ? w->settings->seconds_max : SEARCH_SECONDS;
}

void web_allow(struct web *w, int64_t ms)
{
    w->late_at_ms = now_ms() + (ms ? ms : INT64_C(1000) * web_seconds(w));
}

bool web_is_late(void *web)
{
    const struct web *w = web;
    return now_ms() >= w->late_at_ms;
}

static bool is_same_file(const struct facts_kept *k, const struct stat *s)
{
    return k->known && k->device == (uint64_t)s->st_dev && k->inode == (uint64_t)s->st_ino &&
           k->size_bytes == (uint64_t)s->st_size && k->changed_s == (int64_t)s->st_mtim.tv_sec &&
           k->changed_ns == (int64_t)s->st_mtim.tv_nsec;
}

enum status web_facts(struct web *w, struct archive_facts *out, struct err *e)
{
    struct facts_kept *k = w->settings->kept;
    struct stat s;
    if (!k || stat(w->settings->archive_path, &s) != 0)
        return archive_facts(w->archive, &w->arena, out, e);
    if (is_same_file(k, &s)) {
        *out = k->facts;
        return OK;
    }
    const enum status st = archive_facts(w->archive, &w->arena, out, e);
    k->known = st == OK && out->zone_name.n < sizeof k->zone_name;
    if (!k->known)
        return st;
    memcpy(k->zone_name, out->zone_name.n ? out->zone_name.p : "", out->zone_name.n);
    k->facts = *out;
    k->facts.path = w->settings->archive_path;
    k->facts.zone_name = (str){k->zone_name, out->zone_name.n};
    k->device = (uint64_t)s.st_dev;
    k->inode = (uint64_t)s.st_ino;
    k->size_bytes = (uint64_t)s.st_size;
    k->changed_s = (int64_t)s.st_mtim.tv_sec;
    k->changed_ns = (int64_t)s.st_mtim.tv_nsec;
    return OK;
}

void web_redirect(struct web *w, str location)
{
    w->response.status = 303;
    w->response.location = arena_dup(&w->arena, location);
    buf_clear(&w->response.body);
}

enum status web_reopen(struct web *w, struct err *e)
{
    archive_close(w->archive);
    w->archive = NULL;
    return archive_open(&w->archive, w->settings->archive_path, e);
}

static const struct route *find_route(const struct web_request *r, bool *other_method)
{
    *other_method = false;
    for (size_t i = 0; i < route_count; i++) {
        if (!str_eq(r->path, str_of(routes[i].path)))
            continue;
        if (routes[i].method == r->method)
            return &routes[i];
        *other_method = true;
    }
    return NULL;
}

static int status_of(enum status st)
{
    switch (st) {
    case OK: return 200;
    case ERR_MISSING: return 404;
    case ERR_QUERY:
    case ERR_FORMAT: return 400;
    case ERR_LIMIT: return 413;
    case ERR_STOPPED: return 503;
    case ERR_IO:
    case ERR_DB: break;
    }
    return 500;
}

static const char *word_of(enum status st)
{
    switch (st) {
    case OK: return "none";
    case ERR_IO: return "io";
    case ERR_FORMAT: return "format";
    case ERR_QUERY: return "query";
    case ERR_MISSING: return "missing";
    case ERR_LIMIT: return "limit";
    case ERR_DB: return "archive";
    case ERR_STOPPED: return "stopped";
    }
    return "";
}

static void answer_json_error(struct web *w, int status, const struct err *e)
{
    struct json j = json_to(&w->response.body);
    w->response.content_type = "application/json; charset=utf-8";
    json_object(&j);
    json_key(&j, "stet");
    json_int(&j, JSON_VERSION);
    json_key(&j, "type");
    json_text(&j, STR("error"));
    json_key(&j, "code");
    json_text(&j, status == 405 ? STR("refused") : str_of(word_of(e->code)));
    json_key(&j, "message");
    json_text(&j, str_of(e->msg));
    json_key(&j, "hint");
    json_text(&j, str_of(e->hint));
    json_key(&j, "at");
    json_int(&j, (int64_t)e->at);
    json_key(&j, "length");
    json_int(&j, (int64_t)e->len);
    json_end(&j);
    buf_add_byte(&w->response.body, '\n');
}

static void answer_error(struct web *w, int status, const struct err *e)
{
    struct err again = {0};
    buf_clear(&w->response.body);
    buf_free(&w->out.scratch);
    w->out = markup_to(&w->response.body);
    w->response.status = status;
    w->response.content_type = "text/html; charset=utf-8";
    w->response.download_name = STR("");
    if (str_starts(w->request->path, STR("/api/"))) {
        answer_json_error(w, status, e);
        return;
    }
    const struct layout l = {.title = STR("Not possible")};
    if (layout_begin(w, &l, &again) != OK)
        return;
    markup_line(&w->out, "h1", "heard", l.title);
    layout_notice(w, "error", str_of(e->msg), str_of(e->hint));
    layout_end(w);
}

static void run_page(struct web *w, const struct route *route)
{
    struct err e = {0};
    enum status st = OK;
    if (w->request->method == WEB_POST && !gate_same(web_param(w, "csrf"), w->settings->csrf)) {
        fail(&e, ERR_QUERY,
             "this form is not from this page, or from before Stet was started anew");
        fail_hint(&e, "Go back, load the page again, and send the form once more.");
        answer_error(w, 403, &e);
        return;
    }
    struct err missing = {0};
    if (archive_open(&w->archive, w->settings->archive_path, &missing) != OK &&
        route->needs_archive) {
        if (missing.code == ERR_MISSING && w->settings->import_root &&
            str_eq(w->request->path, STR("/"))) {
            web_redirect(w, STR("/import"));
            return;
        }
        answer_error(w, missing.code == ERR_MISSING ? 404 : 500, &missing);
        return;
    }
    st = route->page(w, &e);
    if (st != OK)
        answer_error(w, status_of(st), &e);
}

void web_answer(struct web *w)
{
    bool other_method;
    struct err e = {0};
    w->response = (struct web_response){.status = 200,
                                        .content_type = "text/html; charset=utf-8",
                                        .location = STR(""),
                                        .download_name = STR(""),
                                        .file = -1,
                                        .body = buf_new(BODY_MAX)};
    w->out = markup_to(&w->response.body);
    web_allow(w, 0);
    const struct route *route = find_route(w->request, &other_method);
    if (route) {
        run_page(w, route);
        return;
    }
    fail(&e, ERR_MISSING,
         other_method ? "this page does not take such a request" : "there is no such page");
    fail_hint(&e, "The pages are in the header.");
    answer_error(w, other_method ? 405 : 404, &e);
}

void web_free(struct web *w)
{
    if (w->response.file >= 0)
        close(w->response.file);
    archive_close(w->archive);
    w->archive = NULL;
    buf_free(&w->out.scratch);
    buf_free(&w->response.body);
    arena_free(&w->arena);
}
