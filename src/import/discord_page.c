/*
 * What stands in a message of DiscordChatExporter's pages. In "chatlog__markdown-preserve" white space
 * is the sender's; an emoji is a picture whose `alt` is the character, or the name of one of the
 * guild's own.
 */
#include "discord_page.h"

#include "discord.h"
#include "moment.h"

#include <stdlib.h>

enum { QUARTER_MS = 15 * 60 * 1000, FARTHEST_ZONE_MS = 14 * 3600 * 1000, ID_DIGITS_MIN = 15 };

/* --- Ids and times ------------------------------------------------------------------------------ */

str discord_channel_of(str path)
{
    const str name = path_name(path);
    for (size_t i = name.n; i-- > 0;) {
        if (name.p[i] != '[')
            continue;
        const str rest = str_from(name, i + 1);
        const size_t end = str_find_byte(rest, ']');
        const str id = str_sub(rest, 0, end == STR_NONE ? 0 : end);
        int64_t value;
        if (id.n >= ID_DIGITS_MIN && str_to_u63(id, &value))
            return id;
    }
    return STR("");
}

/* The stamp is cut to the minute, the zone a multiple of a quarter of an hour. */
static int64_t wall_of(int64_t utc_ms, int64_t shown_ms)
{
    const int64_t minute = utc_ms - utc_ms % 60000;
    const int64_t offset = shown_ms - shown_ms % 60000 - minute;
    const bool fits = offset % QUARTER_MS == 0 && llabs(offset) <= FARTHEST_ZONE_MS;
    return fits ? utc_ms + offset : utc_ms;
}

struct message_time discord_time(str id, str shown, const struct import_options *options)
{
    struct stamp s;
    int64_t utc_ms;
    const bool read = stamp_iso(shown, &s) || stamp_written(shown, options->date_order, &s);
    if (id.n >= ID_DIGITS_MIN && stamp_snowflake(id, DISCORD_EPOCH_MS, &utc_ms)) {
        struct message_time t = moment_utc(utc_ms);
        t.wall_ms = read ? wall_of(utc_ms, s.wall_ms) : utc_ms;
        return t;
    }
    return read ? moment_of(&s, options) : moment_naive(TIME_NONE, options);
}

/* --- Text --------------------------------------------------------------------------------------- */

/* A guild's own emoji is known by a name of letters only: Discord writes it between colons. */
static bool is_plain_name(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] >= 0x80 || s.p[i] == ':')
            return false;
    return s.n > 1;
}

static bool put_emoji(const struct html_node *element, struct buf *out)
{
    if (!html_is(element, "img") || !html_is(element, ".chatlog__emoji"))
        return false;
    const str alt = html_attribute_of(element, "alt");
    const str colon = is_plain_name(alt) ? STR(":") : STR("");
    buf_add(out, colon);
    buf_add(out, alt);
    buf_add(out, colon);
    return true;
}

static str markdown(struct html_records *r, const struct html_node *node)
{
    static const struct html_text_how how = {.keep_space = true, .stand_in = put_emoji};
    return html_words_by(r, node, &how);
}

/* In pages before 2.30 the class is "markdown". */
static const struct html_node *markdown_in(const struct html_node *node)
{
    const struct html_node *found = html_find(node, ".chatlog__markdown-preserve");
    found = found ? found : html_find(node, ".preserve-whitespace");
    return found ? found : html_find(node, ".markdown");
}

static void add_mentions(struct html_records *r, const struct html_node *text, struct message *m)
{
    const char *const class = ".chatlog__markdown-mention";
    for (const struct html_node *n = html_find(text, class); n;
         n = html_find_next(text, n, class)) {
        const str words = html_words(r, n), title = html_attribute_of(n, "title");
        if (!str_starts(words, STR("@")) || str_eq(words, STR("@everyone")) ||
            str_eq(words, STR("@here")))
            continue;
        const str name = str_from(words, 1);
        add_mention(&r->arena, m, title.n ? arena_dup(&r->arena, title) : name, name);
    }
}

/* --- What hangs on it ---------------------------------------------------------------------------- */

static enum attachment_kind kind_of(const struct html_node *attachment)
{
    if (html_find(attachment, "video"))
        return ATTACH_VIDEO;
    if (html_find(attachment, "audio"))
        return ATTACH_AUDIO;
    return html_find(attachment, "img.chatlog__attachment-media") ||
                   html_find(attachment, "img.chatlog__attachment-thumbnail")
               ? ATTACH_IMAGE
               : ATTACH_FILE;
}

/* Where the file is: the link, or what the player plays. */
static str source_of(const struct html_node *attachment)
{
    const str href = html_attribute_of(html_find(attachment, "a"), "href");
    const str played = html_attribute_of(html_find(attachment, "source"), "src");
    const str src = html_attribute_of(html_find(attachment, ".chatlog__attachment-media"), "src");
    return href.n ? href : played.n ? played : src;
}

static void add_files(struct html_records *r, const struct html_node *root, struct message *m)
{
    const char *const class = ".chatlog__attachment";
    for (const struct html_node *n = html_find(root, class); n;
         n = html_find_next(root, n, class)) {
        const str where = arena_dup(&r->arena, source_of(n));
        const str name = html_words(r, html_find(n, ".chatlog__attachment-generic-name"));
        if (html_is_local(where))
            add_file(&r->arena, m, kind_of(n), name, where, r->options);
        else
            add_absent(&r->arena, m, kind_of(n), name.n ? name : path_name(where));
    }
    for (const struct html_node *n = html_find(root, ".chatlog__sticker"); n;
         n = html_find_next(root, n, ".chatlog__sticker"))
        add_absent(&r->arena, m, ATTACH_IMAGE, arena_dup(&r->arena, html_attribute_of(n, "title")));
}

