/*
 * The marks in a hit: what each part of the query that is not under NOT finds in the text, merged.
 * The same code decides what matches (words.c), so that nothing is marked that was not searched.
 */
#include "filter.h"

#include <stdlib.h>

#include "regex.h"
#include "words.h"

static void mark_regex(const struct filter *f, const struct words *w, struct spans *spans)
{
    struct err ignored = {0};
    struct span span;
    size_t at = 0;
    bool found = true;
    while (found && regex_next(f->node->regex, w->text, &at, &span, &found, &ignored) == OK)
        if (found && span.end > span.at)
            spans_add(spans, span.at, span.end);
}

static void mark_near(const struct filter *f, const struct words *w, struct spans *spans)
{
    const struct near n = {f->texts[0], f->texts[1], f->distance, f->node->ordered};
    (void)words_near(spans->a, w, &n, spans);
}

static void mark(const struct filter *f, const struct words *w, struct spans *spans)
{
    switch (f->kind) {
    case FILTER_MATCH:
        for (size_t i = 0; i < f->text_count; i++)
            (void)words_match(w, &f->texts[i], spans);
        return;
    case FILTER_SPELLED: (void)words_match(w, &f->node->text, spans); return;
    case FILTER_NEAR: mark_near(f, w, spans); return;
    case FILTER_WINDOW: (void)words_window(spans->a, w, &f->texts[0], spans); return;
    case FILTER_REGEX: mark_regex(f, w, spans); return;
    case FILTER_BYTES: (void)bytes_match(w->text, f->node->raw, spans); return;
    case FILTER_URL: (void)url_match(w->text, f->node->value.text, spans); return;
    case FILTER_AND:
    case FILTER_OR:
    case FILTER_THREAD:
    case FILTER_SAME:
        for (size_t i = 0; i < f->kid_count; i++)
            mark(f->kids[i], w, spans);
        return;
    case FILTER_ALL:
    case FILTER_NOT:
    case FILTER_ROW:
    case FILTER_WALL:
    case FILTER_TRAITS:
    case FILTER_IDS:
    case FILTER_SQL:
    case FILTER_GAP:
    case FILTER_CLOCK:
    case FILTER_SCRIPT:
    case FILTER_LENGTH: return;
    }
}

static int by_place(const void *a, const void *b)
{
    const struct span *x = a, *y = b;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

/* Overlapping spans become one; spans that only touch stay two. */
static size_t merge(struct span *p, size_t count)
{
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (n && p[i].at < p[n - 1].end) {
            if (p[i].end > p[n - 1].end)
                p[n - 1].end = p[i].end;
            continue;
        }
        p[n++] = p[i];
    }
    return n;
}

void plan_highlight(const struct plan *p, str text, struct arena *a, struct span **out,
                    size_t *count)
{
    struct spans spans = {.a = a};
    const struct words w = words_of(a, text);
    mark(p->root, &w, &spans);
    if (spans.count)
        qsort(spans.p, spans.count, sizeof *spans.p, by_place);
    *out = spans.p;
    *count = merge(spans.p, spans.count);
}
