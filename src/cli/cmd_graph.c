/* stet graph: who is near whom, as a table, a picture, a file for other programs, or edge by edge. */
#include "cli.h"
#include "graph.h"
#include "print_message.h"
#include "table.h"
#include "who.h"
#include "words.h"
#include "write_file.h"

#include <inttypes.h>
#include <string.h>

enum { PEOPLE_SHOWN = 30, EDGES_SHOWN = 20, TEXT_SHOWN = 100 };
#define WRITTEN_MAX ((size_t)1 << 32)

/* ---- what was asked for ------------------------------------------------------------------------- */

static str joined(struct cli *c, int from)
{
    struct buf b = buf_new(QUERY_MAX_BYTES);
    for (int i = from; i < c->opts.arg_count; i++)
        buf_addf(&b, "%s%s", i > from ? " " : "", c->opts.args[i]);
    const str copy = arena_dup(&c->arena, buf_str(&b));
    buf_free(&b);
    return copy;
}

static enum graph_period period_of(const struct cli *c)
{
    const char *const per = cli_value(c, OPT_PER);
    if (!per)
        return PERIOD_ALL;
    return strcmp(per, "year") == 0 ? PERIOD_YEAR : PERIOD_MONTH;
}

static enum status read_request(struct cli *c, struct graph_request *r, struct err *e)
{
    *r = graph_request_usual();
    r->query = joined(c, cli_has(c, OPT_EDGE) ? 2 : 0);
    r->period = period_of(c);
    r->undirected = cli_has(c, OPT_UNDIRECTED);
    r->handles = cli_has(c, OPT_HANDLES);
    enum status st = cli_now(c, &r->now_wall_ms, e);
    if (st == OK && cli_has(c, OPT_WEIGHTS))
        st = graph_weights(r, str_of(cli_value(c, OPT_WEIGHTS)), e);
    return st;
}

/* ---- tables ------------------------------------------------------------------------------------- */

static str real_text(struct arena *a, double value, int decimals)
{
    return arena_printf(a, "%.*f", decimals, value);
}

static str made_of(struct arena *a, const struct graph_edge *x)
{
    str out = STR("");
    for (int k = 0; k < TIE_KINDS; k++)
        if (x->ties[k])
            out = arena_printf(a, STR_FMT "%s%s %" PRIu32, STR_ARG(out), out.n ? ", " : "",
                               tie_name((enum tie_kind)k), x->ties[k]);
    return out;
}

static void heads(struct table *t, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        table_add(t, str_of(names[i]));
}

static int64_t limit(struct cli *c, int64_t usual)
{
    struct err ignored = {0};
    int64_t n = usual;
    if (cli_number(c, OPT_LIMIT, 1000000, &n, &ignored) != OK)
        return usual;
    return n ? n : INT64_MAX;
}

static void print_people(struct cli *c, const struct graph *g)
{
    static const char *const names[] = {"person",   "messages",    "degree",    "strength",
                                        "PageRank", "betweenness", "closeness", "group"};
    struct arena *const a = &c->arena;
    struct table t = table_new(a, "lrrrrrrr");
    const int64_t most = limit(c, PEOPLE_SHOWN);
    heads(&t, names, sizeof names / sizeof *names);
    for (size_t i = 0; i < g->node_count && (int64_t)i < most; i++) {
        const struct graph_node *const n = &g->nodes[i];
        const struct measures *const m = &g->periods[0].measures[i];
        table_add(&t, n->handles.n ? arena_printf(a, STR_FMT " (" STR_FMT ")", STR_ARG(n->name),
                                                  STR_ARG(n->handles))
                                   : n->name);
        table_add(&t, number_text(a, n->messages));
        table_add(&t, number_text(a, m->degree));
        table_add(&t, real_text(a, m->strength, 1));
        table_add(&t, real_text(a, m->pagerank, 3));
        table_add(&t, g->no_betweenness ? STR("-") : real_text(a, m->betweenness, 1));
        table_add(&t, g->no_betweenness ? STR("-") : real_text(a, m->closeness, 2));
        table_add(&t, m->group < 0 ? STR("-") : arena_printf(a, "%d", m->group + 1));
    }
    table_print(&t, &c->out);
    if ((int64_t)g->node_count > most)
        term_addf(&c->out, "... and %zu more: -n 0 shows all\n", g->node_count - (size_t)most);
}

