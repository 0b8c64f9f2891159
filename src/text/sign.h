/*
 * "@handle" and "#tag": where one begins and how far it reaches. The tokenizer and the link scanner
 * must not disagree about that.
 */
#ifndef STET_TEXT_SIGN_H
#define STET_TEXT_SIGN_H

#include "str.h"

/* The end of the handle or tag that begins with the sign at text[at], or 0 if none does. *name_at
   gets the byte after the sign, *sign '@' or '#'. `last_end` is the end of the handle or tag before
   (0 if none): a "#" there closes a tag ("#topic#"), it does not open one. */
size_t sign_end(str text, size_t at, size_t last_end, char *sign, size_t *name_at);

#endif
