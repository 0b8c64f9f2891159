/* Folding: tables of cases for each script, and properties over all code points. */
#include "fold.h"
#include "utf8.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include <cmocka.h>

static void the_example_of_the_door_holds(void **state)
{
    (void)state;
    uint32_t out[FOLD_MAX];
    assert_int_equal(fold_codepoint(0x00C9, out), 1);
    assert_int_equal(out[0], 'e');
    struct folded f = {0};
    fold_text(&f, STR("Ｃafé"));
    assert_int_equal(f.n, 4);
    assert_memory_equal(f.p, "cafe", 4);
    static const size_t at[] = {0, 3, 4, 5, 7};
    assert_memory_equal(f.at, at, sizeof at);
    folded_free(&f);
    assert_null(f.p);
    folded_free(NULL);
}

static const struct {
    const char *from, *to;
} cases[] = {
    /* ASCII */
    {"Hello, World 42", "hello, world 42"},
    {"a`b", "a'b"},
    {"", ""},
    /* Latin with accents, composed and not; with strokes; ligatures and double letters */
    {"ÉCOLE", "ecole"},
    {"E\u0301COLE", "ecole"},
    {"Ångström", "angstrom"},
    {"Tiếng Việt", "tieng viet"},
    {"Straße STRASSE ẞ", "strasse strasse ss"},
    {"Łódź Jørgen Đorđe", "lodz jorgen dorde"},
    {"Æsir œuvre Þór", "aesir oeuvre thor"},
    {"ﬁn ĳs ŉ", "fin ijs 'n"},
    {"İstanbul ısı IŞIK", "istanbul isi isik"},
    /* widths, mathematical and other fancy letters */
    {"ＡＢＣ１２３", "abc123"},
    {"𝐛𝐨𝐥𝐝 𝒮𝒸𝓇𝒾𝓅𝓉 𝔣𝔯𝔞𝔨𝔱𝔲𝔯", "bold script fraktur"},
    {"Ⓕⓡⓔⓔ 🅵🆁🅴🅴 🅕🅡🅔🅔", "free free free"},
    {"x² ½ ㎏ ™", "x2 1⁄2 kg tm"},
    /* punctuation has one shape */
    {"don’t don‘t donʼt don´t don＇t", "don't don't don't don't don't"},
    {"“a” „b‟ «c» ＂d＂ 「e」 『f』 ｢g｣", "\"a\" \"b\" \"c\" \"d\" \"e\" \"f\" \"g\""},
    {"a–b a—b a‐b a−b a﹣b a‑b", "a-b a-b a-b a-b a-b a-b"},
    {"wait…", "wait..."},
    {"a\u00A0b\u2003c\u3000d\u202Fe", "a b c d e"},
    /* ≠ is not = */
    {"≠ ∉", "≠ ∉"},
    /* invisible */
    {"pass\u200Bword", "password"},
    {"pass\u00ADword", "password"},
    {"\uFEFF\u202Epass\u2060word\u202C\uFE0F", "password"},
    {"\u2068Noll\u2069", "noll"},
    /* Greek */
    {"ΟΔΥΣΣΕΎΣ Οδυσσεύς", "οδυσσευσ οδυσσευσ"},
    {"τῷ Ὀδυσσεῖ ΐ", "τω οδυσσει ι"},
    /* Cyrillic */
    {"Ёлка ёлка е\u0308лка", "елка елка елка"},
    {"МОЙ мой мои\u0306", "мои мои мои"},
    {"Київ їжак", "киів іжак"},
    /* Arabic: vowel signs, tatweel, alefs, presentation forms, digits, Persian letters */
    {"كِتَابٌ", "كتاب"},
    {"مـــرحبا", "مرحبا"},
    {"أحمد إلى آخر ٱلله", "احمد الي اخر الله"},
    {"على علي", "علي علي"},
    {"مدرسة", "مدرسة"},
    {"ﻣﺮﺣﺒﺎ", "مرحبا"},
    {"کتاب فارسی", "كتاب فارسي"},
    {"٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹", "0123456789 0123456789"},
    {"می\u200Cخواهم", "ميخواهم"},
    /* Hebrew: points off, final letters stay, geresh and gershayim are quotation marks */
    {"שָׁלוֹם", "שלום"},
    {"צה״ל ג׳ירפה", "צה\"ל ג'ירפה"},
    {"בית־ספר", "בית-ספר"},
    /* Indic and South East Asian marks are vowels and stay */
    {"हिन्दी", "हिन्दी"},
    {"क़लम", "क\u093Cलम"},
    {"१२३ ๑๒๓", "123 123"},
    {"น้ำใจ กิน", "น้ำใจ กิน"},
    {"မြန်မာ ខ្មែរ", "မြန်မာ ខ្មែរ"},
    {"বাংলা தமிழ்", "বাংলা தமிழ்"},
    /* Chinese, Japanese: half width katakana are katakana; katakana are not hiragana */
    {"中文", "中文"},
    {"ｶﾞｰﾄﾞ", "カ\u3099ート\u3099"},
    {"ガード", "カ\u3099ート\u3099"},
    {"が か\u3099 か゛", "か\u3099 か\u3099 か\u3099"},
    {"ぱハ", "は\u309Aハ"},
    {"㍻㈱", "平成(株)"},
    {"⼈", "人"},
    /* Korean: composed, decomposed, half composed; jamo on their own stay on their own */
    {"한국", "한국"},
    {"\u1112\u1161\u11AB\u1100\u116E\u11A8", "한국"},
    {"하\u11AB구\u11A8", "한국"},
    {"ㅋㅋㅋ ㅠㅠ", "ㅋㅋㅋ ㅠㅠ"},
    {"ﾡ", "ㄱ"},
    /* emoji lose skin tones, joiners and style */
    {"👍🏿 👨\u200D👩\u200D👧 ❤\uFE0F", "👍 👨👩👧 ❤"},
    {"🇺🇸", "🇺🇸"},
    {"1\uFE0F\u20E3", "1"},
    /* bytes that are not UTF-8 */
    {"a\xFF\xC3z", "a\uFFFD\uFFFDz"},
};

