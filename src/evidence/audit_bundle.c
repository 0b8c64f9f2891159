/* The names of the files are put together as they were at the import: formats look at them. */
#include "audit_bundle.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reading.h"
#include "walk.h"

struct again {
    struct audit *audit;
    struct source_row *const *sources;
    size_t source_count;
    struct walk_file *files;
    size_t file_count;
    bool *there, *met; /* of each source: a file is where its file was; it was read as its file */

    struct source_row *source; /* at hand; NULL: none */
    struct arena arena;        /* of its places */
    struct compare compare;
    struct import_report sum;
    bool failed; /* a member of which records are stored could not be read */
};

static str short_name(const struct source_row *source)
{
    return str_sub(source->name, 0, 200);
}

/* Why it could not even be opened, as a finding. */
static void unread(struct audit *a, const struct source_row *source, const char *why)
{
    a->report->sources_unread++;
    finding_add(&a->findings, 0, source->id, STR_FMT " cannot be proved: %.300s",
                STR_ARG(short_name(source)), why);
}

/* ---- which source is it? -------------------------------------------------------------------- */

/* A file may have been imported twice, and have changed between: sources are sorted by path. */
struct range {
    size_t first, end;
};

static struct range sources_of(const struct again *g, const struct walk_file *file)
{
    const str path = str_of(file->path);
    size_t low = 0, high = g->source_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (str_cmp(g->sources[middle]->path, path) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    struct range r = {low, low};
    while (r.end < g->source_count && str_eq(g->sources[r.end]->path, path))
        g->there[r.end++] = true;
    return r;
}

/* Of several the one with these bytes, or the one that was imported last. */
static size_t choose(const struct again *g, const struct range *r,
                     const struct sha256_digest *digest)
{
    for (size_t i = r->first; digest && i < r->end; i++)
        if (sha256_eq(&g->sources[i]->digest, digest))
            return i;
    return r->end - 1;
}

static enum status on_file(void *context, size_t file, const struct sha256_digest *digest,
                           enum reading_answer *answer, struct err *e)
{
    struct again *const g = context;
    const struct range r = sources_of(g, &g->files[file]);
    g->source = NULL;
    *answer = READING_SKIP;
    if (r.first == r.end)
        return OK;
    if (r.end - r.first > 1 && !digest) {
        *answer = READING_DIGEST_FIRST;
        return OK;
    }
    const size_t chosen = choose(g, &r, digest);
    *answer = READING_GO;
    g->source = g->sources[chosen];
    g->met[chosen] = true;
    g->sum = (struct import_report){.messages = 0};
    g->failed = false;
    return compare_begin(&g->compare, g->audit->store, g->source, &g->audit->findings, &g->arena,
                         e);
}

/* ---- its records ---------------------------------------------------------------------------- */

static enum status on_message(struct sink *sink, const struct message *m, struct err *e);

struct forward {
    struct sink sink; /* first: what the reading is given */
    struct again *again;
};

static enum status on_message(struct sink *sink, const struct message *m, struct err *e)
{
    struct again *const g = ((struct forward *)sink)->again;
    return g->compare.sink.message(&g->compare.sink, m, e);
}

static enum status on_begin(void *context, const struct reading_member *m, struct err *e)
{
    (void)e;
    compare_member(&((struct again *)context)->compare, m->inside);
    return OK;
}

static enum status on_end(void *context, const struct reading_member *m,
                          const struct import_report *r, const struct err *failure, struct err *e)
{
    struct again *const g = context;
    (void)e;
    compare_member_end(&g->compare, !failure);
    if (!failure) {
        g->sum.messages += r->messages;
        g->sum.events += r->events;
        g->sum.counted += r->counted;
        return OK;
    }
    /* What failed then and fails now is as it was. */
    if (m->inside.n && !compare_expects(&g->compare))
        return OK;
    g->failed = true;
    finding_add(&g->audit->findings, 0, g->source->id, STR_FMT " cannot be read as it was: %.300s",
                STR_ARG(short_name(g->source)), failure->msg);
    return OK;
}

static void check_whole(struct again *g, const struct sha256_digest *digest, uint64_t size)
{
    const struct source_row *const s = g->source;
    struct findings *const f = &g->audit->findings;
    if (!digest || !sha256_eq(&s->digest, digest))
        finding_add(f, 0, s->id, STR_FMT " is not the file that was imported: its SHA-256 differs",
                    STR_ARG(short_name(s)));
    if (!g->failed && (s->size_bytes != size || s->messages != g->sum.messages ||
                       s->events != g->sum.events || s->counted != g->sum.counted))
        finding_add(f, 0, s->id,
                    STR_FMT " has another size or another number of records than was stored",
                    STR_ARG(short_name(s)));
}

static enum status on_file_end(void *context, size_t file, const struct sha256_digest *digest,
                               uint64_t size, struct err *e)
{
    struct again *const g = context;
    (void)file;
    (void)e;
    check_whole(g, digest, size);
    compare_end(&g->compare, !g->failed);
    g->audit->report->proved += g->compare.proved;
    g->audit->report->witnesses_proved += g->compare.witnesses_proved;
    g->source = NULL;
    arena_clear(&g->arena);
    return OK;
}

static enum status on_fault(void *context, const struct bundle_fault *f, struct err *e)
{
    struct again *const g = context;
    (void)e;
    if (strcmp(f->code, "readerDied") == 0)
        finding_add(&g->audit->findings, 0, g->source->id,
                    STR_FMT " cannot be read as it was: " STR_FMT, STR_ARG(short_name(g->source)),
                    STR_ARG(str_sub(f->what, 0, 200)));
    return OK;
}

/* ---- the files ------------------------------------------------------------------------------ */

/* Archives of before had no bundles: each source stood alone. */
static str bundle_of(const struct source_row *s)
{
    return s->bundle.n ? s->bundle : s->path;
}

/* The names at the import begin with what the user called the bundle; what it is called on disk
   may be another name, by way of a link. */
static void name_files(struct again *g, struct arena *a)
{
    const struct source_row *const s = g->sources[0];
    const str bundle = bundle_of(s);
    if (!str_starts(s->path, bundle) || s->path.n - bundle.n > s->name.n)
        return;
    const str called = str_sub(s->name, 0, s->name.n - (s->path.n - bundle.n));
    for (size_t i = 0; i < g->file_count; i++) {
        const str path = str_of(g->files[i].path);
        if (str_starts(path, bundle))
            g->files[i].name = arena_printf(a, STR_FMT STR_FMT, STR_ARG(called),
                                            STR_ARG(str_from(path, bundle.n)));
    }
}

/* The format is detected again, except where only one file was read. */
static str format_of(const struct again *g)
{
    str format = g->sources[0]->format;
    if (g->file_count > 1 || str_starts(format, STR("archive:")))
        return STR("");
    return format;
}

static struct reading_job job_of(const struct again *g, struct arena *a)
{
    const struct source_row *const s = g->sources[0];
    struct bundle_file *const files = arena_array(a, g->file_count, sizeof *files);
    const char **const paths = arena_array(a, g->file_count, sizeof *paths);
    for (size_t i = 0; i < g->file_count; i++) {
        const struct walk_file *const x = &g->files[i];
        files[i] = (struct bundle_file){x->name, x->size, x->skip};
        paths[i] = x->path;
    }
    struct reading_job job = {.files = files, .paths = paths, .count = g->file_count};
    reading_options_get(&job, s->options, a);
    if (!job.format.n)
        job.format = format_of(g);
    if (s->zone_name.n)
        job.zone_name = arena_cstr(a, s->zone_name);
    job.lone = g->file_count == 1;
    return job;
}

/* Sources whose file was not among those read. */
static void tell_missing(struct again *g, const char *why)
{
    for (size_t i = 0; i < g->source_count; i++) {
        const struct source_row *const s = g->sources[i];
        char text[400];
        if (g->met[i])
            continue;
        if (g->there[i] && !why) {
            finding_add(&g->audit->findings, 0, s->id,
                        STR_FMT " is not the file that was imported: its SHA-256 differs",
                        STR_ARG(short_name(s)));
            continue;
        }
        snprintf(text, sizeof text, "cannot open " STR_FMT ": no such file",
                 STR_ARG(str_sub(s->path, 0, 300)));
        unread(g->audit, s, why ? why : text);
    }
}

static bool formats_are_known(struct again *g)
{
    bool all = true;
    for (size_t i = 0; i < g->source_count; i++) {
        str name = g->sources[i]->format;
        char why[100];
        if (str_starts(name, STR("archive:")))
            name = str_from(name, STR("archive:").n);
        if (importer_find(name))
            continue;
        snprintf(why, sizeof why, "this program cannot read \"" STR_FMT "\"",
                 STR_ARG(str_sub(name, 0, 60)));
        unread(g->audit, g->sources[i], why);
        g->met[i] = true;
        all = all && g->source_count > 1;
    }
    return all;
}

static enum status read_again(struct again *g, struct arena *a, struct err *e)
{
    struct forward forward = {.sink = {.message = on_message}, .again = g};
    const struct reading_handler h = {
        .file = on_file,
        .begin = on_begin,
        .sink = &forward.sink,
        .end = on_end,
        .fault = on_fault,
        .file_end = on_file_end,
    };
    const struct reading_job job = job_of(g, a);
    struct err why = {0};
    const enum status st = reading_run(&job, &h, g, &why);
    if (g->source) /* the reading broke off in the middle of it */
        compare_end(&g->compare, false);
    if (st == ERR_DB) { /* the archive's own failure ends the audit; a file's is a finding */
        *e = why;
        return st;
    }
    tell_missing(g, st == OK ? NULL : why.msg);
    return OK;
}

enum status audit_bundle(struct audit *a, struct source_row *const *sources, size_t count,
                         struct err *e)
{
    struct arena arena = {.first = NULL};
    struct again g = {.audit = a, .sources = sources, .source_count = count};
    const char *const path = arena_cstr(&arena, bundle_of(sources[0]));
    g.met = arena_array(&arena, count, sizeof *g.met);
    g.there = arena_array(&arena, count, sizeof *g.there);
    enum status st = OK;
    if (formats_are_known(&g)) {
        if (access(path, F_OK) == 0)
            st = walk(&path, 1, &arena, &g.files, &g.file_count, e);
        name_files(&g, &arena);
        if (st == OK && g.file_count)
            st = read_again(&g, &arena, e);
        else if (st == OK)
            tell_missing(&g, NULL);
    }
    arena_free(&g.arena);
    arena_free(&arena);
    return st;
}
