/*
 * Calendar arithmetic without zones. Years are counted from March, so that the leap day is the last
 * day of its year, in eras of 400 years (146,097 days): Howard Hinnant's days_from_civil and
 * civil_from_days.
 */
#include "civil.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { DAYS_PER_ERA = 146097, DAYS_TO_EPOCH = 719468 }; /* from 0000-03-01 to 1970-01-01 */

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int64_t days_from_date(int year, int month, int day)
{
    const int64_t y = (int64_t)year - (month <= 2);
    const int64_t era = floor_div(y, 400);
    const int64_t year_of_era = y - era * 400;
    const int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    const int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * DAYS_PER_ERA + day_of_era - DAYS_TO_EPOCH;
}

static void date_from_days(int64_t days, struct civil *c)
{
    days += DAYS_TO_EPOCH;
    const int64_t era = floor_div(days, DAYS_PER_ERA);
    const int64_t day_of_era = days - era * DAYS_PER_ERA;
    const int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t month_from_march = (5 * day_of_year + 2) / 153;
    c->day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    c->month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    c->year = (int)(year_of_era + era * 400 + (c->month <= 2));
}

/* Writes `value` with `width` digits, returns the place after them. */
static char *put_digits(char *out, int value, int width)
{
    for (int i = width - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
    return out + width;
}

static char *put_date(char *out, const struct civil *c)
{
    if (c->year >= 0 && c->year <= 9999)
        out = put_digits(out, c->year, 4);
    else
        out += snprintf(out, 16, "%d", c->year);
    *out++ = '-';
    out = put_digits(out, c->month, 2);
    *out++ = '-';
    return put_digits(out, c->day, 2);
}

/* The two digits at p, or a number out of every range. */
static int two_digits(const char *p)
{
    const unsigned tens = (unsigned char)p[0] - (unsigned)'0';
    const unsigned ones = (unsigned char)p[1] - (unsigned)'0';
    return tens <= 9 && ones <= 9 ? (int)(tens * 10 + ones) : 10000;
}

int civil_days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12)
        return 0;
    return days[month - 1] + (month == 2 && is_leap(year));
}

bool civil_valid(const struct civil *c)
{
    return c->year >= 1 && c->year <= 9999 && c->day >= 1 &&
           c->day <= civil_days_in_month(c->year, c->month) && c->hour >= 0 && c->hour <= 23 &&
           c->minute >= 0 && c->minute <= 59 && c->second >= 0 && c->second <= 60 &&
           c->millisecond >= 0 && c->millisecond <= 999;
}

int64_t civil_to_ms(const struct civil *c)
{
    const int millisecond = c->second == 60 ? 0 : c->millisecond;
    return days_from_date(c->year, c->month, c->day) * MS_PER_DAY + c->hour * MS_PER_HOUR +
           c->minute * MS_PER_MINUTE + c->second * MS_PER_SECOND + millisecond;
}

struct civil civil_from_ms(int64_t wall_ms)
{
    const int64_t days = floor_div(wall_ms, MS_PER_DAY);
    const int64_t ms = wall_ms % MS_PER_DAY + (wall_ms % MS_PER_DAY < 0 ? MS_PER_DAY : 0);
    struct civil c = {
        .hour = (int)(ms / MS_PER_HOUR),
        .minute = (int)(ms / MS_PER_MINUTE % 60),
        .second = (int)(ms / MS_PER_SECOND % 60),
        .millisecond = (int)(ms % MS_PER_SECOND),
    };
    date_from_days(days, &c);
    return c;
}

int civil_weekday(int64_t wall_ms)
{
    const int64_t from_thursday = floor_div(wall_ms, MS_PER_DAY) % 7; /* 1970-01-01 was one */
    return (int)((from_thursday + 7 + 3) % 7);
}

const char *civil_print_date(char text[CIVIL_TEXT], int64_t wall_ms)
{
    if (wall_ms == TIME_NONE)
        return strcpy(text, "no date");
    const struct civil c = civil_from_ms(wall_ms);
    *put_date(text, &c) = '\0';
    return text;
}

const char *civil_print(char text[CIVIL_TEXT], int64_t wall_ms)
{
    if (wall_ms == TIME_NONE)
        return strcpy(text, "no time");
    const struct civil c = civil_from_ms(wall_ms);
    char *p = put_date(text, &c);
    *p++ = ' ';
    p = put_digits(p, c.hour, 2);
    *p++ = ':';
    p = put_digits(p, c.minute, 2);
    *p++ = ':';
    p = put_digits(p, c.second, 2);
    if (c.millisecond) {
        *p++ = '.';
        p = put_digits(p, c.millisecond, 3);
    }
    *p = '\0';
    return text;
}

bool civil_read_stamp(str s, int64_t *wall_ms)
{
    enum { LENGTH = sizeof "YYYY-MM-DD HH:MM:SS" - 1 };
    if (s.n < LENGTH || (s.n > LENGTH && s.p[LENGTH] >= '0' && s.p[LENGTH] <= '9'))
        return false;
    if (s.p[4] != '-' || s.p[7] != '-' || (s.p[10] != ' ' && s.p[10] != 'T') || s.p[13] != ':' ||
        s.p[16] != ':')
        return false;
    const struct civil c = {
        .year = two_digits(s.p) * 100 + two_digits(s.p + 2),
        .month = two_digits(s.p + 5),
        .day = two_digits(s.p + 8),
        .hour = two_digits(s.p + 11),
        .minute = two_digits(s.p + 14),
        .second = two_digits(s.p + 17),
    };
    if (!civil_valid(&c))
        return false;
    *wall_ms = civil_to_ms(&c);
    return true;
}

const char *civil_print_duration(char text[CIVIL_TEXT], int64_t ms)
{
    static const struct {
        const char *one, *many;
        uint64_t ms;
    } units[] = {
        {"day", "days", MS_PER_DAY}, {"h", "h", MS_PER_HOUR}, {"min", "min", MS_PER_MINUTE},
        {"s", "s", MS_PER_SECOND},   {"ms", "ms", 1},
    };
    enum { UNITS = sizeof units / sizeof *units };
    const char *sign = ms < 0 ? "-" : "";
    const uint64_t left = ms < 0 ? 0 - (uint64_t)ms : (uint64_t)ms;
    if (left == 0)
        return strcpy(text, "0 s");

    size_t i = 0;
    while (left < units[i].ms)
        i++;
    const uint64_t count = left / units[i].ms;
    const uint64_t second = i + 1 < UNITS ? left % units[i].ms / units[i + 1].ms : 0;
    const char *unit = count == 1 ? units[i].one : units[i].many;
    const int n = snprintf(text, CIVIL_TEXT, "%s%" PRIu64 " %s", sign, count, unit);
    if (second)
        snprintf(text + n, (size_t)(CIVIL_TEXT - n), " %" PRIu64 " %s", second, units[i + 1].many);
    return text;
}
