/*
 * A sink between the reading and the writer that notes how well the times are known, how many
 * messages came, and which issues there were, and forgets what came of a member that failed.
 */
#ifndef STET_ARCHIVE_INTAKE_WATCH_H
#define STET_ARCHIVE_INTAKE_WATCH_H

#include "intake.h"

struct watch {
    struct sink sink;  /* first: what the reading is given */
    struct sink *to;   /* the writer's; set before the first record */
    uint64_t messages; /* of all that came */
    enum time_basis
        basis; /* the weakest of any dated message of the member; BASIS_NONE if none is */
    struct intake_kinds kinds; /* of the member */
};

struct watch watch_new(void);
void watch_member(struct watch *w); /* another begins */

#endif
