/*
 * Days without a message, against the days around them; and days on which only one of two wrote. A
 * conversation's messages are first put together into days, then looked at for the whole conversation and
 * for each person in it.
 */
#include "gaps_parts.h"

#include <stdlib.h>

/* A day on which somebody wrote, with the first and the last message of it. */
struct day {
    int64_t day;
    const struct written *first, *last;
};

struct days {
    struct day *items; /* malloc'd */
    size_t count;
};

/* Days of one person, or of all (0). */
static struct days days_of(const struct written *w, size_t count, int64_t participant_id)
{
    struct days d = {.items = calloc(count + 1, sizeof *d.items)};
    if (!d.items)
        abort();
    for (size_t i = 0; i < count; i++) {
        if (participant_id && w[i].participant_id != participant_id)
            continue;
        if (!d.count || d.items[d.count - 1].day != w[i].day)
            d.items[d.count++] = (struct day){.day = w[i].day, .first = &w[i]};
        d.items[d.count - 1].last = &w[i];
    }
    return d;
}

/* Days written on in the window before item i and after item i + 1; days that the window has there, as far
   as the conversation reaches. */
static void look_around(const struct days *d, size_t i, int64_t first_day, int64_t last_day,
                        uint32_t *written, uint32_t *around)
{
    const int64_t before = d->items[i].day, after = d->items[i + 1].day;
    const int64_t from =
        before - GAPS_WINDOW_DAYS + 1 > first_day ? before - GAPS_WINDOW_DAYS + 1 : first_day;
    const int64_t until =
        after + GAPS_WINDOW_DAYS - 1 < last_day ? after + GAPS_WINDOW_DAYS - 1 : last_day;
    *written = 0;
    for (size_t k = i + 1; k > 0 && d->items[k - 1].day >= from; k--)
        ++*written;
    for (size_t k = i + 1; k < d->count && d->items[k].day <= until; k++)
        ++*written;
    *around = (uint32_t)(before - from + 1 + until - after + 1);
}

static double power(double base, uint32_t exponent)
{
    double result = 1;
    for (; exponent; exponent >>= 1, base *= base)
        if (exponent & 1)
            result *= base;
    return result;
}

static double chance_of(uint32_t hits, uint32_t of, uint32_t run)
{
    /* One more day of each kind: a rate of 1 would make anything impossible (Laplace's rule). */
    const double rate = ((double)hits + 1) / ((double)of + 2);
    return power(1 - rate, run);
}

static void add_silence(struct looking *x, const struct days *d, size_t i, int64_t person,
                        const struct gap_silence *found)
{
    const struct written *const last = d->items[i].last, *const next = d->items[i + 1].first;
    struct gap_silence *const s = grown_add(&x->silences, x->arena, sizeof *s);
    *s = *found;
    s->conversation_id = last->conversation_id;
    s->conversation = looking_title(x, last->conversation_id);
    s->participant_id = person;
    s->person = person ? looking_name(x, person) : STR("");
    s->last_row = last->row;
    s->next_row = next->row;
    s->last_wall_ms = last->wall_ms;
    s->next_wall_ms = next->wall_ms;
}

static void silences_of(struct looking *x, const struct written *w, size_t count, int64_t person)
{
    struct days d = days_of(w, count, person);
    for (size_t i = 0; i + 1 < d.count; i++) {
        struct gap_silence found = {.days = 0};
        const int64_t between = d.items[i + 1].day - d.items[i].day - 1;
        if (between < 1)
            continue;
        x->examined++;
        found.days = (uint32_t)(between < INT32_MAX ? between : INT32_MAX);
        look_around(&d, i, w[0].day, w[count - 1].day, &found.days_written, &found.days_around);
        found.chance = chance_of(found.days_written, found.days_around, found.days);
        if (found.days_written >= GAPS_DAYS_MIN && found.chance * GAPS_CHANCE_MAX <= 1)
            add_silence(x, &d, i, person, &found);
    }
    free(d.items);
}

static int by_id(const void *left, const void *right)
{
    const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
    return a < b ? -1 : a > b;
}

/* Everybody who wrote, each once; malloc'd. */
static int64_t *people_of(const struct written *w, size_t count, size_t *people)
{
    int64_t *const ids = calloc(count + 1, sizeof *ids);
    size_t n = 0;
    if (!ids)
        abort();
    for (size_t i = 0; i < count; i++)
        ids[i] = w[i].participant_id;
    qsort(ids, count, sizeof *ids, by_id);
    for (size_t i = 0; i < count; i++)
        if (ids[i] && (!n || ids[n - 1] != ids[i]))
            ids[n++] = ids[i];
    *people = n;
    return ids;
}

void look_for_silences(struct looking *x, size_t from, size_t to)
{
    const struct written *const w = x->written + from;
    const size_t count = to - from;
    size_t people;
    int64_t *const ids = people_of(w, count, &people);
    silences_of(x, w, count, 0);
    for (size_t i = 0; i < people && people > 1; i++)
        silences_of(x, w, count, ids[i]);
    free(ids);
}

/* ---- one side only ---------------------------------------------------------------------------- */

/* A run of days on which only `present` wrote. */
struct run {
    int64_t present;
    uint32_t days;
    const struct written *first, *last;
};

static int64_t other_of(const int64_t *two, int64_t one)
{
    return two[0] == one ? two[1] : two[0];
}

static void end_run(struct looking *x, const struct run *r, const int64_t *two, uint32_t both,
                    uint32_t all)
{
    const double chance = chance_of(both, all, r->days);
    if (!r->days || both < GAPS_DAYS_MIN || chance * GAPS_CHANCE_MAX > 1)
        return;
    struct gap_side *const s = grown_add(&x->sides, x->arena, sizeof *s);
    *s = (struct gap_side){.conversation_id = r->first->conversation_id,
                           .conversation = looking_title(x, r->first->conversation_id),
                           .present = looking_name(x, r->present),
                           .absent = looking_name(x, other_of(two, r->present)),
                           .first_row = r->first->row,
                           .last_row = r->last->row,
                           .first_wall_ms = r->first->wall_ms,
                           .last_wall_ms = r->last->wall_ms,
                           .days = r->days,
                           .days_both = both,
                           .days_written = all,
                           .chance = chance};
}

/* The only one who wrote on a day; 0 if both did. */
static int64_t only_one(const struct day *d)
{
    for (const struct written *w = d->first; w <= d->last; w++)
        if (w->participant_id != d->first->participant_id)
            return 0;
    return d->first->participant_id;
}

static void look_at_runs(struct looking *x, const struct days *d, const int64_t *two)
{
    struct run r = {.days = 0};
    uint32_t both = 0;
    for (size_t i = 0; i < d->count; i++)
        both += only_one(&d->items[i]) == 0;
    for (size_t i = 0; i < d->count; i++) {
        const int64_t one = only_one(&d->items[i]);
        if (!one || one != r.present) {
            end_run(x, &r, two, both, (uint32_t)d->count);
            r = (struct run){.present = one, .first = d->items[i].first};
        }
        r.days += one != 0;
        r.last = d->items[i].last;
    }
    end_run(x, &r, two, both, (uint32_t)d->count);
}

void look_for_sides(struct looking *x, size_t from, size_t to)
{
    const struct written *const w = x->written + from;
    size_t people;
    int64_t *const ids = people_of(w, to - from, &people);
    if (people == 2) {
        struct days d = days_of(w, to - from, 0);
        look_at_runs(x, &d, ids);
        free(d.items);
    }
    free(ids);
}
