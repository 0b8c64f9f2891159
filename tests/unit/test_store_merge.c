/* The same message in two sources: by content, by platform id, by conversations that hold the same;
   several sources in one transaction, taken back or not; lists that hang on a message. */
#include "../support/scratch.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const int64_t start_ms = INT64_C(1456911667000); /* 2016-03-02 09:41:07 */

struct fixture {
    struct scratch dir;
    struct store *s;
    struct arena a;
};

static int set_up(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    struct err e = {.code = OK};
    f->dir = scratch_make();
    if (store_open(&f->s, f->dir.archive, STORE_CREATE, &e) != OK)
        fail_msg("%s", e.msg);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *f = *state;
    struct err e = {.code = OK};
    if (store_check(f->s, &e) != OK)
        fail_msg("%s", e.msg);
    store_close(f->s);
    arena_free(&f->a);
    scratch_remove(&f->dir);
    free(f);
    return 0;
}

static int64_t rows_of(const struct fixture *f)
{
    return columns_rows(store_columns(f->s));
}

static struct stored message_at(struct fixture *f, int64_t row)
{
    struct err e = {.code = OK};
    struct stored m;
    if (store_message(f->s, row, &f->a, &m, &e) != OK)
        fail_msg("%s", e.msg);
    return m;
}

static size_t issues_with(struct fixture *f, const char *code, str *what)
{
    struct err e = {.code = OK};
    struct issue_row *issues;
    size_t count, n = 0;
    assert_int_equal(store_issues(f->s, &f->a, &issues, &count, &e), OK);
    for (size_t i = 0; i < count; i++) {
        if (!str_eq(issues[i].code, str_of(code)))
            continue;
        *what = issues[i].what;
        n++;
    }
    return n;
}

static struct message utc_message(const char *text, int64_t utc_ms, int64_t offset_ms)
{
    struct message m = scratch_message("noll", text, utc_ms + offset_ms, 0);
    m.time.utc_ms = utc_ms;
    m.time.basis = BASIS_SOURCE_UTC;
    return m;
}

/* ---- by content ------------------------------------------------------------------------------- */

static void one_instant_shown_in_two_zones(void **state)
{
    struct fixture *f = *state;
    const struct message one = utc_message("the belt stands still", start_ms, 0);
    const struct message two = utc_message("the belt stands still", start_ms, 2 * MS_PER_HOUR);
    struct write_result r;
    scratch_store(f->s, "one", &one, 1, &r);
    scratch_store(f->s, "two", &two, 1, &r);
    assert_int_equal(r.duplicates, 1);
    assert_int_equal(message_at(f, 1).witnesses, 2);
}

static void naive_clocks_that_differ_stay_two(void **state)
{
    struct fixture *f = *state;
    const struct message one = scratch_message("noll", "the belt stands still", start_ms, 0);
    const struct message two =
        scratch_message("noll", "the belt stands still", start_ms + MS_PER_HOUR, 0);
    struct write_result r;
    scratch_store(f->s, "one", &one, 1, &r);
    scratch_store(f->s, "two", &two, 1, &r);
    assert_int_equal(r.duplicates, 0);
}

static void a_clock_of_a_stated_zone_is_no_utc(void **state)
{
    struct fixture *f = *state;
    struct message one = scratch_message("noll", "the belt stands still", start_ms, 0);
    one.time.basis = BASIS_STATED;
    one.time.utc_ms -= 2 * MS_PER_HOUR;
    const struct message two = utc_message("the belt stands still", start_ms, 0);
    struct write_result r;
    scratch_store(f->s, "one", &one, 1, &r);
    scratch_store(f->s, "two", &two, 1, &r);
    assert_int_equal(r.duplicates, 0);
    assert_true(message_at(f, 1).content_id != message_at(f, 2).content_id);
}

/* ---- by platform id --------------------------------------------------------------------------- */

