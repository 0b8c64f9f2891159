/* Folders with more files than fit on a screen get one line; what failed in them is named. */
#include "import_report.h"

#include "custody.h"
#include "print_facts.h"
#include "width.h"
#include "words.h"

enum {
    NAME_COLUMNS = 22,
    FORMAT_COLUMNS = 14,
    FILES_LISTED = 30,  /* of one folder; with more they are added up */
    FAILURES_NAMED = 20 /* of one folder */
};

/* ---- a line for each file ------------------------------------------------------------------- */

static void add_padded(struct term *t, str foreign, int columns)
{
    struct buf b = buf_new(BUF_LINE_MAX);
    term_escape(&b, foreign);
    term_safe(t, foreign);
    const int room = columns - text_width(buf_str(&b));
    term_pad(t, room > 0 ? room + 2 : 2);
    buf_free(&b);
}

struct numbers {
    const char *format;
    uint64_t messages, events, issues, duplicates;
    double seconds;
};

static void print_numbers(struct cli *c, const struct numbers *n)
{
    struct arena *const a = &c->arena;
    struct term *const t = &c->out;
    add_padded(t, str_of(n->format), FORMAT_COLUMNS);
    term_addf(t, "%9s %-8s  %5s %-6s  %4s %-6s  %.2f s\n", number_text(a, n->messages).p,
              n->messages == 1 ? "message" : "messages", number_text(a, n->events).p,
              n->events == 1 ? "event" : "events", number_text(a, n->issues).p,
              n->issues == 1 ? "issue" : "issues", n->seconds);
    if (!n->duplicates)
        return;
    term_pad(t, NAME_COLUMNS + 2);
    term_addf(t, STR_FMT " of them %s already here: one witness more for each\n",
              STR_ARG(number_text(a, n->duplicates)), n->duplicates == 1 ? "is" : "are");
}

static void print_stored(struct cli *c, const struct intake_line *l)
{
    const struct numbers n = {l->format ? l->format->name : "?",
                              l->report.messages,
                              l->report.events,
                              l->result.issues,
                              l->result.duplicates,
                              l->seconds};
    print_numbers(c, &n);
}

static void print_failed(struct cli *c, const struct intake_line *l)
{
    term_style(&c->out, STYLE_WARN);
    term_add(&c->out, STR("not imported"));
    term_style(&c->out, STYLE_PLAIN);
    term_add(&c->out, STR(": "));
    term_safe(&c->out, str_of(l->error ? l->error->msg : ""));
    term_add(&c->out, STR("\n"));
    if (!l->error || !l->error->hint[0])
        return;
    term_pad(&c->out, NAME_COLUMNS + 2);
    term_safe(&c->out, str_of(l->error->hint));
    term_add(&c->out, STR("\n"));
}

/* Links, devices and broken archives were never looked into: that is another thing than an unknown format. */
static void print_skipped(struct cli *c, const struct intake_line *l)
{
    const str why = str_of(l->error ? l->error->msg : "");
    const bool unknown = !why.n || str_ends(why, STR("no importer recognises it"));
    term_add(&c->out, STR("skipped: "));
    term_safe(&c->out, unknown ? STR("no format that Stet knows") : why);
    term_add(&c->out, STR("\n"));
}

static void print_line(struct cli *c, const struct intake_line *l)
{
    if (c->quiet && l->state != INTAKE_FAILED)
        return;
    add_padded(&c->out, l->name, NAME_COLUMNS);
    switch (l->state) {
    case INTAKE_STORED: print_stored(c, l); break;
    case INTAKE_KNOWN:
        term_add(&c->out, STR("these very bytes are in the archive already: nothing changed\n"));
        break;
    case INTAKE_COMPANION:
        term_addf(&c->out, "no messages itself: read along with those of %s\n",
                  l->format ? l->format->name : "its format");
        break;
    case INTAKE_SKIPPED: print_skipped(c, l); break;
    case INTAKE_FAILED: print_failed(c, l); break;
    }
}

/* ---- a line for many files ------------------------------------------------------------------ */

static void count_stored(struct import_group *g, const struct intake_line *l)
{
    g->stored++;
    g->report.messages += l->report.messages;
    g->report.events += l->report.events;
    g->issues += l->result.issues;
    g->duplicates += l->result.duplicates;
    if (!g->format)
        g->format = l->format;
    g->mixed = g->mixed || g->format != l->format;
}

