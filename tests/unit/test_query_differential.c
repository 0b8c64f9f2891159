/*
 * Thousands of generated queries, answered twice: by the plan, with index, columns and sets of
 * rows, and by a slow evaluator that looks at every message and interprets the tree as printed
 * (support/slow_search.h). The messages are generated too, short and from a small vocabulary, so
 * that everything meets.
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
};

static unsigned long random_state = 20160302;
static unsigned rnd(unsigned below)
{
    random_state = random_state * 6364136223846793005UL + 1442695040888963407UL;
    return (unsigned)(random_state >> 33) % below;
}

static void generate(struct buf *out, int depth)
{
    const unsigned kind = depth >= DEPTH_MAX ? 0 : rnd(8);
    if (kind <= 2) {
        if (rnd(5) == 0)
            buf_add(out, STR("-"));
        buf_addf(out, "%s", leaves[rnd(sizeof leaves / sizeof *leaves)]);
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

static void compare_one(const struct fixture *f, str text)
{
    const struct query_clock clock = {0};
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
    plan_free(fresh);
    plan_free(p);
    buf_free(&tree);
    query_free(q);
}

static void generated_queries_give_equal_sets(void **state)
{
    for (int i = 0; i < QUERIES; i++) {
        struct buf text = buf_new(TREE_BYTES);
        generate(&text, 0);
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