static struct message with_id(const char *id, const char *text, int64_t wall_ms)
{
    struct message m = scratch_message("noll", text, wall_ms, 0);
    m.platform_id = str_of(id);
    return m;
}

static void an_id_is_the_same_whatever_the_clock_says(void **state)
{
    struct fixture *f = *state;
    const struct message one[] = {with_id("7", "ok", start_ms), with_id("8", "ok", start_ms)};
    const struct message two[] = {with_id("7", "ok", start_ms + 3 * MS_PER_HOUR),
                                  with_id("8", "ok", start_ms + 3 * MS_PER_HOUR),
                                  with_id("9", "ok", start_ms + 3 * MS_PER_HOUR)};
    struct write_result r;
    scratch_store(f->s, "one", one, 2, &r);
    assert_int_equal(r.messages_new, 2);
    scratch_store(f->s, "two", two, 3, &r);
    assert_int_equal(r.duplicates, 2);
    assert_int_equal(r.messages_new, 1);
    assert_int_equal(message_at(f, 1).witnesses, 2);
    assert_int_equal(message_at(f, 2).witnesses, 2);
}

static void an_id_needs_the_sender_by_key_or_name(void **state)
{
    struct fixture *f = *state;
    struct message m[] = {with_id("7", "ok", start_ms), with_id("7", "ok", start_ms + 1),
                          with_id("7", "ok", start_ms + 2)};
    m[0].sender = STR("user17");
    m[0].sender_name = STR("Ines Rautenberg");
    m[1].sender = STR("Ines Rautenberg");
    m[2].sender = STR("somebody else");
    struct write_result r;
    scratch_store(f->s, "json", &m[0], 1, &r);
    scratch_store(f->s, "html", &m[1], 1, &r);
    assert_int_equal(r.duplicates, 1);
    scratch_store(f->s, "other", &m[2], 1, &r);
    assert_int_equal(r.duplicates, 0);
}

static void an_id_is_of_its_conversation(void **state)
{
    struct fixture *f = *state;
    struct message m[] = {with_id("7", "ok", start_ms), with_id("7", "ok", start_ms)};
    m[1].conversation = STR("another");
    struct write_result r;
    scratch_store(f->s, "both", m, 2, &r);
    assert_int_equal(r.messages_new, 2);
}

static void an_id_with_other_words_is_noted_once(void **state)
{
    struct fixture *f = *state;
    const struct message one[] = {with_id("7", "as it was", start_ms),
                                  with_id("8", "as it was too", start_ms + 1)};
    const struct message two[] = {with_id("7", "as it is now", start_ms),
                                  with_id("8", "as it is now too", start_ms + 1)};
    struct write_result r;
    str what = STR("");
    scratch_store(f->s, "before", one, 2, &r);
    scratch_store(f->s, "after", two, 2, &r);
    assert_int_equal(r.messages_new, 2);
    assert_int_equal(r.issues, 1);
    assert_int_equal(issues_with(f, "sameIdOtherText", &what), 1);
    assert_true(str_starts(what, STR("2 messages")));
    assert_true(str_find(what, STR("the first is 7;")) != STR_NONE);
    scratch_store(f->s, "after, again", two, 2, &r); /* each wording is found again */
    assert_int_equal(r.duplicates, 2);
}

static void a_record_that_stands_twice_in_one_source(void **state)
{
    struct fixture *f = *state;
    struct message m[] = {with_id("7", "ok", start_ms), with_id("7", "ok", start_ms),
                          scratch_message("noll", "ok", start_ms, 100),
                          scratch_message("noll", "ok", start_ms, 200)};
    struct write_result r;
    m[1].locus.at = 50;
    scratch_store(f->s, "split", m, 2, &r);
    assert_int_equal(r.messages_new, 1);
    assert_int_equal(r.duplicates, 1);
    assert_int_equal(message_at(f, 1).witnesses, 2);
    m[2].conversation = m[3].conversation = STR("without ids");
    scratch_store(f->s, "said twice", m + 2, 2, &r);
    assert_int_equal(r.messages_new, 2);
}

