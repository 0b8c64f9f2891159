/*
 * Thousands of generated queries, answered twice: by the plan, with index, columns and sets of
 * rows, and by a slow evaluator that looks at every message and interprets the tree as printed
 * (support/slow_search.h). The messages are generated too, short and from a small vocabulary, so
 * that everything meets. STET_QUERIES says how many (make measure-queries: 10,000); the sum of both
 * orders of rows is twice that.
 */
#include "query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/slow_search.h"

enum { MESSAGES = 300, QUERIES = 600, DEPTH_MAX = 4, TREE_BYTES = 1 << 16 };

/* ---- generated queries ---------------------------------------------------------------------- */

static const char *const leaves[] = {
    "permit",
    "Permit",
    "+Permit",
    "+permit",
    "tide*",
    "ti*",
    "\"the tide\"",
    "\"the * tide\"",
    "\"the … permit\"",
    "\"tide * * the\"",
    "\"tide …* the\"",
    "don't",
    "’t",
    "café",
    "cafe",
    "+café",
    "+cafe",
    "@ada",
    "#tide",
    "\"@ada the\"",
    "潮水",
    "\"水 潮\"",
    "🦀",
    "\"🦀 🦀\"",
    "16-04",
    "16*",
    "=\"the tide\"",
    "=\"ide p\"",
    "=\"e \"",
    "=\"don’t\"",
    "=\"潮\"",
    "=\"水🦀\"",
    "=\"---\"",
    "=\"ermit\"",
    "=\"The\"",
    "+The",
    "\"permit permit\"",
    "\"* permit\"",
    "\"permit *\"",
    "\"@ada … tide\"",
    "from:ada",
    "from:Bert",
    "from:\"Zoë B\"",
    "from:zoe*",
    "from:b*",
    "with:ada",
    "with:cleo",
    "mentions:ada",
    "in:weir",
    "in:quay",
    "date:2016-03",
    "date:2016-03-02..2016-03-03",
    "after:2016-03-05",
    "before:2016-03-02",
    "date:2016-03-02T10:00..2016-03-02T18:00",
    "has:link",
    "has:mention",
    "has:emoji",
    "is:event",
    "kind:text",
    "is:edited",
    "is:reply",
    "is:redacted",
    "url:example.org",
    "url:weir.example.org",
    "id:17",
    "id:299",
    "len>20",
    "len<9",
    "gap>30m",
    "gap<5m",
    "\"permit tide\"*",
    "\"the ti\"*",
    "the",
    "and",
    "+\"The Tide\"",
    "zzz",
    "\"the zzz\"",
    "date:2020",
    "\"… the …\"",
    "mentions:zoe",
    "=\"@ada\"",
    "=\"https://weir\"",
    "example.org",
    "with:bert",
    "\"example … org\"",
    "=\".org\"",
    "is:undated",
    "is:duplicate",
    "source:first",
    "source:second",
    "date:..2016-03-01",
    "the NEAR/3 permit",
    "permit ADJ/2 tide",
    "tide ADJ/1 permit",
    "(tide OR the) w/2 (permit OR cafe)",
    "the NEAR/4 the",
    "ti* NEAR/3 permit",
    "\"the tide\" pre/3 permit",
    "@ada NEAR/2 ada",
    "潮 NEAR/2 水",
    "+Permit NEAR/3 the",
    "\"permit tide\"~2",
    "\"the the tide\"~3",
    "\"the permit tide\"~4",
    "\"水 潮\"~1",
    "permitt~1",
    "tied~",
    "prmits~2",
    "coffe~2",
    "/ti?de/",
    "/the tide/",
    "/PERMIT/i",
    "/\\bthe\\b.*permit/",
    "/(the|tide) permit/",
    "/a the? permit/",
    "/[0-9]{2}-[0-9]{2} the/",
    "/caf\u00e9/",
    "/^the /",
    "/\\w+-permit/",
    "/ the tide /",
    "/de permit$/",
    "/(?:de )?permit the/",
    "/example\\.org the/",
    "thread:{from:ada zzz}",
    "thread:{permits}",
    "same:10m{from:ada}{tide}",
    "same:1h{\"the tide\"}{permit from:cleo}",
    "same:2m{the}{the}",
    "time:22:00..04:00",
    "time:9",
    "time:12:30..13",
    "weekday:sat..mon",
    "weekday:wed",
    "script:han",
    "script:latin",
    "by:ada",
    "newer_than:6m",
    "older_than:1y",
    "has:number",
    "/permit(?= the)/",
    "/(?i)TIDE, /",
    "/^[a-z ]+$/",
    "/^/",
    "/the.{0,9}?tide/",
    "/潮|🦀/",
    "/Zo(e|ë)/i",
    "kind:event",
};

