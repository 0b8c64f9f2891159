/*
 * A chunk of a column: frame of reference with a common scale. value = min + scale x number, the
 * numbers packed little-endian in 0, 1, 2, 3, 4 or 8 bytes each. Times in whole seconds thus need
 * 3 bytes for half a year, a column that is all one value none.
 */
#ifndef STET_STORE_COLUMN_CHUNK_H
#define STET_STORE_COLUMN_CHUNK_H

#include "columns.h"
#include "store.h"

/* The bytes of padding that a packed chunk needs behind its data, so that a number of any width can
   be read as eight bytes. */
enum { CHUNK_PADDING = 8, CHUNK_SHIFT = 15 };

struct chunk {
    int64_t min, max, scale;
    unsigned width;      /* bytes a number; CHUNK_ABSENT: not even the extent is known */
    unsigned char *data; /* NULL until needed */
};
enum { CHUNK_ABSENT = 255 };

/* Packs n <= COLUMN_CHUNK_ROWS values into `data`, which has room for 8 n bytes. */
struct chunk chunk_pack(unsigned char *data, const int64_t *values, size_t n);
int64_t chunk_value(const struct chunk *k, size_t i);

/* The id of the row of column_chunk. */
int64_t chunk_id(enum column which, int64_t chunk);

struct columns *columns_of(struct store *s, int64_t rows, bool in_time_order);
void columns_close(struct columns *c);

/* The writer's side: rows are added one after another and stored chunk by chunk. */
struct column_writer;
MUST_USE enum status column_writer_new(struct column_writer **out, struct store *s, struct err *e);
void column_writer_free(struct column_writer *w);
MUST_USE enum status column_writer_add(struct column_writer *w, const int64_t values[COLUMN_COUNT],
                                       struct err *e);
MUST_USE enum status column_writer_end(struct column_writer *w,
                                       struct err *e); /* stores the rest */

#endif
