/*
 * Finds the elements <sms>, <mms> and <call> in a source, whatever surrounds them. '<' never stands in
 * an attribute, so a new element in the middle of one tells that the first is broken: it costs itself
 * and not those behind it.
 */
#include "sms.h"

#include <string.h>

struct scanner {
    struct source *source;
    struct sink *sink;
    void *context;
    enum status (*element)(void *context, const struct sms_element *x, struct err *e);
    uint64_t line;       /* at the source's cursor */
    uint64_t wrapped_at; /* where bytes began that belong to no element */
};

static bool is_name_end(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '/' || c == '>';
}

enum {
    HEAD_BYTES = 8,          /* "</smses>": enough to tell what begins */
    ELEMENT_MAX = 100 << 20, /* what is longer counts as one that never ends */
};

/* The name of the element that begins at `s`, which begins with '<'; empty if it is none of ours. */
static str element_name(str s)
{
    static const str names[] = {STR_INIT("sms"), STR_INIT("mms"), STR_INIT("call")};
    const str rest = str_from(s, 1);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (rest.n > names[i].n && str_starts(rest, names[i]) && is_name_end(rest.p[names[i].n]))
            return names[i];
    return STR("");
}

static uint64_t lines_in(str s)
{
    uint64_t n = 0;
    for (const char *p = s.p, *end = s.p + s.n; (p = memchr(p, '\n', (size_t)(end - p))); p++)
        n++;
    return n;
}

static void advance(struct scanner *c, str window, size_t n)
{
    c->line += lines_in(str_sub(window, 0, n));
    source_advance(c->source, n);
}

static enum status wrap(struct scanner *c, struct err *e)
{
    const uint64_t at = source_at(c->source);
    if (at == c->wrapped_at)
        return OK;
    return c->sink->wrapping(c->sink, c->wrapped_at, at - c->wrapped_at, e);
}

/* ---- The end of an element -------------------------------------------------------------------- */

struct end_search {
    size_t at;           /* how far the element has been looked at */
    size_t tag_begin;    /* of the tag at hand */
    char quote;          /* in an attribute: which */
    bool in_tag, opened; /* `opened`: the first tag has ended, and not with "/>" */
    bool done, broken;
};

/* Whether what begins here cannot be inside an element. */
static bool ends_all(str s)
{
    return element_name(s).n || str_starts(s, STR("</smses")) || str_starts(s, STR("</calls"));
}

static void on_tag_end(struct end_search *s, str element, str name)
{
    const str tag = str_sub(element, s->tag_begin, s->at - s->tag_begin);
    s->in_tag = false;
    s->done = (!s->opened && element.p[s->at - 1] == '/') ||
              (str_starts(tag, STR("</")) && str_starts(str_from(tag, 2), name));
    s->opened = true;
    s->at++;
}

/* The next byte that matters: '<', and in a tag also quotes and '>'. */
static size_t next_special(const struct end_search *s, str element)
{
    if (s->in_tag && !s->quote)
        return s->at;
    const char *const p = element.p + s->at;
    size_t n = element.n - s->at;
    const char *end = s->quote ? memchr(p, s->quote, n) : NULL;
    if (end)
        n = (size_t)(end - p);
    const char *mark = memchr(p, '<', n);
    return s->at + (mark ? (size_t)(mark - p) : n);
}

/* Goes on until the element ends or the bytes do. */
static void search_end(struct end_search *s, str element, str name, bool last)
{
    while ((s->at = next_special(s, element)) < element.n) {
        const char byte = element.p[s->at];
        if (byte == '<') {
            if (element.n - s->at < HEAD_BYTES && !last)
                return; /* too little to know what it is */
            s->broken = ends_all(str_from(element, s->at));
            if (s->broken)
                return;
            s->tag_begin = s->quote ? s->tag_begin : s->at;
            s->in_tag = true;
        } else if (s->quote) {
            s->quote = 0;
        } else if (byte == '"' || byte == '\'') {
            s->quote = byte;
        } else if (byte == '>') {
            on_tag_end(s, element, name);
            if (s->done)
                return;
            continue;
        }
        s->at++;
    }
}

/* The cursor stands at an element: hands it over and moves behind it. */
static enum status take_element(struct scanner *c, str name, struct err *e)
{
    struct end_search s = {.at = 1, .in_tag = true};
    str window = STR("");
    do {
        const size_t want = window.n + HEAD_BYTES;
        const enum status st = source_peek(c->source, want, &window, e);
        if (st != OK)
            return st;
        const bool last = window.n < want;
        search_end(&s, window, name, last);
        s.broken |= last || window.n > ELEMENT_MAX;
    } while (!s.done && !s.broken);
    const struct sms_element x = {
        .raw = str_sub(window, 0, s.at),
        .at = source_at(c->source),
        .line = c->line,
        .whole = s.done,
    };
    const enum status st = c->element(c->context, &x, e);
    advance(c, window, s.at);
    c->wrapped_at = source_at(c->source);
    return st;
}

/* Moves to the next '<'; the window begins there. An empty window is the end. */
static enum status next_mark(struct scanner *c, str *window, struct err *e)
{
    for (;;) {
        const enum status st = source_peek(c->source, HEAD_BYTES, window, e);
        if (st != OK || !window->n)
            return st;
        const char *mark = memchr(window->p, '<', window->n);
        if (mark == window->p)
            return OK;
        advance(c, *window, mark ? (size_t)(mark - window->p) : window->n);
    }
}

enum status sms_scan(struct source *source, struct sink *sink, void *context,
                     enum status (*element)(void *context, const struct sms_element *x,
                                            struct err *e),
                     struct err *e)
{
    struct scanner c = {.source = source,
                        .sink = sink,
                        .context = context,
                        .element = element,
                        .line = 1,
                        .wrapped_at = source_at(source)};
    str window;
    enum status st;
    while ((st = next_mark(&c, &window, e)) == OK && window.n) {
        const str name = element_name(window);
        if (!name.n) {
            advance(&c, window, 1);
            continue;
        }
        st = wrap(&c, e);
        if (st == OK)
            st = take_element(&c, name, e);
        if (st != OK)
            return st;
    }
    return st == OK ? wrap(&c, e) : st;
}

/* ---- The independent count -------------------------------------------------------------------- */

/* How often "<sms", "<mms" or "<call" stands in the bytes with the end of a name behind it. state[0]:
   bytes of such a head so far, in `line`. */
void sms_count(struct counter *c, str bytes)
{
    enum { LONGEST = 6 };
    for (size_t i = 0; i < bytes.n; i++) {
        const char byte = bytes.p[i];
        if (byte != '<' && !c->state[0])
            continue;
        if (byte == '<')
            c->state[0] = 0;
        c->line[c->state[0]++] = byte;
        const size_t n = (size_t)c->state[0];
        const bool ends = byte && strchr(" \n\r\t/>", byte);
        const bool named = n == 5 && (!memcmp(c->line, "<sms", 4) || !memcmp(c->line, "<mms", 4));
        const bool call = n == 6 && !memcmp(c->line, "<call", 5);
        c->records += ends && (named || call);
        if (n == LONGEST || ends)
            c->state[0] = 0;
    }
}
