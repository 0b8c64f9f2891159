/* Opening archives, safely; reading back what was stored; refusing what is not ours. */
#include "../../src/store/schema.h"
#include "../support/scratch.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>

static const int64_t start_ms = INT64_C(1456911667000); /* 2016-03-02 09:41:07 */

static enum status try_open(const char *path, enum store_mode mode, struct err *e)
{
    struct store *s = NULL;
    *e = (struct err){.code = OK};
    const enum status st = store_open(&s, path, mode, e);
    store_close(s);
    return st;
}

static struct store *open_store(const struct scratch *dir, enum store_mode mode)
{
    struct err e = {.code = OK};
    struct store *s = NULL;
    if (store_open(&s, dir->archive, mode, &e) != OK)
        fail_msg("%s", e.msg);
    return s;
}

/* Three messages and an event by two people. */
static void make_small(const struct scratch *dir)
{
    struct message m[] = {
        scratch_message("noll", "good morning", start_ms, 0),
        scratch_message("Lirra", "the dredging permit, @noll", start_ms + 61000, 100),
        scratch_message("", "noll left", start_ms + 62000, 200),
        scratch_message("noll", "permit 16-0419", start_ms + 63500, 300),
    };
    m[2].kind = KIND_EVENT;
    struct write_result r;
    struct store *s = open_store(dir, STORE_CREATE);
    scratch_store(s, "small", m, 4, &r);
    store_close(s);
}

/* ---- making and finding ----------------------------------------------------------------------- */

static void missing_archives(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct err e;
    assert_int_equal(try_open(dir.archive, STORE_READ, &e), ERR_MISSING);
    assert_non_null(strstr(e.hint, "import"));
    assert_int_equal(try_open(dir.archive, STORE_WRITE, &e), ERR_MISSING);
    assert_int_equal(try_open("/no/such/folder/a.stet", STORE_CREATE, &e), ERR_MISSING);
    assert_false(scratch_exists(dir.archive));
    scratch_remove(&dir);
}

static void an_unused_new_archive_goes_again(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir, STORE_CREATE);
    struct err e = {.code = OK};
    assert_true(scratch_exists(dir.archive));
    int64_t id = 7;
    const struct sha256_digest d = sha256_of(STR("x"));
    assert_int_equal(store_find_source(s, &d, STR(""), &id, &e), OK);
    assert_int_equal(id, 0);
    struct writer *w;
    assert_int_equal(writer_begin(&w, s, WRITE_STREAM, &e), OK);
    writer_abandon(w);
    store_close(s);
    assert_false(scratch_exists(dir.archive));
    scratch_remove(&dir);
}

static void an_empty_file_of_the_user_stays(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct err e;
    scratch_file(&dir, "archive.stet", STR(""));
    assert_int_equal(try_open(dir.archive, STORE_READ, &e), ERR_MISSING);
    assert_non_null(strstr(e.msg, "empty"));
    assert_int_equal(try_open(dir.archive, STORE_CREATE, &e), OK);
    assert_true(scratch_exists(dir.archive));
    make_small(&dir);
    assert_int_equal(try_open(dir.archive, STORE_READ, &e), OK);
    scratch_remove(&dir);
}

