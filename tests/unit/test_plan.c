/*
 * Plans on a small archive: the example of the door, pages by key, facets, marks, blame, explain,
 * stopping, names that do not exist, and ranking. That the sets are right is
 * test_query_differential's.
 */
#include "query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../support/made_archive.h"

enum { MESSAGES = 300, SAID_BYTES = 1 << 16 };

static const struct query_clock test_clock = {INT64_C(1472656800000)};

struct search {
    struct query *q;
    struct plan *p;
};

static struct search open_search(void **state, const char *text)
{
    struct search s = {NULL, NULL};
    struct err e = {0};
    if (query_parse(&s.q, str_of(text), &test_clock, &e) != OK ||
        plan_make(&s.p, s.q, made_archive_store(*state), &e) != OK)
        fail_msg("%s: %s", text, e.msg);
    return s;
}

static void close_search(struct search *s)
{
    plan_free(s->p);
    query_free(s->q);
}

static uint64_t count_of(void **state, const char *text)
{
    struct search s = open_search(state, text);
    struct err e = {0};
    uint64_t count = 0;
    assert_int_equal(plan_count(s.p, NULL, &count, &e), OK);
    close_search(&s);
    return count;
}

static void the_example_of_the_header(void **state)
{
    struct store *store = made_archive_store(*state);
    struct err e[1] = {{0}};
    struct query *q;
    assert_int_equal(query_parse(&q, STR("from:ada \"the tide\" date:2016"), &test_clock, e), OK);
    struct plan *p;
    assert_int_equal(plan_make(&p, q, store, e), OK);
    struct hits *h;
    assert_int_equal(hits_open(&h, p, &(struct hit_options){.sort = SORT_OLDEST, .limit = 20}, e),
                     OK);
    int64_t row, before = 0;
    enum step step;
    while ((step = hits_next(h, &row, e)) == STEP_ROW) {
        assert_true(row > before);
        assert_string_equal(made_archive_message((size_t)row - 1)->sender, "ada");
        before = row;
    }
    assert_int_equal(step, STEP_DONE);
    assert_true(before > 0);
    hits_close(h);
    plan_free(p);
    query_free(q);
}

static void an_empty_query_is_every_message(void **state)
{
    assert_int_equal(count_of(state, ""), MESSAGES);
    assert_int_equal(count_of(state, "tide") + count_of(state, "-tide"), MESSAGES);
}

static void marks_of(void **state, const char *query, const char *text, const char *expected)
{
    struct search s = open_search(state, query);
    struct arena a = {0};
    struct span *spans;
    size_t count;
    plan_highlight(s.p, str_of(text), &a, &spans, &count);
    struct buf b = buf_new(SAID_BYTES);
    size_t done = 0;
    for (size_t i = 0; i < count; i++) {
        buf_add(&b, str_sub(str_of(text), done, spans[i].at - done));
        buf_add_byte(&b, '[');
        buf_add(&b, str_sub(str_of(text), spans[i].at, spans[i].end - spans[i].at));
        buf_add_byte(&b, ']');
        done = spans[i].end;
    }
    buf_add(&b, str_from(str_of(text), done));
    assert_string_equal(b.p, expected);
    buf_free(&b);
    arena_free(&a);
    close_search(&s);
}

static void marks_are_what_matched(void **state)
{
    marks_of(state, "tide", "Tide, tidal TIDE", "[Tide], tidal [TIDE]");
    marks_of(state, "tid*", "Tide, tidal, ti", "[Tide], [tidal], ti");
    marks_of(state, "\"the tide\"", "the tide the  “tide” tide", "[the tide] [the  “tide]” tide");
    marks_of(state, "\"the … tide\"", "the big the tide", "[the] big [the] [tide]");
    marks_of(state, "\"the * tide\"", "so the big tide", "so [the big tide]");
    marks_of(state, "+Tide tide", "Tide tide", "[Tide] [tide]");
    marks_of(state, "+Tide", "Tide tide", "[Tide] tide");
    marks_of(state, "=\"e t\"", "the tide", "th[e t]ide");
    marks_of(state, "tide -the", "the tide", "the [tide]");
    marks_of(state, "mentions:ada", "ask @Ada, ada", "ask [@Ada], ada");
    marks_of(state, "url:example.org", "see http://example.org.", "see [http://example.org].");
    marks_of(state, "cafe", "Cafe\xCC\x81!", "[Cafe\xCC\x81]!");
    marks_of(state, "from:ada", "ada", "ada");
    marks_of(state, "\"the tide\" tide", "the tide", "[the tide]");
    marks_of(state, "", "the tide", "the tide");
}

