/*
 * An article as HTML: its paragraphs, headings, lists and block quotations, without what browsers do
 * not show as text (scripts, navigation, buttons). <q> gets the marks that a browser would print.
 */
#include "draft.h"

#include "html.h"

struct page {
    struct draft_text *out;
    struct buf title;
    int hidden; /* depth inside elements that are not read */
    int quotes; /* depth inside <blockquote> */
    int pre, q;
    bool in_title;
};

static bool is_one_of(str name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(name, str_of(names[i])))
            return true;
    return false;
}

#define NAMED(name, list) is_one_of((name), (list), sizeof(list) / sizeof *(list))

static bool is_hidden(str name)
{
    static const char *const names[] = {"nav",    "script",   "style",  "noscript", "template",
                                        "button", "select",   "option", "svg",      "iframe",
                                        "object", "textarea", "form"};
    return NAMED(name, names);
}

static bool is_paragraph(str name)
{
    static const char *const names[] = {
        "p",      "div",        "li",      "ul",      "ol",      "dl",     "dt",
        "dd",     "pre",        "td",      "th",      "tr",      "table",  "h1",
        "h2",     "h3",         "h4",      "h5",      "h6",      "header", "main",
        "hr",     "body",       "aside",   "article", "section", "footer", "blockquote",
        "figure", "figcaption", "address", "caption", "center"};
    return NAMED(name, names);
}

static bool is_heading(str name)
{
    return name.n == 2 && name.p[0] == 'h' && name.p[1] >= '1' && name.p[1] <= '6';
}

static void begin(struct page *p, bool heading)
{
    draft_text_paragraph(p->out, heading, p->quotes > 0);
}

static enum status on_open(void *context, struct html *h, const struct html_tag *tag, struct err *e)
{
    (void)h;
    (void)e;
    struct page *const p = context;
    if (is_hidden(tag->name))
        p->hidden++;
    if (str_eq(tag->name, STR("title")))
        p->in_title = true;
    if (p->hidden)
        return OK;
    p->quotes += str_eq(tag->name, STR("blockquote"));
    p->pre += str_eq(tag->name, STR("pre"));
    if (is_paragraph(tag->name))
        begin(p, is_heading(tag->name));
    else if (str_eq(tag->name, STR("br")))
        draft_text_line(p->out);
    else if (str_eq(tag->name, STR("q")))
        draft_text_add(p->out, p->q++ % 2 ? STR("\u2018") : STR("\u201C"));
    return OK;
}

static enum status on_close(void *context, struct html *h, str name, struct err *e)
{
    (void)h;
    (void)e;
    struct page *const p = context;
    if (str_eq(name, STR("title")))
        p->in_title = false;
    if (is_hidden(name) && p->hidden > 0) {
        p->hidden--;
        return OK;
    }
    if (p->hidden)
        return OK;
    p->quotes -= str_eq(name, STR("blockquote")) && p->quotes > 0;
    p->pre -= str_eq(name, STR("pre")) && p->pre > 0;
    if (is_paragraph(name))
        begin(p, false);
    else if (str_eq(name, STR("q")) && p->q > 0)
        draft_text_add(p->out, --p->q % 2 ? STR("\u2019") : STR("\u201D"));
    return OK;
}

static void add_lines(struct draft_text *out, str text)
{
    str rest = text, line;
    while (str_split(&rest, '\n', &line)) {
        draft_text_add(out, line);
        if (line.p + line.n < text.p + text.n)
            draft_text_line(out);
    }
}

static enum status on_text(void *context, struct html *h, const struct html_text *t, struct err *e)
{
    (void)h;
    (void)e;
    struct page *const p = context;
    if (p->in_title)
        buf_add(&p->title, t->text);
    else if (p->pre && !p->hidden)
        add_lines(p->out, t->text);
    else if (!p->hidden)
        draft_text_add(p->out, t->text);
    return OK;
}

enum status draft_read_html(struct draft_text *t, str text, struct err *e)
{
    static const struct html_handler handler = {
        .open = on_open, .close = on_close, .text = on_text};
    struct page p = {.out = t, .title = buf_new(BUF_LINE_MAX)};
    struct source *s = NULL;
    enum status st = source_of_bytes(&s, STR("draft"), text, e);
    draft_text_paragraph(t, false, false);
    if (st == OK)
        st = html_read(s, &handler, &p, e);
    source_close(s);
    draft_set_title(t, buf_str(&p.title));
    buf_free(&p.title);
    return st;
}
