/* Merkle trees that grow at their end. */
#include "merkle.h"

#include <assert.h>
#include <string.h>

struct sha256_digest merkle_leaf(str bytes)
{
    static struct sha256 shared; /* kept until the process ends */
    if (!shared.context)
        shared = sha256_new();
    sha256_add(&shared, (str){"\0", 1});
    sha256_add(&shared, bytes);
    return sha256_end(&shared);
}

struct sha256_digest merkle_node(const struct sha256_digest *left,
                                 const struct sha256_digest *right)
{
    char bytes[1 + 2 * SHA256_BYTES] = {1};
    memcpy(bytes + 1, left->bytes, SHA256_BYTES);
    memcpy(bytes + 1 + SHA256_BYTES, right->bytes, SHA256_BYTES);
    return sha256_of((str){bytes, sizeof bytes});
}

size_t merkle_peaks(uint64_t count)
{
    size_t n = 0;
    for (; count; count &= count - 1)
        n++;
    return n;
}

/* As a binary counter: two trees of one size become one of the next. */
void merkle_add(struct merkle *m, struct sha256_digest leaf)
{
    size_t n = merkle_peaks(m->count);
    for (uint64_t bits = m->count; bits & 1; bits >>= 1)
        leaf = merkle_node(&m->peaks[--n], &leaf);
    m->peaks[n] = leaf;
    m->count++;
}

struct sha256_digest merkle_root(const struct merkle *m)
{
    size_t n = merkle_peaks(m->count);
    if (!n)
        return sha256_of(STR(""));
    struct sha256_digest root = m->peaks[--n];
    while (n)
        root = merkle_node(&m->peaks[--n], &root);
    return root;
}

void merkle_path(const struct sha256_digest *leaves, size_t count, size_t at, struct arena *a,
                 struct sha256_digest **path, size_t *length)
{
    assert(at < count);
    struct sha256_digest *const level = arena_array(a, count, sizeof *level);
    memcpy(level, leaves, count * sizeof *level);
    *path = arena_array(a, MERKLE_PEAKS_MAX, sizeof **path);
    *length = 0;
    /* A last node without a neighbour goes up as it is: that is what the split at the largest power of
       two amounts to. */
    for (; count > 1; count = (count + 1) / 2, at /= 2) {
        const size_t beside = at ^ 1;
        if (beside < count)
            (*path)[(*length)++] = level[beside];
        for (size_t i = 0; i < count; i += 2)
            level[i / 2] = i + 1 < count ? merkle_node(&level[i], &level[i + 1]) : level[i];
    }
}