static void only_the_owner_may_read_it(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct stat info;
    const mode_t before = umask(0);
    make_small(&dir);
    umask(before);
    assert_int_equal(stat(dir.archive, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    scratch_remove(&dir);
}

static void names_are_never_uris(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct err e = {.code = OK};
    struct store *s = NULL;
    char here[4096];
    assert_non_null(getcwd(here, sizeof here));
    assert_int_equal(chdir(dir.folder), 0);
    assert_int_equal(store_open(&s, "file:a.stet?mode=memory", STORE_CREATE, &e), OK);
    assert_true(scratch_exists("file:a.stet?mode=memory"));
    assert_true(store_path(s)[0] == '/');
    store_close(s);
    assert_int_equal(chdir(here), 0);
    scratch_remove(&dir);
}

/* ---- refusing --------------------------------------------------------------------------------- */

static void foreign_files(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct err e;
    const char *text = scratch_file(&dir, "notes.txt",
                                    STR("these are notes, a good many of them, "
                                        "and certainly no database at all"));
    assert_int_equal(try_open(text, STORE_READ, &e), ERR_DB);
    assert_non_null(strstr(e.msg, "not an archive of Stet"));
    assert_int_equal(try_open(text, STORE_CREATE, &e), ERR_DB);
    assert_true(scratch_exists(text));
    char other[128];
    snprintf(other, sizeof other, "%s/other.db", dir.folder);
    scratch_sql(other, "CREATE TABLE t(x)");
    assert_int_equal(try_open(other, STORE_WRITE, &e), ERR_DB);
    assert_non_null(strstr(e.msg, "not an archive of Stet"));
    assert_int_equal(try_open(dir.folder, STORE_READ, &e), ERR_DB);
    scratch_remove(&dir);
}

static void symbolic_links(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct err e;
    char link[128];
    make_small(&dir);
    snprintf(link, sizeof link, "%s/link.stet", dir.folder);
    assert_int_equal(symlink(dir.archive, link), 0);
    assert_int_equal(try_open(link, STORE_READ, &e), ERR_DB);
    assert_non_null(strstr(e.msg, "symbolic link"));
    scratch_remove(&dir);
}

static void other_versions(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct err e;
    make_small(&dir);
    scratch_sql(dir.archive, "PRAGMA user_version=77");
    assert_int_equal(try_open(dir.archive, STORE_READ, &e), ERR_DB);
    assert_non_null(strstr(e.msg, "newer Stet"));
    assert_non_null(strstr(e.hint, "77"));
    scratch_sql(dir.archive, "PRAGMA user_version=0");
    assert_int_equal(try_open(dir.archive, STORE_READ, &e), ERR_DB);
    assert_non_null(strstr(e.msg, "older Stet"));
    assert_int_equal(try_open(dir.archive, STORE_WRITE, &e), ERR_DB);
    assert_non_null(strstr(e.msg, "no step from 0"));
    scratch_remove(&dir);
}

static void migration_steps_run_or_leave_all_as_it_was(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct err e = {.code = OK};
    make_small(&dir);
    struct store *s = open_store(&dir, STORE_WRITE);
    static const struct migration steps[] = {
        {2, "ALTER TABLE source ADD COLUMN weight INTEGER NOT NULL DEFAULT 5"},
        {3, "CREATE TABLE shelf(id INTEGER PRIMARY KEY) STRICT; INSERT INTO shelf VALUES(42)"},
        {4, "INSERT INTO shelf VALUES(43); INSERT INTO no_such_table VALUES(1)"},
    };
    assert_int_equal(schema_migrate(s, 2, 5, steps, 3, &e), ERR_DB);
    e.code = OK;
    assert_int_equal(schema_migrate(s, 2, 6, steps, 2, &e), ERR_DB);
    assert_non_null(strstr(e.msg, "no step from 4"));
    store_close(s);
    assert_string_equal(scratch_sql(dir.archive, "PRAGMA user_version"), "2");
    assert_int_equal(try_open(dir.archive, STORE_READ, &e), OK); /* nothing of it stayed */
    s = open_store(&dir, STORE_WRITE);
    e.code = OK;
    assert_int_equal(schema_migrate(s, 2, 4, steps, 3, &e), OK);
    store_close(s);
    assert_string_equal(scratch_sql(dir.archive, "PRAGMA user_version"), "4");
    assert_string_equal(scratch_sql(dir.archive, "SELECT weight + (SELECT id FROM shelf) FROM "
                                                 "source"),
                        "47");
    scratch_remove(&dir);
}

static void added_or_changed_schemas(void **state)
{
    (void)state;
    static const char *const changes[] = {
        "CREATE TABLE extra(x)",
        "CREATE VIEW extra AS SELECT 1",
        "CREATE TRIGGER extra AFTER INSERT ON message BEGIN SELECT 1; END",
        "CREATE INDEX extra ON message(text)",
        "CREATE VIRTUAL TABLE extra USING fts5(x)",
        "DROP VIEW v_message; CREATE VIEW v_message AS SELECT 'not what was said' AS text",
        "DROP VIEW v_issue",
        "ALTER TABLE issue ADD COLUMN extra TEXT",
        "ANALYZE message",
    };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct scratch dir = scratch_make();
        struct err e;
        make_small(&dir);
        scratch_sql(dir.archive, changes[i]);
        if (try_open(dir.archive, STORE_READ, &e) != ERR_DB || !strstr(e.msg, "schema"))
            fail_msg("opened after: %s (%s)", changes[i], e.msg);
        assert_int_equal(try_open(dir.archive, STORE_CREATE, &e), ERR_DB);
        scratch_remove(&dir);
    }
}

static void a_damaged_file_is_a_sentence(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct err e;
    make_small(&dir);
    const str whole = scratch_read(dir.archive);
    int refused = 0;
    for (size_t at = 0; at < whole.n; at += 499) {
        char *copy = malloc(whole.n);
        memcpy(copy, whole.p, whole.n);
        for (size_t i = at; i < at + 40 && i < whole.n; i++)
            copy[i] = (char)(copy[i] ^ 0x5a);
        scratch_file(&dir, "damaged.stet", (str){copy, whole.n});
        free(copy);
        char path[128];
        snprintf(path, sizeof path, "%s/damaged.stet", dir.folder);
        struct store *s = NULL;
        e = (struct err){.code = OK};
        enum status st = store_open(&s, path, STORE_WRITE, &e);
        if (st == OK)
            st = store_check(s, &e);
        store_close(s);
        refused += st != OK;
        assert_true(st == OK || (strstr(e.msg, "damaged.stet") && e.code != ERR_STOPPED));
    }
    assert_true(refused > 20); /* bytes that nothing uses may change */
    free((void *)whole.p);
    scratch_remove(&dir);
}

static void a_connection_is_closed_down(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    make_small(&dir);
    struct store *s = open_store(&dir, STORE_WRITE);
    sqlite3 *db = store_db(s);
    static const char *const refused[] = {
        "SELECT fts3_tokenizer('x', x'4141414141414141')",
        "INSERT INTO message_fts_data VALUES(99, x'00')",
        "SELECT load_extension('x')",
        "ATTACH ':memory:' AS other",
        "SELECT \"no such column\"",
        "SELECT * FROM v_message",
        "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = ''",
    };
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        if (sqlite3_exec(db, refused[i], NULL, NULL, NULL) == SQLITE_OK)
            fail_msg("accepted: %s", refused[i]);
    }
    store_close(s);
    s = open_store(&dir, STORE_READ);
    assert_int_not_equal(sqlite3_exec(store_db(s), "DELETE FROM message", NULL, NULL, NULL),
                         SQLITE_OK);
    store_close(s);
    scratch_remove(&dir);
}

