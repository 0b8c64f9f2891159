/* See message_parts.h. */
#include "message_parts.h"

#include "layout.h"
#include "phrase.h"
#include "url.h"
#include "utf8.h"

enum { REPLY_BYTES = 160 };

str message_sender(const struct message *m)
{
    if (m->sender_name.n)
        return m->sender_name;
    return m->sender.n ? m->sender : STR("(system)");
}

const char *attachment_word(enum attachment_kind kind)
{
    switch (kind) {
    case ATTACH_FILE: return "file";
    case ATTACH_IMAGE: return "picture";
    case ATTACH_VIDEO: return "video";
    case ATTACH_AUDIO: return "sound";
    case ATTACH_LINK_CARD: return "link";
    }
    return "file";
}

/* A quiet line that leads to the message that is answered, if it is in the archive. */
void message_draw_reply(struct web *w, const struct stored *s)
{
    struct markup *m = &w->out;
    struct err ignored = {0};
    struct stored answered;
    int64_t row = 0;
    if (!s->message.reply_to.n)
        return;
    if (archive_replied(w->archive, s, &row, &ignored) != OK || !row ||
        archive_message(w->archive, row, &w->arena, &answered, &ignored) != OK) {
        markup_line(m, "p", "reply", STR("answers a message that is not in this archive"));
        return;
    }
    const str head = str_sub(answered.message.text, 0, REPLY_BYTES);
    markup_open(m, "a", NULL);
    markup_attr(m, "class", STR("reply"));
    markup_attr(m, "dir", STR("auto"));
    markup_attr(m, "href", link_conversation(&w->arena, answered.conversation_id, row));
    markup_element(m, "b", message_sender(&answered.message));
    markup_text(m, STR(" "));
    markup_text(m, str_sub(head, 0, utf8_unbroken(head)));
    markup_close(m);
}

static void draw_attachments(struct web *w, const struct message *message)
{
    struct markup *m = &w->out;
    markup_open(m, "ul", NULL);
    markup_attr(m, "class", STR("reactions"));
    for (size_t i = 0; i < message->attachment_count; i++) {
        const struct attachment *x = &message->attachments[i];
        markup_open(m, "li", NULL);
        markup_text(m, str_of(attachment_word(x->kind)));
        if (x->name.n) {
            markup_text(m, STR(" "));
            markup_isolated(m, "span", x->name);
        }
        if (x->size_bytes >= 0) {
            markup_text(m, STR(", "));
            markup_text(m, phrase_size(&w->arena, (uint64_t)x->size_bytes));
        }
        markup_close(m);
    }
    markup_close(m);
}

static void draw_reactions(struct web *w, const struct message *message)
{
    struct markup *m = &w->out;
    markup_open(m, "ul", NULL);
    markup_attr(m, "class", STR("reactions"));
    markup_attr(m, "aria-label", STR("Reactions"));
    for (size_t i = 0; i < message->reaction_count; i++) {
        const struct reaction *x = &message->reactions[i];
        markup_open(m, "li", NULL);
        markup_text(m, x->emoji);
        markup_text(m, STR(" "));
        if (x->sender.n)
            markup_isolated(m, "span", x->sender_name.n ? x->sender_name : x->sender);
        else
            markup_textf(m, "%u", (unsigned)x->count);
        markup_close(m);
    }
    markup_close(m);
}

static void draw_edits(struct web *w, const struct message *message)
{
    struct markup *m = &w->out;
    markup_open(m, "details", NULL);
    markup_attr(m, "class", STR("edits"));
    markup_element(
        m, "summary",
        phrase_count(&w->arena, message->edit_count, "earlier wording", "earlier wordings"));
    for (size_t i = 0; i < message->edit_count; i++) {
        markup_open(m, "p", NULL);
        markup_attr(m, "class", STR("said"));
        markup_attr(m, "dir", STR("auto"));
        markup_lines(m, message->edits[i].text);
        markup_close(m);
    }
    markup_close(m);
}

void message_draw_extras(struct web *w, const struct message *message)
{
    struct markup *m = &w->out;
    if (message->forwarded_from.n || (message->flags & FLAG_FORWARDED)) {
        markup_open(m, "p", NULL);
        markup_attr(m, "class", STR("soft"));
        markup_text(m, STR("forwarded"));
        if (message->forwarded_from.n) {
            markup_text(m, STR(" from "));
            markup_isolated(m, "span", message->forwarded_from);
        }
        markup_close(m);
    }
    if (message->attachment_count)
        draw_attachments(w, message);
    if (message->reaction_count)
        draw_reactions(w, message);
    if (message->edit_count)
        draw_edits(w, message);
    else if (message->flags & FLAG_EDITED)
        markup_line(m, "p", "soft", STR("edited; the source does not keep the earlier wording"));
}

static void draw_text(struct web *w, const struct message *message)
{
    struct markup *m = &w->out;
    if (!message->text.n && (message->flags & FLAG_DELETED)) {
        markup_line(m, "p", "said gone", STR("deleted; the source does not keep the words"));
        return;
    }
    markup_open(m, "p", NULL);
    markup_attr(m, "class", STR("said"));
    markup_attr(m, "dir", STR("auto"));
    layout_message_text(w, message->text, NULL, 0);
    if (message->flags & FLAG_DELETED)
        markup_line(m, "span", "gone", STR(" (deleted)"));
    markup_close(m);
}

static void draw_event(struct web *w, const struct stored *s, bool here)
{
    struct markup *m = &w->out;
    markup_open(m, "p", NULL);
    markup_attr(m, "class", here ? STR("event here") : STR("event"));
    markup_attrf(m, "id", "m%lld", (long long)s->row);
    markup_attr(m, "dir", STR("auto"));
    if (s->message.sender.n) {
        markup_text(m, message_sender(&s->message));
        markup_text(m, STR(" "));
    }
    markup_text(m, s->message.text);
    markup_close(m);
}

void message_draw(struct web *w, const struct stored *s, const struct message_look *look)
{
    struct markup *m = &w->out;
    if (s->message.kind == KIND_EVENT) {
        draw_event(w, s, look->here);
        return;
    }
    markup_open(m, "article", NULL);
    markup_attr(m, "class", look->here ? STR("message here") : STR("message"));
    markup_attrf(m, "id", "m%lld", (long long)s->row);
    if (look->named) {
        markup_open(m, "h3", NULL);
        markup_attr(m, "class", STR("sender"));
        markup_isolated(m, "span", message_sender(&s->message));
        markup_close(m);
    }
    markup_open(m, "a", NULL);
    markup_attr(m, "class", STR("stamp"));
    markup_attr(m, "href", link_message(&w->arena, s->row));
    layout_clock(w, &s->message.time, s->message.time_shown);
    markup_close(m);
    markup_open(m, "div", NULL);
    message_draw_reply(w, s);
    draw_text(w, &s->message);
    message_draw_extras(w, &s->message);
    markup_close(m);
    markup_close(m);
}