static void print_edges(struct cli *c, const struct graph *g)
{
    struct arena *const a = &c->arena;
    struct table t = table_new(a, "llrs");
    const int64_t most = limit(c, EDGES_SHOWN);
    heads(&t,
          (const char *const[]){g->undirected ? "between" : "from", g->undirected ? "and" : "to",
                                "weight", "made of"},
          4);
    for (size_t i = 0; i < g->edge_count && (int64_t)i < most; i++) {
        const struct graph_edge *const x = &g->edges[i];
        table_add(&t, g->nodes[x->from].name);
        table_add(&t, g->nodes[x->to].name);
        table_add(&t, real_text(a, x->weight, 1));
        table_add(&t, made_of(a, x));
    }
    term_add(&c->out, STR("\n"));
    table_print(&t, &c->out);
    if ((int64_t)g->edge_count > most)
        term_addf(&c->out, "... and %zu more\n", g->edge_count - (size_t)most);
}

/* A line for each period: how many, who is strongest, which pair. */
static void print_periods(struct cli *c, const struct graph *g)
{
    struct arena *const a = &c->arena;
    struct table t = table_new(a, "lrrrll");
    size_t edge = 0;
    heads(
        &t,
        (const char *const[]){"period", "people", "edges", "groups", "strongest", "heaviest edge"},
        6);
    for (size_t i = 0; i < g->period_count && g->edge_count; i++) {
        const struct period *const p = &g->periods[i];
        const struct graph_edge *const first = &g->edges[edge];
        size_t people = 0, top = 0, edges = 0;
        for (size_t k = 0; k < g->node_count; k++) {
            people += p->measures[k].group >= 0;
            top = p->measures[k].strength > p->measures[top].strength ? k : top;
        }
        for (; edge < g->edge_count && g->edges[edge].period == i; edge++)
            edges++;
        table_add(&t, str_of(p->label));
        table_add(&t, number_text(a, people));
        table_add(&t, number_text(a, edges));
        table_add(&t, number_text(a, p->groups));
        table_add(&t, g->nodes[top].name);
        table_add(&t,
                  arena_printf(a, STR_FMT " %s " STR_FMT, STR_ARG(g->nodes[first->from].name),
                               g->undirected ? "and" : "to", STR_ARG(g->nodes[first->to].name)));
    }
    table_print(&t, &c->out);
}

static void print_summary(struct cli *c, const struct graph *g)
{
    struct arena *const a = &c->arena;
    term_addf(&c->out, "\n" STR_FMT ", " STR_FMT " among them, from " STR_FMT,
              STR_ARG(count_text(a, g->node_count, "person", "people")),
              STR_ARG(count_text(a, g->edge_count, "edge", "edges")),
              STR_ARG(count_text(a, g->messages, "message", "messages")));
    if (g->period_count == 1)
        term_addf(&c->out, "; " STR_FMT ", modularity %.2f",
                  STR_ARG(count_text(a, g->periods[0].groups, "group", "groups")),
                  g->periods[0].modularity);
    term_add(&c->out, STR("\n"));
    if (g->crowded_days)
        term_addf(&c->out,
                  STR_FMT " of one conversation with over %d writers made no edges of copresence\n",
                  STR_ARG(count_text(a, g->crowded_days, "day", "days")), COPRESENT_MAX);
    if (g->no_betweenness)
        term_add(&c->out, STR("too large for all shortest paths: no betweenness, no closeness; "
                              "narrow it with a query\n"));
    if (g->edge_count && !c->opts.values[OPT_PER]) {
        const struct graph_edge *const x = &g->edges[0];
        term_add(&c->out, STR("The messages of an edge: stet graph --edge "));
        term_safe(&c->out, shell_word(a, g->nodes[x->from].name));
        term_add(&c->out, STR(" "));
        term_safe(&c->out, shell_word(a, g->nodes[x->to].name));
        term_add(&c->out, STR("\n"));
    }
}

