/*
 * What the files of this folder share: the connection, its prepared statements, and SQLite's result
 * codes in the words of the archive.
 */
#ifndef STET_STORE_DB_H
#define STET_STORE_DB_H

#include <sqlite3.h>

#include "fts_tokenizer.h"
#include "store.h"

enum { BUSY_TIMEOUT_MS = 5000 };

/* Statements that are prepared once a connection; their text is in db.c. */
enum statement {
    SELECT_MESSAGE,
    SELECT_TEXT,
    SELECT_SAME_ID,
    SELECT_ATTACHMENTS,
    SELECT_REACTIONS,
    SELECT_EDITS,
    SELECT_MENTIONS,
    SELECT_RECIPIENTS,
    SELECT_ALIAS,
    SELECT_JOINABLE,
    SELECT_JOINED_IDS,
    SELECT_WITNESSES,
    SELECT_WITNESSES_OF,
    SELECT_PLACE,
    SELECT_SOURCE_ROWS,
    COUNT_WITNESSES,
    SELECT_PARTICIPANT_NAME,
    SELECT_CONVERSATION_NAME,
    SELECT_CONVERSATION_BOUNDS,
    SELECT_EXTENT,
    SELECT_CHUNK,
    INSERT_MESSAGE,
    INSERT_TEXT,
    INSERT_ATTACHMENT,
    INSERT_REACTION,
    INSERT_EDIT,
    INSERT_MENTION,
    INSERT_RECIPIENT,
    INSERT_ALIAS,
    INSERT_WITNESS,
    INSERT_ISSUE,
    SELECT_PARTICIPANT,
    INSERT_PARTICIPANT,
    UPDATE_PARTICIPANT,
    SELECT_CONVERSATION,
    INSERT_CONVERSATION,
    UPDATE_CONVERSATION,
    SELECT_MEMBERSHIP,
    UPDATE_MEMBERSHIP,
    STATEMENT_COUNT
};

struct known;
struct name_cache;
struct identity_cache;

struct store {
    struct sqlite3 *db;
    struct columns *columns;
    struct known *known; /* content ids of all rows; only while sources are added to older ones */
    struct known *ids;   /* platform ids of all rows that have one (same.c); only while writing */
    struct name_cache *names;
    struct identity_cache *identities; /* NULL: not asked for yet */
    char *path; /* absolute */
    enum store_mode mode;
    bool fresh;         /* there is no schema yet: the first writer makes it */
    bool made_here;     /* this connection made the file, and removes it if nothing was stored */
    uint32_t lists;     /* bits of enum detail: which lists any message has at all */
    bool has_witnesses; /* the same: saves asking for each message */
    struct fts_words words;
    struct sqlite3_stmt *statements[STATEMENT_COUNT];
};

/* Says in the archive's words what SQLite's last call on this connection complained about; `doing`
   completes "cannot ...". Returns the status that fits. */
enum status db_fail(struct store *s, struct err *e, const char *doing);

/* A prepared statement, reset and without bindings, borrowed until it is asked for again. */
MUST_USE enum status db_statement(struct store *s, enum statement which, sqlite3_stmt **out,
                                  struct err *e);

/* Steps a statement that gives no rows, and resets it. */
MUST_USE enum status db_run(struct store *s, sqlite3_stmt *q, const char *doing, struct err *e);

/* Runs SQL text of our own. */
MUST_USE enum status db_exec(struct store *s, const char *sql, const char *doing, struct err *e);

/* The first column of the first row of our own SQL, `fallback` if there is no row. */
MUST_USE enum status db_number(struct store *s, int64_t *out, const char *sql, int64_t fallback,
                               struct err *e);

MUST_USE enum status db_set_meta(struct store *s, const char *key, int64_t value, struct err *e);

/* A text column as a slice, borrowed until the statement moves; NULL gives the empty slice. */
str db_text(sqlite3_stmt *q, int column);
/* Binds a borrowed slice as text; the empty slice as NULL or as ''. */
void db_bind_or_null(sqlite3_stmt *q, int at, str s);
void db_bind_text(sqlite3_stmt *q, int at, str s);
/* A time in ms; TIME_NONE is NULL. */
void db_bind_time(sqlite3_stmt *q, int at, int64_t ms);
int64_t db_time(sqlite3_stmt *q, int column);
/* A column of 32 bytes; all zeros if it has another size. */
struct sha256_digest db_digest(sqlite3_stmt *q, int column);

/* Reads meta, makes s->columns anew, forgets names: after opening and after each commit. */
MUST_USE enum status db_load_state(struct store *s, struct err *e);

#endif
