/*
 * The small tables, whole: sources, participants, conversations, issues.
 */
#include "rezone.h"

#include <string.h>

#include "db.h"

typedef void row_reader(sqlite3_stmt *q, struct arena *a, void *out);

/* Our SQL, an id to bind if not 0, and what makes of a row a struct of `size` bytes. */
struct list {
    const char *sql;
    int64_t id;
    row_reader *read;
    size_t size;
};

static enum status gather(struct store *s, struct list l, struct arena *a, void **out,
                          size_t *count, struct err *e)
{
    sqlite3_stmt *q = NULL;
    size_t cap = 0;
    *out = NULL;
    *count = 0;
    if (s->fresh)
        return OK;
    int rc = sqlite3_prepare_v2(s->db, l.sql, -1, &q, NULL);
    if (rc == SQLITE_OK && l.id)
        sqlite3_bind_int64(q, 1, l.id);
    while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW) {
        if (*count == cap) {
            cap = cap ? 2 * cap : 16;
            char *more = arena_array(a, cap, l.size);
            if (*count)
                memcpy(more, *out, *count * l.size);
            *out = more;
        }
        l.read(q, a, (char *)*out + *count * l.size);
        ++*count;
        rc = SQLITE_OK;
    }
    const enum status st = rc == SQLITE_DONE ? OK : db_fail(s, e, "read a list");
    sqlite3_finalize(q);
    return st;
}

static str copy(sqlite3_stmt *q, struct arena *a, int column)
{
    return arena_dup(a, db_text(q, column));
}

static uint64_t number(sqlite3_stmt *q, int column)
{
    return (uint64_t)sqlite3_column_int64(q, column);
}

static void read_source(sqlite3_stmt *q, struct arena *a, void *out)
{
    *(struct source_row *)out = (struct source_row){.id = sqlite3_column_int64(q, 0),
                                                    .path = copy(q, a, 1),
                                                    .name = copy(q, a, 2),
                                                    .format = copy(q, a, 3),
                                                    .format_version = copy(q, a, 4),
                                                    .zone_name = copy(q, a, 5),
                                                    .size_bytes = number(q, 6),
                                                    .digest = db_digest(q, 7),
                                                    .imported_at_ms = sqlite3_column_int64(q, 8),
                                                    .messages = number(q, 9),
                                                    .events = number(q, 10),
                                                    .duplicates = number(q, 11),
                                                    .issues = number(q, 12),
                                                    .counted = number(q, 13),
                                                    .first_row = sqlite3_column_int64(q, 14),
                                                    .last_row = sqlite3_column_int64(q, 15),
                                                    .bundle = copy(q, a, 16),
                                                    .options = copy(q, a, 17)};
    struct source_row *const source = out;
    source->clock_zone = rezone_option(source->options);
}

enum status store_sources(struct store *s, struct arena *a, struct source_row **out, size_t *count,
                          struct err *e)
{
    void *rows;
    const enum status st = gather(
        s,
        (struct list){
            .sql = "SELECT id, path, name, format, format_version, zone_name, size_bytes, sha256,"
                   " imported_at_ms, messages, events, duplicates, issues, counted, first_row,"
                   " last_row, bundle, options FROM source ORDER BY id",
            .read = read_source,
            .size = sizeof **out},
        a, &rows, count, e);
    *out = rows;
    return st;
}

static void read_participant(sqlite3_stmt *q, struct arena *a, void *out)
{
    *(struct participant_row *)out =
        (struct participant_row){.id = sqlite3_column_int64(q, 0),
                                 .key = copy(q, a, 1),
                                 .name = copy(q, a, 2),
                                 .messages = number(q, 3),
                                 .events = number(q, 4),
                                 .first_row = sqlite3_column_int64(q, 5),
                                 .last_row = sqlite3_column_int64(q, 6)};
}

enum status store_participants(struct store *s, struct arena *a, struct participant_row **out,
                               size_t *count, struct err *e)
{
    void *rows;
    const enum status st =
        gather(s,
               (struct list){.sql = "SELECT id, key, name, messages, events, first_row, last_row"
                                    " FROM participant ORDER BY messages DESC, name, id",
                             .read = read_participant,
                             .size = sizeof **out},
               a, &rows, count, e);
    *out = rows;
    return st;
}