static unsigned long random_state = 20160302;
static unsigned rnd(unsigned below)
{
    random_state = random_state * 6364136223846793005UL + 1442695040888963407UL;
    return (unsigned)(random_state >> 33) % below;
}

static const char *const words[] = {"the",  "tide", "permit", "permits", "and", "cafe", "don't",
                                    "a",    "16",   "04",     "zoe",     "ti",  "x_y",  "tidal",
                                    "@ada", "水",   "🦀",   "org",     "50",  "de",   "zzz"};
static const char *const bits[] = {"the", "Tide",       "ermit", " ", "[a-z]+", ".", "\\w", "\\b",
                                   "s?",  "(the|and) ", "\\d",   "-", "[^ ]* ", "é", "per?"};

static const char *any_of(const char *const *list, size_t count)
{
    return list[rnd((unsigned)count)];
}
#define ANY(list) any_of(list, sizeof list / sizeof *list)

static void add_phrase(struct buf *out, unsigned most)
{
    buf_add(out, STR("\""));
    for (unsigned i = 0, count = 1 + rnd(most); i < count; i++)
        buf_addf(out, "%s%s", i ? " " : "", i && rnd(9) == 0 ? "* the" : ANY(words));
    buf_add(out, STR("\""));
}

static void add_moment(struct buf *out)
{
    buf_addf(out, "2016-03-%02u", 1 + rnd(22));
    if (rnd(2))
        buf_addf(out, "T%02u:%02u", rnd(24), rnd(60));
}

static void add_range(struct buf *out)
{
    struct buf from = buf_new(TREE_BYTES), to = buf_new(TREE_BYTES);
    add_moment(&from);
    add_moment(&to);
    if (str_cmp(buf_str(&from), buf_str(&to)) > 0) {
        const struct buf swap = from;
        from = to;
        to = swap;
    }
    buf_addf(out, "date:%s..%s", from.p, to.p);
    buf_free(&from);
    buf_free(&to);
}

static bool compiles(str pattern)
{
    char text[512];
    (void)snprintf(text, sizeof text, "/" STR_FMT "/", STR_ARG(pattern));
    struct query *q;
    struct err e = {0};
    const bool good = query_parse(&q, str_of(text), &(struct query_clock){0}, &e) == OK;
    query_free(q);
    return good;
}

/* What a pattern begins or ends with is not blank: the lexer takes a slash behind a blank for one. */
static void add_regex(struct buf *out)
{
    struct buf b = buf_new(TREE_BYTES);
    for (unsigned i = 0, count = 1 + rnd(5); i < count; i++)
        buf_addf(&b, "%s", ANY(bits));
    buf_addf(out, "/%s/%s", compiles(buf_str(&b)) ? b.p : "tide", rnd(3) ? "" : "i");
    buf_free(&b);
}

/* A leaf that nobody thought of. */
static void add_new_leaf(struct buf *out)
{
    static const char *const near[] = {"NEAR", "ADJ", "w", "pre"};
    static const char *const long_words[] = {"permit", "tide",    "tidal",
                                             "coffee", "permits", "weir"};
    switch (rnd(10)) {
    case 0: add_phrase(out, 4); return;
    case 1: add_range(out); return;
    case 2: add_regex(out); return;
    case 3:
        buf_addf(out, "(%s %s/%u ", ANY(words), ANY(near), 1 + rnd(6));
        add_phrase(out, 2);
        buf_add(out, STR(")"));
        return;
    case 4: buf_addf(out, "\"%s %s %s\"~%u", ANY(words), ANY(words), ANY(words), rnd(7)); return;
    case 5: buf_addf(out, "%s~%u", ANY(long_words), 1 + rnd(2)); return;
    case 6: buf_addf(out, "len%c%u", rnd(2) ? '>' : '<', rnd(70)); return;
    case 7: buf_addf(out, "gap%c%um", rnd(2) ? '>' : '<', 1 + rnd(90)); return;
    case 8: buf_addf(out, "time:%02u:%02u..%02u:%02u", rnd(24), rnd(60), rnd(24), rnd(60)); return;
    default: buf_addf(out, "same:%um{%s}{%s}", 1 + rnd(90), ANY(words), ANY(words)); return;
    }
}

