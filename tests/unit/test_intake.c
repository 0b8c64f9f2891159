/* Bringing sources in: files, folders, the same again, out of order, stopped, unreadable. */
#include "../support/scratch.h"
#include "intake.h"

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

#define CHAT                                                       \
    STR("[2016-03-02 09:41:07] <noll> good morning\n"              \
        "[2016-03-02 09:42:00] <Lirra> the dredging permit came\n" \
        "[2016-03-02 09:42:30] <noll> at last\n")
#define LATER                                      \
    STR("[2016-04-02 10:00:00] <noll> any news?\n" \
        "[2016-04-02 10:00:09] <Lirra> none\n")
#define SHUFFLED                               \
    STR("[2016-05-02 10:00:03] <noll> three\n" \
        "[2016-05-02 10:00:01] <Lirra> one\n"  \
        "[2016-05-02 10:00:02] <noll> two\n")

struct seen_line {
    char name[80];
    enum intake_state state;
    char error[200];
    uint64_t duplicates;
    enum time_basis basis;
};

struct log {
    struct seen_line lines[16];
    size_t count, told;
    uint64_t asked, stop_at; /* stop() says yes from this question on; 0: never */
};

static void on_line(void *context, const struct intake_line *l)
{
    struct log *log = context;
    struct seen_line *x = &log->lines[log->count++];
    assert_true(log->count <= 16);
    snprintf(x->name, sizeof x->name, STR_FMT, STR_ARG(l->name));
    snprintf(x->error, sizeof x->error, "%.190s", l->error ? l->error->msg : "");
    x->state = l->state;
    x->duplicates = l->result.duplicates;
    x->basis = l->basis;
}

static void on_progress(void *context, const struct intake_progress *p)
{
    struct log *log = context;
    assert_true(p->done_bytes <= p->size_bytes);
    log->told++;
}

static bool on_stop(void *context)
{
    struct log *log = context;
    log->asked++;
    return log->stop_at && log->asked >= log->stop_at;
}

static enum status run(const struct scratch *dir, const char *const *paths, size_t count,
                       struct log *log, struct intake_total *total, struct err *e)
{
    const struct intake_options o = {.format = STR(""),
                                     .zone_name = STR(""),
                                     .now_ms = INT64_C(1700000000000),
                                     .line = on_line,
                                     .progress = on_progress,
                                     .stop = on_stop,
                                     .context = log};
    *e = (struct err){.code = OK};
    return intake_run(dir->archive, paths, count, &o, total, e);
}

static int64_t rows_of(const struct scratch *dir)
{
    struct err e = {.code = OK};
    struct store *s = NULL;
    if (store_open(&s, dir->archive, STORE_WRITE, &e) != OK || store_check(s, &e) != OK)
        fail_msg("%s", e.msg);
    const int64_t rows = columns_rows(store_columns(s));
    store_close(s);
    return rows;
}

static void a_file_and_the_same_again(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct log log = {.count = 0};
    struct intake_total total;
    struct err e;
    const char *path = scratch_file(&dir, "chat.txt", CHAT);
    assert_int_equal(run(&dir, &path, 1, &log, &total, &e), OK);
    assert_int_equal(total.stored, 1);
    assert_int_equal(total.messages, 3);
    assert_int_equal(total.counted, 3);
    assert_string_equal(log.lines[0].name, "chat.txt");
    assert_int_equal(log.lines[0].state, INTAKE_STORED);
    assert_int_equal(log.lines[0].basis, BASIS_ASSUMED);
    assert_true(log.told >= 1);

    const char *copy = scratch_file(&dir, "copy of chat.txt", CHAT);
    assert_int_equal(run(&dir, &copy, 1, &log, &total, &e), OK);
    assert_int_equal(total.known, 1);
    assert_int_equal(log.lines[1].state, INTAKE_KNOWN);
    assert_int_equal(rows_of(&dir), 3);
    scratch_remove(&dir);
}

