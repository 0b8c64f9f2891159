/* stet search --facets: who, where and when, counted over all hits. */
#include "facets.h"
#include "bars.h"
#include "identity.h"
#include "table.h"
#include "words.h"

#include <stdlib.h>

/* Names of ids, from the archive's lists; both are small beside the messages. */
struct names {
    struct participant_row *people;
    struct conversation_row *conversations;
    struct source_row *sources;
    size_t people_count, conversation_count, source_count;
    struct store *store;
};

static enum status read_names(struct cli *c, struct archive *a, struct names *n, struct err *e)
{
    n->store = archive_store(a);
    enum status st = archive_people(a, &c->arena, &n->people, &n->people_count, e);
    if (st == OK)
        st = archive_conversations(a, &c->arena, &n->conversations, &n->conversation_count, e);
    if (st == OK)
        st = archive_sources(a, &c->arena, &n->sources, &n->source_count, e);
    return st;
}

static bool is_person(const struct names *n, int64_t id)
{
    for (size_t i = 0; i < n->people_count; i++)
        if (n->people[i].id == id)
            return true;
    return false;
}

static str person(const struct names *n, int64_t id)
{
    for (size_t i = 0; i < n->people_count; i++)
        if (n->people[i].id == id)
            return n->people[i].name.n ? n->people[i].name : n->people[i].key;
    return STR("(system)");
}

/* The person to whom a sender was joined; empty for nobody, and for all that is no sender. */
static str joined_to(const struct names *n, enum facet_by by, int64_t key)
{
    struct err ignored = {0};
    struct identity is;
    if (by != FACET_SENDER || identity_of(n->store, key, &is, &ignored) != OK)
        return STR("");
    return is.name;
}

static str conversation(const struct names *n, int64_t id)
{
    for (size_t i = 0; i < n->conversation_count; i++)
        if (n->conversations[i].id == id)
            return n->conversations[i].title.n ? n->conversations[i].title
                                               : n->conversations[i].key;
    return STR("");
}

static str source(const struct names *n, int64_t id)
{
    for (size_t i = 0; i < n->source_count; i++)
        if (n->sources[i].id == id)
            return n->sources[i].name;
    return STR("");
}

static str label(struct cli *c, const struct names *n, enum facet_by by, int64_t key)
{
    char text[CIVIL_TEXT];
    switch (by) {
    case FACET_KIND: return str_of(message_kind_name((enum message_kind)key));
    case FACET_FLAG: return str_of(message_flag_name((uint32_t)key));
    case FACET_SENDER: return person(n, key);
    case FACET_CONVERSATION: return conversation(n, key);
    case FACET_SOURCE: return source(n, key);
    case FACET_YEAR:
    case FACET_MONTH:
    case FACET_DAY:
        if (key == TIME_NONE)
            return STR("undated");
        return arena_dup(&c->arena, str_of(timeline_label(text, by, key)));
    }
    return STR("");
}

/* What a line of the list says, and as JSON. */
struct facet_line {
    str name, person, piece;
    uint64_t count;
};

static void json_facet(struct cli *c, const char *by, const struct facet_line *x)
{
    struct json j = cli_json(c, "facet");
    json_key(&j, "by");
    json_text(&j, str_of(by));
    json_key(&j, "name");
    json_text(&j, x->name);
    if (x->person.n) {
        json_key(&j, "person");
        json_text(&j, x->person);
    }
    json_key(&j, "add");
    json_text(&j, x->piece);
    json_key(&j, "count");
    json_int(&j, (int64_t)x->count);
    cli_json_end(c, &j);
}

/* Empty for what no query can name. */
static str piece_of(struct cli *c, const struct names *n, enum facet_by by, int64_t key)
{
    struct buf b = buf_new(BUF_LINE_MAX);
    const bool nobody = by == FACET_SENDER && !is_person(n, key);
    if (!nobody)
        facet_piece(by, key, label(c, n, by, key), &b);
    const str piece = arena_dup(&c->arena, buf_str(&b));
    buf_free(&b);
    return piece;
}

