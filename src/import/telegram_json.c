/*
 * Telegram Desktop, "Export chat history" or "Export Telegram data" as JSON: result.json
 * (https://github.com/telegramdesktop/tdesktop, export_output_json.cpp). One chat, the whole account
 * (chats.list[] and left_chats.list[]), or a bare array of messages as scripts leave it.
 *
 * - "date" is the wall time of the computer that exported; "date_unixtime" (since 3.7.6, June 2022)
 *   the instant. Without the second the zone is unknown.
 * - "from" is null for a deleted account; "from_id" was a bare number before 2021.
 * - Ids of messages are unique in a chat only. Control characters are written as \x0B, which is no JSON.
 * - A record of type "unsupported" has an id and nothing else.
 */
#include "telegram.h"

#include "json_records.h"
#include "line_records.h"
#include "moment.h"
#include "telegram_json.h"

enum path {
    PATH_NAME,
    PATH_TYPE,
    PATH_ID,
    PATH_MESSAGE,
    PATH_CHAT,
    PATH_CHAT_NAME,
    PATH_CHAT_TYPE,
    PATH_CHAT_ID,
    PATH_CHAT_MESSAGE,
    PATH_LEFT,
    PATH_LEFT_NAME,
    PATH_LEFT_TYPE,
    PATH_LEFT_ID,
    PATH_LEFT_MESSAGE,
    PATH_ELEMENT,
    PATH_CONTACT,
};

static const char *const paths[] = {
    [PATH_NAME] = "name",
    [PATH_TYPE] = "type",
    [PATH_ID] = "id",
    [PATH_MESSAGE] = "messages[]",
    [PATH_CHAT] = "chats.list[] {",
    [PATH_CHAT_NAME] = "chats.list[].name",
    [PATH_CHAT_TYPE] = "chats.list[].type",
    [PATH_CHAT_ID] = "chats.list[].id",
    [PATH_CHAT_MESSAGE] = "chats.list[].messages[]",
    [PATH_LEFT] = "left_chats.list[] {",
    [PATH_LEFT_NAME] = "left_chats.list[].name",
    [PATH_LEFT_TYPE] = "left_chats.list[].type",
    [PATH_LEFT_ID] = "left_chats.list[].id",
    [PATH_LEFT_MESSAGE] = "left_chats.list[].messages[]",
    [PATH_ELEMENT] = "[]",
    [PATH_CONTACT] = "contacts.list[]",
    NULL,
};

enum {
    RECORDS =
        1 << PATH_MESSAGE | 1 << PATH_CHAT_MESSAGE | 1 << PATH_LEFT_MESSAGE | 1 << PATH_ELEMENT
};

struct chat {
    struct arena arena; /* what of it is kept */
    str name, type, id, key;
};

struct reader {
    struct telegram_reader t; /* first of all */
    struct sink *sink;
    str file; /* the name of the source: all that is known of a bare array */
    struct chat chat;
    struct line_note unsupported, unknown, undated, torn;
};

static void note(struct line_note *n, const struct message *m)
{
    if (!n->count++)
        n->first = m->locus;
}

/* --- The chat ---------------------------------------------------------------------------------- */

static str type_of(str type)
{
    if (str_ends(type, STR("channel")))
        return STR("channel");
    if (str_ends(type, STR("group")) || str_eq(type, STR("group_chat")))
        return STR("group");
    return type.n ? STR("direct") : STR("");
}

static enum status tell_chat(struct reader *r, struct err *e)
{
    const struct chat *c = &r->chat;
    const bool saved = str_eq(c->type, STR("saved_messages")) && !c->name.n;
    return r->sink->conversation(
        r->sink,
        &(struct conversation){.key = c->key,
                               .title = saved ? STR("Saved messages") : c->name,
                               .platform = STR("telegram"),
                               .type = type_of(c->type),
                               .loose = !c->id.n},
        e);
}

/* Before the first message of a chat. Without an id its name, or the file's, must do. */
static enum status begin_chat(struct reader *r, struct err *e)
{
    struct chat *c = &r->chat;
    if (c->key.n)
        return OK;
    const str what = c->id.n ? c->id : c->name.n ? c->name : r->file;
    c->key = arena_printf(&c->arena, "telegram:" STR_FMT, STR_ARG(what));
    return tell_chat(r, e);
}

