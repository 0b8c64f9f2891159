/* One row of the archive, its neighbours in the conversation, its time as shown. */
#include "rows.h"

#include <assert.h>

static enum status read_around(struct store *s, struct reach reach, struct arena *arena,
                               struct view *out, struct err *e)
{
    int64_t *rows;
    size_t count, at;
    enum status st =
        store_around(s, out->message.row, reach.before, reach.after, arena, &rows, &count, &at, e);
    if (st != OK)
        return st;
    assert(at < count);
    struct stored *all = arena_array(arena, count, sizeof *all);
    for (size_t i = 0; i < count && st == OK; i++)
        if (i != at)
            st = store_message(s, rows[i], arena, &all[i], e);
    out->before = all;
    out->before_count = at;
    out->after = all + at + 1;
    out->after_count = count - at - 1;
    return st;
}

enum status row_view(struct store *s, int64_t row, struct reach reach, struct arena *arena,
                     struct view *out, struct err *e)
{
    *out = (struct view){0};
    const enum status st = store_message(s, row, arena, &out->message, e);
    if (st != OK || (reach.before <= 0 && reach.after <= 0))
        return st;
    return read_around(s, reach, arena, out, e);
}

enum status row_wall_ms(struct store *s, int64_t row, int64_t *wall_ms, struct err *e)
{
    struct columns *c = store_columns(s);
    *wall_ms = TIME_NONE;
    if (row < 1 || row > columns_rows(c))
        return OK;
    if (TRAIT_BASIS(column_at(c, COLUMN_TRAITS, row)) != BASIS_NONE)
        *wall_ms =
            column_at(c, COLUMN_TIME, row) + column_at(c, COLUMN_OFFSET, row) * MS_PER_MINUTE;
    return columns_failed(c, e);
}
