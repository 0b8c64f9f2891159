/*
 * Where in the archive a quotation may stand: stretches of conversations in which its rare words come
 * close together.
 */
#ifndef STET_VERIFY_CANDIDATES_H
#define STET_VERIFY_CANDIDATES_H

#include "items.h"
#include "store.h"

enum { WINDOWS_MAX = 12, QUEST_CELLS_MAX = 40 << 20 /* about a second */ };

/* A stretch of one conversation, rows in its order. */
struct window {
    int64_t rows[256];
    size_t count;
    int64_t main_speaker; /* whose messages hold most of the quotation's rare words */
    int64_t votes; /* sum over distinct words of log2(messages / messages with the word), x 16 */
    int64_t first_voted, last_voted;
};

struct window_list {
    struct window *windows; /* best first; in the arena */
    size_t count;
};

/* Where a search for a quotation looks, and where its results live. */
struct quest {
    struct store *store;
    int64_t conversation_id; /* 0: anywhere */
    struct arena *arena;
    int64_t *cells_left; /* of the aligner's table, for all that this quest lays; below 0: spent */
};

/* Deterministic; the cost is bounded by POSTINGS_PER_WORD for each word. */
MUST_USE enum status candidates_find(const struct quest *t, const struct quote_items *q,
                                     struct window_list *out, struct err *e);

#endif
