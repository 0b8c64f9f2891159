/*
 * Time stamps. ISO 8601 and its relatives have a reader of their own, being the most frequent; all
 * other ways are read piece by piece: figures, clock, month, weekday, zone, in whatever order they
 * stand, and what is no such piece makes the whole no stamp.
 */
#include "stamp.h"

#include "stamp_words.h"
#include "utf8.h"

#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Whether the slice begins with one of the characters of `set`; a NUL is none. */
static bool begins_with(str s, const char *set)
{
    return s.n && s.p[0] && strchr(set, s.p[0]);
}

static void skip_blanks(str *s)
{
    for (size_t n; (n = stamp_blank_of(*s));)
        *s = str_from(*s, n);
}

/* Takes a number of `least` to `most` digits off the front, and no part of a longer one. */
static bool take_number(str *s, int least, int most, int *out)
{
    str rest = *s;
    int value = 0, count = 0;
    size_t n;
    for (int digit; (digit = stamp_digit(rest, &n)) >= 0; count++) {
        if (count == most)
            return false;
        value = value * 10 + digit;
        rest = str_from(rest, n);
    }
    if (count < least)
        return false;
    *out = value;
    *s = rest;
    return true;
}

/* "0001" is no year, of two figures or otherwise: .NET writes it where it has no date. */
static bool is_year_one(str s)
{
    return s.n > 2 && s.p[0] == '0' && s.p[1] == '0' && is_digit(s.p[2]);
}

static bool take_byte(str *s, char byte)
{
    if (!s->n || s->p[0] != byte)
        return false;
    *s = str_from(*s, 1);
    return true;
}

/* ".904819" or ",5" in milliseconds; nothing taken if it is not there. */
static int take_fraction(str *s)
{
    if (s->n < 2 || !begins_with(*s, ".,") || !is_digit(s->p[1]))
        return 0;
    int ms = 0, weight = 100;
    for (*s = str_from(*s, 1); s->n && is_digit(s->p[0]); *s = str_from(*s, 1), weight /= 10)
        ms += (s->p[0] - '0') * weight;
    return ms;
}

/* "+02:00", "-0400", "+2", "\u221204:00": minutes east of UTC. */
static bool take_offset(str *s, int *minutes)
{
    str rest = *s;
    const bool long_minus = str_starts(rest, STR("\u2212"));
    const bool minus = long_minus || str_starts(rest, STR("-"));
    if (!minus && !str_starts(rest, STR("+")))
        return false;
    rest = str_from(rest, long_minus ? sizeof "\u2212" - 1 : 1);
    int hours, rest_minutes = 0;
    if (take_number(&rest, 4, 4, &hours)) {
        rest_minutes = hours % 100;
        hours /= 100;
    } else if (!take_number(&rest, 1, 2, &hours) ||
               (take_byte(&rest, ':') && !take_number(&rest, 2, 2, &rest_minutes))) {
        return false;
    }
    if (hours > 18 || rest_minutes > 59)
        return false;
    *minutes = (hours * 60 + rest_minutes) * (minus ? -1 : 1);
    *s = rest;
    return true;
}

/* --- ISO 8601 ---------------------------------------------------------------------------------- */

static bool take_iso_date(str *s, struct civil *c)
{
    if (is_year_one(*s) || !take_number(s, 4, 4, &c->year) || !begins_with(*s, "-/."))
        return false;
    const char separator = s->p[0];
    return take_byte(s, separator) && take_number(s, 1, 2, &c->month) && take_byte(s, separator) &&
           take_number(s, 1, 2, &c->day);
}

static bool take_iso_zone(str *s, struct stamp *out)
{
    skip_blanks(s);
    if (!s->n)
        return true;
    out->has_offset = true;
    if (take_byte(s, 'Z') || take_byte(s, 'z'))
        return true;
    if (str_starts(*s, STR("UTC")) || str_starts(*s, STR("GMT")))
        *s = str_from(*s, 3);
    return !s->n || take_offset(s, &out->offset_min);
}

