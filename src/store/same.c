/* Both tables of numbers (known.h) only say where to look: what is found is compared in full. */
#include "same.h"

#include <inttypes.h>
#include <string.h>

#include "known.h"

enum {
    OCCURRENCES_MAX = 1 << 20, /* tries to find a free number among equals */
    WORDINGS_MAX = 16,         /* of one platform id that are looked at */
    EXAMPLE_MAX = 60,
};

/* ---- the rule --------------------------------------------------------------------------------- */

static str name_of(const struct message *m)
{
    return m->sender_name.n ? m->sender_name : m->sender;
}

static bool same_words(const struct message *a, const struct message *b)
{
    return a->kind == b->kind && str_eq(a->text, b->text);
}

/* Naive clocks are compared as shown; a known instant only with another, or with a naive one that is
   read as UTC for want of better. */
static bool same_time(const struct message_time *a, const struct message_time *b)
{
    if (a->basis == BASIS_SOURCE_UTC || b->basis == BASIS_SOURCE_UTC)
        return a->utc_ms == b->utc_ms;
    return a->wall_ms == b->wall_ms;
}

static bool same_id(const struct message *a, const struct message *b)
{
    return a->platform_id.n && str_eq(a->platform_id, b->platform_id);
}

bool store_same_message(const struct message *a, const struct message *b)
{
    if (!same_words(a, b))
        return false;
    if (same_id(a, b))
        return str_eq(a->sender, b->sender) || str_eq(name_of(a), name_of(b));
    return str_eq(a->sender, b->sender) && same_time(&a->time, &b->time) &&
           (!a->platform_id.n || !b->platform_id.n);
}

/* ---- by platform id --------------------------------------------------------------------------- */

static uint32_t id_number(int64_t conversation_id, str platform_id)
{
    char bytes[sizeof conversation_id + SHA256_BYTES];
    struct sha256_digest d;
    if (platform_id.n > SHA256_BYTES) {
        d = sha256_of(platform_id);
        platform_id = (str){(const char *)d.bytes, SHA256_BYTES};
    }
    memcpy(bytes, &conversation_id, sizeof conversation_id);
    memcpy(bytes + sizeof conversation_id, platform_id.p, platform_id.n);
    d = sha256_of((str){bytes, sizeof conversation_id + platform_id.n});
    uint32_t number;
    memcpy(&number, d.bytes, sizeof number);
    return number;
}

/* What stands under the platform id of a message in its conversation. */
struct by_id {
    int64_t row;     /* the same message; 0 if there is none */
    bool other_text; /* the id is here, with other words or another sender */
};

static enum status compare_row(struct writer *w, const struct row *r, int64_t row,
                               struct by_id *out, struct err *e)
{
    struct stored old;
    arena_clear(&w->scratch);
    const enum status st = row_load(w->s, row, &w->scratch, &old, e);
    if (st != OK || old.conversation_id != r->conversation_id || !same_id(&old.message, r->message))
        return st;
    if (store_same_message(&old.message, r->message))
        out->row = row;
    else
        out->other_text = true;
    return OK;
}

/* The id has several wordings: all of them, up to a limit. */
static enum status compare_wordings(struct writer *w, const struct row *r, struct by_id *out,
                                    struct err *e)
{
    int64_t rows[WORDINGS_MAX];
    int count = 0;
    sqlite3_stmt *q;
    enum status st = db_statement(w->s, SELECT_SAME_ID, &q, e);
    if (st != OK)
        return st;
    db_bind_text(q, 1, r->message->platform_id);
    sqlite3_bind_int64(q, 2, r->conversation_id);
    sqlite3_bind_int64(q, 3, WORDINGS_MAX);
    int rc;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW && count < WORDINGS_MAX)
        rows[count++] = sqlite3_column_int64(q, 0);
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        st = db_fail(w->s, e, "look for a message by its id");
    sqlite3_reset(q);
    for (int i = 0; i < count && st == OK && !out->row; i++)
        st = compare_row(w, r, rows[i], out, e);
    return st;
}

static enum status find_by_id(struct writer *w, const struct row *r, struct by_id *out,
                              struct err *e)
{
    const uint32_t number = id_number(r->conversation_id, r->message->platform_id);
    size_t cursor = 0;
    enum status st = OK;
    *out = (struct by_id){.row = 0};
    for (int64_t row; st == OK && (row = known_next(w->s->ids, number, &cursor)) != 0;) {
        st = compare_row(w, r, row, out, e);
        if (out->row || out->other_text)
            break;
    }
    return st == OK && out->other_text ? compare_wordings(w, r, out, e) : st;
}

/* ---- by content id ---------------------------------------------------------------------------- */

/* What stands in the archive under a content id. */
struct match {
    int64_t row; /* the same message; 0 if there is none */
    bool taken;  /* another message has this content id */
    bool other_instant;
};

