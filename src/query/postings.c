/*
 * Reading postings through FTS5: one MATCH string of quoted words, bound, never pasted into SQL.
 */
#include "postings.h"

#include <sqlite3.h>
#include <string.h>

#include "buf.h"

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

static struct buf expression_of(struct phrase p, str between)
{
    struct buf out = buf_new(BUF_LINE_MAX);
    buf_add(&out, STR("\""));
    for (size_t i = 0; i < p.count && i < POSTINGS_WORDS_MAX; i++) {
        if (i)
            buf_add(&out, between);
        add_quoted(&out, p.words[i]);
    }
    buf_add(&out, STR("\""));
    return out;
}

/* Runs an expression and frees it. */
static enum status match(struct store *s, struct buf expression, size_t limit, struct arena *a,
                         struct postings *out, struct err *e)
{
    static const char sql[] = "SELECT rowid FROM message_fts WHERE message_fts MATCH ?1";
    sqlite3_stmt *stmt = NULL;
    enum status st;
    *out = (struct postings){0};
    if (sqlite3_prepare_v2(store_db(s), sql, sizeof sql, &stmt, NULL) != SQLITE_OK) {
        st = fail(e, ERR_DB, "the index of this archive cannot be read (%s): run stet audit",
                  sqlite3_errmsg(store_db(s)));
    } else {
        sqlite3_bind_text(stmt, 1, expression.p, (int)expression.n, SQLITE_STATIC);
        st = collect(stmt, limit, a, out, e);
    }
    sqlite3_finalize(stmt);
    buf_free(&expression);
    return st;
}

enum status postings_of(struct store *s, struct phrase phrase, size_t limit, struct arena *a,
                        struct postings *out, struct err *e)
{
    return match(s, expression_of(phrase, STR(" ")), limit, a, out, e);
}

enum status postings_of_all(struct store *s, struct phrase words, size_t limit, struct arena *a,
                            struct postings *out, struct err *e)
{
    return match(s, expression_of(words, STR("\" AND \"")), limit, a, out, e);
}
