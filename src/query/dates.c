/*
 * Dates as people write them. A text is cut into numbers, known words and signs; the sequence of
 * their kinds, one letter each, is its shape ("15 June 2015" is "dmy"), and each shape that has one
 * meaning is a row of the table at the end. Whatever has two meanings is asked back.
 *
 * Week numbers are those of ISO 8601: weeks begin on Monday, week 1 holds 4 January.
 */
#include "dates.h"

#include <stdio.h>
#include <string.h>

#include "date_pieces.h"
#include "date_words.h"

enum { MONTHS_A_YEAR = 12, DAYS_A_WEEK = 7 };

/* ---- building ------------------------------------------------------------------------------- */

static int64_t day_ms(int year, int month, int day)
{
    return civil_to_ms(&(struct civil){.year = year, .month = month, .day = day});
}

static int64_t day_of(int64_t ms)
{
    const struct civil c = civil_from_ms(ms);
    return day_ms(c.year, c.month, c.day);
}

static struct date_range days_range(int64_t from_ms, int64_t days)
{
    return (struct date_range){.from_ms = from_ms, .to_ms = from_ms + days * MS_PER_DAY};
}

static enum status check_year(const struct piece *year, struct err *e)
{
    if (year->value >= 1 && year->value <= 9999)
        return OK;
    return fail_at(e, ERR_QUERY, year->at, year->text.n, "there is no year " STR_FMT,
                   STR_ARG(year->text));
}

static enum status check_month(const struct piece *month, struct err *e)
{
    if (month->value >= 1 && month->value <= MONTHS_A_YEAR)
        return OK;
    return fail_at(e, ERR_QUERY, month->at, month->text.n, "there is no month " STR_FMT,
                   STR_ARG(month->text));
}

static enum status year_range(const struct piece *year, struct date_range *out, struct err *e)
{
    const enum status st = check_year(year, e);
    if (st != OK)
        return st;
    const int y = (int)year->value;
    *out = (struct date_range){day_ms(y, 1, 1), day_ms(y, 12, 31) + MS_PER_DAY};
    return OK;
}

static enum status month_range(const struct piece *year, const struct piece *month,
                               struct date_range *out, struct err *e)
{
    enum status st = check_year(year, e);
    if (st == OK)
        st = check_month(month, e);
    if (st != OK)
        return st;
    const int y = (int)year->value, m = (int)month->value;
    *out = days_range(day_ms(y, m, 1), civil_days_in_month(y, m));
    return OK;
}

static enum status day_range(const struct piece *year, const struct piece *month,
                             const struct piece *day, struct date_range *out, struct err *e)
{
    enum status st = check_year(year, e);
    if (st == OK)
        st = check_month(month, e);
    if (st != OK)
        return st;
    const int y = (int)year->value, m = (int)month->value;
    const int days = civil_days_in_month(y, m);
    if (day->value < 1 || day->value > days)
        return fail_at(e, ERR_QUERY, day->at, day->text.n,
                       "%04d-%02d-" STR_FMT ": %s %d has %d days", y, m, STR_ARG(day->text),
                       date_month_name(m), y, days);
    *out = days_range(day_ms(y, m, (int)day->value), 1);
    return OK;
}

static enum status part_of_day(const struct piece *p, int64_t limit, const char *unit,
                               struct err *e)
{
    if (p->value < limit)
        return OK;
    return fail_at(e, ERR_QUERY, p->at, p->text.n, "there is no %s " STR_FMT, unit,
                   STR_ARG(p->text));
}

/* Narrows a day to "13:46", "13:46:39" or "13:46:39.250" from piece `at` on. */
static enum status add_time(const struct reading *r, size_t at, struct date_range *out,
                            struct err *e)
{
    const struct piece *p = r->pieces + at;
    enum status st = part_of_day(&p[0], 24, "hour", e);
    if (st == OK)
        st = part_of_day(&p[2], 60, "minute", e);
    if (st != OK)
        return st;
    out->from_ms += p[0].value * MS_PER_HOUR + p[2].value * MS_PER_MINUTE;
    out->to_ms = out->from_ms + MS_PER_MINUTE;
    if (at + 4 >= r->count)
        return OK;
    st = part_of_day(&p[4], 60, "second", e);
    if (st != OK)
        return st;
    out->from_ms += p[4].value * MS_PER_SECOND;
    out->to_ms = out->from_ms + MS_PER_SECOND;
    if (at + 6 >= r->count)
        return OK;
    out->from_ms += p[6].value;
    out->to_ms = out->from_ms + 1;
    return OK;
}

