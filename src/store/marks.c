/*
 * See marks.h. An act is one transaction and one number in mark_log, which holds enough to take it
 * back: what was made is taken away, what was taken away is made again as it was.
 */
#include "marks.h"

#include <inttypes.h>
#include <string.h>

#include "act.h"
#include "custody_log.h"

static enum status check_row(struct store *s, int64_t row, struct err *e)
{
    if (row >= 1 && row <= columns_rows(s->columns))
        return OK;
    return fail(e, ERR_MISSING, "there is no message %" PRId64 " in this archive", row);
}

static enum status check_name(str *name, const char *what, struct err *e)
{
    *name = str_trim(*name);
    if (!name->n)
        return fail(e, ERR_QUERY, "%s needs a name", what);
    if (name->n > MARK_NAME_MAX)
        return fail(e, ERR_QUERY, "the name of %s has at most %d bytes", what, MARK_NAME_MAX);
    for (size_t i = 0; i < name->n; i++)
        if ((unsigned char)name->p[i] < 0x20 || name->p[i] == ',' || name->p[i] == '"')
            return fail(e, ERR_QUERY, "the name of %s has no comma, quotation mark or line feed",
                        what);
    return OK;
}

/* ---- tags ----------------------------------------------------------------------------------- */

static enum status tag_id(struct store *s, str name, bool make, int64_t *id, struct err *e)
{
    sqlite3_stmt *q;
    *id = 0;
    enum status st = OK;
    if (make) {
        st = act_prepare(s, "INSERT OR IGNORE INTO tag(name) VALUES(?1)", &q, e);
        if (st == OK) {
            db_bind_text(q, 1, name);
            st = act_run(s, q, e);
        }
    }
    if (st == OK)
        st = act_prepare(s, "SELECT id FROM tag WHERE name = ?1", &q, e);
    if (st != OK)
        return st;
    db_bind_text(q, 1, name);
    if (sqlite3_step(q) == SQLITE_ROW)
        *id = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return OK;
}

/* Sets or clears one tag of one message; *changed tells whether that was news. */
static enum status set_tag(const struct act *act, str name, int64_t row, bool on, int64_t at_ms,
                           bool *changed, struct err *e)
{
    static const char add[] = "INSERT OR IGNORE INTO tagged(tag_id, message_id, at_ms)"
                              " VALUES(?1, ?2, ?3)";
    static const char drop[] = "DELETE FROM tagged WHERE tag_id = ?1 AND message_id = ?2"
                               " AND ?3 IS NOT NULL";
    struct store *const s = act->s;
    int64_t id;
    sqlite3_stmt *q;
    enum status st = tag_id(s, name, on, &id, e);
    if (st == OK)
        st = act_prepare(s, on ? add : drop, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, id);
    sqlite3_bind_int64(q, 2, row);
    sqlite3_bind_int64(q, 3, at_ms);
    const int before = sqlite3_total_changes(s->db);
    st = act_run(s, q, e);
    *changed = sqlite3_total_changes(s->db) != before;
    return st;
}

static enum status tag_all(struct store *s, str name, bool on, const int64_t *rows, size_t count,
                           int64_t now_ms, uint64_t *changed, struct err *e)
{
    struct act act;
    *changed = 0;
    if (count > MARKS_AT_ONCE_MAX)
        return fail(e, ERR_LIMIT, "at most %d messages are tagged at once", MARKS_AT_ONCE_MAX);
    enum status st = check_name(&name, "a tag", e);
    for (size_t i = 0; i < count && st == OK; i++)
        st = check_row(s, rows[i], e);
    if (st == OK)
        st = act_begin(&act, s, e);
    if (st != OK)
        return st;
    for (size_t i = 0; i < count && st == OK; i++) {
        bool news = false;
        st = set_tag(&act, name, rows[i], on, now_ms, &news, e);
        *changed += news;
        if (st == OK && news)
            st = act_log(&act,
                         &(struct act_entry){.what = on ? "tag" : "untag",
                                             .row = rows[i],
                                             .last_row = rows[i],
                                             .at_ms = now_ms,
                                             .name = name,
                                             .text = STR("")},
                         e);
    }
    return act_end(&act, st, e);
}

enum status marks_tag(struct store *s, str name, const int64_t *rows, size_t count, int64_t now_ms,
                      uint64_t *changed, struct err *e)
{
    return tag_all(s, name, true, rows, count, now_ms, changed, e);
}

enum status marks_untag(struct store *s, str name, const int64_t *rows, size_t count,
                        int64_t now_ms, uint64_t *changed, struct err *e)
{
    return tag_all(s, name, false, rows, count, now_ms, changed, e);
}

