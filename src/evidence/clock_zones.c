/*
 * The zones of the system's database as candidates: those whose clocks are the same all over a span are
 * one, called by the name that most people know.
 */
#include "clock_parts.h"

#include <stdlib.h>
#include <string.h>

/* In the order in which a name is preferred. */
static const struct {
    str name, label;
} known_zones[] = {
    {STR_INIT("UTC"), STR_INIT("UTC")},
    {STR_INIT("Europe/London"), STR_INIT("United Kingdom")},
    {STR_INIT("Europe/Berlin"), STR_INIT("Central European")},
    {STR_INIT("Europe/Athens"), STR_INIT("Eastern European")},
    {STR_INIT("Europe/Lisbon"), STR_INIT("Portugal")},
    {STR_INIT("Europe/Moscow"), STR_INIT("Moscow")},
    {STR_INIT("Europe/Kyiv"), STR_INIT("Ukraine")},
    {STR_INIT("Europe/Istanbul"), STR_INIT("Turkey")},
    {STR_INIT("America/New_York"), STR_INIT("US Eastern")},
    {STR_INIT("America/Chicago"), STR_INIT("US Central")},
    {STR_INIT("America/Denver"), STR_INIT("US Mountain")},
    {STR_INIT("America/Phoenix"), STR_INIT("Arizona")},
    {STR_INIT("America/Los_Angeles"), STR_INIT("US Pacific")},
    {STR_INIT("America/Anchorage"), STR_INIT("Alaska")},
    {STR_INIT("Pacific/Honolulu"), STR_INIT("Hawaii")},
    {STR_INIT("America/Halifax"), STR_INIT("Canada Atlantic")},
    {STR_INIT("America/St_Johns"), STR_INIT("Newfoundland")},
    {STR_INIT("America/Mexico_City"), STR_INIT("Mexico City")},
    {STR_INIT("America/Bogota"), STR_INIT("Colombia")},
    {STR_INIT("America/Lima"), STR_INIT("Peru")},
    {STR_INIT("America/Caracas"), STR_INIT("Venezuela")},
    {STR_INIT("America/Santiago"), STR_INIT("Chile")},
    {STR_INIT("America/Sao_Paulo"), STR_INIT("Brasilia")},
    {STR_INIT("America/Argentina/Buenos_Aires"), STR_INIT("Argentina")},
    {STR_INIT("Africa/Lagos"), STR_INIT("West Africa")},
    {STR_INIT("Africa/Cairo"), STR_INIT("Egypt")},
    {STR_INIT("Africa/Johannesburg"), STR_INIT("South Africa")},
    {STR_INIT("Africa/Nairobi"), STR_INIT("East Africa")},
    {STR_INIT("Asia/Jerusalem"), STR_INIT("Israel")},
    {STR_INIT("Asia/Tehran"), STR_INIT("Iran")},
    {STR_INIT("Asia/Dubai"), STR_INIT("Gulf")},
    {STR_INIT("Asia/Karachi"), STR_INIT("Pakistan")},
    {STR_INIT("Asia/Kolkata"), STR_INIT("India")},
    {STR_INIT("Asia/Bangkok"), STR_INIT("Indochina")},
    {STR_INIT("Asia/Shanghai"), STR_INIT("China")},
    {STR_INIT("Asia/Tokyo"), STR_INIT("Japan")},
    {STR_INIT("Australia/Perth"), STR_INIT("Western Australia")},
    {STR_INIT("Australia/Adelaide"), STR_INIT("Central Australia")},
    {STR_INIT("Australia/Sydney"), STR_INIT("Eastern Australia")},
    {STR_INIT("Pacific/Auckland"), STR_INIT("New Zealand")},
};
enum { KNOWN_COUNT = sizeof known_zones / sizeof *known_zones };

/* Smaller is better known. Offsets by name (Etc/GMT+8, whose sign is against intuition) come last. */
static size_t rank_of(str name, bool alias)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        if (str_eq(name, known_zones[i].name))
            return i;
    if (str_starts(name, STR("Etc/")) || str_find_byte(name, '/') == STR_NONE)
        return KNOWN_COUNT + 2;
    return KNOWN_COUNT + alias;
}

/* ---- names ---------------------------------------------------------------------------------- */

struct named {
    str name;
    size_t rank;
};

struct names {
    struct arena *arena;
    struct named *items;
    size_t count, cap;
};

