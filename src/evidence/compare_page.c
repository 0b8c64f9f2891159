/*
 * The comparison as one page, in the dress of the report on a draft: what was compared, the sums, then a
 * card for each finding. It needs no script, no network and no other file.
 */
#include "compare.h"
#include "markup.h"

#include <inttypes.h>
#include <stdio.h>

#include "report.css.h"

static const char own_style[] = "main{display:block;max-width:960px}.sums{display:grid;"
                                "grid-template-columns:max-content 1fr;gap:2px 14px;margin:0 0 "
                                "28px}.sums dd{margin:0}.sums dt{text-align:right}";

struct page {
    struct markup m;
    const struct comparison *c;
    const struct compare_facts *f;
    str left, right;
};

/* ---- words of findings -------------------------------------------------------------------------- */

static const char *look_of(uint32_t differs)
{
    if (differs & (ONLY_LEFT | ONLY_RIGHT))
        return "absent";
    return differs & (DIFFERS_TEXT | DIFFERS_SENDER) ? "differs" : "open";
}

static void print_verdict(struct page *p, uint32_t differs)
{
    static const char *const words[DIFFERS_COUNT] = {"TEXT",  "REDACTED",     "SENDER", "TIME",
                                                     "ORDER", "CONVERSATION", "KIND",   NULL,
                                                     NULL,    "WHITE SPACE"};
    char text[80] = "";
    size_t n = 0;
    for (size_t i = 0; i < DIFFERS_COUNT; i++)
        if (differs >> i & 1 && words[i])
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", n ? " + " : "", words[i]);
    markup_open(&p->m, "span", NULL);
    markup_attrf(&p->m, "class", "verdict %s", look_of(differs));
    if (differs & ONLY_LEFT)
        markup_textf(&p->m, "ONLY IN " STR_FMT, STR_ARG(p->left));
    else if (differs & ONLY_RIGHT)
        markup_textf(&p->m, "ONLY IN " STR_FMT, STR_ARG(p->right));
    else
        markup_text(&p->m, str_of(text));
    markup_close(&p->m);
}

static void print_who(struct page *p, str side, const struct stored *x)
{
    char stamp[CIVIL_TEXT] = "undated", cite[CITATION_TEXT];
    const struct message *const m = &x->message;
    if (!x->row)
        return;
    if (m->time.basis != BASIS_NONE)
        civil_print(stamp, m->time.wall_ms);
    message_citation(cite, m->time.wall_ms, x->content_id);
    markup_open(&p->m, "p", "class", "who", NULL);
    markup_foreign(&p->m, side);
    markup_text(&p->m, STR(": "));
    markup_open(&p->m, "b", NULL);
    markup_foreign(&p->m, m->sender_name.n ? m->sender_name : STR("(system)"));
    markup_close(&p->m);
    markup_textf(&p->m, " \u00b7 %s \u00b7 %" PRId64 " \u00b7 ", stamp, x->row);
    markup_line(&p->m, "span", "place", str_of(cite));
    markup_close(&p->m);
}

/* ---- texts ---------------------------------------------------------------------------------------- */

static void print_changes(struct page *p, str left, str right)
{
    struct arena a = {.first = NULL};
    struct word_change *changes;
    size_t count;
    compare_words(left, right, &a, &changes, &count);
    markup_open(&p->m, "p", "class", "texts", NULL);
    for (size_t i = 0; i < count; i++) {
        if (i)
            markup_text(&p->m, STR(" "));
        if (changes[i].same) {
            markup_foreign(&p->m, changes[i].left);
            continue;
        }
        if (changes[i].left.n)
            markup_isolated(&p->m, "del", changes[i].left);
        if (changes[i].right.n)
            markup_isolated(&p->m, "ins", changes[i].right);
    }
    markup_close(&p->m);
    arena_free(&a);
}

static void print_text(struct page *p, str text)
{
    markup_open(&p->m, "p", "class", "words", NULL);
    markup_foreign(&p->m, text);
    markup_close(&p->m);
}

static void print_time(struct page *p, const struct compare_finding *f)
{
    char text[CIVIL_TEXT];
    if (!f->time_ms)
        return;
    civil_print_duration(text, f->time_ms < 0 ? -f->time_ms : f->time_ms);
    markup_open(&p->m, "p", "class", "place", NULL);
    markup_foreign(&p->m, p->right);
    markup_textf(&p->m, " has it %s %s", text, f->time_ms < 0 ? "earlier" : "later");
    markup_close(&p->m);
}

static enum status print_card(struct page *p, const struct compare_finding *f, size_t number,
                              struct err *e)
{
    struct arena a = {.first = NULL};
    struct stored left, right;
    const enum status st = compare_messages(p->c, f, &a, &left, &right, e);
    if (st != OK) {
        arena_free(&a);
        return st;
    }
    markup_open(&p->m, "article", NULL);
    markup_attrf(&p->m, "class", "card %s", look_of(f->differs));
    markup_attrf(&p->m, "id", "difference-%zu", number);
    markup_open(&p->m, "h3", NULL);
    markup_textf(&p->m, "%zu ", number);
    print_verdict(p, f->differs);
    markup_close(&p->m);
    print_who(p, p->left, &left);
    print_who(p, p->right, &right);
    print_time(p, f);
    if (f->differs & DIFFERS_TEXT)
        print_changes(p, left.message.text, right.message.text);
    else
        print_text(p, left.row ? left.message.text : right.message.text);
    markup_close(&p->m);
    arena_free(&a);
    return OK;
}

/* ---- head and sums -------------------------------------------------------------------------------- */

