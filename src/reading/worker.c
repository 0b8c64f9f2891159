/*
 * The worker: goes through a bundle member by member, finds out what each is, reads it, and says
 * so. It may be a process that can do nothing else, so whatever it needs is asked for: whether a
 * file is wanted, and the file itself. It knows neither who listens nor whether anybody believes
 * it.
 */
#include "parts.h"

#include "parcel.h"

#include <string.h>

struct worker {
    const struct reading *reading;
    const struct going_on *from;
    const struct outlet *out;
    struct worker_sink sink;
    struct bundle *bundle;
    struct names *names;
    struct buf frame;
    size_t next;     /* member of the bundle */
    size_t readable; /* members that can be opened at all */

    size_t file;         /* the one at hand */
    size_t first, count; /* its members */
    bool begun;          /* one of them */
    bool digested;
    struct sha256_digest digest; /* of the file, if digested */
    uint64_t size;
};

/* ---- saying and asking ---------------------------------------------------------------------- */

static enum status say(struct worker *w, char letter)
{
    return w->out->put(w->out->context, letter, buf_str(&w->frame));
}

static struct buf *frame_of(struct worker *w)
{
    buf_clear(&w->frame);
    return &w->frame;
}

static enum status open_asked(void *context, size_t file, int *fd, struct err *e)
{
    struct worker *const w = context;
    struct confined_answer a;
    struct buf question = buf_new(BUF_LINE_MAX); /* w->frame may be half full */
    parcel_number(&question, file);
    const enum status st = w->out->ask(w->out->context, ASK_OPEN, buf_str(&question), &a);
    buf_free(&question);
    if (st != OK)
        return fail(e, ERR_STOPPED, "nobody opens files any more");
    if (a.code != ANSWER_GO || a.fd < 0)
        return fail(e, a.sentence.n ? ERR_IO : ERR_LIMIT, STR_FMT,
                    STR_ARG(a.sentence.n ? a.sentence : STR("too many files are open")));
    *fd = a.fd;
    return OK;
}

static enum status ask_about(struct worker *w, char letter, char *answer)
{
    struct confined_answer a = {.code = 0, .fd = -1};
    const enum status st = w->out->ask(w->out->context, letter, buf_str(&w->frame), &a);
    *answer = a.code;
    return st;
}

static enum status digest_file(struct worker *w)
{
    struct err ignored = {0}; /* reading it will say the same */
    if (!w->digested)
        w->digested = bundle_digest(w->bundle, w->file, &w->digest, &w->size, &ignored) == OK;
    return ignored.code == ERR_STOPPED ? ERR_STOPPED : OK;
}

static enum status is_wanted(struct worker *w, bool *yes)
{
    char answer;
    parcel_number(frame_of(w), w->file);
    enum status st = ask_about(w, ASK_FILE, &answer);
    if (st == OK && answer == ANSWER_DIGEST) {
        st = digest_file(w);
        answer = ANSWER_GO;
        if (st == OK && w->digested) {
            parcel_number(frame_of(w), w->file);
            parcel_digest(&w->frame, &w->digest);
            st = ask_about(w, ASK_DIGEST, &answer);
        }
    }
    *yes = answer != ANSWER_SKIP;
    return st;
}

/* ---- one member ----------------------------------------------------------------------------- */

static enum status say_look(struct worker *w, size_t nth)
{
    const struct member *const m = bundle_at(w->bundle, nth);
    struct buf *const f = frame_of(w);
    parcel_number(f, nth);
    parcel_number(f, m->file);
    parcel_number(f, nth - w->first);
    parcel_number(f, m->size);
    parcel_text(f, m->path);
    parcel_text(f, m->inside);
    return say(w, SAY_LOOK);
}

static enum status say_skipped(struct worker *w, const struct importer *companion, const char *why)
{
    struct buf *const f = frame_of(w);
    parcel_text(f, str_of(companion ? companion->name : ""));
    parcel_text(f, str_of(why));
    return say(w, SAY_SKIPPED);
}

