/*
 * Signal chats by signal-export (https://github.com/carderne/signal-export), data.json in a folder for
 * each chat: a JSON object a line, {date, sender, body, quote, sticker, reactions, attachments, ...}.
 *
 * Quirks: `date` is local time without a zone; the tool puts two blanks behind each body; stickers and
 * quotations may be "" for none. chat.md beside it holds the same messages to the second, so where it
 * is, milliseconds are left out here: the same messages then are the same.
 */
#include "signal_export.h"

#include "json_records.h"
#include "line_records.h"
#include "moment.h"

struct reader {
    struct sink *sink;
    const struct import_options *options;
    bool to_the_second;
    char key[SIGNAL_KEY_BYTES];
    struct line_note bad_stamp;
    struct signal_extras extras;
};

static void set_time(struct reader *r, struct message *m)
{
    struct stamp stamp;
    if (!stamp_iso(m->time_shown, &stamp)) {
        const struct line_record record = {.at = m->locus.at, .raw = m->raw, .line = m->locus.line};
        line_note_add(&r->bad_stamp, &record);
        return;
    }
    if (r->to_the_second)
        stamp.wall_ms -= (stamp.wall_ms % MS_PER_SECOND + MS_PER_SECOND) % MS_PER_SECOND;
    m->time = moment_of(&stamp, r->options);
}

/* Pairs of name and emoji, as arrays or as objects. */
static void read_lists(struct reader *r, const struct json_value *v)
{
    const struct json_value *reactions = jv_get(v, "reactions");
    for (size_t i = 0; i < jv_count(reactions) && i < SIGNAL_LIST_MAX; i++) {
        const struct json_value *one = jv_at(reactions, i);
        const bool pair = jv_type(one) == JSON_ARRAY;
        signal_react(&r->extras,
                     signal_sender(jv_str(pair ? jv_at(one, 0) : jv_get(one, "name")), r->options),
                     jv_str(pair ? jv_at(one, 1) : jv_get(one, "emoji")));
    }
    const struct json_value *files = jv_get(v, "attachments");
    for (size_t i = 0; i < jv_count(files) && i < SIGNAL_LIST_MAX; i++)
        signal_attach(&r->extras, jv_str(jv_get(jv_at(files, i), "name")),
                      jv_str(jv_get(jv_at(files, i), "path")), STR(""), r->options);
}

static void read_words(struct message *m, const struct json_value *v)
{
    str body = jv_str(jv_get(v, "body"));
    if (str_ends(body, STR("  ")))
        body.n -= 2;
    m->text = body.n ? body : jv_str(jv_path(v, "sticker.emoji"));
    if (jv_str(jv_get(v, "quote")).n)
        m->flags |= FLAG_REPLY;
    if (jv_bool(jv_get(v, "deleted"))) {
        m->flags |= FLAG_DELETED;
        m->text = STR("");
    }
    if (jv_bool(jv_get(v, "call")) || signal_is_call(m->text))
        m->kind = KIND_CALL;
    else if (!m->sender.n && !m->text.n)
        m->kind = KIND_EVENT;
}

static enum status on_part(void *context, const struct json_part *p, const struct json_value *v,
                           const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    if (jv_type(v) != JSON_OBJECT || !jv_get(v, "body"))
        return json_refuse(r->sink, p, "notAMessage",
                           STR("This value is no message of signal-export: it has no body."), e);
    struct message m = json_message(p, mends);
    m.conversation = str_of(r->key);
    m.time_shown = jv_str(jv_get(v, "date"));
    m.sender = signal_sender(jv_str(jv_get(v, "sender")), r->options);
    set_time(r, &m);
    r->extras.reaction_count = r->extras.attachment_count = r->extras.names_used = 0;
    read_lists(r, v);
    read_words(&m, v);
    signal_put_extras(&m, &r->extras);
    return r->sink->message(r->sink, &m, e);
}

static enum status read_json(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    static const char *const paths[] = {"", NULL};
    static const struct json_format format = {.paths = paths, .records = 1 << 0, .part = on_part};
    static const struct line_note_words bad_stamp = {
        ISSUE_WARN, "badStamp",
        "message has a date that is no time, and is kept in its order only.",
        "messages have dates that are no times, and are kept in their order only.",
        "Look at the file there: the date is shown with the message."};
    struct reader r = {.sink = sink, .options = options};
    uint64_t size;
    struct sha256_digest digest;
    r.to_the_second = siblings_facts(options->siblings, STR("chat.md"), &size, &digest);
    enum status st = signal_name(sink, signal_title(line_source_path(source, options)), r.key, e);
    if (st == OK)
        st = json_records(source, sink, &format, &r, e);
    return st == OK ? line_note_tell(sink, &r.bad_stamp, &bad_stamp, e) : st;
}

static int bid_json(str prefix, str name)
{
    static const char *const members[] = {"\"sender\"", "\"body\"", "\"quote\"", "\"reactions\"",
                                          "\"attachments\""};
    (void)name;
    prefix = str_trim(prefix);
    if (!str_starts(prefix, STR("{\"date\":")))
        return BID_NO;
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++)
        if (str_find(prefix, str_of(members[i])) == STR_NONE)
            return BID_NO;
    return BID_SURE - 5;
}

static void count_json(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, NULL);
}

const struct importer importer_signal_json = {
    .name = "signal-json",
    .title = "Signal chat by signal-export, data.json",
    .where = "made by signal-export from Signal Desktop: data.json in a folder a chat",
    .version = "1",
    .bid = bid_json,
    .read = read_json,
    .count = count_json,
};
