/*
 * How a code point folds. The order of the rules:
 *
 * 1. Invisible characters and skin tones disappear.
 * 2. Our own table: one shape for each of apostrophe, quotation mark and dash; Latin letters with a
 *    stroke or of two letters, which Unicode does not decompose but people type plainly (Łukasz,
 *    Jørgen, æ; the choice is that of Lucene's ASCIIFoldingFilter); Arabic and Persian letters that
 *    keyboards mix up (alef wasla, alef maksura, Farsi yeh, keheh; as in Lucene's ArabicNormalizer
 *    and PersianNormalizer). Teh marbuta stays, as it tells words apart.
 * 3. Decimal digits of all scripts become ASCII digits.
 * 4. Combining marks disappear where they are ornaments: Latin, Greek, Cyrillic, Armenian, Hebrew,
 *    Arabic, Syriac, Coptic and the marks that several scripts share. They stay in Indic scripts,
 *    Thai, Lao, Khmer, Burmese, Tibetan ..., where they are vowels, and so do the two voicing marks
 *    of kana: が is か + U+3099 in the folded form, whether it came composed, decomposed or as half
 *    width katakana. Cyrillic й thereby meets и, and ё meets е.
 * 5. Compatibility decomposition (NFKD), except of Hangul syllables.
 * 6. Full case folding (CaseFolding.txt).
 *
 * The rules are applied to their own results until nothing changes, which makes folding idempotent.
 */
#include "charfold.h"

#include <assert.h>
#include <stdlib.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

enum {
    HANGUL_FIRST = 0xAC00,
    HANGUL_LAST = 0xD7A3,
    LEAD_FIRST = 0x1100,
    LEADS = 19,
    VOWEL_FIRST = 0x1161,
    VOWELS = 21,
    TAIL_BEFORE_FIRST = 0x11A7, /* a tail of 0 is "no tail" */
    TAILS = 28,
};

/* Sorted by the first column; a second result of 0 is none. */
static const uint32_t own_rules[][3] = {
    {0x00AB, '"'},    {0x00B4, '\''},   {0x00BB, '"'},      {0x00C6, 'a', 'e'},
    {0x00D0, 'd'},    {0x00D8, 'o'},    {0x00DE, 't', 'h'}, {0x00E6, 'a', 'e'},
    {0x00F0, 'd'},    {0x00F8, 'o'},    {0x00FE, 't', 'h'}, {0x0110, 'd'},
    {0x0111, 'd'},    {0x0126, 'h'},    {0x0127, 'h'},      {0x0131, 'i'},
    {0x0141, 'l'},    {0x0142, 'l'},    {0x0152, 'o', 'e'}, {0x0153, 'o', 'e'},
    {0x0166, 't'},    {0x0167, 't'},    {0x02B9, '\''},     {0x02BA, '"'},
    {0x02BB, '\''},   {0x02BC, '\''},   {0x02BD, '\''},     {0x02EE, '"'},
    {0x0374, '\''},   {0x0384, '\''},   {0x055A, '\''},     {0x05F3, '\''},
    {0x05F4, '"'},    {0x0649, 0x064A}, {0x0671, 0x0627},   {0x06A9, 0x0643},
    {0x06CC, 0x064A}, {0x1FBD, '\''},   {0x1FEF, '\''},     {0x1FFD, '\''},
    {0x2018, '\''},   {0x2019, '\''},   {0x201A, '\''},     {0x201B, '\''},
    {0x201C, '"'},    {0x201D, '"'},    {0x201E, '"'},      {0x201F, '"'},
    {0x2032, '\''},   {0x2033, '"'},    {0x2035, '\''},     {0x2036, '"'},
    {0x2039, '\''},   {0x203A, '\''},   {0x2212, '-'},      {0x275B, '\''},
    {0x275C, '\''},   {0x275D, '"'},    {0x275E, '"'},      {0x275F, '\''},
    {0x2760, '"'},    {0x276E, '\''},   {0x276F, '\''},     {0x2E42, '"'},
    {0x300C, '"'},    {0x300D, '"'},    {0x300E, '"'},      {0x300F, '"'},
    {0x301C, '~'},    {0x301D, '"'},    {0x301E, '"'},      {0x301F, '"'},
    {0x3030, '~'},    {0x309B, 0x3099}, {0x309C, 0x309A},   {0x1F676, '"'},
    {0x1F677, '"'},   {0x1F678, '"'},
};

