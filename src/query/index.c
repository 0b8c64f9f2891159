/*
 * Asking the FTS5 index. Expressions come from filter.c only and are bound, never pasted. Rows are
 * collected by stepping a statement; a phrase over all rows goes through FTS5's own xQueryPhrase,
 * which needs no virtual machine for each row.
 */
#include "filter.h"

#include <sqlite3.h>

enum { STOP_EVERY = 1 << 12, STOP_EVERY_MASK = STOP_EVERY - 1 };

struct collector {
    struct rowset *rows;
    const struct plan *plan;
    size_t seen;
    bool stopped;
};

bool plan_stopped(const struct plan *p, struct err *e)
{
    const struct hit_options *o = p->o;
    /* What is done with the part that was found is quick, and was asked for. */
    if (p->progress.partial || !o || !o->stop || !o->stop(o->stop_context))
        return false;
    (void)fail(e, ERR_STOPPED, "the search was stopped");
    return true;
}

static enum status index_failed(struct plan *p, struct err *e)
{
    sqlite3 *db = store_db(p->store);
    if (sqlite3_errcode(db) == SQLITE_NOMEM)
        return fail(e, ERR_LIMIT, "this query needs more memory than there is");
    (void)fail(e, ERR_DB, "the index of %s cannot be read (%s)", store_path(p->store),
               sqlite3_errmsg(db));
    return fail_hint(e, "import the sources again into a new archive");
}

static enum status prepare(struct plan *p, const char *sql, sqlite3_stmt **out, struct err *e)
{
    if (sqlite3_prepare_v2(store_db(p->store), sql, -1, out, NULL) == SQLITE_OK)
        return OK;
    return index_failed(p, e);
}

static bool is_all(struct plan *p, struct row_range range)
{
    return range.first <= 1 && range.last >= columns_rows(store_columns(p->store));
}

static void bind_match(sqlite3_stmt *q, str match, struct row_range range)
{
    sqlite3_bind_text64(q, 1, match.p, match.n, SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_int64(q, 2, range.first);
    sqlite3_bind_int64(q, 3, range.last);
}

/* ---- visiting a phrase ---------------------------------------------------------------------- */

static int visit_row(const Fts5ExtensionApi *api, Fts5Context *fts, void *context)
{
    struct index_visit *v = context;
    const int64_t row = api->xRowid(fts);
    int occurrences = 1;
    if (v->counting) {
        const int rc = api->xInstCount(fts, &occurrences);
        if (rc != SQLITE_OK)
            return rc;
    }
    v->visit(v->context, row, occurrences);
    if ((++v->seen & STOP_EVERY_MASK) == 0 && plan_stopped(v->plan, NULL)) {
        v->stopped = true;
        return SQLITE_DONE;
    }
    return SQLITE_OK;
}

/* The SQL function stet_visit(message_fts, pointer), called on one row of a MATCH of one phrase. */
static void visit_phrase(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *out,
                         int count, sqlite3_value **values)
{
    struct index_visit *v = count ? sqlite3_value_pointer(values[0], "stet_visit") : NULL;
    const int rc = v ? api->xQueryPhrase(fts, 0, v, visit_row) : SQLITE_MISUSE;
    if (rc != SQLITE_OK)
        sqlite3_result_error_code(out, rc);
}

static void register_visit(sqlite3 *db)
{
    fts5_api *api = NULL;
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &q, NULL) == SQLITE_OK) {
        sqlite3_bind_pointer(q, 1, (void *)&api, "fts5_api_ptr", NULL);
        (void)sqlite3_step(q);
    }
    sqlite3_finalize(q);
    if (api)
        (void)api->xCreateFunction(api, "stet_visit", NULL, visit_phrase, NULL);
}

enum status index_visit(struct plan *p, str match, struct index_visit *v, struct err *e)
{
    v->plan = p;
    static const char sql[] =
        "SELECT stet_visit(message_fts, ?2) FROM message_fts WHERE message_fts MATCH ?1 LIMIT 1";
    sqlite3_stmt *q = NULL;
    /* A connection learns the function with the first search that needs it. */
    if (sqlite3_prepare_v2(store_db(p->store), sql, -1, &q, NULL) != SQLITE_OK) {
        register_visit(store_db(p->store));
        const enum status st = prepare(p, sql, &q, e);
        if (st != OK)
            return st;
    }
    sqlite3_bind_text64(q, 1, match.p, match.n, SQLITE_STATIC, SQLITE_UTF8);
    sqlite3_bind_pointer(q, 2, v, "stet_visit", NULL);
    const int rc = sqlite3_step(q);
    enum status st = rc == SQLITE_ROW || rc == SQLITE_DONE ? OK : index_failed(p, e);
    sqlite3_finalize(q);
    if (st == OK && v->stopped)
        st = fail(e, ERR_STOPPED, "the search was stopped");
    return st;
}

/* ---- statements ----------------------------------------------------------------------------- */

#define MATCH_IN_RANGE "message_fts MATCH ?1 AND rowid BETWEEN ?2 AND ?3"

/* Adds what the statement gives, as far as it lies in the archive. */
static enum status step_rows(struct plan *p, sqlite3_stmt *q, struct rowset *rows, struct err *e)
{
    int rc;
    for (size_t n = 1; (rc = sqlite3_step(q)) == SQLITE_ROW; n++) {
        const int64_t row = sqlite3_column_int64(q, 0);
        if (row >= 1 && row <= rows->rows)
            rowset_add(rows, row);
        if (n % STOP_EVERY == 0 && plan_stopped(p, e))
            return ERR_STOPPED;
    }
    return rc == SQLITE_DONE ? OK : index_failed(p, e);
}

