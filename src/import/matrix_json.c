/*
 * Matrix, Element's "Export chat" as JSON: the room and its events as the server has them
 * (matrix-react-sdk, src/utils/exportUtils/JSONExport.ts). Times are milliseconds UTC.
 *
 * - Edits are applied already; an edit that stands for itself has its new wording in m.new_content.
 * - A redacted event has an empty content.
 * - The body of an answer begins with what it answers, "> <@ines:...> words" (a fallback).
 * - A name is known only from events in which its owner joins or changes it: they are looked for
 *   first, and the last one found is given to all of a person's messages.
 */
#include "matrix.h"

#include "counted.h"
#include "buf.h"
#include "json_records.h"
#include "moment.h"
#include "name_table.h"

enum path { PATH_NAME, PATH_TOPIC, PATH_MESSAGE };

static const char *const paths[] = {
    [PATH_NAME] = "room_name",
    [PATH_TOPIC] = "topic",
    [PATH_MESSAGE] = "messages[]",
    NULL,
};

struct reader {
    struct sink *sink;
    struct arena arena, record; /* of the source, of the record at hand */
    struct buf text;
    struct name_table names;
    str title, room, key;
    struct counted encrypted;
};

/* --- The room ---------------------------------------------------------------------------------- */

static enum status set_room(struct reader *r, str room, struct err *e)
{
    if (r->key.n && (!room.n || str_eq(room, r->room)))
        return OK;
    const str other = r->title.n ? r->title : STR("unknown");
    r->room = arena_dup(&r->arena, room);
    r->key = arena_printf(&r->arena, "matrix:" STR_FMT, STR_ARG(room.n ? room : other));
    return r->sink->conversation(r->sink,
                                 &(struct conversation){
                                     .key = r->key,
                                     .title = r->title,
                                     .platform = STR("matrix"),
                                     .loose = !room.n,
                                 },
                                 e);
}

static enum status on_ahead(void *context, const struct json_part *p, const struct json_value *v,
                            const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    (void)mends;
    const struct participant who = {.key = jv_str(jv_get(v, "state_key")),
                                    .name = jv_str(jv_path(v, "content.displayname"))};
    const bool joined = str_eq(jv_str(jv_path(v, "content.membership")), STR("join"));
    if (p->path != PATH_MESSAGE || !joined || !who.key.n || !who.name.n)
        return OK;
    name_table_set(&r->names, who.key, who.name);
    return r->sink->participant(r->sink, &who, e);
}

/* --- Relations --------------------------------------------------------------------------------- */

static void set_relations(struct message *m, const struct json_value *v)
{
    const struct json_value *relates = jv_get(jv_get(v, "content"), "m.relates_to");
    const struct json_value *edit =
        jv_get(jv_get(jv_get(v, "unsigned"), "m.relations"), "m.replace");
    const str kind = jv_str(jv_get(relates, "rel_type")),
              target = jv_str(jv_get(relates, "event_id"));
    const str answered = jv_str(jv_get(jv_get(relates, "m.in_reply_to"), "event_id"));
    const bool fallback = jv_bool(jv_get(relates, "is_falling_back"));
    const bool thread = str_eq(kind, STR("m.thread"));
    m->reply_to = answered.n && !(thread && fallback) ? answered : target;
    if (answered.n || thread)
        m->flags |= FLAG_REPLY;
    if (edit || str_eq(kind, STR("m.replace")))
        m->flags |= FLAG_EDITED;
    int64_t utc_ms;
    if (jv_int(jv_get(edit, "origin_server_ts"), &utc_ms))
        m->edited_utc_ms = stamp_epoch_number(utc_ms);
}

static bool is_redacted(const struct json_value *v)
{
    const struct json_value *hidden = jv_get(v, "unsigned");
    return jv_get(hidden, "redacted_because") || jv_get(hidden, "redacted_by") ||
           jv_get(v, "redacts_me") ||
           (str_eq(jv_str(jv_get(v, "type")), STR("m.room.message")) &&
            jv_count(jv_get(v, "content")) == 0);
}

static void set_redacted(struct message *m, const struct json_value *v)
{
    int64_t utc_ms;
    m->flags |= FLAG_DELETED;
    if (jv_int(jv_path(v, "unsigned.redacted_because.origin_server_ts"), &utc_ms))
        m->deleted_utc_ms = stamp_epoch_number(utc_ms);
}

