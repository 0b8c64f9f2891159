/* Dates in prose: English months, and those of German, French, Spanish, Italian. */
#include "draft_when.h"

#include <stdio.h>
#include <string.h>

enum { MONTHS = 12, YEAR_MIN = 1900, YEAR_MAX = 2099 };

static const struct {
    const char *name;
    int month;
} months[] = {
    {"january", 1},   {"february", 2},   {"march", 3},     {"april", 4},      {"may", 5},
    {"june", 6},      {"july", 7},       {"august", 8},    {"september", 9},  {"october", 10},
    {"november", 11}, {"december", 12},  {"jan", 1},       {"feb", 2},        {"mar", 3},
    {"apr", 4},       {"jun", 6},        {"jul", 7},       {"aug", 8},        {"sep", 9},
    {"sept", 9},      {"oct", 10},       {"nov", 11},      {"dec", 12},       {"januar", 1},
    {"februar", 2},   {"märz", 3},       {"mai", 5},       {"juni", 6},       {"juli", 7},
    {"oktober", 10},  {"dezember", 12},  {"janvier", 1},   {"février", 2},    {"mars", 3},
    {"avril", 4},     {"juin", 6},       {"juillet", 7},   {"août", 8},       {"septembre", 9},
    {"octobre", 10},  {"novembre", 11},  {"décembre", 12}, {"enero", 1},      {"febrero", 2},
    {"marzo", 3},     {"abril", 4},      {"mayo", 5},      {"junio", 6},      {"julio", 7},
    {"agosto", 8},    {"septiembre", 9}, {"octubre", 10},  {"noviembre", 11}, {"diciembre", 12},
    {"gennaio", 1},   {"febbraio", 2},   {"aprile", 4},    {"maggio", 5},     {"giugno", 6},
    {"luglio", 7},    {"settembre", 9},  {"ottobre", 10},  {"dicembre", 12},
};

static const char *const numbers[] = {
    "zero",     "one",     "two",     "three",     "four",     "five",     "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
};
static const char *const tens[] = {"twenty", "thirty", "forty", "fifty", "sixty"};

static const struct {
    const char *name;
    int64_t ms;
} units[] = {
    {"second", MS_PER_SECOND},  {"seconds", MS_PER_SECOND}, {"minute", MS_PER_MINUTE},
    {"minutes", MS_PER_MINUTE}, {"hour", MS_PER_HOUR},      {"hours", MS_PER_HOUR},
    {"day", MS_PER_DAY},        {"days", MS_PER_DAY},       {"week", 7 * MS_PER_DAY},
    {"weeks", 7 * MS_PER_DAY},
};

/* ---- words ----------------------------------------------------------------------------------------------- */

static bool is_word(const struct prose *p, size_t i)
{
    return i < p->count && p->pieces[i].kind == PROSE_WORD;
}

static bool word_is(const struct prose *p, size_t i, const char *word)
{
    return is_word(p, i) && str_eq_nocase(prose_text(p, i), str_of(word));
}

/* A month's name begins with a capital in English, so that "may" and "march" stay verbs. */
static int month_at(const struct prose *p, size_t i)
{
    if (!is_word(p, i))
        return 0;
    str word = prose_text(p, i);
    if (str_ends(word, STR(".")))
        word.n--;
    for (size_t m = 0; m < sizeof months / sizeof *months; m++)
        if (str_eq_nocase(word, str_of(months[m].name)))
            return p->pieces[i].capital || (m >= 24 && months[m].name[0] != 'a') ? months[m].month
                                                                                 : 0;
    return 0;
}

/* "2", "2nd", "15th", "1er" */
static int day_at(const struct prose *p, size_t i)
{
    static const char *const ends[] = {"", "st", "nd", "rd", "th", "er"};
    if (!is_word(p, i))
        return 0;
    const str word = prose_text(p, i);
    size_t n = 0;
    int64_t day = 0;
    while (n < word.n && word.p[n] >= '0' && word.p[n] <= '9')
        n++;
    if (n == 0 || n > 2 || !str_to_u63(str_sub(word, 0, n), &day) || day < 1 || day > 31)
        return 0;
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
        if (str_eq(str_from(word, n), str_of(ends[k])))
            return (int)day;
    return 0;
}

