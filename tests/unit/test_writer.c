/* Writing: the order of rows, undated records, occurrences, duplicates, names, the word index. */
#include "../support/scratch.h"
#include "tokenize.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>

static const int64_t start_ms = INT64_C(1456911667000); /* 2016-03-02 09:41:07 */

static struct store *open_store(const struct scratch *dir)
{
    struct err e = {.code = OK};
    struct store *s = NULL;
    if (store_open(&s, dir->archive, STORE_CREATE, &e) != OK)
        fail_msg("%s", e.msg);
    return s;
}

static void close_checked(struct store *s, struct scratch *dir)
{
    struct err e = {.code = OK};
    if (store_check(s, &e) != OK)
        fail_msg("%s", e.msg);
    store_close(s);
    scratch_remove(dir);
}

static void check_text(struct store *s, int64_t row, const char *text)
{
    struct err e = {.code = OK};
    str found;
    if (store_text(s, row, &found, &e) != OK)
        fail_msg("%s", e.msg);
    if (!str_eq(found, str_of(text)))
        fail_msg("row %lld is \"" STR_FMT "\", not \"%s\"", (long long)row, STR_ARG(found), text);
}

static struct stored message_at(struct store *s, int64_t row, struct arena *a)
{
    struct err e = {.code = OK};
    struct stored m;
    if (store_message(s, row, a, &m, &e) != OK)
        fail_msg("%s", e.msg);
    return m;
}

/* ---- order ------------------------------------------------------------------------------------ */

static void records_out_of_order_are_sorted(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    const struct attachment file = {.kind = ATTACH_FILE,
                                    .name = STR("plan.pdf"),
                                    .mime = STR("application/pdf"),
                                    .size_bytes = 99};
    struct message m[] = {
        scratch_message("noll", "undated before all", TIME_NONE, 0),
        scratch_message("noll", "c", start_ms + 3000, 100),
        scratch_message("Lirra", "after c", TIME_NONE, 200),
        scratch_message("Lirra", "a", start_ms + 1000, 300),
        scratch_message("", "after a", TIME_NONE, 400),
        scratch_message("noll", "b", start_ms + 2000, 500),
        scratch_message("noll", "a again", start_ms + 1000, 600),
    };
    m[5].attachments = &file;
    m[5].attachment_count = 1;
    m[5].platform_id = STR("id-5");
    m[5].reply_to = STR("id-1");
    m[5].sender_name = STR("Noll of the valley");
    m[5].locus.member = STR("chats/one.txt");
    struct write_result r;
    scratch_store(s, "shuffled", m, 7, &r);
    static const char *const expected[] = {"a", "after a", "a again", "b", "undated before all",
                                           "c", "after c"};
    for (int i = 0; i < 7; i++)
        check_text(s, i + 1, expected[i]);
    assert_true(columns_in_time_order(store_columns(s)));

    struct arena a = {.first = NULL};
    const struct stored b = message_at(s, 4, &a);
    assert_int_equal(b.message.attachment_count, 1);
    assert_true(str_eq(b.message.attachments[0].name, STR("plan.pdf")));
    assert_int_equal(b.message.attachments[0].size_bytes, 99);
    assert_true(str_eq(b.message.platform_id, STR("id-5")));
    assert_true(str_eq(b.message.reply_to, STR("id-1")));
    assert_true(str_eq(b.message.sender_name, STR("Noll of the valley")));
    assert_true(str_eq(b.message.locus.member, STR("chats/one.txt")));
    assert_int_equal(b.message.locus.at, 500);
    const struct stored undated = message_at(s, 2, &a);
    assert_int_equal(undated.message.time.basis, BASIS_NONE);
    assert_true(undated.message.time.utc_ms == TIME_NONE);
    assert_int_equal(undated.sender_id, 0);
    arena_free(&a);
    close_checked(s, &dir);
}

