/*
 * UTF-8. One function knows which bytes may follow which (Unicode 15, table 3-7); everything else
 * asks it. Where a sequence breaks off, the bytes up to the break are one bad sequence: that is
 * what "maximal subpart" means.
 */
#include "utf8.h"

#include <string.h>

static bool is_lead(unsigned char byte)
{
    return byte >= 0xC2 && byte <= 0xF4;
}

/* Length of the sequence at the start of non-empty `s`, its code point, and whether it is valid. */
static size_t decode(str s, uint32_t *cp, bool *valid)
{
    const unsigned char *bytes = (const unsigned char *)s.p;
    const unsigned char lead = bytes[0];
    *cp = lead;
    *valid = true;
    if (lead < 0x80)
        return 1;
    *cp = UTF8_BAD;
    *valid = false;
    if (!is_lead(lead))
        return 1;

    const size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    uint32_t value = lead & (0x7Fu >> length);
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    for (size_t i = 1; i < length; i++) {
        if (i == s.n || bytes[i] < low || bytes[i] > high)
            return i;
        value = value << 6 | (bytes[i] & 0x3Fu);
        low = 0x80; /* only the second byte has narrower bounds */
        high = 0xBF;
    }
    *cp = value;
    *valid = true;
    return length;
}

/* Length of the run of ASCII at the start, looked at eight bytes at a time. */
static size_t ascii_run(str s)
{
    size_t i = 0;
    for (uint64_t eight; i + sizeof eight <= s.n; i += sizeof eight) {
        memcpy(&eight, s.p + i, sizeof eight);
        if (eight & UINT64_C(0x8080808080808080))
            break;
    }
    while (i < s.n && (unsigned char)s.p[i] < 0x80)
        i++;
    return i;
}

uint32_t utf8_next_checked(str *s, bool *valid)
{
    uint32_t cp;
    const size_t length = decode(*s, &cp, valid);
    s->p += length;
    s->n -= length;
    return cp;
}

uint32_t utf8_next(str *s)
{
    bool valid;
    return utf8_next_checked(s, &valid);
}

size_t utf8_put(char out[4], uint32_t cp)
{
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        cp = UTF8_BAD;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    const size_t length = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, cp >>= 6)
        out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)(0xF00u >> length | cp); /* the low byte: 0xC0, 0xE0 or 0xF0 */
    return length;
}

size_t utf8_valid_prefix(str s)
{
    size_t at = 0;
    while (at < s.n) {
        at += ascii_run((str){s.p + at, s.n - at});
        if (at == s.n)
            break;
        uint32_t cp;
        bool valid;
        const size_t length = decode((str){s.p + at, s.n - at}, &cp, &valid);
        if (!valid)
            break;
        at += length;
    }
    return at;
}

size_t utf8_unbroken(str s)
{
    for (size_t back = 1; back <= 3 && back <= s.n; back++) {
        const str tail = str_from(s, s.n - back);
        const unsigned char byte = (unsigned char)tail.p[0];
        if (byte >= 0x80 && byte <= 0xBF)
            continue;
        uint32_t cp;
        bool valid;
        const bool reaches_end = decode(tail, &cp, &valid) == tail.n;
        return !valid && reaches_end && is_lead(byte) ? s.n - back : s.n;
    }
    return s.n;
}

size_t utf8_count(str s)
{
    size_t count = 0;
    while (s.n) {
        const size_t run = ascii_run(s);
        count += run;
        s = str_from(s, run);
        if (s.n == 0)
            break;
        utf8_next(&s);
        count++;
    }
    return count;
}
