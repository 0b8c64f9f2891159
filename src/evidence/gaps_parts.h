/* What the files of gaps share. The idea is in gaps.h. */
#ifndef STET_EVIDENCE_GAPS_PARTS_H
#define STET_EVIDENCE_GAPS_PARTS_H

#include "gaps.h"

/* A list that grows in the arena. */
struct grown {
    void *items;
    size_t count, cap;
};
void *grown_add(struct grown *g, struct arena *a, size_t size); /* a zeroed new item */

/* Dated messages, by conversation, then time, then row; events are not among them. */
struct written {
    int64_t conversation_id, participant_id, wall_ms, row;
    int64_t day; /* of the clock as shown, since 1970 */
};

struct looking {
    struct store *store;
    struct arena *arena;
    struct written *written; /* malloc'd */
    size_t count;
    struct conversation_row *conversations; /* those looked at, by id */
    size_t conversation_count;
    struct participant_row *people; /* by id */
    size_t people_count;
    struct grown silences, sides, ids, undated;
    uint64_t examined;
};

/* Titles and names by id; never empty. */
str looking_title(const struct looking *x, int64_t conversation_id);
str looking_name(const struct looking *x, int64_t participant_id);

/* Both work on the messages of one conversation: items [from, to). */
void look_for_silences(struct looking *x, size_t from, size_t to);
void look_for_sides(struct looking *x, size_t from, size_t to);

MUST_USE enum status look_for_ids(struct looking *x, struct gap_conversation *counts,
                                  struct err *e);

#endif
