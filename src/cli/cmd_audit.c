/* stet audit: are the sources still what they were, and does the archive say what they say? */
#include "cli.h"
#include "intake.h"
#include "words.h"

#include <time.h>

static bool is_clean(enum audit_level level, const struct audit_report *r)
{
    switch (level) {
    case AUDIT_QUICK: return !r->finding_count && r->index_agrees;
    case AUDIT_SOURCES: return !r->finding_count && !r->sources_unread;
    case AUDIT_SAMPLE: return !r->finding_count && r->sampled;
    case AUDIT_ALL: break;
    }
    return !r->finding_count && !r->sources_unread && r->index_agrees && r->proved == r->messages &&
           r->witnesses_proved == r->witnesses;
}

static void print_findings(struct cli *c, const struct audit_report *r)
{
    const uint64_t shown =
        r->finding_count < AUDIT_FINDINGS_MAX ? r->finding_count : AUDIT_FINDINGS_MAX;
    for (uint64_t i = 0; i < shown; i++) {
        const struct audit_finding *const f = &r->findings[i];
        term_style(&c->out, STYLE_WARN);
        term_add(&c->out, STR("!"));
        term_style(&c->out, STYLE_PLAIN);
        term_add(&c->out, STR(" "));
        term_safe(&c->out, f->what);
        term_add(&c->out, STR("\n"));
    }
    if (r->finding_count > shown)
        term_addf(&c->out, "... and " STR_FMT " more\n",
                  STR_ARG(number_text(&c->arena, r->finding_count - shown)));
}

/* What a narrower level looked at; its findings stand above. */
static void print_narrow(struct cli *c, enum audit_level level, const struct audit_report *r,
                         double seconds)
{
    struct arena *const a = &c->arena;
    if (level == AUDIT_QUICK)
        term_addf(&c->out, STR_FMT ", tables, index and log %s. No source was read. ",
                  STR_ARG(count_text(a, r->messages, "record", "records")),
                  is_clean(level, r) ? "agree with each other"
                                     : (r->index_checked ? "do not all agree"
                                                         : "were looked at, the index was not"));
    else if (level == AUDIT_SOURCES)
        term_addf(&c->out,
                  STR_FMT " of " STR_FMT " read and hashed; what they say was not compared. ",
                  STR_ARG(number_text(a, r->sources - r->sources_unread)),
                  STR_ARG(count_text(a, r->sources, "source", "sources")));
    else
        term_addf(&c->out,
                  STR_FMT " of " STR_FMT " chosen by chance: the bytes of " STR_FMT
                          " are those that were imported. ",
                  STR_ARG(number_text(a, r->sampled + r->inside)),
                  STR_ARG(count_text(a, r->messages, "record", "records")),
                  STR_ARG(number_text(a, r->sampled_same)));
    if (r->inside)
        term_addf(&c->out, STR_FMT " inside archive files or from standard input not looked for. ",
                  STR_ARG(number_text(a, r->inside)));
    term_addf(&c->out, "%.1f s\n", seconds);
}

static void print_custody(struct cli *c, const struct audit_report *r)
{
    char hex[SHA256_HEX];
    const struct custody_verdict *const v = &r->custody;
    if (!r->custody_checked)
        return;
    if (!v->what.n && v->entries)
        term_addf(&c->out, "Log: " STR_FMT ", unbroken.",
                  STR_ARG(count_text(&c->arena, v->entries, "entry", "entries")));
    if (v->unlogged_messages)
        term_addf(&c->out, " " STR_FMT " came without an entry.",
                  STR_ARG(count_text(&c->arena, v->unlogged_messages, "record", "records")));
    term_addf(&c->out, "%sRoot: %s\n", v->what.n || !v->entries ? "" : " ",
              sha256_hex(hex, &v->now.root));
}

static void print_report(struct cli *c, enum audit_level level, const struct audit_report *r,
                         double seconds)
{
    struct arena *const a = &c->arena;
    print_findings(c, r);
    if (c->quiet)
        return;
    if (level != AUDIT_ALL) {
        print_narrow(c, level, r, seconds);
        return;
    }
    if (is_clean(level, r)) {
        term_addf(&c->out,
                  STR_FMT " re-read from " STR_FMT
                          ": every text, time, sender and hash agrees. Index: agrees. %.1f s\n",
                  STR_ARG(count_text(a, r->messages, "record", "records")),
                  STR_ARG(count_text(a, r->sources, "source", "sources")), seconds);
        return;
    }
    term_addf(&c->out, STR_FMT " of " STR_FMT " proved again from " STR_FMT,
              STR_ARG(number_text(a, r->proved)),
              STR_ARG(count_text(a, r->messages, "record", "records")),
              STR_ARG(count_text(a, r->sources - r->sources_unread, "source", "sources")));
    if (r->sources_unread)
        term_addf(&c->out, ", " STR_FMT " could not be read again",
                  STR_ARG(count_text(a, r->sources_unread, "source", "sources")));
    term_addf(&c->out, ". " STR_FMT ". Index: %s. %.1f s\n",
              STR_ARG(count_text(a, r->finding_count, "finding", "findings")),
              r->index_agrees ? "agrees" : "does not agree", seconds);
}

