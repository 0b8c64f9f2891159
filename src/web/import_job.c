/* See import_job.h. */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */

#include "import_job.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "intake.h"

enum { STOP_TRIES = 300, STOP_WAIT_MS = 10, FIRST_FD = 3, FDS_MAX = 4096 };

/* Both processes write to it, each its own members; what is torn is a number on a page, until the
   next look. */
struct shared {
    struct import_board board;
    volatile bool stop;
};

struct import_job {
    struct shared *shared;
    struct import_board seen; /* what was last handed out */
    pid_t worker;             /* 0: none */
};

enum status import_job_new(struct import_job **out, struct err *e)
{
    struct import_job *job = calloc(1, sizeof *job);
    if (!job)
        return fail(e, ERR_LIMIT, "out of memory");
    job->shared =
        mmap(NULL, sizeof *job->shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (job->shared == MAP_FAILED) {
        free(job);
        return fail(e, ERR_LIMIT, "out of memory");
    }
    *out = job;
    return OK;
}

/* ---- the worker ----------------------------------------------------------------------------- */

static void copy_text(char *to, size_t cap, str text)
{
    const size_t n = text.n < cap - 1 ? text.n : cap - 1;
    if (n)
        memcpy(to, text.p, n);
    to[n] = '\0';
}

static void on_progress(void *context, const struct intake_progress *p)
{
    struct import_board *b = &((struct shared *)context)->board;
    copy_text(b->name, sizeof b->name, p->name);
    b->done_bytes = p->done_bytes;
    b->size_bytes = p->size_bytes;
    b->messages = p->messages;
    b->seconds = p->seconds;
}

static const char *word_of(const struct intake_line *l)
{
    switch (l->state) {
    case INTAKE_STORED: return "stored";
    case INTAKE_KNOWN: return "already in the archive, to the byte";
    case INTAKE_COMPANION: return "read beside the others";
    case INTAKE_SKIPPED: return "not recognised by any format";
    case INTAKE_FAILED: break;
    }
    return "failed";
}

static void on_line(void *context, const struct intake_line *l)
{
    struct import_board *b = &((struct shared *)context)->board;
    if (b->result_count == IMPORT_LINES_MAX) {
        b->results_more++;
        return;
    }
    struct import_result *r = &b->results[b->result_count];
    copy_text(r->name, sizeof r->name, l->name);
    copy_text(r->format, sizeof r->format, l->format ? str_of(l->format->name) : STR(""));
    copy_text(r->what, sizeof r->what, str_of(l->error ? l->error->msg : word_of(l)));
    r->messages = l->result.messages_new;
    r->events = l->result.events_new;
    r->duplicates = l->result.duplicates;
    r->issues = l->result.issues;
    r->stored = l->state == INTAKE_STORED;
    r->failed = l->state == INTAKE_FAILED;
    b->result_count++;
}

static bool is_stopped(void *context)
{
    return ((const struct shared *)context)->stop;
}

static void work(struct shared *shared, const struct import_wish *wish)
{
    struct import_board *b = &shared->board;
    struct intake_total total = {0};
    const struct intake_options o = {.format = STR(""),
                                     .zone_name = wish->zone_name,
                                     .date_order = STR(""),
                                     .owner = STR(""),
                                     .map = STR(""),
                                     .now_ms = wish->now_ms,
                                     .progress = on_progress,
                                     .line = on_line,
                                     .stop = is_stopped,
                                     .context = shared};
    const enum status st =
        intake_run(wish->archive_path, wish->paths, wish->count, &o, &total, &b->error);
    b->stored = total.stored;
    b->known = total.known;
    b->failed = total.failed;
    b->skipped = total.skipped;
    b->issues = total.issues;
    b->messages = total.messages;
    b->whole = st == OK;
    b->phase = IMPORT_ENDED;
}

/* The browser's connections and the listening socket are not the worker's. */
static void close_inherited(void)
{
    for (int fd = FIRST_FD; fd < FDS_MAX; fd++)
        close(fd);
}

enum status import_job_start(struct import_job *job, const struct import_wish *wish, struct err *e)
{
    if (import_job_look(job)->phase == IMPORT_RUNS)
        return fail(e, ERR_QUERY, "an import is at work: wait until it has ended, or stop it");
    memset(job->shared, 0, sizeof *job->shared);
    job->shared->board.phase = IMPORT_RUNS;
    const pid_t parent = getpid();
    const pid_t pid = fork();
    if (pid < 0) {
        job->shared->board.phase = IMPORT_NONE;
        return fail(e, ERR_IO, "no process for the import can be started: %s", strerror(errno));
    }
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(1);
        close_inherited();
        work(job->shared, wish);
        _exit(0);
    }
    job->worker = pid;
    return OK;
}

