/*
 * One message and all that proves it: the text, its place in the conversation, time as shown and in
 * UTC with its basis, every witness with bytes and hash, citations to copy, the source's own bytes.
 */
#include "layout.h"
#include "mark_parts.h"
#include "message_parts.h"
#include "pages.h"
#include "phrase.h"
#include "url.h"

#include <inttypes.h>
#include <string.h>

enum { NEIGHBOURS = 3, RAW_SHOWN = 64 << 10 };

static void field(struct web *w, const char *name, str value)
{
    if (!value.n)
        return;
    markup_element(&w->out, "dt", str_of(name));
    markup_isolated(&w->out, "dd", value);
}

static str utc_of(struct web *w, const struct message_time *t)
{
    char text[CIVIL_TEXT];
    if (t->utc_ms == TIME_NONE)
        return STR("not known");
    civil_print(text, t->utc_ms);
    return arena_printf(&w->arena, "%s UTC (%s)", text, phrase_basis(t->basis));
}

static str wall_of(struct web *w, const struct message *m)
{
    char text[CIVIL_TEXT];
    if (m->time_shown.n)
        return m->time_shown;
    if (m->time.wall_ms == TIME_NONE)
        return STR("none");
    return arena_dup(&w->arena, str_of(civil_print(text, m->time.wall_ms)));
}

static void draw_fields(struct web *w, const struct stored *s, str citation)
{
    const struct message *m = &s->message;
    markup_open(&w->out, "dl", NULL);
    markup_attr(&w->out, "class", STR("fields"));
    field(w, "Sender", message_sender(m));
    if (m->sender.n && !str_eq(m->sender, message_sender(m)))
        field(w, "Sender's id", m->sender);
    field(w, "Conversation", s->conversation_title.n ? s->conversation_title : m->conversation);
    field(w, "Time as shown", wall_of(w, m));
    field(w, "Instant", utc_of(w, &m->time));
    if (m->time.ambiguous)
        field(w, "Careful", STR("clocks changed in this hour: this time exists twice, or never"));
    field(w, "Kind", str_of(message_kind_name(m->kind)));
    field(w, "Id in the source", m->platform_id);
    field(w, "Message", arena_printf(&w->arena, "%" PRId64, s->row));
    markup_element(&w->out, "dt", STR("Citation"));
    markup_line(&w->out, "dd", "mono", citation);
    markup_close(&w->out);
}

static void draw_witness(struct web *w, const struct stored *s, const struct witness *x, size_t nth)
{
    struct markup *m = &w->out;
    char hex[SHA256_HEX];
    const struct locus *l = &x->locus;
    markup_open(m, "div", NULL);
    markup_attr(m, "class", STR("card"));
    markup_open(m, "dl", NULL);
    markup_attr(m, "class", STR("fields"));
    field(w, "Source", x->source_name);
    field(w, "File inside", l->member);
    field(w, "Bytes",
          arena_printf(&w->arena, "%" PRIu64 " to %" PRIu64 " (%" PRIu64 ")", l->at,
                       l->at + (l->length ? l->length - 1 : 0), l->length));
    if (l->line)
        field(w, "Line", arena_printf(&w->arena, "%" PRIu64, l->line));
    markup_element(m, "dt", STR("SHA-256"));
    markup_line(m, "dd", "mono", str_of(sha256_hex(hex, &x->digest)));
    markup_close(m);
    layout_link(w,
                link_to(&w->arena, "/raw", "id", arena_printf(&w->arena, "%" PRId64, s->row), "nth",
                        arena_printf(&w->arena, "%zu", nth), NULL),
                STR("the source's own bytes"));
    markup_close(m);
}

/* A line to copy: what an article, a footnote, a colleague can use. */
static void draw_citations(struct web *w, const struct stored *s, str citation)
{
    struct markup *m = &w->out;
    const struct message *x = &s->message;
    const str who = message_sender(x);
    const str footnote = arena_printf(
        &w->arena, STR_FMT ", message in “" STR_FMT "”, " STR_FMT " as shown, " STR_FMT,
        STR_ARG(who), STR_ARG(s->conversation_title.n ? s->conversation_title : x->conversation),
        STR_ARG(wall_of(w, x)), STR_ARG(citation));
    markup_element(m, "h2", STR("Cite it"));
    markup_open(m, "p", NULL);
    markup_open(m, "span", NULL);
    markup_attr(m, "class", STR("mono"));
    markup_attr(m, "data-copy", STR("1"));
    markup_text(m, footnote);
    markup_close(m);
    markup_close(m);
    markup_line(m, "p", "soft",
                STR("The citation is made of the message itself: it names the same message in "
                    "every archive that holds it."));
}

