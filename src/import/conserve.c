/*
 * The conservation law: whatever an importer does, every byte of the source must be explained
 * exactly once, and as many records must have come out as an independent count of the raw bytes
 * finds. A guard stands between the importer and the caller's sink and keeps the books.
 */
#include "importer.h"

#include "counted.h"
#include "keepable.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { WORDLESS_MIN = 5 };

struct guard {
    struct sink sink; /* first: what the importer is given */
    struct sink *to;
    struct ledger ledger;
    struct import_report *report;
    uint64_t unread; /* issues that stand for a record */
    struct counted undated, unlikely, unfit, wordless;
    bool told_undated; /* by the importer, in its own words */
    struct arena scratch;
};

/* Before there were such messages, or when there cannot be any yet: a clock was wrong, or a number that is
   no time was read as one. */
static bool is_unlikely(const struct message_time *t)
{
    static const int64_t first_ms = 3652 * MS_PER_DAY, end_ms = 47482 * MS_PER_DAY; /* 1980, 2100 */
    return t->basis != BASIS_NONE && (t->wall_ms < first_ms || t->wall_ms >= end_ms);
}

/* Nothing of it can be shown: a format that has changed looks like that. */
static bool is_wordless(const struct message *m)
{
    const uint32_t says =
        FLAG_DELETED | FLAG_REDACTED | FLAG_IMAGE | FLAG_VIDEO | FLAG_AUDIO | FLAG_FILE | FLAG_LINK;
    return m->kind == KIND_TEXT && !m->text.n && !m->attachment_count && !m->edit_count &&
           !(m->flags & says) && m->deleted_utc_ms == TIME_NONE;
}

static enum status guard_message(struct sink *s, const struct message *m, struct err *e)
{
    struct guard *g = (struct guard *)s;
    if (m->kind == KIND_EVENT)
        g->report->events++;
    else
        g->report->messages++;
    if (m->raw.n != m->locus.length)
        return fail(e, ERR_FORMAT,
                    "the record at byte %" PRIu64 " has %zu bytes, but %" PRIu64 " were claimed",
                    m->locus.at, m->raw.n, m->locus.length);
    ledger_add(&g->ledger, m->locus.at, m->locus.length);
    arena_clear(&g->scratch);
    struct message fit;
    if (!keepable(m, &g->scratch, &fit))
        counted_add(&g->unfit, m->locus);
    if (fit.time.basis == BASIS_NONE && fit.kind != KIND_EVENT) /* many formats never date events */
        counted_add(&g->undated, m->locus);
    if (is_unlikely(&fit.time))
        counted_add(&g->unlikely, m->locus);
    if (is_wordless(&fit))
        counted_add(&g->wordless, m->locus);
    return g->to->message ? g->to->message(g->to, &fit, e) : OK;
}

static enum status guard_conversation(struct sink *s, const struct conversation *c, struct err *e)
{
    struct guard *g = (struct guard *)s;
    return g->to->conversation ? g->to->conversation(g->to, c, e) : OK;
}

static enum status guard_participant(struct sink *s, const struct participant *p, struct err *e)
{
    struct guard *g = (struct guard *)s;
    if (!p->key.n) /* a name of nobody */
        return OK;
    return g->to->participant ? g->to->participant(g->to, p, e) : OK;
}

/* The codes in which importers say of a record that it has no time. */
static bool says_undated(const char *code)
{
    static const char *const codes[] = {"badStamp", "dateOnly", "dateOrder", "mailNoDate",
                                        "noDate",   "noTime",   "noYear"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(code, codes[i]) == 0)
            return true;
    return false;
}

static enum status guard_issue(struct sink *s, const struct issue *i, struct err *e)
{
    struct guard *g = (struct guard *)s;
    g->report->issues++;
    g->told_undated |= says_undated(i->code);
    if (i->covers) {
        ledger_add(&g->ledger, i->locus.at, i->locus.length);
        g->unread += i->severity == ISSUE_ERROR;
    }
    return g->to->issue ? g->to->issue(g->to, i, e) : OK;
}

