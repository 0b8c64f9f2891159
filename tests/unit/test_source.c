/* Sources: files, memory and standard input give the same bytes, offsets, digests and taps. */
#include "source.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { SIZE = 3 * SOURCE_CHUNK + 12345 };

static char folder[64];
static char *content; /* SIZE bytes */

static const char *path_of(char out[128], const char *name)
{
    snprintf(out, 128, "%s/%s", folder, name);
    return out;
}

static void write_file(const char *path, const char *mode, str bytes)
{
    FILE *file = fopen(path, mode);
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.p, 1, bytes.n, file), bytes.n);
    assert_int_equal(fclose(file), 0);
}

static struct source *open_named(const char *name)
{
    char path[128];
    struct source *s = NULL;
    struct err e = {0};
    if (source_open(&s, path_of(path, name), &e) != OK)
        fail_msg("%s", e.msg);
    return s;
}

/* A reader of `content` that gives as much as it likes. */
struct piecemeal {
    size_t at, calls;
};

static enum status read_piece(void *context, char *out, size_t room, size_t *got, struct err *e)
{
    struct piecemeal *p = context;
    (void)e;
    *got = 1 + p->calls++ * 7919 % 100000;
    if (*got > room)
        *got = room;
    if (*got > SIZE - p->at)
        *got = SIZE - p->at;
    memcpy(out, content + p->at, *got);
    p->at += *got;
    return OK;
}

static size_t times_again;

static enum status read_again(void *context, struct err *e)
{
    (void)e;
    times_again++;
    ((struct piecemeal *)context)->at = 0;
    return OK;
}

static enum status twin_reader(void *context, void **out, struct err *e)
{
    (void)context;
    (void)e;
    *out = calloc(1, sizeof(struct piecemeal));
    return OK;
}

static const struct source_reader piecemeal = {read_piece, read_again, twin_reader, free};

enum { KINDS = 4 };

static struct source *open_content(int kind)
{
    char path[128];
    struct source *s = NULL;
    if (kind == 0)
        return open_named("content");
    if (kind == 2) {
        const int fd = open(path_of(path, "content"), O_RDONLY);
        assert_int_equal(source_of_fd(&s, STR("descriptor"), fd, NULL), OK);
        return s;
    }
    if (kind == 3) {
        void *reader;
        assert_int_equal(twin_reader(NULL, &reader, NULL), OK);
        assert_int_equal(source_of_reader(&s, STR("reader"), SIZE, &piecemeal, reader, NULL), OK);
        return s;
    }
    assert_int_equal(source_of_bytes(&s, STR("memory"), (str){content, SIZE}, NULL), OK);
    return s;
}

static void the_example_of_the_door(void **state)
{
    (void)state;
    char path[128];
    struct err err = {0}, *e = &err;
    struct source *s;
    assert_int_equal(source_open(&s, path_of(path, "content"), e), OK);
    assert_true(str_eq(source_name(s), str_of(path)));
    str window;
    size_t seen = 0;
    while (source_peek(s, 1, &window, e) == OK && window.n) {
        assert_true(source_at(s) == seen);
        assert_memory_equal(window.p, content + seen, window.n);
        seen += window.n;
        source_advance(s, window.n);
    }
    assert_int_equal(seen, SIZE);
    struct sha256_digest digest;
    assert_int_equal(source_finish(s, &digest, e), OK);
    const struct sha256_digest expected = sha256_of((str){content, SIZE});
    assert_true(sha256_eq(&digest, &expected));
    source_close(s);
    source_close(NULL);
}

