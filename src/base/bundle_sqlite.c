/*
 * SQLite databases as bundles of tables: iMessage's chat.db, and whatever else keeps messages so. Each
 * table is a member in JSON Lines, a row a line in order of rowid, so that importers of such formats
 * read text, and so that what is quoted from a row can be found again by its place in the member.
 *
 * The file is somebody else's and may be hostile. SQLite reads it through a file system that has nothing
 * else (bundle_sqlite_file.c). Only real tables are read: views, triggers and virtual tables are never
 * run, functions are refused, columns that are computed are left out, and the schema is not trusted.
 */
#include "bundle_sqlite.h"

#include "buf.h"
#include "json.h"
#include "oom.h"

#include <inttypes.h>
#include <math.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    STET_APPLICATION = 0x53746574, /* "Stet": an archive of ours, which is not a source */
    COLUMNS_MAX = 500,
    ROW_MAX = 256 << 20, /* bytes of one row as JSON */
    TABLES_MAX = 10000,
};

/* ---- Databases -------------------------------------------------------------------------------- */

/* Open while a box is held. */
struct database {
    sqlite3 *db;
    sqlite3_vfs vfs;
    struct blob blob;
    struct box *box;
    struct bundle *bundle;
    char name[40]; /* of the file system */
};

static int authorize(void *context, int action, const char *a, const char *b, const char *c,
                     const char *d)
{
    (void)context, (void)b, (void)c, (void)d;
    if (action == SQLITE_PRAGMA)
        return a && strcmp(a, "table_xinfo") == 0 ? SQLITE_OK : SQLITE_DENY;
    return action == SQLITE_SELECT || action == SQLITE_READ ? SQLITE_OK : SQLITE_DENY;
}

static void make_safe(sqlite3 *db)
{
    static const int switches[][2] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
    };
    static const int limits[][2] = {
        {SQLITE_LIMIT_ATTACHED, 0},
        {SQLITE_LIMIT_SQL_LENGTH, 1 << 20}, /* schemas come through here */
        {SQLITE_LIMIT_EXPR_DEPTH, 100},
        {SQLITE_LIMIT_COMPOUND_SELECT, 5},
        {SQLITE_LIMIT_VDBE_OP, 25000},
        {SQLITE_LIMIT_FUNCTION_ARG, 16},
        {SQLITE_LIMIT_COLUMN, COLUMNS_MAX},
        {SQLITE_LIMIT_LENGTH, 64 << 20},
        {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
        {SQLITE_LIMIT_WORKER_THREADS, 0},
    };
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        sqlite3_db_config(db, switches[i][0], switches[i][1], NULL);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(db, limits[i][0], limits[i][1]);
    sqlite3_exec(db, "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY",
                 NULL, NULL, NULL);
    sqlite3_set_authorizer(db, authorize, NULL);
}

static enum status damaged(const struct database *d, struct err *e)
{
    return fail(e, ERR_FORMAT, "the database “" STR_FMT "” cannot be read: %.200s",
                STR_ARG(str_sub(d->box->path, 0, 200)),
                d->db ? sqlite3_errmsg(d->db) : "it cannot be opened");
}

static void database_close(struct database *d)
{
    if (!d)
        return;
    sqlite3_close(d->db);
    sqlite3_vfs_unregister(&d->vfs);
    box_let_go(d->box, d->bundle);
    free(d);
}

static enum status database_open(struct database **out, struct bundle *b, struct box *x,
                                 struct err *e)
{
    struct blob blob;
    enum status st = box_hold(x, b, &blob, e);
    if (st != OK)
        return st;
    struct database *d = oom_alloc(sizeof *d);
    *d = (struct database){.blob = blob, .box = x, .bundle = b};
    snprintf(d->name, sizeof d->name, "stet-%p", (void *)d);
    d->vfs = vfs_of_blob(&d->blob, d->name);
    if (sqlite3_vfs_register(&d->vfs, 0) != SQLITE_OK ||
        sqlite3_open_v2("source", &d->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, d->name) !=
            SQLITE_OK) {
        st = damaged(d, e);
        database_close(d);
        return st;
    }
    make_safe(d->db);
    *out = d;
    return OK;
}

