/* stet audit: are the sources still what they were, and does the archive say what they say? */
#include "cli.h"
#include "intake.h"
#include "words.h"

#include <time.h>

static bool is_clean(const struct audit_report *r)
{
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

static void print_report(struct cli *c, const struct audit_report *r, double seconds)
{
    struct arena *const a = &c->arena;
    print_findings(c, r);
    if (c->quiet)
        return;
    if (is_clean(r)) {
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

static void json_report(struct cli *c, const struct audit_report *r)
{
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
        {"messages", r->messages},      {"proved", r->proved},
        {"sources", r->sources},        {"sources_unread", r->sources_unread},
        {"witnesses", r->witnesses},    {"witnesses_proved", r->witnesses_proved},
        {"findings", r->finding_count},
    };
    struct json j = cli_json(c, "audit");
    json_key(&j, "agrees");
    json_bool(&j, is_clean(r));
    json_key(&j, "index_agrees");
    json_bool(&j, r->index_agrees);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        json_key(&j, numbers[i].key);
        json_int(&j, (int64_t)numbers[i].value);
    }
    cli_json_end(c, &j);
}

enum exit_status cmd_audit(struct cli *c)
{
    struct err e = {0};
    struct audit_report r;
    struct timespec from, to;
    clock_gettime(CLOCK_MONOTONIC, &from);
    if (audit_run(cli_archive_path(c), &c->arena, &r, &e) != OK)
        return cli_fail(c, &e);
    clock_gettime(CLOCK_MONOTONIC, &to);
    const double seconds =
        (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
    if (c->json)
        json_report(c, &r);
    else
        print_report(c, &r, seconds);
    return is_clean(&r) ? EXIT_DONE : EXIT_NOTHING;
}
