/*
 * Skype, "Export files and chat history" (go.skype.com/export): messages.json in 8_live_NAME_export.tar.
 *
 * - Newest first within each conversation. originalarrivaltime is UTC.
 * - Texts are markup (skype_markup.c): <quote>, <a>, <ss type="smile">, <at>, an edit leaves <e_m/>.
 * - "from" is an id, or an address with the id at its end; displayName may be null.
 * - Calls and events are XML in the place of the text.
 */
#include "skype.h"

#include "counted.h"
#include "json_records.h"
#include "moment.h"

#include <string.h>

enum path { PATH_BEGIN, PATH_ID, PATH_NAME, PATH_THREAD, PATH_MESSAGE };

static const char *const paths[] = {
    [PATH_BEGIN] = "conversations[] {",
    [PATH_ID] = "conversations[].id",
    [PATH_NAME] = "conversations[].displayName",
    [PATH_THREAD] = "conversations[].threadProperties",
    [PATH_MESSAGE] = "conversations[].MessageList[]",
    NULL,
};

struct reader {
    struct sink *sink;
    struct arena arena, record; /* of the conversation, of the record at hand */
    struct json_doc *doc;       /* of JSON inside a string */
    str id, title, key;
    struct counted no_time;
};

/* --- The conversation -------------------------------------------------------------------------- */

static enum status tell(struct reader *r, struct err *e)
{
    if (!r->id.n)
        return OK;
    r->key = arena_printf(&r->arena, "skype:" STR_FMT, STR_ARG(r->id));
    return r->sink->conversation(
        r->sink,
        &(struct conversation){
            .key = r->key,
            .title = r->title,
            .platform = STR("skype"),
            .type = str_starts(r->id, STR("19:")) ? STR("group") : STR("direct"),
        },
        e);
}

/* A message that stands before its conversation's id names it itself. */
static enum status follow(struct reader *r, const struct json_value *v, struct err *e)
{
    if (r->key.n)
        return OK;
    const str id = jv_str(jv_get(v, "conversationid"));
    r->id = arena_dup(&r->arena, id.n ? id : STR("unknown"));
    return tell(r, e);
}

/* --- The message ------------------------------------------------------------------------------- */

static bool begins(str s, const char *prefix)
{
    return str_starts(s, str_of(prefix));
}

/* <URIObject type="Picture.1" ...>words<OriginalName v="pit.jpg"/><FileSize v="1234"/></URIObject> */
static void add_object(struct reader *r, struct message *m, str type, str content)
{
    static const struct {
        const char *word;
        enum attachment_kind kind;
    } kinds[] = {{"Picture", ATTACH_IMAGE},
                 {"UriObject", ATTACH_IMAGE},
                 {"Video", ATTACH_VIDEO},
                 {"Audio", ATTACH_AUDIO},
                 {"AudioMsg", ATTACH_AUDIO}};
    struct attachment file = {
        .kind = ATTACH_FILE, .name = STR(""), .mime = STR(""), .size_bytes = -1, .path = STR("")};
    str what = type;
    struct skype_piece piece;
    bool found = false;
    while (skype_next_piece(&r->record, &content, &piece)) {
        const str value = skype_attribute(&r->record, piece.attributes, "v");
        int64_t size;
        if (piece.closing || !piece.name.n)
            continue;
        if (str_eq_nocase(piece.name, STR("URIObject"))) {
            found = true;
            what = skype_attribute(&r->record, piece.attributes, "type");
        } else if (str_eq_nocase(piece.name, STR("OriginalName")))
            file.name = value;
        else if (str_eq_nocase(piece.name, STR("FileSize")) && str_to_u63(value, &size))
            file.size_bytes = size;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_find(what, str_of(kinds[i].word)) != STR_NONE)
            file.kind = kinds[i].kind;
    if (found)
        add_attachment(&r->record, m, file);
}

/* Lists of people for each emotion; some versions write the list as a string of JSON. */
static void add_emotions(struct reader *r, struct message *m, const struct json_value *list)
{
    struct err ignored = {0};
    if (jv_type(list) == JSON_STRING &&
        json_doc_read(r->doc, arena_dup(&r->record, jv_str(list)), &list, &ignored) != OK)
        return;
    for (size_t i = 0; jv_type(list) == JSON_ARRAY && i < jv_count(list); i++) {
        const struct json_value *one = jv_at(list, i), *users = jv_get(one, "users");
        const str emoji = arena_dup(&r->record, jv_str(jv_get(one, "key")));
        for (size_t k = 0; jv_type(users) == JSON_ARRAY && k < jv_count(users); k++) {
            int64_t utc_ms;
            const bool timed = jv_int(jv_get(jv_at(users, k), "time"), &utc_ms);
            add_reaction(
                &r->record, m,
                (struct reaction){
                    .emoji = emoji,
                    .sender = arena_dup(&r->record, jv_str(jv_get(jv_at(users, k), "mri"))),
                    .utc_ms = timed ? stamp_epoch_number(utc_ms) : TIME_NONE,
                    .count = 1,
                });
        }
    }
}

