/* The ledger: what counts as explained once, in any order, against a plain map of bytes. */
#include "sink.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void test_in_order(void **state)
{
    (void)state;
    struct ledger l = {0};
    ledger_add(&l, 0, 10);
    ledger_add(&l, 10, 0);
    ledger_add(&l, 10, 5);
    assert_int_equal(l.count, 1);
    struct err e = {0};
    assert_int_equal(ledger_check(&l, 15, &e), OK);
    ledger_free(&l);
    assert_int_equal(ledger_check(&l, 0, &e), OK);
}

static void test_names_first_gap(void **state)
{
    (void)state;
    struct ledger l = {0};
    ledger_add(&l, 0, 10);
    ledger_add(&l, 12, 3);
    struct err e = {0};
    assert_int_equal(ledger_check(&l, 15, &e), ERR_FORMAT);
    assert_string_equal(e.msg, "2 bytes from byte 10 on belong to no record, no issue and no known "
                               "structure");
    ledger_add(&l, 10, 2);
    e = (struct err){0};
    assert_int_equal(l.count, 1);
    assert_int_equal(ledger_check(&l, 15, &e), OK);
    assert_int_equal(ledger_check(&l, 16, &e), ERR_FORMAT);
    assert_non_null(strstr(e.msg, "1 bytes from byte 15"));
    e = (struct err){0};
    assert_int_equal(ledger_check(&l, 14, &e), ERR_FORMAT);
    assert_non_null(strstr(e.msg, "bytes up to 15"));
    ledger_free(&l);

    e = (struct err){0};
    ledger_add(&l, 3, 2);
    assert_int_equal(ledger_check(&l, 5, &e), ERR_FORMAT);
    assert_non_null(strstr(e.msg, "3 bytes from byte 0"));
    ledger_free(&l);

    e = (struct err){0};
    assert_int_equal(ledger_check(&l, 7, &e), ERR_FORMAT);
    assert_non_null(strstr(e.msg, "7 bytes from byte 0"));
}

static void test_names_first_overlap(void **state)
{
    (void)state;
    struct ledger l = {0};
    ledger_add(&l, 0, 10);
    ledger_add(&l, 8, 4);
    ledger_add(&l, 3, 1);
    struct err e = {0};
    assert_int_equal(ledger_check(&l, 12, &e), ERR_FORMAT);
    assert_string_equal(e.msg, "3 bytes were explained twice, the first of them byte 3");
    ledger_free(&l);
}

static void test_ranges_near_the_end_of_numbers(void **state)
{
    (void)state;
    struct ledger l = {0};
    ledger_add(&l, UINT64_MAX - 1, UINT64_MAX);
    assert_int_equal(l.count, 1);
    assert_true(l.ranges[0].end == UINT64_MAX);
    ledger_free(&l);
}

/* Random ranges against a count for each byte. */
static void test_against_map(void **state)
{
    (void)state;
    enum { SIZE = 60 };
    unsigned seed = 7;
    for (int round = 0; round < 20000; round++) {
        unsigned char times[SIZE] = {0};
        struct ledger l = {0};
        uint64_t twice = 0;
        for (int i = 0; i < 8; i++) {
            seed = seed * 1103515245u + 12345u;
            const unsigned at = (seed >> 8) % SIZE, length = (seed >> 20) % 12;
            const unsigned n = at + length > SIZE ? SIZE - at : length;
            ledger_add(&l, at, n);
            for (unsigned b = at; b < at + n; b++)
                twice += times[b]++ > 0;
        }
        size_t ranges = 0;
        for (int b = 0; b < SIZE; b++)
            ranges += times[b] && (!b || !times[b - 1]);
        assert_true(l.overlap == twice);
        assert_int_equal(l.count, ranges);
        for (size_t i = 0; i < l.count; i++)
            for (uint64_t b = l.ranges[i].at; b < l.ranges[i].end; b++)
                assert_true(times[b]);
        ledger_free(&l);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_in_order),
        cmocka_unit_test(test_names_first_gap),
        cmocka_unit_test(test_names_first_overlap),
        cmocka_unit_test(test_ranges_near_the_end_of_numbers),
        cmocka_unit_test(test_against_map),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
