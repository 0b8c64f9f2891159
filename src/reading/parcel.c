/* Numbers have the lowest byte first. */
#include "parcel.h"

#include "utf8.h"

#include <stdio.h>
#include <string.h>

enum { NUMBER_BYTES = 8 };

void parcel_number(struct buf *out, uint64_t n)
{
    char bytes[NUMBER_BYTES];
    for (int i = 0; i < NUMBER_BYTES; i++)
        bytes[i] = (char)(n >> (8 * i) & 0xFF);
    buf_add(out, (str){bytes, sizeof bytes});
}

void parcel_text(struct buf *out, str s)
{
    parcel_number(out, s.n);
    buf_add(out, s);
}

void parcel_digest(struct buf *out, const struct sha256_digest *d)
{
    buf_add(out, (str){(const char *)d->bytes, SHA256_BYTES});
}

void parcel_err(struct buf *out, const struct err *e)
{
    parcel_number(out, (uint64_t)e->code);
    parcel_text(out, str_of(e->msg));
    parcel_text(out, str_of(e->hint));
}

static str take(struct unpack *u, uint64_t n)
{
    if (n > u->rest.n) {
        u->wrong = true;
        u->rest.n = 0;
        return STR("");
    }
    const str s = str_sub(u->rest, 0, (size_t)n);
    u->rest = str_from(u->rest, (size_t)n);
    return s;
}

uint64_t unpack_number(struct unpack *u)
{
    const str bytes = take(u, NUMBER_BYTES);
    uint64_t n = 0;
    for (size_t i = bytes.n; i-- > 0;)
        n = n << 8 | (unsigned char)bytes.p[i];
    return n;
}

str unpack_text(struct unpack *u, size_t max_bytes)
{
    const str s = take(u, unpack_number(u));
    if (s.n <= max_bytes)
        return s;
    u->wrong = true;
    return STR("");
}

str unpack_sentence(struct unpack *u, size_t max_bytes)
{
    const str s = unpack_text(u, max_bytes);
    return str_sub(s, 0, utf8_valid_prefix(s));
}

struct sha256_digest unpack_digest(struct unpack *u)
{
    struct sha256_digest d = {{0}};
    const str bytes = take(u, SHA256_BYTES);
    if (bytes.n)
        memcpy(d.bytes, bytes.p, SHA256_BYTES);
    return d;
}

struct err unpack_err(struct unpack *u)
{
    struct err e = {.code = OK};
    const uint64_t code = unpack_number(u);
    const str msg = unpack_sentence(u, sizeof e.msg - 1);
    const str hint = unpack_sentence(u, sizeof e.hint - 1);
    if (code > ERR_STOPPED)
        u->wrong = true;
    e.code = u->wrong ? ERR_FORMAT : (enum status)code;
    snprintf(e.msg, sizeof e.msg, STR_FMT, STR_ARG(msg));
    snprintf(e.hint, sizeof e.hint, STR_FMT, STR_ARG(hint));
    return e;
}

bool unpack_ends(const struct unpack *u)
{
    return !u->wrong && !u->rest.n;
}
