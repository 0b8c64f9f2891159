/*
 * What stands in a conversation of a Twitter archive: an object with one member, whose name says what
 * happened. Messages have ids and words; the rest are events, which have neither and are told in
 * words of ours.
 */
#include "twitter.h"

#include "buf.h"
#include "escaped.h"
#include "message_parts.h"
#include "moment.h"

/* --- Conversation and time --------------------------------------------------------------------- */

static bool is_direct(const struct twitter *t)
{
    return str_find_byte(t->id, '-') != STR_NONE;
}

static int compare_ids(str a, str b)
{
    return a.n != b.n ? (a.n < b.n ? -1 : 1) : str_cmp(a, b);
}

/* A message between two says who they are, should its conversation not. */
static void infer_id(struct twitter *t, const struct json_value *v)
{
    const str from = jv_str(jv_get(v, "senderId")), to = jv_str(jv_get(v, "recipientId"));
    if (t->id.n || !from.n || !to.n)
        return;
    const bool swap = compare_ids(from, to) > 0;
    const str low = swap ? to : from, high = swap ? from : to;
    t->id = arena_printf(&t->place, STR_FMT "-" STR_FMT, STR_ARG(low), STR_ARG(high));
}

static str shown(const struct twitter *t, str id)
{
    const str name = twitter_name(t, id);
    return name.n ? name : id;
}

/* Two people are their conversation's title; a group has the one it was given, or none. */
static str title_of(struct twitter *t)
{
    const size_t hyphen = str_find_byte(t->id, '-');
    if (hyphen == STR_NONE)
        return STR("");
    const str one = shown(t, str_sub(t->id, 0, hyphen)),
              two = shown(t, str_from(t->id, hyphen + 1));
    return arena_printf(&t->record, STR_FMT ", " STR_FMT, STR_ARG(one), STR_ARG(two));
}

static str key_of(struct twitter *t)
{
    return arena_printf(&t->record, "twitter:" STR_FMT, STR_ARG(t->id));
}

static enum status tell_conversation(struct twitter *t, str key, str title, struct err *e)
{
    t->told = true;
    return t->sink->conversation(t->sink,
                                 &(struct conversation){
                                     .key = key,
                                     .title = title,
                                     .platform = STR("twitter"),
                                     .type = is_direct(t) ? STR("direct") : STR("group"),
                                     .loose = !t->id.n,
                                 },
                                 e);
}

static int64_t instant(str text)
{
    struct stamp s;
    return stamp_iso(text, &s) ? s.wall_ms - (s.has_offset ? s.offset_min * MS_PER_MINUTE : 0)
                               : TIME_NONE;
}

/* createdAt is UTC; without it the id tells, which holds the time. */
static void set_time(struct twitter *t, struct message *m, const struct json_value *v)
{
    int64_t utc_ms = instant(jv_str(jv_get(v, "createdAt")));
    if (utc_ms != TIME_NONE)
        m->time_shown = jv_str(jv_get(v, "createdAt"));
    else if (!stamp_snowflake(m->platform_id, TWITTER_EPOCH_MS, &utc_ms))
        utc_ms = TIME_NONE;
    m->time = moment_utc(utc_ms);
    if (utc_ms == TIME_NONE)
        counted_add(&t->no_time, m->locus);
}

static void set_sender(struct twitter *t, struct message *m, str id)
{
    m->sender = id;
    m->sender_name = twitter_name(t, id);
}

/* --- Messages ---------------------------------------------------------------------------------- */

static enum attachment_kind kind_of(str address)
{
    const str name = path_name(address);
    if (str_ends(name, STR(".mp4")) || str_ends(name, STR(".m3u8")) ||
        str_find(address, STR("/dm_video/")) != STR_NONE)
        return ATTACH_VIDEO;
    return ATTACH_IMAGE;
}

