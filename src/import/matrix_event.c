/* Events of a Matrix room in English words (https://spec.matrix.org/v1.9/client-server-api/). */
#include "matrix.h"

static str quoted(struct arena *a, const char *what, str value)
{
    return value.n ? arena_printf(a, "%s “" STR_FMT "”", what, STR_ARG(value)) : str_of(what);
}

static str named(struct arena *a, const char *what, str key, str name)
{
    return arena_printf(a, "%s " STR_FMT, what, STR_ARG(name.n ? name : key));
}

/* What was before: where it stands depends on the age of the server. */
static const struct json_value *before(const struct json_value *v)
{
    const struct json_value *inner = jv_path(v, "unsigned.prev_content");
    return inner ? inner : jv_get(v, "prev_content");
}

/* Joining is written again with each change of name or picture. */
static str profile_change(struct arena *a, const struct json_value *was,
                          const struct json_value *is)
{
    const str name = jv_str(jv_get(is, "displayname"));
    if (!str_eq(name, jv_str(jv_get(was, "displayname"))))
        return name.n ? quoted(a, "changed their name to", name) : STR("removed their name");
    if (!str_eq(jv_str(jv_get(is, "avatar_url")), jv_str(jv_get(was, "avatar_url"))))
        return STR("changed their picture");
    return STR("joined");
}

static void set_member(struct arena *a, struct message *m, const struct json_value *v)
{
    const struct json_value *is = jv_get(v, "content"), *was = before(v);
    const str now = jv_str(jv_get(is, "membership")), then = jv_str(jv_get(was, "membership"));
    const str whom = jv_str(jv_get(v, "state_key"));
    const str name = jv_str(jv_get(is, "displayname")).n ? jv_str(jv_get(is, "displayname"))
                                                         : jv_str(jv_get(was, "displayname"));
    const bool self = str_eq(whom, m->sender);
    if (str_eq(now, STR("join")))
        m->text = str_eq(then, now) ? profile_change(a, was, is) : STR("joined");
    else if (str_eq(now, STR("invite")))
        m->text = named(a, "invited", whom, name);
    else if (str_eq(now, STR("ban")))
        m->text = named(a, "banned", whom, name);
    else if (str_eq(now, STR("knock")))
        m->text = STR("asked to join");
    else if (self)
        m->text = str_eq(then, STR("invite")) ? STR("declined the invitation") : STR("left");
    else
        m->text = named(a, str_eq(then, STR("ban")) ? "unbanned" : "removed", whom, name);
    if (!self && whom.n)
        add_mention(a, m, whom, name);
}

void matrix_event(struct arena *a, struct message *m, const struct json_value *v)
{
    static const struct {
        const char *type, *words, *member; /* of content, quoted behind the words; or NULL */
    } known[] = {
        {"m.room.name", "renamed the room to", "name"},
        {"m.room.topic", "changed the topic to", "topic"},
        {"m.room.avatar", "changed the room's picture", NULL},
        {"m.room.create", "created the room", NULL},
        {"m.room.encryption", "turned on encryption", NULL},
        {"m.room.pinned_events", "changed the pinned messages", NULL},
        {"m.room.join_rules", "changed who may join to", "join_rule"},
        {"m.room.history_visibility", "changed who can read earlier messages to",
         "history_visibility"},
        {"m.room.guest_access", "changed guest access to", "guest_access"},
        {"m.room.power_levels", "changed permissions", NULL},
        {"m.room.canonical_alias", "changed the room's address to", "alias"},
        {"m.room.tombstone", "replaced the room", NULL},
        {"m.room.third_party_invite", "invited", "display_name"},
        {"m.call.answer", "answered the call", NULL},
        {"m.call.hangup", "ended the call", NULL},
        {"m.call.reject", "declined the call", NULL},
    };
    const str type = jv_str(jv_get(v, "type"));
    const struct json_value *content = jv_get(v, "content");
    m->kind = KIND_EVENT;
    m->text = type;
    if (str_eq(type, STR("m.room.member"))) {
        set_member(a, m, v);
        return;
    }
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (str_eq(type, str_of(known[i].type)))
            m->text = known[i].member
                          ? quoted(a, known[i].words, jv_str(jv_get(content, known[i].member)))
                          : str_of(known[i].words);
}
