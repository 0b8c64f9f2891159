/*
 * Search: one box; what was understood; facets; the time line; hits in their context. Without a query
 * it is the first page: the box, examples to click, the archive at a glance.
 */
#include "facets.h"
#include "layout.h"
#include "mark_parts.h"
#include "pages.h"
#include "phrase.h"
#include "search_time.h"
#include "url.h"
#include "utf8.h"

#include <string.h>

enum { PAGE_HITS = 25, NEAR_BYTES = 220 };

static enum hit_sort sort_of(const struct web *w)
{
    const str sort = web_param(w, "sort");
    if (str_eq(sort, STR("-date")))
        return SORT_NEWEST;
    return str_eq(sort, STR("relevance")) ? SORT_RELEVANCE : SORT_OLDEST;
}

static void draw_box(struct web *w)
{
    struct markup *m = &w->out;
    markup_open(m, "form", NULL);
    markup_attr(m, "class", STR("box"));
    markup_attr(m, "action", STR("/search"));
    markup_attr(m, "role", STR("search"));
    markup_open(m, "input", NULL);
    markup_attr(m, "type", STR("search"));
    markup_attr(m, "name", STR("q"));
    markup_attr(m, "id", STR("q"));
    markup_attr(m, "value", web_param(w, "q"));
    markup_attr(m, "aria-label", STR("Search the archive"));
    markup_attr(m, "autocomplete", STR("off"));
    markup_attr(m, "spellcheck", STR("false"));
    if (!web_param(w, "q").n)
        markup_flag(m, "autofocus");
    markup_close(m);
    if (web_param(w, "sort").n)
        layout_hidden(w, "sort", web_param(w, "sort"));
    markup_open(m, "button", NULL);
    markup_attr(m, "class", STR("main"));
    markup_text(m, STR("Search"));
    markup_close(m);
    markup_close(m);
    markup_open(m, "p", "id", "live", "class", "read-as", "role", "status", NULL);
    markup_close(m);
}

static void draw_read_as(struct web *w, const struct search_facts *f, bool explained)
{
    struct markup *m = &w->out;
    markup_open(m, "p", NULL);
    markup_attr(m, "class", STR("read-as"));
    markup_text(m, STR("Read as "));
    markup_isolated(m, "code", f->read_as.n ? f->read_as : STR("everything"));
    if (f->notes.n) {
        markup_text(m, STR(" · "));
        markup_text(m, f->notes);
    }
    markup_text(m, STR(" · case and accents folded · "));
    layout_link(w,
                explained ? link_with(w, "explain", STR(""), NULL)
                          : link_with(w, "explain", STR("1"), NULL),
                explained ? STR("hide why") : STR("why are these hits?"));
    markup_close(m);
    if (explained && f->explain.n)
        markup_line(m, "pre", "raw", f->explain);
}

/* ---- hits ----------------------------------------------------------------------------------- */

static void draw_orders(struct web *w, const struct search_facts *f)
{
    static const struct {
        const char *value, *name;
        enum hit_sort sort;
    } orders[] = {{"", "oldest first", SORT_OLDEST},
                  {"-date", "newest first", SORT_NEWEST},
                  {"relevance", "relevance", SORT_RELEVANCE}};
    struct markup *m = &w->out;
    markup_open(m, "p", NULL);
    markup_attr(m, "class", STR("order"));
    markup_element(m, "strong", phrase_count(&w->arena, f->count, "hit", "hits"));
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        markup_open(m, "a", NULL);
        markup_attr(m, "href",
                    link_with(w, "sort", str_of(orders[i].value), "after", STR(""), NULL));
        if (sort_of(w) == orders[i].sort)
            markup_attr(m, "aria-current", STR("true"));
        markup_text(m, str_of(orders[i].name));
        markup_close(m);
    }
    layout_link(w, link_to(&w->arena, "/export", "q", web_param(w, "q"), NULL), STR("take away …"));
    markup_close(m);
}

static str sender_of(const struct stored *s)
{
    const struct message *m = &s->message;
    if (m->sender_name.n)
        return m->sender_name;
    return m->sender.n ? m->sender : STR("(system)");
}

static void draw_near(struct web *w, const struct stored *s)
{
    struct markup *m = &w->out;
    markup_open(m, "p", NULL);
    markup_attr(m, "class", STR("near"));
    markup_attr(m, "dir", STR("auto"));
    markup_text(m, sender_of(s));
    markup_text(m, STR(": "));
    const str head = str_sub(s->message.text, 0, NEAR_BYTES);
    markup_text(m, str_sub(head, 0, utf8_unbroken(head)));
    markup_close(m);
}