static int year_at(const struct prose *p, size_t i)
{
    int64_t year = 0;
    if (!is_word(p, i) || prose_text(p, i).n != 4 || !str_to_u63(prose_text(p, i), &year))
        return 0;
    return year >= YEAR_MIN && year <= YEAR_MAX ? (int)year : 0;
}

/* The number a word stands for, -1 if it stands for none. */
static int64_t number_at(const struct prose *p, size_t i)
{
    if (!is_word(p, i))
        return -1;
    const str word = prose_text(p, i);
    int64_t n = 0;
    if (word.n <= 4 && str_to_u63(word, &n))
        return n;
    if (str_eq_nocase(word, STR("a")) || str_eq_nocase(word, STR("an")))
        return 1;
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        if (str_eq_nocase(word, str_of(numbers[k])))
            return (int64_t)k;
    for (size_t k = 0; k < sizeof tens / sizeof *tens; k++) {
        const str ten = str_of(tens[k]);
        if (str_eq_nocase(word, ten))
            return 20 + 10 * (int64_t)k;
        if (word.n <= ten.n + 1 || word.p[ten.n] != '-' ||
            !str_eq_nocase(str_sub(word, 0, ten.n), ten))
            continue;
        for (int64_t one = 1; one < 10; one++)
            if (str_eq_nocase(str_from(word, ten.n + 1), str_of(numbers[one])))
                return 20 + 10 * (int64_t)k + one;
    }
    return -1;
}

static int64_t unit_at(const struct prose *p, size_t i)
{
    for (size_t k = 0; is_word(p, i) && k < sizeof units / sizeof *units; k++)
        if (str_eq_nocase(prose_text(p, i), str_of(units[k].name)))
            return units[k].ms;
    return 0;
}

/* ---- mentions -------------------------------------------------------------------------------------------- */

/* A date as read; zero for what is not said. */
struct said {
    int year, month, day;
    size_t pieces; /* how many it takes; 0: no date begins here */
};

/* "March 2, 2016", "March 2", "March 2016", "2 March 2016", "2 de marzo de 2016", "in March", "in 2016" */
static struct said read_said(const struct prose *p, size_t i)
{
    struct said s = {0};
    size_t k = i;
    if ((s.day = day_at(p, k)) &&
        (month_at(p, k + 1) || (word_is(p, k + 1, "de") && month_at(p, k + 2)))) {
        k += word_is(p, k + 1, "de") ? 2 : 1;
        s.month = month_at(p, k);
    } else {
        s.day = 0;
        s.month = month_at(p, k);
        if (s.month && (s.day = day_at(p, k + 1)))
            k++;
    }
    const bool in = i > 0 && (word_is(p, i - 1, "in") || word_is(p, i - 1, "of") ||
                              word_is(p, i - 1, "during"));
    if (!s.month) {
        s.year = in ? year_at(p, i) : 0;
        s.pieces = s.year ? 1 : 0;
        return s;
    }
    size_t y = k + 1;
    if (y < p->count && (p->pieces[y].kind == PROSE_COMMA || word_is(p, y, "de")))
        y++;
    s.year = year_at(p, y);
    s.pieces = s.year ? y - i + 1 : s.day || in ? k - i + 1 : 0;
    return s;
}

/* The year of a date that names none: the one named last, otherwise the latest that is not to come. */
static int guess_year(const struct mention_list *l, const struct said *s)
{
    if (l->year)
        return l->year;
    const struct civil today = civil_from_ms(l->today_wall_ms);
    const int day = s->day ? s->day : 1;
    const bool to_come = s->month > today.month || (s->month == today.month && day > today.day);
    return to_come ? today.year - 1 : today.year;
}

static bool range_of(str text, int64_t today, struct date_range *out)
{
    struct err ignored = {0};
    return date_range_parse(text, today, out, &ignored) == OK;
}

