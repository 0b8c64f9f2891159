/*
 * Measures against igraph itself, called directly on the famous graphs that it ships, and against a graph
 * small enough to be worked out by hand. Then ties of an archive made here, weight by weight.
 */
#include <igraph.h>
#undef STR /* igraph has one of its own */

#include "../support/scratch.h"
#include "graph.h"
#include "identity.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A graph of ours with these edges, all of weight 1 unless told. */
static struct graph *graph_of(const uint32_t (*ends)[2], size_t count, size_t nodes)
{
    struct graph *const g = calloc(1, sizeof *g);
    assert_non_null(g);
    g->undirected = true;
    g->node_count = nodes;
    g->nodes = arena_array(&g->arena, nodes + 1, sizeof *g->nodes);
    g->edges = arena_array(&g->arena, count + 1, sizeof *g->edges);
    g->periods = arena_array(&g->arena, 1, sizeof *g->periods);
    g->period_count = 1;
    for (size_t i = 0; i < nodes; i++)
        g->nodes[i] =
            (struct graph_node){.name = arena_printf(&g->arena, "p%zu", i), .handles = str_of("")};
    for (size_t i = 0; i < count; i++)
        g->edges[g->edge_count++] = (struct graph_edge){.from = ends[i][0],
                                                        .to = ends[i][1],
                                                        .weight = 1,
                                                        .first_wall_ms = TIME_NONE,
                                                        .last_wall_ms = TIME_NONE};
    return g;
}

static void measure(struct graph *g)
{
    struct err e = {0};
    if (graph_measure(g, &e) != OK)
        fail_msg("%s", e.msg);
}

/* ---- famous graphs ------------------------------------------------------------------------------ */

static void compare(const struct graph *g, const igraph_vector_t *expected, size_t offset,
                    const char *what)
{
    for (size_t i = 0; i < g->node_count; i++) {
        double ours;
        memcpy(&ours, (const char *)&g->periods[0].measures[i] + offset, sizeof ours);
        const double theirs = VECTOR(*expected)[i];
        if (fabs(ours - (isnan(theirs) ? 0 : theirs)) > 1e-9)
            fail_msg("%s of node %zu: %.12f, igraph says %.12f", what, i, ours, theirs);
    }
}

static void check_famous(const char *name)
{
    igraph_t reference;
    igraph_vector_t v;
    igraph_vector_int_t groups;
    double best = -1;
    assert_int_equal(igraph_famous(&reference, name), IGRAPH_SUCCESS);
    const size_t edges = (size_t)igraph_ecount(&reference);
    uint32_t(*const ends)[2] = malloc(edges * sizeof *ends);
    assert_non_null(ends);
    for (size_t i = 0; i < edges; i++) {
        ends[i][0] = (uint32_t)IGRAPH_FROM(&reference, (igraph_integer_t)i);
        ends[i][1] = (uint32_t)IGRAPH_TO(&reference, (igraph_integer_t)i);
    }
    struct graph *const g =
        graph_of((const uint32_t(*)[2])ends, edges, (size_t)igraph_vcount(&reference));
    measure(g);
    igraph_vector_init(&v, 0);
    igraph_vector_int_init(&groups, 0);
    igraph_pagerank(&reference, IGRAPH_PAGERANK_ALGO_PRPACK, &v, NULL, igraph_vss_all(), false,
                    0.85, NULL, NULL);
    compare(g, &v, offsetof(struct measures, pagerank), "PageRank");
    igraph_betweenness(&reference, &v, igraph_vss_all(), false, NULL);
    compare(g, &v, offsetof(struct measures, betweenness), "betweenness");
    igraph_closeness(&reference, &v, NULL, NULL, igraph_vss_all(), IGRAPH_ALL, NULL, true);
    compare(g, &v, offsetof(struct measures, closeness), "closeness");
    igraph_strength(&reference, &v, igraph_vss_all(), IGRAPH_ALL, true, NULL);
    compare(g, &v, offsetof(struct measures, strength), "strength");
    /* Leiden maximises modularity; what the multilevel algorithm finds is a floor for it. */
    igraph_community_multilevel(&reference, NULL, 1, &groups, NULL, NULL);
    igraph_modularity(&reference, &groups, NULL, 1, false, &best);
    if (g->periods[0].modularity < best - 0.02)
        fail_msg("%s: groups of modularity %.4f, multilevel finds %.4f", name,
                 g->periods[0].modularity, best);
    print_message(
        "# %s: %zu nodes, %zu edges equal; modularity %.4f (multilevel %.4f), %zu groups\n", name,
        g->node_count, g->edge_count, g->periods[0].modularity, best, g->periods[0].groups);
    igraph_vector_destroy(&v);
    igraph_vector_int_destroy(&groups);
    igraph_destroy(&reference);
    free(ends);
    graph_free(g);
}

