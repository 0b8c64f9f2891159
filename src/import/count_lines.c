/* Heads of lines in raw bytes, one byte after the other, whatever the chunks. */
#include "count_lines.h"

#include <string.h>

/*
 * Words of counter.state. `line` holds the head; before the encoding is known, the first bytes. Until the
 * first LF it is not known whether CR ends lines, so both is tried at once: the head of the line that ends at
 * LF is kept behind the other, and its length above the flags.
 */
enum { HEAD, FLAGS, HALF_UNIT, HIGH_SURROGATE, LINES, BYTES, JUDGES };
enum { FIRST_HEAD_AT = 128, FIRST_HEAD_SHIFT = 32 };
enum {
    KNOWN = 1, /* the encoding is */
    LITTLE = 2,
    BIG = 4,
    AFTER_CR = 8,
    ANY = 16,   /* the line at hand has characters */
    SOLID = 32, /* other than blanks */
    BY_LF = 64, /* what ends lines is known, by the first part of the source: */
    BY_CR = 128,
    FIRST_SOLID = 256, /* SOLID for the line that ends at the first LF */
    CR_LAST = 512,     /* the last character seen is CR */
    AFTER_CRLF = 1024, /* the line before the one at hand ended in CRLF */
};
enum { SNIFF_BYTES = 4, FIRST_PART_BYTES = 64 << 10 };

struct scan {
    struct counter *c;
    bool (*counts)(struct counter *c, str head);
};

static void end_line(const struct scan *s)
{
    struct counter *c = s->c;
    str head = {c->line, c->state[HEAD]};
    if (c->state[LINES]++ == 0 && str_starts(head, STR("\xEF\xBB\xBF")))
        head = str_from(head, 3);
    if (c->state[FLAGS] & CR_LAST && str_ends(head, STR("\r")))
        head.n--;
    if (!(c->state[FLAGS] & SOLID) || (c->state[HEAD] < COUNT_HEAD_BYTES && !str_trim(head).n))
        head.n = 0;
    c->records += s->counts(c, head);
    c->state[HEAD] = 0;
    c->state[FLAGS] &= ~(uint64_t)(ANY | SOLID);
}

static bool is_solid(char byte)
{
    return byte != ' ' && (byte < '\t' || byte > '\r');
}

static void note_cr(struct counter *c, char byte)
{
    c->state[FLAGS] &= ~(uint64_t)CR_LAST;
    if (byte == '\r')
        c->state[FLAGS] |= CR_LAST;
}

/* LF ends lines: what seemed to be lines that end at CR was one. */
static void begin_again(struct counter *c)
{
    const uint64_t flags = c->state[FLAGS];
    c->records = 0;
    c->state[LINES] = c->state[JUDGES] = c->state[JUDGES + 1] = 0;
    c->state[HEAD] = flags >> FIRST_HEAD_SHIFT;
    memcpy(c->line, c->line + FIRST_HEAD_AT, c->state[HEAD]);
    c->state[FLAGS] &= ~(uint64_t)SOLID;
    if (flags & FIRST_SOLID)
        c->state[FLAGS] |= SOLID;
    c->state[FLAGS] |= BY_LF;
}

static void take_lf(const struct scan *s)
{
    struct counter *c = s->c;
    const bool crlf = c->state[FLAGS] & CR_LAST;
    if (!(c->state[FLAGS] & BY_LF))
        begin_again(c);
    end_line(s);
    c->state[FLAGS] &= ~(uint64_t)(AFTER_CRLF | CR_LAST);
    if (crlf)
        c->state[FLAGS] |= AFTER_CRLF;
}

bool count_after_crlf(const struct counter *c)
{
    return c->state[FLAGS] & AFTER_CRLF;
}

/* The line that ends at the first LF, if there is one in the first part. */
static void take_into_first(struct counter *c, char byte)
{
    const uint64_t n = c->state[FLAGS] >> FIRST_HEAD_SHIFT;
    if (n < COUNT_HEAD_BYTES) {
        c->line[FIRST_HEAD_AT + n] = byte;
        c->state[FLAGS] += UINT64_C(1) << FIRST_HEAD_SHIFT;
    }
    if (is_solid(byte))
        c->state[FLAGS] |= FIRST_SOLID;
}

/* CR alone ends lines only in a source whose first part has no LF. */
static void take_char(const struct scan *s, char byte)
{
    struct counter *c = s->c;
    uint64_t *const flags = &c->state[FLAGS];
    const bool after_cr = *flags & AFTER_CR;
    *flags &= ~(uint64_t)AFTER_CR;
    if (after_cr && (byte != '\n' || *flags & BY_CR)) {
        *flags &= ~(uint64_t)CR_LAST;
        end_line(s);
    }
    if (!(*flags & (BY_LF | BY_CR)) && c->state[BYTES] > FIRST_PART_BYTES)
        *flags |= c->state[LINES] ? BY_CR : BY_LF;
    if (byte == '\n' && !(*flags & BY_CR)) {
        take_lf(s);
        return;
    }
    note_cr(c, byte);
    *flags |= is_solid(byte) ? ANY | SOLID : ANY;
    if (!(*flags & (BY_LF | BY_CR)))
        take_into_first(c, byte);
    if (byte == '\r' && !(*flags & BY_LF)) {
        *flags |= AFTER_CR;
        return;
    }
    if (c->state[HEAD] < COUNT_HEAD_BYTES)
        c->line[c->state[HEAD]++] = byte;
}

