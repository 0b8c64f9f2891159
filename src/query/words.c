/* See words.h. */
#include "words.h"

#include <string.h>

#include "fold.h"
#include "links.h"
#include "tokenize.h"
#include "utf8.h"

enum { WORDS_CHUNK = 64, COVER_WORD_MAX = 200, COVER_PREFIX_MIN = 2 };

static void *grown(struct arena *a, const void *old, size_t count, size_t cap, size_t size)
{
    void *p = arena_array(a, cap, size);
    if (count)
        memcpy(p, old, count * size);
    return p;
}

struct words words_of(struct arena *a, str text)
{
    struct words w = {.text = text};
    size_t cap = 0;
    struct tokenizer t = tokenizer_of(text);
    struct token tok;
    while (tokenizer_next(&t, &tok)) {
        if (w.count == cap) {
            cap = cap ? cap * 2 : WORDS_CHUNK;
            w.p = grown(a, w.p, w.count, cap, sizeof *w.p);
        }
        w.p[w.count++] = (struct word_at){arena_dup(a, tok.word), tok.at, tok.end, tok.place};
        w.places = tok.place + 1;
    }
    w.first = arena_array(a, (size_t)w.places + 1, sizeof *w.first);
    for (size_t i = w.count; i-- > 0;)
        w.first[w.p[i].place] = i;
    w.first[w.places] = w.count;
    return w;
}

void spans_add(struct spans *s, size_t at, size_t end)
{
    if (s->count == s->cap) {
        s->cap = s->cap ? s->cap * 2 : WORDS_CHUNK;
        s->p = grown(s->a, s->p, s->count, s->cap, sizeof *s->p);
    }
    s->p[s->count++] = (struct span){at, end};
}

/* ---- words ---------------------------------------------------------------------------------- */

/* A letter written as base and mark and the same as one code point fold to the same here. */
static bool spelled_alike(str shown, str spelling)
{
    while (shown.n) {
        uint32_t out[FOLD_MAX];
        const size_t n = fold_codepoint_exact(utf8_next(&shown), out);
        for (size_t i = 0; i < n; i++)
            if (!spelling.n || utf8_next(&spelling) != out[i])
                return false;
    }
    return !spelling.n;
}

static const struct word_at *word_at_place(const struct words *w, uint32_t place,
                                           const struct text *t, size_t item)
{
    const struct item *want = &t->items[item];
    const bool prefix = t->prefix && item + 1 == t->count;
    if (place >= w->places)
        return NULL;
    for (size_t i = w->first[place]; i < w->first[place + 1]; i++) {
        const struct word_at *x = &w->p[i];
        if (want->kind == ITEM_ANY)
            return x;
        if (!(prefix ? str_starts(x->word, want->word) : str_eq(x->word, want->word)))
            continue;
        if (!t->spelled || spelled_alike(str_sub(w->text, x->at, x->end - x->at), want->spelling))
            return x;
    }
    return NULL;
}

/* Items [from, to) of a text, no gap among them. */
struct run {
    size_t from, to;
};

/* A run side by side from `place` on. */
static bool run_at(const struct words *w, const struct text *t, struct run run, uint32_t place,
                   struct span *span)
{
    for (size_t i = run.from; i < run.to; i++) {
        const struct word_at *x = word_at_place(w, place + (uint32_t)(i - run.from), t, i);
        if (!x)
            return false;
        if (i == run.from)
            span->at = x->at;
        span->end = x->end;
    }
    return true;
}

static struct run run_from(const struct text *t, size_t from)
{
    struct run run = {from, from};
    while (run.to < t->count && t->items[run.to].kind != ITEM_GAP)
        run.to++;
    return run;
}

/* The runs behind the first one: taking the earliest place for each leaves the most room. */
static bool rest_matches(const struct words *w, const struct text *t, size_t from, uint32_t place,
                         struct spans *spans)
{
    const size_t before = spans ? spans->count : 0;
    while (from < t->count) {
        const struct run run = run_from(t, from);
        struct span span = {0, 0};
        while (place < w->places && !run_at(w, t, run, place, &span))
            place++;
        if (place >= w->places) {
            if (spans)
                spans->count = before;
            return false;
        }
        if (spans)
            spans_add(spans, span.at, span.end);
        place += (uint32_t)(run.to - run.from);
        from = run.to + 1;
    }
    return true;
}

