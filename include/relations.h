/*
 * Who is named by whose message, as the source itself says: whom it answers, whom it mentions, whose
 * words it passes on, to whom it was sent. One pass over the archive each, for graphs and counts.
 *
 *     static void add(void *context, const struct relation *r) { ... }
 *     st = store_relations(s, add, &counts, e);
 */
#ifndef STET_RELATIONS_H
#define STET_RELATIONS_H

#include "store.h"

enum relation_kind {
    RELATION_REPLY,    /* other_row is the message answered, other its sender */
    RELATION_FORWARD,  /* name is whose words they were, as shown; other is 0 */
    RELATION_MENTION,  /* marked as a mention by the source */
    RELATION_RECIPIENT /* sent to */
};

struct relation {
    enum relation_kind kind;
    int64_t row, other, other_row; /* other_row is 0 but for a reply */
    str name;                      /* borrowed for the call */
};
typedef void relation_visit(void *context, const struct relation *r);

/* Replies and forwards in order of rows, then mentions, then recipients. Replies whose message is not
   here, or was nobody's, are left out. */
MUST_USE enum status store_relations(struct store *s, relation_visit *visit, void *context,
                                     struct err *e);

#endif
