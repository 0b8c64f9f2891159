/*
 * Binary property lists (Apple, "bplist00"): values reached by name or number, for what iMessage says
 * about edits. Nothing is copied or built; a value is its place in the bytes, and what does not fit in
 * them is no value.
 *
 *     struct bplist list;
 *     if (bplist_open(&list, bytes))
 *         edits = bplist_get(&list, list.root, STR("ec"));
 */
#ifndef IMPORT_BPLIST_H
#define IMPORT_BPLIST_H

#include "str.h"

enum { BPLIST_NONE = 0 }; /* no value stands at offset 0 */

struct bplist {
    str bytes;
    size_t root;
    size_t offset_bytes, reference_bytes, count, table;
};

bool bplist_open(struct bplist *out, str bytes);

/* All take BPLIST_NONE, and give it for what is not there. */
size_t bplist_get(const struct bplist *l, size_t dictionary, str key); /* ASCII keys */
size_t bplist_count(const struct bplist *l, size_t value); /* of a dictionary or array; else 0 */
size_t bplist_at(const struct bplist *l, size_t value,
                 size_t i); /* element, or value of a member */
bool bplist_number(const struct bplist *l, size_t value, double *out); /* integer, real or date */
bool bplist_data(const struct bplist *l, size_t value, str *out);

#endif