static void a_second_writer_is_told_to_wait(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct err e = {.code = OK};
    make_small(&dir);
    struct store *one = open_store(&dir, STORE_WRITE), *two = open_store(&dir, STORE_WRITE);
    struct writer *w, *second;
    assert_int_equal(writer_begin(&w, one, WRITE_STREAM, &e), OK);
    sqlite3_busy_timeout(store_db(two), 10);
    assert_int_equal(writer_begin(&second, two, WRITE_STREAM, &e), ERR_DB);
    assert_non_null(strstr(e.msg, "another program"));
    assert_non_null(strstr(e.hint, "wait"));
    writer_abandon(w);
    store_close(one);
    store_close(two);
    scratch_remove(&dir);
}

/* A writer that is killed in the middle, when pages of its transaction are in the file already. */
static void write_until_killed(const struct scratch *dir)
{
    enum { MANY = 20000 };
    static char texts[MANY][40];
    struct store *s = open_store(dir, STORE_CREATE);
    struct err e = {.code = OK};
    struct writer *w;
    const struct origin o = {.name = STR("x"), .path = STR("")};
    if (writer_begin(&w, s, WRITE_STREAM, &e) != OK || writer_source(w, &o, &e) != OK)
        _exit(1);
    sqlite3_exec(store_db(s), "PRAGMA cache_size=10", NULL, NULL, NULL);
    for (int i = 0; i < MANY; i++) {
        snprintf(texts[i], sizeof texts[i], "word%d and word%d", i, i * 7);
        const struct message m = scratch_message("noll", texts[i], start_ms + i * 1000, 0);
        if (writer_sink(w)->message(writer_sink(w), &m, &e) != OK)
            _exit(2);
    }
    raise(SIGKILL);
}

