/* stet people lookalikes: names that a reader would take for each other. */
#include "identity.h"
#include "lookalike.h"
#include "people.h"
#include "source.h"
#include "table.h"
#include "words.h"

#include <inttypes.h>
#include <string.h>

enum { LIST_BYTES_MAX = 16 << 20 };

struct looking {
    struct cli *c;
    struct participant_row *people;
    size_t people_count;
    struct looked_at *names;
    size_t count, cap;
};

static void add(struct looking *l, const struct looked_at *x)
{
    if (l->count == l->cap) {
        l->cap = l->cap ? 2 * l->cap : 256;
        struct looked_at *const more = arena_array(&l->c->arena, l->cap, sizeof *more);
        if (l->count)
            memcpy(more, l->names, l->count * sizeof *more);
        l->names = more;
    }
    l->names[l->count++] = *x;
}

/* Handles that were joined have one owner, and are not each other's impostors. */
static enum status add_people(struct looking *l, struct store *s, struct err *e)
{
    enum status st = store_participants(s, &l->c->arena, &l->people, &l->people_count, e);
    for (size_t i = 0; i < l->people_count && st == OK; i++) {
        const struct participant_row *const p = &l->people[i];
        struct identity is;
        st = identity_of(s, p->id, &is, e);
        const int64_t owner = is.person ? -is.person : p->id;
        add(l, &(struct looked_at){.text = p->key, .owner = owner});
        if (p->name.n && !str_eq(p->name, p->key))
            add(l, &(struct looked_at){.text = p->name, .owner = owner});
    }
    return st;
}

static enum status add_verified(struct looking *l, const char *path, struct err *e)
{
    struct source *s = NULL;
    str text = STR(""), line;
    int64_t owner = INT64_MIN;
    enum status st = source_open(&s, path, e);
    if (st == OK && source_size(s) > LIST_BYTES_MAX)
        st = fail(e, ERR_LIMIT, "a list of handles has at most %d bytes", LIST_BYTES_MAX);
    if (st == OK)
        st = source_peek(s, LIST_BYTES_MAX, &text, e);
    text = arena_dup(&l->c->arena, text);
    source_close(s);
    while (st == OK && str_split(&text, '\n', &line)) {
        line = str_trim(line);
        if (!line.n || line.p[0] == '#')
            continue;
        if (line.p[0] == '@')
            line = str_from(line, 1);
        add(l, &(struct looked_at){.text = line, .owner = owner++, .verified = true});
    }
    return st;
}

/* How many messages the handle has that a name belongs to; verified ones have none. */
static str messages_of(const struct looking *l, const struct looked_at *x)
{
    struct arena *const a = &l->c->arena;
    if (x->verified)
        return STR("verified");
    for (size_t i = 0; i < l->people_count; i++)
        if (l->people[i].id == x->owner)
            return count_text(a, l->people[i].messages, "message", "messages");
    return STR("joined");
}

static str tricks_text(struct arena *a, uint32_t tricks)
{
    str out = STR("");
    for (int i = 0; i < TRICK_COUNT; i++)
        if (tricks >> i & 1)
            out = arena_printf(a, STR_FMT "%s%s", STR_ARG(out), out.n ? ", " : "",
                               trick_text((enum trick)(1 << i)));
    return out;
}

static void json_pair(struct cli *c, const struct looking *l, const struct lookalike *x)
{
    const struct looked_at *const a = &l->names[x->a], *const b = &l->names[x->b];
    struct json j = cli_json(c, "lookalike");
    json_key(&j, "a");
    json_text(&j, a->text);
    json_key(&j, "b");
    json_text(&j, b->text);
    json_key(&j, "a_spelt");
    json_text(&j, lookalike_spell(&c->arena, a->text));
    json_key(&j, "b_spelt");
    json_text(&j, lookalike_spell(&c->arena, b->text));
    json_key(&j, "verified");
    json_bool(&j, a->verified);
    json_key(&j, "differ_in");
    json_array(&j);
    for (int i = 0; i < TRICK_COUNT; i++)
        if (x->tricks >> i & 1)
            json_text(&j, str_of(trick_text((enum trick)(1 << i))));
    json_end(&j);
    cli_json_end(c, &j);
}

static void print_pairs(const struct looking *l, const struct lookalike *pairs, size_t count)
{
    struct cli *const c = l->c;
    struct arena *const a = &c->arena;
    struct table t = table_new(a, "lrlrs");
    for (size_t i = 0; i < count; i++) {
        const struct looked_at *const x = &l->names[pairs[i].a], *const y = &l->names[pairs[i].b];
        if (c->json) {
            json_pair(c, l, &pairs[i]);
            continue;
        }
        table_add(&t, lookalike_spell(a, x->text));
        table_add(&t, messages_of(l, x));
        table_add(&t, lookalike_spell(a, y->text));
        table_add(&t, messages_of(l, y));
        table_add(&t, tricks_text(a, pairs[i].tricks));
    }
    if (c->json)
        return;
    table_print(&t, &c->out);
    if (c->quiet)
        return;
    if (count)
        term_addf(&c->out,
                  STR_FMT "; that two look alike does not say that anybody deceives: [U+...] is a "
                          "character that is no plain letter\n",
                  STR_ARG(count_text(a, count, "pair", "pairs")));
    else
        term_addf(&c->out, "No two names of " STR_FMT " look alike.\n",
                  STR_ARG(number_text(a, l->people_count)));
}

enum exit_status people_lookalikes(struct cli *c)
{
    struct err e = {0};
    struct store *s = NULL;
    struct looking l = {.c = c};
    struct lookalike *pairs = NULL;
    size_t count = 0;
    const char *const list = cli_value(c, OPT_AGAINST);
    enum status st = store_open(&s, cli_archive_path(c), STORE_READ, &e);
    if (st == OK)
        st = add_people(&l, s, &e);
    if (st == OK && list)
        st = add_verified(&l, list, &e);
    store_close(s);
    if (st != OK)
        return cli_fail(c, &e);
    count = lookalikes_find(l.names, l.count, &c->arena, &pairs);
    print_pairs(&l, pairs, count);
    return count ? EXIT_DONE : EXIT_NOTHING;
}
