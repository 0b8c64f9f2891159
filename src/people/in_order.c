/* See in_order.h. */
#include "in_order.h"

#include <stdlib.h>

struct dated {
    int64_t utc_ms, row;
};

static int by_time(const void *x, const void *y)
{
    const struct dated *const a = x, *const b = y;
    if (a->utc_ms != b->utc_ms)
        return a->utc_ms < b->utc_ms ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

void rows_in_order(struct columns *c, void (*visit)(void *context, int64_t row), void *context)
{
    const int64_t rows = columns_rows(c);
    if (columns_in_time_order(c) || rows == 0) {
        for (int64_t row = 1; row <= rows; row++)
            visit(context, row);
        return;
    }
    struct dated *const all = malloc((size_t)rows * sizeof *all);
    if (!all)
        abort();
    for (int64_t row = 1; row <= rows; row++)
        all[row - 1] = (struct dated){column_at(c, COLUMN_TIME, row), row};
    qsort(all, (size_t)rows, sizeof *all, by_time);
    for (int64_t i = 0; i < rows; i++)
        visit(context, all[i].row);
    free(all);
}
