/*
 * `str`: a borrowed slice of bytes, passed by value; not NUL-terminated, never freed. Parsing is
 * slicing. It is the one typedef of the project because it is used like `int`.
 *
 *     str line = STR("[2016-03-02 09:41:07] <noll> hello");
 *     str stamp = str_sub(line, 1, 19);
 *     if (str_starts(line, STR("[")) && str_eq(stamp, STR("2016-03-02 09:41:07")))
 *         printf(STR_FMT "\n", STR_ARG(stamp));
 */
#ifndef STET_STR_H
#define STET_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct str {
    const char *p;
    size_t n;
} str;

#define STR(literal) ((str){(literal), sizeof(literal) - 1})
/* clang-format off */
#define STR_INIT(literal) {(literal), sizeof(literal) - 1} /* the same in a static table */
/* clang-format on */
#define STR_FMT "%.*s"
#define STR_ARG(s) (int)(s).n, (s).p /* for text of at most INT_MAX bytes */

/* Returned by the searches below when nothing was found. */
#define STR_NONE ((size_t)-1)

str str_of(const char *cstr); /* NULL gives the empty slice */
bool str_eq(str a, str b);
bool str_eq_nocase(str a, str b); /* ASCII letters only */
int str_cmp(str a, str b);        /* byte order, a shorter prefix first */
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
size_t str_find(str s, str needle); /* first byte offset or STR_NONE; an empty needle is at 0 */
size_t str_find_byte(str s, char byte);
str str_sub(str s, size_t at, size_t n); /* clamped to s */
str str_from(str s, size_t at);          /* the rest from `at`; empty past the end */
str str_trim(str s);                     /* without ASCII white space at both ends */

/* Takes the part before the next `byte` off the front of *s (and the byte); false at the end.
   An empty part after the last `byte` is not given: "a,b," has two parts, as a text has lines. */
bool str_split(str *s, char byte, str *part);

/* The whole slice as a decimal number without sign; false if it is not one or exceeds 2^63-1. */
bool str_to_u63(str s, int64_t *out);

/* FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/): for tables, not for evidence. */
uint64_t str_hash(str s);

#endif
