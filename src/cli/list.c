/* What the lists of people and of conversations share. */
#include "list.h"
#include "print_message.h"
#include "table.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const struct list_row *)a)->name, ((const struct list_row *)b)->name);
}

/* Undated ones last, as TIME_NONE is the smallest of all numbers. */
static int by_time(int64_t a, int64_t b)
{
    if (a == TIME_NONE || b == TIME_NONE)
        return (a == TIME_NONE) - (b == TIME_NONE);
    return (a > b) - (a < b);
}

static int by_first(const void *a, const void *b)
{
    return by_time(((const struct list_row *)a)->first_wall_ms,
                   ((const struct list_row *)b)->first_wall_ms);
}

static int by_last(const void *a, const void *b)
{
    return by_time(((const struct list_row *)a)->last_wall_ms,
                   ((const struct list_row *)b)->last_wall_ms);
}

static void sort(struct list *l, const char *order)
{
    if (!order || strcmp(order, "messages") == 0 || !l->count)
        return;
    if (strcmp(order, "name") == 0)
        qsort(l->rows, l->count, sizeof *l->rows, by_name);
    else
        qsort(l->rows, l->count, sizeof *l->rows, strcmp(order, "first") == 0 ? by_first : by_last);
}

static uint64_t all_messages(const struct list *l)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < l->count; i++)
        sum += l->rows[i].messages;
    return sum;
}

static void json_row(struct cli *c, const struct list *l, const struct list_row *r)
{
    struct json j = cli_json(c, l->type);
    json_key(&j, "id");
    json_int(&j, r->id);
    json_key(&j, "name");
    json_text(&j, r->name);
    json_key(&j, "key");
    json_text(&j, r->key);
    if (r->person.n) {
        json_key(&j, "person");
        json_text(&j, r->person);
    }
    if (r->hands.n) {
        json_key(&j, "hands");
        json_text(&j, r->hands);
    }
    json_key(&j, "messages");
    json_int(&j, (int64_t)r->messages);
    json_key(&j, "events");
    json_int(&j, (int64_t)r->events);
    if (r->participants >= 0) {
        json_key(&j, "participants");
        json_int(&j, r->participants);
    }
    answer_stamp(&j, "first", r->first_wall_ms);
    answer_stamp(&j, "last", r->last_wall_ms);
    cli_json_end(c, &j);
}

static str share_text(struct arena *a, uint64_t part, uint64_t whole)
{
    if (!whole)
        return STR("");
    return arena_printf(a, "%.1f%%", 100.0 * (double)part / (double)whole);
}

/* With whom the handle was joined, and that several use it. */
static str person_cell(struct arena *a, const struct list_row *r)
{
    if (!r->hands.n)
        return r->person;
    return arena_printf(a, STR_FMT "%s[" STR_FMT "]", STR_ARG(r->person), r->person.n ? " " : "",
                        STR_ARG(r->hands));
}

static void add_row(struct table *t, const struct list *l, const struct list_row *r, uint64_t whole)
{
    struct arena *const a = t->arena;
    table_add(t, r->name.n ? r->name : r->key);
    if (l->any_person)
        table_add(t, person_cell(a, r));
    table_add(t, count_text(a, r->messages, "message", "messages"));
    table_add(t, share_text(a, r->messages, whole));
    table_add(t, r->events ? count_text(a, r->events, "event", "events") : STR(""));
    if (r->participants >= 0)
        table_add(t, count_text(a, (uint64_t)r->participants, "person", "people"));
    table_add(t, span_text(a, r->first_wall_ms, r->last_wall_ms));
}

enum exit_status list_print(struct cli *c, struct list *l)
{
    sort(l, cli_value(c, OPT_SORT));
    const uint64_t whole = all_messages(l);
    struct table t =
        table_new(&c->arena, l->any_person ? "llrrrs"
                             : l->count && l->rows[0].participants >= 0 ? "lrrrrs" : "lrrrs");
    for (size_t i = 0; i < l->count; i++) {
        if (c->json)
            json_row(c, l, &l->rows[i]);
        else
            add_row(&t, l, &l->rows[i], whole);
    }
    if (c->json)
        return l->count ? EXIT_DONE : EXIT_NOTHING;
    table_print(&t, &c->out);
    if (!c->quiet)
        term_addf(&c->out, STR_FMT "\n", STR_ARG(count_text(&c->arena, l->count, l->one, l->many)));
    return l->count ? EXIT_DONE : EXIT_NOTHING;
}
