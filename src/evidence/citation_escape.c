/* One line of foreign text for plain text, Markdown, HTML and TeX. */
#include "citation_escape.h"

#include <string.h>

#include "utf8.h"

/* U+202A..202E and U+2066..2069 turn the direction of what follows, U+200E, 200F and 061C lean on it. */
static bool is_direction(uint32_t cp)
{
    return (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) || cp == 0x200e ||
           cp == 0x200f || cp == 0x61c;
}

static bool is_space(uint32_t cp)
{
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0x2028 || cp == 0x2029;
}

static bool is_control(uint32_t cp)
{
    return cp < 0x20 || (cp >= 0x7f && cp < 0xa0);
}

typedef void put_one(struct buf *out, uint32_t cp);

static void each(struct buf *out, str text, put_one *put)
{
    bool blank = false, any = false;
    while (text.n) {
        const uint32_t cp = utf8_next(&text);
        if (is_space(cp)) {
            blank = any;
            continue;
        }
        if (is_control(cp) || is_direction(cp))
            continue;
        if (blank)
            put(out, ' ');
        put(out, cp);
        blank = false;
        any = true;
    }
}

static void put_plain(struct buf *out, uint32_t cp)
{
    buf_add_codepoint(out, cp);
}

/* CommonMark: any ASCII punctuation may be escaped; a line cannot begin a list here. */
static void put_markdown(struct buf *out, uint32_t cp)
{
    if (cp < 0x80 && cp && strchr("\\`*_{}[]<>()#+-!|~&", (int)cp))
        buf_add_byte(out, '\\');
    buf_add_codepoint(out, cp);
}

static void put_html(struct buf *out, uint32_t cp)
{
    switch (cp) {
    case '&': buf_add(out, STR("&amp;")); break;
    case '<': buf_add(out, STR("&lt;")); break;
    case '>': buf_add(out, STR("&gt;")); break;
    case '"': buf_add(out, STR("&quot;")); break;
    case '\'': buf_add(out, STR("&#39;")); break;
    default: buf_add_codepoint(out, cp); break;
    }
}

static void put_tex(struct buf *out, uint32_t cp)
{
    switch (cp) {
    case '\\': buf_add(out, STR("\\textbackslash{}")); break;
    case '~': buf_add(out, STR("\\textasciitilde{}")); break;
    case '^': buf_add(out, STR("\\textasciicircum{}")); break;
    case '{':
    case '}':
    case '$':
    case '&':
    case '#':
    case '_':
    case '%':
        buf_add_byte(out, '\\');
        buf_add_byte(out, (char)cp);
        break;
    default: buf_add_codepoint(out, cp); break;
    }
}

void escape_plain(struct buf *out, str text)
{
    each(out, text, put_plain);
}

void escape_markdown(struct buf *out, str text)
{
    each(out, text, put_markdown);
}

void escape_html(struct buf *out, str text)
{
    each(out, text, put_html);
}

void escape_tex(struct buf *out, str text)
{
    each(out, text, put_tex);
}
