/* What is seen in the bytes of a page alone: references, characters libxml2 cannot bear, tags. */
#include "html_bytes.h"

#include "utf8.h"

#include <string.h>

enum {
    REFERENCE_MAX = 64,   /* a reference of up to this length is not cut by feeding */
    EMPTY_TAG_MAX = 4096, /* how long an "<html ... />" may be to be noticed */
    BEGIN_TRIES_MAX = 16  /* '<' that are looked at for the begin of a tag: each costs the rest */
};

#define DEL '\x7F'

uint32_t html_c1(uint32_t cp)
{
    /* zeros stay as they are */
    static const uint16_t windows[32] = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
    };
    return cp >= 0x80 && cp < 0xA0 && windows[cp - 0x80] ? windows[cp - 0x80] : cp;
}

bool html_reference_number(str s, uint32_t *value, size_t *length)
{
    if (!str_starts(s, STR("&#")))
        return false;
    const bool hex = s.n > 2 && (s.p[2] == 'x' || s.p[2] == 'X');
    const size_t from = hex ? 3 : 2;
    size_t i = from;
    *value = 0;
    for (; i < s.n; i++) {
        const char c = s.p[i] | 0x20;
        const bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        if (!digit && !(hex && c >= 'a' && c <= 'f'))
            break;
        const uint32_t d = digit ? (uint32_t)(s.p[i] - '0') : (uint32_t)(c - 'a' + 10);
        *value = *value > 0x110000 ? *value : *value * (hex ? 16 : 10) + d;
    }
    *length = i + (i < s.n && s.p[i] == ';');
    return i > from;
}

bool html_needs_cleaning(str chunk)
{
    unsigned bad = 0;
    for (size_t i = 0; i < chunk.n; i++) {
        const unsigned char c = (unsigned char)chunk.p[i];
        bad |= (c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0xEF;
    }
    return bad || utf8_valid_prefix(chunk) != chunk.n;
}

void html_clean(char *to, str chunk)
{
    for (str rest = chunk; rest.n;) {
        const char *from = rest.p;
        bool valid;
        const uint32_t cp = utf8_next_checked(&rest, &valid);
        const size_t n = (size_t)(rest.p - from);
        const bool control = cp < 0x20 && cp != '\n' && cp != '\t' && cp != '\r';
        if (cp == '\f')
            *to = ' ';
        else if (!valid || control || cp == 0xFFFE || cp == 0xFFFF)
            memset(to, DEL, n);
        else
            memcpy(to, from, n);
        to += n;
    }
}

size_t html_false_end(str chunk, size_t from)
{
    static const char *const names[] = {"html", "head", "body"};
    for (size_t at; (at = str_find_byte(str_from(chunk, from), '<')) != STR_NONE;) {
        from += at + 1;
        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
            if (!str_eq_nocase(str_sub(chunk, from, 4), str_of(names[i])))
                continue;
            const size_t end = str_find_byte(str_sub(chunk, from, EMPTY_TAG_MAX), '>');
            if (end != STR_NONE && chunk.p[from + end - 1] == '/')
                return from + end - 1;
        }
    }
    return STR_NONE;
}

size_t html_cut(str chunk)
{
    for (size_t i = chunk.n; i-- > 1;)
        if (chunk.p[i] == '<')
            return i;
    for (size_t i = chunk.n; i > 0; i--)
        if (strchr(" \n\t\r", chunk.p[i - 1]) && chunk.p[i - 1])
            return i;
    for (size_t i = chunk.n; i-- > chunk.n - REFERENCE_MAX;)
        if (chunk.p[i] == '&')
            return i;
    size_t i = chunk.n - 1; /* the last character may be cut: feed it the next time */
    while (i > chunk.n - 4 && ((unsigned char)chunk.p[i] & 0xC0) == 0x80)
        i--;
    return i;
}

/* How much of `s`, which begins behind the name of a tag, belongs to the tag: up to and with its '>';
   STR_NONE if it does not end here. A quote counts only where a value begins. */
static size_t tag_length(str s)
{
    char quote = '\0';
    bool value = false;
    for (size_t i = 0; i < s.n; i++) {
        const char c = s.p[i];
        if (quote) {
            quote = c == quote ? '\0' : quote;
            continue;
        }
        if (c == '>')
            return i + 1;
        if (value && (c == '"' || c == '\''))
            quote = c;
        value = c == '=' || (value && (c == ' ' || c == '\n' || c == '\t' || c == '\r'));
    }
    return STR_NONE;
}

size_t html_tag_begin(str s, str name)
{
    size_t tries = 0;
    for (size_t i = 0, lt; (lt = str_find_byte(str_from(s, i), '<')) != STR_NONE;) {
        i += lt;
        const size_t length = tag_length(str_from(s, i + 1));
        if (length != STR_NONE)
            i += 1 + length;
        else if (str_eq_nocase(str_sub(s, i + 1, name.n), name))
            return i;
        else if (++tries < BEGIN_TRIES_MAX)
            i++;
        else
            break;
    }
    return s.n;
}

size_t html_count_ends(str s)
{
    size_t count = 0;
    for (size_t i = 1; i < s.n; i++)
        count += s.p[i] == '/' && s.p[i - 1] == '<';
    return count;
}
