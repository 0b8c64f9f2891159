/*
 * Holding zones against the evidence, as clock.h describes it: contradictions, margins, and the sign test
 * for those that fit no worse but put everything later.
 */
#include "clock_parts.h"

#include <stdlib.h>
#include <string.h>

/* No clock is further ahead of UTC, or behind it, with an hour to spare. */
#define FURTHEST_MS (15 * MS_PER_HOUR)

enum { MONTHS_MAX = 130 * 12 };

struct month {
    uint32_t count;
    int64_t least_ms;
};

struct judging {
    const struct clock_evidence *items;
    size_t count;
    int64_t grain_ms, leeway_ms; /* by how much a bound may be missed */
    int64_t first_month;
    struct month months[MONTHS_MAX];
};

static bool is_exact(enum clock_sign sign)
{
    return sign == SIGN_OWN_ID || sign == SIGN_TWIN;
}

/* How long after what it links to a message was sent, or how far from its exact time. Of an hour that
   exists twice the half that fits is taken. */
static int64_t distance(const struct judging *j, struct zone *z, const struct clock_evidence *x,
                        int64_t *utc_ms)
{
    int64_t utc, off;
    const enum zone_fit fit = zone_to_utc(z, x->wall_ms, &utc);
    off = utc - x->known_ms;
    const int64_t later = x->wall_ms - zone_offset_min(z, utc + 3 * MS_PER_HOUR) * MS_PER_MINUTE;
    const bool better =
        is_exact(x->sign) ? llabs(later - x->known_ms) < llabs(off) : off <= -j->leeway_ms;
    if (fit == ZONE_TWICE && better) {
        utc = later;
        off = utc - x->known_ms;
    }
    *utc_ms = utc;
    return is_exact(x->sign) ? llabs(off) : off;
}

static bool contradicts(const struct judging *j, const struct clock_evidence *x, int64_t off_ms)
{
    if (is_exact(x->sign))
        return off_ms > CLOCK_TOLERANCE_MS + j->grain_ms;
    return off_ms <= -j->leeway_ms;
}

/* ---- one zone by itself ---------------------------------------------------------------------- */

static int64_t month_of(int64_t wall_ms)
{
    const struct civil c = civil_from_ms(wall_ms);
    return (int64_t)c.year * 12 + c.month - 1;
}

static void take_month(struct judging *j, int64_t wall_ms, int64_t off_ms)
{
    const int64_t at = month_of(wall_ms) - j->first_month;
    if (at < 0 || at >= MONTHS_MAX)
        return;
    struct month *const m = &j->months[at];
    if (!m->count++ || off_ms < m->least_ms)
        m->least_ms = off_ms;
}

static int64_t slack(const struct judging *j, int64_t otherwise)
{
    int64_t largest = TIME_NONE;
    for (size_t i = 0; i < MONTHS_MAX; i++)
        if (j->months[i].count >= CLOCK_MONTH_MIN && j->months[i].least_ms > largest)
            largest = j->months[i].least_ms;
    return largest == TIME_NONE ? otherwise : largest;
}

static void judge_alone(struct judging *j, const struct candidate *c, struct clock_zone *out)
{
    int64_t worst = 0;
    memset(j->months, 0, sizeof j->months);
    *out = (struct clock_zone){.name = c->names[0],
                               .label = c->label,
                               .others = c->names + 1,
                               .other_count = c->name_count - 1,
                               .margin_ms = TIME_NONE};
    for (size_t i = 0; i < j->count; i++) {
        const struct clock_evidence *const x = &j->items[i];
        int64_t utc;
        const int64_t off = distance(j, c->zone, x, &utc);
        if (contradicts(j, x, off)) {
            if (!out->contradictions++ || llabs(off) > worst) {
                worst = llabs(off);
                out->worst = *x;
            }
            continue;
        }
        if (out->margin_ms == TIME_NONE || off < out->margin_ms) {
            out->margin_ms = off;
            out->tightest = *x;
        }
        take_month(j, x->wall_ms, off);
    }
    out->slack_ms = slack(j, out->margin_ms);
}

/* ---- zones against the best ------------------------------------------------------------------ */

static uint64_t count_late(const struct judging *j, struct zone *best, struct zone *rival)
{
    uint64_t n = 0;
    for (size_t i = 0; i < j->count; i++) {
        const struct clock_evidence *const x = &j->items[i];
        int64_t at_best, at_rival;
        const int64_t off = distance(j, best, x, &at_best);
        (void)distance(j, rival, x, &at_rival);
        n += !is_exact(x->sign) && at_rival - at_best >= 15 * MS_PER_MINUTE &&
             off < at_rival - at_best;
    }
    return n;
}

static bool is_better(const struct clock_zone *a, const struct clock_zone *b)
{
    if (a->contradictions != b->contradictions)
        return a->contradictions < b->contradictions;
    if (a->slack_ms != b->slack_ms)
        return a->slack_ms < b->slack_ms;
    return a->margin_ms < b->margin_ms;
}

static int by_fate(const void *left, const void *right)
{
    const struct clock_zone *const a = left, *const b = right;
    if (a->leads != b->leads)
        return a->leads ? -1 : 1;
    if (a->fate != b->fate)
        return a->fate < b->fate ? -1 : 1;
    if (is_better(a, b) != is_better(b, a))
        return is_better(a, b) ? -1 : 1;
    return str_cmp(a->name, b->name);
}

void clock_sort(struct clock_zone *zones, size_t count)
{
    qsort(zones, count, sizeof *zones, by_fate);
}

