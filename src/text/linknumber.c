/*
 * Telephone numbers and other numbers. A telephone number is international (+ and 7 to 15 digits,
 * ITU-T E.164) or 7 to 15 digits in groups. Groups of digits are also dates, years, sums of money,
 * network addresses, postcodes and counting aloud, which the rules below tell apart; a bare row of
 * digits is never taken for a telephone number.
 */
#include "linkshape.h"
#include "near.h"

#include <string.h>

enum { GROUPS_MAX = 12, DIGITS_MIN = 7, DIGITS_MAX = 15 };

struct group {
    size_t end;
    unsigned digits, value; /* the value of up to 9 digits */
    char before;            /* the separator before it: ' ' '-' '.' '/' ')' or 0 */
    bool zero;              /* begins with 0 */
};

struct groups {
    struct group item[GROUPS_MAX];
    size_t n;
    unsigned digits;
    bool international, bracketed;
};

/* The decimal digit at `at`, or -1. */
static int digit_at(str text, size_t at, size_t *next)
{
    const uint32_t cp = codepoint_at(text, at, next);
    if (*next == at || char_class_of(cp) != CHAR_DIGIT)
        return -1;
    uint32_t folded[FOLD_MAX];
    fold_codepoint(cp, folded);
    return (int)(folded[0] - '0');
}

static struct group read_group(str text, size_t at)
{
    struct group g = {.end = at};
    size_t next;
    for (int digit; (digit = digit_at(text, g.end, &next)) >= 0; g.end = next) {
        g.zero = g.zero || (g.digits == 0 && digit == 0);
        if (g.digits < 9)
            g.value = g.value * 10 + (unsigned)digit;
        g.digits++;
    }
    return g;
}

/* The separator at `at` as ASCII, 0 if none. */
static char separator_at(str text, size_t at, size_t *next)
{
    const uint32_t cp = codepoint_at(text, at, next);
    if (*next == at)
        return 0;
    if (cp == ' ' || cp == 0xA0 || cp == 0x202F || cp == 0x2009)
        return ' ';
    if (cp == '.' || cp == '/')
        return (char)cp;
    return char_class_of(cp) == CHAR_DASH ? '-' : 0;
}

static bool is_day_or_month(const struct group *g)
{
    return g->digits >= 1 && g->digits <= 2 && g->value >= 1 && g->value <= 31;
}

static bool is_year(const struct group *g)
{
    return g->digits == 4 && g->value >= 1900 && g->value <= 2099;
}

/* 2015-11-19, 19.11.2015, 19/11/15, and 10:15; not 06.12.34.56.78. */
static bool date_or_time_at(str text, size_t at)
{
    const struct group first = read_group(text, at);
    size_t next;
    if (codepoint_at(text, first.end, &next) == ':')
        return first.digits <= 2 && read_group(text, next).digits == 2;
    const char separator = separator_at(text, first.end, &next);
    if (!separator || separator == ' ')
        return false;
    const struct group second = read_group(text, next);
    if (separator_at(text, second.end, &next) != separator || !is_day_or_month(&second))
        return false;
    const struct group third = read_group(text, next);
    if (separator_at(text, third.end, &next) == separator && read_group(text, next).digits)
        return false;
    const bool year_first = is_year(&first) && is_day_or_month(&third);
    const bool year_last = is_day_or_month(&first) && (is_year(&third) || third.digits == 2);
    return year_first || year_last;
}

static bool add_group(struct groups *out, struct group g, char before)
{
    if (g.digits == 0 || out->n == GROUPS_MAX)
        return false;
    g.before = before;
    out->item[out->n++] = g;
    out->digits += g.digits;
    return true;
}

/* Steps over what may stand between two groups: ")", a separator, "(". Returns what it was, 0 if
   nothing. */
static char step_between(str text, size_t *at, bool *bracketed)
{
    size_t next;
    char between = 0;
    if (*bracketed && codepoint_at(text, *at, &next) == ')') {
        between = ')';
        *at = next;
    }
    const char separator = separator_at(text, *at, &next);
    if (separator) {
        between = separator;
        *at = next;
    }
    if (between && !*bracketed && codepoint_at(text, *at, &next) == '(') {
        *bracketed = true;
        *at = next;
    }
    return between;
}

/* Skips an opening sign if it is there. */
static bool step_over(str text, size_t *at, char sign)
{
    const bool here = *at < text.n && text.p[*at] == sign;
    *at += here;
    return here;
}

static void read_groups(struct groups *out, str text, size_t at)
{
    *out = (struct groups){0};
    out->international = step_over(text, &at, '+');
    out->bracketed = step_over(text, &at, '(');
    for (char between = 0;;) {
        if (between == ' ' && date_or_time_at(text, at))
            return;
        const struct group g = read_group(text, at);
        if (!add_group(out, g, between))
            return;
        at = g.end;
        const bool bracketed = out->bracketed;
        between = step_between(text, &at, &out->bracketed);
        const bool another = out->bracketed && !bracketed && out->digits >= DIGITS_MIN;
        if (!between || another)
            return;
    }
}

