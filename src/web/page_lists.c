/* Conversations, people, sources with their issues, the time line of everything: what is there. */
#include "bars.h"
#include "facets.h"
#include "layout.h"
#include "pages.h"
#include "phrase.h"
#include "url.h"

#include <inttypes.h>

enum { ISSUES_SHOWN = 500, BARS_HEIGHT = 220 };

static void head_row(struct web *w, const char *const *names, const char *numbers)
{
    struct markup *m = &w->out;
    markup_open(m, "div", NULL);
    markup_attr(m, "class", STR("scroll"));
    markup_attr(m, "tabindex", STR("0"));
    markup_open(m, "table", NULL);
    markup_open(m, "thead", NULL);
    markup_open(m, "tr", NULL);
    for (size_t i = 0; names[i]; i++) {
        markup_open(m, "th", NULL);
        markup_attr(m, "scope", STR("col"));
        if (numbers[i] == 'n')
            markup_attr(m, "class", STR("n"));
        markup_text(m, str_of(names[i]));
        markup_close(m);
    }
    markup_close(m);
    markup_close(m);
    markup_open(m, "tbody", NULL);
}

static void end_table(struct web *w)
{
    markup_close(&w->out);
    markup_close(&w->out);
    markup_close(&w->out);
}

static void cell(struct web *w, str text)
{
    markup_isolated(&w->out, "td", text);
}

static void number_cell(struct web *w, uint64_t n)
{
    markup_line(&w->out, "td", "n", phrase_number(&w->arena, n));
}

static void link_cell(struct web *w, str url, str text)
{
    markup_open(&w->out, "td", NULL);
    markup_attr(&w->out, "dir", STR("auto"));
    layout_link(w, url, text);
    markup_close(&w->out);
}

static enum status span_cells(struct web *w, const struct span_of *of, struct err *e)
{
    int64_t first = TIME_NONE, last = TIME_NONE;
    const enum status st = archive_span(w->archive, of, &first, &last, e);
    cell(w, phrase_date(&w->arena, first));
    cell(w, phrase_date(&w->arena, last));
    return st;
}

/* ---- conversations -------------------------------------------------------------------------- */

enum status page_conversations(struct web *w, struct err *e)
{
    static const char *const names[] = {"Conversation", "Messages", "People",
                                        "First",        "Last",     NULL};
    struct conversation_row *rows;
    size_t count;
    const struct layout l = {.title = STR("Conversations"), .path = "/conversations"};
    enum status st = layout_begin(w, &l, e);
    if (st == OK)
        st = archive_conversations(w->archive, &w->arena, &rows, &count, e);
    if (st != OK)
        return st;
    markup_element(&w->out, "h1", STR("Conversations"));
    head_row(w, names, " nn  ");
    for (size_t i = 0; i < count && st == OK; i++) {
        const struct conversation_row *c = &rows[i];
        const struct span_of of = {COLUMN_CONVERSATION, c->id, c->first_row, c->last_row};
        markup_open(&w->out, "tr", NULL);
        link_cell(w, link_conversation(&w->arena, c->id, 0), c->title.n ? c->title : c->key);
        number_cell(w, c->messages);
        number_cell(w, (uint64_t)c->participants);
        st = span_cells(w, &of, e);
        markup_close(&w->out);
    }
    end_table(w);
    layout_end(w);
    return st;
}

/* ---- people --------------------------------------------------------------------------------- */

enum status page_people(struct web *w, struct err *e)
{
    static const char *const names[] = {"Name as shown", "Messages", "Share",
                                        "First",         "Last",     NULL};
    struct participant_row *rows;
    size_t count;
    uint64_t all = 0;
    const struct layout l = {.title = STR("People"), .path = "/people"};
    enum status st = layout_begin(w, &l, e);
    if (st == OK)
        st = archive_people(w->archive, &w->arena, &rows, &count, e);
    if (st != OK)
        return st;
    markup_element(&w->out, "h1", STR("People"));
    markup_line(&w->out, "p", "soft",
                STR("Accounts as the sources name them. An account is not a person: who stands "
                    "behind a name is your claim."));
    for (size_t i = 0; i < count; i++)
        all += rows[i].messages;
    head_row(w, names, " n   ");
    for (size_t i = 0; i < count && st == OK; i++) {
        const struct participant_row *p = &rows[i];
        const struct span_of of = {COLUMN_SENDER, p->id, p->first_row, p->last_row};
        const str name = p->name.n ? p->name : p->key;
        markup_open(&w->out, "tr", NULL);
        link_cell(w, link_to(&w->arena, "/search", "q", query_piece(&w->arena, "from", name), NULL),
                  name);
        number_cell(w, p->messages);
        markup_line(&w->out, "td", "n",
                    arena_printf(&w->arena, "%.1f %%",
                                 all ? 100.0 * (double)p->messages / (double)all : 0.0));
        st = span_cells(w, &of, e);
        markup_close(&w->out);
    }
    end_table(w);
    layout_end(w);
    return st;
}

/* ---- sources -------------------------------------------------------------------------------- */

static str hash_of(struct web *w, const struct sha256_digest *d)
{
    char hex[SHA256_HEX];
    return arena_dup(&w->arena, str_of(sha256_hex(hex, d)));
}

