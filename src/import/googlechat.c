/*
 * Google Chat, Google Takeout: "Google Chat/Groups/{DM xyz,Space AAAA}/messages.json", beside it
 * group_info.json with the name of the space and its members.
 *
 * - created_date is English text with U+202F before AM and PM ("Saturday, March 5, 2016 at 9:41:07 PM
 *   UTC"), in other words where the account speaks another language.
 * - message_id is "group/topic/message"; a message whose topic is another one answers it.
 * - A deleted message keeps its place, without words.
 */
#include "takeout.h"

#include "counted.h"
#include "file_kind.h"
#include "json_records.h"
#include "message_parts.h"
#include "moment.h"

#include <string.h>

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct arena arena, record; /* of the source, of the record at hand */
    struct json_doc *doc;
    str title, type, folder, key;
    struct counted no_time;
};

/* --- The group --------------------------------------------------------------------------------- */

static enum status learn_group(struct reader *r, struct err *e)
{
    str bytes;
    const struct json_value *v;
    struct err ignored = {0};
    if (!siblings_read(r->options->siblings, STR("group_info.json"), &bytes) ||
        json_doc_read(r->doc, bytes, &v, &ignored) != OK)
        return OK;
    const struct json_value *members = jv_get(v, "members");
    r->title = arena_dup(&r->arena, jv_str(jv_get(v, "name")));
    for (size_t i = 0; jv_type(members) == JSON_ARRAY && i < jv_count(members); i++) {
        const struct json_value *one = jv_at(members, i);
        const struct participant p = {.key = jv_str(jv_get(one, "email")),
                                      .name = jv_str(jv_get(one, "name"))};
        const enum status st = p.key.n && p.name.n ? r->sink->participant(r->sink, &p, e) : OK;
        if (st != OK)
            return st;
    }
    return OK;
}

/* ".../Groups/Space AAAA/messages.json": the folder, and what kind of group it names. */
static void learn_place(struct reader *r, str path)
{
    str part, folder = STR("");
    while (str_split(&path, '/', &part))
        if (path.n)
            folder = part;
    const bool direct = str_starts(folder, STR("DM ")), space = str_starts(folder, STR("Space "));
    r->type = direct ? STR("direct") : space ? STR("group") : STR("");
    r->folder = arena_dup(&r->arena, str_from(folder, direct ? 3 : space ? 6 : folder.n));
}

/* The group in front of a message's id, or the folder's name. */
static enum status set_group(struct reader *r, str id, struct err *e)
{
    const size_t slash = str_find_byte(id, '/');
    const str group = slash == STR_NONE ? r->folder : str_sub(id, 0, slash);
    const str other = r->title.n ? r->title : STR("unknown");
    const str key =
        arena_printf(&r->record, "googlechat:" STR_FMT, STR_ARG(group.n ? group : other));
    if (str_eq(key, r->key))
        return OK;
    r->key = arena_dup(&r->arena, key);
    return r->sink->conversation(r->sink,
                                 &(struct conversation){
                                     .key = r->key,
                                     .title = r->title,
                                     .platform = STR("googlechat"),
                                     .type = r->type,
                                     .loose = !group.n,
                                 },
                                 e);
}

/* --- The message ------------------------------------------------------------------------------- */

static void set_person(const struct json_value *v, str *key, str *name)
{
    *key = jv_str(jv_get(v, "email"));
    *name = jv_str(jv_get(v, "name"));
    if (key->n)
        return;
    *key = *name;
    *name = STR("");
}

static bool read_date(const struct json_value *v, struct stamp *out)
{
    const str text = jv_str(v);
    return text.n && (stamp_written(text, ORDER_UNKNOWN, out) || stamp_iso(text, out)) &&
           out->has_time;
}

/* The message that is quoted, or else the one that began the topic. */
static void set_reply(struct reader *r, struct message *m, const struct json_value *v)
{
    const str quoted = jv_str(jv_path(v, "quoted_message_metadata.message_id"));
    str rest = m->platform_id, group = STR(""), topic = STR(""), own = STR("");
    const bool whole = str_split(&rest, '/', &group) && str_split(&rest, '/', &topic) &&
                       str_split(&rest, '/', &own);
    if (quoted.n)
        m->reply_to = quoted;
    else if (whole && !str_eq(topic, own))
        m->reply_to = arena_printf(&r->record, STR_FMT "/" STR_FMT "/" STR_FMT, STR_ARG(group),
                                   STR_ARG(topic), STR_ARG(topic));
    if (m->reply_to.n || jv_get(v, "quoted_message_metadata"))
        m->flags |= FLAG_REPLY;
}

static void add_annotations(struct reader *r, struct message *m, const struct json_value *list)
{
    for (size_t i = 0; jv_type(list) == JSON_ARRAY && i < jv_count(list); i++) {
        const struct json_value *one = jv_at(list, i);
        const struct json_value *user = jv_path(one, "user_mention_metadata.user");
        const struct json_value *drive = jv_get(one, "drive_metadata");
        const struct json_value *call = jv_path(one, "video_call_metadata.meeting_space");
        const str link = jv_str(jv_path(one, "url_metadata.url.private_do_not_access_or_else_safe"
                                             "_url_wrapped_value"));
        str key, name;
        set_person(user, &key, &name);
        if (key.n)
            add_mention(&r->record, m, key, name);
        if (link.n)
            add_absent(&r->record, m, ATTACH_LINK_CARD, link);
        if (drive)
            add_absent(&r->record, m, ATTACH_FILE, jv_str(jv_get(drive, "title")));
        if (call)
            add_absent(&r->record, m, ATTACH_LINK_CARD, jv_str(jv_get(call, "meeting_url")));
    }
}

