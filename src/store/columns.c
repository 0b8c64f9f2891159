/*
 * Reading columns: a table of chunks a column; a chunk's extent is read when it is first asked for,
 * its numbers when a value of it is. The memory is ours, so that a value costs two loads and a mask,
 * and stays until the archive is closed.
 */
#include "columns.h"
#include "civil.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "column_chunk.h"
#include "db.h"

struct columns {
    struct store *s;
    int64_t rows;
    bool in_time_order;
    size_t chunk_count;
    struct chunk *chunks[COLUMN_COUNT]; /* made when a column is first used */
    struct err failure;
};

struct columns *columns_of(struct store *s, int64_t rows, bool in_time_order)
{
    struct columns *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    c->s = s;
    c->rows = rows;
    c->in_time_order = in_time_order;
    c->chunk_count = (size_t)((rows + COLUMN_CHUNK_ROWS - 1) >> CHUNK_SHIFT);
    return c;
}

void columns_close(struct columns *c)
{
    if (!c)
        return;
    for (int which = 0; which < COLUMN_COUNT; which++) {
        for (size_t i = 0; c->chunks[which] && i < c->chunk_count; i++)
            free(c->chunks[which][i].data);
        free(c->chunks[which]);
    }
    free(c);
}

int64_t columns_rows(const struct columns *c)
{
    return c->rows;
}

bool columns_in_time_order(const struct columns *c)
{
    return c->in_time_order;
}

enum status columns_failed(const struct columns *c, struct err *e)
{
    if (c->failure.code == OK)
        return OK;
    return fail(e, c->failure.code, "%s", c->failure.msg);
}

static size_t rows_in_chunk(const struct columns *c, size_t chunk)
{
    const int64_t before = (int64_t)chunk << CHUNK_SHIFT;
    const int64_t left = c->rows - before;
    return left < COLUMN_CHUNK_ROWS ? (size_t)left : COLUMN_CHUNK_ROWS;
}

static bool valid_width(int64_t width)
{
    return (width >= 0 && width <= 4) || width == 8;
}

/* What stands in for a chunk that cannot be read: all zero, so that loops end. */
static void blank_chunk(struct chunk *k)
{
    free(k->data);
    *k = (struct chunk){.scale = 1, .data = calloc(1, CHUNK_PADDING)};
    if (!k->data)
        abort();
}

static void chunk_failed(struct columns *c, enum column which, size_t chunk, int rc)
{
    if (rc == SQLITE_ROW || rc == SQLITE_DONE)
        fail(&c->failure, ERR_DB, "%s is damaged: chunk %zu of column %d cannot be used",
             c->s->path, chunk, (int)which);
    else
        db_fail(c->s, &c->failure, "read a column of the archive");
    blank_chunk(&c->chunks[which][chunk]);
}

static bool read_extent(struct chunk *k, sqlite3_stmt *q, size_t rows)
{
    (void)rows;
    k->min = sqlite3_column_int64(q, 0);
    k->max = sqlite3_column_int64(q, 1);
    k->scale = sqlite3_column_int64(q, 2);
    const int64_t width = sqlite3_column_int64(q, 3);
    if (!valid_width(width))
        return false;
    k->width = (unsigned)width;
    return true;
}

static bool read_data(struct chunk *k, sqlite3_stmt *q, size_t rows)
{
    const void *data = sqlite3_column_blob(q, 0);
    const size_t size = rows * k->width;
    if ((size_t)sqlite3_column_bytes(q, 0) < size)
        return false;
    k->data = malloc(size + CHUNK_PADDING);
    if (!k->data)
        abort();
    if (size)
        memcpy(k->data, data, size);
    memset(k->data + size, 0, CHUNK_PADDING);
    return true;
}

typedef bool chunk_reader(struct chunk *k, sqlite3_stmt *q, size_t rows);

static void read_chunk(struct columns *c, enum column which, size_t chunk, enum statement select,
                       chunk_reader *read)
{
    sqlite3_stmt *q;
    if (db_statement(c->s, select, &q, &c->failure) != OK) {
        blank_chunk(&c->chunks[which][chunk]);
        return;
    }
    sqlite3_bind_int64(q, 1, chunk_id(which, (int64_t)chunk));
    const int rc = sqlite3_step(q);
    if (rc != SQLITE_ROW || !read(&c->chunks[which][chunk], q, rows_in_chunk(c, chunk)))
        chunk_failed(c, which, chunk, rc);
    sqlite3_reset(q);
}

