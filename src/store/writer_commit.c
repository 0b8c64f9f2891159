/*
 * After the last record of a source: records that waited to be put in order, columns, counts, the
 * source itself, the order of the archive, a tidy index; then the commit.
 */
#include <stdio.h>

#include "writer.h"

enum {
    MERGE_PAGES = 250,         /* pages of the index that one step of a merge writes */
    COMMIT_TIMEOUT_MS = 60000, /* for readers to end: a long import is not thrown away for one */
};

static enum status drain_spool(struct writer *w, struct err *e)
{
    struct columns *c = w->s->columns;
    const int64_t rows = columns_rows(c);
    struct record r;
    enum step step;
    enum status st = spool_sort(w->spool, rows ? column_at(c, COLUMN_TIME, rows) : 0, e);
    if (st != OK)
        return st;
    while ((step = spool_next(w->spool, &r, e)) == STEP_ROW) {
        st = writer_put(w, &r, e);
        if (st != OK)
            return st;
    }
    return step == STEP_DONE ? OK : e->code;
}

static enum status store_source(struct writer *w, const struct import_report *report, struct err *e)
{
    static const char sql[] =
        "INSERT INTO source(id, path, name, format, format_version, zone_name, size_bytes, sha256,"
        " imported_at_ms, messages, events, duplicates, issues, counted, first_row, last_row)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)";
    const struct origin *o = &w->origin;
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(w->s->db, sql, -1, &q, NULL) != SQLITE_OK)
        return db_fail(w->s, e, "store a source");
    sqlite3_bind_int64(q, 1, w->source_id);
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
    sqlite3_bind_int64(q, 12, (int64_t)w->result.duplicates);
    sqlite3_bind_int64(q, 13, (int64_t)w->result.issues);
    sqlite3_bind_int64(q, 14, (int64_t)report->counted);
    sqlite3_bind_int64(q, 15, w->first_row);
    sqlite3_bind_int64(q, 16, w->next_row - 1);
    const enum status st = db_run(w->s, q, "store a source", e);
    sqlite3_finalize(q);
    return st;
}

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

static enum status note_other_instants(struct writer *w, struct err *e)
{
    char what[160];
    if (!w->other_instants)
        return OK;
    snprintf(what, sizeof what,
             "%llu messages were here already with another UTC time; the first import's stays",
             (unsigned long long)w->other_instants);
    const struct issue i = {.severity = ISSUE_NOTE,
                            .code = "otherZone",
                            .what = str_of(what),
                            .way_out = STR("import all copies with the same --tz"),
                            .locus = {.member = STR("")}};
    return w->sink.issue(&w->sink, &i, e);
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

static enum status finish(struct writer *w, const struct import_report *report, struct err *e)
{
    enum status st = w->spool ? drain_spool(w, e) : OK;
    if (st == OK)
        st = column_writer_end(w->columns, e);
    if (st == OK)
        st = people_store(w->people, e);
    if (st == OK)
        st = note_other_instants(w, e);
    if (st == OK)
        st = store_source(w, report, e);
    if (st == OK)
        st = store_order(w, e);
    if (st == OK)
        st = tidy_index(w, e);
    if (st != OK)
        return st;
    sqlite3_busy_timeout(w->s->db, COMMIT_TIMEOUT_MS);
    st = db_exec(w->s, "COMMIT", "store the source", e);
    sqlite3_busy_timeout(w->s->db, BUSY_TIMEOUT_MS);
    return st;
}

enum status writer_commit(struct writer *w, const struct import_report *report,
                          struct write_result *out, struct err *e)
{
    enum status st = finish(w, report, e);
    if (st != OK) {
        writer_abandon(w);
        return st;
    }
    struct store *s = w->s;
    *out = w->result;
    s->fresh = false;
    writer_free(w);
    return db_load_state(s, e);
}
