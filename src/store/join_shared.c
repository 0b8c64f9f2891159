/* The messages by which conversations are compared, one array sorted by time, and how much each pair of
   conversations shares. Nothing here is quadratic in messages. */
#include "join_parts.h"

#include <stdlib.h>
#include <string.h>

#include "name_cache.h"
#include "row.h"
#include "tokenize.h"

enum {
    WORDS_MIN = 4,
    RUN_MAX = 16,      /* groups that share one message and are paired with each other */
    JUDGED_MAX = 5000, /* pairs, each of which may cost a look at all rows */
};

/* ---- entries ---------------------------------------------------------------------------------- */

static int64_t canonical_ms(enum time_basis basis, int64_t utc_ms, int64_t wall_ms)
{
    return basis == BASIS_SOURCE_UTC ? utc_ms : wall_ms;
}

/* By the name as shown: one export of a chat has ids of its people, another only their names. */
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
    j->entries = joins_grown(j->entries, j->entry_count, &j->entry_cap, sizeof *j->entries);
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
        const struct group *g = joins_find_group(j, m->conversation);
        if (!g || !g->compared || tokenize_count(m->text) < WORDS_MIN)
            continue;
        const struct entry x = entry_of(
            canonical_ms(m->time.basis, m->time.utc_ms, m->time.wall_ms),
            m->sender_name.n ? m->sender_name : m->sender, m->text, (size_t)(g - j->groups));
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
    const struct entry x =
        entry_of(time_ms, sender.shown.n ? sender.shown : sender.key, text, group);
    add_entry(j, &x);
    return OK;
}

/* The group of each conversation of the archive, by its id; no_group for those not compared. */
static const uint32_t no_group = UINT32_MAX;
static uint32_t *groups_by_id(struct joins *j, int64_t *max_id)
{
    *max_id = 0;
    for (size_t i = 0; i < j->group_count; i++)
        *max_id = j->groups[i].id > *max_id ? j->groups[i].id : *max_id;
    uint32_t *groups = arena_array(&j->arena, (size_t)*max_id + 1, sizeof *groups);
    for (int64_t id = 0; id <= *max_id; id++)
        groups[id] = no_group;
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
        const uint32_t group = id > 0 && id <= max_id ? groups[id] : no_group;
        if (group == no_group || !row_counts(c, row, &time_ms))
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

/* Two groups hold this message; a < b, so that b is never 0. */
static void count_shared(struct joins *j, const struct entry *x, uint32_t a, uint32_t b)
{
    if (!joins_may_join(&j->groups[a], &j->groups[b]))
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
    if (p->word_count < JOIN_SHARED_MIN)
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
    return p->b && p->word_count >= JOIN_SHARED_MIN && p->more_senders;
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
        const size_t a = joins_root(j, p->a), b = joins_root(j, p->b);
        if (a != b && joins_may_join(&j->groups[a], &j->groups[b]) && is_half(j, p->a, p) &&
            is_half(j, p->b, p))
            joins_join(j, a, b);
    }
}

/* ---- outside ---------------------------------------------------------------------------------- */

enum status joins_compare(struct joins *j, struct spool *spool, struct err *e)
{
    enum status st = collect_entries(j, spool, e);
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
