/*
 * Gathering: which messages have a clock without a zone, what they themselves say of the time, and the
 * report. Zones are judged in clock_judge.c.
 */
#include "clock_parts.h"

#include <stdlib.h>
#include <string.h>

#include "stamp.h"

const char *clock_sign_name(enum clock_sign sign)
{
    switch (sign) {
    case SIGN_POST: return "linked post";
    case SIGN_MEDIA: return "linked picture or video";
    case SIGN_DIRECT: return "direct message in an address";
    case SIGN_DISCORD: return "linked Discord message or attachment";
    case SIGN_OWN_ID: return "the message's own id";
    case SIGN_TWIN: return "same words with UTC in another source";
    case SIGN_COUNT: break;
    }
    return "";
}

const char *clock_fate_name(enum clock_fate fate)
{
    switch (fate) {
    case CLOCK_FITS: return "fits";
    case CLOCK_SAME: return "same";
    case CLOCK_OPEN: return "open";
    case CLOCK_LATE: return "late";
    case CLOCK_CONTRADICTED: return "contradicted";
    }
    return "";
}

const char *clock_verdict_name(enum clock_verdict v)
{
    switch (v) {
    case CLOCK_DECIDED: return "decided";
    case CLOCK_SEVERAL: return "several";
    case CLOCK_NONE: return "none";
    case CLOCK_MIXED: return "mixed";
    case CLOCK_NO_EVIDENCE: return "no-evidence";
    case CLOCK_NOT_NEEDED: return "not-needed";
    }
    return "";
}

/* ---- the naive rows -------------------------------------------------------------------------- */

