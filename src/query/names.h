/*
 * Names that users write for people, conversations and sources, found in the archive: folded, whole
 * or as a prefix; what fits none is answered with the nearest ones.
 */
#ifndef STET_QUERY_NAMES_H
#define STET_QUERY_NAMES_H

#include "filter.h"

/* In the arena, ascending. */
struct ids {
    int64_t *p;
    size_t count;
};
void ids_sort(struct ids *ids);

/* ERR_QUERY at the value of n. */
MUST_USE enum status names_people(struct planner *p, const struct node *n, struct ids *out,
                                  struct err *e);
/* All handles of the persons whose name, or one of whose handles, fits. */
MUST_USE enum status names_persons(struct planner *p, const struct node *n, struct ids *out,
                                   struct err *e);
MUST_USE enum status names_handles_of_people(struct planner *p, const struct node *n,
                                             struct ids *out, struct err *e);
MUST_USE enum status names_conversations(struct planner *p, const struct node *n, struct ids *out,
                                         struct err *e);
MUST_USE enum status names_sources(struct planner *p, const struct node *n, struct ids *out,
                                   struct err *e);

/* The tokens that an @mention of `name` may have in the index; none if it cannot be a handle. */
struct text *names_handles(struct arena *a, str name, bool prefix, size_t *count);

#endif
