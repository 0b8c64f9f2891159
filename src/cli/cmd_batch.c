/*
 * stet batch: a file of queries or names, a table of what each finds. A line that cannot be read as
 * a query is reported with its number, and the others run.
 */
#include "caret.h"
#include "cli.h"
#include "source.h"
#include "table.h"
#include "words.h"

#include <stdlib.h>
#include <string.h>

enum { TOP_SENDERS = 3, LINES_MAX = 100000, FILE_MAX = 64 << 20 };

struct batch {
    struct cli *c;
    struct archive *archive;
    struct participant_row *people;
    size_t person_count;
    int64_t now_wall_ms;
    struct table table;
    size_t lines, bad, found;
};

static str person(const struct batch *b, int64_t id)
{
    for (size_t i = 0; i < b->person_count; i++)
        if (b->people[i].id == id)
            return b->people[i].name.n ? b->people[i].name : b->people[i].key;
    return STR("(system)");
}

/* A name or phrase taken literally: what stands in it is no operator. */
static str as_phrase(struct arena *a, str line)
{
    struct buf q = buf_new(BUF_LINE_MAX);
    buf_add_byte(&q, '"');
    for (size_t i = 0; i < line.n; i++) {
        if (line.p[i] == '"')
            buf_add_byte(&q, '"');
        buf_add_byte(&q, line.p[i]);
    }
    buf_add_byte(&q, '"');
    const str copy = arena_dup(a, buf_str(&q));
    buf_free(&q);
    return copy;
}

/* ---- one line ------------------------------------------------------------------------------- */

static void report_bad(struct batch *b, str line, const struct err *e)
{
    struct cli *const c = b->c;
    b->bad++;
    if (c->json) {
        struct json j = cli_json(c, "batch-error");
        json_key(&j, "line");
        json_int(&j, (int64_t)b->lines);
        json_key(&j, "query");
        json_text(&j, line);
        json_key(&j, "error");
        json_text(&j, str_of(e->msg));
        json_key(&j, "hint");
        json_text(&j, str_of(e->hint));
        json_key(&j, "at");
        json_int(&j, (int64_t)e->at);
        cli_json_end(c, &j);
        return;
    }
    term_addf(&c->diag, "line %zu\n", b->lines);
    caret_print(&c->diag, e, line);
}

static str top_senders(const struct batch *b, const struct facet *facets, size_t count)
{
    struct arena *const a = &b->c->arena;
    str all = STR("");
    for (size_t i = 0; i < count && i < TOP_SENDERS; i++)
        all = arena_printf(a, STR_FMT "%s" STR_FMT " " STR_FMT, STR_ARG(all), i ? ", " : "",
                           STR_ARG(person(b, facets[i].key)),
                           STR_ARG(number_text(a, facets[i].count)));
    if (count > TOP_SENDERS)
        all = arena_printf(a, STR_FMT ", %zu more", STR_ARG(all), count - TOP_SENDERS);
    return all;
}

static void json_facets(struct batch *b, struct json *j, enum facet_by by,
                        const struct facet *facets, size_t count)
{
    char label[CIVIL_TEXT];
    json_key(j, by == FACET_SENDER ? "senders" : "months");
    json_array(j);
    for (size_t i = 0; i < count; i++) {
        json_object(j);
        json_key(j, "name");
        if (by == FACET_SENDER)
            json_text(j, person(b, facets[i].key));
        else if (facets[i].key == TIME_NONE)
            json_null(j);
        else
            json_text(j, str_of(timeline_label(label, by, facets[i].key)));
        json_key(j, "count");
        json_int(j, (int64_t)facets[i].count);
        json_end(j);
    }
    json_end(j);
}

struct counted {
    struct facet *senders, *months;
    size_t sender_count, month_count;
};

static void print_json(struct batch *b, str line, const struct search_facts *f,
                       const struct counted *n)
{
    struct json j = cli_json(b->c, "batch");
    json_key(&j, "line");
    json_int(&j, (int64_t)b->lines);
    json_key(&j, "query");
    json_text(&j, line);
    json_key(&j, "read_as");
    json_text(&j, f->read_as);
    json_key(&j, "count");
    json_int(&j, (int64_t)f->count);
    json_facets(b, &j, FACET_SENDER, n->senders, n->sender_count);
    json_facets(b, &j, FACET_MONTH, n->months, n->month_count);
    cli_json_end(b->c, &j);
}

