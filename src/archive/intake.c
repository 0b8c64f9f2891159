/*
 * Bringing sources in, one after another, each whole or not at all. The archive is opened when the
 * first source is there that an importer can read, so that a mistyped name makes no file.
 */
#include "intake.h"

#include <stdlib.h>
#include <string.h>

#include "intake_walk.h"
#include "intake_watch.h"

struct intake {
    const char *archive_path;
    const struct intake_options *options;
    const struct importer *format; /* as --format named it; NULL: detect */
    struct zone *zone;             /* NULL if none was stated */
    struct store *store;           /* NULL until needed */
    struct intake_total *total;
};

/* ---- one source ------------------------------------------------------------------------------- */

/* The very same bytes may be here already; only a source of equal size needs to be hashed for it. */
static enum status is_known(struct intake *in, struct source *source, bool *known, struct err *e)
{
    struct sha256_digest digest;
    int64_t id = 0;
    bool same_size = false;
    *known = false;
    enum status st = store_has_source_of_size(in->store, source_size(source), &same_size, e);
    if (st != OK || !same_size)
        return st;
    st = source_finish(source, &digest, e);
    if (st == OK)
        st = store_find_source(in->store, &digest, &id, e);
    *known = id != 0;
    return st == OK ? source_rewind(source, e) : st;
}

static struct origin origin_of(const struct intake *in, const struct candidate *x,
                               struct source *source, const struct importer *format)
{
    const bool stdin_given = strcmp(x->path, "-") == 0;
    return (struct origin){.path = stdin_given ? STR("") : str_of(x->path),
                           .name = x->name,
                           .size_bytes = source_size(source),
                           .format = str_of(format->name),
                           .format_version = str_of(format->version),
                           .zone_name = in->zone ? zone_name(in->zone) : STR(""),
                           .imported_at_ms = in->options->now_ms};
}

/* Reads the source into a transaction. *retry: it must be read again, and put in order. */
static enum status read_into(struct intake *in, const struct origin *origin, struct source *source,
                             bool reorder, bool *retry, struct intake_line *line, struct err *e)
{
    struct writer *w;
    *retry = false;
    enum status st = writer_begin(&w, in->store, origin, e);
    if (st != OK)
        return st;
    if (reorder)
        writer_reorder(w);
    const struct import_options options = {.zone = in->zone};
    struct watch watch = watch_of(writer_sink(w), in->options, source, line->name);
    line->report = (struct import_report){.messages = 0};
    st = importer_read(line->format, source, &options, &watch.sink, &line->report, e);
    line->basis = watch.basis;
    if (st != OK) {
        *retry = !reorder && writer_out_of_order(w);
        writer_abandon(w);
        return st;
    }
    watch_tell(&watch);
    return writer_commit(w, &line->report, &line->result, e);
}

static enum status store_source(struct intake *in, const struct candidate *x, struct source *source,
                                struct intake_line *line, struct err *e)
{
    const struct origin origin = origin_of(in, x, source, line->format);
    bool retry;
    struct err first = {.code = OK};
    enum status st = read_into(in, &origin, source, false, &retry, line, &first);
    if (!retry) {
        if (st != OK)
            *e = first;
        return st;
    }
    st = source_rewind(source, e);
    return st == OK ? read_into(in, &origin, source, true, &retry, line, e) : st;
}

static enum status open_store(struct intake *in, struct err *e)
{
    return in->store ? OK : store_open(&in->store, in->archive_path, STORE_CREATE, e);
}

/* Takes one opened source as far as it goes and sets the line's state. */
static enum status take(struct intake *in, const struct candidate *x, struct source *source,
                        struct intake_line *line, struct err *e)
{
    bool known = false;
    enum status st = OK;
    line->format = in->format;
    if (!line->format)
        st = importer_detect(&line->format, source, e);
    if (st == ERR_FORMAT && x->in_folder) {
        line->state = INTAKE_SKIPPED;
        return st;
    }
    if (st == OK)
        st = open_store(in, e);
    if (st == OK)
        st = is_known(in, source, &known, e);
    if (st != OK)
        return st;
    if (known) {
        line->state = INTAKE_KNOWN;
        return OK;
    }
    st = store_source(in, x, source, line, e);
    if (st == OK)
        line->state = INTAKE_STORED;
    return st;
}

static void count_line(struct intake_total *t, const struct intake_line *line)
{
    switch (line->state) {
    case INTAKE_STORED:
        t->stored++;
        t->messages += line->report.messages;
        t->events += line->report.events;
        t->duplicates += line->result.duplicates;
        t->issues += line->result.issues;
        t->counted += line->report.counted;
        return;
    case INTAKE_KNOWN: t->known++; return;
    case INTAKE_SKIPPED: t->skipped++; return;
    case INTAKE_FAILED: t->failed++; return;
    }
}

/* A source's own failure stays in its line; what is returned is the user's wish to stop. */
static enum status bring_in(struct intake *in, const struct candidate *x, struct err *e)
{
    struct intake_line line = {.name = x->name, .state = INTAKE_FAILED};
    struct source *source = NULL;
    const double begun = clock_seconds();
    enum status st;
    if (x->skip) {
        line.state = INTAKE_SKIPPED;
        st = fail(&line.error, ERR_FORMAT, "not read: %s", x->skip);
    } else {
        st = source_open(&source, x->path, &line.error);
        if (st == OK)
            st = take(in, x, source, &line, &line.error);
        source_close(source);
    }
    line.seconds = clock_seconds() - begun;
    count_line(in->total, &line);
    if (in->options->line)
        in->options->line(in->options->context, &line);
    if (st == ERR_STOPPED)
        return fail(e, ERR_STOPPED, "stopped; of " STR_FMT " nothing was stored",
                    STR_ARG(str_sub(x->name, 0, 200)));
    return OK;
}

/* ---- the run ---------------------------------------------------------------------------------- */

static enum status prepare(struct intake *in, struct err *e)
{
    const struct intake_options *o = in->options;
    if (o->format.n) {
        in->format = importer_find(o->format);
        if (!in->format) {
            fail(e, ERR_MISSING, "there is no format \"" STR_FMT "\"",
                 STR_ARG(str_sub(o->format, 0, 60)));
            return fail_hint(e, "`stet formats` lists them");
        }
    }
    return o->zone_name.n ? zone_open(&in->zone, o->zone_name, e) : OK;
}

static bool asked_to_stop(const struct intake_options *o)
{
    return o->stop && o->stop(o->context);
}

static enum status run(struct intake *in, const struct candidate *items, size_t count,
                       struct err *e)
{
    enum status st = OK;
    for (size_t i = 0; i < count && st == OK; i++) {
        if (asked_to_stop(in->options))
            return fail(e, ERR_STOPPED, "stopped");
        st = bring_in(in, &items[i], e);
    }
    return st;
}

enum status intake_run(const char *archive_path, const char *const *paths, size_t count,
                       const struct intake_options *o, struct intake_total *out, struct err *e)
{
    struct arena arena = {.first = NULL};
    struct candidate *items = NULL;
    size_t found = 0;
    *out = (struct intake_total){.stored = 0};
    struct intake in = {.archive_path = archive_path, .options = o, .total = out};
    enum status st = prepare(&in, e);
    if (st == OK)
        st = walk(paths, count, &arena, &items, &found, e);
    if (st == OK)
        st = run(&in, items, found, e);
    store_close(in.store);
    zone_close(in.zone);
    arena_free(&arena);
    return st;
}
