/*
 * See identity.h. Claims are acts (act.h), so that `stet undo` takes back what was done last, be it a
 * tag or a join; a split only ends a claim, and the history of who was held to be whom stays readable.
 */
#include "identity.h"

#include <inttypes.h>
#include <string.h>

#include "act.h"
#include "identity_cache.h"

const char *confidence_name(enum confidence c)
{
    switch (c) {
    case CONFIDENCE_LOW: return "low";
    case CONFIDENCE_MEDIUM: return "medium";
    case CONFIDENCE_HIGH: return "high";
    }
    return "?";
}

/* Binds up to two numbers and runs; our SQL has ?1 and perhaps ?2. */
static enum status change(struct store *s, const char *sql, int64_t first, int64_t second,
                          struct err *e)
{
    sqlite3_stmt *q;
    const enum status st = act_prepare(s, sql, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, first);
    if (sqlite3_bind_parameter_count(q) > 1)
        sqlite3_bind_int64(q, 2, second);
    return act_run(s, q, e);
}

/* The first number of our SQL's first row; 0 without one. */
static enum status number_of(struct store *s, const char *sql, int64_t argument, int64_t *out,
                             struct err *e)
{
    sqlite3_stmt *q;
    *out = 0;
    const enum status st = act_prepare(s, sql, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, argument);
    if (sqlite3_step(q) == SQLITE_ROW)
        *out = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    return OK;
}

/* ---- checks --------------------------------------------------------------------------------- */

static enum status check_text(str *text, const char *what, size_t max, struct err *e)
{
    *text = str_trim(*text);
    if (text->n > max)
        return fail(e, ERR_QUERY, "%s has at most %zu bytes", what, max);
    for (size_t i = 0; i < text->n; i++)
        if ((unsigned char)text->p[i] < 0x20)
            return fail(e, ERR_QUERY, "%s has no line feed or control character", what);
    return OK;
}

static enum status check_participant(struct store *s, int64_t id, struct err *e)
{
    int64_t there;
    const enum status st = number_of(s, "SELECT id FROM participant WHERE id = ?1", id, &there, e);
    if (st == OK && !there)
        return fail(e, ERR_MISSING, "there is no participant %" PRId64 " in this archive", id);
    return st;
}

static enum status person_of(struct store *s, int64_t participant, int64_t *person, struct err *e)
{
    return number_of(s,
                     "SELECT identity_id FROM identity_member"
                     " WHERE participant_id = ?1 AND ended_ms IS NULL",
                     participant, person, e);
}

/* ---- single changes, each with its line in the log ------------------------------------------- */

static enum status add_person(const struct act *act, str name, int64_t now_ms, int64_t *id,
                              struct err *e)
{
    sqlite3_stmt *q;
    enum status st = act_prepare(act->s, "INSERT INTO identity(name, at_ms) VALUES(?1, ?2)", &q, e);
    if (st != OK)
        return st;
    db_bind_text(q, 1, name);
    sqlite3_bind_int64(q, 2, now_ms);
    st = act_run(act->s, q, e);
    *id = sqlite3_last_insert_rowid(act->s->db);
    return st;
}

static enum status add_member(const struct act *act, int64_t person, int64_t participant,
                              const struct join_claim *c, struct err *e)
{
    sqlite3_stmt *q;
    enum status st = act_prepare(act->s,
                                 "INSERT INTO identity_member(identity_id, participant_id, reason,"
                                 " confidence, at_ms) VALUES(?1, ?2, ?3, ?4, ?5)",
                                 &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, person);
    sqlite3_bind_int64(q, 2, participant);
    db_bind_text(q, 3, c->reason);
    sqlite3_bind_int64(q, 4, c->confidence);
    sqlite3_bind_int64(q, 5, c->now_ms);
    st = act_run(act->s, q, e);
    if (st != OK)
        return st;
    const struct act_entry x = {.what = "join",
                                .row = sqlite3_last_insert_rowid(act->s->db),
                                .last_row = person,
                                .at_ms = c->now_ms,
                                .name = STR(""),
                                .text = STR("")};
    return act_log(act, &x, e);
}

