/*
 * The neighbours of a message in its own conversation.
 *
 * With row ids in order of time the neighbours are found by walking the conversation column outwards;
 * chunks in which the conversation does not occur are skipped, and its first and last row bound the
 * walk. Otherwise the chunks whose time comes near are searched for the nearest on either side.
 */
#include <string.h>

#include "db.h"

/* Rows on one side, the nearest first. */
struct side {
    int64_t *rows;
    size_t count, max;
};

static enum status bounds_of(struct store *s, int64_t conversation, struct row_range *out,
                             struct err *e)
{
    sqlite3_stmt *q;
    enum status st = db_statement(s, SELECT_CONVERSATION_BOUNDS, &q, e);
    if (st != OK)
        return st;
    *out = (struct row_range){1, columns_rows(s->columns)};
    sqlite3_bind_int64(q, 1, conversation);
    const int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW && sqlite3_column_int64(q, 0) >= 1 &&
        sqlite3_column_int64(q, 1) <= out->last)
        *out = (struct row_range){sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1)};
    else if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        st = db_fail(s, e, "read a conversation");
    sqlite3_reset(q);
    return st;
}

static bool occurs(const struct column_extent *x, int64_t value)
{
    return x->min <= value && value <= x->max;
}

static void walk_back(struct columns *c, int64_t conversation, int64_t row, int64_t first,
                      struct side *out)
{
    while (row >= first && out->count < out->max) {
        const struct column_extent x = column_extent_at(c, COLUMN_CONVERSATION, row);
        if (!occurs(&x, conversation)) {
            row = x.rows.first - 1;
            continue;
        }
        for (; row >= x.rows.first && row >= first && out->count < out->max; row--) {
            if (column_at(c, COLUMN_CONVERSATION, row) == conversation)
                out->rows[out->count++] = row;
        }
    }
}

static void walk_on(struct columns *c, int64_t conversation, int64_t row, int64_t last,
                    struct side *out)
{
    while (row <= last && out->count < out->max) {
        const struct column_extent x = column_extent_at(c, COLUMN_CONVERSATION, row);
        if (!occurs(&x, conversation)) {
            row = x.rows.last + 1;
            continue;
        }
        for (; row <= x.rows.last && row <= last && out->count < out->max; row++) {
            if (column_at(c, COLUMN_CONVERSATION, row) == conversation)
                out->rows[out->count++] = row;
        }
    }
}

