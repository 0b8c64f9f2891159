/*
 * Time stamps of IRC logs. A pattern's letters stand for parts: Y year, m month, d day (one digit or a
 * blank before it will do), H hour, i minute, s second, M month by name, D weekday by name; all else for itself.
 */
#include "irc.h"

#include "stamp.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *pattern;
    bool columns;
} dialects[] = {
    {"Y-m-d H:i:s\t", true},   /* WeeChat */
    {"Y-m-dTH:i:s  ", false},  /* irclog2html, plain */
    {"[Y-m-d H:i:s] ", false}, /* ZNC and mIRC as many set them */
    {"[Y/m/d H:i:s] ", false}, /* rbot */
    {"Y-m-d H:i:s ", false},
    {"[H:i:s] ", false},   /* ZNC, mIRC, Quassel */
    {"[H:i] ", false},     /* mIRC, Ubuntu's log bot, eggdrop */
    {"H:i:s ", false},     /* XChat before 1.8.7 */
    {"H:i ", false},       /* irssi */
    {"M d H:i:s ", false}, /* HexChat, XChat */
    {"[d M H:i:s] ", false},
    {"[d M H:i] ", false},       /* dircproxy */
    {"[d M/H:i] ", false},       /* bxlog */
    {"[D d M H:i:s] ", false},   /* muh */
    {"D M d H:i:s Y ", false},   /* mbot */
    {"[d/m/Y - H:i] ", false},   /* bobot++ */
    {"[m/d/Y @ H:i:s] ", false}, /* EPIC with axur */
};

size_t irc_dialect_count(void)
{
    return sizeof dialects / sizeof dialects[0];
}

bool irc_dialect_has_columns(size_t dialect)
{
    return dialects[dialect].columns;
}

/* Takes `least` to `most` digits. */
static bool take_number(str *s, size_t least, size_t most, int *out)
{
    size_t n = 0;
    *out = 0;
    for (; n < most && n < s->n && s->p[n] >= '0' && s->p[n] <= '9'; n++)
        *out = *out * 10 + (s->p[n] - '0');
    *s = str_from(*s, n);
    return n >= least;
}

static bool take_name(str *s, const char *names, int *out)
{
    const str name = str_sub(*s, 0, 3);
    *s = str_from(*s, 3);
    for (int i = 0; names[i * 3]; i++)
        if (name.n == 3 && str_eq_nocase(name, (str){names + i * 3, 3})) {
            *out = i + 1;
            return true;
        }
    return false;
}

static bool take_part(str *s, char part, struct irc_stamp *t)
{
    int weekday;
    switch (part) {
    case 'Y': return take_number(s, 4, 4, &t->year);
    case 'm': return take_number(s, 2, 2, &t->month);
    case 'd':
        if (str_starts(*s, STR(" ")))
            *s = str_from(*s, 1);
        return take_number(s, 1, 2, &t->day);
    case 'H': return take_number(s, 1, 2, &t->hour);
    case 'i': return take_number(s, 2, 2, &t->minute);
    case 's': return take_number(s, 2, 2, &t->second);
    case 'M': return take_name(s, "JanFebMarAprMayJunJulAugSepOctNovDec", &t->month);
    case 'D': return take_name(s, "MonTueWedThuFriSatSun", &weekday);
    default:
        if (!s->n || s->p[0] != part)
            return false;
        *s = str_from(*s, 1);
        return true;
    }
}

static str without_brackets(str stamp)
{
    stamp = str_trim(stamp);
    return str_starts(stamp, STR("[")) ? str_sub(stamp, 1, stamp.n - 2) : stamp;
}

bool irc_stamp_read(struct irc_stamp *out, size_t dialect, str line)
{
    *out = (struct irc_stamp){0};
    str rest = line;
    for (const char *p = dialects[dialect].pattern; *p; p++)
        if (!take_part(&rest, *p, out))
            return false;
    out->length = line.n - rest.n;
    out->shown = without_brackets(str_sub(line, 0, out->length));
    return out->hour < 24 && out->minute < 60 && out->second <= 60 && out->month <= 12 &&
           out->day <= 31;
}

/* --- Lines between sessions and days ----------------------------------------------------------- */

static const struct {
    const char *begins;
    bool from_midnight;
} marks[] = {
    {"--- Day changed ", true},         {"--- Log opened ", false},
    {"--- Log closed ", false},         {"Session Time: ", true},
    {"Session Start: ", false},         {"Session Close: ", false},
    {"Session Ident: ", false},         {"**** BEGIN LOGGING AT ", false},
    {"**** ENDING LOGGING AT ", false}, {"### Log session ", false},
};

bool irc_is_mark(str line)
{
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (str_starts(line, str_of(marks[i].begins)))
            return true;
    return false;
}

/* "Jan 04 2005", whatever stands between day and year (a time); TIME_NONE if it is none. */
static int64_t day_of_words(str month, str day, str year)
{
    int64_t number;
    struct stamp s;
    char date[64];
    if (!str_to_u63(day, &number) || year.n != 4 || !str_to_u63(year, &number))
        return TIME_NONE;
    const int n = snprintf(date, sizeof date, STR_FMT " " STR_FMT " " STR_FMT, STR_ARG(day),
                           STR_ARG(month), STR_ARG(year));
    const bool good = n > 0 && (size_t)n < sizeof date &&
                      stamp_written((str){date, (size_t)n}, ORDER_UNKNOWN, &s);
    return good ? s.wall_ms : TIME_NONE;
}

/* The date in a line such as "Tue Jan  4 12:34:56 2005" or "2005-01-04". */
static int64_t find_day(str text)
{
    str words[16];
    size_t count = 0;
    for (str word; count < 16 && str_split(&text, ' ', &word);)
        if (word.n && word.n < 24)
            words[count++] = word;
    struct stamp s;
    for (size_t i = 0; i < count; i++)
        if (words[i].n == 10 && stamp_iso(words[i], &s))
            return s.wall_ms;
    int64_t day = TIME_NONE;
    for (size_t i = 0; i + 2 < count && day == TIME_NONE; i++) {
        day = day_of_words(words[i], words[i + 1], words[i + 2]);
        if (day == TIME_NONE && i + 3 < count)
            day = day_of_words(words[i], words[i + 1], words[i + 3]);
    }
    return day;
}

int64_t irc_mark_day(str mark, bool *from_midnight)
{
    *from_midnight = str_starts(mark, STR("--- ")); /* an eggdrop's, behind its stamp */
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        const str begins = str_of(marks[i].begins);
        if (!str_starts(mark, begins))
            continue;
        *from_midnight = marks[i].from_midnight;
        mark = str_from(mark, begins.n);
        break;
    }
    const int64_t day = find_day(mark);
    return day == TIME_NONE ? day : day - (day % MS_PER_DAY + MS_PER_DAY) % MS_PER_DAY;
}
