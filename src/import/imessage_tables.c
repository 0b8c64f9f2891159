/*
 * The tables beside `message` in a chat.db, kept as sorted arrays: some have millions of rows, and each
 * row is a number or two.
 */
#include "imessage.h"

#include "buf.h"
#include "json_records.h"

#include <stdlib.h>
#include <string.h>

struct pair {
    int64_t key, value;
    size_t nth; /* in the table: the first of equal keys counts */
};

struct pairs {
    struct pair *list;
    size_t count, cap;
};

struct imessage_tables {
    struct arena arena;
    struct imessage_handle *handles;
    struct imessage_chat *chats;
    struct imessage_file *files;
    size_t handle_count, handle_cap, chat_count, chat_cap, file_count, file_cap;
    struct pairs chat_of, recoverable, files_of, members_of;
};

/* ---- Arrays ----------------------------------------------------------------------------------- */

/* `list` with room for one more. */
static void *with_room(struct arena *a, void *list, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return list;
    *cap = *cap ? *cap * 2 : 64;
    void *larger = arena_array(a, *cap, size);
    if (count)
        memcpy(larger, list, count * size);
    return larger;
}

static void add_pair(struct imessage_tables *t, struct pairs *p, int64_t key, int64_t value)
{
    p->list = with_room(&t->arena, p->list, p->count, &p->cap, sizeof *p->list);
    p->list[p->count] = (struct pair){key, value, p->count};
    p->count++;
}

static int by_key(const void *x, const void *y)
{
    const struct pair *const a = x, *const b = y;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->nth < b->nth ? -1 : a->nth > b->nth;
}

static void sort_pairs(struct pairs *p)
{
    if (p->count)
        qsort(p->list, p->count, sizeof *p->list, by_key);
}

