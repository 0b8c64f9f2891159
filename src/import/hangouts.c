/*
 * Google Hangouts, Google Takeout: Hangouts/Hangouts.json. Two generations of nesting: until 2017
 * conversation_state[].conversation_state.{conversation,event[]}, since then
 * conversations[].{conversation.conversation,events[]}. Times are microseconds UTC, as strings.
 *
 * - People are ids; their names stand with each conversation (fallback_name), and not for all.
 * - A text is cut in segments: words, links, line breaks.
 */
#include "takeout.h"

#include "buf.h"
#include "json_records.h"
#include "message_parts.h"
#include "moment.h"
#include "name_table.h"

#include <string.h>

enum path { PATH_BEGIN, PATH_ID, PATH_ABOUT, PATH_EVENT };

static const char *const new_paths[] = {
    [PATH_BEGIN] = "conversations[] {",
    [PATH_ID] = "conversations[].conversation_id",
    [PATH_ABOUT] = "conversations[].conversation",
    [PATH_EVENT] = "conversations[].events[]",
    NULL,
};

static const char *const old_paths[] = {
    [PATH_BEGIN] = "conversation_state[] {",
    [PATH_ID] = "conversation_state[].conversation_id",
    [PATH_ABOUT] = "conversation_state[].conversation_state.conversation",
    [PATH_EVENT] = "conversation_state[].conversation_state.event[]",
    NULL,
};

struct reader {
    struct sink *sink;
    struct arena arena, record; /* of the conversation, of the record at hand */
    str key, id;
    struct name_table names; /* of all conversations */
    struct buf text;
};

/* --- The conversation -------------------------------------------------------------------------- */

static str person_id(const struct json_value *v)
{
    const str gaia = jv_str(jv_get(v, "gaia_id"));
    return gaia.n ? gaia : jv_str(jv_get(v, "chat_id"));
}

static enum status learn_people(struct reader *r, const struct json_value *about, struct err *e)
{
    const struct json_value *list = jv_get(about, "participant_data");
    enum status st = OK;
    for (size_t i = 0; jv_type(list) == JSON_ARRAY && i < jv_count(list) && st == OK; i++) {
        const struct json_value *one = jv_at(list, i);
        const struct participant p = {.key = person_id(jv_get(one, "id")),
                                      .name = jv_str(jv_get(one, "fallback_name"))};
        if (!p.key.n || !p.name.n)
            continue;
        name_table_set(&r->names, p.key, p.name);
        st = r->sink->participant(r->sink, &p, e);
    }
    return st;
}

/* What a conversation says of itself stands in it once more. */
static const struct json_value *inner(const struct json_value *about)
{
    const struct json_value *v = jv_get(about, "conversation");
    return v ? v : about;
}

/* Its name, or those of the people in it but the owner. */
static str title_of(struct reader *r, const struct json_value *about)
{
    const str name = jv_str(jv_get(about, "name"));
    if (name.n)
        return arena_dup(&r->arena, name);
    const struct json_value *list = jv_get(about, "participant_data");
    const str owner =
        person_id(jv_path(about, "self_conversation_state.self_read_state.participant_id"));
    buf_clear(&r->text);
    for (size_t i = 0; jv_type(list) == JSON_ARRAY && i < jv_count(list); i++) {
        const struct json_value *one = jv_at(list, i);
        const str other = jv_str(jv_get(one, "fallback_name"));
        if (!other.n || str_eq(person_id(jv_get(one, "id")), owner))
            continue;
        buf_add(&r->text, r->text.n ? STR(", ") : STR(""));
        buf_add(&r->text, other);
    }
    return arena_dup(&r->arena, buf_str(&r->text));
}

static void set_key(struct reader *r, str id)
{
    if (!id.n || str_eq(id, r->id))
        return;
    r->id = arena_dup(&r->arena, id);
    r->key = arena_printf(&r->arena, "hangouts:" STR_FMT, STR_ARG(id));
}

static enum status learn(struct reader *r, const struct json_value *v, struct err *e)
{
    const struct json_value *about = inner(v);
    const str outer = jv_str(jv_path(v, "conversation_id.id"));
    set_key(r, outer.n ? outer : jv_str(jv_path(about, "id.id")));
    if (!r->key.n)
        return OK;
    const str type = jv_str(jv_get(about, "type"));
    return r->sink->conversation(r->sink,
                                 &(struct conversation){
                                     .key = r->key,
                                     .title = title_of(r, about),
                                     .platform = STR("hangouts"),
                                     .type = str_eq(type, STR("GROUP")) ? STR("group")
                                             : type.n                   ? STR("direct")
                                                                        : STR(""),
                                 },
                                 e);
}