static void kill_a_writer(const struct scratch *dir)
{
    int how = 0;
    const pid_t child = fork();
    if (child == 0)
        write_until_killed(dir);
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
}

static void a_killed_import_leaves_the_archive_as_it_was(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct err e = {.code = OK};
    char journal[128];
    make_small(&dir);
    const str before = scratch_read(dir.archive);
    kill_a_writer(&dir);
    snprintf(journal, sizeof journal, "%s-journal", dir.archive);
    const str left = scratch_read(journal), torn = scratch_read(dir.archive);
    assert_true(left.n > 0 && torn.n > before.n); /* or this would prove nothing */
    struct store *s = open_store(&dir, STORE_READ);
    assert_int_equal(columns_rows(store_columns(s)), 4);
    store_close(s);
    s = open_store(&dir, STORE_WRITE);
    assert_int_equal(store_check(s, &e), OK);
    store_close(s);
    const str after = scratch_read(dir.archive);
    assert_int_equal(after.n, before.n);
    assert_memory_equal(after.p, before.p, before.n);
    free((void *)before.p);
    free((void *)left.p);
    free((void *)torn.p);
    free((void *)after.p);
    scratch_remove(&dir);
}

static void a_killed_first_import_leaves_an_empty_archive(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct err e;
    kill_a_writer(&dir);
    assert_true(scratch_exists(dir.archive));
    assert_int_equal(try_open(dir.archive, STORE_READ, &e), ERR_MISSING);
    make_small(&dir);
    assert_int_equal(try_open(dir.archive, STORE_READ, &e), OK);
    scratch_remove(&dir);
}

/* ---- reading ---------------------------------------------------------------------------------- */

static void messages_come_back(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct arena a = {.first = NULL};
    struct err e = {.code = OK};
    make_small(&dir);
    struct store *s = open_store(&dir, STORE_READ);
    struct stored m;
    assert_int_equal(store_message(s, 2, &a, &m, &e), OK);
    assert_true(str_eq(m.message.text, STR("the dredging permit, @noll")));
    assert_true(str_eq(m.message.sender, STR("Lirra")));
    assert_true(m.message.time.wall_ms == start_ms + 61000);
    assert_true(str_eq(m.message.time_shown, STR("")));
    assert_int_equal(m.message.flags, FLAG_MENTION);
    assert_int_equal(m.witnesses, 1);
    assert_int_equal(m.message.locus.at, 100);
    str text;
    assert_int_equal(store_text(s, 4, &text, &e), OK);
    assert_true(str_eq(text, STR("permit 16-0419")));
    assert_int_equal(store_message(s, 5, &a, &m, &e), ERR_MISSING);
    assert_non_null(strstr(e.hint, "1 to 4"));
    e.code = OK;
    assert_int_equal(store_text(s, -1, &text, &e), ERR_MISSING);
    arena_free(&a);
    store_close(s);
    scratch_remove(&dir);
}

static void citations(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct arena a = {.first = NULL};
    make_small(&dir);
    struct store *s = open_store(&dir, STORE_READ);
    for (int64_t row = 1; row <= 4; row++) {
        char citation[CITATION_TEXT];
        struct stored m;
        struct err e = {.code = OK};
        int64_t found = 0;
        assert_int_equal(store_message(s, row, &a, &m, &e), OK);
        message_citation(citation, m.message.time.wall_ms, m.content_id);
        assert_int_equal(store_cited(s, str_of(citation), &found, &e), OK);
        assert_int_equal(found, row);
        citation[strlen(citation) - 1] ^= 1;
        assert_int_equal(store_cited(s, str_of(citation), &found, &e), ERR_MISSING);
    }
    static const char *const bad[] = {
        "", "/", "undated/", "2016-03-02/0000-0000", "2016-03-02T09:41:07/00000000", "x/1234-567g"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t found;
        struct err e = {.code = OK};
        assert_int_equal(store_cited(s, str_of(bad[i]), &found, &e), ERR_MISSING);
    }
    arena_free(&a);
    store_close(s);
    scratch_remove(&dir);
}

