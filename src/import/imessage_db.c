/*
 * iMessage and SMS on Apple's computers and phones: chat.db (macOS: ~/Library/Messages/chat.db; in an
 * iPhone's backup: 3d0d7e5fb2ce288813306e4d4636395e047a3d28). The table `message` is the source; the
 * others are read beside it.
 *
 * - `text` is empty since macOS 13: the words are in `attributedBody` (typedstream.h).
 * - `date` is nanoseconds since 2001 in UTC, seconds before macOS 10.13; 0 is no time.
 * - Tapbacks are rows of their own: they become reactions of the message that they are about, and
 *   stay as events, because each row is a record.
 * - U+FFFC in a text marks where an attachment stands.
 * - Rows come in order of rowid, which is the order of arrival at this device, not of time.
 */
#include "imessage.h"

#include "json_records.h"
#include "line_records.h"
#include "message_parts.h"
#include "moment.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- Whose it is ------------------------------------------------------------------------------ */

static const char *const companions[] = {
    "_SqliteDatabaseProperties",
    "attachment",
    "chat",
    "chat_handle_join",
    "chat_lookup",
    "chat_message_join",
    "chat_recoverable_message_join",
    "chat_service",
    "deleted_messages",
    "handle",
    "kvtable",
    "message_attachment_join",
    "message_processing_task",
    "persistent_tasks",
    "recoverable_message_part",
    "scheduled_messages_pending_cloudkit_delete",
    "sync_chat_slice",
    "sync_deleted_attachments",
    "sync_deleted_chats",
    "sync_deleted_messages",
    "unsynced_removed_recoverable_messages",
};

/* "message" for "backup/chat.db/message.jsonl"; empty if it is no table. */
static str table_of(str name)
{
    const str ending = STR(".jsonl");
    if (!str_ends(name, ending))
        return STR("");
    return path_name(str_sub(name, 0, name.n - ending.n));
}

static int bid(str prefix, str name)
{
    if (!str_eq(table_of(name), STR("message")))
        return BID_NO;
    const str line = str_sub(prefix, 0, str_find_byte(prefix, '\n'));
    const bool named = str_find(line, STR("\"guid\":")) != STR_NONE &&
                       str_find(line, STR("\"is_from_me\":")) != STR_NONE &&
                       str_find(line, STR("\"handle_id\":")) != STR_NONE;
    const bool empty = !prefix.n && str_ends(name, STR("chat.db/message.jsonl"));
    return named ? BID_SURE : empty ? BID_LIKELY : BID_NO;
}

static bool is_companion(str prefix, str name)
{
    (void)prefix;
    const str table = table_of(name);
    if (str_find(name, STR("/")) == STR_NONE)
        return false;
    for (size_t i = 0; i < sizeof companions / sizeof *companions; i++)
        if (str_eq(table, str_of(companions[i])))
            return true;
    return false;
}

/* ---- Reading ---------------------------------------------------------------------------------- */

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct imessage_tables *tables;
    struct arena arena, kept;          /* of a record; of the source */
    struct imessage_tapback *tapbacks; /* in order of target */
    size_t tapback_count, tapback_cap;
    struct line_note unreadable, unknown_handle, no_chat, recoverable;
};

static int64_t whole(const struct json_value *row, const char *key)
{
    int64_t value = 0;
    return jv_int(jv_get(row, key), &value) ? value : 0;
}

static void note(struct line_note *n, const struct message *m)
{
    if (!n->count++)
        n->first = m->locus;
}

/* Who wrote a row; *known is false if only a number is left of them. */
static str sender_of(const struct reader *r, const struct json_value *row, struct arena *a,
                     bool *known)
{
    const int64_t handle = whole(row, "handle_id");
    *known = true;
    if (whole(row, "is_from_me"))
        return r->options->owner.n ? r->options->owner : STR("Me");
    const struct imessage_handle *h = imessage_handle(r->tables, handle);
    if (h && h->address.n)
        return h->address;
    const struct imessage_chat *c = imessage_chat_of(r->tables, whole(row, "ROWID"));
    if (!handle)
        return c && !c->group ? c->identifier : STR("");
    *known = false;
    return arena_printf(a, "handle %" PRId64, handle);
}

/* ---- Tapbacks, looked at before the rows ------------------------------------------------------ */

static int by_target(const void *x, const void *y)
{
    const struct imessage_tapback *const a = x, *const b = y;
    const int order = str_cmp(a->target, b->target);
    if (order)
        return order;
    return a->nth < b->nth ? -1 : a->nth > b->nth;
}

