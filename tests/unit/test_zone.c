/* Time zones: hours that repeat, hours that never were, and the C library as a second opinion. */
#include "zone.h"

#include "civil.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct zone *open_zone(const char *name)
{
    struct zone *z = NULL;
    struct err e = {0};
    if (zone_open(&z, str_of(name), &e) != OK)
        fail_msg("%s", e.msg);
    return z;
}

static int64_t stamp(const char *text)
{
    int64_t ms = 0;
    if (!civil_read_stamp(str_of(text), &ms))
        fail_msg("%s", text);
    return ms;
}

static void the_example_of_the_door(void **state)
{
    (void)state;
    struct zone *z;
    struct err err = {0}, *e = &err;
    assert_int_equal(zone_open(&z, STR("Europe/Berlin"), e), OK);
    int64_t utc_ms;
    const int64_t wall_ms = stamp("2015-10-25 02:30:00");
    const enum zone_fit fit = zone_to_utc(z, wall_ms, &utc_ms);
    assert_int_equal(fit, ZONE_TWICE);
    assert_true(utc_ms == stamp("2015-10-25 00:30:00"));
    assert_true(str_eq(zone_name(z), STR("Europe/Berlin")));
    zone_close(z);
    zone_close(NULL);
}

static const struct {
    const char *zone, *wall, *utc;
    enum zone_fit fit;
} cases[] = {
    {"America/Los_Angeles", "2015-11-19 13:46:39", "2015-11-19 21:46:39", ZONE_FITS},
    {"America/Los_Angeles", "2015-11-01 00:59:59", "2015-11-01 07:59:59", ZONE_FITS},
    {"America/Los_Angeles", "2015-11-01 01:00:00", "2015-11-01 08:00:00", ZONE_TWICE},
    {"America/Los_Angeles", "2015-11-01 01:30:00", "2015-11-01 08:30:00", ZONE_TWICE},
    {"America/Los_Angeles", "2015-11-01 01:59:59", "2015-11-01 08:59:59", ZONE_TWICE},
    {"America/Los_Angeles", "2015-11-01 02:00:00", "2015-11-01 10:00:00", ZONE_FITS},
    {"America/Los_Angeles", "2016-03-13 01:59:59", "2016-03-13 09:59:59", ZONE_FITS},
    {"America/Los_Angeles", "2016-03-13 02:00:00", "2016-03-13 10:00:00", ZONE_SKIPPED},
    {"America/Los_Angeles", "2016-03-13 02:30:00", "2016-03-13 10:30:00", ZONE_SKIPPED},
    {"America/Los_Angeles", "2016-03-13 02:59:59", "2016-03-13 10:59:59", ZONE_SKIPPED},
    {"America/Los_Angeles", "2016-03-13 03:00:00", "2016-03-13 10:00:00", ZONE_FITS},
    {"Europe/Berlin", "2016-07-01 12:00:00", "2016-07-01 10:00:00", ZONE_FITS},
    {"Europe/Berlin", "2016-03-27 02:00:00", "2016-03-27 01:00:00", ZONE_SKIPPED},
    {"Europe/Berlin", "2016-03-27 03:00:00", "2016-03-27 01:00:00", ZONE_FITS},
    {"Asia/Kathmandu", "2016-01-01 05:45:00", "2016-01-01 00:00:00", ZONE_FITS},
    {"America/St_Johns", "2016-01-01 00:00:00", "2016-01-01 03:30:00", ZONE_FITS},
    {"America/St_Johns", "2015-11-01 01:30:00", "2015-11-01 04:00:00", ZONE_TWICE},
    {"Australia/Lord_Howe", "2016-04-03 01:29:59", "2016-04-02 14:29:59", ZONE_FITS},
    {"Australia/Lord_Howe", "2016-04-03 01:30:00", "2016-04-02 14:30:00", ZONE_TWICE},
    {"Australia/Lord_Howe", "2016-04-03 01:59:59", "2016-04-02 14:59:59", ZONE_TWICE},
    {"Australia/Lord_Howe", "2016-04-03 02:00:00", "2016-04-02 15:30:00", ZONE_FITS},
    {"Australia/Lord_Howe", "2016-10-02 02:15:00", "2016-10-01 15:45:00", ZONE_SKIPPED},
    {"Pacific/Apia", "2011-12-29 23:59:59", "2011-12-30 09:59:59", ZONE_FITS},
    {"Pacific/Apia", "2011-12-30 00:00:00", "2011-12-30 10:00:00", ZONE_SKIPPED},
    {"Pacific/Apia", "2011-12-30 23:59:59", "2011-12-31 09:59:59", ZONE_SKIPPED},
    {"Pacific/Apia", "2011-12-31 00:00:00", "2011-12-30 10:00:00", ZONE_FITS},
    {"UTC", "2016-03-13 02:30:00", "2016-03-13 02:30:00", ZONE_FITS},
    {"+02:00", "2016-03-13 02:30:00", "2016-03-13 00:30:00", ZONE_FITS},
    {"-0800", "2016-03-13 02:30:00", "2016-03-13 10:30:00", ZONE_FITS},
};