/* The time as shown, or in the zone that the query asks for. */
static void draw_when(struct web *w, const struct search *search, const struct stored *s)
{
    struct markup *m = &w->out;
    struct message_time time = s->message.time;
    time.wall_ms = search_wall_ms(search, &s->message.time);
    markup_open(m, "div", NULL);
    markup_attr(m, "class", STR("when"));
    markup_open(m, "a", NULL);
    markup_attr(m, "href", link_conversation(&w->arena, s->conversation_id, s->row));
    markup_open(m, "span", NULL);
    markup_attr(m, "class", STR("day"));
    layout_date(w, &time);
    markup_close(m);
    markup_open(m, "span", NULL);
    markup_attr(m, "class", STR("clock"));
    layout_clock(w, &time, s->message.time_shown);
    markup_close(m);
    markup_close(m);
    markup_close(m);
}

static void draw_who(struct web *w, const struct found *f)
{
    struct markup *m = &w->out;
    const struct stored *s = &f->hit;
    char later[CIVIL_TEXT];
    markup_open(m, "p", NULL);
    markup_attr(m, "class", STR("who"));
    markup_isolated(m, "b", sender_of(s));
    markup_text(m, STR(" in "));
    markup_isolated(m, "span",
                    s->conversation_title.n ? s->conversation_title : s->message.conversation);
    if (f->since_previous_ms != TIME_NONE)
        markup_textf(m, " · %s later", civil_print_duration(later, f->since_previous_ms));
    if (s->message.flags & FLAG_EDITED)
        markup_text(m, STR(" · edited"));
    if (s->message.flags & FLAG_DELETED)
        markup_text(m, STR(" · deleted"));
    markup_close(m);
}

static void draw_acts(struct web *w, const struct stored *s)
{
    struct markup *m = &w->out;
    struct err ignored = {0};
    bool starred = false;
    markup_open(m, "div", NULL);
    markup_attr(m, "class", STR("acts"));
    (void)(mark_is_starred(w, s->row, &starred, &ignored) == OK); /* then it shows none */
    mark_star(w, s->row, starred);
    layout_link(w, link_message(&w->arena, s->row), STR("source and citation"));
    markup_close(m);
}

static void draw_hit(struct web *w, const struct search *s, const struct found *f)
{
    struct markup *m = &w->out;
    markup_open(m, "li", NULL);
    markup_attr(m, "class", STR("hit"));
    markup_attrf(m, "id", "h%lld", (long long)f->hit.row);
    draw_when(w, s, &f->hit);
    markup_open(m, "div", NULL);
    markup_attr(m, "class", STR("what"));
    draw_who(w, f);
    for (size_t i = 0; i < f->before_count; i++)
        draw_near(w, &f->before[i]);
    markup_open(m, "p", NULL);
    markup_attr(m, "class", STR("said"));
    markup_attr(m, "dir", STR("auto"));
    layout_message_text(w, f->hit.message.text, f->marks, f->mark_count);
    markup_close(m);
    for (size_t i = 0; i < f->after_count; i++)
        draw_near(w, &f->after[i]);
    markup_close(m);
    draw_acts(w, &f->hit);
    markup_close(m);
}

static void draw_late(struct web *w, const char *what)
{
    layout_notice(
        w, "late",
        arena_printf(&w->arena, "%s It took more than %d seconds.", what, web_seconds(w)),
        STR("Narrow it: a date, a sender, a conversation or a rarer word makes it faster. "
            "In a terminal, stet search takes all the time that it needs."));
}

static enum status draw_hits(struct web *w, struct search *s, struct err *e)
{
    struct found f;
    enum step step;
    markup_open(&w->out, "ol", NULL);
    markup_attr(&w->out, "class", STR("hits"));
    while ((step = search_next(s, &f, e)) == STEP_ROW)
        draw_hit(w, s, &f);
    markup_close(&w->out);
    if (step == STEP_ERROR && e->code == ERR_STOPPED) {
        draw_late(w, "The search was stopped here: there may be more.");
        return OK;
    }
    if (step == STEP_ERROR)
        return e->code;
    markup_open(&w->out, "p", NULL);
    markup_attr(&w->out, "class", STR("pages"));
    if (web_param(w, "after").n)
        layout_link(w, link_with(w, "after", STR(""), NULL), STR("« to the first"));
    if (search_next_key(s))
        layout_link(w,
                    link_with(w, "after",
                              arena_printf(&w->arena, "%lld", (long long)search_next_key(s)), NULL),
                    STR("more »"));
    markup_close(&w->out);
    return OK;
}

static void draw_nothing(struct web *w, const struct search_facts *f)
{
    struct markup *m = &w->out;
    markup_open(m, "div", NULL);
    markup_attr(m, "class", STR("notice"));
    markup_element(m, "p", STR("No message fits. What each part finds by itself:"));
    markup_element(m, "pre", str_trim(f->blame));
    markup_close(m);
}