static void take_tapback(struct reader *r, const struct json_value *row, int64_t type)
{
    bool known;
    if (r->tapback_count == r->tapback_cap) {
        const size_t cap = r->tapback_cap ? r->tapback_cap * 2 : 64;
        struct imessage_tapback *larger = arena_array(&r->kept, cap, sizeof *larger);
        if (r->tapback_count)
            memcpy(larger, r->tapbacks, r->tapback_count * sizeof *larger);
        r->tapbacks = larger;
        r->tapback_cap = cap;
    }
    r->tapbacks[r->tapback_count++] = (struct imessage_tapback){
        .target = arena_dup(&r->kept, imessage_target(row)),
        .sender = arena_dup(&r->kept, sender_of(r, row, &r->kept, &known)),
        .emoji = arena_dup(&r->kept, imessage_tapback_emoji(type, row)),
        .utc_ms = imessage_time(whole(row, "date")),
        .removed = type >= 3000,
        .nth = r->tapback_count,
    };
}

static enum status look_at_row(void *context, const struct json_part *p,
                               const struct json_value *row, const struct json_mends *mends,
                               struct err *e)
{
    (void)p, (void)mends, (void)e;
    const int64_t type = whole(row, "associated_message_type");
    if (imessage_tapback_verb(type))
        take_tapback(context, row, type);
    return OK;
}

