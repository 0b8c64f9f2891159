/* stet people: who wrote, how much, from when to when; and the words that follow it. */
#include "identity.h"
#include "list.h"
#include "people.h"

#include <string.h>

static enum status read_person(struct archive *a, struct list *l, struct list_row *r, struct err *e)
{
    struct identity is;
    const enum status st = identity_of(archive_store(a), r->id, &is, e);
    if (st != OK)
        return st;
    r->person = is.name;
    r->hands = is.hands;
    l->any_person |= is.name.n || is.hands.n;
    return OK;
}

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
        if (st == OK)
            st = read_person(a, l, r, e);
    }
    return st;
}

static enum exit_status list_people(struct cli *c)
{
    struct err e = {0};
    struct archive *a = NULL;
    struct list l = {.type = "person", .one = "person", .many = "people"};
    enum status st = cli_open(c, &a, &e);
    if (st == OK)
        st = read_people(c, a, &l, &e);
    const enum exit_status out = st == OK ? list_print(c, &l) : cli_fail(c, &e);
    archive_close(a);
    return out;
}

str people_words(struct cli *c, int from)
{
    struct buf b = buf_new(BUF_LINE_MAX);
    for (int i = from; i < c->opts.arg_count; i++)
        buf_addf(&b, "%s%s", i > from ? " " : "", c->opts.args[i]);
    const str copy = arena_dup(&c->arena, buf_str(&b));
    buf_free(&b);
    return copy;
}

enum exit_status cmd_people(struct cli *c)
{
    static const struct {
        const char *name;
        enum exit_status (*run)(struct cli *c);
    } words[] = {
        {"join", people_join},         {"split", people_split},
        {"rename", people_rename},     {"hands", people_hands},
        {"suggest", people_suggest},   {"lookalikes", people_lookalikes},
        {"presence", people_presence},
    };
    if (!c->opts.arg_count)
        return list_people(c);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(c->opts.args[0], words[i].name) == 0)
            return words[i].run(c);
    return people_card(c);
}
