/*
 * The independent counter of WhatsApp chats: how many lines begin with a date and a time, by a scan of
 * their first bytes that knows digits, separators and where the clock must stand, but no words.
 */
#include "whatsapp.h"

#include "count_lines.h"

#include <string.h>

/* The judge's words of counter.state. */
enum { AFTER_CRLF = 6, SEEN = 7 };
enum { SEEN_LINE = 1, SEEN_CRLF = 2, SEEN_LF = 4, SEEN_LOOSE = 8, BRACKETS_SHIFT = 8 };

struct scan {
    const unsigned char *p;
    size_t n;
};

/* Bytes of an invisible mark at the front, by its bytes in UTF-8. */
static size_t mark_bytes(struct scan s)
{
    if (s.n < 3 || (s.p[0] != 0xE2 && s.p[0] != 0xEF))
        return 0;
    if (s.p[0] == 0xEF)
        return s.p[1] == 0xBB && s.p[2] == 0xBF ? 3 : 0;
    const bool first =
        s.p[1] == 0x80 && (s.p[2] == 0x8E || s.p[2] == 0x8F || (s.p[2] >= 0xAA && s.p[2] <= 0xAE));
    const bool second = s.p[1] == 0x81 && s.p[2] >= 0xA6 && s.p[2] <= 0xA9;
    return first || second ? 3 : 0;
}

static size_t blank_bytes(struct scan s)
{
    if (s.n && s.p[0] == ' ')
        return 1;
    if (s.n > 1 && s.p[0] == 0xC2 && s.p[1] == 0xA0)
        return 2;
    return s.n > 2 && s.p[0] == 0xE2 && s.p[1] == 0x80 && s.p[2] == 0xAF ? 3 : 0;
}

static void skip(struct scan *s, bool blanks)
{
    for (size_t n; (n = mark_bytes(*s)) || (blanks && (n = blank_bytes(*s)));) {
        s->p += n;
        s->n -= n;
    }
}

static bool take(struct scan *s, unsigned char byte)
{
    if (!s->n || s->p[0] != byte)
        return false;
    s->p++;
    s->n--;
    return true;
}

/* The first bytes of a digit's character, its last byte for 0, and how many bytes it has. */
static const struct {
    unsigned char lead[2], zero;
    size_t bytes;
} digits_of[] = {{{0}, '0', 1},           {{0xD9}, 0xA0, 2},       {{0xDB}, 0xB0, 2},
                 {{0xE0, 0xA5}, 0xA6, 3}, {{0xE0, 0xA7}, 0xA6, 3}, {{0xE0, 0xB9}, 0x90, 3},
                 {{0xEF, 0xBC}, 0x90, 3}};

/* -1 if there is no digit. */
static int take_digit(struct scan *s)
{
    for (size_t i = 0; i < sizeof digits_of / sizeof digits_of[0]; i++) {
        const size_t n = digits_of[i].bytes;
        if (s->n < n || memcmp(s->p, digits_of[i].lead, n - 1) != 0 ||
            s->p[n - 1] < digits_of[i].zero || s->p[n - 1] > digits_of[i].zero + 9)
            continue;
        const int digit = s->p[n - 1] - digits_of[i].zero;
        s->p += n;
        s->n -= n;
        return digit;
    }
    return -1;
}

/* How many digits were taken. */
static int take_digits(struct scan *s, int *value)
{
    int count = 0;
    *value = 0;
    for (int digit; (digit = take_digit(s)) >= 0; count++)
        if (count < 4)
            *value = *value * 10 + digit;
    return count;
}

static bool take_separator(struct scan *s, unsigned char *separator)
{
    skip(s, false);
    if (!s->n || (s->p[0] != '/' && s->p[0] != '.' && s->p[0] != '-') ||
        (*separator && s->p[0] != *separator))
        return false;
    *separator = s->p[0];
    (void)take(s, s->p[0]);
    skip(s, true);
    return true;
}

static bool is_year_or_day(int digits)
{
    return digits == 1 || digits == 2 || digits == 4;
}

