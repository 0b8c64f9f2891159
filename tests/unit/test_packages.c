/* Versions in Debian's order: https://www.debian.org/doc/debian-policy/ch-controlfields.html#version */
#include "../../src/cli/packages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* cmocka has a macro of this name */

static int sign(int order)
{
    return order < 0 ? -1 : order > 0;
}

static void versions_come_in_the_order_of_the_policy(void **state)
{
    (void)state;
    static const char *const in_order[] = {
        "0.9",
        "1.0~~",
        "1.0~~a",
        "1.0~",
        "1.0",
        "1.0-0+deb12u1",
        "1.0a",
        "1.0+dfsg-1.3~deb12u5",
        "1.0+dfsg-1.3~deb12u6",
        "1.0+dfsg-1.3~deb12u10",
        "1.0+dfsg-1.3",
        "1.0.1",
        "1.2-1",
        "1.2-1+b1",
        "1.2-1-1",
        "1.9",
        "1.10",
        "1:0.1",
        "2:0.1",
    };
    const size_t count = sizeof in_order / sizeof *in_order;
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            assert_int_equal(sign(version_compare(str_of(in_order[i]), str_of(in_order[j]))),
                             sign((int)i - (int)j));
}

static void versions_can_be_written_in_several_ways(void **state)
{
    (void)state;
    assert_int_equal(version_compare(STR("1.0"), STR("0:1.0")), 0);
    assert_int_equal(version_compare(STR("1.0"), STR("1.0-0")), 0);
    assert_int_equal(version_compare(STR("1.007"), STR("1.7")), 0);
    assert_int_equal(version_compare(STR(""), STR("")), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(versions_come_in_the_order_of_the_policy),
        cmocka_unit_test(versions_can_be_written_in_several_ways),
    };
    return cmocka_run_group_tests_name("packages", tests, NULL, NULL);
}