static void provenance_points_into_the_file(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct log log = {.count = 0};
    struct arena a = {.first = NULL};
    struct intake_total total;
    struct err e;
    const char *path = scratch_file(&dir, "chat.txt", CHAT);
    assert_int_equal(run(&dir, &path, 1, &log, &total, &e), OK);
    struct store *s;
    struct witness *w;
    size_t n;
    struct source_row *sources;
    assert_int_equal(store_open(&s, dir.archive, STORE_READ, &e), OK);
    assert_int_equal(store_witnesses(s, 2, &a, &w, &n, &e), OK);
    const str raw = str_sub(CHAT, (size_t)w[0].locus.at, (size_t)w[0].locus.length);
    assert_true(
        str_eq(str_trim(raw), STR("[2016-03-02 09:42:00] <Lirra> the dredging permit came")));
    const struct sha256_digest digest = sha256_of(raw), whole = sha256_of(CHAT);
    assert_true(sha256_eq(&digest, &w[0].digest));
    assert_int_equal(w[0].locus.line, 2);
    assert_int_equal(store_sources(s, &a, &sources, &n, &e), OK);
    assert_true(sha256_eq(&whole, &sources[0].digest));
    assert_true(sources[0].path.p[0] == '/');
    assert_int_equal(sources[0].imported_at_ms, INT64_C(1700000000000));
    store_close(s);
    arena_free(&a);
    scratch_remove(&dir);
}

static void a_folder_in_byte_order(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct log log = {.count = 0};
    struct intake_total total;
    struct err e;
    char folder[96], link[128];
    snprintf(folder, sizeof folder, "%s/chats/", dir.folder);
    scratch_file(&dir, "chats/b.txt", LATER);
    scratch_file(&dir, "chats/a/z.txt", CHAT);
    scratch_file(&dir, "chats/C.txt", SHUFFLED);
    scratch_file(&dir, "chats/.hidden.txt", CHAT);
    scratch_file(&dir, "chats/photo.jpg", STR("\xFF\xD8\xFF\xE0 no chat at all"));
    snprintf(link, sizeof link, "%s/chats/link.txt", dir.folder);
    assert_int_equal(symlink("b.txt", link), 0);
    snprintf(link, sizeof link, "%s/chats/pipe", dir.folder);
    assert_int_equal(mkfifo(link, 0600), 0);
    const char *path = folder;
    assert_int_equal(run(&dir, &path, 1, &log, &total, &e), OK);
    static const struct {
        const char *name;
        enum intake_state state;
    } expected[] = {{"chats/.hidden.txt", INTAKE_SKIPPED}, {"chats/C.txt", INTAKE_STORED},
                    {"chats/a/z.txt", INTAKE_STORED},      {"chats/b.txt", INTAKE_STORED},
                    {"chats/link.txt", INTAKE_SKIPPED},    {"chats/photo.jpg", INTAKE_SKIPPED},
                    {"chats/pipe", INTAKE_SKIPPED}};
    assert_int_equal(log.count, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(log.lines[i].name, expected[i].name);
        assert_int_equal(log.lines[i].state, expected[i].state);
        assert_true((log.lines[i].error[0] != 0) == (expected[i].state == INTAKE_SKIPPED));
    }
    assert_int_equal(total.skipped, 4);
    assert_int_equal(total.messages, 8);
    assert_int_equal(rows_of(&dir), 8);
    scratch_remove(&dir);
}

static void out_of_order_is_read_twice_and_sorted(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct log log = {.count = 0};
    struct intake_total total;
    struct err e;
    const char *path = scratch_file(&dir, "shuffled.txt", SHUFFLED);
    assert_int_equal(run(&dir, &path, 1, &log, &total, &e), OK);
    assert_int_equal(total.stored, 1);
    assert_int_equal(total.messages, 3);
    struct store *s;
    assert_int_equal(store_open(&s, dir.archive, STORE_READ, &e), OK);
    static const char *const expected[] = {"one", "two", "three"};
    for (int i = 0; i < 3; i++) {
        str text;
        assert_int_equal(store_text(s, i + 1, &text, &e), OK);
        assert_true(str_eq(text, str_of(expected[i])));
    }
    store_close(s);
    scratch_remove(&dir);
}

static void overlapping_exports_share_messages(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct log log = {.count = 0};
    struct intake_total total;
    struct err e;
    char longer[400];
    snprintf(longer, sizeof longer, "%s[2016-03-03 00:00:00] <Lirra> one more\n", CHAT.p);
    const char *first = scratch_file(&dir, "first.txt", CHAT);
    const char *second = scratch_file(&dir, "second.txt", str_of(longer));
    const char *const paths[] = {first, second};
    assert_int_equal(run(&dir, paths, 2, &log, &total, &e), OK);
    assert_int_equal(log.lines[1].duplicates, 3);
    assert_int_equal(total.messages, 7);
    assert_int_equal(total.duplicates, 3);
    assert_int_equal(rows_of(&dir), 4);
    scratch_remove(&dir);
}

