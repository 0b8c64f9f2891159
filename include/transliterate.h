/*
 * A name in other scripts, as ICU's transliterators write it: what to look for as well, never what
 * somebody is called. The first spelling of a name in Latin letters is German's way with umlauts
 * ("Mueller"); then Cyrillic, Greek, Hebrew, Arabic. A name in other letters gives its Latin form.
 *
 *     struct spelling *all;
 *     size_t count = transliterate(&arena, STR("Rautenberg"), &all);    // "Раутенберг", ...
 */
#ifndef STET_TRANSLITERATE_H
#define STET_TRANSLITERATE_H

#include "arena.h"
#include "str.h"

struct spelling {
    const char *how; /* "Cyrillic" */
    str text;
};

/* Those that differ from the name when folded, each once; in the arena. */
size_t transliterate(struct arena *a, str name, struct spelling **out);

#endif
