/*
 * Binary property lists: a table at the end says where each object stands; an object is a marker (kind
 * and length) and its bytes; arrays and dictionaries hold numbers of objects. Numbers are big-endian.
 * Nobody walks along references here, so that a list which holds itself does no harm.
 */
#include "bplist.h"

#include <string.h>

enum { TRAILER_BYTES = 32, HEADER_BYTES = 8 };

static uint64_t number(const char *p, size_t bytes)
{
    uint64_t value = 0;
    for (size_t i = 0; i < bytes; i++)
        value = value << 8 | (unsigned char)p[i];
    return value;
}

static size_t object(const struct bplist *l, uint64_t nth)
{
    if (nth >= l->count)
        return BPLIST_NONE;
    const uint64_t at = number(l->bytes.p + l->table + nth * l->offset_bytes, l->offset_bytes);
    return at >= HEADER_BYTES && at < l->table ? (size_t)at : BPLIST_NONE;
}

bool bplist_open(struct bplist *out, str bytes)
{
    *out = (struct bplist){.bytes = bytes};
    if (!str_starts(bytes, STR("bplist00")) || bytes.n < HEADER_BYTES + TRAILER_BYTES)
        return false;
    const char *const t = bytes.p + bytes.n - TRAILER_BYTES;
    out->offset_bytes = (unsigned char)t[6];
    out->reference_bytes = (unsigned char)t[7];
    const uint64_t count = number(t + 8, 8), table = number(t + 24, 8);
    const size_t end = bytes.n - TRAILER_BYTES;
    if (!out->offset_bytes || out->offset_bytes > 8 || !out->reference_bytes ||
        out->reference_bytes > 8 || table > end || count > (end - table) / out->offset_bytes)
        return false;
    out->count = (size_t)count;
    out->table = (size_t)table;
    out->root = object(out, number(t + 16, 8));
    return out->root != BPLIST_NONE;
}

struct item {
    unsigned kind;
    size_t length; /* bytes, elements or members; of a number log2 of its bytes */
    str body;      /* all that follows up to the table */
};

static bool read_item(const struct bplist *l, size_t value, struct item *out)
{
    if (value < HEADER_BYTES || value >= l->table)
        return false;
    const unsigned marker = (unsigned char)l->bytes.p[value];
    *out =
        (struct item){marker >> 4, marker & 15, str_sub(l->bytes, value + 1, l->table - value - 1)};
    if (out->kind < 4 || out->length < 15)
        return true;
    if (!out->body.n || (unsigned char)out->body.p[0] >> 4 != 1)
        return false;
    const size_t bytes = (size_t)1 << (out->body.p[0] & 15); /* the length is an integer object */
    if (bytes > 8 || out->body.n < 1 + bytes)
        return false;
    const uint64_t length = number(out->body.p + 1, bytes);
    out->body = str_from(out->body, 1 + bytes);
    out->length = length < SIZE_MAX / 16 ? (size_t)length : SIZE_MAX / 16;
    return true;
}

enum { KIND_INTEGER = 1, KIND_REAL = 2, KIND_TIME = 3, KIND_DATA = 4, KIND_ASCII = 5 };
enum { KIND_LIST = 10, KIND_DICTIONARY = 13 };

static size_t reference(const struct bplist *l, const struct item *x, size_t i)
{
    if (i >= x->body.n / l->reference_bytes)
        return BPLIST_NONE;
    return object(l, number(x->body.p + i * l->reference_bytes, l->reference_bytes));
}

size_t bplist_count(const struct bplist *l, size_t value)
{
    struct item x;
    if (!read_item(l, value, &x) || (x.kind != KIND_LIST && x.kind != KIND_DICTIONARY))
        return 0;
    const size_t most = x.body.n / l->reference_bytes / (x.kind == KIND_DICTIONARY ? 2 : 1);
    return x.length < most ? x.length : most;
}

size_t bplist_at(const struct bplist *l, size_t value, size_t i)
{
    struct item x;
    const size_t count = bplist_count(l, value);
    if (i >= count || !read_item(l, value, &x))
        return BPLIST_NONE;
    return reference(l, &x, x.kind == KIND_DICTIONARY ? count + i : i);
}

size_t bplist_get(const struct bplist *l, size_t dictionary, str key)
{
    struct item x, name;
    const size_t count = bplist_count(l, dictionary);
    if (!count || !read_item(l, dictionary, &x) || x.kind != KIND_DICTIONARY)
        return BPLIST_NONE;
    for (size_t i = 0; i < count; i++)
        if (read_item(l, reference(l, &x, i), &name) && name.kind == KIND_ASCII &&
            str_eq(str_sub(name.body, 0, name.length), key))
            return reference(l, &x, count + i);
    return BPLIST_NONE;
}

bool bplist_number(const struct bplist *l, size_t value, double *out)
{
    struct item x;
    if (!read_item(l, value, &x) || x.kind < KIND_INTEGER || x.kind > KIND_TIME || x.length > 3)
        return false;
    const size_t bytes = (size_t)1 << x.length;
    if (x.body.n < bytes)
        return false;
    const uint64_t bits = number(x.body.p, bytes);
    if (x.kind == KIND_INTEGER) {
        *out = (double)(int64_t)bits;
        return true;
    }
    float single;
    const uint32_t low = (uint32_t)bits;
    if (bytes == sizeof *out)
        memcpy(out, &bits, sizeof bits);
    else if (bytes == sizeof single) {
        memcpy(&single, &low, sizeof single);
        *out = (double)single;
    }
    return bytes >= sizeof single;
}

bool bplist_data(const struct bplist *l, size_t value, str *out)
{
    struct item x;
    if (!read_item(l, value, &x) || x.kind != KIND_DATA || x.length > x.body.n)
        return false;
    *out = str_sub(x.body, 0, x.length);
    return true;
}
