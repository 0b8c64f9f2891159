/*
 * A set of rows, one bit each: what every filter narrows and every result is. At ten million
 * messages it takes 1.25 MB, whatever it holds; intersecting two takes a tenth of a millisecond.
 *
 * Invariant: bits beyond `rows` are zero.
 */
#ifndef STET_QUERY_ROWSET_H
#define STET_QUERY_ROWSET_H

#include "columns.h"

struct rowset {
    uint64_t *bits; /* row r is bit r % 64 of bits[r / 64] */
    int64_t rows;   /* 1 to rows */
};

struct rowset rowset_new(int64_t rows); /* empty */
struct rowset rowset_copy(const struct rowset *s);
void rowset_free(struct rowset *s);

static inline bool rowset_has(const struct rowset *s, int64_t row)
{
    return s->bits[row >> 6] >> (row & 63) & 1;
}
static inline void rowset_add(struct rowset *s, int64_t row)
{
    s->bits[row >> 6] |= UINT64_C(1) << (row & 63);
}
static inline void rowset_remove(struct rowset *s, int64_t row)
{
    s->bits[row >> 6] &= ~(UINT64_C(1) << (row & 63));
}

void rowset_add_range(struct rowset *s, struct row_range r);
void rowset_remove_range(struct rowset *s, struct row_range r);
void rowset_keep(struct rowset *s, const struct rowset *other);  /* intersection */
void rowset_unite(struct rowset *s, const struct rowset *other); /* union */
void rowset_minus(struct rowset *s, const struct rowset *other);
uint64_t rowset_count(const struct rowset *s);

/* The first row >= row, the last row <= row; 0 if there is none. */
int64_t rowset_from(const struct rowset *s, int64_t row);
int64_t rowset_back(const struct rowset *s, int64_t row);

#endif
