/* stet cite: citations of messages, in the form that a footnote, a page or a bibliography wants. */
#include "answers.h"
#include "citation.h"
#include "cli.h"

enum { CITATIONS_MAX_BYTES = 64 << 20 };

struct citing {
    struct cli *cli;
    struct archive *archive;
    struct citation_options options;
    struct buf text; /* one citation */
    struct arena scratch;
};

static enum status write_one(struct citing *x, const char *what, struct view *v, struct err *e)
{
    int64_t row;
    arena_clear(&x->scratch);
    enum status st = archive_resolve(x->archive, str_of(what), &row, e);
    if (st == OK)
        st = archive_view(x->archive, row, 0, 0, &x->scratch, v, e);
    if (st != OK)
        return st;
    if (cli_has(x->cli, OPT_WITNESSES)) {
        x->options.witnesses = v->witnesses;
        x->options.witness_count = v->witness_count;
    }
    buf_clear(&x->text);
    citation_write(&x->text, &v->message, &x->options);
    return x->text.full ? fail(e, ERR_LIMIT, "a citation is too long") : OK;
}

static void json_citation(struct citing *x, const struct view *v)
{
    struct json j = cli_json(x->cli, "citation");
    answer_message(&j, &v->message);
    json_key(&j, "text_to_cite");
    json_text(&j, str_trim(buf_str(&x->text)));
    cli_json_end(x->cli, &j);
}

/* CSL wants one array, whatever stands in it. */
static void print(struct citing *x, const struct view *v, int nth)
{
    struct term *const t = &x->cli->out;
    const bool csl = x->options.form == CITATION_CSL_JSON;
    if (x->cli->json) {
        json_citation(x, v);
        return;
    }
    if (csl)
        term_add(t, nth ? STR(",\n") : STR("[\n"));
    else if (nth)
        term_add(t, STR("\n"));
    term_add(t, csl ? str_trim(buf_str(&x->text)) : buf_str(&x->text));
}

static enum status cite_all(struct citing *x, struct err *e)
{
    struct cli *const c = x->cli;
    enum status st = cli_open(c, &x->archive, e);
    for (int i = 0; i < c->opts.arg_count && st == OK; i++) {
        struct view v;
        st = write_one(x, c->opts.args[i], &v, e);
        if (st == OK)
            print(x, &v, i);
    }
    if (st == OK && x->options.form == CITATION_CSL_JSON && !c->json)
        term_add(&c->out, STR("\n]\n"));
    archive_close(x->archive);
    return st;
}

enum exit_status cmd_cite(struct cli *c)
{
    struct err e = {0};
    const char *const form = cli_value(c, OPT_FORMAT);
    struct citing x = {.cli = c, .text = buf_new(CITATIONS_MAX_BYTES)};
    if (form)
        (void)citation_form_read(str_of(form), &x.options.form);
    const enum status st = cite_all(&x, &e);
    buf_free(&x.text);
    arena_free(&x.scratch);
    return st == OK ? EXIT_DONE : cli_fail(c, &e);
}