/* ---- shapes --------------------------------------------------------------------------------- */

typedef enum status shape_reader(const struct reading *r, struct date_range *out, struct err *e);

static enum status read_year(const struct reading *r, struct date_range *out, struct err *e)
{
    return year_range(&r->pieces[0], out, e);
}

static enum status read_year_month(const struct reading *r, struct date_range *out, struct err *e)
{
    return month_range(&r->pieces[0], &r->pieces[2], out, e);
}

static enum status read_iso(const struct reading *r, struct date_range *out, struct err *e)
{
    return day_range(&r->pieces[0], &r->pieces[2], &r->pieces[4], out, e);
}

/* y-d-d, perhaps a T, then a time. */
static enum status read_iso_time(const struct reading *r, struct date_range *out, struct err *e)
{
    const enum status st = read_iso(r, out, e);
    return st != OK ? st : add_time(r, r->shape[5] == 'T' ? 6 : 5, out, e);
}

static enum status read_compact(const struct reading *r, struct date_range *out, struct err *e)
{
    const struct piece *p = &r->pieces[0];
    struct piece year = {.at = p->at, .text = str_sub(p->text, 0, 4)};
    struct piece month = {.at = p->at + 4, .text = str_sub(p->text, 4, 2)};
    struct piece day = {.at = p->at + 6, .text = str_sub(p->text, 6, 2)};
    if (!str_to_u63(year.text, &year.value) || !str_to_u63(month.text, &month.value) ||
        !str_to_u63(day.text, &day.value))
        return fail_at(e, ERR_QUERY, p->at, p->text.n, "this is not a date");
    return day_range(&year, &month, &day, out, e);
}

static enum status quarter(const struct piece *year, const struct piece *q, struct date_range *out,
                           struct err *e)
{
    const enum status st = check_year(year, e);
    if (st != OK)
        return st;
    if (q->value < 1 || q->value > 4)
        return fail_at(e, ERR_QUERY, q->at, q->text.n, "a year has quarters Q1 to Q4");
    const int y = (int)year->value, last = (int)q->value * 3;
    out->from_ms = day_ms(y, last - 2, 1);
    out->to_ms = day_ms(y, last, civil_days_in_month(y, last)) + MS_PER_DAY;
    return OK;
}

static enum status read_year_quarter(const struct reading *r, struct date_range *out, struct err *e)
{
    return quarter(&r->pieces[0], &r->pieces[r->count - 1], out, e);
}

static enum status read_quarter_year(const struct reading *r, struct date_range *out, struct err *e)
{
    return quarter(&r->pieces[2], &r->pieces[1], out, e);
}

/* The Monday of ISO week 1. */
static int64_t first_monday(int year)
{
    const int64_t fourth = day_ms(year, 1, 4);
    return fourth - civil_weekday(fourth) * MS_PER_DAY;
}

static enum status read_week(const struct reading *r, struct date_range *out, struct err *e)
{
    const struct piece *year = &r->pieces[0], *week = &r->pieces[r->count - 1];
    const enum status st = check_year(year, e);
    if (st != OK)
        return st;
    const int y = (int)year->value;
    /* 28 December always lies in the last week. */
    const int64_t last = (day_ms(y, 12, 28) - first_monday(y)) / MS_PER_DAY / DAYS_A_WEEK + 1;
    if (week->value < 1 || week->value > last)
        return fail_at(e, ERR_QUERY, week->at, week->text.n, "%d has weeks W01 to W%d", y,
                       (int)last);
    *out = days_range(first_monday(y) + (week->value - 1) * DAYS_A_WEEK * MS_PER_DAY, DAYS_A_WEEK);
    return OK;
}

static enum status read_month_year(const struct reading *r, struct date_range *out, struct err *e)
{
    return month_range(&r->pieces[1], &r->pieces[0], out, e);
}

