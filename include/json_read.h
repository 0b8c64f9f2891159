/*
 * Reads one flat JSON object, for lists of claims and column maps that users hand over.
 *
 *     struct json_field *f;
 *     size_t n;
 *     if (json_read_flat(STR("{\"quote\":\"never\",\"by\":\"noll\"}"), &arena, &f, &n, e) == OK)
 *         // f[0].key "quote", f[0].value "never" ...
 *
 * Numbers and true/false come as their text, null as empty, nested objects and arrays as their JSON.
 * Duplicate keys: the last one counts (json-c's rule).
 */
#ifndef STET_JSON_READ_H
#define STET_JSON_READ_H

#include "arena.h"
#include "err.h"
#include "str.h"

struct json_field {
    str key, value;
};

enum { JSON_READ_MAX = 1 << 20 };

/* ERR_FORMAT with the byte at which it stops being JSON, ERR_LIMIT above JSON_READ_MAX bytes. */
MUST_USE enum status json_read_flat(str text, struct arena *a, struct json_field **out,
                                    size_t *count, struct err *e);

#endif
