/* See mark_parts.h. */
#include "mark_parts.h"

#include <inttypes.h>

#include "layout.h"
#include "marks.h"
#include "phrase.h"
#include "url.h"

static str row_text(struct web *w, int64_t row)
{
    return arena_printf(&w->arena, "%" PRId64, row);
}

static void begin(struct web *w, const char *act)
{
    layout_form(w, STR("/mark"));
    layout_hidden(w, "do", str_of(act));
    layout_hidden(w, "back", link_with(w, NULL));
}

static void button(struct web *w, const char *class, const char *words, const char *label)
{
    struct markup *m = &w->out;
    markup_open(m, "button", "class", class, NULL);
    if (label) {
        markup_attr(m, "aria-label", str_of(label));
        markup_attr(m, "title", str_of(label));
    }
    markup_text(m, str_of(words));
    markup_close(m);
}

static void input(struct web *w, const char *name, const char *id, const char *label)
{
    struct markup *m = &w->out;
    markup_open(m, "div", NULL);
    markup_open(m, "label", "for", id, NULL);
    markup_text(m, str_of(label));
    markup_close(m);
    markup_open(m, "input", "type", "text", "name", name, "id", id, "autocomplete", "off", NULL);
    markup_close(m);
    markup_close(m);
}

void mark_star(struct web *w, int64_t row, bool on)
{
    begin(w, on ? "untag" : "tag");
    layout_hidden(w, "name", STR("star"));
    layout_hidden(w, "id", row_text(w, row));
    button(w, "quiet star", on ? "★" : "☆", on ? "take the star off" : "set a star");
    markup_close(&w->out);
}

enum status mark_is_starred(struct web *w, int64_t row, bool *on, struct err *e)
{
    struct tag_row *tags;
    size_t count;
    *on = false;
    const enum status st =
        marks_tags_of(archive_store(w->archive), row, &w->arena, &tags, &count, e);
    for (size_t i = 0; st == OK && i < count; i++)
        *on = *on || str_eq(tags[i].name, STR("star"));
    return st;
}

static void draw_tag(struct web *w, int64_t row, str name)
{
    struct markup *m = &w->out;
    markup_open(m, "li", NULL);
    markup_open(m, "a", "dir", "auto", NULL);
    markup_attr(m, "href",
                link_to(&w->arena, "/search", "q",
                        arena_printf(&w->arena, "tag:\"" STR_FMT "\"", STR_ARG(name)), NULL));
    markup_text(m, name);
    markup_close(m);
    begin(w, "untag");
    layout_hidden(w, "name", name);
    layout_hidden(w, "id", row_text(w, row));
    button(w, "quiet", "×", "take this tag off");
    markup_close(m);
    markup_close(m);
}

static void draw_note(struct web *w, const struct note_row *n)
{
    struct markup *m = &w->out;
    markup_open(m, "div", "class", "card note", NULL);
    markup_open(m, "p", "dir", "auto", NULL);
    markup_lines(m, n->text);
    markup_close(m);
    if (n->first_row != n->last_row)
        markup_line(m, "p", "soft",
                    arena_printf(&w->arena, "about messages %" PRId64 " to %" PRId64, n->first_row,
                                 n->last_row));
    begin(w, "unnote");
    layout_hidden(w, "note", row_text(w, n->id));
    button(w, "quiet", "take it away", NULL);
    markup_close(m);
    markup_close(m);
}

enum status mark_message(struct web *w, int64_t row, struct err *e)
{
    struct markup *m = &w->out;
    struct tag_row *tags;
    struct note_row *notes;
    size_t tag_count, note_count;
    struct store *s = archive_store(w->archive);
    enum status st = marks_tags_of(s, row, &w->arena, &tags, &tag_count, e);
    if (st == OK)
        st = marks_notes_of(s, row, &w->arena, &notes, &note_count, e);
    if (st != OK)
        return st;
    markup_element(m, "h2", STR("Your marks"));
    if (tag_count) {
        markup_open(m, "ul", "class", "reactions", "aria-label", "Tags", NULL);
        for (size_t i = 0; i < tag_count; i++)
            draw_tag(w, row, tags[i].name);
        markup_close(m);
    }
    for (size_t i = 0; i < note_count; i++)
        draw_note(w, &notes[i]);
    begin(w, "tag");
    layout_hidden(w, "id", row_text(w, row));
    markup_open(m, "div", "class", "row", NULL);
    input(w, "name", "tag-name", "Tag");
    button(w, "button", "Tag it", NULL);
    markup_close(m);
    markup_close(m);
    begin(w, "note");
    layout_hidden(w, "id", row_text(w, row));
    markup_open(m, "label", "for", "note-text", NULL);
    markup_text(m, STR("Note"));
    markup_close(m);
    markup_open(m, "textarea", "name", "text", "id", "note-text", "rows", "2", NULL);
    markup_close(m);
    button(w, "button", "Write it down", NULL);
    markup_close(m);
    return OK;
}

void mark_search(struct web *w, uint64_t count)
{
    struct markup *m = &w->out;
    const str query = web_param(w, "q");
    if (!query.n)
        return;
    markup_open(m, "details", "class", "keep", NULL);
    markup_element(m, "summary", STR("Tag all of them, or keep this search"));
    begin(w, "tag-hits");
    layout_hidden(w, "query", query);
    markup_open(m, "div", "class", "row", NULL);
    input(w, "name", "all-name", "Tag");
    markup_open(m, "button", NULL);
    markup_text(m, STR("Tag "));
    markup_text(m, phrase_count(&w->arena, count, "message", "messages"));
    markup_close(m);
    markup_close(m);
    markup_close(m);
    begin(w, "save");
    layout_hidden(w, "query", query);
    markup_open(m, "div", "class", "row", NULL);
    input(w, "name", "save-name", "Name of the search");
    button(w, "button", "Keep it", NULL);
    markup_close(m);
    markup_close(m);
    markup_close(m);
}
