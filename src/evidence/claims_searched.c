/* What was searched, and what a search cannot see: one pass over the columns, and the list of issues. */
#include "archive_claims.h"

#include <stdlib.h>

static void take_time(struct searched *x, int64_t traits, int64_t wall_ms)
{
    const enum time_basis basis = (enum time_basis)TRAIT_BASIS(traits);
    if (basis == BASIS_NONE) {
        x->undated += TRAIT_KIND(traits) != KIND_EVENT;
        return;
    }
    if (x->basis == BASIS_NONE || basis < x->basis)
        x->basis = basis;
    if (x->first_wall_ms == TIME_NONE || wall_ms < x->first_wall_ms)
        x->first_wall_ms = wall_ms;
    if (x->last_wall_ms == TIME_NONE || wall_ms > x->last_wall_ms)
        x->last_wall_ms = wall_ms;
    x->ambiguous += TRAIT_AMBIGUOUS(traits);
}

static void take_flags(struct searched *x, int64_t traits)
{
    const uint32_t flags = TRAIT_FLAGS(traits);
    if (TRAIT_KIND(traits) == KIND_EVENT)
        x->events++;
    else
        x->messages++;
    x->lossy += (flags & FLAG_LOSSY) != 0;
    x->redacted += (flags & FLAG_REDACTED) != 0;
    x->deleted += (flags & FLAG_DELETED) != 0;
    x->attached += (flags & (FLAG_IMAGE | FLAG_VIDEO | FLAG_AUDIO | FLAG_FILE)) != 0;
}

static enum status take_rows(struct searched *x, struct columns *c, uint8_t *shows_deleted,
                             struct err *e)
{
    for (int64_t row = 1; row <= columns_rows(c); row++) {
        const int64_t traits = column_at(c, COLUMN_TRAITS, row);
        take_flags(x, traits);
        take_time(x, traits,
                  column_at(c, COLUMN_TIME, row) +
                      column_at(c, COLUMN_OFFSET, row) * MS_PER_MINUTE);
        if (TRAIT_FLAGS(traits) & FLAG_DELETED)
            shows_deleted[column_at(c, COLUMN_SOURCE, row)] = 1;
    }
    return columns_failed(c, e);
}

static enum status take_issues(struct searched *x, struct store *s, struct err *e)
{
    struct arena a = {0};
    struct issue_row *issues;
    size_t count = 0;
    const enum status st = store_issues(s, &a, &issues, &count, e);
    for (size_t i = 0; i < count; i++)
        x->unread += issues[i].severity == ISSUE_ERROR;
    x->issues = count;
    arena_free(&a);
    return st;
}

enum status claims_searched(struct searched *out, struct store *s, struct arena *a, struct err *e)
{
    struct source_row *sources;
    struct searched x = {.first_wall_ms = TIME_NONE, .last_wall_ms = TIME_NONE};
    enum status st = store_sources(s, a, &sources, &x.source_count, e);
    if (st != OK)
        return st;
    x.sources = sources;
    const int64_t most = x.source_count ? sources[x.source_count - 1].id : 0;
    uint8_t *const shows_deleted = calloc((size_t)most + 1, 1);
    if (!shows_deleted)
        abort();
    st = take_rows(&x, store_columns(s), shows_deleted, e);
    for (size_t i = 0; i < x.source_count; i++)
        x.sources_without_deleted += !shows_deleted[sources[i].id];
    free(shows_deleted);
    if (st == OK)
        st = take_issues(&x, s, e);
    *out = x;
    return st;
}