static bool range_of_said(struct mention_list *l, struct said s, struct date_range *out)
{
    char text[48];
    if (!s.year)
        s.year = guess_year(l, &s);
    else
        l->year = s.year;
    int n = snprintf(text, sizeof text, "%04d", s.year);
    if (s.month)
        n += snprintf(text + n, sizeof text - (size_t)n, "-%02d", s.month);
    if (s.day)
        n += snprintf(text + n, sizeof text - (size_t)n, "-%02d", s.day);
    return range_of((str){text, (size_t)n}, l->today_wall_ms, out);
}

static void add(struct mention_list *l, const struct prose *p, struct mention m)
{
    if (l->count == l->cap) {
        const size_t cap = l->cap ? l->cap * 2 : 32;
        struct mention *const mentions = arena_array(l->arena, cap, sizeof *mentions);
        if (l->count)
            memcpy(mentions, l->mentions, l->count * sizeof *mentions);
        l->mentions = mentions;
        l->cap = cap;
    }
    const size_t at = p->pieces[m.first].at;
    m.text = str_sub(p->text, at, p->pieces[m.last].end - at);
    l->mentions[l->count++] = m;
}

/* "two minutes later", "half an hour later", "the next day"; returns how many pieces it takes. */
static size_t read_relative(const struct prose *p, size_t i, int64_t *after_ms)
{
    const bool half = word_is(p, i, "half");
    const size_t k = half ? i + 1 : i;
    const int64_t unit = unit_at(p, k + 1), number = number_at(p, k);
    if (unit && number >= 0 && word_is(p, k + 2, "later")) {
        *after_ms = half ? number * unit / 2 : number * unit;
        return k + 3 - i;
    }
    const bool next = word_is(p, i, "next") || word_is(p, i, "following");
    if (next && (word_is(p, i + 1, "day") || word_is(p, i + 1, "morning"))) {
        *after_ms = MS_PER_DAY;
        return 2;
    }
    return 0;
}

/* "2016-03-02", "23/8/2016" with its signs. */
static size_t read_numeric(const struct mention_list *l, const struct prose *p, size_t i,
                           struct date_range *out)
{
    const str word = is_word(p, i) ? prose_text(p, i) : STR("");
    if (!word.n || word.p[0] < '0' || word.p[0] > '9')
        return 0;
    const bool dashed = word.n >= 7 && (word.p[4] == '-' || str_find_byte(word, '.') != STR_NONE);
    if (dashed && range_of(word, l->today_wall_ms, out))
        return 1;
    if (i + 4 >= p->count || p->pieces[i + 1].kind != PROSE_SIGN ||
        p->pieces[i + 3].kind != PROSE_SIGN || !year_at(p, i + 4))
        return 0;
    const size_t at = p->pieces[i].at;
    const str all = str_sub(p->text, at, p->pieces[i + 4].end - at);
    return all.n <= 10 && range_of(all, l->today_wall_ms, out) ? 5 : 0;
}

void mentions_read(struct mention_list *l, const struct prose *p)
{
    l->count = 0;
    for (size_t i = 0; i < p->count; i++) {
        struct mention m = {.first = i, .when = {TIME_NONE, TIME_NONE}, .after_ms = TIME_NONE};
        size_t pieces = read_relative(p, i, &m.after_ms);
        if (!pieces)
            pieces = read_numeric(l, p, i, &m.when);
        if (!pieces) {
            const struct said s = read_said(p, i);
            pieces = s.pieces && range_of_said(l, s, &m.when) ? s.pieces : 0;
        }
        if (!pieces)
            continue;
        m.last = i + pieces - 1;
        add(l, p, m);
        i = m.last;
    }
}

struct date_range when_of_stamp(str stamp, int64_t today_wall_ms)
{
    struct date_range range = {TIME_NONE, TIME_NONE};
    str text = stamp;
    while (text.n && (text.p[text.n - 1] < '0' || text.p[text.n - 1] > '9'))
        text.n--;
    if (!range_of(text, today_wall_ms, &range))
        return (struct date_range){TIME_NONE, TIME_NONE};
    return range;
}
