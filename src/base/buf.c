/*
 * A growable buffer with a ceiling. Once the ceiling was met, nothing more is added: what a full
 * buffer holds is always a beginning of what was meant, never a text with a hole in it.
 */
#include "buf.h"

#include "oom.h"
#include "utf8.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CAP_MIN = 64 };

/* Makes room for up to n more bytes and a NUL; how many of them fit under the ceiling. */
static size_t make_room(struct buf *b, size_t n)
{
    assert(b->max > 0); /* buf_new was forgotten */
    if (b->full)
        return 0;
    if (n > b->max - b->n) {
        b->full = true;
        n = b->max - b->n;
    }
    const size_t need = b->n + n + 1;
    if (need <= b->cap)
        return n;
    size_t cap = b->cap < CAP_MIN ? CAP_MIN : b->cap * 2;
    if (cap > b->max + 1)
        cap = b->max + 1;
    if (cap < need)
        cap = need;
    b->p = oom_resize(b->p, cap);
    b->cap = cap;
    b->p[b->n] = '\0';
    return n;
}

struct buf buf_new(size_t max_bytes)
{
    assert(max_bytes > 0 && max_bytes < SIZE_MAX / 2);
    return (struct buf){.max = max_bytes};
}

void buf_add(struct buf *b, str s)
{
    const size_t n = make_room(b, s.n);
    if (n == 0)
        return;
    memcpy(b->p + b->n, s.p, n);
    b->n += n;
    b->p[b->n] = '\0';
}

void buf_add_byte(struct buf *b, char byte)
{
    buf_add(b, (str){&byte, 1});
}

void buf_add_codepoint(struct buf *b, uint32_t cp)
{
    char bytes[4];
    const size_t n = utf8_put(bytes, cp);
    if (n > b->max - b->n) {
        b->full = true; /* half a character helps nobody */
        return;
    }
    buf_add(b, (str){bytes, n});
}

void buf_addf(struct buf *b, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    /* printed at once where it fits, which is nearly always, and only measured where not */
    const size_t spare = b->p && !b->full ? b->cap - b->n - 1 : 0;
    const int length = vsnprintf(spare ? b->p + b->n : NULL, spare ? spare + 1 : 0, fmt, args);
    size_t n = length < 0 ? 0 : (size_t)length;
    if (n > spare) {
        n = make_room(b, n);
        if (n)
            vsnprintf(b->p + b->n, n + 1, fmt, again);
    }
    b->n += n;
    va_end(again);
    va_end(args);
}

str buf_str(const struct buf *b)
{
    return (str){b->p, b->n};
}

void buf_clear(struct buf *b)
{
    b->n = 0;
    b->full = false;
    if (b->p)
        b->p[0] = '\0';
}

void buf_free(struct buf *b)
{
    free(b->p);
    *b = (struct buf){.max = b->max};
}