static void windows_grow_and_move(void **state)
{
    (void)state;
    for (int kind = 0; kind < KINDS; kind++) {
        struct source *s = open_content(kind);
        assert_true(source_size(s) == SIZE);
        unsigned random = 7;
        size_t at = 0;
        while (at < SIZE) {
            random = random * 1664525 + 1013904223;
            const size_t want = (random >> 8) % (random & 16 ? 700000 : 3000);
            const size_t left = SIZE - at;
            str window;
            assert_int_equal(source_peek(s, want, &window, NULL), OK);
            assert_true(window.n > 0 && window.n >= (want < left ? want : left));
            assert_memory_equal(window.p, content + at, window.n);
            const size_t step = (random >> 4) % (window.n + 1);
            source_advance(s, step);
            at += step;
            assert_true(source_at(s) == at);
        }
        str window;
        assert_int_equal(source_peek(s, 1, &window, NULL), OK);
        assert_int_equal(window.n, 0);
        source_close(s);
    }
}

static void memory_is_not_copied(void **state)
{
    (void)state;
    struct source *s = open_content(1);
    str window;
    assert_int_equal(source_peek(s, SIZE, &window, NULL), OK);
    assert_ptr_equal(window.p, content);
    assert_int_equal(window.n, SIZE);
    source_close(s);
}

struct seen {
    size_t n;
    bool differs;
};

static void watch(void *context, str bytes)
{
    struct seen *seen = context;
    if (seen->n + bytes.n > SIZE || memcmp(bytes.p, content + seen->n, bytes.n) != 0)
        seen->differs = true;
    seen->n += bytes.n;
}

static void digest_and_tap_see_all_bytes_once_and_again_after_a_rewind(void **state)
{
    (void)state;
    const struct sha256_digest expected = sha256_of((str){content, SIZE});
    for (int kind = 0; kind < KINDS; kind++) {
        struct source *s = open_content(kind);
        struct seen seen = {0};
        source_tap(s, watch, &seen);
        static const size_t consumed[] = {0, 1, SOURCE_CHUNK, SIZE};
        for (size_t i = 0; i < sizeof consumed / sizeof *consumed; i++) {
            str window;
            assert_int_equal(source_peek(s, consumed[i], &window, NULL), OK);
            source_advance(s, consumed[i]);
            struct sha256_digest digest;
            assert_int_equal(source_finish(s, &digest, NULL), OK);
            assert_true(sha256_eq(&digest, &expected));
            assert_int_equal(source_finish(s, &digest, NULL), OK); /* as often as one likes */
            assert_true(sha256_eq(&digest, &expected));
            assert_int_equal(seen.n, SIZE);
            assert_false(seen.differs);
            seen = (struct seen){0};
            assert_int_equal(source_rewind(s, NULL), OK);
            assert_true(source_at(s) == 0);
            assert_int_equal(source_peek(s, 1, &window, NULL), OK); /* a peek, then back again */
            assert_int_equal(source_rewind(s, NULL), OK);
            seen = (struct seen){0};
        }
        source_close(s);
    }
}

static void twins_read_the_same_bytes(void **state)
{
    (void)state;
    const struct sha256_digest due = sha256_of((str){content, SIZE});
    for (int kind = 0; kind < KINDS; kind++) {
        struct source *s = open_content(kind), *twin;
        struct sha256_digest digest;
        str window;
        assert_int_equal(source_peek(s, 1000, &window, NULL), OK);
        source_advance(s, 777);
        assert_int_equal(source_twin(s, &twin, NULL), OK);
        assert_true(str_eq(source_name(twin), source_name(s)));
        assert_int_equal(source_finish(twin, &digest, NULL), OK);
        assert_true(sha256_eq(&digest, &due));
        source_close(twin);
        assert_int_equal(source_at(s), 777);
        assert_int_equal(source_finish(s, &digest, NULL), OK);
        assert_true(sha256_eq(&digest, &due));
        assert_int_equal(source_size(s), SIZE);
        source_close(s);
    }
}

