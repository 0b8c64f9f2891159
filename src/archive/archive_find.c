/* The facade: finding one message, by number, by the answer to it, by its time. */
#include "archive.h"

enum status archive_message(struct archive *a, int64_t row, struct arena *arena,
                            struct stored *out, struct err *e)
{
    return store_message(archive_store(a), row, arena, out, e);
}

enum status archive_replied(struct archive *a, const struct stored *s, int64_t *row, struct err *e)
{
    *row = 0;
    if (!s->message.reply_to.n)
        return OK;
    return store_replied(archive_store(a), s->conversation_id, s->message.reply_to, row, e);
}

/* Rows are looked at from the first that can be late enough; order of rows need not be that of time. */
enum status archive_row_at(struct archive *a, int64_t conversation_id, int64_t wall_ms,
                           int64_t *row, struct err *e)
{
    struct columns *c = store_columns(archive_store(a));
    const struct row_range all = columns_wall_range(c, wall_ms, TIME_NONE);
    int64_t best_ms = INT64_MAX, last_ms = INT64_MIN, last = 0;
    *row = 0;
    for (int64_t r = columns_in_time_order(c) ? all.first : 1; r <= columns_rows(c); r++) {
        const struct column_extent x = column_extent_at(c, COLUMN_CONVERSATION, r);
        if (conversation_id < x.min || conversation_id > x.max) {
            r = x.rows.last;
            continue;
        }
        if (column_at(c, COLUMN_CONVERSATION, r) != conversation_id ||
            TRAIT_BASIS(column_at(c, COLUMN_TRAITS, r)) == BASIS_NONE)
            continue;
        const int64_t ms =
            column_at(c, COLUMN_TIME, r) + column_at(c, COLUMN_OFFSET, r) * MS_PER_MINUTE;
        if (ms >= wall_ms && ms < best_ms) {
            best_ms = ms;
            *row = r;
            if (columns_in_time_order(c))
                break;
        }
        if (ms > last_ms) {
            last_ms = ms;
            last = r;
        }
    }
    if (!*row)
        *row = last;
    return columns_failed(c, e);
}