static void an_undated_source_keeps_its_order(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    struct message first[] = {scratch_message("noll", "dated", start_ms, 0)};
    struct message m[] = {scratch_message("noll", "one", TIME_NONE, 0),
                          scratch_message("noll", "two", TIME_NONE, 10),
                          scratch_message("noll", "one", TIME_NONE, 20)};
    struct write_result r;
    scratch_store(s, "dated", first, 1, &r);
    scratch_store(s, "undated", m, 3, &r);
    check_text(s, 2, "one");
    check_text(s, 3, "two");
    check_text(s, 4, "one");
    assert_true(columns_in_time_order(store_columns(s)));
    struct columns *c = store_columns(s);
    assert_int_not_equal(column_at(c, COLUMN_CONTENT, 2), column_at(c, COLUMN_CONTENT, 4));
    close_checked(s, &dir);
}

/* Many shuffled records become the rows that sorting them first gives. */
static void shuffled_equals_sorted(void **state)
{
    (void)state;
    enum { N = 5000 };
    static char texts[N][24];
    static struct message m[N];
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    srand(11);
    for (int i = 0; i < N; i++) {
        snprintf(texts[i], sizeof texts[i], "number %d", i);
        m[i] = scratch_message(i % 5 ? "noll" : "Lirra", texts[i], start_ms + rand() % 1000 * 1000,
                               (uint64_t)i * 20);
    }
    struct write_result r;
    scratch_store(s, "shuffled", m, N, &r);
    struct columns *c = store_columns(s);
    int64_t before_ms = 0;
    uint64_t before_at = 0;
    struct arena a = {.first = NULL};
    for (int64_t row = 1; row <= N; row++) {
        const struct stored x = message_at(s, row, &a);
        const int i = (int)(x.message.locus.at / 20);
        assert_true(str_eq(x.message.text, m[i].text) && str_eq(x.message.sender, m[i].sender));
        assert_true(x.message.time.utc_ms == m[i].time.utc_ms);
        const int64_t ms = column_at(c, COLUMN_TIME, row);
        assert_true(ms > before_ms || (ms == before_ms && x.message.locus.at > before_at));
        before_ms = ms;
        before_at = x.message.locus.at;
        arena_clear(&a);
    }
    arena_free(&a);
    close_checked(s, &dir);
}

static void an_abandoned_source_leaves_no_trace(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    struct message m[] = {scratch_message("noll", "one", start_ms, 0),
                          scratch_message("Lirra", "two", start_ms + 1000, 10)};
    struct write_result r;
    scratch_store(s, "first", m, 1, &r);
    const str before = scratch_read(dir.archive);
    struct err e = {.code = OK};
    struct writer *w;
    assert_int_equal(writer_begin(&w, s, WRITE_STREAM, &e), OK);
    assert_int_equal(scratch_source(w, "second", m, 2, &e), OK);
    writer_abandon(w);
    const str after = scratch_read(dir.archive);
    assert_int_equal(before.n, after.n);
    assert_memory_equal(before.p, after.p, before.n);
    free((void *)before.p);
    free((void *)after.p);
    scratch_store(s, "second", m, 2, &r); /* and the store is still of use */
    assert_int_equal(r.duplicates, 1);
    assert_int_equal(r.messages_new, 1);
    close_checked(s, &dir);
}

/* ---- the same again --------------------------------------------------------------------------- */

static void equal_messages_have_their_own_citations(void **state)
{
    (void)state;
    enum { N = 400 };
    static struct message m[N];
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    for (int i = 0; i < N; i++)
        m[i] = scratch_message("noll", "ok", start_ms + i / 100 * MS_PER_HOUR, (uint64_t)i * 5);
    struct write_result r;
    scratch_store(s, "oks", m, N, &r);
    assert_int_equal(r.messages_new, N);
    struct columns *c = store_columns(s);
    for (int64_t x = 1; x <= N; x++) {
        assert_true(column_at(c, COLUMN_CONTENT, x) ==
                    message_content_id(&m[x - 1], (uint32_t)((x - 1) % 100)));
    }
    close_checked(s, &dir);
}

