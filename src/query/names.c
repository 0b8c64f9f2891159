/* See names.h. */
#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "fold.h"
#include "identity.h"
#include "nearest.h"
#include "say.h"

enum { GUESSES = 3, NAME_SHOWN = 40 };

struct named {
    int64_t id;
    str name, key;
    uint64_t count;
};

struct lookup {
    const char *what;  /* "sender" */
    const char *count; /* "messages" */
    const char *list;  /* the command that lists them */
    bool part_is_enough;
    const struct named *names;
    size_t name_count;
    struct arena *a;
};

/* Folded, blanks at the ends off, runs of blanks one. */
static str fold_name(struct arena *a, str name)
{
    struct folded f = {0};
    fold_text(&f, name);
    char *out = arena_alloc(a, f.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < f.n; i++) {
        const bool blank = f.p[i] == ' ' || f.p[i] == '\t' || f.p[i] == '\n';
        if (!blank)
            out[n++] = f.p[i];
        else if (n && out[n - 1] != ' ')
            out[n++] = ' ';
    }
    folded_free(&f);
    if (n && out[n - 1] == ' ')
        n--;
    return (str){out, n};
}

/* ---- suggestions ---------------------------------------------------------------------------- */

static str part_of_name(str *rest)
{
    size_t n = 0;
    while (n < rest->n && rest->p[n] != ' ')
        n++;
    const str part = str_sub(*rest, 0, n);
    *rest = str_from(*rest, n + 1);
    return part;
}

/* 0: contains it; otherwise the least distance to the name or a part of it. */
static int distance(str typed, str name)
{
    if (typed.n >= 2 && str_find(name, typed) != STR_NONE)
        return 0;
    int best = nearest_distance(typed, name);
    for (str rest = name; rest.n;) {
        const int d = nearest_distance(typed, part_of_name(&rest));
        best = d < best ? d : best;
    }
    return best;
}

static enum status suggest(const struct lookup *l, str typed, struct err *e)
{
    const int allowed = nearest_allowed(typed);
    struct buf b = buf_new(sizeof e->hint);
    int guesses = 0;
    for (int d = 0; d <= allowed; d++)
        for (size_t i = 0; i < l->name_count && guesses < GUESSES; i++) {
            const struct named *x = &l->names[i];
            if (distance(typed, fold_name(l->a, x->name)) != d)
                continue;
            char number[SAY_NUMBER];
            (void)say_number(number, x->count);
            const str name = str_sub(x->name, 0, NAME_SHOWN);
            buf_addf(&b, "%s" STR_FMT " (%s%s%s)", guesses ? ", " : "", STR_ARG(name), number,
                     guesses ? "" : " ", guesses ? "" : l->count);
            guesses++;
        }
    if (guesses)
        (void)fail_hint(e, "did you mean " STR_FMT "?", STR_ARG(buf_str(&b)));
    else
        (void)fail_hint(e, "%s lists them", l->list);
    buf_free(&b);
    return e ? e->code : ERR_QUERY;
}

static enum status no_such(const struct lookup *l, const struct node *n, str typed, struct err *e)
{
    const str shown = str_sub(n->value.text, 0, 80);
    (void)fail_at(e, ERR_QUERY, n->value_at, n->value_len,
                  n->value.prefix ? "the name of no %s begins with \"" STR_FMT "\""
                                  : "no %s matches \"" STR_FMT "\"",
                  l->what, STR_ARG(shown));
    return suggest(l, typed, e);
}

static enum status several(const struct lookup *l, const struct node *n, str typed, struct err *e)
{
    (void)fail_at(e, ERR_QUERY, n->value_at, n->value_len,
                  "\"" STR_FMT "\" is part of several names",
                  STR_ARG(str_sub(n->value.text, 0, 80)));
    return suggest(l, typed, e);
}

/* ---- looking up ----------------------------------------------------------------------------- */

enum fit { FIT_WHOLE, FIT_PREFIX, FIT_PART };

static bool fits(str name, str typed, enum fit fit)
{
    switch (fit) {
    case FIT_WHOLE: return str_eq(name, typed);
    case FIT_PREFIX: return str_starts(name, typed);
    case FIT_PART: return str_find(name, typed) != STR_NONE;
    }
    return false;
}

