/*
 * Slack's markup as text (https://docs.slack.dev/messaging/formatting-message-text): in angle brackets
 * stand people, channels, groups, dates and links, each with an optional label; three characters are
 * escaped. Newer messages have the same as a tree of blocks, and sometimes only there.
 */
#include "slack.h"

#include "escaped.h"
#include "message_parts.h"

#include <string.h>

str slack_name(const struct slack *s, str id)
{
    const str given = names_find(s->options->names, id);
    return given.n ? given : slack_user(s->workspace, id);
}

/* --- Angle brackets ---------------------------------------------------------------------------- */

static void add_named(struct buf *out, char mark, str label, str name, str id)
{
    const str shown = label.n ? label : name.n ? name : id;
    if (!str_starts(shown, (str){&mark, 1}))
        buf_add_byte(out, mark);
    buf_add(out, shown);
}

static void add_link(struct slack *s, struct message *m, struct buf *out, str address, str label)
{
    const str plain = unescape_markup(&s->record, address);
    const bool mail = str_starts(plain, STR("mailto:"));
    const str shown = label.n ? unescape_markup(&s->record, label) : str_from(plain, mail ? 7 : 0);
    buf_add(out, shown);
    if (!str_eq(shown, plain) && !mail)
        add_absent(&s->record, m, ATTACH_LINK_CARD, plain);
}

/* "here", "subteam^S1", "date^1392734382^{date}": the label says best what was shown. */
static void add_special(struct slack *s, struct buf *out, str what, str label)
{
    if (str_starts(what, STR("date^")) && label.n) {
        buf_add(out, unescape_markup(&s->record, label));
        return;
    }
    const size_t hat = str_find_byte(what, '^');
    const bool group = str_starts(what, STR("subteam^"));
    add_named(out, '@', label, group ? str_from(what, hat + 1) : str_sub(what, 0, hat), what);
}

/* What stands between '<' and '>'. */
static void add_bracket(struct slack *s, struct message *m, struct buf *out, str inside)
{
    const size_t bar = str_find_byte(inside, '|');
    const str what = bar == STR_NONE ? inside : str_sub(inside, 0, bar);
    const str label = bar == STR_NONE ? STR("") : str_from(inside, bar + 1);
    const str id = str_from(what, 1);
    if (str_starts(what, STR("@"))) {
        const str name = slack_name(s, id);
        add_mention(&s->record, m, id, name.n ? name : label);
        add_named(out, '@', label, name, id);
    } else if (str_starts(what, STR("#")))
        add_named(out, '#', label, slack_channel(s->workspace, id), id);
    else if (str_starts(what, STR("!")))
        add_special(s, out, id, label);
    else
        add_link(s, m, out, what, label);
}

static void add_markup(struct slack *s, struct message *m, struct buf *out, str text)
{
    while (text.n) {
        const size_t open = str_find_byte(text, '<');
        buf_add(out, unescape_markup(&s->record, str_sub(text, 0, open)));
        if (open == STR_NONE)
            return;
        text = str_from(text, open);
        const size_t close = str_find_byte(text, '>');
        if (close == STR_NONE) {
            buf_add(out, unescape_markup(&s->record, text));
            return;
        }
        add_bracket(s, m, out, str_sub(text, 1, close - 1));
        text = str_from(text, close + 1);
    }
}

str slack_markup(struct slack *s, struct message *m, str text)
{
    if (str_find_byte(text, '<') == STR_NONE)
        return unescape_markup(&s->record, text);
    struct buf out = buf_new(BUF_MESSAGE_MAX);
    add_markup(s, m, &out, text);
    text = arena_dup(&s->record, buf_str(&out));
    buf_free(&out);
    return text;
}

/* --- Blocks ------------------------------------------------------------------------------------ */

static void end_line(struct buf *out)
{
    if (out->n && out->p[out->n - 1] != '\n')
        buf_add_byte(out, '\n');
}

static bool is_type(const struct json_value *v, const char *type)
{
    return str_eq(jv_str(jv_get(v, "type")), str_of(type));
}

