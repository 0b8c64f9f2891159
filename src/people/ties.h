/*
 * Ties: one thing that one message has to do with somebody else. Everything that a graph says is a sum
 * over them, so that the same walk makes the edges and lists the messages of one.
 */
#ifndef STET_PEOPLE_TIES_H
#define STET_PEOPLE_TIES_H

#include "graph.h"

/* Participants as the graph sees them: a person's handles are one. */
struct roll {
    struct participant_row *people;
    size_t count;
    int64_t max_id;
    uint32_t *node_of; /* by participant id: a running number from 1, 0 for none */
    struct graph_node *nodes;
    size_t node_count;
};
MUST_USE enum status roll_call(struct roll *out, struct store *s, bool handles, struct arena *a,
                               struct err *e);

struct walked {
    struct store *store;
    const struct graph_request *request;
    const struct roll *roll;
    void (*visit)(void *context,
                  const struct tie *t); /* from and to are participants of two nodes */
    void (*wrote)(void *context, int64_t row, int64_t participant); /* may be NULL */
    void *context;
    uint64_t crowded_days;
};
MUST_USE enum status ties_walk(struct walked *w, struct arena *a, struct err *e);

/* ties_named.c: replies, mentions, forwards and recipients, in order of rows; in the arena. */
struct named_tie {
    enum tie_kind kind;
    int64_t row, other, other_row;
};
MUST_USE enum status ties_named(struct store *s, const struct roll *roll, struct arena *a,
                                struct named_tie **out, size_t *count, struct err *e);

#endif
