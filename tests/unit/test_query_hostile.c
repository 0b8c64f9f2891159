/*
 * Queries that nobody types and that somebody will: up to the ceiling of 64 KiB, of all operators,
 * repeated, nested, multiplied and cut anywhere, and bytes at random. Each gives a sentence about the
 * query or an answer before its deadline; none ever an error of the database.
 */
#include "query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "../support/made_archive.h"

enum { MESSAGES = 200, TEXT_BYTES = 1 << 18, DEADLINE_MS = 1000, GRACE_MS = 9000, RANDOM = 3000 };

static const struct query_clock test_clock = {INT64_C(1472656800000)};

/* Of this process: what others do on the machine is no matter. */
static int64_t clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_late(void *deadline)
{
    return clock_ms() >= *(int64_t *)deadline;
}

static void blame_the_query(enum status st, const struct err *e, str text)
{
    const bool fair = st == ERR_QUERY || st == ERR_LIMIT || st == ERR_STOPPED;
    if (!fair || !e->msg[0] || e->at > text.n)
        fail_msg("%.200s ... (%zu bytes): status %d: %s", text.p, text.n, (int)st, e->msg);
}

static void run_plan(struct plan *p, const struct hit_options *o, str text)
{
    struct err e = {0};
    struct hit_summary sum = {0};
    struct hits *h = NULL;
    int64_t row;
    enum status st = plan_summary(p, o, &sum, &e);
    if (st == OK)
        st = hits_open(&h, p, o, &e);
    uint64_t count = 0;
    while (st == OK && hits_next(h, &row, &e) == STEP_ROW) {
        struct arena a = {0};
        struct span *spans;
        size_t n;
        if (count++ < 3)
            plan_highlight(p, made_archive_message((size_t)row - 1)->text, &a, &spans, &n);
        arena_free(&a);
    }
    hits_close(h);
    if (st != OK)
        blame_the_query(st, &e, text);
    else
        assert_int_equal(count, sum.count);
}

/* True if it was a query. */
static bool try_query(struct made_archive *archive, str text)
{
    const int64_t begun = clock_ms();
    int64_t deadline = begun + DEADLINE_MS;
    const struct hit_options o = {
        .sort = SORT_OLDEST, .stop = is_late, .stop_context = &deadline, .keep_partial = true};
    struct err e = {0};
    struct query *q;
    struct plan *p = NULL;
    enum status st = query_parse(&q, text, &test_clock, &e);
    const bool parsed = st == OK;
    if (st == OK)
        st = plan_make_within(&p, q, made_archive_store(archive), &o, &e);
    if (st == OK)
        run_plan(p, &o, text);
    else
        blame_the_query(st, &e, text);
    plan_free(p);
    query_free(q);
    if (clock_ms() - begun > DEADLINE_MS + GRACE_MS)
        fail_msg("%.200s ... (%zu bytes) took %lld ms", text.p, text.n,
                 (long long)(clock_ms() - begun));
    return parsed;
}

/* ---- one thing, many times ------------------------------------------------------------------ */

struct tower {
    const char *before, *piece, *after, *closing;
    int count;
};

static void towers_stand_or_are_refused(void **state)
{
    static const struct tower towers[] = {
        {"", "permitt~2 OR ", "tide", "", 255},
        {"", "stem:german/permitting ", "tide", "", 255},
        {"", "/(a+)+$/ ", "tide", "", 255},
        {"/", "(a|aa)+", "$/", "", 600},
        {"/", "(", "a", ")", 45},
        {"/", "[^a]{1,50}", "x/", "", 100},
        {"", "thread:{", "tide", "}", 63},
        {"", "same:1h{tide}{", "the", "}", 63},
        {"", "-(the OR ", "tide", ")", 63},
        {"", "(the ", "tide", ")", 63},
        {"(the", " OR tide", ") NEAR/5 (permit OR the)", "", 120},
        {"\"", "the ", "tide\"~10000", "", 4000},
        {"\"", "the * … ", "tide\"", "", 4000},
        {"\"", "* ", "the\"", "", 15000},
        {"=\"", "the tide ", "\"", "", 7000},
        {"+", "x", "", "", 60000},
        {"", "x", "*", "", 60000},
        {"", "x", "~2", "", 60000},
        {"from:\"", "ada ", "\"", "", 16000},
        {"tag:\"", "ada ", "\"", "", 16000},
        {"note:\"", "%_'\"\"", "\"", "", 10000},
        {"", "gap>1s ", "", "", 250},
        {"", "to:ada ", "", "", 250},
        {"", "date:..2016-03-05 OR ", "tide", "", 250},
        {"", "潮", "", "", 20000},
        {"\"", "水潮 ", "\"~9", "", 2000},
        {"", "🦀*", " ", "", 5000},
        {"", "\" * ", "", "", 15000},
        {"", "{", "", "", 60000},
        {"", "thread:{", "", "", 8000},
        {"", "a NEAR/1 ", "b", "", 120},
        {"", "source:first is:duplicate ", "", "", 120},
        {"url:", "a.", "org", "", 30000},
        {"id:", "9", "", "", 60000},
        {"weekday:", "mon..", "tue", "", 9000},
    };
    for (size_t i = 0; i < sizeof towers / sizeof *towers; i++) {
        const struct tower *t = &towers[i];
        struct buf b = buf_new(TEXT_BYTES);
        buf_addf(&b, "%s", t->before);
        for (int k = 0; k < t->count; k++)
            buf_addf(&b, "%s", t->piece);
        buf_addf(&b, "%s", t->after);
        for (int k = 0; k < t->count; k++)
            buf_addf(&b, "%s", t->closing);
        (void)try_query(*state, buf_str(&b));
        buf_free(&b);
    }
}

