/*
 * The conservation law: whatever an importer does, every byte of the source must be explained
 * exactly once, and as many records must have come out as an independent count of the raw bytes
 * finds. A guard stands between the importer and the caller's sink and keeps the books.
 */
#include "importer.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct guard {
    struct sink sink; /* first: what the importer is given */
    struct sink *to;
    struct ledger ledger;
    struct import_report *report;
    uint64_t unread; /* issues that stand for a record */
};

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
    return g->to->message ? g->to->message(g->to, m, e) : OK;
}

static enum status guard_conversation(struct sink *s, const struct conversation *c, struct err *e)
{
    struct guard *g = (struct guard *)s;
    return g->to->conversation ? g->to->conversation(g->to, c, e) : OK;
}

static enum status guard_participant(struct sink *s, const struct participant *p, struct err *e)
{
    struct guard *g = (struct guard *)s;
    return g->to->participant ? g->to->participant(g->to, p, e) : OK;
}

static enum status guard_issue(struct sink *s, const struct issue *i, struct err *e)
{
    struct guard *g = (struct guard *)s;
    g->report->issues++;
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
    ledger_free(&guard.ledger);
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
        st = source_finish(source, &report->digest, e);
    if (st == OK) {
        f->count(&tally.counter, STR(""));
        report->counted = tally.counter.records;
        report->bytes = tally.bytes;
        st = check(f, source, options, &guard, e);
    }
    ledger_free(&guard.ledger);
    struct err ignored = {0};
    (void)(tap_afresh(source, NULL, NULL, &ignored) == OK); /* `tally` ends here: leave no tap */
    return st;
}