static void expect_plan_failure(void **state, const char *text, size_t at, size_t len,
                                const char *msg, const char *hint)
{
    struct query *q;
    struct plan *p;
    struct err e = {0};
    assert_int_equal(query_parse(&q, str_of(text), &test_clock, &e), OK);
    assert_int_equal(plan_make(&p, q, made_archive_store(*state), &e), ERR_QUERY);
    assert_null(p);
    assert_string_equal(e.msg, msg);
    assert_int_equal(e.at, at);
    assert_int_equal(e.len, len);
    if (!strstr(e.hint, hint))
        fail_msg("%s: the hint is \"%s\"", text, e.hint);
    query_free(q);
}

static void unknown_names_are_pointed_at(void **state)
{
    expect_plan_failure(state, "tide from:Brt", 10, 3, "no sender matches \"Brt\"",
                        "did you mean Bert (");
    expect_plan_failure(state, "from:\"zoe c\"", 6, 5, "no sender matches \"zoe c\"", "Zoë B");
    expect_plan_failure(state, "in:wier", 3, 4, "no conversation matches \"wier\"", "weir");
    expect_plan_failure(state, "in:xyz", 3, 3, "no conversation matches \"xyz\"",
                        "stet conversations");
    expect_plan_failure(state, "source:nope", 7, 4, "no source matches \"nope\"", "stet");
    expect_plan_failure(state, "from:xx*", 5, 2, "the name of no sender begins with \"xx\"",
                        "stet people");
}

static void said(void **state, const char *text, const char *expected)
{
    struct search s = open_search(state, text);
    struct buf b = buf_new(SAID_BYTES);
    struct err e = {0};
    assert_int_equal(plan_blame(s.p, NULL, &b, &e), OK);
    if (!strstr(b.p, expected))
        fail_msg("%s: expected %sgot %s", text, expected, b.p);
    buf_free(&b);
    close_search(&s);
}

static void no_hits_are_explained(void **state)
{
    said(state, "zzz tide", "zzz: 0 messages\n");
    said(state, "\"tide zzz\"", "zzz: 0\n");
    said(state, "from:bela in:quay", "no message has both from:bela and in:quay");
    said(state, "from:bela in:quay", "from:bela: ");
    said(state, "tide date:2020", "date:2020-01-01..2020-12-31: 0 messages\n");
    said(state, "=\"THE TIDE\"", "0 exact, 0 if quotes, dashes and blanks fold, ");
    said(state, "zzz from:ada", "zzz: 0 messages\nfrom:ada: ");
    said(state, "=\"zzz\"",
         "0 exact, 0 if quotes, dashes and blanks fold, 0 if case and accents fold too\n");
    said(state, "=\"don‘t\"", " if quotes, dashes and blanks fold, ");
}

static void folding_that_would_help_is_counted(void **state)
{
    char expected[200];
    const unsigned long long marks = count_of(state, "=\"don’t\" OR =\"don't\"");
    assert_true(marks > 0);
    (void)snprintf(expected, sizeof expected,
                   "=\"don‘t\": 0 exact, %llu if quotes, dashes and blanks fold, %llu if case and "
                   "accents fold too\n",
                   marks, marks);
    said(state, "=\"don‘t\"", expected);
}

static void explanations_name_every_part(void **state)
{
    struct search s = open_search(state, "tide +The from:ada -permit date:2016-03-02 len>3");
    struct buf b = buf_new(SAID_BYTES);
    struct err e = {0};
    assert_int_equal(plan_explain(s.p, &b, &e), OK);
    static const char *const parts[] = {"tree   (and (word tide)",
                                        "match  (\"tide\" AND \"the\") NOT \"permit\"\n",
                                        "rows   ",
                                        " of 300\n",
                                        "then   from:ada (sender column)\n",
                                        "then   date:2016-03-02 (time columns)\n",
                                        "then   +The (text of each message)\n",
                                        "then   len>3 (text of each message)\n",
                                        "count  \"tide\": "};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strstr(b.p, parts[i]))
            fail_msg("\"%s\" is not in:\n%s", parts[i], b.p);
    buf_free(&b);
    close_search(&s);
}