static void set_properties(struct reader *r, struct message *m, const struct json_value *v)
{
    const struct json_value *properties = jv_get(v, "properties");
    int64_t utc_ms;
    if (jv_int(jv_get(properties, "edittime"), &utc_ms) && utc_ms > 0) {
        m->flags |= FLAG_EDITED;
        m->edited_utc_ms = stamp_epoch_number(utc_ms);
    }
    if (jv_int(jv_get(properties, "deletetime"), &utc_ms) && utc_ms > 0) {
        m->flags |= FLAG_DELETED;
        m->deleted_utc_ms = stamp_epoch_number(utc_ms);
    }
    add_emotions(r, m, jv_get(properties, "emotions"));
}

static void set_matter(struct reader *r, struct message *m, const struct json_value *v)
{
    const str type = jv_str(jv_get(v, "messagetype")), content = jv_str(jv_get(v, "content"));
    if (str_eq(type, STR("Event/Call")))
        skype_call(&r->record, m, content);
    else if (begins(type, "ThreadActivity/") || begins(type, "Control/"))
        skype_activity(&r->record, m, type, content);
    else if (str_eq(type, STR("Text")))
        m->text = content; /* the one type without markup */
    else
        skype_text(&r->record, m, content);
    if (begins(type, "RichText/"))
        add_object(r, m, type, content);
}

static void set_time(struct reader *r, struct message *m, const struct json_value *v)
{
    static const struct import_options none = {0};
    struct stamp s;
    m->time_shown = jv_str(jv_get(v, "originalarrivaltime"));
    if (stamp_iso(m->time_shown, &s))
        m->time = moment_of(&s, &none);
    else
        counted_add(&r->no_time, m->locus);
}

static enum status on_message(struct reader *r, const struct json_part *p,
                              const struct json_value *v, const struct json_mends *mends,
                              struct err *e)
{
    if (jv_type(v) != JSON_OBJECT)
        return json_refuse(r->sink, p, "brokenRecord", STR("An entry is no message."), e);
    const enum status st = follow(r, v, e);
    if (st != OK)
        return st;
    arena_clear(&r->record);
    struct message m = json_message(p, mends);
    m.conversation = r->key;
    m.platform_id = jv_str(jv_get(v, "id"));
    m.sender = skype_person(jv_str(jv_get(v, "from")));
    m.sender_name = jv_str(jv_get(v, "displayName"));
    set_time(r, &m, v);
    set_matter(r, &m, v);
    set_properties(r, &m, v);
    return r->sink->message(r->sink, &m, e);
}

static enum status on_part(void *context, const struct json_part *p, const struct json_value *v,
                           const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    switch ((enum path)p->path) {
    case PATH_BEGIN:
        arena_clear(&r->arena);
        r->id = r->title = r->key = STR("");
        return OK;
    case PATH_ID: r->id = arena_dup(&r->arena, jv_str(v)); return tell(r, e);
    case PATH_NAME:
        if (!jv_str(v).n)
            return OK;
        r->title = arena_dup(&r->arena, jv_str(v));
        return tell(r, e);
    case PATH_THREAD:
        if (r->title.n || !jv_str(jv_get(v, "topic")).n)
            return OK;
        r->title = arena_dup(&r->arena, jv_str(jv_get(v, "topic")));
        return tell(r, e);
    case PATH_MESSAGE: return on_message(r, p, v, mends, e);
    }
    return OK;
}

static enum status read_skype(struct source *source, const struct import_options *options,
                              struct sink *sink, struct err *e)
{
    static const struct json_format format = {
        .paths = paths, .records = 1 << PATH_MESSAGE, .part = on_part};
    struct reader r = {
        .sink = sink,
        .doc = json_doc_new(),
        .id = STR(""),
        .title = STR(""),
        .key = STR(""),
    };
    (void)options;
    enum status st = json_records(source, sink, &format, &r, e);
    if (st == OK)
        st = counted_tell(&r.no_time, sink, ISSUE_WARN, "badStamp",
                          "with a time that cannot be read", STR("They are stored without a time."),
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

static int bid_skype(str prefix, str name)
{
    (void)name;
    const bool ours = str_starts(str_trim(prefix), STR("{")) && has(prefix, "\"conversations\"") &&
                      has(prefix, "\"MessageList\"");
    return ours ? 95 : BID_NO;
}

static bool is_companion(str prefix, str name)
{
    return str_eq(path_name(name), STR("endpoints.json")) && has(prefix, "\"endpoints\"");
}

static void count_skype(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "MessageList");
}

const struct importer importer_skype = {
    .name = "skype",
    .title = "Skype",
    .where = "go.skype.com/export, messages.json",
    .version = "1",
    .bid = bid_skype,
    .companion = is_companion,
    .read = read_skype,
    .unordered = true,
    .count = count_skype,
};
