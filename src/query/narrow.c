/* Running filters: each kind keeps the rows of a set for which it holds. See filter.h. */
#include "filter.h"

#include <stdlib.h>

#include "regex.h"
#include "script.h"
#include "texts.h"
#include "utf8.h"
#include "words.h"

enum { STOP_EVERY = 1 << 6 }; /* texts: one can cost a regular expression some milliseconds */

/* ---- columns -------------------------------------------------------------------------------- */

int64_t plan_wall_ms(const struct plan *p, int64_t row)
{
    struct columns *c = store_columns(p->store);
    if (TRAIT_BASIS(column_at(c, COLUMN_TRAITS, row)) == BASIS_NONE)
        return TIME_NONE;
    const int64_t utc = column_at(c, COLUMN_TIME, row);
    const int64_t offset =
        p->q->zone ? zone_offset_min(p->q->zone, utc) : column_at(c, COLUMN_OFFSET, row);
    return utc + offset * MS_PER_MINUTE;
}

static bool clock_holds(const struct plan *p, const struct filter *f, int64_t row)
{
    const int64_t wall = plan_wall_ms(p, row);
    if (wall == TIME_NONE)
        return false;
    const struct field_value *v = &f->node->value;
    if (f->mask)
        return f->mask >> civil_weekday(wall) & 1;
    const int64_t clock = (wall % MS_PER_DAY + MS_PER_DAY) % MS_PER_DAY;
    if (v->from_clock_ms <= v->to_clock_ms)
        return clock >= v->from_clock_ms && clock <= v->to_clock_ms;
    return clock >= v->from_clock_ms || clock <= v->to_clock_ms;
}

static bool wall_holds(const struct plan *p, const struct date_range *r, int64_t row)
{
    const int64_t wall = plan_wall_ms(p, row);
    return wall != TIME_NONE && (r->from_ms == TIME_NONE || wall >= r->from_ms) &&
           (r->to_ms == TIME_NONE || wall < r->to_ms);
}

