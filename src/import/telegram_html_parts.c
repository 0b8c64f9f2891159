/*
 * What hangs on a message of Telegram's pages: its text, media, reactions, reply and forward. The
 * classes are those that Telegram Desktop has written since its first export in 2018.
 */
#include "telegram.h"

#include "moment.h"

/* What stands in these is theirs: a forwarded message has a name, a time and a text of its own. */
static bool is_closed(const struct html_node *n)
{
    return html_is(n, "div.forwarded") || html_is(n, "div.media_wrap") ||
           html_is(n, "div.reply_to") || html_is(n, ".reactions");
}

/* The first such element below `top`. Not only a child: an element that lost its end holds what should
   follow it. */
static const struct html_node *own(const struct html_node *top, const char *selector)
{
    const struct html_node *n = top ? top->first : NULL;
    while (n && !html_is(n, selector)) {
        if (n->first && !is_closed(n)) {
            n = n->first;
            continue;
        }
        while (!n->next && n->parent != top)
            n = n->parent;
        n = n->next;
    }
    return n;
}

/* --- Text -------------------------------------------------------------------------------------- */

/* Telegram breaks lines with <br>, and puts the text between a line feed and some indentation: blanks
   inside are the sender's. */
static str text_of(struct html_records *r, const struct html_node *node)
{
    static const struct html_text_how verbatim = {.keep_space = true};
    str s = html_words_by(r, node, &verbatim);
    if (str_starts(s, STR("\n")))
        s = str_from(s, 1);
    while (s.n && s.p[s.n - 1] == ' ')
        s.n--;
    if (str_ends(s, STR("\n")))
        s.n--;
    return s;
}

str telegram_html_sender(struct html_records *r, const struct html_node *message)
{
    const str name = html_words(r, own(own(message, "div.body"), "div.from_name"));
    const size_t via = str_find(name, STR(" via @"));
    return via == STR_NONE ? name : str_sub(name, 0, via);
}

static str bare(str link)
{
    static const char *const schemes[] = {"https://", "http://"};
    for (size_t i = 0; i < 2; i++)
        if (str_starts(link, str_of(schemes[i])))
            link = str_from(link, str_of(schemes[i]).n);
    return str_ends(link, STR("/")) ? str_sub(link, 0, link.n - 1) : link;
}

/* A link whose label hides its target: the target can be found as an attachment. */
static void add_hidden_links(struct html_records *r, const struct html_node *text,
                             struct message *m)
{
    for (const struct html_node *a = html_find(text, "a"); a; a = html_find_next(text, a, "a")) {
        const str href = html_attribute_of(a, "href");
        const str label = html_words(r, a);
        const bool web = str_starts(href, STR("http://")) || str_starts(href, STR("https://"));
        const bool tag = str_starts(label, STR("@")) || str_starts(label, STR("#"));
        if (web && !tag && !str_eq_nocase(bare(href), bare(label)))
            add_absent(&r->arena, m, ATTACH_LINK_CARD, arena_dup(&r->arena, href));
    }
}

static void add_mentions(struct html_records *r, const struct html_node *text, struct message *m)
{
    for (const struct html_node *a = html_find(text, "a"); a; a = html_find_next(text, a, "a")) {
        const str click = html_attribute_of(a, "onclick");
        const str label = html_words(r, a);
        if (str_find(click, STR("ShowMentionName")) != STR_NONE)
            add_mention(&r->arena, m, label, STR(""));
        else if (str_starts(label, STR("@")))
            add_mention(&r->arena, m, str_from(label, 1), STR(""));
    }
}

/* --- Media ------------------------------------------------------------------------------------- */

struct media_class {
    const char *class;
    enum attachment_kind kind;
};

