/*
 * Who is who in a workspace: users.json, and the lists of channels, private groups and direct
 * conversations, which stand one folder above the days. They are read once, however many days there
 * are.
 */
#include "slack.h"

#include <stdlib.h>

struct entry {
    str id, name;
    str folder;       /* of a channel's days; empty: its id */
    const char *type; /* of a channel */
};

struct list {
    struct entry *entries; /* in order of id */
    size_t count;
};

struct slack_workspace {
    struct arena arena;
    struct list users, channels;
    bool kept;
};

static int by_id(const void *a, const void *b)
{
    return str_cmp(((const struct entry *)a)->id, ((const struct entry *)b)->id);
}

static const struct entry *find(const struct list *l, str id)
{
    const struct entry wanted = {.id = id};
    return l->count ? bsearch(&wanted, l->entries, l->count, sizeof wanted, by_id) : NULL;
}

/* --- Lists ------------------------------------------------------------------------------------- */

/* What Slack shows for a person: the display name, or else the full one, or else the account's. */
static str name_of_user(const struct json_value *user)
{
    static const char *const paths[] = {"profile.display_name", "real_name", "profile.real_name",
                                        "name"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        const str name = jv_str(jv_path(user, paths[i]));
        if (name.n)
            return name;
    }
    return STR("");
}

/* A direct conversation is called by its members. */
static str members_of(struct slack_workspace *w, const struct json_value *channel)
{
    struct buf out = buf_new(BUF_LINE_MAX);
    const struct json_value *members = jv_get(channel, "members");
    for (size_t i = 0; i < jv_count(members); i++) {
        const str id = jv_str(jv_at(members, i)), name = slack_user(w, id);
        buf_add(&out, i ? STR(", ") : STR(""));
        buf_add(&out, name.n ? name : id);
    }
    const str kept = arena_dup(&w->arena, buf_str(&out));
    buf_free(&out);
    return kept;
}

static struct entry entry_of(struct slack_workspace *w, const struct json_value *v,
                             const char *type)
{
    struct entry x = {.id = arena_dup(&w->arena, jv_str(jv_get(v, "id"))), .type = type};
    const str name = type ? jv_str(jv_get(v, "name")) : name_of_user(v);
    const bool group =
        str_starts(name, STR("mpdm-")); /* a name that a machine made of its members */
    x.folder = arena_dup(&w->arena, name);
    x.name = type && (!name.n || group) ? members_of(w, v) : x.folder;
    return x;
}

static void read_list(struct slack_workspace *w, struct list *l, struct siblings *siblings,
                      const char *path, const char *type)
{
    str text;
    if (!siblings_read(siblings, str_of(path), &text))
        return;
    struct json_doc *doc = json_doc_new();
    const struct json_value *v;
    struct err ignored = {0};
    if (json_doc_read(doc, text, &v, &ignored) == OK) {
        const size_t count = jv_count(v);
        struct entry *all = arena_array(&w->arena, l->count + count, sizeof *all);
        for (size_t i = 0; i < l->count; i++)
            all[i] = l->entries[i];
        for (size_t i = 0; i < count; i++)
            all[l->count + i] = entry_of(w, jv_at(v, i), type);
        l->entries = all;
        l->count += count;
        qsort(all, l->count, sizeof *all, by_id);
    }
    json_doc_free(doc);
}

static void drop(void *made)
{
    struct slack_workspace *w = made;
    arena_free(&w->arena);
    free(w);
}

struct slack_workspace *slack_workspace_of(const struct import_options *options)
{
    static const struct {
        const char *path, *type;
    } lists[] = {{"../channels.json", "channel"},
                 {"../groups.json", "group"},
                 {"../mpims.json", "group"},
                 {"../dms.json", "direct"}};
    struct siblings *siblings = options->siblings;
    struct slack_workspace **place =
        (struct slack_workspace **)siblings_memo(siblings, STR("../users.json"), drop);
    if (place && *place)
        return *place;
    struct slack_workspace *w = calloc(1, sizeof *w);
    if (!w)
        abort();
    w->kept = place != NULL;
    read_list(w, &w->users, siblings, "../users.json", NULL);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        read_list(w, &w->channels, siblings, lists[i].path, lists[i].type);
    if (place)
        *place = w;
    return w;
}

void slack_workspace_close(struct slack_workspace *w)
{
    if (!w->kept)
        drop(w);
}

/* --- Questions --------------------------------------------------------------------------------- */

str slack_user(const struct slack_workspace *w, str id)
{
    const struct entry *x = find(&w->users, id);
    if (x)
        return x->name;
    return str_eq(id, STR("USLACKBOT")) ? STR("slackbot") : STR("");
}

str slack_channel(const struct slack_workspace *w, str id)
{
    const struct entry *x = find(&w->channels, id);
    return x ? x->name : STR("");
}

/* "D024BE91L": a letter that says what it is, then capitals and digits. */
static bool is_id(str folder)
{
    if (folder.n < 9 || (folder.p[0] != 'C' && folder.p[0] != 'D' && folder.p[0] != 'G'))
        return false;
    for (size_t i = 1; i < folder.n; i++)
        if (!(folder.p[i] >= 'A' && folder.p[i] <= 'Z') &&
            !(folder.p[i] >= '0' && folder.p[i] <= '9'))
            return false;
    return true;
}

struct slack_place slack_place_of(const struct slack_workspace *w, str folder)
{
    const struct entry *x = find(&w->channels, folder);
    for (size_t i = 0; !x && i < w->channels.count; i++)
        if (folder.n && str_eq(w->channels.entries[i].folder, folder))
            x = &w->channels.entries[i];
    if (x)
        return (struct slack_place){.id = x->id, .title = x->name, .type = x->type};
    if (is_id(folder))
        return (struct slack_place){.id = folder, .type = folder.p[0] == 'D' ? "direct" : ""};
    return (struct slack_place){.title = folder, .type = ""};
}
