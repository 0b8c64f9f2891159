/*
 * DiscordChatExporter's web pages (https://github.com/Tyrrrz/DiscordChatExporter): one channel a file,
 * called "Guild - Category - channel [123456789].html".
 *
 * - Messages of one sender stand in a group; only the first of it names the sender.
 * - Stamps are in the reader's language, without seconds, in a zone that the page tells only by its base
 *   offset if at all. The id of a message holds its instant, and that is what is taken.
 * - The footer says how many messages were exported.
 * - Before version 2.30 the sender and the time stood outside of the messages, in their group.
 */
#include "discord_page.h"

#include "html_count.h"
#include "moment.h"

#include <inttypes.h>
#include <stdio.h>

struct page {
    struct html_records records; /* first: handlers get its address */
    str guild, channel;
    struct conversation conversation; /* without key until the first record */
    str sender, sender_name;          /* of the group at hand */
    str shown;                        /* its time, in old pages */
    struct line_note unknown, undated;
    uint64_t promised; /* messages, by the footer */
    bool has_footer;
};

/* --- What is a record -------------------------------------------------------------------------- */

static bool has_id(void *context, const struct html_tag *tag)
{
    str value;
    (void)context;
    return html_attribute(tag, "data-message-id", &value);
}

static bool is_record(void *context, const struct html_tag *tag)
{
    struct page *p = context;
    str value;
    if (has_id(context, tag))
        return true;
    if (html_attribute(tag, "class", &value) && html_class_has(value, "chatlog__message-group"))
        p->sender = p->sender_name = p->shown = STR("");
    if (html_attribute(tag, "data-user-id", &value)) /* beside the messages, in old pages */
        p->sender = arena_dup(&p->records.kept, value);
    return false;
}

static unsigned look(str name, str attribute)
{
    (void)name;
    return str_starts(attribute, STR("data-message-id="));
}

static bool counts(struct counter *c, unsigned seen)
{
    (void)c;
    return seen;
}

static void count(struct counter *c, str bytes)
{
    html_count_tags(c, bytes, look, counts);
}

/* --- Around the messages ------------------------------------------------------------------------ */

/* "Exported 3,815 message(s)" */
static void read_footer(struct page *p, str text)
{
    const str head = STR("Exported ");
    if (!str_starts(text, head) || str_find(text, STR("message(s)")) == STR_NONE)
        return;
    uint64_t n = 0;
    for (size_t i = head.n; i < text.n && text.p[i] != 'm'; i++)
        if (text.p[i] >= '0' && text.p[i] <= '9' && n < UINT64_MAX / 10 - 9)
            n = n * 10 + (uint64_t)(text.p[i] - '0');
    p->promised = n;
    p->has_footer = true;
}

static enum status on_stray(struct html_records *r, const struct html_node *text, uint64_t at,
                            struct err *e)
{
    struct page *p = (struct page *)r;
    const str words = arena_dup(&r->kept, str_trim(text->text));
    (void)at;
    (void)e;
    if (html_around(text, ".preamble__entry") || html_around(text, ".info__guild-name") ||
        html_around(text, ".info__channel-name")) {
        if (!p->guild.n)
            p->guild = words;
        else if (!p->channel.n)
            p->channel = words;
    } else if (html_around(text, ".postamble__entry") || html_around(text, ".postamble")) {
        read_footer(p, words);
    } else if (html_around(text, ".chatlog__author-name") ||
               html_around(text, ".chatlog__author")) {
        p->sender_name = words;
    } else if (html_around(text, ".chatlog__timestamp")) {
        p->shown = words;
    }
    return OK;
}

static enum status begin_conversation(struct page *p, struct err *e)
{
    struct html_records *r = &p->records;
    if (p->conversation.key.n)
        return OK;
    const str id = discord_channel_of(r->path);
    const bool direct = str_eq(p->guild, STR("Direct Messages"));
    p->conversation = (struct conversation){
        .key = id.n ? arena_printf(&r->kept, "discord:" STR_FMT, STR_ARG(id))
                    : arena_printf(&r->kept, "discord:" STR_FMT "/" STR_FMT, STR_ARG(p->guild),
                                   STR_ARG(p->channel)),
        .title = p->channel.n ? p->channel : p->guild,
        .platform = STR("discord"),
        .type = direct ? STR("direct") : STR("channel"),
        .loose = !id.n,
    };
    return r->sink->conversation(r->sink, &p->conversation, e);
}

/* --- Records ------------------------------------------------------------------------------------ */

