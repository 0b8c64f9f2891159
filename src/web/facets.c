/* See facets.h. */
#include "facets.h"

#include <stdlib.h>
#include <string.h>

#include "layout.h"
#include "phrase.h"
#include "url.h"

enum { SHOWN = 8, ALL_SHOWN = 500 };

str query_piece(struct arena *a, const char *field, str value)
{
    struct buf b = buf_new(64 << 10);
    bool bare = value.n > 0;
    for (size_t i = 0; i < value.n; i++) {
        const char c = value.p[i];
        bare = bare && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || (i && (c == '-' || c == '_' || c == '.')));
    }
    buf_addf(&b, "%s:%s", field, bare ? "" : "\"");
    for (size_t i = 0; i < value.n; i++) {
        if (value.p[i] == '"')
            buf_add_byte(&b, '"');
        buf_add_byte(&b, value.p[i]);
    }
    if (!bare)
        buf_add_byte(&b, '"');
    const str copy = arena_dup(a, buf_str(&b));
    buf_free(&b);
    return copy;
}

/* Where `piece` stands between blanks, outside of quotation marks that it did not open. */
static size_t find_piece(str query, str piece)
{
    bool quoted = false;
    for (size_t i = 0; i + piece.n <= query.n; i++) {
        const bool begins = !quoted && (i == 0 || query.p[i - 1] == ' ');
        const bool ends = i + piece.n == query.n || query.p[i + piece.n] == ' ';
        if (begins && ends && str_eq(str_sub(query, i, piece.n), piece))
            return i;
        if (query.p[i] == '"')
            quoted = !quoted;
    }
    return STR_NONE;
}

bool query_has(str query, str piece)
{
    return find_piece(query, piece) != STR_NONE;
}

str query_toggle(struct arena *a, str query, str piece)
{
    const size_t at = find_piece(query, piece);
    if (at != STR_NONE) {
        const str before = str_trim(str_sub(query, 0, at));
        const str after = str_trim(str_from(query, at + piece.n));
        return arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(before),
                            before.n && after.n ? " " : "", STR_ARG(after));
    }
    /* Of a OR b all must be meant, not b alone. */
    const bool either = str_find(query, STR(" OR ")) != STR_NONE && query.p[0] != '(';
    return arena_printf(a, "%s" STR_FMT "%s%s" STR_FMT, either ? "(" : "", STR_ARG(query),
                        either ? ")" : "", query.n ? " " : "", STR_ARG(piece));
}

/* Where the word that begins at `from` ends; blanks between quotation marks belong to it. */
static size_t word_end(str query, size_t from)
{
    bool inside = false;
    size_t i = from;
    for (; i < query.n && (inside || query.p[i] != ' '); i++)
        if (query.p[i] == '"')
            inside = !inside;
    return i;
}

str query_date(str query)
{
    if (str_find(query, STR(" OR ")) != STR_NONE || str_find_byte(query, '(') != STR_NONE)
        return STR("");
    for (size_t at = 0; at < query.n;) {
        const size_t end = word_end(query, at);
        if (str_starts(str_from(query, at), STR("date:")))
            return str_sub(query, at, end - at);
        at = end + 1;
    }
    return STR("");
}

/* ---- names ---------------------------------------------------------------------------------- */

const struct facet_group facet_groups[] = {
    {FACET_SENDER, "Sender", "sender", "from"},
    {FACET_CONVERSATION, "Conversation", "conversation", "in"},
    {FACET_FLAG, "Has", "flag", "has"},
    {FACET_YEAR, "Year", "year", "date"},
    {FACET_KIND, "Kind", "kind", "kind"},
    {FACET_SOURCE, "Source", "source", "source"},
};
const size_t facet_group_count = sizeof facet_groups / sizeof *facet_groups;

enum status facet_names_read(struct web *w, struct facet_names *n, struct err *e)
{
    struct arena *a = &w->arena;
    enum status st = archive_people(w->archive, a, &n->people, &n->people_count, e);
    if (st == OK)
        st = archive_conversations(w->archive, a, &n->conversations, &n->conversation_count, e);
    if (st == OK)
        st = archive_sources(w->archive, a, &n->sources, &n->source_count, e);
    return st;
}

bool facet_name(struct web *w, const struct facet_names *n, enum facet_by by, int64_t key,
                str *name)
{
    *name = STR("");
    switch (by) {
    case FACET_SENDER:
        for (size_t i = 0; i < n->people_count; i++)
            if (n->people[i].id == key)
                *name = n->people[i].name.n ? n->people[i].name : n->people[i].key;
        return name->n > 0;
    case FACET_CONVERSATION:
        for (size_t i = 0; i < n->conversation_count; i++)
            if (n->conversations[i].id == key)
                *name = n->conversations[i].title.n ? n->conversations[i].title
                                                    : n->conversations[i].key;
        return name->n > 0;
    case FACET_SOURCE:
        for (size_t i = 0; i < n->source_count; i++)
            if (n->sources[i].id == key)
                *name = n->sources[i].name;
        return name->n > 0;
    case FACET_KIND: *name = str_of(message_kind_name((enum message_kind)key)); return true;
    case FACET_FLAG: {
        const char *const flag = message_flag_name((uint32_t)key);
        *name = flag ? str_of(flag) : STR("");
        return flag != NULL;
    }
    case FACET_YEAR:
    case FACET_MONTH:
    case FACET_DAY: break;
    }
    if (key == TIME_NONE)
        return false;
    char label[CIVIL_TEXT];
    *name = arena_dup(&w->arena, str_of(timeline_label(label, by, key)));
    return true;
}