/* When clocks go back, an hour of the clock comes twice. */
static void the_hour_that_comes_twice(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    struct message m[] = {scratch_message("noll", "ok", start_ms, 0),
                          scratch_message("noll", "later", start_ms + 5000, 5),
                          scratch_message("noll", "ok", start_ms, 10)};
    for (int i = 0; i < 3; i++)
        m[i].time.basis = BASIS_SOURCE_UTC;
    m[2].time.utc_ms += MS_PER_HOUR;
    struct write_result r;
    scratch_store(s, "fold", m, 3, &r);
    struct columns *c = store_columns(s);
    assert_int_not_equal(column_at(c, COLUMN_CONTENT, 1), column_at(c, COLUMN_CONTENT, 3));
    assert_int_equal(column_at(c, COLUMN_OFFSET, 3), -60);
    close_checked(s, &dir);
}

static void overlapping_sources_share_messages(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    struct arena a = {.first = NULL};
    struct err e = {.code = OK};
    struct message one[] = {scratch_message("noll", "a", start_ms, 0),
                            scratch_message("noll", "ok", start_ms + 1000, 10),
                            scratch_message("noll", "ok", start_ms + 1000, 20)};
    struct message two[] = {scratch_message("noll", "ok", start_ms + 1000, 0),
                            scratch_message("noll", "ok", start_ms + 1000, 30),
                            scratch_message("noll", "ok", start_ms + 1000, 60),
                            scratch_message("Lirra", "a", start_ms + 2000, 90)};
    struct write_result r;
    scratch_store(s, "one", one, 3, &r);
    scratch_store(s, "two", two, 4, &r);
    assert_int_equal(r.duplicates, 2);
    assert_int_equal(r.messages_new, 2);
    assert_int_equal(columns_rows(store_columns(s)), 5);
    struct witness *w;
    size_t n;
    assert_int_equal(store_witnesses(s, 2, &a, &w, &n, &e), OK);
    assert_int_equal(n, 2);
    assert_true(str_eq(w[0].source_name, STR("one")) && w[0].locus.at == 10);
    assert_true(str_eq(w[1].source_name, STR("two")) && w[1].locus.at == 0);
    const struct sha256_digest digest = sha256_of(STR("ok"));
    assert_true(sha256_eq(&w[1].digest, &digest));
    assert_int_equal(message_at(s, 3, &a).witnesses, 2);
    assert_int_equal(message_at(s, 1, &a).witnesses, 1);
    struct participant_row *p;
    assert_int_equal(store_participants(s, &a, &p, &n, &e), OK);
    assert_int_equal(p[0].messages, 4); /* duplicates are not counted again */
    arena_free(&a);
    close_checked(s, &dir);
}

static void near_duplicates_are_not(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    struct message one[] = {
        scratch_message("noll", "a", start_ms, 0), scratch_message("noll", "b", start_ms, 10),
        scratch_message("noll", "c", start_ms, 20), scratch_message("noll", "d", start_ms, 30)};
    struct message two[] = {scratch_message("noll", "a ", start_ms, 0),
                            scratch_message("noll", "b", start_ms + 1000, 10),
                            scratch_message("noll", "c", start_ms + 1000, 20),
                            scratch_message("noll", "d", start_ms + 1000, 30)};
    one[1].platform_id = STR("7");
    two[1].platform_id = STR("8");
    two[1].time = one[1].time;
    two[2].kind = KIND_EVENT;
    two[2].time = one[2].time;
    two[3].time = one[3].time;
    two[3].conversation = STR("another");
    struct write_result r;
    scratch_store(s, "one", one, 4, &r);
    scratch_store(s, "two", two, 4, &r);
    assert_int_equal(r.duplicates, 0);
    /* "b" with another platform id is another message: its citation must be another too */
    struct columns *c = store_columns(s);
    assert_int_equal(columns_rows(c), 8);
    for (int64_t x = 1; x <= 8; x++) {
        for (int64_t y = 1; y < x; y++)
            assert_true(column_at(c, COLUMN_CONTENT, x) != column_at(c, COLUMN_CONTENT, y));
    }
    close_checked(s, &dir);
}

