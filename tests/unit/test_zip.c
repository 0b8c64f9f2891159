/* One member of a ZIP file: the right one, its ceiling, and files that are damaged or none at all. */
#include "zip.h"

#include "../support/made_zip.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct made_member members[] = {
    {"mimetype", {"text", 4}},
    {"word/document.xml", {"<a>first</a>", 12}},
    {"word/document.xml", {"<a>second</a>", 13}},
};

static enum status read_member(str zip, const char *name, size_t max, str *out, struct arena *a)
{
    struct err e = {0};
    const struct zip_want want = {zip, str_of(name), max};
    const enum status st = zip_member(out, &want, a, &e);
    assert_true(st == OK || e.msg[0]);
    return st;
}

static void reads_the_member_that_is_named(void **state)
{
    (void)state;
    struct arena a = {0};
    struct buf zip = buf_new(1 << 16);
    str out;
    made_zip(&zip, members, 3);
    assert_int_equal(read_member(buf_str(&zip), "word/document.xml", 100, &out, &a), OK);
    assert_true(str_eq(out, STR("<a>first</a>")));
    assert_int_equal(read_member(buf_str(&zip), "mimetype", 4, &out, &a), OK);
    assert_true(str_eq(out, STR("text")));
    assert_int_equal(read_member(buf_str(&zip), "content.xml", 100, &out, &a), ERR_MISSING);
    assert_int_equal(read_member(buf_str(&zip), "mimetype", 3, &out, &a), ERR_LIMIT);
    assert_int_equal(out.n, 0);
    buf_free(&zip);
    arena_free(&a);
}

/* Every file cut short and every byte changed: an answer or an error, never anything else. */
static void survives_damage(void **state)
{
    (void)state;
    struct arena a = {0};
    struct buf zip = buf_new(1 << 16);
    str out;
    made_zip(&zip, members, 3);
    for (size_t n = 0; n < zip.n; n++)
        assert_true(read_member(str_sub(buf_str(&zip), 0, n), "word/document.xml", 100, &out, &a) !=
                    OK);
    size_t refused = 0;
    for (size_t i = 0; i < zip.n; i++) {
        zip.p[i] ^= 0x55;
        const enum status st = read_member(buf_str(&zip), "word/document.xml", 100, &out, &a);
        refused += st != OK;
        zip.p[i] ^= 0x55;
    }
    assert_true(refused > 50);
    /* A changed byte of the text itself is found by the checksum. */
    const size_t text = str_find(buf_str(&zip), STR("first"));
    assert_true(text != STR_NONE);
    zip.p[text] = 'F';
    assert_int_equal(read_member(buf_str(&zip), "word/document.xml", 100, &out, &a), ERR_FORMAT);
    buf_free(&zip);
    arena_free(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_the_member_that_is_named),
        cmocka_unit_test(survives_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
