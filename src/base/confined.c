/*
 * A child that computes for its parent. Frames come through a pipe: a letter, the length in four
 * bytes (the lowest first), the bytes. Answers go the other way through a pair of sockets, because
 * only a socket can carry an open file, and one datagram each, so that nothing has to be put
 * together.
 */
#define _GNU_SOURCE /* F_SETPIPE_SZ, close_range, clock_getcpuclockid */

#include "confined.h"

#include "oom.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    HEAD = 5, /* of a frame: its letter and length */
    BATCH_BYTES = 256 << 10,
    PIPE_BYTES = 1 << 20,
    READ_BYTES = 1 << 20,
    CALL_CLOSE_RANGE = 436, /* newer than some headers */
    LAST_CHANCE_MS = 2000,
};

/* ---- descriptors over sockets --------------------------------------------------------------- */

/* One datagram: the code, then the sentence; with it perhaps an open file. */
union control {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(int))];
};

static void send_answer(int socket, const struct confined_answer *a)
{
    char code = a->code;
    const str sentence = str_sub(a->sentence, 0, CONFINED_SENTENCE_MAX);
    union control control = {.room = {0}};
    struct iovec parts[] = {{&code, 1}, {(void *)(uintptr_t)sentence.p, sentence.n}};
    struct msghdr m = {.msg_iov = parts, .msg_iovlen = sentence.n ? 2 : 1};
    if (a->fd >= 0) {
        m.msg_control = control.room;
        m.msg_controllen = sizeof control.room;
        struct cmsghdr *const c = CMSG_FIRSTHDR(&m);
        *c = (struct cmsghdr){
            .cmsg_len = CMSG_LEN(sizeof(int)), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS};
        memcpy(CMSG_DATA(c), &a->fd, sizeof a->fd);
    }
    /* A child that died does not hear it, and its death is noticed elsewhere. */
    while (sendmsg(socket, &m, MSG_NOSIGNAL) < 0 && errno == EINTR)
        ;
}

static int descriptor_in(struct msghdr *m)
{
    int fd = -1;
    const struct cmsghdr *const c = CMSG_FIRSTHDR(m);
    if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS &&
        c->cmsg_len == CMSG_LEN(sizeof fd))
        memcpy(&fd, CMSG_DATA(c), sizeof fd);
    return fd;
}

/* False if the parent has gone. `room` takes the sentence. */
static bool receive_answer(int socket, char room[CONFINED_SENTENCE_MAX],
                           struct confined_answer *out)
{
    union control control;
    struct iovec parts[] = {{&out->code, 1}, {room, CONFINED_SENTENCE_MAX}};
    struct msghdr m = {.msg_iov = parts,
                       .msg_iovlen = 2,
                       .msg_control = control.room,
                       .msg_controllen = sizeof control.room};
    ssize_t n;
    do
        n = recvmsg(socket, &m, MSG_CMSG_CLOEXEC);
    while (n < 0 && errno == EINTR);
    if (n < 1)
        return false;
    out->fd = descriptor_in(&m);
    out->sentence = (str){room, (size_t)n - 1};
    return true;
}

/* ---- in the child --------------------------------------------------------------------------- */

struct confined_link {
    int pipe, socket;
    struct sandbox_state state;
    size_t waiting;
    char batch[BATCH_BYTES];
    char sentence[CONFINED_SENTENCE_MAX];
};

static enum status write_all(int fd, str bytes)
{
    while (bytes.n) {
        const ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return ERR_IO;
        bytes = str_from(bytes, (size_t)n);
    }
    return OK;
}

enum status confined_flush(struct confined_link *l)
{
    const str bytes = {l->batch, l->waiting};
    l->waiting = 0;
    return write_all(l->pipe, bytes);
}

enum status confined_put(struct confined_link *l, char letter, str bytes)
{
    if (bytes.n > CONFINED_FRAME_MAX)
        return ERR_LIMIT;
    if (l->waiting + HEAD + bytes.n > sizeof l->batch && confined_flush(l) != OK)
        return ERR_IO;
    char *const head = l->batch + l->waiting;
    head[0] = letter;
    for (int i = 0; i < 4; i++)
        head[1 + i] = (char)(bytes.n >> (8 * i) & 0xFF);
    l->waiting += HEAD;
    if (bytes.n > sizeof l->batch - l->waiting) /* too long to wait */
        return confined_flush(l) == OK ? write_all(l->pipe, bytes) : ERR_IO;
    if (bytes.n)
        memcpy(l->batch + l->waiting, bytes.p, bytes.n);
    l->waiting += bytes.n;
    return OK;
}

enum status confined_ask(struct confined_link *l, char letter, str bytes,
                         struct confined_answer *out)
{
    enum status st = confined_put(l, letter, bytes);
    if (st == OK)
        st = confined_flush(l);
    if (st == OK && !receive_answer(l->socket, l->sentence, out))
        st = ERR_IO;
    return st;
}