struct clock_source *gathering_source(const struct gathering *g, int64_t row)
{
    const int64_t id = column_at(g->columns, COLUMN_SOURCE, row);
    size_t low = 0, high = g->source_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (g->sources[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < g->source_count && g->sources[low].id == id ? &g->sources[low] : NULL;
}

int64_t gathering_wall_ms(const struct gathering *g, int64_t row)
{
    return column_at(g->columns, COLUMN_TIME, row) +
           column_at(g->columns, COLUMN_OFFSET, row) * MS_PER_MINUTE;
}

bool gathering_is_naive(int64_t traits)
{
    const int basis = TRAIT_BASIS(traits);
    return basis == BASIS_ASSUMED || basis == BASIS_INFERRED;
}

static void take_clock(struct clock_report *r, int64_t wall_ms)
{
    if (!r->naive++ || wall_ms < r->first_wall_ms)
        r->first_wall_ms = wall_ms;
    if (r->naive == 1 || wall_ms > r->last_wall_ms)
        r->last_wall_ms = wall_ms;
    if (wall_ms % MS_PER_SECOND)
        r->grain_ms = 1;
    else if (wall_ms % MS_PER_MINUTE && r->grain_ms > MS_PER_SECOND)
        r->grain_ms = MS_PER_SECOND;
}

/* ---- what a message says --------------------------------------------------------------------- */

static bool is_own_snowflake(const struct stored *m, int64_t *known_ms)
{
    const int64_t discord_epoch_ms = INT64_C(1420070400000);
    return str_starts(m->message.conversation, STR("discord:")) && m->message.platform_id.n >= 15 &&
           stamp_snowflake(m->message.platform_id, discord_epoch_ms, known_ms);
}

static enum status read_message(struct gathering *g, int64_t row, struct err *e)
{
    struct stored m;
    struct clock_evidence x = {.row = row,
                               .source_id = column_at(g->columns, COLUMN_SOURCE, row),
                               .wall_ms = gathering_wall_ms(g, row)};
    arena_clear(&g->scratch);
    const enum status st = store_message(g->store, row, &g->scratch, &m, e);
    if (st != OK)
        return st;
    if (is_own_snowflake(&m, &x.known_ms)) {
        x.sign = SIGN_OWN_ID;
        (void)str_to_u63(m.message.platform_id, &x.id);
        signs_add(&g->signs, &x);
    }
    signs_of_text(&g->signs, m.message.text, x);
    for (size_t i = 0; i < m.message.attachment_count; i++) {
        signs_of_text(&g->signs, m.message.attachments[i].path, x);
        signs_of_text(&g->signs, m.message.attachments[i].name, x);
    }
    return OK;
}

bool gathering_may_tell(int64_t traits)
{
    return !(TRAIT_FLAGS(traits) & (FLAG_EDITED | FLAG_DELETED));
}

static enum status gather_row(struct gathering *g, int64_t row, struct err *e)
{
    const int64_t traits = column_at(g->columns, COLUMN_TRAITS, row);
    g->has_utc = g->has_utc || TRAIT_BASIS(traits) == BASIS_SOURCE_UTC;
    if (!gathering_is_naive(traits))
        return OK;
    struct clock_source *const source = gathering_source(g, row);
    if (!source)
        return OK;
    const size_t before = g->signs.count;
    source->naive++;
    take_clock(g->report, gathering_wall_ms(g, row));
    const enum status st = gathering_may_tell(traits) ? read_message(g, row, e) : OK;
    source->evidence += g->signs.count - before;
    if (st == OK && g->signs.count > CLOCK_EVIDENCE_MAX) {
        fail(e, ERR_LIMIT, "more than %d messages tell of their time", CLOCK_EVIDENCE_MAX);
        return fail_hint(e, "look at one source at a time: stet clock --source NAME");
    }
    return st;
}

static enum status gather_rows(struct gathering *g, struct err *e)
{
    const int64_t rows = columns_rows(g->columns);
    enum status st = OK;
    g->report->grain_ms = MS_PER_MINUTE;
    for (int64_t row = 1; row <= rows && st == OK; row++)
        st = gather_row(g, row, e);
    return st == OK ? columns_failed(g->columns, e) : st;
}

/* ---- the report -------------------------------------------------------------------------------- */

static bool is_chosen(const struct clock_options *o, int64_t id)
{
    for (size_t i = 0; o->sources && i < o->count; i++)
        if (o->sources[i] == id)
            return true;
    return !o->sources;
}

static enum status choose_sources(struct gathering *g, const struct clock_options *o,
                                  struct arena *a, struct err *e)
{
    struct source_row *rows;
    size_t count = 0;
    const enum status st = store_sources(g->store, a, &rows, &count, e);
    if (st != OK)
        return st;
    g->sources = arena_array(a, count + 1, sizeof *g->sources);
    for (size_t i = 0; i < count; i++)
        if (is_chosen(o, rows[i].id))
            g->sources[g->source_count++] = (struct clock_source){
                .id = rows[i].id, .name = rows[i].name, .clock_zone = rows[i].clock_zone};
    return OK;
}

static void keep_naive_sources(struct gathering *g)
{
    size_t kept = 0;
    for (size_t i = 0; i < g->source_count; i++)
        if (g->sources[i].naive)
            g->sources[kept++] = g->sources[i];
    g->source_count = kept;
    g->report->sources = g->sources;
    g->report->source_count = kept;
}

/* Stamps whose hour the first zone has twice, or never. */
static void count_odd_hours(struct gathering *g, struct zone *z)
{
    for (int64_t row = 1; row <= columns_rows(g->columns); row++) {
        int64_t utc;
        if (!gathering_is_naive(column_at(g->columns, COLUMN_TRAITS, row)) ||
            !gathering_source(g, row))
            continue;
        const enum zone_fit fit = zone_to_utc(z, gathering_wall_ms(g, row), &utc);
        g->report->twice += fit == ZONE_TWICE;
        g->report->skipped += fit == ZONE_SKIPPED;
    }
}

/* The same instants, but for messages whose hour the first zone itself has twice or never. */
static bool reads_alike(struct gathering *g, struct zone *first, struct zone *z)
{
    for (int64_t row = 1; row <= columns_rows(g->columns); row++) {
        int64_t at_first, at_z;
        if (!gathering_is_naive(column_at(g->columns, COLUMN_TRAITS, row)) ||
            !gathering_source(g, row))
            continue;
        const int64_t wall = gathering_wall_ms(g, row);
        const enum zone_fit fit = zone_to_utc(first, wall, &at_first);
        (void)zone_to_utc(z, wall, &at_z);
        if (fit == ZONE_FITS && at_first != at_z)
            return false;
    }
    return true;
}

/* Zones that differ from the first in hours only in which nothing was written need not be ruled out. */
static enum status settle_open(struct gathering *g, struct clock_zone *zones, struct zone *first,
                               struct err *e)
{
    struct clock_report *const r = g->report;
    size_t open = 0;
    enum status st = OK;
    for (size_t i = 0; i < r->zone_count && st == OK; i++) {
        struct zone *z = NULL;
        if (zones[i].fate != CLOCK_OPEN)
            continue;
        st = zone_open(&z, zones[i].name, e);
        if (st == OK && reads_alike(g, first, z))
            zones[i].fate = CLOCK_SAME;
        open += zones[i].fate == CLOCK_OPEN;
        zone_close(z);
    }
    if (r->verdict == CLOCK_SEVERAL && !open)
        r->verdict = CLOCK_DECIDED;
    clock_sort(zones, r->zone_count);
    return st;
}

static int by_source(const void *left, const void *right)
{
    const struct clock_evidence *const a = left, *const b = right;
    if (a->source_id != b->source_id)
        return a->source_id < b->source_id ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

/* Each source that tells enough, by itself. */
static void judge_sources(struct gathering *g, const struct candidates *c, struct arena *a)
{
    struct signs *const s = &g->signs;
    bool differ = false;
    qsort(s->items, s->count, sizeof *s->items, by_source);
    for (size_t from = 0, to; from < s->count; from = to) {
        to = from + 1;
        while (to < s->count && s->items[to].source_id == s->items[from].source_id)
            to++;
        struct clock_source *const source = gathering_source(g, s->items[from].row);
        source->evidence = to - from;
        if (to - from < CLOCK_LATE_MIN)
            continue;
        clock_judge_source(g->report, c, s->items + from, to - from, source, a);
        differ = differ || source->differs;
    }
    if (differ)
        g->report->verdict = CLOCK_MIXED;
}

static int64_t clamped(int64_t ms)
{
    const int64_t first = 0,
                  last = INT64_C(4102444800000); /* 1970 to 2100: beyond it rules are guesses */
    const int64_t inside = ms < first ? first : ms > last ? last : ms;
    return inside / MS_PER_DAY * MS_PER_DAY;
}

static enum status judge(struct gathering *g, struct arena *a, struct err *e)
{
    struct clock_report *const r = g->report;
    struct candidates c;
    struct zone *z = NULL;
    enum status st = candidates_open(&c, clamped(r->first_wall_ms - 2 * MS_PER_DAY),
                                     clamped(r->last_wall_ms + 2 * MS_PER_DAY), a, e);
    if (st != OK)
        return st;
    struct clock_zone *const zones = clock_judge(r, &c, &g->signs, a);
    if (zones)
        st = zone_open(&z, zones[0].name, e);
    if (z) {
        count_odd_hours(g, z);
        st = settle_open(g, zones, z, e);
        judge_sources(g, &c, a);
    }
    candidates_close(&c);
    zone_close(z);
    return st;
}

enum status clock_run(struct clock_report *out, struct store *s,
                      const struct clock_options *options, struct arena *a, struct err *e)
{
    struct gathering g = {.store = s, .columns = store_columns(s), .report = out};
    *out = (struct clock_report){.verdict = CLOCK_NOT_NEEDED};
    enum status st = choose_sources(&g, options, a, e);
    if (st == OK)
        st = gather_rows(&g, e);
    if (st == OK && out->naive && g.has_utc)
        st = gather_twins(&g, e);
    keep_naive_sources(&g);
    if (st == OK && out->naive)
        st = judge(&g, a, e);
    signs_free(&g.signs);
    arena_free(&g.scratch);
    return st;
}
