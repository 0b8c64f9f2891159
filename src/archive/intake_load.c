/*
 * A load writes each file as one source. A lone chat in order of time goes straight into rows; all
 * else is spooled and sorted, so that what came of a member that failed can be taken back. If a
 * lone chat turns out not to be in order, it is read once more.
 */
#include "intake_load.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "intake_kinds.h"

static const uint64_t commit_at_bytes = UINT64_C(1) << 30;
static const double tell_every_s = 0.1;

double clock_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static bool is_standard_input(const struct load *l)
{
    return strcmp(l->given->bundle_path, "-") == 0;
}

/* ---- lines ---------------------------------------------------------------------------------- */

static void add_line(struct load *l, enum intake_state state, const struct err *why)
{
    struct load_file *const f = &l->file;
    const struct intake_line line = {
        .name = l->given->files[f->nth].name,
        .bundle = l->given->bundle_name,
        .bundle_files = l->given->count,
        .format = f->format,
        .state = state,
        .report = f->sum,
        .error = why,
        .basis = f->basis,
        .seconds = clock_seconds() - f->begun,
    };
    lines_add(&l->lines, &line);
    f->told = true;
}

static void add_line_with(struct load *l, enum intake_state state, const char *why)
{
    struct err e = {0};
    if (*why)
        fail(&e, ERR_FORMAT, "%s", why);
    add_line(l, state, *why ? &e : NULL);
}

/* ---- what is known already ------------------------------------------------------------------ */

static enum status open_store(struct intake *in, struct err *e)
{
    return in->store ? OK : store_open(&in->store, in->archive_path, STORE_CREATE, e);
}

/* Only a file of equal size needs to be hashed. An archive that is not there is not made for it. */
static enum status may_be_known(struct load *l, bool *yes, struct err *e)
{
    struct intake *const in = l->in;
    *yes = false;
    if (!in->store && access(in->archive_path, F_OK) != 0)
        return OK;
    const enum status st = open_store(in, e);
    if (st != OK)
        return st;
    return store_has_source_of_size(in->store, l->given->files[l->file.nth].size, yes, e);
}

static enum status on_file(void *context, size_t file, const struct sha256_digest *digest,
                           enum reading_answer *answer, struct err *e)
{
    struct load *const l = context;
    int64_t id = 0;
    bool perhaps = false;
    *answer = READING_GO;
    if (!digest) {
        l->file = (struct load_file){.nth = file, .begun = clock_seconds()};
        kinds_clear(&l->file_kinds);
        const enum status st = may_be_known(l, &perhaps, e);
        if (perhaps)
            *answer = READING_DIGEST_FIRST;
        return st;
    }
    /* In a folder the same bytes may mean something else elsewhere: the same day of another
       channel. */
    const struct walk_file *const x = &l->given->files[file];
    const enum status st =
        store_find_source(l->in->store, digest, x->in_folder ? x->name : STR(""), &id, e);
    if (st == OK && id) {
        add_line(l, INTAKE_KNOWN, NULL);
        l->in->done_bytes += l->given->files[file].size;
        *answer = READING_SKIP;
    }
    return st;
}

/* ---- members -------------------------------------------------------------------------------- */

/* The format of an archive file is that of its first member that is read. */
static struct origin origin_of(struct load *l, const struct reading_member *m)
{
    const struct walk_file *const x = &l->given->files[m->file];
    const bool archive = m->inside.n && !m->alone;
    const bool named = !is_standard_input(l);
    return (struct origin){
        .path = str_of(named ? x->path : ""),
        .bundle = str_of(named ? l->given->bundle_path : ""),
        .name = x->name,
        .size_bytes = x->size,
        .format = arena_printf(&l->scratch, "%s%s", archive ? "archive:" : "", m->format->name),
        .format_version = str_of(m->format->version),
        .zone_name = l->given->zone_name,
        .options = l->options,
        .imported_at_ms = l->in->options->now_ms,
    };
}

static enum status begin_source(struct load *l, const struct reading_member *m, struct err *e)
{
    enum status st = open_store(l->in, e);
    if (st == OK && !l->w) {
        l->way = m->alone && !m->format->unordered && !l->sorted ? WRITE_STREAM : WRITE_SORTED;
        st = writer_begin(&l->w, l->in->store, l->way, e);
    }
    const struct origin origin = origin_of(l, m);
    if (st == OK)
        st = writer_source(l->w, &origin, e);
    l->file.open = st == OK;
    l->file.format = m->format;
    return st;
}

static enum status on_begin(void *context, const struct reading_member *m, struct err *e)
{
    struct load *const l = context;
    watch_member(&l->in->watch);
    if (!m->format)
        return OK; /* it has failed; `end` says why */
    enum status st = l->file.open ? OK : begin_source(l, m, e);
    if (st == OK)
        st = writer_part(l->w, e);
    if (st == OK)
        l->in->watch.to = writer_sink(l->w);
    return st;
}

static void add_report(struct import_report *sum, const struct import_report *r)
{
    sum->messages += r->messages;
    sum->events += r->events;
    sum->issues += r->issues;
    sum->counted += r->counted;
}

