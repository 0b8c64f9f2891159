/*
 * Ties that a message names itself. What the source marks as a mention counts, and so does an @handle in
 * the text that is the handle or the name of exactly one participant; both together count once.
 */
#include <stdlib.h>

#include "called.h"
#include "links.h"
#include "relations.h"
#include "ties.h"

/* ---- collecting -------------------------------------------------------------------------------- */

struct collected {
    struct arena *a, scratch;
    const struct roll *roll;
    struct calls calls;
    struct named_tie *p;
    size_t count, cap;
};

static void add(struct collected *c, const struct named_tie *t)
{
    if (t->other <= 0 || t->other > c->roll->max_id || !c->roll->node_of[t->other])
        return;
    if (c->count == c->cap) {
        c->cap = c->cap ? 2 * c->cap : 1024;
        c->p = realloc(c->p, c->cap * sizeof *c->p);
        if (!c->p)
            abort();
    }
    c->p[c->count++] = *t;
}

static void add_relation(void *context, const struct relation *r)
{
    struct collected *const c = context;
    struct named_tie t = {TIE_REPLY, r->row, r->other, r->other_row};
    switch (r->kind) {
    case RELATION_REPLY: break;
    case RELATION_FORWARD:
        t.kind = TIE_FORWARD;
        t.other = calls_find(&c->calls, &c->scratch, r->name);
        break;
    case RELATION_MENTION: t.kind = TIE_MENTION; break;
    case RELATION_RECIPIENT: t.kind = TIE_RECIPIENT; break;
    }
    add(c, &t);
    arena_clear(&c->scratch);
}

static void add_mentions(struct collected *c, int64_t row, str text)
{
    struct link_scan scan = link_scan_of(text);
    struct link l;
    while (link_next(&scan, &l)) {
        if (l.kind != LINK_MENTION)
            continue;
        const str handle = str_sub(text, l.at + 1, l.end - l.at - 1);
        add(c,
            &(struct named_tie){TIE_MENTION, row, calls_find(&c->calls, &c->scratch, handle), 0});
    }
    arena_clear(&c->scratch);
}

static enum status scan_texts(struct collected *c, struct store *s, struct err *e)
{
    struct columns *const columns = store_columns(s);
    enum status st = OK;
    for (int64_t row = 1; row <= columns_rows(columns) && st == OK; row++) {
        const int64_t traits = column_at(columns, COLUMN_TRAITS, row);
        str text;
        if (!(TRAIT_FLAGS(traits) & FLAG_MENTION) || TRAIT_KIND(traits) == KIND_EVENT)
            continue;
        st = store_text(s, row, &text, e);
        if (st == OK)
            add_mentions(c, row, text);
    }
    return st == OK ? columns_failed(columns, e) : st;
}

static int by_row(const void *x, const void *y)
{
    const struct named_tie *const a = x, *const b = y;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->kind != b->kind)
        return a->kind < b->kind ? -1 : 1;
    return (a->other > b->other) - (a->other < b->other);
}

enum status ties_named(struct store *s, const struct roll *roll, struct arena *a,
                       struct named_tie **out, size_t *count, struct err *e)
{
    struct collected c = {.a = a, .roll = roll, .calls = calls_of(roll->people, roll->count, a)};
    enum status st = store_relations(s, add_relation, &c, e);
    if (st == OK)
        st = scan_texts(&c, s, e);
    *out = arena_array(a, c.count + 1, sizeof **out);
    *count = 0;
    if (c.count)
        qsort(c.p, c.count, sizeof *c.p, by_row);
    for (size_t i = 0; i < c.count; i++)
        if (!*count || by_row(&c.p[i], &(*out)[*count - 1]) != 0)
            (*out)[(*count)++] = c.p[i];
    free(c.p);
    arena_free(&c.scratch);
    return st;
}
