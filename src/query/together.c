/*
 * Messages by what stands near them: thread:{A}, all messages of conversations in which A holds for
 * one; same:5m{A}{B}, messages of A or B that have one of the other within five minutes in their
 * conversation. The inner queries look at the whole archive, whatever dates stand outside.
 */
#include "filter.h"

#include <stdlib.h>

#include "order.h"

static enum status rows_of(struct plan *p, const struct filter *kid, struct rowset *out,
                           struct err *e)
{
    const struct row_range before = p->range;
    const struct row_range all = {1, columns_rows(store_columns(p->store))};
    *out = rowset_new(all.last);
    rowset_add_range(out, all);
    p->range = all;
    const enum status st = filter_narrow(p, kid, false, out, e);
    p->range = before;
    return st;
}

static int64_t greatest_conversation(struct columns *c)
{
    int64_t greatest = 0;
    for (int64_t row = 1; row <= columns_rows(c);) {
        const struct column_extent x = column_extent_at(c, COLUMN_CONVERSATION, row);
        greatest = x.max > greatest ? x.max : greatest;
        row = x.rows.last + 1;
    }
    return greatest;
}

enum status thread_narrow(struct plan *p, const struct filter *f, struct rowset *rows,
                          struct err *e)
{
    struct columns *c = store_columns(p->store);
    struct rowset inner;
    const enum status st = rows_of(p, f->kids[0], &inner, e);
    if (st == OK) {
        struct rowset in = rowset_new(greatest_conversation(c));
        for (int64_t row = rowset_from(&inner, 1); row; row = rowset_from(&inner, row + 1))
            rowset_add(&in, column_at(c, COLUMN_CONVERSATION, row));
        for (int64_t row = rowset_from(rows, 1); row; row = rowset_from(rows, row + 1))
            if (!rowset_has(&in, column_at(c, COLUMN_CONVERSATION, row)))
                rowset_remove(rows, row);
        rowset_free(&in);
    }
    rowset_free(&inner);
    return st == OK ? columns_failed(c, e) : st;
}

struct meeting {
    struct columns *c;
    const struct rowset *a, *b;
    int64_t within_ms;
    int64_t *last_a, *last_b; /* by conversation id; TIME_NONE: none yet */
    struct rowset *hits;
};

static bool near_in_time(const struct meeting *m, int64_t other_ms, int64_t ms)
{
    if (other_ms == TIME_NONE)
        return false;
    return (ms > other_ms ? ms - other_ms : other_ms - ms) <= m->within_ms;
}

static void meet(struct meeting *m, int64_t row)
{
    if (TRAIT_BASIS(column_at(m->c, COLUMN_TRAITS, row)) == BASIS_NONE)
        return;
    const int64_t ms = column_at(m->c, COLUMN_TIME, row);
    const int64_t conversation = column_at(m->c, COLUMN_CONVERSATION, row);
    const bool in_a = rowset_has(m->a, row), in_b = rowset_has(m->b, row);
    if (in_a)
        m->last_a[conversation] = ms;
    if (in_b)
        m->last_b[conversation] = ms;
    if ((in_a && near_in_time(m, m->last_b[conversation], ms)) ||
        (in_b && near_in_time(m, m->last_a[conversation], ms)))
        rowset_add(m->hits, row);
}

static void forget(struct meeting *m, size_t conversations)
{
    for (size_t i = 0; i < conversations; i++)
        m->last_a[i] = m->last_b[i] = TIME_NONE;
}

/* Once forwards, for those before, once backwards, for those behind. */
static void meet_all(struct meeting *m, const struct rowset *either, size_t conversations)
{
    struct order order = order_of(m->c, either);
    const size_t count = (size_t)rowset_count(either);
    int64_t *rows = calloc(count + 1, sizeof *rows);
    if (!rows)
        abort();
    size_t n = 0;
    forget(m, conversations);
    for (int64_t row; (row = order_next(&order)) != 0;)
        meet(m, rows[n++] = row);
    forget(m, conversations);
    while (n > 0)
        meet(m, rows[--n]);
    order_free(&order);
    free(rows);
}

enum status same_narrow(struct plan *p, const struct filter *f, struct rowset *rows, struct err *e)
{
    struct columns *c = store_columns(p->store);
    struct rowset a = {0}, b = {0};
    enum status st = rows_of(p, f->kids[0], &a, e);
    if (st == OK)
        st = rows_of(p, f->kids[1], &b, e);
    if (st == OK) {
        struct rowset either = rowset_copy(&a), hits = rowset_new(rows->rows);
        rowset_unite(&either, &b);
        const size_t conversations = (size_t)greatest_conversation(c) + 1;
        struct meeting m = {.c = c, .a = &a, .b = &b, .within_ms = f->distance, .hits = &hits};
        m.last_a = calloc(conversations, sizeof *m.last_a);
        m.last_b = calloc(conversations, sizeof *m.last_b);
        if (!m.last_a || !m.last_b)
            abort();
        meet_all(&m, &either, conversations);
        rowset_keep(rows, &hits);
        free(m.last_a);
        free(m.last_b);
        rowset_free(&either);
        rowset_free(&hits);
        st = columns_failed(c, e);
    }
    rowset_free(&a);
    rowset_free(&b);
    return st;
}
