/*
 * Messages that their platform has numbered: platform ids that are whole numbers of at most eighteen
 * digits.
 *
 *     struct numbered *ids;
 *     if (store_numbered(s, &arena, &ids, &count, e) == OK) ...     // by conversation, then number
 */
#ifndef STET_NUMBERED_H
#define STET_NUMBERED_H

#include "store.h"

struct numbered {
    int64_t conversation_id, number, row;
};

/* Of several messages with one number (wordings) each is given. In the arena. */
MUST_USE enum status store_numbered(struct store *s, struct arena *a, struct numbered **out,
                                    size_t *count, struct err *e);

#endif
