/*
 * Facebook's and Instagram's data download as web pages, since 2018: one or more pages for a thread,
 * messages/inbox/<name>_<id>/message_1.html, the newest message first.
 *
 * - The classes are made up ("_a6-g", "_2lej") and change; what stays is the shape: an element with
 *   the sender, what was said, and the time behind it (see messenger_find.c).
 * - Times are written in the language of the account, to the minute or the second, without a zone.
 * - The text is real UTF-8, other than in the JSON of the same download, which is the better source:
 *   it has the instant.
 */
#include "messenger.h"

#include "messenger_page.h"
#include "moment.h"
#include "utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct page {
    struct html_records records; /* first: handlers get its address */
    struct messenger_places places;
    size_t next; /* of the places */
    str title, key;
    struct line_note undated;
};

static bool is_record(void *context, const struct html_tag *tag)
{
    struct page *p = context;
    const struct messenger_places *all = &p->places;
    while (p->next < all->count && all->starts[p->next] < tag->at)
        p->next++;
    return p->next < all->count && all->starts[p->next] == tag->at && tag->end > tag->at;
}

/* --- The thread --------------------------------------------------------------------------------- */

static enum status on_stray(struct html_records *r, const struct html_node *text, uint64_t at,
                            struct err *e)
{
    struct page *p = (struct page *)r;
    (void)at;
    (void)e;
    if (!p->title.n && html_is(text->parent, "title"))
        p->title = arena_dup(&r->kept, str_trim(text->text));
    return OK;
}

static bool is_numbered(str path)
{
    return str_starts(path_name(path), STR("message_"));
}

static enum status begin_conversation(struct page *p, struct err *e)
{
    struct html_records *r = &p->records;
    if (p->key.n)
        return OK;
    const str platform = messenger_platform(r->path);
    const bool named = is_numbered(r->path);
    p->key = messenger_key(&r->kept, platform, r->path);
    if (!named || !p->key.n)
        p->key = arena_printf(&r->kept, STR_FMT ":" STR_FMT, STR_ARG(platform), STR_ARG(p->title));
    const struct conversation c = {
        .key = p->key, .title = p->title, .platform = platform, .loose = !named};
    return r->sink->conversation(r->sink, &c, e);
}

/* --- Records ------------------------------------------------------------------------------------ */

static bool is_time(const struct page *p, const struct html_node *n)
{
    return p->places.by_class ? messenger_dates(html_attribute_of(n, "class"))
                              : !n->name.n && messenger_is_date(str_trim(n->text));
}

/* Elements of a record in document order. */
static const struct html_node *after(const struct html_node *root, const struct html_node *n)
{
    if (n->first)
        return n->first;
    while (n != root && !n->next)
        n = n->parent;
    return n == root ? NULL : n->next;
}

/* The last time in the record: one that looks so may stand in what was said. */
static const struct html_node *time_of(const struct page *p, const struct html_node *root)
{
    const struct html_node *found = NULL;
    for (const struct html_node *n = root; n; n = after(root, n))
        found = is_time(p, n) ? n : found;
    return found;
}

static const struct html_node *child_around(const struct html_node *root, const struct html_node *n)
{
    while (n && n->parent != root)
        n = n == root ? NULL : n->parent;
    return n;
}

static bool leave_lists(const struct html_node *element, struct buf *out)
{
    (void)out;
    return html_is(element, "ul");
}

/* What emoji are made of: symbols and pictures, and what joins and tints them. */
static bool is_symbol(uint32_t cp)
{
    return (cp >= 0x2190 && cp <= 0x2BFF) || (cp >= 0x1F000 && cp <= 0x1FAFF) || cp == 0xFE0F ||
           cp == 0x200D || cp == 0x203C || cp == 0x2049 || cp == 0x20E3 || cp == ' ';
}

