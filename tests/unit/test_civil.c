/* Civil time: every day of ten thousand years, stamps read and printed, durations. */
#include "civil.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void the_example_of_the_door(void **state)
{
    (void)state;
    const struct civil c = {
        .year = 2016, .month = 3, .day = 2, .hour = 9, .minute = 41, .second = 7};
    const int64_t wall_ms = civil_to_ms(&c);
    char text[CIVIL_TEXT];
    assert_string_equal(civil_print(text, wall_ms), "2016-03-02 09:41:07");
    assert_string_equal(civil_print_date(text, wall_ms), "2016-03-02");
}

/* Counts the calendar up day by day, with the rule for leap years written once more. */
static void every_day_goes_there_and_back(void **state)
{
    (void)state;
    int64_t day = -719162; /* 0001-01-01, a Monday */
    int weekday = 0;
    for (int year = 1; year <= 9999; year++) {
        const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        const int lengths[] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
        for (int month = 1; month <= 12; month++)
            for (int d = 1; d <= lengths[month - 1]; d++, day++, weekday = (weekday + 1) % 7) {
                const struct civil c = {.year = year,
                                        .month = month,
                                        .day = d,
                                        .hour = 23,
                                        .minute = 59,
                                        .second = 59,
                                        .millisecond = 999};
                const int64_t ms = (day + 1) * MS_PER_DAY - 1;
                const struct civil back = civil_from_ms(ms);
                if (!civil_valid(&c) || civil_to_ms(&c) != ms || back.year != year ||
                    back.month != month || back.day != d || back.hour != 23 ||
                    back.millisecond != 999 || civil_weekday(ms) != weekday)
                    fail_msg("%d-%d-%d", year, month, d);
            }
    }
    assert_int_equal(day, 2932897); /* 10000-01-01 */
}

static void known_days(void **state)
{
    (void)state;
    assert_int_equal(civil_weekday(0), 3);             /* 1970-01-01, a Thursday */
    assert_int_equal(civil_weekday(-1), 2);            /* the Wednesday before */
    assert_int_equal(civil_weekday(1447891200000), 3); /* 2015-11-19, a Thursday */
    assert_int_equal(civil_days_in_month(2000, 2), 29);
    assert_int_equal(civil_days_in_month(1900, 2), 28);
    assert_int_equal(civil_days_in_month(2016, 2), 29);
    assert_int_equal(civil_days_in_month(2015, 0), 0);
    assert_int_equal(civil_days_in_month(2015, 13), 0);
}

