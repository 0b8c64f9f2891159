/*
 * Whom a name in a text means: the participant whose handle or name it is, compared without case,
 * accents, blanks and signs ("Harbour Watch" is @harbour_watch); nobody if several have it.
 */
#ifndef STET_PEOPLE_CALLED_H
#define STET_PEOPLE_CALLED_H

#include "arena.h"
#include "store.h"

struct called;
struct calls {
    struct called *p;
    size_t count;
};

struct calls calls_of(const struct participant_row *people, size_t count, struct arena *a);

/* 0: nobody, or several. `scratch` may be cleared after each call. */
int64_t calls_find(const struct calls *c, struct arena *scratch, str name);

/* The form in which names are compared. */
str called_plain(struct arena *a, str name);

#endif
