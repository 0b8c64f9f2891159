/* Records of web pages on their way from html_items to the sink. */
#include "html_records.h"

static bool any_lossy(const struct html_node *node)
{
    for (const struct html_node *n = node; n;) {
        if (n->lossy)
            return true;
        if (n->first) {
            n = n->first;
            continue;
        }
        while (n != node && !n->next)
            n = n->parent;
        n = n == node ? NULL : n->next;
    }
    return false;
}

static void note(struct line_note *n, struct locus where)
{
    if (!n->count++)
        n->first = where;
}

struct message html_message(struct html_records *r, const struct html_item *i)
{
    struct message m = message_empty();
    m.locus = (struct locus){.at = i->at, .length = i->raw.n, .line = i->line};
    m.raw = i->raw;
    for (const struct html_node *n = i->root; n; n = n->next)
        m.flags |= any_lossy(n) ? FLAG_LOSSY : 0;
    if (m.flags & FLAG_LOSSY)
        note(&r->lossy, m.locus);
    if (i->cut)
        note(&r->cut, m.locus);
    return m;
}

enum status html_refuse(struct html_records *r, const struct html_item *i, const char *code,
                        str what, str way_out, struct err *e)
{
    const struct issue issue = {
        .severity = ISSUE_ERROR,
        .code = code,
        .what = what,
        .way_out = way_out,
        .locus = {.at = i->at, .length = i->raw.n, .line = i->line},
        .covers = true,
    };
    return r->sink->issue(r->sink, &issue, e);
}

str html_words_by(struct html_records *r, const struct html_node *node,
                  const struct html_text_how *how)
{
    buf_clear(&r->scratch);
    html_text_by(node, how, &r->scratch);
    return arena_dup(&r->arena, buf_str(&r->scratch));
}

str html_words(struct html_records *r, const struct html_node *node)
{
    static const struct html_text_how plain = {0};
    return html_words_by(r, node, &plain);
}

const struct html_node *html_around(const struct html_node *node, const char *selector)
{
    const struct html_node *n = node ? node->parent : NULL;
    while (n && !html_is(n, selector))
        n = n->parent;
    return n;
}

bool html_is_local(str href)
{
    const size_t slash = str_find_byte(href, '/'), colon = str_find_byte(href, ':');
    const bool scheme = colon != STR_NONE && (slash == STR_NONE || colon < slash);
    return href.n && !scheme && href.p[0] != '#' && !str_starts(href, STR("//"));
}

/* --- Reading ----------------------------------------------------------------------------------- */

static enum status on_item(void *context, const struct html_item *i, struct err *e)
{
    struct html_records *r = context;
    arena_clear(&r->arena);
    r->items++;
    return r->format->item(r, i, e);
}

static enum status on_outside(void *context, uint64_t at, uint64_t length, struct err *e)
{
    struct html_records *r = context;
    return r->sink->wrapping(r->sink, at, length, e);
}

static enum status on_stray(void *context, const struct html_node *text, uint64_t at, struct err *e)
{
    struct html_records *r = context;
    return r->format->stray(r, text, at, e);
}

static enum status tell_notes(struct html_records *r, struct err *e)
{
    static const struct line_note_words lossy = {
        .severity = ISSUE_WARN,
        .code = "badUtf8",
        .one = "message holds bytes that are not UTF-8, shown as U+FFFD",
        .many = "messages hold bytes that are not UTF-8, shown as U+FFFD",
        .way_out = "Look at the raw record: the bytes are kept as they are.",
    };
    static const struct line_note_words cut = {
        .severity = ISSUE_WARN,
        .code = "longRecord",
        .one = "record is larger than any message and was cut off",
        .many = "records are larger than any message and were cut off",
        .way_out = "Look at the page there: a tag may be missing its end.",
    };
    const enum status st = line_note_tell(r->sink, &r->lossy, &lossy, e);
    return st == OK ? line_note_tell(r->sink, &r->cut, &cut, e) : st;
}

enum status html_records_read(struct html_records *r, struct source *source,
                              const struct html_format *format,
                              const struct import_options *options, struct sink *sink,
                              struct err *e)
{
    const struct html_items_handler handler = {
        .is_item = format->is_item,
        .goes_on = format->goes_on,
        .ends_item = format->ends_item,
        .item = on_item,
        .outside = on_outside,
        .stray = format->stray ? on_stray : NULL,
    };
    const str here = siblings_here(options->siblings);
    r->sink = sink;
    r->options = options;
    r->format = format;
    r->path = here.n ? here : source_name(source);
    r->scratch = buf_new(BUF_MESSAGE_MAX);
    enum status st = html_items(source, &handler, r, e);
    if (st == OK)
        st = tell_notes(r, e);
    arena_free(&r->arena);
    arena_free(&r->kept);
    buf_free(&r->scratch);
    return st;
}
