/*
 * Two hash tables from key to entry (participants, conversations) and one from pair to entry
 * (memberships). An entry is read from the archive when its key first occurs in a source.
 */
#include "people.h"

#include <stdlib.h>
#include <string.h>

/* Counts and the first and last row in order of (time, row). */
struct tally {
    uint64_t messages, events;
    int64_t first_row, last_row, first_ms, last_ms;
};

struct entry {
    uint64_t hash;
    str key, name; /* name: a participant's name, a conversation's title */
    str platform, type;
    int64_t id;
    struct tally tally;
    bool loose;
    bool described; /* by this transaction: a key that is an id to one source is one to all */
    bool changed;
};

struct table {
    struct entry **entries; /* in order of first occurrence */
    size_t count, cap;
    uint32_t *slots; /* index + 1 of an entry, 0 if free */
    size_t mask;
};

struct people {
    struct store *s;
    struct arena arena;
    struct table participants, conversations, memberships;
    struct table names; /* of keys that no message has used yet: id is 0 */
    struct entry *participant, *conversation, *membership; /* as asked for last */
    struct entry *membership_of[2];                        /* the pair that `membership` is for */
};

/* ---- hash table ------------------------------------------------------------------------------- */

static void table_place(struct table *t, size_t index)
{
    size_t at = t->entries[index]->hash & t->mask;
    while (t->slots[at])
        at = (at + 1) & t->mask;
    t->slots[at] = (uint32_t)index + 1;
}

/* A quarter full at most. */
static void table_rehash(struct table *t)
{
    free(t->slots);
    t->mask = 4 * t->cap - 1;
    t->slots = calloc(t->mask + 1, sizeof *t->slots);
    if (!t->slots)
        abort();
    for (size_t i = 0; i < t->count; i++)
        table_place(t, i);
}

static struct entry *table_find(const struct table *t, uint64_t hash, str key)
{
    if (!t->slots)
        return NULL;
    for (size_t at = hash & t->mask; t->slots[at]; at = (at + 1) & t->mask) {
        struct entry *x = t->entries[t->slots[at] - 1];
        if (x->hash == hash && str_eq(x->key, key))
            return x;
    }
    return NULL;
}

static struct entry *table_add(struct people *p, struct table *t, uint64_t hash, str key)
{
    if (t->count == t->cap) {
        t->cap = t->cap ? 2 * t->cap : 64;
        t->entries = realloc(t->entries, t->cap * sizeof(struct entry *));
        if (!t->entries)
            abort();
        table_rehash(t);
    }
    struct entry *x = arena_alloc(&p->arena, sizeof *x);
    x->hash = hash;
    x->key = arena_dup(&p->arena, key);
    t->entries[t->count++] = x;
    table_place(t, t->count - 1);
    return x;
}

static void table_free(struct table *t)
{
    free(t->entries);
    free(t->slots);
}

/* ---- counts ----------------------------------------------------------------------------------- */

static void tally_add(struct tally *t, enum message_kind kind, int64_t row, int64_t sort_ms)
{
    if (kind == KIND_EVENT)
        t->events++;
    else
        t->messages++;
    if (!t->first_row || sort_ms < t->first_ms) {
        t->first_row = row;
        t->first_ms = sort_ms;
    }
    if (!t->last_row || sort_ms >= t->last_ms) {
        t->last_row = row;
        t->last_ms = sort_ms;
    }
}

static struct tally tally_read(struct people *p, sqlite3_stmt *q, int column)
{
    struct tally t = {.messages = (uint64_t)sqlite3_column_int64(q, column),
                      .events = (uint64_t)sqlite3_column_int64(q, column + 1),
                      .first_row = sqlite3_column_int64(q, column + 2),
                      .last_row = sqlite3_column_int64(q, column + 3)};
    struct columns *c = p->s->columns;
    if (t.first_row >= 1 && t.first_row <= columns_rows(c))
        t.first_ms = column_at(c, COLUMN_TIME, t.first_row);
    if (t.last_row >= 1 && t.last_row <= columns_rows(c))
        t.last_ms = column_at(c, COLUMN_TIME, t.last_row);
    return t;
}

static void tally_bind(sqlite3_stmt *q, int at, const struct tally *t)
{
    sqlite3_bind_int64(q, at, (int64_t)t->messages);
    sqlite3_bind_int64(q, at + 1, (int64_t)t->events);
    sqlite3_bind_int64(q, at + 2, t->first_row);
    sqlite3_bind_int64(q, at + 3, t->last_row);
}

/* ---- participants and conversations ----------------------------------------------------------- */

static enum status insert_keyed(struct people *p, enum statement insert, str key, str name,
                                int64_t *id, struct err *e)
{
    sqlite3_stmt *q;
    enum status st = db_statement(p->s, insert, &q, e);
    if (st != OK)
        return st;
    db_bind_text(q, 1, key);
    if (insert == INSERT_PARTICIPANT)
        db_bind_text(q, 2, name);
    st = db_run(p->s, q, "store who wrote", e);
    *id = sqlite3_last_insert_rowid(p->s->db);
    return st;
}

