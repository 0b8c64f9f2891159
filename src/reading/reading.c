/*
 * A reading: a worker in a confined child, the desk here, a watch over how long the child computes,
 * and another worker after each that died, which goes on behind what it died of.
 */
#include "reading.h"

#include "parts.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { WAIT_MS = 100, FRAMES_BETWEEN_LOOKS = 256 };

/* ---- through a child ------------------------------------------------------------------------ */

struct run {
    struct reading reading;
    struct desk desk;
    struct confined *child;
    double cpu_before; /* seconds that the child had used when the member at hand came */
    size_t nth;        /* that member; SIZE_MAX: none yet */
    bool overdue;      /* it was killed for taking too long */
    unsigned deaths;
    struct arena arena;
};

/* Of which format a member was must be known even if the worker dies of its first byte. */
static enum status put_to_link(void *context, char letter, str bytes)
{
    const enum status st = confined_put(context, letter, bytes);
    return st == OK && letter == SAY_BEGIN ? confined_flush(context) : st;
}

static enum status ask_link(void *context, char letter, str bytes, struct confined_answer *out)
{
    return confined_ask(context, letter, bytes, out);
}

static int work(void *context, struct confined_link *l)
{
    const struct run *const r = context;
    const struct outlet out = {put_to_link, ask_link, l};
    return worker_run(&r->reading, &r->desk.from, &out) == OK ? 0 : 1;
}

static unsigned cpu_seconds_of(const struct run *r)
{
    const unsigned given = r->reading.job->cpu_seconds;
    return given ? given : READING_CPU_SECONDS;
}

/* Computing is paid for by members that get done and by bytes. */
static bool takes_too_long(struct run *r)
{
    const struct desk *const d = &r->desk;
    const double used = confined_cpu_seconds(r->child);
    const size_t nth = d->looking ? d->member.nth : SIZE_MAX;
    if (nth != r->nth) {
        r->nth = nth;
        r->cpu_before = used;
    }
    uint64_t bytes = d->at;
    if (d->looking && d->member.size != SOURCE_SIZE_UNKNOWN)
        bytes = d->member.size;
    else if (!d->looking && d->opened != SIZE_MAX)
        bytes = r->reading.files[d->opened].size; /* it is being listed */
    const unsigned grace = cpu_seconds_of(r);
    return used - r->cpu_before > grace + (double)bytes / (double)READING_BYTES_PER_SECOND;
}

static void look_around(struct run *r)
{
    struct desk *const d = &r->desk;
    if (d->handler->stop && d->handler->stop(d->context)) {
        d->state = DESK_FAILED;
        fail(&d->failure, ERR_STOPPED, "stopped");
    }
    r->overdue = takes_too_long(r);
}

static void take_frame(struct run *r, const struct confined_frame *f)
{
    struct confined_answer a;
    desk_take(&r->desk, f, &a);
    if (a.code)
        confined_answer(r->child, &a);
    if (a.fd >= 0)
        close(a.fd);
}

static void listen(struct run *r)
{
    struct confined_frame f;
    for (unsigned n = 0; r->desk.state == DESK_OPEN && !r->overdue; n++) {
        const enum confined_event event = confined_next(r->child, WAIT_MS, &f);
        if (event == CONFINED_ENDED)
            return;
        if (event == CONFINED_FRAME)
            take_frame(r, &f);
        if (event == CONFINED_QUIET || n % FRAMES_BETWEEN_LOOKS == 0)
            look_around(r);
    }
}

/* ---- after a death -------------------------------------------------------------------------- */

static void say_death(const struct run *r, const struct confined_death *death, struct err *why)
{
    if (r->overdue)
        fail(why, ERR_LIMIT,
             "the reader computed for more than %u seconds, and one for each MiB, and was stopped",
             cpu_seconds_of(r));
    else if (death->signal == SIGABRT || death->signal == SIGTRAP)
        fail(why, ERR_LIMIT,
             "the reader gave up (signal %d), perhaps for lack of memory: it may have %d GiB",
             death->signal, (int)(CONFINED_MEMORY_BYTES >> 30));
    else if (death->signal)
        fail(why, ERR_FORMAT, "the reader died (signal %d)", death->signal);
    else
        fail(why, ERR_FORMAT, "the reader ended before its time (%d)", death->result);
}

static void bury_member(struct run *r, const struct err *cause)
{
    struct err why = {0};
    const struct reading_member *const m = &r->desk.member;
    fail(&why, cause->code, "%s at byte %" PRIu64 " of “" STR_FMT "”", cause->msg, r->desk.at,
         STR_ARG(str_sub(m->path, 0, 200)));
    fail_hint(&why,
              "The file may be damaged, or made to attack its reader. Nothing of it was kept.");
    desk_fail_member(&r->desk, &why);
}

/* A worker that died before any member came, or between two, died of a file that it was listing. */
static bool give_up_file(struct run *r, const struct err *cause)
{
    const size_t file = r->desk.opened;
    if (file == SIZE_MAX || r->reading.files[file].skip)
        return false;
    const str why = arena_printf(&r->arena, "%s while it looked into “" STR_FMT "”", cause->msg,
                                 STR_ARG(str_sub(r->reading.files[file].name, 0, 200)));
    r->reading.files[file].skip = arena_cstr(&r->arena, why);
    r->desk.state = DESK_RESTART;
    return true;
}

