/*
 * A growable byte buffer that needs a ceiling before it can be used.
 *
 *     struct buf b = buf_new(BUF_MESSAGE_MAX);
 *     buf_add(&b, STR("hello "));
 *     buf_addf(&b, "%d", 42);
 *     use(buf_str(&b));
 *     buf_free(&b);
 *
 * Invariants: b.p is NUL-terminated at b.n whenever b.p is not NULL; b.n <= b.max. Adding beyond
 * the ceiling drops nothing silently: it sets b.full, keeps what fitted, and the caller reports it.
 */
#ifndef STET_BUF_H
#define STET_BUF_H

#include "err.h"
#include "str.h"

enum {
    BUF_LINE_MAX = 1 << 20,     /* something for a terminal line */
    BUF_MESSAGE_MAX = 64 << 20, /* the largest message text that Stet stores */
};

struct buf {
    char *p;
    size_t n, cap, max;
    bool full;
};

struct buf buf_new(size_t max_bytes);
void buf_add(struct buf *b, str s);
void buf_add_byte(struct buf *b, char byte);
void buf_add_codepoint(struct buf *b, uint32_t cp); /* as utf8_put does; whole or not at all */
void buf_addf(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
str buf_str(const struct buf *b); /* borrowed until the next change */
void buf_clear(struct buf *b);    /* empties, keeps the memory */
void buf_free(struct buf *b);

#endif
