/*
 * stet verify --draft FILE: every quotation of an article, with what the sentences around it claim;
 * and with --html the report as a page.
 */
#include "cmd_verify.h"
#include "draft_check.h"
#include "print_verdict.h"
#include "quote.h"
#include "report.h"
#include "source.h"
#include "words.h"
#include "write_file.h"

struct draft_run {
    struct verify_run *run;
    struct draft draft;
    struct report_quote *checked; /* one for each quotation */
    struct arena *arena;          /* verdicts live as long as the report needs them */
};

/* ---- checking ------------------------------------------------------------------------------------------ */

static void print_one(const struct draft_run *d, size_t i, const struct claim *claim,
                      const struct verdict *v)
{
    struct cli *const c = d->run->cli;
    if (c->json) {
        print_json_verdict(c, claim, v);
        return;
    }
    if (cli_has(c, OPT_HTML))
        return; /* the page says it */
    term_style(&c->out, STYLE_SOFT);
    term_addf(&c->out, "%zu  ", i + 1);
    term_style(&c->out, STYLE_PLAIN);
    print_verdict(c, claim, v);
}

static void print_unchecked(const struct draft_run *d, size_t i, str why)
{
    struct cli *const c = d->run->cli;
    if (c->json) {
        struct json j = cli_json(c, "unchecked");
        json_key(&j, "quote");
        json_text(&j, d->draft.quotes[i].text);
        json_key(&j, "message");
        json_text(&j, why);
        cli_json_end(c, &j);
    } else if (!cli_has(c, OPT_HTML)) {
        term_addf(&c->out, "%zu  NOT CHECKED: " STR_FMT "\n\n", i + 1, STR_ARG(why));
    }
}

static enum status after_quote(void *context, size_t i, const struct claim *claim,
                               const struct report_quote *q, struct err *e)
{
    const struct draft_run *const d = context;
    struct verify_run *const r = d->run;
    (void)e;
    r->checked++;
    if (!q->verdict) {
        print_unchecked(d, i, q->why_unchecked);
        return OK;
    }
    r->standing += q->verdict->stands;
    r->searched = q->verdict->searched_messages;
    print_one(d, i, claim, q->verdict);
    term_flush(&r->cli->out);
    return OK;
}

static void print_draft_facts(const struct draft_run *d)
{
    struct cli *const c = d->run->cli;
    if (!c->json)
        return;
    struct json j = cli_json(c, "draft");
    json_key(&j, "title");
    json_text(&j, d->draft.title);
    json_key(&j, "format");
    json_text(&j, str_of(d->draft.format));
    json_key(&j, "quotations");
    json_int(&j, (int64_t)d->draft.quote_count);
    json_key(&j, "cut");
    json_bool(&j, d->draft.cut);
    cli_json_end(c, &j);
}

/* ---- the report ---------------------------------------------------------------------------------------- */

static enum status write_report(const struct draft_run *d, struct err *e)
{
    struct cli *const c = d->run->cli;
    struct report_facts f;
    enum status st = draft_check_facts(d->run->archive, cli_archive_path(c), STR(STET_VERSION),
                                       d->arena, &f, e);
    if (st != OK)
        return st;
    struct buf page = buf_new(REPORT_BYTES_MAX);
    report_html(&page, &d->draft, d->checked, &f);
    st = page.full ? fail(e, ERR_LIMIT, "the report is larger than %d MiB", REPORT_BYTES_MAX >> 20)
                   : write_file(cli_value(c, OPT_HTML), buf_str(&page), e);
    buf_free(&page);
    if (st == OK && !c->json && !c->quiet) {
        term_add(&c->out, STR("report: "));
        term_safe(&c->out, str_of(cli_value(c, OPT_HTML)));
        term_add(&c->out, STR("\n"));
    }
    return st;
}

/* "18 quotations: 8 stand, 6 differ, 2 not in this archive, 2 too short or ambiguous." */
static void print_sums(const struct draft_run *d)
{
    struct cli *const c = d->run->cli;
    size_t sums[REPORT_CLASSES] = {0};
    for (size_t i = 0; i < d->draft.quote_count; i++)
        sums[report_class_of(d->checked[i].verdict)]++;
    if (c->json || c->quiet || !d->draft.quote_count)
        return;
    const struct verdict v = {.searched_messages = d->run->searched};
    print_searched(c, &v);
    term_safe(&c->out, count_text(d->arena, d->draft.quote_count, "quotation", "quotations"));
    term_addf(&c->out,
              ": %zu stand, %zu differ, %zu not in this archive, %zu too short or ambiguous",
              sums[REPORT_STANDS], sums[REPORT_DIFFERS], sums[REPORT_ABSENT], sums[REPORT_OPEN]);
    if (sums[REPORT_UNCHECKED])
        term_addf(&c->out, ", %zu not checked", sums[REPORT_UNCHECKED]);
    term_add(&c->out, STR(".\n"));
}

/* ---- the command --------------------------------------------------------------------------------------- */

static enum status read_draft(struct draft_run *d, struct err *e)
{
    struct source *s = NULL;
    enum status st = source_open(&s, cli_value(d->run->cli, OPT_DRAFT), e);
    if (st == OK)
        st = draft_read(&d->draft, s, d->run->now_wall_ms, d->arena, e);
    source_close(s);
    return st;
}

static enum status check_draft(struct draft_run *d, struct err *e)
{
    struct cli *const c = d->run->cli;
    enum status st = read_draft(d, e);
    if (st != OK)
        return st;
    print_draft_facts(d);
    const struct draft_check how = {.archive = d->run->archive,
                                    .verifier = d->run->verifier,
                                    .usual = d->run->usual,
                                    .context = cli_has(c, OPT_HTML),
                                    .each = after_quote,
                                    .context_of_each = d};
    st = draft_check_run(&how, &d->draft, d->arena, &d->checked, e);
    if (st == OK && cli_has(c, OPT_HTML))
        st = write_report(d, e);
    if (st == OK && !d->draft.quote_count && !c->json && !c->quiet)
        term_add(&c->out, STR("There is no quotation in this draft.\n"));
    if (st == OK && d->draft.cut)
        return fail(e, ERR_LIMIT, "the draft has more than %d quotations: the rest was not checked",
                    DRAFT_QUOTES_MAX);
    return st;
}

enum exit_status cmd_verify_draft(struct cli *c)
{
    struct err e = {0};
    struct verify_run r = {.cli = c};
    struct draft_run d = {.run = &r, .arena = &c->arena};
    enum status st = verify_begin(&r, c, &e);
    if (st == OK)
        st = check_draft(&d, &e);
    if (st == OK)
        print_sums(&d);
    const bool nothing = st == OK && !d.draft.quote_count;
    const enum exit_status status = st == OK ? verify_status(&r) : cli_fail(c, &e);
    verify_end(&r);
    return nothing ? EXIT_DONE : status;
}
