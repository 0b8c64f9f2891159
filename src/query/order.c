/* See order.h. */
#include "order.h"

#include <stdlib.h>

static int by_time(const void *a, const void *b)
{
    const struct timed *x = a, *y = b;
    if (x->ms != y->ms)
        return x->ms < y->ms ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

struct order order_of(struct columns *c, const struct rowset *rows)
{
    struct order o = {.rows = rows};
    if (columns_in_time_order(c))
        return o;
    o.count = (size_t)rowset_count(rows);
    o.sorted = malloc((o.count + 1) * sizeof *o.sorted);
    if (!o.sorted)
        abort();
    size_t n = 0;
    for (int64_t row = rowset_from(rows, 1); row; row = rowset_from(rows, row + 1))
        o.sorted[n++] = (struct timed){column_at(c, COLUMN_TIME, row), row};
    qsort(o.sorted, o.count, sizeof *o.sorted, by_time);
    return o;
}

int64_t order_next(struct order *o)
{
    if (!o->sorted)
        return o->last = rowset_from(o->rows, o->last + 1);
    return o->at < o->count ? o->sorted[o->at++].row : 0;
}

void order_free(struct order *o)
{
    free(o->sorted);
    o->sorted = NULL;
}
