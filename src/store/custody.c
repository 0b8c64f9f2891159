/*
 * The roots of an archive and the log of what was done to it. An entry keeps the peaks of the tree of
 * messages, so that the next one hashes only what came since.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "custody_log.h"
#include "details.h"
#include "name_cache.h"

/* ---- roots ------------------------------------------------------------------------------------ */

struct sha256_digest custody_join(const struct sha256_digest *sources,
                                  const struct sha256_digest *messages)
{
    return merkle_node(sources, messages);
}

/* Hands the digest of the leaf of each row to `each`. */
static enum status for_leaves(struct store *s, int64_t first, int64_t last,
                              void (*each)(void *context, const struct sha256_digest *leaf),
                              void *context, struct err *e)
{
    struct buf text = buf_new(4 * (size_t)BUF_MESSAGE_MAX);
    struct arena a = {.first = NULL};
    enum status st = OK;
    for (int64_t row = first; st == OK && row <= last; row++) {
        buf_clear(&text);
        arena_clear(&a);
        st = custody_leaf(&text, s, row, &a, e);
        if (st == OK && text.full)
            st = fail(e, ERR_LIMIT, "message %" PRId64 " is too large to be hashed", row);
        const struct sha256_digest leaf = merkle_leaf(buf_str(&text));
        if (st == OK)
            each(context, &leaf);
    }
    buf_free(&text);
    arena_free(&a);
    return st;
}

static void add_leaf(void *context, const struct sha256_digest *leaf)
{
    merkle_add(context, *leaf);
}

enum status custody_grow(struct merkle *tree, struct store *s, int64_t last, struct err *e)
{
    return for_leaves(s, (int64_t)tree->count + 1, last, add_leaf, tree, e);
}

static int by_bytes(const void *a, const void *b)
{
    return memcmp(a, b, sizeof(struct sha256_digest));
}

enum status custody_sources_root(struct sha256_digest *out, uint64_t *count, struct store *s,
                                 int64_t last_id, struct err *e)
{
    struct arena a = {.first = NULL};
    struct buf leaf = buf_new(BUF_LINE_MAX);
    struct source_row *rows;
    struct merkle tree = {.count = 0};
    size_t all = 0, n = 0;
    enum status st = store_sources(s, &a, &rows, &all, e);
    struct sha256_digest *const leaves = arena_array(&a, all + 1, sizeof *leaves);
    for (size_t i = 0; st == OK && i < all && rows[i].id <= last_id; i++) {
        buf_clear(&leaf);
        custody_source_leaf(&leaf, &rows[i]);
        leaves[n++] = merkle_leaf(buf_str(&leaf));
    }
    if (n)
        qsort(leaves, n, sizeof *leaves, by_bytes);
    for (size_t i = 0; i < n; i++)
        merkle_add(&tree, leaves[i]);
    *out = merkle_root(&tree);
    *count = n;
    buf_free(&leaf);
    arena_free(&a);
    return st;
}

enum status custody_roots_from(struct custody_roots *out, struct store *s, struct merkle *tree,
                               struct err *e)
{
    int64_t rows = 0;
    *out = (struct custody_roots){.messages = 0};
    enum status st =
        s->fresh ? OK : db_number(s, &rows, "SELECT coalesce(max(id), 0) FROM message", 0, e);
    if (st == OK)
        st = custody_grow(tree, s, rows, e);
    if (st == OK)
        st = custody_sources_root(&out->sources_root, &out->sources, s, INT64_MAX, e);
    out->messages = tree->count;
    out->messages_root = merkle_root(tree);
    out->root = custody_join(&out->sources_root, &out->messages_root);
    return st;
}

enum status custody_roots(struct custody_roots *out, struct store *s, struct err *e)
{
    struct arena a = {.first = NULL};
    struct custody_row last;
    enum status st = custody_last(&last, s, &a, e);
    if (st == OK)
        st = custody_roots_from(out, s, &last.tree, e);
    arena_free(&a);
    return st;
}

enum status custody_roots_anew(struct custody_roots *out, struct store *s, struct err *e)
{
    struct merkle tree = {.count = 0};
    return custody_roots_from(out, s, &tree, e);
}

struct leaf_list {
    struct sha256_digest *p;
    size_t count;
};

static void keep_leaf(void *context, const struct sha256_digest *leaf)
{
    struct leaf_list *const l = context;
    l->p[l->count++] = *leaf;
}

enum status custody_prove(struct custody_proof *p, struct store *s, struct arena *a, struct err *e)
{
    const int64_t all = columns_rows(s->columns);
    struct leaf_list leaves = {.p = malloc(((size_t)all + 1) * sizeof *leaves.p)};
    struct merkle tree = {.count = 0};
    if (!leaves.p)
        abort();
    enum status st = for_leaves(s, 1, all, keep_leaf, &leaves, e);
    for (size_t i = 0; i < leaves.count; i++)
        merkle_add(&tree, leaves.p[i]);
    if (st == OK)
        st = custody_roots_from(&p->roots, s, &tree, e);
    p->paths = arena_array(a, p->count + 1, sizeof *p->paths);
    p->lengths = arena_array(a, p->count + 1, sizeof *p->lengths);
    for (size_t i = 0; i < p->count && st == OK; i++)
        merkle_path(leaves.p, leaves.count, (size_t)p->rows[i] - 1, a, &p->paths[i],
                    &p->lengths[i]);
    free(leaves.p);
    return st;
}

/* ---- entries ---------------------------------------------------------------------------------- */

