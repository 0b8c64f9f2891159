/*
 * Which rows have a number of 32 bits: a content id, or the hash of a platform's id. Asked for every
 * message that is added to an archive which already holds some, to find duplicates. A hash table of
 * 8 bytes a slot, at most two thirds full: 128 MiB for 10 million messages. The numbers are parts of
 * SHA-256 sums: whoever writes a source cannot make many of them equal.
 */
#ifndef STET_STORE_KNOWN_H
#define STET_STORE_KNOWN_H

#include "columns.h"

struct known;

struct known *known_new(void);

/* The content ids of all rows. ERR_LIMIT beyond 2^32 rows. */
MUST_USE enum status known_of(struct known **out, struct columns *c, struct err *e);
void known_free(struct known *k);
void known_add(struct known *k, uint32_t number, int64_t row);

/* Rows with this number, one a call; start with *cursor 0. Returns 0 after the last. */
int64_t known_next(const struct known *k, uint32_t number, size_t *cursor);

#endif
