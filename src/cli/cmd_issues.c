/* stet issues: what could not be read or kept as it was, where it stands, what to do. */
#include "cli.h"
#include "words.h"

static const char *severity_name(enum issue_severity severity)
{
    switch (severity) {
    case ISSUE_NOTE: return "note";
    case ISSUE_WARN: return "warning";
    case ISSUE_ERROR: return "error";
    }
    return "";
}

static void print_issue(struct cli *c, const struct issue_row *i)
{
    struct arena *const a = &c->arena;
    term_style(&c->out, i->severity == ISSUE_NOTE ? STYLE_SOFT : STYLE_WARN);
    term_addf(&c->out, "%-8s", severity_name(i->severity));
    term_style(&c->out, STYLE_PLAIN);
    term_safe(&c->out, i->source_name);
    if (i->locus.member.n) {
        term_add(&c->out, STR(": "));
        term_safe(&c->out, i->locus.member);
    }
    term_addf(&c->out, ", byte " STR_FMT, STR_ARG(number_text(a, i->locus.at)));
    if (i->locus.length)
        term_addf(&c->out, ", " STR_FMT,
                  STR_ARG(count_text(a, i->locus.length, "byte long", "bytes long")));
    if (i->locus.line)
        term_addf(&c->out, ", line " STR_FMT, STR_ARG(number_text(a, i->locus.line)));
    term_add(&c->out, STR("\n        "));
    term_safe(&c->out, i->what);
    term_add(&c->out, STR("  "));
    term_style(&c->out, STYLE_SOFT);
    term_safe(&c->out, i->code);
    term_style(&c->out, STYLE_PLAIN);
    term_add(&c->out, STR("\n"));
    if (!i->way_out.n)
        return;
    term_add(&c->out, STR("        "));
    term_safe(&c->out, i->way_out);
    term_add(&c->out, STR("\n"));
}

static void print_json(struct cli *c, const struct issue_row *i)
{
    struct json j = cli_json(c, "issue");
    answer_issue(&j, i);
    cli_json_end(c, &j);
}

/* Having no issues is good news, so the exit status is 0 either way. */
enum exit_status cmd_issues(struct cli *c)
{
    struct err e = {0};
    struct archive *a = NULL;
    struct issue_row *rows = NULL;
    size_t count = 0;
    enum status st = cli_open(c, &a, &e);
    if (st == OK)
        st = archive_issues(a, &c->arena, &rows, &count, &e);
    archive_close(a);
    if (st != OK)
        return cli_fail(c, &e);
    for (size_t i = 0; i < count; i++) {
        if (c->json)
            print_json(c, &rows[i]);
        else
            print_issue(c, &rows[i]);
    }
    if (!c->json && !c->quiet)
        term_addf(&c->out, STR_FMT "\n",
                  STR_ARG(count ? count_text(&c->arena, count, "issue", "issues")
                                : STR("No issues: everything in the sources could be read.")));
    return EXIT_DONE;
}
