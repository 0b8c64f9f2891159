/*
 * Reading claims about people back: what holds now, held in memory by participant, and all of it
 * with its history as a list.
 */
#include "identity.h"

#include <stdlib.h>
#include <string.h>

#include "act.h"
#include "identity_cache.h"

struct known_identity {
    int64_t participant;
    struct identity is;
};

struct identity_cache {
    struct arena arena;
    struct known_identity *p; /* by participant */
    size_t count, cap;
};

void identity_cache_forget(struct store *s)
{
    if (!s->identities)
        return;
    arena_free(&s->identities->arena);
    free(s->identities);
    s->identities = NULL;
}

/* The rows come by participant, so that one with both a person and a note stands twice in a row. */
static struct identity *entry_for(struct identity_cache *c, int64_t participant)
{
    if (c->count && c->p[c->count - 1].participant == participant)
        return &c->p[c->count - 1].is;
    if (c->count == c->cap) {
        c->cap = c->cap ? 2 * c->cap : 16;
        struct known_identity *const more = arena_array(&c->arena, c->cap, sizeof *more);
        if (c->count)
            memcpy(more, c->p, c->count * sizeof *more);
        c->p = more;
    }
    struct known_identity *const x = &c->p[c->count++];
    *x = (struct known_identity){participant, {0, STR(""), STR("")}};
    return &x->is;
}

static const char now_sql[] =
    "SELECT m.participant_id, i.id, i.name, NULL FROM identity_member m"
    " JOIN identity i ON i.id = m.identity_id WHERE m.ended_ms IS NULL"
    " UNION ALL SELECT participant_id, 0, NULL, text FROM account_note WHERE ended_ms IS NULL"
    " ORDER BY 1";

static enum status fill(struct store *s, struct identity_cache *c, struct err *e)
{
    sqlite3_stmt *q;
    const enum status st = act_prepare(s, now_sql, &q, e);
    if (st != OK)
        return st;
    int rc;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        struct identity *const x = entry_for(c, sqlite3_column_int64(q, 0));
        if (sqlite3_column_int64(q, 1)) {
            x->person = sqlite3_column_int64(q, 1);
            x->name = arena_dup(&c->arena, db_text(q, 2));
        } else {
            x->hands = arena_dup(&c->arena, db_text(q, 3));
        }
    }
    const enum status done = rc == SQLITE_DONE ? OK : db_fail(s, e, "read who is who");
    sqlite3_finalize(q);
    return done;
}

static enum status cache_of(struct store *s, struct identity_cache **out, struct err *e)
{
    *out = s->identities;
    if (s->identities)
        return OK;
    s->identities = calloc(1, sizeof *s->identities);
    if (!s->identities)
        abort();
    *out = s->identities;
    const enum status st = s->fresh ? OK : fill(s, s->identities, e);
    if (st != OK)
        identity_cache_forget(s);
    return st;
}

enum status identity_any(struct store *s, bool *any, struct err *e)
{
    struct identity_cache *c;
    const enum status st = cache_of(s, &c, e);
    *any = st == OK && c->count;
    return st;
}

enum status identity_of(struct store *s, int64_t participant, struct identity *out, struct err *e)
{
    struct identity_cache *c;
    *out = (struct identity){0, STR(""), STR("")};
    const enum status st = cache_of(s, &c, e);
    if (st != OK)
        return st;
    size_t low = 0, high = c->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (c->p[middle].participant < participant)
            low = middle + 1;
        else
            high = middle;
    }
    if (low < c->count && c->p[low].participant == participant)
        *out = c->p[low].is;
    return OK;
}

/* ---- lists ------------------------------------------------------------------------------------ */

static const char persons_sql[] =
    "SELECT i.id, i.name, i.at_ms, p.id, p.name, p.key, p.messages, m.reason, m.confidence,"
    " m.at_ms, m.ended_ms FROM identity i JOIN identity_member m ON m.identity_id = i.id"
    " JOIN participant p ON p.id = m.participant_id ORDER BY i.id, m.at_ms, m.id";