/* A participant without a name of its own takes the one that was told apart from messages. */
static void rename_by_told(struct entry *x, const struct entry *told)
{
    if (!told || !str_eq(x->name, x->key))
        return;
    x->name = told->name;
    x->changed = true;
}

static enum status load_participant(struct people *p, str key, str name, struct entry **out,
                                    struct err *e)
{
    sqlite3_stmt *q;
    enum status st = db_statement(p->s, SELECT_PARTICIPANT, &q, e);
    if (st != OK)
        return st;
    db_bind_text(q, 1, key);
    struct entry *x = table_add(p, &p->participants, str_hash(key), key);
    const int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW) {
        x->id = sqlite3_column_int64(q, 0);
        x->name = arena_dup(&p->arena, db_text(q, 1));
        x->tally = tally_read(p, q, 2);
        rename_by_told(x, table_find(&p->names, x->hash, key));
    } else if (rc == SQLITE_DONE) {
        x->name = arena_dup(&p->arena, name);
        st = insert_keyed(p, INSERT_PARTICIPANT, key, name, &x->id, e);
    } else {
        st = db_fail(p->s, e, "look up who wrote");
    }
    sqlite3_reset(q);
    *out = x;
    return st;
}

static enum status find_participant(struct people *p, str key, str name, struct entry **out,
                                    struct err *e)
{
    struct entry *x = p->participant;
    if (!x || !str_eq(x->key, key))
        x = table_find(&p->participants, str_hash(key), key);
    *out = x;
    return x ? OK : load_participant(p, key, name, out, e);
}

enum status people_participant(struct people *p, str key, str name, int64_t *id, bool *same_name,
                               struct err *e)
{
    if (!key.n) {
        p->participant = NULL;
        *id = 0;
        *same_name = !name.n;
        return OK;
    }
    struct entry *x;
    const struct entry *told = NULL;
    if (!name.n || str_eq(name, key))
        told = table_find(&p->names, str_hash(key), key);
    name = told ? told->name : name.n ? name : key;
    const enum status st = find_participant(p, key, name, &x, e);
    if (st != OK)
        return st;
    p->participant = x;
    *id = x->id;
    *same_name = told || str_eq(x->name, name);
    return OK;
}

enum status people_reference(struct people *p, str key, str name, int64_t *id, bool *same_name,
                             struct err *e)
{
    struct entry *const writer = p->participant;
    const enum status st = people_participant(p, key, name, id, same_name, e);
    p->participant = writer;
    return st;
}

void people_name(struct people *p, const struct participant *who)
{
    if (!who->key.n || !who->name.n)
        return;
    const uint64_t hash = str_hash(who->key);
    struct entry *told = table_find(&p->names, hash, who->key);
    if (!told)
        told = table_add(p, &p->names, hash, who->key);
    told->name = arena_dup(&p->arena, who->name);
    struct entry *x = table_find(&p->participants, hash, who->key);
    if (x)
        rename_by_told(x, told);
}

static enum status load_conversation(struct people *p, str key, struct entry **out, struct err *e)
{
    sqlite3_stmt *q;
    enum status st = db_statement(p->s, SELECT_CONVERSATION, &q, e);
    if (st != OK)
        return st;
    db_bind_text(q, 1, key);
    struct entry *x = table_add(p, &p->conversations, str_hash(key), key);
    const int rc = sqlite3_step(q);
    if (rc == SQLITE_ROW) {
        x->id = sqlite3_column_int64(q, 0);
        x->name = arena_dup(&p->arena, db_text(q, 1));
        x->tally = tally_read(p, q, 2);
        x->platform = arena_dup(&p->arena, db_text(q, 6));
        x->type = arena_dup(&p->arena, db_text(q, 7));
        x->loose = sqlite3_column_int(q, 8) != 0;
    } else if (rc == SQLITE_DONE) {
        st = insert_keyed(p, INSERT_CONVERSATION, key, STR(""), &x->id, e);
    } else {
        st = db_fail(p->s, e, "look up a conversation");
    }
    sqlite3_reset(q);
    *out = x;
    return st;
}

enum status people_conversation(struct people *p, str key, int64_t *id, struct err *e)
{
    struct entry *x = p->conversation;
    if (!x || !str_eq(x->key, key))
        x = table_find(&p->conversations, str_hash(key), key);
    const enum status st = x ? OK : load_conversation(p, key, &x, e);
    if (st != OK)
        return st;
    p->conversation = x;
    *id = x->id;
    return OK;
}

static void learn(struct people *p, struct entry *x, str *field, str value, bool only_missing)
{
    if (!value.n || str_eq(*field, value) || (only_missing && field->n))
        return;
    *field = arena_dup(&p->arena, value);
    x->changed = true;
}

