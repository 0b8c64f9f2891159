/* The doors of the clock, of citations, gaps and claims, as their headers show them. */
#include "../support/scratch.h"
#include "citation.h"
#include "archive_claims.h"
#include "clock.h"
#include "gaps.h"
#include "intake.h"
#include "numbered.h"
#include "rezone.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { POSTS = 60 };

/* A release of New York's clock: each line links to a post made forty-one seconds before. */
static struct scratch make(void)
{
    struct scratch dir = scratch_make();
    struct zone *z = NULL;
    struct err e = {.code = OK};
    struct buf text = buf_new(1 << 20);
    assert_int_equal(zone_open(&z, STR("America/New_York"), &e), OK);
    for (int64_t i = 0; i < POSTS; i++) {
        char stamp[CIVIL_TEXT];
        const int64_t post_ms = INT64_C(1454000000000) + i * 6 * MS_PER_DAY;
        const int64_t sent_ms = post_ms + 41 * MS_PER_SECOND;
        civil_print(stamp, sent_ms + zone_offset_min(z, sent_ms) * MS_PER_MINUTE);
        buf_addf(&text, "[%s] <%s> https://twitter.com/noll/status/%" PRId64 " permit %d\n", stamp,
                 i % 2 ? "tern" : "noll", (post_ms - INT64_C(1288834974657)) << 22, (int)i);
    }
    const char *const path = scratch_file(&dir, "pit.txt", buf_str(&text));
    const struct intake_options o = {.format = STR(""), .zone_name = STR("")};
    struct intake_total total;
    if (intake_run(dir.archive, &path, 1, &o, &total, &e) != OK || total.stored != 1)
        fail_msg("not imported: %s", e.msg);
    zone_close(z);
    buf_free(&text);
    return dir;
}

static struct store *open_store(const struct scratch *dir, enum store_mode mode)
{
    struct store *s = NULL;
    struct err e = {.code = OK};
    if (store_open(&s, dir->archive, mode, &e) != OK)
        fail_msg("%s", e.msg);
    return s;
}

static void test_clock_is_found_and_applied_and_taken_back(void **state)
{
    (void)state;
    struct scratch dir = make();
    struct arena a = {0};
    struct err e = {.code = OK};
    struct clock_report r;
    struct rezone_result done;
    struct zone *z = NULL;
    struct stored before, after, again;
    struct store *s = open_store(&dir, STORE_WRITE);
    assert_int_equal(clock_run(&r, s, &(struct clock_options){.sources = NULL}, &a, &e), OK);
    assert_int_equal(r.verdict, CLOCK_DECIDED);
    assert_true(str_eq(r.zones[0].name, STR("America/New_York")));
    assert_int_equal(r.zones[0].margin_ms, 41 * MS_PER_SECOND);
    assert_int_equal(r.signs[SIGN_POST], POSTS);
    assert_int_equal(r.grain_ms, MS_PER_SECOND);

    assert_int_equal(store_message(s, 1, &a, &before, &e), OK);
    assert_int_equal(zone_open(&z, r.zones[0].name, &e), OK);
    const struct rezone_job job = {.sources = &r.sources[0].id, .count = 1, .zone = z};
    assert_int_equal(store_rezone(&done, s, &job, &e), OK);
    assert_int_equal(done.messages, POSTS);
    assert_int_equal(store_message(s, 1, &a, &after, &e), OK);
    assert_int_equal(after.message.time.basis, BASIS_INFERRED);
    assert_int_equal(after.message.time.wall_ms, before.message.time.wall_ms);
    assert_int_equal(after.message.time.utc_ms - before.message.time.utc_ms, 5 * MS_PER_HOUR);
    assert_int_equal(after.content_id, before.content_id);
    assert_int_equal(store_check(s, &e), OK);

    const struct rezone_job back = {.sources = &r.sources[0].id, .count = 1};
    assert_int_equal(store_rezone(&done, s, &back, &e), OK);
    assert_int_equal(store_message(s, 1, &a, &again, &e), OK);
    assert_memory_equal(&again.message.time, &before.message.time, sizeof again.message.time);
    assert_int_equal(store_check(s, &e), OK);
    zone_close(z);
    store_close(s);
    arena_free(&a);
    scratch_remove(&dir);
}

static void test_a_source_that_is_not_there_changes_nothing(void **state)
{
    (void)state;
    struct scratch dir = make();
    struct err e = {.code = OK};
    struct rezone_result done;
    struct store *s = open_store(&dir, STORE_WRITE);
    const int64_t ids[] = {1, 99};
    const struct rezone_job job = {.sources = ids, .count = 2};
    assert_int_equal(store_rezone(&done, s, &job, &e), ERR_MISSING);
    e = (struct err){.code = OK};
    assert_int_equal(store_check(s, &e), OK);
    store_close(s);
    scratch_remove(&dir);
}

static void test_zone_of_options(void **state)
{
    (void)state;
    assert_true(
        str_eq(rezone_option(STR("date-order=mdy\nclock=Europe/Berlin\n")), STR("Europe/Berlin")));
    assert_true(str_eq(rezone_option(STR("names=/clock=x\n")), STR("")));
    assert_true(str_eq(rezone_option(STR("")), STR("")));
}