/* An attacker's file: every record has the same id. */
static void one_id_for_all_is_not_quadratic(void **state)
{
    struct fixture *f = *state;
    enum { N = 30000 };
    static char texts[N][24];
    static struct message m[N];
    struct write_result r;
    for (int i = 0; i < N; i++) {
        snprintf(texts[i], sizeof texts[i], "wording %d", i);
        m[i] = with_id("7", texts[i], start_ms + i);
    }
    scratch_store(f->s, "one id", m, N, &r);
    assert_int_equal(r.messages_new, N);
    assert_int_equal(r.issues, 1);
}

/* ---- several sources in one transaction ------------------------------------------------------- */

static struct writer *begin(struct fixture *f)
{
    struct err e = {.code = OK};
    struct writer *w;
    if (writer_begin(&w, f->s, WRITE_SORTED, &e) != OK)
        fail_msg("%s", e.msg);
    return w;
}

static void add_source(struct writer *w, const char *name, const struct message *m, size_t count)
{
    struct err e = {.code = OK};
    if (scratch_source(w, name, m, count, &e) != OK)
        fail_msg("%s", e.msg);
}

static void commit(struct writer *w, struct write_result *results)
{
    struct err e = {.code = OK};
    if (writer_commit(w, results, &e) != OK)
        fail_msg("%s", e.msg);
}

static void sources_of_one_transaction_interleave(void **state)
{
    struct fixture *f = *state;
    const struct message one[] = {scratch_message("noll", "first", start_ms, 0),
                                  scratch_message("noll", "third", start_ms + 2000, 50),
                                  scratch_message("noll", "ok", start_ms + 3000, 60),
                                  scratch_message("noll", "ok", start_ms + 3000, 70)};
    const struct message two[] = {scratch_message("ines", "second", start_ms + 1000, 0),
                                  scratch_message("noll", "third", start_ms + 2000, 50),
                                  scratch_message("noll", "ok", start_ms + 3000, 60)};
    struct writer *w = begin(f);
    struct write_result r[2];
    add_source(w, "one", one, 4);
    add_source(w, "two", two, 3);
    assert_int_equal(writer_sources(w), 2);
    assert_true(writer_spooled_bytes(w) > 0);
    commit(w, r);
    assert_int_equal(r[0].messages_new, 4);
    assert_int_equal(r[1].messages_new, 1);
    assert_int_equal(r[1].duplicates, 2);
    assert_int_equal(rows_of(f), 5);
    assert_true(str_eq(message_at(f, 2).message.text, STR("second")));
    assert_true(columns_in_time_order(store_columns(f->s)));
    assert_int_equal(column_at(store_columns(f->s), COLUMN_SOURCE, 2), r[1].source_id);
    struct err e = {.code = OK};
    struct place *places;
    size_t count;
    assert_int_equal(store_places(f->s, r[0].source_id, &f->a, &places, &count, &e), OK);
    assert_int_equal(count, 4);
    assert_int_equal(places[1].at, 50);
    assert_int_equal(places[1].row, 3);
    assert_int_equal(store_places(f->s, r[1].source_id, &f->a, &places, &count, &e), OK);
    assert_int_equal(count, 3);
    assert_int_equal(places[1].row, 3);
    assert_int_equal(places[1].nth, 1);
}

