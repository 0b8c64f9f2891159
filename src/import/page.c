/* The lines of a web page, made from the texts and tags that the HTML reader hands out. */
#include "page.h"

#include "utf8.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE_LINE_MAX = 16 << 20 }; /* a longer line is handed out in pieces */

struct element_name {
    const char *name;
    enum element_class class;
};

/* In order of name; what is missing is inline. */
static const struct element_name names[] = {
    {"address", ELEMENT_CONTAINER}, {"article", ELEMENT_CONTAINER},
    {"aside", ELEMENT_FURNITURE},   {"blockquote", ELEMENT_CONTAINER},
    {"body", ELEMENT_CONTAINER},    {"br", ELEMENT_BREAK},
    {"button", ELEMENT_UNSEEN},     {"caption", ELEMENT_ITEM},
    {"center", ELEMENT_CONTAINER},  {"dd", ELEMENT_ITEM},
    {"details", ELEMENT_CONTAINER}, {"dir", ELEMENT_CONTAINER},
    {"div", ELEMENT_CONTAINER},     {"dl", ELEMENT_CONTAINER},
    {"dt", ELEMENT_ITEM},           {"fieldset", ELEMENT_CONTAINER},
    {"figcaption", ELEMENT_ITEM},   {"figure", ELEMENT_CONTAINER},
    {"footer", ELEMENT_FURNITURE},  {"form", ELEMENT_CONTAINER},
    {"h1", ELEMENT_ITEM},           {"h2", ELEMENT_ITEM},
    {"h3", ELEMENT_ITEM},           {"h4", ELEMENT_ITEM},
    {"h5", ELEMENT_ITEM},           {"h6", ELEMENT_ITEM},
    {"head", ELEMENT_CONTAINER},    {"header", ELEMENT_FURNITURE},
    {"hr", ELEMENT_CONTAINER},      {"html", ELEMENT_CONTAINER},
    {"iframe", ELEMENT_UNSEEN},     {"legend", ELEMENT_ITEM},
    {"li", ELEMENT_ITEM},           {"main", ELEMENT_CONTAINER},
    {"nav", ELEMENT_FURNITURE},     {"noscript", ELEMENT_UNSEEN},
    {"ol", ELEMENT_CONTAINER},      {"p", ELEMENT_PARAGRAPH},
    {"pre", ELEMENT_ITEM},          {"script", ELEMENT_UNSEEN},
    {"section", ELEMENT_CONTAINER}, {"select", ELEMENT_UNSEEN},
    {"style", ELEMENT_UNSEEN},      {"summary", ELEMENT_ITEM},
    {"table", ELEMENT_CONTAINER},   {"tbody", ELEMENT_ITEM},
    {"td", ELEMENT_ITEM},           {"template", ELEMENT_UNSEEN},
    {"textarea", ELEMENT_UNSEEN},   {"tfoot", ELEMENT_ITEM},
    {"th", ELEMENT_ITEM},           {"thead", ELEMENT_ITEM},
    {"title", ELEMENT_UNSEEN},      {"tr", ELEMENT_ITEM},
    {"ul", ELEMENT_CONTAINER},
};

static int by_name(const void *key, const void *row)
{
    return strcmp(key, ((const struct element_name *)row)->name);
}

static enum element_class class_of(const char *name)
{
    const struct element_name *found =
        bsearch(name, names, sizeof names / sizeof names[0], sizeof names[0], by_name);
    return found ? found->class : ELEMENT_INLINE;
}

str page_raw(const struct page *p, uint64_t at, uint64_t end)
{
    return html_raw(p->html, at, end);
}

/* --- Lines ------------------------------------------------------------------------------------- */

/* What the caller wants kept, and the line at hand. */
static void keep(struct page *p)
{
    const bool line = p->text.n && p->now.at < p->keep;
    html_keep(p->html, line ? p->now.at : p->keep);
}

static enum status hand_out(struct page *p, struct err *e)
{
    const bool blank = !p->text.n;
    if (blank)
        p->now = (struct page_line){.block = p->now.block};
    p->now.text = buf_str(&p->text);
    const enum status st = p->line(p->context, p, &p->now, e);
    p->any = true;
    p->space = false;
    buf_clear(&p->text);
    p->now = (struct page_line){0};
    keep(p);
    return st;
}