static void lists(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct arena a = {.first = NULL};
    struct err e = {.code = OK};
    size_t n;
    make_small(&dir);
    struct store *s = open_store(&dir, STORE_READ);
    struct participant_row *p;
    assert_int_equal(store_participants(s, &a, &p, &n, &e), OK);
    assert_int_equal(n, 2);
    assert_true(str_eq(p[0].name, STR("noll")) && p[0].messages == 2);
    assert_int_equal(p[0].first_row, 1);
    assert_int_equal(p[0].last_row, 4);
    struct conversation_row *c;
    assert_int_equal(store_conversations(s, &a, &c, &n, &e), OK);
    assert_int_equal(n, 1);
    assert_int_equal(c[0].messages, 3);
    assert_int_equal(c[0].events, 1);
    assert_int_equal(c[0].participants, 2);
    struct source_row *sources;
    assert_int_equal(store_sources(s, &a, &sources, &n, &e), OK);
    assert_int_equal(n, 1);
    assert_int_equal(sources[0].last_row, 4);
    int64_t *ids;
    assert_int_equal(store_conversations_of(s, p[1].id, &a, &ids, &n, &e), OK);
    assert_int_equal(n, 1);
    assert_int_equal(ids[0], c[0].id);
    arena_free(&a);
    store_close(s);
    scratch_remove(&dir);
}

/* What a plain SQLite tool sees. */
static void views_say_it_in_words(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    make_small(&dir);
    assert_string_equal(scratch_sql(dir.archive, "SELECT time_shown || ' ' || utc || ' ' || basis"
                                                 " || ' ' || kind || ' ' || sender || ' ' || text"
                                                 " FROM v_message WHERE id = 1"),
                        "2016-03-02 09:41:07 2016-03-02T09:41:07Z assumed text noll good morning");
    assert_string_equal(scratch_sql(dir.archive, "SELECT time_shown FROM v_message WHERE id = 4"),
                        "2016-03-02 09:42:10.500");
    assert_string_equal(scratch_sql(dir.archive, "SELECT count(*) FROM v_source, v_participant,"
                                                 " v_conversation WHERE participants = 2"),
                        "2");
    struct store *s = open_store(&dir, STORE_READ);
    for (int64_t row = 1; row <= 4; row++) {
        char sql[80];
        int64_t found = 0;
        struct err e = {.code = OK};
        snprintf(sql, sizeof sql, "SELECT citation FROM v_message WHERE id = %d", (int)row);
        assert_int_equal(store_cited(s, str_of(scratch_sql(dir.archive, sql)), &found, &e), OK);
        assert_int_equal(found, row);
    }
    store_close(s);
    scratch_remove(&dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(missing_archives),
        cmocka_unit_test(an_unused_new_archive_goes_again),
        cmocka_unit_test(an_empty_file_of_the_user_stays),
        cmocka_unit_test(only_the_owner_may_read_it),
        cmocka_unit_test(names_are_never_uris),
        cmocka_unit_test(foreign_files),
        cmocka_unit_test(symbolic_links),
        cmocka_unit_test(other_versions),
        cmocka_unit_test(migration_steps_run_or_leave_all_as_it_was),
        cmocka_unit_test(added_or_changed_schemas),
        cmocka_unit_test(a_damaged_file_is_a_sentence),
        cmocka_unit_test(a_connection_is_closed_down),
        cmocka_unit_test(a_second_writer_is_told_to_wait),
        cmocka_unit_test(a_killed_import_leaves_the_archive_as_it_was),
        cmocka_unit_test(a_killed_first_import_leaves_an_empty_archive),
        cmocka_unit_test(messages_come_back),
        cmocka_unit_test(citations),
        cmocka_unit_test(lists),
        cmocka_unit_test(views_say_it_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
