/*
 * UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF. Bad bytes
 * decode to U+FFFD by "maximal subparts" (Unicode 15, section 3.9, table 3-8).
 *
 *     for (str rest = text; rest.n;) {
 *         uint32_t cp = utf8_next(&rest);
 *         ...
 *     }
 */
#ifndef STET_UTF8_H
#define STET_UTF8_H

#include "str.h"

#define UTF8_BAD 0xFFFDu

/* Decodes the first code point of a non-empty slice and moves past it; UTF8_BAD for bad bytes. */
uint32_t utf8_next(str *s);

/* As utf8_next, and tells whether the bytes were valid (U+FFFD itself may stand in a text). */
uint32_t utf8_next_checked(str *s, bool *valid);

/* Writes 1 to 4 bytes, returns how many. Surrogates and values above 10FFFF become U+FFFD. */
size_t utf8_put(char out[4], uint32_t cp);

/* Length of the longest valid prefix; equals s.n when all of it is valid. */
size_t utf8_valid_prefix(str s);

/* Length without a sequence that is broken off at the end, as where text was cut at any byte. */
size_t utf8_unbroken(str s);

/* Number of code points, bad sequences counted as one each. */
size_t utf8_count(str s);

#endif