static void after_death(struct run *r, const struct confined_death *death)
{
    struct desk *const d = &r->desk;
    struct err cause = {0};
    if (death->result == CONFINED_NOT_ENTERED) {
        d->state = DESK_FAILED;
        fail(&d->failure, ERR_IO, "the process that reads could not be confined");
        return;
    }
    say_death(r, death, &cause);
    r->deaths++;
    if (d->looking)
        bury_member(r, &cause);
    else if (!give_up_file(r, &cause)) {
        d->state = DESK_FAILED;
        d->failure = cause;
    }
    if (d->state == DESK_RESTART && r->deaths >= READING_DEATHS_MAX) {
        d->state = DESK_FAILED;
        fail(&d->failure, ERR_LIMIT, "the reader died %u times: the rest was not read", r->deaths);
    }
}

static enum status run_child(struct run *r, struct err *e)
{
    struct confined_death death;
    r->nth = SIZE_MAX;
    r->cpu_before = 0;
    r->overdue = false;
    r->desk.opened = SIZE_MAX;
    const enum status st = confined_start(&r->child, work, r, e);
    if (st != OK)
        return st;
    listen(r);
    confined_end(r->child, &death);
    r->child = NULL;
    if (r->desk.state == DESK_OPEN)
        after_death(r, &death);
    return OK;
}

/* ---- without a child ------------------------------------------------------------------------ */

static enum status ask_desk(void *context, char letter, str bytes, struct confined_answer *out)
{
    struct run *const r = context;
    const struct confined_frame f = {letter, bytes};
    desk_take(&r->desk, &f, out);
    if (r->desk.state == DESK_OPEN && r->desk.handler->stop &&
        r->desk.handler->stop(r->desk.context)) {
        r->desk.state = DESK_FAILED;
        fail(&r->desk.failure, ERR_STOPPED, "stopped");
    }
    return r->desk.state == DESK_OPEN || r->desk.state == DESK_DONE ? OK : ERR_STOPPED;
}

static enum status put_to_desk(void *context, char letter, str bytes)
{
    struct confined_answer ignored;
    return ask_desk(context, letter, bytes, &ignored);
}

static enum status run_here(struct run *r, struct err *e)
{
    const struct going_on from = r->desk.from;
    const struct outlet out = {put_to_desk, ask_desk, r};
    if (worker_run(&r->reading, &from, &out) == OK || r->desk.state != DESK_OPEN)
        return OK;
    return fail(e, ERR_IO, "the reader ended before its time");
}

/* ---- all ------------------------------------------------------------------------------------ */

static enum status find_format(struct run *r, struct err *e)
{
    const struct reading_job *const job = r->reading.job;
    if (!job->format.n)
        return OK;
    r->reading.format = importer_find(job->format);
    if (r->reading.format)
        return OK;
    fail(e, ERR_MISSING, "there is no format \"" STR_FMT "\"",
         STR_ARG(str_sub(job->format, 0, 60)));
    return fail_hint(e, "`stet formats` lists them");
}

static enum status read_options(struct run *r, struct err *e)
{
    const struct reading_job *const job = r->reading.job;
    struct import_options *const o = &r->reading.options;
    o->owner = job->owner;
    o->map = job->map;
    o->date_order = ORDER_UNKNOWN;
    if (job->date_order.n && !date_order_read(job->date_order, &o->date_order))
        return fail(e, ERR_QUERY, "\"" STR_FMT "\" is no order of dates: dmy, mdy or ymd",
                    STR_ARG(str_sub(job->date_order, 0, 20)));
    enum status st = OK;
    if (job->names_path)
        st = load_names(job->names_path, &r->arena, &r->reading.names, e);
    if (st == OK && job->zone_name)
        st = zone_open(&r->reading.zone, str_of(job->zone_name), e);
    o->zone = r->reading.zone;
    return st;
}

static void copy_files(struct run *r)
{
    const struct reading_job *const job = r->reading.job;
    r->reading.files = arena_array(&r->arena, job->count, sizeof *r->reading.files);
    for (size_t i = 0; i < job->count; i++)
        r->reading.files[i] = job->files[i];
}

static enum status run_all(struct run *r, struct err *e)
{
    enum status st = OK;
    while (st == OK && (r->desk.state == DESK_OPEN || r->desk.state == DESK_RESTART)) {
        r->desk.state = DESK_OPEN;
        st = r->reading.job->unconfined ? run_here(r, e) : run_child(r, e);
    }
    if (st != OK || r->desk.state != DESK_FAILED)
        return st;
    *e = r->desk.failure;
    return e->code;
}

enum status reading_run(const struct reading_job *job, const struct reading_handler *h,
                        void *context, struct err *e)
{
    struct run r = {.reading = {.job = job},
                    .desk = {.handler = h, .context = context, .opened = SIZE_MAX},
                    .nth = SIZE_MAX};
    r.desk.reading = &r.reading;
    enum status st = find_format(&r, e);
    if (st == OK)
        st = read_options(&r, e);
    if (st == OK) {
        copy_files(&r);
        importer_warm_up();
        st = run_all(&r, e);
    }
    zone_close(r.reading.zone);
    desk_free(&r.desk);
    arena_free(&r.arena);
    return st;
}