static void impossible_times_are_invalid(void **state)
{
    (void)state;
    static const struct civil bad[] = {
        {.year = 1900, .month = 2, .day = 29},
        {.year = 2015, .month = 2, .day = 29},
        {.year = 2015, .month = 4, .day = 31},
        {.year = 2015, .month = 0, .day = 1},
        {.year = 2015, .month = 13, .day = 1},
        {.year = 2015, .month = 1, .day = 0},
        {.year = 0, .month = 1, .day = 1},
        {.year = 10000, .month = 1, .day = 1},
        {.year = 2015, .month = 1, .day = 1, .hour = 24},
        {.year = 2015, .month = 1, .day = 1, .minute = 60},
        {.year = 2015, .month = 1, .day = 1, .second = 61},
        {.year = 2015, .month = 1, .day = 1, .millisecond = 1000},
        {.year = 2015, .month = 1, .day = 1, .hour = -1},
        {.year = 2015, .month = 1, .day = 1, .minute = -1},
        {.year = 2015, .month = 1, .day = 1, .second = -1},
        {.year = 2015, .month = 1, .day = 1, .millisecond = -1},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(civil_valid(&bad[i]));
    assert_true(civil_valid(&(struct civil){.year = 2000, .month = 2, .day = 29}));
}

static void a_leap_second_is_the_next_minute(void **state)
{
    (void)state;
    const struct civil leap = {.year = 2016,
                               .month = 12,
                               .day = 31,
                               .hour = 23,
                               .minute = 59,
                               .second = 60,
                               .millisecond = 500};
    const struct civil next = {.year = 2017, .month = 1, .day = 1};
    assert_true(civil_valid(&leap));
    assert_true(civil_to_ms(&leap) == civil_to_ms(&next));
}

static void printing(void **state)
{
    (void)state;
    char text[CIVIL_TEXT];
    assert_string_equal(civil_print(text, 0), "1970-01-01 00:00:00");
    assert_string_equal(civil_print(text, 5), "1970-01-01 00:00:00.005");
    assert_string_equal(civil_print(text, -1), "1969-12-31 23:59:59.999");
    assert_string_equal(civil_print(text, -1000), "1969-12-31 23:59:59");
    assert_string_equal(civil_print_date(text, -MS_PER_DAY - 1), "1969-12-30");
    assert_string_equal(civil_print(text, TIME_NONE), "no time");
    assert_string_equal(civil_print_date(text, TIME_NONE), "no date");
    assert_string_equal(civil_print(text, INT64_MAX), "292278994-08-17 07:12:55.807");
    assert_string_equal(civil_print(text, INT64_MIN + 1), "-292275055-05-16 16:47:04.193");
    const struct civil early = {.year = 7, .month = 1, .day = 9};
    assert_string_equal(civil_print_date(text, civil_to_ms(&early)), "0007-01-09");
}

static void stamps_are_read(void **state)
{
    (void)state;
    int64_t ms = 0;
    assert_true(civil_read_stamp(STR("2016-03-02 09:41:07"), &ms));
    assert_true(ms == 1456911667000);
    assert_true(civil_read_stamp(STR("2016-03-02T09:41:08Z"), &ms));
    assert_true(ms == 1456911668000);
    assert_true(civil_read_stamp(STR("1969-12-31 23:59:59] <noll>"), &ms));
    assert_true(ms == -1000);
    assert_true(civil_read_stamp(STR("2016-12-31 23:59:60"), &ms));
    assert_true(ms == 1483228800000);
    char text[CIVIL_TEXT];
    for (int64_t t = -62135596800000; t < 253402300800000; t += 86399000 * INT64_C(37)) {
        assert_true(civil_read_stamp(str_of(civil_print(text, t)), &ms));
        assert_true(ms == t);
    }
}

static void what_is_no_stamp_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "2016-03-02 09:41:0",
        "2016-03-02 09:41:071",
        "2016-3-02 09:41:07 ",
        "2016-03-2 09:41:077",
        "2016-03-02  9:41:07",
        "2016-03-02 09:41: 7",
        "2016-03-02 09:41:+7",
        "2016/03/02 09:41:07",
        "2016-03-02_09:41:07",
        "2016-03-02 09.41.07",
        "2016-02-30 09:41:07",
        "1900-02-29 09:41:07",
        "2016-03-02 24:00:00",
        "2016-03-02 09:60:07",
        "2016-03-02 09:41:61",
        "0000-03-02 09:41:07",
        "20a6-03-02 09:41:07",
        "2016-03-02 0/:41:07",
        "2016-03-02 0::41:07",
        "-016-03-02 09:41:07",
        "2016-\xD9\xA0-02 09:41:07",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t ms = 12;
        if (civil_read_stamp(str_of(bad[i]), &ms) || ms != 12)
            fail_msg("'%s' was read", bad[i]);
    }
}

static void durations(void **state)
{
    (void)state;
    static const struct {
        int64_t ms;
        const char *text;
    } table[] = {
        {0, "0 s"},
        {1, "1 ms"},
        {999, "999 ms"},
        {1000, "1 s"},
        {1500, "1 s 500 ms"},
        {59999, "59 s 999 ms"},
        {60000, "1 min"},
        {108000, "1 min 48 s"},
        {11100000, "3 h 5 min"},
        {3600000 + 59000, "1 h"},
        {86400000, "1 day"},
        {187200000, "2 days 4 h"},
        {172800000 + 3599999, "2 days"},
        {-108000, "-1 min 48 s"},
        {-1, "-1 ms"},
        {INT64_MAX, "106751991167 days 7 h"},
        {INT64_MIN, "-106751991167 days 7 h"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char text[CIVIL_TEXT];
        assert_string_equal(civil_print_duration(text, table[i].ms), table[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_door),
        cmocka_unit_test(every_day_goes_there_and_back),
        cmocka_unit_test(known_days),
        cmocka_unit_test(impossible_times_are_invalid),
        cmocka_unit_test(a_leap_second_is_the_next_minute),
        cmocka_unit_test(printing),
        cmocka_unit_test(stamps_are_read),
        cmocka_unit_test(what_is_no_stamp_is_refused),
        cmocka_unit_test(durations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
