/* Slices, and the empty slice with a NULL pointer wherever a slice may stand. */
#include "str.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const str nothing = {NULL, 0};

static void assert_slice(str s, const char *expected)
{
    assert_int_equal(s.n, strlen(expected));
    if (s.n)
        assert_memory_equal(s.p, expected, s.n);
}

static void the_example_of_the_door(void **state)
{
    (void)state;
    const str line = STR("[2016-03-02 09:41:07] <noll> hello");
    const str stamp = str_sub(line, 1, 19);
    assert_true(str_starts(line, STR("[")));
    assert_true(str_eq(stamp, STR("2016-03-02 09:41:07")));
    char text[40];
    snprintf(text, sizeof text, STR_FMT, STR_ARG(stamp));
    assert_string_equal(text, "2016-03-02 09:41:07");
}

static void equality_and_order(void **state)
{
    (void)state;
    assert_true(str_eq(nothing, STR("")));
    assert_true(str_eq_nocase(nothing, STR("")));
    assert_false(str_eq(STR("a"), STR("ab")));
    assert_false(str_eq(STR("a\0b"), STR("a\0c")));
    assert_true(str_eq_nocase(STR("GuccI"), STR("gUCCi")));
    assert_false(str_eq_nocase(STR("@"), STR("`"))); /* 0x20 apart, but no letters */
    assert_false(str_eq_nocase(STR("\xC3\x84"), STR("\xC3\xA4")));
    assert_true(str_cmp(STR("a"), STR("ab")) < 0);
    assert_true(str_cmp(STR("b"), STR("ab")) > 0);
    assert_true(str_cmp(STR("\x7F"), STR("\x80")) < 0);
    assert_int_equal(str_cmp(nothing, STR("")), 0);
    assert_true(str_cmp(nothing, STR("a")) < 0);
}

static void beginnings_and_ends(void **state)
{
    (void)state;
    assert_true(str_starts(STR("abc"), nothing));
    assert_true(str_ends(STR("abc"), nothing));
    assert_true(str_starts(nothing, nothing));
    assert_true(str_ends(nothing, nothing));
    assert_true(str_ends(STR("abc"), STR("bc")));
    assert_false(str_ends(STR("bc"), STR("abc")));
    assert_false(str_starts(STR("ab"), STR("abc")));
    assert_false(str_starts(STR("abc"), STR("b")));
}

static void finding(void **state)
{
    (void)state;
    assert_int_equal(str_find(STR("aaab"), STR("ab")), 2);
    assert_int_equal(str_find(STR("abc"), STR("c")), 2);
    assert_int_equal(str_find(STR("abc"), STR("abc")), 0);
    assert_int_equal(str_find(STR("abc"), STR("abcd")), STR_NONE);
    assert_int_equal(str_find(STR("ab"), STR("b\0")), STR_NONE);
    assert_int_equal(str_find(STR("a\0b\0c"), STR("\0c")), 3);
    assert_int_equal(str_find(STR("abab"), STR("ba")), 1);
    assert_int_equal(str_find(nothing, nothing), 0);
    assert_int_equal(str_find(nothing, STR("a")), STR_NONE);
    assert_int_equal(str_find_byte(STR("abc"), 'c'), 2);
    assert_int_equal(str_find_byte(STR("abc"), '\0'), STR_NONE);
    assert_int_equal(str_find_byte(nothing, 'a'), STR_NONE);
}

static void slicing_is_clamped(void **state)
{
    (void)state;
    assert_slice(str_sub(STR("hello"), 1, 3), "ell");
    assert_slice(str_sub(STR("hello"), 3, SIZE_MAX), "lo");
    assert_slice(str_sub(STR("hello"), SIZE_MAX, 2), "");
    assert_slice(str_from(STR("hello"), 5), "");
    assert_slice(str_from(STR("hello"), 6), "");
    assert_slice(str_from(nothing, 1), "");
    assert_slice(str_of(NULL), "");
    assert_slice(str_of("noll"), "noll");
    const str s = STR("hello");
    assert_ptr_equal(str_from(s, 9).p, s.p + 5); /* still a place in s */
}

static void trimming(void **state)
{
    (void)state;
    assert_slice(str_trim(STR(" \t\r\n\v\f a b \n")), "a b");
    assert_slice(str_trim(STR(" \n ")), "");
    assert_slice(str_trim(STR("\xC2\xA0x")), "\xC2\xA0x"); /* ASCII only */
    assert_slice(str_trim(nothing), "");
}

static void splitting(void **state)
{
    (void)state;
    str rest = STR("a,,bc"), part;
    assert_true(str_split(&rest, ',', &part));
    assert_slice(part, "a");
    assert_true(str_split(&rest, ',', &part));
    assert_slice(part, "");
    assert_true(str_split(&rest, ',', &part));
    assert_slice(part, "bc");
    assert_false(str_split(&rest, ',', &part));
    rest = STR("x\n");
    assert_true(str_split(&rest, '\n', &part));
    assert_slice(part, "x");
    assert_false(str_split(&rest, '\n', &part));
    rest = nothing;
    assert_false(str_split(&rest, ',', &part));
}

static void numbers(void **state)
{
    (void)state;
    int64_t n = -1;
    assert_true(str_to_u63(STR("9223372036854775807"), &n));
    assert_true(n == INT64_MAX);
    assert_true(str_to_u63(STR("0042"), &n));
    assert_int_equal(n, 42);
    static const char *const bad[] = {
        "", "-1", "+1", " 1", "1 ", "1a", "0x1", "9223372036854775808", "99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_false(str_to_u63(str_of(bad[i]), &n));
        assert_int_equal(n, 42); /* untouched */
    }
}

static void hashes_are_fnv_1a(void **state)
{
    (void)state;
    assert_true(str_hash(nothing) == UINT64_C(0xcbf29ce484222325));
    assert_true(str_hash(STR("a")) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(str_hash(STR("foobar")) == UINT64_C(0x85944171f73967e8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_door),
        cmocka_unit_test(equality_and_order),
        cmocka_unit_test(beginnings_and_ends),
        cmocka_unit_test(finding),
        cmocka_unit_test(slicing_is_clamped),
        cmocka_unit_test(trimming),
        cmocka_unit_test(splitting),
        cmocka_unit_test(numbers),
        cmocka_unit_test(hashes_are_fnv_1a),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
