/*
 * Civil time: what calendars and clocks show, without any zone. Proleptic Gregorian; milliseconds
 * since 1970-01-01 00:00:00 of the same clock ("wall milliseconds"). Days to date and back follow
 * Howard Hinnant's public-domain algorithms (https://howardhinnant.github.io/date_algorithms.html).
 *
 *     struct civil c = {.year = 2016, .month = 3, .day = 2, .hour = 9, .minute = 41, .second = 7};
 *     int64_t wall_ms = civil_to_ms(&c);
 *     char text[CIVIL_TEXT];
 *     civil_print(text, wall_ms);            // "2016-03-02 09:41:07"
 */
#ifndef STET_CIVIL_H
#define STET_CIVIL_H

#include "str.h"

#define MS_PER_SECOND INT64_C(1000)
#define MS_PER_MINUTE INT64_C(60000)
#define MS_PER_HOUR INT64_C(3600000)
#define MS_PER_DAY INT64_C(86400000)
#define TIME_NONE INT64_MIN /* "no time known", wherever a time in ms is expected */

enum { CIVIL_TEXT = 40 };

struct civil {
    int year, month, day; /* month and day from 1 */
    /* Second 60 (a leap second) is accepted; it counts as the first millisecond after :59.999. */
    int hour, minute, second, millisecond;
};

/* All ranges, the month's real number of days, years 1 to 9999. */
bool civil_valid(const struct civil *c);
int civil_days_in_month(int year, int month); /* 0 for a month that is none */
int64_t civil_to_ms(const struct civil *c);
struct civil civil_from_ms(int64_t wall_ms);
int civil_weekday(int64_t wall_ms); /* 0 = Monday ... 6 = Sunday */

/* "YYYY-MM-DD HH:MM:SS", with ".mmm" only when milliseconds are not zero; "no time" for
   TIME_NONE. Returns `text`. */
const char *civil_print(char text[CIVIL_TEXT], int64_t wall_ms);
const char *civil_print_date(char text[CIVIL_TEXT], int64_t wall_ms); /* "YYYY-MM-DD" */

/* Reads exactly "YYYY-MM-DD HH:MM:SS" (blank or T between) at the start of `s`; false if it is not
   there, not a valid date, or if another digit follows. The most frequent stamp: made fast. */
bool civil_read_stamp(str s, int64_t *wall_ms);

/* "1 min 48 s", "3 h 5 min", "2 days 4 h": the two largest units. Returns `text`. */
const char *civil_print_duration(char text[CIVIL_TEXT], int64_t ms);

#endif
