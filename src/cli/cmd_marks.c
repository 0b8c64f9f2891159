/*
 * stet marks FILE: a colleague's tags and notes, from an export as JSON Lines. Messages are found by
 * their citations, which are the same in every archive that holds them.
 */
#include "cli.h"
#include "json_value.h"
#include "lines.h"
#include "marks.h"
#include "words.h"

#include <string.h>
#include <time.h>

struct taking {
    struct store *store;
    struct json_doc *doc;
    int64_t now_ms;
    uint64_t tags, notes, missing;
};

static enum status take_tags(struct taking *t, const struct json_value *tags, int64_t row,
                             struct err *e)
{
    enum status st = OK;
    for (size_t i = 0; i < jv_count(tags) && st == OK; i++) {
        uint64_t changed = 0;
        st = marks_tag(t->store, jv_str(jv_at(tags, i)), &row, 1, t->now_ms, &changed, e);
        t->tags += changed;
    }
    return st;
}

/* A note that stands there already is not written twice. */
static enum status take_note(struct taking *t, str text, int64_t row, struct err *e)
{
    struct arena a = {0};
    struct note_row *notes;
    size_t count;
    int64_t id;
    enum status st = marks_notes_of(t->store, row, &a, &notes, &count, e);
    bool there = false;
    for (size_t i = 0; st == OK && i < count; i++)
        there = there || str_eq(notes[i].text, str_trim(text));
    if (st == OK && !there && str_trim(text).n) {
        st = marks_note(t->store, row, row, text, t->now_ms, &id, e);
        t->notes++;
    }
    arena_free(&a);
    return st;
}

static enum status take_line(struct taking *t, str line, struct err *e)
{
    const struct json_value *v;
    struct err why = {0};
    int64_t row = 0;
    if (json_doc_read(t->doc, line, &v, &why) != OK)
        return fail(e, ERR_FORMAT, "this is no export of Stet as JSON Lines: %s", why.msg);
    const struct json_value *tags = jv_get(v, "tags"), *notes = jv_get(v, "notes");
    if (!jv_count(tags) && !jv_count(notes))
        return OK;
    enum status st = store_cited(t->store, jv_str(jv_get(v, "citation")), &row, &why);
    if (st == ERR_MISSING || st == ERR_QUERY) {
        t->missing++;
        return OK;
    }
    if (st != OK) {
        *e = why;
        return st;
    }
    st = take_tags(t, tags, row, e);
    for (size_t i = 0; i < jv_count(notes) && st == OK; i++)
        st = take_note(t, jv_str(jv_at(notes, i)), row, e);
    return st;
}

static enum status take_all(struct taking *t, const char *path, struct err *e)
{
    struct source *s = NULL;
    enum status st = source_open(&s, path, e);
    if (st != OK)
        return st;
    struct lines lines = lines_of(s);
    struct line line;
    enum step step;
    while ((step = lines_next(&lines, &line, e)) == STEP_ROW && st == OK)
        if (str_trim(line.text).n)
            st = take_line(t, line.text, e);
    source_close(s);
    return step == STEP_ERROR ? e->code : st;
}

static void tell(struct cli *c, const struct taking *t)
{
    struct arena *const a = &c->arena;
    if (c->json) {
        struct json j = cli_json(c, "marks");
        json_key(&j, "tags");
        json_int(&j, (int64_t)t->tags);
        json_key(&j, "notes");
        json_int(&j, (int64_t)t->notes);
        json_key(&j, "missing");
        json_int(&j, (int64_t)t->missing);
        cli_json_end(c, &j);
        return;
    }
    if (c->quiet)
        return;
    term_addf(&c->out, STR_FMT " and " STR_FMT " taken in.\n",
              STR_ARG(count_text(a, t->tags, "tag", "tags")),
              STR_ARG(count_text(a, t->notes, "note", "notes")));
    if (t->missing)
        term_addf(&c->out, STR_FMT " not in this archive.\n",
                  STR_ARG(count_text(a, t->missing, "marked message is", "marked messages are")));
}

enum exit_status cmd_marks(struct cli *c)
{
    struct err e = {0};
    struct taking t = {.now_ms = (int64_t)time(NULL) * MS_PER_SECOND, .doc = json_doc_new()};
    enum status st = store_open(&t.store, cli_archive_path(c), STORE_WRITE, &e);
    if (st == OK)
        st = take_all(&t, c->opts.args[0], &e);
    if (st == OK)
        tell(c, &t);
    store_close(t.store);
    json_doc_free(t.doc);
    return st == OK ? EXIT_DONE : cli_fail(c, &e);
}