static void add_name(void *context, str name, bool alias)
{
    struct names *const n = context;
    if (n->count == n->cap) {
        n->cap = n->cap ? 2 * n->cap : 1024;
        struct named *const more = arena_array(n->arena, n->cap, sizeof *more);
        if (n->count)
            memcpy(more, n->items, n->count * sizeof *more);
        n->items = more;
    }
    n->items[n->count++] = (struct named){arena_dup(n->arena, name), rank_of(name, alias)};
}

static int by_rank(const void *left, const void *right)
{
    const struct named *const a = left, *const b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return str_cmp(a->name, b->name);
}

/* ---- shifts --------------------------------------------------------------------------------- */

/* The first minute of the new offset, between two times that have different ones. */
static int64_t find_shift(struct zone *z, int64_t before_ms, int64_t after_ms)
{
    const int old = zone_offset_min(z, before_ms);
    while (after_ms - before_ms > MS_PER_MINUTE) {
        const int64_t middle =
            (before_ms + (after_ms - before_ms) / 2) / MS_PER_MINUTE * MS_PER_MINUTE;
        if (zone_offset_min(z, middle) == old)
            before_ms = middle;
        else
            after_ms = middle;
    }
    return after_ms;
}

/* Day by day: a zone has never changed its clocks twice in one day and back. */
static void find_shifts(struct candidate *c, int64_t from_ms, int64_t to_ms, struct arena *a)
{
    enum { SHIFTS_MAX = 1024 };
    struct clock_shift found[SHIFTS_MAX];
    int offset = zone_offset_min(c->zone, from_ms);
    c->first_offset_min = offset;
    for (int64_t t = from_ms + MS_PER_DAY; t <= to_ms && c->shift_count < SHIFTS_MAX;
         t += MS_PER_DAY) {
        const int now = zone_offset_min(c->zone, t);
        if (now == offset)
            continue;
        found[c->shift_count++] =
            (struct clock_shift){.utc_ms = find_shift(c->zone, t - MS_PER_DAY, t),
                                 .before_min = offset,
                                 .after_min = now};
        offset = now;
    }
    c->shifts = arena_array(a, c->shift_count + 1, sizeof *c->shifts);
    memcpy(c->shifts, found, c->shift_count * sizeof *found);
}

static bool same_clock(const struct candidate *a, const struct candidate *b)
{
    if (a->first_offset_min != b->first_offset_min || a->shift_count != b->shift_count)
        return false;
    for (size_t i = 0; i < a->shift_count; i++)
        if (a->shifts[i].utc_ms != b->shifts[i].utc_ms ||
            a->shifts[i].after_min != b->shifts[i].after_min)
            return false;
    return true;
}

/* ---- candidates ------------------------------------------------------------------------------ */

static void add_to(struct candidate *c, str name, struct arena *a)
{
    str *const names = arena_array(a, c->name_count + 1, sizeof *names);
    if (c->name_count)
        memcpy(names, c->names, c->name_count * sizeof *names);
    names[c->name_count++] = name;
    c->names = names;
}

static str label_of(str name)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        if (str_eq(name, known_zones[i].name))
            return known_zones[i].label;
    return STR("");
}

/* A name in the list whose file is not there is passed over. */
static void add_zone(struct candidates *out, str name, int64_t from_ms, int64_t to_ms,
                     struct arena *a)
{
    struct err ignored = {0};
    struct candidate c = {.label = label_of(name)};
    if (zone_open(&c.zone, name, &ignored) != OK)
        return;
    find_shifts(&c, from_ms, to_ms, a);
    for (size_t i = 0; i < out->count; i++) {
        if (!same_clock(&out->items[i], &c))
            continue;
        add_to(&out->items[i], name, a);
        zone_close(c.zone);
        return;
    }
    add_to(&c, name, a);
    out->items[out->count++] = c;
}

enum status candidates_open(struct candidates *out, int64_t from_ms, int64_t to_ms, struct arena *a,
                            struct err *e)
{
    struct names names = {.arena = a};
    *out = (struct candidates){.count = 0};
    const enum status st = zone_list(add_name, &names, e);
    if (st != OK)
        return st;
    if (names.count)
        qsort(names.items, names.count, sizeof *names.items, by_rank);
    out->items = arena_array(a, names.count + 1, sizeof *out->items);
    for (size_t i = 0; i < names.count; i++)
        add_zone(out, names.items[i].name, from_ms, to_ms, a);
    return OK;
}

void candidates_close(struct candidates *c)
{
    for (size_t i = 0; i < c->count; i++)
        zone_close(c->items[i].zone);
    c->count = 0;
}
