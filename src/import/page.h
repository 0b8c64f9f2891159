/*
 * The lines of a web page, as a reader sees them: <br> ends a line, the start and the end of a block
 * element end one that holds something, and between paragraphs stands one blank line. White space is
 * collapsed outside <pre>, and taken off at both ends of a line; U+00A0 is not white space.
 */
#ifndef IMPORT_PAGE_H
#define IMPORT_PAGE_H

#include "buf.h"
#include "html.h"
#include "repair.h"

enum element_class {
    ELEMENT_INLINE,
    ELEMENT_CONTAINER, /* div, ul, table ...: holds blocks */
    ELEMENT_ITEM,      /* li, td, h1 ...: a block that holds text, beside others of its kind */
    ELEMENT_PARAGRAPH, /* p: an item with a blank line around it */
    ELEMENT_FURNITURE, /* header, nav ...: a container of what is not the page's matter */
    ELEMENT_UNSEEN,    /* script, textarea ...: its text is not text of the page */
    ELEMENT_BREAK,     /* br */
};

struct page_element {
    enum element_class class;
    bool pre;
    char name[14];   /* cut if longer */
    uint64_t serial; /* no two elements of a page have the same */
};

struct page_line {
    str text;         /* borrowed until the callback returns; empty if the line is blank */
    uint64_t at, end; /* its bytes in the page, from its first to its last character */
    struct repair repair;
    size_t block; /* depth of the innermost element around it that is not inline; 0 if none is */
    bool furniture;
    bool continues; /* a piece of a line that is too long to be handed out whole, not the first */
};

struct page {
    enum status (*line)(void *context, struct page *p, const struct page_line *l, struct err *e);
    /* Called when the innermost element open[depth - 1] ends, before it is taken away. */
    enum status (*close)(void *context, struct page *p, struct err *e);
    enum status (*end)(void *context, struct page *p, struct err *e); /* after the last line */
    void *context;
    uint64_t keep; /* keep the page's bytes from here for page_raw; UINT64_MAX: none */

    struct html *html; /* the rest is the page's own */
    struct page_element *open;
    size_t depth, cap, unseen, furniture, pre;
    uint64_t serial;
    struct buf text;
    struct page_line now;
    bool space;  /* white space came, which counts if a character follows */
    bool parted; /* the end of a paragraph came: a blank line precedes the next line */
    bool any;    /* a line was handed out */
};

/* Reads all of the page. The callbacks, `context` and `keep` are set by the caller, the rest is 0. */
MUST_USE enum status page_read(struct page *p, struct source *source, struct err *e);
str page_raw(const struct page *p, uint64_t at, uint64_t end);

#endif