static void known_times(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct zone *z = open_zone(cases[i].zone);
        int64_t utc_ms;
        const enum zone_fit fit = zone_to_utc(z, stamp(cases[i].wall) + 7, &utc_ms);
        if (fit != cases[i].fit || utc_ms != stamp(cases[i].utc) + 7) {
            char text[CIVIL_TEXT];
            fail_msg("%s %s: %s, fit %d", cases[i].zone, cases[i].wall, civil_print(text, utc_ms),
                     fit);
        }
        zone_close(z);
    }
}

static void check_offset(const char *zone, const char *utc, int expected_min)
{
    struct zone *z = open_zone(zone);
    assert_int_equal(zone_offset_min(z, stamp(utc)), expected_min);
    zone_close(z);
}

static void offsets(void **state)
{
    (void)state;
    check_offset("Asia/Kathmandu", "2016-01-01 00:00:00", 345);
    check_offset("America/St_Johns", "2016-07-01 00:00:00", -150);
    check_offset("Europe/Berlin", "1969-12-31 23:59:59", 60);
    check_offset("America/Los_Angeles", "1800-01-01 00:00:00", -472); /* -7:52:58 */
    check_offset("Europe/Berlin", "1800-01-01 00:00:00", 53);         /* +0:53:28 */
    check_offset("America/Los_Angeles", "2015-11-01 08:59:59", -420);
    check_offset("America/Los_Angeles", "2015-11-01 09:00:00", -480);
}

static void seconds_of_old_offsets_are_not_lost_on_the_way_to_utc(void **state)
{
    (void)state;
    struct zone *z = open_zone("America/Los_Angeles");
    int64_t utc_ms;
    assert_int_equal(zone_to_utc(z, stamp("1800-01-01 00:00:00"), &utc_ms), ZONE_FITS);
    assert_true(utc_ms == stamp("1800-01-01 07:52:58"));
    zone_close(z);
}

static void names_of_offsets(void **state)
{
    (void)state;
    static const struct {
        const char *given, *name;
        int offset_min;
    } table[] = {
        {"UTC", "UTC", 0},         {"utc", "UTC", 0},         {"Z", "UTC", 0},
        {"+00:00", "UTC", 0},      {"-00:00", "UTC", 0},      {"+02:00", "+02:00", 120},
        {"-0800", "-08:00", -480}, {"+05", "+05:00", 300},    {"+05:45", "+05:45", 345},
        {"+1400", "+14:00", 840},  {"-00:30", "-00:30", -30},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct zone *z = open_zone(table[i].given);
        assert_true(str_eq(zone_name(z), str_of(table[i].name)));
        assert_int_equal(zone_offset_min(z, 0), table[i].offset_min);
        assert_int_equal(zone_offset_min(z, -1), table[i].offset_min);
        zone_close(z);
    }
}

static void check_unknown(str name, const char *in_hint)
{
    struct zone *z = NULL;
    struct err e = {0};
    assert_int_equal(zone_open(&z, name, &e), ERR_MISSING);
    assert_null(z);
    assert_non_null(strstr(e.msg, "unknown time zone"));
    if (!strstr(e.hint, in_hint))
        fail_msg("'" STR_FMT "': hint '%s' lacks '%s'", STR_ARG(name), e.hint, in_hint);
}

static void unknown_names_get_the_nearest_ones(void **state)
{
    (void)state;
    check_unknown(STR("los_angeles"), "America/Los_Angeles?");
    check_unknown(STR("Los Angeles"), "America/Los_Angeles?");
    check_unknown(STR("europe/berlin"), "Europe/Berlin?");
    check_unknown(STR("Europe/Berln"), "Europe/Berlin");
    check_unknown(STR("Katmandoo"), "Asia/Kat");
    check_unknown(STR("London"), "Europe/London?");
    check_unknown(STR("PST"), "abbreviations");
    check_unknown(STR("Nowhere/Atall"), "named by place");
}

