/*
 * The picture: people as circles, as large as their strength, coloured and lettered by group; what they
 * have to do with each other as lines, as thick as the weight, thicker towards whom it goes. Beside it
 * stands the table, for whoever cannot see the picture or wants the numbers. One self-contained file: no
 * script, no outside reference, light and dark by the reader's preference.
 */
#include <inttypes.h>
#include <math.h>

#include "utf8.h"
#include "width.h"
#include "written.h"

enum {
    WIDTH = 1280,
    TOP = 64,
    LEFT = 84,
    PLOT_WIDTH = 726,
    PLOT_HEIGHT = 640,
    HEIGHT = TOP + PLOT_HEIGHT + 56,
    TABLE = 890,
    COUNTS = TABLE + 225,
    STRENGTHS = TABLE + 293,
    RANKS = TABLE + 372,
    ROW = 22,
    ROWS_MAX = 28,
    LINES_MAX = 240,
    NAME_SHOWN = 22,
    COLOURS = 8,
    RADIUS_MIN = 6,
    RADIUS_MORE = 20
};

static const struct measures *measures_of(const struct drawing_of *d)
{
    return d->graph->periods[d->period].measures;
}

/* One group needs no letters. */
static bool has_letter(const struct drawing_of *d, const struct measures *m)
{
    return d->graph->periods[d->period].groups > 1 && m->group >= 0 && m->group < 26;
}

/* A name cut to what has room, marked where it was. */
static void add_name(struct buf *out, str name)
{
    str rest = name;
    size_t n = 0;
    while (rest.n && n < NAME_SHOWN) {
        utf8_next(&rest);
        n++;
    }
    written_xml(out, str_sub(name, 0, name.n - rest.n));
    if (rest.n)
        buf_add(out, STR("\u2026"));
}

/* ---- head -------------------------------------------------------------------------------------- */

static const char style[] =
    "<style>\n"
    ".paper{fill:#fbfaf7}.ink{fill:#1d1b18}.soft{fill:#6b665e}.rule{stroke:#ddd8ce}\n"
    "text{font:13px system-ui,sans-serif}.head{font-size:18px;font-weight:600}\n"
    ".who{paint-order:stroke;stroke:#fbfaf7;stroke-width:4px;stroke-linejoin:round}\n"
    ".num{text-anchor:end;font-variant-numeric:tabular-nums}.mid{text-anchor:middle}\n"
    ".tie{stroke:none}.dot{stroke:#fbfaf7;stroke-width:1.5}.in{fill:#fff;font-size:11px;"
    "font-weight:600;text-anchor:middle}\n"
    ".g0{fill:#7a1f1f}.g1{fill:#1f5a7a}.g2{fill:#3d6b21}.g3{fill:#6d3c8f}.g4{fill:#8a5a00}"
    ".g5{fill:#00695c}.g6{fill:#a3326e}.g7{fill:#4a4a55}\n"
    "@media (prefers-color-scheme:dark){.paper{fill:#1b1a18}.ink{fill:#ece8e0}"
    ".soft{fill:#a8a297}.rule{stroke:#3b3833}.who{stroke:#1b1a18}.dot{stroke:#1b1a18}"
    ".in{fill:#1b1a18}\n"
    ".g0{fill:#e59a8f}.g1{fill:#8ec7e6}.g2{fill:#abd38c}.g3{fill:#cfaaea}.g4{fill:#e8c26a}"
    ".g5{fill:#7fd1c3}.g6{fill:#f0a3cb}.g7{fill:#b9b9c6}}\n"
    "</style>\n";

static size_t lines_among(const struct drawing_of *d)
{
    size_t n = 0;
    for (size_t i = 0; i < d->graph->edge_count; i++) {
        const struct graph_edge *const x = &d->graph->edges[i];
        n += x->period == d->period && x->from < d->count && x->to < d->count;
    }
    return n;
}

static size_t lines_drawn(const struct drawing_of *d)
{
    const size_t n = lines_among(d);
    return n < LINES_MAX ? n : LINES_MAX;
}

static void add_head(struct buf *out, const struct drawing_of *d)
{
    const struct period *const p = &d->graph->periods[d->period];
    buf_addf(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" "
             "aria-labelledby=\"title desc\">\n<title id=\"title\">",
             WIDTH, HEIGHT);
    written_xml(out, d->title);
    buf_addf(out,
             "</title>\n<desc id=\"desc\">%zu of %zu people, %zu lines between them, in %zu "
             "group%s. The strongest stand in the table, with their numbers. Circles are as large "
             "as the sum of a person's weights; the letter in one is its group. Lines grow thicker "
             "towards the person who was answered, mentioned or followed.</desc>\n",
             d->count, d->graph->node_count, lines_drawn(d), p->groups, p->groups == 1 ? "" : "s");
    buf_add(out, STR(style));
    buf_addf(out, "<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n", WIDTH, HEIGHT);
    buf_addf(out, "<text class=\"ink head\" x=\"%d\" y=\"34\">", 24);
    written_xml(out, d->title);
    buf_add(out, STR("</text>\n"));
}