static enum clock_fate fate_of(const struct clock_zone *z)
{
    if (z->contradictions)
        return CLOCK_CONTRADICTED;
    return z->late >= CLOCK_LATE_MIN ? CLOCK_LATE : CLOCK_OPEN;
}

/* Holds all against the best; returns how many others are neither contradicted nor late. */
static size_t compare(const struct judging *j, const struct candidates *c, struct clock_zone *zones,
                      size_t best)
{
    size_t open = 0;
    for (size_t i = 0; i < c->count; i++) {
        if (i == best)
            continue;
        if (!zones[i].contradictions)
            zones[i].late = count_late(j, c->items[best].zone, c->items[i].zone);
        zones[i].fate = fate_of(&zones[i]);
        open += zones[i].fate == CLOCK_OPEN;
    }
    zones[best].fate = zones[best].contradictions ? CLOCK_CONTRADICTED : CLOCK_FITS;
    return open;
}

/* The zone that but for a few messages fits so much better than `best` that these must be wrong; otherwise
   `best`. */
static size_t prefer_nearly(const struct judging *j, const struct candidates *c,
                            const struct clock_zone *zones, size_t best)
{
    size_t nearly = best;
    for (size_t i = 0; i < c->count; i++) {
        const uint64_t k = zones[i].contradictions;
        if (k < 1 || k > CLOCK_FEW || zones[best].contradictions)
            continue;
        if (count_late(j, c->items[i].zone, c->items[best].zone) < CLOCK_LATE_MIN + 10 * k)
            continue;
        if (nearly == best || is_better(&zones[i], &zones[nearly]))
            nearly = i;
    }
    return nearly;
}

/* ---- all of it ------------------------------------------------------------------------------- */

/* What is newer than the clock of any zone allows was mistyped or invented, and speaks of no zone. */
static void put_aside(struct clock_report *r, struct signs *s)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++) {
        const struct clock_evidence *const x = &s->items[i];
        const int64_t off = x->known_ms - x->wall_ms;
        const bool impossible = off > FURTHEST_MS || (is_exact(x->sign) && off < -FURTHEST_MS);
        if (impossible) {
            if (!r->aside++)
                r->aside_first = *x;
            continue;
        }
        r->signs[x->sign]++;
        s->items[kept++] = *x;
    }
    s->count = kept;
    r->evidence = kept;
}

static int64_t first_month(const struct clock_evidence *items, size_t count)
{
    int64_t least = INT64_MAX;
    for (size_t i = 0; i < count; i++) {
        const int64_t m = month_of(items[i].wall_ms);
        least = m < least ? m : least;
    }
    return least;
}

/* Each zone by itself; returns which is the best. */
static size_t judge_zones(struct judging *j, const struct candidates *c, struct clock_zone *zones)
{
    size_t best = 0;
    for (size_t i = 0; i < c->count; i++) {
        judge_alone(j, &c->items[i], &zones[i]);
        if (is_better(&zones[i], &zones[best]))
            best = i;
    }
    return prefer_nearly(j, c, zones, best);
}

static struct clock_zone *judge_all(struct clock_report *r, struct judging *j,
                                    const struct candidates *c, struct arena *a)
{
    struct clock_zone *const zones = arena_array(a, c->count, sizeof *zones);
    const size_t best = judge_zones(j, c, zones);
    const size_t open = compare(j, c, zones, best);
    if (zones[best].contradictions)
        r->verdict = CLOCK_NONE;
    else
        r->verdict = open ? CLOCK_SEVERAL : CLOCK_DECIDED;
    r->zones = zones;
    r->zone_count = c->count;
    r->shifts = c->items[best].shifts;
    r->shift_count = c->items[best].shift_count;
    zones[best].leads = true;
    clock_sort(zones, c->count);
    return zones;
}

static struct judging *judging_new(const struct clock_evidence *items, size_t count,
                                   int64_t grain_ms)
{
    struct judging *const j = calloc(1, sizeof *j);
    if (!j)
        abort();
    j->items = items;
    j->count = count;
    j->grain_ms = grain_ms;
    j->leeway_ms = grain_ms + CLOCK_SKEW_MS;
    j->first_month = first_month(items, count);
    return j;
}

struct clock_zone *clock_judge(struct clock_report *r, const struct candidates *c, struct signs *s,
                               struct arena *a)
{
    put_aside(r, s);
    r->verdict = CLOCK_NO_EVIDENCE;
    if (!s->count || !c->count)
        return NULL;
    struct judging *const j = judging_new(s->items, s->count, r->grain_ms);
    struct clock_zone *const zones = judge_all(r, j, c, a);
    free(j);
    return zones;
}

static size_t index_of(const struct candidates *c, str name)
{
    size_t i = 0;
    while (i + 1 < c->count && !str_eq(c->items[i].names[0], name))
        i++;
    return i;
}

void clock_judge_source(const struct clock_report *r, const struct candidates *c,
                        const struct clock_evidence *items, size_t count, struct clock_source *out,
                        struct arena *a)
{
    struct judging *const j = judging_new(items, count, r->grain_ms);
    struct clock_zone *const zones = arena_array(a, c->count, sizeof *zones);
    const size_t own = judge_zones(j, c, zones), common = index_of(c, r->zones[0].name);
    out->own_zone = zones[own].name;
    out->differs = own != common &&
                   (zones[common].contradictions > CLOCK_FEW ||
                    count_late(j, c->items[own].zone, c->items[common].zone) >= CLOCK_LATE_MIN);
    free(j);
}