/* The reactions that nobody took back. */
static void add_tapbacks(struct reader *r, struct message *m)
{
    size_t low = 0, high = r->tapback_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (str_cmp(r->tapbacks[middle].target, m->platform_id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (size_t i = low; i < r->tapback_count && m->platform_id.n; i++) {
        const struct imessage_tapback *t = &r->tapbacks[i];
        if (!str_eq(t->target, m->platform_id))
            return;
        if (!t->removed)
            add_reaction(
                &r->arena, m,
                (struct reaction){
                    .emoji = t->emoji, .sender = t->sender, .utc_ms = t->utc_ms, .count = 1});
    }
}

/* Each removal also strikes what it takes back, so that only what stands is left. */
static void settle_tapbacks(struct reader *r)
{
    if (r->tapback_count)
        qsort(r->tapbacks, r->tapback_count, sizeof *r->tapbacks, by_target);
    enum { BACK_MAX = 1000 }; /* nobody changes their mind more often */
    for (size_t i = 0; i < r->tapback_count; i++) {
        const struct imessage_tapback *t = &r->tapbacks[i];
        const size_t first = i > BACK_MAX ? i - BACK_MAX : 0;
        for (size_t k = i; t->removed && k-- > first && str_eq(r->tapbacks[k].target, t->target);)
            if (str_eq(r->tapbacks[k].sender, t->sender) && str_eq(r->tapbacks[k].emoji, t->emoji))
                r->tapbacks[k].removed = true;
    }
}

/* ---- Rows ------------------------------------------------------------------------------------- */

static enum status tell_chat(struct reader *r, struct imessage_chat *c, str key, struct err *e)
{
    if (c->told)
        return OK;
    c->told = true;
    return r->sink->conversation(
        r->sink,
        &(struct conversation){.key = key,
                               .title = c->name.n      ? c->name
                                        : c->members.n ? c->members
                                                       : c->identifier,
                               .platform = STR("imessage"),
                               .type = c->group ? STR("group") : STR("direct")},
        e);
}

static enum status place_in_chat(struct reader *r, const struct json_value *row, struct message *m,
                                 struct err *e)
{
    struct imessage_chat *c = imessage_chat_of(r->tables, whole(row, "ROWID"));
    if (c) {
        m->conversation = arena_printf(&r->arena, "imessage:" STR_FMT, STR_ARG(c->identifier));
        return tell_chat(r, c, m->conversation, e);
    }
    note(&r->no_chat, m);
    m->conversation = m->sender.n && !whole(row, "is_from_me")
                          ? arena_printf(&r->arena, "imessage:" STR_FMT, STR_ARG(m->sender))
                          : STR("imessage:unknown");
    return r->sink->conversation(
        r->sink,
        &(struct conversation){.key = m->conversation, .platform = STR("imessage"), .loose = true},
        e);
}

static enum attachment_kind kind_of(str mime)
{
    if (str_starts(mime, STR("image/")))
        return ATTACH_IMAGE;
    if (str_starts(mime, STR("video/")))
        return ATTACH_VIDEO;
    return str_starts(mime, STR("audio/")) ? ATTACH_AUDIO : ATTACH_FILE;
}

static void add_files(struct reader *r, int64_t row, struct message *m)
{
    const struct imessage_file *f;
    for (size_t i = 0; i < 1000 && (f = imessage_file(r->tables, row, i)); i++) {
        struct attachment x = {.kind = kind_of(f->mime),
                               .name = f->name,
                               .mime = f->mime,
                               .size_bytes = f->size_bytes};
        uint64_t size;
        struct sha256_digest digest;
        if (f->path.n && siblings_facts(r->options->siblings, f->path, &size, &digest)) {
            struct sha256_digest *kept = arena_alloc(&r->arena, sizeof *kept);
            *kept = digest;
            x.path = f->path;
            x.size_bytes = (int64_t)size;
            x.digest = kept;
        }
        add_attachment(&r->arena, m, x);
    }
}

static void fill_tapback(struct reader *r, const struct json_value *row, int64_t type,
                         struct message *m)
{
    bool unreadable;
    const str own = imessage_text(row, &r->arena, &unreadable);
    m->kind = KIND_EVENT;
    m->reply_to = imessage_target(row);
    m->text = own.n ? own
                    : arena_printf(&r->arena, "%s a message: " STR_FMT, imessage_tapback_verb(type),
                                   STR_ARG(imessage_tapback_emoji(type, row)));
}

static void fill_text(struct reader *r, const struct json_value *row, struct message *m)
{
    bool unreadable;
    m->text = imessage_text(row, &r->arena, &unreadable);
    if (unreadable)
        note(&r->unreadable, m);
    m->reply_to = jv_str(jv_get(row, "thread_originator_guid"));
    if (!m->reply_to.n && whole(row, "associated_message_type") == 1000) /* a sticker put on it */
        m->reply_to = imessage_target(row);
    if (m->reply_to.n)
        m->flags |= FLAG_REPLY;
    if (whole(row, "is_audio_message"))
        m->flags |= FLAG_AUDIO;
    imessage_edits(row, &r->arena, m);
    add_files(r, whole(row, "ROWID"), m);
    add_tapbacks(r, m);
}

static enum status on_row(void *context, const struct json_part *p, const struct json_value *row,
                          const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    bool known;
    arena_clear(&r->arena);
    if (jv_type(row) != JSON_OBJECT)
        return json_refuse(r->sink, p, "brokenRecord", STR("A line is no row of a table."), e);
    struct message m = json_message(p, mends);
    const int64_t type = whole(row, "associated_message_type");
    m.platform_id = jv_str(jv_get(row, "guid"));
    m.sender = sender_of(r, row, &r->arena, &known);
    m.time = moment_utc(imessage_time(whole(row, "date")));
    m.time_shown = m.time.utc_ms == TIME_NONE ? STR("") : jv_str(jv_get(row, "date"));
    m.text = imessage_event(row, r->tables, &r->arena);
    if (m.text.n)
        m.kind = whole(row, "item_type") == 6 ? KIND_CALL : KIND_EVENT;
    else if (imessage_tapback_verb(type))
        fill_tapback(r, row, type, &m);
    else
        fill_text(r, row, &m);
    if (!known)
        note(&r->unknown_handle, &m);
    if (imessage_is_recoverable(r->tables, whole(row, "ROWID"))) {
        m.flags |= FLAG_DELETED;
        note(&r->recoverable, &m);
    }
    const enum status st = place_in_chat(r, row, &m, e);
    return st == OK ? r->sink->message(r->sink, &m, e) : st;
}

static enum status tell_notes(struct reader *r, struct err *e)
{
    static const struct line_note_words words[] = {
        {ISSUE_WARN, "unreadableBody", "message has a text that cannot be decoded",
         "messages have a text that cannot be decoded",
         "Its bytes are kept with it; look at the message on the device."},
        {ISSUE_WARN, "unknownHandle",
         "message is from somebody whose address is not in the database",
         "messages are from people whose addresses are not in the database",
         "They show as “handle” and a number; a complete copy of chat.db has the table handle."},
        {ISSUE_NOTE, "noChat", "message belongs to no conversation",
         "messages belong to no conversation",
         "They are grouped by sender; a complete copy of chat.db may tell more."},
        {ISSUE_NOTE, "recoverable", "message was deleted and is still in the database",
         "messages were deleted and are still in the database",
         "They are marked as deleted: search with is:deleted."},
    };
    const struct line_note *const notes[] = {&r->unreadable, &r->unknown_handle, &r->no_chat,
                                             &r->recoverable};
    enum status st = OK;
    for (size_t i = 0; i < sizeof words / sizeof *words && st == OK; i++)
        st = line_note_tell(r->sink, notes[i], &words[i], e);
    return st;
}

static enum status read_rows(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    static const char *const paths[] = {"", NULL};
    static const struct json_format ahead = {.paths = paths, .part = look_at_row};
    static const struct json_format rows = {.paths = paths, .records = 1, .part = on_row};
    struct reader r = {.sink = sink, .options = options};
    enum status st = imessage_tables_read(&r.tables, options->siblings, e);
    if (st == OK)
        st = json_look_ahead(source, &ahead, &r, e);
    settle_tapbacks(&r);
    if (st == OK)
        st = json_records(source, sink, &rows, &r, e);
    if (st == OK)
        st = tell_notes(&r, e);
    imessage_tables_free(r.tables);
    arena_free(&r.arena);
    arena_free(&r.kept);
    return st;
}

static void count_rows(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, NULL);
}

const struct importer importer_imessage_db = {
    .name = "imessage-db",
    .title = "iMessage and SMS of a Mac or iPhone, chat.db",
    .where = "macOS: ~/Library/Messages/chat.db; iPhone: sms.db in a backup",
    .version = "1",
    .bid = bid,
    .companion = is_companion,
    .read = read_rows,
    .unordered = true,
    .count = count_rows,
};
