/* What is seen in the bytes of a page alone, without libxml2: all functions here are pure. */
#ifndef BASE_HTML_BYTES_H
#define BASE_HTML_BYTES_H

#include "str.h"

/* "&#128;" to "&#159;" mean characters of windows-1252, as every browser takes them (HTML standard,
   "numeric character reference end state"); any other code point is given back. */
uint32_t html_c1(uint32_t cp);

/* The number of the reference at the start of `s`, "&#55357;" or "&#xD83D;", and its length. */
bool html_reference_number(str s, uint32_t *value, size_t *length);

/* Has it characters that libxml2 would drop or that would upset it: C0 controls, U+FFFE and U+FFFF,
   bytes that are not UTF-8? Most chunks have none, and a quick look tells. */
bool html_needs_cleaning(str chunk);

/* Writes chunk.n bytes to `to`, with DEL for each byte of such a character. */
void html_clean(char *to, str chunk);

/* "<html/>" behind the first tag: libxml2 passes it over, and then ends what is open instead of it,
   in the end our own element. Returns where the '/' of such a tag stands at or after `from`. */
size_t html_false_end(str chunk, size_t from);

/* How much of a full chunk to feed, so that it ends inside no character and no reference. */
size_t html_cut(str chunk);

/* Where in `s` a start tag of that name begins that does not end in it; s.n if there is none. */
size_t html_tag_begin(str s, str name);

/* How many end tags ("</") there are. */
size_t html_count_ends(str s);

#endif
