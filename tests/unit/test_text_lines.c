/* Lines in every encoding: the text, and the exact bytes that it was made of. */
#include "text_lines.h"
#include "buf.h"
#include "lines.h"

#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Reads all lines into one text, ends shown as '|', and checks that their bytes are all bytes. */
static void read_all(str bytes, const struct text_lines_how *how, struct buf *out,
                     const char **charset, struct text_line *last)
{
    struct err e = {0};
    struct source *s;
    struct text_lines *t;
    assert_int_equal(source_of_bytes(&s, STR("test"), bytes, &e), OK);
    assert_int_equal(text_lines_open(&t, s, how, &e), OK);
    *charset = text_lines_charset(t);
    uint64_t at = text_lines_bom(t);
    struct text_line line;
    enum step step;
    buf_clear(out);
    while ((step = text_lines_next(t, &line, &e)) == STEP_ROW) {
        assert_int_equal(line.at, at);
        at += line.bytes;
        buf_add(out, line.text);
        buf_add(out, line.crlf ? STR("\\") : STR("|"));
        line.text = STR("");
        *last = line;
    }
    assert_int_equal(step, STEP_DONE);
    assert_int_equal(at, bytes.n);
    text_lines_close(t);
    source_close(s);
}

static void the_same_text_in_every_encoding(void **state)
{
    (void)state;
    static const struct {
        const char *charset;
        str bytes;
        const char *text;
    } cases[] = {
        {"UTF-8", STR_INIT("caf\xC3\xA9\r\nx\n"), "café\\x|"},
        {"UTF-8", STR_INIT("\xEF\xBB\xBFx\ny"), "x|y|"},
        {"UTF-8", STR_INIT(""), ""},
        {"UTF-8", STR_INIT("a\rb\r"), "a|b|"},
        {"UTF-8", STR_INIT("a\rb\nc"), "a\rb|c|"},
        {"UTF-8", STR_INIT("a\xE2\x80\xA8z\xC2\x85y\n"), "a\u2028z\xC2\x85y|"},
        {"UTF-16LE", STR_INIT("\xFF\xFE\x61\0\x0A\x4E\x0D\0\x0A\0\x3D\xD8\0\xDE\x0A\0"),
         "a\u4e0a\\\U0001F600|"},
        {"UTF-16BE", STR_INIT("\xFE\xFF\0\x61\x0A\x0A\0\x0A\0\x62"), "a\u0a0a|b|"},
        {"UTF-16LE", STR_INIT("1\0:\0 \0a\0\r\0\n\0b\0"), "1: a\\b|"},
        {"UTF-16LE", STR_INIT("1\0:\0 \0a\0\r\0b\0"), "1: a|b|"},
        {"UTF-32LE", STR_INIT("\xFF\xFE\0\0a\0\0\0\n\0\0\0b\0\0\0"), "a|b|"},
        {"windows-1252", STR_INIT("d\xE9j\xE0 vu, na\xEFve caf\xE9 \x80 5\nno\xEBl\n"),
         "déjà vu, naïve café € 5|noël|"},
        {"windows-1251",
         STR_INIT("\xCF\xF0\xE8\xE2\xE5\xF2, \xEA\xE0\xEA \xE4\xE5\xEB\xE0 \xF3 "
                  "\xF2\xE5\xE1\xFF \xF1\xE5\xE3\xEE\xE4\xED\xFF\n\xC2\xF1\xE5 "
                  "\xF5\xEE\xF0\xEE\xF8\xEE\n"),
         "Привет, как дела у тебя сегодня|Все хорошо|"},
        {"windows-874",
         STR_INIT("\xCA\xC7\xD1\xCA\xB4\xD5\xA4\xC3\xD1\xBA \xC7\xD1\xB9\xB9\xD5\xE9 "
                  "\xC3\xB6\xE4\xBF\xC1\xD2\xB6\xD6\xA7\xE1\xC5\xE9\xC7\n"),
         "สวัสดีครับ วันนี้ รถไฟมาถึงแล้ว|"},
        {"Shift_JIS",
         STR_INIT("\x82\xB1\x82\xF1\x82\xC9\x82\xBF\x82\xCD\x81\x41\x8D\xA1\x93\xFA\x82\xCD\x82"
                  "\xC7\x82\xA4\x82\xC5\x82\xB7\x82\xA9\n\x83\x5C\x81\x5B\n"),
         "こんにちは、今日はどうですか|ソー|"},
        {"gb18030",
         STR_INIT("\xC4\xE3\xBA\xC3\xA3\xAC\xBD\xF1\xCC\xEC\xB5\xC4\xBB\xE1\xD2\xE9\xCA\xB2\xC3\xB4"
                  "\xCA\xB1\xBA\xF2\xBF\xAA\xCA\xBC\xA3\xBF\n\xCE\xD2\xB2\xBB\xD6\xAA\xB5\xC0\n"),
         "你好，今天的会议什么时候开始？|我不知道|"},
    };
    struct buf text = buf_new(BUF_LINE_MAX);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *charset;
        struct text_line last;
        read_all(cases[i].bytes, &(struct text_lines_how){0}, &text, &charset, &last);
        if (strcmp(charset, cases[i].charset) != 0)
            fail_msg("case %zu was taken for %s, not %s", i, charset, cases[i].charset);
        if (!str_eq(buf_str(&text), str_of(cases[i].text)))
            fail_msg("case %zu is “%s”, not “%s”", i, text.p, cases[i].text);
    }
    buf_free(&text);
}