/* ---- the server ----------------------------------------------------------------------------- */

/* Bytes of another process become strings again. */
static void seal(struct import_board *b)
{
    b->name[sizeof b->name - 1] = '\0';
    b->error.msg[sizeof b->error.msg - 1] = '\0';
    b->error.hint[sizeof b->error.hint - 1] = '\0';
    if (b->result_count > IMPORT_LINES_MAX)
        b->result_count = IMPORT_LINES_MAX;
    for (size_t i = 0; i < b->result_count; i++) {
        struct import_result *r = &b->results[i];
        r->name[sizeof r->name - 1] = r->format[sizeof r->format - 1] = '\0';
        r->what[sizeof r->what - 1] = '\0';
    }
}

const struct import_board *import_job_look(struct import_job *job)
{
    int ended;
    if (job->worker && waitpid(job->worker, &ended, WNOHANG) == job->worker) {
        struct import_board *b = &job->shared->board;
        job->worker = 0;
        if (b->phase != IMPORT_ENDED)
            (void)fail(
                &b->error, ERR_IO,
                "the import came to a sudden end; nothing that it had not finished is stored");
        b->phase = IMPORT_ENDED;
    }
    job->seen = job->shared->board;
    /* Its last words are written before it is gone. */
    if (job->worker)
        job->seen.phase = IMPORT_RUNS;
    seal(&job->seen);
    return &job->seen;
}

void import_job_stop(struct import_job *job)
{
    job->shared->stop = true;
}

void import_job_free(struct import_job *job)
{
    const struct timespec moment = {.tv_nsec = STOP_WAIT_MS * 1000000L};
    if (!job)
        return;
    import_job_stop(job);
    for (int i = 0; i < STOP_TRIES && import_job_look(job)->phase == IMPORT_RUNS; i++)
        nanosleep(&moment, NULL);
    if (job->worker) {
        kill(job->worker, SIGKILL);
        waitpid(job->worker, NULL, 0);
    }
    munmap(job->shared, sizeof *job->shared);
    free(job);
}

/* ---- paths ---------------------------------------------------------------------------------- */

static bool goes_up(str inside)
{
    str part;
    while (str_split(&inside, '/', &part))
        if (str_eq(part, STR("..")))
            return true;
    return false;
}

static bool is_below(const char *path, const char *root)
{
    const size_t n = strlen(root);
    if (strcmp(root, "/") == 0)
        return true;
    return strncmp(path, root, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

enum status import_path(char **out, const char *root, str inside, struct err *e)
{
    enum { PATH_BYTES = 4096 };
    char joined[PATH_BYTES];
    *out = NULL;
    if (str_starts(inside, STR("/")) || goes_up(inside) || str_find_byte(inside, '\0') != STR_NONE)
        return fail(e, ERR_QUERY, "this path leads out of the folder that may be imported from");
    const int n = snprintf(joined, sizeof joined, "%s/" STR_FMT, root, STR_ARG(inside));
    if (n < 0 || (size_t)n >= sizeof joined)
        return fail(e, ERR_QUERY, "this path is too long");
    char *const real = realpath(joined, NULL);
    if (!real)
        return fail(e, ERR_MISSING,
                    "there is no such file in the folder that may be imported from");
    if (!is_below(real, root)) {
        free(real);
        return fail(e, ERR_QUERY, "this link leads out of the folder that may be imported from");
    }
    *out = real;
    return OK;
}
