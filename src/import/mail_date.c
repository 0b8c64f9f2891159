/*
 * Dates of mail: "Tue, 1 Mar 2016 09:41:07 +0100 (CET)" (RFC 5322, section 3.3, with the obsolete
 * forms of 4.3), and "Tue Mar  1 09:41:07 2016" as ctime(3) prints it in the line before a message.
 * Nothing is guessed: two-digit years are read as RFC 5322 says, a zone by letters that RFC 5322 does
 * not define is no zone.
 */
#include "mail.h"

#include <string.h>

enum { TOKENS_MAX = 12 };

struct date_words {
    int day, month, year;
    int64_t clock_ms;
    bool has_clock, has_seconds, zone, odd;
    int offset_min;
};

/* The next token: a run without blanks, commas and comments; false at the end. */
static bool next_token(str *s, str *token)
{
    size_t depth = 0, i = 0;
    for (; i < s->n; i++) {
        const char c = s->p[i];
        depth += c == '(';
        if (c == ')' && depth)
            depth--;
        else if (!depth && !strchr(" \t,", c))
            break;
    }
    *s = str_from(*s, i);
    size_t n = 0;
    while (n < s->n && s->p[n] && !strchr(" \t,(", s->p[n]))
        n++;
    *token = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return n > 0;
}

static bool to_number(str s, size_t most, int *out)
{
    int64_t value;
    if (!s.n || s.n > most || !str_to_u63(s, &value))
        return false;
    *out = (int)value;
    return true;
}

static int month_of(str s)
{
    static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
    for (int i = 0; i < 12 && s.n >= 3 && s.n <= 9; i++)
        if (str_eq_nocase(str_sub(s, 0, 3), (str){months + 3 * i, 3}))
            return i + 1;
    return 0;
}

/* "9:41", "09:41:07", "09:41:07.123" */
static bool read_clock(struct date_words *d, str s)
{
    int hour, minute, second = 0;
    str part, seconds = STR("");
    if (str_find_byte(s, ':') == STR_NONE || !str_split(&s, ':', &part) ||
        !to_number(part, 2, &hour) || !str_split(&s, ':', &part) || !to_number(part, 2, &minute))
        return false;
    d->has_seconds = str_split(&s, ':', &seconds);
    const size_t dot = str_find_byte(seconds, '.');
    if (d->has_seconds &&
        !to_number(str_sub(seconds, 0, dot == STR_NONE ? seconds.n : dot), 2, &second))
        return false;
    if (s.n || hour > 23 || minute > 59 || second > 60)
        return false;
    d->clock_ms =
        hour * MS_PER_HOUR + minute * MS_PER_MINUTE + (second < 60 ? second : 59) * MS_PER_SECOND;
    d->has_clock = true;
    return true;
}

/* "+0100", "-01:30", "GMT", "EST". */
static bool read_zone(struct date_words *d, str s)
{
    static const struct {
        const char *name;
        int hours;
    } zones[] = {{"UT", 0},   {"GMT", 0},  {"UTC", 0},  {"Z", 0},    {"EST", -5}, {"EDT", -4},
                 {"CST", -6}, {"CDT", -5}, {"MST", -7}, {"MDT", -6}, {"PST", -8}, {"PDT", -7}};
    for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++) {
        if (!str_eq_nocase(s, str_of(zones[i].name)))
            continue;
        d->offset_min = zones[i].hours * 60;
        return true;
    }
    int hours, minutes;
    const str digits = str_from(s, 1);
    const size_t colon = str_find_byte(digits, ':') == 2 ? 1 : 0;
    if (digits.n != 4 + colon || (s.p[0] != '+' && s.p[0] != '-') ||
        !to_number(str_sub(digits, 0, 2), 2, &hours) ||
        !to_number(str_from(digits, 2 + colon), 2, &minutes) || hours > 14 || minutes > 59)
        return false;
    d->offset_min = (hours * 60 + minutes) * (s.p[0] == '-' ? -1 : 1);
    return true;
}

static void read_year(struct date_words *d, str s)
{
    if (d->year || !to_number(s, 4, &d->year))
        return;
    if (s.n == 2)
        d->year += d->year < 50 ? 2000 : 1900;
    else if (s.n == 3)
        d->year += 1900;
}

static void read_token(struct date_words *d, str s)
{
    static const char days[] = "montuewedthufrisatsun";
    int number;
    if (!d->month && month_of(s)) {
        d->month = month_of(s);
        return;
    }
    for (int i = 0; i < 7 && !d->day && !d->has_clock && s.n >= 3; i++)
        if (str_eq_nocase(str_sub(s, 0, 3), (str){days + 3 * i, 3}))
            return;
    if (!d->day && to_number(s, 2, &number))
        d->day = number;
    else if (!d->has_clock && read_clock(d, s))
        return;
    else if (!d->year && to_number(s, 4, &number))
        read_year(d, s);
    else if (d->has_clock && !d->zone && read_zone(d, s))
        d->zone = true;
    else
        d->odd = true;
}

/* "1-Mar-2016" as one word. */
static bool split_dashes(struct date_words *d, str s)
{
    str day, month, year;
    if (d->day || !str_split(&s, '-', &day) || !str_split(&s, '-', &month) ||
        !str_split(&s, '-', &year) || s.n || !month_of(month))
        return false;
    read_token(d, day);
    read_token(d, month);
    read_token(d, year);
    return true;
}

bool mail_date(str s, struct stamp *out)
{
    struct date_words d = {0};
    str token;
    for (size_t i = 0; i < TOKENS_MAX && next_token(&s, &token); i++)
        if (!split_dashes(&d, token))
            read_token(&d, token);
    const struct civil civil = {.year = d.year, .month = d.month, .day = d.day};
    if (!d.has_clock || !civil_valid(&civil))
        return false;
    *out = (struct stamp){
        .wall_ms = civil_to_ms(&civil) + d.clock_ms,
        .offset_min = d.offset_min,
        .has_offset = d.zone,
        .has_time = true,
        .has_seconds = d.has_seconds,
    };
    return true;
}
