/* Which encoding a text is in, by its first part. */
#ifndef TEXT_ENCODING_H
#define TEXT_ENCODING_H

#include "str.h"

enum { ENCODING_PREFIX_BYTES = 64 << 10 };

/* An ICU name: "UTF-8", "UTF-16LE", "windows-874" ... `prefix` may be cut at any byte. *bom is the
   number of bytes of a byte order mark. Pure ASCII is "UTF-8". */
const char *encoding_of(str prefix, uint64_t *bom);

/* The same as far as a byte order mark or NULs tell, which costs nothing; else NULL. */
const char *encoding_told(str prefix, uint64_t *bom);

/* Bytes of a code unit: 2 for UTF-16, 4 for UTF-32, else 1. *little tells the byte order. */
size_t encoding_unit(const char *charset, bool *little);

#endif
