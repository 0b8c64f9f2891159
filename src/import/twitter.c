/*
 * The archive of a Twitter or X account: direct messages, alone or in groups. Users ask for it under
 * Settings, Your account, Download an archive of your data. The files are scripts that give one JSON
 * value to a global variable, `window.YTD.direct_messages.part0 = [...]`; large ones come in parts.
 *
 * Quirks: newest first. No names, only ids; the owner's name is in account.js. A conversation of more
 * than about a thousand messages stands in several entries with one id. The files "...-headers.js"
 * repeat the messages without their words. Until 2020 there were no `urls` and no `reactions`.
 */
#include "twitter.h"

#include <string.h>

/* --- Which file is which ----------------------------------------------------------------------- */

/* "direct_messages" of `window.YTD.direct_messages.part0 = `; empty if it is no such script. */
static str global_name(str prefix)
{
    prefix = str_trim(prefix);
    if (!str_starts(prefix, STR("window.YTD.")))
        return STR("");
    prefix = str_from(prefix, 11);
    const size_t dot = str_find(str_sub(prefix, 0, 200), STR(".part"));
    return dot == STR_NONE ? STR("") : str_sub(prefix, 0, dot);
}

static int bid(str prefix, str name)
{
    (void)name;
    const str global = global_name(prefix);
    return str_eq(global, STR("direct_messages")) || str_eq(global, STR("direct_messages_group"))
               ? BID_SURE
               : BID_NO;
}

static bool companion(str prefix, str name)
{
    (void)name;
    static const str globals[] = {
        STR_INIT("direct_message_headers"),
        STR_INIT("direct_message_group_headers"),
        STR_INIT("account"),
    };
    const str global = global_name(prefix);
    for (size_t i = 0; i < sizeof globals / sizeof *globals; i++)
        if (str_eq(global, globals[i]))
            return true;
    return str_starts(str_trim(prefix), STR("window.__THAR_CONFIG"));
}

/* --- People ------------------------------------------------------------------------------------ */

/* Whose archive it is, from account.js beside the source. */
static void find_owner(struct twitter *t)
{
    str script;
    if (!siblings_read(t->options->siblings, STR("account.js"), &script))
        return;
    const size_t begin = str_find_byte(script, '[');
    if (begin == STR_NONE)
        return;
    script = str_trim(str_from(script, begin));
    if (str_ends(script, STR(";")))
        script.n--;
    struct json_doc *doc = json_doc_new();
    const struct json_value *v;
    struct err ignored = {0};
    if (json_doc_read(doc, script, &v, &ignored) == OK) {
        const struct json_value *account = jv_get(jv_at(v, 0), "account");
        t->owner = arena_dup(&t->arena, jv_str(jv_get(account, "accountId")));
        t->owner_name = arena_dup(&t->arena, jv_str(jv_get(account, "username")));
    }
    json_doc_free(doc);
}

str twitter_name(const struct twitter *t, str id)
{
    const str given = names_find(t->options->names, id);
    if (given.n || !id.n)
        return given;
    return str_eq(id, t->owner) ? t->owner_name : STR("");
}

/* --- Reading ----------------------------------------------------------------------------------- */

enum { PATH_CONVERSATION, PATH_ID, PATH_EVENT };

static enum status on_part(void *context, const struct json_part *p, const struct json_value *v,
                           const struct json_mends *mends, struct err *e)
{
    struct twitter *t = context;
    if (p->path == PATH_EVENT)
        return twitter_record(t, p, v, mends, e);
    if (p->path == PATH_CONVERSATION) {
        arena_clear(&t->place);
        t->id = STR("");
        t->told = t->named = false;
    } else
        t->id = arena_dup(&t->place, jv_str(v));
    return OK;
}

static enum status tell_owner(struct twitter *t, struct err *e)
{
    if (!t->owner.n || !t->owner_name.n)
        return OK;
    return t->sink->participant(
        t->sink, &(struct participant){.key = t->owner, .name = twitter_name(t, t->owner)}, e);
}

static enum status tell_odd(struct twitter *t, struct err *e)
{
    const enum status st = counted_tell(
        &t->no_time, t->sink, ISSUE_WARN, "badStamp", "without a time that can be read",
        STR("They are kept without a time, in their place in the file."), e);
    if (st != OK)
        return st;
    return counted_tell(&t->unknown, t->sink, ISSUE_NOTE, "unknownEvent",
                        "of a kind that Stet does not know, kept as events",
                        STR("Please report the kind, so that it can be read."), e);
}

static enum status read_archive(struct source *source, const struct import_options *options,
                                struct sink *sink, struct err *e)
{
    static const char *const paths[] = {
        [PATH_CONVERSATION] = "[].* {",
        [PATH_ID] = "[].*.conversationId",
        [PATH_EVENT] = "[].*.messages[]",
        NULL,
    };
    static const struct json_format format = {
        .paths = paths, .records = 1 << PATH_EVENT, .prologue = true, .part = on_part};
    struct twitter t = {.sink = sink, .options = options};
    find_owner(&t);
    enum status st = tell_owner(&t, e);
    if (st == OK)
        st = json_records(source, sink, &format, &t, e);
    if (st == OK)
        st = tell_odd(&t, e);
    arena_free(&t.arena);
    arena_free(&t.place);
    arena_free(&t.record);
    return st;
}

static void count(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "messages");
}

const struct importer importer_twitter = {
    .name = "twitter",
    .title = "Twitter/X archive, direct messages",
    .where = "data/direct-messages.js and data/direct-messages-group.js of a downloaded archive",
    .version = "1",
    .bid = bid,
    .companion = companion,
    .read = read_archive,
    .unordered = true,
    .count = count,
};
