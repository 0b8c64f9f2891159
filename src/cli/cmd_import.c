/*
 * stet import: one line for each source as it is done, then what all of them add up to: the
 * independent count, what was assumed, what could not be read, the archive as it is now.
 */
#include "cli.h"
#include "intake.h"
#include "print_facts.h"
#include "progress_bar.h"
#include "width.h"
#include "words.h"

#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <time.h>

enum { NAME_COLUMNS = 22, FORMAT_COLUMNS = 14 };

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

/* ---- a line for each source ----------------------------------------------------------------- */

struct import_state {
    struct cli *c;
    struct progress_bar bar;
    str assumed;          /* the first source whose zone was assumed */
    size_t assumed_count; /* how many there are */
    size_t lines;
};

static void on_progress(void *context, const struct intake_progress *p)
{
    struct import_state *const s = context;
    progress_bar_show(&s->bar, s->c, p);
}

static void add_padded(struct term *t, str foreign, int columns)
{
    struct buf b = buf_new(BUF_LINE_MAX);
    term_escape(&b, foreign);
    term_safe(t, foreign);
    const int room = columns - text_width(buf_str(&b));
    term_pad(t, room > 0 ? room + 2 : 2);
    buf_free(&b);
}

static void print_stored(struct cli *c, const struct intake_line *l)
{
    struct arena *const a = &c->arena;
    struct term *const t = &c->out;
    const struct import_report *const r = &l->report;
    add_padded(t, str_of(l->format ? l->format->name : "?"), FORMAT_COLUMNS);
    term_addf(t, "%9s %-8s  %5s %-6s  %4s %-6s  %.2f s\n", number_text(a, r->messages).p,
              r->messages == 1 ? "message" : "messages", number_text(a, r->events).p,
              r->events == 1 ? "event" : "events", number_text(a, r->issues).p,
              r->issues == 1 ? "issue" : "issues", l->seconds);
    if (!l->result.duplicates)
        return;
    term_pad(t, NAME_COLUMNS + 2);
    term_addf(t, STR_FMT " of them %s already here: one witness more for each\n",
              STR_ARG(number_text(a, l->result.duplicates)),
              l->result.duplicates == 1 ? "is" : "are");
}

static void print_failed(struct cli *c, const struct intake_line *l)
{
    term_style(&c->out, STYLE_WARN);
    term_add(&c->out, STR("not imported"));
    term_style(&c->out, STYLE_PLAIN);
    term_add(&c->out, STR(": "));
    term_safe(&c->out, str_of(l->error.msg));
    term_add(&c->out, STR("\n"));
    if (!l->error.hint[0])
        return;
    term_pad(&c->out, NAME_COLUMNS + 2);
    term_safe(&c->out, str_of(l->error.hint));
    term_add(&c->out, STR("\n"));
}

static void print_source(struct cli *c, const struct intake_line *l)
{
    if (c->quiet && l->state != INTAKE_FAILED)
        return;
    add_padded(&c->out, l->name, NAME_COLUMNS);
    switch (l->state) {
    case INTAKE_STORED: print_stored(c, l); break;
    case INTAKE_KNOWN:
        term_add(&c->out, STR("these very bytes are in the archive already: nothing changed\n"));
        break;
    case INTAKE_SKIPPED: term_add(&c->out, STR("skipped: no format that Stet knows\n")); break;
    case INTAKE_FAILED: print_failed(c, l); break;
    }
}

static const char *state_name(enum intake_state state)
{
    switch (state) {
    case INTAKE_STORED: return "stored";
    case INTAKE_KNOWN: return "known";
    case INTAKE_SKIPPED: return "skipped";
    case INTAKE_FAILED: return "failed";
    }
    return "";
}

static void json_source(struct cli *c, const struct intake_line *l)
{
    const struct {
        const char *key;
        uint64_t value;
    } numbers[] = {
        {"messages", l->report.messages},     {"events", l->report.events},
        {"issues", l->report.issues},         {"counted", l->report.counted},
        {"duplicates", l->result.duplicates}, {"bytes", l->report.bytes},
    };
    struct json j = cli_json(c, "source");
    json_key(&j, "name");
    json_text(&j, l->name);
    json_key(&j, "state");
    json_text(&j, str_of(state_name(l->state)));
    json_key(&j, "format");
    if (l->format)
        json_text(&j, str_of(l->format->name));
    else
        json_null(&j);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        json_key(&j, numbers[i].key);
        json_int(&j, (int64_t)numbers[i].value);
    }
    json_key(&j, "basis");
    json_text(&j, str_of(time_basis_name(l->basis)));
    json_key(&j, "error");
    json_text(&j, str_of(l->error.msg));
    cli_json_end(c, &j);
}

