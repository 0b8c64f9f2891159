/* See graph.h. From ties to edges: a table of sums by period and pair, then sorted for reading. */
#include "graph.h"

#include <stdlib.h>
#include <string.h>

#include "ties.h"

enum { SLOTS_AT_FIRST = 1 << 12 };

struct graph_request graph_request_usual(void)
{
    return (struct graph_request){.query = STR(""),
                                  .weights = {[TIE_REPLY] = 3,
                                              [TIE_MENTION] = 2,
                                              [TIE_TURN] = 1,
                                              [TIE_COPRESENCE] = 0.1,
                                              [TIE_FORWARD] = 2,
                                              [TIE_RECIPIENT] = 1}};
}

/* ---- weights ----------------------------------------------------------------------------------- */

/* "0.25": digits with one dot, no sign, no exponent. */
static bool read_weight(str s, double *out)
{
    double value = 0, scale = 0;
    if (!s.n || s.n > 12)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '.' && scale == 0 && s.n > 1) {
            scale = 1;
            continue;
        }
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        value = 10 * value + (s.p[i] - '0');
        scale *= 10;
    }
    *out = scale > 0 ? value / scale : value;
    return *out <= 1000;
}

enum status graph_weights(struct graph_request *r, str text, struct err *e)
{
    str part;
    while (str_split(&text, ',', &part)) {
        const size_t sign = str_find_byte(part, '=');
        const str name = str_trim(str_sub(part, 0, sign == STR_NONE ? part.n : sign));
        const str value = sign == STR_NONE ? STR("") : str_trim(str_from(part, sign + 1));
        int kind = 0;
        while (kind < TIE_KINDS && !str_eq(name, str_of(tie_name((enum tie_kind)kind))))
            kind++;
        if (kind < TIE_KINDS && read_weight(value, &r->weights[kind]))
            continue;
        fail(e, ERR_QUERY, "\"" STR_FMT "\" is no weight", STR_ARG(str_sub(part, 0, 60)));
        return fail_hint(e, "reply=3,mention=2,turn=1,copresence=0.1,forward=2,to=1 are the usual "
                            "ones; each is from 0 to 1000");
    }
    return OK;
}

/* ---- collecting -------------------------------------------------------------------------------- */

struct maker {
    struct store *s;
    const struct graph_request *r;
    struct columns *c;
    struct roll roll;
    struct graph_edge *edges;
    size_t count, cap;
    uint32_t *slots; /* index + 1 of an edge; 0: empty */
    size_t slot_count;
    int64_t *periods; /* first wall ms of each that was met, ascending */
    size_t period_count, period_cap;
    uint64_t messages;
    bool *linked; /* a node at an edge */
};

/* The number of a period by its first millisecond; there are few, met mostly in order. */
static uint32_t period_number(struct maker *m, int64_t wall_ms)
{
    int64_t from = 0;
    if (m->r->period != PERIOD_ALL) {
        struct civil c = civil_from_ms(wall_ms);
        c = (struct civil){c.year, m->r->period == PERIOD_MONTH ? c.month : 1, 1, 0, 0, 0, 0};
        from = civil_to_ms(&c);
    }
    for (size_t i = m->period_count; i-- > 0;)
        if (m->periods[i] == from)
            return (uint32_t)i;
    if (m->period_count == m->period_cap) {
        m->period_cap = m->period_cap ? 2 * m->period_cap : 32;
        m->periods = realloc(m->periods, m->period_cap * sizeof *m->periods);
        if (!m->periods)
            abort();
    }
    m->periods[m->period_count] = from;
    return (uint32_t)m->period_count++;
}

static uint64_t hash_of(const struct graph_edge *x)
{
    uint64_t h = ((uint64_t)x->from << 32 | x->to) * UINT64_C(0x9E3779B97F4A7C15);
    h ^= h >> 29;
    h += (uint64_t)x->period * UINT64_C(0xBF58476D1CE4E5B9);
    return h ^ h >> 32;
}

static void put_slot(struct maker *m, size_t edge)
{
    size_t at = hash_of(&m->edges[edge]) & (m->slot_count - 1);
    while (m->slots[at])
        at = (at + 1) & (m->slot_count - 1);
    m->slots[at] = (uint32_t)edge + 1;
}

static void grow(struct maker *m)
{
    if (m->count == m->cap) {
        m->cap = m->cap ? 2 * m->cap : 1024;
        m->edges = realloc(m->edges, m->cap * sizeof *m->edges);
    }
    if (2 * m->count >= m->slot_count) {
        m->slot_count = m->slot_count ? 2 * m->slot_count : SLOTS_AT_FIRST;
        free(m->slots);
        m->slots = calloc(m->slot_count, sizeof *m->slots);
        for (size_t i = 0; m->slots && i < m->count; i++)
            put_slot(m, i);
    }
    if (!m->edges || !m->slots)
        abort();
}

