/*
 * The head of a message: "[12/03/21, 9:05:11 p. m.] " or "12/03/21, 21:05 - ", with marks for the
 * direction of writing, odd blanks and digits of other scripts anywhere, and words around the time.
 * A head whose words or numbers nobody knows is a head still: its message is not another's. Which number
 * is the month is not decided here.
 */
#include "whatsapp.h"

#include "buf.h"
#include "utf8.h"

#include <string.h>

static bool is_mark(uint32_t cp)
{
    return cp == 0x200E || cp == 0x200F || (cp >= 0x202A && cp <= 0x202E) ||
           (cp >= 0x2066 && cp <= 0x2069) || cp == 0xFEFF;
}

static bool is_blank(uint32_t cp)
{
    return cp == ' ' || cp == 0xA0 || cp == 0x202F;
}

/* Takes marks, and blanks too if `blanks`, off the front. */
static void skip(str *s, bool blanks)
{
    while (s->n) {
        str rest = *s;
        const uint32_t cp = utf8_next(&rest);
        if (!is_mark(cp) && !(blanks && is_blank(cp)))
            return;
        *s = rest;
    }
}

static bool take(str *s, str what)
{
    if (!str_starts(*s, what))
        return false;
    *s = str_from(*s, what.n);
    return true;
}

/* How many digits were taken off the front. */
static int take_digits(str *s, int *value)
{
    int count = 0;
    size_t n;
    *value = 0;
    for (int digit; (digit = stamp_digit(*s, &n)) >= 0; count++) {
        *value = count < 4 ? *value * 10 + digit : *value;
        *s = str_from(*s, n);
    }
    return count;
}

static bool take_separator(str *s, char *separator)
{
    skip(s, false);
    if (!s->n || (s->p[0] != '/' && s->p[0] != '.' && s->p[0] != '-') ||
        (*separator && s->p[0] != *separator))
        return false;
    *separator = s->p[0];
    *s = str_from(*s, 1);
    skip(s, true);
    return true;
}

static bool take_date(str *s, struct wa_head *out)
{
    char separator = '\0';
    for (int i = 0; i < 3; i++) {
        if (i && !take_separator(s, &separator))
            return false;
        const int digits = take_digits(s, &out->parts[i]);
        if (digits != 1 && digits != 2 && (digits != 4 || i == 1))
            return false;
        out->dash_iso |= i == 0 && digits == 4;
    }
    out->slashes = separator == '/';
    out->dash_iso &= separator == '-';
    return true;
}

/* Passes over blanks, marks, letters and dots: what languages write around the time of day. */
static void pass_words(str *s)
{
    enum { LETTERS = 24 };
    size_t n;
    for (int i = 0; i < LETTERS && s->n && stamp_digit(*s, &n) < 0; i++) {
        str rest = *s;
        const uint32_t cp = utf8_next(&rest);
        const bool letter =
            (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z') || (cp >= 0x80 && cp != 0x2013);
        if (!letter && cp != ' ' && cp != '.')
            return;
        *s = rest;
    }
}

static bool pass_clock(str *s)
{
    int value;
    const int digits = take_digits(s, &value);
    if ((digits != 1 && digits != 2) || !s->n || (s->p[0] != ':' && s->p[0] != '.'))
        return false;
    const str separator = str_sub(*s, 0, 1);
    if (!take(s, separator) || take_digits(s, &value) != 2)
        return false;
    str behind = *s;
    if (take(&behind, separator) && take_digits(&behind, &value) == 2)
        *s = behind;
    return true;
}

static bool take_end(str *s, bool bracket)
{
    if (!bracket)
        return take(s, STR("- ")) || take(s, STR("– ")) || take(s, STR(": "));
    if (!take(s, STR("]")))
        return false;
    (void)take(s, STR(" "));
    return true;
}

/* "klo", "kl.", "um", "at": some languages have a word between date and time. */
static bool read_clock(str shown, struct stamp_clock *out)
{
    static const char *const words[] = {"klo ", "kl. ",   "um ",    "at ",  "à ",
                                        "às ",  "a las ", "pukul ", "lúc ", "в "};
    skip(&shown, true);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (take(&shown, str_of(words[i])))
            break;
    if (!stamp_take_clock(&shown, out))
        return false;
    skip(&shown, true);
    return shown.n == 0;
}

bool wa_head_of(str line, struct wa_head *out)
{
    str rest = line;
    skip(&rest, false);
    *out = (struct wa_head){.bracket = take(&rest, STR("["))};
    skip(&rest, false);
    const str from = rest;
    if (!take_date(&rest, out))
        return false;
    (void)take(&rest, STR("."));
    skip(&rest, false);
    if (!take(&rest, STR("،")))
        (void)take(&rest, STR(","));
    const str words = rest;
    pass_words(&rest);
    if (rest.n == words.n || !pass_clock(&rest))
        return false;
    pass_words(&rest);
    out->bad = !read_clock(str_sub(words, 0, words.n - rest.n), &out->clock);
    out->stamp = str_sub(from, 0, from.n - rest.n);
    while (str_ends(out->stamp, STR(" ")))
        out->stamp.n--;
    if (!take_end(&rest, out->bracket))
        return false;
    out->bytes = line.n - rest.n;
    return true;
}

str wa_without_marks(struct arena *a, str s)
{
    bool any = false;
    for (str rest = s; rest.n && !any;)
        any = is_mark(utf8_next(&rest));
    if (!any)
        return s;
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    while (s.n) {
        const uint32_t cp = utf8_next(&s);
        if (!is_mark(cp))
            n += utf8_put(out + n, cp);
    }
    return (str){out, n};
}

/* Whether it is a telephone number: "+", digits, and what stands between them. */
static bool is_phone(str s)
{
    size_t digits = 0;
    if (!str_starts(s, STR("+")))
        return false;
    for (size_t i = 1; i < s.n; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9')
            digits++;
        else if (!strchr(" -()./", s.p[i]))
            return false;
    }
    return digits >= 5;
}

str wa_sender_key(struct arena *a, str name)
{
    name = str_trim(wa_without_marks(a, name));
    char *out = arena_alloc(a, name.n + 2);
    size_t n = 0;
    for (str rest = name; rest.n;) {
        const uint32_t cp = utf8_next(&rest);
        n += utf8_put(out + n, is_blank(cp) || cp == 0x2009 ? ' ' : cp == 0x2011 ? '-' : cp);
        if (n == 1 && cp == '~' && rest.n &&
            rest.p[0] != ' ') { /* "~ Name", however it is spaced */
            str behind = rest;
            if (!is_blank(utf8_next(&behind)))
                out[n++] = ' ';
        }
    }
    if (!is_phone((str){out, n}))
        return (str){out, n};
    size_t digits = 1;
    for (size_t i = 1; i < n; i++)
        if (out[i] >= '0' && out[i] <= '9')
            out[digits++] = out[i];
    return (str){out, digits};
}