static void what_was_taken_back_never_was(void **state)
{
    struct fixture *f = *state;
    struct err e = {.code = OK};
    const struct message kept = scratch_message("noll", "kept", start_ms, 0);
    const struct message gone = scratch_message("ghost", "gone", start_ms - 5, 10);
    const struct issue trouble = {.severity = ISSUE_WARN,
                                  .code = "odd",
                                  .what = STR("odd"),
                                  .way_out = STR(""),
                                  .locus = {.member = STR("")}};
    const struct import_report report = scratch_report("one", &kept, 1);
    const struct origin o = {.name = STR("one"), .format = STR("made")};
    struct writer *w = begin(f);
    struct sink *sink = writer_sink(w);
    struct write_result r[2];
    assert_int_equal(writer_source(w, &o, &e), OK);
    assert_int_equal(writer_part(w, &e), OK);
    assert_int_equal(sink->message(sink, &kept, &e), OK);
    assert_int_equal(writer_part(w, &e), OK);
    assert_int_equal(sink->message(sink, &gone, &e), OK);
    assert_int_equal(sink->issue(sink, &trouble, &e), OK);
    assert_int_equal(writer_take_back(w, &e), OK);
    assert_int_equal(writer_source_end(w, &report, &e), OK);
    assert_int_equal(writer_source(w, &o, &e), OK);
    assert_int_equal(sink->message(sink, &gone, &e), OK);
    assert_int_equal(writer_source_drop(w, &e), OK);
    add_source(w, "two", &kept, 1);
    assert_int_equal(writer_sources(w), 2);
    commit(w, r);
    assert_int_equal(r[0].issues, 0);
    assert_int_equal(r[1].duplicates, 1);
    assert_int_equal(rows_of(f), 1);
    struct participant_row *people;
    size_t count;
    assert_int_equal(store_participants(f->s, &f->a, &people, &count, &e), OK);
    assert_int_equal(count, 1);
}

/* Two members of one archive file hold the same chat. */
static void equals_are_numbered_by_part(void **state)
{
    struct fixture *f = *state;
    struct err e = {.code = OK};
    const struct message m[] = {scratch_message("noll", "ok", start_ms, 0),
                                scratch_message("noll", "ok", start_ms, 10)};
    struct import_report report = scratch_report("zip", m, 2);
    report.messages = report.counted = 4;
    const struct origin o = {.name = STR("zip"), .format = STR("made")};
    struct writer *w = begin(f);
    struct sink *sink = writer_sink(w);
    struct write_result r;
    assert_int_equal(writer_source(w, &o, &e), OK);
    for (int part = 0; part < 2; part++) {
        assert_int_equal(writer_part(w, &e), OK);
        for (int i = 0; i < 2; i++) {
            struct message x = m[i];
            x.locus.member = part ? STR("copy.txt") : STR("chat.txt");
            assert_int_equal(sink->message(sink, &x, &e), OK);
        }
    }
    assert_int_equal(writer_source_end(w, &report, &e), OK);
    commit(w, &r);
    assert_int_equal(r.messages_new, 2);
    assert_int_equal(r.duplicates, 2);
    assert_int_equal(message_at(f, 1).witnesses, 2);
    assert_int_equal(message_at(f, 2).witnesses, 2);
    struct place *places;
    size_t count;
    assert_int_equal(store_places(f->s, r.source_id, &f->a, &places, &count, &e), OK);
    assert_int_equal(count, 4);
    assert_true(str_eq(places[0].member, STR("chat.txt")));
    assert_true(str_eq(places[3].member, STR("copy.txt")));
}

/* ---- conversations that are the same ---------------------------------------------------------- */

enum { CHAT = 40 };
struct chat {
    char texts[CHAT][64];
    struct message m[CHAT];
};

/* Two people talk, a message a minute; every third message is short. */
static void make_chat(struct chat *c, const char *key, const char *topic)
{
    for (int i = 0; i < CHAT; i++) {
        snprintf(c->texts[i], sizeof c->texts[i],
                 i % 3 == 2 ? "ok" : "about the %s, point number %d", topic, i);
        c->m[i] = scratch_message(i % 2 ? "noll" : "Ines Rautenberg", c->texts[i],
                                  start_ms + i * MS_PER_MINUTE, (uint64_t)i * 100);
        c->m[i].conversation = str_of(key);
    }
}

