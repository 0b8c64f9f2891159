/*
 * stet show: a message in its conversation, and everything a fact-checker needs to find it again
 * without us: file, bytes, line, hashes, both times, citation.
 */
#include "cli.h"
#include "print_message.h"
#include "words.h"

#include <inttypes.h>

enum { CONTEXT_MAX = 1000 };

static str last_byte(struct arena *a, const struct locus *l)
{
    return number_text(a, l->length ? l->at + l->length - 1 : l->at);
}

/* ---- for people ----------------------------------------------------------------------------- */

static void print_label(struct cli *c, const char *label)
{
    term_style(&c->out, STYLE_SOFT);
    term_addf(&c->out, "%-10s", label);
    term_style(&c->out, STYLE_PLAIN);
}

static void print_fact(struct cli *c, const char *label, str value)
{
    print_label(c, label);
    term_safe(&c->out, value);
    term_add(&c->out, STR("\n"));
}

static void print_time(struct cli *c, const struct message *m)
{
    char utc[CIVIL_TEXT];
    print_label(c, "time");
    if (m->time.wall_ms == TIME_NONE) {
        term_add(&c->out, STR("none is known: only its place in the source\n"));
        return;
    }
    if (m->time_shown.n) {
        term_safe(&c->out, m->time_shown);
        term_add(&c->out, STR(" as shown"));
    } else {
        term_safe(&c->out, stamp_text(&c->arena, m->time.wall_ms));
    }
    term_addf(&c->out, " = %s (" STR_FMT ")\n", utc_print(utc, m->time.utc_ms),
              STR_ARG(basis_text(m->time.basis)));
    if (m->time.ambiguous)
        print_fact(c, "",
                   STR("this hour exists twice or not at all in its zone: clocks were changed"));
}

static void print_flags(struct cli *c, const struct message *m)
{
    bool any = false;
    for (uint32_t bit = 1; message_flag_name(bit); bit <<= 1) {
        if (!(m->flags & bit))
            continue;
        if (!any)
            print_label(c, "flags");
        term_addf(&c->out, "%s%s", any ? ", " : "", message_flag_name(bit));
        any = true;
    }
    if (any)
        term_add(&c->out, STR("\n"));
}

static void print_witness(struct cli *c, const struct witness *w, bool first)
{
    struct arena *const a = &c->arena;
    char hex[SHA256_HEX];
    const str line =
        w->locus.line ? arena_printf(a, ", line " STR_FMT, STR_ARG(number_text(a, w->locus.line)))
                      : STR("");
    print_fact(c, first ? "source" : "also",
               arena_printf(a, STR_FMT "%s" STR_FMT ", bytes " STR_FMT "-" STR_FMT STR_FMT,
                            STR_ARG(w->source_name), w->locus.member.n ? ": " : "",
                            STR_ARG(w->locus.member), STR_ARG(number_text(a, w->locus.at)),
                            STR_ARG(last_byte(a, &w->locus)), STR_ARG(line)));
    print_fact(c, "sha256", str_of(sha256_hex(hex, &w->digest)));
}

static void print_facts(struct cli *c, const struct view *v)
{
    char citation[CITATION_TEXT];
    const struct message *const m = &v->message.message;
    print_time(c, m);
    if (m->sender.n && m->sender_name.n && !str_eq(m->sender, m->sender_name))
        print_fact(c, "account", m->sender);
    if (m->kind != KIND_TEXT)
        print_fact(c, "kind", str_of(message_kind_name(m->kind)));
    print_flags(c, m);
    if (m->reply_to.n)
        print_fact(c, "answers", m->reply_to);
    for (size_t i = 0; i < v->witness_count; i++)
        print_witness(c, &v->witnesses[i], i == 0);
    print_fact(c, "cite",
               str_of(message_citation(citation, m->time.wall_ms, v->message.content_id)));
}

