/*
 * Reading postings through FTS5: one MATCH string of quoted words, bound, never pasted into SQL.
 */
#include "postings.h"

#include <sqlite3.h>
#include <string.h>

#include "buf.h"

enum { POSTINGS_WORDS_MAX = 64 };

static void add_quoted(struct buf *out, str word)
{
    for (size_t i = 0; i < word.n; i++) {
        if (word.p[i] == '"')
            buf_add_byte(out, '"');
        buf_add_byte(out, word.p[i]);
    }
}

static enum status collect(sqlite3_stmt *stmt, size_t limit, struct arena *a, struct postings *out,
                           struct err *e)
{
    size_t cap = 0;
    int rc;
    while ((rc = sqlite3_step(stmt)) == SQLITE_ROW) {
        if (out->count == limit) {
            out->more = true;
            return OK;
        }
        if (out->count == cap) {
            cap = cap ? cap * 2 : 64;
            int64_t *grown = arena_array(a, cap, sizeof *grown);
            if (out->count)
                memcpy(grown, out->rows, out->count * sizeof *grown);
            out->rows = grown;
        }
        out->rows[out->count++] = sqlite3_column_int64(stmt, 0);
    }
    if (rc != SQLITE_DONE)
        return fail(e, ERR_DB, "the index of this archive cannot be read (%s): run stet audit",
                    sqlite3_errstr(rc));
    return OK;
}

static enum status match(struct store *s, const struct buf *expression, size_t limit,
                         struct arena *a, struct postings *out, struct err *e)
{
    static const char sql[] = "SELECT rowid FROM message_fts WHERE message_fts MATCH ?1";
    sqlite3_stmt *stmt = NULL;
    enum status st;
    if (sqlite3_prepare_v2(store_db(s), sql, sizeof sql, &stmt, NULL) != SQLITE_OK) {
        st = fail(e, ERR_DB, "the index of this archive cannot be read (%s): run stet audit",
                  sqlite3_errmsg(store_db(s)));
    } else {
        sqlite3_bind_text(stmt, 1, expression->p, (int)expression->n, SQLITE_STATIC);
        st = collect(stmt, limit, a, out, e);
    }
    sqlite3_finalize(stmt);
    return st;
}

static enum status lookup(struct store *s, const str *words, size_t word_count, size_t limit,
                          bool phrase, struct arena *a, struct postings *out, struct err *e)
{
    *out = (struct postings){0};
    if (!word_count)
        return OK;
    if (word_count > POSTINGS_WORDS_MAX)
        word_count = POSTINGS_WORDS_MAX; /* a longer phrase has its first words in common with it */
    struct buf expression = buf_new(BUF_LINE_MAX);
    buf_add(&expression, STR("\""));
    for (size_t i = 0; i < word_count; i++) {
        if (i)
            buf_add(&expression, phrase ? STR(" ") : STR("\" AND \""));
        add_quoted(&expression, words[i]);
    }
    buf_add(&expression, STR("\""));
    const enum status st = match(s, &expression, limit, a, out, e);
    buf_free(&expression);
    return st;
}

enum status postings_of(struct store *s, const str *words, size_t word_count, size_t limit,
                        struct arena *a, struct postings *out, struct err *e)
{
    return lookup(s, words, word_count, limit, true, a, out, e);
}

enum status postings_of_all(struct store *s, const str *words, size_t word_count, size_t limit,
                            struct arena *a, struct postings *out, struct err *e)
{
    return lookup(s, words, word_count, limit, false, a, out, e);
}
