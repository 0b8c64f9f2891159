/*
 * Signal Desktop's own records, as `sigtop export-messages -f json` writes them: an array of what stands
 * in the column `json` of the database, a message a line (https://github.com/tbvdm/sigtop). One file a
 * conversation, called by its name.
 *
 * - Times are milliseconds UTC. What a reply or an edit points to is the time at which its target was
 *   sent: that is taken for the id of a message, not the random "id".
 * - A mention is U+FFFC in the body, and a range that says whom it means: the name is put in its place.
 * - editHistory begins with the wording that counts.
 */
#include "sigtop_json.h"

#include "buf.h"
#include "json_records.h"
#include "line_records.h"
#include "message_parts.h"
#include "moment.h"
#include "utf8.h"

#include <string.h>

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct arena arena;
    str title;
    char told[64]; /* the conversation that the sink knows */
    struct line_note undated, view_once;
};

static int bid(str prefix, str name)
{
    (void)name;
    static const str marks[] = {STR_INIT("\"conversationId\""), STR_INIT("\"type\""),
                                STR_INIT("_at\"")}; /* sent_at, received_at */
    const str text = str_trim(prefix);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_find(prefix, marks[i]) == STR_NONE)
            return BID_NO;
    if (!str_starts(text, STR("[")) || !str_starts(str_trim(str_from(text, 1)), STR("{")))
        return BID_NO;
    return str_find(prefix, STR("\"sent_at\"")) != STR_NONE ? BID_SURE : BID_LIKELY;
}

static void note(struct line_note *n, const struct message *m)
{
    if (!n->count++)
        n->first = m->locus;
}

static int64_t whole(const struct json_value *v, const char *key)
{
    int64_t value = 0;
    return jv_int(jv_get(v, key), &value) ? value : 0;
}

/* The first of these members that has a text. */
static str first_of(const struct json_value *v, const char *const *keys)
{
    for (; *keys; keys++)
        if (jv_str(jv_get(v, *keys)).n)
            return jv_str(jv_get(v, *keys));
    return STR("");
}

static int64_t time_or_none(int64_t utc_ms)
{
    return utc_ms > 0 ? utc_ms : TIME_NONE;
}

/* ---- Parts ------------------------------------------------------------------------------------ */

/* Whom the nth mention means; ranges that only format are passed over. */
static const struct json_value *mention(const struct json_value *ranges, size_t nth)
{
    static const char *const ids[] = {"mentionAci", "mentionUuid", NULL};
    for (size_t i = 0; i < jv_count(ranges); i++) {
        const struct json_value *range = jv_at(ranges, i);
        if (first_of(range, ids).n && nth-- == 0)
            return range;
    }
    return NULL;
}

/* The body with names in place of U+FFFC. Mentions are kept with the message if it is given. */
static str words(struct reader *r, str body, const struct json_value *ranges, struct message *m)
{
    static const char *const ids[] = {"mentionAci", "mentionUuid", NULL};
    const str mark = STR("\uFFFC");
    if (str_find(body, mark) == STR_NONE)
        return body;
    struct buf out = buf_new(BUF_MESSAGE_MAX);
    for (size_t nth = 0, at; (at = str_find(body, mark)) != STR_NONE; nth++) {
        const struct json_value *range = nth < 1000 ? mention(ranges, nth) : NULL;
        const str name = jv_str(jv_get(range, "replacementText"));
        buf_add(&out, str_sub(body, 0, at));
        if (name.n)
            buf_add_byte(&out, '@');
        buf_add(&out, name.n ? name : mark);
        if (range && m)
            add_mention(&r->arena, m, first_of(range, ids), name);
        body = str_from(body, at + mark.n);
    }
    buf_add(&out, body);
    const str text = arena_dup(&r->arena, buf_str(&out));
    buf_free(&out);
    return text;
}

static enum attachment_kind kind_of(str mime)
{
    if (str_starts(mime, STR("image/")))
        return ATTACH_IMAGE;
    if (str_starts(mime, STR("video/")))
        return ATTACH_VIDEO;
    return str_starts(mime, STR("audio/")) ? ATTACH_AUDIO : ATTACH_FILE;
}