/* "❤Ines Rautenberg (Oct 3, 2022, 10:15 AM)": the time has no zone, and is left out. */
static void add_reaction_of(struct html_records *r, str words, struct message *m)
{
    const size_t open = str_find(words, STR(" ("));
    if (open != STR_NONE && str_ends(words, STR(")")) &&
        messenger_is_date(str_sub(words, open + 2, words.n - open - 3)))
        words.n = open;
    str rest = words;
    for (str next = words; next.n && is_symbol(utf8_next(&next));)
        rest = next;
    add_reaction(&r->arena, m,
                 (struct reaction){.emoji = str_trim(str_sub(words, 0, words.n - rest.n)),
                                   .sender = str_trim(rest),
                                   .utc_ms = TIME_NONE,
                                   .count = 1});
}

static void add_reactions(struct html_records *r, const struct html_node *node, struct message *m)
{
    const struct html_node *list = html_find(node, "ul");
    for (const struct html_node *n = html_find(list, "li"); n; n = html_find_next(list, n, "li"))
        add_reaction_of(r, html_words(r, n), m);
}

/* What stands between sender and time. */
static void fill(struct html_records *r, const struct html_node *from, const struct html_node *end,
                 struct message *m)
{
    static const struct html_text_how how = {.stand_in = leave_lists};
    struct buf text = buf_new(BUF_MESSAGE_MAX);
    for (const struct html_node *n = from; n && n != end; n = n->next) {
        if (!n->name.n)
            continue;
        const size_t before = text.n;
        if (before)
            buf_add_byte(&text, '\n');
        html_text_by(n, &how, &text);
        if (text.n == before + 1 && before)
            text.p[text.n = before] = '\0';
        messenger_add_media(r, n, m);
        add_reactions(r, n, m);
    }
    m->text = arena_dup(&r->arena, buf_str(&text));
    buf_free(&text);
}

static const struct html_node *first_element(const struct html_node *node)
{
    const struct html_node *n = node->first;
    while (n && !n->name.n)
        n = n->next;
    return n;
}

static void set_time(struct page *p, const struct html_node *time, struct message *m)
{
    struct html_records *r = &p->records;
    struct stamp s;
    m->time_shown =
        time && !time->name.n ? arena_dup(&r->arena, str_trim(time->text)) : html_words(r, time);
    if (stamp_written(m->time_shown, p->places.dates.order, &s))
        m->time = moment_of(&s, r->options);
    else if (!p->undated.count++)
        p->undated.first = m->locus;
}

static enum status on_item(struct html_records *r, const struct html_item *i, struct err *e)
{
    struct page *p = (struct page *)r;
    const enum status st = begin_conversation(p, e);
    if (st != OK)
        return st;
    struct message m = html_message(r, i);
    m.conversation = p->key;
    const struct html_node *time = time_of(p, i->root);
    const struct html_node *end = child_around(i->root, time);
    const struct html_node *sender = first_element(i->root);
    set_time(p, time, &m);
    if (sender && sender != end) {
        m.sender = html_words(r, sender);
        fill(r, sender->next, end, &m);
    }
    return r->sink->message(r->sink, &m, e);
}

/* "message_1.json" beside "message_1.html" */
static bool has_json(const struct import_options *options)
{
    char path[64];
    uint64_t size;
    struct sha256_digest digest;
    const str name = path_stem(path_name(siblings_here(options->siblings)));
    const int n = snprintf(path, sizeof path, STR_FMT ".json", STR_ARG(str_sub(name, 0, 40)));
    return name.n && siblings_facts(options->siblings, (str){path, (size_t)n}, &size, &digest);
}

static enum status read_page(struct source *source, const struct import_options *options,
                             struct sink *sink, struct err *e)
{
    static const struct html_format format = {
        .is_item = is_record, .ends_item = is_record, .item = on_item, .stray = on_stray};
    static const struct line_note_words undated = {
        .severity = ISSUE_WARN,
        .code = "badStamp",
        .one = "message has no time that can be read",
        .many = "messages have no time that can be read",
        .way_out = "Ask for the download as JSON, which has all times.",
    };
    static const struct line_note_words json = {
        .severity = ISSUE_WARN,
        .code = "alsoAsJson",
        .one =
            "page stands beside a JSON file of the same thread, which has the instants; messages "
            "of both may be stored twice",
        .many = "",
        .way_out = "Import the JSON files alone, and keep the pages to look at.",
    };
    struct page p = {0};
    const struct line_note beside_json = {.count = has_json(options)};
    enum status st = messenger_find(&p.places, source, e);
    if (st == OK)
        st = written_order_decide(&p.places.dates, options, sink, e);
    if (st == OK)
        st = html_records_read(&p.records, source, &format, options, sink, e);
    if (st == OK)
        st = line_note_tell(sink, &p.undated, &undated, e);
    if (st == OK)
        st = line_note_tell(sink, &beside_json, &json, e);
    messenger_places_free(&p.places);
    return st;
}

