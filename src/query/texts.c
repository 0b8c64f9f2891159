/* See texts.h. */
#include "texts.h"

#include <sqlite3.h>

enum { STEPS_BEFORE_SEEK = 4 }; /* stepping over a row costs about a quarter of finding one by id */

static enum status failed(struct texts *t, struct err *e)
{
    return fail(e, ERR_DB, "a message of %s cannot be read (%s)", store_path(t->store),
                sqlite3_errmsg(store_db(t->store)));
}

static enum status seek(struct texts *t, int64_t row, struct err *e)
{
    if (!t->scan && sqlite3_prepare_v2(store_db(t->store),
                                       "SELECT id, text FROM message WHERE id >= ?1 ORDER BY id",
                                       -1, &t->scan, NULL) != SQLITE_OK)
        return failed(t, e);
    sqlite3_reset(t->scan);
    sqlite3_bind_int64(t->scan, 1, row);
    t->at = row - 1;
    return OK;
}

enum status texts_get(struct texts *t, int64_t row, str *text, struct err *e)
{
    if (!t->scan || row <= t->at || row > t->at + STEPS_BEFORE_SEEK) {
        const enum status st = seek(t, row, e);
        if (st != OK)
            return st;
    }
    while (t->at < row) {
        if (sqlite3_step(t->scan) != SQLITE_ROW)
            return failed(t, e);
        t->at = sqlite3_column_int64(t->scan, 0);
    }
    if (t->at != row)
        return fail(e, ERR_DB, "%s is damaged: message %lld is not there", store_path(t->store),
                    (long long)row);
    const char *p = (const char *)sqlite3_column_text(t->scan, 1);
    *text = (str){p ? p : "", (size_t)sqlite3_column_bytes(t->scan, 1)};
    return OK;
}

void texts_close(struct texts *t)
{
    sqlite3_finalize(t->scan);
    t->scan = NULL;
}