static enum status say_end(struct worker *w, const struct err *failure,
                           const struct import_report *r)
{
    struct buf *const f = frame_of(w);
    parcel_err(f, failure);
    parcel_number(f, r->messages);
    parcel_number(f, r->events);
    parcel_number(f, r->issues);
    parcel_number(f, r->counted);
    parcel_number(f, r->bytes);
    parcel_digest(f, &r->digest);
    return say(w, SAY_END);
}

/* A member that could not be read at all. */
static enum status say_failed(struct worker *w, const struct err *why)
{
    if (why->code == ERR_STOPPED)
        return ERR_STOPPED;
    w->begun = true;
    return say_end(w, why, &(struct import_report){0});
}

static enum status read_member(struct worker *w, size_t nth, const struct importer *format,
                               struct source *source)
{
    const struct member *const m = bundle_at(w->bundle, nth);
    struct import_options options = w->reading->options;
    struct import_report report = {0};
    struct err failure = {0};
    struct buf *const f = frame_of(w);
    parcel_number(f, w->readable == 1);
    parcel_text(f, str_of(format->name));
    enum status st = say(w, SAY_BEGIN);
    if (st != OK)
        return st;
    w->begun = true;
    options.names = w->names;
    options.siblings = bundle_siblings(w->bundle, nth);
    w->sink.source = source;
    w->sink.member = m;
    w->sink.told_at = 0;
    w->sink.file_size = w->reading->files[m->file].size;
    w->sink.done_before = nth - w->first;
    w->sink.members = w->count;
    if (importer_read(format, source, &options, &w->sink.sink, &report, &failure) == ERR_STOPPED)
        return ERR_STOPPED;
    if (failure.code == OK && !m->inside.n) {
        w->digested = true;
        w->digest = report.digest;
        w->size = report.bytes;
    }
    return say_end(w, &failure, &report);
}

/* With --format a member that looks like another one is not ours, unless there is no other
   member. */
static bool is_of_format(const struct worker *w, const struct importer *found, str prefix, str name)
{
    const struct importer *const asked = w->reading->format;
    return found == asked || w->readable == 1 || asked->bid(prefix, name) > BID_NO;
}

/* *format is NULL if nobody reads it, and *companion perhaps who reads it along; `why` says the
   rest. */
static enum status recognise(struct worker *w, struct source *source,
                             const struct importer **format, const struct importer **companion,
                             struct err *why)
{
    str prefix;
    *format = w->reading->job->importer;
    *companion = NULL;
    if (*format)
        return OK;
    /* Damage in the first bytes must not look like a format that nobody knows. */
    enum status st = source_peek(source, BID_PREFIX_BYTES, &prefix, why);
    if (st != OK)
        return st;
    prefix = str_sub(prefix, 0, BID_PREFIX_BYTES);
    const str name = source_name(source);
    st = importer_detect(format, source, why);
    if (st != OK && st != ERR_FORMAT)
        return st;
    if (!*format)
        *companion = importer_of_companion(prefix, name);
    if (!w->reading->format || *companion)
        return OK;
    *format = is_of_format(w, *format, prefix, name) ? w->reading->format : NULL;
    if (!*format && why->code == OK)
        fail(why, ERR_FORMAT, "“" STR_FMT "” does not look like %s", STR_ARG(str_sub(name, 0, 200)),
             w->reading->format->name);
    return OK;
}

static enum status take_opened(struct worker *w, size_t nth, struct source *source)
{
    const struct importer *format, *companion;
    const struct member *const m = bundle_at(w->bundle, nth);
    struct err why = {0};
    const enum status st = recognise(w, source, &format, &companion, &why);
    if (st != OK)
        return say_failed(w, &why);
    if (format)
        return read_member(w, nth, format, source);
    if (companion || m->inside.n || !w->reading->job->lone)
        return say_skipped(w, companion, companion ? "" : why.msg);
    return say_failed(w, &why);
}