/* Names that GLib or the file system would take for something, and that are no zones. */
static void tricky_names_are_unknown(void **state)
{
    (void)state;
    static const char *const names[] = {
        "",
        "5",
        "foo7",
        "America",
        "America/",
        "../UTC",
        "right/UTC",
        "posixrules",
        "localtime",
        "tzdata.zi",
        "leapseconds",
        ":UTC",
        "/etc/localtime",
        "EST5EDT,M3.2.0,M11.1.0",
        "+2",
        "+02:0",
        "+0200x",
        "+25:00",
        "+02:60",
        "++02",
        "+",
        "UTC+2",
        "Europe/../UTC",
        "\xFF\xFE",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        check_unknown(str_of(names[i]), "");
    check_unknown(STR("UTC\0"), "");
    char long_name[5000];
    memset(long_name, 'A', sizeof long_name);
    check_unknown((str){long_name, sizeof long_name}, "");
}

static void a_missing_database_is_named(void **state)
{
    (void)state;
    setenv("TZDIR", "/nonexistent", 1);
    struct zone *z = NULL;
    struct err e = {0};
    assert_int_equal(zone_open(&z, STR("Europe/Berlin"), &e), ERR_MISSING);
    assert_non_null(strstr(e.hint, "tzdata"));
    assert_int_equal(zone_open(&z, STR("UTC"), NULL), OK);
    zone_close(z);
    unsetenv("TZDIR");
}

static void times_far_away_are_handed_through(void **state)
{
    (void)state;
    struct zone *z = open_zone("America/Los_Angeles");
    static const int64_t far[] = {TIME_NONE, INT64_MIN + 1, INT64_MAX};
    for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
        int64_t utc_ms = 0;
        assert_int_equal(zone_to_utc(z, far[i], &utc_ms), ZONE_FITS);
        assert_true(utc_ms == far[i]);
        assert_int_equal(zone_offset_min(z, far[i]), 0);
    }
    zone_close(z);
}

static const char *const sampled[] = {
    "America/Los_Angeles", "Europe/Berlin",   "Europe/Moscow",    "Asia/Kathmandu",
    "Pacific/Apia",        "America/Caracas", "America/St_Johns", "Australia/Lord_Howe",
    "Africa/Casablanca",   "Asia/Pyongyang",  "Europe/Istanbul",  "America/Sao_Paulo",
};

/* The wall clock that the C library shows. */
static int64_t wall_of_libc(int64_t utc_ms)
{
    const time_t seconds = (time_t)(utc_ms / MS_PER_SECOND);
    struct tm tm;
    assert_non_null(localtime_r(&seconds, &tm));
    const struct civil c = {.year = tm.tm_year + 1900,
                            .month = tm.tm_mon + 1,
                            .day = tm.tm_mday,
                            .hour = tm.tm_hour,
                            .minute = tm.tm_min,
                            .second = tm.tm_sec};
    return civil_to_ms(&c);
}

/* Every 3.7 hours of 1975 to 2037, there and back again. */
static void the_c_library_agrees(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sampled / sizeof *sampled; i++) {
        struct zone *z = open_zone(sampled[i]);
        setenv("TZ", sampled[i], 1);
        tzset();
        const int64_t end = stamp("2037-01-01 00:00:00");
        for (int64_t utc = stamp("1975-01-01 00:00:00"); utc < end; utc += 13320 * MS_PER_SECOND) {
            const int64_t wall = wall_of_libc(utc);
            if (utc + zone_offset_min(z, utc) * MS_PER_MINUTE != wall)
                fail_msg("%s at %lld", sampled[i], (long long)utc);
            int64_t back;
            const enum zone_fit fit = zone_to_utc(z, wall, &back);
            if (fit == ZONE_SKIPPED || (fit == ZONE_FITS && back != utc) ||
                (fit == ZONE_TWICE && (back > utc || wall_of_libc(back) != wall)))
                fail_msg("%s back from %lld: fit %d", sampled[i], (long long)utc, (int)fit);
        }
        zone_close(z);
    }
    unsetenv("TZ");
    tzset();
}

/* How many instants show a wall time, by trying every offset there is; *first is the earliest. */
static int count_instants(struct zone *z, int64_t wall, int64_t *first)
{
    int count = 0;
    for (int offset = 15 * 60; offset >= -12 * 60; offset -= 15) {
        const int64_t utc = wall - offset * MS_PER_MINUTE;
        if (zone_offset_min(z, utc) == offset && count++ == 0)
            *first = utc;
    }
    return count;
}

static void trying_every_offset_agrees(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof sampled / sizeof *sampled; i++) {
        struct zone *z = open_zone(sampled[i]);
        const int64_t end = stamp("2017-01-01 00:00:00");
        for (int64_t wall = stamp("2011-01-01 00:00:00"); wall < end; wall += 30 * MS_PER_MINUTE) {
            int64_t utc, first = 0;
            const int count = count_instants(z, wall, &first);
            const enum zone_fit fit = zone_to_utc(z, wall, &utc);
            const enum zone_fit expected = count == 0   ? ZONE_SKIPPED
                                           : count == 1 ? ZONE_FITS
                                                        : ZONE_TWICE;
            if (fit != expected || (count && utc != first))
                fail_msg("%s at wall %lld: %d", sampled[i], (long long)wall, (int)fit);
        }
        zone_close(z);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_door),
        cmocka_unit_test(known_times),
        cmocka_unit_test(offsets),
        cmocka_unit_test(seconds_of_old_offsets_are_not_lost_on_the_way_to_utc),
        cmocka_unit_test(names_of_offsets),
        cmocka_unit_test(unknown_names_get_the_nearest_ones),
        cmocka_unit_test(tricky_names_are_unknown),
        cmocka_unit_test(a_missing_database_is_named),
        cmocka_unit_test(times_far_away_are_handed_through),
        cmocka_unit_test(the_c_library_agrees),
        cmocka_unit_test(trying_every_offset_agrees),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
