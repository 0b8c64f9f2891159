/* Who is a node of the graph: persons that handles were joined to, and every other handle. */
#include <string.h>

#include "identity.h"
#include "ties.h"

static void add_node(struct roll *r, const struct graph_node *node)
{
    r->nodes[r->node_count++] = *node;
}

static str more_handles(struct arena *a, str before, str name)
{
    return before.n ? arena_printf(a, STR_FMT ", " STR_FMT, STR_ARG(before), STR_ARG(name)) : name;
}

static enum status place(struct roll *r, struct store *s, const struct participant_row *p,
                         struct arena *a, struct err *e)
{
    const str name = p->name.n ? p->name : p->key;
    struct identity is;
    const enum status st = identity_of(s, p->id, &is, e);
    if (st != OK)
        return st;
    for (size_t i = 0; is.person && i < r->node_count; i++) {
        if (r->nodes[i].person != is.person)
            continue;
        r->nodes[i].handles = more_handles(a, r->nodes[i].handles, name);
        r->node_of[p->id] = (uint32_t)i + 1;
        return OK;
    }
    add_node(r, &(struct graph_node){.name = is.person ? arena_dup(a, is.name) : name,
                                     .handles = is.person ? name : STR(""),
                                     .person = is.person,
                                     .participant = is.person ? 0 : p->id});
    r->node_of[p->id] = (uint32_t)r->node_count;
    return OK;
}

enum status roll_call(struct roll *out, struct store *s, bool handles, struct arena *a,
                      struct err *e)
{
    *out = (struct roll){.count = 0};
    enum status st = store_participants(s, a, &out->people, &out->count, e);
    if (st != OK)
        return st;
    for (size_t i = 0; i < out->count; i++)
        out->max_id = out->people[i].id > out->max_id ? out->people[i].id : out->max_id;
    out->node_of = arena_array(a, (size_t)out->max_id + 1, sizeof *out->node_of);
    out->nodes = arena_array(a, out->count + 1, sizeof *out->nodes);
    for (size_t i = 0; i < out->count && st == OK; i++) {
        const struct participant_row *const p = &out->people[i];
        if (!handles) {
            st = place(out, s, p, a, e);
            continue;
        }
        add_node(out, &(struct graph_node){.name = p->name.n ? p->name : p->key,
                                           .handles = STR(""),
                                           .participant = p->id});
        out->node_of[p->id] = (uint32_t)out->node_count;
    }
    return st;
}
