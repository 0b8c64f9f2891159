/*
 * Meta's exports write each byte of UTF-8 as "\u00XX". Whether a string is such is asked string by
 * string, for files are about that somebody has repaired in part: all of it must be below U+0100, and
 * taken as bytes it must be UTF-8. "café" written properly is not, and stays.
 */
#include "mojibake.h"

#include "utf8.h"

static bool is_suspect(str text)
{
    bool beyond_ascii = false;
    for (str rest = text; rest.n;) {
        const uint32_t cp = utf8_next(&rest);
        if (cp > 0xFF)
            return false;
        beyond_ascii |= cp > 0x7F;
    }
    return beyond_ascii;
}

str mojibake_repair(struct arena *a, str text)
{
    if (!is_suspect(text))
        return text;
    char *const bytes = arena_alloc(a, text.n);
    size_t n = 0;
    for (str rest = text; rest.n;)
        bytes[n++] = (char)(unsigned char)utf8_next(&rest);
    const str repaired = {bytes, n};
    return utf8_valid_prefix(repaired) == n ? repaired : text;
}