/* A source of one conversation, in the way that fits it; the result of its commit. */
static struct write_result store_chat(struct fixture *f, const char *name, const char *key,
                                      bool loose, const struct message *m, size_t count)
{
    const struct conversation c = {
        .key = str_of(key), .title = str_of(name), .platform = STR("chat"), .loose = loose};
    const struct origin o = {.name = str_of(name), .format = STR("made")};
    const struct import_report report = scratch_report(name, m, count);
    struct write_result r;
    enum writer_way way = WRITE_STREAM;
    for (;; way = WRITE_SORTED) {
        struct err e = {.code = OK};
        struct writer *w;
        assert_int_equal(writer_begin(&w, f->s, way, &e), OK);
        enum status st = writer_source(w, &o, &e);
        if (st == OK)
            st = writer_sink(w)->conversation(writer_sink(w), &c, &e);
        for (size_t i = 0; i < count && st == OK; i++)
            st = writer_sink(w)->message(writer_sink(w), &m[i], &e);
        if (st == OK)
            st = writer_source_end(w, &report, &e);
        if (st == OK) {
            commit(w, &r);
            return r;
        }
        assert_true(way == WRITE_STREAM && writer_out_of_order(w));
        writer_abandon(w);
    }
}

static size_t conversations(struct fixture *f)
{
    struct err e = {.code = OK};
    struct conversation_row *rows;
    size_t count;
    assert_int_equal(store_conversations(f->s, &f->a, &rows, &count, &e), OK);
    return count;
}

static void set_key(struct chat *c, const char *key)
{
    for (int i = 0; i < CHAT; i++)
        c->m[i].conversation = str_of(key);
}

static void an_excerpt_that_starts_later_is_joined(void **state)
{
    struct fixture *f = *state;
    static struct chat c;
    make_chat(&c, "loose:a", "coal");
    store_chat(f, "whole", "loose:a", true, c.m, CHAT);
    set_key(&c, "loose:b");
    const struct write_result r = store_chat(f, "excerpt", "loose:b", true, c.m + 20, 20);
    assert_int_equal(r.duplicates, 20);
    assert_int_equal(conversations(f), 1);
    struct err e = {.code = OK};
    str key;
    assert_int_equal(store_conversation_of(f->s, r.source_id, STR("loose:b"), &f->a, &key, &e), OK);
    assert_true(str_eq(key, STR("loose:a")));
    assert_int_equal(store_conversation_of(f->s, 1, STR("loose:b"), &f->a, &key, &e), OK);
    assert_true(str_eq(key, STR("loose:b")));
    assert_true(str_eq(message_at(f, 1).conversation_title, STR("whole")));
}

static void the_whole_after_an_excerpt_is_joined(void **state)
{
    struct fixture *f = *state;
    static struct chat c;
    make_chat(&c, "loose:b", "coal");
    store_chat(f, "excerpt", "loose:b", true, c.m + 16, 12);
    set_key(&c, "loose:a");
    const struct write_result r = store_chat(f, "whole", "loose:a", true, c.m, CHAT);
    assert_int_equal(r.duplicates, 12);
    assert_int_equal(r.messages_new, CHAT - 12);
    assert_int_equal(conversations(f), 1);
}

static void an_id_joins_what_had_none(void **state)
{
    struct fixture *f = *state;
    static struct chat c;
    make_chat(&c, "loose:a", "coal");
    store_chat(f, "page", "loose:a", true, c.m, CHAT);
    set_key(&c, "chat:17");
    struct write_result r = store_chat(f, "json", "chat:17", false, c.m, 30);
    assert_int_equal(r.duplicates, 30);
    /* What comes later under the id goes where the id went, even if it holds nothing known. */
    static struct chat later;
    make_chat(&later, "chat:17", "water");
    r = store_chat(f, "json of another year", "chat:17", false, later.m, CHAT);
    assert_int_equal(conversations(f), 1);
    assert_true(str_eq(message_at(f, rows_of(f)).message.conversation, STR("loose:a")));
    /* Another id does not. */
    set_key(&c, "chat:18");
    store_chat(f, "json of another chat", "chat:18", false, c.m, CHAT);
    assert_int_equal(conversations(f), 2);
}