/* ---- files -------------------------------------------------------------------------------------- */

static enum status draw(struct cli *c, const struct graph *g, struct buf *out, struct err *e)
{
    const size_t count = g->node_count < GRAPH_DRAWN_MAX ? g->node_count : GRAPH_DRAWN_MAX;
    struct spot *const spots = arena_array(&c->arena, count + 1, sizeof *spots);
    const str query = joined(c, 0);
    if (g->period_count > 1) {
        fail(e, ERR_QUERY, "a picture shows one period");
        return fail_hint(e, "stet graph --format svg during:2016-03");
    }
    const enum status st = graph_layout(g, count, spots, e);
    const struct drawing_of d = {
        .graph = g,
        .count = count,
        .spots = spots,
        .title = query.n ? arena_printf(&c->arena, "Who is near whom: " STR_FMT, STR_ARG(query))
                         : STR("Who is near whom")};
    if (st == OK)
        graph_svg(out, &d);
    return st;
}

static enum status write_format(struct cli *c, const struct graph *g, const char *format,
                                struct buf *out, struct err *e)
{
    static const struct {
        const char *name;
        void (*write)(struct buf *out, const struct graph *g);
    } formats[] = {{"graphml", graph_graphml},
                   {"gexf", graph_gexf},
                   {"dot", graph_dot},
                   {"csv", graph_csv},
                   {"json", graph_json}};
    if (strcmp(format, "svg") == 0)
        return draw(c, g, out, e);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(format, formats[i].name) == 0)
            formats[i].write(out, g);
    return out->full ? fail(e, ERR_LIMIT, "the graph is too large to be written") : OK;
}

static enum status put(struct cli *c, const struct graph *g, const char *format, struct err *e)
{
    const char *const path = cli_value(c, OPT_OUTPUT);
    struct buf out = buf_new(WRITTEN_MAX);
    enum status st = write_format(c, g, format, &out, e);
    if (st == OK && path)
        st = write_file(path, buf_str(&out), e);
    else if (st == OK)
        term_add(&c->out, buf_str(&out));
    buf_free(&out);
    if (st == OK && path && !c->quiet && !c->json) {
        term_safe(&c->out, str_of(path));
        term_addf(&c->out, ": " STR_FMT ", " STR_FMT "\n",
                  STR_ARG(count_text(&c->arena, g->node_count, "person", "people")),
                  STR_ARG(count_text(&c->arena, g->edge_count, "edge", "edges")));
    }
    return st;
}

static enum status show(struct cli *c, const struct graph *g, struct err *e)
{
    const char *const given = cli_value(c, OPT_FORMAT);
    const char *const format = given ? given : c->json ? "json" : "table";
    if (strcmp(format, "table") != 0)
        return put(c, g, format, e);
    if (cli_has(c, OPT_OUTPUT))
        return fail(e, ERR_QUERY, "-o needs a format: svg, graphml, gexf, dot, csv or json");
    if (cli_has(c, OPT_PER))
        print_periods(c, g);
    else
        print_people(c, g);
    if (!cli_has(c, OPT_PER))
        print_edges(c, g);
    if (!c->quiet)
        print_summary(c, g);
    return OK;
}

static enum status run(struct cli *c, const struct graph_request *r, bool *empty, struct err *e)
{
    struct archive *a = NULL;
    struct graph *g = NULL;
    enum status st = cli_open(c, &a, e);
    if (st == OK)
        st = graph_make(&g, archive_store(a), r, e);
    if (st == OK)
        st = graph_measure(g, e);
    if (st == OK)
        st = show(c, g, e);
    *empty = st == OK && !g->edge_count;
    graph_free(g);
    archive_close(a);
    return st;
}

/* ---- one edge ----------------------------------------------------------------------------------- */