static void famous_graphs_equal_igraph(void **state)
{
    (void)state;
    static const char *const names[] = {"Zachary",  "Krackhardt_Kite", "Meredith",
                                        "Grotzsch", "Petersen",        "Noperfectmatching"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        check_famous(names[i]);
}

/* Published: nodes 1 and 34 of Zachary's club have betweenness 231.07 and 160.55, degree 16 and 17;
   modularity at its best is 0.4198 with four groups. */
static void zachary_is_as_published(void **state)
{
    (void)state;
    igraph_t reference;
    uint32_t ends[78][2];
    assert_int_equal(igraph_famous(&reference, "Zachary"), IGRAPH_SUCCESS);
    for (int i = 0; i < 78; i++) {
        ends[i][0] = (uint32_t)IGRAPH_FROM(&reference, i);
        ends[i][1] = (uint32_t)IGRAPH_TO(&reference, i);
    }
    struct graph *const g = graph_of((const uint32_t(*)[2])ends, 78, 34);
    measure(g);
    const struct measures *const m = g->periods[0].measures;
    assert_int_equal(m[0].degree, 16);
    assert_int_equal(m[33].degree, 17);
    assert_true(fabs(m[0].betweenness - 231.0714) < 0.001);
    assert_true(fabs(m[33].betweenness - 160.5516) < 0.001);
    assert_true(fabs(g->periods[0].modularity - 0.4198) < 0.0005);
    assert_int_equal(g->periods[0].groups, 4);
    assert_int_not_equal(m[0].group, m[33].group);
    graph_free(g);
    igraph_destroy(&reference);
}

/* ---- by hand ------------------------------------------------------------------------------------ */

/*
 * a - b - c - d in a row, weights 1, 2 and 4, so lengths 1, 1/2 and 1/4. Paths through b: a-c, a-d; through
 * c: a-d, b-d. Distances from a: 1, 1.5, 1.75, together 4.25; closeness 3 / 4.25. Strength of b: 3.
 */
static void path_by_hand(void **state)
{
    (void)state;
    const uint32_t ends[][2] = {{0, 1}, {1, 2}, {2, 3}};
    struct graph *const g = graph_of(ends, 3, 5); /* e is alone */
    g->edges[1].weight = 2;
    g->edges[2].weight = 4;
    measure(g);
    const struct measures *const m = g->periods[0].measures;
    assert_true(fabs(m[0].betweenness) < 1e-12);
    assert_true(fabs(m[1].betweenness - 2) < 1e-12);
    assert_true(fabs(m[2].betweenness - 2) < 1e-12);
    assert_true(fabs(m[0].closeness - 3 / 4.25) < 1e-12);
    assert_true(fabs(m[2].closeness - 3 / (1.5 + 0.5 + 0.25)) < 1e-12);
    assert_true(fabs(m[1].strength - 3) < 1e-12);
    assert_int_equal(m[1].degree, 2);
    assert_int_equal(m[4].degree, 0);
    assert_int_equal(m[4].group, -1);
    assert_true(m[4].pagerank == 0);
    graph_free(g);
}

/* Two directed edges a -> b, c -> b. With damping 0.85 and jumps from dead ends to all:
   r = 0.05 + 0.85 / 3 * b for a and c, b = r + 0.85 * 2 r; so r = 0.2127660, b = 0.5744681. */
static void pagerank_by_hand(void **state)
{
    (void)state;
    const uint32_t ends[][2] = {{0, 1}, {2, 1}};
    struct graph *const g = graph_of(ends, 2, 3);
    g->undirected = false;
    measure(g);
    const struct measures *const m = g->periods[0].measures;
    assert_true(fabs(m[0].pagerank - 0.212766) < 1e-5);
    assert_true(fabs(m[1].pagerank - 0.574468) < 1e-5);
    assert_true(fabs(m[1].strength_in - 2) < 1e-12 && fabs(m[1].strength_out) < 1e-12);
    assert_int_equal(m[1].degree_in, 2);
    assert_int_equal(m[0].degree_out, 1);
    graph_free(g);
}

/* ---- ties of an archive ------------------------------------------------------------------------- */

static const int64_t start_ms = INT64_C(1456911667000); /* 2016-03-02 09:41:07 */

static struct message said(const char *who, const char *text, int minutes, size_t at)
{
    return scratch_message(who, text, start_ms + minutes * MS_PER_MINUTE, at * 100);
}

static struct store *make_archive(struct scratch *dir)
{
    struct err e = {0};
    struct store *s = NULL;
    struct write_result r;
    struct message m[6];
    m[0] = said("noll", "the hearing is on tuesday", 0, 0);
    m[0].platform_id = str_of("1");
    m[1] = said("tern", "then we need the papers", 10, 1);
    m[1].platform_id = str_of("2");
    m[2] = said("kelp", "@noll which ones?", 10, 2);
    m[2].platform_id = str_of("3");
    m[3] = said("noll", "the permit", 20, 3);
    m[3].platform_id = str_of("4");
    m[3].reply_to = str_of("3");
    m[4] = said("noll", "and its annex", 21, 4);
    m[5] = said("tern", "two hours later", 200, 5);
    *dir = scratch_make();
    assert_int_equal(store_open(&s, dir->archive, STORE_CREATE, &e), OK);
    scratch_store(s, "ties.txt", m, 6, &r);
    return s;
}

static const struct graph_edge *edge(const struct graph *g, const char *from, const char *to)
{
    for (size_t i = 0; i < g->edge_count; i++)
        if (str_eq(g->nodes[g->edges[i].from].name, str_of(from)) &&
            str_eq(g->nodes[g->edges[i].to].name, str_of(to)))
            return &g->edges[i];
    return NULL;
}

/*
 * tern after noll, 10 minutes: 1 / 2. kelp after tern at once: 1; after noll, one between, 10 minutes:
 * 1 / 2 / 2. noll after kelp, 10 minutes: 1 / 2; after tern, one between, 10 minutes: 1 / 4. noll goes on
 * talking: no turn. tern after three hours: none. kelp mentions noll: 2. noll answers kelp: 3. The day: 0.1
 * for three writers, 0.025 each way.
 */
static void ties_weigh_what_they_should(void **state)
{
    (void)state;
    struct scratch dir;
    struct err e = {0};
    struct graph *g = NULL;
    struct store *const s = make_archive(&dir);
    const struct graph_request r = graph_request_usual();
    if (graph_make(&g, s, &r, &e) != OK)
        fail_msg("%s", e.msg);
    assert_int_equal(g->node_count, 3);
    assert_int_equal(g->messages, 6);
    assert_int_equal(g->edge_count, 6);
    const double day = 0.1 / 2 / 2;
    assert_true(fabs(edge(g, "tern", "noll")->weight - (0.5 + day)) < 1e-12);
    assert_true(fabs(edge(g, "kelp", "tern")->weight - (1 + day)) < 1e-12);
    assert_true(fabs(edge(g, "kelp", "noll")->weight - (0.25 + 2 + day)) < 1e-12);
    assert_true(fabs(edge(g, "noll", "kelp")->weight - (0.5 + 3 + day)) < 1e-12);
    assert_true(fabs(edge(g, "noll", "tern")->weight - (0.25 + day)) < 1e-12);
    assert_true(fabs(edge(g, "tern", "kelp")->weight - day) < 1e-12);
    assert_int_equal(edge(g, "noll", "kelp")->ties[TIE_REPLY], 1);
    assert_int_equal(edge(g, "kelp", "noll")->ties[TIE_MENTION], 1);
    assert_int_equal(edge(g, "kelp", "noll")->ties[TIE_COPRESENCE], 1);
    graph_free(g);
    store_close(s);
    scratch_remove(&dir);
}

/* The list of an edge adds up to its weight, in both ways of looking. */
static void edges_list_their_messages(void **state)
{
    (void)state;
    struct scratch dir;
    struct err e = {0};
    struct store *const s = make_archive(&dir);
    for (int undirected = 0; undirected < 2; undirected++) {
        struct graph_request r = graph_request_usual();
        struct arena a = {0};
        struct graph *g = NULL;
        r.undirected = undirected;
        assert_int_equal(graph_make(&g, s, &r, &e), OK);
        for (size_t i = 0; i < g->edge_count; i++) {
            const struct graph_edge *const x = &g->edges[i];
            const struct pair between = {&g->nodes[x->from].participant,
                                         &g->nodes[x->to].participant, 1, 1};
            struct tie *ties;
            size_t count = 0, listed = 0;
            double sum = 0;
            assert_int_equal(graph_ties(s, &r, &between, &a, &ties, &count, &e), OK);
            for (size_t k = 0; k < count; k++)
                sum += ties[k].weight;
            for (int k = 0; k < TIE_KINDS; k++)
                listed += x->ties[k];
            assert_true(fabs(sum - x->weight) < 1e-9);
            assert_int_equal(count, listed);
        }
        graph_free(g);
        arena_free(&a);
    }
    store_close(s);
    scratch_remove(&dir);
}

static void joined_handles_are_one(void **state)
{
    (void)state;
    struct scratch dir;
    struct err e = {0};
    struct graph *g = NULL;
    struct store *s = make_archive(&dir);
    struct participant_row *people;
    struct arena a = {0};
    size_t count;
    int64_t ids[2], person, n = 0;
    assert_int_equal(store_participants(s, &a, &people, &count, &e), OK);
    for (size_t i = 0; i < count; i++)
        if (!str_eq(people[i].key, str_of("tern")))
            ids[n++] = people[i].id;
    const struct join_claim c = {
        .name = str_of("Ines"), .confidence = CONFIDENCE_HIGH, .now_ms = start_ms};
    if (identity_join(s, ids, 2, &c, &person, &e) != OK)
        fail_msg("%s", e.msg);
    struct graph_request r = graph_request_usual();
    assert_int_equal(graph_make(&g, s, &r, &e), OK);
    assert_int_equal(g->node_count, 2);
    assert_non_null(edge(g, "Ines", "tern"));
    assert_null(edge(g, "Ines", "Ines"));
    graph_free(g);
    r.handles = true;
    assert_int_equal(graph_make(&g, s, &r, &e), OK);
    assert_int_equal(g->node_count, 3);
    graph_free(g);
    arena_free(&a);
    store_close(s);
    scratch_remove(&dir);
}

static void weights_are_read(void **state)
{
    (void)state;
    struct err e = {0};
    struct graph_request r = graph_request_usual();
    assert_int_equal(graph_weights(&r, str_of("reply=0,turn=2.5, copresence=0.01"), &e), OK);
    assert_true(r.weights[TIE_REPLY] == 0 && r.weights[TIE_TURN] == 2.5);
    assert_true(fabs(r.weights[TIE_COPRESENCE] - 0.01) < 1e-12 && r.weights[TIE_MENTION] == 2);
    static const char *const bad[] = {"answers=2",  "reply",   "reply=-1", "reply=1e3",
                                      "reply=2000", "reply=.", "turn=",    "=3"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct err why = {0};
        if (graph_weights(&r, str_of(bad[i]), &why) != ERR_QUERY)
            fail_msg("%s was taken", bad[i]);
    }
}

/* ---- layout ------------------------------------------------------------------------------------- */

static void layout_is_the_same_each_time(void **state)
{
    (void)state;
    const uint32_t ends[][2] = {{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}, {0, 3}};
    struct err e = {0};
    struct spot first[8], second[8];
    struct graph *const g = graph_of(ends, 7, 8);
    assert_int_equal(graph_layout(g, 8, first, &e), OK);
    assert_int_equal(graph_layout(g, 8, second, &e), OK);
    assert_memory_equal(first, second, sizeof first);
    for (int i = 0; i < 8; i++) {
        assert_true(first[i].x >= 0 && first[i].x <= 1 && first[i].y >= 0 && first[i].y <= 1);
        for (int k = 0; k < i; k++)
            assert_true(hypot(first[i].x - first[k].x, first[i].y - first[k].y) > 0.04);
    }
    graph_free(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(famous_graphs_equal_igraph),
        cmocka_unit_test(zachary_is_as_published),
        cmocka_unit_test(path_by_hand),
        cmocka_unit_test(pagerank_by_hand),
        cmocka_unit_test(ties_weigh_what_they_should),
        cmocka_unit_test(edges_list_their_messages),
        cmocka_unit_test(joined_handles_are_one),
        cmocka_unit_test(weights_are_read),
        cmocka_unit_test(layout_is_the_same_each_time),
    };
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
