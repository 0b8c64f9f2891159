/*
 * Rooms of a Rocket.Chat server as its programming interface gives them, and as the Conti leak of 2022
 * had them: {"messages": [...], "success": true} for each room and day, newest first, with rooms.json
 * and users.list beside.
 *
 * Quirks: `t` tells the kinds of system messages; an answer by quotation is an attachment with the
 * address of the message that is quoted; one room may stand in dumps of several servers.
 */
#include "leaks.h"

#include "counted.h"
#include "file_kind.h"
#include "json_records.h"
#include "message_parts.h"
#include "moment.h"

#include <stdlib.h>

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct arena arena, record;
    str room; /* the last one that was sent */
    struct counted no_time;
};

static const char *const paths[] = {"messages[]", NULL};

/* "2021-01-29T00:06:46.929Z", or {"$date": milliseconds or text}. */
static int64_t time_of(const struct json_value *v)
{
    if (jv_type(v) == JSON_OBJECT)
        v = jv_get(v, "$date");
    struct stamp stamp;
    int64_t utc_ms;
    const str text = jv_str(v);
    if (stamp_iso(text, &stamp) && stamp.has_offset)
        return stamp.wall_ms - stamp.offset_min * MS_PER_MINUTE;
    return stamp_epoch(text, &utc_ms) ? utc_ms : TIME_NONE;
}

/* --- Rooms ------------------------------------------------------------------------------------- */

struct rooms {
    struct json_doc *doc;
    const struct json_value *list;
};

static void drop_rooms(void *made)
{
    struct rooms *r = made;
    json_doc_free(r->doc);
    free(r);
}

/* rooms.json beside the file or above it, parsed once for the export. */
static const struct json_value *rooms_of(struct siblings *siblings)
{
    static const char *const places[] = {"rooms.json", "../rooms.json"};
    for (size_t i = 0; i < 2; i++) {
        str bytes;
        void **memo = siblings_memo(siblings, str_of(places[i]), drop_rooms);
        if (!memo || !siblings_read(siblings, str_of(places[i]), &bytes))
            continue;
        if (!*memo) {
            struct rooms *made = calloc(1, sizeof *made);
            if (!made)
                abort();
            made->doc = json_doc_new();
            struct err ignored = {0};
            if (json_doc_read(made->doc, bytes, &made->list, &ignored) != OK)
                made->list = NULL;
            *memo = made;
        }
        return ((struct rooms *)*memo)->list;
    }
    return NULL;
}

/* The room in a list, or in the lists that the interface's answers are made of. */
static const struct json_value *find_room(const struct json_value *v, str rid, int depth)
{
    enum { DEPTH = 3 };
    if (jv_type(v) == JSON_OBJECT && str_eq(jv_str(jv_get(v, "_id")), rid))
        return v;
    if (depth == DEPTH || (jv_type(v) != JSON_OBJECT && jv_type(v) != JSON_ARRAY))
        return NULL;
    for (size_t i = 0; i < jv_count(v); i++) {
        const struct json_value *found = find_room(jv_at(v, i), rid, depth + 1);
        if (found)
            return found;
    }
    return NULL;
}

static str title_of(struct arena *a, const struct json_value *room)
{
    str title = jv_str(jv_get(room, "fname"));
    if (!title.n)
        title = jv_str(jv_get(room, "name"));
    const struct json_value *names = jv_get(room, "usernames");
    for (size_t i = 0; !jv_str(jv_get(room, "name")).n && i < jv_count(names) && i < 8; i++)
        title = arena_printf(a, STR_FMT "%s" STR_FMT, STR_ARG(title), i ? ", " : "",
                             STR_ARG(jv_str(jv_at(names, i))));
    return title;
}

static enum status send_room(struct reader *r, const struct message *m, str rid, struct err *e)
{
    if (str_eq(rid, r->room))
        return OK;
    arena_clear(&r->arena);
    r->room = arena_dup(&r->arena, rid);
    const struct json_value *room = find_room(rooms_of(r->options->siblings), rid, 0);
    const str type = jv_str(jv_get(room, "t"));
    const struct conversation c = {.key = m->conversation,
                                   .title = title_of(&r->record, room),
                                   .platform = STR("rocketchat"),
                                   .type = str_eq(type, STR("d"))   ? STR("direct")
                                           : str_eq(type, STR("c")) ? STR("channel")
                                           : type.n                 ? STR("group")
                                                                    : STR("")};
    return r->sink->conversation(r->sink, &c, e);
}