static void cases_of_many_scripts(void **state)
{
    (void)state;
    struct folded f = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fold_text(&f, str_of(cases[i].from));
        if (!str_eq((str){f.p, f.n}, str_of(cases[i].to)))
            fail_msg("%s -> %.*s, not %s", cases[i].from, (int)f.n, f.p, cases[i].to);
    }
    folded_free(&f);
}

/* Every byte of the copy points at the beginning of a character, in order, and at[n] at the end. */
static void the_map_leads_back_to_characters(void **state)
{
    (void)state;
    struct folded f = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const str from = str_of(cases[i].from);
        fold_text(&f, from);
        assert_int_equal(f.at[f.n], from.n);
        for (size_t k = 0; k < f.n; k++) {
            assert_true(f.at[k] <= f.at[k + 1]);
            assert_true(f.at[k] < from.n);
            const bool after_bad_byte = strstr(from.p, "\xFF") != NULL;
            assert_true(after_bad_byte || (from.p[f.at[k]] & 0xC0) != 0x80);
        }
    }
    fold_text(&f, STR("x\u1112\u1161\u11ABy"));
    static const size_t at[] = {0, 1, 1, 1, 10, 11};
    assert_int_equal(f.n, 5);
    assert_memory_equal(f.at, at, sizeof at);
    folded_free(&f);
}

static void folding_what_is_folded_changes_nothing(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        uint32_t once[FOLD_MAX], twice[FOLD_MAX];
        const size_t n = fold_codepoint(cp, once);
        assert_true(n <= FOLD_MAX);
        for (size_t i = 0; i < n; i++)
            if (fold_codepoint(once[i], twice) != 1 || twice[0] != once[i])
                fail_msg("U+%04X gives U+%04X, which folds on", (unsigned)cp, (unsigned)once[i]);
    }
}

static void folded_cases_fold_to_themselves(void **state)
{
    (void)state;
    struct folded once = {0}, twice = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fold_text(&once, str_of(cases[i].from));
        fold_text(&twice, (str){once.p, once.n});
        assert_int_equal(utf8_valid_prefix((str){once.p, once.n}), once.n);
        assert_int_equal(once.n, twice.n);
        assert_memory_equal(once.p, twice.p, once.n);
    }
    folded_free(&once);
    folded_free(&twice);
}

/* The canonical decomposition of cp as UTF-8; false if it has none. */
static bool decompose(uint32_t cp, char *utf8, int32_t room, int32_t *n)
{
    UErrorCode code = U_ZERO_ERROR;
    const UNormalizer2 *nfd = unorm2_getNFDInstance(&code);
    UChar utf16[32];
    const int32_t units = unorm2_getDecomposition(nfd, (UChar32)cp, utf16, 32, &code);
    if (units < 0)
        return false;
    u_strToUTF8(utf8, room, n, utf16, units, &code);
    assert_true(U_SUCCESS(code));
    return true;
}

static void composed_and_decomposed_fold_alike(void **state)
{
    (void)state;
    struct folded composed = {0}, decomposed = {0};
    unsigned seen = 0;
    for (uint32_t cp = 0x80; cp < 0x110000; cp++) {
        char nfc[4], nfd[64];
        int32_t n;
        if ((cp >= 0xD800 && cp <= 0xDFFF) || !decompose(cp, nfd, sizeof nfd, &n))
            continue;
        const bool struck_sign = n > 2 && memcmp(nfd + n - 2, "\u0338", 2) == 0;
        if (struck_sign) /* ≠ stays what it is */
            continue;
        fold_text(&composed, (str){nfc, utf8_put(nfc, cp)});
        fold_text(&decomposed, (str){nfd, (size_t)n});
        if (!str_eq((str){composed.p, composed.n}, (str){decomposed.p, decomposed.n}))
            fail_msg("U+%04X", (unsigned)cp);
        seen++;
    }
    assert_in_range(seen, 13000, 14000); /* 11,172 of them Hangul syllables */
    folded_free(&composed);
    folded_free(&decomposed);
}

