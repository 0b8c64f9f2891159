/* Stamps in every way that exports write them, and the order of dates decided for a file. */
#include "stamp.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

struct written {
    const char *text;
    enum date_order order;
    const char *wall; /* NULL: no stamp */
    int offset_min;   /* NO_OFFSET: none */
};
enum { NO_OFFSET = 9999 };

static void check(const struct written *w, bool read, const struct stamp *s)
{
    char wall[CIVIL_TEXT];
    if (read != (w->wall != NULL))
        fail_msg("“%s” %s", w->text, read ? "was read as a stamp" : "was not read");
    if (!read)
        return;
    if (strcmp(civil_print(wall, s->wall_ms), w->wall) != 0)
        fail_msg("“%s” is %s, not %s", w->text, wall, w->wall);
    if ((s->has_offset ? s->offset_min : NO_OFFSET) != w->offset_min)
        fail_msg("“%s” has offset %d", w->text, s->has_offset ? s->offset_min : NO_OFFSET);
}

static void the_example_of_the_door(void **state)
{
    (void)state;
    struct stamp s;
    assert_true(stamp_iso(STR("2023-04-19T15:14:45.904819+00:00"), &s));
    assert_true(s.has_offset && s.has_seconds && s.offset_min == 0 && s.wall_ms % 1000 == 904);
    assert_true(stamp_written(STR("May 17, 2022  5:29:42 PM"), ORDER_UNKNOWN, &s));
}

