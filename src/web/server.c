/*
 * The server's loop and its doorkeeper. libmicrohttpd runs without threads: one request at a time,
 * which is enough for one reader and leaves nothing to lock. Its own timeout counts from the last byte, so
 * that a dripping client would stay for ever: connections that take too long are shut here.
 */
#define _GNU_SOURCE /* struct timeval in select's prototype on every system */

#include "server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <time.h>

#include "exchange.h"
#include "gate.h"
#include "import_job.h"

/* A few places stay free: who comes in gets one of them, and the oldest that has not proved to be the
   reader makes room. */
enum {
    CONNECTIONS_MAX = 128,
    CONNECTIONS_KEPT = 96,
    IDLE_SECONDS = 20,
    SLOW_SECONDS = 20,
    ANSWER_SECONDS = 600,
    HEAD_BYTES = 32 << 10
};

struct line {
    int fd;
    double since;   /* when it opened, or its last request was answered */
    bool answering; /* the reader's; what is left is to take the answer */
    bool shut;
};

struct server {
    struct MHD_Daemon *daemon;
    struct gate gate;
    struct web_settings settings;
    struct import_job *job;
    struct facts_kept kept;
    struct exchange_rules rules;
    struct line lines[CONNECTIONS_MAX];
    char csrf[GATE_SECRET_TEXT], start_url[160];
    uint16_t port;
};

static double seconds_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- slow clients --------------------------------------------------------------------------- */

/* libmicrohttpd sees the end of it and closes it. */
static void shut(struct line *line)
{
    shutdown(line->fd, SHUT_RDWR);
    line->shut = true;
}

static void make_room(struct server *s)
{
    struct line *oldest = NULL;
    size_t open = 0;
    for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
        struct line *line = &s->lines[i];
        if (line->fd < 0 || line->shut)
            continue;
        open++;
        if (!line->answering && (!oldest || line->since < oldest->since))
            oldest = line;
    }
    if (open > CONNECTIONS_KEPT && oldest)
        shut(oldest);
}

static void on_connection(void *context, struct MHD_Connection *c, void **slot,
                          enum MHD_ConnectionNotificationCode code)
{
    struct server *s = context;
    if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
        struct line *line = *slot;
        if (line)
            line->fd = -1;
        return;
    }
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
    for (size_t i = 0; info && i < CONNECTIONS_MAX; i++)
        if (s->lines[i].fd < 0) {
            s->lines[i] = (struct line){.fd = info->connect_fd, .since = seconds_now()};
            *slot = &s->lines[i];
            break;
        }
    make_room(s);
}

static void reap(struct server *s)
{
    const double now = seconds_now();
    for (size_t i = 0; i < CONNECTIONS_MAX; i++) {
        struct line *line = &s->lines[i];
        const double limit = line->answering ? ANSWER_SECONDS : SLOW_SECONDS;
        if (line->fd >= 0 && !line->shut && now - line->since > limit)
            shut(line);
    }
}

static struct line *line_of(struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    return info ? info->socket_context : NULL;
}

static void on_answered(void *context, struct MHD_Connection *c, void **slot,
                        enum MHD_RequestTerminationCode code)
{
    (void)code;
    (void)context;
    struct line *line = line_of(c);
    if (line) {
        line->since = seconds_now();
        line->answering = false;
    }
    exchange_free(*slot);
    *slot = NULL;
}

/* ---- requests ------------------------------------------------------------------------------- */

static void *on_uri(void *context, const char *uri, struct MHD_Connection *c)
{
    const struct server *s = context;
    return exchange_new(&s->rules, uri, c);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *c, const char *url,
                                  const char *method, const char *version, const char *body,
                                  size_t *body_bytes, void **slot)
{
    (void)context;
    (void)version;
    struct exchange *x = *slot;
    if (!x)
        return MHD_NO;
    if (!exchange_begun(x))
        return exchange_begin(x, url, method);
    if (*body_bytes) {
        exchange_body(x, body, *body_bytes);
        *body_bytes = 0;
        return MHD_YES;
    }
    const enum MHD_Result result = exchange_answer(x, c);
    struct line *line = line_of(c);
    if (line)
        line->answering = exchange_trusted(x);
    return result;
}

/* ---- opening -------------------------------------------------------------------------------- */

