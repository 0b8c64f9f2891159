/* stet export: messages out of the archive, to standard output or into a file that appears whole. */
#include "cli.h"
#include "publish.h"
#include "words.h"
#include "write_file.h"

#include <inttypes.h>

struct destination {
    struct cli *cli;
    struct file_writer file;
    bool to_file;
};

static enum status put(void *context, str bytes, struct err *e)
{
    struct destination *const d = context;
    if (d->to_file)
        return file_writer_add(&d->file, bytes, e);
    term_add(&d->cli->out, bytes);
    term_flush(&d->cli->out);
    return OK;
}

static enum status finish(struct destination *d, enum status st, struct err *e)
{
    if (!d->to_file)
        return st;
    if (st == OK)
        return file_writer_end(&d->file, e);
    file_writer_abandon(&d->file);
    return st;
}

/* Only where the export itself does not go to standard output. */
static void tell(struct cli *c, const char *path, const struct publish_result *r)
{
    struct arena *const a = &c->arena;
    if (c->json) {
        struct json j = cli_json(c, "exported");
        json_key(&j, "file");
        json_text(&j, str_of(path));
        json_key(&j, "messages");
        json_int(&j, (int64_t)r->messages);
        json_key(&j, "events");
        json_int(&j, (int64_t)r->events);
        json_key(&j, "bytes");
        json_int(&j, (int64_t)r->bytes);
        cli_json_end(c, &j);
        return;
    }
    if (c->quiet)
        return;
    term_safe(&c->out, str_of(path));
    term_addf(&c->out, ": " STR_FMT, STR_ARG(count_text(a, r->messages, "message", "messages")));
    if (r->events)
        term_addf(&c->out, ", " STR_FMT, STR_ARG(count_text(a, r->events, "event", "events")));
    term_addf(&c->out, ", " STR_FMT "\n", STR_ARG(size_text(a, r->bytes)));
}

static enum status export(struct cli *c, str query, struct publish_result *r, struct err *e) {
    const char *const path = cli_value(c, OPT_OUTPUT), *const name = cli_value(c, OPT_FORMAT);
    const struct exporter *const x = exporter_find(name ? str_of(name) : STR("jsonl"));
    struct destination d = {.cli = c, .file = {.fd = -1}, .to_file = path != NULL};
    const struct publish_output to = {put, &d};
    struct publish_options o = {.query = query};
    struct archive *a = NULL;
    enum status st = cli_now(c, &o.now_wall_ms, e);
    if (st == OK) st = cli_open(c, &a, e);
    if (st == OK && path) st = file_writer_begin(&d.file, path, e);
    if (st == OK) st = finish(&d, publish_run(x, archive_store(a), &o, &to, r, e), e);
    archive_close(a);
    return st;
}

enum exit_status cmd_export(struct cli *c)
{
    struct err e = {0};
    struct publish_result r = {.messages = 0};
    str query = STR("");
    enum status st = cli_query(c, &query, &e);
    if (st == OK)
        st = export(c, query, &r, &e);
    if (st != OK)
        return cli_fail_query(c, &e, query);
    if (cli_has(c, OPT_OUTPUT))
        tell(c, cli_value(c, OPT_OUTPUT), &r);
    return r.messages + r.events ? EXIT_DONE : EXIT_NOTHING;
}
