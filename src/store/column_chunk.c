/* Packing and storing chunks; columns.c reads them. */
#include "column_chunk.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "db.h"

int64_t chunk_id(enum column which, int64_t chunk)
{
    return ((int64_t)which << 24) + chunk;
}

static uint64_t common_divisor(uint64_t a, uint64_t b)
{
    while (b) {
        const uint64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static unsigned width_for(uint64_t largest)
{
    static const unsigned char widths[] = {0, 1, 2, 3, 4, 8, 8, 8, 8};
    unsigned bytes = 0;
    while (largest) {
        bytes++;
        largest >>= 8;
    }
    return widths[bytes];
}

struct chunk chunk_pack(unsigned char *data, const int64_t *values, size_t n)
{
    struct chunk k = {.min = values[0], .max = values[0], .data = data};
    for (size_t i = 1; i < n; i++) {
        if (values[i] < k.min)
            k.min = values[i];
        if (values[i] > k.max)
            k.max = values[i];
    }
    uint64_t scale = 0; /* unsigned: the differences may exceed what int64_t holds */
    for (size_t i = 0; i < n && scale != 1; i++)
        scale = common_divisor((uint64_t)values[i] - (uint64_t)k.min, scale);
    /* A scale beyond int64_t's range cannot be stored; then there are two values at most. */
    k.scale = scale > 0 && scale <= INT64_MAX ? (int64_t)scale : 1;
    k.width = width_for(((uint64_t)k.max - (uint64_t)k.min) / (uint64_t)k.scale);
    unsigned char *p = data;
    for (size_t i = 0; i < n; i++) {
        uint64_t number = ((uint64_t)values[i] - (uint64_t)k.min) / (uint64_t)k.scale;
        for (unsigned b = 0; b < k.width; b++, number >>= 8)
            *p++ = (unsigned char)number;
    }
    return k;
}

int64_t chunk_value(const struct chunk *k, size_t i)
{
    static const uint64_t masks[] = {0, 0xff, 0xffff, 0xffffff, 0xffffffff, 0, 0, 0, UINT64_MAX};
    const unsigned char *p = k->data + i * k->width;
    const uint64_t number = ((uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
                             (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 |
                             (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56) &
                            masks[k->width];
    return (int64_t)((uint64_t)k->min + number * (uint64_t)k->scale);
}

/* ---- writing ---------------------------------------------------------------------------------- */

struct column_writer {
    struct store *s;
    sqlite3_stmt *insert;
    int64_t chunk; /* the number of the chunk that is being filled */
    size_t n;      /* values in it */
    int64_t values[COLUMN_COUNT][COLUMN_CHUNK_ROWS];
    unsigned char packed[COLUMN_CHUNK_ROWS * 8];
};

enum status column_writer_new(struct column_writer **out, struct store *s, struct err *e)
{
    struct column_writer *w = malloc(sizeof *w);
    *out = NULL;
    if (!w)
        return fail(e, ERR_LIMIT, "out of memory");
    const int64_t rows = columns_rows(s->columns);
    w->s = s;
    w->chunk = rows >> CHUNK_SHIFT;
    w->n = (size_t)(rows & (COLUMN_CHUNK_ROWS - 1));
    const int64_t first = (w->chunk << CHUNK_SHIFT) + 1;
    for (int which = 0; which < COLUMN_COUNT; which++) {
        for (size_t i = 0; i < w->n; i++)
            w->values[which][i] = column_at(s->columns, which, first + (int64_t)i);
    }
    enum status st = columns_failed(s->columns, e);
    if (st == OK && sqlite3_prepare_v2(s->db,
                                       "INSERT OR REPLACE INTO column_chunk(id, min, max, scale,"
                                       " width, data) VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
                                       -1, &w->insert, NULL) != SQLITE_OK)
        st = db_fail(s, e, "store columns");
    if (st != OK) {
        free(w);
        return st;
    }
    *out = w;
    return OK;
}

void column_writer_free(struct column_writer *w)
{
    if (!w)
        return;
    sqlite3_finalize(w->insert);
    free(w);
}

static enum status store_chunk(struct column_writer *w, enum column which, struct err *e)
{
    const struct chunk k = chunk_pack(w->packed, w->values[which], w->n);
    sqlite3_bind_int64(w->insert, 1, chunk_id(which, w->chunk));
    sqlite3_bind_int64(w->insert, 2, k.min);
    sqlite3_bind_int64(w->insert, 3, k.max);
    sqlite3_bind_int64(w->insert, 4, k.scale);
    sqlite3_bind_int64(w->insert, 5, k.width);
    sqlite3_bind_blob(w->insert, 6, k.data, (int)(w->n * k.width), SQLITE_STATIC);
    return db_run(w->s, w->insert, "store columns", e);
}

enum status column_writer_end(struct column_writer *w, struct err *e)
{
    enum status st = OK;
    for (int which = 0; which < COLUMN_COUNT && w->n && st == OK; which++)
        st = store_chunk(w, which, e);
    return st;
}

enum status column_writer_add(struct column_writer *w, const int64_t values[COLUMN_COUNT],
                              struct err *e)
{
    for (int which = 0; which < COLUMN_COUNT; which++)
        w->values[which][w->n] = values[which];
    if (++w->n < COLUMN_CHUNK_ROWS)
        return OK;
    const enum status st = column_writer_end(w, e);
    w->chunk++;
    w->n = 0;
    return st;
}
