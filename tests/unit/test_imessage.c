/*
 * What iMessage keeps in binary: typedstreams and property lists, whole, cut off and changed at every
 * byte; and tapbacks, times and hex.
 */
#include "../../src/import/bplist.h"
#include "../../src/import/imessage.h"
#include "../../src/import/typedstream.h"

#include "buf.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* An attributed string as macOS writes it; one that is `changeable` has a longer chain of classes. */
static void put_stream(struct buf *out, str text, bool changeable)
{
    static const char head[] = "\x04\x0Bstreamtyped\x81\xE8\x03\x84\x01@\x84\x84\x84";
    static const char plain[] = "\x12NSAttributedString\0\x84\x84\x08NSObject\0\x85\x92\x84\x84\x84"
                                "\x08NSString\x01\x94\x84\x01+";
    static const char longer[] = "\x19NSMutableAttributedString\0\x84\x84\x12NSAttributedString\0"
                                 "\x84\x84\x08NSObject\0\x85\x92\x84\x84\x84\x0FNSMutableString"
                                 "\x01\x84\x84\x08NSString\x01\x95\x84\x01+";
    buf_add(out, (str){head, sizeof head - 1});
    buf_add(out, changeable ? (str){longer, sizeof longer - 1} : (str){plain, sizeof plain - 1});
    if (text.n < 0x80) {
        buf_add_byte(out, (char)text.n);
    } else if (text.n < 0x10000) {
        buf_add_byte(out, '\x81');
        for (int i = 0; i < 2; i++)
            buf_add_byte(out, (char)(text.n >> (8 * i) & 0xFF));
    } else {
        buf_add_byte(out, '\x82');
        for (int i = 0; i < 4; i++)
            buf_add_byte(out, (char)(text.n >> (8 * i) & 0xFF));
    }
    buf_add(out, text);
    buf_add(out, STR("\x86\x84\x02iI\x01\x01\x86"));
}

static void texts_of_any_length(void **state)
{
    (void)state;
    static const size_t lengths[] = {0, 1, 127, 128, 255, 256, 65535, 65536, 100000};
    char *words = malloc(100000);
    memset(words, 'w', 100000);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++)
        for (int changeable = 0; changeable < 2; changeable++) {
            struct buf stream = buf_new(1 << 20);
            str text;
            put_stream(&stream, (str){words, lengths[i]}, changeable);
            assert_true(typedstream_text(buf_str(&stream), &text));
            assert_int_equal(text.n, lengths[i]);
            assert_true(!text.n || text.p[text.n - 1] == 'w');
            buf_free(&stream);
        }
    free(words);
}

/* The sanitizers watch; what still reads is a part of the bytes. */
static void damage_is_no_text(void **state)
{
    (void)state;
    struct buf stream = buf_new(1 << 20);
    str text;
    put_stream(&stream, STR("the readings are gone"), true);
    const size_t end = str_find(buf_str(&stream), STR("gone")) + 4;
    for (size_t n = 0; n < stream.n; n++) {
        char *copy = malloc(n + 1);
        memcpy(copy, stream.p, n);
        assert_int_equal(typedstream_text((str){copy, n}, &text), n >= end);
        free(copy);
    }
    for (size_t i = 0; i < stream.n; i++)
        for (int byte = 0; byte < 256; byte += 5) {
            const char before = stream.p[i];
            stream.p[i] = (char)byte;
            if (typedstream_text(buf_str(&stream), &text))
                assert_true(!text.n ||
                            (text.p >= stream.p && text.p + text.n <= stream.p + stream.n));
            stream.p[i] = before;
        }
    assert_false(typedstream_text(STR(""), &text));
    buf_free(&stream);
}

