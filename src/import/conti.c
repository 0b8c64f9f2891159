/*
 * Jabber logs as the Conti leak of 2022 had them: a file for each server and day,
 * "185.25.51.173-20220117.json", JSON objects {ts, from, to, body} one after the other without commas.
 *
 * Quirks: a reader of one document stops after the first object; stamps have microseconds and no zone,
 * and step back now and then; many bodies are OTR ciphertext or the words of a client that failed.
 */
#include "leaks.h"

#include "counted.h"
#include "json_records.h"
#include "moment.h"

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct arena record, arena;
    str last_key; /* of the conversation sent last */
    struct counted no_time, ambiguous;
};

static const char *const paths[] = {"", NULL};

static enum status send_conversation(struct reader *r, const struct message *m, str from, str to,
                                     struct err *e)
{
    if (str_eq(r->last_key, m->conversation))
        return OK;
    arena_clear(&r->arena);
    r->last_key = arena_dup(&r->arena, m->conversation);
    const struct conversation c = {.key = m->conversation,
                                   .title =
                                       arena_printf(&r->record, STR_FMT ", " STR_FMT,
                                                    STR_ARG(str_cmp(from, to) <= 0 ? from : to),
                                                    STR_ARG(str_cmp(from, to) <= 0 ? to : from)),
                                   .platform = STR("xmpp"),
                                   .type = STR("direct")};
    return r->sink->conversation(r->sink, &c, e);
}

static void set_time(struct reader *r, struct message *m, str ts)
{
    struct stamp stamp;
    int64_t utc_ms;
    m->time_shown = ts;
    if (stamp_iso(ts, &stamp) && stamp.has_time)
        m->time = moment_of(&stamp, r->options);
    else if (stamp_epoch(ts, &utc_ms))
        m->time = moment_utc(utc_ms);
    else
        counted_add(&r->no_time, m->locus);
    if (m->time.ambiguous)
        counted_add(&r->ambiguous, m->locus);
}

static enum status on_record(void *context, const struct json_part *p, const struct json_value *v,
                             const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    const str from = jv_str(jv_get(v, "from")), to = jv_str(jv_get(v, "to"));
    if (jv_type(v) != JSON_OBJECT || (!from.n && !to.n))
        return json_refuse(r->sink, p, "noSender",
                           STR("This is no message: it has neither “from” nor “to”."), e);
    struct message m = json_message(p, mends);
    m.conversation = leak_pair_key(&r->record, "xmpp", from, to);
    m.sender = from;
    m.text = jv_str(jv_get(v, "body"));
    const struct person_ref recipient = {.key = to, .name = STR("")};
    m.recipients = &recipient;
    m.recipient_count = to.n > 0;
    set_time(r, &m, jv_str(jv_get(v, "ts")));
    enum status st = send_conversation(r, &m, from, to, e);
    if (st == OK)
        st = r->sink->message(r->sink, &m, e);
    arena_clear(&r->record);
    return st;
}

static enum status read_conti(struct source *source, const struct import_options *options,
                              struct sink *sink, struct err *e)
{
    static const struct json_format format = {.paths = paths, .records = 1, .part = on_record};
    struct reader r = {.sink = sink, .options = options, .last_key = STR("")};
    enum status st = json_records(source, sink, &format, &r, e);
    if (st == OK)
        st = counted_tell(&r.no_time, sink, ISSUE_WARN, "badStamp",
                          "without a time that can be read",
                          STR("They are kept without a time, in their place in the file."), e);
    if (st == OK)
        st = counted_tell(&r.ambiguous, sink, ISSUE_NOTE, "ambiguousTime",
                          "in hours that exist twice or never in the stated zone",
                          STR("Do not lean on the exact UTC time of messages of these hours."), e);
    arena_free(&r.record);
    arena_free(&r.arena);
    return st;
}

static int bid(str prefix, str name)
{
    static const char *const members[] = {"ts", "from", "to", "body", NULL};
    (void)name;
    return str_starts(str_trim(prefix), STR("{")) &&
                   leak_has_members(str_sub(prefix, 0, 4096), members)
               ? BID_LIKELY
               : BID_NO;
}

static void count(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, NULL);
}

const struct importer importer_conti = {
    .name = "conti",
    .title = "Jabber log, JSON objects one after the other (Conti leak)",
    .where = "leaked server logs, a file a day: objects with ts, from, to, body",
    .version = "1",
    .bid = bid,
    .read = read_conti,
    .unordered = true,
    .count = count,
};
