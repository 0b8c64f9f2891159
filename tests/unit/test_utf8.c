/* UTF-8: every code point there and back, and every way in which bytes can be bad. */
#include "utf8.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void every_code_point_goes_there_and_back(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp < 0x110000; cp++) {
        if (cp >= 0xD800 && cp <= 0xDFFF)
            continue;
        char bytes[4];
        const size_t n = utf8_put(bytes, cp);
        const size_t expected = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
        str s = {bytes, n};
        bool valid = false;
        if (n != expected || utf8_valid_prefix(s) != n || utf8_next_checked(&s, &valid) != cp ||
            !valid || s.n != 0)
            fail_msg("U+%04X", (unsigned)cp);
    }
}

static void what_is_no_code_point_is_written_as_a_replacement(void **state)
{
    (void)state;
    static const uint32_t none[] = {0xD800, 0xDBFF, 0xDC00, 0xDFFF, 0x110000, UINT32_MAX};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        char bytes[4];
        assert_int_equal(utf8_put(bytes, none[i]), 3);
        assert_memory_equal(bytes, "\xEF\xBF\xBD", 3);
    }
}

/* One letter a code point: the letter itself, `?` for a bad sequence, `+` for another valid one. */
static const struct {
    const char *bytes, *shape;
} cases[] = {
    {"plain", "plain"},
    {"\x80", "?"}, /* continuation bytes alone */
    {"\xBF\x80"
     "a",
     "??a"},
    {"\xC0\x80", "??"}, /* overlong NUL */
    {"\xC1\xBF", "??"}, /* overlong DEL */
    {"\xC2", "?"},      /* broken off */
    {"\xC2"
     "a",
     "?a"},
    {"\xC2\xC2\x80", "?+"},
    {"\xDF\xBF", "+"},
    {"\xE0\x80\x80", "???"}, /* overlong in three bytes */
    {"\xE0\x9F\xBF", "???"},
    {"\xE0\xA0\x80", "+"},
    {"\xE0\xA0", "?"},
    {"\xE0\xA0"
     "a",
     "?a"},
    {"\xE2\x82", "?"},
    {"\xE2\x82\xE2\x82\xAC", "?+"},
    {"\xED\x9F\xBF", "+"},
    {"\xED\xA0\x80", "???"},                /* first surrogate */
    {"\xED\xBF\xBF", "???"},                /* last surrogate */
    {"\xED\xA0\xBD\xED\xB8\x80", "??????"}, /* a pair, as CESU-8 writes it */
    {"\xEE\x80\x80", "+"},
    {"\xEF\xBF\xBD", "+"},        /* U+FFFD itself is valid */
    {"\xEF\xBF\xBF", "+"},        /* noncharacters are valid */
    {"\xF0\x80\x80\x80", "????"}, /* overlong in four bytes */
    {"\xF0\x8F\xBF\xBF", "????"},
    {"\xF0\x90\x80\x80", "+"},
    {"\xF0\x9F\x98", "?"}, /* three of four */
    {"\xF0\x9F\x98"
     "a",
     "?a"},
    {"\xF0\x9F"
     "a",
     "?a"},
    {"\xF0"
     "a",
     "?a"},
    {"\xF1\x80\x80\xE1\x80\xC2"
     "b\x80"
     "c\x80\xBF"
     "d",
     "???b?c??d"},
    {"\xF4\x8F\xBF\xBF", "+"},
    {"\xF4\x90\x80\x80", "????"}, /* above U+10FFFF */
    {"\xF5\x80\x80\x80", "????"},
    {"\xF8\x88\x80\x80\x80", "?????"}, /* five bytes were legal once */
    {"\xFC\x84\x80\x80\x80\x80", "??????"},
    {"\xFE\xFF", "??"}, /* a UTF-16 mark */
    {"a long run of plain text \xFF and more", "a long run of plain text ? and more"},
};

static void bad_sequences_are_maximal_subparts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const str bytes = str_of(cases[i].bytes);
        const char *shape = cases[i].shape;
        size_t prefix = bytes.n;
        for (str rest = bytes; rest.n; shape++) {
            const size_t at = bytes.n - rest.n;
            bool valid;
            str again = rest;
            const uint32_t cp = utf8_next_checked(&rest, &valid);
            assert_int_equal(utf8_next(&again), cp);
            assert_ptr_equal(again.p, rest.p);
            if (!valid && at < prefix)
                prefix = at;
            const char seen = !valid ? '?' : cp < 0x80 ? (char)cp : '+';
            if (seen != *shape || (!valid && cp != UTF8_BAD))
                fail_msg("case %zu at byte %zu: %c, not %c", i, at, seen, *shape);
        }
        assert_int_equal(*shape, '\0');
        assert_int_equal(utf8_valid_prefix(bytes), prefix);
        assert_int_equal(utf8_count(bytes), strlen(cases[i].shape));
    }
}

static void a_text_cut_anywhere_is_not_broken(void **state)
{
    (void)state;
    static const struct {
        str cut;
        size_t unbroken;
    } table[] = {
        {{NULL, 0}, 0},
        {STR_INIT("a"), 1},
        {STR_INIT("a\xC3"), 1},
        {STR_INIT("a\xC3\xA9"), 3},
        {STR_INIT("a\xE2\x82"), 1},
        {STR_INIT("\xE2\x82\xAC"), 3},
        {STR_INIT("\xF0\x9F\x98"), 0},
        {STR_INIT("\xF0\x9F"), 0},
        {STR_INIT("\xF0"), 0},
        {STR_INIT("\xF0\x9F\x98\x80"), 4},
        {STR_INIT("a\xE0\x80"), 3}, /* never was the beginning of anything */
        {STR_INIT("a\xED\xA0"), 3},
        {STR_INIT("a\xFF"), 2},
        {STR_INIT("\x80\x80\x80\x80"), 4},
        {STR_INIT("\xC3\xA9\x80"), 3},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_int_equal(utf8_unbroken(table[i].cut), table[i].unbroken);
}

static void the_empty_slice_is_valid(void **state)
{
    (void)state;
    assert_int_equal(utf8_valid_prefix((str){NULL, 0}), 0);
    assert_int_equal(utf8_count((str){NULL, 0}), 0);
    assert_int_equal(utf8_valid_prefix(STR("a\0b")), 3);
    assert_int_equal(utf8_count(STR("a\0\xC3\xA9")), 3);
}

static void bad_bytes_are_found_at_every_distance(void **state)
{
    (void)state;
    char text[64];
    for (size_t n = 1; n < sizeof text; n++)
        for (size_t at = 0; at < n; at++) {
            memset(text, 'x', n);
            text[at] = (char)0xFF;
            assert_int_equal(utf8_valid_prefix((str){text, n}), at);
            assert_int_equal(utf8_count((str){text, n}), n);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_point_goes_there_and_back),
        cmocka_unit_test(what_is_no_code_point_is_written_as_a_replacement),
        cmocka_unit_test(bad_sequences_are_maximal_subparts),
        cmocka_unit_test(a_text_cut_anywhere_is_not_broken),
        cmocka_unit_test(the_empty_slice_is_valid),
        cmocka_unit_test(bad_bytes_are_found_at_every_distance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
