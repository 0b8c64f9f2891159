/*
 * Reading a conversation as in a chat: days parted, silences marked with their length, events in the
 * middle, messages of one sender under one name; every time is a permanent link to its message.
 */
#include "bars.h"
#include "dates.h"
#include "layout.h"
#include "message_parts.h"
#include "pages.h"
#include "phrase.h"
#include "url.h"

enum { BEFORE = 60, AFTER = 140 };
#define SILENCE_MS (3 * MS_PER_HOUR)

/* What was drawn last decides what is due before the next. */
struct reader {
    struct web *w;
    int64_t wall_ms, utc_ms;
    int64_t sender; /* -1: a name is due */
    int64_t here;
};

static void draw_day(struct reader *r, const struct message_time *t)
{
    struct markup *m = &r->w->out;
    if (r->wall_ms != TIME_NONE && r->wall_ms / MS_PER_DAY == t->wall_ms / MS_PER_DAY)
        return;
    markup_open(m, "h2", NULL);
    markup_attr(m, "class", STR("day"));
    layout_date(r->w, t);
    markup_close(m);
    r->sender = -1;
}

static void draw_silence(struct reader *r, const struct message_time *t)
{
    char text[CIVIL_TEXT];
    if (r->utc_ms == TIME_NONE || t->utc_ms - r->utc_ms < SILENCE_MS)
        return;
    markup_open(&r->w->out, "p", NULL);
    markup_attr(&r->w->out, "class", STR("silence"));
    markup_textf(&r->w->out, "%s of silence", civil_print_duration(text, t->utc_ms - r->utc_ms));
    markup_close(&r->w->out);
    r->sender = -1;
}

static void draw_one(struct reader *r, const struct stored *s)
{
    const struct message_time *t = &s->message.time;
    const bool event = s->message.kind == KIND_EVENT;
    if (t->basis != BASIS_NONE) {
        draw_silence(r, t);
        draw_day(r, t);
        r->wall_ms = t->wall_ms;
        r->utc_ms = t->utc_ms;
    }
    message_draw(r->w, s,
                 &(struct message_look){.named = !event && s->sender_id != r->sender,
                                        .here = s->row == r->here});
    r->sender = event ? -1 : s->sender_id;
}

/* ---- around the messages -------------------------------------------------------------------- */

static const struct conversation_row *find(const struct conversation_row *rows, size_t count,
                                           int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (rows[i].id == id)
            return &rows[i];
    return NULL;
}

static str title_of(const struct conversation_row *c)
{
    return c->title.n ? c->title : c->key;
}

static void draw_head(struct web *w, const struct conversation_row *c)
{
    struct markup *m = &w->out;
    const str piece = arena_printf(&w->arena, "in:\"" STR_FMT "\"", STR_ARG(title_of(c)));
    markup_isolated(m, "h1", title_of(c));
    markup_open(m, "p", NULL);
    markup_attr(m, "class", STR("soft"));
    markup_text(m, phrase_count(&w->arena, c->messages, "message", "messages"));
    markup_text(m, STR(" · "));
    markup_text(m,
                phrase_count(&w->arena, (uint64_t)c->participants, "person wrote", "people wrote"));
    markup_text(m, STR(" · "));
    layout_link(w, link_to(&w->arena, "/search", "q", piece, NULL), STR("search in it"));
    markup_close(m);
    markup_open(m, "form", NULL);
    markup_attr(m, "class", STR("row"));
    markup_attr(m, "action", STR("/conversation"));
    layout_hidden(w, "id", web_param(w, "id"));
    markup_open(m, "div", NULL);
    markup_open(m, "label", NULL);
    markup_attr(m, "for", STR("date"));
    markup_text(m, STR("Go to a date"));
    markup_close(m);
    markup_open(m, "input", NULL);
    markup_attr(m, "type", STR("text"));
    markup_attr(m, "id", STR("date"));
    markup_attr(m, "name", STR("date"));
    markup_attr(m, "value", web_param(w, "date"));
    markup_attr(m, "placeholder", STR("2016-03-02, june 2016 …"));
    markup_close(m);
    markup_close(m);
    markup_element(m, "button", STR("Go"));
    markup_close(m);
}

static void draw_step(struct web *w, int64_t id, int64_t row, const char *words)
{
    markup_open(&w->out, "p", NULL);
    markup_attr(&w->out, "class", STR("silence"));
    layout_link(w, link_conversation(&w->arena, id, row), str_of(words));
    markup_close(&w->out);
}

/* The first row of the conversation at or behind a date, by a search in it. */
static enum status row_at_date(struct web *w, const struct conversation_row *c, int64_t *row,
                               struct err *e)
{
    struct date_range range;
    const enum status st =
        date_range_parse(web_param(w, "date"), w->request->now_wall_ms, &range, e);
    if (st != OK)
        return st;
    return archive_row_at(w->archive, c->id, range.from_ms, row, e);
}

static enum status draw_messages(struct web *w, const struct conversation_row *c, int64_t row,
                                 struct err *e)
{
    struct view v;
    const enum status st = archive_view(w->archive, row, BEFORE, AFTER, &w->arena, &v, e);
    if (st != OK)
        return st;
    if (v.message.conversation_id != c->id)
        return fail(e, ERR_MISSING, "message %lld is not in this conversation", (long long)row);
    struct reader r = {.w = w,
                       .wall_ms = TIME_NONE,
                       .utc_ms = TIME_NONE,
                       .sender = -1,
                       .here = web_param(w, "at").n ? row : 0};
    if (v.before_count == BEFORE)
        draw_step(w, c->id, v.before[0].row, "↑ earlier");
    for (size_t i = 0; i < v.before_count; i++)
        draw_one(&r, &v.before[i]);
    draw_one(&r, &v.message);
    for (size_t i = 0; i < v.after_count; i++)
        draw_one(&r, &v.after[i]);
    if (v.after_count == AFTER)
        draw_step(w, c->id, v.after[v.after_count - 1].row, "↓ later");
    return OK;
}

enum status page_conversation(struct web *w, struct err *e)
{
    struct conversation_row *rows;
    size_t count;
    enum status st = archive_conversations(w->archive, &w->arena, &rows, &count, e);
    if (st != OK)
        return st;
    const struct conversation_row *c =
        find(rows, count, web_number(w, "id", count ? rows[0].id : 0, INT64_MAX));
    if (!c)
        return fail(e, ERR_MISSING, "there is no such conversation in this archive");
    int64_t row = web_number(w, "at", c->first_row, INT64_MAX);
    struct err date_fault = {0};
    if (web_param(w, "date").n && row_at_date(w, c, &row, &date_fault) != OK &&
        date_fault.code == ERR_DB) {
        *e = date_fault;
        return e->code;
    }
    const struct layout l = {.title = title_of(c), .path = "/conversations"};
    st = layout_begin(w, &l, e);
    if (st != OK)
        return st;
    markup_open(&w->out, "div", NULL);
    markup_attr(&w->out, "class", STR("talk"));
    draw_head(w, c);
    if (date_fault.code != OK)
        layout_notice(w, "error", str_of(date_fault.msg), str_of(date_fault.hint));
    st = draw_messages(w, c, row, e);
    markup_close(&w->out);
    layout_end(w);
    return st;
}
