/*
 * stet tag, stet note, stet saved, stet undo: what a reader adds. Tagging works on all hits of a query,
 * in one act that can be undone.
 */
#include "cli.h"
#include "marks.h"
#include "table.h"
#include "words.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* An archive that is to be written; read by the same handle. */
static enum status open_marks(struct cli *c, enum store_mode mode, struct store **out,
                              struct err *e)
{
    return store_open(out, cli_archive_path(c), mode, e);
}

static int64_t now_ms(void)
{
    return (int64_t)time(NULL) * MS_PER_SECOND;
}

static enum exit_status finish(struct cli *c, struct store *s, enum status st, const struct err *e)
{
    store_close(s);
    return st == OK ? EXIT_DONE : cli_fail(c, e);
}

/* The arguments from `from` on, joined with blanks. */
static str joined(struct cli *c, int from)
{
    struct buf b = buf_new(BUF_MESSAGE_MAX);
    for (int i = from; i < c->opts.arg_count; i++) {
        if (i > from)
            buf_add_byte(&b, ' ');
        buf_add(&b, str_of(c->opts.args[i]));
    }
    const str copy = arena_dup(&c->arena, buf_str(&b));
    buf_free(&b);
    return copy;
}

/* ---- tag ------------------------------------------------------------------------------------ */

struct rows {
    int64_t *p;
    size_t count, cap;
};

static void add_row(struct rows *r, int64_t row)
{
    if (r->count == r->cap) {
        r->cap = r->cap ? 2 * r->cap : 256;
        r->p = realloc(r->p, r->cap * sizeof *r->p);
        if (!r->p)
            abort();
    }
    r->p[r->count++] = row;
}

static enum status find_rows(struct cli *c, str query, struct rows *rows, struct err *e)
{
    struct archive *a = NULL;
    struct search *s = NULL;
    struct found f;
    enum step step = STEP_DONE;
    struct search_request r = {.query = query};
    enum status st = cli_now(c, &r.now_wall_ms, e);
    if (st == OK)
        st = cli_open(c, &a, e);
    if (st == OK)
        st = search_open(&s, a, &r, e);
    while (st == OK && (step = search_next(s, &f, e)) == STEP_ROW)
        add_row(rows, f.hit.row);
    if (st == OK && step == STEP_ERROR)
        st = e->code;
    if (st == OK)
        search_close(s);
    archive_close(a);
    return st;
}

static enum status list_tags(struct cli *c, struct err *e)
{
    struct store *s = NULL;
    struct tag_row *tags;
    size_t count = 0;
    enum status st = open_marks(c, STORE_READ, &s, e);
    if (st == OK)
        st = marks_tags(s, &c->arena, &tags, &count, e);
    struct table t = table_new(&c->arena, "rl");
    for (size_t i = 0; st == OK && i < count; i++) {
        if (c->json) {
            struct json j = cli_json(c, "tag");
            json_key(&j, "name");
            json_text(&j, tags[i].name);
            json_key(&j, "messages");
            json_int(&j, (int64_t)tags[i].messages);
            cli_json_end(c, &j);
            continue;
        }
        table_add(&t, number_text(&c->arena, tags[i].messages));
        table_add(&t, tags[i].name);
    }
    if (st == OK && !c->json)
        table_print(&t, &c->out);
    if (st == OK && !count && !c->json && !c->quiet)
        term_add(&c->out, STR("Nothing is tagged yet: stet tag NAME QUERY\n"));
    store_close(s);
    return st;
}

static enum exit_status tag_hits(struct cli *c)
{
    const bool off = cli_has(c, OPT_OFF);
    const str query = joined(c, 1);
    struct err e = {0};
    struct rows rows = {0};
    struct store *s = NULL;
    uint64_t changed = 0;
    const str name = str_of(c->opts.args[0]);
    enum status st = find_rows(c, query, &rows, &e);
    if (st != OK) {
        free(rows.p);
        return cli_fail_query(c, &e, query);
    }
    st = open_marks(c, STORE_WRITE, &s, &e);
    if (st == OK)
        st = off ? marks_untag(s, name, rows.p, rows.count, now_ms(), &changed, &e)
                 : marks_tag(s, name, rows.p, rows.count, now_ms(), &changed, &e);
    free(rows.p);
    if (st == OK && !c->quiet && !c->json)
        term_addf(&c->out, STR_FMT " %s; undo with stet undo\n",
                  STR_ARG(count_text(&c->arena, changed, "message", "messages")),
                  off ? "have the tag no more" : "tagged");
    const enum exit_status status = finish(c, s, st, &e);
    return status == EXIT_DONE && !rows.count ? EXIT_NOTHING : status;
}

enum exit_status cmd_tag(struct cli *c)
{
    struct err e = {0};
    if (c->opts.arg_count == 0) {
        const enum status st = list_tags(c, &e);
        return st == OK ? EXIT_DONE : cli_fail(c, &e);
    }
    if (c->opts.arg_count == 1) {
        fail(&e, ERR_QUERY, "say what is to be tagged \"%.60s\"", c->opts.args[0]);
        fail_hint(&e, "stet tag %.60s 'from:noll permit'   or one message: id:1523",
                  c->opts.args[0]);
        return cli_fail(c, &e);
    }
    return tag_hits(c);
}

/* ---- note ----------------------------------------------------------------------------------- */

