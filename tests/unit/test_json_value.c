/*
 * JSON values: what other readers get wrong or refuse, in a table; and that what json-c reads of plain
 * JSON, this reader reads the same.
 */
#include "json_value.h"

#include "buf.h"

#define json_type json_c_type /* both have a type of that name */
#include <json-c/json.h>
#undef json_type
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define BAD "\xEF\xBF\xBD"

struct mended {
    int bad_utf8, lone_surrogates, controls, bad_escapes, long_numbers, duplicate_keys;
    bool lossy;
    int first_at;
};

static const struct {
    const char *text; /* a string or number */
    str expected;
    struct mended mended;
} values[] = {
    {"\"plain\"", STR_INIT("plain"), {0}},
    {"\"\"", STR_INIT(""), {0}},
    {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", STR_INIT("\"\\/\b\f\n\r\t"), {0}},
    {"\"\\u00e9\\u20AC\\ud83d\\ude00\"", STR_INIT("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80"), {0}},
    {"\"a\\ud83db\"", STR_INIT("a" BAD "b"), {.lone_surrogates = 1, .lossy = true, .first_at = 2}},
    {"\"\\udc00\"", STR_INIT(BAD), {.lone_surrogates = 1, .lossy = true, .first_at = 1}},
    {"\"\\ud83d\\ud83d\\ude00\"",
     STR_INIT(BAD "\xF0\x9F\x98\x80"),
     {.lone_surrogates = 1, .lossy = true, .first_at = 1}},
    {"\"\\ud83d\\u0041\"", STR_INIT(BAD "A"), {.lone_surrogates = 1, .lossy = true, .first_at = 1}},
    {"\"\\ud83d\\n\"", STR_INIT(BAD "\n"), {.lone_surrogates = 1, .lossy = true, .first_at = 1}},
    {"\"\xC0\xAF\"", STR_INIT(BAD BAD), {.bad_utf8 = 2, .lossy = true, .first_at = 1}},
    {"\"\xED\xA0\xBD\xED\xB8\x80\"",
     STR_INIT(BAD BAD BAD BAD BAD BAD),
     {.bad_utf8 = 6, .lossy = true, .first_at = 1}},
    {"\"\xF4\x90\x80\x80\"",
     STR_INIT(BAD BAD BAD BAD),
     {.bad_utf8 = 4, .lossy = true, .first_at = 1}},
    {"\"ab\xE9 c\"", STR_INIT("ab" BAD " c"), {.bad_utf8 = 1, .lossy = true, .first_at = 3}},
    {"\"\xE2\x82\"", STR_INIT(BAD), {.bad_utf8 = 1, .lossy = true, .first_at = 1}},
    {"\"\xC3\xA9\"", STR_INIT("\xC3\xA9"), {0}},
    {"\"a\\u0000b\"", STR_INIT("a\0b"), {0}},
    {"\"a\tb\nc\x01\"", STR_INIT("a\tb\nc\x01"), {.controls = 3}},
    {"\"\\x0B\\xe9\"", STR_INIT("\x0B\xC3\xA9"), {.bad_escapes = 2}},
    {"\"\\x0\"", STR_INIT("\\x0"), {.bad_escapes = 1}},
    {"\"\\q\\'\"", STR_INIT("\\q\\'"), {.bad_escapes = 2}},
    {"\"\\u12 \\u\"", STR_INIT("\\u12 \\u"), {.bad_escapes = 2}},
    {"\"\\\xC3\xA9\"", STR_INIT("\\\xC3\xA9"), {.bad_escapes = 1}},
    {"0", STR_INIT("0"), {0}},
    {"-12.50e+3", STR_INIT("-12.50e+3"), {0}},
    {"1456427378.000002", STR_INIT("1456427378.000002"), {0}},
    {"123456789012345", STR_INIT("123456789012345"), {0}},
    {"123456789012345678901234567890",
     STR_INIT("123456789012345678901234567890"),
     {.long_numbers = 1}},
    {"NaN", STR_INIT("NaN"), {0}},
    {"-Infinity", STR_INIT("-Infinity"), {0}},
    {" \xC3", STR_INIT("refused"), {0}},
    {"\xEF\xBB\xBF\"marked\"", STR_INIT("marked"), {0}},
};

static void expect_mends(const char *text, const struct json_mends *m, const struct mended *w)
{
    if ((int)m->bad_utf8 != w->bad_utf8 || (int)m->lone_surrogates != w->lone_surrogates ||
        (int)m->controls != w->controls || (int)m->bad_escapes != w->bad_escapes ||
        (int)m->long_numbers != w->long_numbers || (int)m->duplicate_keys != w->duplicate_keys ||
        m->lossy != w->lossy || (int)m->first_at != w->first_at)
        fail_msg("%s was mended otherwise", text);
}