static void set_sender(struct page *p, const struct html_node *root, struct message *m)
{
    struct html_records *r = &p->records;
    const struct html_node *author = html_find(root, ".chatlog__author");
    if (!author)
        author = html_find(root, ".chatlog__system-notification-author");
    const str id = html_attribute_of(author, "data-user-id");
    if (author) {
        p->sender_name = arena_dup(&r->kept, html_words(r, author));
        p->sender = id.n ? arena_dup(&r->kept, id) : p->sender_name;
    }
    m->sender_name = p->sender_name;
    m->sender = p->sender.n ? p->sender : p->sender_name;
    if (!m->sender.n && !p->unknown.count++)
        p->unknown.first = m->locus;
}

static void set_time(struct page *p, const struct html_node *root, struct message *m)
{
    struct html_records *r = &p->records;
    static const char *const places[] = {".chatlog__timestamp", ".chatlog__short-timestamp",
                                         ".chatlog__system-notification-timestamp"};
    m->time_shown = p->shown;
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const struct html_node *stamp = html_find(root, places[i]);
        const str title = html_attribute_of(stamp, "title");
        if (stamp)
            m->time_shown = title.n ? arena_dup(&r->arena, title) : html_words(r, stamp);
        if (stamp)
            break;
    }
    m->time = discord_time(m->platform_id, m->time_shown, r->options);
    if (m->time.basis == BASIS_NONE && !p->undated.count++)
        p->undated.first = m->locus;
}

static enum status on_item(struct html_records *r, const struct html_item *i, struct err *e)
{
    struct page *p = (struct page *)r;
    const enum status st = begin_conversation(p, e);
    if (st != OK)
        return st;
    struct message m = html_message(r, i);
    m.conversation = p->conversation.key;
    m.platform_id = arena_dup(&r->arena, html_attribute_of(i->root, "data-message-id"));
    set_sender(p, i->root, &m);
    set_time(p, i->root, &m);
    discord_page_fill(r, i, &m);
    return r->sink->message(r->sink, &m, e);
}

static enum status check_footer(const struct page *p, struct sink *sink, struct err *e)
{
    static const struct issue cut_off = {
        .severity = ISSUE_WARN,
        .code = "truncated",
        .what = STR_INIT("The page has no footer that says how many messages it holds."),
        .way_out = STR_INIT("It may break off before its end: ask for the original."),
    };
    if (!p->has_footer && p->records.items)
        return sink->issue(sink, &cut_off, e);
    if (!p->has_footer || p->promised == p->records.items)
        return OK;
    char what[160];
    snprintf(what, sizeof what,
             "The page says that it holds %" PRIu64 " messages, but %" PRIu64 " are there.",
             p->promised, p->records.items);
    const struct issue i = {
        .severity = ISSUE_WARN,
        .code = "countDiffers",
        .what = str_of(what),
        .way_out = STR("Somebody has edited the page, or it was cut: ask for the original."),
    };
    return sink->issue(sink, &i, e);
}

static enum status tell_notes(const struct page *p, struct sink *sink, struct err *e)
{
    static const struct line_note_words unknown = {
        .severity = ISSUE_WARN,
        .code = "noSender",
        .one = "message names no sender, and neither does its group",
        .many = "messages name no sender, and neither do their groups",
        .way_out = "Look at the page there: something above them may have been taken out.",
    };
    static const struct line_note_words undated = {
        .severity = ISSUE_WARN,
        .code = "badStamp",
        .one = "message has no time that can be read",
        .many = "messages have no time that can be read",
        .way_out = "Export the channel as JSON, which has all times.",
    };
    enum status st = line_note_tell(sink, &p->unknown, &unknown, e);
    if (st == OK)
        st = line_note_tell(sink, &p->undated, &undated, e);
    return st == OK ? check_footer(p, sink, e) : st;
}

static enum status read_page(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    static const struct html_format format = {
        .is_item = is_record, .ends_item = has_id, .item = on_item, .stray = on_stray};
    struct page p = {0};
    const enum status st = html_records_read(&p.records, source, &format, options, sink, e);
    return st == OK ? tell_notes(&p, sink, e) : st;
}

/* The style sheet at its head fills the first 64 KB, or nearly: it names the classes. */
static int bid(str prefix, str name)
{
    (void)name;
    return str_find(prefix, STR("chatlog__message")) != STR_NONE &&
                   str_find(prefix, STR("<")) != STR_NONE
               ? BID_SURE
               : BID_NO;
}

const struct importer importer_discord_html = {
    .name = "discord-html",
    .title = "DiscordChatExporter, web page",
    .where = "DiscordChatExporter: Export, format HTML (dark or light)",
    .version = "1",
    .bid = bid,
    .read = read_page,
    .count = count,
};
