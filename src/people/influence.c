/*
 * Measures of a graph, by igraph 0.10 (https://igraph.org/c/): PageRank with damping 0.85 (PRPACK),
 * betweenness and closeness over shortest paths, where an edge is as long as 1 / weight, groups by the
 * Leiden algorithm (Traag, Waltman, van Eck 2019) for modularity on the undirected graph.
 */
#include <stdlib.h>
#include <string.h>

#include <igraph.h>
#undef STR /* igraph has one of its own, for vectors of strings */

#include "graph.h"

enum { RUNS = 10, RUNS_LARGE = 2, RUN_EDGES = 20000 };

/* The edges of one period, with only those nodes that are at one of them. */
struct part {
    const struct graph_edge *edges;
    size_t edge_count;
    uint32_t *place;  /* of a node among the active: from 1; 0: none */
    uint32_t *active; /* and back */
    size_t active_count;
};

static enum status broken(struct err *e)
{
    return fail(e, ERR_LIMIT, "the graph cannot be measured: igraph gave up");
}

static struct part part_of(const struct graph *g, size_t period, struct arena *a)
{
    struct part p = {.place = arena_array(a, g->node_count + 1, sizeof *p.place),
                     .active = arena_array(a, g->node_count + 1, sizeof *p.active)};
    size_t from = 0;
    while (from < g->edge_count && g->edges[from].period < period)
        from++;
    p.edges = g->edges + from;
    while (from + p.edge_count < g->edge_count && g->edges[from + p.edge_count].period == period)
        p.edge_count++;
    for (size_t i = 0; i < p.edge_count; i++) {
        p.place[p.edges[i].from] = 1;
        p.place[p.edges[i].to] = 1;
    }
    for (size_t i = 0; i < g->node_count; i++) {
        if (!p.place[i])
            continue;
        p.active[p.active_count++] = (uint32_t)i;
        p.place[i] = (uint32_t)p.active_count;
    }
    return p;
}

/* ---- what needs no library ---------------------------------------------------------------------- */

static void add_strengths(const struct graph *g, const struct part *p, struct measures *m)
{
    for (size_t i = 0; i < p->edge_count; i++) {
        const struct graph_edge *const x = &p->edges[i];
        m[x->from].strength += x->weight;
        m[x->to].strength += x->weight;
        if (g->undirected)
            continue;
        m[x->from].strength_out += x->weight;
        m[x->to].strength_in += x->weight;
        m[x->from].degree_out++;
        m[x->to].degree_in++;
    }
}

/* An undirected edge for each pair, whichever way it went: index + 1 into `pairs` by (low, high). */
struct merged {
    uint32_t *ends; /* two a pair, places from 0, the lower first */
    double *weights;
    size_t count;
};

struct half {
    uint32_t low, high;
    double weight;
};

static int by_ends(const void *x, const void *y)
{
    const struct half *const a = x, *const b = y;
    if (a->low != b->low)
        return a->low < b->low ? -1 : 1;
    return (a->high > b->high) - (a->high < b->high);
}

static struct merged merge(const struct part *p, struct arena *a)
{
    struct half *const all = arena_array(a, p->edge_count + 1, sizeof *all);
    struct merged m = {.ends = arena_array(a, 2 * p->edge_count + 1, sizeof *m.ends),
                       .weights = arena_array(a, p->edge_count + 1, sizeof *m.weights)};
    for (size_t i = 0; i < p->edge_count; i++) {
        const uint32_t x = p->place[p->edges[i].from] - 1, y = p->place[p->edges[i].to] - 1;
        all[i] = (struct half){x < y ? x : y, x < y ? y : x, p->edges[i].weight};
    }
    qsort(all, p->edge_count, sizeof *all, by_ends);
    for (size_t i = 0; i < p->edge_count; i++) {
        if (!i || by_ends(&all[i], &all[i - 1]) != 0) {
            m.ends[2 * m.count] = all[i].low;
            m.ends[2 * m.count + 1] = all[i].high;
            m.count++;
        }
        m.weights[m.count - 1] += all[i].weight;
    }
    return m;
}

/* ---- paths --------------------------------------------------------------------------------------- */

struct built {
    igraph_t graph;
    igraph_vector_int_t ends;
    igraph_vector_t weights, lengths, result;
};

