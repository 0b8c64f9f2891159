/* Three passes: who could be joined to whom (groups), which messages they hold (entries, one array
   sorted by time), who shares how much (pairs). Nothing is asked that is quadratic in messages. */
#include "join.h"

#include <stdlib.h>
#include <string.h>

#include "name_cache.h"
#include "row.h"
#include "tokenize.h"

enum {
    WORDS_MIN = 4,
    SHARED_MIN = 5,
    SENDERS_MIN = 2,
    RUN_MAX = 16,      /* groups that share one message and are paired with each other */
    JUDGED_MAX = 5000, /* pairs, each of which may cost a look at all rows */
};

/* A conversation, by its key. */
struct group {
    str key, platform;
    int64_t id; /* in the archive; 0 if it is new */
    int64_t first_row, last_row;
    bool incoming; /* this transaction holds it */
    bool sure;     /* its key is an id */
    bool taken;    /* it has an id: its key, or that of one that was joined to it */
    bool compared; /* its platform has a loose one */
    size_t root;   /* the group that it is joined to, perhaps by way of others; itself */
    size_t order;  /* in which it came */
};

/* A message that counts, in short. */
struct entry {
    int64_t time_ms;
    uint64_t words;  /* part of the hash of sender and text */
    uint32_t sender; /* the same of the sender */
    uint32_t group;
};

/* What two groups share. */
struct pair {
    uint32_t a, b; /* a < b; 0, 0: free */
    uint32_t shared;
    uint32_t sender; /* the first one's */
    bool more_senders;
    uint64_t words[SHARED_MIN]; /* different ones */
    size_t word_count;
    int64_t first_ms, last_ms;
};

struct joins {
    struct store *s;
    struct arena arena;
    struct group *groups; /* by key */
    size_t group_count, group_cap;
    struct entry *entries;
    size_t entry_count, entry_cap;
    struct pair *pairs;
    size_t pair_mask, pair_count;
    bool any;
};

static void *grown(void *items, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return items;
    *cap = *cap ? 2 * *cap : 256;
    void *more = realloc(items, *cap * size);
    if (!more)
        abort();
    return more;
}

/* ---- groups ----------------------------------------------------------------------------------- */

static void add_group(struct joins *j, const struct group *g)
{
    j->groups = grown(j->groups, j->group_count, &j->group_cap, sizeof *j->groups);
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

static struct group *find_group(const struct joins *j, str key)
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
        struct group *g = find_group(j, db_text(q, 0));
        if (g)
            g->taken = true;
    }
    if (rc != SQLITE_DONE)
        st = db_fail(j->s, e, "look for joined conversations");
    sqlite3_reset(q);
    return st;
}

static enum status collect_groups(struct joins *j, struct spool *spool, struct err *e)
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

static size_t root_of(struct joins *j, size_t i)
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

static void join(struct joins *j, size_t a, size_t b)
{
    a = root_of(j, a);
    b = root_of(j, b);
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
        const struct group *to = st == OK ? find_group(j, key) : NULL;
        if (to && to != g) {
            j->groups[i].root = (size_t)(to - j->groups);
            j->any = true;
        }
    }
    return st;
}

/* ---- entries ---------------------------------------------------------------------------------- */

static int64_t canonical_ms(enum time_basis basis, int64_t utc_ms, int64_t wall_ms)
{
    return basis == BASIS_SOURCE_UTC ? utc_ms : wall_ms;
}

static struct entry entry_of(int64_t time_ms, str sender, str text, size_t group)
{
    struct entry x = {.time_ms = time_ms, .group = (uint32_t)group};
    const struct sha256_digest who = sha256_of(sender), what = sha256_of(text);
    uint64_t mix;
    memcpy(&x.sender, who.bytes, sizeof x.sender);
    memcpy(&mix, who.bytes + sizeof x.sender, sizeof mix);
    memcpy(&x.words, what.bytes, sizeof x.words);
    x.words ^= mix;
    return x;
}

