/* Records over the wire: what went in comes out, and nothing that breaks a rule comes out at
   all. */
#include "wire.h"

#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct sha256_digest some_digest = {{1, 2, 3, 250}};

static struct message full(void)
{
    static const struct attachment attachments[] = {
        {ATTACH_IMAGE, STR_INIT("a.jpg"), STR_INIT("image/jpeg"), 12, STR_INIT("../m/a.jpg"),
         &some_digest},
        {ATTACH_LINK_CARD, STR_INIT(""), STR_INIT(""), -1, STR_INIT(""), NULL},
    };
    static const struct reaction reactions[] = {
        {STR_INIT("like"), STR_INIT("u1"), STR_INIT("Ines"), 5, 1},
        {STR_INIT("\xF0\x9F\x91\x8D"), STR_INIT(""), STR_INIT(""), TIME_NONE, 12},
    };
    static const struct edit edits[] = {{STR_INIT("before"), 77}, {STR_INIT(""), TIME_NONE}};
    static const struct person_ref people[] = {{STR_INIT("u2"), STR_INIT("noll")}};
    struct message m = message_empty();
    m.platform_id = STR("9007199254740993");
    m.conversation = STR("telegram:-100");
    m.sender = STR("user1");
    m.sender_name = STR("Ines Rautenberg");
    m.kind = KIND_POLL;
    m.text = STR("Stop the pumps?\nyes\nno \0 \xC3\xA9");
    m.time = (struct message_time){-1, INT64_C(1456908067000), BASIS_SOURCE_UTC, true};
    m.time_shown = STR("02.03.2016");
    m.flags = FLAG_EDITED | FLAG_REACTION;
    m.reply_to = STR("17");
    m.forwarded_from = STR("the mine");
    m.forwarded_utc_ms = -1;
    m.edited_utc_ms = 0;
    m.attachments = attachments;
    m.attachment_count = 2;
    m.reactions = reactions;
    m.reaction_count = 2;
    m.edits = edits;
    m.edit_count = 2;
    m.mentions = people;
    m.mention_count = 1;
    m.recipients = people;
    m.recipient_count = 1;
    m.locus = (struct locus){5, 38, 2, STR_INIT("chats/\xFF.json")};
    return m;
}

struct wired {
    struct arena arena;
    struct buf bytes;
};

static void start(struct wired *w)
{
    *w = (struct wired){.bytes = buf_new(1 << 20)};
}

static void finish(struct wired *w)
{
    arena_free(&w->arena);
    buf_free(&w->bytes);
}

static void assert_str(str is, str expected)
{
    assert_int_equal(is.n, expected.n);
    assert_true(str_eq(is, expected));
}

static void test_a_message_comes_back_whole(void **state)
{
    (void)state;
    struct wired w;
    struct message m = full(), back;
    struct err e = {0};
    start(&w);
    wire_put_message(&w.bytes, &m, &some_digest);
    assert_int_equal(wire_get_message(buf_str(&w.bytes), &w.arena, &back, &e), OK);
    assert_str(back.platform_id, m.platform_id);
    assert_str(back.conversation, m.conversation);
    assert_str(back.sender, m.sender);
    assert_str(back.sender_name, m.sender_name);
    assert_str(back.text, m.text);
    assert_str(back.time_shown, m.time_shown);
    assert_str(back.reply_to, m.reply_to);
    assert_str(back.forwarded_from, m.forwarded_from);
    assert_str(back.locus.member, m.locus.member);
    assert_int_equal(back.kind, m.kind);
    assert_int_equal(back.flags, m.flags);
    assert_memory_equal(&back.time, &m.time, sizeof m.time.wall_ms * 2);
    assert_true(back.time.ambiguous && back.time.basis == BASIS_SOURCE_UTC);
    assert_true(back.forwarded_utc_ms == -1 && back.edited_utc_ms == 0);
    assert_true(back.deleted_utc_ms == TIME_NONE);
    assert_true(back.locus.at == 5 && back.locus.length == 38 && back.locus.line == 2);
    assert_true(sha256_eq(back.raw_digest, &some_digest));
    assert_int_equal(back.raw.n, 0);
    finish(&w);
}