static enum status find_content(struct writer *w, const struct row *r, uint32_t content_id,
                                struct match *out, struct err *e)
{
    *out = (struct match){.row = 0};
    size_t cursor = 0;
    for (int64_t row; (row = known_next(w->s->known, content_id, &cursor)) != 0;) {
        struct stored old;
        out->taken = true;
        arena_clear(&w->scratch);
        const enum status st = row_load(w->s, row, &w->scratch, &old, e);
        if (st != OK)
            return st;
        if (old.conversation_id != r->conversation_id ||
            !store_same_message(&old.message, r->message))
            continue;
        out->row = row;
        out->other_instant = old.message.time.utc_ms != r->message->time.utc_ms;
        return OK;
    }
    return OK;
}

static void note_once(struct writer *w, struct tally_note *note, str example)
{
    if (note->count++ == 0)
        note->example = arena_dup(&w->arena, str_sub(example, 0, EXAMPLE_MAX));
}

/* Numbers that other messages of the archive have are passed over. */
static enum status find_occurrence(struct writer *w, const struct record *record, struct row *r,
                                   int64_t *duplicate_of, struct err *e)
{
    const struct message *m = r->message;
    const bool utc = m->time.basis == BASIS_SOURCE_UTC;
    const struct seen_key key = {.time_ms = utc ? m->time.utc_ms : m->time.wall_ms,
                                 .content = message_content_id(m, 0),
                                 .part = record->part};
    uint32_t *next = seen_next(&w->seen, record->sort_ms, &key);
    for (uint32_t n = *next; n < OCCURRENCES_MAX; n++) {
        struct match match = {.row = 0};
        r->content_id = n == 0 ? key.content : message_content_id(m, n);
        const enum status st = w->s->known ? find_content(w, r, r->content_id, &match, e) : OK;
        if (st != OK)
            return st;
        if (match.taken && !match.row)
            continue;
        *next = n + 1;
        *duplicate_of = match.row;
        if (match.other_instant)
            note_once(w, &w->sources[w->part_source[record->part]].other_instants, m->text);
        return OK;
    }
    return fail(e, ERR_LIMIT, "the message at byte %" PRIu64 " stands in this source too often",
                m->locus.at);
}

enum status same_find(struct writer *w, const struct record *record, struct row *r,
                      int64_t *duplicate_of, struct err *e)
{
    struct by_id by_id = {.row = 0};
    const bool has_id = r->message->platform_id.n > 0;
    *duplicate_of = 0;
    const enum status st = has_id && w->s->ids ? find_by_id(w, r, &by_id, e) : OK;
    if (st != OK)
        return st;
    if (by_id.other_text)
        note_once(w, &w->sources[w->part_source[record->part]].other_texts,
                  r->message->platform_id);
    r->id_is_taken = by_id.other_text;
    *duplicate_of = by_id.row;
    return by_id.row ? OK : find_occurrence(w, record, r, duplicate_of, e);
}

enum status same_add(struct writer *w, const struct row *r, struct err *e)
{
    struct store *s = w->s;
    (void)e;
    if (s->known)
        known_add(s->known, r->content_id, r->id);
    if (!r->message->platform_id.n || r->id_is_taken)
        return OK; /* the first wording leads to the others */
    if (!s->ids)
        s->ids = known_new();
    known_add(s->ids, id_number(r->conversation_id, r->message->platform_id), r->id);
    return OK;
}

/* ---- what was there before -------------------------------------------------------------------- */

/* By the index, so that the wordings of one id follow one another: the first leads to the others. */
static enum status load_ids(struct store *s, struct err *e)
{
    sqlite3_stmt *q = NULL;
    int rc = sqlite3_prepare_v2(s->db,
                                "SELECT conversation_id, platform_id, min(id) FROM message"
                                " WHERE platform_id IS NOT NULL"
                                " GROUP BY platform_id, conversation_id",
                                -1, &q, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        if (!s->ids)
            s->ids = known_new();
        known_add(s->ids, id_number(sqlite3_column_int64(q, 0), db_text(q, 1)),
                  sqlite3_column_int64(q, 2));
        rc = SQLITE_OK;
    }
    const enum status st = rc == SQLITE_DONE ? OK : db_fail(s, e, "look up platform ids");
    sqlite3_finalize(q);
    return st;
}

enum status same_prepare(struct store *s, struct err *e)
{
    if (columns_rows(s->columns) == 0 || s->known)
        return OK;
    const enum status st = known_of(&s->known, s->columns, e);
    return st == OK ? load_ids(s, e) : st;
}

void same_expect_own(struct store *s)
{
    if (!s->known)
        s->known = known_new();
}

void same_forget(struct store *s)
{
    known_free(s->known);
    known_free(s->ids);
    s->known = s->ids = NULL;
}
