/* See numbered.h: by the index of platform ids, then put in order of their numbers. */
#include "numbered.h"

#include <stdlib.h>
#include <string.h>

#include "db.h"

enum { DIGITS_MAX = 18 };

static int by_number(const void *left, const void *right)
{
    const struct numbered *const a = left, *const b = right;
    if (a->conversation_id != b->conversation_id)
        return a->conversation_id < b->conversation_id ? -1 : 1;
    if (a->number != b->number)
        return a->number < b->number ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static enum status count_ids(struct store *s, int64_t *n, struct err *e)
{
    return db_number(s, n, "SELECT count(*) FROM message WHERE platform_id IS NOT NULL", 0, e);
}

enum status store_numbered(struct store *s, struct arena *a, struct numbered **out, size_t *count,
                           struct err *e)
{
    sqlite3_stmt *q = NULL;
    int64_t most = 0;
    *count = 0;
    enum status st = count_ids(s, &most, e);
    if (st != OK)
        return st;
    *out = arena_array(a, (size_t)most + 1, sizeof **out);
    int rc = sqlite3_prepare_v2(s->db,
                                "SELECT conversation_id, platform_id, id FROM message"
                                " WHERE platform_id IS NOT NULL",
                                -1, &q, NULL);
    while (rc == SQLITE_OK && (rc = sqlite3_step(q)) == SQLITE_ROW && *count < (size_t)most) {
        struct numbered x = {.conversation_id = sqlite3_column_int64(q, 0),
                             .row = sqlite3_column_int64(q, 2)};
        const str id = db_text(q, 1);
        if (id.n <= DIGITS_MAX && str_to_u63(id, &x.number))
            (*out)[(*count)++] = x;
        rc = SQLITE_OK;
    }
    if (rc != SQLITE_DONE && rc != SQLITE_OK)
        st = db_fail(s, e, "read platform ids");
    sqlite3_finalize(q);
    if (*count)
        qsort(*out, *count, sizeof **out, by_number);
    return st;
}
