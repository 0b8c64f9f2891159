/*
 * Facebook's data download up to about 2017: html/messages.htm, all conversations in one page.
 *
 * - A message is <div class="message"> with sender and time, and the <p> behind it.
 * - Conversations are <div class="thread">, which begins with the names of who takes part. Long ones
 *   are split into several with the same names, in no order; the newest message comes first.
 * - Times are written in the language of the account, to the minute, with a zone ("PDT", "UTC+01").
 * - Somebody whose account is gone is "123456789@facebook.com".
 */
#include "messenger.h"

#include "html_count.h"
#include "html_records.h"
#include "messenger_page.h"
#include "moment.h"

#include <stdlib.h>

enum { NAMES_MAX = 512 };

struct page {
    struct html_records records; /* first: handlers get its address */
    str key;                     /* of the thread at hand */
    struct line_note undated, homeless;
};

/* --- What is a record --------------------------------------------------------------------------- */

static bool is_record(void *context, const struct html_tag *tag)
{
    str class;
    (void)context;
    return str_eq(tag->name, STR("div")) && html_attribute(tag, "class", &class) &&
           html_class_has(class, "message");
}

static bool is_text(void *context, const struct html_tag *tag)
{
    (void)context;
    return str_eq(tag->name, STR("p"));
}

static unsigned look(str name, str attribute)
{
    return str_eq(name, STR("div")) && count_has_class(attribute, "message");
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

/* --- Threads ------------------------------------------------------------------------------------ */

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

/* The names in the order of their bytes: the pieces of a split thread may have them in another one. */
static str key_of(struct arena *a, str names)
{
    str sorted[NAMES_MAX];
    size_t n = 0;
    struct buf key = buf_new(BUF_LINE_MAX);
    for (str name; n < NAMES_MAX && str_split(&names, ',', &name); n++)
        sorted[n] = str_trim(name);
    qsort(sorted, n, sizeof sorted[0], by_bytes);
    buf_add(&key, STR("messenger:"));
    for (size_t i = 0; i < n; i++) {
        buf_add(&key, i ? STR(", ") : STR(""));
        buf_add(&key, sorted[i]);
    }
    const str kept = arena_dup(a, buf_str(&key));
    buf_free(&key);
    return kept;
}

static enum status on_stray(struct html_records *r, const struct html_node *text, uint64_t at,
                            struct err *e)
{
    struct page *p = (struct page *)r;
    (void)at;
    if (!html_is(text->parent, "div.thread"))
        return OK;
    const str names = arena_dup(&r->kept, str_trim(text->text));
    p->key = key_of(&r->kept, names);
    const struct conversation c = {
        .key = p->key, .title = names, .platform = STR("messenger"), .loose = true};
    return r->sink->conversation(r->sink, &c, e);
}

/* --- Records ------------------------------------------------------------------------------------ */

/* The paragraphs behind the head: words, pictures. */
static void fill(struct html_records *r, const struct html_item *i, struct message *m)
{
    static const struct html_text_how verbatim = {.keep_space = true};
    struct buf text = buf_new(BUF_MESSAGE_MAX);
    for (const struct html_node *n = i->root->next; n; n = n->next) {
        if (text.n)
            buf_add_byte(&text, '\n');
        html_text_by(n, &verbatim, &text);
        messenger_add_media(r, n, m);
    }
    m->text = arena_dup(&r->arena, str_trim(buf_str(&text)));
    buf_free(&text);
}

static enum status on_item(struct html_records *r, const struct html_item *i, struct err *e)
{
    struct page *p = (struct page *)r;
    struct message m = html_message(r, i);
    struct stamp s;
    m.conversation = p->key.n ? p->key : STR("messenger:");
    m.sender = html_words(r, html_find(i->root, ".user"));
    m.time_shown = html_words(r, html_find(i->root, ".meta"));
    if (stamp_written(m.time_shown, r->options->date_order, &s))
        m.time = moment_of(&s, r->options);
    else if (!p->undated.count++)
        p->undated.first = m.locus;
    if (!p->key.n && !p->homeless.count++)
        p->homeless.first = m.locus;
    fill(r, i, &m);
    return r->sink->message(r->sink, &m, e);
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
    static const struct line_note_words homeless = {
        .severity = ISSUE_WARN,
        .code = "noConversation",
        .one = "message stands in no thread",
        .many = "messages stand in no thread",
        .way_out = "Look at the page there: something before them may have been taken out.",
    };
    const enum status st = line_note_tell(sink, &p->undated, &undated, e);
    return st == OK ? line_note_tell(sink, &p->homeless, &homeless, e) : st;
}

static enum status read_page(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    static const struct html_format format = {.is_item = is_record,
                                              .goes_on = is_text,
                                              .ends_item = is_record,
                                              .item = on_item,
                                              .stray = on_stray};
    struct page p = {0};
    const enum status st = html_records_read(&p.records, source, &format, options, sink, e);
    return st == OK ? tell_notes(&p, sink, e) : st;
}

static int bid(str prefix, str name)
{
    (void)name;
    return str_find(prefix, STR("class=\"thread\"")) != STR_NONE &&
                   str_find(prefix, STR("class=\"message_header\"")) != STR_NONE
               ? BID_SURE
               : BID_NO;
}

const struct importer importer_messenger_htm = {
    .name = "messenger-htm",
    .title = "Facebook messages, one old web page",
    .where = "Facebook's data download up to 2017: html/messages.htm",
    .version = "1",
    .unordered = true,
    .bid = bid,
    .read = read_page,
    .count = count,
};