static void draw_place(struct web *w, const struct view *v)
{
    struct markup *m = &w->out;
    markup_element(m, "h2", STR("In its place"));
    for (size_t i = 0; i < v->before_count; i++)
        message_draw(w, &v->before[i], &(struct message_look){.named = true});
    message_draw(w, &v->message, &(struct message_look){.named = true, .here = true});
    for (size_t i = 0; i < v->after_count; i++)
        message_draw(w, &v->after[i], &(struct message_look){.named = true});
    markup_open(m, "p", NULL);
    layout_link(w, link_conversation(&w->arena, v->message.conversation_id, v->message.row),
                STR("read on in the conversation"));
    markup_close(m);
}

static void draw_head(struct web *w, const struct stored *s)
{
    struct markup *m = &w->out;
    markup_isolated(m, "h1", message_sender(&s->message));
    markup_open(m, "p", "class", "soft", NULL);
    layout_date(w, &s->message.time);
    markup_text(m, STR(", "));
    layout_clock(w, &s->message.time, s->message.time_shown);
    markup_text(m, STR(" as shown, in "));
    markup_isolated(m, "span",
                    s->conversation_title.n ? s->conversation_title : s->message.conversation);
    markup_close(m);
}

enum status page_message(struct web *w, struct err *e)
{
    int64_t row = 0;
    struct view v;
    char citation[CITATION_TEXT];
    const struct layout l = {.title = STR("Message")};
    enum status st = archive_resolve(w->archive, web_param(w, "id"), &row, e);
    if (st == OK)
        st = archive_view(w->archive, row, NEIGHBOURS, NEIGHBOURS, &w->arena, &v, e);
    if (st == OK)
        st = layout_begin(w, &l, e);
    if (st != OK)
        return st;
    const struct stored *s = &v.message;
    const str cited = str_of(message_citation(citation, s->message.time.wall_ms, s->content_id));
    draw_head(w, s);
    draw_place(w, &v);
    st = mark_message(w, row, e);
    if (st != OK)
        return st;
    markup_element(&w->out, "h2", STR("What is known of it"));
    draw_fields(w, s, cited);
    draw_citations(w, s, cited);
    markup_element(&w->out, "h2",
                   phrase_count(&w->arena, v.witness_count, "place where it stands",
                                "places where it stands"));
    for (size_t i = 0; i < v.witness_count; i++)
        draw_witness(w, s, &v.witnesses[i], i);
    layout_end(w);
    return OK;
}

enum status page_source_bytes(struct web *w, struct err *e)
{
    int64_t row = 0;
    struct view v;
    str bytes = STR("");
    const struct layout l = {.title = STR("Source bytes")};
    enum status st = archive_resolve(w->archive, web_param(w, "id"), &row, e);
    if (st == OK)
        st = archive_view(w->archive, row, 0, 0, &w->arena, &v, e);
    if (st != OK)
        return st;
    const size_t nth = (size_t)web_number(w, "nth", 0, INT64_C(1000000));
    if (nth >= v.witness_count)
        return fail(e, ERR_MISSING, "this message does not stand in so many places");
    st = archive_raw(w->archive, &v.witnesses[nth], &w->arena, &bytes, e);
    if (st == OK)
        st = layout_begin(w, &l, e);
    if (st != OK)
        return st;
    markup_element(&w->out, "h1", STR("The source’s own bytes"));
    markup_line(&w->out, "p", "soft",
                STR("Read from the source just now, and proved by their SHA-256."));
    markup_open(&w->out, "pre", NULL);
    markup_attr(&w->out, "class", STR("raw"));
    markup_attr(&w->out, "tabindex", STR("0"));
    markup_text(&w->out, str_sub(bytes, 0, RAW_SHOWN));
    markup_close(&w->out);
    markup_open(&w->out, "p", NULL);
    layout_link(w, link_message(&w->arena, row), STR("back to the message"));
    markup_close(&w->out);
    layout_end(w);
    return OK;
}
