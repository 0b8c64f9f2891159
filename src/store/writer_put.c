/*
 * One record in its turn. What costs per message: two hashes (the record's bytes, the content id), one
 * scan for links, one row, one text into FTS5, eight numbers into columns.
 *
 * A message that is in the archive already (same.h) gets no second row but a further witness. Its
 * UTC, flags and lists stay as the first import read them.
 */
#include "writer.h"

#include "details.h"
#include "row.h"
#include "same.h"

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
    if (st == OK)
        st = people_count(w->people, m->kind, r->id, r->sent_ms, e);
    if (st == OK)
        st = details_store(w->s, w->people, m, r->id, e);
    if (st == OK)
        st = same_add(w, r, e);
    return st;
}

static enum status store_witness(struct writer *w, int64_t row, int64_t source_id,
                                 const struct record *r, struct err *e)
{
    const struct locus *at = &r->message.locus;
    sqlite3_stmt *q;
    const enum status st = db_statement(w->s, INSERT_WITNESS, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, row);
    sqlite3_bind_int64(q, 2, source_id);
    sqlite3_bind_int64(q, 3, (int64_t)at->at);
    sqlite3_bind_int64(q, 4, (int64_t)at->length);
    sqlite3_bind_int64(q, 5, (int64_t)at->line);
    sqlite3_bind_blob(q, 6, r->digest.bytes, SHA256_BYTES, SQLITE_STATIC);
    db_bind_or_null(q, 7, at->member);
    return db_run(w->s, q, "store a duplicate's place", e);
}

static void count_row(struct writer *w, struct write_source *source, const struct row *r)
{
    if (r->message->kind == KIND_EVENT)
        source->result.events_new++;
    else
        source->result.messages_new++;
    if (!source->first_row)
        source->first_row = r->id;
    source->last_row = r->id;
    if (r->id == w->first_row)
        w->first_ms = r->sent_ms;
    w->last_offset = r->offset_min;
    w->next_row++;
}

enum status writer_put(struct writer *w, const struct record *record, struct err *e)
{
    struct write_source *source = &w->sources[w->part_source[record->part]];
    const struct message *m = &record->message;
    struct row r = row_of(record, w->last_offset);
    r.id = w->next_row;
    r.source_id = source->result.source_id;
    enum status st = people_conversation(w->people, m->conversation, &r.conversation_id, e);
    if (st == OK)
        st = people_participant(w->people, m->sender, m->sender_name, &r.participant_id,
                                &r.same_name, e);
    int64_t duplicate_of = 0;
    if (st == OK)
        st = same_find(w, record, &r, &duplicate_of, e);
    if (st == OK && duplicate_of) {
        source->result.duplicates++;
        return store_witness(w, duplicate_of, r.source_id, record, e);
    }
    if (st == OK)
        st = store_row(w, &r, e);
    if (st == OK)
        count_row(w, source, &r);
    return st;
}

/* ---- what else a source says ------------------------------------------------------------------ */

/* `c` stands in the archive under another key. */
static enum status store_alias(struct writer *w, int64_t source_id, const struct conversation *c,
                               int64_t conversation_id, struct err *e)
{
    sqlite3_stmt *q;
    const enum status st = db_statement(w->s, INSERT_ALIAS, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, source_id);
    db_bind_text(q, 2, c->key);
    sqlite3_bind_int64(q, 3, conversation_id);
    sqlite3_bind_int64(q, 4, !c->loose);
    return db_run(w->s, q, "store how conversations were joined", e);
}

enum status writer_describe(struct writer *w, struct write_source *source,
                            const struct conversation *c, struct err *e)
{
    struct conversation described = *c;
    described.key = joins_key(w->joins, c->key);
    const bool joined = !str_eq(described.key, c->key);
    enum status st = people_describe(w->people, &described, joined, e);
    int64_t id = 0;
    if (st == OK && joined)
        st = people_conversation(w->people, described.key, &id, e);
    return st == OK && joined ? store_alias(w, source->result.source_id, c, id, e) : st;
}

enum status writer_issue(struct writer *w, struct write_source *source, const struct issue *i,
                         struct err *e)
{
    sqlite3_stmt *q;
    const enum status st = db_statement(w->s, INSERT_ISSUE, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, source->result.source_id);
    sqlite3_bind_int64(q, 2, i->severity);
    sqlite3_bind_text(q, 3, i->code, -1, SQLITE_STATIC);
    db_bind_text(q, 4, i->what);
    db_bind_text(q, 5, i->way_out);
    sqlite3_bind_int64(q, 6, (int64_t)i->locus.at);
    sqlite3_bind_int64(q, 7, (int64_t)i->locus.length);
    sqlite3_bind_int64(q, 8, (int64_t)i->locus.line);
    db_bind_or_null(q, 9, i->locus.member);
    source->result.issues++;
    return db_run(w->s, q, "store an issue", e);
}