static bool take_date(struct scan *s)
{
    unsigned char separator = 0;
    int first, second, third;
    if (!is_year_or_day(take_digits(s, &first)) || !take_separator(s, &separator))
        return false;
    const int middle = take_digits(s, &second);
    return (middle == 1 || middle == 2) && take_separator(s, &separator) &&
           is_year_or_day(take_digits(s, &third));
}

static bool begins_with(struct scan s, const char *bytes)
{
    return s.n >= strlen(bytes) && memcmp(s.p, bytes, strlen(bytes)) == 0;
}

/* Letters, dots and blanks of a short word; no digits, and nothing that punctuates. */
static void pass_words(struct scan *s)
{
    enum { LETTERS = 24 };
    for (size_t i = 0; i < LETTERS && s->n && !begins_with(*s, "\xE2\x80\x93"); i++) {
        struct scan digit = *s;
        const unsigned char c = s->p[0];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80 ||
                            c == 0; /* which becomes U+FFFD */
        if (take_digit(&digit) >= 0 || !(letter || c == ' ' || c == '.'))
            return;
        do { /* the bytes of a character */
            s->p++;
            s->n--;
        } while (c >= 0xC0 && s->n && (s->p[0] & 0xC0) == 0x80);
    }
}

static bool take_clock(struct scan *s)
{
    int hour, minute, second = 0;
    const int digits = take_digits(s, &hour);
    if ((digits != 1 && digits != 2) || !s->n || (s->p[0] != ':' && s->p[0] != '.'))
        return false;
    const unsigned char separator = s->p[0];
    if (!take(s, separator) || take_digits(s, &minute) != 2)
        return false;
    struct scan behind = *s;
    if (take(&behind, separator) && take_digits(&behind, &second) == 2)
        *s = behind;
    return true;
}

static bool begins_message(struct scan s, bool *bracket)
{
    skip(&s, false);
    *bracket = take(&s, '[');
    skip(&s, false);
    if (!take_date(&s))
        return false;
    (void)take(&s, '.');
    skip(&s, false);
    if (begins_with(s, "\xD8\x8C")) { /* the Arabic comma */
        s.p += 2;
        s.n -= 2;
    } else {
        (void)take(&s, ',');
    }
    const size_t before = s.n;
    pass_words(&s);
    if (s.n == before || !take_clock(&s))
        return false;
    pass_words(&s);
    if (*bracket)
        return take(&s, ']');
    return begins_with(s, "- ") || begins_with(s, "\xE2\x80\x93 ") || begins_with(s, ": ");
}

/* iPhones end messages, and nothing else, with CRLF. */
static bool only_after_crlf(const struct counter *c)
{
    const uint64_t seen = c->state[SEEN], after = c->state[AFTER_CRLF];
    return seen & SEEN_CRLF && seen & SEEN_LF && !(seen & SEEN_LOOSE) &&
           seen >> BRACKETS_SHIFT == c->records && after >= c->records - after;
}

static bool counts(struct counter *c, str head)
{
    const bool first = !(c->state[SEEN] & SEEN_LINE);
    const bool after_crlf = first || count_after_crlf(c);
    c->state[SEEN] |= SEEN_LINE;
    if (!head.n)
        return false;
    if (!first)
        c->state[SEEN] |= after_crlf ? SEEN_CRLF : SEEN_LF;
    bool bracket;
    if (!begins_message((struct scan){(const unsigned char *)head.p, head.n}, &bracket)) {
        c->state[SEEN] |= after_crlf ? SEEN_LOOSE : 0;
        return false;
    }
    c->state[AFTER_CRLF] += after_crlf;
    c->state[SEEN] += (uint64_t)bracket << BRACKETS_SHIFT;
    return true;
}

void wa_count(struct counter *c, str bytes)
{
    count_lines(c, bytes, counts);
    if (!bytes.n && only_after_crlf(c))
        c->records = c->state[AFTER_CRLF];
}
