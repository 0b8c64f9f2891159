/*
 * The conservation law's bookkeeping: which bytes of a source have been explained, and whether any
 * was explained twice. Ranges come nearly in order, so there is normally one, growing at its end;
 * each that comes out of order is put in its place and merged with its neighbours.
 */
#include "sink.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void note_overlap(struct ledger *l, uint64_t at, uint64_t end)
{
    if (end <= at)
        return;
    if (!l->overlap || at < l->overlap_at)
        l->overlap_at = at;
    l->overlap += end - at;
}

/* The first range that ends at or after `at`. */
static size_t place_of(const struct ledger *l, uint64_t at)
{
    size_t low = 0, high = l->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (l->ranges[middle].end < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void insert(struct ledger *l, size_t i, struct ledger_range range)
{
    if (l->count == l->cap) {
        l->cap = l->cap ? l->cap * 2 : 16;
        struct ledger_range *grown = realloc(l->ranges, l->cap * sizeof *grown);
        if (!grown)
            abort();
        l->ranges = grown;
    }
    memmove(l->ranges + i + 1, l->ranges + i, (l->count - i) * sizeof *l->ranges);
    l->ranges[i] = range;
    l->count++;
}

void ledger_add(struct ledger *l, uint64_t at, uint64_t length)
{
    if (!length)
        return;
    const uint64_t end = length > UINT64_MAX - at ? UINT64_MAX : at + length;
    if (l->count && l->ranges[l->count - 1].end == at) {
        l->ranges[l->count - 1].end = end;
        return;
    }

    const size_t first = place_of(l, at);
    struct ledger_range merged = {.at = at, .end = end};
    size_t after = first;
    for (; after < l->count && l->ranges[after].at <= end; after++) {
        const struct ledger_range *r = &l->ranges[after];
        note_overlap(l, r->at > at ? r->at : at, r->end < end ? r->end : end);
        merged.at = r->at < merged.at ? r->at : merged.at;
        merged.end = r->end > merged.end ? r->end : merged.end;
    }
    if (after == first) {
        insert(l, first, merged);
        return;
    }
    l->ranges[first] = merged;
    memmove(l->ranges + first + 1, l->ranges + after, (l->count - after) * sizeof *l->ranges);
    l->count -= after - first - 1;
}

enum status ledger_check(struct ledger *l, uint64_t size, struct err *e)
{
    if (l->overlap)
        return fail(e, ERR_FORMAT,
                    "%" PRIu64 " bytes were explained twice, the first of them byte %" PRIu64,
                    l->overlap, l->overlap_at);
    if (!size && !l->count)
        return OK;
    const struct ledger_range none = {.at = size, .end = 0};
    const struct ledger_range first = l->count ? l->ranges[0] : none;
    if (l->count && l->ranges[l->count - 1].end > size)
        return fail(e, ERR_FORMAT,
                    "bytes up to %" PRIu64 " were explained, but there are only %" PRIu64,
                    l->ranges[l->count - 1].end, size);
    if (l->count == 1 && first.at == 0 && first.end == size)
        return OK;

    const uint64_t from = first.at > 0 ? 0 : first.end;
    const uint64_t next = first.at > 0 ? first.at : l->count > 1 ? l->ranges[1].at : size;
    return fail(e, ERR_FORMAT,
                "%" PRIu64 " bytes from byte %" PRIu64
                " on belong to no record, no issue and no known structure",
                next - from, from);
}

void ledger_free(struct ledger *l)
{
    free(l->ranges);
    *l = (struct ledger){0};
}
