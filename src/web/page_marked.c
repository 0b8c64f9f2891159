/* What the reader marked: saved searches, tags, starred messages, notes; and the acts of marking. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "layout.h"
#include "mark_parts.h"
#include "marks.h"
#include "message_parts.h"
#include "pages.h"
#include "phrase.h"
#include "url.h"

enum { SHOWN = 200 };

/* ---- the page ------------------------------------------------------------------------------- */

static void draw_undo(struct web *w)
{
    struct markup *m = &w->out;
    layout_form(w, STR("/mark"));
    layout_hidden(w, "do", STR("undo"));
    layout_hidden(w, "back", STR("/marked"));
    markup_open(m, "button", NULL);
    markup_text(m, STR("Undo the last mark"));
    markup_close(m);
    markup_close(m);
}

static enum status draw_saved(struct web *w, struct err *e)
{
    struct markup *m = &w->out;
    struct saved_row *saved;
    size_t count;
    const enum status st = marks_saved(archive_store(w->archive), &w->arena, &saved, &count, e);
    if (st != OK || !count)
        return st;
    markup_element(m, "h2", STR("Searches"));
    markup_open(m, "dl", "class", "fields", NULL);
    for (size_t i = 0; i < count; i++) {
        markup_open(m, "dt", "dir", "auto", NULL);
        layout_link(w, link_to(&w->arena, "/search", "q", saved[i].query, NULL), saved[i].name);
        markup_close(m);
        markup_open(m, "dd", "class", "mono", NULL);
        markup_text(m, saved[i].query);
        markup_close(m);
    }
    markup_close(m);
    return OK;
}

static enum status draw_tags(struct web *w, size_t *count, struct err *e)
{
    struct markup *m = &w->out;
    struct tag_row *tags;
    const enum status st = marks_tags(archive_store(w->archive), &w->arena, &tags, count, e);
    if (st != OK || !*count)
        return st;
    markup_element(m, "h2", STR("Tags"));
    markup_open(m, "ul", "class", "reactions", NULL);
    for (size_t i = 0; i < *count; i++) {
        const str query = arena_printf(&w->arena, "tag:\"" STR_FMT "\"", STR_ARG(tags[i].name));
        markup_open(m, "li", NULL);
        layout_link(w, link_to(&w->arena, "/search", "q", query, NULL), tags[i].name);
        markup_textf(m, " %" PRIu64, tags[i].messages);
        markup_close(m);
    }
    markup_close(m);
    return OK;
}

static enum status draw_notes(struct web *w, size_t *count, struct err *e)
{
    struct markup *m = &w->out;
    struct note_row *notes;
    enum status st = marks_notes(archive_store(w->archive), &w->arena, &notes, count, e);
    if (st != OK || !*count)
        return st;
    markup_element(m, "h2", STR("Notes"));
    for (size_t i = 0; i < *count && i < SHOWN && st == OK; i++) {
        struct stored s;
        st = archive_message(w->archive, notes[i].first_row, &w->arena, &s, e);
        if (st != OK)
            break;
        markup_open(m, "div", "class", "card note", NULL);
        markup_open(m, "p", "dir", "auto", NULL);
        markup_lines(m, notes[i].text);
        markup_close(m);
        message_draw(w, &s, &(struct message_look){.named = true});
        markup_close(m);
    }
    return st;
}

enum status page_marked(struct web *w, struct err *e)
{
    const struct layout l = {.title = STR("Marked"), .path = "/marked"};
    size_t tags = 0, notes = 0;
    enum status st = layout_begin(w, &l, e);
    if (st != OK)
        return st;
    markup_element(&w->out, "h1", STR("Marked"));
    st = draw_saved(w, e);
    if (st == OK)
        st = draw_tags(w, &tags, e);
    if (st == OK)
        st = draw_notes(w, &notes, e);
    if (!tags && !notes)
        layout_notice(w, "", STR("Nothing is marked yet."),
                      STR("Set a star on a hit, or open a message to tag it and write a note."));
    draw_undo(w);
    layout_end(w);
    return st;
}

/* ---- acts ----------------------------------------------------------------------------------- */

struct rows {
    int64_t *p;
    size_t count, cap;
};

static void add_row(struct rows *r, int64_t row)
{
    if (r->count == r->cap) {
        r->cap = r->cap ? 2 * r->cap : 256;
        r->p = realloc(r->p, r->cap * sizeof *r->p);
        if (!r->p)
            abort();
    }
    r->p[r->count++] = row;
}

static enum status find_hits(struct web *w, struct rows *rows, struct err *e)
{
    struct search *s = NULL;
    struct found f;
    enum step step = STEP_DONE;
    const struct search_request r = {.query = web_param(w, "query"),
                                     .now_wall_ms = w->request->now_wall_ms};
    enum status st = search_open(&s, w->archive, &r, e);
    if (st != OK)
        return st;
    while ((step = search_next(s, &f, e)) == STEP_ROW)
        add_row(rows, f.hit.row);
    search_close(s);
    return step == STEP_ERROR ? e->code : OK;
}

static enum status act(struct web *w, struct store *s, const struct rows *rows, struct err *e)
{
    const str what = web_param(w, "do"), name = web_param(w, "name");
    const int64_t now = (int64_t)time(NULL) * MS_PER_SECOND;
    const int64_t row = web_number(w, "id", 0, INT64_MAX);
    uint64_t changed;
    int64_t id;
    str undone;
    if (str_eq(what, STR("tag")))
        return marks_tag(s, name, &row, 1, now, &changed, e);
    if (str_eq(what, STR("untag")))
        return marks_untag(s, name, &row, 1, now, &changed, e);
    if (str_eq(what, STR("tag-hits")))
        return marks_tag(s, name, rows->p, rows->count, now, &changed, e);
    if (str_eq(what, STR("note")))
        return marks_note(s, row, row, web_param(w, "text"), now, &id, e);
    if (str_eq(what, STR("unnote")))
        return marks_unnote(s, web_number(w, "note", 0, INT64_MAX), e);
    if (str_eq(what, STR("save")))
        return marks_save(s, name, web_param(w, "query"), now, e);
    if (str_eq(what, STR("undo")))
        return marks_undo(s, &w->arena, &undone, e);
    return fail(e, ERR_FORMAT, "there is no such act");
}

/* A path of ours, whatever the form says: "//host" would lead elsewhere. */
static str way_back(struct web *w)
{
    const str back = web_param(w, "back");
    if (!str_starts(back, STR("/")) || str_starts(back, STR("//")) ||
        str_find_byte(back, '\\') != STR_NONE)
        return STR("/marked");
    for (size_t i = 0; i < back.n; i++)
        if ((unsigned char)back.p[i] <= 0x20 || (unsigned char)back.p[i] >= 0x7F)
            return STR("/marked");
    return back;
}

enum status page_mark(struct web *w, struct err *e)
{
    struct rows rows = {0};
    struct store *s = NULL;
    enum status st = OK;
    if (str_eq(web_param(w, "do"), STR("tag-hits")))
        st = find_hits(w, &rows, e);
    /* A reader that stays open would keep the writer from committing. */
    archive_close(w->archive);
    w->archive = NULL;
    if (st == OK)
        st = store_open(&s, w->settings->archive_path, STORE_WRITE, e);
    if (st == OK)
        st = act(w, s, &rows, e);
    store_close(s);
    free(rows.p);
    struct err ignored = {0};
    (void)(web_reopen(w, &ignored) == OK); /* for the page of an error */
    if (st == OK)
        web_redirect(w, way_back(w));
    return st;
}
