/*
 * ZIP files for tests, members stored as they are.
 *
 *     struct buf zip = buf_new(1 << 20);
 *     const struct made_member members[] = {{"word/document.xml", STR("<w:document/>")}};
 *     made_zip(&zip, members, 1);
 */
#ifndef STET_TESTS_MADE_ZIP_H
#define STET_TESTS_MADE_ZIP_H

#include "buf.h"

struct made_member {
    const char *name;
    str bytes;
};

void made_zip(struct buf *out, const struct made_member *members, size_t count);

#endif