static void test_lists_come_back_whole(void **state)
{
    (void)state;
    struct wired w;
    struct message m = full(), back;
    struct err e = {0};
    start(&w);
    wire_put_message(&w.bytes, &m, &some_digest);
    assert_int_equal(wire_get_message(buf_str(&w.bytes), &w.arena, &back, &e), OK);
    assert_int_equal(back.attachment_count, 2);
    assert_int_equal(back.attachments[0].kind, ATTACH_IMAGE);
    assert_str(back.attachments[0].name, STR("a.jpg"));
    assert_str(back.attachments[0].mime, STR("image/jpeg"));
    assert_str(back.attachments[0].path, STR("../m/a.jpg"));
    assert_true(sha256_eq(back.attachments[0].digest, &some_digest));
    assert_true(back.attachments[1].size_bytes == -1 && !back.attachments[1].digest);
    assert_int_equal(back.reaction_count, 2);
    assert_str(back.reactions[0].sender_name, STR("Ines"));
    assert_true(back.reactions[1].utc_ms == TIME_NONE && back.reactions[1].count == 12);
    assert_int_equal(back.edit_count, 2);
    assert_str(back.edits[0].text, STR("before"));
    assert_int_equal(back.edits[0].utc_ms, 77);
    assert_int_equal(back.mention_count, 1);
    assert_int_equal(back.recipient_count, 1);
    assert_str(back.recipients[0].key, STR("u2"));
    assert_str(back.mentions[0].name, STR("noll"));
    finish(&w);
}

static void test_times_at_their_ends(void **state)
{
    (void)state;
    static const int64_t times[] = {0, 1, -1, 63, -64, INT64_C(253402300799999), TIME_NONE};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
        struct wired w;
        struct message m = message_empty(), back;
        struct err e = {0};
        start(&w);
        m.edited_utc_ms = times[i];
        wire_put_message(&w.bytes, &m, &some_digest);
        assert_int_equal(wire_get_message(buf_str(&w.bytes), &w.arena, &back, &e), OK);
        assert_true(back.edited_utc_ms == times[i]);
        finish(&w);
    }
}

static void test_the_small_records(void **state)
{
    (void)state;
    struct wired w;
    struct err e = {0};
    struct conversation c = {STR_INIT("irc:x/#y"), STR_INIT("#y"), STR_INIT("irc"), STR_INIT(""),
                             true},
                        c2;
    struct participant p = {STR_INIT("U1"), STR_INIT("Ines")}, p2;
    struct issue i = {ISSUE_WARN,
                      "badStamp",
                      STR_INIT("One stamp."),
                      STR_INIT("Look."),
                      {3, 4, 5, STR_INIT("a/b")},
                      true},
                 i2;
    start(&w);
    wire_put_conversation(&w.bytes, &c);
    assert_int_equal(wire_get_conversation(buf_str(&w.bytes), &c2, &e), OK);
    assert_str(c2.key, c.key);
    assert_str(c2.title, c.title);
    assert_str(c2.platform, c.platform);
    assert_true(c2.loose && !c2.type.n);
    buf_clear(&w.bytes);
    wire_put_participant(&w.bytes, &p);
    assert_int_equal(wire_get_participant(buf_str(&w.bytes), &p2, &e), OK);
    assert_str(p2.key, p.key);
    assert_str(p2.name, p.name);
    buf_clear(&w.bytes);
    wire_put_issue(&w.bytes, &i);
    assert_int_equal(wire_get_issue(buf_str(&w.bytes), &w.arena, &i2, &e), OK);
    assert_string_equal(i2.code, "badStamp");
    assert_str(i2.what, i.what);
    assert_str(i2.way_out, i.way_out);
    assert_true(i2.covers && i2.severity == ISSUE_WARN && i2.locus.line == 5);
    finish(&w);
}

static void test_every_cut_is_refused(void **state)
{
    (void)state;
    struct wired w;
    struct message m = full(), back;
    start(&w);
    wire_put_message(&w.bytes, &m, &some_digest);
    for (size_t n = 0; n < w.bytes.n; n++) {
        struct err e = {0};
        assert_int_equal(wire_get_message(str_sub(buf_str(&w.bytes), 0, n), &w.arena, &back, &e),
                         ERR_FORMAT);
        assert_non_null(strstr(e.msg, "does not hold together"));
    }
    struct err e = {0};
    buf_add_byte(&w.bytes, 0);
    assert_int_equal(wire_get_message(buf_str(&w.bytes), &w.arena, &back, &e), ERR_FORMAT);
    finish(&w);
}

