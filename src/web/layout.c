/* See layout.h. */
#include "layout.h"

#include <stdio.h>
#include <string.h>

#include "url.h"
#include "addresses.h"
#include "phrase.h"

static void head(struct web *w, const struct layout *l)
{
    struct markup *m = &w->out;
    markup_open(m, "head", NULL);
    markup_open(m, "meta", NULL);
    markup_attr(m, "charset", STR("utf-8"));
    markup_close(m);
    markup_open(m, "meta", NULL);
    markup_attr(m, "name", STR("viewport"));
    markup_attr(m, "content", STR("width=device-width, initial-scale=1"));
    markup_close(m);
    markup_open(m, "title", NULL);
    markup_text(m, l->title);
    markup_text(m, STR(" · Stet"));
    markup_close(m);
    markup_open(m, "link", NULL);
    markup_attr(m, "rel", STR("stylesheet"));
    markup_attr(m, "href", STR("/stet.css"));
    markup_close(m);
    markup_open(m, "link", NULL);
    markup_attr(m, "rel", STR("icon"));
    markup_attr(m, "href", STR("/stet.svg"));
    markup_close(m);
    markup_open(m, "script", NULL);
    markup_attr(m, "src", STR("/stet.js"));
    markup_flag(m, "defer");
    markup_close(m);
    markup_close(m);
}

static void navigation(struct web *w, const struct layout *l)
{
    struct markup *m = &w->out;
    markup_open(m, "nav", NULL);
    markup_attr(m, "aria-label", STR("Pages"));
    for (size_t i = 0; i < route_count; i++) {
        if (!routes[i].nav)
            continue;
        markup_open(m, "a", NULL);
        markup_attr(m, "href", str_of(routes[i].path));
        if (l->path && strcmp(l->path, routes[i].path) == 0)
            markup_attr(m, "aria-current", STR("page"));
        markup_text(m, str_of(routes[i].nav));
        markup_close(m);
    }
    markup_close(m);
}

static str name_of(const char *path)
{
    const char *const slash = strrchr(path, '/');
    return str_of(slash ? slash + 1 : path);
}

/* Archive, size, span, zone and how the zone is known: on every page. */
static enum status facts(struct web *w, struct err *e)
{
    struct markup *m = &w->out;
    struct archive_facts f;
    if (!w->archive)
        return OK;
    const enum status st = web_facts(w, &f, e);
    if (st != OK)
        return st;
    markup_open(m, "p", NULL);
    markup_attr(m, "class", STR("facts"));
    markup_isolated(m, "b", name_of(f.path));
    markup_text(m, STR(" · "));
    markup_text(m, phrase_count(&w->arena, (uint64_t)f.messages, "message", "messages"));
    markup_text(m, STR(" · "));
    markup_text(m, phrase_span(&w->arena, f.first_wall_ms, f.last_wall_ms));
    markup_text(m, STR(" · "));
    markup_text(m, phrase_zone(&w->arena, f.zone_name, f.basis));
    markup_close(m);
    return OK;
}

enum status layout_begin(struct web *w, const struct layout *l, struct err *e)
{
    struct markup *m = &w->out;
    markup_own(m, STR("<!doctype html>\n"));
    markup_open(m, "html", NULL);
    markup_attr(m, "lang", STR("en"));
    head(w, l);
    markup_open(m, "body", NULL);
    markup_open(m, "a", NULL);
    markup_attr(m, "class", STR("skip"));
    markup_attr(m, "href", STR("#main"));
    markup_text(m, STR("Skip to the page"));
    markup_close(m);
    markup_open(m, "header", NULL);
    markup_open(m, "a", NULL);
    markup_attr(m, "class", STR("mark"));
    markup_attr(m, "href", STR("/"));
    markup_text(m, STR("ste"));
    markup_element(m, "i", STR("t"));
    markup_close(m);
    navigation(w, l);
    const enum status st = facts(w, e);
    if (st != OK)
        return st;
    markup_close(m);
    markup_open(m, "main", NULL);
    markup_attr(m, "id", STR("main"));
    if (l->wide)
        markup_attr(m, "class", str_of(l->wide));
    return OK;
}