static void add_line(struct html_records *r, struct buf *out, const struct html_node *node)
{
    const str line = markdown(r, node);
    if (line.n && out->n)
        buf_add_byte(out, '\n');
    buf_add(out, line);
}

/* The words of a card: of a link's preview, or all that a bot has to say. */
static void add_card_words(struct html_records *r, struct buf *out, const struct html_node *card)
{
    add_line(r, out, html_find(card, ".chatlog__embed-author"));
    add_line(r, out, html_find(card, ".chatlog__embed-title"));
    add_line(r, out, html_find(card, ".chatlog__embed-description"));
    const char *const class = ".chatlog__embed-field";
    for (const struct html_node *n = html_find(card, class); n;
         n = html_find_next(card, n, class)) {
        add_line(r, out, html_find(n, ".chatlog__embed-field-name"));
        add_line(r, out, html_find(n, ".chatlog__embed-field-value"));
    }
    add_line(r, out, html_find(card, ".chatlog__embed-footer-text"));
}

static str on_one_line(struct html_records *r, str address, str words)
{
    char *line = arena_cstr(&r->arena, words);
    for (size_t i = 0; i < words.n; i++)
        if (line[i] == '\n')
            line[i] = ' ';
    return arena_printf(&r->arena, STR_FMT "%s" STR_FMT, STR_ARG(address),
                        address.n && words.n ? " " : "", (int)words.n, line);
}

/* Cards are the text where there is no other; else they hang on the message. As in the JSON. */
static void add_cards(struct html_records *r, const struct html_node *root, struct message *m)
{
    const char *const class = ".chatlog__embed";
    const bool wordless = !m->text.n;
    struct buf words = buf_new(BUF_MESSAGE_MAX);
    for (const struct html_node *n = html_find(root, class); n;
         n = html_find_next(root, n, class)) {
        const str address = html_attribute_of(html_find(n, "a.chatlog__embed-title-link"), "href");
        if (!wordless)
            buf_clear(&words);
        add_card_words(r, &words, n);
        if (!wordless && address.n + words.n)
            add_absent(&r->arena, m, ATTACH_LINK_CARD, on_one_line(r, address, buf_str(&words)));
        else if (wordless && address.n)
            add_absent(&r->arena, m, ATTACH_LINK_CARD, arena_dup(&r->arena, address));
    }
    if (wordless)
        m->text = arena_dup(&r->arena, buf_str(&words));
    buf_free(&words);
}

static void add_reactions(struct html_records *r, const struct html_node *root, struct message *m)
{
    const char *const class = ".chatlog__reaction";
    for (const struct html_node *n = html_find(root, class); n;
         n = html_find_next(root, n, class)) {
        struct buf emoji = buf_new(BUF_LINE_MAX);
        const struct html_node *picture = html_find(n, "img");
        if (!put_emoji(picture, &emoji))
            buf_add(&emoji, html_attribute_of(picture, "alt"));
        int64_t times;
        if (!str_to_u63(html_words(r, html_find(n, ".chatlog__reaction-count")), &times) ||
            times > UINT32_MAX)
            times = 1;
        add_reaction(&r->arena, m,
                     (struct reaction){.emoji = arena_dup(&r->arena, buf_str(&emoji)),
                                       .utc_ms = TIME_NONE,
                                       .count = (uint32_t)times});
        buf_free(&emoji);
    }
}

/* onclick="scrollToMessage(event, '1347300044844881980')" */
static str target_of(const struct html_node *reply)
{
    const struct html_node *link = html_find(reply, ".chatlog__reply-link");
    const str click = html_attribute_of(link, "onclick");
    size_t at = click.n;
    while (at > 0 && !(click.p[at - 1] >= '0' && click.p[at - 1] <= '9'))
        at--;
    const size_t end = at;
    while (at > 0 && click.p[at - 1] >= '0' && click.p[at - 1] <= '9')
        at--;
    return str_sub(click, at, end - at);
}

/* --- A message ----------------------------------------------------------------------------------- */

static bool fill_notification(struct html_records *r, const struct html_node *root,
                              struct message *m)
{
    const struct html_node *n = html_find(root, ".chatlog__system-notification-content");
    if (!n)
        return false;
    m->text = html_words(r, n);
    m->kind = str_find(m->text, STR("started a call")) == STR_NONE ? KIND_EVENT : KIND_CALL;
    return true;
}

void discord_page_fill(struct html_records *r, const struct html_item *i, struct message *m)
{
    const struct html_node *reply = html_find(i->root, ".chatlog__reply");
    if (reply) {
        m->flags |= FLAG_REPLY;
        m->reply_to = arena_dup(&r->arena, target_of(reply));
    }
    if (fill_notification(r, i->root, m))
        return;
    const struct html_node *forwarded = html_find(i->root, ".chatlog__forwarded");
    const struct html_node *content = html_find(i->root, ".chatlog__content");
    if (forwarded) {
        m->flags |= FLAG_FORWARDED;
        content = html_find(forwarded, ".chatlog__forwarded-content");
    }
    const struct html_node *text = markdown_in(content);
    m->text = markdown(r, text);
    add_mentions(r, text, m);
    if (html_find(content ? content : i->root, ".chatlog__edited-timestamp"))
        m->flags |= FLAG_EDITED;
    add_files(r, i->root, m);
    add_cards(r, i->root, m);
    add_reactions(r, i->root, m);
}