/* --- Messages ---------------------------------------------------------------------------------- */

/* Without the words that an answer repeats: lines with "> " at the front, and the blank one behind. */
static str without_fallback(str body)
{
    str rest = body, line;
    if (!str_starts(body, STR("> ")))
        return body;
    while (str_starts(rest, STR(">")))
        if (!str_split(&rest, '\n', &line))
            return body;
    return str_starts(rest, STR("\n")) ? str_from(rest, 1) : body;
}

static void add_media(struct reader *r, struct message *m, const struct json_value *content,
                      str type)
{
    const bool image = str_eq(type, STR("m.image")) || str_eq(type, STR("m.sticker"));
    const str body = jv_str(jv_get(content, "body")), file = jv_str(jv_get(content, "filename"));
    int64_t size;
    add_attachment(&r->record, m,
                   (struct attachment){
                       .kind = image                          ? ATTACH_IMAGE
                               : str_eq(type, STR("m.video")) ? ATTACH_VIDEO
                               : str_eq(type, STR("m.audio")) ? ATTACH_AUDIO
                                                              : ATTACH_FILE,
                       .name = file.n ? file : body,
                       .mime = jv_str(jv_path(content, "info.mimetype")),
                       .size_bytes = jv_int(jv_path(content, "info.size"), &size) ? size : -1,
                   });
    m->text = file.n && !str_eq(file, body) ? body : STR(""); /* a caption, or the name again */
}

static void add_mentions(struct reader *r, struct message *m, const struct json_value *content)
{
    const struct json_value *ids = jv_get(jv_get(content, "m.mentions"), "user_ids");
    for (size_t i = 0; jv_type(ids) == JSON_ARRAY && i < jv_count(ids); i++)
        add_mention(&r->record, m, jv_str(jv_at(ids, i)),
                    name_table_find(&r->names, jv_str(jv_at(ids, i))));
}

static void set_message(struct reader *r, struct message *m, const struct json_value *v)
{
    const struct json_value *content = jv_get(v, "content");
    const struct json_value *edited = jv_get(content, "m.new_content");
    if (edited)
        content = edited;
    const str type = jv_str(jv_get(content, "msgtype"));
    add_mentions(r, m, content);
    if (str_eq(type, STR("m.image")) || str_eq(type, STR("m.file")) ||
        str_eq(type, STR("m.audio")) || str_eq(type, STR("m.video"))) {
        add_media(r, m, content, type);
        return;
    }
    const str body = jv_str(jv_get(content, "body"));
    m->text = m->flags & FLAG_REPLY ? without_fallback(body) : body;
}

/* Polls as they are now, and as they were before they were part of the standard. */
static const struct json_value *poll_of(const struct json_value *v)
{
    const struct json_value *content = jv_get(v, "content");
    const struct json_value *poll = jv_get(content, "org.matrix.msc3381.poll.start");
    if (!poll)
        poll = jv_get(content, "m.poll.start");
    return poll ? poll : jv_get(content, "m.poll");
}

static str poll_words(const struct json_value *v)
{
    const struct json_value *text = jv_get(v, "org.matrix.msc1767.text");
    if (!text)
        text = jv_get(v, "m.text");
    if (jv_type(text) == JSON_ARRAY)
        text = jv_get(jv_at(text, 0), "body");
    return jv_str(text ? text : jv_get(v, "body"));
}

static void set_poll(struct reader *r, struct message *m, const struct json_value *poll)
{
    const struct json_value *answers = jv_get(poll, "answers");
    m->kind = KIND_POLL;
    buf_clear(&r->text);
    buf_add(&r->text, poll_words(jv_get(poll, "question")));
    for (size_t i = 0; jv_type(answers) == JSON_ARRAY && i < jv_count(answers); i++) {
        buf_add_byte(&r->text, '\n');
        buf_add(&r->text, poll_words(jv_at(answers, i)));
    }
    m->text = arena_dup(&r->record, buf_str(&r->text));
}