static void member_is_read(struct load *l, const struct import_report *r)
{
    struct load_file *const f = &l->file;
    const enum time_basis basis = l->in->watch.basis;
    f->members_read++;
    add_report(&f->sum, r);
    if (basis != BASIS_NONE && (f->basis == BASIS_NONE || basis < f->basis))
        f->basis = basis;
    kinds_merge(&l->file_kinds, &l->in->watch.kinds);
}

/* What was streamed cannot be taken back, only abandoned; there is nothing else in it. */
static enum status stream_failed(struct load *l, struct err *e)
{
    l->again = writer_out_of_order(l->w);
    writer_abandon(l->w);
    l->w = NULL;
    l->file.open = false;
    return l->again ? fail(e, ERR_STOPPED, "not in order of time") : OK;
}

static enum status on_end(void *context, const struct reading_member *m,
                          const struct import_report *r, const struct err *failure, struct err *e)
{
    struct load *const l = context;
    struct load_file *const f = &l->file;
    if (!failure) {
        member_is_read(l, r);
        return OK;
    }
    f->members_failed++;
    if (f->failure.code == OK)
        f->failure = *failure;
    if (f->open && l->way == WRITE_STREAM)
        return stream_failed(l, e);
    enum status st = f->open && m->format ? writer_take_back(l->w, e) : OK;
    if (st == OK)
        st = load_note_failed_member(l, m, failure, e);
    return st;
}

static enum status on_skipped(void *context, const struct member *m,
                              const struct importer *companion, const char *why, struct err *e)
{
    struct load *const l = context;
    (void)e;
    if (m->inside.n) {
        if (!companion)
            endings_add(&l->file.skipped, m->path);
        return OK;
    }
    l->file.format = companion;
    if (companion)
        add_line(l, INTAKE_COMPANION, NULL);
    else
        add_line_with(l, l->given->files[m->file].in_folder ? INTAKE_SKIPPED : INTAKE_FAILED, why);
    return OK;
}

/* ---- the end of a file ---------------------------------------------------------------------- */

static enum status commit(struct load *l, struct err *e)
{
    struct write_result *results = NULL;
    enum status st = OK;
    if (l->w && writer_sources(l->w)) {
        results = calloc(writer_sources(l->w), sizeof *results);
        if (!results)
            abort();
        st = writer_commit(l->w, results, e);
    } else {
        writer_abandon(l->w);
    }
    l->w = NULL;
    if (st == OK)
        kinds_merge(&l->in->total->kinds, &l->kinds);
    kinds_clear(&l->kinds);
    lines_tell(&l->lines, l->in, results, st == OK ? NULL : e);
    free(results);
    return st;
}

static enum status drop_source(struct load *l, struct err *e)
{
    l->file.open = false;
    if (l->way != WRITE_STREAM)
        return writer_source_drop(l->w, e);
    writer_abandon(l->w);
    l->w = NULL;
    return OK;
}

static enum status store_file(struct load *l, const struct sha256_digest *digest, uint64_t size,
                              struct err *e)
{
    struct load_file *const f = &l->file;
    enum status st = load_note_members(l, e);
    f->sum.digest = *digest;
    f->sum.bytes = size;
    if (st == OK)
        st = writer_source_end(l->w, &f->sum, e);
    f->open = false;
    if (st == OK) {
        kinds_merge(&l->kinds, &l->file_kinds);
        add_line(l, INTAKE_STORED, NULL);
    }
    return st;
}

/* A file of which nothing was stored. */
static void explain_file(struct load *l)
{
    struct load_file *const f = &l->file;
    if (f->told)
        return;
    if (f->failure.code != OK) {
        add_line(l, INTAKE_FAILED, &f->failure);
        return;
    }
    if (f->doubt.code != OK) {
        add_line(l, INTAKE_FAILED, &f->doubt);
        return;
    }
    const bool in_folder = l->given->files[f->nth].in_folder;
    const str what =
        f->skipped.total ? endings_say(&f->skipped, &l->scratch) : STR("there is nothing in it");
    add_line_with(l, in_folder ? INTAKE_SKIPPED : INTAKE_FAILED, arena_cstr(&l->scratch, what));
}

static void tell_progress(struct load *l, uint64_t done_of_file, bool at_any_rate)
{
    struct intake *const in = l->in;
    const double now = clock_seconds();
    if (!in->options->progress || (!at_any_rate && now < in->told + tell_every_s))
        return;
    in->told = now;
    uint64_t done = in->done_bytes + done_of_file;
    const struct intake_progress p = {
        .name = l->given->files[l->file.nth].name,
        .done_bytes = done < in->all_bytes ? done : in->all_bytes,
        .size_bytes = in->all_bytes,
        .messages = in->watch.messages,
        .seconds = now - in->begun,
    };
    in->options->progress(in->options->context, &p);
}

