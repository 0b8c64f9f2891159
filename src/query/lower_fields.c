/* What each field of fields.c becomes; see filter.h. */
#include "filter.h"
#include "lower.h"
#include "names.h"
#include "words.h"

static struct filter *ids_filter(struct planner *p, const struct node *n, enum column column,
                                 struct ids ids)
{
    struct filter *f = filter_new(&p->plan->arena, FILTER_IDS, n);
    f->column = column;
    f->ids = ids.p;
    f->id_count = ids.count;
    return f;
}

static struct filter *either(struct planner *p, const struct node *n, struct filter *a,
                             struct filter *b)
{
    struct filter *f = filter_new(&p->plan->arena, FILTER_OR, n);
    f->kids = arena_array(&p->plan->arena, 2, sizeof(struct filter *));
    f->kids[f->kid_count++] = a;
    f->kids[f->kid_count++] = b;
    return f;
}

enum status lower_from(struct planner *p, const struct node *n, struct filter **out, struct err *e)
{
    struct ids ids;
    const enum status st = names_people(p, n, &ids, e);
    if (st == OK)
        *out = ids_filter(p, n, COLUMN_SENDER, ids);
    return st;
}

enum status lower_in(struct planner *p, const struct node *n, struct filter **out, struct err *e)
{
    struct ids ids;
    const enum status st = names_conversations(p, n, &ids, e);
    if (st == OK)
        *out = ids_filter(p, n, COLUMN_CONVERSATION, ids);
    return st;
}

static struct filter *handles_filter(struct planner *p, const struct node *n)
{
    struct filter *f = filter_new(&p->plan->arena, FILTER_MATCH, n);
    f->texts = names_handles(&p->plan->arena, n->value.text, n->value.prefix, &f->text_count);
    return f;
}

enum status lower_mentions(struct planner *p, const struct node *n, struct filter **out,
                           struct err *e)
{
    *out = handles_filter(p, n);
    if ((*out)->text_count)
        return OK;
    return fail_at(e, ERR_QUERY, n->value_at, n->value_len,
                   "\"" STR_FMT "\" cannot be an @handle: it has no letter or digit",
                   STR_ARG(str_sub(n->value.text, 0, 80)));
}

static bool holds(const struct ids *ids, int64_t id)
{
    for (size_t i = 0; i < ids->count; i++)
        if (ids->p[i] == id)
            return true;
    return false;
}

/* Adds the conversations in which one person wrote. */
static enum status add_conversations(struct planner *p, int64_t person, struct ids *ids,
                                     struct err *e)
{
    struct arena *a = &p->plan->arena;
    int64_t *more;
    size_t count;
    const enum status st = store_conversations_of(p->plan->store, person, a, &more, &count, e);
    if (st != OK)
        return st;
    struct ids all = {.p = arena_array(a, ids->count + count + 1, sizeof *all.p)};
    for (size_t i = 0; i < ids->count; i++)
        all.p[all.count++] = ids->p[i];
    for (size_t i = 0; i < count; i++)
        if (!holds(&all, more[i]))
            all.p[all.count++] = more[i];
    *ids = all;
    return OK;
}

enum status lower_with(struct planner *p, const struct node *n, struct filter **out, struct err *e)
{
    struct ids people, ids = {0};
    enum status st = names_people(p, n, &people, e);
    for (size_t i = 0; st == OK && i < people.count; i++)
        st = add_conversations(p, people.p[i], &ids, e);
    if (st != OK)
        return st;
    ids_sort(&ids);
    struct filter *wrote = ids_filter(p, n, COLUMN_CONVERSATION, ids);
    struct filter *mentioned = handles_filter(p, n);
    *out = mentioned->text_count ? either(p, n, wrote, mentioned) : wrote;
    return OK;
}

/* The column holds the first witness of a message only; the others are in their own table. */
enum status lower_source(struct planner *p, const struct node *n, struct filter **out,
                         struct err *e)
{
    struct ids ids;
    const enum status st = names_sources(p, n, &ids, e);
    if (st != OK)
        return st;
    *out = ids_filter(p, n, COLUMN_SOURCE, ids);
    for (size_t i = 0; i < p->source_count; i++) {
        const struct source_row *s = &p->sources[i];
        if (!s->duplicates || !holds(&ids, s->id))
            continue;
        struct filter *again = filter_new(&p->plan->arena, FILTER_SQL, n);
        again->sql = "SELECT message_id FROM witness WHERE source_id = ?1";
        again->row = s->id;
        *out = either(p, n, *out, again);
    }
    return OK;
}

enum status lower_date(struct planner *p, const struct node *n, struct filter **out, struct err *e)
{
    (void)e;
    *out = filter_new(&p->plan->arena, FILTER_WALL, n);
    return OK;
}

enum {
    TRAIT_KIND_MASK = 15,
    TRAIT_BASIS_MASK = 7 << 4,
    TRAIT_AMBIGUOUS_MASK = 1 << 7,
    TRAIT_FLAGS_SHIFT = 8
};

