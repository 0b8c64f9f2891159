/*
 * The few words that everything here speaks with SQLite: prepared statements, result codes as
 * sentences, slices in and out.
 */
#include "db.h"

#include <string.h>

#define MESSAGE_COLUMNS                                                                     \
    "conversation_id, participant_id, kind, flags, sent_ms, offset_min, basis, ambiguous, " \
    "content_id, source_id, at, length, line, sha256, member, time_shown, platform_id, "    \
    "reply_to, sender_name, forwarded_from, forwarded_ms, edited_ms, deleted_ms, text"

static const char *const statement_sql[STATEMENT_COUNT] = {
    [SELECT_MESSAGE] = "SELECT " MESSAGE_COLUMNS " FROM message WHERE id = ?1",
    [SELECT_TEXT] = "SELECT text FROM message WHERE id = ?1",
    [SELECT_SAME_ID] = "SELECT id FROM message WHERE platform_id = ?1 AND conversation_id = ?2"
                       " ORDER BY id LIMIT ?3",
    [SELECT_ATTACHMENTS] = "SELECT kind, name, mime, coalesce(size_bytes, -1), path, sha256"
                           " FROM attachment WHERE message_id = ?1 ORDER BY nth",
    [SELECT_REACTIONS] = "SELECT r.emoji, p.key, coalesce(r.name, p.name), r.at_ms, r.people"
                         " FROM reaction r LEFT JOIN participant p ON p.id = r.participant_id"
                         " WHERE r.message_id = ?1 ORDER BY r.nth",
    [SELECT_EDITS] = "SELECT text, at_ms FROM edit WHERE message_id = ?1 ORDER BY nth",
    [SELECT_MENTIONS] = "SELECT p.key, coalesce(x.name, p.name) FROM mention x"
                        " LEFT JOIN participant p ON p.id = x.participant_id"
                        " WHERE x.message_id = ?1 ORDER BY x.nth",
    [SELECT_RECIPIENTS] = "SELECT p.key, coalesce(x.name, p.name) FROM recipient x"
                          " LEFT JOIN participant p ON p.id = x.participant_id"
                          " WHERE x.message_id = ?1 ORDER BY x.nth",
    [SELECT_WITNESSES] = "SELECT w.source_id, w.at, w.length, w.line, w.sha256, w.member, s.name"
                         " FROM (SELECT 0 AS nth, source_id, at, length, line, sha256, member"
                         " FROM message WHERE id = ?1 UNION ALL SELECT nth, source_id, at, length,"
                         " line, sha256, member FROM witness WHERE message_id = ?1) w"
                         " LEFT JOIN source s ON s.id = w.source_id ORDER BY w.nth",
    [SELECT_WITNESSES_OF] = "SELECT at, message_id, nth, member FROM witness WHERE source_id = ?1",
    [SELECT_PLACE] = "SELECT at, id, 0, member FROM message WHERE id = ?1",
    [SELECT_SOURCE_ROWS] = "SELECT first_row, last_row FROM source WHERE id = ?1",
    [COUNT_WITNESSES] = "SELECT count(*) FROM witness WHERE message_id = ?1",
    [SELECT_PARTICIPANT_NAME] = "SELECT key, name FROM participant WHERE id = ?1",
    [SELECT_CONVERSATION_NAME] = "SELECT key, title FROM conversation WHERE id = ?1",
    [SELECT_CONVERSATION_BOUNDS] = "SELECT first_row, last_row FROM conversation WHERE id = ?1",
    [SELECT_EXTENT] = "SELECT min, max, scale, width FROM column_chunk WHERE id = ?1",
    [SELECT_CHUNK] = "SELECT data FROM column_chunk WHERE id = ?1",
    [INSERT_MESSAGE] = "INSERT INTO message(" MESSAGE_COLUMNS ", id) VALUES(?1, ?2, ?3, ?4, ?5,"
                       " ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,"
                       " ?21, ?22, ?23, ?24, ?25)",
    [INSERT_TEXT] = "INSERT INTO message_fts(rowid, text) VALUES(?1, ?2)",
    [INSERT_ATTACHMENT] = "INSERT INTO attachment(message_id, nth, kind, name, mime, size_bytes,"
                          " path, sha256) VALUES(?1, ?2, ?3, ?4, ?5, nullif(?6, -1), ?7, ?8)",
    [INSERT_REACTION] = "INSERT INTO reaction(message_id, nth, emoji, participant_id, name, at_ms,"
                        " people) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [INSERT_EDIT] = "INSERT INTO edit(message_id, nth, text, at_ms) VALUES(?1, ?2, ?3, ?4)",
    [INSERT_MENTION] = "INSERT INTO mention(message_id, nth, participant_id, name)"
                       " VALUES(?1, ?2, ?3, ?4)",
    [INSERT_RECIPIENT] = "INSERT INTO recipient(message_id, nth, participant_id, name)"
                         " VALUES(?1, ?2, ?3, ?4)",
    [INSERT_ALIAS] = "INSERT OR REPLACE INTO alias(source_id, key, conversation_id, sure)"
                     " VALUES(?1, ?2, ?3, ?4)",
    [SELECT_JOINABLE] = "SELECT 1 FROM conversation WHERE platform = ?1 AND key <> ?2"
                        " AND (loose OR ?3) LIMIT 1",
    [SELECT_JOINED_IDS] = "SELECT DISTINCT c.key FROM alias a"
                          " JOIN conversation c ON c.id = a.conversation_id WHERE a.sure = 1",
    [SELECT_ALIAS] = "SELECT c.key FROM alias a JOIN conversation c ON c.id = a.conversation_id"
                     " WHERE a.key = ?1 AND (a.source_id = ?2 OR (?2 = 0 AND a.sure = 1)) LIMIT 1",
    [INSERT_WITNESS] = "INSERT INTO witness(message_id, nth, source_id, at, length, line, sha256,"
                       " member) VALUES(?1, (SELECT coalesce(max(nth), 0) + 1 FROM witness WHERE"
                       " message_id = ?1), ?2, ?3, ?4, ?5, ?6, ?7)",
    [INSERT_ISSUE] = "INSERT INTO issue(source_id, severity, code, what, way_out, at, length, line,"
                     " member) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [SELECT_PARTICIPANT] = "SELECT id, name, messages, events, first_row, last_row"
                           " FROM participant WHERE key = ?1",
    [INSERT_PARTICIPANT] = "INSERT INTO participant(key, name) VALUES(?1, ?2)",
    [UPDATE_PARTICIPANT] = "UPDATE participant SET messages = ?2, events = ?3, first_row = ?4,"
                           " last_row = ?5, name = ?6 WHERE id = ?1",
    [SELECT_CONVERSATION] = "SELECT id, title, messages, events, first_row, last_row, platform,"
                            " type, loose FROM conversation WHERE key = ?1",
    [INSERT_CONVERSATION] = "INSERT INTO conversation(key) VALUES(?1)",
    [UPDATE_CONVERSATION] = "UPDATE conversation SET messages = ?2, events = ?3, first_row = ?4,"
                            " last_row = ?5, title = ?6, platform = ?7, type = ?8,"
                            " loose = ?9 WHERE id = ?1",
    [SELECT_MEMBERSHIP] = "SELECT messages, events, first_row, last_row FROM membership"
                          " WHERE conversation_id = ?1 AND participant_id = ?2",
    [UPDATE_MEMBERSHIP] = "INSERT OR REPLACE INTO membership(conversation_id, participant_id,"
                          " messages, events, first_row, last_row)"
                          " VALUES(?1, ?2, ?3, ?4, ?5, ?6)",
};

