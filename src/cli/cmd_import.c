/*
 * stet import: reads the options, runs the intake, and lets import_report.c say what came of it.
 */
#include "cli.h"
#include "import_report.h"
#include "intake.h"
#include "progress_bar.h"
#include "walk.h"

#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- stopping ------------------------------------------------------------------------------- */

/* The only variable that outlives a function: a signal handler can reach nothing else. */
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
    /* The second Ctrl-C ends us at once: SQLite undoes the transaction when it opens next. */
    struct sigaction action = {.sa_handler = ask_stop, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaction(signals[i], &action, NULL);
    /* An import goes on when nobody reads what it prints. */
    signal(SIGPIPE, SIG_IGN);
}

/* ---- what comes ----------------------------------------------------------------------------- */

struct import_state {
    struct import_report_state report;
    struct progress_bar bar;
};

static void on_progress(void *context, const struct intake_progress *p)
{
    struct import_state *const s = context;
    progress_bar_show(&s->bar, s->report.c, p);
}

static void on_line(void *context, const struct intake_line *l)
{
    struct import_state *const s = context;
    progress_bar_clear(&s->bar, s->report.c);
    import_report_line(&s->report, l);
    if (s->report.c->out.tty)
        term_flush(&s->report.c->out);
}

/* ---- options -------------------------------------------------------------------------------- */

/* "PATH=ZONE" states the zone of one path; no name of a zone has an equals sign. */
static void read_zones(struct cli *c, struct intake_options *o)
{
    struct intake_zone *const zones = arena_array(&c->arena, OPTS_GIVEN_MAX, sizeof *zones);
    const char *value;
    for (size_t i = 0; (value = opts_nth(&c->opts, OPT_TZ, i)) != NULL; i++) {
        const char *const equals = strrchr(value, '=');
        if (!equals) {
            o->zone_name = str_of(value);
            continue;
        }
        zones[o->zone_count++] = (struct intake_zone){
            .path = arena_cstr(&c->arena, (str){value, (size_t)(equals - value)}),
            .zone_name = str_of(equals + 1),
        };
    }
    o->zones = zones;
}

/* As it will be found again, from wherever the archive is audited. */
static enum status names_path(struct cli *c, const char **out, struct err *e)
{
    const char *const given = cli_value(c, OPT_NAMES);
    *out = NULL;
    if (!given)
        return OK;
    if (access(given, F_OK) != 0)
        return fail(e, ERR_MISSING, "cannot open %.200s: no such file", given);
    *out = walk_real_path(given, &c->arena);
    return OK;
}

static enum status read_options(struct cli *c, struct intake_options *o, struct err *e)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *o = (struct intake_options){
        .format = str_of(cli_value(c, OPT_FORMAT)),
        .date_order = str_of(cli_value(c, OPT_DATE_ORDER)),
        .owner = str_of(cli_value(c, OPT_OWNER)),
        .map = str_of(cli_value(c, OPT_MAP)),
        .now_ms = (int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000,
        .progress = on_progress,
        .line = on_line,
        .stop = is_stopped,
    };
    read_zones(c, o);
    return names_path(c, &o->names_path, e);
}

/* ---- the command ---------------------------------------------------------------------------- */

static enum exit_status say_stopped(struct cli *c, const struct intake_total *total)
{
    term_add(&c->diag, total->stored
                           ? STR("stopped: the sources listed above are in the archive, the "
                                 "one being read is not\n")
                           : STR("stopped: the archive is as it was\n"));
    return EXIT_WRONG;
}

static enum exit_status status_of(const struct intake_total *t)
{
    if (t->stored || t->known)
        return t->failed ? EXIT_NOTHING : EXIT_DONE;
    return EXIT_WRONG;
}

enum exit_status cmd_import(struct cli *c)
{
    struct err e = {0};
    struct import_state s = {.report = {.c = c}, .bar = progress_bar_new(c)};
    struct intake_total *const total = arena_alloc(&c->arena, sizeof *total);
    struct intake_options o;
    enum status st = read_options(c, &o, &e);
    o.context = &s;
    listen_to_signals();
    if (st == OK)
        st = intake_run(cli_archive_path(c), (const char *const *)c->opts.args,
                        (size_t)c->opts.arg_count, &o, total, &e);
    progress_bar_clear(&s.bar, c);
    import_report_flush(&s.report);
    if (st == ERR_STOPPED)
        return say_stopped(c, total);
    if (st == OK && c->json)
        import_report_json_total(c, total);
    else if (st == OK && !c->quiet)
        st = import_report_total(&s.report, total, &e);
    return st == OK ? status_of(total) : cli_fail(c, &e);
}
