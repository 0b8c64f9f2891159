/*
 * Who and where, while a source is written: participants and conversations by key, held in memory
 * with their counts, and stored when the source is complete.
 */
#ifndef STET_STORE_PEOPLE_H
#define STET_STORE_PEOPLE_H

#include "db.h"

struct people;

struct people *people_new(struct store *s);
void people_free(struct people *p);

/* The id of a participant, 0 for the empty key; made if it is not there. *same_name: `name` is the
   name that is stored with the participant. */
MUST_USE enum status people_participant(struct people *p, str key, str name, int64_t *id,
                                        bool *same_name, struct err *e);
/* The same for somebody who is only mentioned, answered or written to. */
MUST_USE enum status people_reference(struct people *p, str key, str name, int64_t *id,
                                      bool *same_name, struct err *e);

/* The name of a key, as told apart from messages: used wherever no message shows one. */
void people_name(struct people *p, const struct participant *who);
MUST_USE enum status people_conversation(struct people *p, str key, int64_t *id, struct err *e);

/* What was learnt of a conversation: what is not empty replaces what is stored; with `only_missing`
   it only fills what is empty. */
MUST_USE enum status people_describe(struct people *p, const struct conversation *c,
                                     bool only_missing, struct err *e);

/* A new row of the participant and conversation that were asked for last. */
MUST_USE enum status people_count(struct people *p, enum message_kind kind, int64_t row,
                                  int64_t sort_ms, struct err *e);

MUST_USE enum status people_store(struct people *p, struct err *e);

#endif
