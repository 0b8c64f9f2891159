/*
 * Emoji sequences after UTS #51, section 1.4.9 (emoji zwj element (ZWJ element)*), with the
 * properties from ICU.
 */
#include "emoji.h"
#include "charfold.h"
#include "near.h"

#include <unicode/uchar.h>

enum { JOINER = 0x200D, TEXT_STYLE = 0xFE0E, EMOJI_STYLE = 0xFE0F, KEYCAP = 0x20E3 };

static bool has(uint32_t cp, UProperty property)
{
    return u_hasBinaryProperty((UChar32)cp, property);
}

static bool is_flag_letter(uint32_t cp)
{
    return cp >= 0x1F1E6 && cp <= 0x1F1FF;
}

static size_t keycap_end(str text, size_t at)
{
    size_t next;
    uint32_t cp = codepoint_at(text, at, &next);
    if (cp == EMOJI_STYLE)
        cp = codepoint_at(text, next, &next);
    return cp == KEYCAP ? next : 0;
}

static size_t flag_end(str text, size_t at)
{
    size_t next;
    return is_flag_letter(codepoint_at(text, at, &next)) ? next : 0;
}

/* Flags of regions (England ...) end in a row of tag characters. */
static size_t skip_tags(str text, size_t at)
{
    size_t next;
    for (uint32_t cp = codepoint_at(text, at, &next); cp >= 0xE0020 && cp <= 0xE007F;
         cp = codepoint_at(text, at, &next))
        at = next;
    return at;
}

/* One element of a sequence; behind a joiner it need not ask to be an emoji. */
static size_t element_end(str text, size_t at, bool joined)
{
    size_t end, next;
    const uint32_t cp = codepoint_at(text, at, &end);
    const bool ascii_base = (cp >= '0' && cp <= '9') || cp == '#' || cp == '*';
    if (ascii_base)
        return keycap_end(text, end);
    if (is_flag_letter(cp))
        return flag_end(text, end);
    if (cp < 0x80 || !has(cp, UCHAR_EMOJI))
        return 0;
    const uint32_t style = codepoint_at(text, end, &next);
    if (style == TEXT_STYLE)
        return 0;
    const bool toned = char_is_skin_tone(style) && has(cp, UCHAR_EMOJI_MODIFIER_BASE);
    const bool asked = style == EMOJI_STYLE || toned;
    if (!asked && !joined && !has(cp, UCHAR_EMOJI_PRESENTATION))
        return 0;
    return skip_tags(text, asked ? next : end);
}

/* Below U+203C only © and ® and the bases of keycaps can be an emoji: most text asks no further. */
static bool cannot_be_emoji(uint32_t cp)
{
    const bool base =
        (cp >= '0' && cp <= '9') || cp == '#' || cp == '*' || cp == 0xA9 || cp == 0xAE;
    return (cp < 0x203C && !base) || (cp >= 0x3400 && cp < 0x1F000);
}

size_t emoji_end(str text, size_t at)
{
    size_t after;
    if (cannot_be_emoji(codepoint_at(text, at, &after)))
        return 0;
    size_t end = element_end(text, at, false);
    while (end) {
        size_t next;
        const bool joiner = codepoint_at(text, end, &next) == JOINER;
        const size_t more = joiner ? element_end(text, next, true) : 0;
        if (!more)
            break;
        end = more;
    }
    return end;
}