bool words_match_at(const struct words *w, const struct text *t, uint32_t place, struct span *span)
{
    *span = (struct span){0, 0};
    return run_at(w, t, (struct run){0, t->count}, place, span);
}

bool words_match(const struct words *w, const struct text *t, struct spans *spans)
{
    const struct run first = run_from(t, 0);
    bool found = false;
    for (uint32_t place = 0; place < w->places; place++) {
        struct span span = {0, 0};
        if (!run_at(w, t, first, place, &span))
            continue;
        /* If the rest does not follow here, it does not follow further on. */
        if (!rest_matches(w, t, first.to + 1, place + (uint32_t)first.to, spans))
            break;
        found = true;
        if (!spans)
            break;
        spans_add(spans, span.at, span.end);
    }
    return found;
}

/* ---- bytes ---------------------------------------------------------------------------------- */

bool bytes_match(str text, str bytes, struct spans *spans)
{
    bool found = false;
    for (size_t from = 0; from + bytes.n <= text.n;) {
        const size_t hit = str_find(str_from(text, from), bytes);
        if (hit == STR_NONE)
            break;
        found = true;
        const size_t at = from + hit;
        if (!spans)
            break;
        spans_add(spans, at, at + bytes.n);
        from = at + bytes.n;
    }
    return found;
}

/* True if nothing in `s` parts two words: invisible characters and stripped marks only. */
static bool is_glue(str s)
{
    uint32_t out[FOLD_MAX];
    while (s.n)
        if (fold_codepoint(utf8_next(&s), out) > 0)
            return false;
    return true;
}

static bool is_unit(str bytes, const struct token *tok)
{
    str rest = str_from(bytes, tok->at);
    return char_class_of(utf8_next(&rest)) == CHAR_UNIT;
}

/* A word at an edge of the bytes may go on in the text, so the first is left out and the last is a
   prefix. Words that touch the first one may be cut out of one long word at places that depend on
   its start, or be half of a pair of emoji: they are left out too, up to a character that is a word
   by itself. */
struct text bytes_cover(struct arena *a, str bytes)
{
    struct text t = {0};
    size_t count = 0, touching_end = 0;
    bool open_start = true;
    struct tokenizer k = tokenizer_of(bytes);
    struct token tok;
    while (tokenizer_next(&k, &tok))
        count++;
    struct item *items = arena_array(a, count + 1, sizeof *items);
    k = tokenizer_of(bytes);
    while (tokenizer_next(&k, &tok)) {
        if (tok.whole)
            continue;
        open_start = open_start && is_glue(str_sub(bytes, touching_end, tok.at - touching_end));
        touching_end = tok.end;
        const bool at_end = is_glue(str_from(bytes, tok.end));
        const bool left_out = open_start;
        open_start = open_start && !is_unit(bytes, &tok);
        if (left_out || (at_end && (tok.unit || tok.word.n > COVER_WORD_MAX)))
            continue;
        if (at_end && utf8_count(tok.word) < COVER_PREFIX_MIN)
            continue;
        items[t.count++] = (struct item){.kind = ITEM_WORD, .word = arena_dup(a, tok.word)};
        t.prefix = at_end;
    }
    t.items = items;
    return t;
}

/* ---- links ---------------------------------------------------------------------------------- */

str url_without_scheme(str url)
{
    const size_t slashes = str_find(url, STR("://"));
    if (slashes != STR_NONE)
        url = str_from(url, slashes + 3);
    return str_starts(url, STR("www.")) ? str_from(url, 4) : url;
}

static bool url_alike(str link, str wanted)
{
    const str host = link_host(link);
    if (str_find_byte(wanted, '/') != STR_NONE) {
        const str rest = url_without_scheme(link);
        return rest.n >= wanted.n && str_eq_nocase(str_sub(rest, 0, wanted.n), wanted);
    }
    if (host.n < wanted.n || !str_eq_nocase(str_from(host, host.n - wanted.n), wanted))
        return false;
    return host.n == wanted.n || host.p[host.n - wanted.n - 1] == '.';
}

bool url_match(str text, str url, struct spans *spans)
{
    const str wanted = url_without_scheme(url);
    struct link_scan scan = link_scan_of(text);
    struct link link;
    bool found = false;
    while (link_next(&scan, &link)) {
        if (link.kind != LINK_URL || !url_alike(str_sub(text, link.at, link.end - link.at), wanted))
            continue;
        found = true;
        if (!spans)
            break;
        spans_add(spans, link.at, link.end);
    }
    return found;
}