/* Order of (time, row). */
static int compare_rows(struct columns *c, int64_t a, int64_t b)
{
    const int64_t at = column_at(c, COLUMN_TIME, a), bt = column_at(c, COLUMN_TIME, b);
    if (at != bt)
        return at < bt ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* Keeps `row` among the nearest: `sign` is 1 for the side of later rows, -1 for earlier ones. */
static void keep_nearest(struct columns *c, struct side *side, int64_t row, int sign)
{
    size_t at = side->count;
    if (side->max == 0)
        return;
    if (at == side->max) {
        if (sign * compare_rows(c, row, side->rows[at - 1]) > 0)
            return;
        at--;
    } else {
        side->count++;
    }
    for (; at > 0 && sign * compare_rows(c, row, side->rows[at - 1]) < 0; at--)
        side->rows[at] = side->rows[at - 1];
    side->rows[at] = row;
}

/* What is looked for: the row, its conversation and time, and the nearest so far. Nothing before
   low_ms or after high_ms can be nearer; rows of these very times may, by their ids. */
struct hunt {
    struct columns *c;
    int64_t row, conversation, time_ms;
    struct side before, after;
    int64_t low_ms, high_ms;
};

/* The time of the farthest row kept on a side that is full; `open` while there is room. */
static int64_t farthest(const struct hunt *h, const struct side *side, int64_t open)
{
    if (side->count < side->max)
        return open;
    return side->max ? column_at(h->c, COLUMN_TIME, side->rows[side->max - 1]) : h->time_ms;
}

static void consider(struct hunt *h, int64_t row)
{
    if (compare_rows(h->c, row, h->row) < 0)
        keep_nearest(h->c, &h->before, row, -1);
    else
        keep_nearest(h->c, &h->after, row, 1);
    h->low_ms = farthest(h, &h->before, INT64_MIN);
    h->high_ms = farthest(h, &h->after, INT64_MAX);
}

/* All rows of the chunk that begins at `first`, unless its extents say that it holds none nearer. */
static void search_chunk(struct hunt *h, int64_t first)
{
    const struct column_extent x = column_extent_at(h->c, COLUMN_CONVERSATION, first);
    const struct column_extent t = column_extent_at(h->c, COLUMN_TIME, first);
    if (!occurs(&x, h->conversation) || t.max < h->low_ms || t.min > h->high_ms)
        return;
    for (int64_t row = first; row <= x.rows.last; row++) {
        const int64_t ms = column_at(h->c, COLUMN_TIME, row);
        if (ms >= h->low_ms && ms <= h->high_ms && row != h->row &&
            column_at(h->c, COLUMN_CONVERSATION, row) == h->conversation)
            consider(h, row);
    }
}

/* The row's own chunk first: it mostly fills both sides with rows near in time, so that few of the
   others are worth reading. */
static void search_all(struct hunt *h)
{
    const int64_t own = column_extent_at(h->c, COLUMN_CONVERSATION, h->row).rows.first;
    search_chunk(h, own);
    for (int64_t first = own + COLUMN_CHUNK_ROWS; first <= columns_rows(h->c);
         first += COLUMN_CHUNK_ROWS)
        search_chunk(h, first);
    for (int64_t first = own - COLUMN_CHUNK_ROWS; first >= 1; first -= COLUMN_CHUNK_ROWS)
        search_chunk(h, first);
}

static struct side side_of(struct arena *a, int wanted, int64_t rows)
{
    const int64_t max = wanted < 0 ? 0 : wanted < rows ? wanted : rows;
    return (struct side){.rows = arena_array(a, (size_t)max + 1, sizeof(int64_t)),
                         .max = (size_t)max};
}

/* Earlier rows, the row, later rows. */
static int64_t *join(const struct hunt *h, struct arena *a, size_t *count, size_t *at)
{
    *count = h->before.count + 1 + h->after.count;
    *at = h->before.count;
    int64_t *rows = arena_array(a, *count, sizeof *rows);
    for (size_t i = 0; i < *at; i++)
        rows[i] = h->before.rows[*at - 1 - i];
    rows[*at] = h->row;
    if (h->after.count)
        memcpy(rows + *at + 1, h->after.rows, h->after.count * sizeof *rows);
    return rows;
}

enum status store_around(struct store *s, int64_t row, int before, int after, struct arena *a,
                         int64_t **rows, size_t *count, size_t *at, struct err *e)
{
    struct columns *c = s->columns;
    if (row < 1 || row > columns_rows(c))
        return fail(e, ERR_MISSING, "there is no message %lld", (long long)row);
    struct hunt h = {.c = c,
                     .row = row,
                     .conversation = column_at(c, COLUMN_CONVERSATION, row),
                     .time_ms = column_at(c, COLUMN_TIME, row),
                     .before = side_of(a, before, columns_rows(c)),
                     .after = side_of(a, after, columns_rows(c)),
                     .low_ms = INT64_MIN,
                     .high_ms = INT64_MAX};
    if (columns_in_time_order(c)) {
        struct row_range bounds;
        const enum status st = bounds_of(s, h.conversation, &bounds, e);
        if (st != OK)
            return st;
        walk_back(c, h.conversation, row - 1, bounds.first, &h.before);
        walk_on(c, h.conversation, row + 1, bounds.last, &h.after);
    } else {
        search_all(&h);
    }
    *rows = join(&h, a, count, at);
    return columns_failed(c, e);
}