static void make_column(struct columns *c, enum column which)
{
    c->chunks[which] = calloc(c->chunk_count, sizeof(struct chunk));
    if (!c->chunks[which])
        abort();
    for (size_t i = 0; i < c->chunk_count; i++)
        c->chunks[which][i].width = CHUNK_ABSENT;
}

/* The chunk with its extent, its numbers perhaps not yet read. */
static struct chunk *chunk_head(struct columns *c, enum column which, int64_t row)
{
    assert(row >= 1 && row <= c->rows);
    const size_t chunk = (size_t)(row - 1) >> CHUNK_SHIFT;
    if (!c->chunks[which])
        make_column(c, which);
    struct chunk *k = &c->chunks[which][chunk];
    if (k->width == CHUNK_ABSENT)
        read_chunk(c, which, chunk, SELECT_EXTENT, read_extent);
    return k;
}

static const struct chunk *load_chunk(struct columns *c, enum column which, int64_t row)
{
    struct chunk *k = chunk_head(c, which, row);
    if (!k->data)
        read_chunk(c, which, (size_t)(row - 1) >> CHUNK_SHIFT, SELECT_CHUNK, read_data);
    return k;
}

static const struct chunk *chunk_of(struct columns *c, enum column which, int64_t row)
{
    assert(row >= 1 && row <= c->rows);
    const struct chunk *k = c->chunks[which];
    if (k && k[(row - 1) >> CHUNK_SHIFT].data)
        return &k[(row - 1) >> CHUNK_SHIFT];
    return load_chunk(c, which, row);
}

int64_t column_at(struct columns *c, enum column which, int64_t row)
{
    return chunk_value(chunk_of(c, which, row), (size_t)(row - 1) & (COLUMN_CHUNK_ROWS - 1));
}

struct column_extent column_extent_at(struct columns *c, enum column which, int64_t row)
{
    const struct chunk *k = chunk_head(c, which, row);
    const int64_t first = (((row - 1) >> CHUNK_SHIFT) << CHUNK_SHIFT) + 1;
    const int64_t last = first + (int64_t)rows_in_chunk(c, (size_t)(row - 1) >> CHUNK_SHIFT) - 1;
    return (struct column_extent){.min = k->min, .max = k->max, .rows = {first, last}};
}

/* The first row whose UTC is not before `utc_ms`; rows + 1 if there is none. In time order only. */
static int64_t lower_bound(struct columns *c, int64_t utc_ms)
{
    int64_t low = 1, high = c->rows + 1;
    while (low < high) {
        const int64_t middle = low + (high - low) / 2;
        if (column_at(c, COLUMN_TIME, middle) < utc_ms)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Offsets of all chunks that hold rows of `r`. */
static struct column_extent offset_extent(struct columns *c, struct row_range r)
{
    struct column_extent all = {.min = INT64_MAX, .max = INT64_MIN};
    for (int64_t row = r.first; row <= r.last;) {
        const struct column_extent x = column_extent_at(c, COLUMN_OFFSET, row);
        all.min = x.min < all.min ? x.min : all.min;
        all.max = x.max > all.max ? x.max : all.max;
        row = x.rows.last + 1;
    }
    return all;
}

struct row_range columns_wall_range(struct columns *c, int64_t from_ms, int64_t to_ms)
{
    /* Rows are in order of UTC, the bounds are of clocks: widen by a day, the most that clocks are
       apart, then narrow by the offsets that really occur there, and cut off at both ends what does
       not lie inside. */
    struct row_range r = {1, c->rows};
    if (!c->in_time_order || c->rows == 0)
        return r;
    if (from_ms != TIME_NONE)
        r.first = lower_bound(c, from_ms - MS_PER_DAY);
    if (to_ms != TIME_NONE)
        r.last = lower_bound(c, to_ms + MS_PER_DAY) - 1;
    if (r.first > r.last)
        return r;
    const struct column_extent x = offset_extent(c, r);
    if (from_ms != TIME_NONE)
        r.first = lower_bound(c, from_ms - x.max * MS_PER_MINUTE);
    if (to_ms != TIME_NONE)
        r.last = lower_bound(c, to_ms - x.min * MS_PER_MINUTE) - 1;
    return r;
}
