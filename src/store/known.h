/*
 * Which rows have a content id: asked for every message of a source that is added to an archive
 * which already holds some, to find duplicates. A hash table of 8 bytes a slot, at most two thirds
 * full: 128 MiB for 10 million messages. Made from COLUMN_CONTENT, kept until the archive is closed.
 */
#ifndef STET_STORE_KNOWN_H
#define STET_STORE_KNOWN_H

#include "columns.h"

struct known;

/* ERR_LIMIT beyond 2^32 rows. */
MUST_USE enum status known_of(struct known **out, struct columns *c, struct err *e);
void known_free(struct known *k);
void known_add(struct known *k, uint32_t content_id, int64_t row);

/* Rows with this content id, one a call; start with *cursor 0. Returns 0 after the last. */
int64_t known_next(const struct known *k, uint32_t content_id, size_t *cursor);

#endif
