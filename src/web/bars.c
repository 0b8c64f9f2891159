/* See bars.h. */
#include "bars.h"

#include "phrase.h"

enum { WIDTH = 1000, AXIS = 18, LABEL_ROOM = 110 };

str bars_date(struct web *w, enum facet_by unit, int64_t from_ms)
{
    char label[CIVIL_TEXT];
    return arena_dup(&w->arena, str_of(timeline_label(label, unit, from_ms)));
}

static uint64_t highest(const struct timeline *t)
{
    uint64_t most = 1;
    for (size_t i = 0; i < t->count; i++)
        most = t->bars[i].count > most ? t->bars[i].count : most;
    return most;
}

static bool is_in(const struct bars *b, int64_t from_ms)
{
    const struct date_range *r = b->in;
    return !r || ((r->from_ms == TIME_NONE || from_ms >= r->from_ms) &&
                  (r->to_ms == TIME_NONE || from_ms < r->to_ms));
}

static void draw_bar(struct web *w, const struct bars *b, size_t i, uint64_t most)
{
    struct markup *m = &w->out;
    const struct timeline *t = b->timeline;
    const double slot = (double)WIDTH / (double)t->count, gap = slot > 6 ? slot / 6 : slot / 12;
    const double plot = b->height - AXIS;
    const double height = (double)t->bars[i].count / (double)most * (plot - 2);
    const str date = bars_date(w, t->unit, t->bars[i].from_ms);
    const bool link = b->link && t->bars[i].count;
    if (link) {
        markup_open(m, "a", NULL);
        markup_attr(m, "href", b->link(w, t->unit, t->bars[i].from_ms));
    }
    markup_open(m, "rect", NULL);
    markup_attr(m, "class", is_in(b, t->bars[i].from_ms) ? STR("bar in") : STR("bar"));
    markup_attr(m, "data-date", date);
    markup_attrf(m, "x", "%.2f", (double)i * slot + gap / 2);
    markup_attrf(m, "y", "%.2f", plot - (t->bars[i].count && height < 1.5 ? 1.5 : height));
    markup_attrf(m, "width", "%.2f", slot - gap);
    markup_attrf(m, "height", "%.2f", t->bars[i].count && height < 1.5 ? 1.5 : height);
    markup_open(m, "title", NULL);
    markup_text(m, date);
    markup_text(m, STR(": "));
    markup_text(m, phrase_count(&w->arena, t->bars[i].count, "message", "messages"));
    markup_close_to(m, m->depth - (link ? 3 : 2));
}

/* Labels where a year begins, or a month in a time line of days, as far apart as they need. */
static bool is_labelled(const struct timeline *t, size_t i)
{
    const struct civil c = civil_from_ms(t->bars[i].from_ms);
    if (i == 0 || t->unit == FACET_YEAR)
        return true;
    return t->unit == FACET_MONTH ? c.month == 1 : c.day == 1;
}

static void draw_labels(struct web *w, const struct bars *b)
{
    struct markup *m = &w->out;
    const struct timeline *t = b->timeline;
    double free_from = 0;
    for (size_t i = 0; i < t->count; i++) {
        const double x = (double)i * WIDTH / (double)t->count;
        if (!is_labelled(t, i) || x < free_from || x > WIDTH - LABEL_ROOM)
            continue;
        markup_open(m, "text", NULL);
        markup_attrf(m, "x", "%.2f", x);
        markup_attrf(m, "y", "%d", b->height - 4);
        markup_text(m, t->unit == FACET_DAY
                           ? phrase_date(&w->arena, t->bars[i].from_ms)
                           : bars_date(w, t->unit == FACET_MONTH && i ? FACET_YEAR : t->unit,
                                       t->bars[i].from_ms));
        markup_close(m);
        free_from = x + LABEL_ROOM;
    }
}

void bars_draw(struct web *w, const struct bars *b)
{
    struct markup *m = &w->out;
    const struct timeline *t = b->timeline;
    if (!t->count)
        return;
    const uint64_t most = highest(t);
    markup_open(m, "div", NULL);
    markup_attr(m, "class", STR("timeline"));
    if (b->query.p)
        markup_attr(m, "data-query", b->query);
    markup_open(m, "svg", NULL);
    markup_attrf(m, "viewBox", "0 0 %d %d", WIDTH, b->height);
    markup_attr(m, "role", STR("group"));
    markup_attr(m, "aria-label", b->title);
    for (size_t i = 0; i < t->count; i++)
        draw_bar(w, b, i, most);
    markup_open(m, "path", NULL);
    markup_attr(m, "class", STR("axis"));
    markup_attrf(m, "d", "M0 %d.5H%d", b->height - AXIS, WIDTH);
    markup_close(m);
    draw_labels(w, b);
    markup_close(m);
    markup_close(m);
}