static size_t find(const struct lookup *l, str typed, enum fit fit, int64_t *ids)
{
    size_t count = 0;
    for (size_t i = 0; i < l->name_count; i++)
        if (fits(fold_name(l->a, l->names[i].name), typed, fit) ||
            fits(fold_name(l->a, l->names[i].key), typed, fit))
            ids[count++] = l->names[i].id;
    return count;
}

static int by_id(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

void ids_sort(struct ids *ids)
{
    if (ids->count)
        qsort(ids->p, ids->count, sizeof *ids->p, by_id);
}

static enum status look_up(const struct lookup *l, const struct node *n, struct ids *out,
                           struct err *e)
{
    str typed = fold_name(l->a, n->value.text);
    out->p = arena_array(l->a, l->name_count + 1, sizeof *out->p);
    out->count = find(l, typed, n->value.prefix ? FIT_PREFIX : FIT_WHOLE, out->p);
    if (!out->count && typed.n > 1 && typed.p[0] == '@') {
        typed = str_from(typed, 1);
        out->count = find(l, typed, n->value.prefix ? FIT_PREFIX : FIT_WHOLE, out->p);
    }
    if (!out->count && l->part_is_enough && !n->value.prefix && typed.n) {
        out->count = find(l, typed, FIT_PART, out->p);
        if (out->count > 1)
            return several(l, n, typed, e);
    }
    if (!out->count)
        return no_such(l, n, typed, e);
    ids_sort(out);
    return OK;
}

enum status names_people(struct planner *p, const struct node *n, struct ids *out, struct err *e)
{
    struct arena *a = &p->plan->arena;
    if (!p->people) {
        const enum status st =
            store_participants(p->plan->store, a, &p->people, &p->people_count, e);
        if (st != OK)
            return st;
    }
    struct named *names = arena_array(a, p->people_count + 1, sizeof *names);
    for (size_t i = 0; i < p->people_count; i++)
        names[i] = (struct named){p->people[i].id, p->people[i].name, p->people[i].key,
                                  p->people[i].messages};
    const struct lookup l = {"sender", "messages", "stet people", false, names, p->people_count, a};
    return look_up(&l, n, out, e);
}

/* ---- persons -------------------------------------------------------------------------------- */

static void add_id(struct ids *ids, int64_t id)
{
    for (size_t i = 0; i < ids->count; i++)
        if (ids->p[i] == id)
            return;
    ids->p[ids->count++] = id;
}

static const struct person_handle *held_handle(const struct person *x, int64_t participant)
{
    for (size_t i = 0; i < x->handle_count; i++)
        if (x->handles[i].participant == participant && x->handles[i].ended_ms == TIME_NONE)
            return &x->handles[i];
    return NULL;
}

/* A handle alone stands for itself; the name of a person, given as minus its id, or a handle that
   was joined to one, for all that the person holds. */
static void add_person(const struct planner *p, int64_t found, struct ids *out)
{
    for (size_t i = 0; i < p->person_count; i++) {
        const struct person *const x = &p->persons[i];
        if (found != -x->id && !held_handle(x, found))
            continue;
        for (size_t k = 0; k < x->handle_count; k++)
            if (x->handles[k].ended_ms == TIME_NONE)
                add_id(out, x->handles[k].participant);
        return;
    }
    add_id(out, found);
}

static uint64_t messages_of(const struct person *x)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < x->handle_count; i++)
        sum += x->handles[i].ended_ms == TIME_NONE ? x->handles[i].messages : 0;
    return sum;
}

/* Persons before participants, as a suggestion names the first that fits. */
static struct lookup all_persons(const struct planner *p, struct arena *a)
{
    size_t count = 0;
    struct named *names = arena_array(a, p->people_count + p->person_count + 1, sizeof *names);
    for (size_t i = 0; i < p->person_count; i++) {
        const struct person *const x = &p->persons[i];
        if (x->held)
            names[count++] = (struct named){-x->id, x->name, x->name, messages_of(x)};
    }
    for (size_t i = 0; i < p->people_count; i++)
        names[count++] = (struct named){p->people[i].id, p->people[i].name, p->people[i].key,
                                        p->people[i].messages};
    return (struct lookup){"sender", "messages", "stet people", false, names, count, a};
}

