/*
 * The words of the index with the number of messages that hold each, in order: what similar spellings
 * and stems are looked for in. Reading a word takes as long as counting its messages, so that what
 * cannot be meant is not read: stems read the words of one beginning, similar spellings leap over
 * beginnings that are wrong already.
 */
#ifndef STET_QUERY_VOCABULARY_H
#define STET_QUERY_VOCABULARY_H

#include "filter.h"

/* `word` is folded, as tokenize.h gives it; false ends the reading. */
typedef bool vocabulary_visit(void *context, str word, uint64_t messages);

/* All words that begin with `prefix` (may be empty). */
MUST_USE enum status vocabulary_each(const struct plan *p, str prefix, vocabulary_visit *visit,
                                     void *context, struct err *e);

struct similar {
    str word;
    int distance; /* characters changed, added, left out, or neighbours swapped */
    uint64_t messages;
};
enum { SIMILAR_MAX = 200 };

/* The words at most `distance` away from `word`, the nearest first, then the most frequent: at most
   SIMILAR_MAX. @handles and #tags are none. In the arena. */
MUST_USE enum status vocabulary_similar(const struct plan *p, str word, int distance,
                                        struct arena *a, struct similar **out, size_t *count,
                                        struct err *e);

#endif