static enum status guard_wrapping(struct sink *s, uint64_t at, uint64_t length, struct err *e)
{
    struct guard *g = (struct guard *)s;
    ledger_add(&g->ledger, at, length);
    return g->to->wrapping ? g->to->wrapping(g->to, at, length, e) : OK;
}

static struct guard guard_of(struct sink *to, struct import_report *report)
{
    return (struct guard){
        .sink = {.message = guard_message,
                 .conversation = guard_conversation,
                 .participant = guard_participant,
                 .issue = guard_issue,
                 .wrapping = guard_wrapping},
        .to = to,
        .report = report,
    };
}

/* A few are usual; where most are, the words may stand where nobody looks. */
static bool mostly_wordless(const struct guard *g)
{
    return g->wordless.count >= WORDLESS_MIN && 2 * g->wordless.count > g->report->messages;
}

/* What is told whatever the format: a message that went without its time, or without what it claimed. */
static enum status guard_tell(struct guard *g, struct err *e)
{
    enum status st = OK;
    if (!g->told_undated)
        st = counted_tell(&g->undated, &g->sink, ISSUE_WARN, "badStamp",
                          "without a time that can be read",
                          STR("They keep their place in the order of the file."), e);
    if (st == OK)
        st = counted_tell(&g->unlikely, &g->sink, ISSUE_WARN, "oddYear",
                          "dated before 1980 or after 2100",
                          STR("They are kept as the source has them: a clock was wrong, or the "
                              "number is no time."),
                          e);
    if (st == OK)
        st = counted_tell(&g->unfit, &g->sink, ISSUE_WARN, "cannotBe",
                          "with a time, a size or a list that cannot be",
                          STR("That is left out, and lists are cut; the raw record has it."), e);
    if (st == OK && mostly_wordless(g))
        st = counted_tell(&g->wordless, &g->sink, ISSUE_WARN, "mostlyWordless",
                          "without words, files or anything else: most of this source",
                          STR("The format may have changed: look at a raw record before you rely "
                              "on the words."),
                          e);
    return st;
}

static void guard_free(struct guard *g)
{
    ledger_free(&g->ledger);
    arena_free(&g->scratch);
}

/* --- The independent count --------------------------------------------------------------------- */

struct tally {
    const struct importer *importer;
    struct counter counter;
    uint64_t bytes;
    const uint64_t *starts; /* of the records that were read; NULL in the first pass */
    size_t start_count;
    uint64_t astray; /* offset where count and starts part; UINT64_MAX: not yet */
};

static void on_bytes(void *context, str bytes)
{
    struct tally *t = context;
    if (bytes.n) /* an empty chunk would tell the counter that the source ends */
        t->importer->count(&t->counter, bytes);
    t->bytes += bytes.n;
}

/* Byte by byte, to see at which one the count rises. A record must begin between two rises. */
static void on_bytes_slowly(void *context, str bytes)
{
    struct tally *t = context;
    for (size_t i = 0; i < bytes.n; i++, t->bytes++) {
        const uint64_t before = t->counter.records;
        t->importer->count(&t->counter, str_sub(bytes, i, 1));
        if (t->counter.records == before || t->astray != UINT64_MAX)
            continue;
        const bool starts = before < t->start_count && t->starts[before] <= t->bytes;
        const bool next_starts = before + 1 < t->start_count && t->starts[before + 1] <= t->bytes;
        if (!starts || next_starts)
            t->astray = next_starts ? t->starts[before] : t->bytes;
    }
}

/* A tap can be set only where nothing has been read: at the start. */
static enum status tap_afresh(struct source *source, void (*tap)(void *, str), void *context,
                              struct err *e)
{
    const enum status st = source_rewind(source, e);
    if (st == OK)
        source_tap(source, tap, context);
    return st;
}

/* A sink that keeps where records begin. */
struct places {
    struct sink sink;
    uint64_t *starts;
    size_t count, cap;
};

