/*
 * The spool: records of a source that are not in order of time, kept in an unlinked 0600 file beside
 * the archive until all are there, then handed back in order of (time, place in the source). An
 * undated record takes the time of the dated one before it in the source, or of the first dated one.
 * In memory it keeps 16 bytes a record.
 */
#ifndef STET_STORE_SPOOL_H
#define STET_STORE_SPOOL_H

#include "message.h"
#include "err.h"

/* A record on its way into the archive. */
struct record {
    struct message message;      /* raw is not kept */
    struct sha256_digest digest; /* of raw */
    int64_t sort_ms;
};

struct spool;
MUST_USE enum status spool_new(struct spool **out, const char *beside, struct err *e);
void spool_free(struct spool *s);

/* r->sort_ms is the message's UTC, or TIME_NONE. */
MUST_USE enum status spool_add(struct spool *s, const struct record *r, struct err *e);

/* Ends adding. `fallback_ms` is the time of all records if none is dated. */
MUST_USE enum status spool_sort(struct spool *s, int64_t fallback_ms, struct err *e);

/* The next record in order; its slices are borrowed until the next call. */
enum step spool_next(struct spool *s, struct record *out, struct err *e);

#endif
