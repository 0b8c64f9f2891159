/*
 * Where the messages of a source stand in it: its rows, found by the column of sources because rows of
 * others may stand between them, and the places that are witnesses of rows of others.
 */
#include <stdlib.h>
#include <string.h>

#include "db.h"

struct places {
    struct arena *arena;
    struct place *items;
    size_t count, cap;
};

static void add_place(struct places *p, sqlite3_stmt *q)
{
    if (p->count == p->cap) {
        p->cap = p->cap ? 2 * p->cap : 64;
        struct place *more = arena_array(p->arena, p->cap, sizeof *more);
        if (p->count)
            memcpy(more, p->items, p->count * sizeof *more);
        p->items = more;
    }
    const str member = db_text(q, 3);
    const str before = p->count ? p->items[p->count - 1].member : STR("");
    p->items[p->count++] =
        (struct place){.at = (uint64_t)sqlite3_column_int64(q, 0),
                       .row = sqlite3_column_int64(q, 1),
                       .nth = sqlite3_column_int(q, 2),
                       .member = str_eq(member, before) ? before : arena_dup(p->arena, member)};
}

static enum status add_row(struct store *s, struct places *p, int64_t row, struct err *e)
{
    sqlite3_stmt *q;
    enum status st = db_statement(s, SELECT_PLACE, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, row);
    const int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW)
        add_place(p, q);
    else if (rc != SQLITE_DONE)
        st = db_fail(s, e, "read a source's places");
    sqlite3_reset(q);
    return st;
}

static enum status add_rows(struct store *s, struct places *p, int64_t source_id,
                            const struct row_range *range, struct err *e)
{
    struct columns *c = s->columns;
    const int64_t last = range->last < columns_rows(c) ? range->last : columns_rows(c);
    enum status st = OK;
    for (int64_t row = range->first > 0 ? range->first : 1; row <= last && st == OK;) {
        const struct column_extent x = column_extent_at(c, COLUMN_SOURCE, row);
        const int64_t end = x.rows.last < last ? x.rows.last : last;
        const bool any = source_id >= x.min && source_id <= x.max;
        for (; any && row <= end && st == OK; row++) {
            if (column_at(c, COLUMN_SOURCE, row) == source_id)
                st = add_row(s, p, row, e);
        }
        row = end + 1;
    }
    return st == OK ? columns_failed(c, e) : st;
}

static enum status add_witnesses(struct store *s, struct places *p, int64_t source_id,
                                 struct err *e)
{
    sqlite3_stmt *q;
    enum status st = db_statement(s, SELECT_WITNESSES_OF, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, source_id);
    int rc;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW)
        add_place(p, q);
    if (rc != SQLITE_DONE)
        st = db_fail(s, e, "read a source's places");
    sqlite3_reset(q);
    return st;
}

static int in_order(const void *x, const void *y)
{
    const struct place *a = x, *b = y;
    const int by_member = str_cmp(a->member, b->member);
    if (by_member)
        return by_member;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static enum status range_of(struct store *s, int64_t source_id, struct row_range *out,
                            struct err *e)
{
    sqlite3_stmt *q;
    enum status st = db_statement(s, SELECT_SOURCE_ROWS, &q, e);
    if (st != OK)
        return st;
    *out = (struct row_range){1, 0};
    sqlite3_bind_int64(q, 1, source_id);
    const int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW)
        *out = (struct row_range){sqlite3_column_int64(q, 0), sqlite3_column_int64(q, 1)};
    else if (rc != SQLITE_DONE)
        st = db_fail(s, e, "read a source's places");
    sqlite3_reset(q);
    return st;
}

enum status store_places(struct store *s, int64_t source_id, struct arena *a, struct place **out,
                         size_t *count, struct err *e)
{
    struct places p = {.arena = a};
    struct row_range range;
    enum status st = s->fresh ? OK : range_of(s, source_id, &range, e);
    if (st == OK && !s->fresh)
        st = add_rows(s, &p, source_id, &range, e);
    if (st == OK && !s->fresh)
        st = add_witnesses(s, &p, source_id, e);
    if (p.count)
        qsort(p.items, p.count, sizeof *p.items, in_order);
    *out = p.items;
    *count = p.count;
    return st;
}