static enum status make_secret(char out[GATE_SECRET_TEXT], struct err *e)
{
    unsigned char bytes[(GATE_SECRET_TEXT - 1) / 2];
    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return fail(e, ERR_IO, "the system gives no random numbers: %s", strerror(errno));
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(out + 2 * i, 3, "%02x", bytes[i]);
    return OK;
}

static enum status listen_on(struct server *s, uint16_t port, struct err *e)
{
    const struct sockaddr_in loopback = {.sin_family = AF_INET,
                                         .sin_port = htons(port),
                                         .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    s->daemon = MHD_start_daemon(MHD_NO_FLAG, port, NULL, NULL, on_request, s, MHD_OPTION_SOCK_ADDR,
                                 &loopback, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
                                 MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
                                 MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEAD_BYTES,
                                 MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_NOTIFY_CONNECTION,
                                 on_connection, s, MHD_OPTION_NOTIFY_COMPLETED, on_answered, s,
                                 MHD_OPTION_URI_LOG_CALLBACK, on_uri, s, MHD_OPTION_END);
    if (!s->daemon) {
        fail(e, ERR_IO, "port %u of this machine cannot be used: %s", (unsigned)port,
             strerror(errno));
        return fail_hint(e, "leave --port away, and a free one is taken");
    }
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
    s->port = info ? info->port : port;
    return OK;
}

enum status server_open(struct server **out, const struct server_options *o, struct err *e)
{
    struct server *s = calloc(1, sizeof *s);
    if (!s)
        return fail(e, ERR_LIMIT, "out of memory");
    for (size_t i = 0; i < CONNECTIONS_MAX; i++)
        s->lines[i].fd = -1;
    enum status st = make_secret(s->csrf, e);
    if (st == OK)
        st = make_secret(s->gate.token, e);
    if (st == OK)
        st = make_secret(s->gate.session, e);
    if (st == OK && o->import_root)
        st = import_job_new(&s->job, e);
    if (st == OK)
        st = listen_on(s, o->port, e);
    if (st != OK) {
        server_close(s);
        return st;
    }
    gate_set_port(&s->gate, s->port);
    s->settings = (struct web_settings){.archive_path = o->archive_path,
                                        .csrf = str_of(s->csrf),
                                        .import_root = o->import_root,
                                        .job = s->job,
                                        .kept = &s->kept,
                                        .version = o->version};
    s->rules = (struct exchange_rules){&s->gate, &s->settings, o->now_wall_ms};
    snprintf(s->start_url, sizeof s->start_url, "http://127.0.0.1:%u/start?token=%s",
             (unsigned)s->port, s->gate.token);
    *out = s;
    return OK;
}

void server_close(struct server *s)
{
    if (!s)
        return;
    if (s->daemon)
        MHD_stop_daemon(s->daemon);
    import_job_free(s->job);
    free(s);
}

uint16_t server_port(const struct server *s)
{
    return s->port;
}

const char *server_token(const struct server *s)
{
    return s->gate.token;
}

const char *server_start_url(const struct server *s)
{
    return s->start_url;
}

/* ---- the loop ------------------------------------------------------------------------------- */

static enum status wait_for_work(struct server *s, struct err *e)
{
    fd_set reads, writes, excepts;
    MHD_socket highest = 0;
    MHD_UNSIGNED_LONG_LONG ms = 1000;
    FD_ZERO(&reads);
    FD_ZERO(&writes);
    FD_ZERO(&excepts);
    if (MHD_get_fdset(s->daemon, &reads, &writes, &excepts, &highest) != MHD_YES)
        return fail(e, ERR_IO, "the server cannot go on: too many connections");
    if (MHD_get_timeout(s->daemon, &ms) != MHD_YES || ms > 1000)
        ms = 1000;
    struct timeval wait = {.tv_sec = (time_t)(ms / 1000),
                           .tv_usec = (suseconds_t)(ms % 1000 * 1000)};
    const int ready = select(highest + 1, &reads, &writes, &excepts, &wait);
    if (ready < 0 && errno != EINTR)
        return fail(e, ERR_IO, "the server cannot wait for requests: %s", strerror(errno));
    if (ready >= 0)
        MHD_run_from_select(s->daemon, &reads, &writes, &excepts);
    return OK;
}

enum status server_run(struct server *s, bool (*stop)(void *context), void *context, struct err *e)
{
    enum status st = OK;
    while (st == OK && !(stop && stop(context))) {
        st = wait_for_work(s, e);
        reap(s);
    }
    return st;
}
