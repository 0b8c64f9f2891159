/* Dates as people write them: forms, rounding, relative dates, errors and the canonical form. */
#include "dates.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Wednesday 2016-08-31 15:20:00. */
static int64_t now_ms(void)
{
    return civil_to_ms(
        &(struct civil){.year = 2016, .month = 8, .day = 31, .hour = 15, .minute = 20});
}

static void expect(const char *text, const char *canonical)
{
    struct date_range r;
    struct err e = {0};
    char out[2 * CIVIL_TEXT];
    if (date_range_parse(str_of(text), now_ms(), &r, &e) != OK)
        fail_msg("%s: %s", text, e.msg);
    if (strcmp(date_range_print(out, &r), canonical) != 0)
        fail_msg("%s is %s, not %s", text, out, canonical);
    struct date_range again;
    assert_int_equal(date_range_parse(str_of(out), now_ms(), &again, &e), OK);
    assert_int_equal(again.from_ms, r.from_ms);
    assert_int_equal(again.to_ms, r.to_ms);
}

static void the_example_of_the_header(void **state)
{
    (void)state;
    struct date_range r;
    struct err e = {0};
    assert_int_equal(date_range_parse(STR("2016-Q4"), now_ms(), &r, &e), OK);
    assert_int_equal(r.from_ms, civil_to_ms(&(struct civil){.year = 2016, .month = 10, .day = 1}));
    assert_int_equal(r.to_ms, civil_to_ms(&(struct civil){.year = 2017, .month = 1, .day = 1}));
}

static void calendar_forms(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"2016", "2016-01-01..2016-12-31"},
        {"9999", "9999-01-01..9999-12-31"},
        {"2016-08", "2016-08-01..2016-08-31"},
        {"2016-2", "2016-02-01..2016-02-29"},
        {"2015/02", "2015-02-01..2015-02-28"},
        {"2016-8-3", "2016-08-03"},
        {"2016-02-29", "2016-02-29"},
        {"2016/08/03", "2016-08-03"},
        {"20160823", "2016-08-23"},
        {"2016-Q1", "2016-01-01..2016-03-31"},
        {"2016-q4", "2016-10-01..2016-12-31"},
        {"2016Q2", "2016-04-01..2016-06-30"},
        {"Q3 2016", "2016-07-01..2016-09-30"},
        {"2016-W33", "2016-08-15..2016-08-21"},
        {"2016-w1", "2016-01-04..2016-01-10"},
        {"2015-W53", "2015-12-28..2016-01-03"},
        {"2016-08-23T13:46", "2016-08-23T13:46:00..2016-08-23T13:46:59"},
        {"2016-08-23 13:46:39", "2016-08-23T13:46:39..2016-08-23T13:46:39"},
        {"2016-08-23T13:46:39.250", "2016-08-23T13:46:39.250..2016-08-23T13:46:39.250"},
        {"june 2015", "2015-06-01..2015-06-30"},
        {"JUN 2015", "2015-06-01..2015-06-30"},
        {"sept 2015", "2015-09-01..2015-09-30"},
        {"jun 15 2015", "2015-06-15"},
        {"June 15th, 2015", "2015-06-15"},
        {"15 june 2015", "2015-06-15"},
        {"15. June 2015", "2015-06-15"},
        {"1st may 2015", "2015-05-01"},
        {"23/8/2016", "2016-08-23"},
        {"8/23/2016", "2016-08-23"},
        {"5/5/2016", "2016-05-05"},
        {"23.08.2016", "2016-08-23"},
        {"  2016-08  ", "2016-08-01..2016-08-31"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(cases[i][0], cases[i][1]);
}

static void dates_relative_to_now(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"today", "2016-08-31"},
        {"Yesterday", "2016-08-30"},
        {"wednesday", "2016-08-31"},
        {"thu", "2016-08-25"},
        {"last wednesday", "2016-08-24"},
        {"last week", "2016-08-22..2016-08-28"},
        {"this week", "2016-08-29..2016-09-04"},
        {"last month", "2016-07-01..2016-07-31"},
        {"this year", "2016-01-01..2016-12-31"},
        {"last year", "2015-01-01..2015-12-31"},
        {"3 days ago", "2016-08-28"},
        {"2 weeks ago", "2016-08-17"},
        {"6 months ago", "2016-02-29"},
        {"1 year ago", "2015-08-31"},
        {"2 hours ago", "2016-08-31T13:00:00..2016-08-31T13:59:59"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        expect(cases[i][0], cases[i][1]);
}

