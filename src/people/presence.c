/* See presence.h. One pass over the columns; texts are read of events only. */
#include "presence.h"

#include <stdlib.h>
#include <string.h>

#include "called.h"
#include "events.h"

enum { SLOTS_AT_FIRST = 1 << 10 };

struct stays {
    struct store *s;
    struct columns *c;
    struct stay *p;
    size_t count, cap;
    uint32_t *slots;
    size_t slot_count;
};

static bool wanted(const int64_t *ids, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return !count;
}

/* ---- a table of stays --------------------------------------------------------------------------- */

static size_t slot_of(const struct stays *all, int64_t participant, int64_t conversation)
{
    uint64_t h = (uint64_t)participant * UINT64_C(0x9E3779B97F4A7C15) +
                 (uint64_t)conversation * UINT64_C(0xBF58476D1CE4E5B9);
    h ^= h >> 31;
    size_t at = h & (all->slot_count - 1);
    while (all->slots[at] && (all->p[all->slots[at] - 1].participant != participant ||
                              all->p[all->slots[at] - 1].conversation != conversation))
        at = (at + 1) & (all->slot_count - 1);
    return at;
}

static void grow(struct stays *all)
{
    if (all->count == all->cap) {
        all->cap = all->cap ? 2 * all->cap : 256;
        all->p = realloc(all->p, all->cap * sizeof *all->p);
    }
    if (2 * all->count >= all->slot_count) {
        all->slot_count = all->slot_count ? 2 * all->slot_count : SLOTS_AT_FIRST;
        free(all->slots);
        all->slots = calloc(all->slot_count, sizeof *all->slots);
        for (size_t i = 0; all->slots && i < all->count; i++)
            all->slots[slot_of(all, all->p[i].participant, all->p[i].conversation)] =
                (uint32_t)i + 1;
    }
    if (!all->p || !all->slots)
        abort();
}

static struct stay *stay_of(struct stays *all, int64_t participant, int64_t conversation)
{
    grow(all);
    const size_t at = slot_of(all, participant, conversation);
    if (all->slots[at])
        return &all->p[all->slots[at] - 1];
    all->p[all->count] = (struct stay){.participant = participant,
                                       .conversation = conversation,
                                       .first_join_ms = TIME_NONE,
                                       .last_leave_ms = TIME_NONE,
                                       .first_ms = TIME_NONE,
                                       .last_ms = TIME_NONE};
    all->slots[at] = (uint32_t)++all->count;
    return &all->p[all->count - 1];
}

static int64_t wall_at(struct columns *c, int64_t row)
{
    if (TRAIT_BASIS(column_at(c, COLUMN_TRAITS, row)) == BASIS_NONE)
        return TIME_NONE;
    return column_at(c, COLUMN_TIME, row) + column_at(c, COLUMN_OFFSET, row) * MS_PER_MINUTE;
}

static int64_t sorted_at(struct columns *c, int64_t row)
{
    return column_at(c, COLUMN_TIME, row) + column_at(c, COLUMN_OFFSET, row) * MS_PER_MINUTE;
}

static void note_message(struct stay *x, int64_t row, int64_t wall_ms)
{
    x->messages++;
    if (!x->first_row)
        x->first_row = row;
    x->last_row = row;
    if (wall_ms == TIME_NONE)
        return;
    if (x->first_ms == TIME_NONE || wall_ms < x->first_ms) {
        x->first_ms = wall_ms;
        x->first_row = row;
    }
    if (x->last_ms == TIME_NONE || wall_ms >= x->last_ms) {
        x->last_ms = wall_ms;
        x->last_row = row;
    }
}

/* ---- events ------------------------------------------------------------------------------------- */

/* An event without a time stands behind a message that has one, and was sorted by it. */
static void note_event(struct stay *x, enum event_kind kind, int64_t wall_ms, bool dated)
{
    x->joins += kind == EVENT_JOINED;
    x->leaves += kind == EVENT_LEFT;
    if (kind == EVENT_JOINED && (x->first_join_ms == TIME_NONE || wall_ms < x->first_join_ms)) {
        x->first_join_ms = wall_ms;
        x->join_after = !dated;
    }
    if (kind == EVENT_LEFT && wall_ms > x->last_leave_ms) {
        x->last_leave_ms = wall_ms;
        x->leave_after = !dated;
    }
}

static enum status read_event(struct stays *all, const struct calls *calls, int64_t row,
                              struct err *e)
{
    struct arena scratch = {0};
    str text;
    const enum status st = store_text(all->s, row, &text, e);
    if (st != OK)
        return st;
    const struct event event = event_read(text);
    for (size_t i = 0; i < event.count; i++) {
        const int64_t who = event.names[i].n ? calls_find(calls, &scratch, event.names[i])
                                             : column_at(all->c, COLUMN_SENDER, row);
        if (who > 0 && (event.kind == EVENT_JOINED || event.kind == EVENT_LEFT))
            note_event(stay_of(all, who, column_at(all->c, COLUMN_CONVERSATION, row)), event.kind,
                       sorted_at(all->c, row), wall_at(all->c, row) != TIME_NONE);
    }
    arena_free(&scratch);
    return OK;
}

static int by_conversation(const void *x, const void *y)
{
    const struct stay *const a = x, *const b = y;
    if (a->conversation != b->conversation)
        return a->conversation < b->conversation ? -1 : 1;
    if (a->messages != b->messages)
        return a->messages > b->messages ? -1 : 1;
    return (a->participant > b->participant) - (a->participant < b->participant);
}

enum status presence_stays(struct store *s, const int64_t *ids, size_t id_count, struct arena *a,
                           struct stay **out, size_t *count, struct err *e)
{
    struct stays all = {.s = s, .c = store_columns(s)};
    struct participant_row *people;
    size_t people_count;
    enum status st = store_participants(s, a, &people, &people_count, e);
    const struct calls calls = st == OK ? calls_of(people, people_count, a) : (struct calls){0};
    for (int64_t row = 1; row <= columns_rows(all.c) && st == OK; row++) {
        const int64_t who = column_at(all.c, COLUMN_SENDER, row);
        if (TRAIT_KIND(column_at(all.c, COLUMN_TRAITS, row)) == KIND_EVENT)
            st = read_event(&all, &calls, row, e);
        else if (who > 0)
            note_message(stay_of(&all, who, column_at(all.c, COLUMN_CONVERSATION, row)), row,
                         wall_at(all.c, row));
    }
    *count = 0;
    *out = arena_array(a, all.count + 1, sizeof **out);
    for (size_t i = 0; i < all.count; i++)
        if (wanted(ids, id_count, all.p[i].participant))
            (*out)[(*count)++] = all.p[i];
    if (*count)
        qsort(*out, *count, sizeof **out, by_conversation);
    free(all.p);
    free(all.slots);
    return st == OK ? columns_failed(all.c, e) : st;
}