enum status people_describe(struct people *p, const struct conversation *c, bool only_missing,
                            struct err *e)
{
    int64_t id;
    const enum status st = people_conversation(p, c->key, &id, e);
    if (st != OK)
        return st;
    struct entry *x = p->conversation;
    learn(p, x, &x->name, c->title, only_missing);
    learn(p, x, &x->platform, c->platform, only_missing);
    learn(p, x, &x->type, c->type, only_missing);
    const bool is_new = !x->tally.first_row && !x->described;
    const bool loose = c->loose && (x->loose || is_new);
    if (!only_missing && loose != x->loose) {
        x->loose = loose;
        x->changed = true;
    }
    x->described = true;
    return OK;
}

/* ---- memberships ------------------------------------------------------------------------------ */

static enum status find_membership(struct people *p, struct err *e)
{
    struct entry *pair[2] = {p->conversation, p->participant};
    const str key = {(const char *)pair, sizeof pair};
    const uint64_t hash = str_hash(key);
    struct entry *x = table_find(&p->memberships, hash, key);
    enum status st = OK;
    if (!x) {
        sqlite3_stmt *q;
        st = db_statement(p->s, SELECT_MEMBERSHIP, &q, e);
        if (st != OK)
            return st;
        x = table_add(p, &p->memberships, hash, key);
        sqlite3_bind_int64(q, 1, pair[0]->id);
        sqlite3_bind_int64(q, 2, pair[1]->id);
        const int rc = sqlite3_step(q);
        if (rc == SQLITE_ROW)
            x->tally = tally_read(p, q, 0);
        else if (rc != SQLITE_DONE)
            st = db_fail(p->s, e, "look up who wrote where");
        sqlite3_reset(q);
    }
    p->membership = x;
    memcpy(p->membership_of, pair, sizeof pair);
    return st;
}

enum status people_count(struct people *p, enum message_kind kind, int64_t row, int64_t sort_ms,
                         struct err *e)
{
    tally_add(&p->conversation->tally, kind, row, sort_ms);
    p->conversation->changed = true;
    if (!p->participant)
        return OK;
    tally_add(&p->participant->tally, kind, row, sort_ms);
    p->participant->changed = true;
    if (!p->membership || p->membership_of[0] != p->conversation ||
        p->membership_of[1] != p->participant) {
        const enum status st = find_membership(p, e);
        if (st != OK)
            return st;
    }
    tally_add(&p->membership->tally, kind, row, sort_ms);
    p->membership->changed = true;
    return OK;
}

/* ---- life and storing ------------------------------------------------------------------------- */

struct people *people_new(struct store *s)
{
    struct people *p = calloc(1, sizeof *p);
    if (!p)
        abort();
    p->s = s;
    return p;
}

void people_free(struct people *p)
{
    if (!p)
        return;
    table_free(&p->participants);
    table_free(&p->conversations);
    table_free(&p->memberships);
    table_free(&p->names);
    arena_free(&p->arena);
    free(p);
}

static enum status store_entry(struct people *p, enum statement which, const struct entry *x,
                               struct err *e)
{
    sqlite3_stmt *q;
    const enum status st = db_statement(p->s, which, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, x->id);
    tally_bind(q, 2, &x->tally);
    if (which == UPDATE_CONVERSATION) {
        db_bind_text(q, 6, x->name);
        db_bind_text(q, 7, x->platform);
        db_bind_text(q, 8, x->type);
        sqlite3_bind_int64(q, 9, x->loose);
    } else if (which == UPDATE_PARTICIPANT) {
        db_bind_text(q, 6, x->name);
    }
    return db_run(p->s, q, "store who wrote", e);
}

static enum status store_membership(struct people *p, const struct entry *x, struct err *e)
{
    struct entry *pair[2];
    sqlite3_stmt *q;
    const enum status st = db_statement(p->s, UPDATE_MEMBERSHIP, &q, e);
    if (st != OK)
        return st;
    memcpy(pair, x->key.p, sizeof pair);
    sqlite3_bind_int64(q, 1, pair[0]->id);
    sqlite3_bind_int64(q, 2, pair[1]->id);
    tally_bind(q, 3, &x->tally);
    return db_run(p->s, q, "store who wrote where", e);
}

enum status people_store(struct people *p, struct err *e)
{
    enum status st = OK;
    for (size_t i = 0; i < p->participants.count && st == OK; i++) {
        if (p->participants.entries[i]->changed)
            st = store_entry(p, UPDATE_PARTICIPANT, p->participants.entries[i], e);
    }
    for (size_t i = 0; i < p->conversations.count && st == OK; i++) {
        if (p->conversations.entries[i]->changed)
            st = store_entry(p, UPDATE_CONVERSATION, p->conversations.entries[i], e);
    }
    for (size_t i = 0; i < p->memberships.count && st == OK; i++) {
        if (p->memberships.entries[i]->changed)
            st = store_membership(p, p->memberships.entries[i], e);
    }
    return st;
}
