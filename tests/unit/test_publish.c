/* Out of an archive and into another one: nothing is lost, and the same archive gives the same bytes. */
#include "../support/scratch.h"
#include "importer.h"
#include "publish.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const int64_t start_ms = INT64_C(1456911667000); /* 2016-03-02 09:41:07 */

static enum status add_to_buf(void *context, str bytes, struct err *e)
{
    (void)e;
    buf_add(context, bytes);
    return OK;
}

/* malloc'ed, as JSON Lines. */
static struct buf exported(struct store *s, const char *query, struct publish_result *r)
{
    struct err e = {.code = OK};
    struct buf out = buf_new(64 << 20);
    const struct publish_output to = {add_to_buf, &out};
    const struct publish_options o = {.query = str_of(query), .now_wall_ms = start_ms};
    const struct exporter *x = exporter_find(STR("jsonl"));
    assert_non_null(x);
    if (publish_run(x, s, &o, &to, r, &e) != OK)
        fail_msg("%s", e.msg);
    return out;
}

static struct store *open_store(const struct scratch *dir)
{
    struct err e = {.code = OK};
    struct store *s;
    if (store_open(&s, dir->archive, STORE_CREATE, &e) != OK)
        fail_msg("%s", e.msg);
    return s;
}

/* A chat with everything in it, in a group with a title. */
static void fill(struct store *s)
{
    static const struct attachment files[] = {{.kind = ATTACH_VIDEO,
                                               .name = STR_INIT("pit.mp4"),
                                               .mime = STR_INIT("video/mp4"),
                                               .size_bytes = 12,
                                               .path = STR_INIT("../media/pit.mp4")},
                                              {.kind = ATTACH_LINK_CARD, .size_bytes = -1}};
    static const struct reaction reactions[] = {
        {STR_INIT("\xF0\x9F\x91\x8D"), STR_INIT("u2"), STR_INIT("Ines"), INT64_C(1456911669250), 1},
        {STR_INIT("like"), STR_INIT(""), STR_INIT(""), TIME_NONE, 12}};
    static const struct edit edits[] = {{STR_INIT("as it was"), INT64_C(1456911660000)},
                                        {STR_INIT(""), TIME_NONE}};
    static const struct person_ref people[] = {{STR_INIT("u2"), STR_INIT("Ines")},
                                               {STR_INIT("u3"), STR_INIT("u3")}};
    static const char nul_text[] =
        "NUL \0 bell \a DEL \x7F line \xE2\x80\xA8 \"quoted\" \\ \xF0\x9F\x9A\x9C";
    struct message m[8];
    for (int i = 0; i < 8; i++)
        m[i] = scratch_message("u1", "ok", start_ms + i / 2 * 1000, (uint64_t)i * 100);
    m[0].sender_name = STR("noll");
    m[0].attachments = files;
    m[0].attachment_count = 2;
    m[0].reactions = reactions;
    m[0].reaction_count = 2;
    m[0].edits = edits;
    m[0].edit_count = 2;
    m[0].mentions = m[0].recipients = people;
    m[0].mention_count = m[0].recipient_count = 2;
    m[0].flags = FLAG_EDITED | FLAG_VIDEO | FLAG_REACTION;
    m[0].platform_id = STR("7");
    m[0].edited_utc_ms = start_ms + 5;
    m[1].text = (str){nul_text, sizeof nul_text - 1};
    m[1].sender_name = STR("noll of the valley");
    m[1].reply_to = STR("7");
    m[1].forwarded_from = STR("Lirra Watch");
    m[1].forwarded_utc_ms = start_ms - MS_PER_DAY;
    m[2].kind = KIND_EVENT;
    m[2].sender = STR("");
    m[3].time = (struct message_time){.wall_ms = TIME_NONE, .utc_ms = TIME_NONE};
    m[3].time_shown = STR("some time in March");
    m[4].time = (struct message_time){start_ms + MS_PER_HOUR + 2750, start_ms + 2750,
                                      BASIS_SOURCE_UTC, false};
    m[5].time =
        (struct message_time){start_ms + MS_PER_HOUR + 2800, start_ms + 2800, BASIS_STATED, true};
    m[5].flags = FLAG_DELETED;
    m[5].deleted_utc_ms = start_ms + 90000;
    m[5].text = STR("");
    const struct conversation c = {STR("c"), STR("Pit 3 \xE2\x80\x9Cwest\xE2\x80\x9D"), STR("chat"),
                                   STR("group"), false};
    const struct origin o = {.path = STR("/secret/folder/pit.txt"),
                             .bundle = STR("/secret/folder"),
                             .name = STR("pit.txt"),
                             .format = STR("made"),
                             .format_version = STR("1"),
                             .zone_name = STR("Europe/Berlin")};
    const struct import_report report = scratch_report("pit.txt", m, 8);
    struct err e = {.code = OK};
    struct writer *w;
    struct write_result r;
    assert_int_equal(writer_begin(&w, s, WRITE_SORTED, &e), OK);
    assert_int_equal(writer_source(w, &o, &e), OK);
    assert_int_equal(writer_sink(w)->conversation(writer_sink(w), &c, &e), OK);
    for (int i = 0; i < 8; i++)
        assert_int_equal(writer_sink(w)->message(writer_sink(w), &m[i], &e), OK);
    assert_int_equal(writer_source_end(w, &report, &e), OK);
    if (writer_commit(w, &r, &e) != OK)
        fail_msg("%s", e.msg);
}