static void ranges_include_both_ends(void **state)
{
    (void)state;
    expect("2016-07..2016-11", "2016-07-01..2016-11-30");
    expect("2016-07-05..2016", "2016-07-05..2016-12-31");
    expect("..2016", "..2016-12-31");
    expect("2016..", "2016-01-01..");
}

static void expect_failure(const char *text, size_t at, size_t len, const char *msg)
{
    struct date_range r;
    struct err e = {0};
    assert_int_equal(date_range_parse(str_of(text), now_ms(), &r, &e), ERR_QUERY);
    if (e.at != at || e.len != len || strcmp(e.msg, msg) != 0)
        fail_msg("%s: at %zu, %zu bytes: %s", text, e.at, e.len, e.msg);
}

static void impossible_dates_are_pointed_at(void **state)
{
    (void)state;
    expect_failure("2016-02-30", 8, 2, "2016-02-30: February 2016 has 29 days");
    expect_failure("2015..2015-02-29", 14, 2, "2015-02-29: February 2015 has 28 days");
    expect_failure("2016-13", 5, 2, "there is no month 13");
    expect_failure("20161301", 4, 2, "there is no month 13");
    expect_failure("2016-04-00", 8, 2, "2016-04-00: April 2016 has 30 days");
    expect_failure("0000", 0, 4, "there is no year 0000");
    expect_failure("2016-W53", 6, 2, "2016 has weeks W01 to W52");
    expect_failure("2016-Q5", 6, 1, "a year has quarters Q1 to Q4");
    expect_failure("2016-08-23T24:00", 11, 2, "there is no hour 24");
    expect_failure("2016-08-23T10:60", 14, 2, "there is no minute 60");
    expect_failure("8/9/2016", 0, 8, "8/9/2016 could be 8 September or 9 August");
    expect_failure("2017..2016", 0, 10, "this range ends before it begins");
    expect_failure("..", 0, 2, "a range needs at least one end");
    expect_failure("june", 0, 4, "\"june\" names no year");
    expect_failure("soon", 0, 4, "\"soon\" is not a date that Stet knows");
    expect_failure("", 0, 0, "\"\" is not a date that Stet knows");
    expect_failure("9000 years ago", 0, 14, "this lies before the year 1");
    expect_failure("2016...2017", 6, 5, "\".2017\" is not a date that Stet knows");
}

/* Every day of four centuries reads as itself, with its neighbour starting where it ends. */
static void days_follow_each_other(void **state)
{
    (void)state;
    int64_t at = civil_to_ms(&(struct civil){.year = 1800, .month = 1, .day = 1});
    for (int day = 0; day < 400 * 365; day++, at += MS_PER_DAY) {
        char text[CIVIL_TEXT];
        struct date_range r;
        assert_int_equal(date_range_parse(str_of(civil_print_date(text, at)), 0, &r, NULL), OK);
        assert_int_equal(r.from_ms, at);
        assert_int_equal(r.to_ms, at + MS_PER_DAY);
    }
}

/* The weeks of a year cover it without a gap. */
static void weeks_follow_each_other(void **state)
{
    (void)state;
    int64_t expected = TIME_NONE;
    for (int year = 1990; year < 2030; year++)
        for (int week = 1; week <= 53; week++) {
            char text[40];
            struct date_range r;
            (void)snprintf(text, sizeof text, "%04d-W%02d", year, week);
            if (date_range_parse(str_of(text), 0, &r, NULL) != OK) {
                assert_int_equal(week, 53);
                continue;
            }
            if (expected != TIME_NONE)
                assert_int_equal(r.from_ms, expected);
            expected = r.to_ms;
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_header),
        cmocka_unit_test(calendar_forms),
        cmocka_unit_test(dates_relative_to_now),
        cmocka_unit_test(ranges_include_both_ends),
        cmocka_unit_test(impossible_dates_are_pointed_at),
        cmocka_unit_test(days_follow_each_other),
        cmocka_unit_test(weeks_follow_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