/* ---- drawing -------------------------------------------------------------------------------- */

static void draw_one(struct web *w, str name, str piece, uint64_t count)
{
    struct markup *m = &w->out;
    const str query = web_param(w, "q");
    const str without = arena_printf(&w->arena, "-" STR_FMT, STR_ARG(piece));
    const bool on = query_has(query, piece);
    markup_open(m, "li", NULL);
    if (on)
        markup_attr(m, "class", STR("on"));
    markup_open(m, "a", NULL);
    markup_attr(m, "class", STR("name"));
    markup_attr(m, "dir", STR("auto"));
    markup_attr(m, "href",
                link_to(&w->arena, "/search", "q", query_toggle(&w->arena, query, piece), "sort",
                        web_param(w, "sort"), NULL));
    markup_text(m, name);
    if (on)
        markup_line(m, "span", "heard", STR(" (on; choose to take it out)"));
    markup_close(m);
    markup_line(m, "span", "count", phrase_number(&w->arena, count));
    if (!on) {
        markup_open(m, "a", NULL);
        markup_attr(m, "class", STR("out"));
        markup_attr(m, "href",
                    link_to(&w->arena, "/search", "q", query_toggle(&w->arena, query, without),
                            "sort", web_param(w, "sort"), NULL));
        markup_attr(m, "title", STR("leave these out"));
        markup_text(m, STR("−"));
        markup_line(m, "span", "heard", STR("without "));
        markup_line(m, "span", "heard", name);
        markup_close(m);
    }
    markup_close(m);
}

/* What a flag is asked for with: is: for what happened to a message, has: for what is in it. */
static const char *flag_field(str flag)
{
    static const char *const states[] = {"edited",   "deleted", "forwarded",
                                         "redacted", "lossy",   "reply"};
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        if (str_eq(flag, str_of(states[i])))
            return "is";
    return "has";
}

/* The first ones, or all if the address asks for all of this group. */
static void draw_rest(struct web *w, const struct facet_group *g, size_t count, size_t shown)
{
    struct markup *m = &w->out;
    const bool all = str_eq(web_param(w, "all"), str_of(g->word));
    if (count <= SHOWN || (all && count <= ALL_SHOWN && shown <= SHOWN))
        return;
    markup_open(m, "p", "class", "rest", NULL);
    if (all) {
        layout_link(w, link_with(w, "all", STR(""), NULL), STR("show fewer"));
        if (count > shown)
            markup_textf(m, " (%zu more are not shown)", count - shown);
    } else if (count > shown) {
        layout_link(w, link_with(w, "all", str_of(g->word), NULL),
                    arena_printf(&w->arena, "and %zu more", count - shown));
    }
    markup_close(m);
}

static enum status draw_group(struct web *w, struct search *s, const struct facet_names *n,
                              const struct facet_group *g, struct err *e)
{
    struct markup *m = &w->out;
    struct facet *facets = NULL;
    size_t count = 0, shown = 0;
    const size_t limit = str_eq(web_param(w, "all"), str_of(g->word)) ? ALL_SHOWN : SHOWN;
    const enum status st = search_facets(s, g->by, &facets, &count, e);
    if (st != OK || count < 1 || (count == 1 && g->by == FACET_KIND)) {
        free(facets);
        return st;
    }
    markup_element(m, "h2", str_of(g->heading));
    markup_open(m, "ul", NULL);
    for (size_t i = 0; i < count && shown < limit; i++) {
        str name;
        if (!facet_name(w, n, g->by, facets[i].key, &name))
            continue;
        const char *const field = g->by == FACET_FLAG ? flag_field(name) : g->field;
        draw_one(w, name, query_piece(&w->arena, field, name), facets[i].count);
        shown++;
    }
    markup_close(m);
    draw_rest(w, g, count, shown);
    free(facets);
    return OK;
}

enum status facets_draw(struct web *w, struct search *s, struct err *e)
{
    struct facet_names names = {0};
    enum status st = facet_names_read(w, &names, e);
    markup_open(&w->out, "nav", "class", "facets", "aria-label", "Narrow the search", NULL);
    markup_open(&w->out, "details", "open", "", NULL);
    markup_element(&w->out, "summary", STR("Narrow the search"));
    for (size_t i = 0; i < facet_group_count && st == OK; i++)
        st = draw_group(w, s, &names, &facet_groups[i], e);
    markup_close(&w->out);
    markup_close(&w->out);
    return st;
}
