/* stet doctor: what protects messages and their reader on this machine, and what does not. */
#include "doctor.h"
#include "zone.h"

#include <assert.h>

enum { FINDING_COLUMNS = 8, NAME_COLUMNS = 14 };

void checkup_add(struct checkup *k, struct check check)
{
    assert(k->count < CHECKS_MAX);
    k->checks[k->count++] = check;
}

static void look_at_zones(struct checkup *k)
{
    struct err e = {0};
    struct zone *zone = NULL;
    struct check check = {"time zones", FINDING_GOOD, STR("the database is installed"), STR("")};
    if (zone_open(&zone, STR("Europe/London"), &e) != OK) {
        check.finding = FINDING_BAD;
        check.says = STR("there is no database of time zones: dates cannot be converted");
        check.hint = STR("install the package tzdata");
    }
    checkup_add(k, check);
    zone_close(zone);
}

/* ---- printing ------------------------------------------------------------------------------- */

static const char *finding_name(enum finding finding)
{
    switch (finding) {
    case FINDING_GOOD: return "good";
    case FINDING_ADVICE: return "advice";
    case FINDING_UNKNOWN: return "unknown";
    case FINDING_BAD: return "missing";
    }
    return "";
}

static enum style finding_style(enum finding finding)
{
    switch (finding) {
    case FINDING_GOOD: return STYLE_PLAIN;
    case FINDING_ADVICE: return STYLE_STRONG;
    case FINDING_UNKNOWN: return STYLE_SOFT;
    case FINDING_BAD: return STYLE_WARN;
    }
    return STYLE_PLAIN;
}

static void print_check(struct cli *c, const struct check *check)
{
    term_style(&c->out, finding_style(check->finding));
    term_addf(&c->out, "%-*s", FINDING_COLUMNS, finding_name(check->finding));
    term_style(&c->out, STYLE_PLAIN);
    term_addf(&c->out, "%-*s", NAME_COLUMNS, check->name);
    term_safe(&c->out, check->says);
    term_add(&c->out, STR("\n"));
    if (!check->hint.n)
        return;
    term_pad(&c->out, FINDING_COLUMNS + NAME_COLUMNS);
    term_safe(&c->out, check->hint);
    term_add(&c->out, STR("\n"));
}

static void json_check(struct cli *c, const struct check *check)
{
    struct json j = cli_json(c, "check");
    json_key(&j, "name");
    json_text(&j, str_of(check->name));
    json_key(&j, "finding");
    json_text(&j, str_of(finding_name(check->finding)));
    json_key(&j, "says");
    json_text(&j, check->says);
    json_key(&j, "hint");
    json_text(&j, check->hint);
    cli_json_end(c, &j);
}

static void print_end(struct cli *c, size_t bad)
{
    if (c->json) {
        struct json j = cli_json(c, "doctor");
        json_key(&j, "missing");
        json_int(&j, (int64_t)bad);
        cli_json_end(c, &j);
    } else if (!c->quiet && bad) {
        term_addf(&c->out, "%zu of these matter%s and %s missing.\n", bad, bad == 1 ? "s" : "",
                  bad == 1 ? "is" : "are");
    } else if (!c->quiet) {
        term_add(&c->out, STR("Nothing that matters is missing. What parsers of foreign files can "
                              "still do: SECURITY.md.\n"));
    }
}

enum exit_status cmd_doctor(struct cli *c)
{
    struct checkup k = {.c = c};
    look_at_process(&k);
    look_at_archive(&k);
    look_at_swap(&k);
    look_at_zones(&k);
    look_at_libraries(&k);
    size_t bad = 0;
    for (size_t i = 0; i < k.count; i++) {
        const struct check *const check = &k.checks[i];
        bad += check->finding == FINDING_BAD;
        if (c->json)
            json_check(c, check);
        else if (!c->quiet || check->finding == FINDING_BAD)
            print_check(c, check);
    }
    print_end(c, bad);
    return bad ? EXIT_NOTHING : EXIT_DONE;
}
