/* Custody: roots grow with the archive, the log tells what was done, and whoever touches either is seen. */
#include "../support/scratch.h"
#include "audit.h"
#include "custody.h"
#include "intake.h"
#include "marks.h"
#include "rezone.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define CHAT                                              \
    STR("[2016-03-02 09:41:07] <noll> good morning\n"     \
        "[2016-03-02 09:42:00] <Lirra> the permit came\n" \
        "[2016-03-02 09:42:30] <noll> at last\n")
#define LATER                                             \
    STR("[2016-04-02 09:41:07] <tern> the gate is shut\n" \
        "[2016-04-02 09:42:00] <noll> who shut it\n")

static void import_at(const char *archive, const char *path)
{
    const struct intake_options o = {.format = STR(""), .zone_name = STR(""), .now_ms = 1000};
    struct intake_total total;
    struct err e = {.code = OK};
    if (intake_run(archive, &path, 1, &o, &total, &e) != OK || total.stored != 1)
        fail_msg("not imported: %s", e.msg);
}

static struct scratch make(void)
{
    struct scratch dir = scratch_make();
    import_at(dir.archive, scratch_file(&dir, "chat.txt", CHAT));
    import_at(dir.archive, scratch_file(&dir, "later.txt", LATER));
    return dir;
}

static struct store *open_archive(const char *path, enum store_mode mode)
{
    struct store *s;
    struct err e = {.code = OK};
    if (store_open(&s, path, mode, &e) != OK)
        fail_msg("%s", e.msg);
    return s;
}

static struct custody_roots roots_of(const char *path, bool anew)
{
    struct store *const s = open_archive(path, STORE_READ);
    struct custody_roots r;
    struct err e = {.code = OK};
    assert_int_equal(anew ? custody_roots_anew(&r, s, &e) : custody_roots(&r, s, &e), OK);
    store_close(s);
    return r;
}

static struct custody_verdict check(const char *path, struct arena *a)
{
    struct store *const s = open_archive(path, STORE_READ);
    struct custody_verdict v;
    struct err e = {.code = OK};
    assert_int_equal(custody_check(&v, s, a, &e), OK);
    store_close(s);
    return v;
}

static void acts_are_told_without_words(void **state)
{
    (void)state;
    struct scratch dir = make();
    struct arena a = {.first = NULL};
    struct err e = {.code = OK};
    struct store *s = open_archive(dir.archive, STORE_WRITE);
    const int64_t rows[] = {1, 2};
    uint64_t changed;
    int64_t id;
    str what;
    assert_int_equal(marks_tag(s, STR("Rautenberg"), rows, 2, 5, &changed, &e), OK);
    assert_int_equal(marks_tag(s, STR("Rautenberg"), rows, 2, 5, &changed, &e), OK); /* no news */
    assert_int_equal(marks_note(s, 1, 2, STR("ask the quarrelsome clerk"), 5, &id, &e), OK);
    assert_int_equal(marks_undo(s, &a, &what, &e), OK);
    struct custody_entry *log;
    size_t count;
    assert_int_equal(custody_log(&log, &count, s, &a, &e), OK);
    assert_int_equal(count, 5);
    static const char *const whats[] = {"import", "import", "tag", "note", "undo"};
    static const char *const details[] = {"1 source, 3 new, 0 of them events, 0 here before",
                                          "1 source, 2 new, 0 of them events, 0 here before",
                                          "2 marks", "1 mark", "note, 1 mark"};
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(log[i].id, i + 1);
        assert_true(str_eq(log[i].what, str_of(whats[i])));
        assert_true(str_eq(log[i].detail, str_of(details[i])));
    }
    assert_int_equal(log[0].at_ms, 1000);
    assert_int_equal(log[0].messages, 3);
    assert_int_equal(log[4].messages, 5);
    store_close(s);
    const struct custody_verdict v = check(dir.archive, &a);
    assert_int_equal(v.what.n, 0);
    assert_int_equal(v.entries, 5);
    assert_string_equal(scratch_sql(dir.archive, "SELECT count(*) FROM custody WHERE what ||"
                                                 " detail LIKE '%Rautenberg%' OR detail LIKE"
                                                 " '%clerk%'"),
                        "0");
    arena_free(&a);
    scratch_remove(&dir);
}

static void roots_grow_and_agree(void **state)
{
    (void)state;
    struct scratch dir = make();
    const struct custody_roots quick = roots_of(dir.archive, false),
                               slow = roots_of(dir.archive, true);
    assert_true(sha256_eq(&quick.root, &slow.root));
    assert_int_equal(quick.messages, 5);
    assert_int_equal(quick.sources, 2);
    /* The other order: other messages first, the same sources. */
    char other[120];
    snprintf(other, sizeof other, "%s/other.stet", dir.folder);
    import_at(other, scratch_file(&dir, "renamed.txt", LATER));
    import_at(other, scratch_file(&dir, "chat.txt", CHAT));
    const struct custody_roots turned = roots_of(other, true);
    assert_true(sha256_eq(&quick.sources_root, &turned.sources_root));
    assert_false(sha256_eq(&quick.messages_root, &turned.messages_root));
    scratch_remove(&dir);
}