static enum status draw_issues(struct web *w, struct err *e)
{
    static const char *const names[] = {"Source", "What", "What to do", "Byte", NULL};
    struct issue_row *issues;
    size_t count;
    const enum status st = archive_issues(w->archive, &w->arena, &issues, &count, e);
    if (st != OK)
        return st;
    markup_element(&w->out, "h2", STR("What could not be read, or is worth knowing"));
    if (!count) {
        markup_element(&w->out, "p", STR("Nothing: every byte of every source is explained."));
        return OK;
    }
    head_row(w, names, "   n");
    for (size_t i = 0; i < count && i < ISSUES_SHOWN; i++) {
        const struct issue_row *x = &issues[i];
        markup_open(&w->out, "tr", NULL);
        cell(w, x->locus.member.n ? x->locus.member : x->source_name);
        cell(w, x->what);
        cell(w, x->way_out);
        number_cell(w, x->locus.at);
        markup_close(&w->out);
    }
    end_table(w);
    if (count > ISSUES_SHOWN)
        markup_line(&w->out, "p", "soft",
                    arena_printf(&w->arena, "and %zu more: stet issues lists them all",
                                 count - ISSUES_SHOWN));
    return OK;
}

enum status page_sources(struct web *w, struct err *e)
{
    static const char *const names[] = {"Source",       "Format", "Messages", "Events",
                                        "Already here", "Issues", "SHA-256",  NULL};
    struct source_row *rows;
    size_t count;
    const struct layout l = {.title = STR("Sources"), .path = "/sources"};
    enum status st = layout_begin(w, &l, e);
    if (st == OK)
        st = archive_sources(w->archive, &w->arena, &rows, &count, e);
    if (st != OK)
        return st;
    markup_element(&w->out, "h1", STR("Sources and issues"));
    markup_open(&w->out, "p", NULL);
    layout_link(w, STR("/import"), STR("bring in more"));
    markup_close(&w->out);
    head_row(w, names, "  nnnn ");
    for (size_t i = 0; i < count; i++) {
        markup_open(&w->out, "tr", NULL);
        cell(w, rows[i].name);
        cell(w, rows[i].format);
        number_cell(w, rows[i].messages);
        number_cell(w, rows[i].events);
        number_cell(w, rows[i].duplicates);
        number_cell(w, rows[i].issues);
        markup_line(&w->out, "td", "mono", hash_of(w, &rows[i].digest));
        markup_close(&w->out);
    }
    end_table(w);
    st = draw_issues(w, e);
    layout_end(w);
    return st;
}

/* ---- time line ------------------------------------------------------------------------------ */

static str search_in(struct web *w, enum facet_by unit, int64_t from_ms)
{
    const str date = query_piece(&w->arena, "date", bars_date(w, unit, from_ms));
    const str query = web_param(w, "q");
    return link_to(&w->arena, "/search", "q", query.n ? query_toggle(&w->arena, query, date) : date,
                   NULL);
}

static enum facet_by unit_of(const struct web *w, const struct archive_facts *f)
{
    const str by = web_param(w, "by");
    if (str_eq(by, STR("day")))
        return FACET_DAY;
    if (str_eq(by, STR("month")))
        return FACET_MONTH;
    return str_eq(by, STR("year")) ? FACET_YEAR
                                   : timeline_unit_for(f->first_wall_ms, f->last_wall_ms);
}

enum status page_timeline(struct web *w, struct err *e)
{
    static const char *const names[] = {"From", "Messages", NULL};
    struct archive_facts f;
    struct timeline t;
    const struct layout l = {.title = STR("Timeline"), .path = "/timeline"};
    enum status st = layout_begin(w, &l, e);
    if (st == OK)
        st = web_facts(w, &f, e);
    if (st == OK)
        st = archive_timeline(w->archive, web_param(w, "q"), w->request->now_wall_ms,
                              unit_of(w, &f), &w->arena, &t, e);
    if (st != OK)
        return st;
    markup_element(&w->out, "h1", STR("Timeline"));
    markup_open(&w->out, "p", NULL);
    layout_link(w, link_with(w, "by", STR("day"), NULL), STR("by day"));
    markup_text(&w->out, STR(" · "));
    layout_link(w, link_with(w, "by", STR("month"), NULL), STR("by month"));
    markup_text(&w->out, STR(" · "));
    layout_link(w, link_with(w, "by", STR("year"), NULL), STR("by year"));
    markup_close(&w->out);
    const struct bars b = {.timeline = &t,
                           .link = search_in,
                           .title = STR("Messages over time; each bar leads to its messages"),
                           .height = BARS_HEIGHT};
    bars_draw(w, &b);
    if (t.undated)
        markup_line(&w->out, "p", "soft",
                    arena_printf(&w->arena, "%" PRIu64 " more have no date.", t.undated));
    head_row(w, names, " n");
    for (size_t i = 0; i < t.count; i++) {
        if (!t.bars[i].count)
            continue;
        markup_open(&w->out, "tr", NULL);
        link_cell(w, search_in(w, t.unit, t.bars[i].from_ms),
                  bars_date(w, t.unit, t.bars[i].from_ms));
        number_cell(w, t.bars[i].count);
        markup_close(&w->out);
    }
    end_table(w);
    layout_end(w);
    return OK;
}
