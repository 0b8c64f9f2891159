/* JSON out, against texts written by hand. */
#include "json.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_written(struct buf *b, const char *expected)
{
    assert_false(b->full);
    assert_non_null(b->p);
    assert_string_equal(b->p, expected);
    buf_free(b);
}

static void the_example_of_the_door(void **state)
{
    (void)state;
    struct buf b = buf_new(BUF_LINE_MAX);
    struct json j = json_to(&b);
    json_object(&j);
    json_key(&j, "row");
    json_int(&j, 1523);
    json_key(&j, "text");
    json_text(&j, STR("two\nlines"));
    json_key(&j, "flags");
    json_array(&j);
    json_text(&j, STR("partial"));
    json_end(&j);
    json_end(&j);
    assert_written(&b, "{\"row\":1523,\"text\":\"two\\nlines\",\"flags\":[\"partial\"]}");
}

static void commas_stand_between_values_only(void **state)
{
    (void)state;
    struct buf b = buf_new(BUF_LINE_MAX);
    struct json j = json_to(&b);
    json_array(&j);
    json_array(&j);
    json_end(&j);
    json_object(&j);
    json_end(&j);
    json_object(&j);
    json_key(&j, "a");
    json_object(&j);
    json_key(&j, "");
    json_null(&j);
    json_end(&j);
    json_key(&j, "b");
    json_bool(&j, true);
    json_end(&j);
    json_bool(&j, false);
    json_int(&j, 0);
    json_real(&j, 0.5, 1);
    json_text(&j, STR(""));
    json_end(&j);
    assert_written(&b, "[[],{},{\"a\":{\"\":null},\"b\":true},false,0,0.5,\"\"]");
}

static void levels_may_be_as_deep_as_the_door_says(void **state)
{
    (void)state;
    struct buf b = buf_new(BUF_LINE_MAX);
    struct json j = json_to(&b);
    for (int i = 0; i < JSON_DEPTH_MAX; i++)
        json_array(&j);
    for (int i = 0; i < JSON_DEPTH_MAX; i++)
        json_end(&j);
    assert_int_equal(b.n, 2 * JSON_DEPTH_MAX);
    assert_int_equal(strspn(b.p, "["), JSON_DEPTH_MAX);
    buf_free(&b);
}

static const struct {
    str text;
    const char *written;
} texts[] = {
    {STR_INIT("plain /text/ with 'quotes' & <tags>"), "plain /text/ with 'quotes' & <tags>"},
    {STR_INIT("say \"hi\""), "say \\\"hi\\\""},
    {STR_INIT("C:\\dir"), "C:\\\\dir"},
    {STR_INIT("\n\r\t"), "\\n\\r\\t"},
    {STR_INIT("\0\1\b\f\x1B\x1F"), "\\u0000\\u0001\\u0008\\u000c\\u001b\\u001f"},
    {STR_INIT("\x7F"), "\\u007f"},
    {STR_INIT("\xC2\x80\xC2\x85\xC2\x9F\xC2\xA0"), "\\u0080\\u0085\\u009f\xC2\xA0"},
    {STR_INIT("\xE2\x80\xA7\xE2\x80\xA8\xE2\x80\xA9\xE2\x80\xAA"),
     "\xE2\x80\xA7\\u2028\\u2029\xE2\x80\xAA"},
    {STR_INIT("na\xC3\xAFve \xE2\x82\xAC \xF0\x9F\x98\x80"),
     "na\xC3\xAFve \xE2\x82\xAC \xF0\x9F\x98\x80"},
    {STR_INIT("\xEF\xBF\xBD"), "\xEF\xBF\xBD"},
    {STR_INIT("a\xFF"
              "b"),
     "a\xEF\xBF\xBD"
     "b"},
    {STR_INIT("\xF0\x9F\x98"), "\xEF\xBF\xBD"},
    {STR_INIT("\xED\xA0\x80"), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
    {STR_INIT("\xC3\"\xC3"), "\xEF\xBF\xBD\\\"\xEF\xBF\xBD"},
};

static void text_is_escaped(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct buf b = buf_new(BUF_LINE_MAX), expected = buf_new(BUF_LINE_MAX);
        struct json j = json_to(&b);
        json_text(&j, texts[i].text);
        buf_addf(&expected, "\"%s\"", texts[i].written);
        assert_string_equal(b.p, expected.p);
        buf_free(&b);
        buf_free(&expected);
    }
}

static void keys_are_escaped_too(void **state)
{
    (void)state;
    struct buf b = buf_new(BUF_LINE_MAX);
    struct json j = json_to(&b);
    json_object(&j);
    json_key(&j, "a\"b\n");
    json_int(&j, 1);
    json_end(&j);
    assert_written(&b, "{\"a\\\"b\\n\":1}");
}

static void numbers(void **state)
{
    (void)state;
    struct buf b = buf_new(BUF_LINE_MAX);
    struct json j = json_to(&b);
    json_array(&j);
    json_int(&j, INT64_MIN);
    json_int(&j, INT64_MAX);
    json_real(&j, -1.25, 2);
    json_real(&j, 2.0 / 3, 4);
    json_real(&j, 1e15, 0);
    json_real(&j, 1.5, -3);
    json_real(&j, NAN, 2);
    json_real(&j, INFINITY, 2);
    json_end(&j);
    assert_written(&b, "[-9223372036854775808,9223372036854775807,-1.25,0.6667,1000000000000000,2,"
                       "null,null]");
    struct buf huge = buf_new(BUF_LINE_MAX);
    j = json_to(&huge);
    json_real(&j, -DBL_MAX, 99);
    assert_int_equal(huge.n, 1 + 309 + 1 + 17);
    buf_free(&huge);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_door),
        cmocka_unit_test(commas_stand_between_values_only),
        cmocka_unit_test(levels_may_be_as_deep_as_the_door_says),
        cmocka_unit_test(text_is_escaped),
        cmocka_unit_test(keys_are_escaped_too),
        cmocka_unit_test(numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