static void build_free(struct built *b)
{
    igraph_destroy(&b->graph);
    igraph_vector_int_destroy(&b->ends);
    igraph_vector_destroy(&b->weights);
    igraph_vector_destroy(&b->lengths);
    igraph_vector_destroy(&b->result);
}

/* Vectors of the right size, to be filled; then connect_all makes the graph of them. */
static bool build(struct built *b, size_t edges)
{
    const igraph_integer_t n = (igraph_integer_t)edges;
    return igraph_vector_int_init(&b->ends, 2 * n) == IGRAPH_SUCCESS &&
           igraph_vector_init(&b->weights, n) == IGRAPH_SUCCESS &&
           igraph_vector_init(&b->lengths, n) == IGRAPH_SUCCESS &&
           igraph_vector_init(&b->result, 0) == IGRAPH_SUCCESS;
}

static bool connect_all(struct built *b, size_t nodes, bool directed)
{
    return igraph_create(&b->graph, &b->ends, (igraph_integer_t)nodes, directed) == IGRAPH_SUCCESS;
}

static void take(const struct built *b, const struct part *p, struct measures *m, size_t offset)
{
    for (size_t i = 0; i < p->active_count; i++) {
        const double value = VECTOR(b->result)[i];
        memcpy((char *)&m[p->active[i]] + offset, value == value ? &value : &(double){0},
               sizeof value);
    }
}

static bool measure_paths(struct graph *g, const struct part *p, struct built *b,
                          struct measures *m)
{
    const igraph_vs_t all = igraph_vss_all();
    igraph_real_t ignored;
    if (igraph_pagerank(&b->graph, IGRAPH_PAGERANK_ALGO_PRPACK, &b->result, &ignored, all,
                        !g->undirected, 0.85, &b->weights, NULL) != IGRAPH_SUCCESS)
        return false;
    take(b, p, m, offsetof(struct measures, pagerank));
    if ((double)p->active_count * (double)p->edge_count > PATHS_MAX) {
        g->no_betweenness = true;
        return true;
    }
    if (igraph_betweenness(&b->graph, &b->result, all, !g->undirected, &b->lengths) !=
        IGRAPH_SUCCESS)
        return false;
    take(b, p, m, offsetof(struct measures, betweenness));
    if (igraph_closeness(&b->graph, &b->result, NULL, NULL, all, IGRAPH_ALL, &b->lengths, true) !=
        IGRAPH_SUCCESS)
        return false;
    take(b, p, m, offsetof(struct measures, closeness));
    return true;
}

static enum status measure_directed(struct graph *g, const struct part *p, struct measures *m,
                                    struct err *e)
{
    struct built b;
    if (!build(&b, p->edge_count))
        return broken(e);
    for (size_t i = 0; i < p->edge_count; i++) {
        VECTOR(b.ends)[2 * i] = p->place[p->edges[i].from] - 1;
        VECTOR(b.ends)[2 * i + 1] = p->place[p->edges[i].to] - 1;
        VECTOR(b.weights)[i] = p->edges[i].weight;
        VECTOR(b.lengths)[i] = 1 / p->edges[i].weight;
    }
    const bool made = connect_all(&b, p->active_count, !g->undirected);
    const bool good = made && measure_paths(g, p, &b, m);
    if (made)
        build_free(&b);
    return good ? OK : broken(e);
}

/* ---- groups -------------------------------------------------------------------------------------- */

struct group_size {
    size_t size, first; /* members; the first of them, for equals */
    size_t group;
};

static int by_size(const void *x, const void *y)
{
    const struct group_size *const a = x, *const b = y;
    if (a->size != b->size)
        return a->size > b->size ? -1 : 1;
    return (a->first > b->first) - (a->first < b->first);
}

/* Numbers the groups by size, so that the largest is 0 whatever the algorithm called it. */
static void number_groups(struct period *out, const struct part *p,
                          const igraph_vector_int_t *found, struct arena *a)
{
    const size_t groups = out->groups;
    struct group_size *const sizes = arena_array(a, groups + 1, sizeof *sizes);
    int *const number = arena_array(a, groups + 1, sizeof *number);
    for (size_t i = 0; i < groups; i++)
        sizes[i] = (struct group_size){0, p->active_count, i};
    for (size_t i = 0; i < p->active_count; i++) {
        struct group_size *const s = &sizes[VECTOR(*found)[i]];
        s->first = s->size ? s->first : i;
        s->size++;
    }
    qsort(sizes, groups, sizeof *sizes, by_size);
    for (size_t i = 0; i < groups; i++)
        number[sizes[i].group] = (int)i;
    for (size_t i = 0; i < p->active_count; i++)
        out->measures[p->active[i]].group = number[VECTOR(*found)[i]];
}

