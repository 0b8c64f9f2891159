/*
 * What hangs on a message beside its row, as lists: attachments, reactions, earlier wordings, people
 * mentioned and written to. Each list is a table by (message, nth), and most messages have none.
 */
#ifndef STET_STORE_DETAILS_H
#define STET_STORE_DETAILS_H

#include "db.h"
#include "people.h"

enum detail { DETAIL_ATTACHMENT, DETAIL_REACTION, DETAIL_EDIT, DETAIL_MENTION, DETAIL_RECIPIENT };

/* The bits 1 << enum detail of the lists that are not empty anywhere in the archive. */
MUST_USE enum status details_any(struct store *s, uint32_t *bits, struct err *e);

MUST_USE enum status details_store(struct store *s, struct people *p, const struct message *m,
                                   int64_t row, struct err *e);

/* Fills the lists of `m`, in the arena. */
MUST_USE enum status details_read(struct store *s, int64_t row, struct arena *a, struct message *m,
                                  struct err *e);

#endif
