/*
 * Who is who: a handle is what a source shows, a person is an analyst's claim that handles belong
 * together. A claim has a date, a reason and a confidence, changes nothing of the messages, and is
 * never deleted: taking it back gives it an end. stet undo takes the last act back as if it had not been.
 *
 *     const int64_t handles[] = {3, 17};
 *     const struct join_claim c = {.name = STR("Ines Rautenberg"), .reason = STR("same number"),
 *                                  .confidence = CONFIDENCE_HIGH, .now_ms = now};
 *     int64_t person;
 *     identity_join(s, handles, 2, &c, &person, e);               // needs STORE_WRITE
 *     identity_split(s, 17, now, e);                              // 17 is by itself again
 *
 * A handle belongs to one person at most. An account is not a person either: identity_note_hands
 * notes that several people use one account, and stored.hands says it wherever a message is shown.
 */
#ifndef STET_IDENTITY_H
#define STET_IDENTITY_H

#include "arena.h"
#include "store.h"

enum { PERSON_NAME_MAX = 200, CLAIM_TEXT_MAX = 4096, JOIN_AT_ONCE_MAX = 1000 };

/* Written to archives: append only. */
enum confidence { CONFIDENCE_LOW = 1, CONFIDENCE_MEDIUM, CONFIDENCE_HIGH };
const char *confidence_name(enum confidence c); /* "low" "medium" "high" */

struct join_claim {
    str name; /* of the person; empty: as it is called already, or as its first handle */
    str reason;
    enum confidence confidence;
    int64_t now_ms; /* UTC */
};

/* Claims that participants are one person. Handles of another person come over, and all of that
   person's with them. *person is its id. ERR_QUERY for a claim that cannot be one (fewer than two
   handles, all joined already, a name too long), ERR_MISSING for a participant that does not exist. */
MUST_USE enum status identity_join(struct store *s, const int64_t *participants, size_t count,
                                   const struct join_claim *c, int64_t *person, struct err *e);

/* Ends the claim that a participant belongs to its person; if only one other is left, that one's ends
   too. ERR_MISSING if it belongs to nobody. */
MUST_USE enum status identity_split(struct store *s, int64_t participant, int64_t now_ms,
                                    struct err *e);
MUST_USE enum status identity_rename(struct store *s, int64_t person, str name, int64_t now_ms,
                                     struct err *e);

/* Notes who uses an account; an empty text takes the note back. One note an account. */
MUST_USE enum status identity_note_hands(struct store *s, int64_t participant, str text,
                                         int64_t now_ms, struct err *e);

/* ---- reading --------------------------------------------------------------------------------- */

struct person_handle {
    int64_t participant;
    str name, key; /* as in struct participant_row */
    uint64_t messages;
    str reason;
    enum confidence confidence;
    int64_t at_ms, ended_ms; /* UTC; TIME_NONE: the claim holds */
};
struct person {
    int64_t id;
    str name;
    int64_t at_ms;
    struct person_handle *handles; /* claims that ended among them, in order of their dates */
    size_t handle_count, held;     /* held: how many hold now; 0: nobody is this person any more */
};
/* All persons ever claimed, by id, in the arena. */
MUST_USE enum status identity_persons(struct store *s, struct arena *a, struct person **out,
                                      size_t *count, struct err *e);

/* What holds now for one participant: the person's id (0: nobody's) and name, and the note about its
   hands. Borrowed until the next act on this store, or its end. */
struct identity {
    int64_t person;
    str name, hands;
};
MUST_USE enum status identity_of(struct store *s, int64_t participant, struct identity *out,
                                 struct err *e);

/* Whether anything at all is claimed or noted: what saves asking for each message. */
MUST_USE enum status identity_any(struct store *s, bool *any, struct err *e);

struct hands_note {
    int64_t participant;
    str name, text;
    int64_t at_ms;
};
/* The notes that hold, by participant, in the arena. */
MUST_USE enum status identity_hands(struct store *s, struct arena *a, struct hands_note **out,
                                    size_t *count, struct err *e);

#endif
