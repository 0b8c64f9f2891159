/*
 * Slices. The empty slice may have a NULL pointer, which memcmp and memchr must not be given.
 */
#include "str.h"

#include <string.h>

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static unsigned char lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

str str_of(const char *cstr)
{
    return cstr ? (str){cstr, strlen(cstr)} : (str){NULL, 0};
}

bool str_eq(str a, str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

bool str_eq_nocase(str a, str b)
{
    if (a.n != b.n)
        return false;
    for (size_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    return true;
}

int str_cmp(str a, str b)
{
    const size_t shared = a.n < b.n ? a.n : b.n;
    const int order = shared ? memcmp(a.p, b.p, shared) : 0;
    return order ? order : (a.n > b.n) - (a.n < b.n);
}

bool str_starts(str s, str prefix)
{
    return s.n >= prefix.n && str_eq((str){s.p, prefix.n}, prefix);
}

bool str_ends(str s, str suffix)
{
    return s.n >= suffix.n && str_eq(str_from(s, s.n - suffix.n), suffix);
}

size_t str_find_byte(str s, char byte)
{
    const char *hit = s.n ? memchr(s.p, byte, s.n) : NULL;
    return hit ? (size_t)(hit - s.p) : STR_NONE;
}

size_t str_find(str s, str needle)
{
    if (needle.n == 0)
        return 0;
    for (size_t at = 0; needle.n <= s.n - at;) {
        /* only places where the whole needle still fits are worth a look */
        const str starts = {s.p + at, s.n - at - needle.n + 1};
        const size_t hit = str_find_byte(starts, needle.p[0]);
        if (hit == STR_NONE)
            return STR_NONE;
        at += hit;
        if (memcmp(s.p + at, needle.p, needle.n) == 0)
            return at;
        at++;
    }
    return STR_NONE;
}

str str_from(str s, size_t at)
{
    if (at >= s.n)
        return (str){s.p ? s.p + s.n : NULL, 0};
    return (str){s.p + at, s.n - at};
}

str str_sub(str s, size_t at, size_t n)
{
    const str rest = str_from(s, at);
    return (str){rest.p, n < rest.n ? n : rest.n};
}

str str_trim(str s)
{
    while (s.n && is_space(s.p[s.n - 1]))
        s.n--;
    while (s.n && is_space(s.p[0]))
        s = str_from(s, 1);
    return s;
}

bool str_split(str *s, char byte, str *part)
{
    if (s->n == 0)
        return false;
    const size_t at = str_find_byte(*s, byte);
    *part = str_sub(*s, 0, at);
    *s = at == STR_NONE ? str_from(*s, s->n) : str_from(*s, at + 1);
    return true;
}

bool str_to_u63(str s, int64_t *out)
{
    int64_t value = 0;
    for (size_t i = 0; i < s.n; i++) {
        const int digit = s.p[i] - '0';
        if (digit < 0 || digit > 9 || value > (INT64_MAX - digit) / 10)
            return false;
        value = value * 10 + digit;
    }
    if (s.n)
        *out = value;
    return s.n > 0;
}

uint64_t str_hash(str s)
{
    uint64_t hash = UINT64_C(0xCBF29CE484222325);
    for (size_t i = 0; i < s.n; i++)
        hash = (hash ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001B3);
    return hash;
}
