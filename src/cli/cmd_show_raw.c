/*
 * stet show MESSAGE --raw: the source's own bytes of a message, proved by their hash. A source may be a
 * member of an archive file, so this runs where the readers of archives are.
 */
#include "cli.h"
#include "reading.h"

static const struct source_row *find_source(const struct source_row *rows, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == id)
            return &rows[i];
    return NULL;
}

static enum status read_member(struct cli *c, struct archive *a, const struct witness *w, str *bytes,
                               struct err *e)
{
    struct source_row *rows;
    size_t count;
    const enum status st = archive_sources(a, &c->arena, &rows, &count, e);
    if (st != OK)
        return st;
    const struct source_row *s = find_source(rows, count, w->source_id);
    if (!s || !s->path.n)
        return fail(e, ERR_MISSING, "the source was standard input: its bytes are not kept");
    const struct byte_range r = {.path = arena_cstr(&c->arena, s->path),
                            .name = s->name,
                            .inside = w->locus.member,
                            .at = w->locus.at,
                            .length = w->locus.length};
    struct buf b = buf_new(BUF_MESSAGE_MAX * 2);
    const enum status read = reading_range(&r, &b, e);
    *bytes = arena_dup(&c->arena, buf_str(&b));
    buf_free(&b);
    if (read != OK)
        return read;
    const struct sha256_digest d = sha256_of(*bytes);
    if (!sha256_eq(&d, &w->digest))
        return fail(e, ERR_FORMAT,
                    "%s is not the file that was imported: the bytes of this message have another "
                    "SHA-256 now",
                    r.path);
    return OK;
}

/* The first witness whose source is still there and unchanged; the last failure if there is none. */
static enum status find_bytes(struct cli *c, struct archive *a, const struct view *v, str *bytes,
                              struct err *e)
{
    enum status st = v->witness_count ? OK : fail(e, ERR_DB, "this message has no source");
    for (size_t i = 0; i < v->witness_count; i++) {
        const struct witness *w = &v->witnesses[i];
        *e = (struct err){0};
        st = w->locus.member.n ? read_member(c, a, w, bytes, e)
                               : archive_raw(a, w, &c->arena, bytes, e);
        if (st == OK)
            break;
    }
    return st;
}

enum exit_status cmd_show_raw(struct cli *c)
{
    struct err e = {0};
    struct archive *a = NULL;
    struct view v;
    int64_t row;
    str bytes = STR("");
    enum status st = cli_open(c, &a, &e);
    if (st == OK)
        st = archive_resolve(a, str_of(c->opts.args[0]), &row, &e);
    if (st == OK)
        st = archive_view(a, row, 0, 0, &c->arena, &v, &e);
    if (st == OK)
        st = find_bytes(c, a, &v, &bytes, &e);
    if (st == OK && !c->out.tty)
        term_add(&c->out, bytes);
    else if (st == OK)
        term_passage(&c->out, &(struct passage){.text = bytes});
    archive_close(a);
    return st == OK ? EXIT_DONE : cli_fail(c, &e);
}
