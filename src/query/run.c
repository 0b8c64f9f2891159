/*
 * Running a plan. What is answered by the index and by columns is answered at once. Where texts have to
 * be read, and the caller would rather have a part than nothing, it runs in slices of the archive, from
 * the end that is shown first: when it is stopped, every hit of the slices that are done is known.
 * That holds for any tree, with NOT and OR in it too, because whether a row is a hit depends on that
 * row alone, or (thread:, same:, gap) on sets that are made once for the whole archive and kept.
 */
#include "filter.h"

#include <stdlib.h>

enum { SLICES = 64, SLICE_ROWS_MIN = 64 };

struct kept_rows {
    struct kept_rows *next;
    const struct filter *f;
    struct rowset rows;
};

void run_forget(struct plan *p)
{
    for (struct kept_rows *k = p->kept; k; k = k->next)
        rowset_free(&k->rows);
    p->kept = NULL;
}

static const struct rowset *kept_of(const struct plan *p, const struct filter *f)
{
    for (const struct kept_rows *k = p->kept; k; k = k->next)
        if (k->f == f)
            return &k->rows;
    return NULL;
}

static struct row_range whole_archive(const struct plan *p)
{
    return (struct row_range){1, columns_rows(store_columns(p->store))};
}

/* Their own searches are not cut into slices, and look at all rows. */
static enum status keep_whole(struct plan *p, const struct filter *f, narrow_rows *narrow,
                              struct err *e)
{
    const struct row_range slice = p->range, all = whole_archive(p);
    struct rowset rows = rowset_new(all.last);
    rowset_add_range(&rows, all);
    p->range = all;
    const enum status st = narrow(p, f, &rows, e);
    p->range = slice;
    if (st != OK) {
        rowset_free(&rows);
        return st;
    }
    struct kept_rows *k = arena_alloc(&p->arena, sizeof *k);
    *k = (struct kept_rows){p->kept, f, rows};
    p->kept = k;
    return OK;
}

enum status run_whole(struct plan *p, const struct filter *f, narrow_rows *narrow,
                      struct rowset *rows, struct err *e)
{
    if (!p->sliced)
        return narrow(p, f, rows, e);
    if (!kept_of(p, f)) {
        const enum status st = keep_whole(p, f, narrow, e);
        if (st != OK)
            return st;
    }
    rowset_keep(rows, kept_of(p, f));
    return OK;
}

/* ---- slices --------------------------------------------------------------------------------- */

static uint64_t length(struct row_range r)
{
    return r.first > r.last ? 0 : (uint64_t)(r.last - r.first + 1);
}

static struct row_range slice_of(struct row_range left, int64_t rows, bool newest)
{
    struct row_range s = left;
    if (newest && left.last - left.first >= rows)
        s.first = left.last - rows + 1;
    if (!newest && left.last - left.first >= rows)
        s.last = left.first + rows - 1;
    return s;
}

static enum status run_slice(struct plan *p, const struct rowset *rows, bool covered,
                             struct rowset *found, struct err *e)
{
    struct rowset some = rowset_copy(rows);
    rowset_remove_range(&some, (struct row_range){1, p->range.first - 1});
    rowset_remove_range(&some, (struct row_range){p->range.last + 1, some.rows});
    const enum status st = filter_narrow(p, p->root, covered, &some, e);
    if (st == OK)
        rowset_unite(found, &some);
    rowset_free(&some);
    return st;
}

/* `rows` becomes what was found; ERR_STOPPED leaves in it what is known. */
static enum status run_slices(struct plan *p, bool covered, struct rowset *rows, struct err *e)
{
    const struct row_range all = p->range;
    const bool newest = p->o->sort == SORT_NEWEST;
    const int64_t share = (int64_t)length(all) / SLICES;
    const int64_t size = share < SLICE_ROWS_MIN ? SLICE_ROWS_MIN : share;
    struct rowset found = rowset_new(rows->rows);
    enum status st = OK;
    p->sliced = true;
    for (struct row_range left = all; length(left) && st == OK;) {
        p->range = slice_of(left, size, newest);
        st = run_slice(p, rows, covered, &found, e);
        if (st == OK)
            p->progress.looked += length(p->range);
        if (newest)
            left.last = p->range.first - 1;
        else
            left.first = p->range.last + 1;
    }
    p->sliced = false;
    p->range = all;
    run_forget(p);
    rowset_free(rows);
    *rows = found;
    return st;
}

static enum status find_rows(struct plan *p, struct rowset *rows, struct err *e)
{
    if (plan_stopped(p, e))
        return ERR_STOPPED;
    if (p->range.first > p->range.last)
        return OK;
    const bool covered = p->root->match.n > 0;
    enum status st = OK;
    if (covered)
        st = index_collect(p, p->root, rows, e);
    else
        rowset_add_range(rows, p->range);
    if (st == OK && p->o && p->o->keep_partial && filter_reads_texts(p->root))
        return run_slices(p, covered, rows, e);
    st = st == OK ? filter_narrow(p, p->root, covered, rows, e) : st;
    if (st != OK) /* a set half made is no answer */
        rowset_remove_range(rows, whole_archive(p));
    return st;
}

enum status plan_run(struct plan *p, const struct hit_options *o, struct err *e)
{
    if (p->ran)
        return OK;
    struct rowset rows = rowset_new(columns_rows(store_columns(p->store)));
    const struct hit_options *const before = p->o;
    p->o = o;
    p->progress = (struct search_progress){.of = length(p->range)};
    struct err why = {0};
    const enum status st = find_rows(p, &rows, &why);
    p->o = before;
    p->progress.partial = st == ERR_STOPPED && o && o->keep_partial;
    if (st != OK && !p->progress.partial) {
        rowset_free(&rows);
        if (e)
            *e = why;
        return st;
    }
    if (st == OK)
        p->progress.looked = p->progress.of;
    p->found = rows;
    p->ran = true;
    return OK;
}

struct search_progress plan_progress(const struct plan *p)
{
    return p->progress;
}
