/* One side of a comparison: its messages as small items, in the order in which they stand. */
#include "compare_parts.h"

#include "scan.h"
#include "sha256.h"

#include <stdlib.h>
#include <string.h>

/* ---- names ------------------------------------------------------------------------------------ */

static void names_grow(struct names *n)
{
    n->cap = n->cap ? 2 * n->cap : 64;
    n->list = realloc(n->list, n->cap / 2 * sizeof *n->list);
    free(n->slots);
    n->slots = calloc(n->cap, sizeof *n->slots);
    if (!n->list || !n->slots)
        abort();
    for (size_t i = 0; i < n->count; i++) {
        size_t at = str_hash(n->list[i]) & (n->cap - 1);
        while (n->slots[at])
            at = (at + 1) & (n->cap - 1);
        n->slots[at] = (uint32_t)i + 1;
    }
}

uint32_t names_index(struct names *n, str name)
{
    if (2 * n->count >= n->cap)
        names_grow(n);
    size_t at = str_hash(name) & (n->cap - 1);
    for (; n->slots[at]; at = (at + 1) & (n->cap - 1))
        if (str_eq(n->list[n->slots[at] - 1], name))
            return n->slots[at] - 1;
    n->list[n->count] = arena_dup(&n->arena, name);
    n->slots[at] = (uint32_t)++n->count;
    return (uint32_t)n->count - 1;
}

/* ---- items ------------------------------------------------------------------------------------ */

static struct item *add_item(struct side *s)
{
    if (s->count == s->cap) {
        s->cap = s->cap ? 2 * s->cap : 1024;
        s->items = realloc(s->items, s->cap * sizeof *s->items);
        if (!s->items)
            abort();
    }
    return &s->items[s->count++];
}

static struct item item_of(struct comparison *c, const struct scanned *m)
{
    const struct sha256_digest d = sha256_of(m->text);
    struct item x = {.row = m->row,
                     .sender = names_index(&c->names, m->sender_name),
                     .conversation = (uint32_t)m->conversation_id,
                     .partner = NO_PARTNER,
                     .flags = m->flags,
                     .length = (uint32_t)m->text.n,
                     .kind = m->kind,
                     .source = (uint32_t)m->source_id,
                     .member = names_index(&c->members, m->member),
                     .at = m->at,
                     .wall_ms = m->time.wall_ms,
                     .utc_ms = m->time.utc_ms};
    memcpy(&x.text, d.bytes, sizeof x.text);
    memcpy(&x.check, d.bytes + sizeof x.text, sizeof x.check);
    return x;
}

static enum status read_rows(struct comparison *c, struct side *s, struct err *e)
{
    struct scan *scan = NULL;
    struct scanned m;
    enum step step = STEP_DONE;
    enum status st = scan_open(&scan, s->of.store, e);
    while (st == OK && (step = scan_next(scan, &m, e)) == STEP_ROW) {
        if (s->of.conversation_id && m.conversation_id != s->of.conversation_id)
            continue;
        *add_item(s) = item_of(c, &m);
        if (m.time.basis != BASIS_NONE && m.time.basis < s->basis)
            s->basis = m.time.basis;
        if (s->count >= INT32_MAX)
            st = fail(e, ERR_LIMIT, "more than %d messages cannot be compared", INT32_MAX - 1);
    }
    scan_close(scan);
    return st == OK && step == STEP_ERROR ? e->code : st;
}

/* ---- one source ------------------------------------------------------------------------------- */

static int by_row(const void *key, const void *item)
{
    const int64_t row = *(const int64_t *)key, other = ((const struct item *)item)->row;
    return row < other ? -1 : row > other;
}

/* The items of a source, at its own places; a message that stands in it twice comes twice. */
static enum status keep_source(struct comparison *c, struct side *s, struct err *e)
{
    struct arena a = {.first = NULL};
    struct place *places = NULL;
    size_t count = 0;
    const struct side all = *s;
    enum status st = store_places(s->of.store, s->of.source_id, &a, &places, &count, e);
    s->items = NULL;
    s->count = s->cap = 0;
    for (size_t i = 0; i < count && st == OK; i++) {
        const struct item *const found =
            all.count ? bsearch(&places[i].row, all.items, all.count, sizeof *found, by_row) : NULL;
        if (!found) /* of another conversation */
            continue;
        struct item *const x = add_item(s);
        *x = *found;
        x->source = (uint32_t)s->of.source_id;
        x->member = names_index(&c->members, places[i].member);
        x->at = places[i].at;
    }
    free(all.items);
    arena_free(&a);
    return st;
}

/* ---- order ------------------------------------------------------------------------------------ */

static int compare_numbers(uint64_t x, uint64_t y)
{
    return x < y ? -1 : x > y;
}

static int by_place(const void *a, const void *b)
{
    const struct item *const x = a, *const y = b;
    int order = compare_numbers(x->source, y->source);
    if (!order)
        order = compare_numbers(x->member, y->member);
    if (!order)
        order = compare_numbers(x->at, y->at);
    return order ? order : compare_numbers((uint64_t)x->row, (uint64_t)y->row);
}

static int by_time(const void *a, const void *b)
{
    const struct item *const x = a, *const y = b;
    if (x->ms != y->ms)
        return x->ms < y->ms ? -1 : 1;
    return by_place(a, b);
}

void side_sort_by_time(struct side *s)
{
    if (s->count)
        qsort(s->items, s->count, sizeof *s->items, by_time);
}

static void count_sources(struct side *s)
{
    for (size_t i = 0; i < s->count; i++)
        s->sources += i == 0 || s->items[i].source != s->items[i - 1].source ||
                      s->items[i].member != s->items[i - 1].member;
}

enum status side_load(struct comparison *c, struct side *s, const struct compare_side_of *of,
                      struct err *e)
{
    s->of = *of;
    s->basis = BASIS_COUNT;
    enum status st = read_rows(c, s, e);
    if (st == OK && of->source_id)
        st = keep_source(c, s, e);
    if (s->count)
        qsort(s->items, s->count, sizeof *s->items, by_place);
    count_sources(s);
    return st;
}
