/*
 * Formats made of lines: whatever the encoding, the line ends and the place where a file is cut off, the
 * bytes are accounted for, reader and counter agree, and the same words come out.
 */
#include "buf.h"
#include "importer.h"

#include <stdio.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#undef fail /* of cmocka: ours takes a struct err */

static const struct {
    const char *format, *text;
    uint64_t records;
    bool blank_first; /* a blank line in front is not taken for the header */
} chats[] = {
    {"irc",
     "--- Log opened Mon Feb 29 21:58:02 2016\n21:58 -!- noll [~noll@pit.example] has joined #v\n"
     "21:59 <@ines> the pumps stopped\n22:02  * noll wartet über Tage\n"
     "--- Day changed Tue Mar 01 2016\n00:03 < noll> back\n",
     4, true},
    {"irc-epoch", "1488931200\nnoll\nthe water\n\n1488931260\nines\ntwo\nlines\n\n", 2, true},
    {"line",
     "[LINE] Chat history with noll\nSaved on: 2016/03/02 10:00\n\n2016/03/01(火)\n"
     "9:20\tnoll\tおはよう\n午後1:23\tInes\ttwo\nlines\n\n2016/03/02(水)\n9:21\tnoll joined the "
     "chat.\n",
     3, false},
    {"kakaotalk",
     "놀 님과 카카오톡 대화\n저장한 날짜 : 2018-03-04 20:54:11\n\n"
     "--------------- 2018년 3월 3일 토요일 ---------------\n[놀] [오전 12:04] 글\n둘째 줄\n"
     "타비님이 들어왔습니다.\n[이네스] [오후 8:54] 글\n",
     3, false},
    {"kakaotalk",
     "KakaoTalk Chats with noll\nDate Saved : 9:48AM, February 20, 2014\n\n9:46AM, February 20, "
     "2014\n"
     "9:46AM, February 20, 2014, noll : hello\nFebruary 21, 2014, 9:47 PM, Ines : two\nlines\n",
     2, false},
    {"signal-markdown",
     "[2019-12-24 12:23:01] Me: the report  \n\n[2019-12-24 12:25:40] Ines: \n\n> the report\n\n"
     "which  \n(- noll: 👍 -)\n\n",
     2, true},
    {"signal-text",
     "Conversation: Ines (+4930123456)\n\nFrom: Ines (+4930123456)\nType: incoming\n"
     "Sent: Tue, 1 Mar 2016 21:15:04 +0100\n\nüber\n\nunter\n\nFrom: You\nType: outgoing\n"
     "Sent: Tue, 1 Mar 2016 21:16:00 +0100\n\nx\n\n",
     2, false},
    {"signal-short",
     "2016-03-01 21:15 Ines: [2 attachments] über\nunter\n2016-03-01 21:16 You: x\n", 2, true},
    {"imessage-text",
     "May 17, 2022  5:29:42 PM\nMe\nüber\nTapbacks:\nLoved by Ines\n\nMay 17, 2022 12:05:00 PM\n"
     "Ines\nx\n\nMay 17, 2022  6:00:00 PM You renamed the conversation to y\n\n",
     3, true},
    {"element-text",
     "1/30/2021, 8:45:21 PM - noll joined the room.\n1/30/2021, 8:46:00 PM - noll: über\nunter\n",
     2, true},
};

enum { CHATS = sizeof chats / sizeof chats[0] };

/* Keeps senders, times and texts, so that two readings can be compared. */
struct words {
    struct sink sink;
    struct buf text;
};

static enum status keep(struct sink *s, const struct message *m, struct err *e)
{
    struct words *w = (struct words *)s;
    (void)e;
    buf_addf(&w->text, "%d %lld ", (int)m->kind, (long long)m->time.utc_ms);
    buf_add(&w->text, m->sender);
    buf_add(&w->text, STR(": "));
    buf_add(&w->text, m->text);
    buf_add_byte(&w->text, '\n');
    return OK;
}

/* Fails the test if the bytes are not accounted for or not counted alike. */
static uint64_t read_words(struct buf *out, const char *format, str bytes)
{
    static const struct import_options no_options = {0};
    struct source *source;
    struct err e = {0};
    struct import_report report;
    struct words w = {.sink.message = keep, .text = buf_new(BUF_LINE_MAX)};
    const struct importer *f = importer_find(str_of(format));
    assert_non_null(f);
    assert_int_equal(source_of_bytes(&source, STR("2016/chat.txt"), bytes, &e), OK);
    const enum status st = importer_read(f, source, &no_options, &w.sink, &report, &e);
    if (st != OK)
        print_error("%s: %s\n", format, e.msg);
    assert_int_equal(st, OK);
    source_close(source);
    *out = w.text;
    return report.messages + report.events;
}

static void assert_same_words(const char *format, const struct buf *expected, str bytes)
{
    struct buf got;
    read_words(&got, format, bytes);
    assert_int_equal(got.n, expected->n);
    assert_memory_equal(got.p, expected->p, expected->n);
    buf_free(&got);
}

