/*
 * Conversations that are the same although their keys differ. A format without ids of conversations
 * makes a key of the title or the first record; another export of the same chat then has another key.
 * Before the spooled messages of a transaction are stored, conversations of one platform, at least one
 * of which is loose, are compared by what they hold, and the newer takes the key of the older.
 *
 * What counts are messages of four words or more, dated, with a sender; two are the same if time,
 * sender as shown and text are. Two conversations are joined if
 *   - at least five such messages, different in their words, stand in both,
 *   - of two senders or more,
 *   - and in the span from the first to the last of these, they are at least half of such messages in
 *     either conversation.
 * So an excerpt, an overlapping export or a second copy is joined; what was merely sent to two chats (a
 * circular, a bot's reports) is not. Two conversations with ids of their own are never joined, nor two
 * that stand in the archive already. Undated conversations are not compared.
 */
#ifndef STET_STORE_JOIN_H
#define STET_STORE_JOIN_H

#include "db.h"
#include "spool.h"

struct joins;

/* Reads all of the spool (which is sorted already) and leaves it rewound. *out is NULL if nothing is to
   be joined. */
MUST_USE enum status joins_decide(struct joins **out, struct store *s, struct spool *spool,
                                  struct err *e);
void joins_free(struct joins *j);

/* The key under which the records of a conversation are stored: `key` itself if it is not joined. */
str joins_key(const struct joins *j, str key);

/* Whether a source that goes straight into rows would miss a joining. */
MUST_USE enum status joins_possible(struct store *s, const struct conversation *c, bool *yes,
                                    struct err *e);

#endif
