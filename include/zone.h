/*
 * Time zones of the system's tz database, by name ("America/Los_Angeles", "UTC", "+02:00").
 *
 *     struct zone *z;
 *     if (zone_open(&z, STR("Europe/Berlin"), e) != OK) ...
 *     enum zone_fit fit = zone_to_utc(z, wall_ms, &utc_ms); // ZONE_TWICE in an hour that repeats
 *     zone_close(z);
 */
#ifndef STET_ZONE_H
#define STET_ZONE_H

#include "err.h"
#include "str.h"

struct zone;

/* How a wall time fits a zone. */
enum zone_fit {
    ZONE_FITS,    /* one instant has this wall time */
    ZONE_TWICE,   /* two have it (clocks went back); the earlier one is given */
    ZONE_SKIPPED, /* none has it (clocks went forward); read with the offset before the change */
};

/* An unknown name fails with ERR_MISSING and the nearest names as hint. Yours to close. */
MUST_USE enum status zone_open(struct zone **out, str name, struct err *e);
void zone_close(struct zone *z);
/* "UTC" for "Z", "-08:00" for "-0800", else as given; borrowed until zone_close. */
str zone_name(const struct zone *z);

/* Times beyond the year 100000 either way, TIME_NONE above all, are handed through unchanged. */
/* Minutes to add to UTC, rounded towards zero (before 1900 offsets had seconds). */
int zone_offset_min(struct zone *z, int64_t utc_ms);
enum zone_fit zone_to_utc(struct zone *z, int64_t wall_ms, int64_t *utc_ms);

/* Tells every name of the system's database, in its order; `alias`: it is another name of a zone that has
   one. The name is borrowed during the call. ERR_MISSING if there is no database. */
typedef void zone_visitor(void *context, str name, bool alias);
MUST_USE enum status zone_list(zone_visitor *each, void *context, struct err *e);

#endif
