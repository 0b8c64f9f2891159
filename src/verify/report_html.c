/*
 * The report as a page: head with the sum of all verdicts, the draft, the cards in order of concern,
 * and at the foot what was compared and how. See report.h for what it promises.
 */
#include "report_parts.h"

#include <stdlib.h>

#include "report.css.h"

/* Lower is more urgent. */
static int concern(const struct verdict *v)
{
    switch (report_class_of(v)) {
    case REPORT_ABSENT: return v->kind == VERDICT_ABSENT ? 0 : 1;
    case REPORT_DIFFERS: return 2;
    case REPORT_UNCHECKED: return 3;
    case REPORT_OPEN: return 4;
    case REPORT_STANDS: return 5;
    case REPORT_CLASSES: break;
    }
    return 6;
}

struct rank {
    size_t quote;
    int concern;
};

static int by_concern(const void *left, const void *right)
{
    const struct rank *const a = left, *const b = right;
    if (a->concern != b->concern)
        return a->concern - b->concern;
    return (a->quote > b->quote) - (a->quote < b->quote);
}

/* ---- head ------------------------------------------------------------------------------------------ */

static void print_head(struct markup *m, const struct draft *d)
{
    markup_open(m, "head", NULL);
    markup_empty(m, "meta", "charset", "utf-8", NULL);
    markup_empty(m, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1",
                 NULL);
    markup_empty(m, "meta", "name", "color-scheme", "content", "light dark", NULL);
    markup_empty(m, "meta", "name", "referrer", "content", "no-referrer", NULL);
    markup_empty(m, "meta", "name", "robots", "content", "noindex, nofollow", NULL);
    /* Nothing is ever loaded from anywhere, even if something slipped through the escaping. */
    markup_empty(
        m, "meta", "http-equiv", "Content-Security-Policy", "content",
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'", NULL);
    markup_open(m, "title", NULL);
    markup_text(m, d->title);
    markup_text(m, STR(" \u2014 quotations checked"));
    markup_close(m);
    markup_open(m, "style", NULL);
    markup_own(m, (str){(const char *)asset_report_css, asset_report_css_size});
    markup_close(m);
    markup_close(m);
}

static void print_count(struct markup *m, enum report_class c, size_t n, bool *any)
{
    if (!n)
        return;
    const struct report_look *const look = &report_looks[c];
    markup_text(m, *any ? STR(" \u00b7 ") : STR(": "));
    *any = true;
    markup_open(m, "strong", "class", look->css, NULL);
    markup_open(m, "span", "aria-hidden", "true", NULL);
    markup_textf(m, "%s ", look->shape);
    markup_close(m);
    markup_textf(m, "%zu %s", n, n == 1 ? look->one : look->many);
    markup_close(m);
}

static void print_summary(struct markup *m, const struct draft *d,
                          const struct report_quote *checked)
{
    size_t counts[REPORT_CLASSES] = {0}, several = 0;
    bool any = false;
    for (size_t i = 0; i < d->quote_count; i++) {
        const struct verdict *const v = checked[i].verdict;
        const bool places = report_class_of(v) == REPORT_OPEN && !(v->flags & VFLAG_TOO_SHORT);
        several += places;
        counts[report_class_of(v)] += !places;
    }
    markup_open(m, "p", "class", "summary", NULL);
    markup_textf(m, "%zu %s", d->quote_count, d->quote_count == 1 ? "quotation" : "quotations");
    for (int c = 0; c < REPORT_CLASSES; c++)
        print_count(m, (enum report_class)c, counts[c], &any);
    if (several) {
        markup_text(m, any ? STR(" \u00b7 ") : STR(": "));
        markup_open(m, "strong", "class", "open", NULL);
        markup_textf(m, "? %zu equally good in several places", several);
        markup_close(m);
    }
    markup_close(m);
    if (d->cut)
        markup_line(
            m, "p", "warning",
            STR("The draft has more quotations than Stet reads: the rest was not checked."));
}

static void print_archive(struct markup *m, const struct report_facts *f)
{
    char number[REPORT_NUMBER], day[CIVIL_TEXT];
    markup_open(m, "p", "class", "archive", NULL);
    markup_text(m, STR("Compared with "));
    markup_foreign(m, f->archive_name);
    markup_textf(m, ": %s messages", report_number(number, (uint64_t)f->messages));
    if (f->first_wall_ms != TIME_NONE) {
        markup_textf(m, ", %s", civil_print_date(day, f->first_wall_ms));
        markup_textf(m, " to %s", civil_print_date(day, f->last_wall_ms));
    }
    markup_text(m, STR("; time zone "));
    markup_foreign(m, f->zone_name);
    markup_textf(m, " (%s). ", time_basis_name(f->basis));
    markup_text(m, STR("\u201cStands\u201d means: the same as this archive."));
    if (f->made.n) {
        markup_text(m, STR(" Made "));
        markup_foreign(m, f->made);
        markup_text(m, STR("."));
    }
    markup_close(m);
}

/* ---- the page -------------------------------------------------------------------------------------- */

static void print_cards(struct markup *m, const struct draft *d, const struct report_quote *checked)
{
    struct arena a = {0};
    struct rank *const order = arena_array(&a, d->quote_count + 1, sizeof *order);
    for (size_t i = 0; i < d->quote_count; i++)
        order[i] = (struct rank){i, concern(checked[i].verdict)};
    qsort(order, d->quote_count, sizeof *order, by_concern);
    markup_open(m, "section", "class", "evidence", "aria-labelledby", "evidence", NULL);
    markup_open(m, "h2", "id", "evidence", NULL);
    markup_text(m, STR("Evidence "));
    markup_line(m, "span", "soft", STR("in order of concern"));
    markup_close(m);
    markup_open(m, "p", "class", "legend", NULL);
    markup_line(m, "del", NULL, STR("struck"));
    markup_text(m, STR(" only in the draft \u00b7 "));
    markup_line(m, "ins", NULL, STR("underlined"));
    markup_text(m, STR(" only in the archive \u00b7 "));
    markup_open(m, "span", "class", "elided", NULL);
    markup_line(m, "small", NULL, STR("bracketed"));
    markup_close(m);
    markup_text(m, STR(" in the archive, left out or replaced with a mark"));
    markup_close(m);
    for (size_t i = 0; i < d->quote_count; i++)
        report_card(m, d, order[i].quote, checked);
    markup_close(m);
    arena_free(&a);
}

static void print_foot(struct markup *m, const struct report_facts *f)
{
    markup_open(m, "footer", NULL);
    markup_open(m, "p", NULL);
    markup_text(m, STR("Speaker and date are read from the sentences around each quotation: "
                       "guesses, judged apart "
                       "from the wording. Case, accents, quotation marks, dashes and spaces were "
                       "folded to find "
                       "messages; every difference is listed. An account is not a person. Stet "));
    markup_text(m, f->version);
    markup_text(m, STR("."));
    markup_close(m);
    markup_close(m);
}

void report_html(struct buf *out, const struct draft *d, const struct report_quote *checked,
                 const struct report_facts *f)
{
    struct markup page = markup_to(out), *const m = &page;
    markup_own(m, STR("<!DOCTYPE html>\n"));
    markup_open(m, "html", "lang", "en", NULL);
    print_head(m, d);
    markup_open(m, "body", NULL);
    report_body(m, d, checked, f);
    markup_end(m);
    buf_add(out, STR("\n"));
}

str report_style(void)
{
    return (str){(const char *)asset_report_css, asset_report_css_size};
}

void report_body(struct markup *m, const struct draft *d, const struct report_quote *checked,
                 const struct report_facts *f)
{
    markup_open(m, "header", "class", "top", NULL);
    markup_open(m, "h1", NULL);
    markup_foreign(m, d->title);
    markup_close(m);
    print_summary(m, d, checked);
    print_archive(m, f);
    markup_close(m);
    markup_open(m, "main", NULL);
    markup_open(m, "section", "class", "draft", "aria-labelledby", "draft", NULL);
    markup_open(m, "h2", "id", "draft", NULL);
    markup_text(m, STR("Draft"));
    markup_close(m);
    report_draft(m, d, checked);
    markup_close(m);
    print_cards(m, d, checked);
    markup_close(m);
    print_foot(m, f);
}
