/*
 * The card of one quotation: verdict, the two texts in one, what the draft claims, the messages, and
 * room for the checker's initials.
 */
#include "report_parts.h"

#include <ctype.h>
#include <stdio.h>

/* Words that are heard but not seen: what colour and lines say to those who look. */
static void hidden(struct markup *m, const char *words)
{
    markup_line(m, "span", "heard", str_of(words));
}

/* ---- head ------------------------------------------------------------------------------------------ */

static void print_verdict_word(struct markup *m, const struct report_quote *q)
{
    char word[32] = "NOT CHECKED";
    const struct report_look *const look = &report_looks[report_class_of(q->verdict)];
    if (q->verdict) {
        size_t n = 0;
        for (const char *p = verdict_name(q->verdict->kind); *p && n + 1 < sizeof word; p++)
            word[n++] = (char)toupper((unsigned char)*p);
        word[n] = '\0';
    }
    char css[32];
    (void)snprintf(css, sizeof css, "verdict %s", look->css);
    markup_open(m, "span", "class", css, NULL);
    markup_open(m, "span", "aria-hidden", "true", NULL);
    markup_textf(m, "%s ", look->shape);
    markup_close(m);
    markup_text(m, str_of(word));
    markup_close(m);
}

static void print_flags(struct markup *m, const struct verdict *v)
{
    char text[64];
    if (!v->flags)
        return;
    markup_open(m, "ul", "class", "flags", "aria-label", "Flags", NULL);
    for (int i = 0; i < VFLAG_COUNT; i++)
        if (v->flags & 1u << i)
            markup_line(m, "li", verdict_warnings & 1u << i ? "warning" : NULL,
                        str_of(report_flag_text(text, v, 1u << i)));
    markup_close(m);
}

static void print_head(struct markup *m, size_t quote, const struct report_quote *q)
{
    char id[40], to[40];
    (void)snprintf(id, sizeof id, "heading-%zu", quote + 1);
    (void)snprintf(to, sizeof to, "#quotation-%zu", quote + 1);
    markup_open(m, "header", NULL);
    markup_open(m, "h3", "id", id, NULL);
    markup_open(m, "a", "class", "number", "href", to, NULL);
    hidden(m, "Quotation ");
    markup_textf(m, "%zu", quote + 1);
    markup_close(m);
    markup_text(m, STR(" "));
    print_verdict_word(m, q);
    if (q->verdict) {
        const bool but = q->verdict->kind <= VERDICT_MARKED && !q->verdict->stands;
        markup_text(m, but ? STR(" but ") : STR(" "));
        markup_line(m, "span", "reason", str_of(verdict_reason(q->verdict)));
    }
    markup_close(m);
    if (q->verdict)
        print_flags(m, q->verdict);
    markup_close(m);
}

/* ---- the two texts ---------------------------------------------------------------------------------- */

static void print_side(struct markup *m, const char *element, const char *heard, str text)
{
    if (!text.n)
        return;
    markup_open(m, element, NULL);
    hidden(m, heard);
    markup_lines(m, text);
    hidden(m, "]");
    markup_close(m);
}

static bool is_ellipsis(str s)
{
    return str_find(s, STR("\u2026")) != STR_NONE || str_find(s, STR("..")) != STR_NONE;
}

static void print_piece(struct markup *m, const struct piece *p)
{
    switch (p->kind) {
    case PIECE_SAME: markup_lines(m, p->quoted.n ? p->quoted : p->source); return;
    case PIECE_TYPOGRAPHIC:
        markup_open(m, "span", "class", "typographic", NULL);
        markup_lines(m, p->quoted);
        if (p->source.n || !p->quoted.n)
            print_side(m, "small", " [in the archive: ", p->source);
        markup_close(m);
        return;
    case PIECE_MARKED:
        markup_open(m, "span", "class", is_ellipsis(p->quoted) ? "elided" : "bracketed", NULL);
        markup_lines(m, p->quoted);
        print_side(m, "small",
                   is_ellipsis(p->quoted) ? " [left out: " : " [in the archive: ", p->source);
        markup_close(m);
        return;
    case PIECE_CHANGED:
        print_side(m, "del", " [only in the draft: ", p->quoted);
        print_side(m, "ins", " [only in the archive: ", p->source);
        return;
    case PIECE_PASSED_OVER:
        print_side(m, "small", " [somebody else, passed over: ", p->source);
        return;
    }
}

