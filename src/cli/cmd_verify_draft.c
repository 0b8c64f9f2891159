/*
 * stet verify --draft FILE: every quotation of an article, with what the sentences around it claim;
 * and with --html the report as a page.
 */
#include <string.h>

#include "cmd_verify.h"
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

/* ---- claims ------------------------------------------------------------------------------------------ */

/* "Eighteen seconds later" is measured from the message before; prose rounds, so a tenth is allowed, and
   "the next day" is any time of that day. */
static struct date_range range_after(int64_t wall_ms, int64_t after_ms)
{
    const int64_t then = wall_ms + after_ms;
    if (after_ms % MS_PER_DAY == 0) {
        const int64_t day = then - ((then % MS_PER_DAY) + MS_PER_DAY) % MS_PER_DAY;
        return (struct date_range){day, day + MS_PER_DAY};
    }
    const int64_t slack = after_ms / 10 > 2 * MS_PER_SECOND ? after_ms / 10 : 2 * MS_PER_SECOND;
    return (struct date_range){then - slack, then + slack + 1};
}

/* When the quotation before was written: its last message; TIME_NONE if that is not known. */
static int64_t time_before(const struct draft_run *d, size_t i)
{
    while (i-- > 0) {
        if (d->draft.quotes[i].level > 0)
            continue;
        const struct verdict *const v = d->checked[i].verdict;
        return v && v->message_count ? v->messages[v->message_count - 1].stored.message.time.wall_ms
                                     : TIME_NONE;
    }
    return TIME_NONE;
}

/* What the options claim holds where the draft says nothing. */
static struct claim claim_of(const struct draft_run *d, size_t i)
{
    const struct draft_quote *const q = &d->draft.quotes[i];
    struct claim claim = d->run->usual;
    claim.quote = q->text;
    if (q->speaker.n)
        claim.speaker = q->speaker;
    if (!q->when_text.n)
        return claim;
    claim.date = q->when_text;
    claim.when = q->when;
    const int64_t before = time_before(d, i);
    if (q->after_previous_ms != TIME_NONE && before != TIME_NONE)
        claim.when = range_after(before, q->after_previous_ms);
    return claim;
}

/* ---- checking ------------------------------------------------------------------------------------------ */

/* One message before and one after the quoted ones, for the report. */
static enum status read_context(const struct draft_run *d, const struct verdict *v,
                                struct report_quote *out, struct err *e)
{
    struct view view;
    if (!v->message_count)
        return OK;
    enum status st =
        archive_view(d->run->archive, v->messages[0].stored.row, 1, 0, d->arena, &view, e);
    if (st != OK)
        return st;
    out->before = view.before;
    out->before_count = view.before_count;
    st = archive_view(d->run->archive, v->messages[v->message_count - 1].stored.row, 0, 1, d->arena,
                      &view, e);
    if (st != OK)
        return st;
    out->after = view.after;
    out->after_count = view.after_count;
    return OK;
}

static void print_one(const struct draft_run *d, size_t i, const struct claim *claim,
                      const struct verdict *v)
{
    struct cli *const c = d->run->cli;
    if (c->json) {
        json_verdict(c, claim, v);
        return;
    }
    if (cli_has(c, OPT_HTML))
        return; /* the page says it */
    term_style(&c->out, STYLE_SOFT);
    term_addf(&c->out, "%zu  ", i + 1);
    term_style(&c->out, STYLE_PLAIN);
    print_verdict(c, claim, v);
}

static void print_unchecked(const struct draft_run *d, size_t i, const struct err *why)
{
    struct cli *const c = d->run->cli;
    if (c->json) {
        struct json j = cli_json(c, "unchecked");
        json_key(&j, "quote");
        json_text(&j, d->draft.quotes[i].text);
        json_key(&j, "message");
        json_text(&j, str_of(why->msg));
        cli_json_end(c, &j);
    } else if (!cli_has(c, OPT_HTML)) {
        term_addf(&c->out, "%zu  NOT CHECKED: %s\n\n", i + 1, why->msg);
    }
}

/* One or two words in quotation marks that nobody is said to have uttered are a title or a turn of
   phrase: that the archive does not have them says nothing. */
static void tell_scare_quotes(const struct claim *claim, struct verdict *v)
{
    enum { SCARE_WORDS = 2 };
    if (claim->speaker.n || v->words_of > SCARE_WORDS ||
        (v->kind != VERDICT_ABSENT && v->kind != VERDICT_NEAR))
        return;
    v->kind = VERDICT_AMBIGUOUS;
    v->flags |= VFLAG_TOO_SHORT;
}

static enum status check_quote(struct draft_run *d, size_t i, struct err *e)
{
    struct verify_run *const r = d->run;
    const struct claim claim = claim_of(d, i);
    struct verdict *const v = arena_alloc(d->arena, sizeof *v);
    struct err why = {0};
    const enum status st = verify_quote(r->verifier, &claim, d->arena, v, &why);
    r->checked++;
    if (st == ERR_LIMIT) {
        d->checked[i].why_unchecked = arena_dup(d->arena, str_of(why.msg));
        print_unchecked(d, i, &why);
        return OK;
    }
    if (st != OK) {
        *e = why;
        return st;
    }
    tell_scare_quotes(&claim, v);
    d->checked[i].verdict = v;
    r->standing += v->stands;
    r->searched = v->searched_messages;
    print_one(d, i, &claim, v);
    term_flush(&r->cli->out);
    return cli_has(r->cli, OPT_HTML) ? read_context(d, v, &d->checked[i], e) : OK;
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

static str last_part(const char *path)
{
    const char *const slash = strrchr(path, '/');
    return str_of(slash ? slash + 1 : path);
}

static enum status write_report(const struct draft_run *d, struct err *e)
{
    struct cli *const c = d->run->cli;
    struct archive_facts facts;
    enum status st = archive_facts(d->run->archive, d->arena, &facts, e);
    if (st != OK)
        return st;
    const struct report_facts f = {.archive_name = last_part(cli_archive_path(c)),
                                   .version = STR(STET_VERSION),
                                   .messages = facts.messages,
                                   .conversations = facts.conversations,
                                   .first_wall_ms = facts.first_wall_ms,
                                   .last_wall_ms = facts.last_wall_ms,
                                   .zone_name = facts.zone_name,
                                   .basis = facts.basis};
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
    if (st == OK)
        d->checked = arena_array(d->arena, d->draft.quote_count + 1, sizeof *d->checked);
    return st;
}

static enum status check_draft(struct draft_run *d, struct err *e)
{
    struct cli *const c = d->run->cli;
    enum status st = read_draft(d, e);
    if (st != OK)
        return st;
    print_draft_facts(d);
    for (size_t i = 0; st == OK && i < d->draft.quote_count; i++)
        st = check_quote(d, i, e);
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
