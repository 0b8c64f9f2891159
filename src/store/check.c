/*
 * Does the archive agree with itself? The index with the texts, the columns and counts with the
 * messages, SQLite's pages with each other. That it agrees with its sources is for audit to say.
 */
#include <inttypes.h>
#include <string.h>

#include "db.h"
#include "tokenize.h"

static enum status disagree(struct store *s, const char *what, int64_t row, struct err *e)
{
    if (row)
        fail(e, ERR_DB, "%s: %s (message %" PRId64 ")", s->path, what, row);
    else
        fail(e, ERR_DB, "%s: %s", s->path, what);
    return fail_hint(e, "the archive was changed or damaged: import its sources into a new one");
}

static enum status check_pages(struct store *s, struct err *e)
{
    sqlite3_stmt *q = NULL;
    enum status st = OK;
    int rc = sqlite3_prepare_v2(s->db, "PRAGMA integrity_check(1)", -1, &q, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_step(q);
    if (rc != SQLITE_ROW)
        st = db_fail(s, e, "check the archive");
    else if (!str_eq(db_text(q, 0), STR("ok")))
        st = disagree(s, "the file is damaged inside", 0, e);
    sqlite3_finalize(q);
    return st;
}

enum status store_check_index(struct store *s, struct err *e)
{
    const int rc = sqlite3_exec(
        s->db, "INSERT INTO message_fts(message_fts, rank) VALUES('integrity-check', 1)", NULL,
        NULL, NULL);
    if ((rc & 0xff) == SQLITE_CORRUPT)
        return disagree(s, "the word index does not agree with the messages", 0, e);
    return rc == SQLITE_OK ? OK : db_fail(s, e, "check the index");
}

/* ---- columns ---------------------------------------------------------------------------------- */

/* In the order of the columns; row ids are compared first. */
static const char rows_sql[] =
    "SELECT id, sent_ms, offset_min, coalesce(participant_id, 0), conversation_id,"
    " kind | (basis << 4) | (ambiguous << 7) | (flags << 8), 0, content_id & 4294967295, "
    "source_id, text"
    " FROM message ORDER BY id";

static const char *const column_names[COLUMN_COUNT] = {
    [COLUMN_TIME] = "a time in the columns is not that of its message",
    [COLUMN_OFFSET] = "a time offset in the columns is not that of its message",
    [COLUMN_SENDER] = "a sender in the columns is not that of its message",
    [COLUMN_CONVERSATION] = "a conversation in the columns is not that of its message",
    [COLUMN_TRAITS] = "a kind or flag in the columns is not that of its message",
    [COLUMN_WORDS] = "a number of words in the columns is not that of its message",
    [COLUMN_CONTENT] = "a content id in the columns is not that of its message",
    [COLUMN_SOURCE] = "a source in the columns is not that of its message",
};

static enum status check_row(struct store *s, sqlite3_stmt *q, int64_t row, struct err *e)
{
    if (sqlite3_column_int64(q, 0) != row)
        return disagree(s, "a message is missing", row, e);
    for (int which = 0; which < COLUMN_COUNT; which++) {
        const int64_t value = which == COLUMN_WORDS ? (int64_t)tokenize_count(db_text(q, 9))
                                                    : sqlite3_column_int64(q, which + 1);
        if (column_at(s->columns, which, row) == value)
            continue;
        const enum status st = columns_failed(s->columns, e);
        return st == OK ? disagree(s, column_names[which], row, e) : st;
    }
    return OK;
}

/* Every stored extent holds what its chunk holds, or a scan would skip rows. */
static enum status check_extents(struct store *s, struct err *e)
{
    struct columns *c = s->columns;
    for (int which = 0; which < COLUMN_COUNT; which++) {
        for (int64_t row = 1; row <= columns_rows(c);) {
            const struct column_extent x = column_extent_at(c, which, row);
            int64_t min = INT64_MAX, max = INT64_MIN;
            for (; row <= x.rows.last; row++) {
                const int64_t value = column_at(c, which, row);
                min = value < min ? value : min;
                max = value > max ? value : max;
            }
            if (min != x.min || max != x.max)
                return disagree(s, "a column's extent is wrong", x.rows.first, e);
        }
    }
    return columns_failed(c, e);
}

static enum status check_columns(struct store *s, struct err *e)
{
    sqlite3_stmt *q = NULL;
    const int64_t rows = columns_rows(s->columns);
    int64_t row = 0;
    enum status st = OK;
    int rc = sqlite3_prepare_v2(s->db, rows_sql, -1, &q, NULL);
    while (rc == SQLITE_OK && st == OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        if (++row > rows)
            st = disagree(s, "there is a message more than were stored", row, e);
        else
            st = check_row(s, q, row, e);
        rc = SQLITE_OK;
    }
    if (st == OK && rc != SQLITE_DONE)
        st = db_fail(s, e, "check the columns");
    sqlite3_finalize(q);
    if (st == OK && row < rows)
        st = disagree(s, "a message is missing", row + 1, e);
    return st == OK ? check_extents(s, e) : st;
}

/* ---- counts and references -------------------------------------------------------------------- */

/* Each gives 1 if something is wrong. */
static const struct {
    const char *sql, *what;
} rules[] = {
    {"SELECT 1 FROM message m LEFT JOIN conversation c ON c.id = m.conversation_id"
     " WHERE c.id IS NULL LIMIT 1",
     "a message belongs to a conversation that does not exist"},
    {"SELECT 1 FROM message m LEFT JOIN participant p ON p.id = m.participant_id"
     " WHERE m.participant_id IS NOT NULL AND p.id IS NULL LIMIT 1",
     "a message has a sender who does not exist"},
    {"SELECT 1 FROM message m LEFT JOIN source s ON s.id = m.source_id"
     " WHERE s.id IS NULL OR m.id NOT BETWEEN s.first_row AND s.last_row LIMIT 1",
     "a message does not belong to the source that it names"},
    {"SELECT 1 FROM witness w LEFT JOIN source s ON s.id = w.source_id"
     " LEFT JOIN message m ON m.id = w.message_id WHERE s.id IS NULL OR m.id IS NULL LIMIT 1",
     "a duplicate's place names a source or a message that does not exist"},
    {"SELECT 1 FROM attachment x LEFT JOIN message m ON m.id = x.message_id"
     " WHERE m.id IS NULL LIMIT 1",
     "an attachment belongs to no message"},
    {"SELECT 1 FROM edit x LEFT JOIN message m ON m.id = x.message_id"
     " WHERE m.id IS NULL LIMIT 1",
     "an earlier wording belongs to no message"},
    {"SELECT 1 FROM reaction x LEFT JOIN message m ON m.id = x.message_id LEFT JOIN participant p"
     " ON p.id = x.participant_id"
     " WHERE m.id IS NULL OR (x.participant_id IS NOT NULL AND p.id IS NULL) LIMIT 1",
     "a reaction belongs to no message or to nobody"},
    {"SELECT 1 FROM mention x LEFT JOIN message m ON m.id = x.message_id LEFT JOIN participant p"
     " ON p.id = x.participant_id"
     " WHERE m.id IS NULL OR p.id IS NULL LIMIT 1",
     "a mention belongs to no message or names nobody"},
    {"SELECT 1 FROM recipient x LEFT JOIN message m ON m.id = x.message_id LEFT JOIN participant p"
     " ON p.id = x.participant_id"
     " WHERE m.id IS NULL OR p.id IS NULL LIMIT 1",
     "a recipient belongs to no message or is nobody"},
    {"SELECT 1 FROM alias a LEFT JOIN source s ON s.id = a.source_id LEFT JOIN conversation c"
     " ON c.id = a.conversation_id WHERE s.id IS NULL OR c.id IS NULL LIMIT 1",
     "a joined conversation names a source or a conversation that does not exist"},
    {"SELECT 1 FROM participant p LEFT JOIN (SELECT participant_id AS id,"
     " sum(kind <> 1) AS messages, sum(kind = 1) AS events FROM message GROUP BY 1) m USING (id)"
     " WHERE p.messages <> coalesce(m.messages, 0) OR p.events <> coalesce(m.events, 0) LIMIT 1",
     "a participant's number of messages is wrong"},
    {"SELECT 1 FROM conversation c LEFT JOIN (SELECT conversation_id AS id,"
     " sum(kind <> 1) AS messages, sum(kind = 1) AS events FROM message GROUP BY 1) m USING (id)"
     " WHERE c.messages <> coalesce(m.messages, 0) OR c.events <> coalesce(m.events, 0) LIMIT 1",
     "a conversation's number of messages is wrong"},
    {"SELECT 1 FROM (SELECT conversation_id, participant_id, sum(kind <> 1) AS messages,"
     " sum(kind = 1) AS events FROM message WHERE participant_id IS NOT NULL GROUP BY 1, 2) m"
     " LEFT JOIN membership x USING (conversation_id, participant_id)"
     " WHERE x.messages IS NOT m.messages OR x.events IS NOT m.events LIMIT 1",
     "a participant's number of messages in a conversation is wrong"},
    {"SELECT 1 FROM source s LEFT JOIN (SELECT source_id AS id, count(*) AS rows FROM message"
     " GROUP BY 1) m USING (id)"
     " WHERE s.messages + s.events <> coalesce(m.rows, 0) + s.duplicates LIMIT 1",
     "a source's number of messages is wrong"},
    {"SELECT 1 FROM source s WHERE s.duplicates <>"
     " (SELECT count(*) FROM witness w WHERE w.source_id = s.id) LIMIT 1",
     "a source's number of duplicates is wrong"},
    {"SELECT 1 FROM source s WHERE s.issues <>"
     " (SELECT count(*) FROM issue i WHERE i.source_id = s.id) LIMIT 1",
     "a source's number of issues is wrong"},
};

static enum status check_rules(struct store *s, struct err *e)
{
    enum status st = OK;
    for (size_t i = 0; i < sizeof rules / sizeof *rules && st == OK; i++) {
        int64_t wrong = 0;
        st = db_number(s, &wrong, rules[i].sql, 0, e);
        if (st == OK && wrong)
            st = disagree(s, rules[i].what, 0, e);
    }
    return st;
}

enum status store_check_tables(struct store *s, struct err *e)
{
    enum status st = check_pages(s, e);
    if (st == OK)
        st = check_columns(s, e);
    return st == OK ? check_rules(s, e) : st;
}

enum status store_check(struct store *s, struct err *e)
{
    const enum status st = store_check_tables(s, e);
    return st == OK ? store_check_index(s, e) : st;
}