/* Hundred times hundred pairs of words. */
static void products_of_choices_have_an_end(void **state)
{
    struct buf b = buf_new(TEXT_BYTES);
    for (int side = 0; side < 2; side++) {
        buf_add(&b, side ? STR(" NEAR/9 (") : STR("("));
        for (int i = 0; i < 120; i++)
            buf_addf(&b, "%s%s%d", i ? " OR " : "", side ? "the" : "tide", i % 3 ? 0 : i);
        buf_add(&b, STR(")"));
    }
    (void)try_query(*state, buf_str(&b));
    buf_free(&b);
}

/* ---- anything ------------------------------------------------------------------------------- */

static unsigned long random_state = 411;
static unsigned rnd(unsigned below)
{
    random_state = random_state * 6364136223846793005UL + 1442695040888963407UL;
    return (unsigned)(random_state >> 33) % below;
}

static const char *const pieces[] = {
    "the",      "tide",
    "permit",   "cafe",
    "@ada",     "#tide",
    "潮",       "🦀",
    " ",        " ",
    " ",        " OR ",
    " AND ",    " NOT ",
    " -",       "(",
    ")",        "\"",
    "\"",       "'",
    "“",        "”",
    "…",        "...",
    "*",        "+",
    "=\"",      "~1",
    "~2",       "~9",
    "/",        "/i",
    "\\",       "[a-z]",
    "(a+)+",    "{2,}",
    "NEAR/3",   " ADJ/2 ",
    "w/5",      "pre/1",
    "from:",    "ada",
    "with:",    "to:",
    "by:",      "handle:",
    "in:weir",  "source:",
    "date:",    "2016-03",
    "..",       "time:",
    "9",        "22:00",
    "weekday",  ":sun",
    "tz:UTC ",  "has:",
    "link",     "is:reply",
    "kind:",    "text",
    "script",   ":han ",
    "stem:",    "german/",
    "thread:{", "same:5m{",
    "}{",       "}",
    "tag:",     "note:",
    "url:",     "id:",
    "len>",     "gap<",
    "30m",      "older_than:",
    "2y",       "%",
    "_",        ";",
    "--",       "\n",
    "\t",       "\xE2\x80\x8B",
    "é",        "ß",
    "İ",        "\x01",
};

static void add_pieces(struct buf *b, size_t bytes)
{
    while (b->n < bytes)
        buf_addf(b, "%s%s", pieces[rnd(sizeof pieces / sizeof *pieces)], rnd(3) ? "" : " ");
}

static size_t random_size(int i)
{
    if (i % 50 == 49)
        return 20000 + rnd(45000);
    return i % 10 == 9 ? 200 + rnd(3000) : 4 + rnd(90);
}

static void pieces_of_the_language_in_any_order(void **state)
{
    size_t queries = 0;
    for (int i = 0; i < RANDOM; i++) {
        struct buf b = buf_new(TEXT_BYTES);
        add_pieces(&b, random_size(i));
        queries += try_query(*state, buf_str(&b));
        buf_free(&b);
    }
    /* Some of them must have been queries, or nothing was tested but errors. */
    assert_true(queries > RANDOM / 50);
}

static void bytes_in_any_order(void **state)
{
    for (int i = 0; i < RANDOM; i++) {
        struct buf b = buf_new(TEXT_BYTES);
        for (size_t n = random_size(i); b.n < n;)
            buf_add_byte(&b, (char)(rnd(3) ? ' ' + rnd(95) : rnd(256)));
        (void)try_query(*state, buf_str(&b));
        buf_free(&b);
    }
}

static int set_up(void **state)
{
    *state = made_archive_open(MESSAGES, MADE_MIXED);
    return 0;
}

static int tear_down(void **state)
{
    made_archive_close(*state);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(towers_stand_or_are_refused),
        cmocka_unit_test(products_of_choices_have_an_end),
        cmocka_unit_test(pieces_of_the_language_in_any_order),
        cmocka_unit_test(bytes_in_any_order),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
