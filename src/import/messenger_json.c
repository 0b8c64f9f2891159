/*
 * Facebook Messenger and Instagram, "Download your information" in JSON:
 * messages/{inbox,archived_threads,filtered_threads,message_requests,e2ee_cutover}/NAME_ID/message_N.json,
 * and the download of end-to-end encrypted chats, one flat file NAME_N.json for each.
 *
 * - Every string is mojibake (mojibake.c), file names and reactions too.
 * - Newest first; a thread is split after 10,000 messages, message_1.json being the newest part.
 * - No ids of messages or people: a person is a name. "Facebook user" is anybody who left.
 * - What was said by the system ("Ines left the group.") has no mark since 2022: it is text.
 * - creation_timestamp of media and the time of a reaction are seconds, everything else milliseconds.
 */
#include "messenger.h"

#include "file_kind.h"
#include "json_records.h"
#include "message_parts.h"
#include "mojibake.h"
#include "moment.h"

#include <inttypes.h>

enum path { PATH_TITLE, PATH_NAME, PATH_THREAD, PATH_TYPE, PATH_MODE, PATH_PEOPLE, PATH_MESSAGE };

static const char *const paths[] = {
    [PATH_TITLE] = "title",        [PATH_NAME] = "threadName",
    [PATH_THREAD] = "thread_path", [PATH_TYPE] = "thread_type",
    [PATH_MODE] = "joinable_mode", [PATH_PEOPLE] = "participants",
    [PATH_MESSAGE] = "messages[]", NULL,
};

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct arena arena, record; /* of the source, of the record at hand */
    str title, thread, platform, key;
    bool encrypted, group;
};

/* --- The thread -------------------------------------------------------------------------------- */

str messenger_platform(str path)
{
    return str_find(path, STR("instagram")) == STR_NONE ? STR("messenger") : STR("instagram");
}

/* The last folder of a path, without "message_1.json" behind it. */
static str thread_folder(str path)
{
    str folder = STR(""), part;
    while (str_split(&path, '/', &part)) {
        const bool file = str_starts(part, STR("message_")) &&
                          (str_ends(part, STR(".json")) || str_ends(part, STR(".html")));
        if (file)
            return folder;
        folder = part;
    }
    return folder;
}

str messenger_key(struct arena *a, str platform, str path)
{
    const str folder = thread_folder(path);
    if (!folder.n)
        return STR("");
    return arena_printf(a, STR_FMT ":" STR_FMT, STR_ARG(platform), STR_ARG(folder));
}

static str text_of(struct reader *r, const struct json_value *v)
{
    return mojibake_repair(&r->record, jv_str(v));
}

/* Title, path and people stand before the messages or behind them. */
static enum status learn(struct reader *r, int path, const struct json_value *v)
{
    const str text = arena_dup(&r->arena, mojibake_repair(&r->arena, jv_str(v)));
    switch ((enum path)path) {
    case PATH_TITLE: r->title = text; break;
    case PATH_NAME:
        r->title = text;
        r->encrypted = true;
        break;
    case PATH_THREAD: r->thread = text; break;
    case PATH_TYPE: r->group |= str_eq(text, STR("RegularGroup")); break;
    case PATH_MODE: r->group = true; break;
    case PATH_PEOPLE: r->group |= jv_count(v) > 2; break;
    case PATH_MESSAGE: break;
    }
    return OK;
}

static enum status on_other(void *context, const struct json_part *p, const struct json_value *v,
                            const struct json_mends *mends, struct err *e)
{
    (void)mends;
    (void)e;
    return learn(context, p->path, v);
}

static enum status tell_thread(struct reader *r, str file, struct err *e)
{
    const bool in_folder =
        str_find_byte(file, '/') != STR_NONE && str_find(file, STR("message_")) != STR_NONE;
    r->platform = messenger_platform(r->thread.n ? r->thread : file);
    if (str_eq(r->platform, STR("messenger")))
        r->platform = messenger_platform(file);
    r->key = messenger_key(&r->arena, r->platform,
                           r->thread.n                  ? r->thread
                           : in_folder && !r->encrypted ? file
                                                        : STR(""));
    const bool loose = !r->key.n;
    if (loose)
        r->key = arena_printf(&r->arena, STR_FMT ":%s/" STR_FMT, STR_ARG(r->platform),
                              r->encrypted ? "encrypted" : "untitled",
                              STR_ARG(r->title.n ? r->title : path_name(file)));
    return r->sink->conversation(r->sink,
                                 &(struct conversation){
                                     .key = r->key,
                                     .title = r->title,
                                     .platform = r->platform,
                                     .type = r->group ? STR("group") : STR("direct"),
                                     .loose = loose,
                                 },
                                 e);
}

