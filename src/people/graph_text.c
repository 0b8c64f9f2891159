/* A graph as DOT (https://graphviz.org/doc/info/lang.html), CSV (RFC 4180) and JSON. */
#include <inttypes.h>

#include "json.h"
#include "written.h"

/* ---- DOT --------------------------------------------------------------------------------------- */

/* A quoted string of DOT: only the quotation mark and the backslash mean anything in one. */
static void add_quoted(struct buf *out, str text)
{
    buf_add_byte(out, '"');
    for (size_t i = 0; i < text.n; i++) {
        const unsigned char byte = (unsigned char)text.p[i];
        if (byte == '"' || byte == '\\')
            buf_add_byte(out, '\\');
        buf_add_byte(out, byte < 0x20 || byte == 0x7F ? ' ' : text.p[i]);
    }
    buf_add_byte(out, '"');
}

void graph_dot(struct buf *out, const struct graph *g)
{
    buf_addf(out, "%s stet {\n", g->undirected ? "graph" : "digraph");
    for (size_t i = 0; i < g->node_count; i++) {
        buf_addf(out, "  n%zu [label=", i);
        add_quoted(out, g->nodes[i].name);
        buf_addf(out, ", messages=%" PRIu64 "];\n", g->nodes[i].messages);
    }
    for (size_t i = 0; i < g->edge_count; i++) {
        const struct graph_edge *const x = &g->edges[i];
        buf_addf(out, "  n%u %s n%u [weight=", x->from, g->undirected ? "--" : "->", x->to);
        written_real(out, x->weight);
        if (g->periods[x->period].label[0])
            buf_addf(out, ", period=\"%s\"", g->periods[x->period].label);
        buf_add(out, STR("];\n"));
    }
    buf_add(out, STR("}\n"));
}

/* ---- CSV --------------------------------------------------------------------------------------- */

/* A name that begins like a formula would be one in a spreadsheet; the apostrophe keeps it a name. */
static void add_cell(struct buf *out, str text)
{
    buf_add_byte(out, '"');
    if (text.n && (text.p[0] == '=' || text.p[0] == '+' || text.p[0] == '-' || text.p[0] == '@'))
        buf_add_byte(out, '\'');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_add_byte(out, '"');
        buf_add_byte(out, text.p[i]);
    }
    buf_add_byte(out, '"');
}

void graph_csv(struct buf *out, const struct graph *g)
{
    buf_add(out, STR("period,from,to,weight"));
    for (int k = 0; k < TIE_KINDS; k++)
        buf_addf(out, ",%s", tie_name((enum tie_kind)k));
    buf_add(out, STR(",first,last\r\n"));
    for (size_t i = 0; i < g->edge_count; i++) {
        const struct graph_edge *const x = &g->edges[i];
        buf_addf(out, "%s,", g->periods[x->period].label);
        add_cell(out, g->nodes[x->from].name);
        buf_add_byte(out, ',');
        add_cell(out, g->nodes[x->to].name);
        buf_add_byte(out, ',');
        written_real(out, x->weight);
        for (int k = 0; k < TIE_KINDS; k++)
            buf_addf(out, ",%" PRIu32, x->ties[k]);
        buf_add_byte(out, ',');
        written_time(out, x->first_wall_ms);
        buf_add_byte(out, ',');
        written_time(out, x->last_wall_ms);
        buf_add(out, STR("\r\n"));
    }
}

/* ---- JSON -------------------------------------------------------------------------------------- */

static void put_real(struct json *j, const char *key, double value)
{
    json_key(j, key);
    json_real(j, value, 6);
}

static void put_int(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}

static void put_time(struct json *j, const char *key, int64_t wall_ms)
{
    char text[CIVIL_TEXT];
    json_key(j, key);
    if (wall_ms == TIME_NONE)
        json_null(j);
    else
        json_text(j, str_of(civil_print(text, wall_ms)));
}

static void put_nodes(struct json *j, const struct graph *g)
{
    json_key(j, "nodes");
    json_array(j);
    for (size_t i = 0; i < g->node_count; i++) {
        const struct graph_node *const n = &g->nodes[i];
        json_object(j);
        put_int(j, "id", (int64_t)i);
        json_key(j, "name");
        json_text(j, n->name);
        json_key(j, "handles");
        json_text(j, n->handles);
        put_int(j, "person", n->person);
        put_int(j, "participant", n->participant);
        put_int(j, "messages", (int64_t)n->messages);
        json_end(j);
    }
    json_end(j);
}

static void put_edges(struct json *j, const struct graph *g)
{
    json_key(j, "edges");
    json_array(j);
    for (size_t i = 0; i < g->edge_count; i++) {
        const struct graph_edge *const x = &g->edges[i];
        json_object(j);
        put_int(j, "from", x->from);
        put_int(j, "to", x->to);
        put_int(j, "period", x->period);
        put_real(j, "weight", x->weight);
        for (int k = 0; k < TIE_KINDS; k++)
            put_int(j, tie_name((enum tie_kind)k), x->ties[k]);
        put_time(j, "first", x->first_wall_ms);
        put_time(j, "last", x->last_wall_ms);
        json_end(j);
    }
    json_end(j);
}

static void put_measures(struct json *j, const struct graph *g, const struct period *p)
{
    json_key(j, "measures");
    json_array(j);
    for (size_t i = 0; p->measures && i < g->node_count; i++) {
        const struct measures *const m = &p->measures[i];
        if (m->group < 0)
            continue;
        json_object(j);
        put_int(j, "node", (int64_t)i);
        put_int(j, "degree", m->degree);
        put_int(j, "degree_in", m->degree_in);
        put_int(j, "degree_out", m->degree_out);
        put_real(j, "strength", m->strength);
        put_real(j, "strength_in", m->strength_in);
        put_real(j, "strength_out", m->strength_out);
        put_real(j, "pagerank", m->pagerank);
        if (!g->no_betweenness) {
            put_real(j, "betweenness", m->betweenness);
            put_real(j, "closeness", m->closeness);
        }
        put_int(j, "group", m->group + 1);
        json_end(j);
    }
    json_end(j);
}

void graph_json(struct buf *out, const struct graph *g)
{
    struct json j = json_to(out);
    json_object(&j);
    put_int(&j, "stet", 1);
    json_key(&j, "type");
    json_text(&j, STR("graph"));
    json_key(&j, "directed");
    json_bool(&j, !g->undirected);
    put_int(&j, "messages", (int64_t)g->messages);
    put_nodes(&j, g);
    put_edges(&j, g);
    json_key(&j, "periods");
    json_array(&j);
    for (size_t i = 0; i < g->period_count; i++) {
        const struct period *const p = &g->periods[i];
        json_object(&j);
        json_key(&j, "label");
        json_text(&j, str_of(p->label));
        put_int(&j, "groups", (int64_t)p->groups);
        put_real(&j, "modularity", p->modularity);
        put_measures(&j, g, p);
        json_end(&j);
    }
    json_end(&j);
    json_end(&j);
    buf_add_byte(out, '\n');
}
