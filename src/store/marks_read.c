/* Reading marks: small lists, whole, into an arena. */
#include "marks.h"

#include <string.h>

#include "db.h"

/* Rows of one kind, grown as they come. */
struct rows {
    struct arena *a;
    char *p;
    size_t size, count, cap;
};

static void *add(struct rows *r)
{
    if (r->count == r->cap) {
        const size_t cap = r->cap ? 2 * r->cap : 16;
        char *const more = arena_array(r->a, cap, r->size);
        if (r->count)
            memcpy(more, r->p, r->count * r->size);
        r->p = more;
        r->cap = cap;
    }
    return r->p + r->count++ * r->size;
}

typedef void read_row(struct rows *r, sqlite3_stmt *q);

static enum status read_rows(struct store *s, const char *sql, int64_t argument, read_row *read,
                             struct rows *r, struct err *e)
{
    sqlite3_stmt *q;
    if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK)
        return db_fail(s, e, "read marks");
    if (sqlite3_bind_parameter_count(q))
        sqlite3_bind_int64(q, 1, argument);
    int rc;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW)
        read(r, q);
    const enum status st = rc == SQLITE_DONE ? OK : db_fail(s, e, "read marks");
    sqlite3_finalize(q);
    return st;
}

static void read_tag(struct rows *r, sqlite3_stmt *q)
{
    struct tag_row *const x = add(r);
    *x = (struct tag_row){sqlite3_column_int64(q, 0), arena_dup(r->a, db_text(q, 1)),
                          (uint64_t)sqlite3_column_int64(q, 2)};
}

static void read_note(struct rows *r, sqlite3_stmt *q)
{
    struct note_row *const x = add(r);
    *x = (struct note_row){.id = sqlite3_column_int64(q, 0),
                           .first_row = sqlite3_column_int64(q, 1),
                           .last_row = sqlite3_column_int64(q, 2),
                           .at_ms = sqlite3_column_int64(q, 3),
                           .text = arena_dup(r->a, db_text(q, 4))};
}

static void read_saved(struct rows *r, sqlite3_stmt *q)
{
    struct saved_row *const x = add(r);
    *x = (struct saved_row){arena_dup(r->a, db_text(q, 0)), arena_dup(r->a, db_text(q, 1)),
                            sqlite3_column_int64(q, 2)};
}

static enum status tags(struct store *s, const char *sql, int64_t row, struct arena *a,
                        struct tag_row **out, size_t *count, struct err *e)
{
    struct rows r = {.a = a, .size = sizeof **out};
    const enum status st = read_rows(s, sql, row, read_tag, &r, e);
    *out = (struct tag_row *)(void *)r.p;
    *count = r.count;
    return st;
}

enum status marks_tags(struct store *s, struct arena *a, struct tag_row **out, size_t *count,
                       struct err *e)
{
    return tags(s,
                "SELECT t.id, t.name, count(*) FROM tag t JOIN tagged g ON g.tag_id = t.id"
                " GROUP BY t.id ORDER BY 3 DESC, 2",
                0, a, out, count, e);
}

enum status marks_tags_of(struct store *s, int64_t row, struct arena *a, struct tag_row **out,
                          size_t *count, struct err *e)
{
    return tags(s,
                "SELECT t.id, t.name, 1 FROM tagged g JOIN tag t ON t.id = g.tag_id"
                " WHERE g.message_id = ?1 ORDER BY 2",
                row, a, out, count, e);
}

static enum status notes(struct store *s, const char *sql, int64_t row, struct arena *a,
                         struct note_row **out, size_t *count, struct err *e)
{
    struct rows r = {.a = a, .size = sizeof **out};
    const enum status st = read_rows(s, sql, row, read_note, &r, e);
    *out = (struct note_row *)(void *)r.p;
    *count = r.count;
    return st;
}

enum status marks_notes(struct store *s, struct arena *a, struct note_row **out, size_t *count,
                        struct err *e)
{
    return notes(s,
                 "SELECT id, message_id, last_message_id, at_ms, text FROM note"
                 " ORDER BY message_id, id",
                 0, a, out, count, e);
}

/* A range is one of a conversation: what else stands between its ends is not meant. */
enum status marks_notes_of(struct store *s, int64_t row, struct arena *a, struct note_row **out,
                           size_t *count, struct err *e)
{
    return notes(s,
                 "SELECT n.id, n.message_id, n.last_message_id, n.at_ms, n.text FROM note n"
                 " JOIN message f ON f.id = n.message_id JOIN message m ON m.id = ?1"
                 " WHERE m.conversation_id = f.conversation_id AND ?1 BETWEEN"
                 " min(n.message_id, n.last_message_id) AND max(n.message_id, n.last_message_id)"
                 " ORDER BY n.id",
                 row, a, out, count, e);
}

enum status marks_saved(struct store *s, struct arena *a, struct saved_row **out, size_t *count,
                        struct err *e)
{
    struct rows r = {.a = a, .size = sizeof **out};
    const enum status st = read_rows(s, "SELECT name, query, at_ms FROM saved_search ORDER BY name",
                                     0, read_saved, &r, e);
    *out = (struct saved_row *)(void *)r.p;
    *count = r.count;
    return st;
}
