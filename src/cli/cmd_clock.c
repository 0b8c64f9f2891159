/* stet clock: which zone the stamps keep, by what the messages themselves say; --apply notes it. */
#include "answers.h"
#include "cli.h"
#include "clock.h"
#include "rezone.h"
#include "table.h"
#include "words.h"

#include <inttypes.h>
#include <stdio.h>

enum { OTHERS_SHOWN = 3, ZONES_SHOWN = 12, NAMED_MAX = 256 };

/* ---- words ---------------------------------------------------------------------------------- */

static str duration_text(struct arena *a, int64_t ms)
{
    char text[CIVIL_TEXT];
    return arena_printf(a, "%s", civil_print_duration(text, ms < 0 ? 0 : ms));
}

/* "US Pacific (America/Los_Angeles, America/Vancouver and 4 more)" */
static str zone_words(struct arena *a, const struct clock_zone *z)
{
    struct buf b = buf_new(BUF_LINE_MAX);
    if (z->label.n)
        buf_addf(&b, STR_FMT " (", STR_ARG(z->label));
    buf_add(&b, z->name);
    const size_t shown = z->other_count <= OTHERS_SHOWN ? z->other_count : OTHERS_SHOWN - 1;
    for (size_t i = 0; i < shown; i++)
        buf_addf(&b, ", " STR_FMT, STR_ARG(z->others[i]));
    if (z->other_count > shown)
        buf_addf(&b, " and %zu more", z->other_count - shown);
    if (z->label.n)
        buf_add_byte(&b, ')');
    const str text = arena_dup(a, buf_str(&b));
    buf_free(&b);
    return text;
}

static str fate_words(struct arena *a, const struct clock_zone *z)
{
    switch (z->fate) {
    case CLOCK_FITS: return STR("fits");
    case CLOCK_SAME: return STR("reads every message here alike");
    case CLOCK_OPEN: return STR("cannot be ruled out");
    case CLOCK_LATE:
        return arena_printf(a, "too late: no link would be fresh (chance below 1 in 2^%" PRIu64 ")",
                            z->late);
    case CLOCK_CONTRADICTED:
        return arena_printf(a, "contradicted by " STR_FMT,
                            STR_ARG(count_text(a, z->contradictions, "message", "messages")));
    }
    return STR("");
}

static str offset_words(struct arena *a, int minutes)
{
    const int size = minutes < 0 ? -minutes : minutes;
    return arena_printf(a, "UTC%c%02d:%02d", minutes < 0 ? '-' : '+', size / 60, size % 60);
}

/* ---- the report ------------------------------------------------------------------------------ */

static void print_evidence(struct cli *c, const struct clock_report *r)
{
    struct arena *const a = &c->arena;
    term_addf(&c->out, STR_FMT " without a zone, from " STR_FMT " to " STR_FMT "\n",
              STR_ARG(count_text(a, r->naive, "message", "messages")),
              STR_ARG(stamp_text(a, r->first_wall_ms)), STR_ARG(stamp_text(a, r->last_wall_ms)));
    for (int i = 0; i < SIGN_COUNT; i++)
        if (r->signs[i])
            term_addf(&c->out, "%8s  %s\n", number_text(a, r->signs[i]).p,
                      clock_sign_name((enum clock_sign)i));
    if (r->aside)
        term_addf(&c->out,
                  "%8s  put aside: newer than any zone allows, first in message %" PRId64 "\n",
                  number_text(a, r->aside).p, r->aside_first.row);
}

static void print_zones(struct cli *c, const struct clock_report *r)
{
    struct arena *const a = &c->arena;
    struct table t = table_new(a, "lrl");
    const size_t shown = r->zone_count < ZONES_SHOWN ? r->zone_count : ZONES_SHOWN;
    table_add(&t, STR("zone"));
    table_add(&t, STR("freshest"));
    table_add(&t, STR(""));
    for (size_t i = 0; i < shown; i++) {
        const struct clock_zone *const z = &r->zones[i];
        table_add(&t, zone_words(a, z));
        table_add(&t, z->margin_ms == TIME_NONE ? STR("-") : duration_text(a, z->margin_ms));
        table_add(&t, fate_words(a, z));
    }
    term_add(&c->out, STR("\n"));
    table_print(&t, &c->out);
    if (r->zone_count > shown)
        term_addf(&c->out, "... and %zu more, all contradicted\n", r->zone_count - shown);
}