static enum status end_member(const struct act *act, int64_t participant, int64_t now_ms,
                              struct err *e)
{
    int64_t member;
    enum status st = number_of(act->s,
                               "SELECT id FROM identity_member"
                               " WHERE participant_id = ?1 AND ended_ms IS NULL",
                               participant, &member, e);
    if (st != OK || !member)
        return st;
    st =
        change(act->s, "UPDATE identity_member SET ended_ms = ?2 WHERE id = ?1", member, now_ms, e);
    const struct act_entry x = {.what = "split",
                                .row = member,
                                .last_row = participant,
                                .at_ms = now_ms,
                                .name = STR(""),
                                .text = STR("")};
    return st == OK ? act_log(act, &x, e) : st;
}

static enum status set_name(struct store *s, int64_t person, str name, struct err *e)
{
    sqlite3_stmt *q;
    const enum status st = act_prepare(s, "UPDATE identity SET name = ?2 WHERE id = ?1", &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, person);
    db_bind_text(q, 2, name);
    return act_run(s, q, e);
}

static enum status rename_person(const struct act *act, int64_t person, str name, int64_t now_ms,
                                 struct err *e)
{
    sqlite3_stmt *q;
    enum status st = act_prepare(act->s, "SELECT name FROM identity WHERE id = ?1", &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, person);
    if (sqlite3_step(q) != SQLITE_ROW) {
        sqlite3_finalize(q);
        return fail(e, ERR_MISSING, "there is no person %" PRId64, person);
    }
    st = act_log(act,
                 &(struct act_entry){.what = "rename",
                                     .row = person,
                                     .last_row = person,
                                     .at_ms = now_ms,
                                     .name = db_text(q, 0),
                                     .text = name},
                 e);
    sqlite3_finalize(q);
    return st == OK ? set_name(act->s, person, name, e) : st;
}

/* ---- joining -------------------------------------------------------------------------------- */

/* The participants of a join, with all that come along because their person is joined. */
struct group {
    struct arena arena;
    int64_t *p;
    size_t count, cap;
};

static void add_to_group(struct group *g, int64_t participant)
{
    for (size_t i = 0; i < g->count; i++)
        if (g->p[i] == participant)
            return;
    if (g->count == g->cap) {
        g->cap = g->cap ? 2 * g->cap : 16;
        int64_t *const more = arena_array(&g->arena, g->cap, sizeof *more);
        if (g->count)
            memcpy(more, g->p, g->count * sizeof *more);
        g->p = more;
    }
    g->p[g->count++] = participant;
}

static enum status add_fellows(struct store *s, struct group *g, int64_t person, struct err *e)
{
    sqlite3_stmt *q;
    const enum status st = act_prepare(s,
                                       "SELECT participant_id FROM identity_member"
                                       " WHERE identity_id = ?1 AND ended_ms IS NULL ORDER BY id",
                                       &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, person);
    while (sqlite3_step(q) == SQLITE_ROW)
        add_to_group(g, sqlite3_column_int64(q, 0));
    sqlite3_finalize(q);
    return OK;
}

/* The name of the person, or of the first handle. */
static enum status usual_name(struct store *s, int64_t participant, struct arena *a, str *out,
                              struct err *e)
{
    sqlite3_stmt *q;
    const enum status st = act_prepare(s,
                                       "SELECT CASE p.name WHEN '' THEN p.key ELSE p.name END"
                                       " FROM participant p WHERE p.id = ?1",
                                       &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, participant);
    *out = STR("");
    if (sqlite3_step(q) == SQLITE_ROW)
        *out = arena_dup(a, str_sub(db_text(q, 0), 0, PERSON_NAME_MAX));
    sqlite3_finalize(q);
    return OK;
}

/* The person that all will be: the first one's who is somebody's already, else a new one. */
static enum status choose_person(const struct act *act, struct group *g, const struct join_claim *c,
                                 int64_t *person, struct err *e)
{
    enum status st = OK;
    str name = c->name;
    const size_t given = g->count;
    *person = 0;
    for (size_t i = 0; i < given && st == OK; i++) {
        int64_t theirs;
        st = person_of(act->s, g->p[i], &theirs, e);
        if (st == OK && theirs)
            st = add_fellows(act->s, g, theirs, e);
        if (!*person)
            *person = theirs;
    }
    if (st != OK)
        return st;
    if (*person)
        return name.n ? rename_person(act, *person, name, c->now_ms, e) : OK;
    if (!name.n)
        st = usual_name(act->s, g->p[0], &g->arena, &name, e);
    return st == OK ? add_person(act, name, c->now_ms, person, e) : st;
}

