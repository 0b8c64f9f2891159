/* See who.h. */
#include "who.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "fold.h"
#include "identity.h"

enum { SHOWN_MAX = 4, NAME_SHOWN = 60 };

struct crowd {
    struct participant_row *all;
    struct person *persons;
    size_t count, person_count;
    struct arena *a;
};

static enum status read_crowd(struct crowd *c, struct store *s, struct arena *a, struct err *e)
{
    c->a = a;
    enum status st = store_participants(s, a, &c->all, &c->count, e);
    if (st == OK)
        st = identity_persons(s, a, &c->persons, &c->person_count, e);
    return st;
}

static str folded(struct arena *a, str name)
{
    struct folded f = {0};
    fold_text(&f, str_trim(name));
    const str out = arena_dup(a, (str){f.p, f.n});
    folded_free(&f);
    return out;
}

static void add(int64_t *ids, size_t *count, int64_t id)
{
    for (size_t i = 0; i < *count; i++)
        if (ids[i] == id)
            return;
    ids[(*count)++] = id;
}

static void find_key(const struct crowd *c, str name, int64_t *ids, size_t *count)
{
    int64_t number;
    const bool by_id = str_starts(name, STR("id:")) && str_to_u63(str_from(name, 3), &number);
    for (size_t i = 0; i < c->count; i++)
        if (by_id ? c->all[i].id == number : str_eq(c->all[i].key, name))
            add(ids, count, c->all[i].id);
}

static void add_held(const struct person *x, int64_t *ids, size_t *count)
{
    for (size_t i = 0; i < x->handle_count; i++)
        if (x->handles[i].ended_ms == TIME_NONE)
            add(ids, count, x->handles[i].participant);
}

static void find_name(const struct crowd *c, str name, int64_t *ids, size_t *count)
{
    const str typed = folded(c->a, name);
    for (size_t i = 0; i < c->person_count; i++)
        if (str_eq(folded(c->a, c->persons[i].name), typed))
            add_held(&c->persons[i], ids, count);
    for (size_t i = 0; i < c->count; i++)
        if (str_eq(folded(c->a, c->all[i].name), typed) ||
            str_eq(folded(c->a, c->all[i].key), typed))
            add(ids, count, c->all[i].id);
}

static int by_id(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static enum status nobody(const struct crowd *c, str name, struct err *e)
{
    const str typed = folded(c->a, name);
    struct buf b = buf_new(400);
    int shown = 0;
    for (size_t i = 0; i < c->count && shown < SHOWN_MAX; i++) {
        const str shown_name = c->all[i].name.n ? c->all[i].name : c->all[i].key;
        if (typed.n < 2 || str_find(folded(c->a, shown_name), typed) == STR_NONE)
            continue;
        const str part = str_sub(shown_name, 0, NAME_SHOWN);
        buf_addf(&b, "%s" STR_FMT, shown++ ? ", " : "", STR_ARG(part));
    }
    fail(e, ERR_MISSING, "nobody here is called \"" STR_FMT "\"", STR_ARG(str_sub(name, 0, 80)));
    if (shown)
        fail_hint(e, "did you mean " STR_FMT "?", STR_ARG(buf_str(&b)));
    else
        fail_hint(e, "stet people lists them");
    buf_free(&b);
    return ERR_MISSING;
}

static enum status find(const struct crowd *c, str name, int64_t **ids, size_t *count,
                        struct err *e)
{
    *ids = arena_array(c->a, c->count + 1, sizeof **ids);
    *count = 0;
    find_key(c, name, *ids, count);
    if (!*count)
        find_name(c, name, *ids, count);
    if (!*count && str_starts(name, STR("@")))
        find_name(c, str_from(name, 1), *ids, count);
    if (!*count)
        return nobody(c, name, e);
    qsort(*ids, *count, sizeof **ids, by_id);
    return OK;
}

enum status who_find(struct store *s, str name, struct arena *a, int64_t **ids, size_t *count,
                     struct err *e)
{
    struct crowd c = {.count = 0};
    const enum status st = read_crowd(&c, s, a, e);
    return st == OK ? find(&c, name, ids, count, e) : st;
}

static enum status several(const struct crowd *c, str name, const int64_t *ids, size_t count,
                           struct err *e)
{
    struct buf b = buf_new(400);
    int shown = 0;
    for (size_t i = 0; i < c->count && shown < SHOWN_MAX; i++)
        for (size_t k = 0; k < count; k++)
            if (c->all[i].id == ids[k])
                buf_addf(&b, "%sid:%" PRId64 " (" STR_FMT ")", shown++ ? ", " : "", ids[k],
                         STR_ARG(str_sub(c->all[i].key, 0, NAME_SHOWN)));
    fail(e, ERR_QUERY, "%zu accounts are called \"" STR_FMT "\"", count,
         STR_ARG(str_sub(name, 0, 80)));
    fail_hint(e, "say which: " STR_FMT, STR_ARG(buf_str(&b)));
    buf_free(&b);
    return ERR_QUERY;
}

enum status who_find_one(struct store *s, str name, struct arena *a, int64_t *id, struct err *e)
{
    struct crowd c = {.count = 0};
    int64_t *ids;
    size_t count = 0;
    *id = 0;
    enum status st = read_crowd(&c, s, a, e);
    if (st == OK)
        st = find(&c, name, &ids, &count, e);
    if (st != OK)
        return st;
    if (count > 1)
        return several(&c, name, ids, count, e);
    *id = ids[0];
    return OK;
}

enum status who_find_person(struct store *s, str name, struct arena *a, int64_t *person,
                            struct err *e)
{
    struct crowd c = {.count = 0};
    struct identity is;
    int64_t *ids;
    size_t count = 0;
    *person = 0;
    enum status st = read_crowd(&c, s, a, e);
    const str typed = folded(a, name);
    for (size_t i = 0; st == OK && i < c.person_count && !*person; i++)
        if (c.persons[i].held && str_eq(folded(a, c.persons[i].name), typed))
            *person = c.persons[i].id;
    for (size_t i = c.person_count; st == OK && i-- > 0 && !*person;)
        if (str_eq(folded(a, c.persons[i].name), typed))
            *person = c.persons[i].id; /* nobody any more, but there is its history */
    if (st != OK || *person)
        return st;
    st = find(&c, name, &ids, &count, e);
    if (st == OK)
        st = identity_of(s, ids[0], &is, e);
    if (st == OK && !is.person) {
        fail(e, ERR_MISSING, "\"" STR_FMT "\" is joined with no other handle",
             STR_ARG(str_sub(name, 0, 80)));
        return fail_hint(e, "stet people join A B --name NAME");
    }
    if (st == OK)
        *person = is.person;
    return st;
}