static void count_line(struct import_group *g, const struct intake_line *l)
{
    g->files++;
    g->seconds += l->seconds;
    switch (l->state) {
    case INTAKE_STORED: count_stored(g, l); return;
    case INTAKE_KNOWN: g->known++; return;
    case INTAKE_COMPANION: g->companions++; return;
    case INTAKE_SKIPPED: g->skipped++; return;
    case INTAKE_FAILED: g->failed++; return;
    }
}

/* "  4,998 files, 2 known already, 1 not imported" */
static void print_files(struct cli *c, const struct import_group *g)
{
    const struct {
        size_t count;
        const char *says;
    } parts[] = {
        {g->known, "known already"},
        {g->companions, "read along"},
        {g->skipped, "skipped: no format that Stet knows"},
        {g->failed, "not imported"},
    };
    term_pad(&c->out, NAME_COLUMNS + 2);
    term_add(&c->out, count_text(&c->arena, g->files, "file", "files"));
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i].count)
            term_addf(&c->out, ", " STR_FMT " %s", STR_ARG(number_text(&c->arena, parts[i].count)),
                      parts[i].says);
    term_add(&c->out, STR("\n"));
}

void import_report_flush(struct import_report_state *s)
{
    struct import_group *const g = &s->group;
    struct cli *const c = s->c;
    const struct numbers n = {g->mixed    ? "several"
                              : g->format ? g->format->name
                                          : "?",
                              g->report.messages,
                              g->report.events,
                              g->issues,
                              g->duplicates,
                              g->seconds};
    if (!g->files)
        return;
    if (!c->quiet) {
        add_padded(&c->out, g->name, NAME_COLUMNS);
        print_numbers(c, &n);
        print_files(c, g);
    }
    *g = (struct import_group){.files = 0};
}

static void add_to_group(struct import_report_state *s, const struct intake_line *l)
{
    struct import_group *const g = &s->group;
    if (!g->files)
        g->name = arena_dup(&s->c->arena, l->bundle);
    count_line(g, l);
    if (l->state != INTAKE_FAILED)
        return;
    if (g->failed <= FAILURES_NAMED)
        print_line(s->c, l);
    else if (g->failed == FAILURES_NAMED + 1)
        term_add(&s->c->out, STR("... and more\n"));
}

/* ---- for programs --------------------------------------------------------------------------- */

static const char *state_name(enum intake_state state)
{
    switch (state) {
    case INTAKE_STORED: return "stored";
    case INTAKE_KNOWN: return "known";
    case INTAKE_COMPANION: return "companion";
    case INTAKE_SKIPPED: return "skipped";
    case INTAKE_FAILED: return "failed";
    }
    return "";
}

static void json_line(struct cli *c, const struct intake_line *l)
{
    const struct {
        const char *key;
        uint64_t value;
    } numbers[] = {
        {"messages", l->report.messages},     {"events", l->report.events},
        {"issues", l->result.issues},         {"counted", l->report.counted},
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
    json_text(&j, str_of(l->error ? l->error->msg : ""));
    cli_json_end(c, &j);
}

static const char *severity_name(enum issue_severity severity)
{
    switch (severity) {
    case ISSUE_NOTE: return "note";
    case ISSUE_WARN: return "warning";
    case ISSUE_ERROR: return "error";
    }
    return "";
}

static void json_kind(struct cli *c, const struct intake_kind *k)
{
    struct json j = cli_json(c, "issues");
    json_key(&j, "code");
    json_text(&j, str_of(k->code));
    json_key(&j, "severity");
    json_text(&j, str_of(severity_name(k->severity)));
    json_key(&j, "count");
    json_int(&j, (int64_t)k->count);
    json_key(&j, "what");
    json_text(&j, str_of(k->what));
    json_key(&j, "way_out");
    json_text(&j, str_of(k->way_out));
    cli_json_end(c, &j);
}

void import_report_json_total(struct cli *c, const struct intake_total *t)
{
    const struct {
        const char *key;
        uint64_t value;
    } numbers[] = {
        {"stored", t->stored},   {"known", t->known},           {"companions", t->companions},
        {"skipped", t->skipped}, {"failed", t->failed},         {"messages", t->messages},
        {"events", t->events},   {"duplicates", t->duplicates}, {"issues", t->issues},
        {"counted", t->counted},
    };
    for (size_t i = 0; i < t->kinds.count; i++)
        json_kind(c, &t->kinds.items[i]);
    struct json j = cli_json(c, "total");
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        json_key(&j, numbers[i].key);
        json_int(&j, (int64_t)numbers[i].value);
    }
    cli_json_end(c, &j);
}

