/*
 * Time zones. GLib knows a zone as numbered intervals of time with one offset each, but neither
 * says where an interval begins nor finds one quickly. So each interval is asked for once: its
 * bounds are found by bisection and kept, and stamps in order hit the interval used last.
 *
 * A wall time fits an interval when, read with that interval's offset, it falls inside it. Real
 * offsets are less than 16 hours, so only intervals within a day of the wall time can fit.
 */
#include "zone.h"

#include "civil.h"
#include "oom.h"
#include "zone_names.h"

#include <assert.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>

#define SECONDS_PER_DAY INT64_C(86400)
#define FAR_S (INT64_C(1) << 42) /* 139,000 years: beyond it nothing is converted */

struct span {
    int64_t from_s, until_s; /* UTC seconds, half open */
    int offset_s;
    bool known;
};

struct zone {
    char name[ZONE_NAME_MAX + 1];
    GTimeZone *rules; /* NULL: one fixed offset */
    struct span *spans;
    size_t count;
    const struct span *last; /* the one used last; never NULL */
};

static int64_t floor_seconds(int64_t ms)
{
    return ms / MS_PER_SECOND - (ms % MS_PER_SECOND < 0);
}

static size_t index_at(const struct zone *z, int64_t utc_s)
{
    return (size_t)g_time_zone_find_interval(z->rules, G_TIME_TYPE_UNIVERSAL, utc_s);
}

/* The outermost second of interval i, seen from `inside` it; direction is 1 or -1. There must be an
   interval on that side. Most are half a year long, so the search widens from there. */
static int64_t find_edge(const struct zone *z, size_t i, int64_t inside, int direction)
{
    int64_t in = inside, out = inside;
    for (int64_t step = 30 * SECONDS_PER_DAY; out == in; step *= 2) {
        out = in + direction * step;
        if (out > FAR_S || out < -FAR_S)
            out = direction * FAR_S;
        if (index_at(z, out) == i)
            in = out;
    }
    while (out - in > 1 || in - out > 1) {
        const int64_t middle = in + (out - in) / 2;
        if (index_at(z, middle) == i)
            in = middle;
        else
            out = middle;
    }
    return in;
}

/* Interval i, which the second `inside` is in. */
static const struct span *learn(struct zone *z, size_t i, int64_t inside)
{
    struct span *span = &z->spans[i];
    if (!span->known)
        *span = (struct span){
            .from_s = i == 0 ? -FAR_S : find_edge(z, i, inside, -1),
            .until_s = i + 1 == z->count ? FAR_S : find_edge(z, i, inside, 1) + 1,
            .offset_s = g_time_zone_get_offset(z->rules, (int)i),
            .known = true,
        };
    return span;
}

/* The interval of a UTC second within FAR_S. */
static const struct span *span_at(struct zone *z, int64_t utc_s)
{
    if (utc_s < z->last->from_s || utc_s >= z->last->until_s)
        z->last = learn(z, index_at(z, utc_s), utc_s);
    return z->last;
}

static struct zone *new_zone(const char *name, size_t count)
{
    struct zone *z = oom_alloc(sizeof *z);
    *z = (struct zone){.spans = oom_alloc(count * sizeof *z->spans), .count = count};
    for (size_t i = 0; i < count; i++)
        z->spans[i] = (struct span){0};
    z->last = z->spans; /* no second is in it yet */
    snprintf(z->name, sizeof z->name, "%s", name);
    return z;
}

static struct zone *fixed_zone(int offset_min)
{
    char name[16] = "UTC";
    const int size = offset_min < 0 ? -offset_min : offset_min;
    if (size)
        snprintf(name, sizeof name, "%c%02d:%02d", offset_min < 0 ? '-' : '+', size / 60 % 24,
                 size % 60);
    struct zone *z = new_zone(name, 1);
    z->spans[0] = (struct span){-FAR_S, FAR_S, offset_min * 60, true};
    return z;
}

