/*
 * After the last record of a source: records that waited to be put in order, columns, counts, the
 * source itself, the order of the archive, a tidy index; then the commit.
 */
#include "writer.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>

#include "custody_log.h"
#include "same.h"

enum {
    MERGE_PAGES = 250,         /* pages of the index that one step of a merge writes */
    COMMIT_TIMEOUT_MS = 60000, /* for readers to end: a long import is not thrown away for one */
};

/* ---- what waited ------------------------------------------------------------------------------ */

static enum status drain_notes(struct writer *w, struct err *e)
{
    struct spool_note note;
    enum step step;
    enum status st = OK;
    while (st == OK && (step = spool_next_note(w->spool, &note, e)) != STEP_DONE) {
        if (step == STEP_ERROR)
            return e->code;
        struct write_source *source = &w->sources[w->part_source[note.part]];
        switch (note.kind) {
        case SPOOL_CONVERSATION: st = writer_describe(w, source, &note.conversation, e); break;
        case SPOOL_PARTICIPANT: people_name(w->people, &note.participant); break;
        case SPOOL_ISSUE: st = writer_issue(w, source, &note.issue, e); break;
        }
    }
    return st;
}

static enum status drain_messages(struct writer *w, struct err *e)
{
    struct record r;
    enum step step;
    enum status st = OK;
    while (st == OK && (step = spool_next(w->spool, &r, e)) != STEP_DONE) {
        if (step == STEP_ERROR)
            return e->code;
        r.message.conversation = joins_key(w->joins, r.message.conversation);
        st = writer_put(w, &r, e);
    }
    return st;
}

static enum status drain_spool(struct writer *w, struct err *e)
{
    struct columns *c = w->s->columns;
    const int64_t rows = columns_rows(c);
    enum status st = spool_sort(w->spool, rows ? column_at(c, COLUMN_TIME, rows) : 0, e);
    if (st == OK)
        st = columns_failed(c, e);
    if (st == OK)
        st = joins_decide(&w->joins, w->s, w->spool, e);
    if (st == OK && w->part_count > 1)
        same_expect_own(w->s);
    if (st == OK)
        st = drain_notes(w, e);
    return st == OK ? drain_messages(w, e) : st;
}

/* ---- notes of a source ------------------------------------------------------------------------ */

static enum status note(struct writer *w, struct write_source *source, const char *code, str what,
                        str way_out, struct err *e)
{
    const struct issue i = {.severity = ISSUE_NOTE,
                            .code = code,
                            .what = what,
                            .way_out = way_out,
                            .locus = {.member = STR("")}};
    return writer_issue(w, source, &i, e);
}

/* "1 message was", "2 messages were" */
static str counted(struct arena *a, uint64_t n, const char *one, const char *many)
{
    return arena_printf(a, "%" PRIu64 " %s", n, n == 1 ? one : many);
}

static enum status add_notes(struct writer *w, struct write_source *source, struct err *e)
{
    struct arena *a = &w->scratch;
    const struct tally_note *instants = &source->other_instants, *texts = &source->other_texts;
    enum status st = OK;
    if (instants->count)
        st =
            note(w, source, "otherZone",
                 arena_printf(a,
                              STR_FMT " here already with another UTC time; the first import's"
                                      " stays",
                              STR_ARG(counted(a, instants->count, "message was", "messages were"))),
                 STR("import all copies with the same --tz"), e);
    if (st == OK && texts->count)
        st = note(w, source, "sameIdOtherText",
                  arena_printf(a,
                               STR_FMT " the id of one that is here with another text or sender,"
                                       " the first is " STR_FMT "; both are kept",
                               STR_ARG(counted(a, texts->count, "message has", "messages have")),
                               STR_ARG(texts->example)),
                  STR("edited between two exports, or not the same chat: compare them with"
                      " `stet show`"),
                  e);
    return st;
}

/* ---- the source itself ------------------------------------------------------------------------ */

static enum status store_source(struct writer *w, const struct write_source *source, struct err *e)
{
    static const char sql[] =
        "INSERT INTO source(id, path, name, format, format_version, zone_name, size_bytes, sha256,"
        " imported_at_ms, messages, events, duplicates, issues, counted, first_row, last_row,"
        " bundle, options) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,"
        " ?16, ?17, ?18)";
    const struct origin *o = &source->origin;
    const struct import_report *report = &source->report;
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(w->s->db, sql, -1, &q, NULL) != SQLITE_OK)
        return db_fail(w->s, e, "store a source");
    sqlite3_bind_int64(q, 1, source->result.source_id);
    db_bind_text(q, 2, o->path);
    db_bind_text(q, 3, o->name);
    db_bind_text(q, 4, o->format);
    db_bind_text(q, 5, o->format_version);
    db_bind_text(q, 6, o->zone_name);
    sqlite3_bind_int64(q, 7, (int64_t)report->bytes);
    sqlite3_bind_blob(q, 8, report->digest.bytes, SHA256_BYTES, SQLITE_STATIC);
    sqlite3_bind_int64(q, 9, o->imported_at_ms);
    sqlite3_bind_int64(q, 10, (int64_t)report->messages);
    sqlite3_bind_int64(q, 11, (int64_t)report->events);
    sqlite3_bind_int64(q, 12, (int64_t)source->result.duplicates);
    sqlite3_bind_int64(q, 13, (int64_t)source->result.issues);
    sqlite3_bind_int64(q, 14, (int64_t)report->counted);
    sqlite3_bind_int64(q, 15, source->first_row ? source->first_row : w->next_row);
    sqlite3_bind_int64(q, 16, source->first_row ? source->last_row : w->next_row - 1);
    db_bind_text(q, 17, o->bundle);
    db_bind_text(q, 18, o->options);
    const enum status st = db_run(w->s, q, "store a source", e);
    sqlite3_finalize(q);
    return st;
}