static bool stop_at_once(void *context)
{
    ++*(int *)context;
    return true;
}

static void a_search_can_be_stopped(void **state)
{
    struct search s = open_search(state, "tide");
    struct err e = {0};
    int asked = 0;
    struct hit_summary sum;
    const struct hit_options o = {.stop = stop_at_once, .stop_context = &asked};
    assert_int_equal(plan_summary(s.p, &o, &sum, &e), ERR_STOPPED);
    assert_int_equal(asked, 1);
    e = (struct err){0};
    assert_int_equal(plan_summary(s.p, NULL, &sum, &e), OK);
    assert_true(sum.count > 0);
    close_search(&s);
}

/* A short message that holds a rare word twice comes before a long one that holds it once. */
static void relevance_puts_dense_messages_first(void **state)
{
    struct search s = open_search(state, "permits");
    struct err e = {0};
    struct hits *h;
    const struct hit_options o = {.sort = SORT_RELEVANCE};
    assert_int_equal(hits_open(&h, s.p, &o, &e), OK);
    int64_t row, first = 0, last = 0;
    while (hits_next(h, &row, &e) == STEP_ROW) {
        first = first ? first : row;
        last = row;
    }
    hits_close(h);
    close_search(&s);
    assert_true(first && last && first != last);
    assert_true(made_archive_message((size_t)first - 1)->text.n <
                made_archive_message((size_t)last - 1)->text.n);
}

static void facets_are_in_their_order(void **state)
{
    struct search s = open_search(state, "");
    struct err e = {0};
    struct facet *f;
    size_t count;
    assert_int_equal(plan_facets(s.p, NULL, FACET_SENDER, &f, &count, &e), OK);
    assert_int_equal(count, 5);
    for (size_t i = 1; i < count; i++)
        assert_true(f[i - 1].count >= f[i].count);
    free(f);
    assert_int_equal(plan_facets(s.p, NULL, FACET_DAY, &f, &count, &e), OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(f[i].key % MS_PER_DAY, 0);
        assert_true(!i || f[i - 1].key < f[i].key);
    }
    free(f);
    assert_int_equal(plan_facets(s.p, NULL, FACET_YEAR, &f, &count, &e), OK);
    assert_int_equal(count, 1);
    assert_int_equal(f[0].key, civil_to_ms(&(struct civil){.year = 2016, .month = 1, .day = 1}));
    assert_int_equal(f[0].count, MESSAGES);
    free(f);
    close_search(&s);
}

/* NOT and AND as deep as the language allows: FTS5 must not be asked to nest them. */
static void deep_queries_run(void **state)
{
    struct buf b = buf_new(SAID_BYTES);
    for (int i = 0; i < QUERY_MAX_DEPTH; i++)
        buf_addf(&b, "tide %s(", i % 3 == 0 ? "OR " : i % 3 == 1 ? "" : "OR the -");
    buf_add(&b, STR("permit"));
    for (int i = 0; i < QUERY_MAX_DEPTH; i++)
        buf_add_byte(&b, ')');
    assert_true(count_of(state, b.p) > 0);
    buf_clear(&b);
    buf_add(&b, STR("tide"));
    for (int i = 0; i < QUERY_MAX_TERMS - 1; i++)
        buf_addf(&b, " NOT w%d", i);
    assert_int_equal(count_of(state, b.p), count_of(state, "tide"));
    buf_clear(&b);
    for (int i = 0; i < QUERY_MAX_TERMS; i++)
        buf_addf(&b, "%sw%d", i ? " OR " : "", i);
    assert_int_equal(count_of(state, b.p), 0);
    buf_free(&b);
}

static int set_up(void **state)
{
    *state = made_archive_open(MESSAGES, MADE_IN_ORDER);
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
        cmocka_unit_test(the_example_of_the_header),
        cmocka_unit_test(an_empty_query_is_every_message),
        cmocka_unit_test(marks_are_what_matched),
        cmocka_unit_test(unknown_names_are_pointed_at),
        cmocka_unit_test(no_hits_are_explained),
        cmocka_unit_test(folding_that_would_help_is_counted),
        cmocka_unit_test(explanations_name_every_part),
        cmocka_unit_test(a_search_can_be_stopped),
        cmocka_unit_test(relevance_puts_dense_messages_first),
        cmocka_unit_test(facets_are_in_their_order),
        cmocka_unit_test(deep_queries_run),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
