/*
 * What is said between the process that reads and the one that asked for it, apart from records
 * (wire.h): numbers in eight bytes, texts with their length before them, in a fixed order. As with
 * records, whoever unpacks trusts nothing.
 */
#ifndef STET_READING_PARCEL_H
#define STET_READING_PARCEL_H

#include "buf.h"
#include "sha256.h"

void parcel_number(struct buf *out, uint64_t n);
void parcel_text(struct buf *out, str s);
void parcel_digest(struct buf *out, const struct sha256_digest *d);
void parcel_err(struct buf *out, const struct err *e);

/* What is left to unpack. After the first thing that does not fit, everything is zero and empty. */
struct unpack {
    str rest;
    bool wrong;
};

uint64_t unpack_number(struct unpack *u);
str unpack_text(struct unpack *u, size_t max_bytes);     /* any bytes; borrowed */
str unpack_sentence(struct unpack *u, size_t max_bytes); /* UTF-8, cut where it is not */
struct sha256_digest unpack_digest(struct unpack *u);
struct err unpack_err(struct unpack *u);
bool unpack_ends(const struct unpack *u); /* all was read and nothing was wrong */

#endif
