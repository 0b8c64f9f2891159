/* Open addressing with linear probing; a slot is the number above the row, 0 if it is free. */
#include "known.h"

#include <stdlib.h>

struct known {
    uint64_t *slots;
    size_t mask, used;
};

enum { SLOTS_MIN = 1 << 12 };

static size_t home_of(const struct known *k, uint32_t number)
{
    return number & k->mask; /* a part of a SHA-256: as evenly spread as can be */
}

static void make_slots(struct known *k, size_t rows)
{
    size_t slots = SLOTS_MIN;
    while (slots / 3 * 2 < rows)
        slots *= 2;
    k->slots = calloc(slots, sizeof *k->slots);
    if (!k->slots)
        abort();
    k->mask = slots - 1;
}

static void put(struct known *k, uint64_t slot)
{
    size_t at = home_of(k, (uint32_t)(slot >> 32));
    while (k->slots[at])
        at = (at + 1) & k->mask;
    k->slots[at] = slot;
}

static void grow(struct known *k)
{
    const struct known old = *k;
    make_slots(k, old.mask + 1);
    for (size_t i = 0; i <= old.mask; i++) {
        if (old.slots[i])
            put(k, old.slots[i]);
    }
    free(old.slots);
}

void known_add(struct known *k, uint32_t number, int64_t row)
{
    if (k->used + 1 > k->mask / 3 * 2)
        grow(k);
    put(k, (uint64_t)number << 32 | (uint64_t)row);
    k->used++;
}

int64_t known_next(const struct known *k, uint32_t number, size_t *cursor)
{
    for (;; ++*cursor) {
        const uint64_t slot = k->slots[(home_of(k, number) + *cursor) & k->mask];
        if (!slot)
            return 0;
        if (slot >> 32 != number)
            continue;
        ++*cursor;
        return (int64_t)(slot & UINT32_MAX);
    }
}

struct known *known_new(void)
{
    struct known *k = calloc(1, sizeof *k);
    if (!k)
        abort();
    make_slots(k, 0);
    return k;
}

enum status known_of(struct known **out, struct columns *c, struct err *e)
{
    const int64_t rows = columns_rows(c);
    *out = NULL;
    if (rows >= UINT32_MAX)
        return fail(e, ERR_LIMIT, "an archive holds at most 4294967294 messages");
    struct known *k = calloc(1, sizeof *k);
    if (!k)
        abort();
    make_slots(k, (size_t)rows + 1);
    for (int64_t row = 1; row <= rows; row++)
        put(k, (uint64_t)column_at(c, COLUMN_CONTENT, row) << 32 | (uint64_t)row);
    k->used = (size_t)rows;
    const enum status st = columns_failed(c, e);
    if (st != OK) {
        known_free(k);
        return st;
    }
    *out = k;
    return OK;
}

void known_free(struct known *k)
{
    if (!k)
        return;
    free(k->slots);
    free(k);
}
