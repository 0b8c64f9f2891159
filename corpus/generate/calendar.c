/*
 * The proleptic Gregorian calendar in integers (Howard Hinnant, "chrono-Compatible Low-Level Date
 * Algorithms", public domain) and the summer time rule of the European Union: from 01:00 UTC on the
 * last Sunday of March to 01:00 UTC on the last Sunday of October the clock is UTC+2, else UTC+1.
 */
#include "calendar.h"

int64_t calendar_day(int year, int month, int day)
{
    const int64_t y = month <= 2 ? year - 1 : year;
    const int64_t era = y / 400;
    const int64_t year_of_era = y - era * 400;
    const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    const int64_t day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

struct civil calendar_civil(int64_t seconds)
{
    const int64_t z = seconds / 86400 + 719468;
    const int64_t era = z / 146097;
    const int64_t doe = z - era * 146097;
    const int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const int64_t mp = (5 * doy + 2) / 153;
    const int month = (int)(mp < 10 ? mp + 3 : mp - 9);
    const int of_day = (int)(seconds % 86400);
    return (struct civil){
        .year = (int)(yoe + era * 400 + (month <= 2)),
        .month = month,
        .day = (int)(doy - (153 * mp + 2) / 5 + 1),
        .hour = of_day / 3600,
        .minute = of_day / 60 % 60,
        .second = of_day % 60,
    };
}

int calendar_weekday(int64_t day)
{
    return (int)((day + 4) % 7);
}

static int digits(const char *s, int count)
{
    int n = 0;
    for (int i = 0; i < count; i++)
        n = n * 10 + (s[i] - '0');
    return n;
}

int64_t calendar_read(const char *stamp)
{
    const int64_t day = calendar_day(digits(stamp, 4), digits(stamp + 5, 2), digits(stamp + 8, 2));
    const int64_t of_day =
        digits(stamp + 11, 2) * 3600 + digits(stamp + 14, 2) * 60 + digits(stamp + 17, 2);
    return day * 86400 + of_day;
}

static void put(char *out, int value, int count)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
}

void calendar_write(char out[20], int64_t seconds)
{
    const struct civil c = calendar_civil(seconds);
    const int values[] = {c.year, c.month, c.day, c.hour, c.minute, c.second};
    const char after[] = {'-', '-', ' ', ':', ':', '\0'};
    for (int i = 0, at = 0; i < 6; i++) {
        const int width = i ? 2 : 4;
        put(out + at, values[i], width);
        out[at + width] = after[i];
        at += width + 1;
    }
}

int64_t calendar_change_day(int year, int month)
{
    const int64_t last = calendar_day(year, month, 31);
    return last - calendar_weekday(last);
}

int64_t calendar_utc(int64_t local)
{
    const int year = calendar_civil(local).year;
    const int64_t spring = calendar_change_day(year, 3) * 86400 + 2 * 3600;
    const int64_t autumn = calendar_change_day(year, 10) * 86400 + 2 * 3600;
    const bool summer = local >= spring && local < autumn;
    return local - (summer ? 7200 : 3600);
}

int64_t calendar_unambiguous(int64_t local)
{
    const struct civil c = calendar_civil(local);
    const int64_t day = local / 86400;
    const bool change = day == calendar_change_day(c.year, c.month == 3 ? 3 : 10);
    if (!change || c.hour != 2)
        return local;
    return day * 86400 + 3 * 3600;
}
