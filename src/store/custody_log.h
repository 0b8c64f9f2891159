/*
 * Writing an entry of the log of custody, from inside the transaction of the act that it is about.
 */
#ifndef STET_STORE_CUSTODY_LOG_H
#define STET_STORE_CUSTODY_LOG_H

#include "custody.h"
#include "db.h"

/* `at_ms` TIME_NONE: now. Does nothing if STET_NO_LOG is set. */
MUST_USE enum status custody_note(struct store *s, const char *what, str detail, int64_t at_ms,
                                  struct err *e);

/* ---- shared by the files of custody ----------------------------------------------------------- */

/* An entry as it is stored, with what is needed to go on with the tree of messages. */
struct custody_row {
    struct custody_entry entry;
    struct merkle tree;
};

/* As custody_message_leaf, with an arena for what is read on the way. */
MUST_USE enum status custody_leaf(struct buf *out, struct store *s, int64_t row, struct arena *a,
                                  struct err *e);

/* Adds the leaves of rows tree->count + 1 to `last`. */
MUST_USE enum status custody_grow(struct merkle *tree, struct store *s, int64_t last,
                                  struct err *e);

/* All roots, the tree of messages gone on with to the last row. */
MUST_USE enum status custody_roots_from(struct custody_roots *out, struct store *s,
                                        struct merkle *tree, struct err *e);

/* The last entry; entry.id is 0 if there is none. Its strings live in the arena. */
MUST_USE enum status custody_last(struct custody_row *out, struct store *s, struct arena *a,
                                  struct err *e);

/* Reads the columns of an entry; false if its blobs have sizes that they cannot have. */
bool custody_read(struct custody_row *out, sqlite3_stmt *q, struct arena *a);
#define CUSTODY_COLUMNS "id, at_ms, what, detail, sources, messages, root, peaks, hash"

/* The root over those sources whose ids are at most `last_id`, and over all with INT64_MAX. */
MUST_USE enum status custody_sources_root(struct sha256_digest *out, uint64_t *count,
                                          struct store *s, int64_t last_id, struct err *e);
struct sha256_digest custody_join(const struct sha256_digest *sources,
                                  const struct sha256_digest *messages);

/* What the chain hashes of an entry that follows on `before`. */
struct sha256_digest custody_hash(const struct custody_row *row,
                                  const struct sha256_digest *before);

#endif
