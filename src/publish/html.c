/*
 * A transcript as one page that needs nothing else: to read, to print, to put into the file of a story.
 * Every message has its citation and the places where it stands in the sources.
 */
#include "exporter.h"

#include <inttypes.h>

#include "lines.h"
#include "markup.h"
#include "transcript.css.h"

struct page {
    struct markup m;
    int64_t conversation; /* of the heading that stands */
};

static void put_head(struct publishing *p, struct markup *m)
{
    markup_own(m, STR("<!doctype html>\n"));
    markup_open(m, "html", "lang", "en", NULL);
    markup_open(m, "head", NULL);
    markup_empty(m, "meta", "charset", "utf-8", NULL);
    markup_empty(m, "meta", "name", "viewport", "content", "width=device-width, initial-scale=1",
                 NULL);
    markup_empty(m, "meta", "name", "referrer", "content", "no-referrer", NULL);
    markup_empty(
        m, "meta", "http-equiv", "Content-Security-Policy", "content",
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'", NULL);
    markup_element(m, "title", STR("Transcript"));
    markup_open(m, "style", NULL);
    markup_own(m, (str){(const char *)asset_transcript_css, asset_transcript_css_size});
    markup_close(m);
    markup_close(m);
    markup_open(m, "body", NULL);
    markup_element(m, "h1", STR("Transcript"));
    markup_open(m, "p", "class", "soft", NULL);
    markup_textf(m, "%" PRIu64 " records", p->count);
    if (p->query.n) {
        markup_text(m, STR(" for "));
        markup_isolated(m, "code", p->query);
    }
    markup_text(m, STR(". Times are as shown in the sources, with UTC where it is known. A citation "
                       "names the same message in every archive that holds it."));
    markup_close(m);
}

static enum status begin(struct publishing *p, struct err *e)
{
    struct page *const page = arena_alloc(&p->arena, sizeof *page);
    (void)e;
    page->m = markup_to(p->out);
    p->state = page;
    put_head(p, &page->m);
    return OK;
}

static void put_facts(struct markup *m, struct publishing *p, const struct published *x)
{
    const struct message *r = &x->stored->message;
    const str utc = line_utc(&p->scratch, r->time.utc_ms);
    markup_open(m, "header", NULL);
    markup_isolated(m, "b", line_sender(r));
    markup_open(m, "time", NULL);
    if (utc.n)
        markup_attr(m, "datetime", utc);
    markup_text(m, line_shown(&p->scratch, r));
    markup_close(m);
    if (utc.n) {
        markup_open(m, "span", "class", "soft", NULL);
        markup_text(m, utc);
        markup_textf(m, " (%s)", time_basis_name(r->time.basis));
        markup_close(m);
    }
    if (r->flags & FLAG_EDITED)
        markup_line(m, "span", "soft", STR("edited"));
    if (r->flags & FLAG_DELETED)
        markup_line(m, "span", "soft", STR("deleted"));
    if (r->flags & FLAG_FORWARDED)
        markup_line(m, "span", "soft", STR("forwarded"));
    markup_close(m);
}

static enum status put_message(struct publishing *p, const struct published *x, struct err *e)
{
    struct page *const page = p->state;
    struct markup *const m = &page->m;
    const struct stored *s = x->stored;
    (void)e;
    if (page->conversation != s->conversation_id) {
        page->conversation = s->conversation_id;
        markup_isolated(m, "h2", line_conversation(s));
    }
    markup_open(m, "article", "class", s->message.kind == KIND_EVENT ? "event" : "message", NULL);
    put_facts(m, p, x);
    markup_open(m, "p", "class", "said", "dir", "auto", NULL);
    markup_lines(m, s->message.text);
    markup_close(m);
    markup_element(m, "cite", line_citation(&p->scratch, s));
    for (size_t i = 0; i < x->witness_count; i++)
        markup_line(m, "div", "from", line_witness(&p->scratch, &x->witnesses[i]));
    markup_close(m);
    markup_own(m, STR("\n"));
    return OK;
}

static enum status end(struct publishing *p, struct err *e)
{
    struct page *const page = p->state;
    (void)e;
    markup_end(&page->m);
    buf_add_byte(p->out, '\n');
    return OK;
}

const struct exporter exporter_html = {
    .name = "html",
    .title = "a transcript as one page to read and print, with citations and sources",
    .begin = begin,
    .message = put_message,
    .end = end,
};
