/*
 * Postings: which messages hold a word or a phrase, straight from the full-text index. For the quote
 * checker, which wants many small lookups and no query language.
 *
 *     struct postings p;
 *     str words[] = {STR("dredging"), STR("permit")};
 *     if (postings_of(store, (struct phrase){words, 2}, 1000, &arena, &p, e) == OK)
 *         for (size_t i = 0; i < p.count; i++) ...   // p.rows[i], ascending
 */
#ifndef STET_POSTINGS_H
#define STET_POSTINGS_H

#include "arena.h"
#include "store.h"

struct postings {
    int64_t *rows; /* ascending, in the arena */
    size_t count;
    bool more; /* there are others beyond the limit */
};

/* Folded tokens, as tokenize.h gives them; of a longer list the first POSTINGS_WORDS_MAX count. */
struct phrase {
    const str *words;
    size_t count;
};
enum { POSTINGS_WORDS_MAX = 64 };

/* Messages in which the words stand side by side in this order. At most `limit` rows are read, which
   bounds the cost for common words. */
MUST_USE enum status postings_of(struct store *s, struct phrase phrase, size_t limit,
                                 struct arena *a, struct postings *out, struct err *e);

/* Messages that hold all of the words, anywhere. */
MUST_USE enum status postings_of_all(struct store *s, struct phrase words, size_t limit,
                                     struct arena *a, struct postings *out, struct err *e);

#endif
