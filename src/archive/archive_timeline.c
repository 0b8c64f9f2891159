/*
 * The facade, third part: how many messages a query has per day, month or year of the time as
 * shown. Units without any are there with a zero, because silence is news too.
 */
#include "archive.h"

#include <stdlib.h>

enum { BARS_MAX = 100000 }; /* days of 270 years; a stamp of the year 9999 must not fill memory */

/* ---- calendar units ------------------------------------------------------------------------- */

static int64_t unit_start(enum facet_by unit, int64_t wall_ms)
{
    const struct civil c = civil_from_ms(wall_ms);
    struct civil first = {.year = c.year, .month = 1, .day = 1};
    if (unit != FACET_YEAR)
        first.month = c.month;
    if (unit == FACET_DAY)
        first.day = c.day;
    return civil_to_ms(&first);
}

static int64_t unit_next(enum facet_by unit, int64_t from_ms)
{
    const struct civil c = civil_from_ms(from_ms);
    if (unit == FACET_DAY)
        return from_ms + MS_PER_DAY;
    if (unit == FACET_MONTH)
        return from_ms + civil_days_in_month(c.year, c.month) * MS_PER_DAY;
    return civil_to_ms(&(struct civil){.year = c.year + 1, .month = 1, .day = 1});
}

enum facet_by timeline_unit_for(int64_t first_wall_ms, int64_t last_wall_ms)
{
    if (first_wall_ms == TIME_NONE || last_wall_ms == TIME_NONE)
        return FACET_MONTH;
    const int64_t days = (last_wall_ms - first_wall_ms) / MS_PER_DAY;
    if (days <= 70)
        return FACET_DAY;
    return days <= 6 * 366 ? FACET_MONTH : FACET_YEAR;
}

const char *timeline_label(char out[CIVIL_TEXT], enum facet_by unit, int64_t from_ms)
{
    civil_print_date(out, from_ms);
    if (unit == FACET_YEAR)
        out[4] = '\0';
    if (unit == FACET_MONTH)
        out[7] = '\0';
    return out;
}

/* ---- counting ------------------------------------------------------------------------------- */

static enum status allot(struct timeline *t, int64_t first_ms, int64_t last_ms, struct arena *arena,
                         struct err *e)
{
    size_t count = 0;
    for (int64_t at = first_ms; at <= last_ms; at = unit_next(t->unit, at))
        if (++count > BARS_MAX)
            return fail(e, ERR_LIMIT, "the time line has more than %d parts: use larger ones",
                        BARS_MAX);
    t->bars = arena_array(arena, count, sizeof *t->bars);
    for (int64_t at = first_ms; t->count < count; at = unit_next(t->unit, at))
        t->bars[t->count++].from_ms = at;
    return OK;
}

/* Facets come in order of time and hold the units that are not empty. */
static enum status fill_gaps(struct timeline *t, const struct facet *facets, size_t count,
                             struct arena *arena, struct err *e)
{
    int64_t first = TIME_NONE, last = TIME_NONE;
    for (size_t i = 0; i < count; i++) {
        if (facets[i].key == TIME_NONE) {
            t->undated += facets[i].count;
            continue;
        }
        if (first == TIME_NONE)
            first = facets[i].key;
        last = facets[i].key;
    }
    if (first == TIME_NONE)
        return OK;
    const enum status st = allot(t, first, last, arena, e);
    if (st != OK)
        return st;
    size_t bar = 0;
    for (size_t i = 0; i < count; i++) {
        if (facets[i].key == TIME_NONE)
            continue;
        while (t->bars[bar].from_ms < facets[i].key)
            bar++;
        t->bars[bar].count = facets[i].count;
    }
    return OK;
}

enum status search_timeline(struct search *s, enum facet_by unit, struct arena *arena,
                            struct timeline *out, struct err *e)
{
    struct facet *facets = NULL;
    size_t count = 0;
    *out = (struct timeline){.unit = unit, .zone = arena_dup(arena, search_facts(s)->zone)};
    enum status st = search_facets(s, unit, &facets, &count, e);
    if (st == OK)
        st = fill_gaps(out, facets, count, arena, e);
    free(facets);
    return st;
}

static enum status count_query(struct archive *a, const struct search_request *r,
                               struct timeline *t, struct arena *arena, struct err *e)
{
    struct search *s;
    enum status st = search_open(&s, a, r, e);
    if (st != OK)
        return st;
    st = search_timeline(s, t->unit, arena, t, e);
    search_close(s);
    return st;
}

/* ---- everything: no query, so the time column alone decides ----------------------------------- */

static int64_t dated_wall_ms(struct columns *c, int64_t row)
{
    if (TRAIT_BASIS(column_at(c, COLUMN_TRAITS, row)) == BASIS_NONE)
        return TIME_NONE;
    return column_at(c, COLUMN_TIME, row) + column_at(c, COLUMN_OFFSET, row) * MS_PER_MINUTE;
}

/* Index of the bar that holds wall_ms, near `guess`: rows are mostly in order of time. */
static size_t bar_of(const struct timeline *t, int64_t wall_ms, size_t guess)
{
    size_t low = 0, high = t->count;
    if (t->bars[guess].from_ms <= wall_ms &&
        (guess + 1 == t->count || wall_ms < t->bars[guess + 1].from_ms))
        return guess;
    while (high - low > 1) {
        const size_t middle = low + (high - low) / 2;
        if (t->bars[middle].from_ms <= wall_ms)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static enum status count_all(struct archive *a, struct timeline *t, struct arena *arena,
                             struct err *e)
{
    struct columns *c = store_columns(archive_store(a));
    const int64_t rows = columns_rows(c);
    int64_t first = TIME_NONE, last = TIME_NONE;
    for (int64_t row = 1; row <= rows; row++) {
        const int64_t wall_ms = dated_wall_ms(c, row);
        if (wall_ms != TIME_NONE && (first == TIME_NONE || wall_ms < first))
            first = wall_ms;
        if (wall_ms != TIME_NONE && (last == TIME_NONE || wall_ms > last))
            last = wall_ms;
    }
    if (first != TIME_NONE) {
        const enum status st = allot(t, unit_start(t->unit, first), last, arena, e);
        if (st != OK)
            return st;
    }
    size_t bar = 0;
    for (int64_t row = 1; row <= rows; row++) {
        const int64_t wall_ms = dated_wall_ms(c, row);
        if (wall_ms == TIME_NONE) {
            t->undated++;
            continue;
        }
        bar = bar_of(t, wall_ms, bar);
        t->bars[bar].count++;
    }
    return columns_failed(c, e);
}

enum status archive_timeline(struct archive *a, str query, int64_t now_wall_ms, enum facet_by unit,
                             struct arena *arena, struct timeline *out, struct err *e)
{
    *out = (struct timeline){.unit = unit};
    if (!str_trim(query).n)
        return count_all(a, out, arena, e);
    const struct search_request r = {
        .query = query, .now_wall_ms = now_wall_ms, .count_only = true};
    return count_query(a, &r, out, arena, e);
}
