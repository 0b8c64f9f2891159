/* Audit: an untouched archive is proved whole; whatever is tampered with is found. */
#include "../support/scratch.h"
#include "audit.h"
#include "intake.h"

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

#define CHAT                                                                  \
    STR("[2016-03-02 09:41:07] <noll> good morning\n"                         \
        "[2016-03-02 09:42:00] <Lirra> the dredging permit came, 9000 tons\n" \
        "[2016-03-02 09:42:30] <noll> at last\n"                              \
        "[2016-03-02 09:42:30] <noll> at last\n"                              \
        "[2016-03-02 09:42:10] <Lirra> and this one is late\n")
#define LONGER                                                                \
    STR("[2016-03-02 09:41:07] <noll> good morning\n"                         \
        "[2016-03-02 09:42:00] <Lirra> the dredging permit came, 9000 tons\n" \
        "[2016-03-02 09:42:30] <noll> at last\n"                              \
        "[2016-04-01 00:00:01] <noll> an extra line\n")

static void import(const struct scratch *dir, const char *const *paths, size_t count,
                   const char *zone)
{
    const struct intake_options o = {.format = STR(""), .zone_name = str_of(zone)};
    struct intake_total total;
    struct err e = {.code = OK};
    if (intake_run(dir->archive, paths, count, &o, &total, &e) != OK || total.stored != count)
        fail_msg("not imported: %s", e.msg);
}

/* Two sources that share three messages. */
static struct scratch make(void)
{
    struct scratch dir = scratch_make();
    const char *const paths[] = {scratch_file(&dir, "chat.txt", CHAT),
                                 scratch_file(&dir, "longer.txt", LONGER)};
    import(&dir, paths, 2, "");
    return dir;
}

static struct audit_report audit(const struct scratch *dir, struct arena *a)
{
    struct audit_report r;
    struct err e = {.code = OK};
    if (audit_run(dir->archive, a, &r, &e) != OK)
        fail_msg("%s", e.msg);
    return r;
}

static bool says(const struct audit_report *r, const char *part)
{
    for (size_t i = 0; i < r->finding_count && i < AUDIT_FINDINGS_MAX; i++) {
        if (str_find(r->findings[i].what, str_of(part)) != STR_NONE)
            return true;
    }
    return false;
}

static void untouched(void **state)
{
    (void)state;
    struct scratch dir = make();
    struct arena a = {.first = NULL};
    const str before = scratch_read(dir.archive);
    const struct audit_report r = audit(&dir, &a);
    for (size_t i = 0; i < r.finding_count; i++)
        print_message("# " STR_FMT "\n", STR_ARG(r.findings[i].what));
    assert_int_equal(r.finding_count, 0);
    assert_int_equal(r.messages, 6);
    assert_int_equal(r.proved, 6);
    assert_int_equal(r.witnesses, 9);
    assert_int_equal(r.witnesses_proved, 9);
    assert_int_equal(r.sources, 2);
    assert_int_equal(r.sources_unread, 0);
    assert_true(r.index_checked && r.index_agrees);
    const str after = scratch_read(dir.archive);
    assert_int_equal(before.n, after.n);
    assert_memory_equal(before.p, after.p, before.n);
    free((void *)before.p);
    free((void *)after.p);
    arena_free(&a);
    scratch_remove(&dir);
}

static void with_a_stated_zone(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct arena a = {.first = NULL};
    const char *path = scratch_file(&dir, "chat.txt", CHAT);
    import(&dir, &path, 1, "America/New_York");
    const struct audit_report r = audit(&dir, &a);
    assert_int_equal(r.finding_count, 0);
    assert_int_equal(r.proved, 5);
    arena_free(&a);
    scratch_remove(&dir);
}

