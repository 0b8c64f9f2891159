/*
 * Writing: one transaction, rows in order of time, everything that a search needs made on the way.
 * With WRITE_STREAM a record becomes a row as it comes; with WRITE_SORTED all that is said waits in a
 * spool, where it can still be taken back, and the commit puts it into the archive.
 */
#include "writer.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "row.h"
#include "same.h"
#include "schema.h"

/* ---- the sink --------------------------------------------------------------------------------- */

static struct write_source *current(struct writer *w)
{
    assert(w->source_open);
    return &w->sources[w->source_count - 1];
}

static enum status stream_message(struct writer *w, struct record *r, bool dated, struct err *e)
{
    /* An undated record goes with the one before it; if none before it has a time, then the one
       after it must be known first. */
    w->out_of_order = dated ? w->dated && r->sort_ms < w->last_ms : !w->dated;
    if (w->out_of_order)
        return fail(e, ERR_STOPPED, "the records are not in order of time");
    if (dated)
        w->last_ms = r->sort_ms;
    w->dated = true;
    r->sort_ms = w->last_ms;
    return writer_put(w, r, e);
}

static enum status on_message(struct sink *sink, const struct message *m, struct err *e)
{
    struct writer *w = (struct writer *)sink;
    assert(w->source_open);
    const bool dated = m->time.basis != BASIS_NONE;
    struct record r = {.message = *m,
                       .digest = m->raw_digest ? *m->raw_digest : sha256_of(m->raw),
                       .sort_ms = dated ? row_sort_ms(&m->time) : TIME_NONE,
                       .part = (uint32_t)w->part_count - 1};
    return w->spool ? spool_message(w->spool, &r, e) : stream_message(w, &r, dated, e);
}

static enum status on_conversation(struct sink *sink, const struct conversation *c, struct err *e)
{
    struct writer *w = (struct writer *)sink;
    if (w->spool)
        return spool_conversation(w->spool, c, e);
    bool joinable = false;
    enum status st = OK;
    if (columns_rows(w->s->columns) > 0)
        st = joins_possible(w->s, c, &joinable, e);
    if (st == OK && joinable) {
        w->out_of_order = true;
        return fail(e, ERR_STOPPED, "the conversation may be in the archive under another key");
    }
    return st == OK ? writer_describe(w, current(w), c, e) : st;
}

static enum status on_participant(struct sink *sink, const struct participant *p, struct err *e)
{
    struct writer *w = (struct writer *)sink;
    if (w->spool)
        return spool_participant(w->spool, p, e);
    people_name(w->people, p);
    return OK;
}

static enum status on_issue(struct sink *sink, const struct issue *i, struct err *e)
{
    struct writer *w = (struct writer *)sink;
    return w->spool ? spool_issue(w->spool, i, e) : writer_issue(w, current(w), i, e);
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
        same_forget(s);
        st = db_load_state(s, e);
    }
    s->fresh = was_fresh; /* until the transaction is committed */
    return st;
}

static enum status prepare_writer(struct writer *w, struct err *e)
{
    struct store *s = w->s;
    enum status st = catch_up(s, e);
    if (st == OK)
        st = same_prepare(s, e);
    if (st == OK)
        st = column_writer_new(&w->columns, s, e);
    if (st == OK && w->way == WRITE_SORTED)
        st = spool_new(&w->spool, s->path, e);
    if (st != OK)
        return st;
    w->first_row = w->next_row = columns_rows(s->columns) + 1;
    w->people = people_new(s);
    return OK;
}

void writer_free(struct writer *w)
{
    column_writer_free(w->columns);
    people_free(w->people);
    spool_free(w->spool);
    joins_free(w->joins);
    seen_free(&w->seen);
    free(w->sources);
    free(w->part_source);
    arena_free(&w->arena);
    arena_free(&w->scratch);
    free(w);
}

enum status writer_begin(struct writer **out, struct store *s, enum writer_way way, struct err *e)
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
                            .participant = on_participant,
                            .issue = on_issue,
                            .wrapping = on_wrapping};
    w->s = s;
    w->way = way;
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

/* ---- sources and parts ------------------------------------------------------------------------ */

static struct origin keep_origin(struct arena *a, const struct origin *o)
{
    struct origin copy = *o;
    copy.path = arena_dup(a, o->path);
    copy.bundle = arena_dup(a, o->bundle);
    copy.name = arena_dup(a, o->name);
    copy.format = arena_dup(a, o->format);
    copy.format_version = arena_dup(a, o->format_version);
    copy.zone_name = arena_dup(a, o->zone_name);
    copy.options = arena_dup(a, o->options);
    return copy;
}

static void add_part(struct writer *w)
{
    if (w->part_count == w->part_cap) {
        w->part_cap = w->part_cap ? 2 * w->part_cap : 16;
        w->part_source = realloc(w->part_source, w->part_cap * sizeof *w->part_source);
        if (!w->part_source)
            abort();
    }
    if (w->spool) {
        w->part_mark = spool_here(w->spool);
        (void)spool_part(w->spool);
    }
    w->part_source[w->part_count++] = (uint32_t)w->source_count - 1;
}

enum status writer_source(struct writer *w, const struct origin *o, struct err *e)
{
    assert(!w->source_open && (w->spool || w->source_count == 0));
    if (w->source_count == w->source_cap) {
        w->source_cap = w->source_cap ? 2 * w->source_cap : 8;
        w->sources = realloc(w->sources, w->source_cap * sizeof *w->sources);
        if (!w->sources)
            abort();
    }
    int64_t id;
    const enum status st =
        db_number(w->s, &id, "SELECT coalesce(max(id), 0) + 1 FROM source", 1, e);
    if (st != OK)
        return st;
    struct write_source *source = &w->sources[w->source_count];
    *source = (struct write_source){.origin = keep_origin(&w->arena, o)};
    source->result.source_id = id + (int64_t)w->source_count;
    w->source_count++;
    w->source_open = true;
    if (w->spool)
        w->source_mark = spool_here(w->spool);
    add_part(w);
    return OK;
}

/* With WRITE_STREAM nothing can be taken back, and equals are numbered through the whole source. */
enum status writer_part(struct writer *w, struct err *e)
{
    (void)e;
    assert(w->source_open);
    if (w->spool && spool_bytes(w->spool) > w->part_mark.bytes)
        add_part(w);
    return OK;
}

enum status writer_take_back(struct writer *w, struct err *e)
{
    assert(w->source_open && w->spool);
    const enum status st = spool_return(w->spool, &w->part_mark, e);
    w->part_count = w->part_mark.parts;
    add_part(w);
    return st;
}

enum status writer_source_end(struct writer *w, const struct import_report *report, struct err *e)
{
    (void)e;
    current(w)->report = *report;
    w->source_open = false;
    return OK;
}

enum status writer_source_drop(struct writer *w, struct err *e)
{
    assert(w->source_open && w->spool);
    const enum status st = spool_return(w->spool, &w->source_mark, e);
    w->part_count = w->source_mark.parts;
    w->source_count--;
    w->source_open = false;
    return st;
}

uint64_t writer_spooled_bytes(const struct writer *w)
{
    return w->spool ? spool_bytes(w->spool) : 0;
}

size_t writer_sources(const struct writer *w)
{
    return w->source_count;
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
    same_forget(s); /* it may know rows that are not there any more */
}
