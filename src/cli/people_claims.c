/* Claims about who is who: join, split, rename, hands, suggest, and the card of one person. */
#include "identity.h"
#include "people.h"
#include "suggest.h"
#include "table.h"
#include "who.h"
#include "words.h"

#include <inttypes.h>
#include <string.h>
#include <time.h>

static int64_t now_ms(void)
{
    return (int64_t)time(NULL) * MS_PER_SECOND;
}

static enum exit_status finish(struct cli *c, struct store *s, enum status st, const struct err *e)
{
    store_close(s);
    return st == OK ? EXIT_DONE : cli_fail(c, e);
}

static enum status open_claims(struct cli *c, struct store **s, struct err *e)
{
    return store_open(s, cli_archive_path(c), STORE_WRITE, e);
}

static enum status too_few(const char *usage, struct err *e)
{
    fail(e, ERR_QUERY, "too few words: stet people %s", usage);
    return fail_hint(e, "more: stet people --help");
}

/* ---- one person --------------------------------------------------------------------------------- */

static void print_handle(struct cli *c, struct table *t, const struct person_handle *h)
{
    struct arena *const a = &c->arena;
    char date[CIVIL_TEXT];
    const bool named = h->name.n && !str_eq(h->name, h->key);
    table_add(
        t, named ? arena_printf(a, "  " STR_FMT " (" STR_FMT ")", STR_ARG(h->name), STR_ARG(h->key))
                 : arena_printf(a, "  " STR_FMT, STR_ARG(h->key)));
    table_add(t, count_text(a, h->messages, "message", "messages"));
    str claim =
        arena_printf(a, "%s, %s", civil_print_date(date, h->at_ms), confidence_name(h->confidence));
    if (h->reason.n)
        claim = arena_printf(a, STR_FMT ": " STR_FMT, STR_ARG(claim), STR_ARG(h->reason));
    if (h->ended_ms != TIME_NONE)
        claim = arena_printf(a, STR_FMT "; taken back %s", STR_ARG(claim),
                             civil_print_date(date, h->ended_ms));
    table_add(t, claim);
}

static void json_person(struct cli *c, const struct person *x)
{
    char utc[CIVIL_TEXT];
    struct json j = cli_json(c, "identity");
    json_key(&j, "id");
    json_int(&j, x->id);
    json_key(&j, "name");
    json_text(&j, x->name);
    json_key(&j, "handles");
    json_array(&j);
    for (size_t i = 0; i < x->handle_count; i++) {
        const struct person_handle *const h = &x->handles[i];
        json_object(&j);
        json_key(&j, "participant");
        json_int(&j, h->participant);
        json_key(&j, "key");
        json_text(&j, h->key);
        json_key(&j, "name");
        json_text(&j, h->name);
        json_key(&j, "messages");
        json_int(&j, (int64_t)h->messages);
        json_key(&j, "reason");
        json_text(&j, h->reason);
        json_key(&j, "confidence");
        json_text(&j, str_of(confidence_name(h->confidence)));
        json_key(&j, "claimed");
        json_text(&j, str_of(civil_print(utc, h->at_ms)));
        json_key(&j, "ended");
        if (h->ended_ms == TIME_NONE)
            json_null(&j);
        else
            json_text(&j, str_of(civil_print(utc, h->ended_ms)));
        json_end(&j);
    }
    json_end(&j);
    cli_json_end(c, &j);
}

static void print_person(struct cli *c, const struct person *x)
{
    struct table t = table_new(&c->arena, "lrs");
    if (c->json) {
        json_person(c, x);
        return;
    }
    term_style(&c->out, STYLE_STRONG);
    term_safe(&c->out, x->name);
    term_style(&c->out, STYLE_PLAIN);
    term_add(&c->out, x->held ? STR("\n") : STR("  (nobody any more)\n"));
    for (size_t i = 0; i < x->handle_count; i++)
        print_handle(c, &t, &x->handles[i]);
    table_print(&t, &c->out);
}

static enum status show_person(struct cli *c, struct store *s, int64_t id, struct err *e)
{
    struct person *all;
    size_t count;
    const enum status st = identity_persons(s, &c->arena, &all, &count, e);
    for (size_t i = 0; st == OK && i < count; i++)
        if (all[i].id == id)
            print_person(c, &all[i]);
    return st;
}

enum exit_status people_card(struct cli *c)
{
    struct err e = {0};
    struct store *s = NULL;
    int64_t id = 0;
    enum status st = store_open(&s, cli_archive_path(c), STORE_READ, &e);
    if (st == OK)
        st = who_find_person(s, people_words(c, 0), &c->arena, &id, &e);
    if (st == OK)
        st = show_person(c, s, id, &e);
    return finish(c, s, st, &e);
}