static bool id_holds(const struct filter *f, int64_t id)
{
    size_t low = 0, high = f->id_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (f->ids[middle] < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < f->id_count && f->ids[low] == id;
}

static bool column_holds(const struct plan *p, const struct filter *f, int64_t row)
{
    struct columns *c = store_columns(p->store);
    if (f->kind == FILTER_WALL)
        return wall_holds(p, &f->node->value.range, row);
    if (f->kind == FILTER_CLOCK)
        return clock_holds(p, f, row);
    if (f->kind == FILTER_TRAITS)
        return ((uint64_t)column_at(c, COLUMN_TRAITS, row) & f->mask) == f->value;
    const int64_t id = column_at(c, f->column, row);
    return f->id_count == 1 ? f->ids[0] == id : id_holds(f, id);
}

/* True if no row of the chunk can hold, by the smallest and largest value in it. */
static bool chunk_is_out(const struct filter *f, struct columns *c, int64_t row,
                         struct row_range *rows)
{
    if (f->kind == FILTER_IDS) {
        const struct column_extent x = column_extent_at(c, f->column, row);
        *rows = x.rows;
        for (size_t i = 0; i < f->id_count; i++)
            if (f->ids[i] >= x.min && f->ids[i] <= x.max)
                return false;
        return true;
    }
    const struct column_extent x = column_extent_at(c, COLUMN_TIME, row);
    *rows = x.rows;
    if (f->kind != FILTER_WALL)
        return false;
    const struct date_range *r = &f->node->value.range;
    return (r->from_ms != TIME_NONE && x.max + MS_PER_DAY < r->from_ms) ||
           (r->to_ms != TIME_NONE && x.min - MS_PER_DAY >= r->to_ms);
}

static enum status narrow_column(struct plan *p, const struct filter *f, struct rowset *rows,
                                 struct err *e)
{
    struct columns *c = store_columns(p->store);
    for (int64_t row = rowset_from(rows, 1); row;) {
        struct row_range chunk;
        if (chunk_is_out(f, c, row, &chunk)) {
            rowset_remove_range(rows, (struct row_range){row, chunk.last});
            row = rowset_from(rows, chunk.last + 1);
            continue;
        }
        for (; row && row <= chunk.last; row = rowset_from(rows, row + 1))
            if (!column_holds(p, f, row))
                rowset_remove(rows, row);
    }
    return columns_failed(c, e);
}

static void narrow_row(const struct filter *f, struct rowset *rows)
{
    const bool in = f->row >= 1 && f->row <= rows->rows && rowset_has(rows, f->row);
    rowset_remove_range(rows, (struct row_range){1, rows->rows});
    if (in)
        rowset_add(rows, f->row);
}

/* ---- sets ----------------------------------------------------------------------------------- */

static enum status narrow_match(struct plan *p, const struct filter *f, struct rowset *rows,
                                struct err *e)
{
    struct rowset hits = rowset_new(rows->rows);
    const enum status st = index_collect(p, f, &hits, e);
    rowset_keep(rows, &hits);
    rowset_free(&hits);
    return st;
}

static enum status narrow_sql(struct plan *p, const struct filter *f, struct rowset *rows,
                              struct err *e)
{
    struct rowset hits = rowset_new(rows->rows);
    const enum status st = index_sql(p, f->sql, f->row, &hits, e);
    rowset_keep(rows, &hits);
    rowset_free(&hits);
    return st;
}

/* ---- looks into the text -------------------------------------------------------------------- */

struct look {
    const struct filter *f;
    struct arena a; /* of one message */
    bool holds;
};

static enum status look_for_regex(struct look *l, str text, struct err *e)
{
    size_t at = 0;
    struct span span;
    return regex_next(l->f->node->regex, text, &at, &span, &l->holds, e);
}

static bool text_holds(const struct filter *f, str text, struct arena *a)
{
    if (f->kind == FILTER_BYTES)
        return bytes_match(text, f->node->raw, NULL);
    if (f->kind == FILTER_URL)
        return url_match(text, f->node->value.text, NULL);
    if (f->kind == FILTER_SCRIPT)
        return script_occurs(text, (int)f->node->value.number);
    if (f->kind == FILTER_LENGTH) {
        const int64_t length = (int64_t)utf8_count(text);
        return f->node->value.above ? length > f->node->value.number
                                    : length < f->node->value.number;
    }
    const struct words w = words_of(a, text);
    if (f->kind == FILTER_NEAR)
        return words_near(
            a, &w, &(struct near){f->texts[0], f->texts[1], f->distance, f->node->ordered}, NULL);
    if (f->kind == FILTER_WINDOW)
        return words_window(a, &w, &f->texts[0], NULL);
    return words_match(&w, &f->node->text, NULL);
}

static enum status look_into(struct look *l, str text, struct err *e)
{
    if (l->f->kind == FILTER_REGEX)
        return look_for_regex(l, text, e);
    l->holds = text_holds(l->f, text, &l->a);
    arena_clear(&l->a);
    return OK;
}

static enum status narrow_text(struct plan *p, const struct filter *f, bool covered,
                               struct rowset *rows, struct err *e)
{
    enum status st = OK;
    if (!covered && f->match.n)
        st = narrow_match(p, f, rows, e);
    struct texts texts = {.store = p->store};
    struct look look = {.f = f};
    size_t n = 0;
    for (int64_t row = rowset_from(rows, 1); row && st == OK; row = rowset_from(rows, row + 1)) {
        str text;
        st = texts_get(&texts, row, &text, e);
        if (st == OK)
            st = look_into(&look, text, e);
        if (st == OK && !look.holds)
            rowset_remove(rows, row);
        if (++n % STOP_EVERY == 0 && plan_stopped(p, e))
            st = ERR_STOPPED;
    }
    arena_free(&look.a);
    texts_close(&texts);
    return st;
}

/* ---- operators ------------------------------------------------------------------------------ */

/* That of an operator is that of its dearest kid. */
static int cost_of(const struct filter *f)
{
    int most = 0;
    switch (f->kind) {
    case FILTER_ALL:
    case FILTER_ROW: return 0;
    case FILTER_WALL:
    case FILTER_CLOCK:
    case FILTER_TRAITS:
    case FILTER_IDS: return 1;
    case FILTER_MATCH:
    case FILTER_SQL: return 2;
    case FILTER_GAP: return 3;
    case FILTER_THREAD:
    case FILTER_SAME: return 8; /* the kids are searches of their own */
    case FILTER_SPELLED:
    case FILTER_NEAR:
    case FILTER_WINDOW:
    case FILTER_BYTES:
    case FILTER_URL:
    case FILTER_SCRIPT:
    case FILTER_LENGTH: return 9;
    case FILTER_REGEX: return 10;
    case FILTER_AND:
    case FILTER_OR:
    case FILTER_NOT: break;
    }
    for (size_t i = 0; i < f->kid_count; i++)
        most = f->kids[i]->cost > most ? f->kids[i]->cost : most;
    return most;
}

bool filter_reads_texts(const struct filter *f)
{
    enum { CHEAP_MAX = 7 };
    return f->cost > CHEAP_MAX;
}

static int by_cost(const void *a, const void *b)
{
    const struct filter *const *x = a, *const *y = b;
    return (*x)->cost - (*y)->cost;
}

void filter_order(struct filter *f)
{
    for (size_t i = 0; i < f->kid_count; i++)
        filter_order(f->kids[i]);
    if (f->kind == FILTER_AND)
        qsort(f->kids, f->kid_count, sizeof *f->kids, by_cost);
    f->cost = cost_of(f);
}

bool filter_is_answered(const struct filter *parent, const struct filter *kid)
{
    if (kid->exact)
        return true;
    return parent->excludes && kid->kind == FILTER_NOT && kid->kids[0]->exact;
}

static enum status narrow_and(struct plan *p, const struct filter *f, bool covered,
                              struct rowset *rows, struct err *e)
{
    enum status st = OK;
    if (!covered && f->match.n)
        st = narrow_match(p, f, rows, e);
    for (size_t i = 0; i < f->kid_count && st == OK; i++)
        if (!f->match.n || !filter_is_answered(f, f->kids[i]))
            st = filter_narrow(p, f->kids[i], f->match.n > 0, rows, e);
    return st;
}

/* Each operand is asked only about the rows that no operand before it took. */
static enum status narrow_or(struct plan *p, const struct filter *f, struct rowset *rows,
                             struct err *e)
{
    struct rowset taken = rowset_new(rows->rows);
    enum status st = OK;
    for (size_t i = 0; i < f->kid_count && st == OK; i++) {
        struct rowset some = rowset_copy(rows);
        st = filter_narrow(p, f->kids[i], false, &some, e);
        rowset_unite(&taken, &some);
        rowset_minus(rows, &some);
        rowset_free(&some);
    }
    rowset_free(rows);
    *rows = taken;
    return st;
}

static enum status narrow_not(struct plan *p, const struct filter *f, struct rowset *rows,
                              struct err *e)
{
    struct rowset some = rowset_copy(rows);
    const enum status st = filter_narrow(p, f->kids[0], false, &some, e);
    rowset_minus(rows, &some);
    rowset_free(&some);
    return st;
}

enum status filter_narrow(struct plan *p, const struct filter *f, bool covered, struct rowset *rows,
                          struct err *e)
{
    if (f->exact)
        return covered ? OK : narrow_match(p, f, rows, e);
    switch (f->kind) {
    case FILTER_ALL: return OK;
    case FILTER_AND: return narrow_and(p, f, covered, rows, e);
    case FILTER_OR: return narrow_or(p, f, rows, e);
    case FILTER_NOT: return narrow_not(p, f, rows, e);
    case FILTER_ROW: narrow_row(f, rows); return OK;
    case FILTER_WALL:
    case FILTER_CLOCK:
    case FILTER_TRAITS:
    case FILTER_IDS: return narrow_column(p, f, rows, e);
    case FILTER_MATCH: return narrow_match(p, f, rows, e);
    case FILTER_SQL: return run_whole(p, f, narrow_sql, rows, e);
    case FILTER_GAP: return run_whole(p, f, gap_narrow, rows, e);
    case FILTER_THREAD: return run_whole(p, f, thread_narrow, rows, e);
    case FILTER_SAME: return run_whole(p, f, same_narrow, rows, e);
    case FILTER_SPELLED:
    case FILTER_NEAR:
    case FILTER_WINDOW:
    case FILTER_REGEX:
    case FILTER_BYTES:
    case FILTER_URL:
    case FILTER_SCRIPT:
    case FILTER_LENGTH: return narrow_text(p, f, covered, rows, e);
    }
    return OK;
}
