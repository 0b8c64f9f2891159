/* The outside of joining: deciding, and asking afterwards what was decided. */
#include "join_parts.h"

#include <stdlib.h>

enum status joins_decide(struct joins **out, struct store *s, struct spool *spool, struct err *e)
{
    struct joins *j = calloc(1, sizeof *j);
    *out = NULL;
    if (!j)
        abort();
    j->s = s;
    bool any;
    enum status st = joins_collect_groups(j, spool, &any, e);
    if (st == OK && any)
        st = joins_compare(j, spool, e);
    free(j->entries);
    free(j->pairs);
    j->entries = NULL;
    j->pairs = NULL;
    if (st != OK || !j->any) {
        joins_free(j);
        return st;
    }
    *out = j;
    return OK;
}

void joins_free(struct joins *j)
{
    if (!j)
        return;
    free(j->groups);
    free(j->entries);
    free(j->pairs);
    arena_free(&j->arena);
    free(j);
}

str joins_key(const struct joins *j, str key)
{
    const struct group *g = j ? joins_find_group(j, key) : NULL;
    if (!g)
        return key;
    while (j->groups[g->root].root != g->root)
        g = &j->groups[g->root];
    return j->groups[g->root].key;
}

enum status joins_possible(struct store *s, const struct conversation *c, bool *yes, struct err *e)
{
    sqlite3_stmt *q;
    enum status st = db_statement(s, SELECT_JOINABLE, &q, e);
    if (st != OK)
        return st;
    db_bind_text(q, 1, c->platform);
    db_bind_text(q, 2, c->key);
    sqlite3_bind_int64(q, 3, c->loose);
    const int rc = sqlite3_step(q);
    *yes = rc == SQLITE_ROW;
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        st = db_fail(s, e, "look for conversations of the same kind");
    sqlite3_reset(q);
    return st;
}

enum status store_conversation_of(struct store *s, int64_t source_id, str key, struct arena *a,
                                  str *out, struct err *e)
{
    sqlite3_stmt *q;
    *out = key;
    enum status st = s->fresh ? OK : db_statement(s, SELECT_ALIAS, &q, e);
    if (st != OK || s->fresh)
        return st;
    db_bind_text(q, 1, key);
    sqlite3_bind_int64(q, 2, source_id);
    const int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW)
        *out = arena_dup(a, db_text(q, 0));
    else if (rc != SQLITE_DONE)
        st = db_fail(s, e, "look for a joined conversation");
    sqlite3_reset(q);
    return st;
}