static enum status join_group(const struct act *act, struct group *g, const struct join_claim *c,
                              int64_t *person, struct err *e)
{
    size_t joined = 0;
    enum status st = choose_person(act, g, c, person, e);
    for (size_t i = 0; i < g->count && st == OK; i++) {
        int64_t theirs;
        st = person_of(act->s, g->p[i], &theirs, e);
        if (st != OK || theirs == *person)
            continue;
        st = end_member(act, g->p[i], c->now_ms, e);
        if (st == OK)
            st = add_member(act, *person, g->p[i], c, e);
        joined++;
    }
    if (st == OK && !joined)
        return fail(e, ERR_QUERY, "these handles are one person already");
    return st;
}

enum status identity_join(struct store *s, const int64_t *participants, size_t count,
                          const struct join_claim *c, int64_t *person, struct err *e)
{
    struct act act;
    struct group g = {.count = 0};
    struct join_claim checked = *c;
    *person = 0;
    enum status st = check_text(&checked.name, "the name of a person", PERSON_NAME_MAX, e);
    if (st == OK)
        st = check_text(&checked.reason, "a reason", CLAIM_TEXT_MAX, e);
    for (size_t i = 0; i < count && st == OK; i++) {
        st = check_participant(s, participants[i], e);
        add_to_group(&g, participants[i]);
    }
    if (st == OK && (g.count < 2 || g.count > JOIN_AT_ONCE_MAX))
        st = fail(e, ERR_QUERY, "a join takes from two to %d different handles", JOIN_AT_ONCE_MAX);
    if (st == OK)
        st = act_begin(&act, s, e);
    if (st == OK)
        st = act_end(&act, join_group(&act, &g, &checked, person, e), e);
    identity_cache_forget(s);
    arena_free(&g.arena);
    return st;
}

/* ---- taking back ----------------------------------------------------------------------------- */

/* One handle alone is nobody's claim that handles belong together. */
static enum status split_off(const struct act *act, int64_t participant, int64_t now_ms,
                             struct err *e)
{
    int64_t person, left = 0, last = 0;
    enum status st = person_of(act->s, participant, &person, e);
    if (st == OK && !person) {
        fail(e, ERR_MISSING, "this handle is joined with no other");
        return fail_hint(e, "stet people shows who is");
    }
    if (st == OK)
        st = end_member(act, participant, now_ms, e);
    if (st == OK)
        st = number_of(act->s,
                       "SELECT count(*) FROM identity_member"
                       " WHERE identity_id = ?1 AND ended_ms IS NULL",
                       person, &left, e);
    if (st != OK || left != 1)
        return st;
    st = number_of(act->s,
                   "SELECT participant_id FROM identity_member"
                   " WHERE identity_id = ?1 AND ended_ms IS NULL",
                   person, &last, e);
    return st == OK ? end_member(act, last, now_ms, e) : st;
}

enum status identity_split(struct store *s, int64_t participant, int64_t now_ms, struct err *e)
{
    struct act act;
    enum status st = act_begin(&act, s, e);
    if (st == OK)
        st = act_end(&act, split_off(&act, participant, now_ms, e), e);
    identity_cache_forget(s);
    return st;
}

enum status identity_rename(struct store *s, int64_t person, str name, int64_t now_ms,
                            struct err *e)
{
    struct act act;
    enum status st = check_text(&name, "the name of a person", PERSON_NAME_MAX, e);
    if (st == OK && !name.n)
        st = fail(e, ERR_QUERY, "a person needs a name");
    if (st == OK)
        st = act_begin(&act, s, e);
    if (st == OK)
        st = act_end(&act, rename_person(&act, person, name, now_ms, e), e);
    identity_cache_forget(s);
    return st;
}

/* ---- hands ----------------------------------------------------------------------------------- */

