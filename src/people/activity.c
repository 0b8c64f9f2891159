/* Hours, weekdays, months and pauses of some handles: see presence.h. */
#include "presence.h"

#include <stdlib.h>

#include "in_order.h"

struct last_said {
    int64_t utc_ms, row;
    bool theirs, dated;
};

struct counter {
    struct columns *c;
    const int64_t *ids;
    size_t id_count;
    struct activity *out;
    struct last_said *last; /* by conversation */
    int64_t max_conversation;
    int64_t *months; /* of each message, months since year 0 */
    size_t month_count, month_cap;
    int64_t *waits;
    size_t wait_count, wait_cap;
};

static void push(int64_t **p, size_t *count, size_t *cap, int64_t value)
{
    if (*count == *cap) {
        *cap = *cap ? 2 * *cap : 1024;
        *p = realloc(*p, *cap * sizeof **p);
        if (!*p)
            abort();
    }
    (*p)[(*count)++] = value;
}

static bool holds(const struct counter *k, int64_t id)
{
    for (size_t i = 0; i < k->id_count; i++)
        if (k->ids[i] == id)
            return true;
    return false;
}

static void count_time(struct counter *k, int64_t row)
{
    const int64_t wall_ms =
        column_at(k->c, COLUMN_TIME, row) + column_at(k->c, COLUMN_OFFSET, row) * MS_PER_MINUTE;
    const struct civil when = civil_from_ms(wall_ms);
    k->out->hours[when.hour]++;
    k->out->weekdays[civil_weekday(wall_ms)]++;
    push(&k->months, &k->month_count, &k->month_cap, when.year * INT64_C(12) + when.month - 1);
}

static void count_row(void *context, int64_t row)
{
    struct counter *const k = context;
    const int64_t traits = column_at(k->c, COLUMN_TRAITS, row);
    const int64_t conversation = column_at(k->c, COLUMN_CONVERSATION, row);
    const int64_t sender = column_at(k->c, COLUMN_SENDER, row);
    if (TRAIT_KIND(traits) == KIND_EVENT || sender <= 0 || conversation > k->max_conversation)
        return;
    struct last_said *const last = &k->last[conversation];
    const int64_t utc_ms = column_at(k->c, COLUMN_TIME, row);
    const bool theirs = holds(k, sender), dated = TRAIT_BASIS(traits) != BASIS_NONE;
    const int64_t wait = utc_ms - last->utc_ms;
    if (theirs && dated && last->row && !last->theirs && last->dated && wait >= 0 &&
        wait < RESPONSE_HOURS * MS_PER_HOUR)
        push(&k->waits, &k->wait_count, &k->wait_cap, wait);
    *last = (struct last_said){utc_ms, row, theirs, dated};
    if (!theirs)
        return;
    k->out->messages++;
    k->out->undated += !dated;
    if (dated)
        count_time(k, row);
}

static int by_number(const void *x, const void *y)
{
    const int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

/* The middle of sorted numbers, between the two middle ones if they are even in number; the quartiles
   likewise at a quarter and three quarters of the way. */
static int64_t quantile(const int64_t *sorted, size_t count, unsigned quarters)
{
    const size_t way = (count - 1) * quarters;
    const int64_t low = sorted[way / 4], high = sorted[way / 4 + (way % 4 != 0)];
    return low + (high - low) * (int64_t)(way % 4) / 4;
}

static void sum_up(struct counter *k, struct arena *a)
{
    struct activity *const out = k->out;
    if (k->wait_count) {
        qsort(k->waits, k->wait_count, sizeof *k->waits, by_number);
        out->response_quarter_ms = quantile(k->waits, k->wait_count, 1);
        out->response_median_ms = quantile(k->waits, k->wait_count, 2);
        out->response_three_quarters_ms = quantile(k->waits, k->wait_count, 3);
    }
    out->responses = k->wait_count;
    if (!k->month_count)
        return;
    qsort(k->months, k->month_count, sizeof *k->months, by_number);
    const int64_t first = k->months[0], last = k->months[k->month_count - 1];
    out->month_count = (size_t)(last - first) + 1;
    out->months = arena_array(a, out->month_count, sizeof *out->months);
    for (size_t i = 0; i < out->month_count; i++) {
        const int64_t month = first + (int64_t)i;
        out->months[i].from_wall_ms = civil_to_ms(
            &(struct civil){.year = (int)(month / 12), .month = (int)(month % 12) + 1, .day = 1});
    }
    for (size_t i = 0; i < k->month_count; i++)
        out->months[k->months[i] - first].messages++;
}

enum status presence_activity(struct store *s, const int64_t *ids, size_t id_count, struct arena *a,
                              struct activity *out, struct err *e)
{
    struct counter k = {.c = store_columns(s), .ids = ids, .id_count = id_count, .out = out};
    struct conversation_row *conversations;
    size_t count;
    *out = (struct activity){0};
    const enum status st = store_conversations(s, a, &conversations, &count, e);
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        if (conversations[i].id > k.max_conversation)
            k.max_conversation = conversations[i].id;
    k.last = arena_array(a, (size_t)k.max_conversation + 1, sizeof *k.last);
    rows_in_order(k.c, count_row, &k);
    sum_up(&k, a);
    free(k.months);
    free(k.waits);
    return columns_failed(k.c, e);
}
