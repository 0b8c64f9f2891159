/* Skype's calls and events: XML in the place of a text, or words where an exporter put some. */
#include "skype.h"

str skype_person(str from)
{
    static const str mark = STR_INIT("/contacts/");
    const size_t at = str_find(from, mark);
    return at == STR_NONE ? from : str_from(from, at + mark.n);
}

static void add_name(struct buf *out, const char *before, str name)
{
    buf_add(out, str_of(before));
    buf_add(out, name);
}

/* <partlist type="ended"><part identity="8:noll"><name>Noll</name><duration>12</duration></part>... */
void skype_call(struct arena *a, struct message *m, str content)
{
    m->kind = KIND_CALL;
    str rest = content, attributes, inner, state = STR("");
    struct skype_piece piece;
    while (skype_next_piece(a, &rest, &piece))
        if (str_eq_nocase(piece.name, STR("partlist")) && !piece.closing)
            state = skype_attribute(a, piece.attributes, "type");
    if (!state.n) {
        skype_text(a, m, content);
        return;
    }
    struct buf out = buf_new(BUF_MESSAGE_MAX);
    add_name(&out, "call ", state);
    rest = content;
    for (bool first = true; skype_element(a, &rest, "name", &attributes, &inner); first = false)
        add_name(&out, first ? ": " : ", ", inner);
    rest = content;
    if (skype_element(a, &rest, "duration", &attributes, &inner))
        buf_addf(&out, " (" STR_FMT " s)", STR_ARG(inner));
    m->text = arena_dup(a, buf_str(&out));
    buf_free(&out);
}

/* The targets of an event: bare ids, or <target><id>...</id></target>. */
static void add_targets(struct arena *a, struct message *m, struct buf *out, str content)
{
    str rest = content, attributes, id;
    while (skype_element(a, &rest, "target", &attributes, &id)) {
        id = str_trim(id);
        add_name(out, m->mention_count ? ", " : " ", id);
        add_mention(a, m, id, STR(""));
    }
}

void skype_activity(struct arena *a, struct message *m, str type, str content)
{
    static const struct {
        const char *element, *words;
        bool targets, value;
    } known[] = {
        {"addmember", "added", true, false},
        {"deletemember", "removed", true, false},
        {"roleupdate", "changed the role of", true, false},
        {"topicupdate", "renamed the conversation to", false, true},
        {"pictureupdate", "changed the picture", false, false},
        {"historydisclosedupdate", "changed whether new members see earlier messages", false,
         false},
        {"joiningenabledupdate", "changed whether people can join by a link", false, false},
    };
    str rest = content, attributes, inner;
    m->kind = KIND_EVENT;
    if (skype_element(a, &rest, "initiator", &attributes, &inner) && inner.n) {
        m->sender_name = str_eq(skype_person(inner), m->sender) ? m->sender_name : STR("");
        m->sender = skype_person(inner);
    }
    struct skype_piece root = {.name = STR("")};
    rest = content;
    while (!root.name.n && skype_next_piece(a, &rest, &root))
        ;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (!str_eq_nocase(root.name, str_of(known[i].element)))
            continue;
        struct buf out = buf_new(BUF_MESSAGE_MAX);
        buf_add(&out, str_of(known[i].words));
        if (known[i].targets)
            add_targets(a, m, &out, content);
        rest = content;
        if (known[i].value && skype_element(a, &rest, "value", &attributes, &inner))
            buf_addf(&out, " “" STR_FMT "”", STR_ARG(inner));
        m->text = arena_dup(a, buf_str(&out));
        buf_free(&out);
        return;
    }
    if (!root.name.n)
        skype_text(a, m, content); /* an exporter put words in the place of the XML */
    if (!m->text.n)
        m->text = type;
}