static void failures_make_no_archive(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct log log = {.count = 0};
    struct intake_total total;
    struct err e;
    const char *const paths[] = {"/no/such/file.txt",
                                 scratch_file(&dir, "noise.bin", STR("\x01\x02\x03\x04"))};
    assert_int_equal(run(&dir, paths, 2, &log, &total, &e), OK);
    assert_int_equal(total.failed, 2);
    assert_int_equal(log.lines[0].state, INTAKE_FAILED);
    assert_true(log.lines[0].error[0] != 0);
    assert_false(scratch_exists(dir.archive));

    const struct intake_options wrong = {.format = STR("no-such-format"), .zone_name = STR("")};
    e.code = OK;
    assert_int_equal(intake_run(dir.archive, paths, 2, &wrong, &total, &e), ERR_MISSING);
    const struct intake_options zone = {.format = STR(""), .zone_name = STR("Mars/Olympus")};
    e.code = OK;
    assert_int_equal(intake_run(dir.archive, paths, 2, &zone, &total, &e), ERR_MISSING);
    assert_false(scratch_exists(dir.archive));
    scratch_remove(&dir);
}

/* About 400 KB, so that stop() is asked several times inside. */
static str long_chat(void)
{
    enum { LINES = 8000 };
    char *p = malloc(LINES * 64);
    size_t n = 0;
    assert_non_null(p);
    for (int i = 0; i < LINES; i++)
        n += (size_t)sprintf(p + n, "[2017-01-%02d %02d:%02d:%02d] <noll> line number %d here\n",
                             1 + i / 3600 / 24, i / 3600 % 24, i / 60 % 60, i % 60, i);
    return (str){p, n};
}

static void stopping_leaves_the_archive_as_it_was(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct log log = {.count = 0, .stop_at = 3};
    struct intake_total total;
    struct err e;
    const str text = long_chat();
    const char *const paths[] = {scratch_file(&dir, "long.txt", text),
                                 scratch_file(&dir, "chat.txt", CHAT)};
    assert_int_equal(run(&dir, paths, 2, &log, &total, &e), ERR_STOPPED);
    assert_int_equal(log.count, 1); /* the second was not begun */
    assert_int_equal(log.lines[0].state, INTAKE_FAILED);
    assert_false(scratch_exists(dir.archive));

    struct log calm = {.count = 0};
    assert_int_equal(run(&dir, &paths[1], 1, &calm, &total, &e), OK);
    const str before = scratch_read(dir.archive);
    log = (struct log){.count = 0, .stop_at = 3};
    assert_int_equal(run(&dir, paths, 1, &log, &total, &e), ERR_STOPPED);
    const str after = scratch_read(dir.archive);
    assert_int_equal(before.n, after.n);
    assert_memory_equal(before.p, after.p, before.n);
    free((void *)before.p);
    free((void *)after.p);
    free((void *)text.p);
    scratch_remove(&dir);
}

static void standard_input(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct log log = {.count = 0};
    struct intake_total total;
    struct err e;
    const char *dash = "-";
    const int keep = dup(STDIN_FILENO);
    const int fd = open(scratch_file(&dir, "chat.txt", CHAT), O_RDONLY);
    assert_true(fd >= 0 && dup2(fd, STDIN_FILENO) == STDIN_FILENO);
    assert_int_equal(run(&dir, &dash, 1, &log, &total, &e), OK);
    dup2(keep, STDIN_FILENO);
    close(fd);
    close(keep);
    assert_int_equal(total.messages, 3);
    assert_string_equal(log.lines[0].name, "standard input");
    assert_string_equal(scratch_sql(dir.archive, "SELECT path = '' FROM source"), "1");
    scratch_remove(&dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_and_the_same_again),
        cmocka_unit_test(provenance_points_into_the_file),
        cmocka_unit_test(a_folder_in_byte_order),
        cmocka_unit_test(out_of_order_is_read_twice_and_sorted),
        cmocka_unit_test(overlapping_exports_share_messages),
        cmocka_unit_test(failures_make_no_archive),
        cmocka_unit_test(stopping_leaves_the_archive_as_it_was),
        cmocka_unit_test(standard_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
