/*
 * RSMF, Relativity's Short Message Format, versions 1.0 and 2.0
 * (https://help.relativity.com/RelativityOne/Content/System_Guides/Relativity_Short_Message_Format/):
 * what a court's or company's review platform hands out. The source is rsmf_manifest.json, which stands
 * in a ZIP that is attached to a mail (bundle.h opens it), or beside its files in a folder.
 *
 * - Participants and conversations are told once, by id; events name them.
 * - Events come newest first within a conversation. Ids hold blanks. "body" is missing where there is
 *   none.
 * - Earlier wordings stand in edits[].previous, or, in exports of Slack, in custom[] as Edit1 (the
 *   oldest), Edit2 ..., while edits[] has only the times, the newest first.
 */
#include "rsmf.h"

#include "file_kind.h"
#include "json_records.h"
#include "line_records.h"
#include "message_parts.h"
#include "moment.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum path { PATH_EVENT, PATH_PARTICIPANT, PATH_CONVERSATION };

static const char *const paths[] = {
    [PATH_EVENT] = "events[]",
    [PATH_PARTICIPANT] = "participants[]",
    [PATH_CONVERSATION] = "conversations[]",
    NULL,
};

/* A participant or a conversation. */
struct known {
    str id, name;
    str key, platform, type; /* of a conversation */
    bool told;
    size_t nth; /* of equal ids the first counts */
};

struct known_list {
    struct known *list;
    size_t count, cap;
};

struct reader {
    struct sink *sink;
    const struct import_options *options;
    struct arena arena, kept; /* of a record; of the source */
    struct known_list people, places;
    struct line_note undated, unplaced;
};

static int bid(str prefix, str name)
{
    if (str_eq_nocase(path_name(name), STR("rsmf_manifest.json")))
        return BID_SURE;
    const bool shaped = str_find(prefix, STR("\"participants\"")) != STR_NONE &&
                        str_find(prefix, STR("\"conversations\"")) != STR_NONE &&
                        str_find(prefix, STR("\"display\"")) != STR_NONE;
    return shaped && str_starts(str_trim(prefix), STR("{")) ? BID_MAYBE : BID_NO;
}

/* ---- People and conversations, looked at before the events ------------------------------------ */

static void add_known(struct reader *r, struct known_list *l, struct known x)
{
    if (l->count == l->cap) {
        const size_t cap = l->cap ? l->cap * 2 : 64;
        struct known *larger = arena_array(&r->kept, cap, sizeof *larger);
        if (l->count)
            memcpy(larger, l->list, l->count * sizeof *larger);
        l->list = larger;
        l->cap = cap;
    }
    x.nth = l->count;
    l->list[l->count++] = x;
}

static str kept(struct reader *r, const struct json_value *v, const char *key)
{
    return arena_dup(&r->kept, jv_str(jv_get(v, key)));
}

static enum status look(void *context, const struct json_part *p, const struct json_value *v,
                        const struct json_mends *mends, struct err *e)
{
    (void)mends, (void)e;
    struct reader *r = context;
    struct known x = {.id = kept(r, v, "id"), .name = kept(r, v, "display")};
    if (p->path == PATH_PARTICIPANT) {
        if (!x.name.n)
            x.name = kept(r, v, "email");
        add_known(r, &r->people, x);
        return OK;
    }
    x.platform = kept(r, v, "platform");
    x.type = kept(r, v, "type");
    x.key = arena_printf(&r->kept, STR_FMT ":" STR_FMT,
                         STR_ARG(x.platform.n ? x.platform : STR("rsmf")), STR_ARG(x.id));
    add_known(r, &r->places, x);
    return OK;
}

static int by_id(const void *x, const void *y)
{
    const struct known *const a = x, *const b = y;
    const int order = str_cmp(a->id, b->id);
    return order ? order : a->nth < b->nth ? -1 : a->nth > b->nth;
}

