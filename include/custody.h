/*
 * Custody: what an archive holds, as one short number that can be written down, and what was done to
 * it, as a chain of entries each of which holds the hash of the one before.
 *
 *     struct custody_roots r;
 *     if (custody_roots(&r, store, e) == OK)
 *         sha256_hex(hex, &r.root);                  // print it, note it, compare it later
 *
 * Two trees (merkle.h) make the root: SHA-256 of a one byte, the root over the sources and the root
 * over the messages. Sources stand in order of their leaves, so that the order of imports does not
 * matter to their root; messages stand in order of their numbers, so that the tree only grows. What a
 * leaf is made of is a short text, custody_source_leaf and custody_message_leaf; docs/evidence.md
 * describes both. Times are in it as the source shows them: `stet clock --apply` changes no root.
 *
 * The log says what kind of act, on how many messages, and the root after it. It never holds names of
 * people or machines, or words of tags and notes, so that an undone note leaves no words behind. With
 * STET_NO_LOG set in the environment to anything but nothing, acts are not logged.
 *
 * Whoever can write the archive file can write all of this anew: a root or the last hash of the chain
 * proves something only if it was noted elsewhere.
 */
#ifndef STET_CUSTODY_H
#define STET_CUSTODY_H

#include "buf.h"
#include "merkle.h"
#include "store.h"

struct custody_roots {
    uint64_t sources, messages; /* leaves of either tree */
    struct sha256_digest sources_root, messages_root, root;
};

/* Of the archive as it is, by the log's word for the messages that were here at its last entry. */
MUST_USE enum status custody_roots(struct custody_roots *out, struct store *s, struct err *e);

/* Of the archive as it is, from its rows alone. */
MUST_USE enum status custody_roots_anew(struct custody_roots *out, struct store *s, struct err *e);

/* What is hashed as a leaf, appended to `out`. */
MUST_USE enum status custody_message_leaf(struct buf *out, struct store *s, int64_t row,
                                          struct err *e);
void custody_source_leaf(struct buf *out, const struct source_row *source);

/* The digests beside the way from a message's leaf to the root over the messages, for several rows at
   one reading of the archive, which gives the roots as well. */
struct custody_proof {
    const int64_t *rows; /* to be set: they exist */
    size_t count;
    struct custody_roots roots;   /* from the rows alone */
    struct sha256_digest **paths; /* paths[i] of lengths[i] digests for rows[i]; in the arena */
    size_t *lengths;
};
MUST_USE enum status custody_prove(struct custody_proof *p, struct store *s, struct arena *a,
                                   struct err *e);

/* ---- the log --------------------------------------------------------------------------------- */

struct custody_entry {
    int64_t id;                 /* from 1, without gaps */
    int64_t at_ms;              /* UTC, by this machine's clock */
    str what;                   /* import, tag, note, undo, clock ... */
    str detail;                 /* "1 source, 314 messages, 15 events" */
    uint64_t sources, messages; /* in the archive after it; messages count events */
    struct sha256_digest root, hash;
};
/* In order, in the arena. */
MUST_USE enum status custody_log(struct custody_entry **out, size_t *count, struct store *s,
                                 struct arena *a, struct err *e);

/* Whether the log fits itself and the archive: hashes, numbers, the root of every entry against the
   rows. What does not is told in `what` (one sentence, in the arena; empty: all fits). */
struct custody_verdict {
    uint64_t entries;
    uint64_t unlogged_messages; /* that came without an entry after the last: STET_NO_LOG was set */
    struct sha256_digest last;  /* hash of the last entry */
    struct custody_roots now;   /* from the rows */
    str what;
};
MUST_USE enum status custody_check(struct custody_verdict *out, struct store *s, struct arena *a,
                                   struct err *e);

#endif