void import_report_line(struct import_report_state *s, const struct intake_line *l)
{
    if (l->state == INTAKE_STORED && l->basis == BASIS_ASSUMED && !s->assumed_count++)
        s->assumed = arena_dup(&s->c->arena, l->name);
    if (s->c->json) {
        json_line(s->c, l);
        return;
    }
    if (s->group.files && !str_eq(s->group.name, l->bundle))
        import_report_flush(s);
    if (l->bundle_files > FILES_LISTED)
        add_to_group(s, l);
    else
        print_line(s->c, l);
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

static void print_assumed(struct cli *c, const struct import_report_state *s)
{
    struct arena *const a = &c->arena;
    str who = s->assumed;
    if (s->assumed_count > 1)
        who = arena_printf(a, STR_FMT " and %zu more", STR_ARG(who), s->assumed_count - 1);
    print_warning(c, arena_printf(a,
                                  STR_FMT " %s no time zone: times are kept as shown and read as "
                                          "UTC (assumed).",
                                  STR_ARG(who), s->assumed_count > 1 ? "state" : "states"));
    term_add(&c->out, STR("  If you know the zone, import into a new archive with --tz ZONE; stet "
                          "clock may find it.\n"));
}

/* "     12  badStamp  The stamp of a message cannot be read: ..." and the way out under it. */
static void print_kind(struct cli *c, const struct intake_kind *k)
{
    enum { NUMBER_COLUMNS = 9 };
    struct term *const t = &c->out;
    term_addf(t, "%*s  ", NUMBER_COLUMNS, number_text(&c->arena, k->count).p);
    term_style(t, k->severity == ISSUE_NOTE ? STYLE_SOFT : STYLE_WARN);
    term_addf(t, "%s", k->code);
    term_style(t, STYLE_PLAIN);
    term_add(t, k->count > 1 ? STR(", for example: ") : STR(": "));
    term_safe(t, str_of(k->what));
    term_add(t, STR("\n"));
    if (!k->way_out[0])
        return;
    term_pad(t, NUMBER_COLUMNS + 2);
    term_safe(t, str_of(k->way_out));
    term_add(t, STR("\n"));
}

static void print_issues(struct cli *c, const struct intake_total *t)
{
    print_warning(c, arena_printf(&c->arena, STR_FMT ": stet issues",
                                  STR_ARG(count_text(&c->arena, t->issues, "issue to look at",
                                                     "issues to look at"))));
    for (size_t i = 0; i < t->kinds.count; i++)
        print_kind(c, &t->kinds.items[i]);
}

static enum status print_archive(struct cli *c, struct err *e)
{
    struct archive *a = NULL;
    struct archive_facts f;
    struct custody_roots roots;
    char hex[SHA256_HEX];
    enum status st = cli_open(c, &a, e);
    if (st == OK)
        st = archive_facts(a, &c->arena, &f, e);
    if (st == OK)
        st = custody_roots(&roots, archive_store(a), e);
    if (st == OK) {
        print_facts_line(c, &f);
        term_addf(&c->out, "  root %s\n", sha256_hex(hex, &roots.root));
    }
    archive_close(a);
    return st;
}

enum status import_report_total(struct import_report_state *s, const struct intake_total *t,
                                struct err *e)
{
    struct cli *const c = s->c;
    /* A source is only stored when its count agrees and its bytes are explained (importer_read). */
    if (t->stored)
        print_accounts(c, t);
    if (s->assumed_count)
        print_assumed(c, s);
    if (t->issues)
        print_issues(c, t);
    if (t->failed)
        print_warning(c, arena_printf(&c->arena, STR_FMT " not imported",
                                      STR_ARG(count_text(&c->arena, t->failed, "source was",
                                                         "sources were"))));
    if (!t->stored && !t->known)
        return OK;
    return print_archive(c, e);
}