static void the_first_imports_utc_stays(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    struct arena a = {.first = NULL};
    struct err e = {.code = OK};
    struct message m = scratch_message("noll", "a", start_ms, 0);
    struct write_result r;
    scratch_store(s, "naive", &m, 1, &r);
    m.time.utc_ms -= 2 * MS_PER_HOUR;
    m.time.basis = BASIS_STATED;
    scratch_store(s, "with zone", &m, 1, &r);
    assert_int_equal(r.duplicates, 1);
    assert_true(message_at(s, 1, &a).message.time.utc_ms == start_ms);
    struct issue_row *issues;
    size_t n;
    assert_int_equal(store_issues(s, &a, &issues, &n, &e), OK);
    assert_int_equal(n, 1);
    assert_true(str_eq(issues[0].code, STR("otherZone")));
    arena_free(&a);
    close_checked(s, &dir);
}

/* ---- people ----------------------------------------------------------------------------------- */

static void names_as_shown(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    struct arena a = {.first = NULL};
    struct message m[] = {
        scratch_message("u1", "a", start_ms, 0), scratch_message("u1", "b", start_ms + 1, 10),
        scratch_message("u1", "c", start_ms + 2, 20), scratch_message("", "d", start_ms + 3, 30)};
    m[0].sender_name = STR("Lirra");
    m[1].sender_name = STR("Lirra \xF0\x9F\x90\xA6");
    m[3].sender_name = STR("System");
    struct write_result r;
    scratch_store(s, "names", m, 4, &r);
    assert_true(str_eq(message_at(s, 1, &a).message.sender_name, STR("Lirra")));
    assert_true(str_eq(message_at(s, 2, &a).message.sender_name, m[1].sender_name));
    assert_true(str_eq(message_at(s, 3, &a).message.sender_name, STR("")));
    assert_true(str_eq(message_at(s, 4, &a).message.sender_name, STR("System")));
    assert_int_equal(message_at(s, 4, &a).sender_id, 0);
    arena_free(&a);
    close_checked(s, &dir);
}

static void first_and_last_are_in_order_of_time(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    struct arena a = {.first = NULL};
    struct err e = {.code = OK};
    struct message late[] = {scratch_message("noll", "late", start_ms + MS_PER_DAY, 0),
                             scratch_message("noll", "latest", start_ms + 2 * MS_PER_DAY, 10)};
    struct message early[] = {scratch_message("noll", "early", start_ms, 0),
                              scratch_message("noll", "earlier than late", start_ms + 5, 10)};
    struct write_result r;
    scratch_store(s, "late", late, 2, &r);
    scratch_store(s, "early", early, 2, &r);
    struct participant_row *p;
    struct conversation_row *c;
    size_t n;
    assert_int_equal(store_participants(s, &a, &p, &n, &e), OK);
    assert_int_equal(p[0].first_row, 3);
    assert_int_equal(p[0].last_row, 2);
    assert_int_equal(p[0].messages, 4);
    assert_int_equal(store_conversations(s, &a, &c, &n, &e), OK);
    assert_int_equal(c[0].first_row, 3);
    assert_int_equal(c[0].last_row, 2);
    arena_free(&a);
    close_checked(s, &dir);
}

