/*
 * Reading the log and holding it against itself and the archive. One pass over the messages serves all
 * entries: the tree at an entry is the tree so far.
 */
#include <inttypes.h>
#include <string.h>

#include "custody_log.h"

static enum status read_rows(struct custody_row **out, size_t *count, struct store *s,
                             struct arena *a, bool *whole, struct err *e)
{
    sqlite3_stmt *q = NULL;
    int64_t rows = 0;
    *out = NULL;
    *count = 0;
    *whole = true;
    enum status st = s->fresh ? OK : db_number(s, &rows, "SELECT count(*) FROM custody", 0, e);
    if (st != OK || s->fresh)
        return st;
    *out = arena_array(a, (size_t)rows + 1, sizeof **out);
    if (sqlite3_prepare_v2(s->db, "SELECT " CUSTODY_COLUMNS " FROM custody ORDER BY id", -1, &q,
                           NULL) != SQLITE_OK)
        return db_fail(s, e, "read the log");
    int rc = SQLITE_DONE;
    while (*count < (size_t)rows && (rc = sqlite3_step(q)) == SQLITE_ROW)
        *whole = custody_read(&(*out)[(*count)++], q, a) && *whole;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        st = db_fail(s, e, "read the log");
    sqlite3_finalize(q);
    return st;
}

enum status custody_log(struct custody_entry **out, size_t *count, struct store *s, struct arena *a,
                        struct err *e)
{
    struct custody_row *rows;
    bool whole;
    const enum status st = read_rows(&rows, count, s, a, &whole, e);
    *out = arena_array(a, *count + 1, sizeof **out);
    for (size_t i = 0; st == OK && i < *count; i++)
        (*out)[i] = rows[i].entry;
    return st;
}

/* ---- the check -------------------------------------------------------------------------------- */

static void complain(struct custody_verdict *out, struct arena *a, int64_t entry, const char *what)
{
    if (!out->what.n)
        out->what = arena_printf(a, "entry %" PRId64 " of the log %s", entry, what);
}

/* The chain by itself: numbers, hashes, and that the archive never shrank. */
static void check_chain(struct custody_verdict *out, const struct custody_row *rows, size_t count,
                        struct arena *a)
{
    struct sha256_digest before = {{0}};
    for (size_t i = 0; i < count; i++) {
        const struct custody_entry *const x = &rows[i].entry;
        const struct sha256_digest hash = custody_hash(&rows[i], &before);
        if (x->id != (int64_t)i + 1)
            complain(out, a, (int64_t)i + 1, "is missing");
        if (!sha256_eq(&hash, &x->hash))
            complain(out, a, x->id, "was changed, or the one before it: its hash does not fit");
        if (i && x->messages < rows[i - 1].entry.messages)
            complain(out, a, x->id, "has fewer messages than the one before it");
        before = x->hash;
    }
}

/* Its root against the rows that it speaks of. */
static enum status check_entry(struct custody_verdict *out, struct store *s, struct merkle *tree,
                               const struct custody_row *row, struct arena *a, struct err *e)
{
    const struct custody_entry *const x = &row->entry;
    struct sha256_digest sources;
    uint64_t count = 0;
    if (x->messages > (uint64_t)columns_rows(s->columns)) {
        complain(out, a, x->id, "speaks of more messages than the archive holds");
        return OK;
    }
    enum status st = custody_grow(tree, s, (int64_t)x->messages, e);
    if (st == OK)
        st = custody_sources_root(&sources, &count, s, (int64_t)x->sources, e);
    if (st != OK)
        return st;
    const struct sha256_digest messages = merkle_root(tree);
    const struct sha256_digest root = custody_join(&sources, &messages);
    if (count != x->sources || !sha256_eq(&root, &x->root))
        complain(out, a, x->id,
                 "has another root than the messages and sources of which it speaks");
    return OK;
}

/* Acts that bring neither sources nor messages share the root of the one before. */
static bool brings_nothing(const struct custody_row *rows, size_t i)
{
    return i && rows[i].entry.messages == rows[i - 1].entry.messages &&
           rows[i].entry.sources == rows[i - 1].entry.sources &&
           sha256_eq(&rows[i].entry.root, &rows[i - 1].entry.root);
}

/* A row that is gone is what a check is for, not its failure. */
static enum status rows_are_gone(struct custody_verdict *out, enum status st, struct err *why,
                                 struct arena *a, struct err *e)
{
    if (st == ERR_MISSING && !out->what.n)
        out->what = arena_printf(a, "the roots cannot be made: %.200s", why->msg);
    if (st == OK || st == ERR_MISSING)
        return OK;
    *e = *why;
    return st;
}

enum status custody_check(struct custody_verdict *out, struct store *s, struct arena *a,
                          struct err *e)
{
    struct custody_row *rows;
    struct merkle tree = {.count = 0};
    size_t count = 0;
    bool whole;
    struct err why = {0};
    *out = (struct custody_verdict){.what = STR("")};
    enum status st = read_rows(&rows, &count, s, a, &whole, e);
    if (st != OK)
        return st;
    out->entries = count;
    if (!whole)
        out->what = STR("an entry of the log has a tree of another size than it says");
    check_chain(out, rows, count, a);
    for (size_t i = 0; i < count && !out->what.n && st == OK; i++)
        if (!brings_nothing(rows, i))
            st = check_entry(out, s, &tree, &rows[i], a, &why);
    if (st == OK)
        st = custody_roots_from(&out->now, s, &tree, &why);
    st = rows_are_gone(out, st, &why, a, e);
    if (count)
        out->last = rows[count - 1].entry.hash;
    if (count && out->now.messages > rows[count - 1].entry.messages)
        out->unlogged_messages = out->now.messages - rows[count - 1].entry.messages;
    return st;
}
