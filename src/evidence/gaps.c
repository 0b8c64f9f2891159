/* See gaps.h. Messages are put in order by conversation and time once; each kind of gap is one look. */
#include "gaps_parts.h"

#include <stdlib.h>
#include <string.h>

void *grown_add(struct grown *g, struct arena *a, size_t size)
{
    if (g->count == g->cap) {
        g->cap = g->cap ? 2 * g->cap : 32;
        void *const more = arena_array(a, g->cap, size);
        if (g->count)
            memcpy(more, g->items, g->count * size);
        g->items = more;
    }
    return (char *)g->items + g->count++ * size;
}

/* ---- names ------------------------------------------------------------------------------------ */

static size_t index_of(const struct looking *x, int64_t conversation_id)
{
    size_t low = 0, high = x->conversation_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (x->conversations[middle].id < conversation_id)
            low = middle + 1;
        else
            high = middle;
    }
    const bool here = low < x->conversation_count && x->conversations[low].id == conversation_id;
    return here ? low : x->conversation_count;
}

str looking_title(const struct looking *x, int64_t conversation_id)
{
    const size_t i = index_of(x, conversation_id);
    if (i == x->conversation_count)
        return STR("?");
    const struct conversation_row *const c = &x->conversations[i];
    return c->title.n ? c->title : c->key;
}

str looking_name(const struct looking *x, int64_t participant_id)
{
    size_t low = 0, high = x->people_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (x->people[middle].id < participant_id)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == x->people_count || x->people[low].id != participant_id)
        return STR("?");
    return x->people[low].name.n ? x->people[low].name : x->people[low].key;
}

static int conversation_by_id(const void *left, const void *right)
{
    const struct conversation_row *const a = left, *const b = right;
    return a->id < b->id ? -1 : a->id > b->id;
}

static int person_by_id(const void *left, const void *right)
{
    const struct participant_row *const a = left, *const b = right;
    return a->id < b->id ? -1 : a->id > b->id;
}

static enum status load_names(struct looking *x, const struct gaps_options *o, struct err *e)
{
    size_t all = 0;
    enum status st = store_conversations(x->store, x->arena, &x->conversations, &all, e);
    if (st == OK)
        st = store_participants(x->store, x->arena, &x->people, &x->people_count, e);
    if (st != OK)
        return st;
    for (size_t i = 0; i < all; i++)
        if (!o->conversation_id || x->conversations[i].id == o->conversation_id)
            x->conversations[x->conversation_count++] = x->conversations[i];
    if (x->conversation_count)
        qsort(x->conversations, x->conversation_count, sizeof *x->conversations,
              conversation_by_id);
    if (x->people_count)
        qsort(x->people, x->people_count, sizeof *x->people, person_by_id);
    return OK;
}

/* ---- rows ------------------------------------------------------------------------------------- */

static int by_conversation_and_time(const void *left, const void *right)
{
    const struct written *const a = left, *const b = right;
    if (a->conversation_id != b->conversation_id)
        return a->conversation_id < b->conversation_id ? -1 : 1;
    if (a->wall_ms != b->wall_ms)
        return a->wall_ms < b->wall_ms ? -1 : 1;
    return a->row < b->row ? -1 : a->row > b->row;
}

static int64_t day_of(int64_t wall_ms)
{
    return wall_ms / MS_PER_DAY - (wall_ms % MS_PER_DAY < 0);
}

static void take_row(struct looking *x, struct columns *c, int64_t row,
                     struct gap_conversation *counts)
{
    const int64_t traits = column_at(c, COLUMN_TRAITS, row);
    const bool event = TRAIT_KIND(traits) == KIND_EVENT;
    const bool dated = TRAIT_BASIS(traits) != BASIS_NONE;
    counts->messages += !event;
    counts->events += event;
    counts->deleted += (TRAIT_FLAGS(traits) & FLAG_DELETED) != 0;
    counts->undated += !dated;
    if (event || !dated)
        return;
    const int64_t wall =
        column_at(c, COLUMN_TIME, row) + column_at(c, COLUMN_OFFSET, row) * MS_PER_MINUTE;
    x->written[x->count++] = (struct written){.conversation_id = counts->conversation_id,
                                              .participant_id = column_at(c, COLUMN_SENDER, row),
                                              .wall_ms = wall,
                                              .row = row,
                                              .day = day_of(wall)};
}

/* An undated message goes on where the one before it in its conversation was undated too. `open` holds a
   number, one more than an item's index, for each conversation; 0: the message before was dated. */
static void take_undated(struct looking *x, size_t *open, size_t at, int64_t row, bool undated)
{
    if (!undated) {
        open[at] = 0;
        return;
    }
    if (!open[at]) {
        struct gap_undated *const u = grown_add(&x->undated, x->arena, sizeof *u);
        const int64_t id = x->conversations[at].id;
        *u = (struct gap_undated){
            .conversation_id = id, .conversation = looking_title(x, id), .first_row = row};
        open[at] = x->undated.count;
    }
    struct gap_undated *const u = (struct gap_undated *)x->undated.items + open[at] - 1;
    u->last_row = row;
    u->messages++;
}