static enum status store_sources_of(struct writer *w, struct err *e)
{
    enum status st = OK;
    for (size_t i = 0; i < w->source_count && st == OK; i++) {
        arena_clear(&w->scratch);
        st = add_notes(w, &w->sources[i], e);
        if (st == OK)
            st = store_source(w, &w->sources[i], e);
    }
    return st;
}

/* ---- the archive as a whole ------------------------------------------------------------------- */

/* Merges all segments of the index into one, in steps, so that the pages of the old ones are used
   again for the new one and the file does not grow by another index. */
static enum status merge_all(struct store *s, struct err *e)
{
    char sql[96];
    enum status st = OK;
    for (int sign = -1, changed = 2; changed >= 2 && st == OK; sign = 1) {
        const int before = sqlite3_total_changes(s->db);
        snprintf(sql, sizeof sql, "INSERT INTO message_fts(message_fts, rank) VALUES('merge', %d)",
                 sign * MERGE_PAGES);
        st = db_exec(s, sql, "tidy the index", e);
        changed = sqlite3_total_changes(s->db) - before;
    }
    return st;
}

/* Everything is merged when a fifth of the rows have come since the last time: a first import always,
   a chat file added to a large archive hardly ever; each message is thus merged a few times however
   often something is added. Otherwise FTS5 merges what has become too many equal pieces. */
static enum status tidy_index(struct writer *w, struct err *e)
{
    const int64_t rows = w->next_row - 1;
    int64_t merged = 0;
    enum status st =
        db_number(w->s, &merged, "SELECT value FROM meta WHERE key = 'merged_rows'", 0, e);
    if (st != OK)
        return st;
    if ((rows - merged) * 5 < rows)
        return db_exec(w->s, "INSERT INTO message_fts(message_fts, rank) VALUES('merge', 500)",
                       "tidy the index", e);
    st = merge_all(w->s, e);
    return st == OK ? db_set_meta(w->s, "merged_rows", rows, e) : st;
}

static enum status store_order(struct writer *w, struct err *e)
{
    struct columns *c = w->s->columns;
    const int64_t old = columns_rows(c);
    bool ordered = columns_in_time_order(c);
    if (old > 0 && w->next_row > w->first_row)
        ordered = ordered && w->first_ms >= column_at(c, COLUMN_TIME, old);
    enum status st = columns_failed(c, e);
    if (st == OK)
        st = db_set_meta(w->s, "rows", w->next_row - 1, e);
    return st == OK ? db_set_meta(w->s, "time_ordered", ordered, e) : st;
}

/* A witness of messages that are here may name people otherwise: nobody stays whom nothing refers to. */
static enum status drop_idle_people(struct writer *w, struct err *e)
{
    uint64_t known = 0;
    for (size_t i = 0; i < w->source_count; i++)
        known += w->sources[i].result.duplicates;
    if (!known)
        return OK;
    return db_exec(w->s,
                   "DELETE FROM participant WHERE messages = 0 AND events = 0"
                   " AND id NOT IN (SELECT participant_id FROM reaction"
                   " WHERE participant_id IS NOT NULL)"
                   " AND id NOT IN (SELECT participant_id FROM mention)"
                   " AND id NOT IN (SELECT participant_id FROM recipient)"
                   " AND id NOT IN (SELECT participant_id FROM membership)"
                   " AND id NOT IN (SELECT participant_id FROM identity_member)"
                   " AND id NOT IN (SELECT participant_id FROM account_note)",
                   "store the people", e);
}

static enum status note_custody(struct writer *w, struct err *e)
{
    uint64_t messages = 0, events = 0, known = 0;
    for (size_t i = 0; i < w->source_count; i++) {
        messages += w->sources[i].result.messages_new;
        events += w->sources[i].result.events_new;
        known += w->sources[i].result.duplicates;
    }
    if (!w->source_count)
        return OK;
    const str detail =
        arena_printf(&w->scratch, "%zu %s, %" PRIu64 " new, %" PRIu64 " of them events, %" PRIu64
                                  " here before",
                     w->source_count, w->source_count == 1 ? "source" : "sources",
                     messages + events, events, known);
    return custody_note(w->s, "import", detail, w->sources[0].origin.imported_at_ms, e);
}

static enum status finish(struct writer *w, struct err *e)
{
    enum status st = w->spool ? drain_spool(w, e) : OK;
    if (st == OK)
        st = column_writer_end(w->columns, e);
    if (st == OK)
        st = people_store(w->people, e);
    if (st == OK)
        st = drop_idle_people(w, e);
    if (st == OK)
        st = store_sources_of(w, e);
    if (st == OK)
        st = store_order(w, e);
    if (st == OK)
        st = tidy_index(w, e);
    if (st == OK)
        st = note_custody(w, e);
    if (st != OK)
        return st;
    sqlite3_busy_timeout(w->s->db, COMMIT_TIMEOUT_MS);
    st = db_exec(w->s, "COMMIT", "store the source", e);
    sqlite3_busy_timeout(w->s->db, BUSY_TIMEOUT_MS);
    return st;
}

enum status writer_commit(struct writer *w, struct write_result *results, struct err *e)
{
    assert(!w->source_open);
    const enum status st = finish(w, e);
    if (st != OK) {
        writer_abandon(w);
        return st;
    }
    struct store *s = w->s;
    for (size_t i = 0; i < w->source_count; i++)
        results[i] = w->sources[i].result;
    s->fresh = false;
    writer_free(w);
    return db_load_state(s, e);
}