static struct graph_edge *edge_of(struct maker *m, const struct graph_edge *wanted)
{
    size_t at = m->slot_count ? hash_of(wanted) & (m->slot_count - 1) : 0;
    for (; m->slot_count && m->slots[at]; at = (at + 1) & (m->slot_count - 1)) {
        struct graph_edge *const x = &m->edges[m->slots[at] - 1];
        if (x->from == wanted->from && x->to == wanted->to && x->period == wanted->period)
            return x;
    }
    grow(m);
    m->edges[m->count] = *wanted;
    put_slot(m, m->count);
    return &m->edges[m->count++];
}

static int64_t wall_of(struct maker *m, int64_t row)
{
    if (TRAIT_BASIS(column_at(m->c, COLUMN_TRAITS, row)) == BASIS_NONE)
        return TIME_NONE;
    return column_at(m->c, COLUMN_TIME, row) + column_at(m->c, COLUMN_OFFSET, row) * MS_PER_MINUTE;
}

static void add_tie(void *context, const struct tie *t)
{
    struct maker *const m = context;
    const int64_t wall_ms = wall_of(m, t->row);
    uint32_t from = m->roll.node_of[t->from] - 1, to = m->roll.node_of[t->to] - 1;
    if (wall_ms == TIME_NONE && m->r->period != PERIOD_ALL)
        return; /* of no period */
    if (m->r->undirected && from > to) {
        const uint32_t swap = from;
        from = to;
        to = swap;
    }
    const struct graph_edge fresh = {.from = from,
                                     .to = to,
                                     .period = period_number(m, wall_ms),
                                     .first_wall_ms = TIME_NONE,
                                     .last_wall_ms = TIME_NONE};
    struct graph_edge *const x = edge_of(m, &fresh);
    /* A day together is told twice, once for each of the two. */
    x->ties[t->kind] += !(m->r->undirected && t->kind == TIE_COPRESENCE && t->from > t->to);
    x->weights[t->kind] += t->weight;
    x->weight += t->weight;
    if (wall_ms != TIME_NONE) {
        if (x->first_wall_ms == TIME_NONE || wall_ms < x->first_wall_ms)
            x->first_wall_ms = wall_ms;
        if (wall_ms > x->last_wall_ms)
            x->last_wall_ms = wall_ms;
    }
    m->linked[from] = m->linked[to] = true;
}

static void count_message(void *context, int64_t row, int64_t participant)
{
    struct maker *const m = context;
    (void)row;
    m->messages++;
    m->roll.nodes[m->roll.node_of[participant] - 1].messages++;
}

/* ---- in order ---------------------------------------------------------------------------------- */

struct placed {
    struct graph_node node;
    uint32_t was;
};

static int by_messages(const void *x, const void *y)
{
    const struct placed *const a = x, *const b = y;
    if (a->node.messages != b->node.messages)
        return a->node.messages > b->node.messages ? -1 : 1;
    const int order = str_cmp(a->node.name, b->node.name);
    return order ? order : (a->was > b->was) - (a->was < b->was);
}

static int by_weight(const void *x, const void *y)
{
    const struct graph_edge *const a = x, *const b = y;
    if (a->period != b->period)
        return a->period < b->period ? -1 : 1;
    if (a->weight != b->weight)
        return a->weight > b->weight ? -1 : 1;
    if (a->from != b->from)
        return a->from < b->from ? -1 : 1;
    return (a->to > b->to) - (a->to < b->to);
}

static void order_nodes(struct graph *g, struct maker *m)
{
    const size_t n = m->roll.node_count;
    struct placed *const all = arena_array(&g->arena, n + 1, sizeof *all);
    uint32_t *const now = arena_array(&g->arena, n + 1, sizeof *now);
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        if (m->roll.nodes[i].messages || m->linked[i])
            all[count++] = (struct placed){m->roll.nodes[i], (uint32_t)i};
    if (count)
        qsort(all, count, sizeof *all, by_messages);
    g->nodes = arena_array(&g->arena, count + 1, sizeof *g->nodes);
    g->node_count = count;
    for (size_t i = 0; i < count; i++) {
        g->nodes[i] = all[i].node;
        now[all[i].was] = (uint32_t)i;
    }
    for (size_t i = 0; i < m->count; i++) {
        struct graph_edge *const x = &m->edges[i];
        const uint32_t a = now[x->from], b = now[x->to];
        x->from = m->r->undirected && a > b ? b : a;
        x->to = m->r->undirected && a > b ? a : b;
    }
}

