/* Direct-mapped: an id has one slot, the newer name throws the older one out. */
#include "name_cache.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 256 };

struct slot {
    int64_t id; /* 0: empty */
    char *p;    /* key, then name */
    size_t key_size, size;
};

struct name_cache {
    struct slot participants[SLOTS], conversations[SLOTS];
};

static struct name name_in(const struct slot *x)
{
    return (struct name){.key = {x->p, x->key_size},
                         .shown = {x->p + x->key_size, x->size - x->key_size}};
}

static enum status fill(struct store *s, struct slot *x, enum statement which, int64_t id,
                        struct err *e)
{
    sqlite3_stmt *q;
    enum status st = db_statement(s, which, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, id);
    const int rc = sqlite3_step(q);
    if (rc != SQLITE_ROW && rc != SQLITE_DONE)
        return db_fail(s, e, "read a name");
    const str key = rc == SQLITE_ROW ? db_text(q, 0) : STR("");
    const str shown = rc == SQLITE_ROW ? db_text(q, 1) : STR("");
    x->p = realloc(x->p, key.n + shown.n + 1);
    if (!x->p)
        abort();
    if (key.n)
        memcpy(x->p, key.p, key.n);
    if (shown.n)
        memcpy(x->p + key.n, shown.p, shown.n);
    x->key_size = key.n;
    x->size = key.n + shown.n;
    x->id = id;
    sqlite3_reset(q);
    return OK;
}

static enum status look_up(struct store *s, struct slot *slots, enum statement which, int64_t id,
                           struct name *out, struct err *e)
{
    struct slot *x = &slots[(uint64_t)id % SLOTS];
    *out = (struct name){.key = STR(""), .shown = STR("")};
    if (id == 0)
        return OK;
    const enum status st = x->id == id ? OK : fill(s, x, which, id, e);
    if (st == OK)
        *out = name_in(x);
    return st;
}

static struct name_cache *cache_of(struct store *s)
{
    if (!s->names)
        s->names = calloc(1, sizeof *s->names);
    if (!s->names)
        abort();
    return s->names;
}

enum status name_of_participant(struct store *s, int64_t id, struct name *out, struct err *e)
{
    return look_up(s, cache_of(s)->participants, SELECT_PARTICIPANT_NAME, id, out, e);
}

enum status name_of_conversation(struct store *s, int64_t id, struct name *out, struct err *e)
{
    return look_up(s, cache_of(s)->conversations, SELECT_CONVERSATION_NAME, id, out, e);
}

void name_cache_forget(struct name_cache *n)
{
    for (size_t i = 0; n && i < SLOTS; i++)
        n->participants[i].id = n->conversations[i].id = 0;
}

void name_cache_free(struct name_cache *n)
{
    if (!n)
        return;
    for (size_t i = 0; i < SLOTS; i++) {
        free(n->participants[i].p);
        free(n->conversations[i].p);
    }
    free(n);
}
