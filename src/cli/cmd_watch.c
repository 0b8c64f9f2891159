/* stet watch: a list of names against the archive. */
#include "cli.h"
#include "source.h"
#include "table.h"
#include "watch.h"
#include "words.h"
#include "write_file.h"

#include <inttypes.h>
#include <string.h>

enum { LIST_BYTES_MAX = 16 << 20, CITED = 3, MENTIONERS_SHOWN = 3 };
#define WRITTEN_MAX ((size_t)1 << 31)

struct watching {
    struct cli *c;
    struct store *s;
    struct watched *names;
    size_t count;
    int64_t cited; /* messages named for each name */
    struct buf out;
};

/* ---- reading ------------------------------------------------------------------------------------ */

static enum status read_list(struct watching *w, struct err *e)
{
    struct arena *const a = &w->c->arena;
    struct source *s = NULL;
    str text = STR("");
    enum status st = source_open(&s, w->c->opts.args[0], e);
    if (st == OK && source_size(s) > LIST_BYTES_MAX)
        st = fail(e, ERR_LIMIT, "a list of names has at most %d bytes", LIST_BYTES_MAX);
    if (st == OK)
        st = source_peek(s, LIST_BYTES_MAX, &text, e);
    text = arena_dup(a, text);
    source_close(s);
    if (st == OK)
        st = watch_read(&w->names, &w->count, text, a, e);
    for (size_t i = 0; st == OK && cli_has(w->c, OPT_TRANSLITERATE) && i < w->count; i++)
        watch_transliterate(&w->names[i], a);
    return st;
}

static enum status cite(struct watching *w, int64_t row, str *out, struct err *e)
{
    char text[CITATION_TEXT];
    struct stored m;
    const enum status st = store_message(w->s, row, &w->c->arena, &m, e);
    if (st == OK)
        *out = arena_dup(&w->c->arena,
                         str_of(message_citation(text, m.message.time.wall_ms, m.content_id)));
    return st;
}

static size_t cited_of(const struct watching *w, const struct watched *x)
{
    return (int64_t)x->row_count < w->cited ? x->row_count : (size_t)w->cited;
}

static str mentioner_text(struct arena *a, const struct mentioner *m)
{
    if (!m->person.n || str_eq(m->person, m->name))
        return m->name;
    return arena_printf(a, STR_FMT " (" STR_FMT ")", STR_ARG(m->name), STR_ARG(m->person));
}

/* ---- table -------------------------------------------------------------------------------------- */

static str by_text(struct arena *a, const struct watched *x)
{
    str out = STR("");
    for (size_t i = 0; i < x->by_count && i < MENTIONERS_SHOWN; i++)
        out = arena_printf(a, STR_FMT "%s" STR_FMT " %" PRIu64, STR_ARG(out), i ? ", " : "",
                           STR_ARG(mentioner_text(a, &x->by[i])), x->by[i].messages);
    if (x->by_count > MENTIONERS_SHOWN)
        out =
            arena_printf(a, STR_FMT " and %zu more", STR_ARG(out), x->by_count - MENTIONERS_SHOWN);
    return out;
}

static str spellings_text(struct arena *a, const struct watched *x)
{
    str out = STR("");
    for (size_t i = 1; i < x->spelling_count; i++) {
        const struct spelled *const s = &x->spellings[i];
        out = arena_printf(a, STR_FMT "%s" STR_FMT " (%s) %" PRIu64, STR_ARG(out),
                           i > 1 ? ", " : "", STR_ARG(s->text), s->how, s->messages);
    }
    return out;
}

static enum status add_citations(struct watching *w, const struct watched *x, str *out,
                                 struct err *e)
{
    enum status st = OK;
    *out = STR("");
    for (size_t i = 0; i < cited_of(w, x) && st == OK; i++) {
        str one = STR("");
        st = cite(w, x->rows[i], &one, e);
        *out = arena_printf(&w->c->arena, STR_FMT "%s" STR_FMT, STR_ARG(*out), i ? "  " : "",
                            STR_ARG(one));
    }
    return st;
}

static void print_fact(struct term *t, const char *label, str text)
{
    if (!text.n)
        return;
    term_style(t, STYLE_SOFT);
    term_addf(t, "  %-9s", label);
    term_style(t, STYLE_PLAIN);
    term_safe(t, text);
    term_add(t, STR("\n"));
}

static enum status print_one(struct watching *w, const struct watched *x, struct err *e)
{
    struct term *const t = &w->c->out;
    struct arena *const a = &w->c->arena;
    str cited;
    const enum status st = add_citations(w, x, &cited, e);
    term_style(t, STYLE_STRONG);
    term_safe(t, x->spellings[0].text);
    term_style(t, STYLE_PLAIN);
    term_addf(t, "  " STR_FMT, STR_ARG(count_text(a, x->row_count, "message", "messages")));
    if (x->row_count)
        term_addf(t, ", " STR_FMT, STR_ARG(span_text(a, x->first_wall_ms, x->last_wall_ms)));
    term_add(t, STR("\n"));
    print_fact(t, "also", spellings_text(a, x));
    print_fact(t, "by", by_text(a, x));
    print_fact(t, "cite", cited);
    return st;
}

/* ---- CSV and JSON ------------------------------------------------------------------------------- */

/* As a spreadsheet reads it, and never as a formula. */
static void add_cell(struct buf *out, str text, bool last)
{
    buf_add_byte(out, '"');
    if (text.n && strchr("=+-@\t\r", text.p[0]))
        buf_add_byte(out, '\'');
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '"')
            buf_add_byte(out, '"');
        buf_add_byte(out, text.p[i]);
    }
    buf_add(out, last ? STR("\"\r\n") : STR("\","));
}