/* --- Messages ---------------------------------------------------------------------------------- */

/* What the kinds of system messages say; "%" is the message's text. */
static const struct {
    const char *t, *words;
} events[] = {
    {"uj", "joined"},
    {"ut", "joined the discussion"},
    {"ul", "left"},
    {"au", "added %"},
    {"ru", "removed %"},
    {"r", "renamed the room to %"},
    {"wm", "welcome %"},
    {"room_changed_topic", "changed the topic to %"},
    {"room_changed_description", "changed the description to %"},
    {"room_changed_announcement", "changed the announcement to %"},
    {"room_changed_privacy", "made the room %"},
    {"room_changed_avatar", "changed the picture"},
    {"message_pinned", "pinned a message"},
    {"user-muted", "muted %"},
    {"user-unmuted", "unmuted %"},
    {"subscription-role-added", "gave % a role"},
    {"subscription-role-removed", "took a role from %"},
    {"room-archived", "archived the room"},
    {"room-unarchived", "opened the room again"},
    {"discussion-created", "began the discussion %"},
};

static void set_event(struct reader *r, struct message *m, str t)
{
    m->kind = KIND_EVENT;
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++) {
        if (!str_eq(t, str_of(events[i].t)))
            continue;
        const str words = str_of(events[i].words);
        const size_t hole = str_find_byte(words, '%');
        if (hole == STR_NONE)
            m->text = words;
        else
            m->text =
                arena_printf(&r->record, STR_FMT STR_FMT STR_FMT, STR_ARG(str_sub(words, 0, hole)),
                             STR_ARG(m->text), STR_ARG(str_from(words, hole + 1)));
        return;
    }
    m->text = arena_printf(&r->record, STR_FMT ": " STR_FMT, STR_ARG(t), STR_ARG(m->text));
}

static void set_kind(struct reader *r, struct message *m, str t)
{
    if (str_eq(t, STR("rm"))) {
        m->flags |= FLAG_DELETED;
        m->text = STR("");
    } else if (str_eq(t, STR("jitsi_call_started")) || str_eq(t, STR("videoconf"))) {
        m->kind = KIND_CALL;
    } else if (t.n && !str_eq(t, STR("e2e"))) {
        set_event(r, m, t);
    }
}

/* A quotation points at the message that is answered: ".../group/gate?msg=ID". */
static bool set_quotation(struct message *m, const struct json_value *x)
{
    const str link = jv_str(jv_get(x, "message_link")), mark = STR("msg=");
    const size_t at = str_find(link, mark);
    if (at == STR_NONE)
        return false;
    m->reply_to = str_from(link, at + mark.n);
    m->flags |= FLAG_REPLY;
    return true;
}

static void add_attachments(struct reader *r, struct message *m, const struct json_value *v)
{
    const struct json_value *list = jv_get(v, "attachments"), *file = jv_get(v, "file");
    for (size_t i = 0; i < jv_count(list); i++) {
        const struct json_value *x = jv_at(list, i);
        str name = jv_str(jv_get(x, "title"));
        if (set_quotation(m, x))
            continue;
        const bool image = jv_get(x, "image_url"), video = jv_get(x, "video_url");
        const bool audio = jv_get(x, "audio_url");
        if (!image && !video && !audio && !jv_get(x, "title_link"))
            continue;
        if (!name.n)
            name = jv_str(jv_get(file, "name"));
        add_absent(&r->record, m,
                   image   ? ATTACH_IMAGE
                   : video ? ATTACH_VIDEO
                   : audio ? ATTACH_AUDIO
                           : kind_of_file(name),
                   name);
        if (!m->text.n)
            m->text = jv_str(jv_get(x, "description"));
    }
    const str name = jv_str(jv_get(file, "name"));
    if (name.n && !m->attachment_count)
        add_absent(&r->record, m, kind_of_file(name), name);
}

