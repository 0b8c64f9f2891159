/*
 * gap>10m: how long a conversation was silent before a message. One pass over the columns in order
 * of time keeps the last time of each conversation. A conversation's first message and undated ones
 * have no gap.
 */
#include "filter.h"

#include <stdlib.h>

#include "order.h"

struct last_times {
    int64_t *ms; /* by conversation id */
    size_t cap;
};

static int64_t *last_of(struct last_times *l, int64_t conversation)
{
    const size_t id = (size_t)conversation;
    if (id >= l->cap) {
        const size_t cap = id + 1 + l->cap;
        l->ms = realloc(l->ms, cap * sizeof *l->ms);
        if (!l->ms)
            abort();
        for (size_t i = l->cap; i < cap; i++)
            l->ms[i] = TIME_NONE;
        l->cap = cap;
    }
    return &l->ms[id];
}

static bool gap_holds(const struct node *n, int64_t before_ms, int64_t ms)
{
    if (before_ms == TIME_NONE)
        return false;
    return n->value.above ? ms - before_ms > n->value.number : ms - before_ms < n->value.number;
}

enum status gap_narrow(struct plan *p, const struct filter *f, struct rowset *rows, struct err *e)
{
    struct columns *c = store_columns(p->store);
    struct last_times last = {0};
    struct rowset all = rowset_new(rows->rows), hits = rowset_new(rows->rows);
    rowset_add_range(&all, (struct row_range){1, rows->rows});
    struct order order = order_of(c, &all);
    for (int64_t row; (row = order_next(&order)) != 0;) {
        if (TRAIT_BASIS(column_at(c, COLUMN_TRAITS, row)) == BASIS_NONE)
            continue;
        const int64_t ms = column_at(c, COLUMN_TIME, row);
        int64_t *before = last_of(&last, column_at(c, COLUMN_CONVERSATION, row));
        if (gap_holds(f->node, *before, ms))
            rowset_add(&hits, row);
        *before = ms;
    }
    order_free(&order);
    rowset_keep(rows, &hits);
    rowset_free(&hits);
    rowset_free(&all);
    free(last.ms);
    return columns_failed(c, e);
}
