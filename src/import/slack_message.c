/*
 * A Slack message: an object whose `subtype`, if it has one, tells messages from events. The stamp is
 * the id: seconds since 1970 with six decimals, which are a number within the second in old exports.
 */
#include "slack.h"

#include "message_parts.h"
#include "moment.h"

/* --- What it is -------------------------------------------------------------------------------- */

static bool is_event(str subtype)
{
    static const str prefixes[] = {STR_INIT("channel_"),  STR_INIT("group_"),
                                   STR_INIT("sh_room_"),  STR_INIT("pinned_"),
                                   STR_INIT("unpinned_"), STR_INIT("reminder_")};
    static const str words[] = {STR_INIT("bot_add"),
                                STR_INIT("bot_remove"),
                                STR_INIT("bot_enable"),
                                STR_INIT("bot_disable"),
                                STR_INIT("app_conversation_join"),
                                STR_INIT("joiner_notification"),
                                STR_INIT("joiner_notification_for_inviter"),
                                STR_INIT("document_mention"),
                                STR_INIT("tabbed_canvas_updated")};
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (str_starts(subtype, prefixes[i]))
            return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(subtype, words[i]))
            return true;
    return false;
}

static int64_t instant(str stamp)
{
    int64_t utc_ms;
    return stamp_epoch(stamp, &utc_ms) ? utc_ms : TIME_NONE;
}

static bool is_subtype(const struct json_value *v, const char *subtype)
{
    return str_eq(jv_str(jv_get(v, "subtype")), str_of(subtype));
}

/* --- Conversation and sender ------------------------------------------------------------------- */

/* An id if anything tells one; the folder's name; for a file that stands alone its first stamp. */
static enum status tell_conversation(struct slack *s, const struct json_value *v, struct err *e)
{
    if (s->key.n)
        return OK;
    const str own = jv_str(jv_get(v, "channel"));
    const str id = s->place.id.n ? s->place.id : own;
    const str named = id.n ? id : s->folder.n ? s->folder : jv_str(jv_get(v, "ts"));
    s->key = arena_printf(&s->arena, "slack:" STR_FMT, STR_ARG(named));
    return s->sink->conversation(s->sink,
                                 &(struct conversation){
                                     .key = s->key,
                                     .title = s->place.title,
                                     .platform = STR("slack"),
                                     .type = str_of(s->place.type),
                                     .loose = !id.n,
                                 },
                                 e);
}

static str first_of(const struct json_value *v, const char *const *paths)
{
    for (; *paths; paths++) {
        const str found = jv_str(jv_path(v, *paths));
        if (found.n)
            return found;
    }
    return STR("");
}

static void set_sender(struct slack *s, struct message *m, const struct json_value *v)
{
    static const char *const keys[] = {"user",           "comment.user", "bot_id",
                                       "bot_profile.id", "username",     NULL};
    static const char *const names[] = {"user_profile.display_name", "user_profile.real_name",
                                        "user_profile.name",         "username",
                                        "bot_profile.name",          NULL};
    m->sender = first_of(v, keys);
    m->sender_name = slack_name(s, m->sender);
    if (!m->sender_name.n)
        m->sender_name = first_of(v, names);
}

/* --- Parts ------------------------------------------------------------------------------------- */

static enum attachment_kind kind_of(str mime)
{
    if (str_starts(mime, STR("image/")))
        return ATTACH_IMAGE;
    if (str_starts(mime, STR("video/")))
        return ATTACH_VIDEO;
    return str_starts(mime, STR("audio/")) ? ATTACH_AUDIO : ATTACH_FILE;
}

/* An export has no files; tools that fetch them put them in one of these places. */
static void find_file(struct slack *s, struct attachment *x, str id)
{
    const str paths[] = {
        arena_printf(&s->record, "../__uploads/" STR_FMT "/" STR_FMT, STR_ARG(id),
                     STR_ARG(x->name)),
        arena_printf(&s->record, "attachments/" STR_FMT "-" STR_FMT, STR_ARG(id), STR_ARG(x->name)),
    };
    struct sha256_digest digest;
    uint64_t size;
    for (size_t i = 0; id.n && !x->digest && i < sizeof paths / sizeof *paths; i++)
        if (siblings_facts(s->options->siblings, paths[i], &size, &digest)) {
            struct sha256_digest *kept = arena_alloc(&s->record, sizeof *kept);
            *kept = digest;
            x->digest = kept;
            x->path = paths[i];
            x->size_bytes = (int64_t)size;
        }
}

static void add_upload(struct slack *s, struct message *m, const struct json_value *file)
{
    static const char *const names[] = {"name", "title", "mode", "id", NULL};
    if (jv_type(file) != JSON_OBJECT)
        return;
    struct attachment x = {
        .name = first_of(file, names), .mime = jv_str(jv_get(file, "mimetype")), .size_bytes = -1};
    x.kind = kind_of(x.mime);
    (void)jv_int(jv_get(file, "size"), &x.size_bytes);
    find_file(s, &x, jv_str(jv_get(file, "id")));
    add_attachment(&s->record, m, x);
}

