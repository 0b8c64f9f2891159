/* Declared encodings: what their names mean, what is replaced, what is told. */
#include "charset.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void the_example_of_the_door_holds(void **state)
{
    (void)state;
    struct buf out = buf_new(BUF_MESSAGE_MAX);
    bool lossy = false;
    assert_true(charset_to_utf8(STR("\xcd\xe0\xf1\xee\xf1\xfb"), "windows-1251", &out, &lossy));
    assert_string_equal(out.p, "Насосы");
    assert_false(lossy);
    assert_false(charset_to_utf8(STR("caf\xe9"), "nobody-knows-it", &out, &lossy));
    assert_string_equal(out.p, "Насосы");
    assert_true(charset_to_utf8(STR(" caf\xe9"), "", &out, &lossy));
    assert_string_equal(out.p, "Насосы café");
    assert_false(lossy);
    buf_free(&out);
}

static const struct {
    const char *name, *bytes, *text;
    bool lossy;
} cases[] = {
    {"", "caf\xc3\xa9", "café", false},
    {"", "caf\xe9", "café", false},
    {"us-ascii", "caf\xc3\xa9", "café", false},
    {"US-ASCII", "\x93nine\x94", "“nine”", false},
    {"utf-8", "caf\xe9!", "caf\uFFFD!", true},
    {"UTF8", "a\xed\xa0\x80z", "a\uFFFD\uFFFD\uFFFDz", true},
    {"iso-8859-1", "\x80 \xe9", "€ é", false},
    {"iso-8859-15", "\xa4", "€", false},
    {"iso-8859-8-i", "\xf9", "ש", false},
    {"koi8-r", "\xf2", "Р", false},
    {"gb2312", "\xc3\xba\xbf\xf3", "煤矿", false},
    {"shift_jis", "\x92\x59", "炭", false},
    {"iso-2022-jp", "\x1b$BC:\x1b(B.", "炭.", false},
    {"euc-kr", "\xc5\xba", "탄", false},
    {"big5", "\xb7\xd1", "煤", false},
    {"unicode-1-1-utf-7", "+ADw-script+AD4-", "<script>", false},
    {"utf-7", "+2D0-", "\uFFFD", true},
    {"windows-1252", "", "", false},
};

static void names_mean_what_programs_mean_by_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buf out = buf_new(BUF_MESSAGE_MAX);
        bool lossy = false;
        assert_true(charset_to_utf8(str_of(cases[i].bytes), cases[i].name, &out, &lossy));
        assert_string_equal(out.p ? out.p : "", cases[i].text);
        assert_int_equal(lossy, cases[i].lossy);
        buf_free(&out);
    }
}

static void nul_and_half_pairs_are_replaced(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        str bytes;
        const char *text;
    } rows[] = {
        {"utf-8", STR_INIT("a\0z"), "a\uFFFDz"},
        {"", STR_INIT("a\0z"), "a\uFFFDz"},
        {"koi8-r", STR_INIT("a\0z"), "a\uFFFDz"},
        {"utf-16le", STR_INIT("a\0\x3d\xd8z\0"), "a\uFFFDz"},
        {"utf-16le", STR_INIT("a\0z"), "a\uFFFD"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct buf out = buf_new(BUF_MESSAGE_MAX);
        bool lossy = false;
        assert_true(charset_to_utf8(rows[i].bytes, rows[i].name, &out, &lossy));
        assert_string_equal(out.p, rows[i].text);
        assert_true(lossy);
        buf_free(&out);
    }
}

static void pairs_come_together_wherever_the_converter_stops(void **state)
{
    (void)state;
    for (size_t before = 2040; before < 2060; before++) {
        static char bytes[2 * 2100];
        for (size_t i = 0; i < before; i++)
            memcpy(bytes + 2 * i, "x", 2);
        memcpy(bytes + 2 * before, "\x3d\xd8\x00\xde", 4); /* U+1F600 */
        struct buf out = buf_new(BUF_MESSAGE_MAX);
        bool lossy = false;
        assert_true(charset_to_utf8((str){bytes, 2 * before + 4}, "utf-16le", &out, &lossy));
        assert_int_equal(out.n, before + 4);
        assert_string_equal(out.p + before, "\U0001F600");
        assert_false(lossy);
        buf_free(&out);
    }
}

static void names_that_are_none_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = {
        "../../etc/passwd", "utf-8,swaplfnl", "a b", "%s",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct buf out = buf_new(BUF_MESSAGE_MAX);
        bool lossy = false;
        assert_false(charset_to_utf8(STR("x"), names[i], &out, &lossy));
        assert_int_equal(out.n, 0);
        buf_free(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_door_holds),
        cmocka_unit_test(names_mean_what_programs_mean_by_them),
        cmocka_unit_test(nul_and_half_pairs_are_replaced),
        cmocka_unit_test(pairs_come_together_wherever_the_converter_stops),
        cmocka_unit_test(names_that_are_none_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
