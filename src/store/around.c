/*
 * The neighbours of a message in its own conversation.
 *
 * With row ids in order of time the neighbours are found by walking the conversation column outwards;
 * chunks in which the conversation does not occur are skipped, and its first and last row bound the
 * walk. Otherwise one pass over all its rows keeps the nearest on either side.
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

static void sweep(struct columns *c, int64_t conversation, int64_t row, struct side *before,
                  struct side *after)
{
    for (int64_t i = 1; i <= columns_rows(c);) {
        const struct column_extent x = column_extent_at(c, COLUMN_CONVERSATION, i);
        if (!occurs(&x, conversation)) {
            i = x.rows.last + 1;
            continue;
        }
        for (; i <= x.rows.last; i++) {
            if (i == row || column_at(c, COLUMN_CONVERSATION, i) != conversation)
                continue;
            if (compare_rows(c, i, row) < 0)
                keep_nearest(c, before, i, -1);
            else
                keep_nearest(c, after, i, 1);
        }
    }
}

static struct side side_of(struct arena *a, int wanted, int64_t rows)
{
    const int64_t max = wanted < 0 ? 0 : wanted < rows ? wanted : rows;
    return (struct side){.rows = arena_array(a, (size_t)max + 1, sizeof(int64_t)),
                         .max = (size_t)max};
}

enum status store_around(struct store *s, int64_t row, int before, int after, struct arena *a,
                         int64_t **rows, size_t *count, size_t *at, struct err *e)
{
    struct columns *c = s->columns;
    if (row < 1 || row > columns_rows(c))
        return fail(e, ERR_MISSING, "there is no message %lld", (long long)row);
    struct side back = side_of(a, before, columns_rows(c));
    struct side on = side_of(a, after, columns_rows(c));
    const int64_t conversation = column_at(c, COLUMN_CONVERSATION, row);
    if (columns_in_time_order(c)) {
        struct row_range bounds;
        const enum status st = bounds_of(s, conversation, &bounds, e);
        if (st != OK)
            return st;
        walk_back(c, conversation, row - 1, bounds.first, &back);
        walk_on(c, conversation, row + 1, bounds.last, &on);
    } else {
        sweep(c, conversation, row, &back, &on);
    }
    *count = back.count + 1 + on.count;
    *at = back.count;
    *rows = arena_array(a, *count, sizeof **rows);
    for (size_t i = 0; i < back.count; i++)
        (*rows)[i] = back.rows[back.count - 1 - i];
    (*rows)[back.count] = row;
    if (on.count)
        memcpy(*rows + back.count + 1, on.rows, on.count * sizeof **rows);
    return columns_failed(c, e);
}
