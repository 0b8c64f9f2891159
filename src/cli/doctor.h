/*
 * What stet doctor looks at. Each look adds checks to a list; what cannot be told from here is said to
 * be unknown, never good.
 */
#ifndef STET_DOCTOR_H
#define STET_DOCTOR_H

#include "cli.h"

enum finding {
    FINDING_GOOD,
    FINDING_ADVICE,  /* could be better */
    FINDING_UNKNOWN, /* cannot be told */
    FINDING_BAD      /* something important is missing */
};

enum { CHECKS_MAX = 32 };

struct check {
    const char *name;
    enum finding finding;
    str says;
    str hint; /* what to do; empty: nothing */
};

struct checkup {
    struct cli *c;
    struct check checks[CHECKS_MAX];
    size_t count;
};

void checkup_add(struct checkup *k, struct check check);

void look_at_process(struct checkup *k); /* what confines and hides it */
void look_at_archive(struct checkup *k); /* who else can read or replace it */
void look_at_swap(struct checkup *k);
void look_at_libraries(struct checkup *k); /* are they older than the known good ones? */

#endif