struct group {
    enum facet_by by;
    const char *name, *heading;
};

/* A group on a terminal or page of paper shows its first; JSON and --limit 0 give all. */
enum { GROUP_USUAL = 20 };

static size_t shown_of(struct cli *c, size_t count)
{
    int64_t limit = GROUP_USUAL;
    struct err ignored = {0};
    if (c->json || cli_number(c, OPT_LIMIT, INT64_MAX, &limit, &ignored) != OK || !limit)
        return count;
    return (uint64_t)limit < count ? (size_t)limit : count;
}

static enum status print_group(struct cli *c, struct search *s, const struct names *names,
                               const struct group *g, struct err *e)
{
    struct facet *facets = NULL;
    size_t count = 0;
    struct table t = table_new(&c->arena, "rll");
    const enum status st = search_facets(s, g->by, &facets, &count, e);
    const size_t shown = shown_of(c, count);
    for (size_t i = 0; st == OK && i < shown; i++) {
        const struct facet_line x = {.name = label(c, names, g->by, facets[i].key),
                                     .person = joined_to(names, g->by, facets[i].key),
                                     .piece = piece_of(c, names, g->by, facets[i].key),
                                     .count = facets[i].count};
        if (c->json)
            json_facet(c, g->name, &x);
        table_add(&t, arena_printf(&c->arena, "  " STR_FMT,
                                   STR_ARG(number_text(&c->arena, facets[i].count))));
        table_add(&t, x.person.n ? arena_printf(&c->arena, STR_FMT " (" STR_FMT ")",
                                                STR_ARG(x.name), STR_ARG(x.person))
                                 : x.name);
        table_add(&t, x.piece);
    }
    free(facets);
    if (c->json || st != OK || !count)
        return st;
    term_addf(&c->out, "%s\n", g->heading);
    table_print(&t, &c->out);
    if (shown < count)
        term_addf(&c->out, "  and %zu more: --limit 0 shows all\n", count - shown);
    term_add(&c->out, STR("\n"));
    return OK;
}

static enum status print_time(struct cli *c, struct search *s, struct err *e)
{
    const struct search_facts *const f = search_facts(s);
    struct timeline t;
    const enum facet_by unit = timeline_unit_for(f->first_wall_ms, f->last_wall_ms);
    const enum status st = search_timeline(s, unit, &c->arena, &t, e);
    if (st != OK)
        return st;
    char first[CIVIL_TEXT];
    if (t.count)
        term_addf(&c->out, "by time, e.g. date:%s\n",
                  timeline_label(first, unit, t.bars[0].from_ms));
    bars_print(c, &t);
    return OK;
}

enum status facets_print(struct cli *c, struct search *s, struct archive *a, struct err *e)
{
    static const struct group groups[] = {
        {FACET_SENDER, "sender", "by sender"},
        {FACET_CONVERSATION, "conversation", "by conversation"},
        {FACET_SOURCE, "source", "by source"},
        {FACET_KIND, "kind", "by kind"},
        {FACET_FLAG, "flag", "by what they have (one message may have several)"},
    };
    const struct search_facts *const f = search_facts(s);
    struct names names = {0};
    enum status st = read_names(c, a, &names, e);
    if (!c->json && !c->quiet)
        term_add(&c->out,
                 STR("Add a piece to the query to keep those, with a minus before it to leave "
                     "them out.\n\n"));
    for (size_t g = 0; st == OK && g < sizeof groups / sizeof *groups; g++)
        st = print_group(c, s, &names, &groups[g], e);
    if (st != OK)
        return st;
    const struct group time = {timeline_unit_for(f->first_wall_ms, f->last_wall_ms), "time",
                               "by time"};
    return c->json ? print_group(c, s, &names, &time, e) : print_time(c, s, e);
}