static void refused(struct message m, const char *why)
{
    struct wired w;
    struct message back;
    struct err e = {0};
    start(&w);
    wire_put_message(&w.bytes, &m, &some_digest);
    assert_int_equal(wire_get_message(buf_str(&w.bytes), &w.arena, &back, &e), ERR_FORMAT);
    if (!strstr(e.msg, why))
        fail_msg("\"%s\" does not say \"%s\"", e.msg, why);
    finish(&w);
}

static void test_broken_rules_are_refused(void **state)
{
    (void)state;
    struct message m = message_empty();
    m.text = STR("a\xC0\xAF");
    refused(m, "not UTF-8");
    m = message_empty();
    m.sender = STR("\xED\xA0\x80");
    refused(m, "not UTF-8");
    m = message_empty();
    m.kind = KIND_COUNT;
    refused(m, "no known kind");
    m = message_empty();
    m.flags = 1u << 31;
    refused(m, "unknown flags");
    m = message_empty();
    m.time.basis = BASIS_COUNT;
    refused(m, "no known basis");
    m = message_empty();
    m.time = (struct message_time){.wall_ms = 1, .utc_ms = TIME_NONE, .basis = BASIS_STATED};
    refused(m, "a time without a basis");
    m = message_empty();
    m.time = (struct message_time){INT64_MAX, INT64_MAX, BASIS_STATED, false};
    refused(m, "hundred thousand years");
    m = message_empty();
    m.locus.at = UINT64_MAX;
    refused(m, "beyond the end");
    m = message_empty();
    m.locus.at = INT64_MAX;
    m.locus.length = 1;
    refused(m, "beyond the end");
}

static void test_broken_lists_are_refused(void **state)
{
    (void)state;
    const struct attachment odd = {.kind = (enum attachment_kind)99, .size_bytes = -1};
    const struct attachment negative = {.size_bytes = -2};
    const struct reaction nobody = {.emoji = STR_INIT("x"), .utc_ms = TIME_NONE};
    struct message m = message_empty();
    m.attachments = &odd;
    m.attachment_count = 1;
    refused(m, "no known kind");
    m.attachments = &negative;
    refused(m, "negative size");
    m = message_empty();
    m.reactions = &nobody;
    m.reaction_count = 1;
    refused(m, "of nobody");

    struct edit *const many = calloc(WIRE_LIST_MAX + 1, sizeof *many);
    assert_non_null(many);
    m = message_empty();
    m.edits = many;
    m.edit_count = WIRE_LIST_MAX + 1;
    refused(m, "too many entries");
    free(many);
}

static void test_a_list_that_is_only_claimed_costs_nothing(void **state)
{
    (void)state;
    struct wired w;
    struct message m = message_empty(), back;
    struct err e = {0};
    start(&w);
    wire_put_message(&w.bytes, &m, &some_digest);
    /* kind, flags, eight texts, basis, ambiguous, five times: then the number of attachments */
    char *const count = w.bytes.p + 1 + 2 + 8 + 2 + 5;
    assert_int_equal(*count, 0);
    *count = 127;
    assert_int_equal(wire_get_message(buf_str(&w.bytes), &w.arena, &back, &e), ERR_FORMAT);
    assert_non_null(strstr(e.msg, "longer than the record"));
    assert_int_equal(back.attachment_count, 0);
    finish(&w);
}

static void test_codes_are_letters_and_digits(void **state)
{
    (void)state;
    static const char *const codes[] = {"", "a b", "x\x1B[2J", "\xC3\xA9"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        struct wired w;
        struct issue back;
        const struct issue bad = {.code = codes[i], .what = STR_INIT("x")};
        struct err e = {0};
        start(&w);
        wire_put_issue(&w.bytes, &bad);
        assert_int_equal(wire_get_issue(buf_str(&w.bytes), &w.arena, &back, &e), ERR_FORMAT);
        finish(&w);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_message_comes_back_whole),
        cmocka_unit_test(test_lists_come_back_whole),
        cmocka_unit_test(test_times_at_their_ends),
        cmocka_unit_test(test_the_small_records),
        cmocka_unit_test(test_every_cut_is_refused),
        cmocka_unit_test(test_broken_rules_are_refused),
        cmocka_unit_test(test_broken_lists_are_refused),
        cmocka_unit_test(test_a_list_that_is_only_claimed_costs_nothing),
        cmocka_unit_test(test_codes_are_letters_and_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