/* ---- lines ------------------------------------------------------------------------------------- */

struct point {
    double x, y;
};

static struct point place(const struct drawing_of *d, size_t node)
{
    return (struct point){LEFT + d->spots[node].x * PLOT_WIDTH,
                          TOP + 20 + d->spots[node].y * (PLOT_HEIGHT - 20)};
}

static double most_strength(const struct drawing_of *d)
{
    double most = 0;
    for (size_t i = 0; i < d->count; i++)
        most = fmax(most, measures_of(d)[i].strength);
    return most > 0 ? most : 1;
}

static double radius(const struct drawing_of *d, size_t node)
{
    return RADIUS_MIN + RADIUS_MORE * sqrt(measures_of(d)[node].strength / most_strength(d));
}

/* A line bent to the left of its way, so that the two directions lie side by side; from a point at its
   writer to its full width at the other, as a filled shape. */
static void add_line(struct buf *out, const struct drawing_of *d, const struct graph_edge *x,
                     double heaviest)
{
    const struct point a = place(d, x->from), b = place(d, x->to);
    const double length = fmax(1, hypot(b.x - a.x, b.y - a.y));
    const double nx = (a.y - b.y) / length, ny = (b.x - a.x) / length;
    const double share = sqrt(x->weight / heaviest);
    const double end = 0.6 + 6.5 * share, start = d->graph->undirected ? end : end / 5;
    const double bend = d->graph->undirected ? 0 : fmin(26, length / 8);
    const double mx = (a.x + b.x) / 2 + nx * bend, my = (a.y + b.y) / 2 + ny * bend;
    const double half = (start + end) / 4;
    const int group = measures_of(d)[x->from].group % COLOURS;
    buf_addf(out,
             "<path class=\"tie g%d\" fill-opacity=\"%.2f\" d=\"M%.1f %.1fQ%.1f %.1f %.1f %.1f"
             "L%.1f %.1fQ%.1f %.1f %.1f %.1fZ\"><title>",
             group < 0 ? 7 : group, 0.16 + 0.5 * share, a.x + nx * start / 2, a.y + ny * start / 2,
             mx + nx * half, my + ny * half, b.x + nx * end / 2, b.y + ny * end / 2,
             b.x - nx * end / 2, b.y - ny * end / 2, mx - nx * half, my - ny * half,
             a.x - nx * start / 2, a.y - ny * start / 2);
    written_xml(out, d->graph->nodes[x->from].name);
    buf_add(out, d->graph->undirected ? STR(" and ") : STR(" to "));
    written_xml(out, d->graph->nodes[x->to].name);
    buf_add(out, STR(": "));
    written_real(out, round(x->weight * 100) / 100);
    for (int k = 0; k < TIE_KINDS; k++)
        if (x->ties[k])
            buf_addf(out, ", %s %" PRIu32, tie_name((enum tie_kind)k), x->ties[k]);
    buf_add(out, STR("</title></path>\n"));
}

/* Edges are heaviest first: the light ones are drawn first, so that they lie below. */
static void add_lines(struct buf *out, const struct drawing_of *d)
{
    const struct graph *const g = d->graph;
    const struct graph_edge *drawn[LINES_MAX];
    size_t count = 0;
    for (size_t i = 0; i < g->edge_count && count < LINES_MAX; i++) {
        const struct graph_edge *const x = &g->edges[i];
        if (x->period == d->period && x->from < d->count && x->to < d->count)
            drawn[count++] = x;
    }
    for (size_t i = count; i-- > 0;)
        add_line(out, d, drawn[i], drawn[0]->weight);
}

/* ---- people ------------------------------------------------------------------------------------ */

static void add_person(struct buf *out, const struct drawing_of *d, size_t node)
{
    const struct measures *const m = &measures_of(d)[node];
    const struct point p = place(d, node);
    const double r = radius(d, node);
    buf_addf(out, "<g><title>");
    written_xml(out, d->graph->nodes[node].name);
    buf_addf(out, ": %" PRIu64 " messages, strength ", d->graph->nodes[node].messages);
    written_real(out, round(m->strength * 10) / 10);
    buf_addf(out, "</title><circle class=\"dot g%d\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"/>",
             m->group < 0 ? 7 : m->group % COLOURS, p.x, p.y, r);
    if (has_letter(d, m))
        buf_addf(out, "<text class=\"in\" x=\"%.1f\" y=\"%.1f\">%c</text>", p.x, p.y + 4,
                 'A' + m->group);
    buf_add(out, STR("</g>\n"));
}

