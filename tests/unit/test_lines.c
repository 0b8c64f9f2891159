/* Lines: exact ranges, marks across windows, and what is handed out when a line is far too long. */
#include "lines.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct lines lines_of_bytes(str bytes)
{
    struct source *s = NULL;
    assert_int_equal(source_of_bytes(&s, STR("test"), bytes, NULL), OK);
    return lines_of(s);
}

static void check_next(struct lines *l, str text, uint64_t at, size_t bytes, uint64_t number)
{
    struct line line;
    assert_int_equal(lines_next(l, &line, NULL), STEP_ROW);
    assert_int_equal(line.text.n, text.n);
    assert_memory_equal(line.text.p, text.p, text.n);
    assert_true(line.at == at && line.number == number);
    assert_int_equal(line.bytes, bytes);
    assert_false(line.cut);
}

static void check_done(struct lines *l)
{
    struct line line;
    assert_int_equal(lines_next(l, &line, NULL), STEP_DONE);
    assert_int_equal(lines_next(l, &line, NULL), STEP_DONE);
    source_close(l->source);
}

static void line_ends(void **state)
{
    (void)state;
    struct lines l = lines_of_bytes(STR("one\ntwo\r\n\n\r\nfo\rur\r\r\n\0nul\0\nlast"));
    check_next(&l, STR("one"), 0, 4, 1);
    check_next(&l, STR("two"), 4, 5, 2);
    check_next(&l, STR(""), 9, 1, 3);
    check_next(&l, STR(""), 10, 2, 4);
    check_next(&l, STR("fo\rur\r"), 12, 8, 5);
    check_next(&l, STR("\0nul\0"), 20, 6, 6);
    check_next(&l, STR("last"), 26, 4, 7);
    check_done(&l);
}

static void the_end_of_the_last_line(void **state)
{
    (void)state;
    struct lines l = lines_of_bytes(STR(""));
    check_done(&l);
    l = lines_of_bytes(STR("a\n"));
    check_next(&l, STR("a"), 0, 2, 1);
    check_done(&l);
    l = lines_of_bytes(STR("a\r"));
    check_next(&l, STR("a\r"), 0, 2, 1); /* a CR without LF is text */
    check_done(&l);
    l = lines_of_bytes(STR("\n"));
    check_next(&l, STR(""), 0, 1, 1);
    check_done(&l);
}

static void check_marked(struct lines *l, const char *expected, uint64_t expected_at)
{
    uint64_t at = 99;
    const str raw = lines_marked(l, &at);
    assert_int_equal(raw.n, strlen(expected));
    if (raw.n)
        assert_memory_equal(raw.p, expected, raw.n);
    assert_true(at == expected_at);
}

static void a_record_of_several_lines(void **state)
{
    (void)state;
    struct lines l = lines_of_bytes(STR("head\n[1] a\n b\r\n c\n[2] d\n[3]\ne"));
    check_next(&l, STR("head"), 0, 5, 1);
    check_next(&l, STR("[1] a"), 5, 6, 2);
    lines_mark(&l);
    check_marked(&l, "", 5);
    check_next(&l, STR(" b"), 11, 4, 3);
    check_marked(&l, "[1] a\n", 5);
    check_next(&l, STR(" c"), 15, 3, 4);
    check_next(&l, STR("[2] d"), 18, 6, 5);
    check_marked(&l, "[1] a\n b\r\n c\n", 5);
    lines_mark(&l);
    lines_mark(&l); /* twice is once */
    check_next(&l, STR("[3]"), 24, 4, 6);
    check_marked(&l, "[2] d\n", 18);
    lines_mark(&l);
    check_next(&l, STR("e"), 28, 1, 7);
    struct line line;
    assert_int_equal(lines_next(&l, &line, NULL), STEP_DONE);
    check_marked(&l, "[3]\ne", 24);
    check_done(&l);
}

static void without_a_mark_there_is_no_record(void **state)
{
    (void)state;
    struct lines l = lines_of_bytes(STR("a\nb\n"));
    check_marked(&l, "", 0);
    check_next(&l, STR("a"), 0, 2, 1);
    check_next(&l, STR("b"), 2, 2, 2);
    check_marked(&l, "", 2);
    check_done(&l);
}

static unsigned next_random(unsigned *random)
{
    *random = *random * 1664525 + 1013904223;
    return *random >> 8;
}

