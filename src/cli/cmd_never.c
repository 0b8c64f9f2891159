/* stet never: that nothing matches, and what exactly was searched; or the first of what does. */
#include "answers.h"
#include "hit_page.h"
#include "print_claims.h"
#include "words.h"

enum { HITS_SHOWN = 5 };

struct denial {
    struct search *search;
    const struct search_facts *facts;
    struct searched searched;
};

/* Parts of a query that compare exactly begin with + or = where a word begins. */
static bool compares_exactly(str canonical)
{
    bool quoted = false;
    for (size_t i = 0; i < canonical.n; i++) {
        const char before = i ? canonical.p[i - 1] : ' ';
        const bool begins = before == ' ' || before == '(' || before == '-' || before == ':';
        if (!quoted && begins && (canonical.p[i] == '+' || canonical.p[i] == '='))
            return true;
        quoted ^= canonical.p[i] == '"';
    }
    return false;
}

static void print_never(struct cli *c, const struct denial *d)
{
    term_add(&c->out, STR("Nothing matches "));
    term_safe(&c->out, d->facts->read_as);
    term_add(&c->out, STR(".\n"));
    print_claim_scope(c, &d->searched);
    if (c->quiet)
        return;
    term_add(
        &c->out,
        compares_exactly(d->facts->read_as)
            ? STR("Words with + or = were compared exactly, others whatever their case, accents "
                  "and style of marks.\n")
            : STR("Words were compared whatever their case, accents and style of marks.\n"));
    if (d->facts->notes.n) {
        term_safe(&c->out, str_trim(d->facts->notes));
        term_add(&c->out, STR("\n"));
    }
    term_add(&c->out, STR("Not seen by any search:\n"));
    print_blind_spots(c, &d->searched);
    term_add(&c->out, STR("  other spellings, paraphrases, and what this archive does not hold\n"));
}

static enum status print_hits(struct cli *c, const struct denial *d, struct err *e)
{
    struct hit_page page = hit_page_new(c, d->search, 0);
    struct found f;
    enum step step = STEP_DONE;
    for (int n = 0; n < HITS_SHOWN && (step = search_next(d->search, &f, e)) == STEP_ROW; n++)
        hit_page_add(&page, &f);
    if (step != STEP_ERROR)
        hit_page_end(&page);
    hit_page_free(&page);
    if (step == STEP_ERROR)
        return e->code;
    term_addf(&c->out, "\n\"Never\" is wrong: " STR_FMT " ",
              STR_ARG(count_text(&c->arena, d->facts->count, "message matches", "messages match")));
    term_safe(&c->out, d->facts->read_as);
    term_add(&c->out, STR(".\n"));
    return OK;
}

static enum status json_never(struct cli *c, const struct denial *d, struct err *e)
{
    struct found f;
    enum step step = STEP_DONE;
    struct json j = cli_json(c, "never");
    json_key(&j, "query");
    json_text(&j, d->facts->read_as);
    json_key(&j, "never");
    json_bool(&j, !d->facts->count);
    json_key(&j, "count");
    json_int(&j, (int64_t)d->facts->count);
    json_key(&j, "exact");
    json_bool(&j, compares_exactly(d->facts->read_as));
    json_key(&j, "hits");
    json_array(&j);
    for (int n = 0; n < HITS_SHOWN && (step = search_next(d->search, &f, e)) == STEP_ROW; n++) {
        json_object(&j);
        answer_message(&j, &f.hit);
        json_end(&j);
    }
    json_end(&j);
    json_claim_scope(&j, &d->searched);
    cli_json_end(c, &j);
    return step == STEP_ERROR ? e->code : OK;
}

static enum status print(struct cli *c, const struct denial *d, struct err *e)
{
    if (c->json)
        return json_never(c, d, e);
    if (d->facts->count)
        return print_hits(c, d, e);
    print_never(c, d);
    return OK;
}

enum exit_status cmd_never(struct cli *c)
{
    struct err e = {0};
    struct archive *a = NULL;
    struct denial d = {.search = NULL};
    struct search_request r = {.limit = HITS_SHOWN};
    bool found = false;
    enum status st = cli_query(c, &r.query, &e);
    if (st == OK)
        st = cli_now(c, &r.now_wall_ms, &e);
    if (st == OK)
        st = cli_open(c, &a, &e);
    if (st == OK)
        st = search_open(&d.search, a, &r, &e);
    if (st == OK)
        st = claims_searched(&d.searched, archive_store(a), &c->arena, &e);
    if (st == OK) {
        d.facts = search_facts(d.search);
        found = d.facts->count > 0;
        st = print(c, &d, &e);
    }
    search_close(d.search);
    archive_close(a);
    if (st != OK)
        return cli_fail_query(c, &e, r.query);
    return found ? EXIT_NOTHING : EXIT_DONE;
}