static void add_names(struct buf *out, const struct drawing_of *d)
{
    for (size_t i = d->count; i-- > 0;) {
        const struct point p = place(d, i);
        buf_addf(out, "<text class=\"ink who mid\" x=\"%.1f\" y=\"%.1f\">", p.x,
                 p.y + radius(d, i) + 14);
        add_name(out, d->graph->nodes[i].name);
        buf_add(out, STR("</text>\n"));
    }
}

/* ---- table ------------------------------------------------------------------------------------- */

/* The strongest first: the table's order, which is not that of the nodes. */
static size_t strongest(const struct drawing_of *d, size_t *order)
{
    const struct measures *const m = measures_of(d);
    size_t n = 0;
    for (size_t i = 0; i < d->count; i++) {
        size_t at = n++;
        for (; at && m[order[at - 1]].strength < m[i].strength; at--)
            order[at] = order[at - 1];
        order[at] = i;
    }
    return n;
}

static void add_number(struct buf *out, int x, int y, double value, int decimals)
{
    buf_addf(out, "<text class=\"ink num\" x=\"%d\" y=\"%d\">%.*f</text>", x, y, decimals, value);
}

static void add_table_row(struct buf *out, const struct drawing_of *d, size_t node, int y)
{
    const struct measures *const m = &measures_of(d)[node];
    buf_addf(out, "<circle class=\"g%d\" cx=\"%d\" cy=\"%d\" r=\"8\"/>",
             m->group < 0 ? 7 : m->group % COLOURS, TABLE + 8, y - 4);
    if (has_letter(d, m))
        buf_addf(out, "<text class=\"in\" x=\"%d\" y=\"%d\">%c</text>", TABLE + 8, y,
                 'A' + m->group);
    buf_addf(out, "<text class=\"ink\" x=\"%d\" y=\"%d\">", TABLE + 24, y);
    add_name(out, d->graph->nodes[node].name);
    buf_add(out, STR("</text>"));
    add_number(out, COUNTS, y, (double)d->graph->nodes[node].messages, 0);
    add_number(out, STRENGTHS, y, m->strength, m->strength < 10 ? 1 : 0);
    add_number(out, RANKS, y, m->pagerank, 3);
    buf_addf(out, "\n<line class=\"rule\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>\n", TABLE,
             RANKS, y + 7, y + 7);
}

static void add_table(struct buf *out, const struct drawing_of *d)
{
    static const struct {
        const char *says;
        int x;
    } heads[] = {{"messages", COUNTS}, {"strength", STRENGTHS}, {"PageRank", RANKS}};
    size_t order[GRAPH_DRAWN_MAX];
    const size_t n = strongest(d, order);
    int y = TOP + 20;
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        buf_addf(out, "<text class=\"soft num\" x=\"%d\" y=\"%d\">%s</text>", heads[i].x, y,
                 heads[i].says);
    buf_addf(out, "<text class=\"soft\" x=\"%d\" y=\"%d\">person</text>\n", TABLE + 24, y);
    for (size_t i = 0; i < n && i < ROWS_MAX; i++)
        add_table_row(out, d, order[i], y += ROW);
    if (d->graph->node_count > ROWS_MAX)
        buf_addf(out, "<text class=\"soft\" x=\"%d\" y=\"%d\">and %zu more</text>\n", TABLE + 24,
                 y + ROW, d->graph->node_count - ROWS_MAX);
}

static void add_foot(struct buf *out, const struct drawing_of *d)
{
    buf_addf(out, "<text class=\"soft\" x=\"24\" y=\"%d\">", HEIGHT - 18);
    buf_addf(out, "Circle: sum of weights. Letter and colour: group. ");
    buf_add(out, d->graph->undirected ? STR("Line: weight between two.")
                                      : STR("Line: weight, thicker towards whom it goes."));
    if (d->graph->node_count > d->count)
        buf_addf(out, " The %zu who wrote most are drawn, of %zu.", d->count, d->graph->node_count);
    if (lines_among(d) > LINES_MAX)
        buf_addf(out, " The %d heaviest of %zu lines.", LINES_MAX, lines_among(d));
    buf_add(out, STR(" Only what is in the archive.</text>\n"));
}

void graph_svg(struct buf *out, const struct drawing_of *d)
{
    add_head(out, d);
    if (d->count)
        add_lines(out, d);
    for (size_t i = d->count; i-- > 0;)
        add_person(out, d, i);
    add_names(out, d);
    add_table(out, d);
    add_foot(out, d);
    buf_add(out, STR("</svg>\n"));
}
