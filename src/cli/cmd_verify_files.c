/*
 * stet verify --file FILE, stet verify -: a list of quotations, one a line or as JSON Lines with claims.
 */
#include <inttypes.h>
#include <string.h>

#include "cmd_verify.h"
#include "json_read.h"
#include "source.h"

enum { LIST_BYTES_MAX = 64 << 20 };

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
        fail(e, st, "line %" PRIu64 ": %s", number, why.msg);
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

enum exit_status cmd_verify_files(struct cli *c)
{
    struct err e = {0};
    struct verify_run r = {.cli = c};
    const char *const path = cli_has(c, OPT_FILE) ? cli_value(c, OPT_FILE) : "-";
    enum status st = verify_begin(&r, c, &e);
    if (st == OK)
        st = verify_lines(&r, path, &e);
    if (st == OK)
        verify_close(&r);
    const enum exit_status status = st == OK ? verify_status(&r) : cli_fail(c, &e);
    verify_end(&r);
    return status;
}