/* ---- errors and statements -------------------------------------------------------------------- */

static enum status busy(struct store *s, struct err *e, const char *doing)
{
    fail(e, ERR_DB, "cannot %s: another program is using %s", doing, s->path);
    return fail_hint(e, "wait until the other import or reader has finished, then try again");
}

enum status db_fail(struct store *s, struct err *e, const char *doing)
{
    const int rc = sqlite3_errcode(s->db);
    switch (rc) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED: return busy(s, e, doing);
    case SQLITE_FULL:
        fail(e, ERR_IO, "cannot %s: the disk is full", doing);
        return fail_hint(e, "%s is as it was before; make room and try again", s->path);
    case SQLITE_NOTADB: return fail(e, ERR_DB, "%s is not an archive of Stet", s->path);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH: return fail(e, ERR_DB, "cannot %s: %s may not be written to", doing, s->path);
    case SQLITE_CORRUPT:
        fail(e, ERR_DB, "cannot %s: %s is damaged", doing, s->path);
        return fail_hint(e, "import the sources again into a new archive");
    case SQLITE_INTERRUPT: return fail(e, ERR_STOPPED, "stopped: cannot %s", doing);
    case SQLITE_TOOBIG: return fail(e, ERR_LIMIT, "cannot %s: a field is too large", doing);
    case SQLITE_IOERR:
        return fail(e, ERR_IO, "cannot %s: reading or writing %s failed (%s)", doing, s->path,
                    strerror(sqlite3_system_errno(s->db)));
    case SQLITE_NOMEM: return fail(e, ERR_LIMIT, "cannot %s: out of memory", doing);
    }
    return fail(e, ERR_DB, "cannot %s in %s (%s)", doing, s->path, sqlite3_errmsg(s->db));
}

