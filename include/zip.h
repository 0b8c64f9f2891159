/*
 * One member of a ZIP file, read into memory: for office documents. Nothing is ever written to disk.
 *
 *     const struct zip_want want = {bytes, STR("word/document.xml"), 64 << 20};
 *     str xml;
 *     if (zip_member(&xml, &want, &arena, e) != OK) ...
 */
#ifndef STET_ZIP_H
#define STET_ZIP_H

#include "arena.h"

enum { ZIP_ENTRIES_MAX = 20000 };

struct zip_want {
    str archive; /* the bytes of the whole file */
    str name;    /* of the member; the first of that name counts */
    size_t max_bytes;
};

/* ERR_MISSING if there is no such member, ERR_LIMIT if it unpacks to more than max_bytes or there are
   more than ZIP_ENTRIES_MAX, ERR_FORMAT if it is damaged, encrypted or no ZIP. The bytes live in the
   arena. */
MUST_USE enum status zip_member(str *out, const struct zip_want *want, struct arena *a,
                                struct err *e);

#endif
