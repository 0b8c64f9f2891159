/*
 * Names by id: a small cache of participants and conversations, so that reading a page of messages
 * asks the archive once for each name.
 */
#ifndef STET_STORE_NAME_CACHE_H
#define STET_STORE_NAME_CACHE_H

#include "db.h"

struct name_cache;

/* Slices are borrowed until name_cache_forget; empty for an id that does not exist. */
struct name {
    str key, shown;
};
MUST_USE enum status name_of_participant(struct store *s, int64_t id, struct name *out,
                                         struct err *e);
MUST_USE enum status name_of_conversation(struct store *s, int64_t id, struct name *out,
                                          struct err *e);
void name_cache_forget(struct name_cache *n); /* after a commit or a new snapshot */
void name_cache_free(struct name_cache *n);

#endif
