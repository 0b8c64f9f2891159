/*
 * What the path of an IRC log tells: "irclogs/Libera/#varnholm/2005-01-04.log",
 * "irc.libera.#varnholm.weechatlog", "2017/10-08.txt", "#varnholm_20160601.log.txt".
 */
#include "irc.h"

#include "line_records.h"

#include <string.h>

enum { PARTS_MAX = 4 }; /* folders further up say nothing about the log */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* `n` digits at `at`; -1 if they are not there. */
static int digits(str s, size_t at, size_t n)
{
    int value = 0;
    if (at + n > s.n)
        return -1;
    for (size_t i = at; i < at + n; i++) {
        if (!is_digit(s.p[i]))
            return -1;
        value = value * 10 + (s.p[i] - '0');
    }
    return value;
}

static size_t separator(str s, size_t at)
{
    return at < s.n && s.p[at] && strchr("-_./", s.p[at]) ? 1 : 0;
}

/* A date that begins at `at`: its bytes, or 0. */
static size_t date_at(str s, size_t at, struct civil *out)
{
    if (at && is_digit(s.p[at - 1]))
        return 0;
    const size_t first = separator(s, at + 4), month_at = at + 4 + first;
    const size_t second = separator(s, month_at + 2), day_at = month_at + 2 + second;
    *out = (struct civil){
        .year = digits(s, at, 4), .month = digits(s, month_at, 2), .day = digits(s, day_at, 2)};
    if (first != second || out->year < 1988 || out->year > 2199 || !civil_valid(out) ||
        (day_at + 2 < s.n && is_digit(s.p[day_at + 2])))
        return 0;
    return day_at + 2 - at;
}

/* A year that stands alone: 2005, not a part of a longer number. */
static bool year_at(str s, size_t at, int *out)
{
    const int year = digits(s, at, 4);
    if (year < 1988 || year > 2199 || (at && is_digit(s.p[at - 1])) ||
        (at + 4 < s.n && is_digit(s.p[at + 4])))
        return false;
    *out = year;
    return true;
}

static void find_date(struct irc_place *p, str path)
{
    struct civil day;
    for (size_t at = 0; at + 4 <= path.n; at++) {
        if (date_at(path, at, &day)) {
            p->day_ms = civil_to_ms(&day);
            p->year = day.year;
        } else if (p->day_ms == TIME_NONE) {
            year_at(path, at, &p->year);
        }
    }
}

/* Without a date and what sets it off, wherever it stands in the name. */
static str without_date(str name)
{
    struct civil day;
    for (size_t at = 0; at + 8 <= name.n; at++) {
        const size_t n = date_at(name, at, &day);
        if (!n)
            continue;
        name = at > 0 ? str_sub(name, 0, at) : str_from(name, n);
        break;
    }
    while (name.n && strchr("-_. ", name.p[name.n - 1]))
        name.n--;
    while (name.n && strchr("-_. ", name.p[0]))
        name = str_from(name, 1);
    return name;
}

static str without_extensions(str name)
{
    static const char *const extensions[] = {".log", ".txt", ".weechatlog", ".raw", ".irc", ".out"};
    for (size_t i = 0; i < sizeof extensions / sizeof extensions[0]; i++)
        if (str_ends(name, str_of(extensions[i]))) {
            name.n -= strlen(extensions[i]);
            i = (size_t)-1;
        }
    return name;
}

/* The folder of networks' folders, by the names that irssi, ZNC and others give it. */
static bool is_log_folder(str name)
{
    return str_eq_nocase(name, STR("irclogs")) || str_eq_nocase(name, STR("log")) ||
           str_eq_nocase(name, STR("logs"));
}

static void find_channel(struct irc_place *p, str path)
{
    str part;
    for (size_t i = 0; i < PARTS_MAX && path_pop(&path, &part); i++) {
        const size_t hash = str_find_byte(part, '#');
        if (hash == STR_NONE)
            continue;
        p->channel = without_date(without_extensions(str_from(part, hash)));
        str parent, above;
        if (hash == 0 && path_pop(&path, &parent) && path_pop(&path, &above) &&
            is_log_folder(above))
            p->network = parent;
        str before = str_sub(part, 0, hash);
        if (str_starts(before, STR("irc.")) && str_ends(before, STR(".")) && before.n > 5)
            p->network = str_sub(before, 4, before.n - 5);
        return;
    }
}

/* Whether a name says anything beside a date. */
static bool has_letters(str name)
{
    for (size_t i = 0; i < name.n; i++)
        if (!is_digit(name.p[i]) && !separator(name, i) && name.p[i] != ' ')
            return true;
    return false;
}

struct irc_place irc_place_of(str path)
{
    struct irc_place p = {
        .day_ms = TIME_NONE, .channel = STR(""), .network = STR(""), .stem = STR("")};
    str rest = path, part, tail = path;
    for (size_t i = 0; i < PARTS_MAX && path_pop(&rest, &part); i++) {
        if (!has_letters(p.stem))
            p.stem = without_date(without_extensions(part));
        tail = str_from(path, (size_t)(part.p - path.p));
    }
    if (!has_letters(p.stem))
        p.stem = STR("log");
    find_date(&p, tail);
    find_channel(&p, path);
    return p;
}