enum status lower_choice(struct planner *p, const struct node *n, struct filter **out,
                         struct err *e)
{
    (void)e;
    const struct choice *c = n->value.choice;
    struct filter *f = filter_new(&p->plan->arena, FILTER_TRAITS, n);
    *out = f;
    switch (c->test) {
    case CHOICE_FLAG: f->mask = f->value = (uint64_t)c->bits << TRAIT_FLAGS_SHIFT; return OK;
    case CHOICE_KIND:
        f->mask = TRAIT_KIND_MASK;
        f->value = c->bits;
        return OK;
    case CHOICE_UNDATED:
        f->mask = TRAIT_BASIS_MASK;
        f->value = (uint64_t)BASIS_NONE << 4;
        return OK;
    case CHOICE_AMBIGUOUS: f->mask = f->value = TRAIT_AMBIGUOUS_MASK; return OK;
    case CHOICE_STARRED:
        f->kind = FILTER_SQL;
        f->sql = "SELECT message_id FROM tagged WHERE tag_id ="
                 " (SELECT id FROM tag WHERE name = 'star')";
        return OK;
    case CHOICE_TAG:
        f->kind = FILTER_SQL;
        f->sql = "SELECT message_id FROM tagged";
        return OK;
    case CHOICE_NOTE:
        f->kind = FILTER_SQL;
        f->sql = lower_note_rows;
        return OK;
    case CHOICE_DUPLICATE:
        f->kind = FILTER_SQL;
        f->sql = "SELECT DISTINCT message_id FROM witness";
        return OK;
    }
    return OK;
}

enum status lower_url(struct planner *p, const struct node *n, struct filter **out, struct err *e)
{
    struct arena *a = &p->plan->arena;
    struct filter *f = filter_new(a, FILTER_URL, n);
    /* The last word of a path may be cut short; that of a host may not. */
    const str url = url_without_scheme(n->value.text);
    const bool path = str_find_byte(url, '/') != STR_NONE;
    struct text t = text_parse(a, url, false);
    if (!t.count)
        return fail_at(e, ERR_QUERY, n->value_at, n->value_len, "this is not the host of a link");
    if (path && t.count > 1)
        t.count--;
    f->texts = arena_alloc(a, sizeof *f->texts);
    f->texts[f->text_count++] = t;
    *out = f;
    return OK;
}

enum status lower_id(struct planner *p, const struct node *n, struct filter **out, struct err *e)
{
    struct filter *f = filter_new(&p->plan->arena, FILTER_ROW, n);
    *out = f;
    f->row = n->value.number;
    if (f->row)
        return OK;
    struct err inner = {0};
    const enum status st = store_cited(p->plan->store, n->value.text, &f->row, &inner);
    if (st == OK)
        return OK;
    if (st == ERR_MISSING || st == ERR_QUERY)
        return fail_at(e, ERR_QUERY, n->value_at, n->value_len,
                       "no message has the citation " STR_FMT,
                       STR_ARG(str_sub(n->value.text, 0, 80)));
    return fail(e, st, "%s", inner.msg);
}

enum status lower_length(struct planner *p, const struct node *n, struct filter **out,
                         struct err *e)
{
    (void)e;
    *out = filter_new(&p->plan->arena, FILTER_LENGTH, n);
    return OK;
}

enum status lower_gap(struct planner *p, const struct node *n, struct filter **out, struct err *e)
{
    (void)e;
    *out = filter_new(&p->plan->arena, FILTER_GAP, n);
    return OK;
}

enum status lower_clock(struct planner *p, const struct node *n, struct filter **out, struct err *e)
{
    (void)e;
    *out = filter_new(&p->plan->arena, FILTER_CLOCK, n);
    return OK;
}

enum status lower_weekday(struct planner *p, const struct node *n, struct filter **out,
                          struct err *e)
{
    (void)e;
    *out = filter_new(&p->plan->arena, FILTER_CLOCK, n);
    (*out)->mask = (uint64_t)n->value.number;
    return OK;
}

/* It holds for all messages: what it changes is how dates are meant. */
enum status lower_tz(struct planner *p, const struct node *n, struct filter **out, struct err *e)
{
    (void)e;
    *out = filter_new(&p->plan->arena, FILTER_ALL, n);
    return OK;
}

enum status lower_script(struct planner *p, const struct node *n, struct filter **out,
                         struct err *e)
{
    (void)e;
    *out = filter_new(&p->plan->arena, FILTER_SCRIPT, n);
    return OK;
}

enum status lower_by(struct planner *p, const struct node *n, struct filter **out, struct err *e)
{
    struct ids ids;
    const enum status st = names_persons(p, n, &ids, e);
    if (st == OK)
        *out = ids_filter(p, n, COLUMN_SENDER, ids);
    return st;
}

enum status lower_handle(struct planner *p, const struct node *n, struct filter **out,
                         struct err *e)
{
    struct ids ids;
    const enum status st = names_handles_of_people(p, n, &ids, e);
    if (st == OK)
        *out = ids_filter(p, n, COLUMN_SENDER, ids);
    return st;
}

/* Recipients as the source names them; the others in a conversation of two; whom it answers. */
enum status lower_to(struct planner *p, const struct node *n, struct filter **out, struct err *e)
{
    static const char *const ways[] = {
        "SELECT message_id FROM recipient WHERE participant_id = ?1",
        "SELECT m.id FROM message m JOIN conversation c ON c.id = m.conversation_id"
        " WHERE c.type = 'direct' AND m.participant_id <> ?1 AND m.conversation_id IN"
        " (SELECT conversation_id FROM membership WHERE participant_id = ?1)",
        "SELECT a.id FROM message b JOIN message a ON a.reply_to = b.platform_id"
        " AND a.conversation_id = b.conversation_id"
        " WHERE b.participant_id = ?1 AND b.platform_id IS NOT NULL",
    };
    struct ids people;
    const enum status st = names_people(p, n, &people, e);
    *out = NULL;
    for (size_t i = 0; st == OK && i < people.count; i++)
        for (size_t k = 0; k < sizeof ways / sizeof *ways; k++) {
            struct filter *f = filter_new(&p->plan->arena, FILTER_SQL, n);
            f->sql = ways[k];
            f->row = people.p[i];
            *out = *out ? either(p, n, *out, f) : f;
        }
    return st;
}