/* In files that somebody has sorted, the name stands behind the messages. */
static enum status learn(struct reader *r, str *field, const struct json_value *v, struct err *e)
{
    if (!field->n)
        *field = arena_dup(&r->chat.arena, jv_str(v));
    return r->chat.key.n ? tell_chat(r, e) : OK;
}

static void forget_chat(struct chat *c)
{
    struct arena arena = c->arena;
    arena_clear(&arena);
    *c = (struct chat){.arena = arena};
}

static enum status tell_contact(struct reader *r, const struct json_value *v, struct err *e)
{
    const str first = jv_str(jv_get(v, "first_name")), last = jv_str(jv_get(v, "last_name"));
    const str key = telegram_person(&r->t, jv_get(v, "user_id"));
    if (!key.n || str_eq(key, STR("user0")) || first.n + last.n == 0)
        return OK;
    const struct participant p = {
        .key = key,
        .name = arena_printf(&r->t.arena, STR_FMT "%s" STR_FMT, STR_ARG(first),
                             first.n && last.n ? " " : "", STR_ARG(last)),
    };
    return r->sink->participant(r->sink, &p, e);
}

/* --- Messages ---------------------------------------------------------------------------------- */

/* No zone is further from UTC than 14 hours; computers that were off by a little more have been seen. */
static const int64_t apart_max_ms = 26 * MS_PER_HOUR;

/* Scripts have written milliseconds where seconds belong. */
static int64_t instant_of(const struct json_value *unix_s)
{
    int64_t value;
    return jv_int(unix_s, &value) ? stamp_epoch_number(value) : TIME_NONE;
}

/* *torn: the clock as shown and the instant are of different days, so that no zone explains it: what is
   shown counts. */
static struct message_time time_of(const struct reader *r, str shown,
                                   const struct json_value *unix_s, bool *torn)
{
    struct stamp s;
    const bool dated = stamp_iso(shown, &s);
    struct message_time t = moment_utc(instant_of(unix_s));
    *torn = dated && t.utc_ms != TIME_NONE &&
            (s.wall_ms > t.utc_ms + apart_max_ms || s.wall_ms < t.utc_ms - apart_max_ms);
    if (dated && (*torn || t.utc_ms == TIME_NONE))
        return moment_of(&s, r->t.options);
    if (dated)
        t.wall_ms = s.wall_ms;
    return t;
}

static void set_times(struct reader *r, const struct json_value *v, struct message *m)
{
    const str date = jv_str(jv_get(v, "date")), edited = jv_str(jv_get(v, "edited"));
    const struct json_value *unix_s = jv_get(v, "date_unixtime");
    m->time_shown = arena_dup(&r->t.arena, date.n ? date : jv_str(unix_s));
    bool torn, ignored;
    m->time = time_of(r, date, unix_s, &torn);
    if (torn)
        note(&r->torn, m);
    const struct message_time last = time_of(r, edited, jv_get(v, "edited_unixtime"), &ignored);
    if (last.wall_ms > 2 * MS_PER_DAY) { /* old exports say 1970 of what was never edited */
        m->flags |= FLAG_EDITED;
        m->edited_utc_ms = last.utc_ms;
    }
}

static str kept(struct reader *r, const struct json_value *v, const char *key)
{
    return arena_dup(&r->t.arena, jv_str(jv_get(v, key)));
}

/* A post of a channel is signed by its author, if at all. */
static void set_sender(struct reader *r, const struct json_value *v, const char *name_key,
                       const char *id_key, struct message *m)
{
    const str author = jv_str(jv_get(v, "author"));
    m->sender_name = kept(r, v, name_key);
    m->sender = telegram_person(&r->t, jv_get(v, id_key));
    if (!m->sender.n)
        m->sender = m->sender_name;
    if (author.n && !str_eq(author, m->sender_name))
        m->sender_name = arena_printf(&r->t.arena, STR_FMT " (" STR_FMT ")",
                                      STR_ARG(m->sender_name), STR_ARG(author));
}

