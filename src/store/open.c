/*
 * Opening an archive safely.
 *
 * The file may have been touched by anybody, and Debian builds SQLite permissively, so a connection
 * is closed down before the first statement: no extensions, no triggers or views, no double-quoted
 * strings, no writing to FTS5's own tables, no symbolic link, never a name that could be a URI.
 * A reader sees one state of the archive from store_open to store_close.
 */
#define _XOPEN_SOURCE 700 /* realpath */

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "column_chunk.h"
#include "db.h"
#include "details.h"
#include "identity_cache.h"
#include "known.h"
#include "name_cache.h"
#include "schema.h"

/* The folder's real path and the file's own name: always absolute, so that "file:..." stays a name. */
static char *absolute_path(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    char folder[PATH_MAX], real[PATH_MAX];
    const int n = slash ? snprintf(folder, sizeof folder, "%.*s/", (int)(slash - path), path)
                        : snprintf(folder, sizeof folder, ".");
    if (n < 0 || (size_t)n >= sizeof folder || !*name || !realpath(folder, real))
        return NULL;
    const size_t size = strlen(real) + strlen(name) + 2;
    char *out = malloc(size);
    if (out)
        snprintf(out, size, "%s/%s", strcmp(real, "/") == 0 ? "" : real, name);
    return out;
}

static enum status make_file(struct store *s, struct err *e)
{
    /* Made here and not by SQLite, so that its mode does not depend on the umask; the journal gets
       the same mode from SQLite. */
    const int fd = open(s->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return fail(e, ERR_IO, "cannot make the archive %s: %s", s->path, strerror(errno));
    s->made_here = true;
    close(fd);
    return OK;
}

static enum status find_file(struct store *s, const char *given, struct err *e)
{
    struct stat info;
    s->path = absolute_path(given);
    if (!s->path)
        return fail(e, ERR_MISSING, "there is no folder for the archive %s", given);
    if (lstat(s->path, &info) != 0) {
        if (errno != ENOENT)
            return fail(e, ERR_IO, "cannot open the archive %s: %s", given, strerror(errno));
        if (s->mode == STORE_CREATE)
            return make_file(s, e);
        fail(e, ERR_MISSING, "there is no archive %s", given);
        return fail_hint(e, "make one with: stet import FILE, or name one with -a PATH");
    }
    if (S_ISLNK(info.st_mode))
        return fail(e, ERR_DB, "%s is a symbolic link: name the archive itself", given);
    if (!S_ISREG(info.st_mode))
        return fail(e, ERR_DB, "%s is not a file", given);
    return OK;
}

static enum status close_down(struct store *s, struct err *e)
{
    static const struct {
        int option, value;
    } options[] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        int now = -1;
        if (sqlite3_db_config(s->db, options[i].option, options[i].value, &now) != SQLITE_OK ||
            now != options[i].value)
            return fail(e, ERR_DB, "this SQLite cannot be secured (option %d)", options[i].option);
    }
    return OK;
}

static void set_limits(struct sqlite3 *db)
{
    static const struct {
        int limit, value;
    } limits[] = {
        {SQLITE_LIMIT_ATTACHED, 0},
        {SQLITE_LIMIT_SQL_LENGTH, 100000},
        {SQLITE_LIMIT_EXPR_DEPTH, 20},
        {SQLITE_LIMIT_COMPOUND_SELECT, 5},
        {SQLITE_LIMIT_VDBE_OP, 25000},
        {SQLITE_LIMIT_FUNCTION_ARG, 16},
        {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200},
        {SQLITE_LIMIT_VARIABLE_NUMBER, 200},
        {SQLITE_LIMIT_TRIGGER_DEPTH, 5},
        {SQLITE_LIMIT_COLUMN, 100},
        /* a row holds a text of BUF_MESSAGE_MAX and its other fields */
        {SQLITE_LIMIT_LENGTH, 2 * BUF_MESSAGE_MAX},
    };
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(db, limits[i].limit, limits[i].value);
}