/* Ends the line; one that holds nothing only where `always`. */
static enum status end_line(struct page *p, bool always, struct err *e)
{
    p->space = false;
    return p->text.n || always ? hand_out(p, e) : OK;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* The blank line between paragraphs, once it is known that something follows. */
static enum status part(struct page *p, struct err *e)
{
    const bool blank = p->parted && p->any && !p->text.n;
    p->parted = false;
    return blank ? hand_out(p, e) : OK;
}

static enum status begin_line(struct page *p, uint64_t at, struct err *e)
{
    const enum status st = p->furniture ? OK : part(p, e);
    size_t block = p->depth;
    while (block > 0 && p->open[block - 1].class == ELEMENT_INLINE)
        block--;
    p->now = (struct page_line){
        .at = at,
        .block = block,
        .furniture = p->furniture > 0,
    };
    return st;
}

/* A run of visible characters, with the blank that goes before it. */
static enum status put(struct page *p, str run, uint64_t at, uint64_t end, struct err *e)
{
    enum status st = OK;
    if (p->text.n && at - p->now.at > PAGE_LINE_MAX) {
        const struct page_line whole = p->now;
        st = hand_out(p, e);
        p->now = whole;
        p->now.repair = (struct repair){0};
        p->now.at = at;
        p->now.continues = true;
    } else if (!p->text.n) {
        st = begin_line(p, at, e);
    } else if (p->space) {
        buf_add_byte(&p->text, ' ');
    }
    p->space = false;
    if (repair_needed(run))
        repair_text(&p->text, run, at, &p->now.repair);
    else
        buf_add(&p->text, run);
    p->now.end = end;
    keep(p);
    return st;
}

static enum status put_collapsed(struct page *p, str text, uint64_t at, struct err *e)
{
    enum status st = OK;
    for (size_t i = 0; i < text.n && st == OK;) {
        if (is_space(text.p[i])) {
            p->space = p->text.n > 0;
            i++;
            continue;
        }
        /* blanks between words stay as they are when they are single: one run, not one a word */
        size_t end = i + 1;
        while (end < text.n && (!is_space(text.p[end]) || (text.p[end] == ' ' && end + 1 < text.n &&
                                                           !is_space(text.p[end + 1]))))
            end++;
        st = put(p, str_sub(text, i, end - i), at + i, at + end, e);
        i = end;
    }
    return st;
}

/* In <pre> a line feed ends a line, and blanks stay. */
static enum status put_pre(struct page *p, str text, uint64_t at, struct err *e)
{
    enum status st = OK;
    for (size_t i = 0; i < text.n && st == OK;) {
        const size_t lf = str_find_byte(str_from(text, i), '\n');
        size_t end = lf == STR_NONE ? text.n : i + lf;
        const size_t next = lf == STR_NONE ? text.n : end + 1;
        if (lf != STR_NONE && end > i && text.p[end - 1] == '\r')
            end--;
        if (end > i)
            st = put(p, str_sub(text, i, end - i), at + i, at + end, e);
        if (lf != STR_NONE && st == OK)
            st = end_line(p, true, e);
        i = next;
    }
    return st;
}

static enum status on_text(void *context, struct html *h, const struct html_text *t, struct err *e)
{
    struct page *p = context;
    p->html = h;
    if (p->unseen)
        return OK;
    if (t->reference && !is_space(t->text.p[0])) {
        const enum status st = put(p, t->text, t->at, t->end, e);
        if (t->lost && !p->now.repair.bad++) {
            p->now.repair.bad_at = t->at;
            p->now.repair.bad_bytes = t->end - t->at;
        }
        return st;
    }
    return p->pre ? put_pre(p, t->text, t->at, e) : put_collapsed(p, t->text, t->at, e);
}

/* --- Elements ---------------------------------------------------------------------------------- */

static enum status edge(struct page *p, enum element_class class, struct err *e)
{
    switch (class) {
    case ELEMENT_INLINE:
    case ELEMENT_UNSEEN:
    case ELEMENT_BREAK: return OK;
    case ELEMENT_PARAGRAPH: {
        const enum status st = end_line(p, false, e);
        p->parted = true;
        return st;
    }
    case ELEMENT_CONTAINER:
    case ELEMENT_ITEM:
    case ELEMENT_FURNITURE: return end_line(p, false, e);
    }
    return OK;
}

static void push(struct page *p, const char *name, enum element_class class)
{
    if (p->depth == p->cap) {
        p->cap = p->cap ? p->cap * 2 : 64;
        p->open = realloc(p->open, p->cap * sizeof *p->open);
        if (!p->open)
            abort();
    }
    struct page_element *new = &p->open[p->depth++];
    *new =
        (struct page_element){.class = class, .pre = !strcmp(name, "pre"), .serial = ++p->serial};
    strncpy(new->name, name, sizeof new->name - 1);
    p->unseen += class == ELEMENT_UNSEEN;
    p->furniture += class == ELEMENT_FURNITURE;
    p->pre += new->pre;
}

static enum status on_open(void *context, struct html *h, const struct html_tag *tag, struct err *e)
{
    struct page *p = context;
    p->html = h;
    const enum element_class class = class_of(tag->name.p);
    enum status st = p->unseen ? OK : edge(p, class, e);
    if (st == OK && class == ELEMENT_BREAK && !p->unseen) {
        st = p->text.n ? OK : part(p, e);
        if (st == OK)
            st = end_line(p, true, e);
    }
    push(p, tag->name.p, class);
    return st;
}

static enum status on_close(void *context, struct html *h, str name, struct err *e)
{
    struct page *p = context;
    p->html = h;
    (void)name; /* libxml2 closes what is open, innermost first */
    if (!p->depth)
        return OK;
    const struct page_element last = p->open[p->depth - 1];
    enum status st = p->unseen ? OK : edge(p, last.class, e);
    if (st == OK)
        st = p->close(p->context, p, e);
    keep(p);
    p->depth--;
    p->unseen -= last.class == ELEMENT_UNSEEN;
    p->furniture -= last.class == ELEMENT_FURNITURE;
    p->pre -= last.pre;
    return st;
}

static enum status on_end(void *context, struct html *h, struct err *e)
{
    struct page *p = context;
    p->html = h;
    const enum status st = end_line(p, false, e);
    return st == OK ? p->end(p->context, p, e) : st;
}

enum status page_read(struct page *p, struct source *source, struct err *e)
{
    static const struct html_handler handler = {
        .open = on_open, .close = on_close, .text = on_text, .end = on_end};
    p->text = buf_new(BUF_MESSAGE_MAX);
    enum status st = html_read(source, &handler, p, e);
    buf_free(&p->text);
    free(p->open);
    p->open = NULL;
    return st;
}