/* ---- claims ------------------------------------------------------------------------------------- */

static enum confidence confidence_given(const struct cli *c)
{
    const char *const given = cli_value(c, OPT_CONFIDENCE);
    if (!given)
        return CONFIDENCE_MEDIUM;
    return strcmp(given, "low") == 0    ? CONFIDENCE_LOW
           : strcmp(given, "high") == 0 ? CONFIDENCE_HIGH
                                        : CONFIDENCE_MEDIUM;
}

/* Each argument is one handle, or a person with all of hers. */
static enum status read_handles(struct cli *c, struct store *s, int64_t *ids, size_t *count,
                                struct err *e)
{
    enum status st = OK;
    *count = 0;
    for (int i = 1; i < c->opts.arg_count && st == OK; i++) {
        const str name = str_of(c->opts.args[i]);
        struct err ignored = {0};
        int64_t *found, person;
        size_t n = 0;
        if (who_find_person(s, name, &c->arena, &person, &ignored) == OK) {
            st = who_find(s, name, &c->arena, &found, &n, e);
            n = n > 1 ? 1 : n; /* the others of that person come along */
        } else {
            found = arena_alloc(&c->arena, sizeof *found);
            st = who_find_one(s, name, &c->arena, found, e);
            n = st == OK;
        }
        if (st == OK && *count + n > JOIN_AT_ONCE_MAX)
            st = fail(e, ERR_LIMIT, "at most %d handles are joined at once", JOIN_AT_ONCE_MAX);
        for (size_t k = 0; k < n && st == OK; k++)
            ids[(*count)++] = found[k];
    }
    return st;
}

static void tell_undo(struct cli *c)
{
    if (!c->quiet && !c->json)
        term_add(&c->out, STR("undo with stet undo\n"));
}

enum exit_status people_join(struct cli *c)
{
    struct err e = {0};
    struct store *s = NULL;
    int64_t *const ids = arena_array(&c->arena, JOIN_AT_ONCE_MAX, sizeof *ids), person = 0;
    size_t count = 0;
    const char *const name = cli_value(c, OPT_NAME), *const reason = cli_value(c, OPT_REASON);
    const struct join_claim claim = {.name = str_of(name),
                                     .reason = str_of(reason),
                                     .confidence = confidence_given(c),
                                     .now_ms = now_ms()};
    enum status st = c->opts.arg_count > 2
                         ? OK
                         : too_few("join A B [--name NAME] [--reason TEXT] [--confidence HOW]", &e);
    if (st == OK)
        st = open_claims(c, &s, &e);
    if (st == OK)
        st = read_handles(c, s, ids, &count, &e);
    if (st == OK)
        st = identity_join(s, ids, count, &claim, &person, &e);
    if (st == OK && !c->quiet)
        st = show_person(c, s, person, &e);
    if (st == OK)
        tell_undo(c);
    return finish(c, s, st, &e);
}

enum exit_status people_split(struct cli *c)
{
    struct err e = {0};
    struct store *s = NULL;
    int64_t id;
    enum status st = c->opts.arg_count > 1 ? OK : too_few("split HANDLE", &e);
    if (st == OK)
        st = open_claims(c, &s, &e);
    if (st == OK)
        st = who_find_one(s, people_words(c, 1), &c->arena, &id, &e);
    if (st == OK)
        st = identity_split(s, id, now_ms(), &e);
    if (st == OK && !c->quiet && !c->json) {
        term_safe(&c->out, people_words(c, 1));
        term_add(&c->out, STR(" is by itself again; "));
        tell_undo(c);
    }
    return finish(c, s, st, &e);
}

enum exit_status people_rename(struct cli *c)
{
    struct err e = {0};
    struct store *s = NULL;
    int64_t person = 0;
    enum status st = c->opts.arg_count > 2 ? OK : too_few("rename PERSON NAME", &e);
    if (st == OK)
        st = open_claims(c, &s, &e);
    if (st == OK)
        st = who_find_person(s, str_of(c->opts.args[1]), &c->arena, &person, &e);
    if (st == OK)
        st = identity_rename(s, person, people_words(c, 2), now_ms(), &e);
    if (st == OK)
        st = show_person(c, s, person, &e);
    return finish(c, s, st, &e);
}

/* ---- hands -------------------------------------------------------------------------------------- */

