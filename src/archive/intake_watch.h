/*
 * A sink between importer and writer that reports progress, asks whether to stop, and notes how well
 * the times are known.
 */
#ifndef STET_ARCHIVE_INTAKE_WATCH_H
#define STET_ARCHIVE_INTAKE_WATCH_H

#include "intake.h"

struct watch {
    struct sink sink; /* first: what the importer is given */
    struct sink *to;
    const struct intake_options *options;
    struct source *source;
    str name;
    uint64_t messages;
    uint64_t asked_at;     /* offset in the source of the last look at the clock */
    double begun, told;    /* seconds of the monotonic clock */
    enum time_basis basis; /* the weakest of any dated message; BASIS_NONE if none is dated */
};

struct watch watch_of(struct sink *to, const struct intake_options *o, struct source *source,
                      str name);
double watch_seconds(const struct watch *w); /* since it was made */
double clock_seconds(void);                  /* monotonic */

/* Tells the progress, whatever the time. */
void watch_tell(struct watch *w);

#endif
