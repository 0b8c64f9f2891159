/*
 * What speaks for joining two handles: the same telephone number, e-mail address or platform's number in
 * both, or an event that says that one was renamed to the other. Never an equal name alone: many people
 * are called Anna, and an impostor takes a name on purpose. A suggestion is evidence for an analyst, not
 * a claim.
 *
 *     struct suggestion *all;
 *     size_t count;
 *     st = suggest_joins(store, &arena, &all, &count, e);
 */
#ifndef STET_SUGGEST_H
#define STET_SUGGEST_H

#include "arena.h"
#include "store.h"

enum evidence { EVIDENCE_PHONE, EVIDENCE_EMAIL, EVIDENCE_NUMBER, EVIDENCE_RENAMED };
const char *evidence_text(enum evidence e); /* "the same telephone number" ... */

struct suggestion {
    struct participant_row a, b; /* a has more messages */
    enum evidence evidence;
    str what;    /* the number or address; of a rename the event's text */
    int64_t row; /* of the event; 0 otherwise */
};

/* Pairs that are not one person already, best known first; in the arena. */
MUST_USE enum status suggest_joins(struct store *s, struct arena *a, struct suggestion **out,
                                   size_t *count, struct err *e);

#endif
