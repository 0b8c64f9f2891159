/*
 * Bytes that claim to be records: either they are refused, or what they give obeys the rules of
 * message.h and sink.h, and writing it again and reading that gives the same bytes once more.
 */
#include "utf8.h"
#include "wire.h"

#include <stdlib.h>

static void require(bool what)
{
    if (!what)
        abort();
}

static void check_text(str s)
{
    require(utf8_valid_prefix(s) == s.n);
}

static void check_place(const struct locus *l)
{
    require(l->at <= INT64_MAX && l->length <= INT64_MAX - l->at);
}

static void check_people(const struct person_ref *people, size_t count)
{
    require(count <= WIRE_LIST_MAX);
    for (size_t i = 0; i < count; i++) {
        check_text(people[i].key);
        check_text(people[i].name);
    }
}

static void check_lists(const struct message *m)
{
    require(m->attachment_count <= WIRE_LIST_MAX && m->reaction_count <= WIRE_LIST_MAX &&
            m->edit_count <= WIRE_LIST_MAX);
    for (size_t i = 0; i < m->attachment_count; i++) {
        require((unsigned)m->attachments[i].kind <= ATTACH_LINK_CARD);
        require(m->attachments[i].size_bytes >= -1);
        check_text(m->attachments[i].name);
        check_text(m->attachments[i].mime);
        check_text(m->attachments[i].path);
    }
    for (size_t i = 0; i < m->reaction_count; i++) {
        require(m->reactions[i].count > 0);
        check_text(m->reactions[i].emoji);
        check_text(m->reactions[i].sender);
        check_text(m->reactions[i].sender_name);
    }
    for (size_t i = 0; i < m->edit_count; i++)
        check_text(m->edits[i].text);
    check_people(m->mentions, m->mention_count);
    check_people(m->recipients, m->recipient_count);
}

static void check_message(const struct message *m)
{
    const str texts[] = {m->platform_id, m->conversation, m->sender,   m->sender_name,
                         m->text,        m->time_shown,   m->reply_to, m->forwarded_from};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        check_text(texts[i]);
    require((unsigned)m->kind < KIND_COUNT && (unsigned)m->time.basis < BASIS_COUNT);
    require((m->time.basis == BASIS_NONE) == (m->time.wall_ms == TIME_NONE));
    require((m->time.basis == BASIS_NONE) == (m->time.utc_ms == TIME_NONE));
    require(m->raw_digest && !m->raw.n);
    check_place(&m->locus);
    check_lists(m);
}

static void test_message(str bytes, struct arena *a)
{
    struct err e = {0};
    struct message m, again;
    const enum status st = wire_get_message(bytes, a, &m, &e);
    require(st == OK || (st == ERR_FORMAT && e.msg[0]));
    if (st != OK)
        return;
    check_message(&m);
    struct buf once = buf_new((size_t)256 << 20), twice = buf_new((size_t)256 << 20);
    wire_put_message(&once, &m, m.raw_digest);
    require(wire_get_message(buf_str(&once), a, &again, &e) == OK);
    wire_put_message(&twice, &again, again.raw_digest);
    require(str_eq(buf_str(&once), buf_str(&twice)));
    buf_free(&once);
    buf_free(&twice);
}

static void test_others(str bytes, struct arena *a)
{
    struct err e = {0};
    struct conversation c;
    struct participant p;
    struct issue i;
    if (wire_get_conversation(bytes, &c, &e) == OK) {
        require(c.key.n > 0);
        check_text(c.key);
        check_text(c.title);
        check_text(c.platform);
        check_text(c.type);
    }
    if (wire_get_participant(bytes, &p, &e) == OK) {
        require(p.key.n > 0);
        check_text(p.key);
        check_text(p.name);
    }
    if (wire_get_issue(bytes, a, &i, &e) == OK) {
        require(i.code[0] && (unsigned)i.severity <= ISSUE_ERROR);
        check_text(i.what);
        check_text(i.way_out);
        check_place(&i.locus);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const str bytes = {(const char *)data, size};
    struct arena arena = {0};
    test_message(bytes, &arena);
    test_others(bytes, &arena);
    arena_free(&arena);
    return 0;
}