static int compare_rule(const void *key, const void *row)
{
    const uint32_t cp = *(const uint32_t *)key, other = *(const uint32_t *)row;
    return cp < other ? -1 : cp > other;
}

static size_t by_own_rule(uint32_t cp, uint32_t *out)
{
    const size_t rows = sizeof own_rules / sizeof *own_rules;
    const uint32_t *row = bsearch(&cp, own_rules, rows, sizeof *own_rules, compare_rule);
    if (!row)
        return 0;
    out[0] = row[1];
    out[1] = row[2];
    return row[2] ? 2 : 1;
}

/* Squared letters, white on black, are written for emphasis; Unicode does not decompose them. */
static uint32_t squared_letter(uint32_t cp)
{
    if (cp >= 0x1F150 && cp <= 0x1F169)
        return 'a' + (cp - 0x1F150);
    if (cp >= 0x1F170 && cp <= 0x1F189)
        return 'a' + (cp - 0x1F170);
    return 0;
}

uint32_t ascii_fold(uint32_t cp)
{
    if (cp >= 'A' && cp <= 'Z')
        return cp | 0x20;
    return cp == '`' ? '\'' : cp;
}

bool char_is_skin_tone(uint32_t cp)
{
    return cp >= 0x1F3FB && cp <= 0x1F3FF;
}

