/*
 * Names by id: a small cache of participants and conversations, so that reading a page of messages
 * asks the archive once for each name.
 */
#ifndef STET_STORE_NAMES_H
#define STET_STORE_NAMES_H

#include "db.h"

struct names;

/* Slices are borrowed until names_forget; empty for an id that does not exist. */
struct name {
    str key, shown;
};
MUST_USE enum status names_participant(struct store *s, int64_t id, struct name *out,
                                       struct err *e);
MUST_USE enum status names_conversation(struct store *s, int64_t id, struct name *out,
                                        struct err *e);
void names_forget(struct names *n); /* after a commit or a new snapshot */
void names_free(struct names *n);

#endif
