/*
 * DiscordChatExporter's JSON (https://github.com/Tyrrrz/DiscordChatExporter): one channel, or a part of
 * one ("general [part 2].json"), with everything that the program saw of it. Best of its formats.
 *
 * Quirks: `messageCount` is at the end and wrong in edited files. Stamps are UTC, or in newer versions
 * of the zone of the exporting machine, with their offset. Guild "0" means direct messages.
 */
#include "discord.h"

#include <inttypes.h>
#include <stdio.h>

enum { PATH_GUILD, PATH_CHANNEL, PATH_COUNT, PATH_MESSAGE };

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct arena arena, record;
    str key, guild;
    bool told;
    uint64_t messages;
    int64_t stated; /* how many the exporter says there are; -1: it does not */
    struct counted no_time;
};

static const char *type_of(str channel_type)
{
    if (str_eq(channel_type, STR("DirectTextChat")))
        return "direct";
    if (str_eq(channel_type, STR("DirectGroupTextChat")))
        return "group";
    return "channel";
}

/* Channels are called by their server too: every server has its "general". */
static enum status tell_channel(struct reader *r, const struct json_value *channel, struct err *e)
{
    const str name = jv_str(jv_get(channel, "name")), id = jv_str(jv_get(channel, "id"));
    const str type = str_of(type_of(jv_str(jv_get(channel, "type"))));
    const bool on_server = r->guild.n && str_eq(type, STR("channel"));
    r->key = discord_key(&r->arena, id.n ? id : name);
    r->told = true;
    const str title = on_server ? arena_printf(&r->record, STR_FMT " / " STR_FMT, STR_ARG(r->guild),
                                               STR_ARG(name))
                                : name;
    return r->sink->conversation(r->sink,
                                 &(struct conversation){
                                     .key = r->key,
                                     .title = title,
                                     .platform = STR("discord"),
                                     .type = type,
                                     .loose = !id.n,
                                 },
                                 e);
}

static enum status add_message(struct reader *r, const struct json_part *p,
                               const struct json_value *v, const struct json_mends *mends,
                               struct err *e)
{
    r->messages++;
    if (jv_type(v) != JSON_OBJECT)
        return json_refuse(r->sink, p, "noMessage", STR("An entry is not a message."), e);
    const enum status st = r->told ? OK : tell_channel(r, NULL, e);
    if (st != OK)
        return st;
    struct message m = json_message(p, mends);
    const struct discord_context context = {r->options, &r->record, &r->no_time};
    m.conversation = r->key;
    discord_fill(&context, &m, v);
    return r->sink->message(r->sink, &m, e);
}

static enum status on_part(void *context, const struct json_part *p, const struct json_value *v,
                           const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    arena_clear(&r->record);
    switch (p->path) {
    case PATH_GUILD:
        if (!str_eq(jv_str(jv_get(v, "id")), STR("0")))
            r->guild = arena_dup(&r->arena, jv_str(jv_get(v, "name")));
        return OK;
    case PATH_CHANNEL: return r->told ? OK : tell_channel(r, v, e);
    case PATH_COUNT:
        if (!jv_int(v, &r->stated))
            r->stated = -1;
        return OK;
    default: return add_message(r, p, v, mends, e);
    }
}

static enum status tell_count(struct reader *r, uint64_t end, struct err *e)
{
    if (r->stated < 0 || (uint64_t)r->stated == r->messages)
        return OK;
    char what[160];
    snprintf(what, sizeof what,
             "The exporter says %" PRId64 " messages, but the file holds %" PRIu64, r->stated,
             r->messages);
    return r->sink->issue(r->sink,
                          &(struct issue){
                              .severity = ISSUE_WARN,
                              .code = "countDiffers",
                              .what = str_of(what),
                              .way_out = STR("The file was edited, or put together from others: "
                                             "ask where it comes from."),
                              .locus = {.at = end},
                          },
                          e);
}

static enum status read_channel(struct source *source, const struct import_options *options,
                                struct sink *sink, struct err *e)
{
    static const char *const paths[] = {
        [PATH_GUILD] = "guild",
        [PATH_CHANNEL] = "channel",
        [PATH_COUNT] = "messageCount",
        [PATH_MESSAGE] = "messages[]",
        NULL,
    };
    static const struct json_format format = {
        .paths = paths, .records = 1 << PATH_MESSAGE, .part = on_part};
    struct reader r = {.sink = sink, .options = options, .stated = -1};
    enum status st = json_records(source, sink, &format, &r, e);
    if (st == OK)
        st = tell_count(&r, source_at(source), e);
    if (st == OK)
        st = counted_tell(&r.no_time, sink, ISSUE_WARN, "badStamp",
                          "without a time that can be read",
                          STR("They are kept without a time, in their place in the file."), e);
    arena_free(&r.arena);
    arena_free(&r.record);
    return st;
}

static int bid(str prefix, str name)
{
    (void)name;
    static const char *const members[] = {"\"guild\"", "\"channel\"", "\"dateRange\"",
                                          "\"messages\""};
    if (!str_starts(str_trim(prefix), STR("{")))
        return BID_NO;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (str_find(prefix, str_of(members[i])) == STR_NONE)
            return BID_NO;
    return BID_SURE;
}

static void count(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "messages");
}

const struct importer importer_discord_json = {
    .name = "discord-json",
    .title = "Discord, JSON by DiscordChatExporter",
    .where = "a file for each channel: “Server - channel [id].json”",
    .version = "1",
    .bid = bid,
    .read = read_channel,
    .count = count,
};
