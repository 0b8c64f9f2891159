/*
 * Checking quotations: one that is pasted, with who is said to have written it and when, or all of a
 * draft, pasted or as a file. The answer is the report of `stet verify --draft`, on a page or to keep.
 */
#include "draft_check.h"
#include "layout.h"
#include "pages.h"
#include "quote.h"
#include "source.h"
#include "verify.h"

#include <string.h>

/* ---- the form ------------------------------------------------------------------------------- */

static void labelled(struct web *w, const char *id, const char *label)
{
    markup_open(&w->out, "label", "for", id, NULL);
    markup_text(&w->out, str_of(label));
    markup_close(&w->out);
}

static void text_field(struct web *w, const char *name, const char *label, const char *example)
{
    struct markup *m = &w->out;
    markup_open(m, "div", NULL);
    labelled(w, name, label);
    markup_open(m, "input", "type", "text", "id", name, "name", name, "placeholder", example, NULL);
    markup_attr(m, "value", web_param(w, name));
    markup_close(m);
    markup_close(m);
}

static void text_area(struct web *w, const char *name, const char *label, const char *rows)
{
    struct markup *m = &w->out;
    labelled(w, name, label);
    markup_open(m, "textarea", "id", name, "name", name, "rows", rows, NULL);
    markup_text(m, web_param(w, name));
    markup_close(m);
}

static void submit(struct web *w, const char *class, const char *name, const char *words)
{
    struct markup *m = &w->out;
    markup_open(m, "button", "class", class, NULL);
    if (name) {
        markup_attr(m, "name", str_of(name));
        markup_attr(m, "value", STR("1"));
    }
    markup_text(m, str_of(words));
    markup_close(m);
}

static void draw_quote_form(struct web *w)
{
    struct markup *m = &w->out;
    markup_element(m, "h2", STR("One quotation"));
    layout_form(w, STR("/verify"));
    text_area(w, "quote", "The words, as they are to be printed", "3");
    markup_open(m, "div", "class", "row", NULL);
    text_field(w, "by", "Said to be by", "a name");
    text_field(w, "on", "Said to be of", "2016-08-23, august 2016 …");
    submit(w, "main", NULL, "Check");
    markup_close(m);
    markup_close(m);
}

static void draw_draft_form(struct web *w)
{
    struct markup *m = &w->out;
    markup_element(m, "h2", STR("A whole draft"));
    layout_form(w, STR("/verify"));
    text_area(w, "draft", "Paste the draft", "8");
    markup_open(m, "div", "class", "row", NULL);
    markup_open(m, "div", NULL);
    labelled(w, "file", "or choose it: HTML, DOCX, ODT, Markdown, text");
    markup_open(m, "input", "type", "file", "id", "file", "name", "file", NULL);
    markup_close(m);
    markup_close(m);
    submit(w, "main", NULL, "Check every quotation");
    submit(w, "button", "save", "Save the report");
    markup_close(m);
    markup_close(m);
}

static enum status draw_form(struct web *w, const struct err *fault, struct err *e)
{
    struct markup *m = &w->out;
    const struct layout l = {.title = STR("Check quotes"), .path = "/verify"};
    const enum status st = layout_begin(w, &l, e);
    if (st != OK)
        return st;
    markup_element(m, "h1", STR("Does it stand in the archive?"));
    markup_line(m, "p", "soft",
                STR("Word for word, by whom, when. “Stands” means: the same as this archive, never "
                    "that it is authentic. Nothing that you paste here is kept."));
    if (fault)
        layout_notice(w, "error", str_of(fault->msg), str_of(fault->hint));
    draw_quote_form(w);
    draw_draft_form(w);
    layout_end(w);
    return OK;
}

/* ---- what is to be checked ------------------------------------------------------------------ */

