/* stet people: who wrote, how much, from when to when. */
#include "cli.h"
#include "list.h"

static enum status read_people(struct cli *c, struct archive *a, struct list *l, struct err *e)
{
    struct participant_row *people;
    enum status st = archive_people(a, &c->arena, &people, &l->count, e);
    if (st != OK)
        return st;
    l->rows = arena_array(&c->arena, l->count, sizeof *l->rows);
    for (size_t i = 0; i < l->count && st == OK; i++) {
        struct list_row *const r = &l->rows[i];
        *r = (struct list_row){.id = people[i].id,
                               .name = people[i].name,
                               .key = people[i].key,
                               .messages = people[i].messages,
                               .events = people[i].events,
                               .participants = -1};
        const struct span_of of = {COLUMN_SENDER, r->id, people[i].first_row, people[i].last_row};
        st = archive_span(a, &of, &r->first_wall_ms, &r->last_wall_ms, e);
    }
    return st;
}

enum exit_status cmd_people(struct cli *c)
{
    struct err e = {0};
    struct archive *a = NULL;
    struct list l = {.type = "person", .one = "person", .many = "people"};
    enum status st = cli_open(c, &a, &e);
    if (st == OK)
        st = read_people(c, a, &l, &e);
    archive_close(a);
    return st == OK ? list_print(c, &l) : cli_fail(c, &e);
}
