/*
 * An archive is trusted only as far as its schema is ours, word for word: a trigger, a view or a
 * virtual table that somebody added would run with the reader's rights. So the text of every object
 * is compared with the compiled-in one before anything else is asked of the file.
 */
#include "schema.h"

#include <stdio.h>
#include <string.h>

#include "schema.sql.h"
#include "schema_1_to_2.sql.h"

enum { OBJECTS_MAX = 96 };

/* What FTS5 makes for itself, as its sources have it (fts5_storage.c, fts5_index.c). */
static const struct {
    const char *name, *sql;
} shadows[] = {
    {"message_fts_data", "CREATE TABLE 'message_fts_data'(id INTEGER PRIMARY KEY, block BLOB)"},
    {"message_fts_idx", "CREATE TABLE 'message_fts_idx'(segid, term, pgno, PRIMARY KEY(segid, "
                        "term)) WITHOUT ROWID"},
    {"message_fts_config", "CREATE TABLE 'message_fts_config'(k PRIMARY KEY, v) WITHOUT ROWID"},
};
enum { SHADOW_COUNT = sizeof shadows / sizeof *shadows };

const struct migration schema_migrations[] = {
    {.from = 1, .sql = (const char *)asset_schema_1_to_2_sql},
};
const size_t schema_migration_count = sizeof schema_migrations / sizeof *schema_migrations;

/* Automatic merging is for tables that trickle in; a writer merges once at its end (writer.c). */
static const char fts_settings[] =
    "INSERT INTO message_fts(message_fts, rank) VALUES('hashsize', 8388608), ('automerge', 0),"
    " ('crisismerge', 1999)";

enum status schema_create(struct store *s, struct err *e)
{
    char ids[80];
    snprintf(ids, sizeof ids, "PRAGMA application_id=%d; PRAGMA user_version=%d",
             STORE_APPLICATION_ID, STORE_SCHEMA_VERSION);
    enum status st = db_exec(s, (const char *)asset_schema_sql, "make the archive", e);
    if (st == OK)
        st = db_exec(s, ids, "make the archive", e);
    if (st == OK)
        st = db_exec(s, fts_settings, "make the archive", e);
    return st;
}

enum status schema_is_empty(struct store *s, bool *empty, struct err *e)
{
    int64_t objects = 1;
    const enum status st = db_number(s, &objects, "SELECT count(*) FROM sqlite_schema", 1, e);
    *empty = objects == 0;
    return st;
}

enum status schema_identify(struct store *s, int *version, bool *empty, struct err *e)
{
    int64_t id = 0, user_version = 0;
    *empty = false;
    enum status st = db_number(s, &id, "PRAGMA application_id", 0, e);
    if (st == OK)
        st = db_number(s, &user_version, "PRAGMA user_version", 0, e);
    if (st == OK && id == 0)
        st = schema_is_empty(s, empty, e);
    if (st != OK || *empty)
        return st;
    *version = (int)user_version;
    if (id != STORE_APPLICATION_ID) {
        fail(e, ERR_DB, "%s is a database, but not an archive of Stet", s->path);
        return fail_hint(e, "name the archive with -a, or import into a new one");
    }
    if (user_version > STORE_SCHEMA_VERSION) {
        fail(e, ERR_DB,
             "%s was made by a newer Stet: its schema is version %d, this program knows up to %d",
             s->path, (int)user_version, STORE_SCHEMA_VERSION);
        return fail_hint(e, "use a Stet that knows archive schema %d", (int)user_version);
    }
    return OK;
}

/* Takes the next CREATE statement of schema.sql off *rest, comments before it dropped. */
static bool next_statement(str *rest, str *statement)
{
    for (;;) {
        *rest = str_trim(*rest);
        if (!str_starts(*rest, STR("--")))
            break;
        const size_t end = str_find_byte(*rest, '\n');
        *rest = end == STR_NONE ? STR("") : str_from(*rest, end);
    }
    size_t end = str_find(*rest, STR(";\n"));
    if (end == STR_NONE && str_ends(*rest, STR(";")))
        end = rest->n - 1;
    if (end == STR_NONE)
        return false;
    *statement = str_sub(*rest, 0, end);
    *rest = str_from(*rest, end + 1);
    return true;
}

struct expected {
    str sql[OBJECTS_MAX];
    size_t count;
};

static struct expected expected_objects(void)
{
    struct expected x = {.count = 0};
    str rest = {(const char *)asset_schema_sql, asset_schema_sql_size};
    while (x.count < OBJECTS_MAX - SHADOW_COUNT && next_statement(&rest, &x.sql[x.count]))
        x.count++;
    for (size_t i = 0; i < SHADOW_COUNT; i++)
        x.sql[x.count++] = str_of(shadows[i].sql);
    return x;
}

/* Finds the object among those still expected, and takes it out. */
static bool take(struct expected *x, str sql)
{
    for (size_t i = 0; i < x->count; i++) {
        if (!str_eq(x->sql[i], sql))
            continue;
        x->sql[i] = x->sql[--x->count];
        return true;
    }
    return false;
}

static enum status refuse(struct store *s, const char *what, str name, struct err *e)
{
    fail(e, ERR_DB, "%s is not used: its schema %s " STR_FMT, s->path, what,
         STR_ARG(str_sub(name, 0, 100)));
    return fail_hint(e, "an archive that another program changed cannot be trusted: import its "
                        "sources again into a new one");
}

enum status schema_compare(struct store *s, struct err *e)
{
    struct expected x = expected_objects();
    sqlite3_stmt *q = NULL;
    enum status st = OK;
    int rc = sqlite3_prepare_v2(s->db, "SELECT name, sql FROM sqlite_schema", -1, &q, NULL);
    while (rc == SQLITE_OK && st == OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        const str name = db_text(q, 0);
        const str sql = db_text(q, 1);
        const bool own_index = !sql.p && str_starts(name, STR("sqlite_autoindex_"));
        if (!own_index && !take(&x, sql))
            st = refuse(s, "holds something that Stet did not put there:", name, e);
        rc = SQLITE_OK;
    }
    if (st == OK && rc != SQLITE_DONE)
        st = db_fail(s, e, "read the archive's schema");
    if (st == OK && x.count)
        st = refuse(s, "lacks", x.sql[0], e);
    sqlite3_finalize(q);
    return st;
}

static const char *step_from(const struct migration *steps, size_t count, int version)
{
    for (size_t i = 0; i < count; i++) {
        if (steps[i].from == version)
            return steps[i].sql;
    }
    return NULL;
}

enum status schema_migrate(struct store *s, int version, int target, const struct migration *steps,
                           size_t count, struct err *e)
{
    enum status st = db_exec(s, "BEGIN IMMEDIATE", "bring the archive up to date", e);
    if (st != OK)
        return st;
    for (int v = version; st == OK && v < target; v++) {
        const char *sql = step_from(steps, count, v);
        if (sql)
            st = db_exec(s, sql, "bring the archive up to date", e);
        else
            st = fail(e, ERR_DB, "%s has schema version %d, and there is no step from %d to %d",
                      s->path, version, v, v + 1);
    }
    char set[48];
    snprintf(set, sizeof set, "PRAGMA user_version=%d", target);
    if (st == OK)
        st = db_exec(s, set, "bring the archive up to date", e);
    if (st == OK)
        st = db_exec(s, "COMMIT", "bring the archive up to date", e);
    if (st != OK)
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    return st;
}