static void read_conversation(sqlite3_stmt *q, struct arena *a, void *out)
{
    *(struct conversation_row *)out =
        (struct conversation_row){.id = sqlite3_column_int64(q, 0),
                                  .key = copy(q, a, 1),
                                  .title = copy(q, a, 2),
                                  .platform = copy(q, a, 3),
                                  .type = copy(q, a, 4),
                                  .messages = number(q, 5),
                                  .events = number(q, 6),
                                  .first_row = sqlite3_column_int64(q, 7),
                                  .last_row = sqlite3_column_int64(q, 8),
                                  .participants = sqlite3_column_int64(q, 9),
                                  .loose = sqlite3_column_int(q, 10) != 0};
}

enum status store_conversations(struct store *s, struct arena *a, struct conversation_row **out,
                                size_t *count, struct err *e)
{
    void *rows;
    const enum status st = gather(
        s,
        (struct list){
            .sql = "SELECT id, key, title, platform, type, messages, events, first_row, last_row,"
                   " (SELECT count(*) FROM membership m WHERE m.conversation_id = c.id"
                   "  AND m.messages > 0), loose"
                   " FROM conversation c ORDER BY messages DESC, title, id",
            .read = read_conversation,
            .size = sizeof **out},
        a, &rows, count, e);
    *out = rows;
    return st;
}

static void read_issue(sqlite3_stmt *q, struct arena *a, void *out)
{
    *(struct issue_row *)out =
        (struct issue_row){.id = sqlite3_column_int64(q, 0),
                           .source_id = sqlite3_column_int64(q, 1),
                           .severity = (enum issue_severity)sqlite3_column_int(q, 2),
                           .source_name = copy(q, a, 3),
                           .code = copy(q, a, 4),
                           .what = copy(q, a, 5),
                           .way_out = copy(q, a, 6),
                           .locus = {.at = number(q, 7),
                                     .length = number(q, 8),
                                     .line = number(q, 9),
                                     .member = copy(q, a, 10)}};
}

enum status store_issues(struct store *s, struct arena *a, struct issue_row **out, size_t *count,
                         struct err *e)
{
    void *rows;
    const enum status st = gather(
        s,
        (struct list){
            .sql =
                "SELECT i.id, i.source_id, i.severity, s.name, i.code, i.what, i.way_out, i.at,"
                " i.length, i.line, i.member FROM issue i LEFT JOIN source s ON s.id = i.source_id"
                " ORDER BY i.id",
            .read = read_issue,
            .size = sizeof **out},
        a, &rows, count, e);
    *out = rows;
    return st;
}

static void read_id(sqlite3_stmt *q, struct arena *a, void *out)
{
    (void)a;
    *(int64_t *)out = sqlite3_column_int64(q, 0);
}

enum status store_conversations_of(struct store *s, int64_t participant_id, struct arena *a,
                                   int64_t **out, size_t *count, struct err *e)
{
    void *rows;
    const enum status st =
        gather(s,
               (struct list){.sql = "SELECT conversation_id FROM membership WHERE participant_id ="
                                    " ?1 ORDER BY conversation_id",
                             .id = participant_id,
                             .read = read_id,
                             .size = sizeof **out},
               a, &rows, count, e);
    *out = rows;
    return st;
}

/* ---- sources by content ----------------------------------------------------------------------- */

enum status store_find_source(struct store *s, const struct sha256_digest *digest, str name,
                              int64_t *id, struct err *e)
{
    sqlite3_stmt *q = NULL;
    *id = 0;
    if (s->fresh)
        return OK;
    int rc = sqlite3_prepare_v2(
        s->db, "SELECT min(id) FROM source WHERE sha256 = ?1 AND (?2 = '' OR name = ?2)", -1, &q,
        NULL);
    if (rc == SQLITE_OK) {
        sqlite3_bind_blob(q, 1, digest->bytes, SHA256_BYTES, SQLITE_STATIC);
        db_bind_text(q, 2, name);
        rc = sqlite3_step(q);
    }
    const enum status st = rc == SQLITE_ROW ? OK : db_fail(s, e, "look up a source");
    if (st == OK)
        *id = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return st;
}

enum status store_has_source_of_size(struct store *s, uint64_t size_bytes, bool *yes, struct err *e)
{
    sqlite3_stmt *q = NULL;
    *yes = false;
    if (s->fresh)
        return OK;
    int rc = sqlite3_prepare_v2(s->db, "SELECT 1 FROM source WHERE size_bytes = ?1 LIMIT 1", -1, &q,
                                NULL);
    if (rc == SQLITE_OK) {
        sqlite3_bind_int64(q, 1, (int64_t)size_bytes);
        rc = sqlite3_step(q);
    }
    *yes = rc == SQLITE_ROW;
    const enum status st =
        rc == SQLITE_ROW || rc == SQLITE_DONE ? OK : db_fail(s, e, "look up a source");
    sqlite3_finalize(q);
    return st;
}
