/* Text of which each byte was written as a character of its own. */
#ifndef IMPORT_MOJIBAKE_H
#define IMPORT_MOJIBAKE_H

#include "arena.h"

/* UTF-8 whose bytes stand as U+0080 to U+00FF ("caf\u00c3\u00a9") becomes what it was; any other text stays
   as it is. In the arena, or `text` itself. */
str mojibake_repair(struct arena *a, str text);

#endif