/* Each: what a stranger does to the file, and a part of what the audit must say. */
static void tampering(void **state)
{
    (void)state;
    static const struct {
        const char *sql, *says;
    } cases[] = {
        {"UPDATE message SET text = replace(text, '9000', '1000')", "its text"},
        {"UPDATE message SET sent_ms = sent_ms + 3600000 WHERE id = 1", "its time"},
        {"UPDATE message SET sent_ms = sent_ms + 3600000, offset_min = offset_min - 60"
         " WHERE id = 1",
         "its UTC time"},
        {"UPDATE message SET participant_id = 3 - participant_id WHERE id = 2", "its sender"},
        {"UPDATE participant SET key = 'somebody' WHERE key = 'noll'", "its sender"},
        {"UPDATE participant SET name = 'Somebody' WHERE key = 'noll'", "sender's name"},
        {"UPDATE message SET sender_name = 'Somebody' WHERE id = 2", "sender's name"},
        {"UPDATE conversation SET key = 'x'", "its conversation"},
        {"UPDATE message SET kind = 2 WHERE id = 3", "its kind"},
        {"UPDATE message SET flags = flags | 2 WHERE id = 3", "a flag"},
        {"UPDATE message SET basis = 4 WHERE id = 3", "UTC"},
        {"UPDATE message SET ambiguous = 1 WHERE id = 3", "UTC"},
        {"UPDATE message SET time_shown = '2016-03-02 09:41:08' WHERE id = 1", "its time as shown"},
        {"UPDATE message SET platform_id = 'p' WHERE id = 1", "platform id"},
        {"UPDATE message SET edited_ms = 5 WHERE id = 1", "when it was edited"},
        {"UPDATE message SET deleted_ms = 5 WHERE id = 1", "when it was deleted"},
        {"UPDATE message SET forwarded_from = 'x' WHERE id = 1", "whom it was forwarded from"},
        {"INSERT INTO reaction(message_id, nth, emoji, people) VALUES(1, 0, '+', 1)", "a reaction"},
        {"INSERT INTO edit(message_id, nth, text) VALUES(1, 0, 'before')", "an earlier wording"},
        {"UPDATE message SET content_id = content_id + 1 WHERE id = 1", "content id"},
        {"UPDATE message SET length = length + 1 WHERE id = 1", "its place"},
        {"UPDATE message SET line = 77 WHERE id = 1", "its place"},
        {"UPDATE message SET sha256 = zeroblob(32) WHERE id = 1", "the hash"},
        {"UPDATE message SET at = at + 1 WHERE id = 1", "no record at byte 1 "},
        {"DELETE FROM message WHERE id = 2", "is not in the archive"},
        {"DELETE FROM message WHERE id = 6", "is not in the archive"},
        {"INSERT INTO message SELECT 7, conversation_id, participant_id, kind, flags, sent_ms,"
         " offset_min, basis, ambiguous, content_id, source_id, at, length, line, sha256, member,"
         " time_shown, platform_id, reply_to, sender_name, forwarded_from, forwarded_ms, "
         "edited_ms, deleted_ms, text FROM message WHERE id = 6",
         "more than were stored"},
        {"UPDATE witness SET at = at + 5 WHERE message_id = 1", "no record at byte 5 "},
        {"UPDATE witness SET sha256 = zeroblob(32) WHERE message_id = 1", "the hash"},
        {"DELETE FROM witness WHERE message_id = 1", "is not in the archive"},
        {"UPDATE witness SET message_id = 3 WHERE message_id = 1", "its text"},
        {"UPDATE source SET sha256 = zeroblob(32) WHERE id = 1", "SHA-256"},
        {"UPDATE source SET messages = messages + 1 WHERE id = 1", "number of records"},
        {"UPDATE source SET zone_name = 'America/New_York' WHERE id = 1", "UTC"},
        {"UPDATE source SET format = 'no-such' WHERE id = 1", "no-such"},
        {"DELETE FROM source WHERE id = 2", "source"},
        {"UPDATE participant SET messages = 77 WHERE id = 1", "number of messages"},
        {"UPDATE conversation SET events = 1", "number of messages"},
        {"UPDATE membership SET messages = 0", "number of messages"},
        {"UPDATE column_chunk SET min = min + 1000, max = max + 1000 WHERE id = 0", "columns"},
        {"UPDATE column_chunk SET max = max + 1 WHERE id = 0", "extent"},
        {"UPDATE column_chunk SET data = zeroblob(length(data)) WHERE id = 6 << 24", "columns"},
        {"DELETE FROM column_chunk WHERE id = 2 << 24", "damaged"},
        {"DELETE FROM message_fts_data WHERE id > 10", "index"},
        {"UPDATE message_fts_data SET block = CAST(replace(CAST(block AS TEXT), 'dred', 'bred')"
         " AS BLOB) WHERE instr(block, CAST('dred' AS BLOB))",
         "index"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct scratch dir = make();
        struct arena a = {.first = NULL};
        scratch_sql(dir.archive, cases[i].sql);
        const struct audit_report r = audit(&dir, &a);
        if (!r.finding_count || !says(&r, cases[i].says))
            fail_msg("not found (%d findings, first: " STR_FMT "): %s", (int)r.finding_count,
                     STR_ARG(r.finding_count ? r.findings[0].what : STR("")), cases[i].sql);
        arena_free(&a);
        scratch_remove(&dir);
    }
}

static void a_changed_source(void **state)
{
    (void)state;
    struct scratch dir = make();
    struct arena a = {.first = NULL};
    char other[600];
    snprintf(other, sizeof other, "%s", CHAT.p);
    memcpy(strstr(other, "9000"), "1000", 4);
    scratch_file(&dir, "chat.txt", str_of(other));
    struct audit_report r = audit(&dir, &a);
    assert_true(says(&r, "its text"));
    assert_true(says(&r, "SHA-256 differs"));
    assert_int_equal(r.proved, 5);

    snprintf(other, sizeof other, "%s[2016-03-09 00:00:00] <noll> put in later\n", CHAT.p);
    scratch_file(&dir, "chat.txt", str_of(other));
    r = audit(&dir, &a);
    assert_true(says(&r, "is not in the archive"));
    scratch_file(&dir, "chat.txt", str_sub(CHAT, 0, str_find(CHAT, STR("[2016-03-02 09:42:30]"))));
    r = audit(&dir, &a);
    assert_true(says(&r, "any more"));
    scratch_file(&dir, "chat.txt", STR("\xFF\xFE"));
    r = audit(&dir, &a);
    assert_true(r.finding_count > 0 && r.proved == 1);
    arena_free(&a);
    scratch_remove(&dir);
}

static void a_source_that_is_gone(void **state)
{
    (void)state;
    struct scratch dir = make();
    struct arena a = {.first = NULL};
    char path[128];
    snprintf(path, sizeof path, "%s/longer.txt", dir.folder);
    assert_int_equal(remove(path), 0);
    const struct audit_report r = audit(&dir, &a);
    assert_int_equal(r.sources_unread, 1);
    assert_int_equal(r.finding_count, 1);
    assert_int_equal(r.proved, 5);
    assert_true(says(&r, "longer.txt"));
    arena_free(&a);
    scratch_remove(&dir);
}

static void many_findings_are_counted(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct arena a = {.first = NULL};
    char *text = malloc(300 * 64);
    size_t n = 0;
    for (int i = 0; i < 300; i++)
        n += (size_t)sprintf(text + n, "[2016-03-02 09:%02d:%02d] <noll> line %d\n", i / 60, i % 60,
                             i);
    const char *path = scratch_file(&dir, "chat.txt", (str){text, n});
    import(&dir, &path, 1, "");
    free(text);
    scratch_sql(dir.archive, "UPDATE message SET content_id = 5");
    const struct audit_report r = audit(&dir, &a);
    assert_true(r.finding_count > 300);
    assert_true(r.findings[AUDIT_FINDINGS_MAX - 1].what.n > 0);
    assert_int_equal(r.proved, 0);
    arena_free(&a);
    scratch_remove(&dir);
}

/* As another user, because nothing is read-only to root. */
static void a_read_only_archive(void **state)
{
    (void)state;
    struct scratch dir = make();
    struct arena a = {.first = NULL};
    const uid_t me = geteuid();
    assert_int_equal(chmod(dir.archive, 0444), 0);
    assert_int_equal(chmod(dir.folder, 0555), 0);
    if (me == 0)
        assert_int_equal(seteuid(65534), 0);
    const struct audit_report r = audit(&dir, &a);
    if (me == 0)
        assert_int_equal(seteuid(0), 0);
    chmod(dir.folder, 0700);
    assert_false(r.index_checked);
    assert_int_equal(r.proved, 6);
    assert_int_equal(r.finding_count, 0);
    arena_free(&a);
    scratch_remove(&dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(untouched),
        cmocka_unit_test(with_a_stated_zone),
        cmocka_unit_test(tampering),
        cmocka_unit_test(a_changed_source),
        cmocka_unit_test(a_source_that_is_gone),
        cmocka_unit_test(many_findings_are_counted),
        cmocka_unit_test(a_read_only_archive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