bool stamp_iso(str s, struct stamp *out)
{
    *out = (struct stamp){.has_date = true};
    struct civil c = {0};
    if (!take_iso_date(&s, &c))
        return false;
    if (s.n) {
        out->has_time = true;
        if (!begins_with(s, "Tt ") || !take_byte(&s, s.p[0]) || !take_number(&s, 1, 2, &c.hour) ||
            !take_byte(&s, ':') || !take_number(&s, 2, 2, &c.minute))
            return false;
        out->has_seconds = take_byte(&s, ':');
        if (out->has_seconds && !take_number(&s, 2, 2, &c.second))
            return false;
        c.millisecond = out->has_seconds ? take_fraction(&s) : 0;
        if (!take_iso_zone(&s, out))
            return false;
    }
    if (s.n || !civil_valid(&c))
        return false;
    out->wall_ms = civil_to_ms(&c);
    return true;
}

/* --- Pieces ------------------------------------------------------------------------------------ */

/* The separator of a date in figures; blanks may stand around a dot: "13. 6. 2018." */
static bool take_separator(str *s, char *separator)
{
    str rest = *s;
    while (stamp_blank_of(rest) == 3) /* marks stand between figures in right-to-left languages */
        rest = str_from(rest, 3);
    if (!begins_with(rest, "/.-") || (*separator && rest.p[0] != *separator))
        return false;
    *separator = rest.p[0];
    rest = str_from(rest, 1);
    skip_blanks(&rest);
    *s = rest;
    return true;
}

bool stamp_take_figures(str *s, int parts[3])
{
    str rest = *s;
    char separator = '\0';
    skip_blanks(&rest);
    if (is_year_one(rest) || !take_number(&rest, 1, 4, &parts[0]) ||
        !take_separator(&rest, &separator) || !take_number(&rest, 1, 2, &parts[1]) ||
        !take_separator(&rest, &separator) || is_year_one(rest) ||
        !take_number(&rest, 1, 4, &parts[2]))
        return false;
    const bool years = parts[0] > 31 && parts[2] > 31;
    if (years || (parts[0] > 99 && parts[0] < 1000) || (parts[2] > 99 && parts[2] < 1000))
        return false;
    if (separator == '.' && rest.n > 1 && rest.p[0] == '.' && !is_digit(rest.p[1]))
        rest = str_from(rest, 1);
    *s = rest;
    return true;
}

/* The hour on a clock of 24 hours. `half`: from which hour on twelve hours are counted. */
static int full_hour(int hour, int half)
{
    if (half == 11) /* noon's own word: 11:30, 12:30, 1:30 */
        return hour < 11 ? hour + 12 : hour;
    if (half == 12)
        return hour < 12 ? hour + 12 : hour;
    return hour == 12 ? 0 : hour;
}

bool stamp_take_clock(str *s, struct stamp_clock *out)
{
    str rest = *s;
    *out = (struct stamp_clock){0};
    int half = -1, hour, minute, second = 0;
    skip_blanks(&rest);
    rest = str_from(rest, stamp_half_of(rest, true, &half));
    skip_blanks(&rest);
    if (!take_number(&rest, 1, 2, &hour) || !begins_with(rest, ":."))
        return false;
    const char separator = rest.p[0];
    if (!take_byte(&rest, separator) || !take_number(&rest, 2, 2, &minute))
        return false;
    str behind = rest;
    out->has_seconds = take_byte(&behind, separator) && take_number(&behind, 2, 2, &second);
    if (out->has_seconds)
        rest = behind;
    const int fraction = out->has_seconds ? take_fraction(&rest) : 0;
    behind = rest;
    skip_blanks(&behind);
    const size_t word = half < 0 ? stamp_half_of(behind, false, &half) : 0;
    if (word)
        rest = str_from(behind, word);
    if (hour > 23 || minute > 59 || second > 60)
        return false;
    out->has_half = half >= 0;
    if (out->has_half)
        hour = full_hour(hour, half);
    const struct civil c = {.year = 1970,
                            .month = 1,
                            .day = 1,
                            .hour = hour,
                            .minute = minute,
                            .second = second,
                            .millisecond = fraction};
    out->day_ms = civil_to_ms(&c);
    *s = rest;
    return true;
}

