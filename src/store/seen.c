/* Two generations of small hash tables, so that forgetting costs nothing. */
#include "seen.h"

#include <stdlib.h>
#include <string.h>

#include "civil.h"

enum { ENTRIES_MIN = 64, ENTRIES_KEPT = 4096 };
static const int64_t window_ms = 3 * MS_PER_HOUR;

static bool same_key(const struct seen_key *a, const struct seen_key *b)
{
    return a->content == b->content && a->part == b->part && a->time_ms == b->time_ms;
}

static struct seen_entry *slot_of(const struct seen_table *t, const struct seen_key *key)
{
    const uint64_t time = (uint64_t)key->time_ms / 1000 * UINT64_C(0x9E3779B1);
    size_t at = (key->content ^ time ^ key->part * UINT64_C(0x85EBCA6B)) & t->mask;
    while (t->entries[at].next && !same_key(&t->entries[at].key, key))
        at = (at + 1) & t->mask;
    return &t->entries[at];
}

static void make_entries(struct seen_table *t, size_t n)
{
    t->entries = calloc(n, sizeof *t->entries);
    if (!t->entries)
        abort();
    t->mask = n - 1;
}

static void grow(struct seen_table *t)
{
    if (!t->entries) {
        make_entries(t, ENTRIES_MIN);
        return;
    }
    const struct seen_table old = *t;
    make_entries(t, 2 * (old.mask + 1));
    for (size_t i = 0; i <= old.mask; i++) {
        if (old.entries[i].next)
            *slot_of(t, &old.entries[i].key) = old.entries[i];
    }
    free(old.entries);
}

static void forget(struct seen_table *t)
{
    if (t->mask + 1 > ENTRIES_KEPT) {
        free(t->entries);
        t->entries = NULL;
    } else if (t->entries && t->used) {
        memset(t->entries, 0, (t->mask + 1) * sizeof *t->entries);
    }
    t->used = 0;
}

static void turn(struct seen *s, int64_t sort_ms)
{
    struct seen_table old = s->before;
    forget(&old);
    s->before = s->now;
    s->now = old;
    s->since_ms = sort_ms;
}

uint32_t *seen_next(struct seen *s, int64_t sort_ms, const struct seen_key *key)
{
    struct seen_table *t = key->time_ms == TIME_NONE ? &s->undated : &s->now;
    if (t == &s->now && (!t->entries || sort_ms >= s->since_ms + window_ms))
        turn(s, sort_ms);
    if (t == &s->now && s->before.used) {
        struct seen_entry *older = slot_of(&s->before, key);
        if (older->next)
            return &older->next;
    }
    if (!t->entries || t->used + 1 > t->mask / 3 * 2)
        grow(t);
    struct seen_entry *entry = slot_of(t, key);
    if (!entry->next) {
        /* A slot is free while its number is 0, so what is handed out starts at 0 and the caller's
           storing of 1 or more takes the slot. */
        entry->key = *key;
        t->used++;
    }
    return &entry->next;
}

void seen_free(struct seen *s)
{
    free(s->now.entries);
    free(s->before.entries);
    free(s->undated.entries);
    *s = (struct seen){.since_ms = 0};
}