static void a_clock_changes_no_root(void **state)
{
    (void)state;
    struct scratch dir = make();
    struct arena a = {.first = NULL};
    struct err e = {.code = OK};
    const struct custody_roots before = roots_of(dir.archive, true);
    struct store *s = open_archive(dir.archive, STORE_WRITE);
    struct zone *z;
    struct rezone_result done;
    const int64_t sources[] = {1, 2};
    assert_int_equal(zone_open(&z, STR("America/Los_Angeles"), &e), OK);
    const struct rezone_job job = {.sources = sources, .count = 2, .zone = z};
    assert_int_equal(store_rezone(&done, s, &job, &e), OK);
    zone_close(z);
    store_close(s);
    const struct custody_roots after = roots_of(dir.archive, true);
    assert_true(sha256_eq(&before.root, &after.root));
    const struct custody_verdict v = check(dir.archive, &a);
    assert_int_equal(v.what.n, 0);
    assert_int_equal(v.entries, 3);
    assert_string_equal(scratch_sql(dir.archive, "SELECT what || ': ' || detail FROM custody"
                                                 " ORDER BY id DESC LIMIT 1"),
                        "clock: America/Los_Angeles, 2 sources, 5 messages");
    arena_free(&a);
    scratch_remove(&dir);
}

/* Each stroke of a stranger is seen, by the log or by the roots. */
static void tampering_is_seen(void **state)
{
    (void)state;
    static const char *const strokes[] = {
        "UPDATE message SET text = 'the permit never came' WHERE id = 2",
        "UPDATE message SET participant_id = 1 WHERE id = 2",
        "UPDATE message SET sent_ms = sent_ms + 60000 WHERE id = 1",
        "UPDATE message SET at = at + 1 WHERE id = 4",
        "DELETE FROM message WHERE id = 2",
        "UPDATE source SET sha256 = zeroblob(32) WHERE id = 1",
        "UPDATE source SET size_bytes = 1 WHERE id = 2",
        "UPDATE conversation SET key = 'another' WHERE id = 1",
        "UPDATE participant SET key = 'another' WHERE id = 1",
        "UPDATE custody SET detail = '2 sources' WHERE id = 1",
        "UPDATE custody SET at_ms = 2000 WHERE id = 2",
        "UPDATE custody SET root = zeroblob(32) WHERE id = 2",
        "UPDATE custody SET peaks = zeroblob(length(peaks)) WHERE id = 2",
        "UPDATE custody SET peaks = x'00' WHERE id = 2",
        "UPDATE custody SET messages = messages + 1 WHERE id = 2",
        "DELETE FROM custody WHERE id = 1",
        "UPDATE custody SET id = 7 WHERE id = 2",
    };
    for (size_t i = 0; i < sizeof strokes / sizeof *strokes; i++) {
        struct scratch dir = make();
        struct arena a = {.first = NULL};
        (void)scratch_sql(dir.archive, strokes[i]);
        const struct custody_verdict v = check(dir.archive, &a);
        if (!v.what.n)
            fail_msg("not seen: %s", strokes[i]);
        struct audit_report r;
        struct err e = {.code = OK};
        const struct audit_options quick = {.level = AUDIT_QUICK};
        if (audit_run_level(dir.archive, &quick, &a, &r, &e) == OK && !r.finding_count)
            fail_msg("the audit has not seen: %s", strokes[i]);
        arena_free(&a);
        scratch_remove(&dir);
    }
}

static void silence_can_be_asked_for(void **state)
{
    (void)state;
    struct scratch dir = scratch_make();
    struct arena a = {.first = NULL};
    import_at(dir.archive, scratch_file(&dir, "chat.txt", CHAT));
    setenv("STET_NO_LOG", "1", 1);
    import_at(dir.archive, scratch_file(&dir, "later.txt", LATER));
    unsetenv("STET_NO_LOG");
    const struct custody_verdict v = check(dir.archive, &a);
    assert_int_equal(v.what.n, 0);
    assert_int_equal(v.entries, 1);
    assert_int_equal(v.unlogged_messages, 2);
    const struct custody_roots quick = roots_of(dir.archive, false);
    assert_true(sha256_eq(&quick.root, &v.now.root));
    arena_free(&a);
    scratch_remove(&dir);
}

static struct audit_report audit_level(const struct scratch *dir, const struct audit_options *o,
                                       struct arena *a)
{
    struct audit_report r;
    struct err e = {.code = OK};
    if (audit_run_level(dir->archive, o, a, &r, &e) != OK)
        fail_msg("%s", e.msg);
    return r;
}

static void levels_of_the_audit(void **state)
{
    (void)state;
    struct scratch dir = make();
    struct arena a = {.first = NULL};
    const struct audit_options hashes = {.level = AUDIT_SOURCES},
                               some = {.level = AUDIT_SAMPLE, .sample = 3, .seed = 7},
                               many = {.level = AUDIT_SAMPLE, .sample = 100, .seed = 7};
    assert_int_equal(audit_level(&dir, &hashes, &a).finding_count, 0);
    assert_int_equal(audit_level(&dir, &some, &a).sampled_same, 3);
    assert_int_equal(audit_level(&dir, &many, &a).sampled_same, 5);
    scratch_file(&dir, "later.txt",
                 STR("[2016-04-02 09:41:07] <tern> the gate is open\n"
                     "[2016-04-02 09:42:00] <noll> who shut it\n"));
    assert_int_equal(audit_level(&dir, &hashes, &a).finding_count, 1);
    const struct audit_report r = audit_level(&dir, &many, &a);
    assert_int_equal(r.sampled, 5);
    assert_int_equal(r.sampled_same, 4);
    assert_int_equal(r.finding_count, 1);
    arena_free(&a);
    scratch_remove(&dir);
}

int main(void)
{
    cmocka_set_message_output(CM_OUTPUT_TAP);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(acts_are_told_without_words), cmocka_unit_test(roots_grow_and_agree),
        cmocka_unit_test(a_clock_changes_no_root),     cmocka_unit_test(tampering_is_seen),
        cmocka_unit_test(silence_can_be_asked_for),    cmocka_unit_test(levels_of_the_audit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