/* --- Any other way ----------------------------------------------------------------------------- */

struct pieces {
    int figures[3];
    int year, month, day; /* 0: not yet */
    struct stamp_clock clock;
    bool has_figures, has_clock, has_offset;
    int offset_min;
};

/* The year, month or day that a single number is: by the character behind it, or what is missing. */
static bool take_single(str *s, struct pieces *p)
{
    static const char *const marks[] = {"年", "月", "日", "년", "월", "일"};
    str rest = *s;
    int value;
    if (!take_number(&rest, 1, 4, &value) || !value)
        return false;
    int *to = value > 31 || p->day ? &p->year : &p->day;
    str behind = rest;
    skip_blanks(&behind);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (str_starts(rest, str_of(marks[i]))) {
            to = i % 3 == 0 ? &p->year : i % 3 == 1 ? &p->month : &p->day;
            rest = str_from(rest, 3);
            break;
        }
    if (*to)
        return false;
    if (to == &p->year && value < 100)
        value += value < 70 ? 2000 : 1900;
    *to = value;
    *s = rest;
    return true;
}

static bool is_letter(str s)
{
    size_t n;
    const char c = s.p[0];
    if ((unsigned char)c < 0x80)
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    return !stamp_blank_of(s) && stamp_digit(s, &n) < 0 && !str_starts(s, STR("،")) &&
           !str_starts(s, STR("\u2212"));
}

static bool take_word(str *s, struct pieces *p)
{
    str rest = *s;
    while (rest.n && is_letter(rest))
        utf8_next(&rest);
    const str word = str_sub(*s, 0, s->n - rest.n);
    if (!word.n)
        return false;
    *s = rest;
    if (str_eq(word, STR("T")) && p->has_figures) /* between date and time */
        return true;
    int value;
    switch (stamp_word_of(word, &value)) {
    case WORD_UNKNOWN: return false;
    case WORD_FILLER: return true;
    case WORD_MONTH:
        if (p->month)
            return false;
        p->month = value;
        return true;
    case WORD_ZONE:
        if (p->has_offset || !p->has_clock)
            return false;
        p->has_offset = true;
        p->offset_min = value;
        if (take_offset(s, &value)) /* "UTC-04:00" */
            p->offset_min = value;
        return true;
    }
    return false;
}

/* "(CEST)", "(水)": what stands in brackets explains what was said already. */
static bool take_brackets(str *s)
{
    const size_t end = str_find_byte(*s, ')');
    if (!s->n || s->p[0] != '(' || end == STR_NONE || end > 40)
        return false;
    *s = str_from(*s, end + 1);
    return true;
}

static bool take_figures(str *s, struct pieces *p)
{
    if (p->has_figures || p->year || p->month || p->day)
        return false;
    p->has_figures = stamp_take_figures(s, p->figures);
    return p->has_figures;
}

/* A dot between two numbers is a clock's only where a date has been read. */
static bool take_clock(str *s, struct pieces *p)
{
    str rest = *s;
    struct stamp_clock clock;
    if (p->has_clock || !stamp_take_clock(&rest, &clock))
        return false;
    const bool dotted = str_find_byte(str_sub(*s, 0, s->n - rest.n), ':') == STR_NONE;
    if (dotted && !p->has_figures && !(p->day && p->month))
        return false;
    p->clock = clock;
    p->has_clock = true;
    *s = rest;
    return true;
}

static bool take_zone(str *s, struct pieces *p)
{
    if (!p->has_clock || p->has_offset || !take_offset(s, &p->offset_min))
        return false;
    p->has_offset = true;
    return true;
}