static void print_shifts(struct cli *c, const struct clock_report *r)
{
    struct arena *const a = &c->arena;
    char text[CIVIL_TEXT];
    for (size_t i = 0; i < r->shift_count; i++) {
        const struct clock_shift *const s = &r->shifts[i];
        civil_print(text, s->utc_ms + s->before_min * MS_PER_MINUTE);
        term_addf(&c->out, "  %s  clocks go %s, " STR_FMT " to " STR_FMT "\n", text,
                  s->after_min > s->before_min ? "forward" : "back",
                  STR_ARG(offset_words(a, s->before_min)), STR_ARG(offset_words(a, s->after_min)));
    }
    if (r->twice)
        term_addf(&c->out, "  " STR_FMT " in an hour that the clocks show twice\n",
                  STR_ARG(count_text(a, r->twice, "message", "messages")));
    if (r->skipped)
        term_addf(&c->out, "  " STR_FMT " in an hour that the clocks never show\n",
                  STR_ARG(count_text(a, r->skipped, "message", "messages")));
}

static str tightest_words(struct arena *a, const struct clock_zone *z)
{
    if (z->margin_ms < MS_PER_SECOND)
        return arena_printf(a, "message %" PRId64 " came in the second of what it links to",
                            z->tightest.row);
    return arena_printf(a, "message %" PRId64 " came " STR_FMT " after what it links to",
                        z->tightest.row, STR_ARG(duration_text(a, z->margin_ms)));
}

static void print_verdict(struct cli *c, const struct clock_report *r)
{
    struct arena *const a = &c->arena;
    const struct clock_zone *const z = r->zones;
    char utc[CIVIL_TEXT];
    term_add(&c->out, STR("\n"));
    switch (r->verdict) {
    case CLOCK_DECIDED:
        term_addf(&c->out,
                  "The stamps keep " STR_FMT ".\nOf " STR_FMT
                  " nothing contradicts it; the tightest: " STR_FMT
                  ".\nEvery other zone is contradicted, or would make every link stale.\n",
                  STR_ARG(zone_words(a, z)),
                  STR_ARG(count_text(a, r->evidence, "piece of evidence", "pieces of evidence")),
                  STR_ARG(tightest_words(a, z)));
        print_shifts(c, r);
        break;
    case CLOCK_SEVERAL:
        term_addf(&c->out,
                  "Several zones fit; the best is " STR_FMT ": " STR_FMT
                  ".\nThe evidence does not rule out the others.\n",
                  STR_ARG(zone_words(a, z)), STR_ARG(tightest_words(a, z)));
        break;
    case CLOCK_NONE:
        term_addf(
            &c->out,
            "No zone fits every message. The least is against " STR_FMT ":\n" STR_FMT " of " STR_FMT
            ", above all message %" PRId64 ", shown at " STR_FMT
            ", which links\nto what was made at %s. Sources may keep different clocks (stet clock "
            "--source NAME), or a stamp\nor a link was changed.\n",
            STR_ARG(zone_words(a, z)), STR_ARG(number_text(a, z->contradictions)),
            STR_ARG(count_text(a, r->evidence, "piece of evidence", "pieces of evidence")),
            z->worst.row, STR_ARG(stamp_text(a, z->worst.wall_ms)),
            utc_print(utc, z->worst.known_ms));
        break;
    case CLOCK_MIXED:
        term_add(&c->out,
                 STR("The sources keep different clocks. Look at each by itself, and apply "
                     "what is found to it:\nstet clock --source NAME\n"));
        break;
    case CLOCK_NO_EVIDENCE:
        term_add(&c->out, STR("Nothing in these messages tells which zone their stamps keep.\n"));
        break;
    case CLOCK_NOT_NEEDED:
        term_add(&c->out,
                 STR("Every time here comes with its zone, or none is known: there is nothing "
                     "to find out.\n"));
        break;
    }
}

static void print_report(struct cli *c, const struct clock_report *r)
{
    if (r->naive && !c->quiet)
        print_evidence(c, r);
    if (r->zone_count && !c->quiet && r->verdict != CLOCK_MIXED)
        print_zones(c, r);
    print_verdict(c, r);
    for (size_t i = 0; i < r->source_count && r->source_count > 1 && !c->quiet; i++) {
        const struct clock_source *const s = &r->sources[i];
        term_add(&c->out, STR("  "));
        term_safe(&c->out, s->name);
        term_addf(&c->out, ": " STR_FMT "%s", STR_ARG(s->own_zone), s->own_zone.n ? ", " : "");
        term_addf(
            &c->out, STR_FMT ", " STR_FMT "\n",
            STR_ARG(count_text(&c->arena, s->naive, "message", "messages")),
            STR_ARG(count_text(&c->arena, s->evidence, "piece of evidence", "pieces of evidence")));
    }
}

