/* stet evidence: messages as a ZIP file that proves them to somebody without Stet. */
#include "cli.h"
#include "pack.h"
#include "words.h"
#include "write_file.h"

enum { CONTEXT_USUALLY = 3 };

static enum status find_rows(struct cli *c, struct archive *a, struct pack_options *o,
                             struct err *e)
{
    int64_t *const rows = arena_array(&c->arena, (size_t)c->opts.arg_count, sizeof *rows);
    int64_t context = CONTEXT_USUALLY;
    enum status st = cli_number(c, OPT_CONTEXT, PACK_CONTEXT_MAX, &context, e);
    for (int i = 0; i < c->opts.arg_count && st == OK; i++) {
        int64_t row;
        size_t k = 0;
        st = archive_resolve(a, str_of(c->opts.args[i]), &row, e);
        while (st == OK && k < o->count && rows[k] != row)
            k++;
        if (st == OK && k == o->count) /* named twice is in it once */
            rows[o->count++] = row;
    }
    o->rows = rows;
    o->context = (int)context;
    return st;
}

static void tell(struct cli *c, const struct pack_report *r, size_t messages, size_t bytes)
{
    struct arena *const a = &c->arena;
    char manifest[SHA256_HEX], root[SHA256_HEX];
    sha256_hex(manifest, &r->manifest);
    sha256_hex(root, &r->root);
    if (c->json) {
        struct json j = cli_json(c, "evidence");
        json_key(&j, "file");
        json_text(&j, str_of(cli_value(c, OPT_OUTPUT)));
        json_key(&j, "messages");
        json_int(&j, (int64_t)messages);
        json_key(&j, "records");
        json_int(&j, (int64_t)r->records);
        json_key(&j, "records_missing");
        json_int(&j, (int64_t)r->records_missing);
        json_key(&j, "bytes");
        json_int(&j, (int64_t)bytes);
        json_key(&j, "manifest_sha256");
        json_text(&j, str_of(manifest));
        json_key(&j, "root");
        json_text(&j, str_of(root));
        cli_json_end(c, &j);
        return;
    }
    if (r->records_missing) {
        term_style(&c->out, STYLE_WARN);
        term_add(&c->out, STR("! "));
        term_style(&c->out, STYLE_PLAIN);
        term_addf(&c->out, STR_FMT " only: ",
                  STR_ARG(count_text(a, r->records_missing, "place is in it by its hash",
                                     "places are in it by their hashes")));
        term_safe(&c->out, r->why_missing);
        term_add(&c->out, STR("\n"));
    }
    if (c->quiet)
        return;
    term_safe(&c->out, str_of(cli_value(c, OPT_OUTPUT)));
    term_addf(&c->out, ": " STR_FMT ", " STR_FMT " of source bytes, " STR_FMT "\n",
              STR_ARG(count_text(a, messages, "message", "messages")),
              STR_ARG(count_text(a, r->records, "record", "records")),
              STR_ARG(size_text(a, bytes)));
    term_addf(&c->out, "  manifest %s\n  root     %s\n  check it: python3 verify.py ", manifest,
              root);
    term_safe(&c->out, shell_word(a, str_of(cli_value(c, OPT_OUTPUT))));
    term_add(&c->out, STR(" (verify.py is in it)\n"));
}

static enum status make(struct cli *c, struct archive *a, struct err *e)
{
    struct buf zip = buf_new(PACK_BYTES_MAX);
    struct pack_options o = {.count = 0};
    struct pack_report r;
    enum status st = find_rows(c, a, &o, e);
    if (st == OK)
        st = pack_make(&zip, archive_store(a), &o, &c->arena, &r, e);
    if (st == OK)
        st = write_file(cli_value(c, OPT_OUTPUT), buf_str(&zip), e);
    if (st == OK)
        tell(c, &r, o.count, zip.n);
    buf_free(&zip);
    return st;
}

enum exit_status cmd_evidence(struct cli *c)
{
    struct err e = {0};
    struct archive *a = NULL;
    if (!cli_has(c, OPT_OUTPUT)) {
        fail(&e, ERR_QUERY, "where to? a pack is written with -o FILE.zip");
        return cli_fail(c, &e);
    }
    enum status st = cli_open(c, &a, &e);
    if (st == OK)
        st = make(c, a, &e);
    archive_close(a);
    return st == OK ? EXIT_DONE : cli_fail(c, &e);
}