static void on_line(void *context, const struct intake_line *l)
{
    struct import_state *const s = context;
    progress_bar_clear(&s->bar, s->c);
    if (l->state == INTAKE_STORED && l->basis == BASIS_ASSUMED && !s->assumed_count++)
        s->assumed = arena_dup(&s->c->arena, l->name);
    s->lines++;
    if (s->c->json)
        json_source(s->c, l);
    else
        print_source(s->c, l);
    if (s->c->out.tty)
        term_flush(&s->c->out);
}

/* ---- what it adds up to --------------------------------------------------------------------- */

static void print_accounts(struct cli *c, const struct intake_total *t)
{
    struct arena *const a = &c->arena;
    term_addf(&c->out, STR_FMT " found by an independent count, " STR_FMT " accounted for.",
              STR_ARG(count_text(a, t->counted, "record", "records")),
              STR_ARG(number_text(a, t->counted)));
    term_add(&c->out, STR(" Every byte explained.\n"));
}

static void print_warning(struct cli *c, str text)
{
    term_style(&c->out, STYLE_WARN);
    term_add(&c->out, STR("!"));
    term_style(&c->out, STYLE_PLAIN);
    term_add(&c->out, STR(" "));
    term_safe(&c->out, text);
    term_add(&c->out, STR("\n"));
}

static void print_assumed(struct cli *c, const struct import_state *s)
{
    struct arena *const a = &c->arena;
    str who = s->assumed;
    if (s->assumed_count > 1)
        who = arena_printf(a, STR_FMT " and %zu more", STR_ARG(who), s->assumed_count - 1);
    print_warning(c, arena_printf(a,
                                  STR_FMT " %s no time zone: times are kept as shown and read as "
                                          "UTC (assumed).",
                                  STR_ARG(who), s->assumed_count > 1 ? "state" : "states"));
    term_add(&c->out, STR("  If you know the zone, import into a new archive with --tz ZONE.\n"));
}

static enum status print_archive(struct cli *c, struct err *e)
{
    struct archive *a = NULL;
    struct archive_facts f;
    enum status st = cli_open(c, &a, e);
    if (st == OK)
        st = archive_facts(a, &c->arena, &f, e);
    if (st == OK)
        print_facts_line(c, &f);
    archive_close(a);
    return st;
}

static enum status print_total(struct cli *c, const struct import_state *s,
                               const struct intake_total *t, struct err *e)
{
    /* A source is only stored when its count agrees and its bytes are explained (importer_read). */
    if (t->stored)
        print_accounts(c, t);
    if (s->assumed_count)
        print_assumed(c, s);
    if (t->issues)
        print_warning(c, arena_printf(&c->arena, STR_FMT ": stet issues",
                                      STR_ARG(count_text(&c->arena, t->issues, "issue to look at",
                                                         "issues to look at"))));
    if (t->failed)
        print_warning(c, arena_printf(&c->arena, STR_FMT " not imported",
                                      STR_ARG(count_text(&c->arena, t->failed, "source was",
                                                         "sources were"))));
    if (!t->stored && !t->known)
        return OK;
    return print_archive(c, e);
}

static void json_total(struct cli *c, const struct intake_total *t)
{
    const struct {
        const char *key;
        uint64_t value;
    } numbers[] = {
        {"stored", t->stored},         {"known", t->known},       {"skipped", t->skipped},
        {"failed", t->failed},         {"messages", t->messages}, {"events", t->events},
        {"duplicates", t->duplicates}, {"issues", t->issues},     {"counted", t->counted},
    };
    struct json j = cli_json(c, "total");
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        json_key(&j, numbers[i].key);
        json_int(&j, (int64_t)numbers[i].value);
    }
    cli_json_end(c, &j);
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
    struct import_state s = {.c = c, .bar = progress_bar_new(c)};
    struct intake_total total = {0};
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    const struct intake_options o = {
        .format = str_of(cli_value(c, OPT_FORMAT)),
        .zone_name = str_of(cli_value(c, OPT_TZ)),
        .now_ms = (int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000,
        .progress = on_progress,
        .line = on_line,
        .context = &s,
        .stop = is_stopped,
    };
    listen_to_signals();
    enum status st = intake_run(cli_archive_path(c), (const char *const *)c->opts.args,
                                (size_t)c->opts.arg_count, &o, &total, &e);
    progress_bar_clear(&s.bar, c);
    if (st == ERR_STOPPED) {
        term_add(&c->diag, total.stored
                               ? STR("stopped: the sources listed above are in the archive, the "
                                     "one being read is not\n")
                               : STR("stopped: the archive is as it was\n"));
        return EXIT_WRONG;
    }
    if (st == OK && c->json)
        json_total(c, &total);
    else if (st == OK && !c->quiet)
        st = print_total(c, &s, &total, &e);
    return st == OK ? status_of(&total) : cli_fail(c, &e);
}
