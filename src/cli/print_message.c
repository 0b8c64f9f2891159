/* A message as search and show print it. */
#include "print_message.h"
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
    term_escape(&name, person_text(&a, m));
    const struct message_time *const time = &m->message.time;
    const str stamp =
        stamp_text(&a, look->search ? search_wall_ms(look->search, time) : time->wall_ms);
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
