/*
 * The rows of a set in order of time. If row ids are in time order, that is their own order and
 * costs nothing; otherwise the rows are sorted by (time, row).
 */
#ifndef STET_QUERY_ORDER_H
#define STET_QUERY_ORDER_H

#include "rowset.h"

struct timed {
    int64_t ms, row;
};
struct order {
    const struct rowset *rows; /* walked when sorted is NULL */
    struct timed *sorted;
    size_t count, at;
    int64_t last;
};

struct order order_of(struct columns *c, const struct rowset *rows); /* borrows rows */
int64_t order_next(struct order *o);                                 /* 0 at the end */
void order_free(struct order *o);

#endif
