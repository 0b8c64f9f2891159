/*
 * What stands in a message of imessage-exporter's pages: time and sender in a first paragraph, parts
 * that hold a bubble, a picture, an app's card or a table of wordings, and tapbacks in words.
 */
#include "imessage_page.h"

#include "moment.h"

/* Elements below `root` in document order, without what is in replies. */
static const struct html_node *after(const struct html_node *root, const struct html_node *n)
{
    const bool closed = html_is(n, ".replies");
    if (n->first && !closed)
        return n->first;
    while (n != root && !n->next)
        n = n->parent;
    return n == root ? NULL : n->next;
}

static const struct html_node *find_from(const struct html_node *root, const struct html_node *n,
                                         const char *selector)
{
    while (n && !html_is(n, selector))
        n = after(root, n);
    return n;
}

static const struct html_node *find(const struct html_node *root, const char *selector)
{
    return find_from(root, root, selector);
}

static const struct html_node *find_next(const struct html_node *root, const struct html_node *n,
                                         const char *selector)
{
    return find_from(root, after(root, n), selector);
}

/* --- Who and when ------------------------------------------------------------------------------- */

static str person(struct html_records *r, str name)
{
    const bool own =
        str_eq(name, STR("Me")) || str_eq(name, STR("You")) || str_eq(name, STR("you"));
    if (!own)
        return name;
    return r->options->owner.n ? r->options->owner : STR("Me");
}

/* "Jul 17, 2022 5:31:49 PM (Read by you after 5 seconds)" */
static void set_time(struct html_records *r, const struct html_node *root, struct message *m)
{
    str shown = html_words(r, find(root, "span.timestamp"));
    const size_t read = str_find(shown, STR(" ("));
    shown.n = read == STR_NONE ? shown.n : read;
    struct stamp s;
    m->time_shown = shown;
    if (stamp_written(shown, r->options->date_order, &s))
        m->time = moment_of(&s, r->options);
}

/* href="#r-GUID" or "#GUID" */
static str target_of(str href)
{
    const size_t hash = str_find_byte(href, '#');
    const str id = hash == STR_NONE ? STR("") : str_from(href, hash + 1);
    return str_starts(id, STR("r-")) ? str_from(id, 2) : id;
}

static void set_reply(struct html_records *r, const struct html_node *root, struct message *m)
{
    const struct html_node *mark = find(root, ".reply_context");
    if (mark) {
        m->reply_to = arena_dup(&r->arena, target_of(html_attribute_of(find(mark, "a"), "href")));
        m->flags |= FLAG_REPLY;
    }
    if (html_around(root, ".replies"))
        m->flags |= FLAG_REPLY;
}

/* --- Parts --------------------------------------------------------------------------------------- */

/* Each row of the table has a time in words and a wording; the last is what stands. */
static str read_wordings(struct html_records *r, const struct html_node *table, struct message *m)
{
    str last = STR("");
    bool any = false;
    for (const struct html_node *row = html_find(table, "tr"); row;
         row = html_find_next(table, row, "tr")) {
        const struct html_node *when = html_find(row, "td");
        const struct html_node *what = html_find_next(row, when, "td");
        if (any)
            add_edit(&r->arena, m, last, TIME_NONE);
        last = html_words(r, what ? what : when);
        any = true;
    }
    m->flags |= FLAG_EDITED;
    return last;
}

static void add_app(struct html_records *r, const struct html_node *app, struct message *m)
{
    const str words = html_words(r, app);
    const str href = html_attribute_of(html_find(app, "a"), "href");
    const str card =
        !href.n ? words
                : arena_printf(&r->arena, STR_FMT "\n" STR_FMT, STR_ARG(words), STR_ARG(href));
    add_absent(&r->arena, m, ATTACH_LINK_CARD, card);
}

static void add_media(struct html_records *r, const struct html_node *part, struct message *m)
{
    static const struct {
        const char *name, *attribute;
        enum attachment_kind kind;
    } media[] = {{"img", "src", ATTACH_IMAGE},
                 {"video", "src", ATTACH_VIDEO},
                 {"audio", "src", ATTACH_AUDIO},
                 {"source", "src", ATTACH_VIDEO},
                 {"a", "href", ATTACH_FILE}};
    for (size_t i = 0; i < sizeof media / sizeof media[0]; i++)
        for (const struct html_node *n = html_find(part, media[i].name); n;
             n = html_find_next(part, n, media[i].name)) {
            const str path = arena_dup(&r->arena, html_attribute_of(n, media[i].attribute));
            if (html_is_local(path))
                add_file(&r->arena, m, media[i].kind, STR(""), path, r->options);
        }
}

