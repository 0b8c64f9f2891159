/*
 * Which pairs stand out of order: those that are not in the longest run of pairs that rises on both
 * sides (Fredman, "On computing the length of longest increasing subsequences", 1975).
 */
#include "compare_parts.h"

#include <stdlib.h>

/* The pairs are indexed by the left item; `before` is the pair before it in the run that ends with it. */
struct runs {
    uint32_t *tails; /* tails[k]: the left item that ends the best run of k + 1 */
    uint32_t *before;
    size_t length;
};

static size_t find_length(const struct comparison *c, const struct runs *r, uint32_t right)
{
    size_t low = 0, high = r->length;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (c->left.items[r->tails[middle]].partner < right)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static size_t find_run(const struct comparison *c, struct runs *r)
{
    size_t pairs = 0;
    for (size_t i = 0; i < c->left.count; i++) {
        const uint32_t right = c->left.items[i].partner;
        if (right == NO_PARTNER)
            continue;
        const size_t k = find_length(c, r, right);
        r->before[i] = k ? r->tails[k - 1] : NO_PARTNER;
        r->tails[k] = (uint32_t)i;
        if (k == r->length)
            r->length++;
        pairs++;
    }
    return pairs;
}

/* One file a side is read in its order even where much was moved; several may be interleaved. */
static bool means_something(const struct comparison *c, size_t run, size_t pairs)
{
    const bool single = c->left.sources <= 1 && c->right.sources <= 1;
    return single ? run * 2 >= pairs : run * 20 >= pairs * 19;
}

bool order_mark(struct comparison *c)
{
    struct item *const items = c->left.items;
    struct runs r = {.tails = malloc((c->left.count + 1) * sizeof *r.tails),
                     .before = malloc((c->left.count + 1) * sizeof *r.before)};
    if (!r.tails || !r.before)
        abort();
    const size_t pairs = find_run(c, &r);
    for (size_t i = 0; i < c->left.count; i++)
        if (items[i].partner != NO_PARTNER)
            items[i].differs |= DIFFERS_ORDER;
    for (uint32_t i = r.length ? r.tails[r.length - 1] : NO_PARTNER; i != NO_PARTNER;
         i = r.before[i])
        items[i].differs &= ~(uint32_t)DIFFERS_ORDER;
    const bool good = means_something(c, r.length, pairs);
    free(r.tails);
    free(r.before);
    return good;
}