static void different_chats_stay_apart(void **state)
{
    struct fixture *f = *state;
    static struct chat c, d;
    make_chat(&c, "loose:a", "coal");
    make_chat(&d, "loose:b", "water"); /* every "ok" is the same, at the same time */
    store_chat(f, "coal", "loose:a", true, c.m, CHAT);
    struct write_result r = store_chat(f, "water", "loose:b", true, d.m, CHAT);
    assert_int_equal(r.duplicates, 0);
    /* A circular: some long messages were sent to both, among others. */
    make_chat(&d, "loose:c", "sand");
    for (int i = 0; i < 12; i++)
        d.m[i].text = c.m[i].text;
    for (int i = 0; i < CHAT; i++)
        d.m[i].conversation = STR("loose:c");
    for (int i = 12; i < CHAT; i++)
        d.m[i].time =
            (struct message_time){start_ms + i * 1000, start_ms + i * 1000, BASIS_ASSUMED, false};
    r = store_chat(f, "circular", "loose:c", true, d.m, CHAT);
    assert_int_equal(r.duplicates, 0);
    assert_int_equal(conversations(f), 3);
}

static void one_voice_is_not_enough(void **state)
{
    struct fixture *f = *state;
    static struct chat c;
    make_chat(&c, "loose:a", "coal");
    for (int i = 0; i < CHAT; i++)
        c.m[i].sender = STR("pump 3");
    store_chat(f, "reports to one", "loose:a", true, c.m, CHAT);
    set_key(&c, "loose:b");
    const struct write_result r = store_chat(f, "reports to two", "loose:b", true, c.m, CHAT);
    assert_int_equal(r.duplicates, 0);
    assert_int_equal(conversations(f), 2);
}

static void another_platform_is_not_joined(void **state)
{
    struct fixture *f = *state;
    static struct chat c;
    make_chat(&c, "loose:a", "coal");
    store_chat(f, "whole", "loose:a", true, c.m, CHAT);
    set_key(&c, "loose:b");
    struct writer *w = begin(f);
    struct err e = {.code = OK};
    const struct conversation other = {
        .key = STR("loose:b"), .title = STR("b"), .platform = STR("mail"), .loose = true};
    const struct import_report report = scratch_report("b", c.m, CHAT);
    const struct origin o = {.name = STR("b"), .format = STR("made")};
    struct write_result r;
    assert_int_equal(writer_source(w, &o, &e), OK);
    assert_int_equal(writer_sink(w)->conversation(writer_sink(w), &other, &e), OK);
    for (int i = 0; i < CHAT; i++)
        assert_int_equal(writer_sink(w)->message(writer_sink(w), &c.m[i], &e), OK);
    assert_int_equal(writer_source_end(w, &report, &e), OK);
    commit(w, &r);
    assert_int_equal(r.duplicates, 0);
}

static void new_sources_are_joined_with_each_other(void **state)
{
    struct fixture *f = *state;
    static struct chat c[3];
    static const char *const keys[] = {"loose:a", "loose:b", "chat:9"};
    struct write_result r[3];
    struct err e = {.code = OK};
    struct writer *w = begin(f);
    for (int i = 0; i < 3; i++) {
        make_chat(&c[i], keys[i], "coal");
        const struct message *m = c[i].m + 5 * i;
        const size_t count = CHAT - 5 * (size_t)i;
        const struct conversation x = {
            .key = str_of(keys[i]), .title = STR("coal"), .platform = STR("chat"), .loose = i < 2};
        const struct origin o = {.name = str_of(keys[i]), .format = STR("made")};
        const struct import_report report = scratch_report(keys[i], m, count);
        assert_int_equal(writer_source(w, &o, &e), OK);
        assert_int_equal(writer_sink(w)->conversation(writer_sink(w), &x, &e), OK);
        for (size_t k = 0; k < count; k++)
            assert_int_equal(writer_sink(w)->message(writer_sink(w), &m[k], &e), OK);
        assert_int_equal(writer_source_end(w, &report, &e), OK);
    }
    commit(w, r);
    assert_int_equal(rows_of(f), CHAT);
    assert_int_equal(conversations(f), 1);
    assert_true(str_eq(message_at(f, 1).message.conversation, STR("chat:9"))); /* the id stays */
    assert_int_equal(message_at(f, CHAT).witnesses, 3);
}