/* The aggregate stet_collect(rowid, pointer): an order of magnitude less work for each row than a
   step of the statement would be. */
static void collect_row(sqlite3_context *context, int count, sqlite3_value **values)
{
    struct collector **slot = sqlite3_aggregate_context(context, sizeof *slot);
    if (!slot || count != 2)
        return;
    if (!*slot)
        *slot = sqlite3_value_pointer(values[1], "stet_collect");
    struct collector *c = *slot;
    if (!c)
        return;
    const int64_t row = sqlite3_value_int64(values[0]);
    if (row >= 1 && row <= c->rows->rows)
        rowset_add(c->rows, row);
    if ((++c->seen & STOP_EVERY_MASK) == 0 && plan_stopped(c->plan, NULL)) {
        c->stopped = true;
        sqlite3_result_error_code(context, SQLITE_ABORT);
    }
}

static void collect_end(sqlite3_context *context)
{
    sqlite3_result_null(context);
}

static enum status collect_match(struct plan *p, str match, struct rowset *rows, struct err *e)
{
    static const char sql[] =
        "SELECT stet_collect(rowid, ?4) FROM message_fts WHERE " MATCH_IN_RANGE;
    struct collector c = {.rows = rows, .plan = p};
    sqlite3 *db = store_db(p->store);
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) != SQLITE_OK) {
        (void)sqlite3_create_function_v2(db, "stet_collect", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY,
                                         NULL, NULL, collect_row, collect_end, NULL);
        const enum status st = prepare(p, sql, &q, e);
        if (st != OK)
            return st;
    }
    bind_match(q, match, p->range);
    sqlite3_bind_pointer(q, 4, &c, "stet_collect", NULL);
    const int rc = sqlite3_step(q);
    enum status st = OK;
    if (c.stopped)
        st = fail(e, ERR_STOPPED, "the search was stopped");
    else if (rc != SQLITE_ROW)
        st = index_failed(p, e);
    sqlite3_finalize(q);
    return st;
}

static void add_visited(void *context, int64_t row, int occurrences)
{
    struct rowset *rows = context;
    (void)occurrences;
    if (row >= 1 && row <= rows->rows)
        rowset_add(rows, row);
}

/* A phrase over all rows goes through xQueryPhrase, which cannot start in the middle. */
enum status index_collect(struct plan *p, const struct filter *f, struct rowset *rows,
                          struct err *e)
{
    if (!f->phrase || !is_all(p, p->range))
        return collect_match(p, f->match, rows, e);
    struct index_visit v = {.visit = add_visited, .context = rows};
    return index_visit(p, f->match, &v, e);
}

enum status index_count(struct plan *p, str match, struct row_range range, uint64_t *count,
                        struct err *e)
{
    sqlite3_stmt *q = NULL;
    const bool all = is_all(p, range);
    enum status st = prepare(p,
                             all ? "SELECT count(*) FROM message_fts WHERE message_fts MATCH ?1"
                                 : "SELECT count(*) FROM message_fts WHERE " MATCH_IN_RANGE,
                             &q, e);
    if (st != OK)
        return st;
    if (all)
        sqlite3_bind_text64(q, 1, match.p, match.n, SQLITE_STATIC, SQLITE_UTF8);
    else
        bind_match(q, match, range);
    if (sqlite3_step(q) == SQLITE_ROW)
        *count = (uint64_t)sqlite3_column_int64(q, 0);
    else
        st = index_failed(p, e);
    sqlite3_finalize(q);
    return st;
}

enum status index_page(struct plan *p, str match, struct index_page *page, struct err *e)
{
    static const char newest[] =
        "SELECT rowid FROM message_fts WHERE " MATCH_IN_RANGE " ORDER BY rowid DESC LIMIT ?4";
    static const char oldest[] =
        "SELECT rowid FROM message_fts WHERE " MATCH_IN_RANGE " ORDER BY rowid LIMIT ?4";
    sqlite3_stmt *q = NULL;
    enum status st = prepare(p, page->newest ? newest : oldest, &q, e);
    if (st != OK)
        return st;
    bind_match(q, match, page->range);
    sqlite3_bind_int64(q, 4, page->limit);
    int rc;
    page->count = 0;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW && page->count < (size_t)page->limit)
        page->rows[page->count++] = sqlite3_column_int64(q, 0);
    if (rc != SQLITE_DONE)
        st = index_failed(p, e);
    sqlite3_finalize(q);
    return st;
}

enum status index_sql(struct plan *p, const char *sql, int64_t argument, struct rowset *rows,
                      struct err *e)
{
    sqlite3_stmt *q = NULL;
    enum status st = prepare(p, sql, &q, e);
    if (st != OK)
        return st;
    if (sqlite3_bind_parameter_count(q))
        sqlite3_bind_int64(q, 1, argument);
    st = step_rows(p, q, rows, e);
    sqlite3_finalize(q);
    return st;
}

enum status index_visit_rows(struct plan *p, str match, struct index_visit *v, struct err *e)
{
    sqlite3_stmt *q = NULL;
    enum status st = prepare(p, "SELECT rowid FROM message_fts WHERE message_fts MATCH ?1", &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_text64(q, 1, match.p, match.n, SQLITE_STATIC, SQLITE_UTF8);
    int rc;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW && st == OK) {
        v->visit(v->context, sqlite3_column_int64(q, 0), 1);
        if ((++v->seen & STOP_EVERY_MASK) == 0 && plan_stopped(p, e))
            st = ERR_STOPPED;
    }
    if (st == OK && rc != SQLITE_DONE)
        st = index_failed(p, e);
    sqlite3_finalize(q);
    return st;
}
