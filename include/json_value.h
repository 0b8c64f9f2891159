/*
 * A JSON value in memory, behind accessors that survive anything. Reading NULL, the wrong type
 * or a missing member gives an empty value, so that importers ask for what they want in one line.
 *
 *     struct json_doc *d = json_doc_new();
 *     const struct json_value *v;
 *     if (json_doc_read(d, part->raw, &v, e) == OK)
 *         text = jv_str(jv_get(v, "text"));
 *
 * What is not JSON as RFC 8259 has it is mended where its meaning is plain, and counted: bytes that are
 * not UTF-8 and lone surrogates become U+FFFD; raw control characters and "\x0B" become the characters
 * they mean, other unknown escapes stay as they are; numbers keep all their digits (jv_str gives any
 * number's characters; NaN and Infinity are numbers too); of equal keys the first counts and the others
 * can be had by jv_key; commas may trail. U+0000 stays in strings (a str may hold it).
 *
 * This is a reader of our own because json-c 0.16 accepts overlong UTF-8, makes 18446744073709551615 of
 * any longer number and keeps the last of equal keys, all without a word.
 */
#ifndef STET_JSON_VALUE_H
#define STET_JSON_VALUE_H

#include "err.h"
#include "str.h"

struct json_value;
struct json_doc;

struct json_mends {
    uint64_t bad_utf8, lone_surrogates, controls, bad_escapes, long_numbers, duplicate_keys;
    uint64_t first_at; /* offset in the text of the first that lost something */
    bool lossy;
};

struct json_doc *json_doc_new(void);
void json_doc_free(struct json_doc *d);

enum { JSON_DEPTH = 512, JSON_VALUES_MAX = 2 << 20 };

/* The value lives until the next read on `d` and as long as `text` does, on which it stands. ERR_FORMAT
   with the byte at which it stops being JSON, ERR_LIMIT past JSON_DEPTH or JSON_VALUES_MAX. */
MUST_USE enum status json_doc_read(struct json_doc *d, str text, const struct json_value **out,
                                   struct err *e);
const struct json_mends *json_doc_mends(const struct json_doc *d); /* of the last read */

enum json_type { JSON_NOTHING, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };
enum json_type jv_type(const struct json_value *v); /* JSON_NOTHING for null and NULL */
const struct json_value *jv_get(const struct json_value *v, const char *key);   /* or NULL */
const struct json_value *jv_path(const struct json_value *v, const char *path); /* "a.b.c" */
str jv_str(const struct json_value *v);   /* a string's text, a number's characters; else empty */
bool jv_bool(const struct json_value *v); /* true, a number but 0, "true" */
bool jv_int(const struct json_value *v, int64_t *out); /* a whole number or a string of one */
size_t jv_count(const struct json_value *v);           /* elements, or members with duplicates */
const struct json_value *jv_at(const struct json_value *v, size_t i); /* element or member */
str jv_key(const struct json_value *v, size_t i);                     /* of a member */

#endif
