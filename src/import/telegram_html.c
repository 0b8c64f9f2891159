/*
 * Telegram Desktop, "Export chat history" or "Export Telegram data" as HTML: messages.html,
 * messages2.html ... in chats/chat_001/, a thousand messages a page
 * (https://github.com/telegramdesktop/tdesktop, export_output_html.cpp).
 *
 * - A message whose sender is that of the one above it is "joined" and names none; at the top of a
 *   page the sender stands on the page before it.
 * - A service message with a negative id ("message-12") is the line between two days. A real one has
 *   no time at all.
 * - The time in full is the title of its element: with the zone ("UTC-04:00") since 2022, without it
 *   before.
 * - The page knows no id of the chat: only its title, and the folder, which is another in each export.
 */
#include "telegram.h"

#include "html_count.h"
#include "moment.h"

#include <stdio.h>
#include <string.h>

enum { PAGES_BACK_MAX = 64 };

struct page {
    struct html_records records; /* first: handlers get its address */
    str title;
    struct conversation conversation; /* without key until the first record */
    str sender;                       /* of the last message */
    bool sender_known;
    struct line_note unknown, undated;
};

/* --- What is a record -------------------------------------------------------------------------- */

static bool is_record(void *context, const struct html_tag *tag)
{
    str classes, id;
    (void)context;
    if (!html_attribute(tag, "class", &classes) || !html_class_has(classes, "message"))
        return false;
    if (html_class_has(classes, "default"))
        return true;
    return html_class_has(classes, "service") &&
           !(html_attribute(tag, "id", &id) && str_starts(id, STR("message-")));
}

static unsigned look(str name, str attribute)
{
    (void)name;
    if (count_has_class(attribute, "message"))
        return (count_has_class(attribute, "default") ? 1u : 0) |
               (count_has_class(attribute, "service") ? 2u : 0);
    return str_find(attribute, STR("id=\"message-")) == 0 ? 4 : 0;
}

static bool counts(struct counter *c, unsigned seen)
{
    (void)c;
    return (seen & 1) || (seen & 6) == 2;
}

static void count(struct counter *c, str bytes)
{
    html_count_tags(c, bytes, look, counts);
}

/* --- The sender of a joined message at the top of a page ---------------------------------------- */

/* The last sender who is named on a page. */
struct last_sender {
    struct html_records records;
    struct buf name;
};

static enum status see_sender(struct html_records *r, const struct html_item *i, struct err *e)
{
    struct last_sender *l = (struct last_sender *)r;
    const str name = telegram_html_sender(r, i->root);
    (void)e;
    if (!name.n)
        return OK;
    buf_clear(&l->name);
    buf_add(&l->name, name);
    return OK;
}

static enum status ignore(struct sink *s, uint64_t at, uint64_t length, struct err *e)
{
    (void)s;
    (void)at;
    (void)length;
    (void)e;
    return OK;
}

static enum status ignore_issue(struct sink *s, const struct issue *i, struct err *e)
{
    (void)s;
    (void)i;
    (void)e;
    return OK;
}

static void find_last_sender(struct buf *out, str bytes, const struct import_options *options)
{
    static const struct html_format format = {.is_item = is_record, .item = see_sender};
    struct sink nothing = {.wrapping = ignore, .issue = ignore_issue};
    struct last_sender last = {.name = *out};
    struct source *source;
    struct err e = {0};
    if (source_of_bytes(&source, STR("the page before"), bytes, &e) != OK)
        return;
    if (html_records_read(&last.records, source, &format, options, &nothing, &e) != OK)
        buf_clear(&last.name); /* a page that cannot be read tells nothing */
    *out = last.name;
    source_close(source);
}

/* The number of a page: "messages.html" is 1, "messages12.html" 12; 0 if it has none. */
static int64_t page_number(str path)
{
    const str name = path_name(path);
    const str head = STR("messages"), tail = STR(".html");
    if (!str_starts(name, head) || !str_ends(name, tail) || name.n < head.n + tail.n)
        return 0;
    const str digits = str_sub(name, head.n, name.n - head.n - tail.n);
    int64_t n;
    if (!digits.n)
        return 1;
    return str_to_u63(digits, &n) && n > 1 && n < 1000000 ? n : 0;
}

static void page_path(char out[32], int64_t number)
{
    if (number == 1)
        snprintf(out, 32, "messages.html");
    else
        snprintf(out, 32, "messages%d.html", (int)number);
}

static void sender_before(struct page *p)
{
    struct html_records *r = &p->records;
    struct buf name = buf_new(BUF_LINE_MAX);
    int64_t number = page_number(r->path);
    for (int back = 0; !name.n && --number > 0 && back < PAGES_BACK_MAX; back++) {
        char path[32];
        str bytes;
        page_path(path, number);
        if (!siblings_read(r->options->siblings, str_of(path), &bytes))
            break;
        find_last_sender(&name, bytes, r->options);
    }
    p->sender = arena_dup(&r->kept, buf_str(&name));
    p->sender_known = name.n > 0;
    buf_free(&name);
}