static enum status read_month_day_year(const struct reading *r, struct date_range *out,
                                       struct err *e)
{
    return day_range(&r->pieces[2], &r->pieces[0], &r->pieces[1], out, e);
}

static enum status read_day_month_year(const struct reading *r, struct date_range *out,
                                       struct err *e)
{
    return day_range(&r->pieces[2], &r->pieces[1], &r->pieces[0], out, e);
}

/* "15. June 2015" */
static enum status read_day_dot_month_year(const struct reading *r, struct date_range *out,
                                           struct err *e)
{
    return day_range(&r->pieces[3], &r->pieces[2], &r->pieces[0], out, e);
}

/* 23/8/2016 has one order; 8/9/2016 has two, unless both numbers are the same. */
static enum status read_slashes(const struct reading *r, struct date_range *out, struct err *e)
{
    const struct piece *a = &r->pieces[0], *b = &r->pieces[2], *year = &r->pieces[4];
    const enum status st = check_year(year, e);
    if (st != OK)
        return st;
    const bool day_first = b->value >= 1 && b->value <= MONTHS_A_YEAR;
    const bool month_first = a->value >= 1 && a->value <= MONTHS_A_YEAR;
    if (day_first && month_first && a->value != b->value) {
        (void)fail_at(e, ERR_QUERY, r->at, r->text.n, STR_FMT " could be %d %s or %d %s",
                      STR_ARG(r->text), (int)a->value, date_month_name((int)b->value),
                      (int)b->value, date_month_name((int)a->value));
        return fail_hint(e, "write %04d-%02d-%02d or %04d-%02d-%02d", (int)year->value,
                         (int)b->value, (int)a->value, (int)year->value, (int)a->value,
                         (int)b->value);
    }
    return month_first && !day_first ? day_range(year, a, b, out, e)
                                     : day_range(year, b, a, out, e);
}

static enum status read_today(const struct reading *r, struct date_range *out, struct err *e)
{
    (void)e;
    *out = days_range(day_of(r->now_ms), 1);
    return OK;
}

static enum status read_yesterday(const struct reading *r, struct date_range *out, struct err *e)
{
    (void)e;
    *out = days_range(day_of(r->now_ms) - MS_PER_DAY, 1);
    return OK;
}

static int64_t days_since_weekday(int64_t today, int64_t weekday)
{
    return (civil_weekday(today) - weekday + DAYS_A_WEEK) % DAYS_A_WEEK;
}

static enum status read_weekday(const struct reading *r, struct date_range *out, struct err *e)
{
    (void)e;
    const int64_t today = day_of(r->now_ms);
    *out = days_range(today - days_since_weekday(today, r->pieces[0].value) * MS_PER_DAY, 1);
    return OK;
}

/* "last monday" is never today. */
static enum status read_last_weekday(const struct reading *r, struct date_range *out, struct err *e)
{
    (void)e;
    const int64_t today = day_of(r->now_ms);
    const int64_t back = days_since_weekday(today, r->pieces[1].value);
    *out = days_range(today - (back ? back : DAYS_A_WEEK) * MS_PER_DAY, 1);
    return OK;
}

static struct date_range month_of(int64_t month_index)
{
    const int y = (int)(month_index / MONTHS_A_YEAR), m = (int)(month_index % MONTHS_A_YEAR) + 1;
    return days_range(day_ms(y, m, 1), civil_days_in_month(y, m));
}

static int64_t month_index_of(int64_t ms)
{
    const struct civil c = civil_from_ms(ms);
    return (int64_t)c.year * MONTHS_A_YEAR + c.month - 1;
}

