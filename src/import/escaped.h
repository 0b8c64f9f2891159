/* Text in which a platform escaped the three characters of markup, and no others. */
#ifndef IMPORT_ESCAPED_H
#define IMPORT_ESCAPED_H

#include "arena.h"

/* "&amp;", "&lt;" and "&gt;" as the characters they mean, once: "&amp;lt;" is "&lt;". In the arena, or
   `text` itself if there is none. */
str unescape_markup(struct arena *a, str text);

#endif