/* --- The conversation --------------------------------------------------------------------------- */

/* The title stands above the first message, "Chat 12" is the folder's. */
static enum status on_stray(struct html_records *r, const struct html_node *text, uint64_t at,
                            struct err *e)
{
    struct page *p = (struct page *)r;
    (void)at;
    (void)e;
    if (!p->title.n && html_is(text->parent, "div.text") && html_around(text, "div.page_header"))
        p->title = arena_dup(&r->kept, str_trim(text->text));
    return OK;
}

/* "chat_001" of "export/chats/chat_001/messages.html"; two chats of an export may have one title. */
static str folder_of(str path)
{
    const str name = path_name(path);
    str folder = str_sub(path, 0, path.n - name.n);
    while (str_ends(folder, STR("/")))
        folder.n--;
    folder = path_name(folder);
    return str_starts(folder, STR("chat_")) ? folder : STR("");
}

static enum status begin_conversation(struct page *p, struct err *e)
{
    struct html_records *r = &p->records;
    if (p->conversation.key.n)
        return OK;
    const str folder = folder_of(r->path);
    p->conversation = (struct conversation){
        .key = arena_printf(&r->kept, "telegram:" STR_FMT "%s" STR_FMT, STR_ARG(p->title),
                            folder.n ? "/" : "", STR_ARG(folder)),
        .title = p->title,
        .platform = STR("telegram"),
        .loose = true,
    };
    return r->sink->conversation(r->sink, &p->conversation, e);
}

/* --- Records ------------------------------------------------------------------------------------ */

static void set_sender(struct page *p, const struct html_item *i, struct message *m)
{
    struct html_records *r = &p->records;
    const str name = telegram_html_sender(r, i->root);
    const bool joined = html_class_has(html_attribute_of(i->root, "class"), "joined");
    if (name.n || !joined) {
        p->sender = arena_dup(&r->kept, name);
        p->sender_known = name.n > 0;
    } else if (r->items == 1) {
        sender_before(p);
    }
    m->sender = p->sender;
    if (!p->sender_known && !p->unknown.count++)
        p->unknown.first = m->locus;
}

static enum status on_item(struct html_records *r, const struct html_item *i, struct err *e)
{
    struct page *p = (struct page *)r;
    const str id = html_attribute_of(i->root, "id");
    const enum status st = begin_conversation(p, e);
    if (st != OK)
        return st;
    struct message m = html_message(r, i);
    m.conversation = p->conversation.key;
    m.platform_id = str_starts(id, STR("message")) ? str_from(id, 7) : STR("");
    if (html_is(i->root, ".service")) {
        m.kind = KIND_EVENT;
        m.text = html_words(r, html_find(i->root, "div.body"));
        return r->sink->message(r->sink, &m, e);
    }
    telegram_html_fill(r, i, &m);
    set_sender(p, i, &m);
    if (m.time.basis == BASIS_NONE && !p->undated.count++)
        p->undated.first = m.locus;
    return r->sink->message(r->sink, &m, e);
}

static enum status tell_notes(struct page *p, struct sink *sink, struct err *e)
{
    static const struct line_note_words unknown = {
        .severity = ISSUE_WARN,
        .code = "senderOnOtherPage",
        .one = "message names no sender: it goes on from the page before, which is not here",
        .many = "messages name no sender: they go on from the page before, which is not here",
        .way_out = "Import the whole folder, with all its messages*.html.",
    };
    static const struct line_note_words undated = {
        .severity = ISSUE_WARN,
        .code = "badStamp",
        .one = "message has no time that can be read",
        .many = "messages have no time that can be read",
        .way_out = "Export the chat as JSON, which has all times.",
    };
    const enum status st = line_note_tell(sink, &p->unknown, &unknown, e);
    return st == OK ? line_note_tell(sink, &p->undated, &undated, e) : st;
}

static enum status read_page(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    static const struct html_format format = {
        .is_item = is_record, .ends_item = is_record, .item = on_item, .stray = on_stray};
    struct page p = {0};
    const enum status st = html_records_read(&p.records, source, &format, options, sink, e);
    return st == OK ? tell_notes(&p, sink, e) : st;
}

static int bid(str prefix, str name)
{
    (void)name;
    if (str_find(prefix, STR("class=\"page_wrap")) == STR_NONE ||
        str_find(prefix, STR("class=\"history\"")) == STR_NONE)
        return BID_NO;
    return str_find(prefix, STR("class=\"message ")) == STR_NONE ? BID_LIKELY : BID_SURE;
}

/* The pages around the messages: the list of chats, the start page. */
static bool companion(str prefix, str name)
{
    (void)name;
    return str_find(prefix, STR("class=\"page_wrap")) != STR_NONE &&
           str_find(prefix, STR("Exported Data")) != STR_NONE;
}

const struct importer importer_telegram_html = {
    .name = "telegram-html",
    .title = "Telegram Desktop export, web pages",
    .where = "Telegram Desktop: a chat's menu, Export chat history, format HTML",
    .version = "1",
    .bid = bid,
    .companion = companion,
    .read = read_page,
    .count = count,
};
