/* The steps of a comparison in their order; each is a file. */
#include "compare_parts.h"

#include <stdlib.h>

static void clear_order(struct comparison *c)
{
    for (size_t i = 0; i < c->left.count; i++)
        c->left.items[i].differs &= ~(uint32_t)DIFFERS_ORDER;
}

/* Where the files are in different orders, that of time is what they share; then equals of one moment may
   stand in either order, which means nothing. */
static bool settle_order(struct comparison *c)
{
    match_equal(c);
    if (order_mark(c))
        return true;
    side_sort_by_time(&c->left);
    side_sort_by_time(&c->right);
    match_equal(c);
    (void)order_mark(c);
    return false;
}

static enum status run(struct comparison *c, const struct compare_side_of *left,
                       const struct compare_side_of *right, struct err *e)
{
    enum status st = side_load(c, &c->left, left, e);
    if (st == OK)
        st = side_load(c, &c->right, right, e);
    if (st != OK)
        return st;
    match_clocks(c);
    c->facts.by_place = settle_order(c);
    st = gaps_pair(c, e);
    if (!c->facts.by_place)
        clear_order(c);
    c->facts.left = c->left.count;
    c->facts.right = c->right.count;
    return st == OK ? tell_findings(c, e) : st;
}

enum status compare_run(struct comparison **out, const struct compare_side_of *left,
                        const struct compare_side_of *right, struct err *e)
{
    struct comparison *const c = calloc(1, sizeof *c);
    *out = NULL;
    if (!c)
        abort();
    const enum status st = run(c, left, right, e);
    if (st != OK) {
        compare_close(c);
        return st;
    }
    *out = c;
    return OK;
}

const struct compare_facts *compare_facts(const struct comparison *c)
{
    return &c->facts;
}

static void names_free(struct names *n)
{
    arena_free(&n->arena);
    free(n->list);
    free(n->slots);
}

void compare_close(struct comparison *c)
{
    if (!c)
        return;
    free(c->left.items);
    free(c->right.items);
    free((void *)c->facts.findings);
    names_free(&c->names);
    names_free(&c->members);
    arena_free(&c->arena);
    free(c);
}

enum status compare_messages(const struct comparison *c, const struct compare_finding *f,
                             struct arena *a, struct stored *left, struct stored *right,
                             struct err *e)
{
    enum status st = OK;
    *left = *right = (struct stored){.row = 0, .message = message_empty()};
    if (f->left_row)
        st = store_message(c->left.of.store, f->left_row, a, left, e);
    if (st == OK && f->right_row)
        st = store_message(c->right.of.store, f->right_row, a, right, e);
    return st;
}