/* The file is in one of several folders, by the year of the archive; its name has the message's id. */
static void add_media(struct twitter *t, struct message *m, str address)
{
    static const char *const folders[] = {"direct_messages_media", "direct_messages_group_media",
                                          "direct_message_media", "direct_message_group_media"};
    struct attachment x = {.kind = kind_of(address), .name = path_name(address), .size_bytes = -1};
    struct sha256_digest *digest = arena_alloc(&t->record, sizeof *digest);
    for (size_t i = 0; !x.digest && i < sizeof folders / sizeof *folders; i++) {
        const str path = arena_printf(&t->record, "%s/" STR_FMT "-" STR_FMT, folders[i],
                                      STR_ARG(m->platform_id), STR_ARG(x.name));
        uint64_t size;
        if (!siblings_facts(t->options->siblings, path, &size, digest))
            continue;
        x.path = path;
        x.size_bytes = (int64_t)size;
        x.digest = digest;
    }
    add_attachment(&t->record, m, x);
}

/* What a shortened link leads to; those to the message's own picture lead nowhere else. */
static void add_links(struct twitter *t, struct message *m, const struct json_value *urls)
{
    for (size_t i = 0; i < jv_count(urls); i++) {
        const str expanded = jv_str(jv_get(jv_at(urls, i), "expanded"));
        if (expanded.n && str_find(expanded, STR("/messages/media/")) == STR_NONE)
            add_absent(&t->record, m, ATTACH_LINK_CARD, expanded);
    }
}

static void add_reactions(struct twitter *t, struct message *m, const struct json_value *list)
{
    for (size_t i = 0; i < jv_count(list); i++) {
        const struct json_value *r = jv_at(list, i);
        const str sender = jv_str(jv_get(r, "senderId"));
        add_reaction(&t->record, m,
                     (struct reaction){
                         .emoji = jv_str(jv_get(r, "reactionKey")),
                         .sender = sender,
                         .sender_name = twitter_name(t, sender),
                         .utc_ms = instant(jv_str(jv_get(r, "createdAt"))),
                         .count = 1,
                     });
    }
}

/* No archive with an edited message was at hand: read as the platform documents it. */
static void add_edits(struct twitter *t, struct message *m, const struct json_value *history)
{
    for (size_t i = 0; i < jv_count(history); i++) {
        const struct json_value *edit = jv_at(history, i);
        const str text = unescape_markup(&t->record, jv_str(jv_get(edit, "editedText")));
        int64_t utc_ms = TIME_NONE;
        (void)stamp_epoch(jv_str(jv_get(edit, "createdAtSec")), &utc_ms);
        m->flags |= FLAG_EDITED;
        if (str_eq(text, m->text))
            m->edited_utc_ms = utc_ms;
        else
            add_edit(&t->record, m, text, utc_ms);
    }
}

static void read_message(struct twitter *t, struct message *m, const struct json_value *v)
{
    m->platform_id = jv_str(jv_get(v, "id"));
    set_sender(t, m, jv_str(jv_get(v, "senderId")));
    m->text = unescape_markup(&t->record, jv_str(jv_get(v, "text")));
    const struct json_value *media = jv_get(v, "mediaUrls");
    for (size_t i = 0; i < jv_count(media); i++)
        add_media(t, m, jv_str(jv_at(media, i)));
    add_links(t, m, jv_get(v, "urls"));
    add_reactions(t, m, jv_get(v, "reactions"));
    add_edits(t, m, jv_get(v, "editHistory"));

    const str to = jv_str(jv_get(v, "recipientId"));
    if (!to.n || str_eq(to, STR("0")))
        return;
    struct person_ref *recipient = arena_alloc(&t->record, sizeof *recipient);
    *recipient = (struct person_ref){.key = to, .name = twitter_name(t, to)};
    m->recipients = recipient;
    m->recipient_count = 1;
}

/* --- Events ------------------------------------------------------------------------------------ */

/* "noll, 31239408" of a list of ids; all of them are mentioned. */
static void add_people(struct twitter *t, struct message *m, struct buf *out,
                       const struct json_value *ids)
{
    for (size_t i = 0; i < jv_count(ids); i++) {
        const str id = jv_str(jv_at(ids, i));
        if (i)
            buf_add(out, STR(", "));
        buf_add(out, shown(t, id));
        add_mention(&t->record, m, id, twitter_name(t, id));
    }
}