/* ---- Tables ----------------------------------------------------------------------------------- */

#define TABLES_SQL "SELECT name FROM sqlite_schema WHERE type='table' ORDER BY rowid"

static bool is_virtual(struct database *d, const char *name)
{
    sqlite3_stmt *q;
    bool virtual = true; /* unless we see that it is not */
    if (sqlite3_prepare_v2(d->db,
                           "SELECT sql, rootpage FROM sqlite_schema WHERE type='table' AND name=?",
                           -1, &q, NULL) != SQLITE_OK)
        return true;
    sqlite3_bind_text(q, 1, name, -1, SQLITE_STATIC);
    if (sqlite3_step(q) == SQLITE_ROW) {
        const char *sql = (const char *)sqlite3_column_text(q, 0);
        virtual = !sqlite3_column_int64(q, 1) ||
                  (sql && str_eq_nocase(str_sub(str_of(sql), 0, 14), STR("CREATE VIRTUAL")));
    }
    sqlite3_finalize(q);
    return virtual;
}

static void fault(struct bundle *b, const struct box *x, const char *code, const char *way_out,
                  const char *what)
{
    const struct fault_of f = {x, code, way_out, true};
    bundle_fault_add(b, &f, "%s", what);
}

static bool is_our_own(const struct blob *blob)
{
    char id[4];
    struct err ignored = {0};
    if (blob_read_all(blob, 68, id, 4, &ignored) != OK)
        return false;
    const unsigned char *p = (const unsigned char *)id;
    return ((uint32_t)p[0] << 24 | p[1] << 16 | p[2] << 8 | p[3]) == STET_APPLICATION;
}

static void list_table(struct database *d, str name, uint64_t nth)
{
    char path[300];
    const bool fits = name.n < sizeof path - 8;
    snprintf(path, sizeof path, STR_FMT ".jsonl", STR_ARG(str_sub(name, 0, sizeof path - 8)));
    (void)bundle_add_entry(
        d->bundle, d->box, str_of(path),
        &(struct entry){.m = {.size = SOURCE_SIZE_UNKNOWN,
                              .skip = fits ? NULL : "a table with too long a name"},
                        .at = nth});
}

void tables_list(struct bundle *b, struct box *x, const struct blob *blob)
{
    struct err e = {0};
    struct database *d;
    if (is_our_own(blob)) {
        fault(b, x, "stetArchive", "Name it with -a to search it, and import what it was made of.",
              "this is an archive of Stet, no source of messages");
        return;
    }
    if (database_open(&d, b, x, &e) != OK) {
        fault(b, x, "archiveDamaged", "Get another copy of the database.", e.msg);
        return;
    }
    sqlite3_stmt *q = NULL;
    int rc = sqlite3_prepare_v2(d->db, TABLES_SQL, -1, &q, NULL);
    uint64_t nth = 0;
    while (rc == SQLITE_OK && nth < TABLES_MAX && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        const char *name = (const char *)sqlite3_column_text(q, 0);
        if (name && !is_virtual(d, name) && !str_starts(str_of(name), STR("sqlite_")))
            list_table(d, str_of(name), nth);
        nth++;
        rc = SQLITE_OK;
    }
    if (rc != SQLITE_OK && rc != SQLITE_DONE) {
        (void)damaged(d, &e);
        fault(b, x, "archiveDamaged", "Get another copy of the database.", e.msg);
    }
    sqlite3_finalize(q);
    database_close(d);
}

/* ---- A table's rows as JSON Lines ------------------------------------------------------------- */

struct table {
    struct bundle *bundle;
    struct entry *entry;
    struct database *database;
    sqlite3_stmt *rows; /* NULL before the first byte and behind the last */
    struct buf line;
    size_t at; /* within the line */
    uint64_t given, row;
    bool ended;
};