static void add_entry(struct joins *j, const struct entry *x)
{
    j->entries = grown(j->entries, j->entry_count, &j->entry_cap, sizeof *j->entries);
    j->entries[j->entry_count++] = *x;
}

static enum status collect_entries(struct joins *j, struct spool *spool, struct err *e)
{
    struct record r;
    enum step step;
    while ((step = spool_next(spool, &r, e)) == STEP_ROW) {
        const struct message *m = &r.message;
        if (m->kind != KIND_TEXT || m->time.basis == BASIS_NONE || !m->sender.n)
            continue;
        const struct group *g = find_group(j, m->conversation);
        if (!g || !g->compared || tokenize_count(m->text) < WORDS_MIN)
            continue;
        const struct entry x =
            entry_of(canonical_ms(m->time.basis, m->time.utc_ms, m->time.wall_ms), m->sender,
                     m->text, (size_t)(g - j->groups));
        add_entry(j, &x);
    }
    spool_rewind(spool);
    return step == STEP_DONE ? OK : e->code;
}

static int by_time(const void *x, const void *y)
{
    const struct entry *a = x, *b = y;
    if (a->time_ms != b->time_ms)
        return a->time_ms < b->time_ms ? -1 : 1;
    if (a->words != b->words)
        return a->words < b->words ? -1 : 1;
    return a->group < b->group ? -1 : a->group > b->group;
}

static void sort_entries(struct joins *j)
{
    if (j->entry_count)
        qsort(j->entries, j->entry_count, sizeof *j->entries, by_time);
}

