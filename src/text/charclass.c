/*
 * What kind of a character a code point is. The folded form decides where there is one ("Ａ" is what
 * "a" is, "＠" is what "@" is), the Unicode properties decide the rest.
 */
#include "charfold.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

static enum char_class ascii_class(uint32_t cp)
{
    if ((cp | 0x20) >= 'a' && (cp | 0x20) <= 'z')
        return CHAR_LETTER;
    if (cp >= '0' && cp <= '9')
        return CHAR_DIGIT;
    if (cp <= ' ' || cp == 0x7F)
        return CHAR_SPACE;
    switch (cp) {
    case '\'':
    case '`': return CHAR_APOSTROPHE;
    case '"': return CHAR_QUOTE;
    case '-': return CHAR_DASH;
    /* The other ASCII symbols are mark-up as often as not (> | ~ = + ^ <): as tokens they would
       stand between words that are adjacent to a reader. */
    case '$': return CHAR_SYMBOL;
    default: return CHAR_PUNCT;
    }
}

/* Letters that are a token each: of scripts without blanks between words, and Korean syllables. */
static bool is_unit_letter(uint32_t cp)
{
    const bool kana_sign = cp == 0x30FC || cp == 0x3006 || cp == 0x303C;
    const bool repeat_sign = cp >= 0x3031 && cp <= 0x3035;
    if (kana_sign || repeat_sign || u_hasBinaryProperty((UChar32)cp, UCHAR_IDEOGRAPHIC))
        return true;
    if (!(U_MASK(u_charType((UChar32)cp)) & (U_GC_L_MASK | U_GC_NL_MASK)))
        return false;
    /* "SA" is what the line breaking algorithm (UAX #14) calls the scripts of South East Asia that
       need a dictionary to find words: Thai, Lao, Khmer, Burmese, Tai Le ... */
    if (u_getIntPropertyValue((UChar32)cp, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT)
        return true;
    static const UScriptCode scripts[] = {
        USCRIPT_HAN,      USCRIPT_HIRAGANA, USCRIPT_KATAKANA,
        USCRIPT_BOPOMOFO, USCRIPT_HANGUL,   USCRIPT_YI,
    };
    UErrorCode code = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript((UChar32)cp, &code);
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (scripts[i] == script)
            return true;
    return false;
}

static enum char_class class_by_type(uint32_t cp)
{
    const bool box_drawing = cp >= 0x2500 && cp <= 0x259F;
    const bool fraction_slash = cp == 0x2044;
    const bool not_a_character = (cp & 0xFFFE) == 0xFFFE || (cp >= 0xFDD0 && cp <= 0xFDEF);
    if (box_drawing || fraction_slash || not_a_character || cp == 0xFFFD)
        return CHAR_PUNCT;
    /* An unassigned code point is an emoji or letter younger than our tables. */
    const uint32_t symbols =
        U_GC_SO_MASK | U_GC_SC_MASK | U_GC_SM_MASK | U_GC_NO_MASK | U_GC_CO_MASK | U_GC_CN_MASK;
    return U_MASK(u_charType((UChar32)cp)) & symbols ? CHAR_SYMBOL : CHAR_PUNCT;
}

enum char_class charclass_of(uint32_t cp, const uint32_t *folded, size_t n)
{
    if (cp < 0x80)
        return ascii_class(cp);
    const int8_t type = u_charType((UChar32)cp);
    if (u_isUWhiteSpace((UChar32)cp) || type == U_CONTROL_CHAR)
        return CHAR_SPACE;
    if (char_is_invisible(cp) || char_is_skin_tone(cp))
        return CHAR_IGNORED;
    /* Footnote marks and circled numbers do not grow into the word before them. */
    if (type == U_OTHER_NUMBER)
        return CHAR_SYMBOL;
    if (n == 1 && folded[0] != cp)
        return charclass_of(folded[0], folded, 1);
    if (is_unit_letter(cp))
        return CHAR_UNIT;
    if (char_is_mark(cp) || u_isUAlphabetic((UChar32)cp))
        return CHAR_LETTER;
    if (U_MASK(type) & U_GC_L_MASK)
        return CHAR_LETTER;
    return class_by_type(cp);
}