static str table_name(const struct entry *entry)
{
    const str name = str_from(entry->m.path, entry->box->path.n + 1);
    return str_sub(name, 0, name.n - strlen(".jsonl"));
}

static void put_name(struct buf *sql, str name)
{
    buf_add_byte(sql, '"');
    for (size_t i = 0; i < name.n; i++) {
        buf_add_byte(sql, name.p[i]);
        if (name.p[i] == '"')
            buf_add_byte(sql, '"');
    }
    buf_add_byte(sql, '"');
}

/* "\"ROWID\", \"text\"": the columns that are stored, not computed. */
static enum status put_columns(struct buf *sql, struct database *d, str table, struct err *e)
{
    enum { NAME = 1, HIDDEN = 6 }; /* columns of the answer */
    struct buf question = buf_new(4096);
    sqlite3_stmt *q = NULL;
    buf_add(&question, STR("PRAGMA table_xinfo("));
    put_name(&question, table);
    buf_add_byte(&question, ')');
    int rc = sqlite3_prepare_v2(d->db, question.p, (int)question.n, &q, NULL);
    const size_t begin = sql->n;
    while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        rc = SQLITE_OK;
        if (sqlite3_column_int(q, HIDDEN))
            continue;
        if (sql->n > begin)
            buf_add(sql, STR(", "));
        put_name(sql, str_of((const char *)sqlite3_column_text(q, NAME)));
    }
    const enum status st = rc == SQLITE_DONE ? OK : damaged(d, e);
    sqlite3_finalize(q);
    buf_free(&question);
    return st;
}

/* In order of rowid; a table without rowid comes in the order of its key. */
static enum status prepare(struct table *t, struct err *e)
{
    const str name = table_name(t->entry);
    struct buf sql = buf_new(1 << 20);
    buf_add(&sql, STR("SELECT "));
    enum status st = put_columns(&sql, t->database, name, e);
    buf_add(&sql, STR(" FROM "));
    put_name(&sql, name);
    const size_t unordered = sql.n;
    buf_add(&sql, STR(" ORDER BY _rowid_"));
    sqlite3 *db = t->database->db;
    if (st == OK && sqlite3_prepare_v2(db, sql.p, (int)sql.n, &t->rows, NULL) != SQLITE_OK &&
        sqlite3_prepare_v2(db, sql.p, (int)unordered, &t->rows, NULL) != SQLITE_OK)
        st = damaged(t->database, e);
    buf_free(&sql);
    return st;
}

static void put_blob(struct json *j, str bytes)
{
    static const char digits[] = "0123456789abcdef";
    struct buf hex = buf_new(2 * bytes.n + 1);
    for (size_t i = 0; i < bytes.n; i++) {
        buf_add_byte(&hex, digits[(unsigned char)bytes.p[i] >> 4]);
        buf_add_byte(&hex, digits[bytes.p[i] & 15]);
    }
    json_object(j);
    json_key(j, "hex");
    json_text(j, buf_str(&hex));
    json_end(j);
    buf_free(&hex);
}

static void put_real(struct json *j, double value)
{
    char text[40];
    snprintf(text, sizeof text, "%.17g", value);
    json_text(j, isfinite(value) ? str_of(text) : STR("infinite"));
}

static void put_value(struct json *j, sqlite3_stmt *rows, int column)
{
    const int type = sqlite3_column_type(rows, column);
    if (type == SQLITE_INTEGER) {
        json_int(j, sqlite3_column_int64(rows, column));
    } else if (type == SQLITE_FLOAT) {
        put_real(j, sqlite3_column_double(rows, column));
    } else if (type == SQLITE_NULL) {
        json_null(j);
    } else {
        const void *bytes = type == SQLITE_TEXT ? (const void *)sqlite3_column_text(rows, column)
                                                : sqlite3_column_blob(rows, column);
        const str value = {bytes, (size_t)sqlite3_column_bytes(rows, column)};
        if (type == SQLITE_TEXT)
            json_text(j, value);
        else
            put_blob(j, value);
    }
}