static void strings_and_numbers_are_kept_or_mended_and_counted(void **state)
{
    (void)state;
    struct json_doc *d = json_doc_new();
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        const struct json_value *v;
        struct err e = {0};
        if (json_doc_read(d, str_of(values[i].text), &v, &e) != OK) {
            assert_string_equal(values[i].expected.p, "refused");
            assert_null(v);
            continue;
        }
        if (!str_eq(jv_str(v), values[i].expected))
            fail_msg("%s: \"%.*s\"", values[i].text, STR_ARG(jv_str(v)));
        expect_mends(values[i].text, json_doc_mends(d), &values[i].mended);
    }
    json_doc_free(d);
}

static void of_equal_keys_the_first_counts(void **state)
{
    (void)state;
    struct json_doc *d = json_doc_new();
    const struct json_value *v;
    struct err e = {0};
    assert_int_equal(json_doc_read(d, STR("{\"a\":1,\"b\":{\"a\":2},\"a\":3,\"a\":4}"), &v, &e),
                     OK);
    assert_string_equal(jv_str(jv_get(v, "a")).p, "1,\"b\":{\"a\":2},\"a\":3,\"a\":4}");
    assert_int_equal(jv_str(jv_get(v, "a")).n, 1);
    assert_int_equal(jv_count(v), 4);
    assert_true(str_eq(jv_key(v, 2), STR("a")) && str_eq(jv_str(jv_at(v, 2)), STR("3")));
    assert_int_equal(json_doc_mends(d)->duplicate_keys, 2);

    struct buf many = buf_new(BUF_MESSAGE_MAX);
    buf_add_byte(&many, '{');
    for (int i = 0; i < 1000; i++)
        buf_addf(&many, "\"k%d\":%d,", i % 900, i);
    buf_add_byte(&many, '}');
    assert_int_equal(json_doc_read(d, buf_str(&many), &v, &e), OK);
    assert_int_equal(json_doc_mends(d)->duplicate_keys, 100);
    buf_free(&many);
    json_doc_free(d);
}

static void what_is_not_there_is_empty(void **state)
{
    (void)state;
    struct json_doc *d = json_doc_new();
    const struct json_value *v;
    struct err e = {0};
    const str text =
        STR("{\"s\":\"7\",\"n\":-8,\"t\":true,\"z\":0.0,\"o\":{\"p\":[1,{\"q\":\"r\"}]},"
            "\"null\":null,\"big\":9223372036854775808,\"part\":1.5}");
    assert_int_equal(json_doc_read(d, text, &v, &e), OK);
    int64_t n = 0;
    assert_true(jv_int(jv_get(v, "s"), &n) && n == 7);
    assert_true(jv_int(jv_get(v, "n"), &n) && n == -8);
    assert_false(jv_int(jv_get(v, "big"), &n));
    assert_false(jv_int(jv_get(v, "part"), &n));
    assert_false(jv_int(jv_get(v, "o"), &n));
    assert_true(jv_bool(jv_get(v, "t")) && jv_bool(jv_get(v, "n")) && !jv_bool(jv_get(v, "z")));
    assert_false(jv_bool(jv_get(v, "s")) || jv_bool(NULL) || jv_bool(jv_get(v, "null")));
    assert_int_equal(jv_type(jv_get(v, "null")), JSON_NOTHING);
    assert_true(str_eq(jv_str(jv_get(jv_at(jv_path(v, "o.p"), 1), "q")), STR("r")));
    assert_null(jv_path(v, "o.p.q"));
    assert_null(jv_get(jv_get(v, "s"), "x"));
    assert_null(jv_at(jv_get(v, "s"), 0));
    assert_int_equal(jv_str(jv_get(v, "o")).n, 0);
    assert_int_equal(jv_key(v, 99).n, 0);
    json_doc_free(d);
}

static void what_is_no_json_is_refused_with_its_byte(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t at;
    } bad[] = {
        {"", 0},
        {"  ", 2},
        {"{\"a\" 1}", 5},
        {"{a:1}", 1},
        {"[1 2]", 3},
        {"[1,,2]", 3},
        {"\"open", 0},
        {"[1}", 2},
        {"{\"a\":1]", 6},
        {"[1]]", 3},
        {"{\"a\":1} x", 8},
        {"nul", 0},
        {"+1", 0},
        {"{\"a\":[1,{}", 10},
        {"'a'", 0},
    };
    struct json_doc *d = json_doc_new();
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const struct json_value *v;
        struct err e = {0};
        assert_int_equal(json_doc_read(d, str_of(bad[i].text), &v, &e), ERR_FORMAT);
        if (e.at != bad[i].at)
            fail_msg("%s: at %zu: %s", bad[i].text, e.at, e.msg);
    }
    json_doc_free(d);
}

static void a_value_cut_anywhere_is_refused(void **state)
{
    (void)state;
    const str text = STR("{\"a\":\"\\ud83d\\ude00\\n\xC3\xA9\",\"b\":[true,null,-1.5e3,{}]}");
    struct json_doc *d = json_doc_new();
    for (size_t n = 0; n <= text.n; n++) {
        char *copy = malloc(n + 1); /* of exactly that size: reading past its end shows */
        memcpy(copy, text.p, n);
        const struct json_value *v;
        struct err e = {0};
        assert_int_equal(json_doc_read(d, (str){copy, n}, &v, &e), n == text.n ? OK : ERR_FORMAT);
        free(copy);
    }
    json_doc_free(d);
}