/* ---- what hangs on a message ------------------------------------------------------------------ */

static void lists_come_back_as_they_were(void **state)
{
    struct fixture *f = *state;
    const struct sha256_digest digest = sha256_of(STR("a picture"));
    const struct attachment files[] = {{.kind = ATTACH_IMAGE,
                                        .name = STR("pit.jpg"),
                                        .mime = STR("image/jpeg"),
                                        .size_bytes = 9,
                                        .path = STR("../media/pit.jpg"),
                                        .digest = &digest},
                                       {.kind = ATTACH_FILE,
                                        .name = STR("lost.pdf"),
                                        .mime = STR(""),
                                        .size_bytes = -1,
                                        .path = STR("")}};
    const struct reaction reactions[] = {
        {STR("\xF0\x9F\x91\x8D"), STR("u2"), STR("Ines"), start_ms + 5, 1},
        {STR("like"), STR(""), STR(""), TIME_NONE, 12}};
    const struct edit edits[] = {{STR("as it was"), start_ms - 10}, {STR(""), TIME_NONE}};
    const struct person_ref mentions[] = {{STR("u2"), STR("Ines R.")}};
    const struct person_ref recipients[] = {{STR("noll@varnholm.example"), STR("noll")},
                                            {STR("desk@lirra.example"), STR("")}};
    struct message m = scratch_message("u1", "as it is", start_ms, 0);
    m.sender_name = STR("noll");
    m.attachments = files;
    m.attachment_count = 2;
    m.reactions = reactions;
    m.reaction_count = 2;
    m.edits = edits;
    m.edit_count = 2;
    m.mentions = mentions;
    m.mention_count = 1;
    m.recipients = recipients;
    m.recipient_count = 2;
    m.forwarded_from = STR("Lirra Watch");
    m.forwarded_utc_ms = start_ms - 1000;
    m.edited_utc_ms = start_ms + 1;
    struct write_result r;
    scratch_store(f->s, "rich", &m, 1, &r);
    const struct message got = message_at(f, 1).message;
    assert_int_equal(got.attachment_count, 2);
    assert_true(sha256_eq(got.attachments[0].digest, &digest));
    assert_true(str_eq(got.attachments[0].path, STR("../media/pit.jpg")));
    assert_null(got.attachments[1].digest);
    assert_int_equal(got.attachments[1].size_bytes, -1);
    assert_int_equal(got.reaction_count, 2);
    assert_true(str_eq(got.reactions[0].sender, STR("u2")));
    assert_true(str_eq(got.reactions[0].sender_name, STR("Ines")));
    assert_true(got.reactions[0].utc_ms == start_ms + 5);
    assert_true(str_eq(got.reactions[1].sender, STR("")) && got.reactions[1].count == 12);
    assert_true(got.reactions[1].utc_ms == TIME_NONE);
    assert_int_equal(got.edit_count, 2);
    assert_true(str_eq(got.edits[0].text, STR("as it was")));
    assert_true(got.edits[1].utc_ms == TIME_NONE);
    assert_int_equal(got.mention_count, 1);
    assert_true(str_eq(got.mentions[0].name, STR("Ines R.")));
    assert_int_equal(got.recipient_count, 2);
    assert_true(str_eq(got.recipients[1].key, STR("desk@lirra.example")));
    assert_true(str_eq(got.forwarded_from, STR("Lirra Watch")));
    assert_true(got.forwarded_utc_ms == start_ms - 1000 && got.edited_utc_ms == start_ms + 1);
    assert_true(got.deleted_utc_ms == TIME_NONE);
    /* Who is only addressed is known, and wrote nothing. */
    assert_string_equal(
        scratch_sql(f->dir.archive, "SELECT messages FROM participant WHERE key = 'u2'"), "0");
}