static str first_words(struct cli *c, str text)
{
    for (size_t i = 0; i < text.n; i++)
        if (text.p[i] == '\n')
            text.n = i;
    const bool cut = text.n > TEXT_SHOWN;
    const str part = str_sub(text, 0, TEXT_SHOWN);
    return arena_printf(&c->arena, STR_FMT "%s", STR_ARG(str_sub(part, 0, part.n)),
                        cut ? "..." : "");
}

static enum status print_tie(struct cli *c, struct archive *a, const struct tie *t,
                             struct table *out, struct err *e)
{
    struct stored m;
    const enum status st = archive_message(a, t->row, &c->arena, &m, e);
    if (st != OK)
        return st;
    if (c->json) {
        struct json j = cli_json(c, "tie");
        json_key(&j, "kind");
        json_text(&j, str_of(tie_name(t->kind)));
        json_key(&j, "weight");
        json_real(&j, t->weight, 6);
        json_key(&j, "other");
        json_int(&j, t->other_row);
        answer_message(&j, &m);
        cli_json_end(c, &j);
        return OK;
    }
    table_add(out, arena_printf(&c->arena, "%" PRId64, t->row));
    table_add(out, stamp_text(&c->arena, m.message.time.wall_ms));
    table_add(out, person_text(&c->arena, &m));
    table_add(out, str_of(tie_name(t->kind)));
    table_add(out, t->other_row ? arena_printf(&c->arena, "%" PRId64, t->other_row) : STR(""));
    table_add(out, real_text(&c->arena, t->weight, 3));
    table_add(out, first_words(c, m.message.text));
    return OK;
}

static enum status print_ties(struct cli *c, struct archive *a, const struct tie *ties,
                              size_t count, struct err *e)
{
    struct table t = table_new(&c->arena, "rlllrrs");
    enum status st = OK;
    double sum = 0;
    heads(&t, (const char *const[]){"message", "time", "by", "what", "of", "weight", "text"}, 7);
    for (size_t i = 0; i < count && st == OK; i++) {
        st = print_tie(c, a, &ties[i], &t, e);
        sum += ties[i].weight;
    }
    if (st != OK || c->json)
        return st;
    if (count)
        table_print(&t, &c->out);
    if (!c->quiet)
        term_addf(&c->out, STR_FMT ", together %.1f\n",
                  STR_ARG(count_text(&c->arena, count, "tie", "ties")), sum);
    return st;
}

static enum status run_edge(struct cli *c, const struct graph_request *r, bool *empty,
                            struct err *e)
{
    struct archive *a = NULL;
    struct pair p = {NULL, NULL, 0, 0};
    struct tie *ties;
    size_t count = 0;
    int64_t *first, *second;
    if (c->opts.arg_count < 2)
        return fail(e, ERR_QUERY, "an edge is between two: stet graph --edge noll tern");
    enum status st = cli_open(c, &a, e);
    if (st == OK)
        st = who_find(archive_store(a), str_of(c->opts.args[0]), &c->arena, &first, &p.a_count, e);
    if (st == OK)
        st = who_find(archive_store(a), str_of(c->opts.args[1]), &c->arena, &second, &p.b_count, e);
    if (st == OK) {
        p.a = first;
        p.b = second;
        st = graph_ties(archive_store(a), r, &p, &c->arena, &ties, &count, e);
    }
    if (st == OK)
        st = print_ties(c, a, ties, count, e);
    *empty = !count;
    archive_close(a);
    return st;
}

enum exit_status cmd_graph(struct cli *c)
{
    struct err e = {0};
    struct graph_request r;
    bool empty = false;
    enum status st = read_request(c, &r, &e);
    if (st != OK)
        return cli_fail(c, &e);
    st = cli_has(c, OPT_EDGE) ? run_edge(c, &r, &empty, &e) : run(c, &r, &empty, &e);
    if (st != OK)
        return cli_fail_query(c, &e, e.len ? r.query : STR(""));
    return empty ? EXIT_NOTHING : EXIT_DONE;
}