/* Going back costs a reader its place: an archive would have to be unpacked from its beginning. */
static void what_is_still_there_is_not_read_again(void **state)
{
    (void)state;
    struct source *s = open_content(3);
    struct sha256_digest digest;
    str window;
    times_again = 0;
    assert_int_equal(source_peek(s, 64 << 10, &window, NULL), OK);
    assert_int_equal(source_rewind(s, NULL), OK);
    assert_int_equal(source_finish(s, &digest, NULL), OK);
    assert_int_equal(source_rewind(s, NULL), OK);
    assert_int_equal(times_again, 0);
    assert_int_equal(source_finish(s, &digest, NULL), OK);
    assert_int_equal(times_again, 1);
    const struct sha256_digest due = sha256_of((str){content, SIZE});
    assert_true(sha256_eq(&digest, &due));
    source_close(s);
}

static void empty_sources_end_at_once(void **state)
{
    (void)state;
    char path[128];
    write_file(path_of(path, "empty"), "w", STR(""));
    struct source *sources[2] = {open_named("empty"), NULL};
    assert_int_equal(source_of_bytes(&sources[1], (str){NULL, 0}, (str){NULL, 0}, NULL), OK);
    for (int i = 0; i < 2; i++) {
        str window = STR("?");
        assert_int_equal(source_peek(sources[i], 100, &window, NULL), OK);
        assert_int_equal(window.n, 0);
        struct sha256_digest digest;
        assert_int_equal(source_finish(sources[i], &digest, NULL), OK);
        const struct sha256_digest expected = sha256_of(STR(""));
        assert_true(sha256_eq(&digest, &expected));
        source_close(sources[i]);
    }
}

static void standard_input_is_kept(void **state)
{
    (void)state;
    char path[128];
    const int kept = dup(STDIN_FILENO);
    const int file = open(path_of(path, "content"), O_RDONLY);
    assert_true(file >= 0 && dup2(file, STDIN_FILENO) == STDIN_FILENO);
    struct source *s = NULL;
    const enum status st = source_open(&s, "-", NULL);
    dup2(kept, STDIN_FILENO);
    close(kept);
    close(file);
    assert_int_equal(st, OK);
    assert_true(str_eq(source_name(s), STR("standard input")));
    assert_true(source_size(s) == SIZE);
    for (int round = 0; round < 2; round++) {
        str window;
        assert_int_equal(source_peek(s, SIZE, &window, NULL), OK);
        assert_int_equal(window.n, SIZE);
        assert_memory_equal(window.p, content, SIZE);
        assert_int_equal(source_rewind(s, NULL), OK);
    }
    source_close(s);
}

static void check_refused(const char *name, enum status code, const char *before, const char *after)
{
    char path[128], expected[300];
    struct source *s = NULL;
    struct err e = {0};
    assert_int_equal(source_open(&s, path_of(path, name), &e), code);
    snprintf(expected, sizeof expected, "%s%s%s", before, path, after);
    assert_string_equal(e.msg, expected);
    assert_null(s);
}

static void what_is_no_file_is_refused_in_words(void **state)
{
    (void)state;
    char path[128];
    check_refused("absent", ERR_MISSING, "cannot open ", ": no such file");
    check_refused("content/x", ERR_MISSING, "cannot open ", ": not a directory");
    check_refused("", ERR_IO, "", " is a folder");
    assert_int_equal(mkfifo(path_of(path, "pipe"), 0600), 0);
    check_refused("pipe", ERR_IO, "", " is not a regular file"); /* and does not wait */
    assert_int_equal(symlink("nowhere", path_of(path, "dangling")), 0);
    check_refused("dangling", ERR_MISSING, "cannot open ", ": no such file");
    struct err e = {0};
    struct source *s;
    assert_int_equal(source_open(&s, "/dev/null", &e), ERR_IO);
    assert_string_equal(e.msg, "/dev/null is not a regular file");
}

static void symbolic_links_are_followed(void **state)
{
    (void)state;
    char path[128];
    assert_int_equal(symlink("content", path_of(path, "link")), 0);
    struct source *s = open_named("link");
    assert_true(source_size(s) == SIZE);
    source_close(s);
}

