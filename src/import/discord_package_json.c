/* Messages of Discord's data package as an array of objects (since about 2023). */
#include "discord_package.h"

#include "discord.h"

static enum status on_part(void *context, const struct json_part *p, const struct json_value *v,
                           const struct json_mends *mends, struct err *e)
{
    struct package *package = context;
    if (jv_type(v) != JSON_OBJECT)
        return json_refuse(package->sink, p, "noMessage", STR("An entry is not a message."), e);
    arena_clear(&package->record);
    struct message m = json_message(p, mends);
    package_fill(package, &m,
                 &(struct package_row){
                     .id = jv_str(jv_get(v, "ID")),
                     .timestamp = jv_str(jv_get(v, "Timestamp")),
                     .contents = jv_str(jv_get(v, "Contents")),
                     .attachments = jv_str(jv_get(v, "Attachments")),
                 });
    return package->sink->message(package->sink, &m, e);
}

static enum status read_package(struct source *source, const struct import_options *options,
                                struct sink *sink, struct err *e)
{
    static const char *const paths[] = {"[]", NULL};
    static const struct json_format format = {.paths = paths, .records = 1, .part = on_part};
    struct package p = {.sink = sink, .options = options};
    enum status st = package_open(&p, source, e);
    if (st == OK)
        st = json_records(source, sink, &format, &p, e);
    if (st == OK)
        st = package_close(&p, e);
    package_free(&p);
    return st;
}

static int bid(str prefix, str name)
{
    (void)name;
    static const char *const members[] = {"\"ID\"", "\"Timestamp\"", "\"Contents\"",
                                          "\"Attachments\""};
    if (!str_starts(str_trim(prefix), STR("[")))
        return BID_NO;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (str_find(prefix, str_of(members[i])) == STR_NONE)
            return BID_NO;
    return BID_SURE;
}

static bool is_file(str name, const char *file)
{
    const str last = str_of(file);
    return str_ends(name, last) && (name.n == last.n || name.p[name.n - last.n - 1] == '/');
}

/* index.json maps ids to titles: {"711...": "pit in Lirra Watch"}. */
static bool is_index(str text)
{
    text = str_trim(str_from(str_trim(text), 1));
    return text.n > 1 && text.p[0] == '"' && text.p[1] >= '0' && text.p[1] <= '9';
}

bool package_companion(str prefix, str name)
{
    if (!str_starts(str_trim(prefix), STR("{")))
        return false;
    if (is_file(name, "channel.json"))
        return str_find(prefix, STR("\"id\"")) != STR_NONE;
    if (is_file(name, "user.json"))
        return str_find(prefix, STR("\"username\"")) != STR_NONE;
    return is_file(name, "index.json") && is_index(prefix);
}

static void count(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "");
}

const struct importer importer_discord_package = {
    .name = "discord-package",
    .title = "Discord data package, JSON",
    .where = "messages/c<number>/messages.json of the package that Discord sends",
    .version = "1",
    .bid = bid,
    .companion = package_companion,
    .read = read_package,
    .unordered = true,
    .count = count,
};
