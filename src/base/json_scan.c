/*
 * The scan. Speed is in two loops: over what is neither string, bracket nor line feed, and inside
 * strings, eight bytes at a time; everything else happens once a bracket, a string or a line.
 */
#include "json_scan.h"

#include <string.h>

enum { STACK_WORDS = JSON_WALK_DEPTH / 64 };

struct scan {
    struct json_cursor *c;
    uint64_t stack[STACK_WORDS]; /* bit set: an array */
    size_t depth, arrays;        /* open brackets, and how many of them are arrays */
    uint64_t beyond;             /* open brackets deeper than the stack */
    bool resync;                 /* the value stands first in its line ... */
    uint64_t indent;             /* ... behind so many blanks */
    char last;                   /* the last byte outside strings that is no white space */
    bool kept, large, deep;
    uint64_t at;
};

/* --- The cursor -------------------------------------------------------------------------------- */

uint64_t json_cursor_at(const struct json_cursor *c)
{
    return source_at(c->source) + c->pos;
}

uint64_t json_cursor_line(struct json_cursor *c, size_t pos)
{
    const char *p = c->window.p + c->counted;
    for (const char *end = c->window.p + pos; p < end; p++) {
        p = memchr(p, '\n', (size_t)(end - p));
        if (!p)
            break;
        c->lines++;
    }
    if (pos > c->counted)
        c->counted = pos;
    return c->lines + 1;
}

static bool read_on(struct json_cursor *c)
{
    const size_t drop = c->keep == STR_NONE ? c->pos : c->keep;
    if (drop) {
        json_cursor_line(c, drop);
        source_advance(c->source, drop);
        c->pos -= drop;
        c->counted -= drop;
        if (c->keep != STR_NONE)
            c->keep = 0;
    }
    c->st = source_peek(c->source, c->pos + 1, &c->window, c->e);
    return c->st == OK && c->pos < c->window.n;
}

bool json_cursor_more(struct json_cursor *c)
{
    return c->pos < c->window.n || (c->st == OK && read_on(c));
}

int json_cursor_skip_blank(struct json_cursor *c)
{
    for (; json_cursor_more(c); c->pos++) {
        const char byte = c->window.p[c->pos];
        if (byte == '\n') {
            c->fresh = true;
            c->indent = 0;
        } else if (byte == ' ' || byte == '\t')
            c->indent++;
        else if (byte != '\r')
            return (unsigned char)byte;
    }
    return -1;
}

/* More of a value: one that grows too large is let go. */
static bool more(struct scan *s)
{
    struct json_cursor *c = s->c;
    if (s->kept && !s->large && json_cursor_at(c) - s->at > JSON_PART_MAX) {
        s->large = true;
        c->keep = STR_NONE;
    }
    return json_cursor_more(c);
}

/* --- Lines that begin like the value ----------------------------------------------------------- */

/* Whether '{' cannot stand where the scan is, outside of strings. */
static bool brace_is_wrong(const struct scan *s)
{
    if (s->beyond || !s->depth)
        return false;
    const size_t top = s->depth - 1;
    if (s->stack[top / 64] >> top % 64 & 1)
        return s->last != '[' && s->last != ',';
    return s->last != ':';
}

/* Behind a line feed: goes over the blanks; whether the value is cut short there. */
static bool cut_at_line(struct scan *s, bool in_string)
{
    struct json_cursor *c = s->c;
    uint64_t blanks = 0;
    for (; more(s); c->pos++, blanks++) {
        const char byte = c->window.p[c->pos];
        if (byte != ' ' && byte != '\t')
            return byte == '{' && s->resync && blanks == s->indent &&
                   (in_string || brace_is_wrong(s));
    }
    return false;
}

/* --- Strings and brackets ---------------------------------------------------------------------- */

/* The next quotation mark, backslash or line feed, or `end`. The test for a zero byte in a word is
   Alan Mycroft's (https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord). */
static const char *find_stop(const char *p, const char *end)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
    for (uint64_t word; end - p >= (ptrdiff_t)sizeof word; p += sizeof word) {
        memcpy(&word, p, sizeof word);
        const uint64_t quote = word ^ ones * '"', back = word ^ ones * '\\',
                       lf = word ^ ones * '\n';
        if ((((quote - ones) & ~quote) | ((back - ones) & ~back) | ((lf - ones) & ~lf)) & highs)
            break;
    }
    while (p < end && *p != '"' && *p != '\\' && *p != '\n')
        p++;
    return p;
}

