/*
 * The data package that Discord sends to a user (Settings, Data & Privacy, Request all of my data):
 * messages/c<channel id>/messages.json or, until about 2023, messages.csv, with channel.json beside and
 * index.json above. It holds the user's own messages and nobody else's.
 *
 * Quirks: no author is named; whose package it is, user.json tells, in a folder whose name is
 * translated ("Account", "Compte"). The oldest folders have no "c". Stamps in JSON have no zone; the
 * ids, which hold the instant, show that they are UTC. Spreadsheets leave ids like 7.73264E+18.
 */
#include "discord_package.h"

#include "discord.h"
#include "moment.h"

#include <stdlib.h>
#include <string.h>

/* --- Whose package ----------------------------------------------------------------------------- */

struct owner {
    struct arena arena;
    str id, name;
};

static void drop_owner(void *made)
{
    struct owner *o = made;
    arena_free(&o->arena);
    free(o);
}

static bool read_owner(struct owner *o, str text)
{
    struct json_doc *doc = json_doc_new();
    const struct json_value *v;
    struct err ignored = {0};
    if (json_doc_read(doc, text, &v, &ignored) == OK && jv_str(jv_get(v, "username")).n) {
        o->id = arena_dup(&o->arena, jv_str(jv_get(v, "id")));
        o->name = arena_dup(&o->arena, jv_str(jv_get(v, "username")));
    }
    json_doc_free(doc);
    return o->id.n > 0;
}

/* Several files are called user.json; the right one has a user name and an id. */
static void search_owner(struct owner *o, struct siblings *siblings)
{
    str path, text;
    for (size_t i = 0; siblings_each(siblings, STR("../.."), i, &path); i++)
        if (str_ends(path, STR("/user.json")) && siblings_read(siblings, path, &text) &&
            read_owner(o, text))
            return;
}

/* --- Which channel ----------------------------------------------------------------------------- */

static str digits_of_folder(str path)
{
    const size_t name = path.n - (str_ends(path, STR("/messages.json"))  ? 14
                                  : str_ends(path, STR("/messages.csv")) ? 13
                                                                         : path.n);
    size_t begin = name;
    while (begin > 0 && path.p[begin - 1] >= '0' && path.p[begin - 1] <= '9')
        begin--;
    return name == path.n ? STR("") : str_sub(path, begin, name - begin);
}

static const char *type_of(str type)
{
    if (str_eq(type, STR("1")) || str_eq(type, STR("DM")))
        return "direct";
    if (str_eq(type, STR("3")) || str_eq(type, STR("GROUP_DM")))
        return "group";
    return type.n ? "channel" : "";
}

/* "general" of a server; the talk with somebody is called so only in index.json. */
static str title_of(struct package *p, const struct json_value *channel, str id)
{
    const str name = jv_str(jv_get(channel, "name")),
              guild = jv_str(jv_path(channel, "guild.name"));
    if (name.n && guild.n)
        return arena_printf(&p->arena, STR_FMT " / " STR_FMT, STR_ARG(guild), STR_ARG(name));
    if (name.n)
        return arena_dup(&p->arena, name);
    str text, title = STR("");
    if (!siblings_read(p->options->siblings, STR("../index.json"), &text))
        return title;
    struct json_doc *doc = json_doc_new();
    const struct json_value *index;
    struct err ignored = {0};
    if (json_doc_read(doc, text, &index, &ignored) == OK)
        title = arena_dup(&p->arena, jv_str(jv_get(index, arena_cstr(&p->arena, id))));
    json_doc_free(doc);
    return title;
}

static void read_channel(struct package *p, str path)
{
    struct json_doc *doc = json_doc_new();
    const struct json_value *channel = NULL;
    struct err ignored = {0};
    str text;
    if (siblings_read(p->options->siblings, STR("channel.json"), &text) &&
        json_doc_read(doc, text, &channel, &ignored) != OK)
        channel = NULL;
    str id = jv_str(jv_get(channel, "id"));
    if (!id.n)
        id = digits_of_folder(path);
    p->loose = !id.n;
    p->key = discord_key(&p->arena, id.n ? id : STR("package"));
    p->title = title_of(p, channel, id);
    p->type = type_of(jv_str(jv_get(channel, "type")));
    json_doc_free(doc);
}

enum status package_open(struct package *p, struct source *source, struct err *e)
{
    struct siblings *siblings = p->options->siblings;
    struct owner alone = {.id = STR("")}, *o = &alone;
    struct owner **place =
        (struct owner **)siblings_memo(siblings, STR("../../user.json"), drop_owner);
    if (place && !*place) {
        *place = calloc(1, sizeof **place);
        if (!*place)
            abort();
        search_owner(*place, siblings);
    }
    if (place)
        o = *place;
    const str me = p->options->owner.n ? p->options->owner : STR("Me");
    p->sender = arena_dup(&p->arena, o->id.n ? o->id : me);
    p->sender_name = arena_dup(&p->arena, o->id.n ? o->name : STR(""));
    const str here = siblings_here(siblings);
    read_channel(p, here.n ? here : source_name(source));
    return p->sink->conversation(p->sink,
                                 &(struct conversation){
                                     .key = p->key,
                                     .title = p->title,
                                     .platform = STR("discord"),
                                     .type = str_of(p->type),
                                     .loose = p->loose,
                                 },
                                 e);
}

/* --- Messages ---------------------------------------------------------------------------------- */

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

/* A stamp without a zone is UTC if the id agrees, which holds the same instant. */
static struct message_time time_of(const struct package *p, str id, const struct stamp *s)
{
    int64_t utc_ms;
    if (s->has_offset || !stamp_snowflake(id, DISCORD_EPOCH_MS, &utc_ms) ||
        llabs((long long)(utc_ms - s->wall_ms)) > 2 * MS_PER_SECOND)
        return moment_of(s, p->options);
    return moment_utc(s->wall_ms);
}

void package_fill(struct package *p, struct message *m, const struct package_row *row)
{
    m->conversation = p->key;
    m->sender = p->sender;
    m->sender_name = p->sender_name;
    m->text = row->contents;
    if (all_digits(row->id))
        m->platform_id = row->id;
    struct stamp s;
    int64_t utc_ms;
    if (stamp_iso(row->timestamp, &s)) {
        m->time = time_of(p, m->platform_id, &s);
        m->time_shown = row->timestamp;
    } else if (m->platform_id.n && stamp_snowflake(m->platform_id, DISCORD_EPOCH_MS, &utc_ms))
        m->time = moment_utc(utc_ms);
    else
        counted_add(&p->no_time, m->locus);
    if (!m->platform_id.n)
        counted_add(&p->no_id, m->locus);
    discord_add_files(&p->record, m, row->attachments, p->options);
}

enum status package_close(struct package *p, struct err *e)
{
    enum status st = counted_tell(&p->no_time, p->sink, ISSUE_WARN, "badStamp",
                                  "without a time that can be read",
                                  STR("They are kept without a time, in their place."), e);
    if (st != OK)
        return st;
    return counted_tell(&p->no_id, p->sink, ISSUE_NOTE, "badId",
                        "with an id that is none, such as spreadsheets leave",
                        STR("The messages are kept; ask for the file as Discord sent it."), e);
}

void package_free(struct package *p)
{
    arena_free(&p->arena);
    arena_free(&p->record);
}