/* ---- notes ---------------------------------------------------------------------------------- */

static enum status put_note(struct store *s, const struct act_entry *x, int64_t *id, struct err *e)
{
    sqlite3_stmt *q;
    enum status st = act_prepare(s,
                                 "INSERT INTO note(message_id, last_message_id, text, at_ms)"
                                 " VALUES(?1, ?2, ?3, ?4)",
                                 &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, x->row);
    sqlite3_bind_int64(q, 2, x->last_row);
    db_bind_text(q, 3, x->text);
    sqlite3_bind_int64(q, 4, x->at_ms);
    st = act_run(s, q, e);
    *id = sqlite3_last_insert_rowid(s->db);
    return st;
}

enum status marks_note(struct store *s, int64_t first_row, int64_t last_row, str text,
                       int64_t now_ms, int64_t *id, struct err *e)
{
    struct act act;
    text = str_trim(text);
    if (!text.n)
        return fail(e, ERR_QUERY, "a note needs words");
    if (text.n > MARK_NOTE_MAX)
        return fail(e, ERR_QUERY, "a note has at most %d bytes", MARK_NOTE_MAX);
    enum status st = check_row(s, first_row, e);
    if (st == OK)
        st = check_row(s, last_row, e);
    if (st == OK)
        st = act_begin(&act, s, e);
    if (st != OK)
        return st;
    const struct act_entry x = {.what = "note",
                                .row = first_row,
                                .last_row = last_row,
                                .at_ms = now_ms,
                                .name = STR(""),
                                .text = text};
    st = put_note(s, &x, id, e);
    if (st == OK)
        st = act_log(&act, &x, e);
    return act_end(&act, st, e);
}

static enum status drop_note(const struct act *act, int64_t id, struct err *e)
{
    struct store *const s = act->s;
    sqlite3_stmt *q;
    enum status st = act_prepare(
        s, "SELECT message_id, last_message_id, text, at_ms FROM note WHERE id = ?1", &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, id);
    if (sqlite3_step(q) != SQLITE_ROW) {
        sqlite3_finalize(q);
        return fail(e, ERR_MISSING, "there is no note %" PRId64, id);
    }
    st = act_log(act,
                 &(struct act_entry){.what = "unnote",
                                     .row = sqlite3_column_int64(q, 0),
                                     .last_row = sqlite3_column_int64(q, 1),
                                     .name = STR(""),
                                     .text = db_text(q, 2),
                                     .at_ms = sqlite3_column_int64(q, 3)},
                 e);
    sqlite3_finalize(q);
    if (st == OK)
        st = act_prepare(s, "DELETE FROM note WHERE id = ?1", &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, id);
    return act_run(s, q, e);
}

enum status marks_unnote(struct store *s, int64_t id, struct err *e)
{
    struct act act;
    enum status st = act_begin(&act, s, e);
    if (st != OK)
        return st;
    return act_end(&act, drop_note(&act, id, e), e);
}

/* ---- saved searches ------------------------------------------------------------------------- */

/* An empty query takes the name away. */
static enum status put_saved(struct store *s, str name, str query, int64_t at_ms, struct err *e)
{
    sqlite3_stmt *q;
    const enum status st = act_prepare(
        s,
        query.n ? "INSERT OR REPLACE INTO saved_search(name, query, at_ms) VALUES(?1, ?2, ?3)"
                : "DELETE FROM saved_search WHERE name = ?1 AND ?2 = '' AND ?3 IS NOT NULL",
        &q, e);
    if (st != OK)
        return st;
    db_bind_text(q, 1, name);
    db_bind_text(q, 2, query);
    sqlite3_bind_int64(q, 3, at_ms);
    return act_run(s, q, e);
}

/* Logs what the name stood for before, so that undo can put it back. */
static enum status log_saved(const struct act *act, str name, int64_t now_ms, struct err *e)
{
    sqlite3_stmt *q;
    enum status st =
        act_prepare(act->s, "SELECT query, at_ms FROM saved_search WHERE name = ?1", &q, e);
    if (st != OK)
        return st;
    db_bind_text(q, 1, name);
    const bool there = sqlite3_step(q) == SQLITE_ROW;
    st = act_log(act,
                 &(struct act_entry){.what = there ? "unsave" : "save",
                                     .name = name,
                                     .text = there ? db_text(q, 0) : STR(""),
                                     .at_ms = there ? sqlite3_column_int64(q, 1) : now_ms},
                 e);
    sqlite3_finalize(q);
    return st;
}

