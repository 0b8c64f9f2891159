/*
 * One member of a ZIP file, read into memory: for office documents. Nothing is ever written to disk.
 *
 *     str xml;
 *     if (zip_member(bytes, STR("word/document.xml"), 64 << 20, &arena, &xml, e) != OK) ...
 */
#ifndef STET_ZIP_H
#define STET_ZIP_H

#include "arena.h"

enum { ZIP_ENTRIES_MAX = 20000 };

/* `archive` is the whole file. ERR_MISSING if it has no such member (the first of that name counts),
   ERR_LIMIT if the member unpacks to more than max_bytes or there are more than ZIP_ENTRIES_MAX,
   ERR_FORMAT if it is damaged, encrypted or no ZIP. The bytes live in the arena. */
MUST_USE enum status zip_member(str archive, str name, size_t max_bytes, struct arena *a, str *out,
                                struct err *e);

#endif