/* An event names its conversation itself, wherever the rest of it stands. */
static enum status follow(struct reader *r, const struct json_value *event, struct err *e)
{
    const str id = jv_str(jv_path(event, "conversation_id.id"));
    if (r->key.n && (!id.n || str_eq(id, r->id)))
        return OK;
    set_key(r, id.n ? id : STR("unknown"));
    return r->sink->conversation(
        r->sink, &(struct conversation){.key = r->key, .platform = STR("hangouts"), .loose = !id.n},
        e);
}

/* --- Events ------------------------------------------------------------------------------------ */

static void add_segments(struct reader *r, struct message *m, const struct json_value *content)
{
    const struct json_value *segments = jv_get(content, "segment");
    buf_clear(&r->text);
    for (size_t i = 0; jv_type(segments) == JSON_ARRAY && i < jv_count(segments); i++) {
        const struct json_value *one = jv_at(segments, i);
        const str text = jv_str(jv_get(one, "text"));
        const str link = jv_str(jv_path(one, "link_data.link_target"));
        const bool line_end = str_eq(jv_str(jv_get(one, "type")), STR("LINE_BREAK"));
        buf_add(&r->text, line_end && !text.n ? STR("\n") : text);
        if (link.n && !str_eq(link, text))
            add_absent(&r->record, m, ATTACH_LINK_CARD, link);
    }
    m->text = arena_dup(&r->record, buf_str(&r->text));
}

static void add_embeds(struct reader *r, struct message *m, const struct json_value *content)
{
    const struct json_value *list = jv_get(content, "attachment");
    for (size_t i = 0; jv_type(list) == JSON_ARRAY && i < jv_count(list); i++) {
        const struct json_value *item = jv_get(jv_at(list, i), "embed_item");
        const struct json_value *photo = jv_get(item, "plus_photo");
        const str media = jv_str(jv_get(photo, "media_type"));
        const str place = jv_str(jv_path(item, "place_v2.url"));
        if (photo)
            add_absent(&r->record, m, str_eq(media, STR("VIDEO")) ? ATTACH_VIDEO : ATTACH_IMAGE,
                       path_name(jv_str(jv_get(photo, "url"))));
        else
            add_absent(&r->record, m, place.n ? ATTACH_LINK_CARD : ATTACH_FILE, place);
    }
}

static void add_names(struct reader *r, struct message *m, const struct json_value *list)
{
    for (size_t i = 0; jv_type(list) == JSON_ARRAY && i < jv_count(list); i++) {
        const str id = person_id(jv_at(list, i)), name = name_table_find(&r->names, id);
        buf_add(&r->text, i ? STR(", ") : STR(" "));
        buf_add(&r->text, name.n ? name : id);
        add_mention(&r->record, m, id, name);
    }
}

static void set_membership(struct reader *r, struct message *m, const struct json_value *change)
{
    const bool left = str_eq(jv_str(jv_get(change, "type")), STR("LEAVE"));
    const struct json_value *people = jv_get(change, "participant_id");
    const bool self = jv_count(people) == 1 && str_eq(person_id(jv_at(people, 0)), m->sender);
    m->kind = KIND_EVENT;
    m->text = left ? STR("left") : STR("joined");
    if (self)
        return;
    buf_clear(&r->text);
    buf_add(&r->text, left ? STR("removed") : STR("added"));
    add_names(r, m, people);
    m->text = arena_dup(&r->record, buf_str(&r->text));
}

static void set_hangout(struct reader *r, struct message *m, const struct json_value *hangout)
{
    const str type = jv_str(jv_get(hangout, "event_type"));
    const str seconds = jv_str(jv_get(hangout, "hangout_duration_secs"));
    m->kind = str_eq(type, STR("START_HANGOUT")) || str_eq(type, STR("END_HANGOUT")) ? KIND_CALL
                                                                                     : KIND_EVENT;
    if (str_eq(type, STR("START_HANGOUT")))
        m->text = STR("call started");
    else if (str_eq(type, STR("END_HANGOUT")))
        m->text = seconds.n
                      ? arena_printf(&r->record, "call ended, " STR_FMT " s", STR_ARG(seconds))
                      : STR("call ended");
    else
        m->text = arena_printf(&r->record, "call: " STR_FMT, STR_ARG(type));
}

static void set_matter(struct reader *r, struct message *m, const struct json_value *v)
{
    const struct json_value *content = jv_path(v, "chat_message.message_content");
    const struct json_value *rename = jv_get(v, "conversation_rename");
    if (jv_get(v, "chat_message")) {
        add_segments(r, m, content);
        add_embeds(r, m, content);
    } else if (jv_get(v, "membership_change")) {
        set_membership(r, m, jv_get(v, "membership_change"));
    } else if (jv_get(v, "hangout_event")) {
        set_hangout(r, m, jv_get(v, "hangout_event"));
    } else if (rename) {
        const str name = jv_str(jv_get(rename, "new_name"));
        m->kind = KIND_EVENT;
        m->text =
            arena_printf(&r->record, "renamed the conversation to “" STR_FMT "”", STR_ARG(name));
    } else {
        m->kind = KIND_EVENT;
        m->text = jv_str(jv_get(v, "event_type"));
    }
}

