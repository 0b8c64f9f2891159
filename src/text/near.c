/*
 * Looking one code point ahead and one back. Going back is possible in UTF-8 because the first byte
 * of a sequence can be told from the others.
 */
#include "near.h"
#include "utf8.h"

uint32_t codepoint_at(str text, size_t at, size_t *next)
{
    *next = at;
    if (at >= text.n)
        return ' ';
    str rest = {text.p + at, text.n - at};
    const uint32_t cp = utf8_next(&rest);
    *next = text.n - rest.n;
    return cp;
}

uint32_t codepoint_before(str text, size_t at)
{
    size_t from = at;
    while (from > 0 && at - from < 4) {
        from--;
        if (((unsigned char)text.p[from] & 0xC0) != 0x80)
            break;
    }
    uint32_t cp = ' ';
    for (str part = str_sub(text, from, at - from); part.n;)
        cp = utf8_next(&part);
    return cp;
}

bool is_name_char(uint32_t cp)
{
    if (cp == '_' || cp == 0xFF3F)
        return true;
    const enum char_class class = char_class_of(cp);
    return class == CHAR_LETTER || class == CHAR_DIGIT;
}

bool is_name_before(str text, size_t at)
{
    return is_name_char(codepoint_before(text, at));
}
