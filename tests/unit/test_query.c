/*
 * Parsing and printing, beyond what the tables of tests/query/ pin: ceilings, every pair of
 * punctuation marks, clocks, the table of fields and its page of documentation.
 */
#include "query.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TEXT_BYTES = 1 << 20, PAGE_BYTES = 1 << 17 };

static const struct query_clock test_clock = {INT64_C(1472656800000)}; /* 2016-08-31 15:20 */

static enum status parse(str text, struct err *e)
{
    struct query *q;
    *e = (struct err){0};
    const enum status st = query_parse(&q, text, &test_clock, e);
    query_free(q);
    return st;
}

static str repeated(struct buf *b, const char *piece, int count)
{
    for (int i = 0; i < count; i++)
        buf_addf(b, "%s", piece);
    return buf_str(b);
}

static void ceilings_are_limits_and_not_crashes(void **state)
{
    (void)state;
    static const struct {
        const char *piece;
        int count;
        enum status status;
    } cases[] = {
        {"a ", QUERY_MAX_TERMS, OK},
        {"a ", QUERY_MAX_TERMS + 1, ERR_LIMIT},
        {"a NOT ", 20000, ERR_LIMIT},
        {"a AND ", 20000, ERR_LIMIT},
        {"a OR -", 20000, ERR_LIMIT},
        {"(", QUERY_MAX_DEPTH, ERR_QUERY},
        {"(", QUERY_MAX_DEPTH + 1, ERR_LIMIT},
        {"(", QUERY_MAX_BYTES, ERR_LIMIT},
        {"NOT ", 10000, ERR_QUERY},
        {"a", QUERY_MAX_BYTES, OK},
        {"a", QUERY_MAX_BYTES + 1, ERR_LIMIT},
        {"'a ", 20000, ERR_LIMIT},
        {"-", 60000, ERR_QUERY},
        {"\"", 60001, ERR_QUERY},
        {"a-", 30000, ERR_LIMIT},
        {"from:(a OR ", 1000, ERR_LIMIT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = buf_new(TEXT_BYTES);
        struct err e;
        const enum status st = parse(repeated(&b, cases[i].piece, cases[i].count), &e);
        if (st != cases[i].status)
            fail_msg("%d times \"%s\" gives %d: %s", cases[i].count, cases[i].piece, (int)st,
                     e.msg);
        buf_free(&b);
    }
}

static void deep_nesting_within_the_ceiling_reads_again(void **state)
{
    (void)state;
    struct buf b = buf_new(TEXT_BYTES), printed = buf_new(TEXT_BYTES);
    for (int i = 0; i < QUERY_MAX_DEPTH; i++)
        buf_addf(&b, "w%d %s(", i, i % 2 ? "OR " : "");
    buf_add(&b, STR("end"));
    repeated(&b, ")", QUERY_MAX_DEPTH);
    struct query *q;
    struct err e = {0};
    assert_int_equal(query_parse(&q, buf_str(&b), &test_clock, &e), OK);
    query_print(q, &printed);
    assert_int_equal(parse(buf_str(&printed), &e), OK);
    query_free(q);
    buf_free(&b);
    buf_free(&printed);
}

/* 9,025 queries of two marks, alone and around words: a query or a sentence, never anything else.
   */
static void every_pair_of_ascii_marks(void **state)
{
    (void)state;
    for (int a = ' '; a < 0x7F; a++)
        for (int b = ' '; b < 0x7F; b++) {
            char text[4][16];
            (void)snprintf(text[0], sizeof text[0], "%c%c", a, b);
            (void)snprintf(text[1], sizeof text[1], "%c%cword", a, b);
            (void)snprintf(text[2], sizeof text[2], "word%c%c", a, b);
            (void)snprintf(text[3], sizeof text[3], "a %cb%c", a, b);
            for (int i = 0; i < 4; i++) {
                struct err e;
                const enum status st = parse(str_of(text[i]), &e);
                assert_true(st == OK || (st == ERR_QUERY && e.msg[0] && e.at <= strlen(text[i])));
            }
        }
}

static void bytes_that_are_no_text(void **state)
{
    (void)state;
    struct err e;
    assert_int_equal(parse((str){"per\xFFmit", 7}, &e), ERR_QUERY);
    assert_int_equal(e.at, 3);
    assert_int_equal(parse((str){"a\0b", 3}, &e), OK); /* a NUL parts words like any control */
    assert_int_equal(parse((str){"\0", 1}, &e), OK);
}

static void now_is_the_clock_given(void **state)
{
    (void)state;
    struct query *q;
    struct err e = {0};
    struct buf b = buf_new(TEXT_BYTES);
    assert_int_equal(query_parse(&q, STR("on:yesterday"), &test_clock, &e), OK);
    query_print(q, &b);
    assert_string_equal(b.p, "date:2016-08-30");
    query_free(q);
    buf_free(&b);
}

static void canonical_form_is_what_the_door_shows(void **state)
{
    (void)state;
    struct query *q;
    struct err e = {0};
    struct buf b = buf_new(TEXT_BYTES), tree = buf_new(TEXT_BYTES);
    assert_int_equal(
        query_parse(&q, STR("from:noll “dredging permit” during:2016"), &test_clock, &e), OK);
    query_print(q, &b);
    query_print_tree(q, &tree);
    assert_string_equal(b.p, "from:noll AND \"dredging permit\" AND date:2016-01-01..2016-12-31");
    assert_string_equal(tree.p, "(and (from \"noll\") (phrase dredging permit)"
                                " (date 2016-01-01..2016-12-31))");
    query_free(q);
    buf_free(&b);
    buf_free(&tree);
}

static void freeing_nothing_is_fine(void **state)
{
    (void)state;
    query_free(NULL);
    plan_free(NULL);
    hits_close(NULL);
}

/* The reference for users has a line for each field of the table, with the same words. */
static void every_field_is_in_the_reference(void **state)
{
    (void)state;
    static char page[PAGE_BYTES];
    FILE *f = fopen("docs/query-language.md", "r");
    if (!f)
        skip();
    const size_t n = fread(page, 1, sizeof page - 1, f);
    (void)fclose(f);
    page[n] = 0;
    struct query_field field;
    size_t i = 0;
    for (; query_field_help(i, &field); i++) {
        char row[400];
        (void)snprintf(row, sizeof row, "| `%s%s%s` | %s |", field.name, field.compares ? ">" : ":",
                       field.value, field.help);
        if (!strstr(page, row))
            fail_msg("docs/query-language.md lacks: %s", row);
    }
    assert_true(i > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ceilings_are_limits_and_not_crashes),
        cmocka_unit_test(deep_nesting_within_the_ceiling_reads_again),
        cmocka_unit_test(every_pair_of_ascii_marks),
        cmocka_unit_test(bytes_that_are_no_text),
        cmocka_unit_test(now_is_the_clock_given),
        cmocka_unit_test(canonical_form_is_what_the_door_shows),
        cmocka_unit_test(freeing_nothing_is_fine),
        cmocka_unit_test(every_field_is_in_the_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