static enum status take_member(struct worker *w, size_t nth)
{
    const struct member *const m = bundle_at(w->bundle, nth);
    struct source *source = NULL;
    struct err why = {0};
    enum status st = say_look(w, nth);
    if (st != OK || m->skip)
        return st == OK ? say_skipped(w, NULL, m->skip) : st;
    if (bundle_source(w->bundle, nth, &source, &why) == OK)
        st = take_opened(w, nth, source);
    else
        st = say_failed(w, &why);
    source_close(source);
    return st;
}

/* ---- one file ------------------------------------------------------------------------------- */

static enum status say_faults(struct worker *w)
{
    enum status st = OK;
    for (size_t i = 0; i < bundle_fault_count(w->bundle) && st == OK; i++) {
        const struct bundle_fault *const x = bundle_fault_at(w->bundle, i);
        if (x->file != w->file)
            continue;
        struct buf *const f = frame_of(w);
        parcel_number(f, x->file);
        parcel_number(f, x->fatal);
        parcel_text(f, x->inside);
        parcel_text(f, str_of(x->code));
        parcel_text(f, x->what);
        parcel_text(f, x->way_out);
        st = say(w, SAY_FAULT);
    }
    return st;
}

static enum status say_file_end(struct worker *w)
{
    enum status st = say_faults(w);
    if (st == OK && w->begun)
        st = digest_file(w);
    if (st != OK)
        return st;
    struct buf *const f = frame_of(w);
    parcel_number(f, w->file);
    parcel_number(f, w->begun && w->digested);
    parcel_digest(f, &w->digest);
    parcel_number(f, w->size);
    return say(w, SAY_FILE_END);
}

/* Members of one file stand together. */
static void find_members(struct worker *w)
{
    w->first = w->next;
    while (w->next < bundle_count(w->bundle) && bundle_at(w->bundle, w->next)->file == w->file)
        w->next++;
    w->count = w->next - w->first;
}

static enum status take_file(struct worker *w, size_t file)
{
    const struct going_on *const from = w->from;
    const bool goes_on = file == from->file;
    const size_t done = goes_on ? from->members : 0;
    bool wanted = goes_on && from->asked;
    enum status st = OK;
    w->file = file;
    w->begun = goes_on && from->begun;
    w->digested = false;
    w->size = 0;
    find_members(w);
    if (!wanted)
        st = is_wanted(w, &wanted);
    if (st != OK || !wanted)
        return st;
    for (size_t i = done; i < w->count && st == OK; i++)
        st = take_member(w, w->first + i);
    return st == OK ? say_file_end(w) : st;
}

/* ---- the bundle ----------------------------------------------------------------------------- */

static enum status open_bundle(struct worker *w, struct err *e)
{
    const struct reading_job *const job = w->reading->job;
    const struct bundle_opener opener = {open_asked, w};
    const struct bundle_limits limits = {0, 0};
    enum status st = OK;
    if (w->reading->names.n)
        st = names_read(&w->names, w->reading->names, e);
    if (st == OK)
        st = bundle_open(&w->bundle, w->reading->files, job->count, &opener, &limits, e);
    for (size_t i = 0; st == OK && i < bundle_count(w->bundle); i++)
        w->readable += bundle_at(w->bundle, i)->skip == NULL;
    return st;
}

static enum status take_files(struct worker *w)
{
    enum status st = OK;
    for (size_t file = 0; file < w->reading->job->count && st == OK; file++) {
        if (file >= w->from->file) {
            st = take_file(w, file);
        } else {
            w->file = file;
            find_members(w);
        }
    }
    return st;
}

enum status worker_run(const struct reading *r, const struct going_on *from,
                       const struct outlet *out)
{
    struct worker w = {.reading = r,
                       .from = from,
                       .out = out,
                       .sink = worker_sink_of(out),
                       .frame = buf_new(BUF_LINE_MAX)};
    struct err e = {0};
    enum status st = open_bundle(&w, &e);
    if (st == OK)
        st = take_files(&w);
    if (st == OK || e.code != OK) {
        parcel_err(frame_of(&w), &e);
        st = say(&w, SAY_DONE);
    }
    bundle_close(w.bundle);
    names_free(w.names);
    buf_free(&w.frame);
    worker_sink_free(&w.sink);
    return st;
}
