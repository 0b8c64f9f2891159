/*
 * Two texts one above the other, column by column, with what differs in brackets.
 */
#ifndef STET_SIDE_BY_SIDE_H
#define STET_SIDE_BY_SIDE_H

#include "term.h"
#include "verify.h"

void side_by_side(struct term *t, const struct piece *pieces, size_t count);

#endif