static void print_head(struct page *p)
{
    struct markup *const m = &p->m;
    markup_own(m, STR("<!DOCTYPE html>\n"));
    markup_open(m, "html", "lang", "en", NULL);
    markup_open(m, "head", NULL);
    markup_empty(m, "meta", "charset", "utf-8", NULL);
    markup_empty(m, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1",
                 NULL);
    markup_empty(m, "meta", "name", "referrer", "content", "no-referrer", NULL);
    markup_empty(m, "meta", "name", "robots", "content", "noindex, nofollow", NULL);
    /* Nothing is ever loaded from anywhere, even if something slipped through the escaping. */
    markup_empty(m, "meta", "http-equiv", "Content-Security-Policy", "content",
                 "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; "
                 "form-action 'none'",
                 NULL);
    markup_open(m, "title", NULL);
    markup_textf(m, STR_FMT " and " STR_FMT ", compared", STR_ARG(p->left), STR_ARG(p->right));
    markup_close(m);
    markup_open(m, "style", NULL);
    markup_own(m, (str){(const char *)asset_report_css, asset_report_css_size});
    markup_own(m, STR(own_style));
    markup_close(m);
    markup_close(m);
}

static void print_sum(struct page *p, uint64_t count, const char *what)
{
    if (!count)
        return;
    markup_open(&p->m, "dt", NULL);
    markup_textf(&p->m, "%" PRIu64, count);
    markup_close(&p->m);
    markup_element(&p->m, "dd", str_of(what));
}

static void print_clocks(struct page *p)
{
    char text[CIVIL_TEXT];
    const struct compare_facts *const f = p->f;
    markup_open(&p->m, "p", "class", "summary", NULL);
    if (!f->shift_pairs) {
        markup_text(&p->m, STR("No text with a time stands on both sides."));
    } else if (!f->shift_ms) {
        markup_text(&p->m, STR("The clocks agree"));
    } else {
        civil_print_duration(text, f->shift_ms < 0 ? -f->shift_ms : f->shift_ms);
        markup_foreign(&p->m, p->right);
        markup_textf(&p->m, " is %s %s", text, f->shift_ms < 0 ? "behind" : "ahead");
    }
    if (f->shift_pairs)
        markup_textf(&p->m, " (%" PRIu64 " of %" PRIu64 " equal texts).", f->shift_votes,
                     f->shift_pairs);
    if (f->other_shift_ms != f->shift_ms)
        markup_text(&p->m, STR(" An hour of daylight saving time beside that is accepted."));
    markup_close(&p->m);
}

static void print_sums(struct page *p)
{
    static const char *const words[DIFFERS_COUNT] = {
        "text differs",           "of these with a black bar or its like on one side",
        "sender differs",         "time differs beyond the shift",
        "stand in another order", "stand in another conversation",
        "kind differs",           "only on the left",
        "only on the right",      "only white space differs"};
    markup_open(&p->m, "dl", "class", "sums", NULL);
    print_sum(p, p->f->left, "messages and events on the left");
    print_sum(p, p->f->right, "on the right");
    print_sum(p, p->f->same, "agree in text, sender and time");
    for (size_t i = 0; i < DIFFERS_COUNT; i++)
        print_sum(p, p->f->with[i], words[i]);
    markup_close(&p->m);
}

static void print_top(struct page *p)
{
    markup_open(&p->m, "header", "class", "top", NULL);
    markup_open(&p->m, "h1", NULL);
    markup_foreign(&p->m, p->left);
    markup_text(&p->m, STR(" (left) and "));
    markup_foreign(&p->m, p->right);
    markup_text(&p->m, STR(" (right), compared"));
    markup_close(&p->m);
    print_clocks(p);
    if (!p->f->by_place)
        markup_line(&p->m, "p", "archive",
                    STR("The files are in different orders: order was not compared."));
    markup_close(&p->m);
}

static enum status print_cards(struct page *p, struct err *e)
{
    const size_t all = p->f->finding_count;
    const size_t shown = all < COMPARE_PAGE_FINDINGS_MAX ? all : COMPARE_PAGE_FINDINGS_MAX;
    enum status st = OK;
    markup_open(&p->m, "p", "class", "legend", NULL);
    markup_line(&p->m, "del", NULL, STR("struck"));
    markup_text(&p->m, STR(" only on the left \u00b7 "));
    markup_line(&p->m, "ins", NULL, STR("underlined"));
    markup_text(&p->m, STR(" only on the right"));
    markup_close(&p->m);
    for (size_t i = 0; i < shown && st == OK; i++)
        st = print_card(p, &p->f->findings[i], i + 1, e);
    if (all > shown)
        markup_textf(&p->m, "%zu more differences are not shown here.", all - shown);
    return st;
}

enum status compare_page(struct buf *out, const struct comparison *c, str left_name, str right_name,
                         str version, struct err *e)
{
    struct page p = {
        .m = markup_to(out), .c = c, .f = compare_facts(c), .left = left_name, .right = right_name};
    print_head(&p);
    markup_open(&p.m, "body", NULL);
    print_top(&p);
    markup_open(&p.m, "main", NULL);
    print_sums(&p);
    const enum status st = print_cards(&p, e);
    markup_close(&p.m);
    markup_open(&p.m, "footer", NULL);
    markup_textf(&p.m,
                 "A comparison says where two copies differ, not which is right. Stet " STR_FMT ".",
                 STR_ARG(version));
    markup_end(&p.m);
    buf_add(out, STR("\n"));
    if (st == OK && out->full)
        return fail(e, ERR_LIMIT, "the page is larger than %d bytes", COMPARE_PAGE_BYTES_MAX);
    return st;
}