/* Leiden moves at random, so that the best of several runs is taken; the seed is fixed, and so is the
   result. A large graph gets fewer runs: there each is near the best. */
static bool best_groups(struct built *b, const igraph_vector_t *strengths, double twice,
                        igraph_vector_int_t *best, struct period *out)
{
    igraph_vector_int_t found;
    igraph_integer_t groups = 0;
    const int runs = igraph_vector_size(&b->weights) > RUN_EDGES ? RUNS_LARGE : RUNS;
    out->modularity = -2;
    bool good = igraph_vector_int_init(&found, 0) == IGRAPH_SUCCESS;
    for (int i = 0; i < runs && good; i++) {
        double modularity = 0;
        good = igraph_community_leiden(&b->graph, &b->weights, strengths, 1 / twice, 0.01, false,
                                       -1, &found, &groups, NULL) == IGRAPH_SUCCESS &&
               igraph_modularity(&b->graph, &found, &b->weights, 1, false, &modularity) ==
                   IGRAPH_SUCCESS;
        if (!good || modularity <= out->modularity + 1e-12)
            continue;
        good = igraph_vector_int_update(best, &found) == IGRAPH_SUCCESS;
        out->modularity = modularity;
        out->groups = (size_t)groups;
    }
    igraph_vector_int_destroy(&found);
    return good;
}

static bool find_groups(struct period *out, const struct part *p, struct built *b, struct arena *a)
{
    igraph_vector_int_t best;
    igraph_vector_t strengths;
    double twice = 0;
    if (igraph_vector_int_init(&best, 0) != IGRAPH_SUCCESS ||
        igraph_vector_init(&strengths, (igraph_integer_t)p->active_count) != IGRAPH_SUCCESS)
        return false;
    for (size_t i = 0; i < p->active_count; i++) {
        VECTOR(strengths)[i] = out->measures[p->active[i]].strength;
        twice += VECTOR(strengths)[i];
    }
    const bool good = best_groups(b, &strengths, twice, &best, out);
    if (good)
        number_groups(out, p, &best, a);
    igraph_vector_int_destroy(&best);
    igraph_vector_destroy(&strengths);
    return good;
}

static enum status measure_groups(const struct part *p, struct period *out, struct arena *a,
                                  struct err *e)
{
    const struct merged m = merge(p, a);
    struct built b;
    if (!build(&b, m.count))
        return broken(e);
    for (size_t i = 0; i < m.count; i++) {
        VECTOR(b.ends)[2 * i] = m.ends[2 * i];
        VECTOR(b.ends)[2 * i + 1] = m.ends[2 * i + 1];
        VECTOR(b.weights)[i] = m.weights[i];
        out->measures[p->active[m.ends[2 * i]]].degree++;
        out->measures[p->active[m.ends[2 * i + 1]]].degree++;
    }
    const bool made = connect_all(&b, p->active_count, false);
    const bool good = made && find_groups(out, p, &b, a);
    if (made)
        build_free(&b);
    return good ? OK : broken(e);
}

enum status graph_measure(struct graph *g, struct err *e)
{
    enum status st = OK;
    igraph_set_error_handler(igraph_error_handler_ignore);
    igraph_set_warning_handler(igraph_warning_handler_ignore);
    igraph_rng_seed(igraph_rng_default(), GRAPH_SEED);
    for (size_t i = 0; i < g->period_count && st == OK; i++) {
        struct arena scratch = {0};
        struct period *const out = &g->periods[i];
        const struct part p = part_of(g, i, &scratch);
        out->measures = arena_array(&g->arena, g->node_count + 1, sizeof *out->measures);
        for (size_t k = 0; k < g->node_count; k++)
            out->measures[k].group = -1;
        add_strengths(g, &p, out->measures);
        if (p.edge_count)
            st = measure_directed(g, &p, out->measures, e);
        if (st == OK && p.edge_count)
            st = measure_groups(&p, out, &scratch, e);
        arena_free(&scratch);
    }
    return st;
}
