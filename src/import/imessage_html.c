/*
 * imessage-exporter's web pages (https://github.com/ReagentX/imessage-exporter): one conversation a
 * file, called after its name or its people.
 *
 * - Replies stand below the message that they answer. The program also writes them in their own place,
 *   marked "This message responded to an earlier message"; where a page has no such mark, those below
 *   are all there is, and are records of their own.
 * - Times are those of the exporting computer, without a zone. How long it took to read or edit a
 *   message is told in words.
 * - The owner is "Me".
 */
#include "imessage_page.h"

#include "html_count.h"
#include "moment.h"

struct page {
    struct html_records records; /* first: handlers get its address */
    bool repeats;                /* replies stand in their own place too */
    str key;
    struct line_note undated, behind;
};

/* --- What is a record --------------------------------------------------------------------------- */

static bool has_class(const struct html_tag *tag, const char *class)
{
    str classes;
    return html_attribute(tag, "class", &classes) && html_class_has(classes, class);
}

static bool is_record(void *context, const struct html_tag *tag)
{
    (void)context;
    return str_eq(tag->name, STR("div")) &&
           (has_class(tag, "message") || has_class(tag, "announcement"));
}

static bool ends_record(void *context, const struct html_tag *tag)
{
    const struct page *p = context;
    return !p->repeats && (has_class(tag, "replies") || is_record(context, tag));
}

/* state: [4] records, wherever they stand; [5] those below another; [6] marks of the others */
static unsigned look(str name, str attribute)
{
    if (count_has_class(attribute, "reply_context"))
        return 4;
    if (!str_eq(name, STR("div")))
        return 0;
    if (count_has_class(attribute, "reply"))
        return 2;
    return count_has_class(attribute, "message") || count_has_class(attribute, "announcement");
}

static bool counts(struct counter *c, unsigned seen)
{
    c->state[4] += seen & 1;
    c->state[5] += seen >> 1 & 1;
    c->state[6] += seen >> 2 & 1;
    return false;
}

static void count(struct counter *c, str bytes)
{
    html_count_tags(c, bytes, look, counts);
    c->records = c->state[6] ? c->state[4] - c->state[5] : c->state[4];
}

/* --- Ahead -------------------------------------------------------------------------------------- */

static enum status see_mark(void *context, struct html *h, const struct html_tag *tag,
                            struct err *e)
{
    bool *repeats = context;
    (void)h;
    (void)e;
    *repeats = *repeats || has_class(tag, "reply_context");
    return OK;
}

static enum status look_ahead(struct page *p, struct source *source, struct err *e)
{
    static const struct html_handler handler = {.open = see_mark};
    struct source *twin;
    enum status st = source_twin(source, &twin, e);
    if (st != OK)
        return st;
    st = html_read(twin, &handler, &p->repeats, e);
    source_close(twin);
    return st;
}

/* --- Records ------------------------------------------------------------------------------------ */

static enum status begin_conversation(struct page *p, struct err *e)
{
    struct html_records *r = &p->records;
    if (p->key.n)
        return OK;
    const str title = path_stem(path_name(r->path));
    p->key = arena_printf(&r->kept, "imessage:" STR_FMT, STR_ARG(title));
    const struct conversation c = {.key = p->key,
                                   .title = str_from(p->key, STR("imessage:").n),
                                   .platform = STR("imessage"),
                                   .loose = true};
    return r->sink->conversation(r->sink, &c, e);
}

static enum status on_item(struct html_records *r, const struct html_item *i, struct err *e)
{
    struct page *p = (struct page *)r;
    const enum status st = begin_conversation(p, e);
    if (st != OK)
        return st;
    struct message m = html_message(r, i);
    m.conversation = p->key;
    imessage_page_fill(r, i->root, &m);
    if (m.time.basis == BASIS_NONE && !p->undated.count++)
        p->undated.first = m.locus;
    return r->sink->message(r->sink, &m, e);
}

/* A message of several parts goes on behind the replies to one of them. */
static enum status on_stray(struct html_records *r, const struct html_node *text, uint64_t at,
                            struct err *e)
{
    struct page *p = (struct page *)r;
    (void)e;
    if (html_around(text, "div.message_part") && !p->behind.count++)
        p->behind.first = (struct locus){.at = at};
    return OK;
}

static enum status tell_notes(const struct page *p, struct sink *sink, struct err *e)
{
    static const struct line_note_words undated = {
        .severity = ISSUE_WARN,
        .code = "badStamp",
        .one = "message has no time that can be read",
        .many = "messages have no time that can be read",
        .way_out = "They keep their place in the order of the page.",
    };
    static const struct line_note_words behind = {
        .severity = ISSUE_WARN,
        .code = "textBehindReplies",
        .one = "part of a message stands behind the replies to another part, and is not stored",
        .many = "parts of messages stand behind the replies to other parts, and are not stored",
        .way_out = "Import the chat.db itself, or a page of a newer imessage-exporter.",
    };
    const enum status st = line_note_tell(sink, &p->undated, &undated, e);
    return st == OK ? line_note_tell(sink, &p->behind, &behind, e) : st;
}

static enum status read_page(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    static const struct html_format format = {
        .is_item = is_record, .ends_item = ends_record, .item = on_item, .stray = on_stray};
    struct page p = {0};
    enum status st = look_ahead(&p, source, e);
    if (st == OK)
        st = html_records_read(&p.records, source, &format, options, sink, e);
    return st == OK ? tell_notes(&p, sink, e) : st;
}

static int bid(str prefix, str name)
{
    (void)name;
    const bool sides = str_find(prefix, STR("<div class=\"sent ")) != STR_NONE ||
                       str_find(prefix, STR("<div class=\"received\"")) != STR_NONE ||
                       str_find(prefix, STR("<div class=\"announcement\"")) != STR_NONE;
    return sides && str_find(prefix, STR("<span class=\"timestamp\"")) != STR_NONE ? BID_SURE
                                                                                   : BID_NO;
}

const struct importer importer_imessage_html = {
    .name = "imessage-html",
    .title = "imessage-exporter, web page",
    .where = "imessage-exporter -f html",
    .version = "1",
    .unordered = true,
    .bid = bid,
    .read = read_page,
    .count = count,
};
