/*
 * The naive clocks of a source read in a zone that was found out from its messages (clock.h), and back
 * again. What changes are UTC, its basis and the mark of an hour that exists twice or never; the clock
 * as shown, the citation and the number of a message never change.
 *
 *     struct zone *z;
 *     const struct rezone_job job = {.sources = ids, .count = n, .zone = z};    // NULL: back
 *     if (store_rezone(&done, store, &job, e) == OK)
 *         printf("%" PRIu64 " messages\n", done.messages);
 *
 * A source so read has a line "clock=America/Los_Angeles" among its options (source_row.clock_zone).
 */
#ifndef STET_REZONE_H
#define STET_REZONE_H

#include "store.h"
#include "zone.h"

struct rezone_job {
    const int64_t *sources; /* ids */
    size_t count;
    struct zone *zone; /* NULL: their clocks are read as UTC again, as at import */
};

struct rezone_result {
    uint64_t sources, messages; /* read otherwise now; messages count events */
    uint64_t ambiguous;         /* of these: their hour exists twice or never in the zone */
};

/* One transaction; needs STORE_WRITE. Only times without a stated zone are touched (BASIS_ASSUMED, or
   BASIS_INFERRED on the way back and from another zone). ERR_MISSING if a source does not exist;
   ERR_FORMAT for one whose inferred times came with it from another archive. */
MUST_USE enum status store_rezone(struct rezone_result *out, struct store *s,
                                  const struct rezone_job *job, struct err *e);

/* The time of a naive clock in a zone, as store_rezone stores it; it has BASIS_INFERRED. */
struct message_time rezone_time(struct zone *z, int64_t wall_ms);

/* The zone in a source's options, borrowed from them; empty if none was inferred. */
str rezone_option(str options);

#endif