static int by_number(const void *x, const void *y)
{
    const int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

/* Periods in order of time, and edges renumbered by that. */
static void order_periods(struct graph *g, struct maker *m)
{
    int64_t *const sorted = arena_array(&g->arena, m->period_count + 1, sizeof *sorted);
    g->period_count = m->period_count ? m->period_count : 1;
    g->periods = arena_array(&g->arena, g->period_count, sizeof *g->periods);
    if (m->period_count)
        memcpy(sorted, m->periods, m->period_count * sizeof *sorted);
    qsort(sorted, m->period_count, sizeof *sorted, by_number);
    for (size_t i = 0; i < m->period_count; i++) {
        char date[CIVIL_TEXT];
        const bool month = m->r->period == PERIOD_MONTH;
        g->periods[i].from_wall_ms = sorted[i];
        if (m->r->period != PERIOD_ALL)
            memcpy(g->periods[i].label, civil_print_date(date, sorted[i]), month ? 7 : 4);
    }
    for (size_t i = 0; i < m->count; i++) {
        const int64_t from = m->periods[m->edges[i].period];
        const int64_t *const at = bsearch(&from, sorted, m->period_count, sizeof from, by_number);
        m->edges[i].period = (uint32_t)(at - sorted);
    }
}

static void finish(struct graph *g, struct maker *m)
{
    g->undirected = m->r->undirected;
    g->messages = m->messages;
    order_nodes(g, m);
    order_periods(g, m);
    g->edges = arena_array(&g->arena, m->count + 1, sizeof *g->edges);
    g->edge_count = m->count;
    if (!m->count)
        return;
    memcpy(g->edges, m->edges, m->count * sizeof *g->edges);
    qsort(g->edges, m->count, sizeof *g->edges, by_weight);
}

enum status graph_make(struct graph **out, struct store *s, const struct graph_request *r,
                       struct err *e)
{
    struct graph *const g = calloc(1, sizeof *g);
    struct maker m = {.s = s, .r = r, .c = store_columns(s)};
    struct arena scratch = {0};
    if (!g)
        abort();
    *out = g;
    struct walked w = {.store = s,
                       .request = r,
                       .roll = &m.roll,
                       .visit = add_tie,
                       .wrote = count_message,
                       .context = &m};
    enum status st = roll_call(&m.roll, s, r->handles, &g->arena, e);
    m.linked = arena_array(&g->arena, m.roll.node_count + 1, sizeof *m.linked);
    if (st == OK)
        st = ties_walk(&w, &scratch, e);
    if (st == OK)
        finish(g, &m);
    g->crowded_days = w.crowded_days;
    free(m.edges);
    free(m.slots);
    free(m.periods);
    arena_free(&scratch);
    if (st == OK)
        return OK;
    graph_free(g);
    *out = NULL;
    return st;
}

void graph_free(struct graph *g)
{
    if (!g)
        return;
    arena_free(&g->arena);
    free(g);
}

/* ---- the messages of an edge ------------------------------------------------------------------- */

struct chosen {
    const struct pair *between;
    bool undirected;
    struct tie *p;
    size_t count, cap;
};

static bool holds(const int64_t *ids, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}

static void choose(void *context, const struct tie *t)
{
    struct chosen *const c = context;
    const struct pair *const b = c->between;
    const bool there = holds(b->a, b->a_count, t->from) && holds(b->b, b->b_count, t->to);
    const bool back = holds(b->b, b->b_count, t->from) && holds(b->a, b->a_count, t->to);
    if (!there && !(back && c->undirected && t->kind != TIE_COPRESENCE))
        return;
    if (c->count == c->cap) {
        c->cap = c->cap ? 2 * c->cap : 256;
        c->p = realloc(c->p, c->cap * sizeof *c->p);
        if (!c->p)
            abort();
    }
    c->p[c->count] = *t;
    if (c->undirected && t->kind == TIE_COPRESENCE)
        c->p[c->count].weight *= 2;
    c->count++;
}

static int by_row(const void *x, const void *y)
{
    const struct tie *const a = x, *const b = y;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return (a->kind > b->kind) - (a->kind < b->kind);
}

enum status graph_ties(struct store *s, const struct graph_request *r, const struct pair *between,
                       struct arena *a, struct tie **out, size_t *count, struct err *e)
{
    struct chosen c = {.between = between, .undirected = r->undirected};
    struct arena scratch = {0};
    struct roll roll;
    struct walked w = {.store = s, .request = r, .roll = &roll, .visit = choose, .context = &c};
    enum status st = roll_call(&roll, s, r->handles, &scratch, e);
    if (st == OK)
        st = ties_walk(&w, &scratch, e);
    *out = arena_array(a, c.count + 1, sizeof **out);
    *count = c.count;
    if (c.count) {
        memcpy(*out, c.p, c.count * sizeof **out);
        qsort(*out, c.count, sizeof **out, by_row);
    }
    free(c.p);
    arena_free(&scratch);
    return st;
}