static void add_files(struct reader *r, const struct json_value *list, struct message *m)
{
    for (size_t i = 0; i < jv_count(list); i++) {
        const struct json_value *v = jv_at(list, i);
        struct attachment x = {.name = jv_str(jv_get(v, "fileName")),
                               .mime = jv_str(jv_get(v, "contentType")),
                               .size_bytes = -1};
        x.kind = kind_of(x.mime);
        (void)jv_int(jv_get(v, "size"), &x.size_bytes);
        add_attachment(&r->arena, m, x);
    }
}

static void add_reactions(struct reader *r, const struct json_value *list, struct message *m)
{
    for (size_t i = 0; i < jv_count(list); i++) {
        const struct json_value *v = jv_at(list, i);
        const str from = jv_str(jv_get(v, "fromId"));
        add_reaction(&r->arena, m,
                     (struct reaction){.emoji = jv_str(jv_get(v, "emoji")),
                                       .sender = from,
                                       .sender_name = names_find(r->options->names, from),
                                       .utc_ms = time_or_none(whole(v, "timestamp")),
                                       .count = 1});
    }
}

static void add_edits(struct reader *r, const struct json_value *v, struct message *m)
{
    const struct json_value *history = jv_get(v, "editHistory");
    const size_t count = jv_count(history);
    for (size_t i = count; i-- > 1;) { /* the first is the text itself */
        const struct json_value *edit = jv_at(history, i);
        add_edit(&r->arena, m,
                 words(r, jv_str(jv_get(edit, "body")), jv_get(edit, "bodyRanges"), NULL),
                 time_or_none(whole(edit, "timestamp")));
    }
    if (count > 1) {
        m->flags |= FLAG_EDITED;
        m->edited_utc_ms = time_or_none(whole(jv_at(history, 0), "timestamp"));
    }
}

/* ---- Records ---------------------------------------------------------------------------------- */

