/*
 * stet search: hits grouped by conversation, with what stands around them, and at the end how many
 * there are and what to do next.
 */
#include "cli.h"
#include "facets.h"
#include "hit_page.h"
#include "patience.h"
#include "print_message.h"
#include "words.h"

#include <inttypes.h>
#include <string.h>

enum { LIMIT_USUAL = 20, CONTEXT_MAX = 100 };

static enum hit_sort sort_of(const struct cli *c)
{
    const char *const sort = cli_value(c, OPT_SORT);
    if (!sort || strcmp(sort, "date") == 0)
        return SORT_OLDEST;
    return strcmp(sort, "-date") == 0 ? SORT_NEWEST : SORT_RELEVANCE;
}

static enum status read_request(struct cli *c, struct search_request *r, struct err *e)
{
    *r = (struct search_request){.sort = sort_of(c),
                                 .limit = LIMIT_USUAL,
                                 .count_only = cli_has(c, OPT_COUNT),
                                 .explain = cli_has(c, OPT_EXPLAIN),
                                 .keep_partial = true};
    int64_t context = 0;
    enum status st = cli_number(c, OPT_LIMIT, INT64_MAX - 1, &r->limit, e);
    if (st == OK)
        st = cli_number(c, OPT_CONTEXT, CONTEXT_MAX, &context, e);
    if (st == OK)
        st = cli_number(c, OPT_AFTER, INT64_MAX, &r->after_row, e);
    if (st == OK)
        st = cli_now(c, &r->now_wall_ms, e);
    if (st == OK)
        st = cli_query(c, &r->query, e);
    r->context = (int)context;
    return st;
}

/* ---- around the hits ------------------------------------------------------------------------ */

static void print_read_as(struct cli *c, const struct search_facts *f)
{
    /* What a program or a file gets stays the same when we learn to say more about a query. */
    if (c->quiet || !c->out.tty)
        return;
    term_style(&c->out, STYLE_SOFT);
    term_add(&c->out, STR("read as  "));
    term_safe(&c->out, f->read_as);
    if (f->notes.n) {
        term_add(&c->out, STR(" ("));
        term_safe(&c->out, f->notes);
        term_add(&c->out, STR(")"));
    }
    term_style(&c->out, STYLE_PLAIN);
    term_add(&c->out, STR("\n\n"));
}

/* Whose clock the times are in must stand with them, wherever they go. */
static void print_zone(struct cli *c, const struct search_facts *f)
{
    if (c->quiet || c->out.tty || !f->zone.n)
        return;
    term_safe(&c->out, f->notes);
    term_add(&c->out, STR("\n\n"));
}

static void print_explain(struct cli *c, const struct search_facts *f)
{
    if (!f->explain.n)
        return;
    const struct passage p = {.text = f->explain};
    term_passage(&c->out, &p);
    if (!str_ends(f->explain, STR("\n")))
        term_add(&c->out, STR("\n"));
}

static void print_blame(struct cli *c, const struct search_facts *f)
{
    if (!c->quiet)
        term_add(&c->out, f->progress.partial ? STR("0 messages so far.\n") : STR("0 messages.\n"));
    if (c->quiet || !str_trim(f->blame).n)
        return;
    const struct passage p = {.text = str_trim(f->blame), .indent = 2};
    term_passage(&c->out, &p);
}

static void add_option(struct cli *c, const char *name, enum option_id id)
{
    if (!cli_has(c, id))
        return;
    term_addf(&c->out, " --%s ", name);
    term_safe(&c->out, shell_word(&c->arena, str_of(cli_value(c, id))));
}

/* The command that gives the next page, ready to be copied. */
static void print_more(struct cli *c, const struct search_request *r, int64_t key)
{
    term_add(&c->out, STR("more: stet search"));
    add_option(c, "archive", OPT_ARCHIVE);
    add_option(c, "sort", OPT_SORT);
    add_option(c, "limit", OPT_LIMIT);
    add_option(c, "context", OPT_CONTEXT);
    add_option(c, "now", OPT_NOW);
    if (cli_has(c, OPT_MARKS))
        term_add(&c->out, STR(" --marks"));
    term_addf(&c->out, " --after %" PRId64 " %s", key, r->query.p[0] == '-' ? "-- " : "");
    term_safe(&c->out, shell_word(&c->arena, r->query));
    term_add(&c->out, STR("\n"));
}