/* No authorizer: a reader's file is opened read-only, query_only holds, nothing can be attached and
   every statement is ours with bound values, so that one could deny nothing more.
   No secure_delete: a writer only frees pages of the index of texts that stay.
   No foreign_keys: the ids come from people.c; store_check looks for dangling ones.
   No mmap: a scan of a million rows took the same with it (first touches cost what reads cost), and
   a medium that goes away would be a signal instead of a sentence.
   Pages of 8 KiB: 1% smaller than 4 KiB and fewer reads for a chunk of a column; 16 KiB gained nothing
   more. The writer's cache is small because pages are mostly added at the end: memory stays at
   60 MB. */
static enum status set_pragmas(struct store *s, struct err *e)
{
    static const char reading[] = "PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON;"
                                  "PRAGMA mmap_size=0; PRAGMA query_only=ON";
    static const char writing[] = "PRAGMA temp_store=MEMORY; PRAGMA cell_size_check=ON;"
                                  "PRAGMA mmap_size=0; PRAGMA synchronous=EXTRA;"
                                  "PRAGMA secure_delete=OFF; PRAGMA foreign_keys=OFF;"
                                  "PRAGMA page_size=8192; PRAGMA cache_size=-32768";
    return db_exec(s, s->mode == STORE_READ ? reading : writing, "open the archive", e);
}

static enum status connect_file(struct store *s, bool may_write, struct err *e)
{
    /* Debian's memory statistics take a lock at every allocation; refused once SQLite runs, which
       is fine. */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    const int flags = (may_write ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY) |
                      SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX;
    if (sqlite3_open_v2(s->path, &s->db, flags, "unix") != SQLITE_OK)
        return fail(e, ERR_DB, "cannot open %s (%s)", s->path,
                    s->db ? sqlite3_errmsg(s->db) : "out of memory");
    enum status st = close_down(s, e);
    set_limits(s->db);
    sqlite3_busy_timeout(s->db, BUSY_TIMEOUT_MS);
    if (st == OK && !fts_tokenizer_register(s->db, &s->words))
        st = fail(e, ERR_DB, "this SQLite has no FTS5");
    if (st == OK)
        st = set_pragmas(s, e);
    return st;
}

/* An import that was killed leaves a journal, which a read-only connection may not play back. */
static void play_back_journal(struct store *s)
{
    sqlite3 *db = NULL;
    if (sqlite3_open_v2(s->path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, "unix") ==
        SQLITE_OK) {
        sqlite3_busy_timeout(db, BUSY_TIMEOUT_MS);
        sqlite3_exec(db, "PRAGMA schema_version", NULL, NULL, NULL);
    }
    sqlite3_close(db);
}

static enum status begin_reading(struct store *s, struct err *e)
{
    if (sqlite3_exec(s->db, "BEGIN; PRAGMA schema_version", NULL, NULL, NULL) == SQLITE_OK)
        return OK;
    const int rc = sqlite3_extended_errcode(s->db);
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    if (rc == SQLITE_READONLY_ROLLBACK || rc == SQLITE_BUSY_RECOVERY)
        play_back_journal(s);
    return db_exec(s, "BEGIN; PRAGMA schema_version", "open the archive", e);
}

static enum status nothing_yet(struct store *s, struct err *e)
{
    fail(e, ERR_MISSING, "the archive %s is empty", s->path);
    return fail_hint(e, "bring something in with: stet import FILE");
}

/* What the file says of itself, compared with what we know; all in one transaction. */
static enum status check_file(struct store *s, int *version, struct err *e)
{
    bool empty = false;
    enum status st = begin_reading(s, e);
    if (st == OK)
        st = schema_identify(s, version, &empty, e);
    if (st != OK)
        return st;
    s->fresh = empty;
    if (empty)
        return s->mode == STORE_CREATE ? OK : nothing_yet(s, e);
    return *version == STORE_SCHEMA_VERSION ? schema_compare(s, e) : OK;
}

