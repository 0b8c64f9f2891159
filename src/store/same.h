/*
 * Is this message here already? Three ways to say yes, in this order:
 *
 *   1. Its platform id stands in its conversation with the same words and sender (store_same_message):
 *      then times do not matter, because exports show them in different zones and precisions.
 *   2. Its content id stands there: conversation, time, sender, text and occurrence number are equal.
 *      Equals of one part of a source are numbered as they come, so that three "ok" of one second in
 *      one file stay three, and the same three in another file are the same three.
 *   3. (join.h) Its conversation holds the messages of another one, and is that one.
 */
#ifndef STET_STORE_SAME_H
#define STET_STORE_SAME_H

#include "row.h"
#include "writer.h"

/* Sets r->content_id, under which the message will stand, and *duplicate_of, the row where it stands
   already (0: nowhere). */
MUST_USE enum status same_find(struct writer *w, const struct record *record, struct row *r,
                               int64_t *duplicate_of, struct err *e);

/* The row was stored: it will be found. */
MUST_USE enum status same_add(struct writer *w, const struct row *r, struct err *e);

/* The numbers of all rows that were there before the transaction. */
MUST_USE enum status same_prepare(struct store *s, struct err *e);
/* Messages of several parts are coming, which may hold the same: they are to be found even if there was
   nothing before. */
void same_expect_own(struct store *s);
void same_forget(struct store *s);

#endif
