/*
 * Scripts (Latin, Cyrillic, Han ...) of letters, by their Unicode names.
 *
 *     int script;
 *     if (script_named(STR("cyrillic"), &script) && script_occurs(STR("да"), script)) ...
 */
#ifndef STET_SCRIPT_H
#define STET_SCRIPT_H

#include "str.h"

/* Long names, short codes ("cyrillic", "Cyrl") and the languages that have one of their own ("japanese"
   for kana, "korean" for hangul, "chinese" for han); any case. False if it is none. */
bool script_named(str name, int *script);
const char *script_name(int script); /* "Cyrillic" */

/* A letter of the script stands in the text. */
bool script_occurs(str text, int script);

#endif
