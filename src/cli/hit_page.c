/* Hits one after another, each neighbour printed once. */
#include "hit_page.h"
#include "print_message.h"

struct hit_page hit_page_new(struct cli *c, const struct search *s, int context)
{
    return (struct hit_page){.c = c, .search = s, .context = context};
}

void hit_page_free(struct hit_page *p)
{
    arena_free(&p->arena);
}

/* ---- what is on the page already ------------------------------------------------------------ */

static void remember(struct hit_page *p, int64_t row)
{
    p->printed[p->printed_count++ % PRINTED_ROWS] = row;
}

static bool is_printed(const struct hit_page *p, int64_t row)
{
    const size_t count = p->printed_count < PRINTED_ROWS ? p->printed_count : PRINTED_ROWS;
    for (size_t i = 0; i < count; i++)
        if (p->printed[i] == row)
            return true;
    return false;
}

static void print_neighbour(struct hit_page *p, const struct stored *m)
{
    if (is_printed(p, m->row))
        return;
    const struct message_look look = {
        .soft = true, .since_previous_ms = TIME_NONE, .search = p->search};
    print_one_message(p->c, m, &look);
    remember(p, m->row);
}

/* ---- neighbours after a hit ----------------------------------------------------------------- */

static struct stored kept(struct arena *a, const struct stored *m)
{
    struct stored copy = *m;
    copy.message = message_empty();
    copy.message.time = m->message.time;
    copy.message.kind = m->message.kind;
    copy.message.sender = arena_dup(a, m->message.sender);
    copy.message.sender_name = arena_dup(a, m->message.sender_name);
    copy.message.text = arena_dup(a, m->message.text);
    copy.conversation_title = STR("");
    copy.person = arena_dup(a, m->person);
    copy.hands = STR("");
    return copy;
}

static void keep_pending(struct hit_page *p, const struct found *f)
{
    arena_clear(&p->arena);
    p->pending_count = 0;
    if (!f->after_count)
        return;
    p->pending = arena_array(&p->arena, f->after_count, sizeof *p->pending);
    for (size_t i = 0; i < f->after_count; i++)
        p->pending[p->pending_count++] = kept(&p->arena, &f->after[i]);
}

/* Prints what is pending, up to the row that is printed as a hit next; 0: all. */
static void print_pending(struct hit_page *p, int64_t until_row)
{
    for (size_t i = 0; i < p->pending_count && p->pending[i].row != until_row; i++)
        print_neighbour(p, &p->pending[i]);
    p->pending_count = 0;
}

/* ---- hits ----------------------------------------------------------------------------------- */

static void print_hit(struct hit_page *p, const struct found *f)
{
    const struct term *const t = &p->c->out;
    const struct message_look look = {.marks = f->marks,
                                      .mark_count = f->mark_count,
                                      .brackets =
                                          cli_has(p->c, OPT_MARKS) || (t->tty && !t->colour),
                                      .arrow = p->context > 0,
                                      .since_previous_ms = f->since_previous_ms,
                                      .search = p->search};
    print_one_message(p->c, &f->hit, &look);
    remember(p, f->hit.row);
}

/* True if nothing is missing between what was printed last and the first of this hit's lines. */
static bool follows(const struct hit_page *p, const struct found *f)
{
    for (size_t i = 0; i < f->before_count; i++)
        if (is_printed(p, f->before[i].row))
            return true;
    return is_printed(p, f->hit.row);
}

static void print_found(struct hit_page *p, const struct found *f)
{
    const bool same = p->conversation == f->hit.conversation_id;
    print_pending(p, same ? f->hit.row : 0);
    if (!same) {
        if (p->conversation)
            term_add(&p->c->out, STR("\n"));
        print_conversation(p->c, &f->hit);
        p->conversation = f->hit.conversation_id;
    } else if (p->context > 0 && !follows(p, f)) {
        term_add(&p->c->out, STR("\n"));
    }
    for (size_t i = 0; i < f->before_count; i++)
        print_neighbour(p, &f->before[i]);
    print_hit(p, f);
    keep_pending(p, f);
}

/* "zone_time" stands beside "time" when tz: asks for a zone. */
static void json_stored(const struct hit_page *p, struct json *j, const struct stored *m)
{
    answer_message(j, m);
    if (search_facts(p->search)->zone.n)
        answer_stamp(j, "zone_time", search_wall_ms(p->search, &m->message.time));
}

static void json_neighbours(const struct hit_page *p, struct json *j, const char *key,
                            const struct stored *rows, size_t count)
{
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < count; i++) {
        json_object(j);
        json_stored(p, j, &rows[i]);
        json_end(j);
    }
    json_end(j);
}

static void json_found(struct hit_page *p, const struct found *f)
{
    struct json j = cli_json(p->c, "hit");
    json_stored(p, &j, &f->hit);
    answer_marks(&j, f->marks, f->mark_count);
    if (p->context > 0) {
        json_neighbours(p, &j, "before", f->before, f->before_count);
        json_neighbours(p, &j, "after", f->after, f->after_count);
    }
    cli_json_end(p->c, &j);
}

void hit_page_add(struct hit_page *p, const struct found *f)
{
    if (!p->shown++)
        p->first_row = f->hit.row;
    if (p->c->json) {
        json_found(p, f);
    } else {
        print_found(p, f);
    }
}

void hit_page_end(struct hit_page *p)
{
    print_pending(p, 0);
}
