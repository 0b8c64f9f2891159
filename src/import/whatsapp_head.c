/*
 * The head of a message: "[12/03/21, 9:05:11 p. m.] " or "12/03/21, 21:05 - ", with marks for the
 * direction of writing, odd blanks and digits of other scripts anywhere. Which number is the month
 * is not decided here.
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
    return cp == ' ' || cp == 0xA0 || cp == 0x202F || cp == 0x2009;
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

/* "klo", "kl.", "um", "at": some languages have a word between date and time. */
static void skip_word(str *s)
{
    static const char *const words[] = {"klo ", "kl. ",   "um ",    "at ",  "à ",
                                        "às ",  "a las ", "pukul ", "lúc ", "в "};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (take(s, str_of(words[i])))
            return;
}

static bool take_end(str *s, bool bracket)
{
    skip(s, true);
    if (bracket) {
        if (!take(s, STR("]")))
            return false;
        (void)take(s, STR(" "));
        return true;
    }
    return take(s, STR("- ")) || take(s, STR("– ")) || take(s, STR(": "));
}

bool wa_head_of(str line, struct wa_head *out)
{
    str rest = line;
    skip(&rest, false);
    *out = (struct wa_head){.bracket = take(&rest, STR("["))};
    skip(&rest, false);
    if (!rest.n || rest.p[0] == ' ')
        return false;
    const str from = rest;
    if (!stamp_take_figures(&rest, out->parts))
        return false;
    const str date = str_sub(from, 0, from.n - rest.n);
    out->slashes = str_find_byte(date, '/') != STR_NONE;
    out->dash_iso = out->parts[0] > 999 && str_find_byte(date, '-') != STR_NONE;
    skip(&rest, false);
    if (!take(&rest, STR(",")))
        (void)take(&rest, STR("،"));
    const size_t before = rest.n;
    skip(&rest, true);
    if (rest.n == before)
        return false;
    skip_word(&rest);
    if (!stamp_take_clock(&rest, &out->clock))
        return false;
    out->stamp = str_sub(from, 0, from.n - rest.n);
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
        n += utf8_put(out + n, is_blank(cp) ? ' ' : cp == 0x2011 ? '-' : cp);
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