static bool take_piece(str *s, struct pieces *p)
{
    return take_brackets(s) || take_figures(s, p) || take_clock(s, p) || take_zone(s, p) ||
           take_word(s, p) || take_single(s, p);
}

/* Midnight of the date in figures: the order that was stated, or the only one that is possible. */
static bool date_of_figures(const int parts[3], enum date_order order, int64_t *out)
{
    const bool first = parts[0] > 31;
    if (first && order != ORDER_YDM)
        order = ORDER_YMD;
    if (!first && parts[2] > 31 && (order == ORDER_YMD || order == ORDER_YDM))
        order = ORDER_UNKNOWN;
    if (order != ORDER_UNKNOWN)
        return stamp_of_figures(parts, order, out);
    bool any = false;
    const enum date_order last = parts[2] > 31 ? ORDER_MDY : ORDER_YMD;
    for (int i = ORDER_DMY; i <= (int)last; i++) {
        int64_t ms;
        if (!stamp_of_figures(parts, (enum date_order)i, &ms))
            continue;
        if (any && ms != *out)
            return false;
        any = true;
        *out = ms;
    }
    return any;
}

static bool date_of_pieces(const struct pieces *p, enum date_order order, struct stamp *out)
{
    if (p->has_figures) {
        out->has_date = true;
        return !p->year && !p->month && !p->day &&
               date_of_figures(p->figures, order, &out->wall_ms);
    }
    if (!p->year && !p->month && !p->day)
        return p->has_clock;
    out->has_date = true;
    const struct civil c = {.year = p->year, .month = p->month, .day = p->day};
    if (!civil_valid(&c))
        return false;
    out->wall_ms = civil_to_ms(&c);
    return true;
}

bool stamp_written(str s, enum date_order order, struct stamp *out)
{
    *out = (struct stamp){0};
    struct pieces p = {0};
    for (;;) {
        skip_blanks(&s);
        if (!s.n)
            break;
        if (begins_with(s, ",;.-/") && !take_zone(&s, &p)) {
            s = str_from(s, 1);
            continue;
        }
        if (str_starts(s, STR("،"))) {
            s = str_from(s, sizeof "،" - 1);
            continue;
        }
        if (s.n && !take_piece(&s, &p))
            return false;
    }
    if (!date_of_pieces(&p, order, out))
        return false;
    out->has_time = p.has_clock;
    out->has_seconds = p.clock.has_seconds;
    out->has_offset = p.has_offset;
    out->offset_min = p.offset_min;
    out->wall_ms += p.clock.day_ms;
    return true;
}

/* --- Numbers ----------------------------------------------------------------------------------- */

int64_t stamp_epoch_number(int64_t value)
{
    /* Seconds of the years 1971 to 2286 have 8 to 10 digits; milliseconds begin where they end. */
    const int64_t seconds_end = INT64_C(10000000000);
    if (value <= 0)
        return TIME_NONE;
    if (value < seconds_end)
        return value * 1000;
    if (value < seconds_end * 1000)
        return value;
    return value < seconds_end * 1000000 ? value / 1000 : value / 1000000;
}

bool stamp_epoch(str digits, int64_t *utc_ms)
{
    const size_t dot = str_find_byte(digits, '.');
    int64_t value;
    if (!str_to_u63(dot == STR_NONE ? digits : str_sub(digits, 0, dot), &value))
        return false;
    if (dot == STR_NONE) {
        *utc_ms = stamp_epoch_number(value);
        return *utc_ms != TIME_NONE;
    }
    str fraction = str_from(digits, dot);
    const int ms = take_fraction(&fraction);
    if (fraction.n || value > INT64_MAX / 1000 - 1)
        return false;
    *utc_ms = value * 1000 + ms;
    return *utc_ms > 0;
}

bool stamp_snowflake(str id, int64_t epoch_ms, int64_t *utc_ms)
{
    int64_t value;
    if (!str_to_u63(id, &value) || value >> 22 < MS_PER_DAY)
        return false;
    *utc_ms = (value >> 22) + epoch_ms;
    return true;
}