enum status marks_save(struct store *s, str name, str query, int64_t now_ms, struct err *e)
{
    struct act act;
    query = str_trim(query);
    enum status st = check_name(&name, "a saved search", e);
    if (st == OK && query.n > MARK_NOTE_MAX)
        st = fail(e, ERR_QUERY, "a saved search has at most %d bytes", MARK_NOTE_MAX);
    if (st == OK)
        st = act_begin(&act, s, e);
    if (st != OK)
        return st;
    st = log_saved(&act, name, now_ms, e);
    if (st == OK)
        st = put_saved(s, name, query, now_ms, e);
    return act_end(&act, st, e);
}

/* ---- undo ----------------------------------------------------------------------------------- */

static enum status undo_note(struct store *s, const struct act_entry *x, struct err *e)
{
    sqlite3_stmt *q;
    const enum status st =
        act_prepare(s,
                    "DELETE FROM note WHERE id = (SELECT max(id) FROM note WHERE message_id = ?1"
                    " AND last_message_id = ?2 AND text = ?3)",
                    &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, x->row);
    sqlite3_bind_int64(q, 2, x->last_row);
    db_bind_text(q, 3, x->text);
    return act_run(s, q, e);
}

static enum status undo_entry(const struct act *act, const struct act_entry *x, struct err *e)
{
    bool ignored, mine;
    int64_t id;
    const enum status st = identity_undo(act, x, &mine, e);
    if (st != OK || mine)
        return st;
    if (strcmp(x->what, "tag") == 0 || strcmp(x->what, "untag") == 0)
        return set_tag(act, x->name, x->row, x->what[0] == 'u', x->at_ms, &ignored, e);
    if (strcmp(x->what, "note") == 0)
        return undo_note(act->s, x, e);
    if (strcmp(x->what, "unnote") == 0)
        return put_note(act->s, x, &id, e);
    return put_saved(act->s, x->name, x->text, x->at_ms, e);
}

static str describe(struct arena *a, const struct act_entry *x, uint64_t count)
{
    const char *const many = count == 1 ? "message" : "messages";
    const str claim = identity_describe(a, x, count);
    if (claim.n)
        return claim;
    if (strcmp(x->what, "tag") == 0)
        return arena_printf(a, "the tag \"" STR_FMT "\" of %" PRIu64 " %s", STR_ARG(x->name), count,
                            many);
    if (strcmp(x->what, "untag") == 0)
        return arena_printf(a, "taking the tag \"" STR_FMT "\" off %" PRIu64 " %s",
                            STR_ARG(x->name), count, many);
    if (strcmp(x->what, "note") == 0)
        return arena_printf(a, "the note on message %" PRId64, x->row);
    if (strcmp(x->what, "unnote") == 0)
        return arena_printf(a, "taking away the note on message %" PRId64, x->row);
    return arena_printf(a, "the change of the saved search \"" STR_FMT "\"", STR_ARG(x->name));
}

static enum status undo_act(const struct act *act, struct arena *a, str *what, struct err *e)
{
    struct store *const s = act->s;
    sqlite3_stmt *q;
    uint64_t count = 0;
    struct act_entry last = {.what = NULL};
    enum status st =
        act_prepare(s,
                    "SELECT what, coalesce(message_id, 0), coalesce(last_message_id, 0),"
                    " name, text, at_ms FROM mark_log"
                    " WHERE act = (SELECT max(act) FROM mark_log) ORDER BY id DESC",
                    &q, e);
    while (st == OK && sqlite3_step(q) == SQLITE_ROW) {
        last = (struct act_entry){.what = arena_cstr(a, db_text(q, 0)),
                                  .row = sqlite3_column_int64(q, 1),
                                  .last_row = sqlite3_column_int64(q, 2),
                                  .name = arena_dup(a, db_text(q, 3)),
                                  .text = arena_dup(a, db_text(q, 4)),
                                  .at_ms = sqlite3_column_int64(q, 5)};
        st = undo_entry(act, &last, e);
        count++;
    }
    sqlite3_finalize(q);
    if (st != OK)
        return st;
    if (!last.what)
        return fail(e, ERR_MISSING, "there is nothing to undo");
    *what = describe(a, &last, count);
    st = db_exec(s, "DELETE FROM mark_log WHERE act = (SELECT max(act) FROM mark_log)",
                 "undo marks", e);
    if (st != OK)
        return st;
    return custody_note(s, "undo",
                        arena_printf(a, "%s, %" PRIu64 " %s", last.what, count,
                                     count == 1 ? "mark" : "marks"),
                        TIME_NONE, e);
}

enum status marks_undo(struct store *s, struct arena *a, str *what, struct err *e)
{
    struct act act;
    enum status st = act_begin(&act, s, e);
    if (st != OK)
        return st;
    return act_end(&act, undo_act(&act, a, what, e), e);
}