struct persons {
    struct arena *a;
    struct person *p;
    size_t count, cap, handle_cap;
};

static struct person *add_person(struct persons *all, sqlite3_stmt *q)
{
    if (all->count == all->cap) {
        all->cap = all->cap ? 2 * all->cap : 16;
        struct person *const more = arena_array(all->a, all->cap, sizeof *more);
        if (all->count)
            memcpy(more, all->p, all->count * sizeof *more);
        all->p = more;
    }
    struct person *const x = &all->p[all->count++];
    *x = (struct person){.id = sqlite3_column_int64(q, 0),
                         .name = arena_dup(all->a, db_text(q, 1)),
                         .at_ms = sqlite3_column_int64(q, 2)};
    all->handle_cap = 0;
    return x;
}

static void add_handle(struct persons *all, struct person *x, sqlite3_stmt *q)
{
    if (x->handle_count == all->handle_cap) {
        all->handle_cap = all->handle_cap ? 2 * all->handle_cap : 4;
        struct person_handle *const more = arena_array(all->a, all->handle_cap, sizeof *more);
        if (x->handle_count)
            memcpy(more, x->handles, x->handle_count * sizeof *more);
        x->handles = more;
    }
    const int64_t confidence = sqlite3_column_int64(q, 8);
    x->handles[x->handle_count++] = (struct person_handle){
        .participant = sqlite3_column_int64(q, 3),
        .name = arena_dup(all->a, db_text(q, 4)),
        .key = arena_dup(all->a, db_text(q, 5)),
        .messages = (uint64_t)sqlite3_column_int64(q, 6),
        .reason = arena_dup(all->a, db_text(q, 7)),
        .confidence = confidence >= CONFIDENCE_LOW && confidence <= CONFIDENCE_HIGH
                          ? (enum confidence)confidence
                          : CONFIDENCE_LOW,
        .at_ms = sqlite3_column_int64(q, 9),
        .ended_ms = db_time(q, 10),
    };
    x->held += db_time(q, 10) == TIME_NONE;
}

enum status identity_persons(struct store *s, struct arena *a, struct person **out, size_t *count,
                             struct err *e)
{
    struct persons all = {.a = a};
    sqlite3_stmt *q;
    *out = NULL;
    *count = 0;
    if (s->fresh)
        return OK;
    const enum status st = act_prepare(s, persons_sql, &q, e);
    if (st != OK)
        return st;
    int rc;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        const bool same = all.count && all.p[all.count - 1].id == sqlite3_column_int64(q, 0);
        add_handle(&all, same ? &all.p[all.count - 1] : add_person(&all, q), q);
    }
    const enum status done = rc == SQLITE_DONE ? OK : db_fail(s, e, "read who is who");
    sqlite3_finalize(q);
    *out = all.p;
    *count = all.count;
    return done;
}

enum status identity_hands(struct store *s, struct arena *a, struct hands_note **out, size_t *count,
                           struct err *e)
{
    int64_t there = 0;
    sqlite3_stmt *q;
    *out = NULL;
    *count = 0;
    enum status st =
        s->fresh ? OK
                 : db_number(s, &there, "SELECT count(*) FROM account_note WHERE ended_ms IS NULL",
                             0, e);
    if (st != OK || !there)
        return st;
    st = act_prepare(s,
                     "SELECT n.participant_id, p.name, n.text, n.at_ms FROM account_note n"
                     " JOIN participant p ON p.id = n.participant_id"
                     " WHERE n.ended_ms IS NULL ORDER BY 1",
                     &q, e);
    if (st != OK)
        return st;
    *out = arena_array(a, (size_t)there, sizeof **out);
    while (*count < (size_t)there && sqlite3_step(q) == SQLITE_ROW)
        (*out)[(*count)++] =
            (struct hands_note){sqlite3_column_int64(q, 0), arena_dup(a, db_text(q, 1)),
                                arena_dup(a, db_text(q, 2)), sqlite3_column_int64(q, 3)};
    sqlite3_finalize(q);
    return OK;
}
