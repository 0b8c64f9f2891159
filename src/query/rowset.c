/* See rowset.h. */
#include "rowset.h"

#include <stdlib.h>
#include <string.h>

static size_t words_of(int64_t rows)
{
    return (size_t)(rows >> 6) + 1;
}

struct rowset rowset_new(int64_t rows)
{
    struct rowset s = {.bits = calloc(words_of(rows), sizeof(uint64_t)), .rows = rows};
    if (!s.bits)
        abort();
    return s;
}

struct rowset rowset_copy(const struct rowset *s)
{
    struct rowset copy = rowset_new(s->rows);
    memcpy(copy.bits, s->bits, words_of(s->rows) * sizeof(uint64_t));
    return copy;
}

void rowset_free(struct rowset *s)
{
    free(s->bits);
    *s = (struct rowset){0};
}

/* Bits first to last (0 to 63) of one word. */
static uint64_t mask(int64_t first, int64_t last)
{
    return (~UINT64_C(0) << first) & (~UINT64_C(0) >> (63 - last));
}

static void change_range(struct rowset *s, struct row_range r, bool add)
{
    const int64_t last = r.last < s->rows ? r.last : s->rows;
    for (int64_t row = r.first < 1 ? 1 : r.first; row <= last; row = ((row >> 6) + 1) << 6) {
        const int64_t end = (row | 63) < last ? 63 : last & 63;
        const uint64_t bits = mask(row & 63, end);
        if (add)
            s->bits[row >> 6] |= bits;
        else
            s->bits[row >> 6] &= ~bits;
    }
}

void rowset_add_range(struct rowset *s, struct row_range r)
{
    change_range(s, r, true);
}

void rowset_remove_range(struct rowset *s, struct row_range r)
{
    change_range(s, r, false);
}

void rowset_keep(struct rowset *s, const struct rowset *other)
{
    for (size_t i = 0; i < words_of(s->rows); i++)
        s->bits[i] &= other->bits[i];
}

void rowset_unite(struct rowset *s, const struct rowset *other)
{
    for (size_t i = 0; i < words_of(s->rows); i++)
        s->bits[i] |= other->bits[i];
}

void rowset_minus(struct rowset *s, const struct rowset *other)
{
    for (size_t i = 0; i < words_of(s->rows); i++)
        s->bits[i] &= ~other->bits[i];
}

uint64_t rowset_count(const struct rowset *s)
{
    uint64_t count = 0;
    for (size_t i = 0; i < words_of(s->rows); i++)
        count += (uint64_t)__builtin_popcountll(s->bits[i]);
    return count;
}

int64_t rowset_from(const struct rowset *s, int64_t row)
{
    if (row < 1)
        row = 1;
    if (row > s->rows)
        return 0;
    const int64_t count = (int64_t)words_of(s->rows);
    uint64_t word = s->bits[row >> 6] & (~UINT64_C(0) << (row & 63));
    for (int64_t i = row >> 6;;) {
        if (word)
            return (i << 6) + __builtin_ctzll(word);
        if (++i == count)
            return 0;
        word = s->bits[i];
    }
}

int64_t rowset_back(const struct rowset *s, int64_t row)
{
    if (row > s->rows)
        row = s->rows;
    if (row < 1)
        return 0;
    uint64_t word = s->bits[row >> 6] & (~UINT64_C(0) >> (63 - (row & 63)));
    for (int64_t i = row >> 6;;) {
        if (word)
            return (i << 6) + 63 - __builtin_clzll(word);
        if (--i < 0)
            return 0;
        word = s->bits[i];
    }
}
