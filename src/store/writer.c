/*
 * Writing a source: one transaction, rows in order of time, everything that a search needs made on
 * the way. What costs per message: two hashes (the record's bytes, the content id), one scan for
 * links, one row, one text into FTS5, eight numbers into columns.
 *
 * Duplicates: a message that is in the archive already (the same conversation, time as shown,
 * sender, text, kind and how-manieth of equals; platform ids, where both have one, the same) gets no
 * second row but a further witness. Its UTC stays as the first import read it.
 */
#include "writer.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "known.h"
#include "row.h"
#include "schema.h"

enum { OCCURRENCES_MAX = 1 << 20 /* tries to find a free number among equals */ };

/* ---- one record ------------------------------------------------------------------------------- */

static enum status store_attachments(struct writer *w, const struct message *m, int64_t row,
                                     struct err *e)
{
    enum status st = OK;
    for (size_t i = 0; i < m->attachment_count && st == OK; i++) {
        const struct attachment *x = &m->attachments[i];
        sqlite3_stmt *q;
        st = db_statement(w->s, INSERT_ATTACHMENT, &q, e);
        if (st != OK)
            return st;
        sqlite3_bind_int64(q, 1, row);
        sqlite3_bind_int64(q, 2, (int64_t)i);
        sqlite3_bind_int64(q, 3, x->kind);
        db_bind_text(q, 4, x->name);
        db_bind_text(q, 5, x->mime);
        sqlite3_bind_int64(q, 6, x->size_bytes);
        st = db_run(w->s, q, "store an attachment", e);
    }
    return st;
}

static enum status store_text_index(struct writer *w, str text, int64_t row, struct err *e)
{
    sqlite3_stmt *q;
    const enum status st = db_statement(w->s, INSERT_TEXT, &q, e);
    if (st != OK)
        return st;
    w->s->words.count = 0;
    sqlite3_bind_int64(q, 1, row);
    db_bind_text(q, 2, text);
    return db_run(w->s, q, "index a message", e);
}

static enum status store_columns_of(struct writer *w, const struct row *r, struct err *e)
{
    const struct message *m = r->message;
    const int64_t traits = (int64_t)m->kind | (int64_t)m->time.basis << 4 |
                           (int64_t)m->time.ambiguous << 7 | (int64_t)r->flags << 8;
    const int64_t values[COLUMN_COUNT] = {
        [COLUMN_TIME] = r->sent_ms,
        [COLUMN_OFFSET] = r->offset_min,
        [COLUMN_SENDER] = r->participant_id,
        [COLUMN_CONVERSATION] = r->conversation_id,
        [COLUMN_TRAITS] = traits,
        [COLUMN_WORDS] = w->s->words.count,
        [COLUMN_CONTENT] = r->content_id,
        [COLUMN_SOURCE] = r->source_id,
    };
    return column_writer_add(w->columns, values, e);
}

static enum status store_row(struct writer *w, const struct row *r, struct err *e)
{
    const struct message *m = r->message;
    sqlite3_stmt *q;
    enum status st = db_statement(w->s, INSERT_MESSAGE, &q, e);
    if (st != OK)
        return st;
    row_bind(q, r);
    st = db_run(w->s, q, "store a message", e);
    if (st == OK)
        st = store_text_index(w, m->text, r->id, e);
    if (st == OK)
        st = store_columns_of(w, r, e);
    if (st == OK && m->attachment_count)
        st = store_attachments(w, m, r->id, e);
    if (st == OK)
        st = people_count(w->people, m->kind, r->id, r->sent_ms, e);
    if (st != OK)
        return st;
    if (w->s->known)
        known_add(w->s->known, r->content_id, r->id);
    if (m->kind == KIND_EVENT)
        w->result.events_new++;
    else
        w->result.messages_new++;
    w->next_row++;
    return OK;
}

static enum status store_witness(struct writer *w, int64_t row, const struct record *r,
                                 struct err *e)
{
    const struct locus *at = &r->message.locus;
    sqlite3_stmt *q;
    const enum status st = db_statement(w->s, INSERT_WITNESS, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, row);
    sqlite3_bind_int64(q, 2, w->source_id);
    sqlite3_bind_int64(q, 3, (int64_t)at->at);
    sqlite3_bind_int64(q, 4, (int64_t)at->length);
    sqlite3_bind_int64(q, 5, (int64_t)at->line);
    sqlite3_bind_blob(q, 6, r->digest.bytes, SHA256_BYTES, SQLITE_STATIC);
    db_bind_or_null(q, 7, at->member);
    w->result.duplicates++;
    return db_run(w->s, q, "store a duplicate's place", e);
}

static bool same_platform_id(str a, str b)
{
    return !a.n || !b.n || str_eq(a, b);
}