static enum status list_notes(struct cli *c, struct err *e)
{
    struct store *s = NULL;
    struct note_row *notes;
    size_t count = 0;
    enum status st = open_marks(c, STORE_READ, &s, e);
    if (st == OK)
        st = marks_notes(s, &c->arena, &notes, &count, e);
    struct table t = table_new(&c->arena, "rrl");
    for (size_t i = 0; st == OK && i < count; i++) {
        const struct note_row *n = &notes[i];
        if (c->json) {
            struct json j = cli_json(c, "note");
            json_key(&j, "note");
            json_int(&j, n->id);
            json_key(&j, "row");
            json_int(&j, n->first_row);
            json_key(&j, "last_row");
            json_int(&j, n->last_row);
            json_key(&j, "text");
            json_text(&j, n->text);
            cli_json_end(c, &j);
            continue;
        }
        table_add(&t, arena_printf(&c->arena, "note %" PRId64, n->id));
        table_add(&t, n->first_row == n->last_row
                          ? arena_printf(&c->arena, "%" PRId64, n->first_row)
                          : arena_printf(&c->arena, "%" PRId64 "-%" PRId64, n->first_row,
                                         n->last_row));
        table_add(&t, n->text);
    }
    if (st == OK && !c->json)
        table_print(&t, &c->out);
    store_close(s);
    return st;
}

static enum status resolve(struct cli *c, const char *what, int64_t *row, struct err *e)
{
    struct archive *a = NULL;
    enum status st = cli_open(c, &a, e);
    if (st == OK)
        st = archive_resolve(a, str_of(what), row, e);
    archive_close(a);
    return st;
}

static enum status write_note(struct cli *c, struct err *e)
{
    struct store *s = NULL;
    int64_t first, last, id = 0;
    enum status st = resolve(c, c->opts.args[0], &first, e);
    last = first;
    if (st == OK && cli_has(c, OPT_TO))
        st = resolve(c, cli_value(c, OPT_TO), &last, e);
    if (st == OK)
        st = open_marks(c, STORE_WRITE, &s, e);
    if (st == OK)
        st = marks_note(s, first, last, joined(c, 1), now_ms(), &id, e);
    if (st == OK && !c->quiet && !c->json)
        term_addf(&c->out, "note %" PRId64 " on message %" PRId64 "\n", id, first);
    store_close(s);
    return st;
}

static enum status delete_note(struct cli *c, struct err *e)
{
    struct store *s = NULL;
    int64_t id = 0;
    enum status st = cli_number(c, OPT_DELETE, INT64_MAX, &id, e);
    if (st == OK)
        st = open_marks(c, STORE_WRITE, &s, e);
    if (st == OK)
        st = marks_unnote(s, id, e);
    store_close(s);
    return st;
}

enum exit_status cmd_note(struct cli *c)
{
    struct err e = {0};
    enum status st;
    if (cli_has(c, OPT_DELETE))
        st = delete_note(c, &e);
    else if (c->opts.arg_count == 0)
        st = list_notes(c, &e);
    else if (c->opts.arg_count == 1)
        st = fail(&e, ERR_QUERY, "a note needs words: stet note %.40s 'ask the clerk'",
                  c->opts.args[0]);
    else
        st = write_note(c, &e);
    return st == OK ? EXIT_DONE : cli_fail(c, &e);
}

/* ---- saved searches ------------------------------------------------------------------------- */

static enum status list_saved(struct cli *c, str only, bool *found, struct err *e)
{
    struct store *s = NULL;
    struct saved_row *saved;
    size_t count = 0;
    enum status st = open_marks(c, STORE_READ, &s, e);
    if (st == OK)
        st = marks_saved(s, &c->arena, &saved, &count, e);
    struct table t = table_new(&c->arena, "ll");
    for (size_t i = 0; st == OK && i < count; i++) {
        if (only.n && !str_eq(saved[i].name, only))
            continue;
        *found = true;
        if (c->json) {
            struct json j = cli_json(c, "saved");
            json_key(&j, "name");
            json_text(&j, saved[i].name);
            json_key(&j, "query");
            json_text(&j, saved[i].query);
            cli_json_end(c, &j);
        } else if (only.n) { /* alone on its line, for $(stet saved NAME) */
            term_safe(&c->out, saved[i].query);
            term_add(&c->out, STR("\n"));
        } else {
            table_add(&t, saved[i].name);
            table_add(&t, saved[i].query);
        }
    }
    if (st == OK && !c->json && !only.n)
        table_print(&t, &c->out);
    store_close(s);
    return st;
}

enum exit_status cmd_saved(struct cli *c)
{
    struct err e = {0};
    struct store *s = NULL;
    bool found = false;
    const str name = c->opts.arg_count ? str_of(c->opts.args[0]) : STR("");
    if (c->opts.arg_count < 2 && !cli_has(c, OPT_OFF)) {
        const enum status st = list_saved(c, name, &found, &e);
        if (st != OK)
            return cli_fail(c, &e);
        return found || !name.n ? EXIT_DONE : EXIT_NOTHING;
    }
    struct query *q = NULL;
    const struct query_clock clock = {0};
    const str query = cli_has(c, OPT_OFF) ? STR("") : joined(c, 1);
    enum status st = query_parse(&q, query, &clock, &e);
    query_free(q);
    if (st != OK)
        return cli_fail_query(c, &e, query);
    st = open_marks(c, STORE_WRITE, &s, &e);
    if (st == OK)
        st = marks_save(s, name, query, now_ms(), &e);
    return finish(c, s, st, &e);
}

/* ---- undo ----------------------------------------------------------------------------------- */

enum exit_status cmd_undo(struct cli *c)
{
    struct err e = {0};
    struct store *s = NULL;
    str what = STR("");
    enum status st = open_marks(c, STORE_WRITE, &s, &e);
    if (st == OK)
        st = marks_undo(s, &c->arena, &what, &e);
    if (st == OK && !c->quiet && !c->json) {
        term_add(&c->out, STR("taken back: "));
        term_safe(&c->out, what);
        term_add(&c->out, STR("\n"));
    }
    return finish(c, s, st, &e);
}
