/* A verdict on the terminal: the gravest thing first, then the two texts side by side, then the facts. */
#include "print_verdict.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "print_message.h"
#include "side_by_side.h"
#include "width.h"
#include "words.h"

/* ---- the headline ---------------------------------------------------------------------------------- */

static void print_headline(struct cli *c, const struct verdict *v)
{
    char name[16];
    size_t n = 0;
    for (const char *p = verdict_name(v->kind); *p && n < sizeof name - 1; p++)
        name[n++] = (char)toupper((unsigned char)*p);
    name[n] = '\0';
    term_style(&c->out, v->stands ? STYLE_STRONG : STYLE_WARN);
    term_addf(&c->out, "%s", name);
    term_style(&c->out, STYLE_PLAIN);
    const bool but = v->kind <= VERDICT_MARKED && !v->stands;
    term_addf(&c->out, "%s%s\n", but ? ", but " : ": ", verdict_reason(v));
}

/* ---- the facts -------------------------------------------------------------------------------------- */

static void print_label(struct cli *c, const char *label)
{
    term_style(&c->out, STYLE_SOFT);
    term_addf(&c->out, "  %-8s", label);
    term_style(&c->out, STYLE_PLAIN);
}

static void print_fact(struct cli *c, const char *label, str value)
{
    print_label(c, label);
    term_safe(&c->out, value);
    term_add(&c->out, STR("\n"));
}

static void print_flags(struct cli *c, const struct verdict *v)
{
    bool any = false;
    for (int i = 0; i < VFLAG_COUNT; i++) {
        if (!(v->flags & 1u << i))
            continue;
        if (!any)
            print_label(c, "flags");
        term_addf(&c->out, "%s%s", any ? " · " : "", verdict_flag_name(1u << i));
        any = true;
    }
    if (any)
        term_add(&c->out, STR("\n"));
}

static void print_differences(struct cli *c, const struct verdict *v)
{
    for (size_t i = 0; i < v->difference_count; i++) {
        const struct difference *d = &v->differences[i];
        print_label(c, i ? "" : "differs");
        term_addf(&c->out, "%s", difference_name(d->kind));
        if (d->quoted.n || d->source.n) {
            term_add(&c->out, STR(": \""));
            term_safe(&c->out, d->quoted);
            term_add(&c->out, STR("\" for \""));
            term_safe(&c->out, d->source);
            term_add(&c->out, STR("\""));
        }
        term_add(&c->out, STR("\n"));
    }
}

static void print_who(struct cli *c, const struct claim *claim, const struct verdict *v)
{
    if (v->speaker == CLAIM_NONE)
        return;
    print_fact(c, "who",
               arena_printf(&c->arena, "said of " STR_FMT ": %s", STR_ARG(claim->speaker),
                            agreement_name(v->speaker)));
}

static void print_when(struct cli *c, const struct claim *claim, const struct verdict *v)
{
    char wait[CIVIL_TEXT];
    if (v->date == CLAIM_NONE)
        return;
    str says = str_of(agreement_name(v->date));
    if (v->date == CLAIM_AGREES_IN_ZONE)
        says = arena_printf(&c->arena, "right in " STR_FMT " only", STR_ARG(v->date_zone));
    if (v->date == CLAIM_DIFFERS && v->date_shift_ms)
        says = arena_printf(
            &c->arena,
            "differs as shown; right in UTC if these stamps keep a zone %s or more %s it "
            "(none is stated: try --tz)",
            civil_print_duration(wait, v->date_shift_ms < 0 ? -v->date_shift_ms : v->date_shift_ms),
            v->date_shift_ms > 0 ? "behind" : "ahead of");
    const str date = claim->date.n ? claim->date : STR("the date given");
    print_fact(c, "when",
               arena_printf(&c->arena, STR_FMT ": " STR_FMT, STR_ARG(date), STR_ARG(says)));
}

static str place_text(struct arena *a, const struct quoted_message *m)
{
    char hex[SHA256_HEX];
    const struct witness *w = &m->witness;
    const uint64_t last = w->locus.length ? w->locus.at + w->locus.length - 1 : w->locus.at;
    return arena_printf(
        a, STR_FMT ", message %" PRId64 ", " STR_FMT " bytes " STR_FMT "-" STR_FMT ", sha256 %.8s…",
        STR_ARG(conversation_text(&m->stored)), m->stored.row, STR_ARG(w->source_name),
        STR_ARG(number_text(a, w->locus.at)), STR_ARG(number_text(a, last)),
        sha256_hex(hex, &w->digest));
}

