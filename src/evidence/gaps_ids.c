/* Numbers that a platform gave and that are not here. */
#include "gaps_parts.h"

#include "columns.h"
#include "numbered.h"

static int64_t wall_of(struct columns *c, int64_t row)
{
    if (TRAIT_BASIS(column_at(c, COLUMN_TRAITS, row)) == BASIS_NONE)
        return TIME_NONE;
    return column_at(c, COLUMN_TIME, row) + column_at(c, COLUMN_OFFSET, row) * MS_PER_MINUTE;
}

static void add_gap(struct looking *x, const struct numbered *before, const struct numbered *after)
{
    struct columns *const c = store_columns(x->store);
    struct gap_ids *const g = grown_add(&x->ids, x->arena, sizeof *g);
    *g = (struct gap_ids){.conversation_id = before->conversation_id,
                          .conversation = looking_title(x, before->conversation_id),
                          .first_id = before->number + 1,
                          .last_id = after->number - 1,
                          .before_row = before->row,
                          .after_row = after->row,
                          .before_wall_ms = wall_of(c, before->row),
                          .after_wall_ms = wall_of(c, after->row)};
}

/* The numbers of one conversation, in order. */
static void look_at(struct looking *x, const struct numbered *n, size_t count,
                    struct gap_conversation *counts)
{
    counts->ids = count ? 1 : 0;
    for (size_t i = 1; i < count; i++)
        counts->ids += n[i].number != n[i - 1].number;
    counts->id_span = (uint64_t)(n[count - 1].number - n[0].number) + 1;
    counts->dense = counts->ids >= GAPS_IDS_MIN &&
                    counts->ids >= counts->id_span / 100 * GAPS_DENSE_SHARE +
                                       counts->id_span % 100 * GAPS_DENSE_SHARE / 100;
    for (size_t i = 1; i < count && counts->dense; i++)
        if (n[i].number > n[i - 1].number + 1)
            add_gap(x, &n[i - 1], &n[i]);
}

enum status look_for_ids(struct looking *x, struct gap_conversation *counts, struct err *e)
{
    struct numbered *all;
    size_t count = 0, from = 0;
    const enum status st = store_numbered(x->store, x->arena, &all, &count, e);
    if (st != OK)
        return st;
    for (size_t i = 0; i < x->conversation_count; i++) {
        const int64_t id = x->conversations[i].id;
        while (from < count && all[from].conversation_id < id)
            from++;
        size_t to = from;
        while (to < count && all[to].conversation_id == id)
            to++;
        if (to > from)
            look_at(x, all + from, to - from, &counts[i]);
        from = to;
    }
    return columns_failed(store_columns(x->store), e);
}