static void test_counts(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHATS; i++) {
        struct buf words;
        assert_int_equal(read_words(&words, chats[i].format, str_of(chats[i].text)),
                         chats[i].records);
        buf_free(&words);
    }
}

static void test_each_beginning_of_a_file(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHATS; i++)
        for (size_t n = 0; n < strlen(chats[i].text); n++) {
            struct buf words;
            read_words(&words, chats[i].format, (str){chats[i].text, n});
            buf_free(&words);
        }
}

/* CRLF and CR alone instead of LF. */
static void test_line_ends(void **state)
{
    static const char *const ends[] = {"\r\n", "\r"};
    (void)state;
    for (size_t i = 0; i < CHATS; i++) {
        struct buf words;
        read_words(&words, chats[i].format, str_of(chats[i].text));
        for (size_t k = 0; k < sizeof ends / sizeof ends[0]; k++) {
            struct buf other = buf_new(BUF_LINE_MAX);
            for (const char *p = chats[i].text; *p; p++)
                buf_add(&other, *p == '\n' ? str_of(ends[k]) : (str){p, 1});
            assert_same_words(chats[i].format, &words, buf_str(&other));
            buf_free(&other);
        }
        buf_free(&words);
    }
}

static void add_unit(struct buf *b, unsigned unit, bool little)
{
    buf_add_byte(b, (char)(little ? unit & 0xFF : unit >> 8));
    buf_add_byte(b, (char)(little ? unit >> 8 : unit & 0xFF));
}

/* One code point of valid UTF-8. */
static unsigned next_codepoint(const char **p)
{
    const unsigned char *s = (const unsigned char *)*p;
    const unsigned more = s[0] < 0x80 ? 0 : s[0] < 0xE0 ? 1 : s[0] < 0xF0 ? 2 : 3;
    unsigned cp = more ? s[0] & (0x3Fu >> more) : s[0];
    for (unsigned i = 1; i <= more; i++)
        cp = cp << 6 | (s[i] & 0x3Fu);
    *p += 1 + more;
    return cp;
}

static struct buf as_utf16(const char *text, bool little)
{
    struct buf b = buf_new(BUF_LINE_MAX);
    add_unit(&b, 0xFEFF, little);
    while (*text) {
        const unsigned cp = next_codepoint(&text);
        if (cp >= 0x10000)
            add_unit(&b, 0xD800 + ((cp - 0x10000) >> 10), little);
        add_unit(&b, cp >= 0x10000 ? 0xDC00 + ((cp - 0x10000) & 0x3FF) : cp, little);
    }
    return b;
}

static void test_utf16_and_byte_order_marks(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHATS; i++) {
        struct buf words;
        read_words(&words, chats[i].format, str_of(chats[i].text));
        for (int little = 0; little < 2; little++) {
            struct buf wide = as_utf16(chats[i].text, little);
            assert_same_words(chats[i].format, &words, buf_str(&wide));
            buf_free(&wide);
        }
        struct buf marked = buf_new(BUF_LINE_MAX);
        buf_add(&marked, STR("\xEF\xBB\xBF"));
        buf_add(&marked, str_of(chats[i].text));
        assert_same_words(chats[i].format, &words, buf_str(&marked));
        buf_free(&marked);
        buf_free(&words);
    }
}

static void test_blank_lines_in_front(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHATS; i++) {
        if (!chats[i].blank_first)
            continue;
        struct buf words, blank = buf_new(BUF_LINE_MAX);
        read_words(&words, chats[i].format, str_of(chats[i].text));
        buf_add(&blank, STR(" \t\n\n"));
        buf_add(&blank, str_of(chats[i].text));
        assert_same_words(chats[i].format, &words, buf_str(&blank));
        buf_free(&blank);
        buf_free(&words);
    }
}

/* A counter sees the bytes in chunks of any size. */
static void test_counters_in_chunks(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHATS; i++) {
        const struct importer *f = importer_find(str_of(chats[i].format));
        const str text = str_of(chats[i].text);
        for (size_t chunk = 1; chunk < 40; chunk++) {
            struct counter c = {0};
            for (size_t at = 0; at < text.n; at += chunk)
                f->count(&c, str_sub(text, at, chunk));
            f->count(&c, STR(""));
            assert_int_equal(c.records, chats[i].records);
        }
    }
}

/* None takes another's files. */
static void test_detection(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHATS; i++) {
        struct source *source;
        struct err e = {0};
        const struct importer *f;
        assert_int_equal(source_of_bytes(&source, STR("chat.txt"), str_of(chats[i].text), &e), OK);
        assert_int_equal(importer_detect(&f, source, &e), OK);
        assert_string_equal(f->name, chats[i].format);
        source_close(source);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_each_beginning_of_a_file),
        cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_utf16_and_byte_order_marks),
        cmocka_unit_test(test_blank_lines_in_front),
        cmocka_unit_test(test_counters_in_chunks),
        cmocka_unit_test(test_detection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
