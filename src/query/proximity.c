/*
 * Words near each other: a NEAR/5 b, a ADJ/5 b, "a b c"~5. Distances count words: the second of
 * two begins at most N words behind the last word of the first, so that ADJ/1 is side by side.
 */
#include "words.h"

#include <stdlib.h>

/* Where a text of a fixed number of words stands: its first and last place. */
struct standing {
    uint32_t first, last;
    struct span span;
};

struct standings {
    struct standing *p;
    size_t count;
};

static struct standings stand(struct arena *a, const struct words *w, const struct text *t)
{
    struct standings s = {0};
    struct span span;
    for (uint32_t place = 0; place < w->places; place++)
        s.count += words_match_at(w, t, place, &span);
    s.p = arena_array(a, s.count + 1, sizeof *s.p);
    s.count = 0;
    for (uint32_t place = 0; place < w->places; place++)
        if (words_match_at(w, t, place, &span))
            s.p[s.count++] = (struct standing){place, place + (uint32_t)t->count - 1, span};
    return s;
}

/* The first standing that begins behind `place`; count if there is none. */
static size_t behind(const struct standings *s, uint32_t place)
{
    size_t low = 0, high = s->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (s->p[middle].first <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Pairs in which `b` comes behind `a`; the nearest behind is enough to know, and to mark. */
static bool follow(const struct standings *a, const struct standings *b, int64_t distance,
                   struct spans *spans)
{
    bool found = false;
    for (size_t i = 0; i < a->count; i++) {
        const size_t k = behind(b, a->p[i].last);
        if (k == b->count || (int64_t)b->p[k].first - (int64_t)a->p[i].last > distance)
            continue;
        found = true;
        if (!spans)
            return true;
        spans_add(spans, a->p[i].span.at, a->p[i].span.end);
        spans_add(spans, b->p[k].span.at, b->p[k].span.end);
    }
    return found;
}

bool words_near(struct arena *a, const struct words *w, const struct near *n, struct spans *spans)
{
    const struct standings left = stand(a, w, &n->left), right = stand(a, w, &n->right);
    const bool forward = follow(&left, &right, n->distance, spans);
    if (n->ordered || (forward && !spans))
        return forward;
    return follow(&right, &left, n->distance, spans) || forward;
}

/* ---- a window ------------------------------------------------------------------------------- */

struct event {
    uint32_t place;
    size_t item; /* equal items of the text share the first one's number */
    struct span span;
};

static size_t item_number(const struct text *t, size_t item)
{
    for (size_t i = 0; i < item; i++)
        if (str_eq(t->items[i].word, t->items[item].word))
            return i;
    return item;
}

static size_t find_events(const struct words *w, const struct text *t, struct event *out)
{
    size_t n = 0;
    for (size_t i = 0; i < w->count; i++)
        for (size_t k = 0; k < t->count; k++) {
            if (item_number(t, k) != k || !str_eq(w->p[i].word, t->items[k].word))
                continue;
            if (out)
                out[n] = (struct event){w->p[i].place, k, {w->p[i].at, w->p[i].end}};
            n++;
        }
    return n;
}

/* The shortest run of events from each on that has all items often enough, by two moving ends. */
bool words_window(struct arena *a, const struct words *w, const struct text *t, struct spans *spans)
{
    size_t *need = arena_array(a, t->count, sizeof *need), *have;
    have = arena_array(a, t->count, sizeof *have);
    for (size_t k = 0; k < t->count; k++)
        need[item_number(t, k)]++;
    struct event *events = arena_array(a, find_events(w, t, NULL) + 1, sizeof *events);
    const size_t count = find_events(w, t, events);
    const int64_t widest = t->others + (int64_t)t->count;
    size_t missing = t->count;
    bool found = false;
    for (size_t from = 0, to = 0; to < count; to++) {
        missing -= have[events[to].item]++ < need[events[to].item];
        while (!missing) {
            if ((int64_t)events[to].place - (int64_t)events[from].place < widest) {
                found = true;
                for (size_t i = from; spans && i <= to; i++)
                    spans_add(spans, events[i].span.at, events[i].span.end);
                if (!spans)
                    return true;
            }
            missing += --have[events[from].item] < need[events[from].item];
            from++;
        }
    }
    return found;
}