static void set_links(struct reader *r, const struct json_value *v, struct message *m)
{
    if (jv_get(v, "reply_to_message_id")) {
        m->flags |= FLAG_REPLY;
        if (!jv_get(v, "reply_to_peer_id")) /* else it is a message of another chat */
            m->reply_to = kept(r, v, "reply_to_message_id");
    }
    if (jv_get(v, "forwarded_from") || jv_get(v, "saved_from")) {
        const str from = kept(r, v, "forwarded_from");
        m->flags |= FLAG_FORWARDED;
        m->forwarded_from = from.n ? from : kept(r, v, "saved_from");
    }
}

static void fill_message(struct reader *r, const struct json_value *v, struct message *m)
{
    const struct json_value *text = jv_get(v, "text");
    set_sender(r, v, "from", "from_id", m);
    if (jv_type(text) == JSON_NOTHING)
        text = jv_get(v, "text_entities");
    m->text = telegram_text(&r->t, text);
    telegram_add_entities(&r->t, text, m);
    telegram_add_media(&r->t, v, m);
}

static void fill_service(struct reader *r, const struct json_value *v, struct message *m)
{
    set_sender(r, v, "actor", "actor_id", m);
    if (!m->sender.n)
        set_sender(r, v, "from", "from_id", m);
    if (!telegram_action(&r->t, v, m))
        note(&r->unknown, m);
}

static enum status on_message(struct reader *r, const struct json_part *p,
                              const struct json_value *v, const struct json_mends *mends,
                              struct err *e)
{
    if (jv_type(v) != JSON_OBJECT)
        return json_refuse(r->sink, p, "badRecord", STR("This is no message, but another value."),
                           e);
    const enum status st = begin_chat(r, e);
    if (st != OK)
        return st;
    arena_clear(&r->t.arena);
    struct message m = json_message(p, mends);
    m.conversation = r->chat.key;
    m.platform_id = kept(r, v, "id");
    set_times(r, v, &m);
    set_links(r, v, &m);
    const str type = jv_str(jv_get(v, "type"));
    if (str_eq(type, STR("service"))) {
        fill_service(r, v, &m);
    } else if (str_eq(type, STR("unsupported"))) {
        m.kind = KIND_EVENT;
        m.text = STR("a message of a kind that this version of Telegram could not export");
        note(&r->unsupported, &m);
    } else {
        fill_message(r, v, &m);
    }
    telegram_add_reactions(&r->t, v, &m);
    if (m.time.basis == BASIS_NONE && !str_eq(type, STR("unsupported")))
        note(&r->undated, &m);
    return r->sink->message(r->sink, &m, e);
}

/* --- The walk ---------------------------------------------------------------------------------- */

static enum status on_part(void *context, const struct json_part *p, const struct json_value *v,
                           const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    switch ((enum path)p->path) {
    case PATH_NAME:
    case PATH_CHAT_NAME:
    case PATH_LEFT_NAME: return learn(r, &r->chat.name, v, e);
    case PATH_TYPE:
    case PATH_CHAT_TYPE:
    case PATH_LEFT_TYPE: return learn(r, &r->chat.type, v, e);
    case PATH_ID:
    case PATH_CHAT_ID:
    case PATH_LEFT_ID: return learn(r, &r->chat.id, v, e);
    case PATH_CHAT:
    case PATH_LEFT: forget_chat(&r->chat); return OK;
    case PATH_CONTACT: return tell_contact(r, v, e);
    case PATH_MESSAGE:
    case PATH_CHAT_MESSAGE:
    case PATH_LEFT_MESSAGE:
    case PATH_ELEMENT: return on_message(r, p, v, mends, e);
    }
    return OK;
}

