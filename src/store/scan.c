/* One statement over the message table; names come from the cache. */
#include "scan.h"

#include <stdlib.h>

#include "db.h"
#include "name_cache.h"

struct scan {
    struct store *s;
    sqlite3_stmt *q; /* NULL: there is nothing */
};

enum {
    IS_ROW,
    IS_CONVERSATION,
    IS_SENDER,
    IS_SOURCE,
    IS_KIND,
    IS_FLAGS,
    IS_SENT,
    IS_OFFSET,
    IS_BASIS,
    IS_AMBIGUOUS,
    IS_BYTE,
    IS_MEMBER,
    IS_NAME,
    IS_TEXT
};

enum status scan_open(struct scan **out, struct store *s, struct err *e)
{
    static const char sql[] =
        "SELECT id, conversation_id, coalesce(participant_id, 0), source_id, kind, flags, sent_ms,"
        " offset_min, basis, ambiguous, at, member, sender_name, text FROM message ORDER BY id";
    struct scan *const sc = calloc(1, sizeof *sc);
    *out = NULL;
    if (!sc)
        abort();
    sc->s = s;
    if (!s->fresh && sqlite3_prepare_v2(s->db, sql, -1, &sc->q, NULL) != SQLITE_OK) {
        free(sc);
        return db_fail(s, e, "read the messages");
    }
    *out = sc;
    return OK;
}

static struct message_time time_of(sqlite3_stmt *q)
{
    const int64_t basis = sqlite3_column_int64(q, IS_BASIS);
    struct message_time t = {.wall_ms = TIME_NONE, .utc_ms = TIME_NONE, .basis = BASIS_NONE};
    if (basis <= BASIS_NONE || basis >= BASIS_COUNT)
        return t;
    t.basis = (enum time_basis)basis;
    t.ambiguous = sqlite3_column_int64(q, IS_AMBIGUOUS) != 0;
    t.utc_ms = sqlite3_column_int64(q, IS_SENT);
    t.wall_ms = t.utc_ms + sqlite3_column_int64(q, IS_OFFSET) * MS_PER_MINUTE;
    return t;
}

static enum status name_of(struct scan *sc, struct scanned *m, struct err *e)
{
    struct name name;
    m->sender_name = db_text(sc->q, IS_NAME);
    if (sqlite3_column_type(sc->q, IS_NAME) != SQLITE_NULL || !m->sender_id)
        return OK;
    const enum status st = name_of_participant(sc->s, m->sender_id, &name, e);
    if (st == OK)
        m->sender_name = name.shown;
    return st;
}

enum step scan_next(struct scan *sc, struct scanned *out, struct err *e)
{
    sqlite3_stmt *const q = sc->q;
    const int rc = q ? sqlite3_step(q) : SQLITE_DONE;
    if (rc == SQLITE_DONE)
        return STEP_DONE;
    if (rc != SQLITE_ROW) {
        (void)db_fail(sc->s, e, "read the messages");
        return STEP_ERROR;
    }
    const int64_t kind = sqlite3_column_int64(q, IS_KIND);
    *out = (struct scanned){.row = sqlite3_column_int64(q, IS_ROW),
                            .conversation_id = sqlite3_column_int64(q, IS_CONVERSATION),
                            .sender_id = sqlite3_column_int64(q, IS_SENDER),
                            .source_id = sqlite3_column_int64(q, IS_SOURCE),
                            .kind =
                                kind > 0 && kind < KIND_COUNT ? (enum message_kind)kind : KIND_TEXT,
                            .flags = (uint32_t)sqlite3_column_int64(q, IS_FLAGS),
                            .time = time_of(q),
                            .at = (uint64_t)sqlite3_column_int64(q, IS_BYTE),
                            .member = db_text(q, IS_MEMBER),
                            .text = db_text(q, IS_TEXT)};
    return name_of(sc, out, e) == OK ? STEP_ROW : STEP_ERROR;
}

void scan_close(struct scan *sc)
{
    if (!sc)
        return;
    sqlite3_finalize(sc->q);
    free(sc);
}