bool char_is_invisible(uint32_t cp)
{
    const bool interlinear = cp >= 0xFFF9 && cp <= 0xFFFB;
    return interlinear || u_hasBinaryProperty((UChar32)cp, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool char_is_mark(uint32_t cp)
{
    return (U_MASK(u_charType((UChar32)cp)) & U_GC_M_MASK) != 0;
}

static UScriptCode script_of(uint32_t cp)
{
    UErrorCode code = U_ZERO_ERROR;
    return uscript_getScript((UChar32)cp, &code);
}

static bool is_ornament(uint32_t cp)
{
    if (!(U_MASK(u_charType((UChar32)cp)) & (U_GC_MN_MASK | U_GC_ME_MASK)))
        return false;
    const bool kana_voicing = cp == 0x3099 || cp == 0x309A;
    const bool vedic = (cp >= 0x0951 && cp <= 0x0954) || (cp >= 0x1CD0 && cp <= 0x1CFF);
    if (kana_voicing || vedic)
        return false;
    static const UScriptCode scripts[] = {
        USCRIPT_COMMON, USCRIPT_INHERITED, USCRIPT_LATIN,  USCRIPT_GREEK,  USCRIPT_CYRILLIC,
        USCRIPT_ARABIC, USCRIPT_ARMENIAN,  USCRIPT_HEBREW, USCRIPT_SYRIAC, USCRIPT_COPTIC,
    };
    const UScriptCode script = script_of(cp);
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        if (scripts[i] == script)
            return true;
    return false;
}

uint32_t hangul_compose(uint32_t first, uint32_t second)
{
    const uint32_t lead = first - LEAD_FIRST, vowel = second - VOWEL_FIRST;
    if (lead < LEADS && vowel < VOWELS)
        return HANGUL_FIRST + (lead * VOWELS + vowel) * TAILS;
    const uint32_t tail = second - TAIL_BEFORE_FIRST, syllable = first - HANGUL_FIRST;
    const bool open = first >= HANGUL_FIRST && first <= HANGUL_LAST && syllable % TAILS == 0;
    return open && tail > 0 && tail < TAILS ? first + tail : 0;
}

/* Things that NFKD takes apart although they are one letter to people: Hangul (the jamo on their
   own, as in "ㅋㅋㅋ", would grow together with their neighbours), Thai and Lao sara am (whose parts
   a tone mark would separate). */
static bool stays_whole(uint32_t cp)
{
    return (cp >= HANGUL_FIRST && cp <= HANGUL_LAST) || (cp >= 0x3131 && cp <= 0x318E) ||
           cp == 0x0E33 || cp == 0x0EB3;
}

static size_t from_utf16(const UChar *s, int32_t units, uint32_t *out)
{
    size_t n = 0;
    for (int32_t i = 0; i < units;) {
        UChar32 cp;
        U16_NEXT(s, i, units, cp);
        assert(n < FOLD_MAX);
        out[n++] = (uint32_t)cp;
    }
    return n;
}

static size_t nfkd(uint32_t cp, uint32_t *out)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *rules = unorm2_getNFKDInstance(&code);
    UChar utf16[2 * FOLD_MAX];
    const int32_t room = (int32_t)(sizeof utf16 / sizeof *utf16);
    const bool half_width_hangul = cp >= 0xFFA1 && cp <= 0xFFDC;
    const int32_t units = half_width_hangul
                              ? unorm2_getRawDecomposition(rules, (UChar32)cp, utf16, room, &code)
                              : unorm2_getDecomposition(rules, (UChar32)cp, utf16, room, &code);
    assert(U_SUCCESS(code));
    if (units < 0) {
        out[0] = cp;
        return 1;
    }
    return from_utf16(utf16, units, out);
}

/* Spacing accents decompose to a blank and a mark. As letters (Arabic isolated vowel signs, Greek
   ypogegrammeni) they lose the blank, which would cut a word in two. */
static size_t without_blank(uint32_t cp, uint32_t *out, size_t n)
{
    if (n < 2 || out[0] != ' ' || !(U_MASK(u_charType((UChar32)cp)) & U_GC_L_MASK))
        return n;
    for (size_t i = 1; i < n; i++)
        out[i - 1] = out[i];
    return n - 1;
}

size_t charfold_decompose(uint32_t cp, uint32_t out[FOLD_MAX])
{
    out[0] = cp;
    if (cp < 0x80 || stays_whole(cp))
        return 1;
    const size_t n = nfkd(cp, out);
    /* ≠ must not meet = when the stroke goes. */
    if (out[n - 1] == 0x0338 && u_charType((UChar32)cp) == U_MATH_SYMBOL) {
        out[0] = cp;
        return 1;
    }
    return without_blank(cp, out, n);
}

static size_t case_fold(uint32_t cp, uint32_t *out)
{
    UErrorCode code = U_ZERO_ERROR;
    UChar from[2], to[2 * FOLD_MAX];
    int32_t units = 0;
    U16_APPEND_UNSAFE(from, units, cp);
    const int32_t room = (int32_t)(sizeof to / sizeof *to);
    const int32_t n = u_strFoldCase(to, room, from, units, U_FOLD_CASE_DEFAULT, &code);
    assert(U_SUCCESS(code));
    return from_utf16(to, n, out);
}

/* The first rule that says something; cp itself if none does. */
static size_t fold_once(uint32_t cp, uint32_t *out)
{
    if (cp < 0x80) {
        out[0] = ascii_fold(cp);
        return 1;
    }
    const bool tatweel = cp == 0x0640;
    if (char_is_invisible(cp) || char_is_skin_tone(cp) || tatweel)
        return 0;
    const size_t own = by_own_rule(cp, out);
    if (own)
        return own;
    out[0] = squared_letter(cp);
    if (out[0])
        return 1;
    const int32_t digit = u_charDigitValue((UChar32)cp);
    const int8_t type = u_charType((UChar32)cp);
    if (digit >= 0 && type == U_DECIMAL_DIGIT_NUMBER) {
        out[0] = '0' + (uint32_t)digit;
        return 1;
    }
    if (is_ornament(cp))
        return 0;
    out[0] = type == U_DASH_PUNCTUATION ? '-' : ' ';
    if (type == U_DASH_PUNCTUATION || u_isUWhiteSpace((UChar32)cp))
        return 1;
    const size_t n = charfold_decompose(cp, out);
    return n == 1 && out[0] == cp ? case_fold(cp, out) : n;
}

static size_t fold_deep(uint32_t cp, uint32_t *out, int depth)
{
    uint32_t parts[FOLD_MAX];
    const size_t n = fold_once(cp, parts);
    if (n == 1 && parts[0] == cp) {
        out[0] = cp;
        return 1;
    }
    assert(depth < 8);
    size_t total = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t deeper[FOLD_MAX];
        const size_t more = fold_deep(parts[i], deeper, depth + 1);
        assert(total + more <= FOLD_MAX);
        for (size_t k = 0; k < more; k++)
            out[total++] = deeper[k];
    }
    return total;
}

size_t charfold_of(uint32_t cp, uint32_t out[FOLD_MAX])
{
    return fold_deep(cp, out, 0);
}
