/* A message as search and show print it, and the fields of one in JSON. */
#include "print_message.h"
#include "publish.h"
#include "width.h"
#include "words.h"

#include <inttypes.h>
#include <stdio.h>

enum { TEXT_INDENT = 6, HEAD_COLUMNS = 80, STAMP_COLUMNS = 19 };

static str tail_of(struct arena *a, const struct stored *m, const struct message_look *look)
{
    char wait[CIVIL_TEXT];
    if (look->since_previous_ms == TIME_NONE)
        return arena_printf(a, "%" PRId64, m->row);
    return arena_printf(a, "%s later  %" PRId64,
                        civil_print_duration(wait, look->since_previous_ms), m->row);
}

static void print_head(struct cli *c, const struct stored *m, const struct message_look *look)
{
    struct term *const t = &c->out;
    struct arena a = {0};
    struct buf name = buf_new(BUF_LINE_MAX);
    term_escape(&name, sender_text(&m->message));
    const str stamp = stamp_text(&a, m->message.time.wall_ms);
    const str tail = tail_of(&a, m, look);
    term_add(t, look->arrow ? STR("> ") : STR("  "));
    term_style(t, STYLE_SOFT);
    term_add(t, stamp);
    term_pad(t, STAMP_COLUMNS - text_width(stamp));
    term_style(t, look->soft ? STYLE_SOFT : STYLE_STRONG);
    term_add(t, STR("  "));
    term_safe(t, buf_str(&name));
    term_style(t, STYLE_SOFT);
    const int columns = t->columns < HEAD_COLUMNS ? t->columns : HEAD_COLUMNS;
    const int room = columns - 4 - STAMP_COLUMNS - text_width(buf_str(&name)) - text_width(tail);
    term_pad(t, room > 2 ? room : 2);
    term_add(t, tail);
    term_style(t, STYLE_PLAIN);
    term_add(t, STR("\n"));
    buf_free(&name);
    arena_free(&a);
}

void print_one_message(struct cli *c, const struct stored *m, const struct message_look *look)
{
    print_head(c, m, look);
    const struct passage p = {.text = m->message.text,
                              .marks = look->marks,
                              .mark_count = look->mark_count,
                              .indent = TEXT_INDENT,
                              .style = look->soft ? STYLE_SOFT : STYLE_PLAIN,
                              .brackets = look->brackets};
    term_passage(&c->out, &p);
}

void print_conversation(struct cli *c, const struct stored *m)
{
    term_style(&c->out, STYLE_STRONG);
    term_safe(&c->out, conversation_text(m));
    term_style(&c->out, STYLE_PLAIN);
    term_add(&c->out, STR("\n"));
}

/* ---- JSON ----------------------------------------------------------------------------------- */

void json_stamp(struct json *j, const char *key, int64_t wall_ms)
{
    char text[CIVIL_TEXT];
    json_key(j, key);
    if (wall_ms == TIME_NONE)
        json_null(j);
    else
        json_text(j, str_of(civil_print(text, wall_ms)));
}

static void json_time(struct json *j, const struct message *m)
{
    char text[CIVIL_TEXT];
    json_stamp(j, "time", m->time.wall_ms);
    json_key(j, "time_shown");
    json_text(j, m->time_shown);
    json_key(j, "utc");
    if (m->time.utc_ms == TIME_NONE)
        json_null(j);
    else
        json_text(j, str_of(utc_print(text, m->time.utc_ms)));
    json_key(j, "basis");
    json_text(j, str_of(time_basis_name(m->time.basis)));
    json_key(j, "ambiguous");
    json_bool(j, m->time.ambiguous);
}

static void json_flags(struct json *j, uint32_t flags)
{
    json_key(j, "flags");
    json_array(j);
    for (uint32_t bit = 1; message_flag_name(bit); bit <<= 1)
        if (flags & bit)
            json_text(j, str_of(message_flag_name(bit)));
    json_end(j);
}

void json_message(struct json *j, const struct stored *m)
{
    char citation[CITATION_TEXT];
    const struct message *const r = &m->message;
    json_key(j, "id");
    json_int(j, m->row);
    json_key(j, "citation");
    json_text(j, str_of(message_citation(citation, r->time.wall_ms, m->content_id)));
    json_key(j, "conversation");
    json_text(j, r->conversation);
    json_key(j, "title");
    json_text(j, m->conversation_title);
    json_key(j, "kind");
    json_text(j, str_of(message_kind_name(r->kind)));
    json_key(j, "sender");
    json_text(j, r->sender);
    json_key(j, "sender_name");
    json_text(j, r->sender_name.n ? r->sender_name : r->sender);
    json_time(j, r);
    json_flags(j, r->flags);
    publish_json_details(j, r);
    json_key(j, "witnesses");
    json_int(j, m->witnesses);
    json_key(j, "text");
    json_text(j, r->text);
}

void json_marks(struct json *j, const struct span *marks, size_t count)
{
    json_key(j, "marks");
    json_array(j);
    for (size_t i = 0; i < count; i++) {
        json_array(j);
        json_int(j, (int64_t)marks[i].at);
        json_int(j, (int64_t)marks[i].end);
        json_end(j);
    }
    json_end(j);
}
