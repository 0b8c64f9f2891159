/*
 * Where the picture puts people: Fruchterman and Reingold's forces (igraph), from a circle as the seed,
 * then pushed apart so that names have room, and stretched to fill the frame. No randomness is left.
 */
#include <math.h>
#include <stdlib.h>

#include <igraph.h>
#undef STR /* igraph has one of its own, for vectors of strings */

#include "graph.h"

enum { ROUNDS = 1500, PUSHES = 300 };
/* Room that a name needs, as parts of the frame: wider than high. */
static const double name_width = 0.11, name_height = 0.055;

static void on_circle(igraph_matrix_t *places, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const double angle = 2 * 3.14159265358979323846 * (double)i / (double)count;
        MATRIX(*places, (igraph_integer_t)i, 0) = cos(angle) * (double)count / 10;
        MATRIX(*places, (igraph_integer_t)i, 1) = sin(angle) * (double)count / 10;
    }
}

/* Edges among the first `count` nodes. Heavy ones pull harder, but not in proportion: one pair of
   talkers would be a point. */
static bool pull(const struct graph *g, size_t count, igraph_matrix_t *places)
{
    igraph_t graph;
    igraph_vector_int_t ends;
    igraph_vector_t weights;
    if (igraph_vector_int_init(&ends, 0) != IGRAPH_SUCCESS ||
        igraph_vector_init(&weights, 0) != IGRAPH_SUCCESS)
        return false;
    for (size_t i = 0; i < g->edge_count; i++) {
        const struct graph_edge *const x = &g->edges[i];
        if (x->from >= count || x->to >= count)
            continue;
        if (igraph_vector_int_push_back(&ends, x->from) != IGRAPH_SUCCESS ||
            igraph_vector_int_push_back(&ends, x->to) != IGRAPH_SUCCESS ||
            igraph_vector_push_back(&weights, log1p(x->weight)) != IGRAPH_SUCCESS)
            return false;
    }
    bool good = igraph_create(&graph, &ends, (igraph_integer_t)count, false) == IGRAPH_SUCCESS;
    if (good) {
        good = igraph_layout_fruchterman_reingold(&graph, places, true, ROUNDS, sqrt((double)count),
                                                  IGRAPH_LAYOUT_NOGRID, &weights, NULL, NULL, NULL,
                                                  NULL) == IGRAPH_SUCCESS;
        igraph_destroy(&graph);
    }
    igraph_vector_int_destroy(&ends);
    igraph_vector_destroy(&weights);
    return good;
}

/* Those without an edge to any other fly away; nobody stands farther out than this many times the
   middle distance. */
static void rein_in(struct spot *p, size_t count)
{
    double x = 0, y = 0, sum = 0;
    for (size_t i = 0; i < count; i++) {
        x += p[i].x / (double)count;
        y += p[i].y / (double)count;
    }
    for (size_t i = 0; i < count; i++)
        sum += hypot(p[i].x - x, p[i].y - y) / (double)count;
    for (size_t i = 0; i < count; i++) {
        const double far = hypot(p[i].x - x, p[i].y - y);
        const double most = 2 * sum;
        if (far <= most || far == 0)
            continue;
        p[i].x = x + (p[i].x - x) * most / far;
        p[i].y = y + (p[i].y - y) * most / far;
    }
}

static void stretch(struct spot *p, size_t count)
{
    double left = p[0].x, right = p[0].x, top = p[0].y, bottom = p[0].y;
    for (size_t i = 0; i < count; i++) {
        left = fmin(left, p[i].x);
        right = fmax(right, p[i].x);
        top = fmin(top, p[i].y);
        bottom = fmax(bottom, p[i].y);
    }
    for (size_t i = 0; i < count; i++) {
        p[i].x = right > left ? (p[i].x - left) / (right - left) : 0.5;
        p[i].y = bottom > top ? (p[i].y - top) / (bottom - top) : 0.5;
    }
}

/* Two names that would overlap give way, each by half, along the way that is shorter. */
static bool push_apart(struct spot *a, struct spot *b)
{
    const double dx = b->x - a->x, dy = b->y - a->y;
    const double over_x = name_width - fabs(dx), over_y = name_height - fabs(dy);
    if (over_x <= 0 || over_y <= 0)
        return false;
    if (over_x / name_width < over_y / name_height) {
        const double step = (dx < 0 ? -over_x : over_x) / 2;
        a->x -= step;
        b->x += step;
    } else {
        const double step = (dy < 0 ? -over_y : over_y) / 2;
        a->y -= step;
        b->y += step;
    }
    return true;
}

static void make_room(struct spot *p, size_t count)
{
    for (int round = 0; round < PUSHES; round++) {
        bool moved = false;
        for (size_t i = 0; i < count; i++)
            for (size_t k = i + 1; k < count; k++)
                moved |= push_apart(&p[i], &p[k]);
        for (size_t i = 0; i < count; i++) {
            p[i].x = fmin(1, fmax(0, p[i].x));
            p[i].y = fmin(1, fmax(0, p[i].y));
        }
        if (!moved)
            return;
    }
}

enum status graph_layout(const struct graph *g, size_t count, struct spot *out, struct err *e)
{
    igraph_matrix_t places;
    if (!count)
        return OK;
    igraph_set_error_handler(igraph_error_handler_ignore);
    igraph_set_warning_handler(igraph_warning_handler_ignore);
    igraph_rng_seed(igraph_rng_default(), GRAPH_SEED);
    bool good = igraph_matrix_init(&places, (igraph_integer_t)count, 2) == IGRAPH_SUCCESS;
    if (good) {
        on_circle(&places, count);
        good = pull(g, count, &places);
    }
    for (size_t i = 0; good && i < count; i++)
        out[i] = (struct spot){MATRIX(places, (igraph_integer_t)i, 0),
                               MATRIX(places, (igraph_integer_t)i, 1)};
    igraph_matrix_destroy(&places);
    if (!good)
        return fail(e, ERR_LIMIT, "the graph cannot be drawn: igraph gave up");
    rein_in(out, count);
    stretch(out, count);
    make_room(out, count);
    return OK;
}