/* The one quotation, as a draft that holds nothing else. */
static void draft_of_quote(struct web *w, struct draft *d)
{
    struct arena *a = &w->arena;
    const str quote = str_trim(web_param(w, "quote"));
    struct draft_quote *q = arena_alloc(a, sizeof *q);
    struct quote_part *part = arena_alloc(a, sizeof *part);
    d->title = STR("One quotation");
    d->format = "text";
    d->text = quote;
    d->paragraphs = arena_alloc(a, sizeof *d->paragraphs);
    d->paragraphs[0].end = quote.n;
    d->paragraph_count = 1;
    *part = (struct quote_part){0, quote.n};
    *q = (struct draft_quote){.text = quote,
                              .end = quote.n,
                              .parts = part,
                              .part_count = 1,
                              .speaker = STR(""),
                              .when_text = STR(""),
                              .when = {TIME_NONE, TIME_NONE},
                              .after_previous_ms = TIME_NONE};
    d->quotes = q;
    d->quote_count = 1;
}

static enum status read_draft(struct web *w, struct draft *d, struct err *e)
{
    const struct web_request *r = w->request;
    const bool file = r->upload.n > 0;
    const str bytes = file ? r->upload : web_param(w, "draft");
    struct source *s = NULL;
    if (!str_trim(bytes).n)
        return fail(e, ERR_FORMAT, "there is nothing to check: paste a text or choose a file");
    enum status st =
        source_of_bytes(&s, file && r->upload_name.n ? r->upload_name : STR("draft"), bytes, e);
    if (st == OK)
        st = draft_read(d, s, r->now_wall_ms, &w->arena, e);
    source_close(s);
    return st;
}

static enum status read_claim(struct web *w, struct claim *c, struct err *e)
{
    *c = (struct claim){.speaker = web_param(w, "by"),
                        .date = web_param(w, "on"),
                        .when = {TIME_NONE, TIME_NONE},
                        .conversation = STR(""),
                        .quote = STR("")};
    if (!c->date.n)
        return OK;
    return date_range_parse(c->date, w->request->now_wall_ms, &c->when, e);
}

/* ---- the answer ----------------------------------------------------------------------------- */

static void draw_report(struct web *w, const struct draft *d, const struct report_quote *checked,
                        const struct report_facts *f)
{
    struct markup *m = &w->out;
    if (web_param(w, "save").n) {
        w->response.download_name = STR("quotations-checked.html");
        report_html(&w->response.body, d, checked, f);
        return;
    }
    markup_own(m, STR("<!doctype html>\n"));
    markup_open(m, "html", "lang", "en", NULL);
    markup_open(m, "head", NULL);
    markup_open(m, "meta", "charset", "utf-8", NULL);
    markup_close(m);
    markup_open(m, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1",
                NULL);
    markup_close(m);
    markup_element(m, "title", STR("Quotations checked · Stet"));
    markup_open(m, "link", "rel", "stylesheet", "href", "/report.css", NULL);
    markup_close(m);
    markup_close(m);
    markup_open(m, "body", NULL);
    markup_open(m, "nav", "class", "top", "aria-label", "Back", NULL);
    layout_link(w, STR("/verify"), STR("‹ check another"));
    markup_close(m);
    report_body(m, d, checked, f);
    markup_close_to(m, 0);
}

static enum status check(struct web *w, struct err *e)
{
    struct draft d = {.quote_count = 0};
    struct draft_check how = {.archive = w->archive, .context = true};
    struct report_quote *checked = NULL;
    struct report_facts facts;
    enum status st = read_claim(w, &how.usual, e);
    if (st == OK && str_trim(web_param(w, "quote")).n)
        draft_of_quote(w, &d);
    else if (st == OK)
        st = read_draft(w, &d, e);
    if (st == OK && !d.quote_count)
        st = fail(e, ERR_FORMAT, "there is no quotation in this draft");
    if (st == OK)
        st = verifier_open(&how.verifier, archive_store(w->archive), e);
    if (st == OK)
        st = draft_check_run(&how, &d, &w->arena, &checked, e);
    if (st == OK)
        st = draft_check_facts(w->archive, w->settings->archive_path, str_of(w->settings->version),
                               &w->arena, &facts, e);
    if (st == OK)
        draw_report(w, &d, checked, &facts);
    verifier_close(how.verifier);
    return st;
}

enum status page_verify(struct web *w, struct err *e)
{
    if (w->request->method == WEB_GET)
        return draw_form(w, NULL, e);
    struct err fault = {0};
    const enum status st = check(w, &fault);
    if (st == OK)
        return OK;
    if (st == ERR_DB || st == ERR_IO) {
        *e = fault;
        return st;
    }
    w->response.status = 400;
    return draw_form(w, &fault, e);
}