static enum status on_file_end(void *context, size_t file, const struct sha256_digest *digest,
                               uint64_t size, struct err *e)
{
    struct load *const l = context;
    struct load_file *const f = &l->file;
    enum status st = OK;
    if (f->open && f->members_read && digest)
        st = store_file(l, digest, size, e);
    else if (f->open)
        st = drop_source(l, e);
    if (st != OK)
        return st;
    explain_file(l);
    l->in->done_bytes += l->given->files[file].size;
    tell_progress(l, 0, false);
    arena_clear(&l->scratch);
    if (l->w && writer_spooled_bytes(l->w) >= commit_at_bytes)
        st = commit(l, e);
    return st;
}

/* ---- the whole load ------------------------------------------------------------------------- */

static void on_progress(void *context, size_t file, uint64_t done, uint64_t size)
{
    (void)file;
    (void)size;
    tell_progress(context, done, false);
}

static bool on_stop(void *context)
{
    const struct intake_options *const o = ((const struct load *)context)->in->options;
    return o->stop && o->stop(o->context);
}

static enum status read_once(struct load *l, struct err *e)
{
    const struct reading_handler h = {
        .file = on_file,
        .begin = on_begin,
        .sink = &l->in->watch.sink,
        .end = on_end,
        .skipped = on_skipped,
        .fault = load_on_fault,
        .file_end = on_file_end,
        .progress = on_progress,
        .stop = on_stop,
    };
    l->file = (struct load_file){.nth = SIZE_MAX};
    return reading_run(&l->job, &h, l, e);
}

static enum status read_all(struct load *l, struct err *e)
{
    struct err first = {0};
    const uint64_t messages = l->in->watch.messages;
    const uint64_t done = l->in->done_bytes;
    const enum status st = read_once(l, &first);
    if (!l->again) {
        if (st != OK)
            *e = first;
        return st;
    }
    l->sorted = true;
    l->again = false;
    l->in->watch.messages = messages;
    l->in->done_bytes = done;
    kinds_clear(&l->kinds);
    lines_forget(&l->lines);
    return read_once(l, e);
}

/* The reading ended before its time. After too many deaths of readers what was read is good. */
static enum status keep_what_is_good(struct load *l, const struct err *why, struct err *e)
{
    struct err again = {0};
    enum status st = l->file.open ? drop_source(l, &again) : OK;
    add_line(l, INTAKE_FAILED, why);
    if (st == OK)
        st = commit(l, &again);
    return st == ERR_STOPPED ? fail(e, ERR_STOPPED, "%s", again.msg) : OK;
}

static enum status after_failure(struct load *l, const struct err *why, struct err *e)
{
    struct load_file *const f = &l->file;
    const bool begun = f->nth != SIZE_MAX;
    if (!begun)
        f->nth = 0;
    if (why->code == ERR_LIMIT && l->w && l->way == WRITE_SORTED)
        return keep_what_is_good(l, why, e);
    writer_abandon(l->w);
    l->w = NULL;
    if (!f->told)
        add_line(l, INTAKE_FAILED, why);
    lines_tell(&l->lines, l->in, NULL, why);
    if (why->code == ERR_STOPPED)
        return fail(e, ERR_STOPPED, "stopped; of " STR_FMT " nothing was stored",
                    STR_ARG(str_sub(l->given->bundle_name, 0, 200)));
    /* Before any file: a mistake in the options, which is the whole run's. */
    return !begun && why->code == ERR_FORMAT ? fail(e, ERR_FORMAT, "%s", why->msg) : OK;
}

static struct reading_job job_of(struct load *l)
{
    const struct intake_options *const o = l->in->options;
    const struct load_given *const g = l->given;
    struct bundle_file *const files = arena_array(&l->arena, g->count, sizeof *files);
    const char **const paths = arena_array(&l->arena, g->count, sizeof *paths);
    for (size_t i = 0; i < g->count; i++) {
        files[i] = (struct bundle_file){g->files[i].name, g->files[i].size, g->files[i].skip};
        paths[i] = g->files[i].path;
    }
    return (struct reading_job){
        .files = files,
        .paths = paths,
        .count = g->count,
        .format = o->format,
        .zone_name = g->zone_name.n ? arena_cstr(&l->arena, g->zone_name) : NULL,
        .date_order = o->date_order,
        .owner = o->owner,
        .map = o->map,
        .names_path = o->names_path,
        .lone = !g->files[0].in_folder,
        .unconfined = o->unconfined,
    };
}

enum status load_run(struct intake *in, const struct load_given *given, struct err *e)
{
    struct load *const l = calloc(1, sizeof *l); /* the tables in it are large for a stack */
    struct err why = {0};
    struct buf options = buf_new(BUF_LINE_MAX);
    if (!l)
        abort();
    l->in = in;
    l->given = given;
    l->job = job_of(l);
    l->job.standard_input = given->standard_input;
    reading_options_put(&options, &l->job);
    l->options = arena_dup(&l->arena, buf_str(&options));
    buf_free(&options);
    enum status st = read_all(l, &why);
    if (l->file.nth != SIZE_MAX)
        tell_progress(l, 0, true);
    if (st == OK)
        (void)(commit(l, &why) == OK); /* a failure is in its lines */
    else
        st = after_failure(l, &why, e);
    lines_free(&l->lines);
    arena_free(&l->scratch);
    arena_free(&l->arena);
    free(l);
    return st;
}