static void names_told_apart_from_messages(void **state)
{
    struct fixture *f = *state;
    struct err e = {.code = OK};
    const struct message m[] = {scratch_message("U7", "a", start_ms, 0),
                                scratch_message("U8", "b", start_ms + 1, 10)};
    const struct participant told[] = {{STR("U7"), STR("Ines Rautenberg")},
                                       {STR("U9"), STR("nobody here")}};
    const struct import_report report = scratch_report("x", m, 2);
    const struct origin o = {.name = STR("x"), .format = STR("made")};
    for (int way = WRITE_STREAM; way <= WRITE_SORTED; way++) {
        struct writer *w;
        struct write_result r;
        assert_int_equal(writer_begin(&w, f->s, (enum writer_way)way, &e), OK);
        assert_int_equal(writer_source(w, &o, &e), OK);
        for (int i = 0; i < 2; i++)
            assert_int_equal(writer_sink(w)->message(writer_sink(w), &m[i], &e), OK);
        for (int i = 0; i < 2; i++)
            assert_int_equal(writer_sink(w)->participant(writer_sink(w), &told[i], &e), OK);
        assert_int_equal(writer_source_end(w, &report, &e), OK);
        commit(w, &r);
        assert_true(str_eq(message_at(f, 1).message.sender_name, STR("Ines Rautenberg")));
        assert_true(str_eq(message_at(f, 2).message.sender_name, STR("U8")));
    }
    struct participant_row *people;
    size_t count;
    assert_int_equal(store_participants(f->s, &f->a, &people, &count, &e), OK);
    assert_int_equal(count, 2);
}

static void an_answer_leads_to_what_it_answers(void **state)
{
    struct fixture *f = *state;
    struct err e = {.code = OK};
    struct message m[] = {with_id("7", "who pays?", start_ms), with_id("8", "you", start_ms + 1)};
    m[1].reply_to = STR("7");
    struct write_result r;
    int64_t row;
    scratch_store(f->s, "x", m, 2, &r);
    const struct stored answer = message_at(f, 2);
    assert_int_equal(store_replied(f->s, answer.conversation_id, answer.message.reply_to, &row, &e),
                     OK);
    assert_int_equal(row, 1);
    assert_int_equal(store_replied(f->s, answer.conversation_id, STR("9"), &row, &e), OK);
    assert_int_equal(row, 0);
    assert_int_equal(store_replied(f->s, answer.conversation_id, STR(""), &row, &e), OK);
    assert_int_equal(row, 0);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(one_instant_shown_in_two_zones),
        CASE(naive_clocks_that_differ_stay_two),
        CASE(a_clock_of_a_stated_zone_is_no_utc),
        CASE(an_id_is_the_same_whatever_the_clock_says),
        CASE(an_id_needs_the_sender_by_key_or_name),
        CASE(an_id_is_of_its_conversation),
        CASE(an_id_with_other_words_is_noted_once),
        CASE(a_record_that_stands_twice_in_one_source),
        CASE(one_id_for_all_is_not_quadratic),
        CASE(sources_of_one_transaction_interleave),
        CASE(what_was_taken_back_never_was),
        CASE(equals_are_numbered_by_part),
        CASE(an_excerpt_that_starts_later_is_joined),
        CASE(the_whole_after_an_excerpt_is_joined),
        CASE(an_id_joins_what_had_none),
        CASE(different_chats_stay_apart),
        CASE(one_voice_is_not_enough),
        CASE(another_platform_is_not_joined),
        CASE(new_sources_are_joined_with_each_other),
        CASE(lists_come_back_as_they_were),
        CASE(names_told_apart_from_messages),
        CASE(an_answer_leads_to_what_it_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