static str part_text(struct html_records *r, const struct html_node *part, struct message *m)
{
    const struct html_node *wordings = html_find(part, "div.edited");
    if (wordings)
        return read_wordings(r, wordings, m);
    const struct html_node *app = html_find(part, "div.app");
    if (app) {
        add_app(r, app, m);
        return STR("");
    }
    add_media(r, part, m);
    if (html_find(part, ".unsent")) {
        m->flags |= FLAG_DELETED;
        return STR("");
    }
    static const struct html_text_how verbatim = {.keep_space = true};
    return html_words_by(r, html_find(part, ".bubble"), &verbatim);
}

static void set_text(struct html_records *r, const struct html_node *root, struct message *m)
{
    struct buf text = buf_new(BUF_MESSAGE_MAX);
    buf_add(&text, html_words(r, find(root, "span.subject")));
    for (const struct html_node *part = find(root, "div.message_part"); part;
         part = find_next(root, part, "div.message_part")) {
        const str words = part_text(r, part, m);
        if (words.n && text.n)
            buf_add_byte(&text, '\n');
        buf_add(&text, words);
    }
    m->text = arena_dup(&r->arena, buf_str(&text));
    buf_free(&text);
}

/* --- Tapbacks ------------------------------------------------------------------------------------ */

static str emoji_of(str verb)
{
    static const struct {
        const char *verb, *emoji;
    } emoji[] = {{"Loved", "❤️"}, {"Liked", "👍"},           {"Disliked", "👎"},
                 {"Laughed", "😂"},    {"Emphasized", "‼️"}, {"Questioned", "❓"}};
    for (size_t i = 0; i < sizeof emoji / sizeof emoji[0]; i++)
        if (str_eq(verb, str_of(emoji[i].verb)))
            return str_of(emoji[i].emoji);
    return verb;
}

/* "<b>Loved</b> by +1555...", "<img ...> from Me" */
static void add_tapbacks(struct html_records *r, const struct html_node *root, struct message *m)
{
    for (const struct html_node *n = find(root, "div.tapback"); n;
         n = find_next(root, n, "div.tapback")) {
        const str words = html_words(r, n), verb = html_words(r, html_find(n, "b"));
        const size_t by = str_find(words, STR("by ")), from = str_find(words, STR("from "));
        str who = STR("");
        if (verb.n && by != STR_NONE)
            who = str_from(words, by + 3);
        else if (from != STR_NONE)
            who = str_from(words, from + 5);
        add_reaction(&r->arena, m,
                     (struct reaction){.emoji = verb.n ? emoji_of(verb) : STR("sticker"),
                                       .sender = person(r, who),
                                       .utc_ms = TIME_NONE,
                                       .count = 1});
    }
}

/* --- A record ------------------------------------------------------------------------------------ */

static bool leave_time(const struct html_node *element, struct buf *out)
{
    (void)out;
    return html_is(element, ".timestamp");
}

/* "You renamed the conversation to ..." */
static void fill_announcement(struct html_records *r, const struct html_node *root,
                              struct message *m)
{
    static const struct html_text_how without_time = {.stand_in = leave_time};
    m->kind = KIND_EVENT;
    m->text = html_words_by(r, root, &without_time);
    if (str_starts(m->text, STR("You ")))
        m->sender = person(r, STR("You"));
}

void imessage_page_fill(struct html_records *r, const struct html_node *root, struct message *m)
{
    set_time(r, root, m);
    if (html_is(root, ".announcement")) {
        fill_announcement(r, root, m);
        return;
    }
    m->platform_id = arena_dup(&r->arena, html_attribute_of(root, "id"));
    m->sender = person(r, html_words(r, find(root, "span.sender")));
    set_reply(r, root, m);
    set_text(r, root, m);
    if (find(root, ".deleted"))
        m->flags |= FLAG_DELETED;
    add_tapbacks(r, root, m);
}