static enum status end_hands(const struct act *act, int64_t participant, int64_t now_ms,
                             bool *was_there, struct err *e)
{
    int64_t note;
    enum status st = number_of(
        act->s, "SELECT id FROM account_note WHERE participant_id = ?1 AND ended_ms IS NULL",
        participant, &note, e);
    *was_there = note != 0;
    if (st != OK || !note)
        return st;
    st = change(act->s, "UPDATE account_note SET ended_ms = ?2 WHERE id = ?1", note, now_ms, e);
    const struct act_entry x = {.what = "unhands",
                                .row = note,
                                .last_row = participant,
                                .at_ms = now_ms,
                                .name = STR(""),
                                .text = STR("")};
    return st == OK ? act_log(act, &x, e) : st;
}

static enum status put_hands(const struct act *act, int64_t participant, str text, int64_t now_ms,
                             struct err *e)
{
    sqlite3_stmt *q;
    enum status st = act_prepare(
        act->s, "INSERT INTO account_note(participant_id, text, at_ms) VALUES(?1, ?2, ?3)", &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, participant);
    db_bind_text(q, 2, text);
    sqlite3_bind_int64(q, 3, now_ms);
    st = act_run(act->s, q, e);
    const struct act_entry x = {.what = "hands",
                                .row = sqlite3_last_insert_rowid(act->s->db),
                                .last_row = participant,
                                .at_ms = now_ms,
                                .name = STR(""),
                                .text = text};
    return st == OK ? act_log(act, &x, e) : st;
}

static enum status replace_hands(const struct act *act, int64_t participant, str text,
                                 int64_t now_ms, struct err *e)
{
    bool was_there = false;
    const enum status st = end_hands(act, participant, now_ms, &was_there, e);
    if (st != OK || text.n)
        return st == OK ? put_hands(act, participant, text, now_ms, e) : st;
    return was_there ? OK : fail(e, ERR_MISSING, "there is no note about this account's hands");
}

enum status identity_note_hands(struct store *s, int64_t participant, str text, int64_t now_ms,
                                struct err *e)
{
    struct act act;
    enum status st = check_text(&text, "a note on an account", CLAIM_TEXT_MAX, e);
    if (st == OK)
        st = check_participant(s, participant, e);
    if (st == OK)
        st = act_begin(&act, s, e);
    if (st == OK)
        st = act_end(&act, replace_hands(&act, participant, text, now_ms, e), e);
    identity_cache_forget(s);
    return st;
}

/* ---- undo ------------------------------------------------------------------------------------ */

/* A person that was made by a join has no claim left once that is undone. */
static enum status undo_join(struct store *s, const struct act_entry *x, struct err *e)
{
    const enum status st = change(s, "DELETE FROM identity_member WHERE id = ?1", x->row, 0, e);
    if (st != OK)
        return st;
    return change(s,
                  "DELETE FROM identity WHERE id = ?1 AND NOT EXISTS"
                  " (SELECT 1 FROM identity_member WHERE identity_id = ?1)",
                  x->last_row, 0, e);
}

enum status identity_undo(const struct act *act, const struct act_entry *x, bool *mine,
                          struct err *e)
{
    struct store *const s = act->s;
    *mine = true;
    identity_cache_forget(s);
    if (strcmp(x->what, "join") == 0)
        return undo_join(s, x, e);
    if (strcmp(x->what, "split") == 0)
        return change(s, "UPDATE identity_member SET ended_ms = NULL WHERE id = ?1", x->row, 0, e);
    if (strcmp(x->what, "rename") == 0)
        return set_name(s, x->row, x->name, e);
    if (strcmp(x->what, "hands") == 0)
        return change(s, "DELETE FROM account_note WHERE id = ?1", x->row, 0, e);
    if (strcmp(x->what, "unhands") == 0)
        return change(s, "UPDATE account_note SET ended_ms = NULL WHERE id = ?1", x->row, 0, e);
    *mine = false;
    return OK;
}

str identity_describe(struct arena *a, const struct act_entry *x, uint64_t count)
{
    (void)count;
    if (strcmp(x->what, "join") == 0)
        return STR("the join of handles into one person");
    if (strcmp(x->what, "split") == 0)
        return STR("the split of a handle from its person");
    if (strcmp(x->what, "rename") == 0)
        return arena_printf(a, "the name \"" STR_FMT "\" of a person", STR_ARG(x->text));
    if (strcmp(x->what, "hands") == 0 || strcmp(x->what, "unhands") == 0)
        return STR("the note about an account's hands");
    return STR("");
}
