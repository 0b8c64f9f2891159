/*
 * stet serve: the archive in the browser, on this machine only. The address holds a secret, so it
 * goes to the browser in a file that only its owner can read, not on a command line that everybody
 * on the machine can list.
 */
#define _DEFAULT_SOURCE /* mkdtemp */

#include "cli.h"
#include "confine.h"
#include "server.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PORT_MAX = 65535 };

/* A signal handler can reach nothing else. */
static volatile sig_atomic_t stop_asked;

static void ask_stop(int signal_number)
{
    (void)signal_number;
    stop_asked = 1;
}

static bool is_stopped(void *context)
{
    (void)context;
    return stop_asked;
}

static void listen_to_signals(void)
{
    const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction action = {.sa_handler = ask_stop, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaction(signals[i], &action, NULL);
    signal(SIGPIPE, SIG_IGN); /* a browser that goes away is no reason to end */
}

/* ---- the file with the address -------------------------------------------------------------- */

/* A child takes it away when this process ends, however it ends: it is not in the sandbox, which cannot
   remove a folder, and does nothing but wait. */
struct start_file {
    char folder[200], path[240];
    int alive; /* the end of a pipe that only this process holds; -1: none */
    pid_t sweeper;
};

static const char *private_folder(void)
{
    const char *const runtime = getenv("XDG_RUNTIME_DIR");
    return runtime && *runtime == '/' ? runtime : "/tmp";
}

static bool make_start_file(struct start_file *f, const char *url)
{
    snprintf(f->folder, sizeof f->folder, "%.160s/stet-XXXXXX", private_folder());
    if (!mkdtemp(f->folder)) { /* mode 0700 */
        f->folder[0] = '\0';
        return false;
    }
    snprintf(f->path, sizeof f->path, "%s/open.html", f->folder);
    FILE *const out = fopen(f->path, "wx");
    if (!out)
        return false;
    fchmod(fileno(out), 0600);
    fprintf(out,
            "<!doctype html><meta charset=utf-8><meta http-equiv=refresh content=\"0;url=%s\">"
            "<title>Stet</title><p><a href=\"%s\">Open Stet</a></p>\n",
            url, url);
    return fclose(out) == 0;
}

static void remove_start_file(const struct start_file *f)
{
    if (f->path[0])
        unlink(f->path);
    if (f->folder[0])
        rmdir(f->folder);
}

static void wait_and_sweep(const struct start_file *f, int end)
{
    enum { FDS_MAX = 1024 };
    char byte;
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    for (int fd = 0; fd < FDS_MAX; fd++)
        if (fd != end)
            close(fd);
    while (read(end, &byte, 1) < 0 && errno == EINTR)
        ;
    remove_start_file(f);
    _exit(0);
}

static bool leave_sweeper(struct start_file *f)
{
    int ends[2];
    if (pipe(ends) != 0)
        return false;
    f->sweeper = fork();
    if (f->sweeper == 0)
        wait_and_sweep(f, ends[0]);
    close(ends[0]);
    f->alive = ends[1];
    fcntl(f->alive, F_SETFD, FD_CLOEXEC);
    return f->sweeper > 0;
}

static void sweep(struct start_file *f)
{
    if (f->alive >= 0)
        close(f->alive);
    if (f->sweeper > 0)
        waitpid(f->sweeper, NULL, 0);
    else
        remove_start_file(f);
}

/* Two forks, so that the browser is nobody's child here and no zombie stays. */
static void open_browser(const struct start_file *f)
{
    const pid_t pid = fork();
    if (pid > 0)
        waitpid(pid, NULL, 0);
    if (pid != 0)
        return;
    if (fork() == 0) {
        execlp("xdg-open", "xdg-open", f->path, (char *)NULL);
        _exit(127);
    }
    _exit(0);
}

static bool has_screen(void)
{
    const char *const x = getenv("DISPLAY"), *const wayland = getenv("WAYLAND_DISPLAY");
    return (x && *x) || (wayland && *wayland);
}

/* ---- the command ---------------------------------------------------------------------------- */

static void say_where(struct cli *c, const struct server *s, const struct start_file *f,
                      bool opened)
{
    if (c->json) {
        struct json j = cli_json(c, "server");
        json_key(&j, "port");
        json_int(&j, server_port(s));
        json_key(&j, "start");
        json_text(&j, str_of(server_start_url(s)));
        json_key(&j, "token");
        json_text(&j, str_of(server_token(s)));
        cli_json_end(c, &j);
        term_flush(&c->out);
        return;
    }
    term_addf(&c->out, "Stet is at http://127.0.0.1:%u/ for this machine only; Ctrl-C ends it.\n",
              (unsigned)server_port(s));
    if (opened)
        term_add(&c->out, STR("A browser opens it. If none does, open this file:\n"));
    else
        term_add(&c->out, STR("Open it once through this file, which holds the key to it:\n"));
    term_addf(&c->out, "  %s\n", f->path);
    term_flush(&c->out);
}

static enum status serve(struct cli *c, struct server *s, const char *import_root, struct err *e)
{
    struct start_file f = {.path = "", .alive = -1};
    if (!make_start_file(&f, server_start_url(s)) || !leave_sweeper(&f)) {
        const enum status st = fail(e, ERR_IO, "cannot make a private file in %s: %s",
                                    private_folder(), strerror(errno));
        sweep(&f);
        return st;
    }
    const bool open = !c->json && !cli_has(c, OPT_NO_BROWSER) && has_screen();
    if (open)
        open_browser(&f);
    say_where(c, s, &f, open);
    enum status st = confine_server(c, import_root, e);
    if (st == OK)
        st = server_run(s, is_stopped, NULL, e);
    sweep(&f);
    return st;
}

/* A mistyped name shall not wait for a browser; only who imports may begin with nothing. */
static enum status try_archive(struct cli *c, bool may_be_missing, struct err *e)
{
    struct archive *a = NULL;
    const enum status st = cli_open(c, &a, e);
    archive_close(a);
    if (st != ERR_MISSING || !may_be_missing)
        return st;
    *e = (struct err){0};
    return OK;
}

static enum status find_import_root(struct cli *c, char **out, struct err *e)
{
    const char *const folder = cli_value(c, OPT_IMPORT_FROM);
    struct stat info;
    if (!folder)
        return OK;
    if (stat(folder, &info) != 0 || !S_ISDIR(info.st_mode)) {
        fail(e, ERR_MISSING, "there is no folder %s to import from", folder);
        return fail_hint(e, "--import-from takes the folder in which the leaked files are");
    }
    *out = realpath(folder, NULL);
    return *out ? OK : fail(e, ERR_IO, "cannot find %s: %s", folder, strerror(errno));
}

enum exit_status cmd_serve(struct cli *c)
{
    struct err e = {0};
    struct server *s = NULL;
    char *import_root = NULL;
    int64_t port = 0;
    struct server_options o = {.archive_path = cli_archive_path(c), .version = STET_VERSION};
    listen_to_signals();
    enum status st = cli_number(c, OPT_PORT, PORT_MAX, &port, &e);
    if (st == OK && cli_has(c, OPT_NOW))
        st = cli_now(c, &o.now_wall_ms, &e);
    if (st == OK)
        st = find_import_root(c, &import_root, &e);
    if (st == OK)
        st = try_archive(c, import_root != NULL, &e);
    o.port = (uint16_t)port;
    o.import_root = import_root;
    if (st == OK)
        st = server_open(&s, &o, &e);
    if (st == OK)
        st = serve(c, s, import_root, &e);
    server_close(s);
    free(import_root);
    return st == OK ? EXIT_DONE : cli_fail(c, &e);
}
