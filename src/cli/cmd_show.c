/*
 * stet show: a message in its conversation, and everything a fact-checker needs to find it again
 * without us: file, bytes, line, hashes, both times, citation.
 */
#include "cli.h"
#include "print_message.h"
#include "utf8.h"
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

/* "  (2016-03-02T09:41:07Z)"; nothing if it is not known. */
static const char *written_text(struct cli *c, int64_t utc_ms)
{
    char utc[CIVIL_TEXT];
    if (utc_ms == TIME_NONE)
        return "";
    return arena_printf(&c->arena, "  (%s)", utc_print(utc, utc_ms)).p;
}

static void print_moment(struct cli *c, const char *label, int64_t utc_ms)
{
    char utc[CIVIL_TEXT];
    if (utc_ms != TIME_NONE)
        print_fact(c, label, str_of(utc_print(utc, utc_ms)));
}

/* The text on one line, cut where it gets long. */
static str line_of(struct cli *c, str text)
{
    enum { LINE_BYTES = 200 };
    const size_t end = str_find_byte(text, '\n');
    str line = end == STR_NONE ? text : str_sub(text, 0, end);
    const bool cut = line.n < text.n || line.n > LINE_BYTES;
    line = str_sub(line, 0, utf8_valid_prefix(str_sub(line, 0, LINE_BYTES)));
    return arena_printf(&c->arena, STR_FMT "%s", STR_ARG(line), cut ? " …" : "");
}

static void print_answered(struct cli *c, const struct view *v)
{
    const struct message *const m = &v->message.message;
    if (!m->reply_to.n)
        return;
    if (!v->answered) {
        print_fact(c, "answers",
                   arena_printf(&c->arena, STR_FMT ", which is not in this archive",
                                STR_ARG(m->reply_to)));
        return;
    }
    const struct message *const to = &v->answered->message;
    print_fact(c, "answers",
               arena_printf(&c->arena, "%" PRId64 "  " STR_FMT ": " STR_FMT, v->answered->row,
                            STR_ARG(person_text(&c->arena, v->answered)),
                            STR_ARG(line_of(c, to->text))));
}

static void print_reactions(struct cli *c, const struct message *m)
{
    for (size_t i = 0; i < m->reaction_count; i++) {
        const struct reaction *const r = &m->reactions[i];
        const str who = r->sender_name.n ? r->sender_name : r->sender;
        const str by = who.n ? who : count_text(&c->arena, r->count, "person", "people");
        print_fact(c, i ? "" : "reactions",
                   arena_printf(&c->arena, STR_FMT "  " STR_FMT "%s", STR_ARG(r->emoji),
                                STR_ARG(by), written_text(c, r->utc_ms)));
    }
}

static void print_attachments(struct cli *c, const struct message *m)
{
    char hex[SHA256_HEX];
    for (size_t i = 0; i < m->attachment_count; i++) {
        const struct attachment *const x = &m->attachments[i];
        const str name = x->name.n ? x->name : x->mime.n ? x->mime : STR("without a name");
        const str size = x->size_bytes >= 0 ? size_text(&c->arena, (uint64_t)x->size_bytes)
                                            : STR("size not known");
        print_fact(c, i ? "" : "files",
                   arena_printf(&c->arena, STR_FMT "  " STR_FMT, STR_ARG(name), STR_ARG(size)));
        if (x->path.n)
            print_fact(c, "", arena_printf(&c->arena, "at " STR_FMT, STR_ARG(x->path)));
        if (x->digest)
            print_fact(c, "", arena_printf(&c->arena, "sha256 %s", sha256_hex(hex, x->digest)));
    }
}

static void print_people(struct cli *c, const char *label, const struct person_ref *all,
                         size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct person_ref *const p = &all[i];
        const bool named = p->name.n && !str_eq(p->name, p->key);
        print_fact(
            c, i ? "" : label,
            named ? arena_printf(&c->arena, STR_FMT "  " STR_FMT, STR_ARG(p->name), STR_ARG(p->key))
                  : p->key);
    }
}

static void print_lists(struct cli *c, const struct message *m)
{
    for (size_t i = 0; i < m->edit_count; i++)
        print_fact(c, i ? "" : "earlier",
                   arena_printf(&c->arena, "\"" STR_FMT "\"%s", STR_ARG(m->edits[i].text),
                                written_text(c, m->edits[i].utc_ms)));
    print_people(c, "to", m->recipients, m->recipient_count);
    print_people(c, "mentions", m->mentions, m->mention_count);
    print_attachments(c, m);
    print_reactions(c, m);
}

static void print_facts(struct cli *c, const struct view *v)
{
    char citation[CITATION_TEXT];
    const struct message *const m = &v->message.message;
    print_time(c, m);
    if (m->sender.n && m->sender_name.n && !str_eq(m->sender, m->sender_name))
        print_fact(c, "account", m->sender);
    if (v->message.person.n)
        print_fact(c, "person", v->message.person);
    if (v->message.hands.n)
        print_fact(c, "hands", v->message.hands);
    if (m->kind != KIND_TEXT)
        print_fact(c, "kind", str_of(message_kind_name(m->kind)));
    print_flags(c, m);
    print_answered(c, v);
    if (m->forwarded_from.n)
        print_fact(c, "forwarded",
                   arena_printf(&c->arena, "from " STR_FMT "%s", STR_ARG(m->forwarded_from),
                                written_text(c, m->forwarded_utc_ms)));
    print_moment(c, "edited", m->edited_utc_ms);
    print_moment(c, "deleted", m->deleted_utc_ms);
    print_lists(c, m);
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

static void print_json(struct cli *c, const struct view *v)
{
    struct json j;
    for (size_t i = 0; i < v->before_count; i++) {
        j = cli_json(c, "before");
        answer_message(&j, &v->before[i]);
        cli_json_end(c, &j);
    }
    j = cli_json(c, "message");
    answer_view(&j, v);
    cli_json_end(c, &j);
    for (size_t i = 0; i < v->after_count; i++) {
        j = cli_json(c, "after");
        answer_message(&j, &v->after[i]);
        cli_json_end(c, &j);
    }
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
    if (st == OK && c->json)
        print_json(c, &v);
    else if (st == OK)
        print_view(c, &v);
    archive_close(a);
    if (st == ERR_MISSING && a) {
        cli_fail(c, &e);
        return EXIT_NOTHING;
    }
    return st == OK ? EXIT_DONE : cli_fail(c, &e);
}