static const struct media_class media_classes[] = {
    {"photo_wrap", ATTACH_IMAGE},          {"media_photo", ATTACH_IMAGE},
    {"sticker_wrap", ATTACH_IMAGE},        {"video_file_wrap", ATTACH_VIDEO},
    {"animated_wrap", ATTACH_VIDEO},       {"media_video", ATTACH_VIDEO},
    {"media_voice_message", ATTACH_AUDIO}, {"media_audio_file", ATTACH_AUDIO},
    {"media_file", ATTACH_FILE},
};

static const struct media_class *class_of(const struct html_node *node)
{
    const str classes = html_attribute_of(node, "class");
    for (size_t i = 0; i < sizeof media_classes / sizeof media_classes[0]; i++)
        if (html_class_has(classes, media_classes[i].class))
            return &media_classes[i];
    return NULL;
}

/* "Photo", "Sticker", "Voice message" ... are what Telegram calls a file that has no name. */
static str title_of(struct html_records *r, const struct html_node *media)
{
    return html_words(r, html_find(media, "div.title"));
}

/* The words of a contact, a place: "Location (51.5, 14.25)". */
static str described(struct html_records *r, const struct html_node *media)
{
    const str title = title_of(r, media);
    const str status = html_words(r, html_find(media, "div.status"));
    return status.n
               ? arena_printf(&r->arena, STR_FMT " (" STR_FMT ")", STR_ARG(title), STR_ARG(status))
               : title;
}

/* A contact, a place, a game, a shop: what Telegram shows, and where its link leads. */
static bool is_card(const struct html_node *media)
{
    static const char *const cards[] = {"media_contact",       "media_venue",   "media_location",
                                        "media_live_location", "media_invoice", "media_game"};
    const str classes = html_attribute_of(media, "class");
    for (size_t i = 0; i < sizeof cards / sizeof cards[0]; i++)
        if (html_class_has(classes, cards[i]))
            return true;
    return false;
}

static void add_media(struct html_records *r, const struct html_node *media, struct message *m)
{
    const struct media_class *class = class_of(media);
    const str href = arena_dup(&r->arena, html_attribute_of(media, "href"));
    if (is_card(media))
        add_absent(&r->arena, m, ATTACH_LINK_CARD, described(r, media));
    if (html_is_local(href))
        add_file(&r->arena, m, class ? class->kind : ATTACH_FILE, STR(""), href, r->options);
    else if (href.n)
        add_absent(&r->arena, m, ATTACH_LINK_CARD, href);
    else if (class)
        add_absent(&r->arena, m, class->kind, title_of(r, media));
}

static bool leave_details(const struct html_node *element, struct buf *out)
{
    (void)out;
    return html_is(element, "span.details");
}

/* The question and a line for each option; options read "- No", and how many voted. */
static str poll_text(struct html_records *r, const struct html_node *poll)
{
    static const struct html_text_how without_votes = {.stand_in = leave_details};
    struct buf text = buf_new(BUF_MESSAGE_MAX);
    html_text_of(html_find(poll, "div.question"), &text);
    for (const struct html_node *a = html_find(poll, "div.answer"); a;
         a = html_find_next(poll, a, "div.answer")) {
        const str answer = html_words_by(r, a, &without_votes);
        buf_add_byte(&text, '\n');
        buf_add(&text, str_from(answer, str_starts(answer, STR("- ")) ? 2 : 0));
    }
    const str kept = arena_dup(&r->arena, buf_str(&text));
    buf_free(&text);
    return kept;
}

static void read_media(struct html_records *r, const struct html_node *wrap, struct message *m)
{
    const struct html_node *media = wrap->first;
    while (media && !media->name.n)
        media = media->next;
    if (!media)
        return;
    const str classes = html_attribute_of(media, "class");
    if (html_class_has(classes, "media_poll")) {
        m->kind = KIND_POLL;
        m->text = poll_text(r, media);
    } else if (html_class_has(classes, "media_call")) {
        m->kind = KIND_CALL;
        m->text = arena_printf(&r->arena, "phone call: " STR_FMT,
                               STR_ARG(html_words(r, html_find(media, "div.status"))));
    } else {
        add_media(r, media, m);
    }
}

