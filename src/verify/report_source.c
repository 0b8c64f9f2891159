/*
 * What stands in the archive: the quoted messages between their neighbours, each with time, place, bytes
 * and hash; and other places that are as good, or the nearest.
 */
#include "report_parts.h"

#include <inttypes.h>

enum { NEAREST_MAX = 3, PLACES_MAX = 8, BEGINNING_BYTES = 240 };

static const char *basis_words(enum time_basis basis)
{
    switch (basis) {
    case BASIS_NONE: return "no time is known";
    case BASIS_ASSUMED: return "assumed: the source states no zone";
    case BASIS_STATED: return "in the zone stated at import";
    case BASIS_INFERRED: return "in the zone inferred from the messages";
    case BASIS_SOURCE_UTC: return "given by the source itself";
    case BASIS_COUNT: break;
    }
    return "";
}

static void print_stamp(struct markup *m, const struct message *r)
{
    char text[CIVIL_TEXT];
    markup_open(m, "span", "class", "time", NULL);
    if (r->time.wall_ms == TIME_NONE)
        markup_text(m, STR("undated"));
    else
        markup_textf(m, "%s", civil_print(text, r->time.wall_ms));
    markup_close(m);
}

/* The handle, and with whom it was joined. */
static void print_sender(struct markup *m, const struct stored *from)
{
    markup_foreign(m, report_sender(&from->message));
    if (!from->person.n || str_eq(from->person, report_sender(&from->message)))
        return;
    markup_text(m, STR(" ("));
    markup_foreign(m, from->person);
    markup_text(m, STR(")"));
}

static void print_neighbours(struct markup *m, const struct stored *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        markup_open(m, "p", "class", "neighbour", NULL);
        print_stamp(m, &rows[i].message);
        markup_text(m, STR(" "));
        markup_open(m, "b", NULL);
        print_sender(m, &rows[i]);
        markup_close(m);
        markup_text(m, STR(" "));
        markup_foreign(m, rows[i].message.text);
        markup_close(m);
    }
}

static void print_facts(struct markup *m, const struct quoted_message *q)
{
    const struct message *const r = &q->stored.message;
    char text[CIVIL_TEXT];
    markup_open(m, "p", "class", "who", NULL);
    markup_open(m, "b", NULL);
    print_sender(m, &q->stored);
    markup_close(m);
    markup_text(m, STR(" \u00b7 "));
    print_stamp(m, r);
    if (r->time.wall_ms != TIME_NONE)
        markup_text(m, STR(" as shown"));
    if (r->time.basis == BASIS_ASSUMED)
        markup_textf(m, ", read as UTC (%s)", basis_words(r->time.basis));
    else if (r->time.utc_ms != TIME_NONE)
        markup_textf(m, " = %s UTC (%s)", civil_print(text, r->time.utc_ms),
                     basis_words(r->time.basis));
    markup_text(m, STR(" \u00b7 "));
    markup_foreign(m, report_conversation(&q->stored));
    if (q->stored.hands.n) {
        markup_text(m, STR(" \u00b7 this account: "));
        markup_foreign(m, q->stored.hands);
    }
    markup_close(m);
}

static void print_quoted_text(struct markup *m, const struct quoted_message *q)
{
    const str text = q->stored.message.text;
    const size_t from = q->from < text.n ? q->from : text.n;
    const size_t to = q->to < from ? from : q->to < text.n ? q->to : text.n;
    markup_open(m, "p", "class", "words", NULL);
    markup_open(m, "bdi", NULL);
    markup_lines(m, str_sub(text, 0, from));
    if (to > from) {
        markup_open(m, "mark", NULL);
        markup_lines(m, str_sub(text, from, to - from));
        markup_close(m);
    }
    markup_lines(m, str_from(text, to));
    markup_close(m);
    markup_close(m);
}

