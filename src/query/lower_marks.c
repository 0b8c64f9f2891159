/* tag: and note: - what the reader marked. */
#include "filter.h"
#include "fold.h"
#include "lower.h"
#include "marks.h"

#define NOTE_ROWS                                                          \
    "SELECT m.id FROM note n JOIN message f ON f.id = n.message_id"        \
    " JOIN message m ON m.id BETWEEN min(n.message_id, n.last_message_id)" \
    " AND max(n.message_id, n.last_message_id) AND m.conversation_id = f.conversation_id"

const char lower_note_rows[] = NOTE_ROWS;

static struct filter *sql_filter(struct arena *a, const struct node *n, const char *sql,
                                 int64_t argument)
{
    struct filter *f = filter_new(a, FILTER_SQL, n);
    f->sql = sql;
    f->row = argument;
    return f;
}

/* Any of the kids; of none nothing. */
static struct filter *any_of(struct arena *a, const struct node *n, struct filter **kids,
                             size_t count)
{
    if (count == 1)
        return kids[0];
    struct filter *f = filter_new(a, count ? FILTER_OR : FILTER_ROW, n);
    f->kids = kids;
    f->kid_count = count;
    return f;
}

static str folded(struct arena *a, str s)
{
    struct folded f = {0};
    fold_text(&f, s);
    const str copy = arena_dup(a, (str){f.p, f.n});
    folded_free(&f);
    return copy;
}

enum status lower_tag(struct planner *p, const struct node *n, struct filter **out, struct err *e)
{
    static const char sql[] = "SELECT message_id FROM tagged WHERE tag_id = ?1";
    struct arena *a = &p->plan->arena;
    struct tag_row *tags;
    size_t count, fitting = 0;
    const enum status st = marks_tags(p->plan->store, a, &tags, &count, e);
    if (st != OK)
        return st;
    const str wanted = folded(a, n->value.text);
    const bool any = str_eq(n->value.text, STR("*"));
    struct filter **kids = arena_array(a, count + 1, sizeof *kids);
    for (size_t i = 0; i < count; i++) {
        const str name = folded(a, tags[i].name);
        if (any || (n->value.prefix ? str_starts(name, wanted) : str_eq(name, wanted)))
            kids[fitting++] = sql_filter(a, n, sql, tags[i].id);
    }
    *out = any_of(a, n, kids, fitting);
    return OK;
}

enum status lower_note(struct planner *p, const struct node *n, struct filter **out, struct err *e)
{
    static const char sql[] = NOTE_ROWS " AND n.id = ?1";
    struct arena *a = &p->plan->arena;
    struct note_row *notes;
    size_t count, fitting = 0;
    const enum status st = marks_notes(p->plan->store, a, &notes, &count, e);
    if (st != OK)
        return st;
    const str wanted = folded(a, n->value.text);
    const bool any = str_eq(n->value.text, STR("*"));
    struct filter **kids = arena_array(a, count + 1, sizeof *kids);
    for (size_t i = 0; i < count; i++)
        if (any || str_find(folded(a, notes[i].text), wanted) != STR_NONE)
            kids[fitting++] = sql_filter(a, n, sql, notes[i].id);
    *out = any_of(a, n, kids, fitting);
    return OK;
}
