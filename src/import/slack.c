/*
 * The export of a Slack workspace: a folder for each channel, a file for each day in it, named by its
 * date, with an array of messages; beside the folders users.json, channels.json and the like. Owners
 * and admins find it at slack.com/services/export; tools (slackdump) write the same shape.
 *
 * Quirks: people are ids, to be found in users.json, where bots, guests and the deleted may be missing.
 * A folder has the channel's name, or the id of a direct conversation. Replies stand in the file of
 * their own day. A day is one of the workspace's zone; the stamps are UTC.
 */
#include "slack.h"

#include <string.h>

/* --- Which file is which ----------------------------------------------------------------------- */

static str last_of(str path)
{
    for (size_t i = path.n; i-- > 0;)
        if (path.p[i] == '/')
            return str_from(path, i + 1);
    return path;
}

static bool is_day(str name)
{
    static const char shape[] = "9999-99-99.json";
    if (name.n != sizeof shape - 1)
        return false;
    for (size_t i = 0; i < name.n; i++) {
        const bool digit = name.p[i] >= '0' && name.p[i] <= '9';
        if (shape[i] == '9' ? !digit : name.p[i] != shape[i])
            return false;
    }
    return true;
}

/* A stamp as Slack has them: "ts": "1456427378.000002". */
static bool has_stamp(str text)
{
    for (size_t at; (at = str_find(text, STR("\"ts\""))) != STR_NONE;) {
        text = str_from(text, at + 4);
        size_t i = 0, digits = 0;
        while (i < text.n && memchr(" \t\r\n:", text.p[i], 5))
            i++;
        for (i++; i < text.n && text.p[i] >= '0' && text.p[i] <= '9'; i++)
            digits++;
        if (digits >= 9 && digits <= 11 && i < text.n && text.p[i] == '.')
            return true;
    }
    return false;
}

static int bid(str prefix, str name)
{
    const str text = str_trim(prefix);
    const bool day = is_day(last_of(name));
    if (!str_starts(text, STR("[")))
        return BID_NO;
    if (has_stamp(text))
        return day ? BID_SURE : BID_LIKELY;
    const bool typed = str_find(text, STR("\"type\"")) != STR_NONE;
    return day && (typed || !str_trim(str_from(text, 1)).n || str_eq(text, STR("[]"))) ? BID_MAYBE
                                                                                       : BID_NO;
}

static bool companion(str prefix, str name)
{
    static const str names[] = {
        STR_INIT("users.json"),
        STR_INIT("org_users.json"),
        STR_INIT("channels.json"),
        STR_INIT("groups.json"),
        STR_INIT("dms.json"),
        STR_INIT("mpims.json"),
        STR_INIT("integration_logs.json"),
        STR_INIT("file_conversations.json"),
        STR_INIT("canvases.json"),
        STR_INIT("lists.json"),
        STR_INIT("huddle_transcripts.json"),
    };
    const str last = last_of(name);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(last, names[i]))
            return str_starts(str_trim(prefix), STR("["));
    return false;
}

/* --- Reading ----------------------------------------------------------------------------------- */

/* The folder in which the source stands; empty if it was handed over alone. */
static str folder_of(str path)
{
    const str last = last_of(path);
    if (last.n == path.n)
        return STR("");
    return last_of(str_sub(path, 0, path.n - last.n - 1));
}

static enum status on_part(void *context, const struct json_part *p, const struct json_value *v,
                           const struct json_mends *mends, struct err *e)
{
    return slack_record(context, p, v, mends, e);
}

static enum status read_day(struct source *source, const struct import_options *options,
                            struct sink *sink, struct err *e)
{
    static const char *const paths[] = {"[]", NULL};
    static const struct json_format format = {.paths = paths, .records = 1, .part = on_part};
    const str here = siblings_here(options->siblings);
    struct slack s = {.sink = sink,
                      .options = options,
                      .workspace = slack_workspace_of(options),
                      .folder = folder_of(here.n ? here : source_name(source))};
    s.place = slack_place_of(s.workspace, s.folder);
    enum status st = json_records(source, sink, &format, &s, e);
    if (st == OK)
        st = counted_tell(&s.no_time, sink, ISSUE_WARN, "badStamp",
                          "without a time that can be read",
                          STR("They are kept without a time, in their place in the file."), e);
    slack_workspace_close(s.workspace);
    arena_free(&s.arena);
    arena_free(&s.record);
    return st;
}

static void count(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "");
}

const struct importer importer_slack = {
    .name = "slack",
    .title = "Slack export, a day of a channel",
    .where = "the folders of a workspace export: general/2016-02-25.json with users.json beside",
    .version = "1",
    .bid = bid,
    .companion = companion,
    .read = read_day,
    .unordered = true,
    .count = count,
};
