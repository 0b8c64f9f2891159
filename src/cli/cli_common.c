/* What commands ask of the command line, and how they fail and speak JSON. */
#include "cli.h"
#include "caret.h"
#include "dates.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { FLUSH_JSON_AT = 64 << 10 };

bool cli_has(const struct cli *c, enum option_id id)
{
    return c->opts.values[id] != NULL;
}

const char *cli_value(const struct cli *c, enum option_id id)
{
    return c->opts.values[id];
}

enum status cli_number(const struct cli *c, enum option_id id, int64_t max, int64_t *out,
                       struct err *e)
{
    return opts_number(&c->opts, command_option(c->command, id), max, out, e);
}

const char *cli_archive_path(const struct cli *c)
{
    const char *const given = cli_value(c, OPT_ARCHIVE);
    const char *const usual = getenv("STET_ARCHIVE");
    if (given)
        return given;
    return usual && *usual ? usual : "archive.stet";
}

enum status cli_open(struct cli *c, struct archive **out, struct err *e)
{
    return archive_open(out, cli_archive_path(c), e);
}

enum status cli_now(const struct cli *c, int64_t *now_wall_ms, struct err *e)
{
    const char *const given = cli_value(c, OPT_NOW);
    const time_t now = time(NULL);
    struct tm tm;
    if (!localtime_r(&now, &tm))
        return fail(e, ERR_LIMIT, "this machine's clock cannot be read");
    const struct civil here = {tm.tm_year + 1900,
                               tm.tm_mon + 1,
                               tm.tm_mday,
                               tm.tm_hour,
                               tm.tm_min,
                               tm.tm_sec < 60 ? tm.tm_sec : 59,
                               0};
    *now_wall_ms = civil_to_ms(&here);
    if (!given)
        return OK;
    struct date_range range;
    struct err why = {0};
    if (date_range_parse(str_of(given), *now_wall_ms, &range, &why) != OK ||
        range.from_ms == TIME_NONE)
        return fail(e, ERR_QUERY, "--now takes a time like 2016-08-23T12:00, not \"%.60s\"", given);
    *now_wall_ms = range.from_ms;
    return OK;
}

/* ---- the query ------------------------------------------------------------------------------ */

static enum status read_standard_input(struct cli *c, str *out, struct err *e)
{
    struct buf b = buf_new(QUERY_MAX_BYTES + 2);
    char chunk[4096];
    ssize_t n;
    while ((n = read(STDIN_FILENO, chunk, sizeof chunk)) != 0) {
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        buf_add(&b, (str){chunk, (size_t)n});
        if (b.full)
            break;
    }
    const bool full = b.full;
    *out = str_trim(arena_dup(&c->arena, buf_str(&b)));
    buf_free(&b);
    if (n < 0)
        return fail(e, ERR_IO, "standard input cannot be read: %s", strerror(errno));
    if (full)
        return fail(e, ERR_LIMIT, "the query is longer than %d bytes", QUERY_MAX_BYTES);
    return OK;
}

enum status cli_query(struct cli *c, str *out, struct err *e)
{
    if (c->opts.arg_count == 1 && strcmp(c->opts.args[0], "-") == 0)
        return read_standard_input(c, out, e);
    struct buf b = buf_new(BUF_MESSAGE_MAX);
    for (int i = 0; i < c->opts.arg_count; i++) {
        if (i)
            buf_add_byte(&b, ' ');
        buf_add(&b, str_of(c->opts.args[i]));
    }
    *out = arena_dup(&c->arena, buf_str(&b));
    buf_free(&b);
    return OK;
}

/* ---- failing -------------------------------------------------------------------------------- */

enum exit_status cli_fail_query(struct cli *c, const struct err *e, str query)
{
    /* What was found before the failure is shown before it. */
    term_flush(&c->out);
    caret_print(&c->diag, e, query);
    if (c->json) {
        struct json j = cli_json(c, "error");
        json_key(&j, "message");
        json_text(&j, str_of(e->msg));
        json_key(&j, "hint");
        json_text(&j, str_of(e->hint));
        if (query.n && e->code == ERR_QUERY) {
            json_key(&j, "at");
            json_int(&j, (int64_t)e->at);
            json_key(&j, "length");
            json_int(&j, (int64_t)e->len);
        }
        cli_json_end(c, &j);
    }
    return EXIT_WRONG;
}

enum exit_status cli_fail(struct cli *c, const struct err *e)
{
    return cli_fail_query(c, e, STR(""));
}

/* ---- JSON ----------------------------------------------------------------------------------- */

struct json cli_json(struct cli *c, const char *type)
{
    struct json j = json_to(&c->out.out);
    json_object(&j);
    json_key(&j, "stet");
    json_int(&j, JSON_VERSION);
    json_key(&j, "type");
    json_text(&j, str_of(type));
    return j;
}

void cli_json_end(struct cli *c, struct json *j)
{
    json_end(j);
    buf_add_byte(&c->out.out, '\n');
    if (c->out.out.n >= FLUSH_JSON_AT)
        term_flush(&c->out);
}