void layout_end(struct web *w)
{
    struct markup *m = &w->out;
    markup_close(m); /* main */
    markup_open(m, "footer", NULL);
    markup_textf(m, "Stet %s. Nothing leaves this machine. ", w->settings->version);
    layout_link(w, STR("/help"), STR("Help and the query language"));
    markup_close(m);
    markup_close_to(m, 0);
}

void layout_link(struct web *w, str url, str text)
{
    markup_open(&w->out, "a", NULL);
    markup_attr(&w->out, "href", url);
    markup_text(&w->out, text);
    markup_close(&w->out);
}

void layout_hidden(struct web *w, const char *name, str value)
{
    markup_open(&w->out, "input", NULL);
    markup_attr(&w->out, "type", STR("hidden"));
    markup_attr(&w->out, "name", str_of(name));
    markup_attr(&w->out, "value", value);
    markup_close(&w->out);
}

void layout_form(struct web *w, str action)
{
    markup_open(&w->out, "form", "method", "post", "enctype", "multipart/form-data", NULL);
    markup_attr(&w->out, "action", action);
    layout_hidden(w, "csrf", w->settings->csrf);
}

/* ---- messages ------------------------------------------------------------------------------- */

/* The text up to `end`, with links shown as text that can be copied and never followed. */
static void add_text(struct markup *m, str text, size_t from, size_t end)
{
    markup_lines(m, str_sub(text, from, end - from));
}

/* Pieces of the text between the edges of links and marks; both lists are ascending. */
void layout_message_text(struct web *w, str text, const struct span *marks, size_t mark_count)
{
    struct markup *m = &w->out;
    struct link_list links = links_in(&w->arena, text);
    size_t at = 0, link = 0, mark = 0;
    const int depth = m->depth;
    bool in_link = false;
    while (at < text.n) {
        size_t next = text.n;
        const bool marked = mark < mark_count && marks[mark].at <= at;
        const size_t mark_edge =
            mark < mark_count ? (marked ? marks[mark].end : marks[mark].at) : text.n;
        const size_t link_edge =
            link < links.count ? (in_link ? links.p[link].end : links.p[link].at) : text.n;
        if (!in_link && link_edge == at && link < links.count) {
            markup_open(m, "span", NULL);
            markup_attr(m, "class", STR("url"));
            in_link = true;
            continue;
        }
        next = mark_edge < next ? mark_edge : next;
        next = link_edge < next ? link_edge : next;
        if (marked)
            markup_open(m, "mark", NULL);
        add_text(m, text, at, next);
        if (marked)
            markup_close(m);
        at = next;
        if (marked && at >= marks[mark].end)
            mark++;
        if (in_link && at >= links.p[link].end) {
            markup_close(m);
            in_link = false;
            link++;
        }
    }
    markup_close_to(m, depth);
}

static void time_title(struct web *w, const struct message_time *t)
{
    char utc[CIVIL_TEXT];
    if (t->utc_ms == TIME_NONE)
        return;
    civil_print(utc, t->utc_ms);
    char *blank = strchr(utc, ' ');
    if (blank)
        *blank = 'T';
    markup_attrf(&w->out, "datetime", "%sZ", utc);
    markup_attrf(&w->out, "title", "%sZ in UTC: %s", utc, phrase_basis(t->basis));
}

void layout_date(struct web *w, const struct message_time *t)
{
    markup_open(&w->out, "time", NULL);
    time_title(w, t);
    markup_text(&w->out, phrase_date(&w->arena, t->wall_ms));
    markup_close(&w->out);
}

void layout_clock(struct web *w, const struct message_time *t, str time_shown)
{
    char wall[CIVIL_TEXT];
    markup_open(&w->out, "time", NULL);
    time_title(w, t);
    if (t->wall_ms == TIME_NONE) {
        markup_text(&w->out, time_shown.n ? time_shown : STR("no time"));
    } else {
        civil_print(wall, t->wall_ms);
        markup_text(&w->out, str_from(str_of(wall), 11));
    }
    markup_close(&w->out);
}

void layout_notice(struct web *w, const char *class, str what, str way_out)
{
    struct markup *m = &w->out;
    markup_open(m, "div", NULL);
    markup_attrf(m, "class", "notice %s", class);
    if (strcmp(class, "error") == 0)
        markup_attr(m, "role", STR("alert"));
    markup_element(m, "p", what);
    if (way_out.n)
        markup_line(m, "p", "way-out", way_out);
    markup_close(m);
}