static void conversations_are_described(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    struct arena a = {.first = NULL};
    struct err e = {.code = OK};
    const struct origin o = {.name = STR("x"), .path = STR("")};
    const struct conversation first = {STR("c"), STR("Old name"), STR("chat"), STR("group"), false};
    const struct conversation second = {STR("c"), STR("New name"), STR(""), STR(""), false};
    const struct message m = scratch_message("noll", "a", start_ms, 0);
    const struct import_report report = {.messages = 1, .counted = 1};
    struct writer *w;
    struct write_result r;
    assert_int_equal(writer_begin(&w, s, WRITE_STREAM, &e), OK);
    assert_int_equal(writer_source(w, &o, &e), OK);
    struct sink *sink = writer_sink(w);
    assert_int_equal(sink->conversation(sink, &first, &e), OK);
    assert_int_equal(sink->message(sink, &m, &e), OK);
    assert_int_equal(sink->conversation(sink, &second, &e), OK);
    assert_int_equal(writer_source_end(w, &report, &e), OK);
    assert_int_equal(writer_commit(w, &r, &e), OK);
    struct conversation_row *c;
    size_t n;
    assert_int_equal(store_conversations(s, &a, &c, &n, &e), OK);
    assert_true(str_eq(c[0].title, STR("New name")) && str_eq(c[0].type, STR("group")));
    assert_true(str_eq(message_at(s, 1, &a).conversation_title, STR("New name")));
    arena_free(&a);
    close_checked(s, &dir);
}

/* ---- the word index --------------------------------------------------------------------------- */

static int64_t matches(struct store *s, const char *match)
{
    sqlite3_stmt *q = NULL;
    const char *sql = "SELECT count(*) FROM message_fts WHERE message_fts MATCH ?1";
    assert_int_equal(sqlite3_prepare_v2(store_db(s), sql, -1, &q, NULL), SQLITE_OK);
    sqlite3_bind_text(q, 1, match, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(q), SQLITE_ROW);
    const int64_t n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return n;
}

static void words_wholes_and_phrases(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    struct message m[] = {
        scratch_message("noll", "ask @Lirra_Watch today", start_ms, 0),
        scratch_message("noll", "ask Lirra watch today", start_ms + 1, 10),
        scratch_message("noll", "the #dredging Permit", start_ms + 2, 20),
        scratch_message("noll", "", start_ms + 3, 30),
        scratch_message("noll", "caf\xC3\xA9 \xE4\xB8\xAD\xE6\x96\x87", start_ms + 4, 40),
    };
    struct write_result r;
    scratch_store(s, "words", m, 5, &r);
    assert_int_equal(matches(s, "\"@lirra_watch\""), 1);
    assert_int_equal(matches(s, "\"lirra\""), 2);
    assert_int_equal(matches(s, "\"lirra watch\""), 2);
    assert_int_equal(matches(s, "\"ask lirra watch today\""), 2);
    assert_int_equal(matches(s, "\"ask @lirra_watch today\""), 2); /* in a phrase: its parts */
    assert_int_equal(matches(s, "\"#dredging\""), 1);
    assert_int_equal(matches(s, "\"the dredging permit\""), 1);
    assert_int_equal(matches(s, "\"#permit\""), 0);
    assert_int_equal(matches(s, "\"dredg\"*"), 1);
    assert_int_equal(matches(s, "\"@lirra\"*"), 1);
    assert_int_equal(matches(s, "\"cafe\""), 1);
    assert_int_equal(matches(s, "\"\xE4\xB8\xAD\xE6\x96\x87\""), 1);
    for (int64_t row = 1; row <= 5; row++) {
        assert_int_equal(column_at(store_columns(s), COLUMN_WORDS, row),
                         tokenize_count(m[row - 1].text));
    }
    close_checked(s, &dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(records_out_of_order_are_sorted),
        cmocka_unit_test(an_undated_source_keeps_its_order),
        cmocka_unit_test(shuffled_equals_sorted),
        cmocka_unit_test(an_abandoned_source_leaves_no_trace),
        cmocka_unit_test(equal_messages_have_their_own_citations),
        cmocka_unit_test(the_hour_that_comes_twice),
        cmocka_unit_test(overlapping_sources_share_messages),
        cmocka_unit_test(near_duplicates_are_not),
        cmocka_unit_test(the_first_imports_utc_stays),
        cmocka_unit_test(names_as_shown),
        cmocka_unit_test(first_and_last_are_in_order_of_time),
        cmocka_unit_test(conversations_are_described),
        cmocka_unit_test(words_wholes_and_phrases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