/* The calendar unit that lies `back` units before the one of now. */
static enum status unit_back(const struct reading *r, enum date_unit unit, int64_t back,
                             struct date_range *out, struct err *e)
{
    const int64_t today = day_of(r->now_ms);
    const int64_t year = civil_from_ms(today).year;
    const int64_t years = unit == UNIT_YEAR ? back : unit == UNIT_MONTH ? back / 12 : back / 366;
    if (years >= year - 1)
        return fail_at(e, ERR_QUERY, r->at, r->text.n, "this lies before the year 1");
    switch (unit) {
    case UNIT_MINUTE:
    case UNIT_HOUR: {
        const int64_t ms = unit == UNIT_HOUR ? MS_PER_HOUR : MS_PER_MINUTE;
        const int64_t from = (r->now_ms - today) / ms * ms + today - back * ms;
        *out = (struct date_range){from, from + ms};
        return OK;
    }
    case UNIT_DAY: *out = days_range(today - back * MS_PER_DAY, 1); return OK;
    case UNIT_WEEK:
        *out = days_range(today - (civil_weekday(today) + back * DAYS_A_WEEK) * MS_PER_DAY,
                          DAYS_A_WEEK);
        return OK;
    case UNIT_MONTH: *out = month_of(month_index_of(today) - back); return OK;
    case UNIT_YEAR:
        *out = (struct date_range){day_ms((int)(year - back), 1, 1),
                                   day_ms((int)(year - back), 12, 31) + MS_PER_DAY};
        return OK;
    }
    return OK;
}

static enum status read_last_unit(const struct reading *r, struct date_range *out, struct err *e)
{
    return unit_back(r, (enum date_unit)r->pieces[1].value, 1, out, e);
}

static enum status read_this_unit(const struct reading *r, struct date_range *out, struct err *e)
{
    return unit_back(r, (enum date_unit)r->pieces[1].value, 0, out, e);
}

/* "3 weeks ago" is a day, as "3 days ago" is; "3 months ago" keeps the day where the month has it.
   */
static enum status read_ago(const struct reading *r, struct date_range *out, struct err *e)
{
    const struct piece *n = &r->pieces[0];
    const enum date_unit unit = (enum date_unit)r->pieces[1].value;
    if (n->value > 99999)
        return fail_at(e, ERR_QUERY, n->at, n->text.n, "this lies before the year 1");
    if (unit == UNIT_WEEK)
        return unit_back(r, UNIT_DAY, n->value * DAYS_A_WEEK, out, e);
    if (unit != UNIT_MONTH && unit != UNIT_YEAR)
        return unit_back(r, unit, n->value, out, e);
    const enum status st = unit_back(r, unit, n->value, out, e);
    if (st != OK)
        return st;
    const int64_t months = n->value * (unit == UNIT_YEAR ? MONTHS_A_YEAR : 1);
    const struct date_range month = month_of(month_index_of(r->now_ms) - months);
    const int64_t days = (month.to_ms - month.from_ms) / MS_PER_DAY;
    const int64_t day = civil_from_ms(r->now_ms).day;
    *out = days_range(month.from_ms + ((day < days ? day : days) - 1) * MS_PER_DAY, 1);
    return OK;
}

static enum status read_no_year(const struct reading *r, struct date_range *out, struct err *e)
{
    (void)out;
    (void)fail_at(e, ERR_QUERY, r->at, r->text.n, "\"" STR_FMT "\" names no year",
                  STR_ARG(r->text));
    return fail_hint(e, "write the year too, in quotation marks: \"june 2015\"");
}

static const struct {
    const char *shape;
    shape_reader *read;
} shapes[] = {
    {"y", read_year},
    {"y-d", read_year_month},
    {"y/d", read_year_month},
    {"y-d-d", read_iso},
    {"y/d/d", read_iso},
    {"y.d.d", read_iso},
    {"y-d-dd:d", read_iso_time},
    {"y-d-dd:d:d", read_iso_time},
    {"y-d-dd:d:d.n", read_iso_time},
    {"y-d-dTd:d", read_iso_time},
    {"y-d-dTd:d:d", read_iso_time},
    {"y-d-dTd:d:d.n", read_iso_time},
    {"D", read_compact},
    {"y-qd", read_year_quarter},
    {"yqd", read_year_quarter},
    {"qdy", read_quarter_year},
    {"y-Wd", read_week},
    {"yWd", read_week},
    {"my", read_month_year},
    {"mdy", read_month_day_year},
    {"dmy", read_day_month_year},
    {"d.my", read_day_dot_month_year},
    {"d/d/y", read_slashes},
    {"d.d.y", read_slashes},
    {"d-d-y", read_slashes},
    {"N", read_today},
    {"Y", read_yesterday},
    {"k", read_weekday},
    {"lk", read_last_weekday},
    {"lu", read_last_unit},
    {"tu", read_this_unit},
    {"dua", read_ago},
    {"nua", read_ago},
    {"yua", read_ago},
    {"m", read_no_year},
    {"dm", read_no_year},
    {"md", read_no_year},
};

