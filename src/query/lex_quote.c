/* See lex_quote.h. */
#include "lex_quote.h"

#include "ast.h"
#include "utf8.h"

static const struct pair {
    const char *opens;
    const char *closes[2];
    bool apostrophe; /* also used inside words */
} pairs[] = {
    {"\"", {"\""}, false},    {"“", {"”", "“"}, false}, {"”", {"”"}, false},
    {"„", {"“", "”"}, false}, {"‟", {"”"}, false},      {"«", {"»"}, false},
    {"»", {"«", "»"}, false}, {"‹", {"›"}, false},      {"›", {"‹"}, false},
    {"‚", {"‘", "’"}, false}, {"‘", {"’"}, true},       {"’", {"’"}, true},
    {"'", {"'"}, true},
};

static const struct pair *pair_at(str text, size_t at)
{
    const str rest = str_from(text, at);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (str_starts(rest, str_of(pairs[i].opens)))
            return &pairs[i];
    return NULL;
}

static size_t closing_length(const struct pair *p, str rest)
{
    for (size_t i = 0; i < 2 && p->closes[i]; i++)
        if (str_starts(rest, str_of(p->closes[i])))
            return str_of(p->closes[i]).n;
    return 0;
}

static bool ends_word(str text, size_t at)
{
    str rest = str_from(text, at);
    return !rest.n || rest.p[0] == ')' || rest.p[0] == '*' || rest.p[0] == '~' ||
           query_is_blank(utf8_next(&rest));
}

/* The closing mark from `at` on; false if there is none. Skips doubled ones. */
static bool find_close(const struct pair *p, str text, size_t at, size_t *close, bool *doubled)
{
    *doubled = false;
    while (at < text.n) {
        const size_t n = closing_length(p, str_from(text, at));
        if (!n) {
            at++;
            continue;
        }
        const bool twice = closing_length(p, str_from(text, at + n)) == n &&
                           str_eq(str_sub(text, at, n), str_sub(text, at + n, n));
        if (twice && !p->apostrophe) {
            *doubled = true;
            at += 2 * n;
            continue;
        }
        if (!p->apostrophe || ends_word(text, at + n)) {
            *close = at;
            return true;
        }
        at += n;
    }
    return false;
}

bool quote_opens(str text, size_t at)
{
    const struct pair *p = pair_at(text, at);
    if (!p)
        return false;
    if (!p->apostrophe)
        return true;
    size_t close;
    bool doubled;
    return find_close(p, text, at + str_of(p->opens).n, &close, &doubled);
}

static str undouble(struct arena *a, const struct pair *p, str raw)
{
    char *out = arena_alloc(a, raw.n);
    size_t n = 0;
    for (size_t i = 0; i < raw.n;) {
        const size_t mark = closing_length(p, str_from(raw, i));
        const size_t take = mark ? mark : 1;
        for (size_t k = 0; k < take; k++)
            out[n++] = raw.p[i + k];
        i += mark ? 2 * mark : 1;
    }
    return (str){out, n};
}

enum status quote_read(struct arena *a, str text, size_t at, struct quoted *out, struct err *e)
{
    const struct pair *p = pair_at(text, at);
    const size_t mark = str_of(p->opens).n;
    size_t close = 0;
    bool doubled = false;
    if (!find_close(p, text, at + mark, &close, &doubled)) {
        (void)fail_at(e, ERR_QUERY, at, mark, "this quotation mark is never closed");
        return fail_hint(e, "close it, or put the text into other quotation marks");
    }
    out->raw_at = at + mark;
    out->raw = str_sub(text, out->raw_at, close - out->raw_at);
    if (doubled)
        out->raw = undouble(a, p, out->raw);
    out->end = close + closing_length(p, str_from(text, close));
    return OK;
}
