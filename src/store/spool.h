/*
 * The spool: what a transaction was told, kept in an unlinked 0600 file beside the archive until all
 * is there. Messages come back in order of (time, place in the spool), all else in the order in which
 * it came. Records belong to parts (a file or a member of one); what came since a mark can be taken
 * back. In memory it keeps 16 bytes a message.
 *
 * An undated message takes the time of the dated one before it in its part, or of the part's first
 * dated one.
 */
#ifndef STET_STORE_SPOOL_H
#define STET_STORE_SPOOL_H

#include "sink.h"

/* A record on its way into the archive. */
struct record {
    struct message message;      /* raw is not kept */
    struct sha256_digest digest; /* of raw */
    int64_t sort_ms;
    uint32_t part;
};

struct spool;
MUST_USE enum status spool_new(struct spool **out, const char *beside, struct err *e);
void spool_free(struct spool *s);
uint64_t spool_bytes(const struct spool *s);

/* ---- adding ---- */

/* What comes from now on belongs to a new part; they count from 0. */
uint32_t spool_part(struct spool *s);

/* sort_ms is the message's UTC, or TIME_NONE. */
MUST_USE enum status spool_message(struct spool *s, const struct record *r, struct err *e);
MUST_USE enum status spool_conversation(struct spool *s, const struct conversation *c,
                                        struct err *e);
MUST_USE enum status spool_participant(struct spool *s, const struct participant *p, struct err *e);
MUST_USE enum status spool_issue(struct spool *s, const struct issue *i, struct err *e);

struct spool_mark {
    uint64_t bytes;
    size_t messages, notes, parts;
};
struct spool_mark spool_here(const struct spool *s);
MUST_USE enum status spool_return(struct spool *s, const struct spool_mark *to, struct err *e);

/* ---- handing back ---- */

/* What is no message. */
enum spool_kind { SPOOL_CONVERSATION, SPOOL_PARTICIPANT, SPOOL_ISSUE };
struct spool_note {
    enum spool_kind kind;
    uint32_t part;
    struct conversation conversation;
    struct participant participant;
    struct issue issue;
};

/* Ends adding. `fallback_ms` is the time of the messages of a part in which none is dated. */
MUST_USE enum status spool_sort(struct spool *s, int64_t fallback_ms, struct err *e);

/* Back to the first message, or to the first note. */
void spool_rewind(struct spool *s);

/* The next in order; slices and lists are borrowed until the next call of either. */
enum step spool_next(struct spool *s, struct record *out, struct err *e);
enum step spool_next_note(struct spool *s, struct spool_note *out, struct err *e);

#endif
