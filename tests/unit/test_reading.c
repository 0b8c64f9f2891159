/*
 * Readings through a confined child, with an importer of our own that dies on command: the
 * handler's calls are logged and compared as text. What the child reads is what it reads without
 * confinement.
 */
#define _GNU_SOURCE /* mkdtemp */

#include "buf.h"
#include "reading.h"
#include "sandbox.h"

#include <signal.h>
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
#undef fail /* cmocka has a macro of this name */

enum { FILES = 8 };

/* ---- an importer: a line is a message, or a command ----------------------------------------- */

static int fake_bid(str prefix, str name)
{
    (void)prefix;
    (void)name;
    return BID_NO;
}

static void obey(str line)
{
    int *volatile nowhere = NULL;
    if (str_eq(line, STR("DIE\n")))
        *nowhere = 1;
    if (str_eq(line, STR("ABORT\n")))
        abort();
    if (str_eq(line, STR("LEAVE\n")))
        _exit(9);
    for (volatile bool on = str_eq(line, STR("SPIN\n")); on;)
        ;
}

static enum status fake_read(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    str window;
    enum status st;
    (void)options;
    while ((st = source_peek(source, 200, &window, e)) == OK && window.n) {
        struct message m = message_empty();
        const size_t n = str_find_byte(window, '\n') + 1;
        m.raw = str_sub(window, 0, n);
        obey(m.raw);
        if (str_eq(m.raw, STR("FAIL\n")))
            return fail(e, ERR_FORMAT, "this cannot be read");
        m.conversation = STR("c");
        m.text = str_sub(m.raw, 0, n - 1);
        m.locus.at = source_at(source);
        m.locus.length = n;
        st = sink->message(sink, &m, e);
        if (st != OK)
            return st;
        source_advance(source, n);
    }
    return st;
}

static void fake_count(struct counter *c, str bytes)
{
    for (size_t i = 0; i < bytes.n; i++)
        c->records += bytes.p[i] == '\n';
}

static const struct importer fake = {
    .name = "fake",
    .title = "lines",
    .where = "here",
    .version = "1",
    .bid = fake_bid,
    .read = fake_read,
    .count = fake_count,
};

/* ---- a handler that logs -------------------------------------------------------------------- */

struct log {
    struct sink sink;
    struct buf text;
    const char *skip_file; /* its digest is asked for, and then it is not wanted */
    const char *stop_at;   /* a message at which the sink stops */
    const char *break_at;  /* a message at which the sink fails for good */
    const char *const *paths;
    bool stop;
};

static enum status on_file(void *context, size_t file, const struct sha256_digest *digest,
                           enum reading_answer *answer, struct err *e)
{
    struct log *const log = context;
    (void)e;
    buf_addf(&log->text, "file %zu%s\n", file, digest ? " digest" : "");
    *answer = READING_GO;
    if (log->skip_file && strstr(log->paths[file], log->skip_file))
        *answer = digest ? READING_SKIP : READING_DIGEST_FIRST;
    return OK;
}

static enum status on_begin(void *context, const struct reading_member *m, struct err *e)
{
    struct log *const log = context;
    (void)e;
    buf_addf(&log->text, "begin " STR_FMT " as %s%s\n", STR_ARG(m->path),
             m->format ? m->format->name : "nothing", m->alone ? ", alone" : "");
    return OK;
}

static enum status on_message(struct sink *sink, const struct message *m, struct err *e)
{
    struct log *const log = (struct log *)sink;
    buf_addf(&log->text, "  \"" STR_FMT "\"\n", STR_ARG(m->text));
    if (log->stop_at && str_eq(m->text, str_of(log->stop_at)))
        return fail(e, ERR_STOPPED, "enough of it");
    if (log->break_at && str_eq(m->text, str_of(log->break_at)))
        return fail(e, ERR_DB, "the archive broke");
    return OK;
}

static enum status on_end(void *context, const struct reading_member *m,
                          const struct import_report *r, const struct err *failure, struct err *e)
{
    struct log *const log = context;
    (void)m;
    (void)e;
    if (failure)
        buf_addf(&log->text, "failed: %s\n", failure->msg);
    else
        buf_addf(&log->text, "end: %d messages\n", (int)r->messages);
    return OK;
}

static enum status on_skipped(void *context, const struct member *m,
                              const struct importer *companion, const char *why, struct err *e)
{
    struct log *const log = context;
    (void)e;
    buf_addf(&log->text, "skipped " STR_FMT "%s: %s\n", STR_ARG(m->path), companion ? " along" : "",
             why);
    return OK;
}

