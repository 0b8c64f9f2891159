/*
 * What all formats in HTML share: the page's records as messages, the books of bytes, and what is odd
 * about characters said once. A format tells which elements are records, and makes a message of each.
 *
 *     struct page {
 *         struct html_records records; // first: handlers get its address
 *         ...
 *     };
 *     static const struct html_format format = {.is_item = is_message, .item = on_item};
 *     return html_records_read(&page.records, source, &format, options, sink, e);
 */
#ifndef IMPORT_HTML_RECORDS_H
#define IMPORT_HTML_RECORDS_H

#include "html_items.h"
#include "line_records.h"
#include "message_parts.h"

struct html_records {
    struct sink *sink;
    const struct import_options *options;
    const struct html_format *format;
    str path;           /* of the page, within what the user handed over */
    struct arena arena; /* the record's: emptied before each */
    struct arena kept;  /* the page's */
    struct buf scratch;
    struct line_note lossy, cut;
    uint64_t items;
};

struct html_format {
    bool (*is_item)(void *records, const struct html_tag *tag);
    bool (*goes_on)(void *records, const struct html_tag *tag); /* or NULL, as in html_items */
    /* Or NULL; where records cannot stand in each other, a record ends another that lost its end. */
    bool (*ends_item)(void *records, const struct html_tag *tag);
    /* Must push exactly one message, or one covering issue, for the item. */
    enum status (*item)(struct html_records *r, const struct html_item *i, struct err *e);
    /* A text outside of items: titles, dates, footers; or NULL. */
    enum status (*stray)(struct html_records *r, const struct html_node *text, uint64_t at,
                         struct err *e);
};

/* The caller sets nothing in `r`: it may be the first member of a larger struct with what the format
   needs besides. When it returns, what `r` held is freed. */
MUST_USE enum status html_records_read(struct html_records *r, struct source *source,
                                       const struct html_format *format,
                                       const struct import_options *options, struct sink *sink,
                                       struct err *e);

/* An empty message with its place and raw bytes; FLAG_LOSSY if any text of the item is. */
struct message html_message(struct html_records *r, const struct html_item *i);

/* A record that is no message: a covering ISSUE_ERROR for all its bytes. */
MUST_USE enum status html_refuse(struct html_records *r, const struct html_item *i,
                                 const char *code, str what, str way_out, struct err *e);

/* The text of an element, in the record's arena; empty for NULL. */
str html_words(struct html_records *r, const struct html_node *node);
str html_words_by(struct html_records *r, const struct html_node *node,
                  const struct html_text_how *how);

/* Is there an element that fits the selector around this one? The nearest; NULL if there is none. */
const struct html_node *html_around(const struct html_node *node, const char *selector);

/* Is it a path to a file beside the page (no scheme, no fragment alone)? */
bool html_is_local(str href);

#endif
