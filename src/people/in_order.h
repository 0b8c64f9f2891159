/* Rows in order of time, also where ids are not: several imports of overlapping times. */
#ifndef STET_PEOPLE_IN_ORDER_H
#define STET_PEOPLE_IN_ORDER_H

#include "columns.h"

/* Calls `visit` for every row, by UTC, then by id. */
void rows_in_order(struct columns *c, void (*visit)(void *context, int64_t row), void *context);

#endif