static void print_place(struct markup *m, const struct quoted_message *q)
{
    char citation[CITATION_TEXT], hex[SHA256_HEX], from[REPORT_NUMBER], to[REPORT_NUMBER];
    const struct witness *const w = &q->witness;
    markup_open(m, "p", "class", "place", NULL);
    markup_line(
        m, "span", "cite",
        str_of(message_citation(citation, q->stored.message.time.wall_ms, q->stored.content_id)));
    markup_textf(m, " \u00b7 message %" PRId64 " \u00b7 ", q->stored.row);
    markup_foreign(m, w->source_name);
    if (w->locus.member.n) {
        markup_text(m, STR(", "));
        markup_foreign(m, w->locus.member);
    }
    if (w->locus.line)
        markup_textf(m, ", line %s", report_number(from, w->locus.line));
    const uint64_t last = w->locus.length ? w->locus.at + w->locus.length - 1 : w->locus.at;
    markup_textf(m, ", bytes %s\u2013%s \u00b7 sha256 ", report_number(from, w->locus.at),
                 report_number(to, last));
    markup_line(m, "span", "hash", str_of(sha256_hex(hex, &w->digest)));
    if (q->stored.witnesses > 1)
        markup_textf(m, " \u00b7 %d witnesses", q->stored.witnesses);
    markup_close(m);
}

static void print_message(struct markup *m, const struct quoted_message *q)
{
    char wait[CIVIL_TEXT];
    if (q->since_previous_ms != TIME_NONE) {
        markup_open(m, "p", "class", "silence", NULL);
        markup_textf(m, "%s later", civil_print_duration(wait, q->since_previous_ms));
        markup_close(m);
    }
    if (q->passed_over) {
        print_neighbours(m, &q->stored, 1);
        return;
    }
    print_facts(m, q);
    print_quoted_text(m, q);
    print_place(m, q);
}

void report_source(struct markup *m, const struct report_quote *q)
{
    const struct verdict *const v = q->verdict;
    if (!v->message_count)
        return;
    markup_open(m, "div", "class", "source", "role", "group", "aria-label", "In the archive", NULL);
    print_neighbours(m, q->before, q->before_count);
    for (size_t i = 0; i < v->message_count; i++)
        print_message(m, &v->messages[i]);
    print_neighbours(m, q->after, q->after_count);
    markup_close(m);
}

/* The beginning of a text that only has to be recognised. */
static void print_beginning(struct markup *m, str text)
{
    size_t n = text.n;
    if (n > BEGINNING_BYTES) {
        n = BEGINNING_BYTES;
        while (n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80)
            n--;
    }
    markup_open(m, "p", "class", "words", NULL);
    markup_foreign(m, str_sub(text, 0, n));
    if (n < text.n)
        markup_text(m, STR(" \u2026"));
    markup_close(m);
}

/* Other places that are as good, or the nearest of something that is not there. */
void report_others(struct markup *m, const struct verdict *v)
{
    char number[REPORT_NUMBER], citation[CITATION_TEXT];
    const bool missing = v->kind >= VERDICT_NEAR;
    const size_t most = missing ? NEAREST_MAX : PLACES_MAX;
    if (missing) {
        markup_open(m, "p", "class", "searched", NULL);
        markup_textf(
            m,
            "Compared with all %s messages and events; case, accents, quotation marks, dashes "
            "and spaces folded.",
            report_number(number, (uint64_t)v->searched_messages));
        markup_text(m, v->other_count ? STR(" Nearest:") : STR(" Nothing is near."));
        markup_close(m);
    } else if (v->other_count) {
        markup_line(m, "p", "searched", v->message_count ? STR("As good:") : STR("Places:"));
    }
    if (!v->other_count)
        return;
    markup_open(m, "ul", "class", "others", NULL);
    for (size_t i = 0; i < v->other_count && i < most; i++) {
        const struct other_place *const o = &v->others[i];
        const struct message *const r = &o->stored.message;
        markup_open(m, "li", NULL);
        print_stamp(m, r);
        markup_text(m, STR(" "));
        markup_open(m, "b", NULL);
        print_sender(m, &o->stored);
        markup_close(m);
        if (missing)
            markup_textf(m, " \u00b7 %d of %d words", o->words_equal, o->words_of);
        print_beginning(m, r->text);
        markup_line(m, "p", "place",
                    str_of(message_citation(citation, r->time.wall_ms, o->stored.content_id)));
        markup_close(m);
    }
    markup_close(m);
    if (v->others_total > v->other_count || v->other_count > most) {
        const size_t shown = v->other_count < most ? v->other_count : most;
        markup_open(m, "p", "class", "searched", NULL);
        markup_textf(m, "and %s more", report_number(number, v->others_total - shown));
        markup_close(m);
    }
}