/* --- What hangs on a message ------------------------------------------------------------------- */

/* The export names files from its root: ".../messages/inbox/noll_ab12/photos/1.jpg". The part that
   leads to the thread's own folder is where the source stands. */
static str path_from_here(struct reader *r, str uri)
{
    static const str root = STR_INIT("messages/");
    const str folder = str_from(r->key, r->platform.n + 1);
    const size_t here = folder.n ? str_find(uri, folder) : STR_NONE;
    const size_t top = str_find(uri, root);
    if (str_starts(uri, STR("./")))
        return str_from(uri, 2);
    if (here != STR_NONE && here > 0 && uri.p[here - 1] == '/' &&
        str_starts(str_from(uri, here + folder.n), STR("/")))
        return str_from(uri, here + folder.n + 1);
    if (top == STR_NONE || r->encrypted)
        return uri;
    return arena_printf(&r->record, "../../" STR_FMT, STR_ARG(str_from(uri, top + root.n)));
}

static void add_uri(struct reader *r, struct message *m, enum attachment_kind kind,
                    const struct json_value *v)
{
    const str uri = text_of(r, v);
    if (str_find(uri, STR("://")) != STR_NONE)
        add_absent(&r->record, m, kind, path_name(uri));
    else if (uri.n)
        add_file(&r->record, m, kind, STR(""), path_from_here(r, uri), r->options);
}

static void add_files(struct reader *r, struct message *m, const struct json_value *v)
{
    static const struct {
        const char *member;
        enum attachment_kind kind;
    } lists[] = {
        {"photos", ATTACH_IMAGE}, {"videos", ATTACH_VIDEO}, {"audio_files", ATTACH_AUDIO},
        {"gifs", ATTACH_IMAGE},   {"files", ATTACH_FILE},
    };
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const struct json_value *list = jv_get(v, lists[i].member);
        for (size_t k = 0; jv_type(list) == JSON_ARRAY && k < jv_count(list); k++)
            add_uri(r, m, lists[i].kind, jv_get(jv_at(list, k), "uri"));
    }
    const struct json_value *media = jv_get(v, "media");
    for (size_t k = 0; jv_type(media) == JSON_ARRAY && k < jv_count(media); k++) {
        const struct json_value *uri = jv_get(jv_at(media, k), "uri");
        add_uri(r, m, kind_of_file(jv_str(uri)), uri);
    }
    if (jv_get(v, "sticker"))
        add_uri(r, m, ATTACH_IMAGE, jv_path(v, "sticker.uri"));
    const str link = text_of(r, jv_path(v, "share.link"));
    if (link.n)
        add_absent(&r->record, m, ATTACH_LINK_CARD, link);
}

static void add_reactions(struct reader *r, struct message *m, const struct json_value *list)
{
    for (size_t i = 0; jv_type(list) == JSON_ARRAY && i < jv_count(list); i++) {
        const struct json_value *one = jv_at(list, i);
        int64_t seconds;
        const bool timed = jv_int(jv_get(one, "timestamp"), &seconds);
        add_reaction(&r->record, m,
                     (struct reaction){
                         .emoji = text_of(r, jv_get(one, "reaction")),
                         .sender = text_of(r, jv_get(one, "actor")),
                         .utc_ms = timed ? stamp_epoch_number(seconds) : TIME_NONE,
                         .count = 1,
                     });
    }
}

/* --- The message ------------------------------------------------------------------------------- */

static void set_call(struct reader *r, struct message *m, const struct json_value *v)
{
    int64_t seconds = 0;
    m->kind = KIND_CALL;
    if (m->text.n)
        return;
    if (jv_bool(jv_get(v, "missed")))
        m->text = STR("missed call");
    else if (jv_int(jv_get(v, "call_duration"), &seconds))
        m->text = arena_printf(&r->record, "call, %" PRId64 " s", seconds);
    else
        m->text = STR("call");
}

