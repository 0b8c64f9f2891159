/*
 * Untrusted text made fit for a terminal. The list of what is escaped is Trojan Source's
 * (CVE-2021-42574) and that of terminal escape injection (CVE-2003-0063 and its many children).
 * Columns follow UAX #11, with what a reader sees as one emoji counted as two.
 */
#include "width.h"
#include "charfold.h"
#include "emoji.h"
#include "near.h"
#include "utf8.h"

#include <unicode/uchar.h>

bool text_is_unsafe(uint32_t cp)
{
    if (cp == '\n' || cp == '\t')
        return false;
    const bool control = cp < 0x20 || (cp >= 0x7F && cp <= 0x9F);
    const bool direction = (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x206F);
    const bool line_end = cp == 0x2028 || cp == 0x2029;
    const bool interlinear = cp >= 0xFFF9 && cp <= 0xFFFB;
    const bool tag = cp >= 0xE0000 && cp <= 0xE007F;
    const bool surrogate = cp >= 0xD800 && cp <= 0xDFFF;
    return control || direction || line_end || interlinear || tag || surrogate || cp > 0x10FFFF;
}

static void add_bad_bytes(struct buf *out, str bytes)
{
    for (size_t i = 0; i < bytes.n; i++)
        buf_addf(out, "\\x%02x", (unsigned)(unsigned char)bytes.p[i]);
}

/* What stands in for an unsafe code point, or for a line feed or tab in SAFE_LINE. */
static void add_escaped(struct buf *out, uint32_t cp)
{
    if (cp == '\n')
        buf_add(out, STR("⏎"));
    else if (cp == '\t')
        buf_add_byte(out, ' ');
    else if (cp < 0x80)
        buf_addf(out, "\\x%02x", (unsigned)cp);
    else
        buf_addf(out, "\\u{%x}", (unsigned)cp);
}

/* Length of the run of printable ASCII (and line feeds and tabs, in a block) at the front. */
static size_t plain_run(str s, enum safe_mode mode)
{
    size_t n = 0;
    while (n < s.n) {
        const unsigned char c = (unsigned char)s.p[n];
        const bool blank = c == '\n' || c == '\t';
        if (!(c >= ' ' && c < 0x7F) && !(blank && mode == SAFE_BLOCK))
            break;
        n++;
    }
    return n;
}

void safe_text(struct buf *out, str text, enum safe_mode mode)
{
    while (text.n) {
        const size_t plain = plain_run(text, mode);
        buf_add(out, str_sub(text, 0, plain));
        text = str_from(text, plain);
        if (text.n == 0)
            return;
        /* A carriage return that only ends the line together with the line feed behind it. */
        if (str_starts(text, STR("\r\n"))) {
            text = str_from(text, 1);
            continue;
        }
        const str before = text;
        bool valid;
        const uint32_t cp = utf8_next_checked(&text, &valid);
        const str bytes = str_sub(before, 0, before.n - text.n);
        const bool blank = cp == '\n' || cp == '\t';
        if (!valid)
            add_bad_bytes(out, bytes);
        else if (text_is_unsafe(cp) || (blank && mode == SAFE_LINE))
            add_escaped(out, cp);
        else
            buf_add(out, bytes);
    }
}

/* Most text in these scripts need not ask ICU. */
static bool is_han_or_hangul(uint32_t cp)
{
    return (cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0xAC00 && cp <= 0xD7A3);
}

/* Adds nothing to what stands before it: marks, joiners, and Korean vowels and tails (jamo). */
static bool is_attached(uint32_t cp)
{
    if (cp < 0x0300)
        return cp == 0xAD;
    const bool greek_or_cyrillic = cp >= 0x0370 && cp <= 0x0482;
    if (greek_or_cyrillic || is_han_or_hangul(cp))
        return false;
    const int8_t type = u_charType((UChar32)cp);
    const bool jamo = (cp >= 0x1160 && cp <= 0x11FF) || (cp >= 0xD7B0 && cp <= 0xD7FB);
    return jamo || type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || char_is_invisible(cp);
}

int text_width_codepoint(uint32_t cp)
{
    if (cp >= ' ' && cp < 0x7F)
        return 1;
    if (cp < 0xA0 || is_attached(cp))
        return 0;
    if (is_han_or_hangul(cp))
        return 2;
    switch (u_getIntPropertyValue((UChar32)cp, UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_WIDE:
    case U_EA_FULLWIDTH: return 2;
    default: return 1;
    }
}

static bool is_ascii_at(str text, size_t at)
{
    return at >= text.n || (unsigned char)text.p[at] < 0x80;
}

/* The end of the character at `at` with all that is attached to it, and its columns. */
static size_t cluster_end(str text, size_t at, int *columns)
{
    size_t end = at;
    if (is_ascii_at(text, at) && is_ascii_at(text, at + 1)) {
        *columns = text_width_codepoint((unsigned char)text.p[at]);
        return at + 1;
    }
    const size_t emoji = emoji_end(text, at);
    const uint32_t cp = codepoint_at(text, at, &end);
    *columns = emoji ? 2 : text_width_codepoint(cp);
    end = emoji ? emoji : end;
    for (size_t next; end < text.n; end = next)
        if (!is_attached(codepoint_at(text, end, &next)))
            break;
    return end;
}

int text_width(str text)
{
    int total = 0;
    for (size_t at = 0; at < text.n;) {
        int columns;
        at = cluster_end(text, at, &columns);
        total += columns;
    }
    return total;
}

str text_fit(str text, int columns)
{
    size_t at = 0;
    while (at < text.n) {
        int width;
        const size_t end = cluster_end(text, at, &width);
        if (width > columns)
            break;
        columns -= width;
        at = end;
    }
    return str_sub(text, 0, at);
}