static void print_source_message(struct cli *c, const struct quoted_message *m)
{
    char citation[CITATION_TEXT], utc[CIVIL_TEXT], wait[CIVIL_TEXT];
    struct arena *a = &c->arena;
    const struct message *r = &m->stored.message;
    const str later =
        m->since_previous_ms == TIME_NONE
            ? STR("")
            : arena_printf(a, ", %s later", civil_print_duration(wait, m->since_previous_ms));
    if (m->passed_over) {
        print_fact(c, "between",
                   arena_printf(a, STR_FMT "  " STR_FMT STR_FMT ": " STR_FMT,
                                STR_ARG(stamp_text(a, r->time.wall_ms)),
                                STR_ARG(person_text(a, &m->stored)), STR_ARG(later), STR_ARG(r->text)));
        return;
    }
    print_fact(c, "from",
               arena_printf(a, STR_FMT ", " STR_FMT " as shown%s%s (" STR_FMT ")" STR_FMT,
                            STR_ARG(person_text(a, &m->stored)),
                            STR_ARG(stamp_text(a, r->time.wall_ms)),
                            r->time.utc_ms == TIME_NONE ? "" : " = ",
                            r->time.utc_ms == TIME_NONE ? "" : utc_print(utc, r->time.utc_ms),
                            STR_ARG(basis_text(r->time.basis)), STR_ARG(later)));
    if (m->stored.hands.n)
        print_fact(c, "hands", m->stored.hands);
    print_fact(c, "where", place_text(a, m));
    print_fact(c, "cite",
               str_of(message_citation(citation, r->time.wall_ms, m->stored.content_id)));
}

static void print_others(struct cli *c, const struct verdict *v)
{
    char citation[CITATION_TEXT];
    struct arena *a = &c->arena;
    const bool missing = v->kind >= VERDICT_NEAR;
    for (size_t i = 0; i < v->other_count; i++) {
        const struct other_place *o = &v->others[i];
        const struct message *r = &o->stored.message;
        const str agree =
            missing ? arena_printf(a, " (%d of %d words)", o->words_equal, o->words_of) : STR("");
        print_label(c, i ? "" : missing ? "nearest" : "also");
        term_safe(&c->out,
                  arena_printf(a, STR_FMT "  " STR_FMT STR_FMT ": " STR_FMT "  %s",
                               STR_ARG(stamp_text(a, r->time.wall_ms)),
                               STR_ARG(person_text(a, &o->stored)),
                               STR_ARG(agree), STR_ARG(str_sub(r->text, 0, 200)),
                               message_citation(citation, r->time.wall_ms, o->stored.content_id)));
        term_add(&c->out, STR("\n"));
    }
    if (v->others_total > v->other_count)
        print_fact(c, "", arena_printf(a, "and %zu more", v->others_total - v->other_count));
}

void print_verdict(struct cli *c, const struct claim *claim, const struct verdict *v)
{
    print_headline(c, v);
    if (c->quiet)
        return;
    if (v->piece_count)
        side_by_side(&c->out, v->pieces, v->piece_count);
    else
        print_fact(c, "quote", v->quote);
    print_flags(c, v);
    print_differences(c, v);
    print_who(c, claim, v);
    print_when(c, claim, v);
    for (size_t i = 0; i < v->message_count; i++)
        print_source_message(c, &v->messages[i]);
    print_others(c, v);
    term_add(&c->out, STR("\n"));
}

void print_searched(struct cli *c, const struct verdict *v)
{
    term_style(&c->out, STYLE_SOFT);
    term_addf(
        &c->out,
        "Compared with " STR_FMT "; case, accents, quotation marks, dashes and spaces "
        "folded. \"Stands\" means: the same as this archive.\n",
        STR_ARG(count_text(&c->arena, (uint64_t)v->searched_messages, "message", "messages")));
    term_style(&c->out, STYLE_PLAIN);
}
