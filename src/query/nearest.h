/* "Did you mean": how far apart two names are, for people who mistype. */
#ifndef STET_QUERY_NEAREST_H
#define STET_QUERY_NEAREST_H

#include "str.h"

/* Insertions, deletions, changes and swaps of neighbouring bytes that make `b` out of `a`
   (Damerau's distance, optimal string alignment); names are compared up to NEAREST_BYTES, ASCII
   case ignored. */
enum { NEAREST_BYTES = 48 };
int nearest_distance(str a, str b);

/* How many mistakes are believable in a word of this length. */
int nearest_allowed(str typed);

#endif