/* --- Reactions, reply, forward ----------------------------------------------------------------- */

static void add_named(struct html_records *r, const struct html_node *reaction, str emoji,
                      struct message *m)
{
    for (const struct html_node *n = html_find(reaction, "div.initials"); n;
         n = html_find_next(reaction, n, "div.initials"))
        add_reaction(
            &r->arena, m,
            (struct reaction){.emoji = emoji,
                              .sender = arena_dup(&r->arena, html_attribute_of(n, "title")),
                              .utc_ms = TIME_NONE,
                              .count = 1});
}

static void read_reactions(struct html_records *r, const struct html_node *body, struct message *m)
{
    const struct html_node *all = html_find(body, ".reactions");
    for (const struct html_node *n = html_find(all, ".reaction"); n;
         n = html_find_next(all, n, ".reaction")) {
        const str emoji = html_words(r, html_find(n, ".emoji"));
        const str count = html_words(r, html_find(n, ".count"));
        int64_t total;
        const size_t before = m->reaction_count;
        add_named(r, n, emoji, m);
        if (!str_to_u63(count, &total) || total > UINT32_MAX)
            continue;
        const size_t named = m->reaction_count - before;
        if ((uint64_t)total > named)
            add_reaction(&r->arena, m,
                         (struct reaction){.emoji = emoji,
                                           .utc_ms = TIME_NONE,
                                           .count = (uint32_t)((size_t)total - named)});
    }
}

/* "#go_to_message1658", "messages2.html#go_to_message1658" */
static str target_of(str href)
{
    const str mark = STR("#go_to_message");
    const size_t at = str_find(href, mark);
    return at == STR_NONE ? STR("") : str_from(href, at + mark.n);
}

static void read_reply(struct html_records *r, const struct html_node *body, struct message *m)
{
    const struct html_node *reply = own(body, "div.reply_to");
    if (!reply)
        return;
    m->flags |= FLAG_REPLY;
    m->reply_to = arena_dup(&r->arena, target_of(html_attribute_of(html_find(reply, "a"), "href")));
}

/* Beside the name of whose words they were stands when they were written: not the message's time. */
static bool leave_date(const struct html_node *element, struct buf *out)
{
    (void)out;
    return html_is(element, "span.date");
}

static void read_forward(struct html_records *r, const struct html_node *forwarded,
                         struct message *m)
{
    static const struct html_text_how without_date = {.stand_in = leave_date};
    const struct html_node *from = own(forwarded, "div.from_name");
    m->flags |= FLAG_FORWARDED;
    m->forwarded_from = html_words_by(r, from, &without_date);
    struct stamp s;
    if (stamp_written(html_attribute_of(html_find(from, "span.date"), "title"), ORDER_DMY, &s))
        m->forwarded_utc_ms = moment_of(&s, r->options).utc_ms;
}

void telegram_html_fill(struct html_records *r, const struct html_item *i, struct message *m)
{
    const struct html_node *body = own(i->root, "div.body");
    struct stamp s;
    m->time_shown = arena_dup(&r->arena, html_attribute_of(own(body, "div.date"), "title"));
    if (stamp_written(m->time_shown, ORDER_DMY, &s))
        m->time = moment_of(&s, r->options);
    read_reply(r, body, m);
    read_reactions(r, body, m);
    const struct html_node *forwarded = own(body, "div.forwarded");
    if (forwarded) {
        read_forward(r, forwarded, m);
        body = forwarded;
    }
    const struct html_node *wrap = own(body, "div.media_wrap"), *text = own(body, "div.text");
    if (wrap)
        read_media(r, wrap, m);
    if (!text)
        return;
    const str words = text_of(r, text);
    m->text = m->text.n
                  ? arena_printf(&r->arena, STR_FMT "\n" STR_FMT, STR_ARG(m->text), STR_ARG(words))
                  : words;
    add_hidden_links(r, text, m);
    add_mentions(r, text, m);
}