static void place_add(struct places *p, uint64_t at)
{
    if (p->count == p->cap) {
        p->cap = p->cap ? p->cap * 2 : 1024;
        p->starts = realloc(p->starts, p->cap * sizeof *p->starts);
        if (!p->starts)
            abort();
    }
    p->starts[p->count++] = at;
}

static enum status place_message(struct sink *s, const struct message *m, struct err *e)
{
    (void)e;
    place_add((struct places *)s, m->locus.at);
    return OK;
}

static enum status place_issue(struct sink *s, const struct issue *i, struct err *e)
{
    (void)e;
    if (i->covers && i->severity == ISSUE_ERROR)
        place_add((struct places *)s, i->locus.at);
    return OK;
}

/* Where reader and counter part: reads the source twice more, which is done only to explain. */
static uint64_t find_astray(const struct importer *f, struct source *source,
                            const struct import_options *options)
{
    struct err ignored = {0};
    struct import_report report = {0};
    struct places places = {.sink = {.message = place_message, .issue = place_issue}};
    struct guard guard = guard_of(&places.sink, &report);
    struct tally t = {.importer = f, .astray = UINT64_MAX};
    if (tap_afresh(source, NULL, NULL, &ignored) == OK &&
        f->read(source, options, &guard.sink, &ignored) == OK &&
        tap_afresh(source, on_bytes_slowly, &t, &ignored) == OK) {
        t.starts = places.starts;
        t.start_count = places.count;
        struct sha256_digest digest;
        if (source_finish(source, &digest, &ignored) == OK && t.astray == UINT64_MAX)
            t.astray = t.counter.records < places.count ? places.starts[t.counter.records] : 0;
    }
    guard_free(&guard);
    free(places.starts);
    return t.astray == UINT64_MAX ? 0 : t.astray;
}

static enum status check(const struct importer *f, struct source *source,
                         const struct import_options *options, struct guard *g, struct err *e)
{
    const struct import_report *r = g->report;
    struct err why = {0};
    if (ledger_check(&g->ledger, r->bytes, &why) != OK) {
        fail(e, ERR_FORMAT, "%s: “" STR_FMT "” is not accounted for: %s", f->name,
             STR_ARG(source_name(source)), why.msg);
        return fail_hint(e,
                         "This is a fault of Stet, not of the file: please report it. Nothing was "
                         "imported.");
    }
    const uint64_t read = r->messages + r->events + g->unread;
    if (read == r->counted)
        return OK;
    fail(e, ERR_FORMAT,
         "%s: %" PRIu64 " records were read from “" STR_FMT "”, but a plain count of its bytes "
         "finds %" PRIu64 "; they part at byte %" PRIu64,
         f->name, read, STR_ARG(source_name(source)), r->counted, find_astray(f, source, options));
    return fail_hint(e, "Look at the file there. Either it is damaged, or it is of another format "
                        "(see `stet formats`; --format names one), or this is a fault of Stet.");
}

enum status importer_read(const struct importer *f, struct source *source,
                          const struct import_options *options, struct sink *sink,
                          struct import_report *report, struct err *e)
{
    *report = (struct import_report){0};
    struct tally tally = {.importer = f};
    struct guard guard = guard_of(sink, report);
    enum status st = tap_afresh(source, on_bytes, &tally, e); /* detection has read a little */
    if (st == OK)
        st = f->read(source, options, &guard.sink, e);
    if (st == OK)
        st = guard_tell(&guard, e);
    if (st == OK)
        st = source_finish(source, &report->digest, e);
    if (st == OK) {
        f->count(&tally.counter, STR(""));
        report->counted = tally.counter.records;
        report->bytes = tally.bytes;
        st = check(f, source, options, &guard, e);
    }
    guard_free(&guard);
    struct err ignored = {0};
    (void)(tap_afresh(source, NULL, NULL, &ignored) == OK); /* `tally` ends here: leave no tap */
    return st;
}