static void print_texts(struct markup *m, const struct draft_quote *quote, const struct verdict *v)
{
    markup_open(m, "p", "class", "texts", NULL);
    markup_open(m, "bdi", NULL);
    if (!v || !v->piece_count)
        markup_lines(m, v ? v->quote : quote->text);
    for (size_t i = 0; v && i < v->piece_count; i++)
        print_piece(m, &v->pieces[i]);
    markup_close(m);
    markup_close(m);
}

static void print_differences(struct markup *m, const struct verdict *v)
{
    if (!v->difference_count)
        return;
    markup_open(m, "ul", "class", "differences", "aria-label", "Differences", NULL);
    for (size_t i = 0; i < v->difference_count; i++) {
        const struct difference *const d = &v->differences[i];
        markup_open(m, "li", NULL);
        markup_text(m, str_of(difference_name(d->kind)));
        if (d->quoted.n || d->source.n) {
            markup_text(m, STR(": "));
            markup_open(m, "q", NULL);
            markup_foreign(m, d->quoted);
            markup_close(m);
            markup_text(m, STR(" for "));
            markup_open(m, "q", NULL);
            markup_foreign(m, d->source);
            markup_close(m);
        }
        markup_close(m);
    }
    markup_close(m);
}

/* ---- claims and sign-off ------------------------------------------------------------------------------ */

static void print_claim(struct markup *m, const char *what, str claimed, enum agreement agreement,
                        str zone)
{
    if (!claimed.n)
        return;
    markup_line(m, "dt", NULL, str_of(what));
    markup_open(m, "dd", NULL);
    markup_foreign(m, claimed);
    if (agreement != CLAIM_NONE)
        markup_textf(m, " \u2014 %s", agreement_name(agreement));
    if (agreement == CLAIM_AGREES_IN_ZONE) {
        markup_text(m, STR(" "));
        markup_foreign(m, zone);
    }
    markup_close(m);
}

static void print_claims(struct markup *m, const struct draft_quote *q, const struct verdict *v)
{
    if (!q->speaker.n && !q->when_text.n && !q->unbalanced)
        return;
    markup_open(m, "dl", "class", "claims", NULL);
    print_claim(m, "By, as the draft reads", q->speaker, v ? v->speaker : CLAIM_NONE, STR(""));
    print_claim(m, "When, as the draft reads", q->when_text, v ? v->date : CLAIM_NONE,
                v ? v->date_zone : STR(""));
    if (q->unbalanced) {
        markup_line(m, "dt", NULL, STR("In the draft"));
        markup_line(m, "dd", NULL,
                    STR("a quotation mark is missing: where it begins or ends is a guess"));
    }
    markup_close(m);
}

static void print_sign_off(struct markup *m, size_t quote)
{
    char box[40], line[40];
    (void)snprintf(box, sizeof box, "checked-%zu", quote + 1);
    (void)snprintf(line, sizeof line, "initials-%zu", quote + 1);
    markup_open(m, "p", "class", "sign-off", NULL);
    markup_empty(m, "input", "type", "checkbox", "id", box, NULL);
    markup_open(m, "label", "for", box, NULL);
    markup_textf(m, "Quotation %zu checked", quote + 1);
    markup_close(m);
    markup_open(m, "label", "for", line, "class", "initials", NULL);
    markup_text(m, STR("Initials"));
    markup_close(m);
    markup_empty(m, "input", "type", "text", "id", line, "size", "6", "maxlength", "12",
                 "autocomplete", "off", NULL);
    markup_close(m);
}

void report_card(struct markup *m, const struct draft *d, size_t quote,
                 const struct report_quote *checked)
{
    const struct draft_quote *const q = &d->quotes[quote];
    const struct report_quote *const c = &checked[quote];
    char id[40], heading[40], css[40];
    (void)snprintf(id, sizeof id, "evidence-%zu", quote + 1);
    (void)snprintf(heading, sizeof heading, "heading-%zu", quote + 1);
    (void)snprintf(css, sizeof css, "card %s", report_looks[report_class_of(c->verdict)].css);
    markup_open(m, "article", "class", css, "id", id, "aria-labelledby", heading, NULL);
    print_head(m, quote, c);
    print_texts(m, q, c->verdict);
    if (c->verdict) {
        print_differences(m, c->verdict);
        print_claims(m, q, c->verdict);
        report_source(m, c);
        report_others(m, c->verdict);
    } else {
        markup_line(m, "p", "searched", c->why_unchecked);
        print_claims(m, q, NULL);
    }
    print_sign_off(m, quote);
    markup_close(m);
    markup_own(m, STR("\n"));
}
