/* Tables: fields, rows over several lines, stray quotation marks, and the bytes of every row. */
#include "csv.h"
#include "buf.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Rows as "a|b|c;" with '~' before quoted fields, '!' for unclosed rows and "..." for their rests. */
static void read_all(str bytes, const struct csv_how *how, struct buf *out, char *delimiter)
{
    struct err e = {0};
    struct source *s;
    struct csv *c;
    assert_int_equal(source_of_bytes(&s, STR("test"), bytes, &e), OK);
    assert_int_equal(csv_open(&c, s, how, &e), OK);
    *delimiter = csv_delimiter(c);
    uint64_t at = csv_bom(c);
    struct csv_row row;
    enum step step;
    buf_clear(out);
    while ((step = csv_next(c, &row, &e)) == STEP_ROW) {
        assert_int_equal(row.at, at);
        assert_memory_equal(row.raw.p, bytes.p + at, row.raw.n);
        assert_true(row.raw.n > 0 && row.count > 0);
        at += row.raw.n;
        for (size_t i = 0; i < row.count && i < 8; i++) {
            buf_add(out, i ? STR("|") : STR(""));
            buf_add(out, row.quoted[i] ? STR("~") : STR(""));
            buf_add(out, str_sub(row.fields[i], 0, 20));
        }
        buf_add(out, row.blank      ? STR("-")
                     : row.unclosed ? STR("!")
                     : row.rest     ? STR("...")
                                    : STR(""));
        buf_add_byte(out, ';');
    }
    assert_int_equal(step, STEP_DONE);
    assert_int_equal(at, bytes.n);
    csv_close(c);
    source_close(s);
}

static void rows(void **state)
{
    (void)state;
    static const struct {
        str text;
        bool backslash;
        char delimiter;
        const char *rows;
    } cases[] = {
        {STR_INIT("time,user\n1,noll\n2,\"Rautenberg, Ines\"\n"), false, ',',
         "time|user;1|noll;2|~Rautenberg, Ines;"},
        {STR_INIT("a;b\r\n1;\"x\r\ny\"\r\n\r\n2;\r\n"), false, ';', "a|b;1|~x\ny;-;2|;"},
        {STR_INIT("a\tb\n1\tsay \"hi\", all\n"), false, '\t', "a|b;1|say \"hi\", all;"},
        {STR_INIT("a,b\n1,\"say \"\"hi\"\"\"\n"), false, ',', "a|b;1|~say \"hi\";"},
        {STR_INIT("a,b\n1,\"\"\n2,\"x\"y\n"), false, ',', "a|b;1|~;2|~xy;"},
        {STR_INIT("a,b\n1,\"x\\\"y\\n\"\n2,\\N\n"), true, ',', "a|b;1|~x\"y\n;2|N;"},
        {STR_INIT("\xEF\xBB\xBFonly\n"), false, ',', "only;"},
        {STR_INIT("a,b"), false, ',', "a|b;"},
        {STR_INIT(""), false, ',', ""},
        {STR_INIT("a|b|c, d\n1|2|3\n"), false, '|', "a|b|c, d;1|2|3;"},
        /* never closed: costs one row */
        {STR_INIT("a,b\n1,\"open\n2,x\n3,y\n"), false, ',', "a|b;1|open!;2|x;3|y;"},
        /* closed by the mark that opens another field: a stray one */
        {STR_INIT("a,b\n1,\"open\n2,x\n3,\"y\"\n4,z"), false, ',', "a|b;1|open!;2|x;3|~y;4|z;"},
        {STR_INIT("\"\n\"\n\"\n"), false, ',', "~\n;!;"},
        {STR_INIT("\xFF\xFE\x61\0;\0\x62\0\n\0\"\0\x31\0\"\0;\0\x4E\x22\n\0"), false, ';',
         "a|b;~1|\u224e;"},
    };
    struct buf out = buf_new(BUF_LINE_MAX);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char delimiter;
        read_all(cases[i].text, &(struct csv_how){.backslash = cases[i].backslash}, &out,
                 &delimiter);
        if (delimiter != cases[i].delimiter)
            fail_msg("case %zu has delimiter “%c”", i, delimiter);
        if (!str_eq(buf_str(&out), str_of(cases[i].rows)))
            fail_msg("case %zu is “%s”, not “%s”", i, out.p, cases[i].rows);
    }
    buf_free(&out);
}

static void more_columns_than_are_kept_apart(void **state)
{
    (void)state;
    struct buf text = buf_new(8 << 20), out = buf_new(8 << 20);
    for (int i = 0; i < 1000000; i++)
        buf_add(&text, STR("x,"));
    buf_add(&text, STR("end\nlast,row\n"));
    char delimiter;
    read_all(buf_str(&text), &(struct csv_how){.delimiter = ','}, &out, &delimiter);
    assert_true(str_ends(buf_str(&out), STR(";last|row;")));
    buf_free(&text);
    buf_free(&out);
}

/* Each line opens a mark anew: reading must not go back over the whole rest for each. */
static void many_stray_marks_are_not_quadratic(void **state)
{
    (void)state;
    struct buf text = buf_new(32 << 20), out = buf_new(32 << 20);
    buf_add(&text, STR("a,b\n"));
    for (int i = 0; i < 200000; i++)
        buf_add(&text, i % 3 ? STR("1,\"open\n") : STR("\"\"x,\"\n\"\"\"\"\n"));
    char delimiter;
    read_all(buf_str(&text), &(struct csv_how){0}, &out, &delimiter);
    assert_true(str_starts(buf_str(&out), STR("a|b;")));
    buf_free(&text);
    buf_free(&out);
}

/* A field without end in a table larger than a field may be, and a line larger than a row may be. */
static void what_is_too_long_costs_one_row(void **state)
{
    (void)state;
    struct buf text = buf_new((size_t)200 << 20), out = buf_new(32 << 20);
    buf_add(&text, STR("a,b\n1,\"open\n"));
    while (text.n < (size_t)CSV_FIELD_MAX + 100)
        buf_add(&text,
                STR("22222222222222222222222222222222222222222222222222222222222222222222,x\n"));
    char delimiter;
    read_all(buf_str(&text), &(struct csv_how){0}, &out, &delimiter);
    assert_true(str_starts(buf_str(&out), STR("a|b;1|open!;222")));

    buf_clear(&text);
    buf_add(&text, STR("a,b\n1,"));
    while (text.n < (size_t)CSV_FIELD_MAX + (32 << 20))
        buf_add(&text,
                STR("yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"));
    buf_add(&text, STR("\n2,x\n"));
    read_all(buf_str(&text), &(struct csv_how){0}, &out, &delimiter);
    assert_string_equal(out.p, "a|b;1|yyyyyyyyyyyyyyyyyyyy!;...;...;...;...;...;...;2|x;");
    buf_free(&text);
    buf_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows),
        cmocka_unit_test(more_columns_than_are_kept_apart),
        cmocka_unit_test(many_stray_marks_are_not_quadratic),
        cmocka_unit_test(what_is_too_long_costs_one_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