/* Closes all files from `from` to `to`, both included. */
static void close_from_to(unsigned from, unsigned to)
{
    enum { LIKELY_MAX = 4096 };
    if (from > to || syscall(CALL_CLOSE_RANGE, from, to, 0) == 0)
        return;
    for (unsigned fd = from; fd <= to && fd < LIKELY_MAX; fd++) /* Linux before 5.9 */
        close((int)fd);
}

/* Nothing of the parent's is left but the two ends of the link. Standard input, output and
   errors are held by something that can neither be read nor written; a sanitizer needs to report
   its findings. */
static void drop_files(const struct confined_link *l)
{
    int dead[2];
    const unsigned a = (unsigned)(l->pipe < l->socket ? l->pipe : l->socket);
    const unsigned b = (unsigned)(l->pipe < l->socket ? l->socket : l->pipe);
    const bool made = pipe(dead) == 0;
    for (int fd = 0; fd <= (SANITIZED ? 1 : 2); fd++)
        if (!made || dup2(dead[fd == 0 ? 1 : 0], fd) < 0)
            close(fd);
    close_from_to(3, a - 1);
    close_from_to(a + 1, b - 1);
    close_from_to(b + 1, ~0U);
}

/* Ctrl-C reaches the whole group of processes: what is to be done about it, the parent decides. */
static void leave_signals(void)
{
    static const int parents[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    static const int ours[] = {SIGPIPE, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    for (size_t i = 0; i < sizeof parents / sizeof *parents; i++)
        signal(parents[i], SIG_IGN);
    for (size_t i = 0; !SANITIZED && i < sizeof ours / sizeof *ours; i++)
        signal(ours[i], SIG_DFL);
}

/* The two ways in which a child could outlive its parent: it died before or dies after this. */
static void die_with(pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(CONFINED_NOT_ENTERED);
}

struct start {
    int (*work)(void *context, struct confined_link *l);
    void *context;
    pid_t parent;
};

static _Noreturn void live(const struct start *s, int pipe_end, int socket_end)
{
    struct err ignored = {0};
    struct confined_link *const l = oom_alloc(sizeof *l);
    l->pipe = pipe_end;
    l->socket = socket_end;
    l->waiting = 0;
    if (pipe_end <= 2 || socket_end <= 2) /* somebody has closed the standard files */
        _exit(CONFINED_NOT_ENTERED);
    die_with(s->parent);
    leave_signals();
    drop_files(l);
    if (sandbox_enter_parser(CONFINED_MEMORY_BYTES, &l->state, &ignored) != OK)
        _exit(CONFINED_NOT_ENTERED);
    const int result = s->work(s->context, l);
    _exit(confined_flush(l) == OK ? result : CONFINED_NOT_ENTERED);
}

/* ---- in the parent -------------------------------------------------------------------------- */

struct confined {
    pid_t child;
    int pipe, socket;
    bool closed;          /* the child has closed its end */
    bool broken;          /* it sent what is no frame */
    char *bytes;          /* what was read; frames are handed out from here */
    size_t room, at, end; /* [at, end) is not handed out yet */
};

static void close_both(const int ends[2])
{
    for (int i = 0; i < 2; i++)
        if (ends[i] >= 0)
            close(ends[i]);
}

static enum status fork_with(struct confined *c, const struct start *s, struct err *e)
{
    int pipes[2] = {-1, -1}, sockets[2] = {-1, -1};
    if (pipe(pipes) != 0 || socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sockets) != 0) {
        const int why = errno;
        close_both(pipes);
        return fail(e, ERR_IO, "no pipe can be made to the process that reads: %s", strerror(why));
    }
    for (int i = 0; i < 2; i++) {
        fcntl(pipes[i], F_SETFD, FD_CLOEXEC);
        fcntl(sockets[i], F_SETFD, FD_CLOEXEC);
    }
    (void)fcntl(pipes[0], F_SETPIPE_SZ, PIPE_BYTES); /* a smaller one is only slower */
    c->child = fork();
    if (c->child == 0)
        live(s, pipes[1], sockets[1]);
    const int why = errno;
    close(pipes[1]);
    close(sockets[1]);
    c->pipe = pipes[0];
    c->socket = sockets[0];
    if (c->child < 0)
        return fail(e, ERR_IO, "no process can be made to read in: %s", strerror(why));
    return OK;
}

enum status confined_start(struct confined **out,
                           int (*work)(void *context, struct confined_link *l), void *context,
                           struct err *e)
{
    const struct start s = {work, context, getpid()};
    struct confined *const c = oom_alloc(sizeof *c);
    *c = (struct confined){.child = -1, .pipe = -1, .socket = -1, .room = READ_BYTES};
    c->bytes = oom_alloc(c->room);
    const enum status st = fork_with(c, &s, e);
    if (st != OK) {
        confined_end(c, NULL);
        return st;
    }
    *out = c;
    return OK;
}

/* The length of the first frame without its head; SIZE_MAX if not even that is there. */
static size_t length_of_first(const struct confined *c)
{
    const unsigned char *const head = (const unsigned char *)c->bytes + c->at;
    if (c->end - c->at < HEAD)
        return SIZE_MAX;
    return head[1] | (size_t)head[2] << 8 | (size_t)head[3] << 16 | (size_t)head[4] << 24;
}

/* Room behind what is there for the rest of the first frame, or for a good piece. */
static void make_room(struct confined *c, size_t frame)
{
    const size_t want = frame == SIZE_MAX ? READ_BYTES : HEAD + frame;
    if (c->at && c->end == c->at)
        c->at = c->end = 0;
    if (c->at + want <= c->room && c->end < c->room)
        return;
    memmove(c->bytes, c->bytes + c->at, c->end - c->at);
    c->end -= c->at;
    c->at = 0;
    if (want <= c->room)
        return;
    c->room = want;
    c->bytes = oom_resize(c->bytes, c->room);
}

/* Reads what is there; false at the end. */
static bool read_more(struct confined *c, size_t frame)
{
    make_room(c, frame);
    const ssize_t n = read(c->pipe, c->bytes + c->end, c->room - c->end);
    if (n < 0 && errno == EINTR)
        return true;
    if (n <= 0)
        return false;
    c->end += (size_t)n;
    return true;
}

enum confined_event confined_next(struct confined *c, int wait_ms, struct confined_frame *out)
{
    for (;;) {
        const size_t n = length_of_first(c);
        if (n != SIZE_MAX && n > CONFINED_FRAME_MAX)
            c->broken = true;
        if (c->closed || c->broken)
            return CONFINED_ENDED;
        if (n != SIZE_MAX && c->end - c->at >= HEAD + n) {
            *out = (struct confined_frame){c->bytes[c->at], {c->bytes + c->at + HEAD, n}};
            c->at += HEAD + n;
            return CONFINED_FRAME;
        }
        struct pollfd wait = {.fd = c->pipe, .events = POLLIN};
        if (poll(&wait, 1, wait_ms) <= 0)
            return CONFINED_QUIET;
        c->closed = !read_more(c, n);
    }
}

void confined_answer(struct confined *c, const struct confined_answer *a)
{
    send_answer(c->socket, a);
}

double confined_cpu_seconds(const struct confined *c)
{
    clockid_t clock;
    struct timespec t;
    if (clock_getcpuclockid(c->child, &clock) != 0 || clock_gettime(clock, &t) != 0)
        return 0;
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* One that has closed its pipe is about to end by itself, and how it ends is worth knowing. One
   that closed it and stays is killed. */
static struct confined_death wait_for(const struct confined *c)
{
    const struct timespec moment = {0, 1000000};
    int status = 0;
    pid_t got = 0;
    for (int ms = 0; c->closed && got == 0 && ms < LAST_CHANCE_MS; ms++) {
        got = waitpid(c->child, &status, WNOHANG);
        if (got == 0)
            nanosleep(&moment, NULL);
    }
    if (got == 0) {
        kill(c->child, SIGKILL);
        do
            got = waitpid(c->child, &status, 0);
        while (got < 0 && errno == EINTR);
    }
    if (got < 0 || WIFEXITED(status))
        return (struct confined_death){.result = got < 0 ? 1 : WEXITSTATUS(status)};
    return (struct confined_death){.signal = WTERMSIG(status)};
}

void confined_end(struct confined *c, struct confined_death *out)
{
    struct confined_death death = {0, 0};
    if (!c)
        return;
    if (c->child > 0)
        death = wait_for(c);
    close_both((const int[2]){c->pipe, c->socket});
    if (out)
        *out = death;
    free(c->bytes);
    free(c);
}

/* ---- trying --------------------------------------------------------------------------------- */

static int tell(void *context, struct confined_link *l)
{
    (void)context;
    return confined_put(l, 's', (str){(const char *)&l->state, sizeof l->state}) == OK ? 0 : 1;
}

enum status confined_try(struct sandbox_state *out, struct err *e)
{
    struct confined *c;
    struct confined_frame f;
    struct confined_death death;
    bool told = false;
    enum status st = confined_start(&c, tell, NULL, e);
    if (st != OK)
        return st;
    for (enum confined_event event; (event = confined_next(c, -1, &f)) != CONFINED_ENDED;) {
        told = event == CONFINED_FRAME && f.bytes.n == sizeof *out;
        if (told)
            memcpy(out, f.bytes.p, sizeof *out);
    }
    confined_end(c, &death);
    if (told && !death.signal)
        return OK;
    return fail(e, ERR_IO, "a process that reads could not be confined (signal %d, result %d)",
                death.signal, death.result);
}