/* An element of rich text that is no container. */
static void add_leaf(struct slack *s, struct message *m, struct buf *out,
                     const struct json_value *v)
{
    if (is_type(v, "user")) {
        const str id = jv_str(jv_get(v, "user_id")), name = slack_name(s, id);
        add_mention(&s->record, m, id, name);
        add_named(out, '@', STR(""), name, id);
    } else if (is_type(v, "channel")) {
        const str id = jv_str(jv_get(v, "channel_id"));
        add_named(out, '#', STR(""), slack_channel(s->workspace, id), id);
    } else if (is_type(v, "usergroup"))
        add_named(out, '@', STR(""), STR(""), jv_str(jv_get(v, "usergroup_id")));
    else if (is_type(v, "broadcast"))
        add_named(out, '@', STR(""), STR(""), jv_str(jv_get(v, "range")));
    else if (is_type(v, "emoji"))
        buf_addf(out, ":" STR_FMT ":", STR_ARG(jv_str(jv_get(v, "name"))));
    else if (is_type(v, "link"))
        add_link(s, m, out, jv_str(jv_get(v, "url")), jv_str(jv_get(v, "text")));
    else if (is_type(v, "date"))
        buf_add(out, jv_str(jv_get(v, "fallback")));
    else if (is_type(v, "mrkdwn"))
        add_markup(s, m, out, jv_str(jv_get(v, "text")));
    else if (is_type(v, "text"))
        buf_add(out, jv_str(jv_get(v, "text"))); /* as it is: entities are none here */
    else
        buf_add(out, unescape_markup(&s->record, jv_str(jv_get(v, "text"))));
}

/* Depth is bounded by JSON_DEPTH. */
static void add_block(struct slack *s, struct message *m, struct buf *out,
                      const struct json_value *v)
{
    static const char *const inside[] = {"text", "title", "fields", "elements"};
    bool container = false;
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        const struct json_value *part = jv_get(v, inside[i]);
        if (jv_type(part) != JSON_OBJECT && jv_type(part) != JSON_ARRAY)
            continue;
        container = true;
        if (jv_type(part) == JSON_OBJECT)
            add_block(s, m, out, part);
        else
            for (size_t k = 0; k < jv_count(part); k++)
                add_block(s, m, out, jv_at(part, k));
        end_line(out);
    }
    if (!container)
        add_leaf(s, m, out, v);
    const str alt = jv_str(jv_get(v, "alt_text"));
    if (alt.n && is_type(v, "image"))
        buf_add(out, alt);
}

/* --- Attachments ------------------------------------------------------------------------------- */

static void add_line(struct slack *s, struct message *m, struct buf *out, str text)
{
    if (!text.n)
        return;
    end_line(out);
    add_markup(s, m, out, text);
}

void slack_attachment_words(struct slack *s, struct message *m, const struct json_value *a,
                            struct buf *out)
{
    static const char *const members[] = {"pretext", "title", "text"};
    const size_t before = out->n;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        add_line(s, m, out, jv_str(jv_get(a, members[i])));
    const struct json_value *fields = jv_get(a, "fields");
    for (size_t i = 0; i < jv_count(fields); i++) {
        add_line(s, m, out, jv_str(jv_get(jv_at(fields, i), "title")));
        add_line(s, m, out, jv_str(jv_get(jv_at(fields, i), "value")));
    }
    if (out->n == before)
        add_line(s, m, out, jv_str(jv_get(a, "fallback")));
}

str slack_words(struct slack *s, struct message *m, const struct json_value *v)
{
    struct buf out = buf_new(BUF_MESSAGE_MAX);
    const struct json_value *blocks = jv_get(v, "blocks"), *attached = jv_get(v, "attachments");
    for (size_t i = 0; i < jv_count(blocks); i++) {
        end_line(&out);
        add_block(s, m, &out, jv_at(blocks, i));
    }
    for (size_t i = 0; !out.n && i < jv_count(attached); i++)
        slack_attachment_words(s, m, jv_at(attached, i), &out);
    while (out.n && out.p[out.n - 1] == '\n')
        out.n--;
    const str words = arena_dup(&s->record, buf_str(&out));
    buf_free(&out);
    return words;
}
