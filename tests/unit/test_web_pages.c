/*
 * Pages as functions, over a small archive whose every text is hostile: whatever a message, a name or an
 * address says, a page is whole HTML that loads nothing, runs nothing and leads nowhere else.
 */
#include "../../src/web/facets.h"
#include "../../src/web/import_job.h"
#include "../../src/web/url.h"
#include "../../src/web/web.h"
#include "intake.h"
#include "utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static const char csrf[] = "c5f1c5f1c5f1c5f1c5f1c5f1c5f1c5f1c5f1c5f1c5f1c5f1c5f1c5f1c5f1c5f1";

static const char head[] =
    "[DMConversationEntry] ada changed the group name to <b>Weir</b> \"repair\" & more\n"
    "[2016-03-01 22:15:00] <ada> The weir needs planks.\n"
    "[2016-03-01 22:16:48] <b\"e'r<t>> <script>alert(1)</script> planks\n"
    "[2016-03-02 08:00:00] <ada> \"><img src=http://beacon.example/x.gif onerror=alert(1)> planks\n"
    "[2016-03-02 08:00:01] <ada> </title></textarea></pre><!-- planks --><svg/onload=alert(1)>\n"
    "[2016-03-02 08:00:02] <ada> javascript:alert(1) https://track.example/?id=ada planks\n"
    "[2016-03-02 08:00:03] <ada> planks \xe2\x80\xaethgir ot tfel\xe2\x80\xac "
    "\xe2\x81\xa6\xd7\xa9\xd7\x9c\n"
    "[2016-03-02 08:00:04] <ada> planks \x1b[31mred\x1b[0m \x07 \xc2\x9b bell\n"
    "[2016-03-02 08:00:05] <\xd7\xa8\xd7\x95\xd7\xaa> \xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d planks "
    "\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85\n"
    "[2016-06-01 00:00:00] <ada> &lt;b&gt; &amp;quot; planks {{7*7}} ${7*7} %0d%0aX: y\n";

static const char *const hostile[] = {
    "<script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "javascript:alert(1)",
    "//evil.example/",
    "\xe2\x80\xae"
    "abc",
    "a\rb\nSet-Cookie: x=y",
    "%00 %0d%0a",
    "((((((((((",
    "from:\"<b>\"",
    "date:2016-99",
    "-1",
    "99999999999999999999",
};

struct fixture {
    char folder[64], source[96], path[96];
};

static void write_leak(const char *path)
{
    enum { HUGE_WORDS = 20000 };
    FILE *const out = fopen(path, "w");
    assert_non_null(out);
    fputs(head, out);
    fputs("[2016-06-02 00:00:00] <ada> huge", out);
    for (int i = 0; i < HUGE_WORDS; i++)
        fputs(i % 10 ? " <i>plank" : " &&&\"'<<", out);
    fputs("\n", out);
    assert_int_equal(fclose(out), 0);
}