/* Lines of random lengths, a few longer than a window, some ended by CR LF. */
static char *random_text(size_t size)
{
    char *text = malloc(size);
    assert_non_null(text);
    unsigned random = 11;
    for (size_t at = 0; at < size;) {
        const unsigned kind = next_random(&random) % 2000;
        size_t n = next_random(&random) % (kind == 0 ? 900000 : 120);
        for (; n > 0 && at < size; n--)
            text[at++] = (char)('a' + next_random(&random) % 26);
        if (kind & 1 && at < size)
            text[at++] = '\r';
        if (at < size)
            text[at++] = '\n';
    }
    return text;
}

/* Against the plainest reading there is: one memchr after the other over all of the text. */
static void check_like_plain_reading(struct source *s, str text)
{
    struct lines l = lines_of(s);
    struct line line;
    unsigned random = 3;
    size_t at = 0, marked = SIZE_MAX, number = 0;
    for (enum step step; (step = lines_next(&l, &line, NULL)) == STEP_ROW; at += line.bytes) {
        const char *end = memchr(text.p + at, '\n', text.n - at);
        const size_t bytes = end ? (size_t)(end - text.p) + 1 - at : text.n - at;
        const bool crlf = end && bytes > 1 && end[-1] == '\r';
        assert_true(line.at == at && line.number == ++number && !line.cut);
        assert_int_equal(line.bytes, bytes);
        assert_int_equal(line.text.n, bytes - (end != NULL) - crlf);
        if (marked != SIZE_MAX) {
            uint64_t from;
            const str raw = lines_marked(&l, &from);
            assert_true(from == marked && raw.n == at - marked);
            if (raw.n)
                assert_memory_equal(raw.p, text.p + marked, raw.n);
        }
        if (next_random(&random) % 40 == 0) {
            lines_mark(&l);
            marked = at;
        }
        assert_memory_equal(line.text.p, text.p + at, line.text.n); /* a mark does not disturb it */
    }
    assert_int_equal(at, text.n);
    uint64_t from;
    assert_int_equal(lines_marked(&l, &from).n, text.n - marked);
    source_close(s);
}

static void random_lines_and_marks(void **state)
{
    (void)state;
    const str text = {random_text(5 << 20), 5 << 20};
    struct source *s = NULL;
    assert_int_equal(source_of_bytes(&s, STR("memory"), text, NULL), OK);
    check_like_plain_reading(s, text);

    const char *folder = getenv("TMPDIR");
    char path[128];
    snprintf(path, sizeof path, "%.80s/test_lines.XXXXXX", folder ? folder : "/tmp");
    const int file = mkstemp(path);
    assert_true(file >= 0 && write(file, text.p, text.n) == (ssize_t)text.n);
    close(file);
    assert_int_equal(source_open(&s, path, NULL), OK);
    unlink(path);
    check_like_plain_reading(s, text);
    free((char *)text.p);
}

/* A line that is too long: LINE_MAX_BYTES - before bytes of x, then `seam`, then yyy and a line. */
static struct lines long_line(char **memory, size_t before, str seam)
{
    static const char rest[] = "yyy\nnext\n";
    const size_t lead = LINE_MAX_BYTES - before;
    const size_t n = lead + seam.n + sizeof rest - 1;
    *memory = malloc(n);
    assert_non_null(*memory);
    memset(*memory, 'x', lead);
    memcpy(*memory + lead, seam.p, seam.n);
    memcpy(*memory + lead + seam.n, rest, sizeof rest - 1);
    return lines_of_bytes((str){*memory, n});
}

/* Reads it: the first piece must have `first` bytes. */
static void check_pieces(size_t before, str seam, size_t first)
{
    char *memory;
    struct lines l = long_line(&memory, before, seam);
    struct line line;
    const size_t all = LINE_MAX_BYTES - before + seam.n + 4;
    assert_int_equal(lines_next(&l, &line, NULL), STEP_ROW);
    assert_true(line.cut && line.number == 1 && line.at == 0);
    assert_int_equal(line.bytes, first);
    assert_int_equal(line.text.n, first);
    assert_int_equal(lines_next(&l, &line, NULL), STEP_ROW);
    assert_true(!line.cut && line.number == 1 && line.at == first);
    assert_int_equal(line.bytes, all - first);
    assert_memory_equal(line.text.p, memory + first, line.text.n);
    check_next(&l, STR("next"), all, 5, 2);
    check_done(&l);
    free(memory);
}