static bool same_message(const struct message *a, const struct message *b)
{
    return a->time.wall_ms == b->time.wall_ms && a->kind == b->kind && str_eq(a->text, b->text) &&
           str_eq(a->sender, b->sender) && str_eq(a->conversation, b->conversation) &&
           same_platform_id(a->platform_id, b->platform_id);
}

/* What stands in the archive under a content id. */
struct match {
    int64_t row; /* the same message, from an earlier source; 0 if there is none */
    bool taken;  /* another message has this content id */
    bool other_instant;
};

static enum status find_match(struct writer *w, const struct message *m, uint32_t content_id,
                              struct match *out, struct err *e)
{
    *out = (struct match){.row = 0};
    size_t cursor = 0;
    for (int64_t row; (row = known_next(w->s->known, content_id, &cursor)) != 0;) {
        struct stored old;
        out->taken = true;
        if (row >= w->first_row)
            continue;
        arena_clear(&w->scratch);
        const enum status st = store_message(w->s, row, &w->scratch, &old, e);
        if (st != OK)
            return st;
        if (!same_message(&old.message, m))
            continue;
        out->row = row;
        out->other_instant = old.message.time.utc_ms != m->time.utc_ms;
        return OK;
    }
    return OK;
}

/* The content id under which this message will stand, and the row where it stands already. Equal
   messages have occurrence numbers in the order of the source; numbers that other messages of the
   archive have are passed over. */
static enum status identify(struct writer *w, const struct message *m, uint32_t *content_id,
                            int64_t *duplicate_of, struct err *e)
{
    const uint32_t first = message_content_id(m, 0);
    uint32_t *next = seen_next(&w->seen, m->time.wall_ms, first);
    for (uint32_t n = *next; n < OCCURRENCES_MAX; n++) {
        struct match match = {.row = 0};
        *content_id = n == 0 ? first : message_content_id(m, n);
        const enum status st = w->s->known ? find_match(w, m, *content_id, &match, e) : OK;
        if (st != OK)
            return st;
        if (match.taken && !match.row)
            continue;
        *next = n + 1;
        *duplicate_of = match.row;
        w->other_instants += match.other_instant;
        return OK;
    }
    return fail(e, ERR_LIMIT, "the message at byte %" PRIu64 " stands in this source too often",
                m->locus.at);
}

enum status writer_put(struct writer *w, const struct record *record, struct err *e)
{
    const struct message *m = &record->message;
    struct row r = row_of(record, w->last_offset);
    r.id = w->next_row;
    r.source_id = w->source_id;
    enum status st = people_conversation(w->people, m->conversation, &r.conversation_id, e);
    if (st == OK)
        st = people_participant(w->people, m->sender, m->sender_name, &r.participant_id,
                                &r.same_name, e);
    int64_t duplicate_of = 0;
    if (st == OK)
        st = identify(w, m, &r.content_id, &duplicate_of, e);
    if (st != OK)
        return st;
    if (duplicate_of)
        return store_witness(w, duplicate_of, record, e);
    w->last_offset = r.offset_min;
    if (r.id == w->first_row)
        w->first_ms = r.sent_ms;
    return store_row(w, &r, e);
}

/* ---- the sink --------------------------------------------------------------------------------- */

static enum status spool_record(struct writer *w, const struct record *r, struct err *e)
{
    const enum status st = w->spool ? OK : spool_new(&w->spool, w->s->path, e);
    return st == OK ? spool_add(w->spool, r, e) : st;
}

static enum status on_message(struct sink *sink, const struct message *m, struct err *e)
{
    struct writer *w = (struct writer *)sink;
    struct record r = {.message = *m, .digest = sha256_of(m->raw)};
    const bool dated = m->time.basis != BASIS_NONE;
    r.sort_ms = dated ? row_sort_ms(&m->time) : TIME_NONE;
    if (w->reorder)
        return spool_record(w, &r, e);
    /* An undated record goes with the one before it; if none before it has a time, then the one
       after it must be known first. */
    w->out_of_order = dated ? w->dated && r.sort_ms < w->last_ms : !w->dated;
    if (w->out_of_order)
        return fail(e, ERR_STOPPED, "the records are not in order of time");
    if (dated)
        w->last_ms = r.sort_ms;
    w->dated = true;
    r.sort_ms = w->last_ms;
    return writer_put(w, &r, e);
}

static enum status on_conversation(struct sink *sink, const struct conversation *c, struct err *e)
{
    return people_describe(((struct writer *)sink)->people, c, e);
}