static enum status tell_notes(struct reader *r, struct err *e)
{
    static const struct line_note_words unsupported = {
        .severity = ISSUE_WARN,
        .code = "unsupportedMessage",
        .one = "message is of a kind that the exporting Telegram did not know: only its id is here",
        .many = "messages are of a kind that the exporting Telegram did not know: only their ids "
                "are here",
        .way_out = "Export again with a newer Telegram Desktop, if the account can be reached.",
    };
    static const struct line_note_words unknown = {
        .severity = ISSUE_NOTE,
        .code = "unknownAction",
        .one =
            "service message is of a kind that Stet has no words for; its own name stands for it",
        .many = "service messages are of kinds that Stet has no words for; their own names stand "
                "for them",
        .way_out = "The raw record has all that is known of it.",
    };
    static const struct line_note_words undated = {
        .severity = ISSUE_WARN,
        .code = "badStamp",
        .one = "message has no time that can be read",
        .many = "messages have no time that can be read",
        .way_out = "They keep their place in the order of the file.",
    };
    static const struct line_note_words torn = {
        .severity = ISSUE_WARN,
        .code = "timesDisagree",
        .one = "message has a date and a date_unixtime of different days",
        .many = "messages have a date and a date_unixtime of different days",
        .way_out = "The date as shown is kept; somebody or something has changed one of the two.",
    };
    enum status st = line_note_tell(r->sink, &r->unsupported, &unsupported, e);
    if (st == OK)
        st = line_note_tell(r->sink, &r->unknown, &unknown, e);
    if (st == OK)
        st = line_note_tell(r->sink, &r->torn, &torn, e);
    return st == OK ? line_note_tell(r->sink, &r->undated, &undated, e) : st;
}

static enum status read_json(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    static const struct json_format format = {.paths = paths, .records = RECORDS, .part = on_part};
    struct reader r = {
        .t = {.scratch = buf_new(BUF_MESSAGE_MAX), .options = options},
        .sink = sink,
        .file = path_stem(path_name(source_name(source))),
    };
    enum status st = json_records(source, sink, &format, &r, e);
    if (st == OK)
        st = tell_notes(&r, e);
    arena_free(&r.t.arena);
    arena_free(&r.chat.arena);
    buf_free(&r.t.scratch);
    return st;
}

/* --- Recognising and counting -------------------------------------------------------------------- */

static bool has(str prefix, const char *word)
{
    return str_find(prefix, str_of(word)) != STR_NONE;
}

static bool has_chat_type(str prefix)
{
    static const char *const types[] = {
        "\"personal_chat\"",     "\"bot_chat\"",        "\"saved_messages\"",
        "\"replies\"",           "\"private_group\"",   "\"private_supergroup\"",
        "\"public_supergroup\"", "\"private_channel\"", "\"public_channel\"",
        "\"verify_codes\"",
    };
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (has(prefix, types[i]))
            return true;
    return false;
}

static int bid(str prefix, str name)
{
    (void)name;
    if (!str_starts(str_trim(prefix), STR("{")))
        return BID_NO;
    if (has(prefix, "\"about\"") && has(prefix, "\"personal_information\""))
        return BID_SURE;
    if (has(prefix, "\"messages\"") && has_chat_type(prefix))
        return BID_SURE;
    const bool account = has(prefix, "\"about\"") && has(prefix, "\"chats\"") &&
                         has(prefix, "\"list\"") && has(prefix, "\"from\"");
    return account && has(prefix, "\"date\"") ? BID_LIKELY : BID_NO;
}

static int bid_list(str prefix, str name)
{
    (void)name;
    const bool typed = has(prefix, "\"message\"") || has(prefix, "\"service\"");
    const bool sent = has(prefix, "\"from_id\"") || has(prefix, "\"text_entities\"") ||
                      has(prefix, "\"actor_id\"");
    return str_starts(str_trim(prefix), STR("[")) && typed && sent && has(prefix, "\"date")
               ? BID_LIKELY
               : BID_NO;
}

static void count(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "messages");
}

static void count_list(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "");
}

const struct importer importer_telegram_json = {
    .name = "telegram-json",
    .title = "Telegram Desktop export, JSON",
    .where = "Telegram Desktop: Settings, Advanced, Export Telegram data, format JSON",
    .version = "1",
    .bid = bid,
    .read = read_json,
    .count = count,
};

const struct importer importer_telegram_json_list = {
    .name = "telegram-json-list",
    .title = "Messages cut out of a Telegram Desktop export, a JSON array",
    .where = "what scripts leave of a result.json",
    .version = "1",
    .bid = bid_list,
    .read = read_json,
    .count = count_list,
};
