/* See act.h. */
#include "act.h"

#include "custody_log.h"

#include <inttypes.h>
#include <string.h>

enum status act_prepare(struct store *s, const char *sql, sqlite3_stmt **q, struct err *e)
{
    *q = NULL;
    return sqlite3_prepare_v2(s->db, sql, -1, q, NULL) == SQLITE_OK ? OK
                                                                    : db_fail(s, e, "read marks");
}

enum status act_run(struct store *s, sqlite3_stmt *q, struct err *e)
{
    const int rc = sqlite3_step(q);
    const enum status st =
        rc == SQLITE_DONE || rc == SQLITE_ROW ? OK : db_fail(s, e, "write marks");
    sqlite3_finalize(q);
    return st;
}

enum status act_begin(struct act *act, struct store *s, struct err *e)
{
    act->s = s;
    enum status st = db_exec(s, "BEGIN IMMEDIATE", "write marks", e);
    if (st == OK)
        st = db_number(s, &act->number, "SELECT coalesce(max(act), 0) + 1 FROM mark_log", 1, e);
    return st;
}

/* An act that changed nothing has no entries and is not noted; undoing notes itself (marks.c). */
static enum status note_custody(struct act *act, struct err *e)
{
    struct arena a = {.first = NULL};
    sqlite3_stmt *q;
    uint64_t count = 0;
    str what = STR("");
    enum status st =
        act_prepare(act->s, "SELECT what FROM mark_log WHERE act = ?1 ORDER BY id DESC", &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, act->number);
    for (; sqlite3_step(q) == SQLITE_ROW; count++)
        what = db_text(q, 0).n ? arena_dup(&a, db_text(q, 0)) : what;
    sqlite3_finalize(q);
    if (str_eq(what, STR("unsave"))) /* how the log of marks keeps what the name stood for */
        what = STR("save");
    if (count)
        st = custody_note(act->s, arena_cstr(&a, what),
                          arena_printf(&a, "%" PRIu64 " %s", count, count == 1 ? "mark" : "marks"),
                          TIME_NONE, e);
    arena_free(&a);
    return st;
}

enum status act_end(struct act *act, enum status st, struct err *e)
{
    struct err ignored = {0};
    if (st == OK)
        st = note_custody(act, e);
    if (st == OK)
        return db_exec(act->s, "COMMIT", "write marks", e);
    (void)(db_exec(act->s, "ROLLBACK", "undo marks", &ignored) == OK);
    return st;
}

enum status act_log(const struct act *act, const struct act_entry *x, struct err *e)
{
    sqlite3_stmt *q;
    const enum status st = act_prepare(
        act->s,
        "INSERT INTO mark_log(act, what, message_id, last_message_id, name, text, at_ms)"
        " VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, act->number);
    sqlite3_bind_text(q, 2, x->what, -1, SQLITE_STATIC);
    sqlite3_bind_int64(q, 3, x->row);
    sqlite3_bind_int64(q, 4, x->last_row);
    db_bind_text(q, 5, x->name);
    db_bind_text(q, 6, x->text);
    sqlite3_bind_int64(q, 7, x->at_ms);
    return act_run(act->s, q, e);
}