static void import_jsonl(struct store *s, str bytes)
{
    const struct importer *f;
    const struct origin o = {.name = STR("all.jsonl"), .format = STR("stet-jsonl")};
    const struct import_options options = {.zone = NULL};
    struct import_report report;
    struct source *source;
    struct err e = {.code = OK};
    struct writer *w;
    struct write_result r;
    assert_int_equal(source_of_bytes(&source, STR("all.jsonl"), bytes, &e), OK);
    assert_int_equal(importer_detect(&f, source, &e), OK);
    assert_string_equal(f->name, "stet-jsonl");
    assert_int_equal(writer_begin(&w, s, WRITE_STREAM, &e), OK);
    assert_int_equal(writer_source(w, &o, &e), OK);
    if (importer_read(f, source, &options, writer_sink(w), &report, &e) != OK)
        fail_msg("%s", e.msg);
    assert_int_equal(writer_source_end(w, &report, &e), OK);
    if (writer_commit(w, &r, &e) != OK)
        fail_msg("%s", e.msg);
    assert_int_equal(r.issues, 1); /* badStamp: some have no time */
    assert_int_equal(r.duplicates, 0);
    source_close(source);
}

/* Without sources and witnesses: what has to survive. */
static struct buf without_provenance(const struct buf *all)
{
    struct buf out = buf_new(64 << 20);
    str rest = buf_str(all), line;
    while (str_split(&rest, '\n', &line)) {
        if (str_starts(line, STR("{\"type\":\"source\"")))
            continue;
        const size_t at = str_find(line, STR(",\"witnesses\":["));
        buf_add(&out, at == STR_NONE ? line : str_sub(line, 0, at));
        buf_add_byte(&out, '\n');
    }
    return out;
}

static void there_and_back_nothing_is_lost(void **state)
{
    (void)state;
    struct scratch one = scratch_make(), two = scratch_make();
    struct store *first = open_store(&one), *second = open_store(&two);
    struct publish_result r;
    struct err e = {.code = OK};
    fill(first);
    struct buf there = exported(first, "", &r);
    assert_int_equal(r.messages, 7);
    assert_int_equal(r.events, 1);
    assert_int_equal(r.bytes, there.n);
    import_jsonl(second, buf_str(&there));
    if (store_check(second, &e) != OK)
        fail_msg("%s", e.msg);
    struct buf back = exported(second, "", &r);
    struct buf a = without_provenance(&there), b = without_provenance(&back);
    assert_string_equal(a.p, b.p);
    assert_true(str_find(buf_str(&there), STR("secret")) == STR_NONE);
    assert_true(str_find(buf_str(&there), STR("\"source\":\"pit.txt\"")) != STR_NONE);
    assert_true(str_find(buf_str(&back), STR("\"source\":\"all.jsonl\"")) != STR_NONE);
    buf_free(&a);
    buf_free(&b);
    buf_free(&there);
    buf_free(&back);
    store_close(first);
    store_close(second);
    scratch_remove(&one);
    scratch_remove(&two);
}

static void the_same_archive_gives_the_same_bytes(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    struct publish_result r;
    fill(s);
    struct buf a = exported(s, "", &r);
    store_close(s);
    s = open_store(&dir);
    struct buf b = exported(s, "", &r);
    assert_string_equal(a.p, b.p);
    buf_free(&a);
    buf_free(&b);
    store_close(s);
    scratch_remove(&dir);
}

static void a_query_takes_a_part(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    struct publish_result r;
    fill(s);
    struct buf out = exported(s, "quoted", &r);
    assert_int_equal(r.messages, 1);
    assert_true(
        str_starts(buf_str(&out), STR("{\"stet\":1,\"type\":\"export\",\"query\":\"quoted\","
                                      "\"records\":1}\n")));
    buf_free(&out);
    out = exported(s, "nothingofthiskind", &r);
    assert_int_equal(r.messages + r.events, 0);
    assert_true(str_find(buf_str(&out), STR("\"records\":0}\n")) != STR_NONE);
    buf_free(&out);
    store_close(s);
    scratch_remove(&dir);
}

static enum status refuse(void *context, str bytes, struct err *e)
{
    (void)context;
    (void)bytes;
    return (fail)(e, ERR_IO, "the disk is full"); /* cmocka has a macro of this name */
}

static void failures_are_passed_on(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct store *s = open_store(&dir);
    struct err e = {.code = OK};
    struct publish_result r;
    const struct publish_output to = {refuse, NULL};
    const struct publish_options all = {.query = STR("")}, bad = {.query = STR("from:")};
    fill(s);
    assert_int_equal(publish_run(exporter_at(0), s, &all, &to, &r, &e), ERR_IO);
    assert_string_equal(e.msg, "the disk is full");
    e.code = OK;
    assert_int_equal(publish_run(exporter_at(0), s, &bad, &to, &r, &e), ERR_QUERY);
    assert_null(exporter_find(STR("papyrus")));
    store_close(s);
    scratch_remove(&dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(there_and_back_nothing_is_lost),
        cmocka_unit_test(the_same_archive_gives_the_same_bytes),
        cmocka_unit_test(a_query_takes_a_part),
        cmocka_unit_test(failures_are_passed_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