static void print_view(struct cli *c, const struct view *v)
{
    struct message_look look = {.soft = true, .since_previous_ms = TIME_NONE};
    print_conversation(c, &v->message);
    for (size_t i = 0; i < v->before_count; i++)
        print_one_message(c, &v->before[i], &look);
    look.soft = false;
    look.arrow = v->before_count || v->after_count;
    print_one_message(c, &v->message, &look);
    look.soft = true;
    look.arrow = false;
    for (size_t i = 0; i < v->after_count; i++)
        print_one_message(c, &v->after[i], &look);
    term_add(&c->out, STR("\n"));
    if (!c->quiet)
        print_facts(c, v);
}

/* ---- for programs --------------------------------------------------------------------------- */

static void json_witness(struct json *j, const struct witness *w)
{
    char hex[SHA256_HEX];
    json_object(j);
    json_key(j, "source");
    json_text(j, w->source_name);
    json_key(j, "member");
    json_text(j, w->locus.member);
    json_key(j, "at");
    json_int(j, (int64_t)w->locus.at);
    json_key(j, "length");
    json_int(j, (int64_t)w->locus.length);
    json_key(j, "line");
    json_int(j, (int64_t)w->locus.line);
    json_key(j, "sha256");
    json_text(j, str_of(sha256_hex(hex, &w->digest)));
    json_end(j);
}

static void json_view(struct cli *c, const struct view *v)
{
    struct json j;
    for (size_t i = 0; i < v->before_count; i++) {
        j = cli_json(c, "before");
        json_message(&j, &v->before[i]);
        cli_json_end(c, &j);
    }
    j = cli_json(c, "message");
    json_message(&j, &v->message);
    json_key(&j, "sources");
    json_array(&j);
    for (size_t i = 0; i < v->witness_count; i++)
        json_witness(&j, &v->witnesses[i]);
    json_end(&j);
    cli_json_end(c, &j);
    for (size_t i = 0; i < v->after_count; i++) {
        j = cli_json(c, "after");
        json_message(&j, &v->after[i]);
        cli_json_end(c, &j);
    }
}

/* ---- the source's own bytes ----------------------------------------------------------------- */

/* The first witness whose source is still there and unchanged; the last failure if there is none. */
static enum status print_raw(struct cli *c, struct archive *a, const struct view *v, struct err *e)
{
    str bytes = {0};
    enum status st = v->witness_count ? OK : fail(e, ERR_DB, "this message has no source");
    for (size_t i = 0; i < v->witness_count; i++) {
        *e = (struct err){0};
        st = archive_raw(a, &v->witnesses[i], &c->arena, &bytes, e);
        if (st == OK)
            break;
    }
    if (st != OK)
        return st;
    if (!c->out.tty) {
        term_add(&c->out, bytes);
        return OK;
    }
    const struct passage p = {.text = bytes};
    term_passage(&c->out, &p);
    return OK;
}

enum exit_status cmd_show(struct cli *c)
{
    struct err e = {0};
    struct archive *a = NULL;
    struct view v;
    int64_t row, context = 0;
    enum status st = cli_number(c, OPT_CONTEXT, CONTEXT_MAX, &context, &e);
    if (st == OK)
        st = cli_open(c, &a, &e);
    if (st == OK)
        st = archive_resolve(a, str_of(c->opts.args[0]), &row, &e);
    if (st == OK)
        st = archive_view(a, row, (int)context, (int)context, &c->arena, &v, &e);
    if (st == OK && cli_has(c, OPT_RAW))
        st = print_raw(c, a, &v, &e);
    else if (st == OK && c->json)
        json_view(c, &v);
    else if (st == OK)
        print_view(c, &v);
    archive_close(a);
    if (st == ERR_MISSING && !cli_has(c, OPT_RAW) && a) {
        cli_fail(c, &e);
        return EXIT_NOTHING;
    }
    return st == OK ? EXIT_DONE : cli_fail(c, &e);
}