static void what_cannot_be_decoded_is_replaced_and_told(void **state)
{
    (void)state;
    static const struct {
        str bytes;
        bool mixed, lossy, guessed;
        const char *text;
    } cases[] = {
        {STR_INIT("gr\xC3\xBC\xC3\x9F\x65 \xC3\xA4\xC3\xB6\nna\xEFve\n"), true, false, true,
         "grüße äö|naïve|"},
        {STR_INIT("gr\xC3\xBC\xC3\x9F\x65 \xC3\xA4\xC3\xB6\nna\xEFve\n"), false, true, false,
         "grüße äö|na\uFFFDve|"},
        {STR_INIT("gr\xC3\xBC\xC3\x9F\x65 \xC3\xA4\xC3\xB6\ncut off: \xC3\xBC\xC3\xBC\xC3"), true,
         true, false, "grüße äö|cut off: üü\uFFFD|"},
        {STR_INIT("nul \0 here\n"), true, true, false, "nul \uFFFD here|"},
        {STR_INIT("\xFF\xFE\x61\0\0\xD8\x62\0"), false, true, false, "a\uFFFDb|"},
        {STR_INIT("\xFF\xFE\x61\0\x62"), false, true, false, "a\uFFFD|"},
        {STR_INIT("\xFF\xFE\x61\0\0\xD8"), false, true, false, "a\uFFFD|"},
    };
    struct buf text = buf_new(BUF_LINE_MAX);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *charset;
        struct text_line last;
        read_all(cases[i].bytes, &(struct text_lines_how){.mixed = cases[i].mixed}, &text, &charset,
                 &last);
        if (!str_eq(buf_str(&text), str_of(cases[i].text)))
            fail_msg("case %zu is “%s”, not “%s”", i, text.p, cases[i].text);
        if (last.lossy != cases[i].lossy || last.guessed != cases[i].guessed)
            fail_msg("case %zu: lossy %d, guessed %d", i, last.lossy, last.guessed);
    }
    const char *charset;
    struct text_line last;
    read_all(STR("\xE9t\xE9\n"), &(struct text_lines_how){.charset = "ISO-8859-1"}, &text, &charset,
             &last);
    assert_string_equal(text.p, "été|");
    buf_free(&text);

    struct err e = {0};
    struct source *s;
    struct text_lines *t;
    assert_int_equal(source_of_bytes(&s, STR("test"), STR("x"), &e), OK);
    assert_int_equal(text_lines_open(&t, s, &(struct text_lines_how){.charset = "no such"}, &e),
                     ERR_MISSING);
    source_close(s);
}

/* A line longer than LINE_MAX_BYTES comes in pieces; a character that lies across is not torn. */
static void long_lines_in_two_byte_characters(void **state)
{
    (void)state;
    struct buf bytes = buf_new(64 << 20), text = buf_new(BUF_MESSAGE_MAX);
    while (bytes.n < LINE_MAX_BYTES)
        buf_add(&bytes, STR("\xC4\xE3\xBA\xC3\xA3\xAC\xBD\xF1\xCC\xEC\xB5\xC4\xBB\xE1\xD2\xE9"));
    buf_add(&bytes, STR("x\n"));
    buf_add_byte(&bytes, 'y');
    char *odd = bytes.p; /* one byte more at the front puts every character across the cut */
    memmove(odd + 1, odd, bytes.n - 1);
    odd[0] = 'a';
    const char *charset;
    struct text_line last;
    read_all(buf_str(&bytes), &(struct text_lines_how){.charset = "gb18030"}, &text, &charset,
             &last);
    assert_true(str_find(buf_str(&text), STR("\uFFFD")) == STR_NONE);
    assert_false(last.lossy);
    buf_free(&bytes);
    buf_free(&text);
}

static void the_marked_lines_and_back(void **state)
{
    (void)state;
    struct err e = {0};
    struct source *s;
    struct text_lines *t;
    struct text_line line;
    uint64_t at;
    assert_int_equal(source_of_bytes(&s, STR("test"), STR("one\ntwo\nthree\nfour"), &e), OK);
    assert_int_equal(text_lines_open(&t, s, &(struct text_lines_how){0}, &e), OK);
    assert_int_equal(text_lines_next(t, &line, &e), STEP_ROW);
    assert_int_equal(text_lines_next(t, &line, &e), STEP_ROW);
    text_lines_mark(t);
    while (text_lines_next(t, &line, &e) == STEP_ROW)
        continue;
    assert_true(str_eq(text_lines_marked(t, &at), STR("two\nthree\nfour")) && at == 4);
    text_lines_again(t);
    assert_true(str_eq(text_lines_marked(t, &at), STR("two\n")) && at == 4);
    assert_int_equal(text_lines_next(t, &line, &e), STEP_ROW);
    assert_true(str_eq(line.text, STR("three")) && line.number == 3 && line.at == 8);
    assert_true(str_eq(text_lines_marked(t, &at), STR("two\n")));
    text_lines_close(t);
    source_close(s);
}

static void bids_see_utf8(void **state)
{
    (void)state;
    char room[64];
    assert_true(str_eq(text_prefix(STR("\xEF\xBB\xBFx"), room, sizeof room), STR("x")));
    assert_true(str_eq(text_prefix(STR("\xFF\xFE\x61\0\x3D\xD8\0\xDE"), room, sizeof room),
                       STR("a\U0001F600")));
    assert_true(str_eq(text_prefix(STR("\0{\0}\0 \0 "), room, sizeof room), STR("{}  ")));
    assert_true(str_eq(text_prefix(STR("caf\xE9"), room, sizeof room), STR("caf\xE9")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_text_in_every_encoding),
        cmocka_unit_test(what_cannot_be_decoded_is_replaced_and_told),
        cmocka_unit_test(long_lines_in_two_byte_characters),
        cmocka_unit_test(the_marked_lines_and_back),
        cmocka_unit_test(bids_see_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