/* 1 000 000 and 1.000.000; but 600 123 456 is how Spain and Poland write telephone numbers. */
static bool is_grouped_amount(const struct groups *g)
{
    const struct group *item = g->item;
    const char separator = item[1].before;
    if (separator != ' ' && separator != '.')
        return false;
    for (size_t i = 1; i < g->n; i++)
        if (item[i].digits != 3 || item[i].before != separator)
            return false;
    const bool nine = separator == ' ' && item[0].digits == 3 && g->n == 3;
    return item[0].digits <= 3 && !item[0].zero && !nine;
}

static bool is_network_address(const struct groups *g)
{
    if (g->n != 4)
        return false;
    for (size_t i = 0; i < 4; i++)
        if (g->item[i].value > 255 || (i > 0 && g->item[i].before != '.'))
            return false;
    return true;
}

/* "030 123456", "555-0123", "0171/1234567"; not a postcode (12345-6789) or a range. */
static bool is_pair(const struct groups *g)
{
    const struct group *area = &g->item[0], *rest = &g->item[1];
    if (area->zero || g->bracketed)
        return true;
    const bool seven = area->digits == 3 && rest->digits == 4 && rest->before != ' ';
    return seven || (area->digits <= 4 && g->digits >= 9);
}

/* 19 06 2016, which date_or_time_at leaves, as a blank may also stand between other things. */
static bool is_spaced_date(const struct groups *g)
{
    const struct group *item = g->item;
    return g->n == 3 && is_day_or_month(&item[1]) &&
           ((is_day_or_month(&item[0]) && is_year(&item[2])) ||
            (is_year(&item[0]) && is_day_or_month(&item[2])));
}

static bool is_phone(const struct groups *g)
{
    if (g->digits < DIGITS_MIN || g->digits > DIGITS_MAX)
        return false;
    if (g->international)
        return true;
    if (g->n < 2 || is_grouped_amount(g) || is_network_address(g) || is_spaced_date(g))
        return false;
    bool all_years = true, all_short = true;
    size_t slashes = 0, dots = 0;
    for (size_t i = 0; i < g->n; i++) {
        all_years = all_years && is_year(&g->item[i]);
        all_short = all_short && g->item[i].digits <= 2;
        slashes += g->item[i].before == '/';
        dots += g->item[i].before == '.';
    }
    const bool some_dots = dots > 0 && dots < g->n - 1;
    if (all_years || slashes > 1 || some_dots || (all_short && !g->item[0].zero))
        return false;
    return g->n == 2 ? is_pair(g) : true;
}

/* True if a digit and a separator stand right before `at`: this is the tail of something else. */
static bool continues_digits(str text, size_t at)
{
    const uint32_t before = codepoint_before(text, at);
    if (before >= 0x80 || !strchr("-./:,", (int)before) || at < 2)
        return false;
    return char_class_of(codepoint_before(text, at - 1)) == CHAR_DIGIT;
}

static void drop_group(struct groups *g)
{
    g->n--;
    g->digits -= g->item[g->n].digits;
}

/* Two numbers with a blank between them look like one that is too long: the first is tried alone.
   A row of fours is a card. */
static bool is_phone_in_front(struct groups *g)
{
    bool all_fours = true;
    for (size_t i = 0; i < g->n; i++)
        all_fours = all_fours && g->item[i].digits == 4;
    const bool too_long = g->digits > DIGITS_MAX && !all_fours;
    while (too_long && g->n > 1 && !is_phone(g)) {
        while (g->n > 1 && g->item[g->n - 1].before != ' ')
            drop_group(g);
        if (g->n > 1)
            drop_group(g);
    }
    return is_phone(g);
}

static bool is_cut_off(str text, size_t end)
{
    size_t next;
    const uint32_t after = codepoint_at(text, end, &next);
    const bool time = after == ':' && read_group(text, next).digits > 0;
    return time || (next > end && is_name_char(after));
}

size_t phone_end(str text, size_t at, size_t *run_end)
{
    if (is_name_before(text, at) || continues_digits(text, at) || date_or_time_at(text, at))
        return 0;
    struct groups g;
    read_groups(&g, text, at);
    if (g.n == 0)
        return 0;
    *run_end = g.item[g.n - 1].end;
    const bool phone = is_phone_in_front(&g);
    const size_t end = g.item[g.n - 1].end;
    return phone && !is_cut_off(text, end) ? end : 0;
}

static bool joins_digits(uint32_t cp)
{
    return cp == ',' || cp == '.' || cp == '\'' || cp == 0x2019 || cp == 0x066B || cp == 0x066C;
}

size_t number_end(str text, size_t at)
{
    if (is_name_before(text, at))
        return 0;
    struct group g = read_group(text, at);
    if (g.digits == 0)
        return 0;
    for (size_t next; joins_digits(codepoint_at(text, g.end, &next));) {
        const struct group more = read_group(text, next);
        if (more.digits == 0)
            break;
        g.end = more.end;
    }
    return g.end;
}
