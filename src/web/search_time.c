/*
 * See search_time.h. If the query itself has a range of dates, the time line is that of the query
 * without it, and the bars of the range stand out: so a range can be moved and widened, not only
 * narrowed.
 */
#include "search_time.h"

#include "bars.h"
#include "facets.h"
#include "layout.h"
#include "url.h"

enum { BARS_HEIGHT = 84 };

static str without_date(struct web *w)
{
    const str query = web_param(w, "q");
    const str date = query_date(query);
    return date.n ? query_toggle(&w->arena, query, date) : query;
}

static str link_dated(struct web *w, str dates)
{
    str query = without_date(w);
    if (dates.n)
        query = query_toggle(&w->arena, query, query_piece(&w->arena, "date", dates));
    return link_to(&w->arena, "/search", "q", query, "sort", web_param(w, "sort"), NULL);
}

static str link_bar(struct web *w, enum facet_by unit, int64_t from_ms)
{
    return link_dated(w, bars_date(w, unit, from_ms));
}

bool search_time_joined(struct web *w)
{
    const str from = str_trim(web_param(w, "from")), to = str_trim(web_param(w, "to"));
    if (!from.n && !to.n)
        return false;
    web_redirect(w, link_dated(w, arena_printf(&w->arena, STR_FMT ".." STR_FMT, STR_ARG(from),
                                               STR_ARG(to))));
    return true;
}

/* ---- two dates ------------------------------------------------------------------------------ */

static void draw_input(struct web *w, const char *name, const char *label)
{
    struct markup *m = &w->out;
    markup_open(m, "div", NULL);
    markup_open(m, "label", "for", name, NULL);
    markup_text(m, str_of(label));
    markup_close(m);
    markup_open(m, "input", "type", "text", "name", name, "id", name, "autocomplete", "off",
                "placeholder", "2016-03-02, june 2016 …", NULL);
    markup_close(m);
    markup_close(m);
}

static void draw_between(struct web *w, bool dated)
{
    struct markup *m = &w->out;
    markup_open(m, "details", "class", "between", NULL);
    markup_element(m, "summary", dated ? STR("Other dates") : STR("Between two dates"));
    markup_open(m, "form", "class", "row", "action", "/search", NULL);
    layout_hidden(w, "q", without_date(w));
    if (web_param(w, "sort").n)
        layout_hidden(w, "sort", web_param(w, "sort"));
    draw_input(w, "from", "From");
    draw_input(w, "to", "To, with that day");
    markup_element(m, "button", STR("Narrow"));
    if (dated)
        layout_link(w, link_dated(w, STR("")), STR("all dates"));
    markup_close(m);
    markup_close(m);
}

/* ---- bars ----------------------------------------------------------------------------------- */

struct around {
    struct timeline timeline;
    struct date_range in;
    bool dated; /* the query has a range, and `in` is it */
};

static enum status count_bars(struct web *w, struct search *s, struct around *a, struct err *e)
{
    const struct search_facts *f = search_facts(s);
    if (f->first_wall_ms == TIME_NONE)
        return OK;
    return search_timeline(s, timeline_unit_for(f->first_wall_ms, f->last_wall_ms), &w->arena,
                           &a->timeline, e);
}

static enum status count_without_date(struct web *w, struct around *a, struct err *e)
{
    const struct search_request r = {.query = without_date(w),
                                     .now_wall_ms = w->request->now_wall_ms,
                                     .stop = web_is_late,
                                     .stop_context = w};
    struct search *s = NULL;
    enum status st = search_open(&s, w->archive, &r, e);
    if (st == OK)
        st = count_bars(w, s, a, e);
    search_close(s);
    return st;
}

/* date:"june 2016" is asked for as june 2016. */
static str date_value(str piece)
{
    const str value = str_from(piece, 5);
    if (value.n > 1 && value.p[0] == '"' && value.p[value.n - 1] == '"')
        return str_sub(value, 1, value.n - 2);
    return value;
}

static enum status count_around(struct web *w, struct search *s, struct around *a, struct err *e)
{
    struct err unread = {0};
    const str date = query_date(web_param(w, "q"));
    a->dated = date.n &&
               date_range_parse(date_value(date), w->request->now_wall_ms, &a->in, &unread) == OK;
    return a->dated ? count_without_date(w, a, e) : count_bars(w, s, a, e);
}

enum status search_time_draw(struct web *w, struct search *s, struct err *e)
{
    struct around a = {.dated = false};
    const enum status st = count_around(w, s, &a, e);
    if (st == ERR_LIMIT || st == ERR_STOPPED) {
        markup_line(&w->out, "p", "soft", STR("There was no time for the time line."));
        return OK;
    }
    if (st != OK || !a.timeline.count)
        return st;
    const struct bars b = {.timeline = &a.timeline,
                           .link = link_bar,
                           .title = STR("Hits over time; each bar narrows the search to its date"),
                           .in = a.dated ? &a.in : NULL,
                           .query = without_date(w),
                           .height = BARS_HEIGHT};
    bars_draw(w, &b);
    draw_between(w, a.dated);
    return OK;
}