static void put_row(struct table *t)
{
    struct json j = json_to(&t->line);
    json_object(&j);
    for (int i = 0; i < sqlite3_column_count(t->rows); i++) {
        const char *name = sqlite3_column_name(t->rows, i);
        json_key(&j, name ? name : "");
        put_value(&j, t->rows, i);
    }
    json_end(&j);
    buf_add_byte(&t->line, '\n');
}

static void table_stop(struct table *t)
{
    sqlite3_finalize(t->rows);
    t->rows = NULL;
    database_close(t->database);
    t->database = NULL;
}

static void fault_rows(struct table *t)
{
    char what[600];
    snprintf(what, sizeof what,
             "the database is damaged: what follows row %" PRIu64 " of the table “" STR_FMT
             "” cannot be read (%.100s)",
             t->row, STR_ARG(str_sub(table_name(t->entry), 0, 100)),
             sqlite3_errmsg(t->database->db));
    fault(t->bundle, t->entry->box, "databaseDamaged",
          "Try `sqlite3 FILE .recover` on a copy and import what that gives.", what);
}

/* The next row into the line; an empty line at the end. */
static enum status next_row(struct table *t, struct err *e)
{
    buf_clear(&t->line);
    t->at = 0;
    if (t->ended)
        return OK;
    if (!t->rows) {
        enum status st = database_open(&t->database, t->bundle, t->entry->box, e);
        if (st == OK)
            st = prepare(t, e);
        if (st != OK)
            return st;
    }
    const int rc = sqlite3_step(t->rows);
    if (rc == SQLITE_ROW) {
        put_row(t);
        t->row++;
        if (!t->line.full)
            return OK;
        return fail(e, ERR_LIMIT, "row %" PRIu64 " of the table “" STR_FMT "” has more than %d MiB",
                    t->row, STR_ARG(str_sub(table_name(t->entry), 0, 100)), ROW_MAX >> 20);
    }
    if (rc != SQLITE_DONE)
        fault_rows(t);
    t->ended = true;
    table_stop(t);
    return OK;
}

static enum status read_table(void *context, char *out, size_t room, size_t *got, struct err *e)
{
    struct table *t = context;
    for (*got = 0; *got < room;) {
        if (t->at == t->line.n) {
            const enum status st = next_row(t, e);
            if (st != OK)
                return st;
            if (!t->line.n)
                break;
        }
        const str rest = str_sub(str_from(buf_str(&t->line), t->at), 0, room - *got);
        memcpy(out + *got, rest.p, rest.n);
        *got += rest.n;
        t->at += rest.n;
    }
    t->given += *got;
    return bundle_count_unpacked(t->bundle, t->entry, t->given, e);
}

static enum status again_table(void *context, struct err *e)
{
    (void)e;
    struct table *t = context;
    table_stop(t);
    buf_clear(&t->line);
    t->at = 0;
    t->given = t->row = 0;
    t->ended = false;
    return OK;
}

static struct table *new_table(struct bundle *b, struct entry *entry)
{
    struct table *t = oom_alloc(sizeof *t);
    *t = (struct table){.bundle = b, .entry = entry, .line = buf_new(ROW_MAX)};
    return t;
}

static enum status twin_of_table(void *context, void **out, struct err *e)
{
    (void)e;
    const struct table *t = context;
    *out = new_table(t->bundle, t->entry);
    return OK;
}

static void close_table(void *context)
{
    struct table *t = context;
    table_stop(t);
    buf_free(&t->line);
    free(t);
}

enum status table_source(struct bundle *b, struct entry *entry, struct source **out, struct err *e)
{
    static const struct source_reader reader = {
        .read = read_table, .again = again_table, .twin = twin_of_table, .close = close_table};
    return source_of_reader(out, entry->m.path, SOURCE_SIZE_UNKNOWN, &reader, new_table(b, entry),
                            e);
}