/* A line for each name and mentioner; a name that nobody mentions has one too. */
static enum status csv_one(struct watching *w, const struct watched *x, struct err *e)
{
    struct arena *const a = &w->c->arena;
    char date[CIVIL_TEXT];
    str cited;
    const enum status st = add_citations(w, x, &cited, e);
    for (size_t i = 0; i < (x->by_count ? x->by_count : 1); i++) {
        const bool any = x->by_count != 0;
        add_cell(&w->out, x->spellings[0].text, false);
        add_cell(&w->out, spellings_text(a, x), false);
        buf_addf(&w->out, "%zu,", x->row_count);
        add_cell(&w->out, any ? x->by[i].name : STR(""), false);
        add_cell(&w->out, any ? x->by[i].person : STR(""), false);
        buf_addf(&w->out, "%" PRIu64 ",", any ? x->by[i].messages : 0);
        buf_addf(&w->out, "%s,",
                 x->first_wall_ms == TIME_NONE ? "" : civil_print(date, x->first_wall_ms));
        buf_addf(&w->out, "%s,",
                 x->last_wall_ms == TIME_NONE ? "" : civil_print(date, x->last_wall_ms));
        add_cell(&w->out, cited, true);
    }
    return st;
}

static void json_spellings(struct json *j, const struct watched *x)
{
    json_key(j, "spellings");
    json_array(j);
    for (size_t i = 0; i < x->spelling_count; i++) {
        json_object(j);
        json_key(j, "text");
        json_text(j, x->spellings[i].text);
        json_key(j, "how");
        json_text(j, str_of(x->spellings[i].how));
        json_key(j, "messages");
        json_int(j, (int64_t)x->spellings[i].messages);
        json_end(j);
    }
    json_end(j);
}

static void json_by(struct json *j, const struct watched *x)
{
    json_key(j, "by");
    json_array(j);
    for (size_t i = 0; i < x->by_count; i++) {
        json_object(j);
        json_key(j, "participant");
        json_int(j, x->by[i].participant);
        json_key(j, "name");
        json_text(j, x->by[i].name);
        json_key(j, "person");
        json_text(j, x->by[i].person);
        json_key(j, "messages");
        json_int(j, (int64_t)x->by[i].messages);
        json_end(j);
    }
    json_end(j);
}

static void json_time(struct json *j, const char *key, int64_t wall_ms)
{
    char date[CIVIL_TEXT];
    json_key(j, key);
    if (wall_ms == TIME_NONE)
        json_null(j);
    else
        json_text(j, str_of(civil_print(date, wall_ms)));
}

static enum status json_one(struct watching *w, const struct watched *x, struct err *e)
{
    enum status st = OK;
    struct json j = json_to(&w->out);
    json_object(&j);
    json_key(&j, "stet");
    json_int(&j, JSON_VERSION);
    json_key(&j, "type");
    json_text(&j, STR("watched"));
    json_key(&j, "name");
    json_text(&j, x->spellings[0].text);
    json_key(&j, "messages");
    json_int(&j, (int64_t)x->row_count);
    json_time(&j, "first", x->first_wall_ms);
    json_time(&j, "last", x->last_wall_ms);
    json_spellings(&j, x);
    json_by(&j, x);
    json_key(&j, "cited");
    json_array(&j);
    for (size_t i = 0; i < cited_of(w, x) && st == OK; i++) {
        str one = STR("");
        st = cite(w, x->rows[i], &one, e);
        json_text(&j, one);
    }
    json_end(&j);
    json_end(&j);
    buf_add_byte(&w->out, '\n');
    return st;
}

/* ---- all ---------------------------------------------------------------------------------------- */

static enum status show(struct watching *w, struct err *e)
{
    const char *const given = cli_value(w->c, OPT_FORMAT);
    const char *const path = cli_value(w->c, OPT_OUTPUT);
    const char *const format = given ? given : w->c->json ? "json" : "table";
    const bool table = strcmp(format, "table") == 0, csv = strcmp(format, "csv") == 0;
    enum status st = OK;
    if (table && path)
        return fail(e, ERR_QUERY, "-o needs a format: csv or json");
    if (csv)
        buf_add(&w->out, STR("name,spellings,messages,by,person,by_messages,first,last,cited\r\n"));
    for (size_t i = 0; i < w->count && st == OK; i++)
        st = table ? print_one(w, &w->names[i], e)
             : csv ? csv_one(w, &w->names[i], e)
                   : json_one(w, &w->names[i], e);
    if (st == OK && w->out.full)
        st = fail(e, ERR_LIMIT, "the list of messages is too long to be written");
    if (st == OK && path)
        return write_file(path, buf_str(&w->out), e);
    if (st == OK && !table)
        term_add(&w->c->out, buf_str(&w->out));
    return st;
}

enum exit_status cmd_watch(struct cli *c)
{
    struct err e = {0};
    struct watching w = {.c = c, .cited = CITED, .out = buf_new(WRITTEN_MAX)};
    size_t found = 0;
    enum status st = cli_number(c, OPT_LIMIT, INT64_MAX, &w.cited, &e);
    w.cited = w.cited ? w.cited : INT64_MAX;
    if (st == OK)
        st = read_list(&w, &e);
    if (st == OK)
        st = store_open(&w.s, cli_archive_path(c), STORE_READ, &e);
    if (st == OK)
        st = watch_find(w.s, w.names, w.count, &c->arena, &e);
    if (st == OK)
        st = show(&w, &e);
    for (size_t i = 0; st == OK && i < w.count; i++)
        found += w.names[i].row_count != 0;
    buf_free(&w.out);
    store_close(w.s);
    if (st != OK)
        return cli_fail(c, &e);
    return found ? EXIT_DONE : EXIT_NOTHING;
}