static void add_people(struct reader *r, struct message *m, const struct json_value *v)
{
    const struct json_value *mentions = jv_get(v, "mentions"), *reactions = jv_get(v, "reactions");
    for (size_t i = 0; i < jv_count(mentions); i++)
        add_mention(&r->record, m, jv_str(jv_get(jv_at(mentions, i), "_id")),
                    jv_str(jv_get(jv_at(mentions, i), "username")));
    for (size_t i = 0; i < jv_count(reactions); i++) {
        const struct json_value *names = jv_get(jv_at(reactions, i), "usernames");
        for (size_t k = 0; k < jv_count(names); k++)
            add_reaction(&r->record, m,
                         (struct reaction){.emoji = jv_key(reactions, i),
                                           .sender = jv_str(jv_at(names, k)),
                                           .sender_name = STR(""),
                                           .utc_ms = TIME_NONE,
                                           .count = 1});
    }
}

static void set_times(struct reader *r, struct message *m, const struct json_value *v)
{
    m->time = moment_utc(time_of(jv_get(v, "ts")));
    m->time_shown = jv_str(jv_get(v, "ts"));
    if (m->time.basis == BASIS_NONE)
        counted_add(&r->no_time, m->locus);
    m->edited_utc_ms = time_of(jv_get(v, "editedAt"));
    if (m->edited_utc_ms != TIME_NONE && m->flags & FLAG_DELETED) {
        m->deleted_utc_ms = m->edited_utc_ms;
        m->edited_utc_ms = TIME_NONE;
    } else if (m->edited_utc_ms != TIME_NONE) {
        m->flags |= FLAG_EDITED;
    }
}

static enum status on_record(void *context, const struct json_part *p, const struct json_value *v,
                             const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    const struct json_value *u = jv_get(v, "u");
    if (jv_type(v) != JSON_OBJECT || !jv_get(v, "_id"))
        return json_refuse(r->sink, p, "noId", STR("This is no message: it has no “_id”."), e);
    struct message m = json_message(p, mends);
    const str rid = jv_str(jv_get(v, "rid"));
    m.platform_id = jv_str(jv_get(v, "_id"));
    m.conversation = arena_printf(&r->record, "rocketchat:" STR_FMT, STR_ARG(rid));
    m.sender = jv_str(jv_get(u, "_id"));
    m.sender_name = jv_str(jv_get(u, "username"));
    if (!m.sender.n)
        m.sender = m.sender_name;
    m.text = jv_str(jv_get(v, "msg"));
    set_kind(r, &m, jv_str(jv_get(v, "t")));
    set_times(r, &m, v);
    const str thread = jv_str(jv_get(v, "tmid"));
    if (thread.n) {
        m.reply_to = thread;
        m.flags |= FLAG_REPLY;
    }
    add_attachments(r, &m, v);
    add_people(r, &m, v);
    enum status st = send_room(r, &m, rid, e);
    if (st == OK)
        st = r->sink->message(r->sink, &m, e);
    arena_clear(&r->record);
    return st;
}

static enum status read_rocketchat(struct source *source, const struct import_options *options,
                                   struct sink *sink, struct err *e)
{
    static const struct json_format format = {.paths = paths, .records = 1, .part = on_record};
    struct reader r = {.sink = sink, .options = options, .room = STR("")};
    enum status st = json_records(source, sink, &format, &r, e);
    if (st == OK)
        st = counted_tell(&r.no_time, sink, ISSUE_WARN, "badStamp",
                          "without a time that can be read",
                          STR("They are kept without a time, in their place in the file."), e);
    arena_free(&r.arena);
    arena_free(&r.record);
    return st;
}

static int bid(str prefix, str name)
{
    static const char *const members[] = {"messages", "_id", "rid", "ts", "u", NULL};
    (void)name;
    return str_starts(str_trim(prefix), STR("{")) && leak_has_members(prefix, members)
               ? BID_LIKELY + 20
               : BID_NO;
}

/* rooms.json and users.list, as the interface gives them. */
static bool is_companion(str prefix, str name)
{
    static const char *const rooms[] = {"_id", "t", "usersCount", NULL};
    static const char *const users[] = {"users", "_id", "username", NULL};
    const bool listed = str_ends(name, STR("rooms.json")) || str_ends(name, STR("users.list")) ||
                        str_ends(name, STR("users.json"));
    return listed && (leak_has_members(prefix, rooms) || leak_has_members(prefix, users));
}

static void count(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "messages");
}

const struct importer importer_rocketchat = {
    .name = "rocketchat",
    .title = "Rocket.Chat, JSON of its interface (Conti leak)",
    .where = "answers of channels.history and its like: messages with _id, rid, ts, msg, u",
    .version = "1",
    .bid = bid,
    .companion = is_companion,
    .read = read_rocketchat,
    .unordered = true,
    .count = count,
};
