/* A hash table from ids to names. */
#include "name_table.h"

#include <stdlib.h>

enum { ROOM_MIN = 64 };

static struct name_entry *slot_of(const struct name_table *t, str key)
{
    size_t i = str_hash(key) & (t->room - 1);
    while (t->slots[i].key.n && !str_eq(t->slots[i].key, key))
        i = (i + 1) & (t->room - 1);
    return &t->slots[i];
}

static void grow(struct name_table *t)
{
    struct name_entry *const old = t->slots;
    const size_t old_room = t->room;
    t->room = old_room ? old_room * 2 : ROOM_MIN;
    t->slots = calloc(t->room, sizeof *t->slots);
    if (!t->slots)
        abort();
    for (size_t i = 0; i < old_room; i++)
        if (old[i].key.n)
            *slot_of(t, old[i].key) = old[i];
    free(old);
}

void name_table_set(struct name_table *t, str key, str name)
{
    if (!key.n || !name.n)
        return;
    if (t->count * 2 >= t->room)
        grow(t);
    struct name_entry *slot = slot_of(t, key);
    if (!slot->key.n) {
        if (t->count >= NAME_TABLE_MAX)
            return;
        slot->key = arena_dup(&t->arena, key);
        t->count++;
    }
    if (!str_eq(slot->name, name))
        slot->name = arena_dup(&t->arena, name);
}

str name_table_find(const struct name_table *t, str key)
{
    return t->room && key.n ? slot_of(t, key)->name : STR("");
}

void name_table_free(struct name_table *t)
{
    arena_free(&t->arena);
    free(t->slots);
    *t = (struct name_table){0};
}
