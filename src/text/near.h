/*
 * What stands at a place in a text and just before it.
 */
#ifndef STET_TEXT_NEAR_H
#define STET_TEXT_NEAR_H

#include "fold.h"

/* The code point at `at`; *next gets where the one after it begins. At the end: a blank, *next = at. */
uint32_t codepoint_at(str text, size_t at, size_t *next);

/* The code point that ends at `at`; a blank at the beginning of the text. */
uint32_t codepoint_before(str text, size_t at);

/* A letter, mark, digit or underscore: a name or a number does not begin right behind one. */
bool is_name_char(uint32_t cp);
bool is_name_before(str text, size_t at);

#endif