/* From behind the quotation mark that opens a string to behind the one that closes it. */
static enum json_end scan_string(struct scan *s)
{
    struct json_cursor *c = s->c;
    while (more(s)) {
        const char *p = find_stop(c->window.p + c->pos, c->window.p + c->window.n);
        c->pos = (size_t)(p - c->window.p);
        if (c->pos == c->window.n)
            continue;
        c->pos++;
        if (*p == '"')
            return JSON_CLOSED;
        if (*p == '\n' && cut_at_line(s, true))
            return JSON_CUT;
        if (*p == '\\' && more(s))
            c->pos++; /* whatever it is */
    }
    return JSON_ENDED;
}

static void open_bracket(struct scan *s, bool array)
{
    if (s->depth == JSON_WALK_DEPTH) {
        s->beyond++;
        s->deep = true;
        return;
    }
    const uint64_t bit = UINT64_C(1) << s->depth % 64;
    uint64_t *word = &s->stack[s->depth / 64];
    *word = array ? *word | bit : *word & ~bit;
    s->depth++;
    s->arrays += array;
}

/* True if that was the value's own bracket. */
static bool close_bracket(struct scan *s, bool array)
{
    if (s->beyond) {
        s->beyond--;
        return false;
    }
    if (array ? !s->arrays : s->arrays == s->depth)
        return false;
    for (bool was_array = !array; was_array != array;) {
        s->depth--;
        was_array = s->stack[s->depth / 64] >> s->depth % 64 & 1;
        s->arrays -= was_array;
    }
    return s->depth == 0;
}

static const char *find_special(const char *p, const char *end)
{
    static const bool special[256] = {
        ['"'] = true, ['{'] = true, ['['] = true, ['}'] = true, [']'] = true, ['\n'] = true};
    while (p < end && !special[(unsigned char)*p])
        p++;
    return p;
}

/* The last byte of a run that is no white space, for brace_is_wrong. */
static void note_last(struct scan *s, const char *run, const char *end)
{
    while (end > run && (end[-1] == ' ' || end[-1] == '\t' || end[-1] == '\r'))
        end--;
    if (end > run)
        s->last = end[-1];
}

static enum json_end scan_container(struct scan *s)
{
    struct json_cursor *c = s->c;
    while (more(s)) {
        const char *run = c->window.p + c->pos, *end = c->window.p + c->window.n;
        const char *p = find_special(run, end);
        note_last(s, run, p);
        c->pos = (size_t)(p - c->window.p);
        if (p == end)
            continue;
        const char byte = *p;
        c->pos++;
        if (byte == '\n') {
            if (cut_at_line(s, false))
                return JSON_CUT;
            continue;
        }
        s->last = byte;
        if (byte == '"') {
            const enum json_end string = scan_string(s);
            if (string != JSON_CLOSED)
                return string;
        } else if (byte == '{' || byte == '[')
            open_bracket(s, byte == '[');
        else if (close_bracket(s, byte == ']'))
            return JSON_CLOSED;
    }
    return JSON_ENDED;
}

static void scan_run(struct scan *s)
{
    struct json_cursor *c = s->c;
    for (; more(s); c->pos++)
        if (memchr(" \t\r\n,:\"[]{}", c->window.p[c->pos], 11))
            return;
}

static enum json_end scan_any(struct scan *s)
{
    struct json_cursor *c = s->c;
    const char first = c->window.p[c->pos];
    if (first == '{' || first == '[')
        return scan_container(s);
    s->resync = false; /* only a container is worth it */
    if (first == '"') {
        c->pos++;
        return scan_string(s);
    }
    scan_run(s);
    return JSON_CLOSED;
}

struct json_extent json_scan_value(struct json_cursor *c, bool kept)
{
    struct scan s = {.c = c,
                     .kept = kept,
                     .resync = kept && c->fresh,
                     .indent = c->indent,
                     .at = json_cursor_at(c)};
    c->keep = kept ? c->pos : STR_NONE;
    const enum json_end end = scan_any(&s);
    const uint64_t length = json_cursor_at(c) - s.at;
    c->fresh = end == JSON_CUT;
    return (struct json_extent){.at = s.at,
                                .length = length,
                                .end = end,
                                .large = s.large || (kept && length > JSON_PART_MAX),
                                .deep = s.deep};
}