bool custody_read(struct custody_row *out, sqlite3_stmt *q, struct arena *a)
{
    struct custody_entry *const x = &out->entry;
    *out = (struct custody_row){.entry = {.id = sqlite3_column_int64(q, 0),
                                          .at_ms = sqlite3_column_int64(q, 1),
                                          .what = arena_dup(a, db_text(q, 2)),
                                          .detail = arena_dup(a, db_text(q, 3)),
                                          .sources = (uint64_t)sqlite3_column_int64(q, 4),
                                          .messages = (uint64_t)sqlite3_column_int64(q, 5),
                                          .root = db_digest(q, 6),
                                          .hash = db_digest(q, 8)}};
    const size_t size = (size_t)sqlite3_column_bytes(q, 7);
    if (x->messages > INT64_MAX || size != merkle_peaks(x->messages) * SHA256_BYTES)
        return false;
    out->tree.count = x->messages;
    if (size)
        memcpy(out->tree.peaks, sqlite3_column_blob(q, 7), size);
    return true;
}

enum status custody_last(struct custody_row *out, struct store *s, struct arena *a, struct err *e)
{
    sqlite3_stmt *q = NULL;
    *out = (struct custody_row){.entry = {.what = STR("")}};
    if (s->fresh)
        return OK;
    if (sqlite3_prepare_v2(s->db,
                           "SELECT " CUSTODY_COLUMNS " FROM custody ORDER BY id DESC LIMIT 1", -1,
                           &q, NULL) != SQLITE_OK)
        return db_fail(s, e, "read the log");
    enum status st = OK;
    const int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW && !custody_read(out, q, a))
        *out = (struct custody_row){.entry = {.what = STR("")}}; /* custody_check says it */
    else if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        st = db_fail(s, e, "read the log");
    sqlite3_finalize(q);
    return st;
}

static void add_text(struct buf *b, str text)
{
    buf_addf(b, "%zu ", text.n);
    buf_add(b, text);
    buf_add_byte(b, '\n');
}

struct sha256_digest custody_hash(const struct custody_row *row, const struct sha256_digest *before)
{
    const struct custody_entry *const x = &row->entry;
    struct buf b = buf_new(BUF_LINE_MAX);
    buf_add(&b, STR("stet custody 1\n"));
    buf_add(&b, (str){(const char *)before->bytes, SHA256_BYTES});
    buf_addf(&b, "%" PRId64 " %" PRId64 " %" PRIu64 " %" PRIu64 "\n", x->id, x->at_ms, x->sources,
             x->messages);
    add_text(&b, x->what);
    add_text(&b, x->detail);
    buf_add(&b, (str){(const char *)x->root.bytes, SHA256_BYTES});
    buf_add(&b, (str){(const char *)row->tree.peaks, merkle_peaks(row->tree.count) * SHA256_BYTES});
    const struct sha256_digest hash = sha256_of(buf_str(&b));
    buf_free(&b);
    return hash;
}

static enum status insert(struct store *s, const struct custody_row *row, struct err *e)
{
    const struct custody_entry *const x = &row->entry;
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(s->db,
                           "INSERT INTO custody(" CUSTODY_COLUMNS
                           ") VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                           -1, &q, NULL) != SQLITE_OK)
        return db_fail(s, e, "write the log");
    sqlite3_bind_int64(q, 1, x->id);
    sqlite3_bind_int64(q, 2, x->at_ms);
    db_bind_text(q, 3, x->what);
    db_bind_text(q, 4, x->detail);
    sqlite3_bind_int64(q, 5, (int64_t)x->sources);
    sqlite3_bind_int64(q, 6, (int64_t)x->messages);
    sqlite3_bind_blob(q, 7, x->root.bytes, SHA256_BYTES, SQLITE_STATIC);
    sqlite3_bind_blob(q, 8, row->tree.peaks, (int)(merkle_peaks(row->tree.count) * SHA256_BYTES),
                      SQLITE_STATIC);
    sqlite3_bind_blob(q, 9, x->hash.bytes, SHA256_BYTES, SQLITE_STATIC);
    const enum status st = db_run(s, q, "write the log", e);
    sqlite3_finalize(q);
    return st;
}

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000;
}

static enum status add_entry(struct store *s, struct custody_row *last, struct custody_entry x,
                             struct err *e)
{
    struct custody_roots roots;
    const struct sha256_digest before = last->entry.hash;
    /* The lists of messages that this transaction stored are not known to the connection yet. */
    enum status st = details_any(s, &s->lists, e);
    if (st == OK)
        st = custody_roots_from(&roots, s, &last->tree, e);
    name_cache_forget(s->names); /* a rolled back transaction's ids come again for others */
    if (st != OK)
        return st;
    x.id = last->entry.id + 1;
    x.sources = roots.sources;
    x.messages = roots.messages;
    x.root = roots.root;
    last->entry = x;
    last->entry.hash = custody_hash(last, &before);
    return insert(s, last, e);
}

enum status custody_note(struct store *s, const char *what, str detail, int64_t at_ms,
                         struct err *e)
{
    const char *const silent = getenv("STET_NO_LOG");
    struct arena a = {.first = NULL};
    struct custody_row last;
    if (silent && *silent)
        return OK;
    const bool fresh = s->fresh;
    s->fresh = false; /* inside a first import the tables are there already */
    enum status st = custody_last(&last, s, &a, e);
    if (st == OK)
        st = add_entry(s, &last,
                       (struct custody_entry){.at_ms = at_ms == TIME_NONE ? now_ms() : at_ms,
                                              .what = str_of(what),
                                              .detail = detail},
                       e);
    s->fresh = fresh;
    arena_free(&a);
    return st;
}