enum status names_persons(struct planner *p, const struct node *n, struct ids *out, struct err *e)
{
    struct arena *a = &p->plan->arena;
    struct ids found = {0};
    enum status st = OK;
    if (!p->people)
        st = store_participants(p->plan->store, a, &p->people, &p->people_count, e);
    if (st == OK && !p->persons)
        st = identity_persons(p->plan->store, a, &p->persons, &p->person_count, e);
    if (st != OK)
        return st;
    const struct lookup l = all_persons(p, a);
    st = look_up(&l, n, &found, e);
    if (st != OK)
        return st;
    *out = (struct ids){.p = arena_array(a, p->people_count + found.count + 1, sizeof *out->p)};
    for (size_t i = 0; i < found.count; i++)
        add_person(p, found.p[i], out);
    ids_sort(out);
    return OK;
}

/* ---- the other lists -------------------------------------------------------------------------- */

enum status names_handles_of_people(struct planner *p, const struct node *n, struct ids *out,
                                    struct err *e)
{
    struct arena *a = &p->plan->arena;
    enum status st = OK;
    if (!p->people)
        st = store_participants(p->plan->store, a, &p->people, &p->people_count, e);
    if (st != OK)
        return st;
    struct named *names = arena_array(a, p->people_count + 1, sizeof *names);
    for (size_t i = 0; i < p->people_count; i++)
        names[i] = (struct named){p->people[i].id, p->people[i].key, p->people[i].key,
                                  p->people[i].messages};
    const struct lookup l = {"handle", "messages", "stet people", false, names, p->people_count, a};
    return look_up(&l, n, out, e);
}

enum status names_conversations(struct planner *p, const struct node *n, struct ids *out,
                                struct err *e)
{
    struct arena *a = &p->plan->arena;
    if (!p->conversations) {
        const enum status st =
            store_conversations(p->plan->store, a, &p->conversations, &p->conversation_count, e);
        if (st != OK)
            return st;
    }
    struct named *names = arena_array(a, p->conversation_count + 1, sizeof *names);
    for (size_t i = 0; i < p->conversation_count; i++) {
        const struct conversation_row *c = &p->conversations[i];
        names[i] = (struct named){c->id, c->title.n ? c->title : c->key, c->key, c->messages};
    }
    const struct lookup l = {"conversation",        "messages", "stet conversations", true, names,
                             p->conversation_count, a};
    return look_up(&l, n, out, e);
}

enum status names_sources(struct planner *p, const struct node *n, struct ids *out, struct err *e)
{
    struct arena *a = &p->plan->arena;
    if (!p->sources) {
        const enum status st = store_sources(p->plan->store, a, &p->sources, &p->source_count, e);
        if (st != OK)
            return st;
    }
    struct named *names = arena_array(a, p->source_count + 1, sizeof *names);
    for (size_t i = 0; i < p->source_count; i++)
        names[i] = (struct named){p->sources[i].id, p->sources[i].name, p->sources[i].path,
                                  p->sources[i].messages};
    const struct lookup l = {"source", "messages", "stet info", true, names, p->source_count, a};
    return look_up(&l, n, out, e);
}

/* ---- handles -------------------------------------------------------------------------------- */

static void add_handle(struct arena *a, str handle, bool prefix, struct text *texts, size_t *count)
{
    const struct text t = text_parse(a, arena_printf(a, "@" STR_FMT, STR_ARG(handle)), false);
    if (t.count != 1 || t.items[0].word.n < 2 || t.items[0].word.p[0] != '@')
        return;
    for (size_t i = 0; i < *count; i++)
        if (str_eq(texts[i].items[0].word, t.items[0].word))
            return;
    texts[*count] = t;
    texts[(*count)++].prefix = prefix;
}

static str join_words(struct arena *a, const struct text *t, const char *between)
{
    struct buf b = buf_new(BUF_LINE_MAX);
    for (size_t i = 0; i < t->count; i++) {
        buf_addf(&b, "%s", i ? between : "");
        buf_add(&b, t->items[i].word);
    }
    const str joined = arena_dup(a, buf_str(&b));
    buf_free(&b);
    return joined;
}

/* "Harbour Watch" may be mentioned as @harbour_watch or @harbourwatch. */
struct text *names_handles(struct arena *a, str name, bool prefix, size_t *count)
{
    struct text *texts = arena_array(a, 3, sizeof *texts);
    *count = 0;
    if (str_starts(name, STR("@")))
        name = str_from(name, 1);
    const struct text words = text_parse(a, name, false);
    add_handle(a, name, prefix, texts, count);
    add_handle(a, join_words(a, &words, "_"), prefix, texts, count);
    add_handle(a, join_words(a, &words, ""), prefix, texts, count);
    return texts;
}
