/* One pair of functions a list: an entry into its table, and back out. */
#include "details.h"

#include <string.h>

/* ---- storing ---------------------------------------------------------------------------------- */

/* The statement with message and place bound. */
static enum status begin_insert(struct store *s, enum statement which, int64_t row, size_t nth,
                                sqlite3_stmt **q, struct err *e)
{
    const enum status st = db_statement(s, which, q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(*q, 1, row);
    sqlite3_bind_int64(*q, 2, (int64_t)nth);
    return OK;
}

static enum status store_attachment(struct store *s, const struct attachment *x, int64_t row,
                                    size_t nth, struct err *e)
{
    sqlite3_stmt *q;
    const enum status st = begin_insert(s, INSERT_ATTACHMENT, row, nth, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 3, x->kind);
    db_bind_text(q, 4, x->name);
    db_bind_text(q, 5, x->mime);
    sqlite3_bind_int64(q, 6, x->size_bytes);
    db_bind_or_null(q, 7, x->path);
    if (x->digest)
        sqlite3_bind_blob(q, 8, x->digest->bytes, SHA256_BYTES, SQLITE_STATIC);
    return db_run(s, q, "store an attachment", e);
}

/* Binds a participant at `at` and, behind it, the name if it differs from the one stored there. */
static enum status bind_person(struct people *p, sqlite3_stmt *q, int at,
                               const struct person_ref *who, struct err *e)
{
    int64_t id;
    bool same_name;
    const enum status st = people_reference(p, who->key, who->name, &id, &same_name, e);
    if (st != OK)
        return st;
    if (id)
        sqlite3_bind_int64(q, at, id);
    if (!same_name)
        db_bind_text(q, at + 1, who->name);
    return OK;
}

static enum status store_reaction(struct store *s, struct people *p, const struct reaction *x,
                                  int64_t row, size_t nth, struct err *e)
{
    sqlite3_stmt *q;
    enum status st = begin_insert(s, INSERT_REACTION, row, nth, &q, e);
    if (st == OK)
        st = bind_person(p, q, 4, &(struct person_ref){x->sender, x->sender_name}, e);
    if (st != OK)
        return st;
    db_bind_text(q, 3, x->emoji);
    db_bind_time(q, 6, x->utc_ms);
    sqlite3_bind_int64(q, 7, x->count);
    return db_run(s, q, "store a reaction", e);
}

static enum status store_edit(struct store *s, const struct edit *x, int64_t row, size_t nth,
                              struct err *e)
{
    sqlite3_stmt *q;
    const enum status st = begin_insert(s, INSERT_EDIT, row, nth, &q, e);
    if (st != OK)
        return st;
    db_bind_text(q, 3, x->text);
    db_bind_time(q, 4, x->utc_ms);
    return db_run(s, q, "store an earlier wording", e);
}

/* Somebody without a key is nobody whom one could look for. */
static enum status store_people(struct store *s, struct people *p, enum statement which,
                                const struct person_ref *all, size_t count, int64_t row,
                                struct err *e)
{
    enum status st = OK;
    for (size_t i = 0; i < count && st == OK; i++) {
        sqlite3_stmt *q;
        if (!all[i].key.n)
            continue;
        st = begin_insert(s, which, row, i, &q, e);
        if (st == OK)
            st = bind_person(p, q, 3, &all[i], e);
        if (st == OK)
            st = db_run(s, q, "store who is addressed", e);
    }
    return st;
}

enum status details_store(struct store *s, struct people *p, const struct message *m, int64_t row,
                          struct err *e)
{
    enum status st = OK;
    for (size_t i = 0; i < m->attachment_count && st == OK; i++)
        st = store_attachment(s, &m->attachments[i], row, i, e);
    for (size_t i = 0; i < m->reaction_count && st == OK; i++)
        st = store_reaction(s, p, &m->reactions[i], row, i, e);
    for (size_t i = 0; i < m->edit_count && st == OK; i++)
        st = store_edit(s, &m->edits[i], row, i, e);
    if (st == OK && m->mention_count)
        st = store_people(s, p, INSERT_MENTION, m->mentions, m->mention_count, row, e);
    if (st == OK && m->recipient_count)
        st = store_people(s, p, INSERT_RECIPIENT, m->recipients, m->recipient_count, row, e);
    return st;
}

/* ---- reading ---------------------------------------------------------------------------------- */

typedef void entry_reader(sqlite3_stmt *q, struct arena *a, void *out);

struct list {
    enum statement which;
    size_t size; /* of an entry */
    entry_reader *read;
};

static void read_attachment(sqlite3_stmt *q, struct arena *a, void *out)
{
    struct attachment *x = out;
    const int kind = sqlite3_column_int(q, 0);
    *x = (struct attachment){
        .kind = kind >= 0 && kind <= ATTACH_LINK_CARD ? (enum attachment_kind)kind : ATTACH_FILE,
        .name = arena_dup(a, db_text(q, 1)),
        .mime = arena_dup(a, db_text(q, 2)),
        .size_bytes = sqlite3_column_int64(q, 3),
        .path = arena_dup(a, db_text(q, 4))};
    if (sqlite3_column_type(q, 5) == SQLITE_NULL)
        return;
    struct sha256_digest *digest = arena_alloc(a, sizeof *digest);
    *digest = db_digest(q, 5);
    x->digest = digest;
}

static void read_reaction(sqlite3_stmt *q, struct arena *a, void *out)
{
    *(struct reaction *)out = (struct reaction){.emoji = arena_dup(a, db_text(q, 0)),
                                                .sender = arena_dup(a, db_text(q, 1)),
                                                .sender_name = arena_dup(a, db_text(q, 2)),
                                                .utc_ms = db_time(q, 3),
                                                .count = (uint32_t)sqlite3_column_int64(q, 4)};
}

static void read_edit(sqlite3_stmt *q, struct arena *a, void *out)
{
    *(struct edit *)out = (struct edit){arena_dup(a, db_text(q, 0)), db_time(q, 1)};
}

static void read_person(sqlite3_stmt *q, struct arena *a, void *out)
{
    *(struct person_ref *)out =
        (struct person_ref){arena_dup(a, db_text(q, 0)), arena_dup(a, db_text(q, 1))};
}

static const struct list lists[] = {
    [DETAIL_ATTACHMENT] = {SELECT_ATTACHMENTS, sizeof(struct attachment), read_attachment},
    [DETAIL_REACTION] = {SELECT_REACTIONS, sizeof(struct reaction), read_reaction},
    [DETAIL_EDIT] = {SELECT_EDITS, sizeof(struct edit), read_edit},
    [DETAIL_MENTION] = {SELECT_MENTIONS, sizeof(struct person_ref), read_person},
    [DETAIL_RECIPIENT] = {SELECT_RECIPIENTS, sizeof(struct person_ref), read_person},
};

/* All entries of one list; NULL and 0 if the archive has none of this kind at all. */
static enum status read_list(struct store *s, enum detail kind, int64_t row, struct arena *a,
                             void **out, size_t *count, struct err *e)
{
    const struct list *l = &lists[kind];
    size_t cap = 0;
    sqlite3_stmt *q;
    *out = NULL;
    *count = 0;
    if (!(s->lists >> kind & 1))
        return OK;
    enum status st = db_statement(s, l->which, &q, e);
    if (st != OK)
        return st;
    sqlite3_bind_int64(q, 1, row);
    int rc;
    while ((rc = sqlite3_step(q)) == SQLITE_ROW) {
        if (*count == cap) {
            cap = cap ? 2 * cap : 4;
            char *more = arena_array(a, cap, l->size);
            if (*count)
                memcpy(more, *out, *count * l->size);
            *out = more;
        }
        l->read(q, a, (char *)*out + (*count)++ * l->size);
    }
    if (rc != SQLITE_DONE)
        st = db_fail(s, e, "read what belongs to a message");
    sqlite3_reset(q);
    return st;
}

enum status details_read(struct store *s, int64_t row, struct arena *a, struct message *m,
                         struct err *e)
{
    void *p;
    enum status st = read_list(s, DETAIL_ATTACHMENT, row, a, &p, &m->attachment_count, e);
    m->attachments = p;
    if (st == OK)
        st = read_list(s, DETAIL_REACTION, row, a, &p, &m->reaction_count, e);
    m->reactions = st == OK ? p : NULL;
    if (st == OK)
        st = read_list(s, DETAIL_EDIT, row, a, &p, &m->edit_count, e);
    m->edits = st == OK ? p : NULL;
    if (st == OK)
        st = read_list(s, DETAIL_MENTION, row, a, &p, &m->mention_count, e);
    m->mentions = st == OK ? p : NULL;
    if (st == OK)
        st = read_list(s, DETAIL_RECIPIENT, row, a, &p, &m->recipient_count, e);
    m->recipients = st == OK ? p : NULL;
    return st;
}

enum status details_any(struct store *s, uint32_t *bits, struct err *e)
{
    static const char *const sql[] = {
        [DETAIL_ATTACHMENT] = "SELECT 1 FROM attachment LIMIT 1",
        [DETAIL_REACTION] = "SELECT 1 FROM reaction LIMIT 1",
        [DETAIL_EDIT] = "SELECT 1 FROM edit LIMIT 1",
        [DETAIL_MENTION] = "SELECT 1 FROM mention LIMIT 1",
        [DETAIL_RECIPIENT] = "SELECT 1 FROM recipient LIMIT 1",
    };
    enum status st = OK;
    *bits = 0;
    for (size_t i = 0; i < sizeof sql / sizeof *sql && st == OK; i++) {
        int64_t any = 0;
        st = db_number(s, &any, sql[i], 0, e);
        *bits |= (uint32_t)(any != 0) << i;
    }
    return st;
}