static void json_custody(struct json *j, const struct audit_report *r)
{
    char hex[SHA256_HEX];
    if (!r->custody_checked)
        return;
    json_key(j, "log_entries");
    json_int(j, (int64_t)r->custody.entries);
    json_key(j, "log_agrees");
    json_bool(j, !r->custody.what.n);
    json_key(j, "unlogged_messages");
    json_int(j, (int64_t)r->custody.unlogged_messages);
    json_key(j, "root");
    json_text(j, str_of(sha256_hex(hex, &r->custody.now.root)));
}

static void json_report(struct cli *c, enum audit_level level, const struct audit_report *r)
{
    static const char *const levels[] = {"all", "quick", "sources", "sample"};
    const uint64_t shown =
        r->finding_count < AUDIT_FINDINGS_MAX ? r->finding_count : AUDIT_FINDINGS_MAX;
    for (uint64_t i = 0; i < shown; i++) {
        struct json j = cli_json(c, "finding");
        json_key(&j, "id");
        json_int(&j, r->findings[i].row);
        json_key(&j, "source_id");
        json_int(&j, r->findings[i].source_id);
        json_key(&j, "what");
        json_text(&j, r->findings[i].what);
        cli_json_end(c, &j);
    }
    const struct {
        const char *key;
        uint64_t value;
    } numbers[] = {
        {"messages", r->messages},         {"proved", r->proved},
        {"sources", r->sources},           {"sources_unread", r->sources_unread},
        {"witnesses", r->witnesses},       {"witnesses_proved", r->witnesses_proved},
        {"findings", r->finding_count},    {"sampled", r->sampled},
        {"sampled_same", r->sampled_same},
    };
    struct json j = cli_json(c, "audit");
    json_key(&j, "agrees");
    json_bool(&j, is_clean(level, r));
    json_key(&j, "level");
    json_text(&j, str_of(levels[level]));
    if (r->index_checked) {
        json_key(&j, "index_agrees");
        json_bool(&j, r->index_agrees);
    }
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        json_key(&j, numbers[i].key);
        json_int(&j, (int64_t)numbers[i].value);
    }
    json_custody(&j, r);
    cli_json_end(c, &j);
}

static enum status read_level(struct cli *c, struct audit_options *o, struct err *e)
{
    const int given = cli_has(c, OPT_QUICK) + cli_has(c, OPT_SOURCES) + cli_has(c, OPT_SAMPLE);
    int64_t sample = 0;
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    *o = (struct audit_options){.level = AUDIT_ALL,
                                .seed = (uint64_t)now.tv_sec * 1000003u + (uint64_t)now.tv_nsec};
    if (given > 1)
        return fail(e, ERR_QUERY, "one of --quick, --sources and --sample, not several");
    if (cli_has(c, OPT_QUICK))
        o->level = AUDIT_QUICK;
    if (cli_has(c, OPT_SOURCES))
        o->level = AUDIT_SOURCES;
    if (!cli_has(c, OPT_SAMPLE))
        return OK;
    o->level = AUDIT_SAMPLE;
    const enum status st = cli_number(c, OPT_SAMPLE, INT32_MAX, &sample, e);
    o->sample = (uint64_t)sample;
    if (st == OK && !sample)
        return fail(e, ERR_QUERY, "a sample has at least one message");
    return st;
}

enum exit_status cmd_audit(struct cli *c)
{
    struct audit_options o;
    struct err e = {0};
    struct audit_report r;
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    if (read_level(c, &o, &e) != OK ||
        audit_run_level(cli_archive_path(c), &o, &c->arena, &r, &e) != OK)
        return cli_fail(c, &e);
    clock_gettime(CLOCK_MONOTONIC, &to);
    const double seconds =
        (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
    if (c->json)
        json_report(c, o.level, &r);
    else
        print_report(c, o.level, &r, seconds);
    if (!c->json && !c->quiet)
        print_custody(c, &r);
    return is_clean(o.level, &r) ? EXIT_DONE : EXIT_NOTHING;
}