static void depth_and_number_of_values_have_limits(void **state)
{
    (void)state;
    struct json_doc *d = json_doc_new();
    const struct json_value *v;
    struct buf b = buf_new(BUF_MESSAGE_MAX);
    for (int i = 0; i < 10000000; i++)
        buf_add_byte(&b, '[');
    struct err e = {0};
    assert_int_equal(json_doc_read(d, buf_str(&b), &v, &e), ERR_LIMIT);
    b.n = JSON_DEPTH;
    for (int i = 0; i < JSON_DEPTH; i++)
        buf_add_byte(&b, ']');
    e = (struct err){0};
    assert_int_equal(json_doc_read(d, buf_str(&b), &v, &e), OK);
    buf_clear(&b);
    buf_add_byte(&b, '[');
    for (int i = 0; i < JSON_VALUES_MAX; i++)
        buf_add(&b, STR("1,"));
    buf_add_byte(&b, ']');
    assert_int_equal(json_doc_read(d, buf_str(&b), &v, &e), ERR_LIMIT);
    buf_free(&b);
    json_doc_free(d);
}

/* --- Against json-c ---------------------------------------------------------------------------- */

static void expect_same(const struct json_value *v, struct json_object *o)
{
    switch (json_object_get_type(o)) {
    case json_type_null: assert_int_equal(jv_type(v), JSON_NOTHING); return;
    case json_type_boolean: assert_int_equal(jv_bool(v), json_object_get_boolean(o)); return;
    case json_type_double:
        assert_true(strtod(jv_str(v).p, NULL) == json_object_get_double(o));
        return;
    case json_type_int:
        assert_true(strtoll(jv_str(v).p, NULL, 10) == json_object_get_int64(o));
        return;
    case json_type_string:
        assert_true(str_eq(
            jv_str(v), (str){json_object_get_string(o), (size_t)json_object_get_string_len(o)}));
        return;
    case json_type_array:
        assert_int_equal(jv_count(v), json_object_array_length(o));
        for (size_t i = 0; i < jv_count(v); i++)
            expect_same(jv_at(v, i), json_object_array_get_idx(o, i));
        return;
    case json_type_object:
        assert_int_equal(jv_count(v), json_object_object_length(o));
        json_object_object_foreach(o, key, member) expect_same(jv_get(v, key), member);
        return;
    }
}

static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

static void add_random(struct buf *b, uint32_t *seed, int depth)
{
    static const char *const leaves[] = {"1",
                                         "-2.5",
                                         "1e3",
                                         "true",
                                         "null",
                                         "\"\"",
                                         "\"a\\nb\"",
                                         "\"\\u00e9\\ud83d\\ude00\"",
                                         "\"\xE2\x82\xAC\"",
                                         "12345678"};
    const uint32_t n = next_random(seed) % 5;
    const uint32_t kind = depth > 5 ? 2 : next_random(seed) % 4;
    if (kind > 1) {
        buf_add(b, str_of(leaves[next_random(seed) % (sizeof leaves / sizeof *leaves)]));
        return;
    }
    buf_add_byte(b, kind ? '{' : '[');
    for (uint32_t i = 0; i < n; i++) {
        buf_add(b, i ? STR(" ,\n") : STR(" "));
        if (kind)
            buf_addf(b, "\"k%u\" : ", (unsigned)i);
        add_random(b, seed, depth + 1);
    }
    buf_add_byte(b, kind ? '}' : ']');
}

static void plain_json_is_read_as_json_c_reads_it(void **state)
{
    (void)state;
    struct json_doc *d = json_doc_new();
    struct buf b = buf_new(BUF_MESSAGE_MAX);
    uint32_t seed = 17;
    for (int i = 0; i < 5000; i++) {
        buf_clear(&b);
        buf_add_byte(&b, '[');
        add_random(&b, &seed, 0);
        buf_add_byte(&b, ']');
        const struct json_value *v;
        struct err e = {0};
        assert_int_equal(json_doc_read(d, buf_str(&b), &v, &e), OK);
        struct json_object *o = json_tokener_parse(b.p);
        assert_non_null(o);
        expect_same(v, o);
        json_object_put(o);
    }
    buf_free(&b);
    json_doc_free(d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strings_and_numbers_are_kept_or_mended_and_counted),
        cmocka_unit_test(of_equal_keys_the_first_counts),
        cmocka_unit_test(what_is_not_there_is_empty),
        cmocka_unit_test(what_is_no_json_is_refused_with_its_byte),
        cmocka_unit_test(a_value_cut_anywhere_is_refused),
        cmocka_unit_test(depth_and_number_of_values_have_limits),
        cmocka_unit_test(plain_json_is_read_as_json_c_reads_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