static void take_codepoint(const struct scan *s, uint32_t cp)
{
    if (cp < 0x80) {
        take_char(s, (char)cp);
        return;
    }
    if (cp >= 0x10000)
        take_char(s, (char)(0xF0 | cp >> 18));
    if (cp >= 0x800)
        take_char(s, (char)(cp >= 0x10000 ? 0x80 | (cp >> 12 & 0x3F) : 0xE0 | cp >> 12));
    take_char(s, (char)(cp >= 0x800 ? 0x80 | (cp >> 6 & 0x3F) : 0xC0 | cp >> 6));
    take_char(s, (char)(0x80 | (cp & 0x3F)));
}

static void take_unit(const struct scan *s, uint32_t unit)
{
    uint64_t *const state = s->c->state;
    const uint32_t high = (uint32_t)state[HIGH_SURROGATE];
    state[HIGH_SURROGATE] = 0;
    if (unit >= 0xD800 && unit < 0xDC00)
        state[HIGH_SURROGATE] = unit;
    else if (unit >= 0xDC00 && unit < 0xE000)
        take_codepoint(s, high ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD);
    else if (unit != 0xFEFF || state[LINES] || state[HEAD])
        take_codepoint(s, unit);
}

static void take_byte(const struct scan *s, char byte)
{
    uint64_t *const state = s->c->state;
    state[BYTES]++;
    if (!(state[FLAGS] & (LITTLE | BIG))) {
        take_char(s, byte);
        return;
    }
    const uint32_t b = (unsigned char)byte;
    if (!state[HALF_UNIT]) {
        state[HALF_UNIT] = b | 0x100;
        return;
    }
    const uint32_t first = (uint32_t)state[HALF_UNIT] & 0xFF;
    state[HALF_UNIT] = 0;
    take_unit(s, state[FLAGS] & LITTLE ? b << 8 | first : first << 8 | b);
}

/* UTF-16 by its mark, or by the NULs of its first two characters. */
static void decide(const struct scan *s)
{
    struct counter *c = s->c;
    char first[SNIFF_BYTES] = {1, 1, 1, 1};
    const size_t n = c->state[BYTES];
    memcpy(first, c->line, n);
    c->state[FLAGS] |= KNOWN;
    c->state[BYTES] = 0;
    if (n >= 2 && memcmp(first, "\xFF\xFE", 2) == 0)
        c->state[FLAGS] |= LITTLE;
    else if (n >= 2 && memcmp(first, "\xFE\xFF", 2) == 0)
        c->state[FLAGS] |= BIG;
    else if (n == SNIFF_BYTES && first[0] && !first[1] && first[2] && !first[3])
        c->state[FLAGS] |= LITTLE;
    else if (n == SNIFF_BYTES && !first[0] && first[1] && !first[2] && first[3])
        c->state[FLAGS] |= BIG;
    for (size_t i = 0; i < n; i++)
        take_byte(s, first[i]);
}

static void finish(const struct scan *s)
{
    if (!(s->c->state[FLAGS] & KNOWN))
        decide(s);
    s->c->state[FLAGS] &= ~(uint64_t)CR_LAST; /* it ends no line without an LF behind it */
    if (s->c->state[FLAGS] & ANY)
        end_line(s);
}

void count_lines(struct counter *c, str bytes, bool (*counts)(struct counter *c, str head))
{
    const struct scan s = {.c = c, .counts = counts};
    if (!bytes.n)
        finish(&s);
    size_t i = 0;
    for (; i < bytes.n && !(c->state[FLAGS] & KNOWN); i++) {
        c->line[c->state[BYTES]++] = bytes.p[i];
        if (c->state[BYTES] == SNIFF_BYTES)
            decide(&s);
    }
    while (i < bytes.n) {
        const uint64_t flags = c->state[FLAGS] & (BY_LF | SOLID | LITTLE | BIG);
        const bool full = c->state[HEAD] == COUNT_HEAD_BYTES && flags == (BY_LF | SOLID);
        const char *lf = full ? memchr(bytes.p + i, '\n', bytes.n - i) : NULL;
        const size_t stop = !full ? i : lf ? (size_t)(lf - bytes.p) : bytes.n;
        if (stop > i)
            note_cr(c, bytes.p[stop - 1]);
        if (stop == bytes.n)
            return;
        i = stop;
        take_byte(&s, bytes.p[i++]);
    }
}

static size_t run_of(str s, size_t at, size_t max, bool letters)
{
    size_t n = 0;
    while (n < max && at + n < s.n) {
        const char c = s.p[at + n];
        const char lower = (char)(c | 0x20);
        if (letters ? lower < 'a' || lower > 'z' : c < '0' || c > '9')
            break;
        n++;
    }
    return n;
}

static size_t noon_of(str s, size_t at)
{
    const str rest = str_from(s, at);
    return str_starts(rest, STR("오전 ")) || str_starts(rest, STR("오후 ")) ? sizeof "오전 " - 1
                                                                            : 0;
}

size_t head_fits(str head, const char *pattern)
{
    size_t at = 0;
    for (const char *p = pattern; *p; p++) {
        size_t n = at < head.n && head.p[at] == *p;
        if (*p == '~') {
            at += noon_of(head, at);
            continue;
        }
        if (*p == '9')
            n = run_of(head, at, 1, false);
        else if (*p == '#')
            n = run_of(head, at, 4, false);
        else if (*p == 'w')
            n = run_of(head, at, 20, true);
        else if (*p == '%')
            n = str_eq_nocase(str_sub(head, at, 2), STR("AM")) ||
                        str_eq_nocase(str_sub(head, at, 2), STR("PM"))
                    ? 2
                    : 0;
        if (!n)
            return 0;
        at += n;
    }
    return at;
}