static void read_join(struct twitter *t, struct message *m, const struct json_value *v,
                      struct buf *out)
{
    const bool own = t->owner.n && str_eq(m->sender, t->owner);
    buf_add(out, own ? STR("started the conversation") : STR("added "));
    if (!own)
        buf_add(out, t->owner.n ? shown(t, t->owner) : STR("the owner of this archive"));
    buf_add(out, STR("; in the conversation then: "));
    add_people(t, m, out, jv_get(v, "participantsSnapshot"));
}

static void read_joins(struct twitter *t, struct message *m, const struct json_value *v,
                       struct buf *out)
{
    const struct json_value *ids = jv_get(v, "userIds");
    const bool alone = jv_count(ids) == 1;
    if (alone && (!m->sender.n || str_eq(jv_str(jv_at(ids, 0)), m->sender))) {
        set_sender(t, m, jv_str(jv_at(ids, 0)));
        buf_add(out, STR("joined"));
        return;
    }
    buf_add(out, m->sender.n ? STR("added ") : STR("joined: "));
    add_people(t, m, out, ids);
}

static void read_leaves(struct twitter *t, struct message *m, const struct json_value *v,
                        struct buf *out)
{
    const struct json_value *ids = jv_get(v, "userIds");
    if (jv_count(ids) == 1)
        set_sender(t, m, jv_str(jv_at(ids, 0)));
    else
        add_people(t, m, out, ids);
    buf_add(out, jv_count(ids) == 1 ? STR("left") : STR(" left"));
}

/* The newest comes first: the first name met is the last that was given. */
static enum status read_rename(struct twitter *t, const struct json_value *v, struct buf *out,
                               struct err *e)
{
    const str name = unescape_markup(&t->record, jv_str(jv_get(v, "name")));
    buf_add(out, STR("changed the name of the conversation to “"));
    buf_add(out, name);
    buf_add(out, STR("”"));
    if (t->named || !name.n)
        return OK;
    t->named = true;
    return tell_conversation(t, key_of(t), name, e);
}

static enum status read_event(struct twitter *t, struct message *m, str kind,
                              const struct json_value *v, struct err *e)
{
    struct buf out = buf_new(BUF_MESSAGE_MAX);
    enum status st = OK;
    m->kind = KIND_EVENT;
    set_sender(t, m, jv_str(jv_get(v, "initiatingUserId")));
    if (!m->sender.n)
        set_sender(t, m, jv_str(jv_get(v, "senderId")));
    if (str_eq(kind, STR("joinConversation")))
        read_join(t, m, v, &out);
    else if (str_eq(kind, STR("participantsJoin")))
        read_joins(t, m, v, &out);
    else if (str_eq(kind, STR("participantsLeave")))
        read_leaves(t, m, v, &out);
    else if (str_eq(kind, STR("conversationNameUpdate")))
        st = read_rename(t, v, &out, e);
    else if (str_eq(kind, STR("reactionCreate"))) {
        buf_add(&out, STR("reacted: "));
        buf_add(&out, jv_str(jv_get(v, "reactionKey")));
    } else {
        buf_add(&out, kind);
        counted_add(&t->unknown, m->locus);
    }
    m->text = arena_dup(&t->record, buf_str(&out));
    buf_free(&out);
    return st;
}

enum status twitter_record(struct twitter *t, const struct json_part *p, const struct json_value *v,
                           const struct json_mends *mends, struct err *e)
{
    const str kind = jv_key(v, 0);
    const struct json_value *event = jv_at(v, 0);
    if (jv_type(v) != JSON_OBJECT || jv_type(event) != JSON_OBJECT)
        return json_refuse(t->sink, p, "noMessage", STR("An entry is not a message or event."), e);
    arena_clear(&t->record);
    struct message m = json_message(p, mends);
    const bool words =
        str_eq(kind, STR("messageCreate")) || str_eq(kind, STR("welcomeMessageCreate"));
    infer_id(t, event);
    m.conversation = key_of(t);
    enum status st = OK;
    if (!t->told)
        st = tell_conversation(t, m.conversation, title_of(t), e);
    if (words)
        read_message(t, &m, event);
    else if (st == OK)
        st = read_event(t, &m, kind, event, e);
    set_time(t, &m, event);
    return st == OK ? t->sink->message(t->sink, &m, e) : st;
}