static void test_claims(void **state)
{
    (void)state;
    struct scratch dir = make();
    struct arena a = {0};
    struct err e = {.code = OK};
    struct store *s = open_store(&dir, STORE_READ);
    const struct claim_query q = {.text = STR("permit")};
    struct claim_count n;
    struct claim_end end;
    struct claim_between between;
    struct searched searched;
    bool in_failed;
    assert_int_equal(claims_count(&n, s, &q, STR("from:noll"), &a, &in_failed, &e), OK);
    assert_int_equal(n.both, POSTS / 2);
    assert_int_equal(n.whole, POSTS / 2);
    assert_int_equal(n.alone, POSTS);
    assert_int_equal(claims_count(&n, s, &q, STR("("), &a, &in_failed, &e), ERR_QUERY);
    assert_true(in_failed);
    e = (struct err){.code = OK};
    assert_int_equal(claims_end(&end, s, &q, true, &a, &e), OK);
    assert_int_equal(end.row, POSTS);
    assert_int_equal(claims_between(&between, s, 2, 1, &e), OK);
    assert_int_equal(between.interval_ms, -6 * MS_PER_DAY);
    assert_int_equal(between.kind, INTERVAL_CLOCK);
    assert_int_equal(claims_between(&between, s, 1, 4, &e), OK);
    assert_int_equal(between.conversation_messages, 2);
    assert_int_equal(between.conversation_participants, 2);
    assert_int_equal(claims_between(&between, s, 1, POSTS + 1, &e), ERR_MISSING);
    e = (struct err){.code = OK};
    assert_int_equal(claims_searched(&searched, s, &a, &e), OK);
    assert_int_equal(searched.messages, POSTS);
    assert_int_equal(searched.basis, BASIS_ASSUMED);
    assert_int_equal(searched.sources_without_deleted, 1);
    store_close(s);
    arena_free(&a);
    scratch_remove(&dir);
}

static void test_shares_are_never_rounded_to_none_or_all(void **state)
{
    (void)state;
    struct arena a = {0};
    const struct {
        uint64_t part, whole;
        const char *says;
    } cases[] = {
        {0, 10, "0%"},
        {10, 10, "100%"},
        {1, 8, "12.5%"},
        {1, 1000000, "less than 0.01%"},
        {999999, 1000000, "more than 99.99%"},
        {9995, 10000, "99.9%"},
        {284, 10000, "2.84%"},
        {0, 0, "0%"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_true(str_eq(claims_share(&a, cases[i].part, cases[i].whole), str_of(cases[i].says)));
    arena_free(&a);
}

static void test_citation_says_what_is_known(void **state)
{
    (void)state;
    struct buf b = buf_new(BUF_LINE_MAX);
    struct stored m = {.message = message_empty(), .conversation_title = STR("Varnholm")};
    struct citation_options o = {.form = CITATION_PLAIN};
    m.message.sender = STR("noll");
    m.message.text = STR("good morning");
    m.message.time = (struct message_time){.wall_ms = INT64_C(1456911667000),
                                           .utc_ms = INT64_C(1456911667000),
                                           .basis = BASIS_ASSUMED};
    m.content_id = 0x5937c3f1;
    citation_write(&b, &m, &o);
    assert_true(str_eq(
        buf_str(&b), STR("noll, message in “Varnholm”, 2016-03-02 09:41:07 (zone not known): “good "
                         "morning”. Stet 2016-03-02T09:41:07/5937-c3f1\n")));
    buf_clear(&b);
    m.message.time.utc_ms -= MS_PER_HOUR;
    m.message.time.basis = BASIS_INFERRED;
    citation_write(&b, &m, &o);
    assert_true(
        str_find(buf_str(&b), STR("(2016-03-02 08:41:07 UTC; zone inferred from the messages)")) !=
        STR_NONE);
    buf_free(&b);
}

/* "ä" is two bytes: a cut may not fall between them. */
static void test_long_texts_are_cut_between_characters(void **state)
{
    (void)state;
    struct buf text = buf_new(BUF_LINE_MAX), b = buf_new(BUF_LINE_MAX);
    struct stored m = {.message = message_empty(), .conversation_title = STR("Varnholm")};
    const struct citation_options o = {.form = CITATION_PLAIN};
    buf_add(&text, STR("x"));
    for (int i = 0; i < 1000; i++)
        buf_add(&text, STR("ä"));
    m.message.text = buf_str(&text);
    citation_write(&b, &m, &o);
    assert_true(str_find(buf_str(&b), STR("ä […]”")) != STR_NONE);
    assert_true(str_find(buf_str(&b), STR("\xef\xbf\xbd")) == STR_NONE);
    assert_true(buf_str(&b).n < CITATION_TEXT_MAX + 100);
    buf_free(&text);
    buf_free(&b);
}

static void test_gaps_of_a_slow_exchange_are_none(void **state)
{
    (void)state;
    struct scratch dir = make();
    struct arena a = {0};
    struct err e = {.code = OK};
    struct gaps_report r;
    struct numbered *ids;
    size_t count = 1;
    struct store *s = open_store(&dir, STORE_READ);
    assert_int_equal(gaps_run(&r, s, &(struct gaps_options){.conversation_id = 0}, &a, &e), OK);
    assert_int_equal(r.silence_count, 0);
    assert_int_equal(r.silences_examined, 2 * (POSTS - 1) - 1);
    assert_int_equal(r.conversation_count, 1);
    assert_int_equal(r.conversations[0].messages, POSTS);
    assert_int_equal(store_numbered(s, &a, &ids, &count, &e), OK);
    assert_int_equal(count, 0);
    store_close(s);
    arena_free(&a);
    scratch_remove(&dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clock_is_found_and_applied_and_taken_back),
        cmocka_unit_test(test_a_source_that_is_not_there_changes_nothing),
        cmocka_unit_test(test_zone_of_options),
        cmocka_unit_test(test_claims),
        cmocka_unit_test(test_shares_are_never_rounded_to_none_or_all),
        cmocka_unit_test(test_citation_says_what_is_known),
        cmocka_unit_test(test_long_texts_are_cut_between_characters),
        cmocka_unit_test(test_gaps_of_a_slow_exchange_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