static void exact_folding_keeps_case_and_accents(void **state)
{
    (void)state;
    uint32_t out[FOLD_MAX];
    assert_int_equal(fold_codepoint_exact('A', out), 1);
    assert_int_equal(out[0], 'A');
    assert_int_equal(fold_codepoint_exact(0xC9, out), 2); /* É */
    assert_int_equal(out[0], 'E');
    assert_int_equal(out[1], 0x301);
    assert_int_equal(fold_codepoint_exact(0x301, out), 1);
    assert_int_equal(fold_codepoint_exact(0xFF21, out), 1); /* full width A */
    assert_int_equal(out[0], 'A');
    assert_int_equal(fold_codepoint_exact(0xFB01, out), 2); /* ﬁ */
    assert_int_equal(fold_codepoint_exact(0x200B, out), 0);
    assert_int_equal(fold_codepoint_exact(0xAD, out), 0);
    assert_int_equal(fold_codepoint_exact(0xD55C, out), 1); /* 한 */
    assert_int_equal(out[0], 0xD55C);
}

static void lower_case_keeps_accents(void **state)
{
    (void)state;
    assert_int_equal(fold_lower('A'), 'a');
    assert_int_equal(fold_lower('['), '[');
    assert_int_equal(fold_lower(0xC9), 0xE9);   /* É é */
    assert_int_equal(fold_lower(0x419), 0x439); /* Й й */
    assert_int_equal(fold_lower(0xDF), 0xDF);   /* ß */
    assert_int_equal(fold_lower(0x4E2D), 0x4E2D);
}

static void what_is_no_code_point_is_taken_for_a_replacement(void **state)
{
    (void)state;
    uint32_t out[FOLD_MAX];
    assert_int_equal(fold_codepoint(0x110000, out), 1);
    assert_int_equal(out[0], UTF8_BAD);
    assert_int_equal(fold_codepoint_exact(UINT32_MAX, out), 1);
    assert_int_equal(char_class_of(0x110000), CHAR_PUNCT);
}

static const struct {
    enum char_class class;
    const char *text;
} classes[] = {
    {CHAR_SPACE, " \t\n\r\u00A0\xC2\x85\u2003\u2028\u3000"},
    {CHAR_LETTER, "aZéßяΩאعहि\u0301ːԱაᠠ\u0640ﬁＡ𝐛ⓐªⅧབ"},
    {CHAR_DIGIT, "0９٣๓१"},
    {CHAR_UNIT, "中あアｱー々〇ก한ㅋလຂខㄅꀀ"},
    {CHAR_SYMBOL, "$€£😀❤→×©™🇺²①½♪"},
    {CHAR_APOSTROPHE, "'’‘ʼ′`´‹"},
    {CHAR_QUOTE, "\"“”„«»‟「』״"},
    {CHAR_DASH, "-‐–—−־"},
    {CHAR_PUNCT, ".,;:!?()[]{}…。、・"},
    {CHAR_IGNORED, "\u200B\u200D\u00AD\uFEFF\u202E\u2066\uFE0F\u3164🏿"},
};

static void classes_of_characters(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        for (str rest = str_of(classes[i].text); rest.n;) {
            const uint32_t cp = utf8_next(&rest);
            const enum char_class class = char_class_of(cp);
            if (class != classes[i].class)
                fail_msg("U+%04X is %d, not %d", (unsigned)cp, class, classes[i].class);
        }
}

static void ignored_and_nothing_agree(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        uint32_t out[FOLD_MAX];
        const bool ignored = char_class_of(cp) == CHAR_IGNORED;
        if (ignored && fold_codepoint(cp, out) != 0)
            fail_msg("U+%04X is ignored but folds to something", (unsigned)cp);
        const bool token = char_class_of(cp) == CHAR_UNIT || char_class_of(cp) == CHAR_SYMBOL ||
                           char_class_of(cp) == CHAR_DIGIT;
        if (token && fold_codepoint(cp, out) == 0)
            fail_msg("U+%04X is a token but folds to nothing", (unsigned)cp);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_door_holds),
        cmocka_unit_test(cases_of_many_scripts),
        cmocka_unit_test(the_map_leads_back_to_characters),
        cmocka_unit_test(folding_what_is_folded_changes_nothing),
        cmocka_unit_test(folded_cases_fold_to_themselves),
        cmocka_unit_test(composed_and_decomposed_fold_alike),
        cmocka_unit_test(exact_folding_keeps_case_and_accents),
        cmocka_unit_test(lower_case_keeps_accents),
        cmocka_unit_test(what_is_no_code_point_is_taken_for_a_replacement),
        cmocka_unit_test(classes_of_characters),
        cmocka_unit_test(ignored_and_nothing_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