enum status db_statement(struct store *s, enum statement which, sqlite3_stmt **out, struct err *e)
{
    sqlite3_stmt **q = &s->statements[which];
    if (!*q && sqlite3_prepare_v3(s->db, statement_sql[which], -1, SQLITE_PREPARE_PERSISTENT, q,
                                  NULL) != SQLITE_OK)
        return db_fail(s, e, "use the archive");
    sqlite3_reset(*q);
    sqlite3_clear_bindings(*q);
    *out = *q;
    return OK;
}

enum status db_run(struct store *s, sqlite3_stmt *q, const char *doing, struct err *e)
{
    const int rc = sqlite3_step(q);
    const enum status st = rc == SQLITE_DONE ? OK : db_fail(s, e, doing);
    sqlite3_reset(q);
    return st;
}

enum status db_exec(struct store *s, const char *sql, const char *doing, struct err *e)
{
    if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        return db_fail(s, e, doing);
    return OK;
}

enum status db_number(struct store *s, int64_t *out, const char *sql, int64_t fallback,
                      struct err *e)
{
    sqlite3_stmt *q = NULL;
    int rc = sqlite3_prepare_v2(s->db, sql, -1, &q, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(q);
    enum status st = OK;
    if (rc == SQLITE_ROW)
        *out = sqlite3_column_int64(q, 0);
    else if (rc == SQLITE_DONE)
        *out = fallback;
    else
        st = db_fail(s, e, "read the archive");
    sqlite3_finalize(q);
    return st;
}

enum status db_set_meta(struct store *s, const char *key, int64_t value, struct err *e)
{
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(s->db, "INSERT OR REPLACE INTO meta(key, value) VALUES(?1, ?2)", -1, &q,
                           NULL) != SQLITE_OK)
        return db_fail(s, e, "store the archive's properties");
    sqlite3_bind_text(q, 1, key, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 2, value);
    const enum status st = db_run(s, q, "store the archive's properties", e);
    sqlite3_finalize(q);
    return st;
}

str db_text(sqlite3_stmt *q, int column)
{
    const char *p = (const char *)sqlite3_column_text(q, column);
    return (str){p, p ? (size_t)sqlite3_column_bytes(q, column) : 0};
}

void db_bind_text(sqlite3_stmt *q, int at, str s)
{
    sqlite3_bind_text64(q, at, s.n ? s.p : "", s.n, SQLITE_STATIC, SQLITE_UTF8);
}

void db_bind_or_null(sqlite3_stmt *q, int at, str s)
{
    if (s.n)
        db_bind_text(q, at, s);
    else
        sqlite3_bind_null(q, at);
}

void db_bind_time(sqlite3_stmt *q, int at, int64_t ms)
{
    if (ms == TIME_NONE)
        sqlite3_bind_null(q, at);
    else
        sqlite3_bind_int64(q, at, ms);
}

int64_t db_time(sqlite3_stmt *q, int column)
{
    return sqlite3_column_type(q, column) == SQLITE_NULL ? TIME_NONE
                                                         : sqlite3_column_int64(q, column);
}

struct sha256_digest db_digest(sqlite3_stmt *q, int column)
{
    struct sha256_digest d = {{0}};
    const void *p = sqlite3_column_blob(q, column);
    if (p && sqlite3_column_bytes(q, column) == SHA256_BYTES)
        memcpy(d.bytes, p, SHA256_BYTES);
    return d;
}