static void add_files(struct reader *r, struct message *m, const struct json_value *list)
{
    for (size_t i = 0; jv_type(list) == JSON_ARRAY && i < jv_count(list); i++) {
        const struct json_value *one = jv_at(list, i);
        const str name = jv_str(jv_get(one, "original_name"));
        add_file(&r->record, m, kind_of_file(name), name, jv_str(jv_get(one, "export_name")),
                 r->options);
    }
}

static void add_reactions(struct reader *r, struct message *m, const struct json_value *list)
{
    for (size_t i = 0; jv_type(list) == JSON_ARRAY && i < jv_count(list); i++) {
        const struct json_value *one = jv_at(list, i), *people = jv_get(one, "reactor_emails");
        const str emoji = jv_str(jv_path(one, "emoji.unicode"));
        for (size_t k = 0; jv_type(people) == JSON_ARRAY && k < jv_count(people); k++)
            add_reaction(&r->record, m,
                         (struct reaction){.emoji = emoji,
                                           .sender = jv_str(jv_at(people, k)),
                                           .utc_ms = TIME_NONE,
                                           .count = 1});
    }
}

static void set_times(struct reader *r, struct message *m, const struct json_value *v)
{
    struct stamp s;
    const bool deleted = str_eq(jv_str(jv_get(v, "message_state")), STR("DELETED")) ||
                         jv_get(v, "deletion_metadata");
    m->time_shown = jv_str(jv_get(v, "created_date"));
    if (read_date(jv_get(v, "created_date"), &s))
        m->time = moment_of(&s, r->options);
    else
        counted_add(&r->no_time, m->locus);
    if (deleted)
        m->flags |= FLAG_DELETED;
    if (!jv_get(v, "updated_date"))
        return;
    m->flags |= FLAG_EDITED;
    if (read_date(jv_get(v, "updated_date"), &s) && s.has_offset)
        m->edited_utc_ms = s.wall_ms - s.offset_min * MS_PER_MINUTE;
}

static enum status on_part(void *context, const struct json_part *p, const struct json_value *v,
                           const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    if (jv_type(v) != JSON_OBJECT)
        return json_refuse(r->sink, p, "brokenRecord", STR("An entry is no message."), e);
    arena_clear(&r->record);
    struct message m = json_message(p, mends);
    m.platform_id = jv_str(jv_get(v, "message_id"));
    const enum status st = set_group(r, m.platform_id, e);
    if (st != OK)
        return st;
    m.conversation = r->key;
    m.text = jv_str(jv_get(v, "text"));
    set_person(jv_get(v, "creator"), &m.sender, &m.sender_name);
    set_times(r, &m, v);
    set_reply(r, &m, v);
    add_annotations(r, &m, jv_get(v, "annotations"));
    add_files(r, &m, jv_get(v, "attached_files"));
    add_reactions(r, &m, jv_get(v, "reactions"));
    return r->sink->message(r->sink, &m, e);
}

static enum status read_googlechat(struct source *source, const struct import_options *options,
                                   struct sink *sink, struct err *e)
{
    static const char *const paths[] = {"messages[]", NULL};
    static const struct json_format format = {.paths = paths, .records = 1, .part = on_part};
    struct reader r = {
        .sink = sink,
        .options = options,
        .doc = json_doc_new(),
        .title = STR(""),
        .key = STR(""),
    };
    const str here = siblings_here(options->siblings);
    learn_place(&r, here.n ? here : source_name(source));
    enum status st = learn_group(&r, e);
    if (st == OK)
        st = json_records(source, sink, &format, &r, e);
    if (st == OK)
        st = counted_tell(&r.no_time, sink, ISSUE_WARN, "badStamp",
                          "with a date that cannot be read",
                          STR("They are stored without a time; Takeout writes dates in the "
                              "account's language: export again with the account set to English."),
                          e);
    json_doc_free(r.doc);
    arena_free(&r.arena);
    arena_free(&r.record);
    return st;
}

static bool has(str prefix, const char *word)
{
    return str_find(prefix, str_of(word)) != STR_NONE;
}

static int bid_googlechat(str prefix, str name)
{
    (void)name;
    const bool ours = str_starts(str_trim(prefix), STR("{")) && has(prefix, "\"messages\"") &&
                      has(prefix, "\"created_date\"");
    return ours && (has(prefix, "\"creator\"") || has(prefix, "\"message_id\"")) ? 90 : BID_NO;
}

static bool is_companion(str prefix, str name)
{
    const str file = path_name(name);
    return (str_eq(file, STR("group_info.json")) && has(prefix, "\"members\"")) ||
           (str_eq(file, STR("user_info.json")) && has(prefix, "\"user\""));
}

static void count_googlechat(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "messages");
}

const struct importer importer_googlechat = {
    .name = "googlechat",
    .title = "Google Chat",
    .where = "Google Takeout, Google Chat/Groups/*/messages.json",
    .version = "1",
    .bid = bid_googlechat,
    .companion = is_companion,
    .read = read_googlechat,
    .unordered = true,
    .count = count_googlechat,
};
