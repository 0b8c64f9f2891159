/*
 * Who is near whom: a graph of the people of an archive, its edges made of what they did with each
 * other's messages, and of nothing that is not in the archive. docs/graph.md explains every number.
 *
 *     struct graph_request r = graph_request_usual();
 *     r.query = STR("during:2016");
 *     struct graph *g;
 *     if (graph_make(&g, store, &r, e) == OK && graph_measure(g, e) == OK) ...     // needs igraph
 *     for (size_t i = 0; i < g->node_count; i++) ... g->nodes[i].name ...
 *     graph_free(g);
 *
 * graph_make and graph_ties are the archive's part; graph_measure and graph_layout use igraph 0.10 and
 * live in their own files, so that only a program that calls them needs it.
 */
#ifndef STET_GRAPH_H
#define STET_GRAPH_H

#include "arena.h"
#include "buf.h"
#include "query.h"
#include "store.h"

/* What makes an edge from the writer of a message to somebody else. */
enum tie_kind {
    TIE_REPLY,      /* answers a message of theirs */
    TIE_MENTION,    /* mentions them, marked by the source or as @handle in the text */
    TIE_TURN,       /* speaks after them in the same conversation */
    TIE_COPRESENCE, /* wrote in the same conversation on the same day */
    TIE_FORWARD,    /* passes on their words */
    TIE_RECIPIENT,  /* sends a message to them by name, as e-mail does */
    TIE_KINDS
};
const char *tie_name(enum tie_kind kind); /* "reply" "mention" "turn" "copresence" "forward" "to" */

/*
 * Weights of a tie: 3 a reply, 2 a mention, 2 a forward, 1 a recipient (shared by all of a message).
 * A turn weighs 1 / (1 + minutes / 10) / (1 + messages between): after one who spoke less than an hour
 * and TURN_BACK messages ago, and to whom the writer has not spoken since; looked for backwards in the
 * whole conversation. A day in one conversation gives each pair of its writers 0.1 / (writers - 1), half
 * in each direction; days with more than COPRESENT_MAX writers give nothing, and are counted.
 */
enum { TURN_BACK = 8, TURN_MINUTES = 60, TURN_HALF_MINUTES = 10, COPRESENT_MAX = 50 };

enum graph_period { PERIOD_ALL, PERIOD_YEAR, PERIOD_MONTH };

struct graph_request {
    str query; /* which messages make edges; empty: all */
    int64_t now_wall_ms;
    enum graph_period period;
    bool undirected;
    bool handles; /* each handle by itself, whoever it was joined to */
    double weights[TIE_KINDS];
};
struct graph_request graph_request_usual(void);

/* "reply=3,turn=0": changes those named. ERR_QUERY for what is none, or not from 0 to 1000. */
MUST_USE enum status graph_weights(struct graph_request *r, str text, struct err *e);

struct graph_node {
    str name;                    /* of the person, or the handle's */
    str handles;                 /* of a person: all of them, ", " between; otherwise empty */
    int64_t person, participant; /* one of them is 0 */
    uint64_t messages;           /* among those that the query finds */
};

struct graph_edge {
    uint32_t from, to; /* nodes; from < to if undirected */
    uint32_t period;   /* into periods */
    uint32_t ties[TIE_KINDS];
    double weights[TIE_KINDS];           /* their sums */
    double weight;                       /* of all */
    int64_t first_wall_ms, last_wall_ms; /* of its messages; TIME_NONE if none is dated */
};

struct measures {
    uint32_t degree, degree_in, degree_out;     /* neighbours; in and out are 0 if undirected */
    double strength, strength_in, strength_out; /* sums of weights */
    double pagerank, betweenness, closeness;
    int group; /* from 0, the largest first; -1: without an edge */
};

struct period {
    char label[16]; /* "2016-03"; empty: all time */
    int64_t from_wall_ms;
    struct measures *measures; /* one a node; NULL before graph_measure */
    double modularity;         /* of the groups */
    size_t groups;
};

struct graph {
    struct graph_node *nodes; /* those who wrote or are at an edge, most messages first */
    size_t node_count;
    struct graph_edge *edges; /* by period, then heaviest first */
    size_t edge_count;
    struct period *periods; /* at least one */
    size_t period_count;
    uint64_t messages;               /* that the query found */
    uint64_t crowded_days;           /* with more writers than COPRESENT_MAX */
    bool undirected, no_betweenness; /* too large to measure all paths */
    struct arena arena;
};

MUST_USE enum status graph_make(struct graph **out, struct store *s, const struct graph_request *r,
                                struct err *e);
void graph_free(struct graph *g);

/* The messages that made an edge: ties between people of two sets of participants, in order of rows. */
struct tie {
    enum tie_kind kind;
    int64_t row, other_row; /* other_row: whose answer it is, 0 if there is none */
    int64_t from, to;       /* participants */
    double weight;          /* with the request's weights */
};
struct pair {
    const int64_t *a, *b;
    size_t a_count, b_count;
};
MUST_USE enum status graph_ties(struct store *s, const struct graph_request *r,
                                const struct pair *between, struct arena *a, struct tie **out,
                                size_t *count, struct err *e);

/* ---- with igraph ------------------------------------------------------------------------------ */

enum { GRAPH_SEED = 20160302, PATHS_MAX = 400 * 1000 * 1000 /* nodes times edges */ };

/* Fills the measures of every period: as igraph computes them, edges by their weights, distances as
   1 / weight, groups by Leiden on the undirected graph with a fixed seed. The same archive gives the
   same numbers. */
MUST_USE enum status graph_measure(struct graph *g, struct err *e);

/* Places in [0,1] x [0,1] for the first `count` nodes, by the edges among them in all periods. */
struct spot {
    double x, y;
};
MUST_USE enum status graph_layout(const struct graph *g, size_t count, struct spot *out,
                                  struct err *e);

/* ---- written out ------------------------------------------------------------------------------- */

void graph_graphml(struct buf *out, const struct graph *g);
void graph_gexf(struct buf *out, const struct graph *g); /* with the times of edges, 1.3 */
void graph_dot(struct buf *out, const struct graph *g);
void graph_csv(struct buf *out, const struct graph *g);  /* edges, a line each */
void graph_json(struct buf *out, const struct graph *g); /* one object: nodes, edges, periods */

enum { GRAPH_DRAWN_MAX = 60 };
/* The picture of one period with its table: self-contained, light and dark, with title and description.
   `spots` are the first `count` nodes'. */
struct drawing_of {
    const struct graph *graph;
    size_t period, count;
    const struct spot *spots;
    str title;
};
void graph_svg(struct buf *out, const struct drawing_of *d);

#endif
