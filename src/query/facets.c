/*
 * Counting hits by sender, conversation, source or calendar unit. Ids are small and dense: an array
 * counts them. Units are found by their bounds, and as neighbours in time are mostly in the same
 * unit, the last one is tried first.
 */
#include "filter.h"

#include <stdlib.h>

struct unit {
    int64_t from_ms, to_ms;
    uint64_t count;
};

struct counts {
    struct unit *p; /* ascending */
    size_t count, cap, last;
};

static int most_first(const void *a, const void *b)
{
    const struct facet *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return (x->key > y->key) - (x->key < y->key);
}

/* ---- ids ------------------------------------------------------------------------------------ */

static int64_t greatest_id(struct columns *c, enum column column)
{
    int64_t greatest = 0;
    for (int64_t row = 1; row <= columns_rows(c);) {
        const struct column_extent x = column_extent_at(c, column, row);
        greatest = x.max > greatest ? x.max : greatest;
        row = x.rows.last + 1;
    }
    return greatest;
}

static void count_ids(struct plan *p, enum column column, struct facet **out, size_t *count)
{
    struct columns *c = store_columns(p->store);
    const size_t ids = (size_t)greatest_id(c, column) + 1;
    struct facet *facets = calloc(ids, sizeof *facets);
    if (!facets)
        abort();
    for (int64_t row = rowset_from(&p->found, 1); row; row = rowset_from(&p->found, row + 1)) {
        const int64_t id = column_at(c, column, row);
        if (id >= 0 && (size_t)id < ids)
            facets[id].count++;
    }
    size_t n = 0;
    for (size_t id = 0; id < ids; id++)
        if (facets[id].count)
            facets[n++] = (struct facet){(int64_t)id, facets[id].count};
    qsort(facets, n, sizeof *facets, most_first);
    *out = facets;
    *count = n;
}

/* ---- kinds and flags ------------------------------------------------------------------------ */

enum { TRAITS_MAX = 32 };

static void count_traits(struct plan *p, enum facet_by by, struct facet **out, size_t *count)
{
    struct columns *c = store_columns(p->store);
    uint64_t counts[TRAITS_MAX] = {0};
    struct facet *facets = calloc(TRAITS_MAX, sizeof *facets);
    if (!facets)
        abort();
    for (int64_t row = rowset_from(&p->found, 1); row; row = rowset_from(&p->found, row + 1)) {
        const int64_t traits = column_at(c, COLUMN_TRAITS, row);
        if (by == FACET_KIND)
            counts[TRAIT_KIND(traits)]++;
        for (uint32_t flags = by == FACET_FLAG ? TRAIT_FLAGS(traits) : 0, bit = 0; flags;
             flags >>= 1, bit++)
            counts[bit] += flags & 1;
    }
    for (int i = 0; i < TRAITS_MAX; i++)
        if (counts[i])
            facets[(*count)++] = (struct facet){by == FACET_KIND ? i : (int64_t)1 << i, counts[i]};
    qsort(facets, *count, sizeof *facets, most_first);
    *out = facets;
}

/* ---- units ---------------------------------------------------------------------------------- */

static struct unit unit_of(enum facet_by by, int64_t wall_ms)
{
    struct civil c = civil_from_ms(wall_ms);
    const struct civil from = {.year = c.year,
                               .month = by == FACET_YEAR ? 1 : c.month,
                               .day = by == FACET_DAY ? c.day : 1};
    struct unit u = {.from_ms = civil_to_ms(&from)};
    int days = 1;
    if (by == FACET_MONTH)
        days = civil_days_in_month(c.year, c.month);
    if (by == FACET_YEAR)
        days = 337 + civil_days_in_month(c.year, 2);
    u.to_ms = u.from_ms + days * MS_PER_DAY;
    return u;
}

static size_t place_of(const struct counts *k, int64_t wall_ms)
{
    size_t low = 0, high = k->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (k->p[middle].to_ms <= wall_ms)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void insert_unit(struct counts *k, size_t at, struct unit u)
{
    if (k->count == k->cap) {
        k->cap = k->cap ? k->cap * 2 : 64;
        k->p = realloc(k->p, k->cap * sizeof *k->p);
        if (!k->p)
            abort();
    }
    for (size_t i = k->count++; i > at; i--)
        k->p[i] = k->p[i - 1];
    k->p[at] = u;
}

static void count_wall(struct counts *k, enum facet_by by, int64_t wall_ms)
{
    const bool same =
        k->last < k->count && wall_ms >= k->p[k->last].from_ms && wall_ms < k->p[k->last].to_ms;
    if (!same) {
        k->last = place_of(k, wall_ms);
        if (k->last == k->count || wall_ms < k->p[k->last].from_ms)
            insert_unit(k, k->last, unit_of(by, wall_ms));
    }
    k->p[k->last].count++;
}

static void count_units(struct plan *p, enum facet_by by, struct facet **out, size_t *count)
{
    struct counts k = {0};
    uint64_t undated = 0;
    for (int64_t row = rowset_from(&p->found, 1); row; row = rowset_from(&p->found, row + 1)) {
        const int64_t wall_ms = plan_wall_ms(p, row);
        if (wall_ms == TIME_NONE)
            undated++;
        else
            count_wall(&k, by, wall_ms);
    }
    struct facet *facets = calloc(k.count + 1, sizeof *facets);
    if (!facets)
        abort();
    size_t n = 0;
    if (undated)
        facets[n++] = (struct facet){TIME_NONE, undated};
    for (size_t i = 0; i < k.count; i++)
        facets[n++] = (struct facet){k.p[i].from_ms, k.p[i].count};
    free(k.p);
    *out = facets;
    *count = n;
}

enum status plan_facets(struct plan *p, const struct hit_options *o, enum facet_by by,
                        struct facet **out, size_t *count, struct err *e)
{
    *out = NULL;
    *count = 0;
    enum status st = plan_run(p, o, e);
    if (st != OK)
        return st;
    switch (by) {
    case FACET_SENDER: count_ids(p, COLUMN_SENDER, out, count); break;
    case FACET_CONVERSATION: count_ids(p, COLUMN_CONVERSATION, out, count); break;
    case FACET_SOURCE: count_ids(p, COLUMN_SOURCE, out, count); break;
    case FACET_YEAR:
    case FACET_MONTH:
    case FACET_DAY: count_units(p, by, out, count); break;
    case FACET_KIND:
    case FACET_FLAG: count_traits(p, by, out, count); break;
    }
    st = columns_failed(store_columns(p->store), e);
    if (st != OK) {
        free(*out);
        *out = NULL;
        *count = 0;
    }
    return st;
}
