/* stet conversations: what was talked where, how much, from when to when. */
#include "cli.h"
#include "list.h"

static enum status read_conversations(struct cli *c, struct archive *a, struct list *l,
                                      struct err *e)
{
    struct conversation_row *rows;
    enum status st = archive_conversations(a, &c->arena, &rows, &l->count, e);
    if (st != OK)
        return st;
    l->rows = arena_array(&c->arena, l->count, sizeof *l->rows);
    for (size_t i = 0; i < l->count && st == OK; i++) {
        struct list_row *const r = &l->rows[i];
        *r = (struct list_row){.id = rows[i].id,
                               .name = rows[i].title,
                               .key = rows[i].key,
                               .messages = rows[i].messages,
                               .events = rows[i].events,
                               .participants = rows[i].participants};
        const struct span_of of = {COLUMN_CONVERSATION, r->id, rows[i].first_row, rows[i].last_row};
        st = archive_span(a, &of, &r->first_wall_ms, &r->last_wall_ms, e);
    }
    return st;
}

enum exit_status cmd_conversations(struct cli *c)
{
    struct err e = {0};
    struct archive *a = NULL;
    struct list l = {.type = "conversation", .one = "conversation", .many = "conversations"};
    enum status st = cli_open(c, &a, &e);
    if (st == OK)
        st = read_conversations(c, a, &l, &e);
    archive_close(a);
    return st == OK ? list_print(c, &l) : cli_fail(c, &e);
}