/* Cards of links, quoted messages, what bots add to their words. */
static void add_cards(struct slack *s, struct message *m, const struct json_value *list)
{
    for (size_t i = 0; i < jv_count(list); i++) {
        const struct json_value *a = jv_at(list, i);
        struct buf out = buf_new(BUF_MESSAGE_MAX);
        struct message aside = message_empty(); /* whom a card mentions, the message does not */
        buf_add(&out, jv_str(jv_get(a, "from_url")));
        if (out.n)
            buf_add_byte(&out, '\n');
        slack_attachment_words(s, &aside, a, &out);
        for (size_t k = 0; k < out.n; k++)
            if (out.p[k] == '\n')
                out.p[k] = ' '; /* a name is one line */
        add_absent(&s->record, m, ATTACH_LINK_CARD, arena_dup(&s->record, buf_str(&out)));
        buf_free(&out);
    }
}

/* `count` may be higher than the people who are named. */
static void add_reactions(struct slack *s, struct message *m, const struct json_value *list)
{
    for (size_t i = 0; i < jv_count(list); i++) {
        const struct json_value *r = jv_at(list, i), *users = jv_get(r, "users");
        struct reaction x = {.emoji = jv_str(jv_get(r, "name")), .utc_ms = TIME_NONE, .count = 1};
        for (size_t k = 0; k < jv_count(users); k++) {
            x.sender = jv_str(jv_at(users, k));
            x.sender_name = slack_name(s, x.sender);
            add_reaction(&s->record, m, x);
        }
        int64_t count = 0;
        if (!jv_int(jv_get(r, "count"), &count) || count <= (int64_t)jv_count(users))
            continue;
        const int64_t others = count - (int64_t)jv_count(users);
        add_reaction(
            &s->record, m,
            (struct reaction){.emoji = x.emoji,
                              .utc_ms = TIME_NONE,
                              .count = others > UINT32_MAX ? UINT32_MAX : (uint32_t)others});
    }
}

static void add_parts(struct slack *s, struct message *m, const struct json_value *v)
{
    const struct json_value *files = jv_get(v, "files");
    for (size_t i = 0; i < jv_count(files); i++)
        add_upload(s, m, jv_at(files, i));
    if (!jv_count(files))
        add_upload(s, m, jv_get(v, "file"));
    add_reactions(s, m, jv_get(v, "reactions"));
    const str thread = jv_str(jv_get(v, "thread_ts"));
    if (thread.n && !str_eq(thread, m->platform_id)) {
        m->reply_to = thread;
        m->flags |= FLAG_REPLY;
    }
    const struct json_value *edited = jv_get(v, "edited");
    if (jv_type(edited) == JSON_OBJECT) {
        m->flags |= FLAG_EDITED;
        m->edited_utc_ms = instant(jv_str(jv_get(edited, "ts")));
    }
}

/* --- Records ----------------------------------------------------------------------------------- */

static void set_text(struct slack *s, struct message *m, const struct json_value *v)
{
    m->text = slack_markup(s, m, jv_str(jv_get(v, "text")));
    if (m->text.n)
        add_cards(s, m, jv_get(v, "attachments"));
    else
        m->text = slack_words(s, m, v);
    if (!m->text.n && m->kind != KIND_TEXT)
        m->text = jv_str(jv_get(v, "subtype"));
}

/* What is left of a deleted message that has replies: words of Slack's, by nobody. */
static void read_tombstone(struct message *m)
{
    m->flags |= FLAG_DELETED;
    m->text = STR("");
    m->sender = m->sender_name = STR("");
}

/* Exports for compliance tell changes as messages around the message. */
static const struct json_value *unwrap(struct slack *s, struct message *m,
                                       const struct json_value *v)
{
    const bool changed = is_subtype(v, "message_changed");
    const struct json_value *before = jv_get(v, "previous_message");
    const struct json_value *after = jv_get(v, changed ? "message" : "previous_message");
    if ((!changed && !is_subtype(v, "message_deleted")) || jv_type(after) != JSON_OBJECT)
        return v;
    if (changed && jv_type(before) == JSON_OBJECT)
        add_edit(&s->record, m, slack_markup(s, m, jv_str(jv_get(before, "text"))),
                 instant(jv_str(jv_get(before, "ts"))));
    if (!changed) {
        m->flags |= FLAG_DELETED;
        m->deleted_utc_ms = instant(jv_str(jv_get(v, "ts")));
    }
    return after;
}

enum status slack_record(struct slack *s, const struct json_part *p, const struct json_value *v,
                         const struct json_mends *mends, struct err *e)
{
    if (jv_type(v) != JSON_OBJECT)
        return json_refuse(s->sink, p, "noMessage", STR("An entry is not a message."), e);
    arena_clear(&s->record);
    const enum status st = tell_conversation(s, v, e);
    if (st != OK)
        return st;
    struct message m = json_message(p, mends);
    v = unwrap(s, &m, v);
    const str subtype = jv_str(jv_get(v, "subtype"));
    m.conversation = s->key;
    m.platform_id = m.time_shown = jv_str(jv_get(v, "ts"));
    m.time = moment_utc(instant(m.platform_id));
    if (m.time.utc_ms == TIME_NONE)
        counted_add(&s->no_time, m.locus);
    if (is_event(subtype))
        m.kind = KIND_EVENT;
    else if (str_eq(subtype, STR("huddle_thread")))
        m.kind = KIND_CALL;
    set_sender(s, &m, v);
    set_text(s, &m, v);
    add_parts(s, &m, v);
    if (str_eq(subtype, STR("tombstone")))
        read_tombstone(&m);
    return s->sink->message(s->sink, &m, e);
}
