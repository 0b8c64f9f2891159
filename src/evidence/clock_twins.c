/*
 * The same words by the same sender in two sources, one of which gives UTC: an exact time for the other.
 * Words that stand once in each are taken; what occurs more often may have been said twice.
 */
#include "clock_parts.h"

#include <stdlib.h>

enum { TWIN_WORDS_MIN = 4 };

struct twin {
    uint64_t hash; /* of sender's name and text */
    int64_t row;
    bool naive;
};

struct twins {
    struct twin *items;
    size_t count, cap;
};

static void add_twin(struct twins *t, const struct twin *x)
{
    if (t->count == t->cap) {
        t->cap = t->cap ? 2 * t->cap : 1024;
        t->items = realloc(t->items, t->cap * sizeof *t->items);
        if (!t->items)
            abort();
    }
    t->items[t->count++] = *x;
}

static int by_hash(const void *left, const void *right)
{
    const struct twin *const a = left, *const b = right;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static enum status take_twin(struct gathering *g, struct twins *t, int64_t row, struct err *e)
{
    const int64_t traits = column_at(g->columns, COLUMN_TRAITS, row);
    const bool utc = TRAIT_BASIS(traits) == BASIS_SOURCE_UTC;
    const bool naive = gathering_is_naive(traits) && gathering_source(g, row);
    struct stored m;
    if ((!utc && !naive) || TRAIT_KIND(traits) != KIND_TEXT || !gathering_may_tell(traits) ||
        column_at(g->columns, COLUMN_WORDS, row) < TWIN_WORDS_MIN)
        return OK;
    arena_clear(&g->scratch);
    const enum status st = store_message(g->store, row, &g->scratch, &m, e);
    if (st != OK)
        return st;
    const str name = m.message.sender_name.n ? m.message.sender_name : m.message.sender;
    const uint64_t hash = str_hash(name) * 31 + str_hash(m.message.text);
    add_twin(t, &(struct twin){.hash = hash, .row = row, .naive = naive});
    return OK;
}

static void pair_twins(struct gathering *g, const struct twins *t)
{
    for (size_t i = 0, end; i < t->count; i = end) {
        end = i + 1;
        while (end < t->count && t->items[end].hash == t->items[i].hash)
            end++;
        if (end - i != 2 || t->items[i].naive == t->items[i + 1].naive)
            continue;
        const struct twin *const naive = &t->items[t->items[i].naive ? i : i + 1];
        const struct twin *const utc = &t->items[t->items[i].naive ? i + 1 : i];
        const struct clock_evidence x = {.row = naive->row,
                                         .source_id =
                                             column_at(g->columns, COLUMN_SOURCE, naive->row),
                                         .sign = SIGN_TWIN,
                                         .id = utc->row,
                                         .wall_ms = gathering_wall_ms(g, naive->row),
                                         .known_ms = column_at(g->columns, COLUMN_TIME, utc->row)};
        if (llabs(x.wall_ms - x.known_ms) > 15 * MS_PER_HOUR)
            continue; /* said again on another day */
        gathering_source(g, naive->row)->evidence++;
        signs_add(&g->signs, &x);
    }
}

enum status gather_twins(struct gathering *g, struct err *e)
{
    struct twins t = {.count = 0};
    enum status st = OK;
    for (int64_t row = 1; row <= columns_rows(g->columns) && st == OK; row++)
        st = take_twin(g, &t, row, e);
    if (st == OK)
        st = columns_failed(g->columns, e);
    if (t.count)
        qsort(t.items, t.count, sizeof *t.items, by_hash);
    if (st == OK)
        pair_twins(g, &t);
    free(t.items);
    return st;
}
