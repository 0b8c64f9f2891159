/* What can be asked of the tree of a record: elements by name, class and id, and its text. */
#include "html_items.h"

#include <string.h>

/* --- Selectors --------------------------------------------------------------------------------- */

str html_attribute_of(const struct html_node *node, const char *name)
{
    str value = {0};
    if (!node || !node->attributes)
        return STR("");
    const struct html_tag tag = {.name = node->name, .attributes = node->attributes};
    return html_attribute(&tag, name, &value) ? value : STR("");
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static bool has_class(str classes, str name)
{
    for (size_t at = 0; at < classes.n;) {
        size_t end = at;
        while (end < classes.n && !is_space(classes.p[end]))
            end++;
        if (end > at && str_eq(str_sub(classes, at, end - at), name))
            return true;
        at = end + 1;
    }
    return false;
}

bool html_class_has(str classes, const char *name)
{
    return has_class(classes, str_of(name));
}

bool html_is(const struct html_node *node, const char *selector)
{
    if (!node || !node->name.n)
        return false;
    if (*selector == '#')
        return str_eq(html_attribute_of(node, "id"), str_of(selector + 1));
    const str all = str_of(selector);
    const size_t dot = str_find_byte(all, '.');
    const str name = dot == STR_NONE ? all : str_sub(all, 0, dot);
    if (name.n && !str_eq(name, node->name))
        return false;
    str classes = dot == STR_NONE ? STR("") : str_from(all, dot + 1), class;
    while (str_split(&classes, '.', &class))
        if (!has_class(html_attribute_of(node, "class"), class))
            return false;
    return true;
}

/* In document order; NULL behind the last node below `top`. */
static const struct html_node *behind(const struct html_node *top, const struct html_node *node)
{
    while (node != top && !node->next)
        node = node->parent;
    return node == top ? NULL : node->next;
}

static const struct html_node *find_from(const struct html_node *top, const struct html_node *node,
                                         const char *selector)
{
    while (node && !html_is(node, selector))
        node = node->first ? node->first : behind(top, node);
    return node;
}

const struct html_node *html_find(const struct html_node *node, const char *selector)
{
    return node ? find_from(node, node, selector) : NULL;
}

const struct html_node *html_find_next(const struct html_node *node, const struct html_node *after,
                                       const char *selector)
{
    if (!node || !after)
        return NULL;
    return find_from(node, after->first ? after->first : behind(node, after), selector);
}

/* --- Text -------------------------------------------------------------------------------------- */

/* A text as it is laid out: what is due before the next character, if one comes. */
struct flow {
    struct buf *out;
    const struct html_text_how *how;
    size_t begin, feeds, pre;
    bool space, lossy;
};

static const char *const blocks[] = {
    "address", "article", "aside", "blockquote", "caption",    "center", "dd",      "details",
    "div",     "dl",      "dt",    "fieldset",   "figcaption", "figure", "footer",  "form",
    "h1",      "h2",      "h3",    "h4",         "h5",         "h6",     "header",  "hr",
    "li",      "main",    "nav",   "ol",         "p",          "pre",    "section", "summary",
    "table",   "td",      "th",    "tr",         "ul",
};

static bool is_block(str name)
{
    for (size_t i = 0; i < sizeof blocks / sizeof blocks[0]; i++)
        if (str_eq(name, str_of(blocks[i])))
            return true;
    return false;
}

static void put_due(struct flow *f)
{
    for (; f->feeds && f->out->n > f->begin; f->feeds--, f->space = false)
        buf_add_byte(f->out, '\n');
    if (f->space && f->out->n > f->begin)
        buf_add_byte(f->out, ' ');
    f->feeds = 0;
    f->space = false;
}

static void put_collapsed(struct flow *f, str text)
{
    for (size_t i = 0; i < text.n;) {
        size_t end = i;
        while (end < text.n && !is_space(text.p[end]))
            end++;
        if (end > i) {
            put_due(f);
            buf_add(f->out, str_sub(text, i, end - i));
        }
        for (i = end; i < text.n && is_space(text.p[i]); i++)
            f->space = true;
    }
}

static void put_text(struct flow *f, const struct html_node *node)
{
    f->lossy = f->lossy || node->lossy;
    if (!f->how->keep_space && !f->pre) {
        put_collapsed(f, node->text);
        return;
    }
    put_due(f);
    buf_add(f->out, node->text);
}

/* True if what is in it is to be read. */
static bool enter(struct flow *f, const struct html_node *node)
{
    if (!node->name.n) {
        put_text(f, node);
        return false;
    }
    if (str_eq(node->name, STR("br"))) {
        f->feeds++;
        return false;
    }
    if (is_block(node->name) && !f->feeds)
        f->feeds = 1;
    struct buf words = buf_new(BUF_MESSAGE_MAX);
    const bool done = f->how->stand_in && f->how->stand_in(node, &words);
    if (done && words.n) {
        put_due(f);
        buf_add(f->out, buf_str(&words));
    }
    buf_free(&words);
    return !done;
}

static bool is_pre(const struct html_node *node)
{
    return str_eq(node->name, STR("pre"));
}

static void leave(struct flow *f, const struct html_node *node)
{
    if (is_block(node->name) && !f->feeds)
        f->feeds = 1;
}

bool html_text_by(const struct html_node *node, const struct html_text_how *how, struct buf *out)
{
    struct flow f = {.out = out, .how = how, .begin = out->n};
    for (const struct html_node *at = node ? node->first : NULL; at;) {
        if (enter(&f, at) && at->first) {
            f.pre += is_pre(at);
            at = at->first;
            continue;
        }
        leave(&f, at);
        while (!at->next && at->parent != node) {
            at = at->parent;
            f.pre -= is_pre(at);
            leave(&f, at);
        }
        at = at->next;
    }
    return f.lossy;
}

bool html_text_of(const struct html_node *node, struct buf *out)
{
    static const struct html_text_how plain = {0};
    return html_text_by(node, &plain, out);
}
