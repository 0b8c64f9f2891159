/*
 * Merkle trees as RFC 6962, section 2.1, hashes them (Certificate Transparency): a leaf is SHA-256 of
 * a zero byte and its bytes, a node SHA-256 of a one byte and its two children; the left part of a
 * tree of n leaves is its largest power of two below n. A tree only grows at its end, so that the
 * few digests of a `struct merkle` are all that must be kept to go on with it.
 *
 *     struct merkle t = {0};
 *     for (size_t i = 0; i < n; i++)
 *         merkle_add(&t, merkle_leaf(texts[i]));
 *     struct sha256_digest root = merkle_root(&t);
 *
 * Whoever knows a root can be shown that a leaf is in the tree with a few digests: merkle_path.
 */
#ifndef STET_MERKLE_H
#define STET_MERKLE_H

#include "arena.h"
#include "sha256.h"

enum { MERKLE_PEAKS_MAX = 64 };

/* The roots of the full trees of which the leaves so far consist, the largest first: one for each one
   bit of `count`. */
struct merkle {
    uint64_t count;
    struct sha256_digest peaks[MERKLE_PEAKS_MAX];
};

struct sha256_digest merkle_leaf(str bytes);
struct sha256_digest merkle_node(const struct sha256_digest *left,
                                 const struct sha256_digest *right);
void merkle_add(struct merkle *m, struct sha256_digest leaf);
struct sha256_digest merkle_root(const struct merkle *m); /* of no leaf: SHA-256 of nothing */
size_t merkle_peaks(uint64_t count);                      /* how many peaks so many leaves have */

/* The audit path of leaf `at` (RFC 6962, 2.1.1): the digests beside the way from it to the root, the
   lowest first; in the arena. `leaves` are those of the whole tree. */
void merkle_path(const struct sha256_digest *leaves, size_t count, size_t at, struct arena *a,
                 struct sha256_digest **path, size_t *length);

#endif