/* One row a query; with --by one a query and sender or month. */
static void add_rows(struct batch *b, str line, const struct search_facts *f,
                     const struct counted *n)
{
    struct arena *const a = &b->c->arena;
    const char *const by = cli_value(b->c, OPT_BY);
    const bool months = by && strcmp(by, "month") == 0;
    const struct facet *const facets = months ? n->months : n->senders;
    const size_t count = months ? n->month_count : n->sender_count;
    char label[CIVIL_TEXT];
    for (size_t i = 0; by && i < count; i++) {
        str name = months ? str_of("undated") : person(b, facets[i].key);
        if (months && facets[i].key != TIME_NONE)
            name = arena_dup(a, str_of(timeline_label(label, FACET_MONTH, facets[i].key)));
        table_add(&b->table, number_text(a, facets[i].count));
        table_add(&b->table, line);
        table_add(&b->table, name);
    }
    if (by && count)
        return;
    table_add(&b->table, number_text(a, f->count));
    table_add(&b->table, line);
    if (by) {
        table_add(&b->table, STR(""));
        return;
    }
    table_add(&b->table, f->count ? span_text(a, f->first_wall_ms, f->last_wall_ms) : STR(""));
    table_add(&b->table, top_senders(b, n->senders, n->sender_count));
}

static enum status run_query(struct batch *b, str query, struct search **s, struct err *e)
{
    const struct search_request r = {
        .query = query, .limit = 1, .now_wall_ms = b->now_wall_ms};
    return search_open(s, b->archive, &r, e);
}

static enum status run_line(struct batch *b, str line, struct err *e)
{
    struct search *s = NULL;
    struct err why = {0};
    struct counted n = {0};
    const str query = cli_has(b->c, OPT_LITERAL) ? as_phrase(&b->c->arena, line) : line;
    enum status st = run_query(b, query, &s, &why);
    if (st == OK)
        st = search_facets(s, FACET_SENDER, &n.senders, &n.sender_count, &why);
    if (st == OK)
        st = search_facets(s, FACET_MONTH, &n.months, &n.month_count, &why);
    if (st == OK) {
        b->found += search_facts(s)->count > 0;
        if (b->c->json)
            print_json(b, line, search_facts(s), &n);
        else
            add_rows(b, line, search_facts(s), &n);
    }
    free(n.senders);
    free(n.months);
    search_close(s);
    if (st == OK)
        return OK;
    if (st == ERR_DB || st == ERR_STOPPED) {
        *e = why;
        return st;
    }
    report_bad(b, line, &why);
    return OK;
}

/* ---- all lines ------------------------------------------------------------------------------ */

static enum status run_lines(struct batch *b, str text, struct err *e)
{
    str line;
    enum status st = OK;
    while (st == OK && str_split(&text, '\n', &line)) {
        line = str_trim(line);
        b->lines++;
        if (b->lines > LINES_MAX)
            return fail(e, ERR_LIMIT, "a batch has at most %d lines", LINES_MAX);
        if (line.n && line.p[0] != '#')
            st = run_line(b, line, e);
    }
    return st;
}

static void print_end(struct batch *b)
{
    struct cli *const c = b->c;
    if (c->json)
        return;
    table_print(&b->table, &c->out);
    if (b->bad && !c->quiet)
        term_addf(&c->diag, "%zu %s could not be read\n", b->bad, b->bad == 1 ? "line" : "lines");
}

static enum status run_file(struct batch *b, const char *path, struct err *e)
{
    struct source *s = NULL;
    str text = STR("");
    enum status st = source_open(&s, path, e);
    if (st == OK && source_size(s) > FILE_MAX)
        st = fail(e, ERR_LIMIT, "a batch may have %d bytes at most", FILE_MAX);
    if (st == OK)
        st = source_peek(s, FILE_MAX, &text, e);
    if (st == OK)
        st = run_lines(b, text, e);
    source_close(s);
    return st;
}

enum exit_status cmd_batch(struct cli *c)
{
    struct err e = {0};
    struct batch b = {.c = c};
    b.table = table_new(&c->arena, cli_has(c, OPT_BY) ? "rll" : "rlls");
    enum status st = cli_now(c, &b.now_wall_ms, &e);
    if (st == OK)
        st = cli_open(c, &b.archive, &e);
    if (st == OK)
        st = archive_people(b.archive, &c->arena, &b.people, &b.person_count, &e);
    if (st == OK)
        st = run_file(&b, c->opts.args[0], &e);
    if (st == OK)
        print_end(&b);
    archive_close(b.archive);
    if (st != OK)
        return cli_fail(c, &e);
    if (b.bad)
        return EXIT_WRONG;
    return b.found ? EXIT_DONE : EXIT_NOTHING;
}