static void set_matter(struct reader *r, struct message *m, const struct json_value *v)
{
    const str type = jv_str(jv_get(v, "type"));
    const struct json_value *content = jv_get(v, "content");
    set_relations(m, v);
    if (is_redacted(v)) {
        set_redacted(m, v);
        if (!str_eq(type, STR("m.room.message")) && !str_eq(type, STR("m.room.encrypted")))
            matrix_event(&r->record, m, v);
    } else if (str_eq(type, STR("m.room.message"))) {
        set_message(r, m, v);
    } else if (str_eq(type, STR("m.sticker"))) {
        add_media(r, m, content, type);
    } else if (poll_of(v)) {
        set_poll(r, m, poll_of(v));
    } else if (str_eq(type, STR("m.room.encrypted"))) {
        counted_add(&r->encrypted, m->locus);
    } else if (str_eq(type, STR("m.call.invite"))) {
        m->kind = KIND_CALL;
        m->text = STR("call");
    } else if (str_eq(type, STR("m.reaction"))) {
        const str key = jv_str(jv_get(jv_get(content, "m.relates_to"), "key"));
        m->kind = KIND_EVENT;
        m->text = arena_printf(&r->record, "reacted " STR_FMT, STR_ARG(key));
    } else {
        matrix_event(&r->record, m, v);
    }
}

static enum status on_event(struct reader *r, const struct json_part *p, const struct json_value *v,
                            const struct json_mends *mends, struct err *e)
{
    if (!jv_str(jv_get(v, "type")).n)
        return json_refuse(r->sink, p, "brokenRecord", STR("An entry is no event."), e);
    arena_clear(&r->record);
    struct message m = json_message(p, mends);
    int64_t utc_ms;
    const enum status st = set_room(r, jv_str(jv_get(v, "room_id")), e);
    if (st != OK)
        return st;
    m.conversation = r->key;
    m.platform_id = jv_str(jv_get(v, "event_id"));
    m.sender = jv_str(jv_get(v, "sender"));
    m.sender_name = name_table_find(&r->names, m.sender);
    m.time_shown = jv_str(jv_get(v, "origin_server_ts"));
    if (jv_int(jv_get(v, "origin_server_ts"), &utc_ms))
        m.time = moment_utc(stamp_epoch_number(utc_ms));
    set_matter(r, &m, v);
    return r->sink->message(r->sink, &m, e);
}

static enum status on_part(void *context, const struct json_part *p, const struct json_value *v,
                           const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    switch ((enum path)p->path) {
    case PATH_NAME: r->title = arena_dup(&r->arena, jv_str(v)); return OK;
    case PATH_TOPIC: return OK;
    case PATH_MESSAGE: return on_event(r, p, v, mends, e);
    }
    return OK;
}

static enum status read_matrix(struct source *source, const struct import_options *options,
                               struct sink *sink, struct err *e)
{
    static const struct json_format ahead = {.paths = paths, .part = on_ahead};
    static const struct json_format format = {
        .paths = paths, .records = 1 << PATH_MESSAGE, .part = on_part};
    struct reader r = {.sink = sink,
                       .title = STR(""),
                       .room = STR(""),
                       .key = STR(""),
                       .text = buf_new(BUF_MESSAGE_MAX)};
    (void)options;
    enum status st = json_look_ahead(source, &ahead, &r, e);
    if (st == OK)
        st = json_records(source, sink, &format, &r, e);
    if (st == OK)
        st = counted_tell(&r.encrypted, sink, ISSUE_WARN, "encryptedMessage",
                          "with encrypted words, which are not in the file",
                          STR("Export the room again with a client that has its keys."), e);
    buf_free(&r.text);
    name_table_free(&r.names);
    arena_free(&r.arena);
    arena_free(&r.record);
    return st;
}

static bool has(str prefix, const char *word)
{
    return str_find(prefix, str_of(word)) != STR_NONE;
}

static int bid_matrix(str prefix, str name)
{
    (void)name;
    const bool room = str_starts(str_trim(prefix), STR("{")) && has(prefix, "\"messages\"") &&
                      has(prefix, "\"room_name\"");
    return !room                                 ? BID_NO
           : has(prefix, "\"origin_server_ts\"") ? 90
           : has(prefix, "\"exported_by\"")      ? 70
                                                 : BID_NO;
}

static void count_matrix(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "messages");
}

const struct importer importer_matrix_json = {
    .name = "matrix-json",
    .title = "Matrix, Element's export in JSON",
    .where = "Element, Room info, Export Chat, format JSON",
    .version = "1",
    .bid = bid_matrix,
    .read = read_matrix,
    .unordered = true,
    .count = count_matrix,
};
