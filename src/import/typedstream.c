/*
 * Typedstreams. A stream is a header, then groups: a type encoding ("@" an object, "+" bytes with their
 * length, "i" an integer), then values. Encodings and class names are shared: what was written once is
 * later a number from 0x92 on. An object is its class (a chain of names and versions that ends with nil
 * or a class known already), groups, and an end mark.
 *
 * Lengths are one byte, or 0x81 and two, or 0x82 and four, the low one first; who takes the byte after
 * "+" for the length cuts texts of more than 127 bytes short.
 */
#include "typedstream.h"

#include <string.h>

enum {
    TAG_16_BITS = 0x81,
    TAG_32_BITS = 0x82,
    TAG_NEW = 0x84,
    TAG_NIL = 0x85,
    TAG_FIRST_REFERENCE = 0x92,
};

enum { STRINGS_MAX = 64, CLASSES_MAX = 16 };

struct stream {
    str rest;
    bool bad;
    str strings[STRINGS_MAX]; /* those that were shared, in order */
    size_t string_count;
};

static unsigned next_byte(struct stream *s)
{
    if (!s->rest.n) {
        s->bad = true;
        return 0;
    }
    const unsigned byte = (unsigned char)s->rest.p[0];
    s->rest = str_from(s->rest, 1);
    return byte;
}

/* An unsigned number, such as a length. */
static size_t next_number(struct stream *s)
{
    const unsigned tag = next_byte(s);
    if (tag < 0x80)
        return tag;
    const int bytes = tag == TAG_16_BITS ? 2 : tag == TAG_32_BITS ? 4 : 0;
    if (!bytes)
        s->bad = true;
    size_t value = 0;
    for (int i = 0; i < bytes; i++)
        value |= (size_t)next_byte(s) << (8 * i);
    return value;
}

static str next_bytes(struct stream *s)
{
    const size_t n = next_number(s);
    if (n > s->rest.n)
        s->bad = true;
    const str bytes = str_sub(s->rest, 0, n);
    s->rest = str_from(s->rest, n);
    return s->bad ? STR("") : bytes;
}

/* A type encoding or the name of a class. */
static str next_shared(struct stream *s)
{
    const unsigned tag = next_byte(s);
    if (tag >= TAG_FIRST_REFERENCE && tag - TAG_FIRST_REFERENCE < s->string_count)
        return s->strings[tag - TAG_FIRST_REFERENCE];
    if (tag != TAG_NEW || s->string_count == STRINGS_MAX) {
        s->bad = true;
        return STR("");
    }
    return s->strings[s->string_count++] = next_bytes(s);
}

/* The names from a class to the root of its kind; true if one of them is `wanted`. */
static bool next_class(struct stream *s, str wanted)
{
    bool found = false;
    for (int i = 0; i < CLASSES_MAX && !s->bad; i++) {
        const unsigned tag = next_byte(s);
        if (tag == TAG_NIL || tag >= TAG_FIRST_REFERENCE)
            return found;
        if (tag != TAG_NEW)
            s->bad = true;
        found |= str_eq(next_shared(s), wanted);
        (void)next_number(s); /* the version */
    }
    s->bad = true;
    return false;
}

bool typedstream_text(str bytes, str *text)
{
    static const char head[] = "\x04\x0Bstreamtyped\x81\xE8\x03"; /* version 4, system 1000 */
    *text = STR("");
    if (!str_starts(bytes, (str){head, sizeof head - 1}))
        return false;
    struct stream s = {.rest = str_from(bytes, sizeof head - 1)};
    for (int depth = 0; depth < 2; depth++) { /* the attributed string, the string in it */
        if (!str_eq(next_shared(&s), STR("@")) || next_byte(&s) != TAG_NEW)
            return false;
        const bool is_string = next_class(&s, STR("NSString"));
        if (s.bad || !is_string)
            continue;
        if (!str_eq(next_shared(&s), STR("+")))
            return false;
        *text = next_bytes(&s);
        return !s.bad;
    }
    return false;
}