/* ---- JSON ------------------------------------------------------------------------------------ */

static void json_evidence(struct json *j, const char *key, const struct clock_evidence *x)
{
    char utc[CIVIL_TEXT];
    json_key(j, key);
    if (!x->row) {
        json_null(j);
        return;
    }
    json_object(j);
    json_key(j, "message");
    json_int(j, x->row);
    json_key(j, "sign");
    json_text(j, str_of(clock_sign_name(x->sign)));
    json_key(j, "id");
    json_int(j, x->id);
    answer_stamp(j, "time", x->wall_ms);
    json_key(j, "known_utc");
    json_text(j, str_of(utc_print(utc, x->known_ms)));
    json_end(j);
}

static void json_number(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    if (value == TIME_NONE)
        json_null(j);
    else
        json_int(j, value);
}

static void json_zone(struct cli *c, const struct clock_zone *z)
{
    struct json j = cli_json(c, "zone");
    json_key(&j, "name");
    json_text(&j, z->name);
    json_key(&j, "label");
    json_text(&j, z->label);
    json_key(&j, "others");
    json_array(&j);
    for (size_t i = 0; i < z->other_count; i++)
        json_text(&j, z->others[i]);
    json_end(&j);
    json_key(&j, "fate");
    json_text(&j, str_of(clock_fate_name(z->fate)));
    json_number(&j, "contradictions", (int64_t)z->contradictions);
    json_number(&j, "margin_ms", z->margin_ms);
    json_number(&j, "slack_ms", z->slack_ms);
    json_number(&j, "late", (int64_t)z->late);
    json_evidence(&j, "tightest", &z->tightest);
    json_evidence(&j, "worst", &z->worst);
    cli_json_end(c, &j);
}

static void json_shifts(struct json *j, const struct clock_report *r)
{
    char utc[CIVIL_TEXT];
    json_key(j, "shifts");
    json_array(j);
    for (size_t i = 0; i < r->shift_count; i++) {
        json_object(j);
        json_key(j, "utc");
        json_text(j, str_of(utc_print(utc, r->shifts[i].utc_ms)));
        json_number(j, "before_min", r->shifts[i].before_min);
        json_number(j, "after_min", r->shifts[i].after_min);
        json_end(j);
    }
    json_end(j);
}

static void json_report(struct cli *c, const struct clock_report *r)
{
    for (size_t i = 0; i < r->zone_count; i++)
        json_zone(c, &r->zones[i]);
    struct json j = cli_json(c, "clock");
    json_key(&j, "verdict");
    json_text(&j, str_of(clock_verdict_name(r->verdict)));
    json_key(&j, "zone");
    if (r->verdict == CLOCK_DECIDED)
        json_text(&j, r->zones[0].name);
    else
        json_null(&j);
    json_number(&j, "messages", (int64_t)r->naive);
    json_number(&j, "evidence", (int64_t)r->evidence);
    json_number(&j, "put_aside", (int64_t)r->aside);
    json_number(&j, "grain_ms", r->grain_ms);
    json_number(&j, "shown_twice", (int64_t)r->twice);
    json_number(&j, "never_shown", (int64_t)r->skipped);
    json_shifts(&j, r);
    cli_json_end(c, &j);
}

/* ---- applying --------------------------------------------------------------------------------- */

struct chosen {
    int64_t ids[NAMED_MAX];
    size_t count;
};

/* --source, as often as it is given: names as `stet sources` prints them. */
static enum status choose(struct cli *c, struct store *s, struct chosen *out, struct err *e)
{
    struct source_row *rows;
    const char *name;
    size_t count = 0;
    enum status st = store_sources(s, &c->arena, &rows, &count, e);
    for (size_t n = 0; st == OK && (name = opts_nth(&c->opts, OPT_SOURCE, n)) != NULL; n++) {
        const size_t before = out->count;
        for (size_t i = 0; i < count && out->count < NAMED_MAX; i++)
            if (str_eq(rows[i].name, str_of(name)))
                out->ids[out->count++] = rows[i].id;
        if (out->count == before) {
            fail(e, ERR_MISSING, "no source is called %.200s", name);
            st = fail_hint(e, "their names: stet sources");
        }
    }
    return st;
}

/* Enough to have been judged by itself: what merely lies beside it is not changed unasked. */
static bool tells(const struct clock_source *s)
{
    return s->own_zone.n > 0 && !s->differs;
}