/* The first of `count` sorted entries at or after this time. */
static size_t entry_from(const struct joins *j, size_t count, int64_t time_ms)
{
    size_t low = 0, high = count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (j->entries[middle].time_ms < time_ms)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* A row of the archive that could be one of the incoming messages, and the time to compare. */
static bool row_counts(struct columns *c, int64_t row, int64_t *time_ms)
{
    const int64_t traits = column_at(c, COLUMN_TRAITS, row);
    const enum time_basis basis = (enum time_basis)TRAIT_BASIS(traits);
    if (TRAIT_KIND(traits) != KIND_TEXT || basis == BASIS_NONE ||
        column_at(c, COLUMN_WORDS, row) < WORDS_MIN || !column_at(c, COLUMN_SENDER, row))
        return false;
    const int64_t utc_ms = column_at(c, COLUMN_TIME, row);
    *time_ms =
        canonical_ms(basis, utc_ms, utc_ms + column_at(c, COLUMN_OFFSET, row) * MS_PER_MINUTE);
    return true;
}

static enum status add_row(struct joins *j, int64_t row, int64_t time_ms, size_t group,
                           struct err *e)
{
    struct name sender;
    str text;
    enum status st =
        name_of_participant(j->s, column_at(j->s->columns, COLUMN_SENDER, row), &sender, e);
    if (st == OK)
        st = store_text(j->s, row, &text, e);
    if (st != OK)
        return st;
    const struct entry x = entry_of(time_ms, sender.key, text, group);
    add_entry(j, &x);
    return OK;
}

/* The group of each conversation of the archive, by its id; NONE for those not compared. */
enum { NONE = UINT32_MAX };
static uint32_t *groups_by_id(struct joins *j, int64_t *max_id)
{
    *max_id = 0;
    for (size_t i = 0; i < j->group_count; i++)
        *max_id = j->groups[i].id > *max_id ? j->groups[i].id : *max_id;
    uint32_t *groups = arena_array(&j->arena, (size_t)*max_id + 1, sizeof *groups);
    for (int64_t id = 0; id <= *max_id; id++)
        groups[id] = NONE;
    for (size_t i = 0; i < j->group_count; i++) {
        if (j->groups[i].id && j->groups[i].compared)
            groups[j->groups[i].id] = (uint32_t)i;
    }
    return groups;
}

/* Rows that share their time with an incoming message become entries too. */
static enum status add_rows(struct joins *j, struct err *e)
{
    struct columns *c = j->s->columns;
    const size_t incoming = j->entry_count;
    int64_t max_id, time_ms;
    const uint32_t *groups = groups_by_id(j, &max_id);
    enum status st = OK;
    for (int64_t row = 1; row <= columns_rows(c) && incoming && st == OK; row++) {
        const int64_t id = column_at(c, COLUMN_CONVERSATION, row);
        const uint32_t group = id > 0 && id <= max_id ? groups[id] : NONE;
        if (group == NONE || !row_counts(c, row, &time_ms))
            continue;
        const size_t at = entry_from(j, incoming, time_ms);
        if (at < incoming && j->entries[at].time_ms == time_ms)
            st = add_row(j, row, time_ms, group, e);
    }
    return st == OK ? columns_failed(c, e) : st;
}

/* ---- pairs ------------------------------------------------------------------------------------ */

static struct pair *pair_slot(struct pair *pairs, size_t mask, uint32_t a, uint32_t b)
{
    size_t at = ((uint64_t)a * UINT64_C(0x9E3779B97F4A7C15) + b * UINT64_C(0x85EBCA6B)) & mask;
    while (pairs[at].b && (pairs[at].a != a || pairs[at].b != b))
        at = (at + 1) & mask;
    return &pairs[at];
}

static void grow_pairs(struct joins *j)
{
    const size_t mask = j->pairs ? 2 * j->pair_mask + 1 : 255;
    struct pair *pairs = calloc(mask + 1, sizeof *pairs);
    if (!pairs)
        abort();
    for (size_t i = 0; j->pairs && i <= j->pair_mask; i++) {
        if (j->pairs[i].b)
            *pair_slot(pairs, mask, j->pairs[i].a, j->pairs[i].b) = j->pairs[i];
    }
    free(j->pairs);
    j->pairs = pairs;
    j->pair_mask = mask;
}

static bool may_join(const struct group *a, const struct group *b)
{
    return str_eq(a->platform, b->platform) && !(a->id && b->id) && !(a->taken && b->taken);
}

/* Two groups hold this message; a < b, so that b is never 0. */
static void count_shared(struct joins *j, const struct entry *x, uint32_t a, uint32_t b)
{
    if (!may_join(&j->groups[a], &j->groups[b]))
        return;
    if (!j->pairs || 2 * j->pair_count >= j->pair_mask)
        grow_pairs(j);
    struct pair *p = pair_slot(j->pairs, j->pair_mask, a, b);
    if (!p->b) {
        *p = (struct pair){.a = a, .b = b, .sender = x->sender, .first_ms = x->time_ms};
        j->pair_count++;
    }
    p->shared++;
    p->last_ms = x->time_ms;
    p->more_senders |= p->sender != x->sender;
    for (size_t i = 0; i < p->word_count; i++) {
        if (p->words[i] == x->words)
            return;
    }
    if (p->word_count < SHARED_MIN)
        p->words[p->word_count++] = x->words;
}

/* Each run of entries of one message, of which a group has one or several equals. */
static void collect_pairs(struct joins *j)
{
    const struct entry *all = j->entries;
    for (size_t from = 0, to; from < j->entry_count; from = to) {
        uint32_t groups[RUN_MAX];
        size_t n = 0;
        for (to = from; to < j->entry_count && all[to].time_ms == all[from].time_ms &&
                        all[to].words == all[from].words;
             to++) {
            if (n < RUN_MAX && (n == 0 || groups[n - 1] != all[to].group))
                groups[n++] = all[to].group;
        }
        for (size_t a = 0; a + 1 < n; a++) {
            for (size_t b = a + 1; b < n; b++)
                count_shared(j, &all[from], groups[a], groups[b]);
        }
    }
}

static int by_group(const void *x, const void *y)
{
    const struct entry *a = x, *b = y;
    if (a->group != b->group)
        return a->group < b->group ? -1 : 1;
    return a->time_ms < b->time_ms ? -1 : a->time_ms > b->time_ms;
}

/* Entries, sorted by group and time, before this group and time. */
static size_t entries_before(const struct joins *j, uint32_t group, int64_t time_ms)
{
    const struct entry wanted = {.group = group, .time_ms = time_ms};
    size_t low = 0, high = j->entry_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (by_group(&j->entries[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* How many messages that count a group of the archive has in a span. */
static uint64_t held_stored(struct joins *j, const struct group *g, const struct pair *p)
{
    struct columns *c = j->s->columns;
    const bool ordered = columns_in_time_order(c);
    const int64_t last = ordered ? g->last_row : columns_rows(c);
    uint64_t n = 0;
    for (int64_t row = ordered ? g->first_row : 1; row <= last && row > 0; row++) {
        int64_t time_ms;
        n += column_at(c, COLUMN_CONVERSATION, row) == g->id && row_counts(c, row, &time_ms) &&
             time_ms >= p->first_ms && time_ms <= p->last_ms;
    }
    return n;
}

static bool is_half(struct joins *j, uint32_t group, const struct pair *p)
{
    const struct group *g = &j->groups[group];
    /* A group that stands in the archive and comes again is judged by what comes. */
    const uint64_t held = g->incoming ? entries_before(j, group, p->last_ms + 1) -
                                            entries_before(j, group, p->first_ms)
                                      : held_stored(j, g, p);
    return 2 * (uint64_t)p->shared >= held;
}

static int by_shared(const void *x, const void *y)
{
    const struct pair *a = x, *b = y;
    if (a->shared != b->shared)
        return a->shared > b->shared ? -1 : 1;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return a->b < b->b ? -1 : a->b > b->b;
}

static bool is_enough(const struct pair *p)
{
    return p->b && p->word_count >= SHARED_MIN && p->more_senders;
}

/* Those that share most first. */
static void decide(struct joins *j)
{
    size_t n = 0;
    for (size_t i = 0; j->pairs && i <= j->pair_mask; i++) {
        if (is_enough(&j->pairs[i]))
            j->pairs[n++] = j->pairs[i];
    }
    if (n)
        qsort(j->pairs, n, sizeof *j->pairs, by_shared);
    if (j->entry_count)
        qsort(j->entries, j->entry_count, sizeof *j->entries, by_group);
    for (size_t i = 0; i < n && i < JUDGED_MAX; i++) {
        const struct pair *p = &j->pairs[i];
        const size_t a = root_of(j, p->a), b = root_of(j, p->b);
        if (a != b && may_join(&j->groups[a], &j->groups[b]) && is_half(j, p->a, p) &&
            is_half(j, p->b, p))
            join(j, a, b);
    }
}

/* ---- outside ---------------------------------------------------------------------------------- */

static enum status compare(struct joins *j, struct spool *spool, struct err *e)
{
    enum status st = join_by_alias(j, e);
    if (st == OK)
        st = collect_entries(j, spool, e);
    if (st != OK)
        return st;
    sort_entries(j);
    st = add_rows(j, e);
    if (st != OK)
        return st;
    sort_entries(j);
    collect_pairs(j);
    decide(j);
    return columns_failed(j->s->columns, e);
}

enum status joins_decide(struct joins **out, struct store *s, struct spool *spool, struct err *e)
{
    struct joins *j = calloc(1, sizeof *j);
    *out = NULL;
    if (!j)
        abort();
    j->s = s;
    enum status st = collect_groups(j, spool, e);
    if (st == OK && mark_platforms(j))
        st = compare(j, spool, e);
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
    const struct group *g = j ? find_group(j, key) : NULL;
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