static enum status on_fault(void *context, const struct bundle_fault *f, struct err *e)
{
    struct log *const log = context;
    (void)e;
    buf_addf(&log->text, "fault %s: " STR_FMT "\n", f->code, STR_ARG(f->what));
    return OK;
}

static enum status on_file_end(void *context, size_t file, const struct sha256_digest *digest,
                               uint64_t size, struct err *e)
{
    struct log *const log = context;
    (void)e;
    buf_addf(&log->text, "file end %zu, %d bytes%s\n", file, (int)size, digest ? "" : ", unread");
    return OK;
}

static bool on_stop(void *context)
{
    return ((struct log *)context)->stop;
}

/* ---- a folder of files ---------------------------------------------------------------------- */

struct folder {
    char path[40];
    char *paths[FILES];
    const char *list[FILES];
    struct bundle_file files[FILES];
    size_t count;
};

static struct folder folder_new(void)
{
    struct folder f = {.path = "/tmp/stet-reading.XXXXXX"};
    assert_non_null(mkdtemp(f.path));
    return f;
}

static void folder_add(struct folder *f, const char *name, const char *text)
{
    const size_t i = f->count++;
    f->paths[i] = malloc(strlen(f->path) + strlen(name) + 2);
    assert_non_null(f->paths[i]);
    sprintf(f->paths[i], "%s/%s", f->path, name);
    FILE *const file = fopen(f->paths[i], "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    f->files[i] = (struct bundle_file){.name = str_of(name), .size = strlen(text)};
}

static void folder_remove(struct folder *f)
{
    for (size_t i = 0; i < f->count; i++) {
        unlink(f->paths[i]);
        free(f->paths[i]);
    }
    assert_int_equal(rmdir(f->path), 0);
}

static struct log log_new(void)
{
    return (struct log){.sink = {.message = on_message}, .text = buf_new(1 << 20)};
}

static enum status read_folder(struct folder *f, struct log *log, struct reading_job job,
                               struct err *e)
{
    const struct reading_handler h = {
        .file = on_file,
        .begin = on_begin,
        .sink = &log->sink,
        .end = on_end,
        .skipped = on_skipped,
        .fault = on_fault,
        .file_end = on_file_end,
        .stop = on_stop,
    };
    for (size_t i = 0; i < f->count; i++)
        f->list[i] = f->paths[i];
    log->paths = f->list;
    job.files = f->files;
    job.paths = f->list;
    job.count = f->count;
    return reading_run(&job, &h, log, e);
}

static void assert_log(struct log *log, const char *expected)
{
    buf_add(&log->text, STR(""));
    assert_string_equal(log->text.p ? log->text.p : "", expected);
    buf_free(&log->text);
}

static const struct reading_job as_fake = {.importer = &fake};

/* ---- the cases ------------------------------------------------------------------------------ */

static void test_members_are_told_in_order(void **state)
{
    (void)state;
    for (int unconfined = 0; unconfined < 2; unconfined++) {
        struct folder f = folder_new();
        struct log log = log_new();
        struct err e = {0};
        struct reading_job job = as_fake;
        job.unconfined = unconfined;
        folder_add(&f, "a", "one\ntwo\n");
        folder_add(&f, "b", "three\n");
        assert_int_equal(read_folder(&f, &log, job, &e), OK);
        assert_log(&log, "file 0\nbegin a as fake\n  \"one\"\n  \"two\"\nend: 2 messages\n"
                         "file end 0, 8 bytes\n"
                         "file 1\nbegin b as fake\n  \"three\"\nend: 1 messages\n"
                         "file end 1, 6 bytes\n");
        folder_remove(&f);
    }
}

static void test_a_death_costs_one_member(void **state)
{
    (void)state;
    if (SANITIZED)
        skip(); /* which report instead */
    struct folder f = folder_new();
    struct log log = log_new();
    struct err e = {0};
    folder_add(&f, "a", "one\n");
    folder_add(&f, "b", "two\nDIE\nthree\n");
    folder_add(&f, "c", "ABORT\n");
    folder_add(&f, "d", "LEAVE\n");
    folder_add(&f, "e", "four\n");
    assert_int_equal(read_folder(&f, &log, as_fake, &e), OK);
    assert_log(
        &log,
        "file 0\nbegin a as fake\n  \"one\"\nend: 1 messages\nfile end 0, 4 bytes\n"
        "file 1\nbegin b as fake\n"
        "failed: the reader died (signal 11) at byte 0 of “b”\nfile end 1, 14 bytes\n"
        "file 2\nbegin c as fake\nfailed: the reader gave up (signal 6), perhaps for lack of "
        "memory: it may have 2 GiB at byte 0 of “c”\nfile end 2, 6 bytes\n"
        "file 3\nbegin d as fake\nfailed: the reader ended before its time (9) at byte 0 of “d”\n"
        "file end 3, 6 bytes\n"
        "file 4\nbegin e as fake\n  \"four\"\nend: 1 messages\nfile end 4, 5 bytes\n");
    folder_remove(&f);
}

static void test_one_that_takes_too_long_is_stopped(void **state)
{
    (void)state;
    struct folder f = folder_new();
    struct log log = log_new();
    struct err e = {0};
    struct reading_job job = as_fake;
    job.cpu_seconds = 1;
    folder_add(&f, "a", "SPIN\n");
    folder_add(&f, "b", "two\n");
    assert_int_equal(read_folder(&f, &log, job, &e), OK);
    assert_log(&log, "file 0\nbegin a as fake\nfailed: the reader computed for more than 1 "
                     "seconds, and one for each MiB, and was stopped at byte 0 of “a”\n"
                     "file end 0, 5 bytes\n"
                     "file 1\nbegin b as fake\n  \"two\"\nend: 1 messages\nfile end 1, 4 bytes\n");
    folder_remove(&f);
}

static void test_options_become_text_and_back(void **state)
{
    (void)state;
    const struct reading_job job = {.date_order = STR_INIT("mdy"),
                                    .owner = STR_INIT("Ines = I"),
                                    .map = STR_INIT("time=date,text=body"),
                                    .names_path = "/tmp/names.csv"};
    struct reading_job back = {.lone = false};
    struct arena arena = {0};
    struct buf text = buf_new(1000);
    reading_options_put(&text, &job);
    reading_options_get(&back, buf_str(&text), &arena);
    assert_true(str_eq(back.date_order, job.date_order) && str_eq(back.owner, job.owner));
    assert_true(str_eq(back.map, job.map) && !back.format.n);
    assert_string_equal(back.names_path, job.names_path);
    buf_free(&text);
    arena_free(&arena);
}

static void test_too_many_deaths_end_the_reading(void **state)
{
    (void)state;
    if (SANITIZED)
        skip();
    enum { MANY = READING_DEATHS_MAX + 5 };
    struct folder f = folder_new();
    struct bundle_file files[MANY];
    const char *paths[MANY];
    struct log log = log_new();
    struct err e = {0};
    const struct reading_handler h = {.sink = &log.sink, .end = on_end};
    struct reading_job job = as_fake;
    folder_add(&f, "a", "DIE\n");
    for (size_t i = 0; i < MANY; i++) {
        files[i] = f.files[0];
        paths[i] = f.paths[0];
    }
    job.files = files;
    job.paths = paths;
    job.count = MANY;
    assert_int_equal(reading_run(&job, &h, &log, &e), ERR_LIMIT);
    assert_string_equal(e.msg, "the reader died 20 times: the rest was not read");
    buf_free(&log.text);
    folder_remove(&f);
}

static void test_a_failure_is_the_members_own(void **state)
{
    (void)state;
    struct folder f = folder_new();
    struct log log = log_new();
    struct err e = {0};
    folder_add(&f, "a", "one\nFAIL\n");
    folder_add(&f, "b", "two\n");
    assert_int_equal(read_folder(&f, &log, as_fake, &e), OK);
    assert_log(&log, "file 0\nbegin a as fake\n  \"one\"\nfailed: this cannot be read\n"
                     "file end 0, 9 bytes\n"
                     "file 1\nbegin b as fake\n  \"two\"\nend: 1 messages\nfile end 1, 4 bytes\n");
    folder_remove(&f);
}

static void test_a_sink_may_stop_a_member_or_the_run(void **state)
{
    (void)state;
    for (int unconfined = 0; unconfined < 2; unconfined++) {
        struct folder f = folder_new();
        struct log log = log_new(), log2 = log_new();
        struct err e = {0};
        struct reading_job job = as_fake;
        job.unconfined = unconfined;
        folder_add(&f, "a", "one\ntwo\n");
        folder_add(&f, "b", "three\n");
        log.stop_at = "one";
        assert_int_equal(read_folder(&f, &log, job, &e), OK);
        assert_log(&log, "file 0\nbegin a as fake\n  \"one\"\nfailed: enough of it\n"
                         "file end 0, 8 bytes\n"
                         "file 1\nbegin b as fake\n  \"three\"\nend: 1 messages\n"
                         "file end 1, 6 bytes\n");
        log2.break_at = "two";
        assert_int_equal(read_folder(&f, &log2, job, &e), ERR_DB);
        assert_string_equal(e.msg, "the archive broke");
        assert_log(&log2, "file 0\nbegin a as fake\n  \"one\"\n  \"two\"\n");
        folder_remove(&f);
    }
}

static void test_files_that_are_known_are_passed_over(void **state)
{
    (void)state;
    struct folder f = folder_new();
    struct log log = log_new();
    struct err e = {0};
    folder_add(&f, "a", "one\n");
    folder_add(&f, "known", "two\n");
    folder_add(&f, "b", "three\n");
    log.skip_file = "known";
    assert_int_equal(read_folder(&f, &log, as_fake, &e), OK);
    assert_log(&log, "file 0\nbegin a as fake\n  \"one\"\nend: 1 messages\nfile end 0, 4 bytes\n"
                     "file 1\nfile 1 digest\n"
                     "file 2\nbegin b as fake\n  \"three\"\nend: 1 messages\n"
                     "file end 2, 6 bytes\n");
    folder_remove(&f);
}

static void test_what_nobody_reads_is_skipped_unless_it_is_alone(void **state)
{
    (void)state;
    struct folder f = folder_new();
    struct log log = log_new(), log2 = log_new();
    struct err e = {0};
    const struct reading_job plain = {.lone = false}, lone = {.lone = true};
    folder_add(&f, "a.bin", "\x01\x02\x03");
    assert_int_equal(read_folder(&f, &log, plain, &e), OK);
    assert_non_null(strstr(log.text.p, "skipped a.bin: “a.bin” looks like"));
    assert_non_null(strstr(log.text.p, "file end 0, 0 bytes, unread\n"));
    assert_int_equal(read_folder(&f, &log2, lone, &e), OK);
    assert_non_null(strstr(log2.text.p, "begin a.bin as nothing"));
    assert_non_null(strstr(log2.text.p, "failed: “a.bin” looks like"));
    buf_free(&log.text);
    buf_free(&log2.text);
    folder_remove(&f);
}

static void test_a_file_that_cannot_be_opened_fails_alone(void **state)
{
    (void)state;
    struct folder f = folder_new();
    struct log log = log_new();
    struct err e = {0};
    folder_add(&f, "a", "one\n");
    folder_add(&f, "b", "two\n");
    unlink(f.paths[0]);
    assert_int_equal(read_folder(&f, &log, as_fake, &e), OK);
    assert_non_null(strstr(log.text.p, "no such file"));
    assert_non_null(strstr(log.text.p, "  \"two\"\nend: 1 messages\n"));
    buf_free(&log.text);
    folder_remove(&f);
}

static void test_options_that_make_no_sense(void **state)
{
    (void)state;
    struct folder f = folder_new();
    struct log log = log_new();
    struct err e1 = {0}, e2 = {0}, e3 = {0};
    folder_add(&f, "a", "one\n");
    assert_int_equal(read_folder(&f, &log, (struct reading_job){.format = STR_INIT("nosuch")}, &e1),
                     ERR_MISSING);
    assert_int_equal(read_folder(&f, &log, (struct reading_job){.zone_name = "Europe/Berlim"}, &e2),
                     ERR_MISSING);
    assert_int_equal(
        read_folder(&f, &log, (struct reading_job){.date_order = STR_INIT("xyz")}, &e3), ERR_QUERY);
    assert_log(&log, "");
    folder_remove(&f);
}

static void test_the_user_may_stop(void **state)
{
    (void)state;
    struct folder f = folder_new();
    struct log log = log_new();
    struct err e = {0};
    log.stop = true;
    folder_add(&f, "a", "one\n");
    assert_int_equal(read_folder(&f, &log, as_fake, &e), ERR_STOPPED);
    buf_free(&log.text);
    folder_remove(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_members_are_told_in_order),
        cmocka_unit_test(test_a_death_costs_one_member),
        cmocka_unit_test(test_one_that_takes_too_long_is_stopped),
        cmocka_unit_test(test_options_become_text_and_back),
        cmocka_unit_test(test_too_many_deaths_end_the_reading),
        cmocka_unit_test(test_a_failure_is_the_members_own),
        cmocka_unit_test(test_a_sink_may_stop_a_member_or_the_run),
        cmocka_unit_test(test_files_that_are_known_are_passed_over),
        cmocka_unit_test(test_what_nobody_reads_is_skipped_unless_it_is_alone),
        cmocka_unit_test(test_a_file_that_cannot_be_opened_fails_alone),
        cmocka_unit_test(test_options_that_make_no_sense),
        cmocka_unit_test(test_the_user_may_stop),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