static bool is_inferred(const struct clock_source *s)
{
    return s->clock_zone.n > 0;
}

static struct rezone_job job_for(struct cli *c, const struct clock_report *r,
                                 bool (*wanted)(const struct clock_source *s))
{
    int64_t *const ids = arena_array(&c->arena, r->source_count + 1, sizeof *ids);
    struct rezone_job job = {.sources = ids};
    for (size_t i = 0; i < r->source_count; i++)
        if (wanted(&r->sources[i]))
            ids[job.count++] = r->sources[i].id;
    return job;
}

static void tell_done(struct cli *c, const struct rezone_result *done, const struct zone *z)
{
    struct arena *const a = &c->arena;
    if (c->json) {
        struct json j = cli_json(c, z ? "applied" : "reverted");
        json_number(&j, "sources", (int64_t)done->sources);
        json_number(&j, "messages", (int64_t)done->messages);
        json_number(&j, "ambiguous", (int64_t)done->ambiguous);
        cli_json_end(c, &j);
        return;
    }
    term_addf(&c->out, "\n" STR_FMT " of " STR_FMT " %s",
              STR_ARG(count_text(a, done->messages, "message", "messages")),
              STR_ARG(count_text(a, done->sources, "source", "sources")),
              z ? "are read as " : "are read as at import again: the zone is not known.\n");
    if (z)
        term_addf(&c->out, STR_FMT ", marked as inferred. Take it back with: stet clock --revert\n",
                  STR_ARG(zone_name(z)));
}

static enum status apply(struct cli *c, struct store *s, const struct clock_report *r,
                         const struct chosen *chosen, struct err *e)
{
    struct zone *z = NULL;
    if (r->verdict != CLOCK_DECIDED)
        return fail(e, ERR_MISSING, "nothing is applied: the zone is not decided");
    struct rezone_job job = job_for(c, r, tells);
    if (chosen->count)
        job = (struct rezone_job){.sources = chosen->ids, .count = chosen->count};
    if (!job.count)
        return fail(e, ERR_MISSING,
                    "no source tells enough of its own time: name those that are to "
                    "be read so, with --source");
    struct rezone_result done;
    enum status st = zone_open(&z, r->zones[0].name, e);
    job.zone = z;
    if (st == OK)
        st = store_rezone(&done, s, &job, e);
    if (st == OK)
        tell_done(c, &done, z);
    zone_close(z);
    return st;
}

static enum status revert(struct cli *c, struct store *s, const struct clock_report *r,
                          struct err *e)
{
    struct rezone_result done;
    const struct rezone_job job = job_for(c, r, is_inferred);
    if (!job.count)
        return fail(e, ERR_MISSING, "no zone was inferred here: there is nothing to take back");
    const enum status st = store_rezone(&done, s, &job, e);
    if (st == OK)
        tell_done(c, &done, NULL);
    return st;
}

static enum status run(struct cli *c, struct store *s, struct clock_report *r, struct err *e)
{
    struct chosen chosen = {.count = 0};
    enum status st = choose(c, s, &chosen, e);
    const struct clock_options o = {.sources = chosen.count ? chosen.ids : NULL,
                                    .count = chosen.count};
    if (st == OK)
        st = clock_run(r, s, &o, &c->arena, e);
    if (st != OK)
        return st;
    if (cli_has(c, OPT_REVERT))
        return revert(c, s, r, e);
    if (c->json)
        json_report(c, r);
    else
        print_report(c, r);
    return cli_has(c, OPT_APPLY) ? apply(c, s, r, &chosen, e) : OK;
}

enum exit_status cmd_clock(struct cli *c)
{
    struct err e = {0};
    struct store *s = NULL;
    struct clock_report r = {.verdict = CLOCK_NOT_NEEDED};
    const bool writes = cli_has(c, OPT_APPLY) || cli_has(c, OPT_REVERT);
    enum status st = OK;
    if (cli_has(c, OPT_APPLY) && cli_has(c, OPT_REVERT))
        st = fail(&e, ERR_QUERY, "--apply or --revert, not both");
    if (st == OK)
        st = store_open(&s, cli_archive_path(c), writes ? STORE_WRITE : STORE_READ, &e);
    if (st == OK)
        st = run(c, s, &r, &e);
    store_close(s);
    if (st != OK)
        return cli_fail(c, &e);
    return writes || r.verdict == CLOCK_DECIDED || r.verdict == CLOCK_NOT_NEEDED ? EXIT_DONE
                                                                                 : EXIT_NOTHING;
}