static enum status list_hands(struct cli *c, struct err *e)
{
    struct store *s = NULL;
    struct hands_note *notes;
    size_t count = 0;
    struct table t = table_new(&c->arena, "lls");
    enum status st = store_open(&s, cli_archive_path(c), STORE_READ, e);
    if (st == OK)
        st = identity_hands(s, &c->arena, &notes, &count, e);
    for (size_t i = 0; i < count && st == OK; i++) {
        char date[CIVIL_TEXT];
        if (c->json) {
            struct json j = cli_json(c, "hands");
            json_key(&j, "participant");
            json_int(&j, notes[i].participant);
            json_key(&j, "name");
            json_text(&j, notes[i].name);
            json_key(&j, "hands");
            json_text(&j, notes[i].text);
            cli_json_end(c, &j);
            continue;
        }
        table_add(&t, notes[i].name);
        table_add(&t, notes[i].text);
        table_add(&t, str_of(civil_print_date(date, notes[i].at_ms)));
    }
    if (st == OK && !c->json)
        table_print(&t, &c->out);
    store_close(s);
    return st;
}

enum exit_status people_hands(struct cli *c)
{
    struct err e = {0};
    struct store *s = NULL;
    int64_t id;
    if (c->opts.arg_count == 1) {
        const enum status listed = list_hands(c, &e);
        return listed == OK ? EXIT_DONE : cli_fail(c, &e);
    }
    enum status st = open_claims(c, &s, &e);
    if (st == OK)
        st = who_find_one(s, str_of(c->opts.args[1]), &c->arena, &id, &e);
    if (st == OK)
        st = identity_note_hands(s, id, people_words(c, 2), now_ms(), &e);
    if (st == OK && !c->quiet && !c->json) {
        term_add(&c->out, c->opts.arg_count > 2
                              ? STR("noted; it is shown wherever a message of this account is\n")
                              : STR("taken back\n"));
        tell_undo(c);
    }
    return finish(c, s, st, &e);
}

/* ---- suggestions -------------------------------------------------------------------------------- */

static str handle_text(struct arena *a, const struct participant_row *p)
{
    if (!p->name.n || str_eq(p->name, p->key))
        return p->key;
    return arena_printf(a, STR_FMT " (" STR_FMT ")", STR_ARG(p->name), STR_ARG(p->key));
}

static void json_suggestion(struct cli *c, const struct suggestion *x)
{
    struct json j = cli_json(c, "suggestion");
    json_key(&j, "a");
    json_int(&j, x->a.id);
    json_key(&j, "a_key");
    json_text(&j, x->a.key);
    json_key(&j, "b");
    json_int(&j, x->b.id);
    json_key(&j, "b_key");
    json_text(&j, x->b.key);
    json_key(&j, "evidence");
    json_text(&j, str_of(evidence_text(x->evidence)));
    json_key(&j, "what");
    json_text(&j, x->what);
    json_key(&j, "row");
    json_int(&j, x->row);
    cli_json_end(c, &j);
}

static void print_suggestions(struct cli *c, const struct suggestion *all, size_t count)
{
    struct arena *const a = &c->arena;
    struct table t = table_new(a, "llls");
    for (size_t i = 0; i < count; i++) {
        const struct suggestion *const x = &all[i];
        if (c->json) {
            json_suggestion(c, x);
            continue;
        }
        table_add(&t, handle_text(a, &x->a));
        table_add(&t, handle_text(a, &x->b));
        table_add(&t, str_of(evidence_text(x->evidence)));
        table_add(
            &t, x->row ? arena_printf(a, "message %" PRId64 ": " STR_FMT, x->row, STR_ARG(x->what))
                       : x->what);
    }
    if (c->json)
        return;
    table_print(&t, &c->out);
    if (c->quiet)
        return;
    if (!count)
        term_add(&c->out,
                 STR("Nothing but names speaks for joining anybody; names alone do not.\n"));
    else
        term_addf(&c->out, STR_FMT "; join with: stet people join id:%" PRId64 " id:%" PRId64 "\n",
                  STR_ARG(count_text(a, count, "suggestion", "suggestions")), all[0].a.id,
                  all[0].b.id);
}

enum exit_status people_suggest(struct cli *c)
{
    struct err e = {0};
    struct store *s = NULL;
    struct suggestion *all;
    size_t count = 0;
    enum status st = store_open(&s, cli_archive_path(c), STORE_READ, &e);
    if (st == OK)
        st = suggest_joins(s, &c->arena, &all, &count, &e);
    if (st == OK)
        print_suggestions(c, all, count);
    const enum exit_status out = finish(c, s, st, &e);
    return out == EXIT_DONE && !count ? EXIT_NOTHING : out;
}