static void generate(struct buf *out, int depth)
{
    const unsigned kind = depth >= DEPTH_MAX ? 0 : rnd(8);
    if (kind <= 2) {
        if (rnd(5) == 0)
            buf_add(out, STR("-"));
        if (rnd(3))
            buf_addf(out, "%s", leaves[rnd(sizeof leaves / sizeof *leaves)]);
        else
            add_new_leaf(out);
        return;
    }
    const char *const between = kind <= 5 ? " " : " OR ";
    const unsigned count = 2 + rnd(3);
    buf_add(out, depth ? (rnd(6) == 0 ? STR("-(") : STR("(")) : STR(""));
    for (unsigned i = 0; i < count; i++) {
        if (i)
            buf_addf(out, "%s", between);
        generate(out, depth + 1);
    }
    buf_add(out, depth ? STR(")") : STR(""));
}

/* ---- the comparison ------------------------------------------------------------------------- */

struct fixture {
    struct made_archive *archive;
    struct slow_search *slow;
};

static int set_up(void **state, enum made_order order)
{
    struct fixture *f = calloc(1, sizeof *f);
    f->archive = made_archive_open(MESSAGES, order);
    f->slow = slow_search_open();
    *state = f;
    return 0;
}

static int set_up_in_order(void **state)
{
    return set_up(state, MADE_IN_ORDER);
}

static int set_up_mixed(void **state)
{
    return set_up(state, MADE_MIXED);
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    slow_search_close(f->slow);
    made_archive_close(f->archive);
    free(f);
    return 0;
}

static uint64_t facet_sum(struct plan *p, enum facet_by by)
{
    struct facet *facets;
    size_t count;
    struct err e = {0};
    const struct hit_options o = {.sort = SORT_OLDEST};
    assert_int_equal(plan_facets(p, &o, by, &facets, &count, &e), OK);
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += facets[i].count;
    free(facets);
    return sum;
}

/* The rows of the plan, page by page, in the given order. */
static size_t paged(struct plan *p, enum hit_sort sort, int64_t *rows)
{
    struct hit_options o = {.sort = sort, .limit = 37};
    size_t n = 0;
    for (size_t before = 1; before != n;) {
        struct err e = {0};
        struct hits *h;
        before = n;
        assert_int_equal(hits_open(&h, p, &o, &e), OK);
        while (n < MESSAGES && hits_next(h, &rows[n], &e) == STEP_ROW)
            n++;
        hits_close(h);
        o.after_row = n ? rows[n - 1] : 0;
    }
    return n;
}

static void check_order(struct plan *p, const int64_t *expected, size_t count, enum hit_sort sort,
                        const char *query)
{
    int64_t rows[MESSAGES + 1] = {0};
    const size_t n = paged(p, sort, rows);
    if (n != count)
        fail_msg("%s: %zu rows in pages, %zu expected", query, n, count);
    bool seen[MESSAGES + 1] = {false};
    for (size_t i = 0; i < n; i++) {
        if (sort == SORT_OLDEST)
            assert_int_equal(rows[i], expected[i]);
        if (sort == SORT_NEWEST)
            assert_int_equal(rows[i], expected[n - 1 - i]);
        seen[rows[i]] = true;
    }
    for (size_t i = 0; i < count; i++)
        assert_true(seen[expected[i]]);
}

/* Stopped after so many questions: what it then has are hits, and all of what was looked through. */
static bool is_enough(void *context)
{
    unsigned *left = context;
    return *left == 0 || --*left == 0;
}