/* Facets and time line are extras: a result is not held back because they took too long. */
static enum status draw_facets(struct web *w, struct search *s, struct err *e)
{
    const int depth = w->out.depth;
    const enum status st = facets_draw(w, s, e);
    if (st != ERR_STOPPED)
        return st;
    markup_line(&w->out, "p", "soft", STR("There was no time for all of these counts."));
    markup_close_to(&w->out, depth);
    *e = (struct err){0};
    return OK;
}

static enum status draw_result(struct web *w, struct search *s, struct err *e)
{
    struct markup *m = &w->out;
    const struct search_facts *f = search_facts(s);
    if (!f->count) {
        draw_nothing(w, f);
        return OK;
    }
    markup_open(m, "div", NULL);
    markup_attr(m, "class", STR("result"));
    enum status st = draw_facets(w, s, e);
    markup_open(m, "div", NULL);
    if (st == OK)
        st = search_time_draw(w, s, e);
    draw_orders(w, f);
    mark_search(w, f->count);
    web_allow(w, 0);
    if (st == OK)
        st = draw_hits(w, s, e);
    markup_close(m);
    markup_close(m);
    return st;
}

/* Counting everything took too long: what can be found in the same time again is shown, in order of
   time, and said to be a part. */
static enum status draw_part(struct web *w, struct search_request *r, struct err *e)
{
    struct search *s = NULL;
    r->uncounted = true;
    web_allow(w, 0);
    enum status st = search_open(&s, w->archive, r, e);
    if (st != OK)
        return st;
    draw_late(w, "All hits could not be counted. These are the first that were found.");
    st = draw_hits(w, s, e);
    search_close(s);
    return st;
}

/* ---- a query that cannot be understood ------------------------------------------------------ */

static void draw_fault(struct web *w, const struct err *e)
{
    struct markup *m = &w->out;
    const str query = web_param(w, "q");
    markup_open(m, "div", NULL);
    markup_attr(m, "class", STR("notice error"));
    markup_attr(m, "role", STR("alert"));
    markup_element(m, "p", str_of(e->msg));
    markup_open(m, "pre", NULL);
    markup_text(m, str_sub(query, 0, e->at));
    markup_element(m, "mark", str_sub(query, e->at, e->len ? e->len : 1));
    markup_text(m, str_from(query, e->at + (e->len ? e->len : 1)));
    markup_close(m);
    if (e->hint[0])
        markup_line(m, "p", "way-out", str_of(e->hint));
    markup_close(m);
}

static void draw_examples(struct web *w)
{
    static const char *const examples[] = {"permit", "\"word for word\"", "has:link",
                                           "gap>1d", "time:22:00..04:00", "weekday:sat..sun"};
    struct markup *m = &w->out;
    markup_open(m, "p", NULL);
    markup_attr(m, "class", STR("read-as"));
    markup_text(m, STR("For example "));
    for (size_t i = 0; i < sizeof examples / sizeof *examples; i++) {
        markup_text(m, i ? STR(" · ") : STR(""));
        layout_link(w, link_to(&w->arena, "/search", "q", str_of(examples[i]), NULL),
                    str_of(examples[i]));
    }
    markup_text(m, STR(" · "));
    layout_link(w, STR("/help"), STR("the whole language"));
    markup_close(m);
}

static enum status draw_search(struct web *w, struct search_request *r, struct err *e)
{
    struct search *s = NULL;
    struct err fault = {0};
    enum status st = search_open(&s, w->archive, r, &fault);
    switch (st) {
    case OK: break;
    case ERR_QUERY:
    case ERR_LIMIT:
        draw_fault(w, &fault);
        w->response.status = 400;
        return OK;
    case ERR_STOPPED: return draw_part(w, r, e);
    case ERR_IO:
    case ERR_FORMAT:
    case ERR_MISSING:
    case ERR_DB: *e = fault; return st;
    }
    if (r->query.n)
        draw_read_as(w, search_facts(s), r->explain);
    st = draw_result(w, s, e);
    search_close(s);
    return st;
}

enum status page_search(struct web *w, struct err *e)
{
    const str query = web_param(w, "q");
    const struct layout l = {
        .title = query.n ? query : STR("Search"), .path = "/search", .wide = "search"};
    struct search_request r = {.query = query,
                               .sort = sort_of(w),
                               .limit = PAGE_HITS,
                               .after_row = web_number(w, "after", 0, INT64_MAX - 1),
                               .context = 1,
                               .explain = web_param(w, "explain").n > 0,
                               .now_wall_ms = w->request->now_wall_ms,
                               .stop = web_is_late,
                               .stop_context = w};
    if (search_time_joined(w))
        return OK;
    enum status st = layout_begin(w, &l, e);
    if (st != OK)
        return st;
    markup_line(&w->out, "h1", "heard", STR("Search"));
    draw_box(w);
    if (!query.n)
        draw_examples(w);
    st = draw_search(w, &r, e);
    layout_end(w);
    return st;
}