/* The place of the first pair with this key; or where it would be. */
static size_t first_pair(const struct pairs *p, int64_t key)
{
    size_t low = 0, high = p->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (p->list[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static const struct pair *find_pair(const struct pairs *p, int64_t key, size_t nth)
{
    const size_t at = first_pair(p, key) + nth;
    return at < p->count && p->list[at].key == key ? &p->list[at] : NULL;
}

/* The first member of all these rows is their id. */
static int by_id(const void *x, const void *y)
{
    const int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return a < b ? -1 : a > b;
}

static void *find_id(int64_t id, void *list, size_t count, size_t size)
{
    return count ? bsearch(&id, list, count, size, by_id) : NULL;
}

static void sort_ids(void *list, size_t count, size_t size)
{
    if (count)
        qsort(list, count, size, by_id);
}

/* ---- Rows ------------------------------------------------------------------------------------- */

static int64_t whole(const struct json_value *row, const char *key)
{
    int64_t value = 0;
    return jv_int(jv_get(row, key), &value) ? value : 0;
}

static str text(struct imessage_tables *t, const struct json_value *row, const char *key)
{
    return arena_dup(&t->arena, jv_str(jv_get(row, key)));
}

static void on_handle(struct imessage_tables *t, const struct json_value *row)
{
    t->handles =
        with_room(&t->arena, t->handles, t->handle_count, &t->handle_cap, sizeof *t->handles);
    t->handles[t->handle_count++] =
        (struct imessage_handle){.id = whole(row, "ROWID"), .address = text(t, row, "id")};
}

static void on_chat(struct imessage_tables *t, const struct json_value *row)
{
    enum { STYLE_GROUP = 43 };
    t->chats = with_room(&t->arena, t->chats, t->chat_count, &t->chat_cap, sizeof *t->chats);
    t->chats[t->chat_count++] = (struct imessage_chat){
        .id = whole(row, "ROWID"),
        .identifier = text(t, row, "chat_identifier"),
        .name = text(t, row, "display_name"),
        .group = whole(row, "style") == STYLE_GROUP,
    };
}

/* "~/Library/Messages/Attachments/ab/x.jpg" stands beside the database as "Attachments/ab/x.jpg", and
   the tables are seen as files in a folder of the database's name. */
static str path_beside(struct imessage_tables *t, str path)
{
    const str folder = STR("/Library/Messages/");
    const size_t at = str_find(path, folder);
    if (at == STR_NONE)
        return STR("");
    return arena_printf(&t->arena, "../" STR_FMT, STR_ARG(str_from(path, at + folder.n)));
}

static str last_part(str path)
{
    for (size_t at; (at = str_find_byte(path, '/')) != STR_NONE;)
        path = str_from(path, at + 1);
    return path;
}

static void on_file(struct imessage_tables *t, const struct json_value *row)
{
    const str path = text(t, row, "filename"), name = text(t, row, "transfer_name");
    int64_t size;
    t->files = with_room(&t->arena, t->files, t->file_count, &t->file_cap, sizeof *t->files);
    t->files[t->file_count++] = (struct imessage_file){
        .id = whole(row, "ROWID"),
        .name = name.n ? name : last_part(path),
        .mime = text(t, row, "mime_type"),
        .path = path_beside(t, path),
        .size_bytes = jv_int(jv_get(row, "total_bytes"), &size) ? size : -1,
    };
}

static void on_chat_message(struct imessage_tables *t, const struct json_value *row)
{
    add_pair(t, &t->chat_of, whole(row, "message_id"), whole(row, "chat_id"));
}

static void on_recoverable(struct imessage_tables *t, const struct json_value *row)
{
    add_pair(t, &t->recoverable, whole(row, "message_id"), whole(row, "chat_id"));
}

static void on_file_message(struct imessage_tables *t, const struct json_value *row)
{
    add_pair(t, &t->files_of, whole(row, "message_id"), whole(row, "attachment_id"));
}

static void on_member(struct imessage_tables *t, const struct json_value *row)
{
    add_pair(t, &t->members_of, whole(row, "chat_id"), whole(row, "handle_id"));
}

/* ---- Reading ---------------------------------------------------------------------------------- */

static const struct table {
    const char *file;
    void (*row)(struct imessage_tables *t, const struct json_value *row);
} tables[] = {
    {"handle.jsonl", on_handle},
    {"chat.jsonl", on_chat},
    {"attachment.jsonl", on_file},
    {"chat_message_join.jsonl", on_chat_message},
    {"chat_recoverable_message_join.jsonl", on_recoverable},
    {"message_attachment_join.jsonl", on_file_message},
    {"chat_handle_join.jsonl", on_member},
};

struct reading {
    struct imessage_tables *tables;
    const struct table *table;
};

static enum status on_row(void *context, const struct json_part *p, const struct json_value *v,
                          const struct json_mends *mends, struct err *e)
{
    (void)p, (void)mends, (void)e;
    const struct reading *r = context;
    r->table->row(r->tables, v);
    return OK;
}

static enum status read_table(struct imessage_tables *t, const struct table *table,
                              struct siblings *s, struct err *e)
{
    static const char *const paths[] = {"", NULL};
    static const struct json_format format = {.paths = paths, .part = on_row};
    struct source *source;
    if (!siblings_source(s, str_of(table->file), &source))
        return OK;
    struct reading r = {t, table};
    const enum status st = json_look_ahead(source, &format, &r, e);
    source_close(source);
    return st;
}

static void name_members(struct imessage_tables *t)
{
    enum { TITLE_BYTES = 200 };
    for (size_t i = 0; i < t->chat_count; i++) {
        struct buf names = buf_new(BUF_LINE_MAX);
        const struct pair *p;
        for (size_t n = 0;
             names.n < TITLE_BYTES && (p = find_pair(&t->members_of, t->chats[i].id, n)) != NULL;
             n++) {
            const struct imessage_handle *h = imessage_handle(t, p->value);
            if (h && names.n)
                buf_add(&names, STR(", "));
            if (h)
                buf_add(&names, h->address);
        }
        t->chats[i].members = arena_dup(&t->arena, buf_str(&names));
        buf_free(&names);
    }
}

enum status imessage_tables_read(struct imessage_tables **out, struct siblings *s, struct err *e)
{
    struct arena first = {0};
    struct imessage_tables *t = arena_alloc(&first, sizeof *t);
    enum status st = OK;
    t->arena = first; /* it lives in the arena that it owns */
    for (size_t i = 0; i < sizeof tables / sizeof *tables && st == OK; i++)
        st = read_table(t, &tables[i], s, e);
    if (st != OK) {
        imessage_tables_free(t);
        return st;
    }
    sort_ids(t->handles, t->handle_count, sizeof *t->handles);
    sort_ids(t->chats, t->chat_count, sizeof *t->chats);
    sort_ids(t->files, t->file_count, sizeof *t->files);
    sort_pairs(&t->chat_of);
    sort_pairs(&t->recoverable);
    sort_pairs(&t->files_of);
    sort_pairs(&t->members_of);
    name_members(t);
    *out = t;
    return OK;
}

void imessage_tables_free(struct imessage_tables *t)
{
    if (!t)
        return;
    struct arena all = t->arena;
    arena_free(&all);
}

const struct imessage_handle *imessage_handle(const struct imessage_tables *t, int64_t id)
{
    return find_id(id, t->handles, t->handle_count, sizeof *t->handles);
}

struct imessage_chat *imessage_chat_of(const struct imessage_tables *t, int64_t message)
{
    const struct pair *p = find_pair(&t->chat_of, message, 0);
    if (!p)
        p = find_pair(&t->recoverable, message, 0);
    return p ? find_id(p->value, t->chats, t->chat_count, sizeof *t->chats) : NULL;
}

bool imessage_is_recoverable(const struct imessage_tables *t, int64_t message)
{
    return !find_pair(&t->chat_of, message, 0) && find_pair(&t->recoverable, message, 0);
}

const struct imessage_file *imessage_file(const struct imessage_tables *t, int64_t message,
                                          size_t n)
{
    const struct pair *p = find_pair(&t->files_of, message, n);
    return p ? find_id(p->value, t->files, t->file_count, sizeof *t->files) : NULL;
}