static void print_close(struct cli *c, const struct search_request *r, const struct search *s,
                        const struct hit_page *page)
{
    const struct search_facts *const f = search_facts(s);
    const int64_t next = search_next_key(s);
    if (c->quiet)
        return;
    term_add(&c->out, STR("\n"));
    if (next || r->after_row)
        term_addf(&c->out, "%s of ", number_text(&c->arena, page->shown).p);
    if (f->progress.partial)
        term_add(&c->out, STR("at least "));
    term_addf(&c->out, STR_FMT ", " STR_FMT,
              STR_ARG(count_text(&c->arena, f->count, "message", "messages")),
              STR_ARG(span_text(&c->arena, f->first_wall_ms, f->last_wall_ms)));
    if (c->out.tty && page->first_row)
        term_addf(&c->out, "     show one: stet show %" PRId64 " -C 5", page->first_row);
    term_add(&c->out, STR("\n"));
    if (next)
        print_more(c, r, next);
}

/* ---- JSON ----------------------------------------------------------------------------------- */

static void json_head(struct cli *c, const struct search_request *r, const struct search_facts *f)
{
    struct json j = cli_json(c, "search");
    answer_search(&j, r->query, f);
    cli_json_end(c, &j);
}

static void json_close(struct cli *c, const struct search *s, const struct hit_page *page)
{
    const int64_t next = search_next_key(s);
    struct json j = cli_json(c, "page");
    json_key(&j, "shown");
    json_int(&j, (int64_t)page->shown);
    json_key(&j, "after");
    if (next)
        json_int(&j, next);
    else
        json_null(&j);
    cli_json_end(c, &j);
}

/* ---- the command ---------------------------------------------------------------------------- */

/* Ctrl-C while hits are printed; during the search it only ends that. */
static bool is_left(const struct search *s)
{
    return patience_interrupted() && !search_facts(s)->progress.partial;
}

static enum status print_hits(struct cli *c, const struct search_request *r, struct search *s,
                              struct err *e)
{
    struct hit_page page = hit_page_new(c, s, r->context);
    struct found f;
    enum step step;
    while ((step = search_next(s, &f, e)) == STEP_ROW && !is_left(s))
        hit_page_add(&page, &f);
    hit_page_end(&page);
    if (step == STEP_DONE && c->json)
        json_close(c, s, &page);
    else if (step == STEP_DONE)
        print_close(c, r, s, &page);
    hit_page_free(&page);
    return step == STEP_ERROR ? e->code : OK;
}

static void print_count(struct cli *c, const struct search_facts *f)
{
    if (!c->json) {
        term_addf(&c->out, "%" PRIu64 "\n", f->count);
        return;
    }
    struct json j = cli_json(c, "count");
    json_key(&j, "count");
    json_int(&j, (int64_t)f->count);
    if (f->progress.partial) {
        json_key(&j, "partial");
        json_bool(&j, true);
    }
    cli_json_end(c, &j);
}

static enum status print_search(struct cli *c, const struct search_request *r, struct search *s,
                                struct archive *a, struct err *e)
{
    const struct search_facts *const f = search_facts(s);
    if (r->count_only) {
        print_count(c, f);
        return OK;
    }
    if (c->json)
        json_head(c, r, f);
    if (!c->json) {
        print_read_as(c, f);
        print_zone(c, f);
        print_explain(c, f);
    }
    if (!f->count) {
        if (!c->json)
            print_blame(c, f);
        return OK;
    }
    return cli_has(c, OPT_FACETS) ? facets_print(c, s, a, e) : print_hits(c, r, s, e);
}

enum exit_status cmd_search(struct cli *c)
{
    struct err e = {0};
    struct search_request r;
    struct archive *a = NULL;
    struct search *s = NULL;
    struct patience patience;
    bool found = false, partial = false;
    enum status st = read_request(c, &r, &e);
    if (st == OK)
        st = patience_begin(c, &patience, &e);
    if (st != OK)
        return cli_fail(c, &e); /* of the options, not of the query */
    r.stop = patience_ended;
    r.stop_context = &patience;
    st = cli_open(c, &a, &e);
    if (st == OK)
        st = search_open(&s, a, &r, &e);
    if (st == OK) {
        found = search_facts(s)->count > 0;
        partial = search_facts(s)->progress.partial;
        st = print_search(c, &r, s, a, &e);
    }
    if (st == OK && partial)
        patience_tell(c, &patience, search_facts(s));
    search_close(s);
    archive_close(a);
    if (st != OK)
        return cli_fail_query(c, &e, r.query);
    if (partial)
        return EXIT_WRONG; /* a program must not take a part for the whole */
    return found ? EXIT_DONE : EXIT_NOTHING;
}
