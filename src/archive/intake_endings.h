/* Which members of an archive were passed over, by the endings of their names. */
#ifndef STET_ARCHIVE_INTAKE_ENDINGS_H
#define STET_ARCHIVE_INTAKE_ENDINGS_H

#include "arena.h"

enum { ENDINGS_MAX = 24, ENDING_BYTES = 12 };

struct endings {
    struct {
        char text[ENDING_BYTES]; /* ".jpg"; empty for names without */
        uint64_t count;
    } items[ENDINGS_MAX];
    size_t count;
    uint64_t others, total;
};

void endings_add(struct endings *n, str path);

/* "1204 members hold no messages that Stet knows: 1200 .jpg, 3 .html, 1 others"; in `a`. */
str endings_say(const struct endings *n, struct arena *a);

#endif
