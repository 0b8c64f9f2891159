/*
 * GraphML (http://graphml.graphdrawing.org/) and GEXF 1.3 (https://gexf.net/): what Gephi, yEd, Cytoscape
 * and NetworkX read. An edge of each period is an edge of its own; in GEXF it has the time of its first
 * and of its last message.
 */
#include <inttypes.h>

#include "written.h"

static void add_text(struct buf *out, const char *key, str value)
{
    buf_addf(out, "<data key=\"%s\">", key);
    written_xml(out, value);
    buf_add(out, STR("</data>"));
}

static void add_number(struct buf *out, const char *key, double value)
{
    buf_addf(out, "<data key=\"%s\">", key);
    written_real(out, value);
    buf_add(out, STR("</data>"));
}

/* ---- GraphML ----------------------------------------------------------------------------------- */

static void declare(struct buf *out, const char *of, const char *name, const char *type)
{
    buf_addf(out, "<key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", name, of, name,
             type);
}

static void declare_all(struct buf *out)
{
    static const char *const numbers[] = {"strength", "pagerank", "betweenness", "closeness"};
    declare(out, "node", "label", "string");
    declare(out, "node", "handles", "string");
    declare(out, "node", "messages", "long");
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        declare(out, "node", numbers[i], "double");
    declare(out, "node", "group", "int");
    declare(out, "edge", "weight", "double");
    for (int k = 0; k < TIE_KINDS; k++)
        declare(out, "edge", tie_name((enum tie_kind)k), "int");
    declare(out, "edge", "first", "string");
    declare(out, "edge", "last", "string");
    declare(out, "edge", "period", "string");
}

static void add_node(struct buf *out, const struct graph *g, size_t i)
{
    const struct graph_node *const n = &g->nodes[i];
    buf_addf(out, "<node id=\"n%zu\">", i);
    add_text(out, "label", n->name);
    if (n->handles.n)
        add_text(out, "handles", n->handles);
    add_number(out, "messages", (double)n->messages);
    if (g->period_count == 1 && g->periods[0].measures) {
        const struct measures *const m = &g->periods[0].measures[i];
        add_number(out, "strength", m->strength);
        add_number(out, "pagerank", m->pagerank);
        add_number(out, "betweenness", m->betweenness);
        add_number(out, "closeness", m->closeness);
        add_number(out, "group", m->group + 1);
    }
    buf_add(out, STR("</node>\n"));
}

static void add_edge(struct buf *out, const struct graph *g, const struct graph_edge *x)
{
    const int64_t times[] = {x->first_wall_ms, x->last_wall_ms};
    static const char *const names[] = {"first", "last"};
    buf_addf(out, "<edge source=\"n%u\" target=\"n%u\">", x->from, x->to);
    add_number(out, "weight", x->weight);
    for (int k = 0; k < TIE_KINDS; k++)
        if (x->ties[k])
            add_number(out, tie_name((enum tie_kind)k), x->ties[k]);
    for (int k = 0; k < 2 && times[k] != TIME_NONE; k++) {
        buf_addf(out, "<data key=\"%s\">", names[k]);
        written_time(out, times[k]);
        buf_add(out, STR("</data>"));
    }
    if (g->periods[x->period].label[0])
        add_text(out, "period", str_of(g->periods[x->period].label));
    buf_add(out, STR("</edge>\n"));
}

void graph_graphml(struct buf *out, const struct graph *g)
{
    buf_add(out, STR("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"));
    declare_all(out);
    buf_addf(out, "<graph id=\"stet\" edgedefault=\"%s\">\n",
             g->undirected ? "undirected" : "directed");
    for (size_t i = 0; i < g->node_count; i++)
        add_node(out, g, i);
    for (size_t i = 0; i < g->edge_count; i++)
        add_edge(out, g, &g->edges[i]);
    buf_add(out, STR("</graph>\n</graphml>\n"));
}

/* ---- GEXF -------------------------------------------------------------------------------------- */

static void add_value(struct buf *out, const char *id, double value)
{
    buf_addf(out, "<attvalue for=\"%s\" value=\"", id);
    written_real(out, value);
    buf_add(out, STR("\"/>"));
}

static void declare_gexf(struct buf *out)
{
    buf_add(out, STR("<attributes class=\"node\"><attribute id=\"messages\" title=\"messages\" "
                     "type=\"long\"/><attribute id=\"handles\" title=\"handles\" type=\"string\"/>"
                     "<attribute id=\"group\" title=\"group\" type=\"integer\"/>"
                     "<attribute id=\"pagerank\" title=\"pagerank\" type=\"double\"/>"
                     "</attributes>\n<attributes class=\"edge\">"));
    for (int k = 0; k < TIE_KINDS; k++)
        buf_addf(out, "<attribute id=\"%s\" title=\"%s\" type=\"integer\"/>",
                 tie_name((enum tie_kind)k), tie_name((enum tie_kind)k));
    buf_add(out, STR("</attributes>\n"));
}

static void add_gexf_node(struct buf *out, const struct graph *g, size_t i)
{
    const struct graph_node *const n = &g->nodes[i];
    buf_addf(out, "<node id=\"%zu\" label=\"", i);
    written_xml(out, n->name);
    buf_add(out, STR("\"><attvalues>"));
    add_value(out, "messages", (double)n->messages);
    if (n->handles.n) {
        buf_add(out, STR("<attvalue for=\"handles\" value=\""));
        written_xml(out, n->handles);
        buf_add(out, STR("\"/>"));
    }
    if (g->period_count == 1 && g->periods[0].measures) {
        add_value(out, "group", g->periods[0].measures[i].group + 1);
        add_value(out, "pagerank", g->periods[0].measures[i].pagerank);
    }
    buf_add(out, STR("</attvalues></node>\n"));
}

static void add_gexf_edge(struct buf *out, const struct graph_edge *x, size_t i)
{
    buf_addf(out, "<edge id=\"%zu\" source=\"%u\" target=\"%u\" weight=\"", i, x->from, x->to);
    written_real(out, x->weight);
    buf_add_byte(out, '"');
    if (x->first_wall_ms != TIME_NONE) {
        buf_add(out, STR(" start=\""));
        written_time(out, x->first_wall_ms);
        buf_add(out, STR("\" end=\""));
        written_time(out, x->last_wall_ms);
        buf_add_byte(out, '"');
    }
    buf_add(out, STR("><attvalues>"));
    for (int k = 0; k < TIE_KINDS; k++)
        if (x->ties[k])
            add_value(out, tie_name((enum tie_kind)k), x->ties[k]);
    buf_add(out, STR("</attvalues></edge>\n"));
}

void graph_gexf(struct buf *out, const struct graph *g)
{
    buf_addf(out,
             "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
             "<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n"
             "<meta><creator>Stet</creator></meta>\n"
             "<graph mode=\"dynamic\" timeformat=\"dateTime\" defaultedgetype=\"%s\">\n",
             g->undirected ? "undirected" : "directed");
    declare_gexf(out);
    buf_addf(out, "<nodes count=\"%zu\">\n", g->node_count);
    for (size_t i = 0; i < g->node_count; i++)
        add_gexf_node(out, g, i);
    buf_addf(out, "</nodes>\n<edges count=\"%zu\">\n", g->edge_count);
    for (size_t i = 0; i < g->edge_count; i++)
        add_gexf_edge(out, &g->edges[i], i);
    buf_add(out, STR("</edges>\n</graph>\n</gexf>\n"));
}
