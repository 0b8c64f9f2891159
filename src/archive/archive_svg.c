/*
 * A time line as a picture: one self-contained SVG 1.1 file that a newsroom can print, put on a page
 * or open in an editor. Every bar has its date and count as a title; the whole has a title and a
 * description (WAI-ARIA Graphics), so that a screen reader tells what the eye sees.
 */
#include "archive.h"
#include "utf8.h"

#include <inttypes.h>

enum {
    WIDTH = 960,
    HEIGHT = 320,
    LEFT = 56,
    RIGHT = 12,
    TOP = 44,
    BOTTOM = 36,
    PLOT_WIDTH = WIDTH - LEFT - RIGHT,
    PLOT_HEIGHT = HEIGHT - TOP - BOTTOM,
    LABELS_MAX = 12
};

/* Character data of XML 1.0: markup escaped, what XML cannot hold as U+FFFD. */
static void add_xml(struct buf *out, str text)
{
    while (text.n) {
        const uint32_t cp = utf8_next(&text);
        const bool allowed =
            cp >= 0x20 && cp != 0x7F && !(cp >= 0x80 && cp < 0xA0) && cp != 0xFFFE && cp != 0xFFFF;
        if (cp == '&')
            buf_add(out, STR("&amp;"));
        else if (cp == '<')
            buf_add(out, STR("&lt;"));
        else if (cp == '>')
            buf_add(out, STR("&gt;"));
        else if (cp == '"')
            buf_add(out, STR("&quot;"));
        else
            buf_add_codepoint(out, allowed ? cp : UTF8_BAD);
    }
}

static uint64_t highest(const struct timeline *t)
{
    uint64_t most = 0;
    for (size_t i = 0; i < t->count; i++)
        if (t->bars[i].count > most)
            most = t->bars[i].count;
    return most;
}

/* The next of 1, 2, 5, 10, 20, 50 ... that is not below n. */
static uint64_t round_up(uint64_t n)
{
    uint64_t power = 1;
    while (power * 10 <= n)
        power *= 10;
    const uint64_t steps[] = {1, 2, 5, 10};
    for (size_t i = 0; i < 4; i++)
        if (steps[i] * power >= n)
            return steps[i] * power;
    return n;
}

static uint64_t total(const struct timeline *t)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < t->count; i++)
        sum += t->bars[i].count;
    return sum;
}

static const char *unit_word(enum facet_by unit)
{
    if (unit == FACET_DAY)
        return "day";
    return unit == FACET_MONTH ? "month" : "year";
}

static void add_head(struct buf *out, const struct timeline *t, str title)
{
    char first[CIVIL_TEXT] = "", last[CIVIL_TEXT] = "";
    if (t->count) {
        timeline_label(first, t->unit, t->bars[0].from_ms);
        timeline_label(last, t->unit, t->bars[t->count - 1].from_ms);
    }
    buf_addf(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" "
             "aria-labelledby=\"title desc\">\n<title id=\"title\">",
             WIDTH, HEIGHT);
    add_xml(out, title);
    buf_addf(out, "</title>\n<desc id=\"desc\">%" PRIu64 " messages per %s", total(t),
             unit_word(t->unit));
    if (t->count)
        buf_addf(out, ", %s to %s; at most %" PRIu64 " in one %s", first, last, highest(t),
                 unit_word(t->unit));
    if (t->undated)
        buf_addf(out, "; %" PRIu64 " more have no date", t->undated);
    buf_add(out, STR(". Dates are as shown in the source.</desc>\n"
                     "<style>\n"
                     ".paper{fill:#fbfaf7}.ink{fill:#1d1b18}.soft{fill:#6b665e}.bar{fill:#7a1f1f}"
                     ".rule{stroke:#ddd8ce}\n"
                     "text{font:13px system-ui,sans-serif}.name{font-size:16px}\n"
                     "@media (prefers-color-scheme:dark){.paper{fill:#1b1a18}.ink{fill:#ece8e0}"
                     ".soft{fill:#a8a297}.bar{fill:#d98a7e}.rule{stroke:#3b3833}}\n"
                     "</style>\n"));
    buf_addf(out, "<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n", WIDTH, HEIGHT);
    buf_addf(out, "<text class=\"ink name\" x=\"%d\" y=\"26\">", LEFT);
    add_xml(out, title);
    buf_add(out, STR("</text>\n"));
}

static void add_scale(struct buf *out, uint64_t top)
{
    const uint64_t marks = top >= 4 ? 2 : 1;
    for (uint64_t i = 0; i <= marks; i++) {
        const double y = TOP + PLOT_HEIGHT - (double)PLOT_HEIGHT * (double)i / (double)marks;
        buf_addf(out, "<line class=\"rule\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT,
                 WIDTH - RIGHT, y, y);
        buf_addf(out, "<text class=\"soft\" text-anchor=\"end\" x=\"%d\" y=\"%.1f\">%.10g</text>\n",
                 LEFT - 8, y + 4, (double)top * (double)i / (double)marks);
    }
}

static void add_bars(struct buf *out, const struct timeline *t, uint64_t top)
{
    const double step = (double)PLOT_WIDTH / (double)t->count;
    const double gap = step > 4 ? step * 0.15 : 0;
    const size_t every = (t->count + LABELS_MAX - 1) / LABELS_MAX;
    for (size_t i = 0; i < t->count; i++) {
        const double height = (double)PLOT_HEIGHT * (double)t->bars[i].count / (double)top;
        const double x = LEFT + step * (double)i;
        char label[CIVIL_TEXT];
        timeline_label(label, t->unit, t->bars[i].from_ms);
        if (t->bars[i].count)
            buf_addf(out,
                     "<rect class=\"bar\" x=\"%.2f\" y=\"%.2f\" width=\"%.2f\" height=\"%.2f\">"
                     "<title>%s: %" PRIu64 "</title></rect>\n",
                     x + gap / 2, TOP + PLOT_HEIGHT - height, step - gap, height, label,
                     t->bars[i].count);
        if (i % every == 0)
            buf_addf(out, "<text class=\"soft\" x=\"%.1f\" y=\"%d\">%s</text>\n", x,
                     HEIGHT - BOTTOM + 20, label);
    }
}

void timeline_svg(struct buf *out, const struct timeline *t, str title)
{
    const uint64_t most = highest(t);
    const uint64_t top = round_up(most ? most : 1);
    add_head(out, t, title);
    add_scale(out, top);
    if (t->count)
        add_bars(out, t, top);
    buf_add(out, STR("</svg>\n"));
}