static void a_line_that_is_too_long_comes_in_pieces(void **state)
{
    (void)state;
    const size_t max = LINE_MAX_BYTES;
    check_pieces(0, STR("zz"), max);
    check_pieces(1, STR("\xC3\xA9"), max - 1);
    check_pieces(2, STR("\xC3\xA9"), max);
    check_pieces(1, STR("\xE2\x82\xAC"), max - 1);
    check_pieces(2, STR("\xE2\x82\xAC"), max - 2);
    check_pieces(3, STR("\xE2\x82\xAC"), max);
    check_pieces(3, STR("\xF0\x9F\x98\x80"), max - 3);
    check_pieces(4, STR("\xF0\x9F\x98\x80"), max);
    check_pieces(5, STR("\x80\x80\x80\x80\x80\x80"), max); /* no character to keep whole */
    check_pieces(1, STR("\xFF\x80"), max);
}

static void a_cut_does_not_part_cr_and_lf(void **state)
{
    (void)state;
    char *memory;
    struct lines l = long_line(&memory, 1, STR("\r\n"));
    struct line line;
    assert_int_equal(lines_next(&l, &line, NULL), STEP_ROW);
    assert_true(line.cut);
    assert_int_equal(line.bytes, LINE_MAX_BYTES - 1);
    assert_int_equal(lines_next(&l, &line, NULL), STEP_ROW);
    assert_true(!line.cut && line.number == 1);
    assert_int_equal(line.text.n, 0);
    assert_int_equal(line.bytes, 2);
    check_next(&l, STR("yyy"), LINE_MAX_BYTES + 1, 4, 2);
    source_close(l.source);
    free(memory);
}

static void the_longest_line_is_whole(void **state)
{
    (void)state;
    char *memory;
    struct lines l = long_line(&memory, 1, STR("\n"));
    struct line line;
    assert_int_equal(lines_next(&l, &line, NULL), STEP_ROW);
    assert_false(line.cut);
    assert_int_equal(line.bytes, LINE_MAX_BYTES);
    source_close(l.source);

    memory[LINE_MAX_BYTES - 1] = 'x';
    l = lines_of_bytes((str){memory, LINE_MAX_BYTES}); /* and without an end */
    assert_int_equal(lines_next(&l, &line, NULL), STEP_ROW);
    assert_false(line.cut);
    assert_int_equal(line.text.n, LINE_MAX_BYTES);
    check_done(&l);
    free(memory);
}

static void a_record_beyond_the_window_is_an_error(void **state)
{
    (void)state;
    const size_t size = (size_t)SOURCE_WINDOW_MAX + 1000;
    char *zeros = calloc(1, size);
    assert_non_null(zeros);
    struct lines l = lines_of_bytes((str){zeros, size});
    struct line line;
    struct err e = {0};
    assert_int_equal(lines_next(&l, &line, &e), STEP_ROW);
    lines_mark(&l);
    enum step step;
    size_t seen = line.bytes;
    while ((step = lines_next(&l, &line, &e)) == STEP_ROW)
        seen += line.bytes;
    assert_int_equal(step, STEP_ERROR);
    assert_int_equal(e.code, ERR_LIMIT);
    assert_true(seen <= SOURCE_WINDOW_MAX && seen + 2 * (size_t)LINE_MAX_BYTES > size);
    source_close(l.source);

    l = lines_of_bytes((str){zeros, size}); /* unmarked, it is read to the end */
    for (seen = 0; (step = lines_next(&l, &line, NULL)) == STEP_ROW; seen += line.bytes)
        continue;
    assert_int_equal(step, STEP_DONE);
    assert_int_equal(seen, size);
    source_close(l.source);
    free(zeros);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(line_ends),
        cmocka_unit_test(the_end_of_the_last_line),
        cmocka_unit_test(a_record_of_several_lines),
        cmocka_unit_test(without_a_mark_there_is_no_record),
        cmocka_unit_test(random_lines_and_marks),
        cmocka_unit_test(a_line_that_is_too_long_comes_in_pieces),
        cmocka_unit_test(a_cut_does_not_part_cr_and_lf),
        cmocka_unit_test(the_longest_line_is_whole),
        cmocka_unit_test(a_record_beyond_the_window_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
