/* Drawing failures, with carets under the part of the query that is at fault. */
#include "caret.h"
#include "utf8.h"
#include "width.h"

enum { INDENT = 4, BEFORE_MAX = 40 };

static int escaped_width(str text)
{
    struct buf b = buf_new(BUF_LINE_MAX);
    term_escape(&b, text);
    const int width = text_width(buf_str(&b));
    buf_free(&b);
    return width;
}

/* The query from some place before the fault, so that what is before takes few columns. */
static size_t window_start(str query, size_t at)
{
    size_t start = 0;
    while (escaped_width(str_sub(query, start, at - start)) > BEFORE_MAX) {
        str rest = str_from(query, start);
        utf8_next(&rest);
        start = query.n - rest.n;
        if (start >= at)
            return at;
    }
    return start;
}

/* Escaped text cut to the room that is left on the line. */
static void add_fitting(struct term *t, str text, int columns)
{
    struct buf b = buf_new(BUF_LINE_MAX);
    term_escape(&b, text);
    const str all = buf_str(&b);
    const str fits = text_fit(all, columns);
    term_safe(t, fits);
    if (fits.n < all.n)
        term_add(t, STR("…"));
    buf_free(&b);
}

static void draw(struct term *t, const struct err *e, str query)
{
    const size_t at = e->at < query.n ? e->at : query.n;
    const size_t start = window_start(query, at);
    const int before = escaped_width(str_sub(query, start, at - start)) + (start ? 1 : 0);
    int marked = escaped_width(str_sub(query, at, e->len));
    const int room = t->columns - INDENT - 2;
    if (before + marked > room)
        marked = room - before;
    term_pad(t, INDENT);
    if (start)
        term_add(t, STR("…"));
    add_fitting(t, str_from(query, start), room - (start ? 1 : 0));
    term_add(t, STR("\n"));
    term_pad(t, INDENT + before);
    term_style(t, STYLE_WARN);
    term_add(t, STR("^"));
    for (int i = 1; i < marked; i++)
        term_add(t, STR("~"));
    term_style(t, STYLE_PLAIN);
    if (e->hint[0]) {
        term_add(t, STR("  "));
        term_safe(t, str_of(e->hint));
    }
    term_add(t, STR("\n"));
}

void caret_print(struct term *t, const struct err *e, str query)
{
    term_style(t, STYLE_WARN);
    term_add(t, STR("stet:"));
    term_style(t, STYLE_PLAIN);
    term_add(t, STR(" "));
    term_safe(t, str_of(e->msg[0] ? e->msg : "something failed and did not say what"));
    term_add(t, STR("\n"));
    if (query.n && e->code == ERR_QUERY) {
        draw(t, e, query);
        return;
    }
    if (!e->hint[0])
        return;
    term_pad(t, INDENT);
    term_safe(t, str_of(e->hint));
    term_add(t, STR("\n"));
}
