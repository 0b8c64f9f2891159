/* Growable buffers: the invariants of the door are checked after every operation. */
#include "buf.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check(const struct buf *b)
{
    assert_true(b->n <= b->max);
    assert_true(b->cap <= b->max + 1);
    if (b->p) {
        assert_true(b->n < b->cap);
        assert_int_equal(b->p[b->n], '\0');
    }
}

static void assert_holds(const struct buf *b, const char *expected)
{
    check(b);
    assert_int_equal(b->n, strlen(expected));
    assert_true(str_eq(buf_str(b), str_of(expected)));
}

static void the_example_of_the_door(void **state)
{
    (void)state;
    struct buf b = buf_new(BUF_MESSAGE_MAX);
    buf_add(&b, STR("hello "));
    buf_addf(&b, "%d", 42);
    assert_holds(&b, "hello 42");
    buf_free(&b);
    assert_null(b.p);
    buf_add(&b, STR("again")); /* the ceiling outlives the memory */
    assert_holds(&b, "again");
    buf_free(&b);
}

static void an_empty_buffer_is_an_empty_slice(void **state)
{
    (void)state;
    struct buf b = buf_new(10);
    assert_int_equal(buf_str(&b).n, 0);
    buf_add(&b, (str){NULL, 0});
    buf_addf(&b, "%s", "");
    check(&b);
    assert_int_equal(b.n, 0);
    assert_false(b.full);
    buf_clear(&b);
    buf_free(&b);
}

static void it_grows_byte_by_byte(void **state)
{
    (void)state;
    struct buf b = buf_new(100000);
    for (int i = 0; i < 100000; i++) {
        buf_add_byte(&b, (char)('a' + i % 26));
        check(&b);
    }
    assert_false(b.full);
    for (size_t i = 0; i < b.n; i++)
        assert_int_equal(b.p[i], 'a' + i % 26);
    buf_add_byte(&b, '!');
    assert_true(b.full);
    assert_int_equal(b.n, 100000);
    buf_free(&b);
}

static void a_full_buffer_holds_a_beginning(void **state)
{
    (void)state;
    struct buf b = buf_new(8);
    buf_add(&b, STR("12345"));
    buf_add(&b, STR("6789abc"));
    assert_true(b.full);
    assert_holds(&b, "12345678");
    buf_add(&b, STR("x"));
    buf_addf(&b, "%d", 1);
    assert_holds(&b, "12345678");
    buf_clear(&b);
    assert_false(b.full);
    assert_holds(&b, "");
    buf_addf(&b, "%s", "0123456789");
    assert_true(b.full);
    assert_holds(&b, "01234567");
    buf_free(&b);
}

static void no_hole_is_left_by_a_character_that_did_not_fit(void **state)
{
    (void)state;
    struct buf b = buf_new(4);
    buf_add(&b, STR("ab"));
    buf_add_codepoint(&b, 0x20AC);
    assert_true(b.full);
    assert_holds(&b, "ab");
    buf_add_byte(&b, 'c'); /* would fit, but something is missing before it */
    assert_holds(&b, "ab");
    buf_free(&b);
}

static void code_points(void **state)
{
    (void)state;
    struct buf b = buf_new(100);
    buf_add_codepoint(&b, 'A');
    buf_add_codepoint(&b, 0xE9);
    buf_add_codepoint(&b, 0x20AC);
    buf_add_codepoint(&b, 0x1F600);
    buf_add_codepoint(&b, 0xD800);
    buf_add_codepoint(&b, 0x110000);
    assert_holds(&b, "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\xEF\xBF\xBD\xEF\xBF\xBD");
    buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_door),
        cmocka_unit_test(an_empty_buffer_is_an_empty_slice),
        cmocka_unit_test(it_grows_byte_by_byte),
        cmocka_unit_test(a_full_buffer_holds_a_beginning),
        cmocka_unit_test(no_hole_is_left_by_a_character_that_did_not_fit),
        cmocka_unit_test(code_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