static enum status not_a_date(const struct reading *r, struct err *e)
{
    (void)fail_at(e, ERR_QUERY, r->at, r->text.n, "\"" STR_FMT "\" is not a date that Stet knows",
                  (int)(r->text.n < 80 ? r->text.n : 80), r->text.p);
    return fail_hint(e, "write 2016, 2016-08, 2016-08-23, 2016-Q4, 2016-W33, \"june 2015\", "
                        "yesterday, \"3 days ago\" or a range 2016-07..2016-11");
}

static enum status read_date(str text, size_t at, int64_t now_ms, struct date_range *out,
                             struct err *e)
{
    const str trimmed = str_trim(text);
    struct reading r = {.text = trimmed, .at = at, .now_ms = now_ms};
    if (trimmed.n)
        r.at += (size_t)(trimmed.p - text.p);
    if (!reading_cut(&r))
        return not_a_date(&r, e);
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (strcmp(shapes[i].shape, r.shape) == 0)
            return shapes[i].read(&r, out, e);
    return not_a_date(&r, e);
}

enum status date_range_parse(str text, int64_t now_wall_ms, struct date_range *out, struct err *e)
{
    const size_t dots = str_find(text, STR(".."));
    if (dots == STR_NONE)
        return read_date(text, 0, now_wall_ms, out, e);
    const str left = str_sub(text, 0, dots), right = str_from(text, dots + 2);
    if (!str_trim(left).n && !str_trim(right).n) {
        (void)fail_at(e, ERR_QUERY, 0, text.n, "a range needs at least one end");
        return fail_hint(e, "write 2016-07..2016-11, 2016.. or ..2016");
    }
    struct date_range a = {TIME_NONE, TIME_NONE}, b = {TIME_NONE, TIME_NONE};
    enum status st = OK;
    if (str_trim(left).n)
        st = read_date(left, 0, now_wall_ms, &a, e);
    if (st == OK && str_trim(right).n)
        st = read_date(right, dots + 2, now_wall_ms, &b, e);
    if (st != OK)
        return st;
    *out = (struct date_range){a.from_ms, b.to_ms};
    if (a.from_ms != TIME_NONE && b.to_ms != TIME_NONE && a.from_ms >= b.to_ms)
        return fail_at(e, ERR_QUERY, 0, text.n, "this range ends before it begins");
    return OK;
}

/* ---- printing ------------------------------------------------------------------------------- */

static void print_end(char out[CIVIL_TEXT], int64_t ms, bool with_time)
{
    if (!with_time) {
        (void)civil_print_date(out, ms);
        return;
    }
    (void)civil_print(out, ms);
    out[10] = 'T'; /* "YYYY-MM-DD HH": no blank, so that it stands without quotes */
}

/* The last moment that still belongs to a range, in the coarsest unit that says it exactly. */
static void print_last(char out[CIVIL_TEXT], int64_t to_ms)
{
    if (to_ms % MS_PER_DAY == 0)
        print_end(out, to_ms - MS_PER_DAY, false);
    else if (to_ms % MS_PER_SECOND == 0)
        print_end(out, to_ms - MS_PER_SECOND, true);
    else
        print_end(out, to_ms - 1, true);
}

const char *date_range_print(char out[2 * CIVIL_TEXT], const struct date_range *r)
{
    char from[CIVIL_TEXT] = "", last[CIVIL_TEXT] = "";
    if (r->from_ms != TIME_NONE)
        print_end(from, r->from_ms, r->from_ms % MS_PER_DAY != 0);
    if (r->to_ms != TIME_NONE)
        print_last(last, r->to_ms);
    if (r->from_ms != TIME_NONE && strcmp(from, last) == 0 && strlen(from) == 10)
        (void)snprintf(out, 2 * CIVIL_TEXT, "%s", from);
    else
        (void)snprintf(out, 2 * CIVIL_TEXT, "%.38s..%.38s", from, last);
    return out;
}
