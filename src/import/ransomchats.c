/*
 * Negotiations with extortionists as collected in JSON: {"chat_id": ..., "messages": [{"party",
 * "content", "timestamp"}]}, a file for each victim, in a folder for each group of extortionists.
 *
 * Quirks: stamps are often empty, a date only, or words; then the order of the file is all that is known.
 */
#include "leaks.h"

#include "counted.h"
#include "json_records.h"
#include "line_records.h"
#include "moment.h"
#include "written_order.h"

#include <stdio.h>

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct arena arena;
    struct written_order order;
    str chat_id, key;
    struct counted no_time;
};

enum { PATH_ID, PATH_MESSAGE };
static const char *const paths[] = {"chat_id", "messages[]", NULL};

static enum status on_look(void *context, const struct json_part *p, const struct json_value *v,
                           const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    (void)mends;
    (void)e;
    if (p->path == PATH_ID && !r->chat_id.n)
        r->chat_id = arena_dup(&r->arena, jv_str(v));
    if (p->path == PATH_MESSAGE)
        written_order_see(&r->order, jv_str(jv_get(v, "timestamp")));
    return OK;
}

/* A date without a time of day would put midnight into the victim's mouth: it is only shown. */
static void set_time(struct reader *r, struct message *m, str shown)
{
    struct stamp stamp;
    int64_t utc_ms;
    m->time_shown = shown;
    if ((stamp_iso(shown, &stamp) || stamp_written(shown, r->order.order, &stamp)) &&
        stamp.has_time && stamp.has_date)
        m->time = moment_of(&stamp, r->options);
    else if (shown.n >= 9 && stamp_epoch(shown, &utc_ms))
        m->time = moment_utc(utc_ms);
    else
        counted_add(&r->no_time, m->locus);
}

static enum status on_record(void *context, const struct json_part *p, const struct json_value *v,
                             const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    if (p->path != PATH_MESSAGE)
        return OK;
    if (jv_type(v) != JSON_OBJECT)
        return json_refuse(r->sink, p, "noObject", STR("This is no message but a bare value."), e);
    struct message m = json_message(p, mends);
    m.conversation = r->key;
    m.sender = jv_str(jv_get(v, "party"));
    m.text = jv_str(jv_get(v, "content"));
    set_time(r, &m, jv_str(jv_get(v, "timestamp")));
    return r->sink->message(r->sink, &m, e);
}

/* The number of a chat is often its date, so that only the folder of the group makes it unique. */
static enum status name_conversation(struct reader *r, const struct source *source, struct err *e)
{
    const str here = siblings_here(r->options->siblings);
    str path = here.n ? here : source_name(source), file, group = STR("");
    path_pop(&path, &file);
    if (here.n && path.n)
        path_pop(&path, &group);
    const str id = r->chat_id.n ? r->chat_id : path_stem(file);
    r->key = arena_printf(&r->arena, "ransomchats:" STR_FMT "%s" STR_FMT, STR_ARG(group),
                          group.n ? "/" : "", STR_ARG(id));
    const struct conversation c = {
        .key = r->key,
        .title = group.n ? arena_printf(&r->arena, STR_FMT " " STR_FMT, STR_ARG(group), STR_ARG(id))
                         : id,
        .platform = STR("negotiation"),
        .type = STR("direct"),
        .loose = !r->chat_id.n || !group.n};
    return r->sink->conversation(r->sink, &c, e);
}

static enum status read_ransomchats(struct source *source, const struct import_options *options,
                                    struct sink *sink, struct err *e)
{
    static const struct json_format ahead = {.paths = paths, .part = on_look};
    static const struct json_format format = {
        .paths = paths, .records = 1 << PATH_MESSAGE, .part = on_record};
    struct reader r = {.sink = sink, .options = options, .chat_id = STR("")};
    enum status st = json_look_ahead(source, &ahead, &r, e);
    if (st == OK)
        st = name_conversation(&r, source, e);
    if (st == OK)
        st = written_order_decide(&r.order, options, sink, e);
    if (st == OK)
        st = json_records(source, sink, &format, &r, e);
    if (st == OK)
        st = counted_tell(&r.no_time, sink, ISSUE_NOTE, "noTime", "without a time",
                          STR("They keep the order of the file; who collected them may know more."),
                          e);
    arena_free(&r.arena);
    return st;
}

static int bid(str prefix, str name)
{
    static const char *const members[] = {"messages", "party", "content", NULL};
    (void)name;
    if (!str_starts(str_trim(prefix), STR("{")) || !leak_has_members(prefix, members))
        return BID_NO;
    return str_find(prefix, STR("\"chat_id\"")) != STR_NONE ? BID_LIKELY : BID_MAYBE + 10;
}

static void count(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "messages");
}

const struct importer importer_ransomchats = {
    .name = "ransomchats",
    .title = "Ransom negotiation, JSON",
    .where =
        "collections of negotiations with extortionists: chat_id, messages with party and content",
    .version = "1",
    .bid = bid,
    .read = read_ransomchats,
    .count = count,
};