/* {"ec": {"0": [17, 2.5, <data abc>]}, "self": the root} */
static const char list[] = "bplist00"
                           "\xD2\x01\x02\x03\x00" /* 0: root, at 8 */
                           "\x52"
                           "ec" /* 1, at 13 */
                           "\x54"
                           "self"         /* 2, at 16 */
                           "\xD1\x04\x05" /* 3, at 21 */
                           "\x51"
                           "0"                                    /* 4, at 24 */
                           "\xA3\x06\x07\x08"                     /* 5, at 26 */
                           "\x10\x11"                             /* 6, at 30 */
                           "\x23\x40\x04\x00\x00\x00\x00\x00\x00" /* 7, at 32 */
                           "\x43"
                           "abc"                                  /* 8, at 41 */
                           "\x08\x0D\x10\x15\x18\x1A\x1E\x20\x29" /* table, at 45 */
                           "\0\0\0\0\0\0\x01\x01"                 /* widths */
                           "\0\0\0\0\0\0\0\x09"                   /* objects */
                           "\0\0\0\0\0\0\0\0"                     /* root */
                           "\0\0\0\0\0\0\0\x2D";                  /* where the table is */

static void property_lists(void **state)
{
    (void)state;
    struct bplist l;
    double number;
    str data;
    assert_true(bplist_open(&l, (str){list, sizeof list - 1}));
    const size_t parts = bplist_get(&l, l.root, STR("ec"));
    assert_int_equal(bplist_count(&l, parts), 1);
    const size_t part = bplist_at(&l, parts, 0);
    assert_int_equal(bplist_count(&l, part), 3);
    assert_true(bplist_number(&l, bplist_at(&l, part, 0), &number) && number == 17);
    assert_true(bplist_number(&l, bplist_at(&l, part, 1), &number) && number == 2.5);
    assert_true(bplist_data(&l, bplist_at(&l, part, 2), &data));
    assert_true(str_eq(data, STR("abc")));
    assert_int_equal(bplist_at(&l, part, 3), BPLIST_NONE);
    assert_int_equal(bplist_get(&l, l.root, STR("no")), BPLIST_NONE);
    assert_int_equal(bplist_get(&l, l.root, STR("self")), l.root);
    assert_int_equal(bplist_count(&l, BPLIST_NONE), 0);
    assert_false(bplist_data(&l, BPLIST_NONE, &data));
}

static void walk(const struct bplist *l, size_t value, int depth)
{
    double number;
    str data;
    (void)bplist_number(l, value, &number);
    (void)bplist_data(l, value, &data);
    const size_t count = bplist_count(l, value);
    for (size_t i = 0; i < count && depth < 4; i++)
        walk(l, bplist_at(l, value, i), depth + 1);
    (void)bplist_get(l, value, STR("ec"));
}

static void damaged_property_lists(void **state)
{
    (void)state;
    struct bplist l;
    for (size_t n = 0; n < sizeof list - 1; n++) {
        char *copy = malloc(n + 1);
        memcpy(copy, list, n);
        if (bplist_open(&l, (str){copy, n}))
            walk(&l, l.root, 0);
        free(copy);
    }
    char *copy = malloc(sizeof list - 1);
    memcpy(copy, list, sizeof list - 1);
    for (size_t i = 0; i < sizeof list - 1; i++)
        for (int byte = 0; byte < 256; byte++) {
            copy[i] = (char)byte;
            if (bplist_open(&l, (str){copy, sizeof list - 1}))
                walk(&l, l.root, 0);
            copy[i] = list[i];
        }
    free(copy);
}

static void times_in_any_unit(void **state)
{
    (void)state;
    const int64_t due = INT64_C(978307200000) + INT64_C(555000000) * 1000;
    assert_int_equal(imessage_time(555000000), due);
    assert_int_equal(imessage_time(INT64_C(555000000123456789)), due + 123);
    assert_true(imessage_time(0) == TIME_NONE);
    (void)imessage_time(INT64_MIN);
    (void)imessage_time(INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_of_any_length), cmocka_unit_test(damage_is_no_text),
        cmocka_unit_test(property_lists),      cmocka_unit_test(damaged_property_lists),
        cmocka_unit_test(times_in_any_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
