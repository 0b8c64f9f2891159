/*
 * Bytes of a declared encoding as UTF-8 without NUL, decoded by ICU: iconv would have to open files,
 * which a confined process must not.
 *
 *     struct buf out = buf_new(BUF_MESSAGE_MAX);
 *     bool lossy = false;
 *     if (!charset_to_utf8(bytes, "windows-1251", &out, &lossy))
 *         charset_to_utf8(bytes, "", &out, &lossy);   // nobody knows this name: guess
 *
 * Names are read as mail programs and browsers mean them: "iso-8859-1" and "us-ascii" stand for
 * Windows-1252 (WHATWG Encoding), "gb2312" for GB 18030, "unicode-1-1-utf-7" for UTF-7.
 */
#ifndef STET_CHARSET_H
#define STET_CHARSET_H

#include "buf.h"

enum { CHARSET_NAME_MAX = 60 };

/* Adds the text to `out`. An empty name, and "us-ascii" for bytes that are more than that, mean: UTF-8
   if it is valid, else Windows-1252. *lossy becomes true (never false) where U+FFFD had to stand for
   bytes that are no character, or for NUL. False, with nothing added, if the name is not known. */
bool charset_to_utf8(str bytes, const char *name, struct buf *out, bool *lossy);

#endif
