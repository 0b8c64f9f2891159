/* Making and counting a plan; see filter.h for what it consists of, run.c for how it runs. */
#include "filter.h"

#include <stdlib.h>

#include "lower.h"

static void bound_range(struct plan *p, const struct filter *f)
{
    struct row_range r = p->range;
    if (f->kind == FILTER_WALL) {
        const struct date_range *d = &f->node->value.range;
        /* In another zone the day begins at another time: a day more at both ends is enough. */
        const int64_t slack = p->q->zone ? 2 * MS_PER_DAY : 0;
        r = columns_wall_range(store_columns(p->store),
                               d->from_ms == TIME_NONE ? TIME_NONE : d->from_ms - slack,
                               d->to_ms == TIME_NONE ? TIME_NONE : d->to_ms + slack);
    } else if (f->kind == FILTER_ROW) {
        r = (struct row_range){f->row, f->row};
    }
    p->range.first = r.first > p->range.first ? r.first : p->range.first;
    p->range.last = r.last < p->range.last ? r.last : p->range.last;
}

static enum status build(struct plan *p, struct err *e)
{
    struct planner planner = {.plan = p};
    const enum status st = lower_node(&planner, p->q->root, &p->root, e);
    if (st != OK)
        return st;
    filter_cover(&p->arena, p->root);
    filter_order(p->root);
    p->range = (struct row_range){1, columns_rows(store_columns(p->store))};
    bound_range(p, p->root);
    if (p->root->kind == FILTER_AND)
        for (size_t i = 0; i < p->root->kid_count; i++)
            bound_range(p, p->root->kids[i]);
    return columns_failed(store_columns(p->store), e);
}

enum status plan_make(struct plan **out, const struct query *q, struct store *s, struct err *e)
{
    return plan_make_within(out, q, s, NULL, e);
}

enum status plan_make_within(struct plan **out, const struct query *q, struct store *s,
                             const struct hit_options *o, struct err *e)
{
    *out = NULL;
    struct plan *p = calloc(1, sizeof *p);
    if (!p)
        return fail(e, ERR_LIMIT, "out of memory");
    p->q = q;
    p->store = s;
    p->o = o;
    const enum status st = build(p, e);
    p->o = NULL;
    if (st != OK) {
        plan_free(p);
        return st;
    }
    *out = p;
    return OK;
}

void plan_free(struct plan *p)
{
    if (!p)
        return;
    rowset_free(&p->found);
    run_forget(p);
    arena_free(&p->arena);
    free(p);
}

enum status plan_count(struct plan *p, const struct hit_options *o, uint64_t *count, struct err *e)
{
    if (!p->ran && p->root->exact)
        return index_count(p, p->root->match, p->range, count, e);
    const enum status st = plan_run(p, o, e);
    if (st == OK)
        *count = rowset_count(&p->found);
    return st;
}

/* Earliest and latest by (time, row), where row ids are not in time order. */
static void find_ends(struct columns *c, const struct rowset *rows, struct hit_summary *out)
{
    int64_t first_ms = INT64_MAX, last_ms = INT64_MIN;
    for (int64_t row = rowset_from(rows, 1); row; row = rowset_from(rows, row + 1)) {
        const int64_t ms = column_at(c, COLUMN_TIME, row);
        if (ms < first_ms) {
            first_ms = ms;
            out->first_row = row;
        }
        if (ms >= last_ms) {
            last_ms = ms;
            out->last_row = row;
        }
    }
}

enum status plan_summary(struct plan *p, const struct hit_options *o, struct hit_summary *out,
                         struct err *e)
{
    *out = (struct hit_summary){0};
    const enum status st = plan_run(p, o, e);
    if (st != OK)
        return st;
    struct columns *c = store_columns(p->store);
    out->count = rowset_count(&p->found);
    if (!columns_in_time_order(c)) {
        find_ends(c, &p->found, out);
        return columns_failed(c, e);
    }
    out->first_row = rowset_from(&p->found, 1);
    out->last_row = rowset_back(&p->found, p->found.rows);
    return OK;
}