static enum status on_event(struct reader *r, const struct json_part *p, const struct json_value *v,
                            const struct json_mends *mends, struct err *e)
{
    if (jv_type(v) != JSON_OBJECT)
        return json_refuse(r->sink, p, "brokenRecord", STR("An entry is no event."), e);
    const enum status st = follow(r, v, e);
    if (st != OK)
        return st;
    arena_clear(&r->record);
    struct message m = json_message(p, mends);
    int64_t utc_ms;
    m.conversation = r->key;
    m.platform_id = jv_str(jv_get(v, "event_id"));
    m.sender = person_id(jv_get(v, "sender_id"));
    m.sender_name = name_table_find(&r->names, m.sender);
    m.time_shown = jv_str(jv_get(v, "timestamp"));
    if (stamp_epoch(m.time_shown, &utc_ms))
        m.time = moment_utc(utc_ms);
    set_matter(r, &m, v);
    return r->sink->message(r->sink, &m, e);
}

static enum status on_part(void *context, const struct json_part *p, const struct json_value *v,
                           const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    switch ((enum path)p->path) {
    case PATH_BEGIN:
        arena_clear(&r->arena);
        r->key = r->id = STR("");
        return OK;
    case PATH_ID: set_key(r, jv_str(jv_get(v, "id"))); return OK;
    case PATH_ABOUT: return learn(r, v, e);
    case PATH_EVENT: return on_event(r, p, v, mends, e);
    }
    return OK;
}

/* Names first: they may stand behind the events. */
static enum status on_ahead(void *context, const struct json_part *p, const struct json_value *v,
                            const struct json_mends *mends, struct err *e)
{
    (void)mends;
    return p->path == PATH_ABOUT ? learn_people(context, inner(v), e) : OK;
}

static enum status read_any(struct source *source, struct sink *sink, const char *const *paths,
                            struct err *e)
{
    const struct json_format ahead = {.paths = paths, .records = 1 << PATH_EVENT, .part = on_ahead};
    const struct json_format format = {.paths = paths, .records = 1 << PATH_EVENT, .part = on_part};
    struct reader r = {
        .sink = sink, .key = STR(""), .id = STR(""), .text = buf_new(BUF_MESSAGE_MAX)};
    enum status st = json_look_ahead(source, &ahead, &r, e);
    if (st == OK)
        st = json_records(source, sink, &format, &r, e);
    buf_free(&r.text);
    name_table_free(&r.names);
    arena_free(&r.arena);
    arena_free(&r.record);
    return st;
}

static enum status read_new(struct source *source, const struct import_options *options,
                            struct sink *sink, struct err *e)
{
    (void)options;
    return read_any(source, sink, new_paths, e);
}

static enum status read_old(struct source *source, const struct import_options *options,
                            struct sink *sink, struct err *e)
{
    (void)options;
    return read_any(source, sink, old_paths, e);
}

static bool has(str prefix, const char *word)
{
    return str_find(prefix, str_of(word)) != STR_NONE;
}

static int bid_new(str prefix, str name)
{
    (void)name;
    const bool ours = str_starts(str_trim(prefix), STR("{")) && has(prefix, "\"conversations\"");
    return !ours                                                            ? BID_NO
           : has(prefix, "\"gaia_id\"") || has(prefix, "\"fallback_name\"") ? 90
                                                                            : BID_NO;
}

static int bid_old(str prefix, str name)
{
    (void)name;
    const bool ours =
        str_starts(str_trim(prefix), STR("{")) && has(prefix, "\"conversation_state\"");
    return ours && has(prefix, "\"gaia_id\"") && !has(prefix, "\"conversations\"") ? 90 : BID_NO;
}

static void count_new(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "events");
}

static void count_old(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "event");
}

const struct importer importer_hangouts = {
    .name = "hangouts",
    .title = "Google Hangouts",
    .where = "Google Takeout, Hangouts/Hangouts.json",
    .version = "1",
    .bid = bid_new,
    .read = read_new,
    .unordered = true,
    .count = count_new,
};

const struct importer importer_hangouts_old = {
    .name = "hangouts-old",
    .title = "Google Hangouts, as exported until 2017",
    .where = "Google Takeout, Hangouts/Hangouts.json",
    .version = "1",
    .bid = bid_old,
    .read = read_old,
    .unordered = true,
    .count = count_old,
};