static enum status on_issue(struct sink *sink, const struct issue *i, struct err *e)
{
    struct writer *w = (struct writer *)sink;
    sqlite3_stmt *q;
    const enum status st = db_statement(w->s, INSERT_ISSUE, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, w->source_id);
    sqlite3_bind_int64(q, 2, i->severity);
    sqlite3_bind_text(q, 3, i->code, -1, SQLITE_STATIC);
    db_bind_text(q, 4, i->what);
    db_bind_text(q, 5, i->way_out);
    sqlite3_bind_int64(q, 6, (int64_t)i->locus.at);
    sqlite3_bind_int64(q, 7, (int64_t)i->locus.length);
    sqlite3_bind_int64(q, 8, (int64_t)i->locus.line);
    db_bind_or_null(q, 9, i->locus.member);
    w->result.issues++;
    return db_run(w->s, q, "store an issue", e);
}

static enum status on_wrapping(struct sink *sink, uint64_t at, uint64_t length, struct err *e)
{
    (void)sink;
    (void)at;
    (void)length;
    (void)e;
    return OK; /* importer_read checks that every byte is explained */
}

/* ---- beginning -------------------------------------------------------------------------------- */

/* A file that was removed or replaced while we waited for its lock is nobody's archive any more. */
static enum status check_moved(struct store *s, struct err *e)
{
    int moved = 0;
    sqlite3_file_control(s->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (!moved)
        return OK;
    fail(e, ERR_DB, "%s was removed or replaced meanwhile", s->path);
    return fail_hint(e, "try again");
}

/* The archive may have grown since it was opened; or another program made its schema. */
static enum status catch_up(struct store *s, struct err *e)
{
    int version = 0;
    bool empty = false;
    enum status st = schema_identify(s, &version, &empty, e);
    if (st == OK && empty)
        st = schema_create(s, e);
    else if (st == OK && s->fresh)
        st = schema_compare(s, e);
    int64_t rows = 0;
    const bool was_fresh = s->fresh;
    s->fresh = false;
    if (st == OK)
        st = db_number(s, &rows, "SELECT value FROM meta WHERE key = 'rows'", 0, e);
    if (st == OK && rows != columns_rows(s->columns)) {
        known_free(s->known);
        s->known = NULL;
        st = db_load_state(s, e);
    }
    s->fresh = was_fresh; /* until the transaction is committed */
    return st;
}

static struct origin keep_origin(struct arena *a, const struct origin *o)
{
    struct origin copy = *o;
    copy.path = arena_dup(a, o->path);
    copy.name = arena_dup(a, o->name);
    copy.format = arena_dup(a, o->format);
    copy.format_version = arena_dup(a, o->format_version);
    copy.zone_name = arena_dup(a, o->zone_name);
    return copy;
}

static enum status prepare_writer(struct writer *w, struct err *e)
{
    struct store *s = w->s;
    enum status st = catch_up(s, e);
    if (st == OK)
        st = db_number(s, &w->source_id, "SELECT coalesce(max(id), 0) + 1 FROM source", 1, e);
    if (st == OK && columns_rows(s->columns) > 0 && !s->known)
        st = known_of(&s->known, s->columns, e);
    if (st == OK)
        st = column_writer_new(&w->columns, s, e);
    if (st != OK)
        return st;
    w->first_row = w->next_row = columns_rows(s->columns) + 1;
    w->result.source_id = w->source_id;
    w->people = people_new(s);
    return OK;
}

void writer_free(struct writer *w)
{
    column_writer_free(w->columns);
    people_free(w->people);
    spool_free(w->spool);
    seen_free(&w->seen);
    arena_free(&w->arena);
    arena_free(&w->scratch);
    free(w);
}

enum status writer_begin(struct writer **out, struct store *s, const struct origin *o,
                         struct err *e)
{
    *out = NULL;
    assert(s->mode != STORE_READ);
    enum status st = db_exec(s, "BEGIN IMMEDIATE", "begin to store a source", e);
    if (st != OK)
        return st;
    /* Pages that do not fit the cache are written early if nobody reads, and wait in memory if
       somebody does: asking again and again would cost the timeout for each page. */
    sqlite3_busy_timeout(s->db, 0);
    struct writer *w = calloc(1, sizeof *w);
    if (!w)
        abort();
    w->sink = (struct sink){.message = on_message,
                            .conversation = on_conversation,
                            .issue = on_issue,
                            .wrapping = on_wrapping};
    w->s = s;
    w->origin = keep_origin(&w->arena, o);
    st = check_moved(s, e);
    if (st == OK)
        st = prepare_writer(w, e);
    if (st != OK) {
        writer_abandon(w);
        return st;
    }
    *out = w;
    return OK;
}

struct sink *writer_sink(struct writer *w)
{
    return &w->sink;
}

bool writer_out_of_order(const struct writer *w)
{
    return w->out_of_order;
}

void writer_reorder(struct writer *w)
{
    w->reorder = true;
}

void writer_abandon(struct writer *w)
{
    if (!w)
        return;
    struct store *s = w->s;
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_reset(s->statements[i]);
    writer_free(w);
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_busy_timeout(s->db, BUSY_TIMEOUT_MS);
    known_free(s->known); /* it may know rows that are not there any more */
    s->known = NULL;
}