static void check_change_noticed(struct source *s)
{
    struct sha256_digest digest;
    struct err e = {0};
    assert_int_equal(source_finish(s, &digest, &e), ERR_IO);
    assert_non_null(strstr(e.msg, " changed while it was read"));
    assert_true(e.hint[0] != '\0');
    source_close(s);
}

static void a_file_that_changes_is_noticed(void **state)
{
    (void)state;
    char path[128];
    write_file(path_of(path, "grows"), "w", STR("one\n"));
    struct source *s = open_named("grows");
    write_file(path, "a", STR("two\n"));
    check_change_noticed(s);

    s = open_named("grows");
    str window;
    assert_int_equal(source_peek(s, 1, &window, NULL), OK);
    assert_int_equal(truncate(path, 3), 0);
    check_change_noticed(s);

    s = open_named("grows");
    const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = 1000000000}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    check_change_noticed(s);
}

static void a_window_has_a_ceiling(void **state)
{
    (void)state;
    struct source *s = open_content(0);
    struct err e = {0};
    str window;
    assert_int_equal(source_peek(s, SOURCE_WINDOW_MAX, &window, &e), OK);
    assert_int_equal(window.n, SIZE);
    assert_int_equal(source_peek(s, (size_t)SOURCE_WINDOW_MAX + 1, &window, &e), ERR_LIMIT);
    assert_non_null(strstr(e.msg, "128 MiB"));
    source_close(s);
}

/* A sparse file that is a little larger than the window can be. */
static void the_largest_window_slides(void **state)
{
    (void)state;
    char path[128];
    write_file(path_of(path, "large"), "w", STR(""));
    assert_int_equal(truncate(path, (off_t)SOURCE_WINDOW_MAX + SOURCE_CHUNK), 0);
    const int file = open(path, O_WRONLY);
    assert_int_equal(pwrite(file, "!", 1, (off_t)SOURCE_WINDOW_MAX), 1);
    close(file);
    struct source *s = open_named("large");
    str window;
    assert_int_equal(source_peek(s, SOURCE_WINDOW_MAX, &window, NULL), OK);
    assert_int_equal(window.n, SOURCE_WINDOW_MAX);
    source_advance(s, 10);
    assert_int_equal(source_peek(s, SOURCE_WINDOW_MAX, &window, NULL), OK);
    assert_int_equal(window.n, SOURCE_WINDOW_MAX);
    assert_int_equal(window.p[SOURCE_WINDOW_MAX - 10], '!');
    source_close(s);
    unlink(path);
}

static int set_up(void **state)
{
    (void)state;
    const char *temporary = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.40s/test_source.XXXXXX", temporary ? temporary : "/tmp");
    content = malloc(SIZE);
    if (!mkdtemp(folder) || !content)
        return -1;
    unsigned random = 1;
    for (size_t i = 0; i < SIZE; i++) {
        random = random * 1664525 + 1013904223;
        content[i] = (char)(random >> 24);
    }
    char path[128];
    write_file(path_of(path, "content"), "w", (str){content, SIZE});
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    static const char *const names[] = {"content", "empty", "pipe", "dangling",
                                        "link",    "grows", "large"};
    char path[128];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        unlink(path_of(path, names[i]));
    free(content);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_example_of_the_door),
        cmocka_unit_test(windows_grow_and_move),
        cmocka_unit_test(memory_is_not_copied),
        cmocka_unit_test(digest_and_tap_see_all_bytes_once_and_again_after_a_rewind),
        cmocka_unit_test(twins_read_the_same_bytes),
        cmocka_unit_test(what_is_still_there_is_not_read_again),
        cmocka_unit_test(empty_sources_end_at_once),
        cmocka_unit_test(standard_input_is_kept),
        cmocka_unit_test(what_is_no_file_is_refused_in_words),
        cmocka_unit_test(symbolic_links_are_followed),
        cmocka_unit_test(a_file_that_changes_is_noticed),
        cmocka_unit_test(a_window_has_a_ceiling),
        cmocka_unit_test(the_largest_window_slides),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
