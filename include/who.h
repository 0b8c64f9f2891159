/*
 * Whom somebody means by a name on the command line or in a form: a handle, a name as shown, or the
 * name of a person that handles were joined to.
 *
 *     int64_t *ids;
 *     size_t count;
 *     st = who_find(store, STR("Ines Rautenberg"), &arena, &ids, &count, e);    // all her handles
 */
#ifndef STET_WHO_H
#define STET_WHO_H

#include "arena.h"
#include "store.h"

/* Participants of that very key, else of that name or person, folded. "id:17" is participant 17. The
   ids are ascending, in the arena. ERR_MISSING with suggestions if there is none. */
MUST_USE enum status who_find(struct store *s, str name, struct arena *a, int64_t **ids,
                              size_t *count, struct err *e);

/* As who_find, but of one account: ERR_QUERY with their keys if several have the name. */
MUST_USE enum status who_find_one(struct store *s, str name, struct arena *a, int64_t *id,
                                  struct err *e);

/* The person of that name, else the one that the handle `name` belongs to; ERR_MISSING if none. */
MUST_USE enum status who_find_person(struct store *s, str name, struct arena *a, int64_t *person,
                                     struct err *e);

#endif
