/* Names for ids, as users hand them over: tables of two columns and JSON Lines. */
#include "importer.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void check(str list, const char *id, const char *name)
{
    struct err e = {0};
    struct names *n;
    if (names_read(&n, list, &e) != OK)
        fail_msg("%s", e.msg);
    assert_true(str_eq(names_find(n, str_of(id)), str_of(name)));
    assert_int_equal(names_find(n, STR("nobody")).n, 0);
    names_free(n);
}

static void tables_and_json(void **state)
{
    (void)state;
    check(STR("id,name\nu1,noll\nu2,\"Rautenberg, Ines\"\n"), "u2", "Rautenberg, Ines");
    check(STR("\xEF\xBB\xBFu1;noll\n\nu1;somebody else\n"), "u1", "noll");
    check(STR("{\"id\":\"u1\",\"name\":\"noll\"}\n\n{\"id\":42,\"name\":\"Ines\"}"), "42", "Ines");
    assert_int_equal(names_find(NULL, STR("u1")).n, 0);
}

static void many(void **state)
{
    (void)state;
    static char list[1 << 16];
    size_t n = 0;
    for (int i = 0; i < 3000; i++)
        n += (size_t)snprintf(list + n, sizeof list - n, "u%d,name %d\n", i, i);
    check((str){list, n}, "u2999", "name 2999");
    check((str){list, n}, "u0", "name 0");
}

static void what_is_no_list(void **state)
{
    (void)state;
    static const str lists[] = {STR_INIT(""), STR_INIT("id,name\n"), STR_INIT("one column\n"),
                                STR_INIT("{\"id\":\"u1\",\"name\":\n")};
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        struct err e = {0};
        struct names *n;
        assert_int_equal(names_read(&n, lists[i], &e), ERR_FORMAT);
        assert_true(strlen(e.msg) > 20);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_and_json),
        cmocka_unit_test(many),
        cmocka_unit_test(what_is_no_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
