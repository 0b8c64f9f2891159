/*
 * Records of a web page: for each element that is one (a <div class="message">), its tree and its
 * exact bytes, from the '<' of its start tag to the '>' of its end tag; memory for one record at a time.
 *
 *     static bool is_message(void *context, const struct html_tag *tag) {...}
 *     const struct html_items_handler h = {.is_item = is_message, .item = on_item, .outside = on_outside};
 *     html_items(source, &h, &context, e);
 *     // in on_item:  const struct html_node *date = html_find(i->root, "div.date");
 *     //              str when = html_attribute_of(date, "title");
 *     //              html_text_of(html_find(i->root, "div.text"), &buf);
 */
#ifndef STET_HTML_ITEMS_H
#define STET_HTML_ITEMS_H

#include "buf.h"
#include "html.h"

enum {
    HTML_ITEM_MAX = 64 << 20,
    HTML_ITEM_TEXT_MAX = 16 << 20,
    HTML_ITEM_NODES_MAX = 1 << 20,
    HTML_ITEM_DEPTH_MAX =
        64, /* what is nested deeper stands beside its parents in the tree: so that asking
                                 for each of some elements and all that is in it stays cheap */
    HTML_VALUE_MAX = 1 << 20, /* a longer value of an attribute is cut off */
    HTML_CHAIN_MAX = 256 /* elements around an item or a stray text; deeper ones are left out */
};

struct html_node {
    str name; /* lower case; empty for a text */
    str text; /* of a text: decoded, UTF-8 without NUL, white space as in the page */
    const char *const *attributes; /* name, value ..., NULL; as in html_tag */
    const struct html_node *parent, *first,
        *next;  /* the parent of an item is in the chain around it */
    bool lossy; /* of a text: something was replaced by U+FFFD */
};

struct html_item {
    const struct html_node *root; /* borrowed until the handler returns */
    str raw;
    uint64_t at, line;
    bool cut; /* past one of the limits above: tree and bytes end early, and the rest of
                 it is outside */
};

struct html_items_handler {
    /* Asked for each element outside of items. */
    bool (*is_item)(void *context, const struct html_tag *tag);
    /* Asked for an element that follows an item with nothing but white space between: true if it belongs
       to the item too, as `root->next`. Optional. */
    bool (*goes_on)(void *context, const struct html_tag *tag);
    /* Asked for each element in an item: true if the item ends before it, tree and bytes, and what is in
       the element is outside again (and may be items). Optional. */
    bool (*ends_item)(void *context, const struct html_tag *tag);
    enum status (*item)(void *context, const struct html_item *i, struct err *e);
    /* Bytes outside of all items, in order; together with the items they are all. */
    enum status (*outside)(void *context, uint64_t at, uint64_t length, struct err *e);
    /* A text outside of items that is not only white space, with the chain of elements around it (its
       parent, ..., up to body; each with attributes, without children). Optional. */
    enum status (*stray)(void *context, const struct html_node *text, uint64_t at, struct err *e);
};
MUST_USE enum status html_items(struct source *source, const struct html_items_handler *h,
                                void *context, struct err *e);

/* The first element at or below `node` in document order that fits "name", ".class", "name.class",
   "name.a.b" or "#id"; NULL if there is none or `node` is NULL. html_find_next goes on behind `after`
   within `node`. */
const struct html_node *html_find(const struct html_node *node, const char *selector);
const struct html_node *html_find_next(const struct html_node *node, const struct html_node *after,
                                       const char *selector);
bool html_is(const struct html_node *node, const char *selector);      /* the element itself */
str html_attribute_of(const struct html_node *node, const char *name); /* empty if it has none */

/* The text of an element as a reader sees it: white space collapsed outside <pre>, <br> and the ends of
   blocks as line feeds, nothing at both ends. Adds to `out`; true if something in it was lossy. */
bool html_text_of(const struct html_node *node, struct buf *out);

/* The same, for pages that have their own ways. */
struct html_text_how {
    bool keep_space; /* as in <pre>: white space stays, also at both ends */
    /* Asked for each element below: true if it is done with what was added to `out`, or with nothing; an
       emoji's picture stands for its `alt`. NULL: none is. */
    bool (*stand_in)(const struct html_node *element, struct buf *out);
};
bool html_text_by(const struct html_node *node, const struct html_text_how *how, struct buf *out);

bool html_class_has(str classes, const char *name); /* "message default joined" has "joined" */

#endif
