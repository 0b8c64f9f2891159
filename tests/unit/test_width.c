/* Untrusted text on a terminal: what is escaped, how wide it is, where it is cut. */
#include "utf8.h"
#include "width.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct {
    const char *text, *block, *line;
} safe[] = {
    {"plain text", "plain text", "plain text"},
    {"", "", ""},
    {"a\nb\tc", "a\nb\tc", "a⏎b c"},
    {"a\r\nb\rc", "a\nb\\x0dc", "a⏎b\\x0dc"},
    {"\x1b]0;pwn\x07", "\\x1b]0;pwn\\x07", "\\x1b]0;pwn\\x07"},
    {"\x1b[2J\x08\x7f", "\\x1b[2J\\x08\\x7f", "\\x1b[2J\\x08\\x7f"},
    {"\xC2\x9B"
     "31m\xC2\x80\xC2\x9F",
     "\\u{9b}31m\\u{80}\\u{9f}", "\\u{9b}31m\\u{80}\\u{9f}"},
    {"a\u202Eb\u2066c\u2069", "a\\u{202e}b\\u{2066}c\\u{2069}", "a\\u{202e}b\\u{2066}c\\u{2069}"},
    {"a\u2028b\u2029", "a\\u{2028}b\\u{2029}", "a\\u{2028}b\\u{2029}"},
    {"\uFFF9x\uFFFB \U000E0041", "\\u{fff9}x\\u{fffb} \\u{e0041}",
     "\\u{fff9}x\\u{fffb} \\u{e0041}"},
    {"a\xFF\xC3(\xE4\xB8", "a\\xff\\xc3(\\xe4\\xb8", "a\\xff\\xc3(\\xe4\\xb8"},
    {"\xED\xA0\x80", "\\xed\\xa0\\x80", "\\xed\\xa0\\x80"},
    /* joiners stay: emoji and several scripts need them; so does U+FFFD that the text itself has */
    {"👨\u200D👩 می\u200Cخواهم é中 \uFFFD", "👨\u200D👩 می\u200Cخواهم é中 \uFFFD",
     "👨\u200D👩 می\u200Cخواهم é中 \uFFFD"},
};

static void dangerous_characters_are_escaped(void **state)
{
    (void)state;
    struct buf out = buf_new(BUF_LINE_MAX);
    for (size_t i = 0; i < sizeof safe / sizeof *safe; i++) {
        buf_clear(&out);
        safe_text(&out, str_of(safe[i].text), SAFE_BLOCK);
        if (!str_eq(buf_str(&out), str_of(safe[i].block)))
            fail_msg("case %zu, block: %s", i, out.p);
        buf_clear(&out);
        safe_text(&out, str_of(safe[i].text), SAFE_LINE);
        if (!str_eq(buf_str(&out), str_of(safe[i].line)))
            fail_msg("case %zu, line: %s", i, out.p);
    }
    buf_clear(&out);
    safe_text(&out, (str){"a\0b", 3}, SAFE_LINE);
    assert_true(str_eq(buf_str(&out), STR("a\\x00b")));
    buf_free(&out);
}

/* For every code point: nothing unsafe comes out, and what is safe comes out as it was. */
static void every_code_point_comes_out_safe(void **state)
{
    (void)state;
    struct buf out = buf_new(BUF_LINE_MAX);
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        char bytes[4];
        const str text = {bytes, utf8_put(bytes, cp)};
        if (cp >= 0xD800 && cp <= 0xDFFF)
            continue;
        buf_clear(&out);
        safe_text(&out, text, SAFE_LINE);
        const bool blank = cp == '\n' || cp == '\t';
        if (!text_is_unsafe(cp) && !blank && !str_eq(buf_str(&out), text))
            fail_msg("U+%04X came out as %s", (unsigned)cp, out.p);
        for (str rest = buf_str(&out); rest.n;) {
            const uint32_t got = utf8_next(&rest);
            if (text_is_unsafe(got) || got == '\n' || got == '\t')
                fail_msg("U+%04X lets U+%04X through", (unsigned)cp, (unsigned)got);
        }
    }
    buf_free(&out);
}

static void what_is_unsafe(void **state)
{
    (void)state;
    static const uint32_t unsafe[] = {0,      8,      0x0D,   0x1B,    0x7F,    0x80,
                                      0x9B,   0x9F,   0x202A, 0x202E,  0x2066,  0x2069,
                                      0x2028, 0x2029, 0xFFF9, 0xE0001, 0xE007F, 0x110000};
    static const uint32_t fine[] = {'\n', '\t', ' ', '~', 0xA0, 0x200D, 0x200E, 0xFE0F, 0x1F600};
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
        assert_true(text_is_unsafe(unsafe[i]));
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++)
        assert_false(text_is_unsafe(fine[i]));
}

static const struct {
    const char *text;
    int columns;
} widths[] = {
    {"", 0},
    {"abc", 3},
    {"é", 1},
    {"e\u0301", 1},
    {"中文", 4},
    {"ｱﾊﾞ", 3},
    {"アバ", 4},
    {"ＡＢ", 4},
    {"한", 2},
    {"\u1112\u1161\u11AB", 2},
    {"น้ำ", 2},
    {"हि", 2}, /* the vowel sign is spacing */
    {"שָׁלוֹם", 4},
    {"Ωж", 2},
    {"pass\u200Bword", 8},
    {"😀", 2},
    {"👍🏿", 2},
    {"👨\u200D👩\u200D👧", 2},
    {"🇺🇸", 2},
    {"🇺🇸🇩🇪", 4},
    {"❤", 1},
    {"❤\uFE0F", 2},
    {"1\uFE0F\u20E3", 2},
    {"1", 1},
    {"a😀b", 4},
    {"\xFF", 1},
};

static void columns_of_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        if (text_width(str_of(widths[i].text)) != widths[i].columns)
            fail_msg("%s: %d", widths[i].text, text_width(str_of(widths[i].text)));
    assert_int_equal(text_width_codepoint('a'), 1);
    assert_int_equal(text_width_codepoint(0x4E2D), 2);
    assert_int_equal(text_width_codepoint(0x301), 0);
    assert_int_equal(text_width_codepoint(0x1B), 0);
}

static const struct {
    const char *text;
    int columns;
    const char *prefix;
} fits[] = {
    {"hello", 3, "hel"},
    {"hello", 5, "hello"},
    {"hello", 9, "hello"},
    {"hello", 0, ""},
    {"中文", 3, "中"},
    {"e\u0301x", 1, "e\u0301"},
    {"👨\u200D👩x", 2, "👨\u200D👩"},
    {"👨\u200D👩x", 1, ""},
    {"🇺🇸🇩🇪", 3, "🇺🇸"},
    {"\u1112\u1161\u11ABx", 2, "\u1112\u1161\u11AB"},
    {"", 4, ""},
};

static void the_longest_prefix_that_fits(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fits / sizeof *fits; i++) {
        const str text = str_of(fits[i].text);
        const str got = text_fit(text, fits[i].columns);
        assert_ptr_equal(got.p, text.p);
        if (!str_eq(got, str_of(fits[i].prefix)))
            fail_msg("%s in %d: %.*s", text.p, fits[i].columns, (int)got.n, got.p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dangerous_characters_are_escaped),
        cmocka_unit_test(every_code_point_comes_out_safe),
        cmocka_unit_test(what_is_unsafe),
        cmocka_unit_test(columns_of_texts),
        cmocka_unit_test(the_longest_prefix_that_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