static struct known *find(const struct known_list *l, str id)
{
    size_t low = 0, high = l->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (str_cmp(l->list[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < l->count && str_eq(l->list[low].id, id) ? &l->list[low] : NULL;
}

static void sort(struct known_list *l)
{
    if (l->count)
        qsort(l->list, l->count, sizeof *l->list, by_id);
}

/* ---- Events ----------------------------------------------------------------------------------- */

static void note(struct line_note *n, const struct message *m)
{
    if (!n->count++)
        n->first = m->locus;
}

static str name_of(const struct reader *r, str id)
{
    const struct known *who = find(&r->people, id);
    return who ? who->name : STR("");
}

static int64_t instant(const struct json_value *v)
{
    struct stamp s;
    if (!stamp_iso(jv_str(v), &s))
        return TIME_NONE;
    return s.wall_ms - (s.has_offset ? s.offset_min * MS_PER_MINUTE : 0);
}

static void add_files(struct reader *r, const struct json_value *list, struct message *m)
{
    for (size_t i = 0; i < jv_count(list); i++) {
        const struct json_value *v = jv_at(list, i);
        const str name = jv_str(jv_get(v, "display")), id = jv_str(jv_get(v, "id"));
        struct attachment x = {.name = name.n ? name : id, .size_bytes = -1};
        x.kind = kind_of_file(name.n ? name : id);
        (void)jv_int(jv_get(v, "size"), &x.size_bytes);
        uint64_t size;
        struct sha256_digest digest;
        if (id.n && siblings_facts(r->options->siblings, id, &size, &digest)) {
            struct sha256_digest *d = arena_alloc(&r->arena, sizeof *d);
            *d = digest;
            x.path = id;
            x.digest = d;
            x.size_bytes = (int64_t)size;
        }
        add_attachment(&r->arena, m, x);
    }
}

static void add_reactions(struct reader *r, const struct json_value *list, struct message *m)
{
    for (size_t i = 0; i < jv_count(list); i++) {
        const struct json_value *v = jv_at(list, i), *who = jv_get(v, "participants");
        const str emoji = jv_str(jv_get(v, "value"));
        int64_t count = 1;
        for (size_t k = 0; k < jv_count(who); k++) {
            const str id = jv_str(jv_at(who, k));
            add_reaction(&r->arena, m,
                         (struct reaction){.emoji = emoji,
                                           .sender = id,
                                           .sender_name = name_of(r, id),
                                           .utc_ms = TIME_NONE,
                                           .count = 1});
        }
        (void)jv_int(jv_get(v, "count"), &count);
        if (!jv_count(who) && count > 0)
            add_reaction(
                &r->arena, m,
                (struct reaction){.emoji = emoji,
                                  .utc_ms = TIME_NONE,
                                  .count = count > INT32_MAX ? INT32_MAX : (uint32_t)count});
    }
}

/* custom[] {name: "Edit1", value: "..."}; NULL if there is none. */
static const struct json_value *custom_edit(const struct json_value *custom, size_t nth)
{
    char name[32];
    snprintf(name, sizeof name, "Edit%zu", nth);
    for (size_t i = 0; i < jv_count(custom); i++)
        if (str_eq(jv_str(jv_get(jv_at(custom, i), "name")), str_of(name)))
            return jv_get(jv_at(custom, i), "value");
    return NULL;
}

static void add_edits(struct reader *r, const struct json_value *v, struct message *m)
{
    const struct json_value *edits = jv_get(v, "edits"), *custom = jv_get(v, "custom");
    const size_t count = jv_count(edits) < 1000 ? jv_count(edits) : 1000;
    bool newest_first = count < 2 || instant(jv_get(jv_at(edits, 0), "timestamp")) >
                                         instant(jv_get(jv_at(edits, count - 1), "timestamp"));
    for (size_t i = 0; i < count; i++) {
        const struct json_value *edit = jv_at(edits, newest_first ? count - 1 - i : i);
        const struct json_value *previous = jv_get(edit, "previous");
        if (!previous)
            previous = custom_edit(custom, i + 1);
        const int64_t at = instant(jv_get(edit, "timestamp"));
        if (previous)
            add_edit(&r->arena, m, jv_str(previous), at);
        m->flags |= FLAG_EDITED;
        m->edited_utc_ms = at;
    }
}

static enum status place(struct reader *r, const struct json_value *v, struct message *m,
                         struct err *e)
{
    const str id = jv_str(jv_get(v, "conversation"));
    struct known *c = find(&r->places, id);
    if (!c) {
        note(&r->unplaced, m);
        m->conversation = arena_printf(&r->arena, "rsmf:" STR_FMT, STR_ARG(id));
        return OK;
    }
    m->conversation = c->key;
    if (c->told)
        return OK;
    c->told = true;
    return r->sink->conversation(
        r->sink,
        &(struct conversation){
            .key = c->key, .title = c->name, .platform = c->platform, .type = c->type},
        e);
}

/* What an event without words says. */
static void fill_event(struct reader *r, str type, struct message *m)
{
    m->kind = KIND_EVENT;
    if (m->text.n)
        return;
    if (str_eq(type, STR("join")))
        m->text = STR("joined");
    else if (str_eq(type, STR("leave")))
        m->text = STR("left");
    else
        m->text = arena_dup(&r->arena, type);
}

static enum status on_event(void *context, const struct json_part *p, const struct json_value *v,
                            const struct json_mends *mends, struct err *e)
{
    struct reader *r = context;
    if (p->path != PATH_EVENT)
        return OK; /* known from looking ahead */
    if (jv_type(v) != JSON_OBJECT)
        return json_refuse(r->sink, p, "brokenRecord", STR("An event is no object."), e);
    arena_clear(&r->arena);
    struct message m = json_message(p, mends);
    struct stamp stamp;
    const str type = jv_str(jv_get(v, "type")), shown = jv_str(jv_get(v, "timestamp"));
    m.platform_id = jv_str(jv_get(v, "id"));
    m.sender = jv_str(jv_get(v, "participant"));
    m.sender_name = name_of(r, m.sender);
    m.text = jv_str(jv_get(v, "body"));
    if (stamp_iso(shown, &stamp)) {
        m.time = moment_of(&stamp, r->options);
        m.time_shown = shown;
    } else {
        note(&r->undated, &m);
    }
    m.reply_to = jv_str(jv_get(v, "parent"));
    if (m.reply_to.n)
        m.flags |= FLAG_REPLY;
    if (jv_bool(jv_get(v, "deleted")))
        m.flags |= FLAG_DELETED;
    add_files(r, jv_get(v, "attachments"), &m);
    add_reactions(r, jv_get(v, "reactions"), &m);
    add_edits(r, v, &m);
    if (!str_eq(type, STR("message")) && !(str_eq(type, STR("unknown")) && m.text.n))
        fill_event(r, type, &m);
    const enum status st = place(r, v, &m, e);
    return st == OK ? r->sink->message(r->sink, &m, e) : st;
}

static enum status tell_people(struct reader *r, struct err *e)
{
    enum status st = OK;
    for (size_t i = 0; i < r->people.count && st == OK; i++)
        if (r->people.list[i].name.n)
            st = r->sink->participant(
                r->sink, &(struct participant){r->people.list[i].id, r->people.list[i].name}, e);
    return st;
}

static enum status tell_notes(struct reader *r, struct err *e)
{
    static const struct line_note_words undated = {
        ISSUE_WARN, "badStamp", "event has no time that can be read",
        "events have no time that can be read", "They keep their place in the file."};
    static const struct line_note_words unplaced = {
        ISSUE_WARN, "unknownConversation", "event names a conversation that is not listed",
        "events name conversations that are not listed",
        "They are kept under the id that they name; ask for the complete file."};
    const enum status st = line_note_tell(r->sink, &r->undated, &undated, e);
    return st == OK ? line_note_tell(r->sink, &r->unplaced, &unplaced, e) : st;
}

static enum status read_manifest(struct source *source, const struct import_options *options,
                                 struct sink *sink, struct err *e)
{
    static const struct json_format ahead = {
        .paths = paths, .records = 1 << PATH_EVENT, .part = look};
    static const struct json_format events = {
        .paths = paths, .records = 1 << PATH_EVENT, .part = on_event};
    struct reader r = {.sink = sink, .options = options};
    enum status st = json_look_ahead(source, &ahead, &r, e);
    sort(&r.people);
    sort(&r.places);
    if (st == OK)
        st = tell_people(&r, e);
    if (st == OK)
        st = json_records(source, sink, &events, &r, e);
    if (st == OK)
        st = tell_notes(&r, e);
    arena_free(&r.arena);
    arena_free(&r.kept);
    return st;
}

static void count_events(struct counter *c, str bytes)
{
    json_count_elements(c, bytes, "events");
}

const struct importer importer_rsmf = {
    .name = "rsmf",
    .title = "RSMF, Relativity's Short Message Format",
    .where = "*.rsmf from a review platform, or rsmf_manifest.json taken out of it",
    .version = "1",
    .bid = bid,
    .read = read_manifest,
    .unordered = true,
    .count = count_events,
};
