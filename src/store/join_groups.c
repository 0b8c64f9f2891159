/* Conversations as groups by key, which of them could be the same, and which are said to be. */
#include "join_parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- groups ----------------------------------------------------------------------------------- */

static void add_group(struct joins *j, const struct group *g)
{
    j->groups = joins_grown(j->groups, j->group_count, &j->group_cap, sizeof *j->groups);
    struct group *x = &j->groups[j->group_count];
    *x = *g;
    x->key = arena_dup(&j->arena, g->key);
    x->platform = arena_dup(&j->arena, g->platform);
    x->order = j->group_count++;
}

static int by_key(const void *x, const void *y)
{
    const struct group *a = x, *b = y;
    const int keys = str_cmp(a->key, b->key);
    return keys ? keys : a->order < b->order ? -1 : a->order > b->order;
}

/* One group a key: what any source says of it. */
static void unite_keys(struct joins *j)
{
    size_t kept = 0;
    if (j->group_count)
        qsort(j->groups, j->group_count, sizeof *j->groups, by_key);
    for (size_t i = 0; i < j->group_count; i++) {
        struct group *last = kept ? &j->groups[kept - 1] : NULL;
        const struct group *x = &j->groups[i];
        if (!last || !str_eq(last->key, x->key)) {
            j->groups[kept++] = *x;
            continue;
        }
        if (x->id) {
            last->id = x->id;
            last->first_row = x->first_row;
            last->last_row = x->last_row;
        }
        last->incoming |= x->incoming;
        last->sure |= x->sure;
        last->platform = last->platform.n ? last->platform : x->platform;
    }
    j->group_count = kept;
    for (size_t i = 0; i < kept; i++) {
        j->groups[i].root = i;
        j->groups[i].taken = j->groups[i].sure;
    }
}

struct group *joins_find_group(const struct joins *j, str key)
{
    const struct group wanted = {.key = key};
    size_t low = 0, high = j->group_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const int c = str_cmp(j->groups[middle].key, wanted.key);
        if (c == 0)
            return &j->groups[middle];
        if (c < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

/* A loose conversation to which an id was joined by an earlier import. */
static enum status mark_taken(struct joins *j, struct err *e)
{
    sqlite3_stmt *q;
    enum status st = db_statement(j->s, SELECT_JOINED_IDS, &q, e);
    if (st != OK)
        return st;
    int rc;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        struct group *g = joins_find_group(j, db_text(q, 0));
        if (g)
            g->taken = true;
    }
    if (rc != SQLITE_DONE)
        st = db_fail(j->s, e, "look for joined conversations");
    sqlite3_reset(q);
    return st;
}

static enum status collect(struct joins *j, struct spool *spool, struct err *e)
{
    struct conversation_row *rows;
    size_t count;
    struct spool_note note;
    enum step step;
    const enum status st = store_conversations(j->s, &j->arena, &rows, &count, e);
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        add_group(j, &(struct group){.key = rows[i].key,
                                     .platform = rows[i].platform,
                                     .id = rows[i].id,
                                     .first_row = rows[i].first_row,
                                     .last_row = rows[i].last_row,
                                     .sure = !rows[i].loose});
    while ((step = spool_next_note(spool, &note, e)) == STEP_ROW) {
        if (note.kind == SPOOL_CONVERSATION)
            add_group(j, &(struct group){.key = note.conversation.key,
                                         .platform = note.conversation.platform,
                                         .incoming = true,
                                         .sure = !note.conversation.loose});
    }
    spool_rewind(spool);
    unite_keys(j);
    return step == STEP_DONE ? mark_taken(j, e) : e->code;
}

static int by_platform(const void *x, const void *y)
{
    struct group *const *a = x, *const *b = y;
    return str_cmp((*a)->platform, (*b)->platform);
}

/* Marks those of a platform that has a loose one, a new one, and two at all. */
static bool mark_platforms(struct joins *j)
{
    struct group **all = arena_array(&j->arena, j->group_count + 1, sizeof(struct group *));
    bool any = false;
    for (size_t i = 0; i < j->group_count; i++)
        all[i] = &j->groups[i];
    if (j->group_count)
        qsort(all, j->group_count, sizeof *all, by_platform);
    for (size_t from = 0, to; from < j->group_count; from = to) {
        bool loose = false, incoming = false;
        for (to = from; to < j->group_count && str_eq(all[to]->platform, all[from]->platform);
             to++) {
            loose |= !all[to]->sure;
            incoming |= all[to]->incoming;
        }
        for (size_t i = from; i < to && loose && incoming && to - from > 1; i++)
            any = all[i]->compared = true;
    }
    return any;
}

/* ---- joining ---------------------------------------------------------------------------------- */

size_t joins_root(struct joins *j, size_t i)
{
    while (j->groups[i].root != i)
        i = j->groups[i].root = j->groups[j->groups[i].root].root;
    return i;
}

/* The one whose key stays: what stands in the archive, then what has an id, then what came first. */
static bool goes_before(const struct group *a, const struct group *b)
{
    if ((a->id != 0) != (b->id != 0))
        return a->id != 0;
    if (a->sure != b->sure)
        return a->sure;
    return a->order < b->order;
}

void joins_join(struct joins *j, size_t a, size_t b)
{
    a = joins_root(j, a);
    b = joins_root(j, b);
    struct group *x = &j->groups[a], *y = &j->groups[b];
    if (a == b || (x->id && y->id) || (x->taken && y->taken))
        return;
    if (!goes_before(x, y)) {
        const size_t swap = a;
        a = b;
        b = swap;
    }
    j->groups[a].taken |= j->groups[b].taken;
    j->groups[b].root = a;
    j->any = true;
}

/* An id that was joined to a loose conversation by an earlier import stays joined. */
static enum status join_by_alias(struct joins *j, struct err *e)
{
    enum status st = OK;
    for (size_t i = 0; i < j->group_count && st == OK; i++) {
        const struct group *g = &j->groups[i];
        str key;
        if (!g->compared || !g->sure || g->id)
            continue;
        st = store_conversation_of(j->s, 0, g->key, &j->arena, &key, e);
        const struct group *to = st == OK ? joins_find_group(j, key) : NULL;
        if (to && to != g) {
            j->groups[i].root = (size_t)(to - j->groups);
            j->any = true;
        }
    }
    return st;
}

bool joins_may_join(const struct group *a, const struct group *b)
{
    return str_eq(a->platform, b->platform) && !(a->id && b->id) && !(a->taken && b->taken);
}

/* ---- outside ---------------------------------------------------------------------------------- */

void *joins_grown(void *items, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return items;
    *cap = *cap ? 2 * *cap : 256;
    void *more = realloc(items, *cap * size);
    if (!more)
        abort();
    return more;
}

enum status joins_collect_groups(struct joins *j, struct spool *spool, bool *any, struct err *e)
{
    enum status st = collect(j, spool, e);
    *any = st == OK && mark_platforms(j);
    return *any ? join_by_alias(j, e) : st;
}