static int open_fixture(void **state)
{
    struct fixture *const f = calloc(1, sizeof *f);
    struct err e = {0};
    assert_non_null(f);
    strcpy(f->folder, "/tmp/stet-pages.XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    snprintf(f->source, sizeof f->source, "%s/leak.txt", f->folder);
    snprintf(f->path, sizeof f->path, "%s/a.stet", f->folder);
    write_leak(f->source);
    const char *const paths[] = {f->source};
    const struct intake_options o = {.now_ms = 0};
    struct intake_total total;
    if (intake_run(f->path, paths, 1, &o, &total, &e) != OK || total.stored != 1) {
        print_error("%s\n", e.msg);
        return -1;
    }
    *state = f;
    return 0;
}

static int close_fixture(void **state)
{
    struct fixture *const f = *state;
    char journal[128];
    snprintf(journal, sizeof journal, "%s-journal", f->path);
    unlink(journal);
    unlink(f->path);
    unlink(f->source);
    rmdir(f->folder);
    free(f);
    return 0;
}

/* ---- a request ------------------------------------------------------------------------------ */

struct visit {
    struct web_settings settings;
    struct web_request request;
    struct web_param params[8];
    struct web web;
};

static void visit(struct visit *v, const struct fixture *f, enum web_method method,
                  const char *path)
{
    v->settings.archive_path = f->path;
    v->settings.csrf = str_of(csrf);
    v->settings.version = "test";
    v->request.method = method;
    v->request.path = str_of(path);
    v->request.params = v->params;
    v->request.upload = v->request.upload_name = STR("");
    v->web = (struct web){.settings = &v->settings, .request = &v->request};
    web_answer(&v->web);
}

static void with(struct visit *v, const char *name, const char *value)
{
    assert_true(v->request.param_count < sizeof v->params / sizeof *v->params);
    v->params[v->request.param_count++] = (struct web_param){str_of(name), str_of(value)};
}

static str body(const struct visit *v)
{
    return buf_str(&v->web.response.body);
}

static bool holds(const struct visit *v, const char *text)
{
    return str_find(body(v), str_of(text)) != STR_NONE;
}

/* ---- is it whole, is it inert --------------------------------------------------------------- */

enum { DEPTH_MAX = 64 };

struct reader {
    str page;
    size_t at;
    str open[DEPTH_MAX];
    int depth;
};

static void wrong(const struct reader *r, const char *what)
{
    const size_t from = r->at > 100 ? r->at - 100 : 0;
    fail_msg("%s at byte %zu: ..." STR_FMT, what, r->at, STR_ARG(str_sub(r->page, from, 200)));
}

static str word(struct reader *r)
{
    const size_t from = r->at;
    while (
        r->at < r->page.n &&
        strchr("abcdefghijklmnopqrstuvwxyz0123456789-ABCDEFGHIJKLMNOPQRSTUVWXYZ", r->page.p[r->at]))
        r->at++;
    return str_sub(r->page, from, r->at - from);
}

static bool is_one_of(str name, const char *const *names)
{
    for (; *names; names++)
        if (str_eq(name, str_of(*names)))
            return true;
    return false;
}

/* Only addresses of our own, no handlers, no style. */
static void judge_attribute(const struct reader *r, str element, str name, str value)
{
    static const char *const addresses[] = {"href", "src",    "action",     "formaction", "poster",
                                            "data", "srcset", "background", "ping",       NULL};
    if (str_starts(name, STR("on")) || str_eq(name, STR("style")) || str_eq(name, STR("srcdoc")) ||
        str_eq(name, STR("http-equiv")))
        wrong(r, "an attribute that acts");
    if (!is_one_of(name, addresses))
        return;
    const bool own = str_starts(value, STR("#")) ||
                     (str_starts(value, STR("/")) && !str_starts(value, STR("//")) &&
                      str_find_byte(value, '\\') == STR_NONE);
    if (!own)
        wrong(r, "an address that is not ours");
    if (str_eq(element, STR("script")) && !str_eq(value, STR("/stet.js")))
        wrong(r, "a script that is not ours");
}

static void read_attributes(struct reader *r, str element)
{
    for (;;) {
        while (r->at < r->page.n && r->page.p[r->at] == ' ')
            r->at++;
        if (r->at >= r->page.n)
            wrong(r, "an open tag");
        if (r->page.p[r->at] == '>')
            return;
        const str name = word(r);
        if (!name.n)
            wrong(r, "a broken attribute");
        if (r->page.p[r->at] != '=')
            continue;
        if (r->page.p[++r->at] != '"')
            wrong(r, "a value without quotation marks");
        const size_t from = ++r->at;
        while (r->at < r->page.n && r->page.p[r->at] != '"') {
            if (r->page.p[r->at] == '<')
                wrong(r, "a bare < in a value");
            r->at++;
        }
        judge_attribute(r, element, name, str_sub(r->page, from, r->at - from));
        r->at++;
    }
}

static void read_tag(struct reader *r)
{
    static const char *const empty[] = {"meta", "link", "input", "br", "hr", NULL};
    static const char *const forbidden[] = {"iframe",   "object", "embed", "img",
                                            "base",     "video",  "audio", "style",
                                            "template", "frame",  NULL};
    const bool end = r->page.p[++r->at] == '/';
    r->at += end;
    if (r->page.p[r->at] == '!') {
        if (r->depth || !str_starts(str_from(r->page, r->at), STR("!doctype html>")))
            wrong(r, "a comment or declaration");
        r->at += 14;
        return;
    }
    const str name = word(r);
    if (!name.n)
        wrong(r, "a bare <");
    if (is_one_of(name, forbidden))
        wrong(r, "a forbidden element");
    if (end) {
        if (!r->depth || !str_eq(r->open[r->depth - 1], name))
            wrong(r, "an end that fits no start");
        r->depth--;
    } else {
        read_attributes(r, name);
        if (!is_one_of(name, empty)) {
            assert_true(r->depth < DEPTH_MAX);
            r->open[r->depth++] = name;
        }
    }
    if (r->page.p[r->at] != '>')
        wrong(r, "a broken tag");
    r->at++;
}

static void assert_inert(str page)
{
    struct reader r = {.page = page};
    static const char *const turning[] = {
        "\xe2\x80\xaa", "\xe2\x80\xab", "\xe2\x80\xac", "\xe2\x80\xad", "\xe2\x80\xae",
        "\xe2\x81\xa6", "\xe2\x81\xa7", "\xe2\x81\xa8", "\xe2\x81\xa9", NULL};
    assert_int_equal(utf8_valid_prefix(page), page.n);
    for (size_t i = 0; turning[i]; i++)
        if ((r.at = str_find(page, str_of(turning[i]))) != STR_NONE)
            wrong(&r, "a character that turns the direction");
    for (r.at = 0; r.at < page.n;) {
        const unsigned char c = (unsigned char)page.p[r.at];
        if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
            wrong(&r, "a control character");
        if (c == '<')
            read_tag(&r);
        else
            r.at++;
    }
    assert_int_equal(r.depth, 0);
}

static void assert_page(const struct visit *v)
{
    assert_true(v->web.response.status >= 200 && v->web.response.status < 600);
    if (v->web.response.status == 303 || v->web.response.file >= 0)
        return;
    assert_true(body(v).n > 0);
    if (str_starts(str_of(v->web.response.content_type), STR("text/html")))
        assert_inert(body(v));
}

/* ---- tests ---------------------------------------------------------------------------------- */

static void every_route_answers(void **state)
{
    for (size_t i = 0; i < route_count; i++) {
        struct visit v = {0};
        if (routes[i].method != WEB_GET)
            continue;
        with(&v, "id", "1");
        with(&v, "q", "planks");
        with(&v, "quote", "The weir needs planks");
        with(&v, "by", strstr(routes[i].path, "facets") ? "sender" : "");
        visit(&v, *state, WEB_GET, routes[i].path);
        if (v.web.response.status != 200 && !strstr(routes[i].path, "import"))
            fail_msg("%s: %d " STR_FMT, routes[i].path, v.web.response.status, STR_ARG(body(&v)));
        assert_page(&v);
        web_free(&v.web);
    }
}

static void every_route_survives_every_parameter(void **state)
{
    static const char *const names[] = {"q",  "id",  "at",    "date", "quote",
                                        "by", "on",  "after", "sort", "format",
                                        "in", "nth", "from",  "to",   "all"};
    for (size_t i = 0; i < route_count; i++)
        for (size_t n = 0; n < sizeof names / sizeof *names; n++)
            for (size_t h = 0; h < sizeof hostile / sizeof *hostile; h++) {
                struct visit v = {0};
                if (routes[i].method != WEB_GET)
                    continue;
                with(&v, names[n], hostile[h]);
                visit(&v, *state, WEB_GET, routes[i].path);
                assert_page(&v);
                web_free(&v.web);
            }
}

static void every_message_is_inert_wherever_it_stands(void **state)
{
    for (int row = 1; row <= 12; row++) {
        char id[12];
        snprintf(id, sizeof id, "%d", row);
        const char *const paths[] = {"/message", "/raw", "/conversation"};
        for (size_t i = 0; i < 3; i++) {
            struct visit v = {0};
            with(&v, "id", i == 2 ? "1" : id);
            if (i == 2)
                with(&v, "at", id);
            visit(&v, *state, WEB_GET, paths[i]);
            assert_page(&v);
            web_free(&v.web);
        }
    }
}

static void what_is_hostile_is_shown_as_text(void **state)
{
    struct visit v = {0};
    with(&v, "q", "planks");
    visit(&v, *state, WEB_GET, "/search");
    assert_true(holds(&v, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert_true(holds(&v, "https://track.example/?id=ada"));
    assert_false(holds(&v, "href=\"https:"));
    assert_false(holds(&v, "<script>"));
    web_free(&v.web);
}

static void a_huge_message_is_one_page(void **state)
{
    struct visit v = {0};
    with(&v, "q", "huge");
    visit(&v, *state, WEB_GET, "/search");
    assert_int_equal(v.web.response.status, 200);
    assert_inert(body(&v));
    web_free(&v.web);
}

static void forms_without_the_token_are_refused(void **state)
{
    static const char *const tokens[] = {"", "c5f1", "wrong", NULL};
    for (size_t i = 0; i < route_count; i++)
        for (size_t t = 0; t < 4; t++) {
            struct visit v = {0};
            if (routes[i].method != WEB_POST)
                continue;
            if (tokens[t])
                with(&v, "csrf", tokens[t]);
            with(&v, "do", "tag");
            with(&v, "name", "lead");
            with(&v, "id", "2");
            with(&v, "quote", "The weir needs planks");
            visit(&v, *state, WEB_POST, routes[i].path);
            assert_int_equal(v.web.response.status, 403);
            assert_inert(body(&v));
            web_free(&v.web);
        }
    struct visit after = {0};
    visit(&after, *state, WEB_GET, "/marked");
    assert_true(holds(&after, "Nothing is marked yet"));
    web_free(&after.web);
}

static void reading_takes_no_post_and_acts_take_no_get(void **state)
{
    struct visit v = {0};
    with(&v, "csrf", csrf);
    visit(&v, *state, WEB_POST, "/search");
    assert_int_equal(v.web.response.status, 405);
    web_free(&v.web);
    struct visit get = {0};
    with(&get, "csrf", csrf);
    with(&get, "do", "tag");
    with(&get, "name", "lead");
    with(&get, "id", "2");
    visit(&get, *state, WEB_GET, "/mark");
    assert_int_equal(get.web.response.status, 405);
    web_free(&get.web);
}

static void after_an_act_the_way_back_stays_here(void **state)
{
    static const struct {
        const char *back, *to;
    } ways[] = {
        {"/search?q=planks", "/search?q=planks"}, {"//evil.example/", "/marked"},
        {"/\\evil.example/", "/marked"},          {"https://evil.example/", "/marked"},
        {"javascript:alert(1)", "/marked"},       {"/x\r\nSet-Cookie: a=b", "/marked"},
        {"/\t/evil.example", "/marked"},          {"", "/marked"},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        struct visit v = {0};
        with(&v, "csrf", csrf);
        with(&v, "do", i % 2 ? "untag" : "tag");
        with(&v, "name", "<b>lead</b>");
        with(&v, "id", "2");
        with(&v, "back", ways[i].back);
        visit(&v, *state, WEB_POST, "/mark");
        assert_int_equal(v.web.response.status, 303);
        assert_true(str_eq(v.web.response.location, str_of(ways[i].to)));
        web_free(&v.web);
    }
}

static void marks_are_hostile_too(void **state)
{
    static const char *const acts[] = {"tag", "note", "save"};
    for (size_t i = 0; i < 3; i++) {
        struct visit v = {0};
        with(&v, "csrf", csrf);
        with(&v, "do", acts[i]);
        with(&v, "name", "'><script>alert(1)</script>");
        with(&v, "text", "</p><img src=http://evil.example/>");
        with(&v, "query", "planks");
        with(&v, "id", "3");
        visit(&v, *state, WEB_POST, "/mark");
        if (v.web.response.status != 303)
            fail_msg("%s: " STR_FMT, acts[i], STR_ARG(body(&v)));
        web_free(&v.web);
    }
    const char *const paths[] = {"/marked", "/message"};
    for (size_t i = 0; i < 2; i++) {
        struct visit v = {0};
        with(&v, "id", "3");
        visit(&v, *state, WEB_GET, paths[i]);
        assert_int_equal(v.web.response.status, 200);
        assert_inert(body(&v));
        assert_true(holds(&v, "&lt;script&gt;"));
        web_free(&v.web);
    }
}

static void a_quotation_is_hostile_too(void **state)
{
    struct visit v = {0};
    with(&v, "csrf", csrf);
    with(&v, "quote", "<script>alert(1)</script> planks");
    with(&v, "by", "<b>ada</b>");
    visit(&v, *state, WEB_POST, "/verify");
    assert_int_equal(v.web.response.status, 200);
    assert_inert(body(&v));
    web_free(&v.web);
}

static void a_search_that_takes_too_long_says_so(void **state)
{
    struct visit v = {0};
    v.settings.seconds_max = -1; /* late from the start */
    with(&v, "q", "/pl.nks/");
    visit(&v, *state, WEB_GET, "/search");
    assert_inert(body(&v));
    assert_int_equal(v.web.response.status, 200);
    assert_true(holds(&v, "It took more than"));
    web_free(&v.web);
    struct visit api = {0};
    api.settings.seconds_max = -1;
    with(&api, "q", "/pl.nks/");
    visit(&api, *state, WEB_GET, "/api/1/search");
    assert_int_equal(api.web.response.status, 503);
    assert_true(holds(&api, "\"code\":\"stopped\""));
    web_free(&api.web);
}

static void facts_are_kept_until_the_archive_changes(void **state)
{
    struct facts_kept kept = {.known = false};
    const char *const acts[] = {"tag", "untag"};
    for (int i = 0; i < 3; i++) {
        struct visit v = {0};
        v.settings.kept = &kept;
        visit(&v, *state, WEB_GET, "/help");
        assert_true(holds(&v, "10 messages"));
        assert_true(kept.known);
        web_free(&v.web);
        kept.facts.messages = 77; /* would show if it were believed */
        struct visit again = {0};
        again.settings.kept = &kept;
        visit(&again, *state, WEB_GET, "/help");
        assert_true(holds(&again, "77 messages"));
        web_free(&again.web);
        struct visit mark = {0};
        with(&mark, "csrf", csrf);
        with(&mark, "do", acts[i % 2]);
        with(&mark, "name", "kept");
        with(&mark, "id", "2");
        visit(&mark, *state, WEB_POST, "/mark");
        assert_int_equal(mark.web.response.status, 303);
        web_free(&mark.web);
    }
}

static void two_dates_become_one_query(void **state)
{
    struct visit v = {0};
    with(&v, "q", "planks date:2015");
    with(&v, "from", "2016-03");
    with(&v, "to", "june 2016");
    visit(&v, *state, WEB_GET, "/search");
    assert_int_equal(v.web.response.status, 303);
    assert_true(
        str_eq(v.web.response.location, STR("/search?q=planks+date%3A%222016-03..june+2016%22")));
    web_free(&v.web);
}

static void pieces_come_and_go(void **state)
{
    (void)state;
    struct arena a = {0};
    const str piece = query_piece(&a, "from", STR("b\"e'r<t>"));
    assert_true(str_eq(piece, STR("from:\"b\"\"e'r<t>\"")));
    const str on = query_toggle(&a, STR("planks"), piece);
    assert_true(query_has(on, piece));
    assert_true(str_eq(query_toggle(&a, on, piece), STR("planks")));
    assert_true(str_eq(query_toggle(&a, STR("oak OR elm"), STR("date:2016")),
                       STR("(oak OR elm) date:2016")));
    assert_true(
        str_eq(query_date(STR("planks date:\"june 2016\" oak")), STR("date:\"june 2016\"")));
    assert_true(str_eq(query_date(STR("\"a date:2016 b\" oak")), STR("")));
    assert_true(str_eq(query_date(STR("a date:2016 OR b")), STR("")));
    assert_true(str_eq(query_date(STR("update:2016")), STR("")));
    arena_free(&a);
}

static void imports_stay_below_their_folder(void **state)
{
    const struct fixture *f = *state;
    static const char *const wrong_ways[] = {"..",          "../x", "a/../../x",
                                             "/etc/passwd", "out",  "nope"};
    char root[128], link[160], *path;
    struct err e = {0};
    snprintf(root, sizeof root, "%s/in", f->folder);
    snprintf(link, sizeof link, "%s/out", root);
    assert_int_equal(mkdir(root, 0700), 0);
    assert_int_equal(symlink(f->source, link), 0);
    for (size_t i = 0; i < sizeof wrong_ways / sizeof *wrong_ways; i++) {
        e = (struct err){0};
        assert_int_not_equal(import_path(&path, root, str_of(wrong_ways[i]), &e), OK);
        assert_null(path);
    }
    e = (struct err){0};
    assert_int_equal(import_path(&path, root, STR(""), &e), OK);
    assert_string_equal(path, root);
    free(path);
    unlink(link);
    rmdir(root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_route_answers),
        cmocka_unit_test(every_route_survives_every_parameter),
        cmocka_unit_test(every_message_is_inert_wherever_it_stands),
        cmocka_unit_test(what_is_hostile_is_shown_as_text),
        cmocka_unit_test(a_huge_message_is_one_page),
        cmocka_unit_test(forms_without_the_token_are_refused),
        cmocka_unit_test(reading_takes_no_post_and_acts_take_no_get),
        cmocka_unit_test(after_an_act_the_way_back_stays_here),
        cmocka_unit_test(marks_are_hostile_too),
        cmocka_unit_test(a_quotation_is_hostile_too),
        cmocka_unit_test(a_search_that_takes_too_long_says_so),
        cmocka_unit_test(facts_are_kept_until_the_archive_changes),
        cmocka_unit_test(two_dates_become_one_query),
        cmocka_unit_test(pieces_come_and_go),
        cmocka_unit_test(imports_stay_below_their_folder),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, open_fixture, close_fixture);
}