/* --- Recognising and counting ------------------------------------------------------------------- */

/* Other pages of the download (posts, comments) have the same classes. */
static int bid(str prefix, str name)
{
    const bool marked =
        str_find(prefix, STR("_a72d")) != STR_NONE || str_find(prefix, STR("_2lem")) != STR_NONE;
    const bool people = str_find(prefix, STR(">Participants: ")) != STR_NONE;
    if (str_find(prefix, STR("<html")) == STR_NONE || !(marked || people))
        return BID_NO;
    if (is_numbered(name))
        return marked ? BID_SURE : BID_LIKELY;
    return people ? BID_MAYBE : BID_NO;
}

/* A dumb scan: tags with the class of a time, and texts that look like one. state: [0] 1 in a tag,
   [1] bytes in `line`, [2] texts that look like a time, [3] the last text did, [4] the text at hand
   is longer than `line`. If any tag has the class, these are the records. */
static bool has(const struct counter *c, const char *word)
{
    const size_t n = strlen(word);
    for (size_t i = 0; i + n <= c->state[1]; i++)
        if (memcmp(c->line + i, word, n) == 0)
            return true;
    return false;
}

static bool looks_like_time(const char *p, size_t n)
{
    size_t digits = 0, letters = 0, clock = 0, year = 0, run = 0;
    for (size_t i = 0; i <= n; i++) {
        const unsigned char b = i < n ? (unsigned char)p[i] : ' ';
        if (isdigit(b)) {
            digits++;
            run++;
            continue;
        }
        year += run == 4 && (p[i - 4] == '1' || p[i - 4] == '2');
        clock += b == ':' && run > 0 && run < 3 && i + 1 < n && isdigit((unsigned char)p[i + 1]);
        letters += isalpha(b) != 0;
        run = 0;
        if (b < 0x80 && !isalpha(b) && !strchr(" ,.:/-\xE2", b))
            return false;
    }
    return year == 1 && clock > 0 && clock < 3 && digits >= 7 && letters <= 32 &&
           (isdigit((unsigned char)p[n - 1]) || (p[n - 1] | 0x20) == 'm' || p[n - 1] == '.');
}

static void end_piece(struct counter *c, bool tag)
{
    size_t begin = 0, end = (size_t)c->state[1];
    while (begin < end && isspace((unsigned char)c->line[begin]))
        begin++;
    while (end > begin && isspace((unsigned char)c->line[end - 1]))
        end--;
    if (tag) {
        c->records += has(c, "_a72d") || has(c, "_2lem");
    } else if (end > begin) {
        const bool time = !c->state[4] && looks_like_time(c->line + begin, end - begin);
        c->state[2] += time && !c->state[3];
        c->state[3] = time;
    }
    c->state[1] = c->state[4] = 0;
}

static void count(struct counter *c, str bytes)
{
    if (!bytes.n && !c->state[0])
        end_piece(c, false);
    if (!bytes.n && !c->records)
        c->records = c->state[2];
    for (size_t i = 0; i < bytes.n; i++) {
        const char b = bytes.p[i];
        if (b == '<' || (b == '>' && c->state[0])) {
            end_piece(c, c->state[0]);
            c->state[0] = b == '<';
        } else if (c->state[1] < sizeof c->line && (c->state[1] || !isspace((unsigned char)b))) {
            c->line[c->state[1]++] = b;
        } else {
            c->state[4] = 1;
        }
    }
}

const struct importer importer_messenger_html = {
    .name = "messenger-html",
    .title = "Facebook and Instagram messages, web pages",
    .where =
        "Facebook's or Instagram's data download, format HTML: messages/inbox/.../message_1.html",
    .version = "1",
    .unordered = true,
    .bid = bid,
    .read = read_page,
    .count = count,
};