static void set_text(struct reader *r, struct message *m, const struct json_value *v)
{
    const str type = jv_str(jv_get(v, "type"));
    m->text = text_of(r, jv_get(v, r->encrypted && jv_get(v, "text") ? "text" : "content"));
    if (!m->text.n)
        m->text = text_of(r, jv_path(v, "share.share_text"));
    if (str_eq(type, STR("Call")) || jv_get(v, "call_duration"))
        set_call(r, m, v);
    const bool joined = str_eq(type, STR("Subscribe")), left = str_eq(type, STR("Unsubscribe"));
    if (!joined && !left)
        return;
    m->kind = KIND_EVENT;
    if (!m->text.n)
        m->text = joined ? STR("joined") : STR("left");
    const struct json_value *users = jv_get(v, "users");
    for (size_t i = 0; jv_type(users) == JSON_ARRAY && i < jv_count(users); i++)
        add_mention(&r->record, m, text_of(r, jv_get(jv_at(users, i), "name")), STR(""));
}

static enum status on_message(struct reader *r, const struct json_part *p,
                              const struct json_value *v, const struct json_mends *mends,
                              struct err *e)
{
    if (jv_type(v) != JSON_OBJECT)
        return json_refuse(r->sink, p, "brokenRecord", STR("An entry is no message."), e);
    arena_clear(&r->record);
    struct message m = json_message(p, mends);
    m.conversation = r->key;
    m.sender = text_of(r, jv_get(v, jv_get(v, "senderName") ? "senderName" : "sender_name"));
    const struct json_value *when = jv_get(v, "timestamp_ms");
    int64_t number;
    if (!when)
        when = jv_get(v, "timestamp");
    if (jv_int(when, &number)) {
        m.time = moment_utc(stamp_epoch_number(number));
        m.time_shown = jv_str(when);
    }
    set_text(r, &m, v);
    if (jv_bool(jv_get(v, "is_unsent")) || jv_bool(jv_get(v, "isUnsent")) ||
        jv_bool(jv_get(v, "is_taken_down")))
        m.flags |= FLAG_DELETED;
    add_files(r, &m, v);
    add_reactions(r, &m, jv_get(v, "reactions"));
    return r->sink->message(r->sink, &m, e);
}

static enum status on_part(void *context, const struct json_part *p, const struct json_value *v,
                           const struct json_mends *mends, struct err *e)
{
    return p->path == PATH_MESSAGE ? on_message(context, p, v, mends, e) : OK;
}

static enum status read_messenger(struct source *source, const struct import_options *options,
                                  struct sink *sink, struct err *e)
{
    static const struct json_format ahead = {
        .paths = paths, .records = 1 << PATH_MESSAGE, .part = on_other};
    static const struct json_format format = {
        .paths = paths, .records = 1 << PATH_MESSAGE, .part = on_part};
    struct reader r = {
        .sink = sink,
        .options = options,
        .title = STR(""),
        .thread = STR(""),
    };
    const str here = siblings_here(options->siblings);
    enum status st = json_look_ahead(source, &ahead, &r, e);
    if (st == OK)
        st = tell_thread(&r, here.n ? here : source_name(source), e);
    if (st == OK)
        st = json_records(source, sink, &format, &r, e);
    arena_free(&r.arena);
    arena_free(&r.record);
    return st;
}

/* --- Whose file it is -------------------------------------------------------------------------- */

static int bid_messenger(str prefix, str name)
{
    const bool object = str_starts(str_trim(prefix), STR("{"));
    const bool placed = str_find(name, STR("messages/")) != STR_NONE &&
                        str_starts(path_name(name), STR("message_"));
    const bool messages = str_find(prefix, STR("\"messages\"")) != STR_NONE;
    const bool people = str_find(prefix, STR("\"participants\"")) != STR_NONE;
    if (!object || !(messages || people))
        return object && placed ? BID_MAYBE : BID_NO; /* a damaged one is worth a word */
    if (str_find(prefix, STR("\"sender_name\"")) != STR_NONE &&
        str_find(prefix, STR("\"timestamp_ms\"")) != STR_NONE)
        return 90;
    if (str_find(prefix, STR("\"senderName\"")) != STR_NONE &&
        str_find(prefix, STR("\"threadName\"")) != STR_NONE)
        return 90;
    if (people && (str_find(prefix, STR("\"thread_path\"")) != STR_NONE ||
                   str_find(prefix, STR("\"magic_words\"")) != STR_NONE))
        return 80;
    return placed && people ? BID_LIKELY : BID_NO;
}

static void count_messenger(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "messages");
}

const struct importer importer_messenger_json = {
    .name = "messenger-json",
    .title = "Facebook Messenger and Instagram, JSON",
    .where = "Accounts Centre, Download your information, format JSON; encrypted chats, Download",
    .version = "1",
    .bid = bid_messenger,
    .read = read_messenger,
    .unordered = true,
    .count = count_messenger,
};