static enum status take_rows(struct looking *x, struct gap_conversation *counts, struct err *e)
{
    struct columns *const c = store_columns(x->store);
    const int64_t rows = columns_rows(c);
    x->written = calloc((size_t)rows + 1, sizeof *x->written);
    size_t *const open = calloc(x->conversation_count + 1, sizeof *open);
    if (!x->written || !open)
        abort();
    for (int64_t row = 1; row <= rows; row++) {
        const size_t at = index_of(x, column_at(c, COLUMN_CONVERSATION, row));
        if (at == x->conversation_count)
            continue;
        const int64_t traits = column_at(c, COLUMN_TRAITS, row);
        take_row(x, c, row, &counts[at]);
        if (TRAIT_KIND(traits) != KIND_EVENT)
            take_undated(x, open, at, row, TRAIT_BASIS(traits) == BASIS_NONE);
    }
    free(open);
    if (x->count)
        qsort(x->written, x->count, sizeof *x->written, by_conversation_and_time);
    return columns_failed(c, e);
}

/* ---- order ------------------------------------------------------------------------------------ */

static int silence_by_chance(const void *left, const void *right)
{
    const struct gap_silence *const a = left, *const b = right;
    if (a->chance < b->chance || a->chance > b->chance)
        return a->chance < b->chance ? -1 : 1;
    if (a->last_row != b->last_row)
        return a->last_row < b->last_row ? -1 : 1;
    return a->participant_id < b->participant_id ? -1 : a->participant_id > b->participant_id;
}

static int side_by_chance(const void *left, const void *right)
{
    const struct gap_side *const a = left, *const b = right;
    if (a->chance < b->chance || a->chance > b->chance)
        return a->chance < b->chance ? -1 : 1;
    return a->first_row < b->first_row ? -1 : a->first_row > b->first_row;
}

static int ids_by_size(const void *left, const void *right)
{
    const struct gap_ids *const a = left, *const b = right;
    const int64_t size_a = a->last_id - a->first_id, size_b = b->last_id - b->first_id;
    if (size_a != size_b)
        return size_a > size_b ? -1 : 1;
    return a->before_row < b->before_row ? -1 : a->before_row > b->before_row;
}

static int undated_by_size(const void *left, const void *right)
{
    const struct gap_undated *const a = left, *const b = right;
    if (a->messages != b->messages)
        return a->messages > b->messages ? -1 : 1;
    return a->first_row < b->first_row ? -1 : a->first_row > b->first_row;
}

static void sort(struct grown *g, size_t size, int (*order)(const void *, const void *))
{
    if (g->count)
        qsort(g->items, g->count, size, order);
}

static void report(struct looking *x, struct gaps_report *out)
{
    sort(&x->silences, sizeof(struct gap_silence), silence_by_chance);
    sort(&x->sides, sizeof(struct gap_side), side_by_chance);
    sort(&x->ids, sizeof(struct gap_ids), ids_by_size);
    sort(&x->undated, sizeof(struct gap_undated), undated_by_size);
    out->silences = x->silences.items;
    out->silence_count = x->silences.count;
    out->sides = x->sides.items;
    out->side_count = x->sides.count;
    out->ids = x->ids.items;
    out->id_count = x->ids.count;
    out->undated = x->undated.items;
    out->undated_count = x->undated.count;
    out->silences_examined = x->examined;
}

static void look_at_all(struct looking *x)
{
    for (size_t from = 0, to; from < x->count; from = to) {
        to = from + 1;
        while (to < x->count && x->written[to].conversation_id == x->written[from].conversation_id)
            to++;
        look_for_silences(x, from, to);
        look_for_sides(x, from, to);
    }
}

enum status gaps_run(struct gaps_report *out, struct store *s, const struct gaps_options *options,
                     struct arena *a, struct err *e)
{
    struct looking x = {.store = s, .arena = a};
    *out = (struct gaps_report){.silence_count = 0};
    enum status st = load_names(&x, options, e);
    struct gap_conversation *const counts =
        arena_array(a, x.conversation_count + 1, sizeof *counts);
    for (size_t i = 0; i < x.conversation_count; i++) {
        counts[i].conversation_id = x.conversations[i].id;
        counts[i].conversation = looking_title(&x, x.conversations[i].id);
    }
    if (st == OK)
        st = take_rows(&x, counts, e);
    if (st == OK)
        st = look_for_ids(&x, counts, e);
    if (st == OK) {
        look_at_all(&x);
        report(&x, out);
        out->conversations = counts;
        out->conversation_count = x.conversation_count;
    }
    free(x.written);
    return st;
}
