/* Arenas: zeroed, aligned, unmoved memory that is kept for reuse when cleared. */
#include "arena.h"

#include <stdalign.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void the_example_of_the_door(void **state)
{
    (void)state;
    struct arena a = {0};
    const str name = arena_dup(&a, STR("Lirra Watch"));
    assert_true(str_eq(name, STR("Lirra Watch")));
    arena_free(&a);
    assert_null(a.first);
    arena_free(&a); /* once more does no harm */
}

static void memory_is_zeroed_aligned_and_stays(void **state)
{
    (void)state;
    enum { PIECES = 3000 };
    static unsigned char *pieces[PIECES];
    struct arena a = {0};
    for (int round = 0; round < 3; round++) {
        for (size_t i = 0; i < PIECES; i++) {
            const size_t size = i % 97;
            pieces[i] = arena_alloc(&a, size);
            assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
            for (size_t k = 0; k < size; k++)
                assert_int_equal(pieces[i][k], 0);
            memset(pieces[i], (int)(i % 251), size);
        }
        for (size_t i = 0; i < PIECES; i++)
            for (size_t k = 0; k < i % 97; k++)
                assert_int_equal(pieces[i][k], i % 251);
        arena_clear(&a);
    }
    arena_free(&a);
}

static void empty_pieces_are_distinct(void **state)
{
    (void)state;
    struct arena a = {0};
    char *one = arena_alloc(&a, 0);
    char *two = arena_array(&a, 0, 8);
    assert_non_null(one);
    assert_true(one != two);
    assert_int_equal(arena_dup(&a, (str){NULL, 0}).n, 0);
    assert_string_equal(arena_cstr(&a, (str){NULL, 0}), "");
    arena_free(&a);
}

static void clearing_keeps_a_block(void **state)
{
    (void)state;
    struct arena a = {0};
    arena_alloc(&a, 100);
    const struct arena_block *const block = a.first;
    const char *const start = (const char *)arena_alloc(&a, 1) - 112;
    arena_clear(&a);
    assert_ptr_equal(a.first, block);
    assert_ptr_equal(arena_alloc(&a, 10), start);
    arena_clear(&a);

    char *big = arena_alloc(&a, 8 << 20);
    memset(big, 1, 8 << 20);
    arena_clear(&a); /* one huge message must not hold its memory for the rest of an import */
    assert_true(a.end - a.next < 8 << 20);
    struct arena untouched = {0};
    arena_clear(&untouched);
    assert_null(untouched.first);
    arena_free(&a);
}

static void arrays_and_text(void **state)
{
    (void)state;
    struct arena a = {0};
    const int *numbers = arena_array(&a, 1000, sizeof *numbers);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(numbers[i], 0);
    char long_text[9000];
    memset(long_text, 'q', sizeof long_text);
    const str printed = arena_printf(&a, "%d:%.*s", 7, (int)sizeof long_text, long_text);
    assert_int_equal(printed.n, 9002);
    assert_memory_equal(printed.p, "7:qq", 4);
    assert_int_equal(printed.p[printed.n], '\0');
    assert_true(str_eq(arena_printf(&a, "%s", ""), STR("")));
    const char *copy = arena_cstr(&a, STR("a\0b"));
    assert_memory_equal(copy, "a\0b", 4);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_door),
        cmocka_unit_test(memory_is_zeroed_aligned_and_stays),
        cmocka_unit_test(empty_pieces_are_distinct),
        cmocka_unit_test(clearing_keeps_a_block),
        cmocka_unit_test(arrays_and_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