/* "+02:00", "-0800", "+05", "UTC", "Z"; offsets of less than 16 hours, as all real ones are. */
static bool read_fixed(str name, int *offset_min)
{
    *offset_min = 0;
    if (str_eq_nocase(name, STR("UTC")) || str_eq_nocase(name, STR("Z")))
        return true;
    if (name.n < 3 || (name.p[0] != '+' && name.p[0] != '-'))
        return false;
    str minutes = str_from(name, 3);
    if (str_starts(minutes, STR(":")) && minutes.n == 3)
        minutes = str_from(minutes, 1);
    int64_t h, min = 0;
    if (!str_to_u63(str_sub(name, 1, 2), &h) || h > 15)
        return false;
    if (minutes.n && (minutes.n != 2 || !str_to_u63(minutes, &min) || min > 59))
        return false;
    *offset_min = (int)(h * 60 + min) * (name.p[0] == '-' ? -1 : 1);
    return true;
}

enum status zone_open(struct zone **out, str name, struct err *e)
{
    int offset_min;
    if (read_fixed(name, &offset_min)) {
        *out = fixed_zone(offset_min);
        return OK;
    }
    if (!zone_names_have(name))
        return zone_names_fail(name, e);
    char cstr[ZONE_NAME_MAX + 1];
    snprintf(cstr, sizeof cstr, STR_FMT, STR_ARG(name));
    GTimeZone *rules = g_time_zone_new_identifier(cstr);
    if (!rules)
        return zone_names_fail(name, e);

    const int last = g_time_zone_find_interval(rules, G_TIME_TYPE_UNIVERSAL, FAR_S);
    struct zone *z = new_zone(cstr, (size_t)last + 1);
    z->rules = rules;
    *out = z;
    return OK;
}

void zone_close(struct zone *z)
{
    if (!z)
        return;
    if (z->rules)
        g_time_zone_unref(z->rules);
    free(z->spans);
    free(z);
}

str zone_name(const struct zone *z)
{
    return str_of(z->name);
}

int zone_offset_min(struct zone *z, int64_t utc_ms)
{
    const int64_t utc_s = floor_seconds(utc_ms);
    if (utc_s < -FAR_S || utc_s >= FAR_S)
        return 0;
    return span_at(z, utc_s)->offset_s / 60;
}

static int64_t read_with(const struct span *span, int64_t wall_ms)
{
    return wall_ms - span->offset_s * MS_PER_SECOND;
}

static const struct span *span_after(struct zone *z, const struct span *span)
{
    return span->until_s < FAR_S ? span_at(z, span->until_s) : NULL;
}

/* Near a change of offset: every interval within a day is tried, in order of time. */
static enum zone_fit fit_near_change(struct zone *z, int64_t wall_ms, int64_t *utc_ms)
{
    const int64_t wall_s = floor_seconds(wall_ms);
    const struct span *fits = NULL, *before = NULL;
    for (const struct span *span = span_at(z, wall_s - SECONDS_PER_DAY);
         span && span->from_s <= wall_s + SECONDS_PER_DAY; span = span_after(z, span)) {
        const int64_t utc_s = wall_s - span->offset_s;
        if (utc_s >= span->until_s) {
            before = span; /* over before the wall shows this */
            continue;
        }
        if (utc_s < span->from_s)
            continue;
        if (fits) {
            *utc_ms = read_with(fits, wall_ms);
            return ZONE_TWICE;
        }
        fits = span;
    }
    assert(fits || before);
    *utc_ms = read_with(fits ? fits : before, wall_ms);
    return fits ? ZONE_FITS : ZONE_SKIPPED;
}

enum zone_fit zone_to_utc(struct zone *z, int64_t wall_ms, int64_t *utc_ms)
{
    const int64_t wall_s = floor_seconds(wall_ms);
    const struct span *last = z->last;
    if (wall_s <= SECONDS_PER_DAY - FAR_S || wall_s >= FAR_S - SECONDS_PER_DAY) {
        *utc_ms = wall_ms;
        return ZONE_FITS;
    }
    if (wall_s - SECONDS_PER_DAY < last->from_s || wall_s + SECONDS_PER_DAY >= last->until_s)
        return fit_near_change(z, wall_ms, utc_ms);
    *utc_ms = read_with(last, wall_ms);
    return ZONE_FITS;
}