/* What Signal says by itself, by the type of the record. */
static str event_words(str type)
{
    static const struct {
        const char *type, *words;
    } known[] = {
        {"keychange", "changed the safety number (new phone or new installation)"},
        {"verified-change", "changed whether the safety number is verified"},
        {"group-v1-migration", "upgraded the group"},
        {"group-v2-change", "changed the group"},
        {"profile-change", "changed the profile"},
        {"timer-notification", "changed when messages disappear"},
        {"universal-timer-notification", "set when messages disappear"},
        {"change-number-notification", "changed the phone number"},
        {"contact-removed-notification", "removed the contact"},
        {"title-transition-notification", "now shows under another name"},
        {"conversation-merge", "joined two conversations"},
        {"phone-number-discovery", "learnt whose number it is"},
        {"message-request-response-event", "answered a message request"},
        {"delivery-issue", "could not be given a message"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(type, str_of(known[i].type)))
            return str_of(known[i].words);
    return type;
}

static void set_sender(struct reader *r, const struct json_value *v, str type, struct message *m)
{
    static const char *const ids[] = {"sourceServiceId", "sourceUuid", "source", NULL};
    if (str_eq(type, STR("outgoing"))) {
        m->sender = r->options->owner.n ? r->options->owner : STR("Me");
        return;
    }
    m->sender = first_of(v, ids);
    m->sender_name = names_find(r->options->names, m->sender);
    if (!m->sender_name.n && jv_str(jv_get(v, "source")).n)
        m->sender_name = jv_str(jv_get(v, "source"));
}

static void set_time(struct reader *r, const struct json_value *v, struct message *m)
{
    static const char *const stamps[] = {"sent_at", "timestamp", "received_at_ms", NULL};
    const str shown = first_of(v, stamps);
    int64_t utc_ms;
    if (!str_to_u63(shown, &utc_ms) || !utc_ms || !stamp_epoch(shown, &utc_ms)) {
        note(&r->undated, m);
        return;
    }
    m->time = moment_utc(utc_ms);
    m->time_shown = shown;
}

static void fill(struct reader *r, const struct json_value *v, struct message *m)
{
    const str type = jv_str(jv_get(v, "type"));
    const struct json_value *quote = jv_get(v, "quote");
    m->platform_id = jv_str(jv_get(v, "sent_at"));
    m->text = words(r, jv_str(jv_get(v, "body")), jv_get(v, "bodyRanges"), m);
    m->reply_to = jv_str(jv_get(quote, "id"));
    if (quote)
        m->flags |= FLAG_REPLY;
    if (jv_bool(jv_get(v, "deletedForEveryone")) || jv_bool(jv_get(v, "isErased")))
        m->flags |= FLAG_DELETED;
    if (jv_bool(jv_get(v, "isViewOnce")))
        note(&r->view_once, m);
    add_files(r, jv_get(v, "attachments"), m);
    add_reactions(r, jv_get(v, "reactions"), m);
    add_edits(r, v, m);
    if (str_eq(type, STR("call-history"))) {
        m->kind = KIND_CALL;
        m->text = m->text.n ? m->text : STR("call");
    } else if (!str_eq(type, STR("incoming")) && !str_eq(type, STR("outgoing")) &&
               !str_eq(type, STR("story"))) {
        m->kind = KIND_EVENT;
        m->text = m->text.n ? m->text : event_words(type);
    }
}

static enum status place(struct reader *r, const struct json_value *v, struct message *m,
                         struct err *e)
{
    m->conversation =
        arena_printf(&r->arena, "signal:" STR_FMT, STR_ARG(jv_str(jv_get(v, "conversationId"))));
    if (str_eq(str_of(r->told), m->conversation))
        return OK;
    if (m->conversation.n < sizeof r->told) {
        memcpy(r->told, m->conversation.p, m->conversation.n);
        r->told[m->conversation.n] = '\0';
    }
    return r->sink->conversation(r->sink,
                                 &(struct conversation){.key = m->conversation,
                                                        .title = r->title,
                                                        .platform = STR("signal")},
                                 e);
}

static enum status on_record(void *context, const struct json_part *p, const struct json_value *v,
                             const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    if (jv_type(v) != JSON_OBJECT)
        return json_refuse(r->sink, p, "brokenRecord", STR("An element is no message."), e);
    arena_clear(&r->arena);
    struct message m = json_message(p, mends);
    set_sender(r, v, jv_str(jv_get(v, "type")), &m);
    set_time(r, v, &m);
    fill(r, v, &m);
    const enum status st = place(r, v, &m, e);
    return st == OK ? r->sink->message(r->sink, &m, e) : st;
}

static enum status tell_notes(struct reader *r, struct err *e)
{
    static const struct line_note_words undated = {
        ISSUE_WARN, "badStamp", "message has no time that can be read",
        "messages have no time that can be read", "They keep their place in the file."};
    static const struct line_note_words view_once = {
        ISSUE_NOTE, "viewOnce", "message was to be seen once", "messages were to be seen once",
        "Their pictures are not in the export."};
    const enum status st = line_note_tell(r->sink, &r->undated, &undated, e);
    return st == OK ? line_note_tell(r->sink, &r->view_once, &view_once, e) : st;
}

static enum status read_records(struct source *source, const struct import_options *options,
                                struct sink *sink, struct err *e)
{
    static const char *const paths[] = {"[]", NULL};
    static const struct json_format format = {.paths = paths, .records = 1, .part = on_record};
    struct reader r = {
        .sink = sink, .options = options, .title = path_stem(line_source_path(source, options))};
    enum status st = json_records(source, sink, &format, &r, e);
    if (st == OK)
        st = tell_notes(&r, e);
    arena_free(&r.arena);
    return st;
}

static void count_records(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "");
}

const struct importer importer_sigtop_json = {
    .name = "sigtop-json",
    .title = "Signal Desktop, exported by sigtop as JSON",
    .where = "sigtop export-messages -f json; a file for each conversation",
    .version = "1",
    .bid = bid,
    .read = read_records,
    .count = count_records,
};