static void iso(void **state)
{
    (void)state;
    static const struct written cases[] = {
        {"2023-04-19T15:14:45Z", 0, "2023-04-19 15:14:45", 0},
        {"2023-04-19 15:14", 0, "2023-04-19 15:14:00", NO_OFFSET},
        {"2023/04/19 15:14:45 UTC", 0, "2023-04-19 15:14:45", 0},
        {"2023-04-19T15:14:45.5-0330", 0, "2023-04-19 15:14:45.500", -210},
        {"2023.4.9 5:14", 0, "2023-04-09 05:14:00", NO_OFFSET},
        {"2023-04-19", 0, "2023-04-19 00:00:00", NO_OFFSET},
        {"2023-04-19T15:14:45+05:30", 0, "2023-04-19 15:14:45", 330},
        {"2023-02-30", 0, NULL, 0},
        {"2023-04-19T15:14:45Zz", 0, NULL, 0},
        {"2023-04-19 15", 0, NULL, 0},
        {"2023-04/19", 0, NULL, 0},
        {"12023-04-19", 0, NULL, 0},
        {"", 0, NULL, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct stamp s;
        check(&cases[i], stamp_iso(str_of(cases[i].text), &s), &s);
    }
}

static void written(void **state)
{
    (void)state;
    static const struct written cases[] = {
        {"09.12.2023 01:28:28 UTC-04:00", ORDER_DMY, "2023-12-09 01:28:28", -240},
        {"12/03/2021, 10:15:01 PM", ORDER_MDY, "2021-12-03 22:15:01", NO_OFFSET},
        {"12/03/2021, 10:15:01 PM", ORDER_UNKNOWN, NULL, 0},
        {"13/03/2021, 10:15 AM", ORDER_UNKNOWN, "2021-03-13 10:15:00", NO_OFFSET},
        {"05/05/2021 10:15", ORDER_UNKNOWN, "2021-05-05 10:15:00", NO_OFFSET},
        {"Mon, 2 Jan 2006 15:04:05 -0700", 0, "2006-01-02 15:04:05", -420},
        {"Mon, 2 Jan 2006 15:04:05 +0100 (CET)", 0, "2006-01-02 15:04:05", 60},
        {"Saturday, December 16, 2023 at 8:45:21\u202fPM UTC", 0, "2023-12-16 20:45:21", 0},
        {"Oct 19, 2019, 2:37 PM", 0, "2019-10-19 14:37:00", NO_OFFSET},
        {"2 June 2023 14:05", 0, "2023-06-02 14:05:00", NO_OFFSET},
        {"01-Jan-20 01:33 AM", 0, "2020-01-01 01:33:00", NO_OFFSET},
        {"20:54", 0, "1970-01-01 20:54:00", NO_OFFSET},
        {"12:05 am", 0, "1970-01-01 00:05:00", NO_OFFSET},
        {"12:05 p. m.", 0, "1970-01-01 12:05:00", NO_OFFSET},
        {"3. März 2021 um 9:05 Uhr", 0, "2021-03-03 09:05:00", NO_OFFSET},
        {"14 de febrero de 2020 8:00 p.\u00a0m.", 0, "2020-02-14 20:00:00", NO_OFFSET},
        {"5 août 2019 à 07:08:09", 0, "2019-08-05 07:08:09", NO_OFFSET},
        {"7 января 2022 г. в 12:00", 0, "2022-01-07 12:00:00", NO_OFFSET},
        {"2018年3月5日 下午8:54", 0, "2018-03-05 20:54:00", NO_OFFSET},
        {"2018년 3월 3일 오후 8:54", 0, "2018-03-03 20:54:00", NO_OFFSET},
        {"2024/1/23(火) 午後0:30", 0, "2024-01-23 12:30:00", NO_OFFSET},
        {"13. 6. 2018. klo 21.25.15", 0, "2018-06-13 21:25:15", NO_OFFSET},
        {"\u200e3/2/26, 5:05 PM", ORDER_DMY, "2026-02-03 17:05:00", NO_OFFSET},
        {"٢٠\u200f/١١\u200f/٢٠١٩، ٨:١٥:٠٧ م", ORDER_UNKNOWN, "2019-11-20 20:15:07", NO_OFFSET},
        {"Fri Nov 20 10:11:12 2020", 0, "2020-11-20 10:11:12", NO_OFFSET},
        {"20/11/70 10:11", ORDER_DMY, "1970-11-20 10:11:00", NO_OFFSET},
        {"20/11/69 10:11", ORDER_DMY, "2069-11-20 10:11:00", NO_OFFSET},
        {"2021-03-02 10:11 EST", 0, "2021-03-02 10:11:00", -300},
        {"hello 2020", 0, NULL, 0},
        {"12:61", 0, NULL, 0},
        {"31 February 2020", 0, NULL, 0},
        {"3.45 pm", 0, NULL, 0},
        {"1/2/3/4", ORDER_DMY, NULL, 0},
        {"", 0, NULL, 0},
        {",", 0, NULL, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct stamp s;
        check(&cases[i], stamp_written(str_of(cases[i].text), cases[i].order, &s), &s);
    }
}

static void pieces_are_taken_off_the_front(void **state)
{
    (void)state;
    str s = STR("12/03/21, 9:05\u202fp. m. - noll: hello");
    int parts[3];
    struct stamp_clock clock;
    assert_true(stamp_take_figures(&s, parts));
    assert_true(parts[0] == 12 && parts[1] == 3 && parts[2] == 21);
    s = str_from(s, 1);
    assert_true(stamp_take_clock(&s, &clock));
    assert_true(clock.day_ms == 21 * MS_PER_HOUR + 5 * MS_PER_MINUTE);
    assert_true(clock.has_half && !clock.has_seconds);
    assert_true(str_eq(s, STR(" - noll: hello")));
    const str before = s;
    assert_false(stamp_take_clock(&s, &clock) || stamp_take_figures(&s, parts));
    assert_true(s.p == before.p);
    s = STR("9:05 Amsterdam");
    assert_true(stamp_take_clock(&s, &clock) && !clock.has_half);
    assert_true(str_eq(s, STR(" Amsterdam")));
}

static void numbers_since_1970(void **state)
{
    (void)state;
    int64_t ms;
    assert_true(stamp_epoch(STR("1600000000"), &ms) && ms == 1600000000000);
    assert_true(stamp_epoch(STR("1600000000123"), &ms) && ms == 1600000000123);
    assert_true(stamp_epoch(STR("1600000000123456"), &ms) && ms == 1600000000123);
    assert_true(stamp_epoch(STR("1600000000123456789"), &ms) && ms == 1600000000123);
    assert_true(stamp_epoch(STR("1456425834.000123"), &ms) && ms == 1456425834000);
    assert_true(stamp_epoch(STR("1456425834.5"), &ms) && ms == 1456425834500);
    assert_true(stamp_epoch(STR("31536000"), &ms) && ms == 31536000000);       /* 1971 in s */
    assert_true(stamp_epoch(STR("31536000000"), &ms) && ms == 31536000000);    /* in ms */
    assert_true(stamp_epoch(STR("31536000000000"), &ms) && ms == 31536000000); /* in us */
    assert_true(stamp_epoch(STR("7258118400"), &ms) && ms == 7258118400000);   /* 2200 in s */
    assert_true(stamp_epoch(STR("7258118400000000000"), &ms) && ms == 7258118400000);
    assert_false(stamp_epoch(STR("-1.5"), &ms) || stamp_epoch(STR("-5"), &ms));
    assert_false(stamp_epoch(STR("0"), &ms) || stamp_epoch(STR("0.0"), &ms));
    assert_true(stamp_epoch_number(0) == TIME_NONE && stamp_epoch_number(INT64_MIN) == TIME_NONE);
    assert_false(stamp_epoch(STR("12x"), &ms) || stamp_epoch(STR(""), &ms));
    assert_false(stamp_epoch(STR("99999999999999999999"), &ms));
    assert_true(stamp_snowflake(STR("175928847299117063"), 1420070400000, &ms));
    assert_true(ms == 1462015105796); /* the example of Discord's documentation */
    assert_false(stamp_snowflake(STR("abc"), 0, &ms));
}

static enum date_order decide(const int (*dates)[3], size_t count, bool *certain, char why[160])
{
    struct date_evidence d = {0};
    for (size_t i = 0; i < count; i++)
        date_evidence_add(&d, dates[i]);
    return date_evidence_decide(&d, certain, why);
}

#define DECIDE(dates) decide(dates, sizeof(dates) / sizeof(dates)[0], &certain, why)

static void the_order_of_dates_is_decided_by_proof(void **state)
{
    (void)state;
    bool certain;
    char why[160];
    const int dmy[][3] = {{3, 4, 21}, {13, 4, 21}}, mdy[][3] = {{3, 4, 21}, {4, 27, 21}};
    const int ymd[][3] = {{2021, 3, 4}, {2021, 4, 5}}, ydm[][3] = {{2021, 13, 4}};
    const int short_ymd[][3] = {{21, 3, 4}, {21, 3, 5}, {21, 3, 17}, {22, 1, 2}};
    assert_int_equal(DECIDE(dmy), ORDER_DMY);
    assert_true(certain);
    assert_string_equal(why, "13 in the first place of date 2 can only be a day");
    assert_int_equal(DECIDE(mdy), ORDER_MDY);
    assert_true(certain);
    assert_int_equal(DECIDE(ymd), ORDER_YMD);
    assert_true(certain);
    assert_int_equal(DECIDE(ydm), ORDER_YDM);
    assert_true(certain);
    assert_int_equal(DECIDE(short_ymd), ORDER_YMD);
    assert_true(certain);
}

static void the_order_of_dates_is_guessed_by_signs(void **state)
{
    (void)state;
    bool certain;
    char why[160];
    const int running[][3] = {{1, 2, 21}, {2, 3, 21}, {3, 1, 21}}; /* only as m/d/y forward */
    assert_int_equal(DECIDE(running), ORDER_MDY);
    assert_false(certain);
    const int days[][3] = {{1, 3, 21}, {2, 3, 21}, {3, 3, 21}};
    assert_int_equal(DECIDE(days), ORDER_DMY);
    assert_false(certain);
    const int nothing[][3] = {{1, 1, 21}, {1, 1, 21}};
    assert_int_equal(DECIDE(nothing), ORDER_UNKNOWN);
    assert_false(certain);
    const int both[][3] = {{13, 1, 21}, {1, 13, 21}, {14, 1, 21}};
    assert_int_equal(DECIDE(both), ORDER_DMY);
    assert_false(certain);
    assert_int_equal(decide(NULL, 0, &certain, why), ORDER_UNKNOWN);
    enum date_order order;
    assert_true(date_order_read(STR("MDY"), &order) && order == ORDER_MDY);
    assert_string_equal(date_order_name(order), "mdy");
    assert_false(date_order_read(STR("unknown"), &order));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_door),
        cmocka_unit_test(iso),
        cmocka_unit_test(written),
        cmocka_unit_test(pieces_are_taken_off_the_front),
        cmocka_unit_test(numbers_since_1970),
        cmocka_unit_test(the_order_of_dates_is_decided_by_proof),
        cmocka_unit_test(the_order_of_dates_is_guessed_by_signs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