static void check_partial(const struct fixture *f, const struct query *q, const int64_t *expected,
                          size_t count)
{
    struct err e = {0};
    struct plan *p;
    unsigned patience = 1 + rnd(8);
    const struct hit_options o = {.sort = rnd(2) ? SORT_NEWEST : SORT_OLDEST,
                                  .stop = is_enough,
                                  .stop_context = &patience,
                                  .keep_partial = true};
    assert_int_equal(plan_make(&p, q, made_archive_store(f->archive), &e), OK);
    struct hit_summary sum;
    assert_int_equal(plan_summary(p, &o, &sum, &e), OK);
    const struct search_progress progress = plan_progress(p);
    assert_true(progress.partial ? sum.count <= count : sum.count == count);
    assert_true(progress.looked <= progress.of && progress.of <= MESSAGES);
    const struct hit_options all = {.sort = SORT_OLDEST};
    struct hits *h;
    int64_t row;
    size_t i = 0, known = 0;
    assert_int_equal(hits_open(&h, p, &all, &e), OK);
    while (hits_next(h, &row, &e) == STEP_ROW) {
        while (i < count && expected[i] != row)
            i++;
        assert_true(i < count);
        known++;
    }
    assert_int_equal(known, sum.count);
    hits_close(h);
    plan_free(p);
}

static void compare_one(const struct fixture *f, str text)
{
    const struct query_clock clock = {
        civil_to_ms(&(struct civil){.year = 2016, .month = 9, .day = 8})};
    struct err e = {0};
    struct query *q;
    struct plan *p, *fresh;
    if (query_parse(&q, text, &clock, &e) != OK)
        fail_msg("%.*s: %s", (int)text.n, text.p, e.msg);
    struct buf tree = buf_new(TREE_BYTES);
    query_print_tree(q, &tree);
    int64_t expected[MESSAGES];
    const size_t count = slow_search_rows(f->slow, tree.p, expected);
    if (plan_make(&p, q, made_archive_store(f->archive), &e) != OK)
        fail_msg("%.*s: %s", (int)text.n, text.p, e.msg);
    assert_int_equal(plan_make(&fresh, q, made_archive_store(f->archive), &e), OK);
    uint64_t counted;
    struct hit_summary sum;
    assert_int_equal(plan_count(fresh, NULL, &counted, &e), OK);
    check_order(fresh, expected, count, SORT_NEWEST, text.p);
    assert_int_equal(plan_summary(p, NULL, &sum, &e), OK);
    if (sum.count != count || counted != count)
        fail_msg("%.*s = %s: %llu and %llu rows, %zu expected", (int)text.n, text.p, tree.p,
                 (unsigned long long)sum.count, (unsigned long long)counted, count);
    assert_int_equal(sum.first_row, count ? expected[0] : 0);
    assert_int_equal(sum.last_row, count ? expected[count - 1] : 0);
    check_order(p, expected, count, SORT_OLDEST, text.p);
    check_order(p, expected, count, SORT_RELEVANCE, text.p);
    assert_int_equal(facet_sum(p, FACET_SENDER), count);
    assert_int_equal(facet_sum(p, FACET_DAY), count);
    check_partial(f, q, expected, count);
    plan_free(fresh);
    plan_free(p);
    buf_free(&tree);
    query_free(q);
}

static void generated_queries_give_equal_sets(void **state)
{
    const char *const asked = getenv("STET_QUERIES");
    const int queries = asked ? atoi(asked) : QUERIES;
    for (int i = 0; i < queries; i++) {
        struct buf text = buf_new(TREE_BYTES);
        /* An OR at the top would have the zone as one of its choices. */
        if (rnd(8) == 0) {
            buf_add(&text, STR("tz:Asia/Tokyo ("));
            generate(&text, 0);
            buf_add(&text, STR(")"));
        } else {
            generate(&text, 0);
        }
        compare_one(*state, buf_str(&text));
        buf_free(&text);
    }
}

static void rows_out_of_time_order_give_equal_sets(void **state)
{
    struct fixture *f = *state;
    assert_false(columns_in_time_order(store_columns(made_archive_store(f->archive))));
    for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++)
        compare_one(f, str_of(leaves[i]));
    generated_queries_give_equal_sets(state);
}

static void every_leaf_gives_the_equal_set(void **state)
{
    for (size_t i = 0; i < sizeof leaves / sizeof *leaves; i++)
        compare_one(*state, str_of(leaves[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_leaf_gives_the_equal_set, set_up_in_order, tear_down),
        cmocka_unit_test_setup_teardown(generated_queries_give_equal_sets, set_up_in_order,
                                        tear_down),
        cmocka_unit_test_setup_teardown(rows_out_of_time_order_give_equal_sets, set_up_mixed,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
