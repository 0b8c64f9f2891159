/* See relations.h. */
#include "relations.h"

#include "act.h"

/* Columns of every statement: row, other, other row, name. */
static enum status run_all(struct store *s, const char *sql, enum relation_kind kind,
                           relation_visit *visit, void *context, struct err *e)
{
    sqlite3_stmt *q;
    const enum status st = act_prepare(s, sql, &q, e);
    if (st != OK)
        return st;
    int rc;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        const struct relation r = {.kind = kind,
                                   .row = sqlite3_column_int64(q, 0),
                                   .other = sqlite3_column_int64(q, 1),
                                   .other_row = sqlite3_column_int64(q, 2),
                                   .name = db_text(q, 3)};
        visit(context, &r);
    }
    const enum status done = rc == SQLITE_DONE ? OK : db_fail(s, e, "read who answers whom");
    sqlite3_finalize(q);
    return done;
}

enum status store_relations(struct store *s, relation_visit *visit, void *context, struct err *e)
{
    /* An id may have several wordings; the first is as good as any, for the sender is the same. */
    static const struct {
        enum relation_kind kind;
        const char *sql;
    } all[] = {
        {RELATION_REPLY,
         "SELECT m.id, t.participant_id, t.id, NULL FROM message m JOIN message t ON t.id ="
         " (SELECT min(id) FROM message WHERE platform_id = m.reply_to"
         " AND conversation_id = m.conversation_id)"
         " WHERE m.reply_to IS NOT NULL AND t.participant_id IS NOT NULL ORDER BY m.id"},
        {RELATION_FORWARD, "SELECT id, 0, 0, forwarded_from FROM message"
                           " WHERE forwarded_from IS NOT NULL ORDER BY id"},
        {RELATION_MENTION, "SELECT message_id, participant_id, 0, NULL FROM mention"},
        {RELATION_RECIPIENT, "SELECT message_id, participant_id, 0, NULL FROM recipient"},
    };
    enum status st = OK;
    for (size_t i = 0; i < sizeof all / sizeof *all && st == OK && !s->fresh; i++)
        st = run_all(s, all[i].sql, all[i].kind, visit, context, e);
    return st;
}
