/* What all ways of checking quotations share: the claims of the options, the archive, the sums. */
#include "cmd_verify.h"
#include "print_verdict.h"

static enum status read_zone(struct cli *c, struct zone **out, struct err *e)
{
    *out = NULL;
    return cli_has(c, OPT_TZ) ? zone_open(out, str_of(cli_value(c, OPT_TZ)), e) : OK;
}

/* What --by, --on, --in and --tz say; every quotation of a list begins with it. */
static enum status read_claim(struct verify_run *r, struct err *e)
{
    const struct cli *c = r->cli;
    r->usual = (struct claim){.speaker = str_of(cli_value(c, OPT_BY)),
                              .date = str_of(cli_value(c, OPT_ON)),
                              .conversation = str_of(cli_value(c, OPT_IN)),
                              .when = {TIME_NONE, TIME_NONE},
                              .zone = r->zone};
    if (!r->usual.date.n)
        return OK;
    return date_range_parse(r->usual.date, r->now_wall_ms, &r->usual.when, e);
}

enum status verify_begin(struct verify_run *r, struct cli *c, struct err *e)
{
    *r = (struct verify_run){.cli = c};
    if (cli_has(c, OPT_HTML) && !cli_has(c, OPT_DRAFT))
        return fail(e, ERR_QUERY, "--html writes the report of a draft: it needs --draft FILE");
    enum status st = cli_now(c, &r->now_wall_ms, e);
    if (st == OK)
        st = read_zone(c, &r->zone, e);
    if (st == OK)
        st = read_claim(r, e);
    if (st == OK)
        st = cli_open(c, &r->archive, e);
    if (st == OK)
        st = verifier_open(&r->verifier, archive_store(r->archive), e);
    return st;
}

void verify_end(struct verify_run *r)
{
    verifier_close(r->verifier);
    archive_close(r->archive);
    zone_close(r->zone);
}

enum status verify_one(struct verify_run *r, const struct claim *claim, struct err *e)
{
    struct arena a = {0};
    struct verdict v;
    const enum status st = verify_quote(r->verifier, claim, &a, &v, e);
    if (st == OK) {
        r->checked++;
        r->standing += v.stands;
        r->searched = v.searched_messages;
        if (r->cli->json)
            print_json_verdict(r->cli, claim, &v);
        else
            print_verdict(r->cli, claim, &v);
        term_flush(&r->cli->out);
    }
    arena_free(&a);
    return st;
}

enum exit_status verify_status(const struct verify_run *r)
{
    if (r->failed)
        return EXIT_WRONG;
    return r->standing == r->checked && r->checked ? EXIT_DONE : EXIT_NOTHING;
}

void verify_close(struct verify_run *r)
{
    struct cli *c = r->cli;
    if (c->json || c->quiet || !r->checked)
        return;
    const struct verdict v = {.searched_messages = r->searched};
    print_searched(c, &v);
    if (r->checked > 1)
        term_addf(&c->out, "%zu quotations: %zu stand, %zu do not.\n", r->checked, r->standing,
                  r->checked - r->standing);
}