static enum status older(struct store *s, int version, struct err *e)
{
    fail(e, ERR_DB, "%s was made by an older Stet (schema version %d, now %d)", s->path, version,
         STORE_SCHEMA_VERSION);
    return fail_hint(e, "bring it up to date by importing into it");
}

static enum status open_file(struct store *s, struct err *e)
{
    int version = 0;
    enum status st = connect_file(s, s->mode != STORE_READ, e);
    /* SQLite falls back to reading where it may not write */
    if (st == OK && s->mode != STORE_READ && sqlite3_db_readonly(s->db, "main") == 1)
        st = fail(e, ERR_DB, "%s may not be written to", s->path);
    if (st == OK)
        st = check_file(s, &version, e);
    if (st == OK && s->mode != STORE_READ)
        st = db_exec(s, "COMMIT; PRAGMA journal_mode=TRUNCATE", "open the archive", e);
    if (st != OK || s->fresh)
        return st;
    if (version != STORE_SCHEMA_VERSION && s->mode == STORE_READ)
        return older(s, version, e);
    if (version != STORE_SCHEMA_VERSION) {
        st = schema_migrate(s, version, STORE_SCHEMA_VERSION, schema_migrations,
                            schema_migration_count, e);
        if (st == OK)
            st = schema_compare(s, e);
    }
    return st;
}

enum status store_open(struct store **out, const char *path, enum store_mode mode, struct err *e)
{
    struct store *s = calloc(1, sizeof *s);
    *out = NULL;
    if (!s)
        return fail(e, ERR_LIMIT, "out of memory");
    s->mode = mode;
    enum status st = find_file(s, path, e);
    if (st == OK)
        st = open_file(s, e);
    if (st == OK)
        st = db_load_state(s, e);
    if (st != OK) {
        store_close(s);
        return st;
    }
    *out = s;
    return OK;
}

/* An archive that we made and in which nothing was stored goes again, unless another program is
   just writing into it: the lock tells. */
static void remove_unused(struct store *s)
{
    sqlite3_busy_timeout(s->db, 0);
    bool empty = false;
    if (s->db && sqlite3_exec(s->db, "BEGIN EXCLUSIVE", NULL, NULL, NULL) == SQLITE_OK &&
        schema_is_empty(s, &empty, NULL) == OK && empty) {
        char journal[PATH_MAX];
        snprintf(journal, sizeof journal, "%s-journal", s->path);
        unlink(s->path);
        unlink(journal);
    }
}

void store_close(struct store *s)
{
    if (!s)
        return;
    if (s->made_here && s->fresh)
        remove_unused(s);
    columns_close(s->columns);
    known_free(s->known);
    known_free(s->ids);
    name_cache_free(s->names);
    identity_cache_forget(s);
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(s->statements[i]);
    sqlite3_close(s->db);
    free(s->path);
    free(s);
}

struct sqlite3 *store_db(struct store *s)
{
    return s->db;
}

struct columns *store_columns(struct store *s)
{
    return s->columns;
}

const char *store_path(const struct store *s)
{
    return s->path;
}

static enum status read_state(struct store *s, int64_t *rows, int64_t *ordered, struct err *e)
{
    int64_t witnesses = 0;
    enum status st = db_number(s, rows, "SELECT value FROM meta WHERE key = 'rows'", 0, e);
    if (st == OK)
        st = db_number(s, ordered, "SELECT value FROM meta WHERE key = 'time_ordered'", 1, e);
    if (st == OK)
        st = details_any(s, &s->lists, e);
    if (st == OK)
        st = db_number(s, &witnesses, "SELECT 1 FROM witness LIMIT 1", 0, e);
    s->has_witnesses = witnesses != 0;
    return st;
}

enum status db_load_state(struct store *s, struct err *e)
{
    int64_t rows = 0, ordered = 1;
    const enum status st = s->fresh ? OK : read_state(s, &rows, &ordered, e);
    if (st != OK)
        return st;
    columns_close(s->columns);
    s->columns = columns_of(s, rows, ordered != 0);
    name_cache_forget(s->names);
    identity_cache_forget(s);
    return OK;
}
