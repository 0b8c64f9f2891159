/*
 * stet verify: one quotation from the command line, or a list of them. A draft is read by another
 * program (main_draft.c), which has the parsers for it and shares everything here but the reading.
 */
#include "cmd_verify.h"

#include <string.h>

#include "cli.h"
#include "json_read.h"
#include "print_verdict.h"
#include "source.h"

enum { LIST_BYTES_MAX = 64 << 20 };

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
            json_verdict(r->cli, claim, &v);
        else
            print_verdict(r->cli, claim, &v);
        term_flush(&r->cli->out);
    }
    arena_free(&a);
    return st;
}

/* ---- lists ---------------------------------------------------------------------------------------- */

static bool is_one_of(str key, const char *const *names)
{
    for (; *names; names++)
        if (str_eq(key, str_of(*names)))
            return true;
    return false;
}

/* A line like {"quote":"...","by":"...","on":"...","in":"..."}; a date that cannot be read as one is
   kept as words and not checked. */
static enum status claim_of_json(const struct verify_run *r, str line, struct arena *a,
                                 struct claim *out, struct err *e)
{
    static const char *const by[] = {"by", "speaker", "claimed_speaker", NULL};
    static const char *const on[] = {"on", "when", "date", "claimed_when", NULL};
    static const char *const in[] = {"in", "conversation", NULL};
    struct json_field *fields;
    size_t count;
    const enum status st = json_read_flat(line, a, &fields, &count, e);
    for (size_t i = 0; st == OK && i < count; i++) {
        const str value = fields[i].value;
        struct err ignored = {0};
        if (str_eq(fields[i].key, STR("quote")))
            out->quote = value;
        else if (is_one_of(fields[i].key, by) && value.n)
            out->speaker = value;
        else if (is_one_of(fields[i].key, in) && value.n)
            out->conversation = value;
        else if (is_one_of(fields[i].key, on) && value.n) {
            out->date = value;
            if (date_range_parse(value, r->now_wall_ms, &out->when, &ignored) != OK)
                out->when = (struct date_range){TIME_NONE, TIME_NONE};
        }
    }
    if (st == OK && !out->quote.n)
        return fail(e, ERR_FORMAT, "this object has no \"quote\"");
    return st;
}

static enum status verify_line(struct verify_run *r, str line, uint64_t number, struct err *e)
{
    struct arena a = {0};
    struct claim claim = r->usual;
    claim.quote = line;
    enum status st = OK;
    struct err why = {0};
    if (line.p[0] == '{')
        st = claim_of_json(r, line, &a, &claim, &why);
    if (st == OK)
        st = verify_one(r, &claim, &why);
    if (st != OK)
        fail(e, st, "line %llu: %s", (unsigned long long)number, why.msg);
    arena_free(&a);
    return st;
}

/* A bad line is told and counted, the others go on. */
static enum status verify_lines(struct verify_run *r, const char *path, struct err *e)
{
    struct source *s = NULL;
    str all = STR("");
    enum status st = source_open(&s, path, e);
    if (st == OK && source_size(s) > LIST_BYTES_MAX)
        st = fail(e, ERR_LIMIT, "a list of quotations may have %d bytes at most", LIST_BYTES_MAX);
    if (st == OK)
        st = source_peek(s, LIST_BYTES_MAX, &all, e);
    uint64_t number = 0;
    str line;
    while (st == OK && str_split(&all, '\n', &line)) {
        number++;
        line = str_trim(line);
        if (!line.n)
            continue;
        struct err bad = {0};
        if (verify_line(r, line, number, &bad) != OK) {
            cli_fail(r->cli, &bad);
            r->failed++;
        }
    }
    source_close(s);
    return st;
}

/* ---- the command ------------------------------------------------------------------------------------ */

static enum status run(struct verify_run *r, struct err *e)
{
    struct cli *c = r->cli;
    const bool piped = c->opts.arg_count == 1 && strcmp(c->opts.args[0], "-") == 0;
    if (cli_has(c, OPT_FILE))
        return verify_lines(r, cli_value(c, OPT_FILE), e);
    if (piped)
        return verify_lines(r, "-", e);
    struct claim claim = r->usual;
    const enum status st = cli_query(c, &claim.quote, e);
    return st == OK ? verify_one(r, &claim, e) : st;
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

enum exit_status cmd_verify(struct cli *c)
{
    struct err e = {0};
    struct verify_run r = {.cli = c};
    enum status st = OK;
    if (!c->opts.arg_count && !cli_has(c, OPT_FILE)) {
        fail(&e, ERR_QUERY, "verify what? Give a quotation, --file FILE or --draft FILE");
        st = fail_hint(&e, "more: stet verify --help");
    }
    if (st == OK)
        st = verify_begin(&r, c, &e);
    if (st == OK)
        st = run(&r, &e);
    if (st == OK)
        verify_close(&r);
    const enum exit_status status = st == OK ? verify_status(&r) : cli_fail(c, &e);
    verify_end(&r);
    return status;
}
