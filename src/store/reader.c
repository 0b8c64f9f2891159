/*
 * Reading single messages back, and their places in the sources.
 */
#include "db.h"
#include "details.h"
#include "identity.h"
#include "name_cache.h"
#include "row.h"

static enum status no_such_row(struct store *s, int64_t row, struct err *e)
{
    fail(e, ERR_MISSING, "there is no message %lld", (long long)row);
    return fail_hint(e, "%s holds messages 1 to %lld", s->path,
                     (long long)columns_rows(s->columns));
}

/* ---- one message ------------------------------------------------------------------------------ */

static enum status add_identity(struct store *s, struct arena *a, struct stored *out,
                                struct err *e)
{
    struct identity is;
    const enum status st = identity_of(s, out->sender_id, &is, e);
    if (st != OK)
        return st;
    out->person = is.name.n ? arena_dup(a, is.name) : STR("");
    out->hands = is.hands.n ? arena_dup(a, is.hands) : STR("");
    return OK;
}

static enum status add_names(struct store *s, sqlite3_stmt *q, struct arena *a, struct stored *out,
                             struct err *e)
{
    struct name sender, conversation;
    enum status st = name_of_participant(s, out->sender_id, &sender, e);
    if (st == OK)
        st = name_of_conversation(s, out->conversation_id, &conversation, e);
    if (st != OK)
        return st;
    out->message.sender = arena_dup(a, sender.key);
    if (!row_has_own_name(q))
        out->message.sender_name = arena_dup(a, sender.shown);
    out->message.conversation = arena_dup(a, conversation.key);
    out->conversation_title = arena_dup(a, conversation.shown);
    return add_identity(s, a, out, e);
}

static enum status count_witnesses(struct store *s, int64_t row, int *out, struct err *e)
{
    sqlite3_stmt *q;
    enum status st = db_statement(s, COUNT_WITNESSES, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, row);
    if (sqlite3_step(q) == SQLITE_ROW)
        *out = 1 + sqlite3_column_int(q, 0);
    else
        st = db_fail(s, e, "count a message's places");
    sqlite3_reset(q);
    return st;
}

enum status row_load(struct store *s, int64_t row, struct arena *a, struct stored *out,
                     struct err *e)
{
    sqlite3_stmt *q;
    enum status st = db_statement(s, SELECT_MESSAGE, &q, e);
    if (st != OK)
        return st;
    *out = (struct stored){.row = row, .witnesses = 1};
    sqlite3_bind_int64(q, 1, row);
    const int rc = sqlite3_step(q);
    if (rc != SQLITE_ROW) {
        st = rc == SQLITE_DONE ? no_such_row(s, row, e) : db_fail(s, e, "read a message");
        sqlite3_reset(q);
        return st;
    }
    row_read(q, a, out);
    st = add_names(s, q, a, out, e);
    sqlite3_reset(q);
    return st;
}

enum status store_message(struct store *s, int64_t row, struct arena *a, struct stored *out,
                          struct err *e)
{
    enum status st = row_load(s, row, a, out, e);
    if (st == OK && s->lists)
        st = details_read(s, row, a, &out->message, e);
    if (st == OK && s->has_witnesses)
        st = count_witnesses(s, row, &out->witnesses, e);
    return st;
}

enum status store_text(struct store *s, int64_t row, str *text, struct err *e)
{
    sqlite3_stmt *q;
    const enum status st = db_statement(s, SELECT_TEXT, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, row);
    const int rc = sqlite3_step(q); /* stays on the row: the text is borrowed */
    if (rc == SQLITE_ROW) {
        *text = db_text(q, 0);
        return OK;
    }
    return rc == SQLITE_DONE ? no_such_row(s, row, e) : db_fail(s, e, "read a message");
}

enum status store_replied(struct store *s, int64_t conversation_id, str platform_id, int64_t *row,
                          struct err *e)
{
    sqlite3_stmt *q;
    *row = 0;
    enum status st = platform_id.n ? db_statement(s, SELECT_SAME_ID, &q, e) : ERR_MISSING;
    if (st == ERR_MISSING)
        return OK;
    if (st != OK)
        return st;
    db_bind_text(q, 1, platform_id);
    sqlite3_bind_int64(q, 2, conversation_id);
    sqlite3_bind_int64(q, 3, 1);
    const int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW)
        *row = sqlite3_column_int64(q, 0);
    else if (rc != SQLITE_DONE)
        st = db_fail(s, e, "look for the message that is answered");
    sqlite3_reset(q);
    return st;
}

/* ---- where it stands -------------------------------------------------------------------------- */

static struct witness witness_of(sqlite3_stmt *q, struct arena *a)
{
    return (struct witness){.source_id = sqlite3_column_int64(q, 0),
                            .locus = {.at = (uint64_t)sqlite3_column_int64(q, 1),
                                      .length = (uint64_t)sqlite3_column_int64(q, 2),
                                      .line = (uint64_t)sqlite3_column_int64(q, 3),
                                      .member = arena_dup(a, db_text(q, 5))},
                            .digest = db_digest(q, 4),
                            .source_name = arena_dup(a, db_text(q, 6))};
}

enum status store_witnesses(struct store *s, int64_t row, struct arena *a, struct witness **out,
                            size_t *count, struct err *e)
{
    int n = 0;
    enum status st = count_witnesses(s, row, &n, e);
    sqlite3_stmt *q;
    if (st == OK)
        st = db_statement(s, SELECT_WITNESSES, &q, e);
    if (st != OK)
        return st;
    *out = arena_array(a, (size_t)n, sizeof **out);
    *count = 0;
    sqlite3_bind_int64(q, 1, row);
    int rc;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW && *count < (size_t)n)
        (*out)[(*count)++] = witness_of(q, a);
    if (rc != SQLITE_DONE)
        st = db_fail(s, e, "read a message's places");
    else if (*count == 0)
        st = no_such_row(s, row, e);
    sqlite3_reset(q);
    return st;
}
