/*
 * The one reader of HTML: libxml2's push parser, with the exact place of every text in the page.
 *
 *     static enum status on_text(void *context, struct html *h, const struct html_text *t,
 *                                struct err *e) {...}
 *     const struct html_handler handler = {.text = on_text};
 *     if (html_read(source, &handler, &context, e) != OK) ...
 *
 * Promises
 * - The page is read as UTF-8, whatever it says of itself: a byte that is not UTF-8 spoils nothing
 *   but itself, no nesting of up to HTML_DEPTH_MAX is too deep and no text too long.
 * - Every text between tags comes exactly once, in order. The contents of script and style do not
 *   come, nor do comments. References are decoded ("&#128;" as browsers do); a reference to no
 *   character comes as U+FFFD, and two halves of a surrogate pair as the character they mean.
 * - Elements that the page never closes are closed where libxml2 closes them; open and close come
 *   in pairs. Tags that stand where none may stand are passed over, their contents are not. A start
 *   tag within which the page ends begins no element.
 */
#ifndef STET_HTML_H
#define STET_HTML_H

#include "source.h"

enum {
    HTML_TAG_ATTRIBUTES_MAX = 4096,
    HTML_DEPTH_MAX = 200000,
    HTML_SEARCH_MAX = 1 << 30 /* steps to look for the start of elements that end and never began */
};

struct html;

struct html_tag {
    str name;                      /* lower case */
    const char *const *attributes; /* name, value (may be NULL), ..., NULL; or NULL */
    uint64_t at,
        end; /* from its '<' to behind its '>'; nothing between them if the page has no such
                         tag (a "</p>" implies one), and `at` is late if it has more than 64 KiB */
};

/* A piece of text: a run of characters as the page has them, or one reference. */
struct html_text {
    str text;         /* bytes of the page: perhaps not UTF-8, perhaps with NUL; or decoded */
    uint64_t at, end; /* its byte range in the page */
    bool reference;   /* decoded from "&...;" */
    bool lost;        /* a reference to no character: `text` is U+FFFD */
};

/* All are optional. What they are given is borrowed until they return. */
struct html_handler {
    enum status (*open)(void *context, struct html *h, const struct html_tag *tag, struct err *e);
    enum status (*close)(void *context, struct html *h, str name, struct err *e);
    enum status (*text)(void *context, struct html *h, const struct html_text *t, struct err *e);
    /* After everything else, when what is kept can still be had. */
    enum status (*end)(void *context, struct html *h, struct err *e);
};

/* Reads the page to its end. ERR_FORMAT if libxml2 gives up, ERR_LIMIT for a tag with more than
   HTML_TAG_ATTRIBUTES_MAX attributes or a page past the other two limits (what they limit costs time
   squared), or what a handler returned. */
MUST_USE enum status html_read(struct source *source, const struct html_handler *handler,
                               void *context, struct err *e);

/* From now on the page's bytes from `at` are kept for html_raw; UINT64_MAX: none need be. What is
   kept counts against SOURCE_WINDOW_MAX. */
void html_keep(struct html *h, uint64_t at);

/* The page's bytes [at, end), which must be kept or belong to the text at hand; borrowed until the
   handler returns. Empty if they are gone. */
str html_raw(const struct html *h, uint64_t at, uint64_t end);

/* Within `close`: where the element ends, behind its end tag or before the tag that ends it unsaid. */
uint64_t html_element_end(const struct html *h);

/* The line, from 1, on which the byte at `at` stands: a byte that is kept, and not before the one that
   was asked for last. */
uint64_t html_line(struct html *h, uint64_t at);

/* The value of an attribute; false if the tag has none of that name. */
bool html_attribute(const struct html_tag *tag, const char *name, str *value);

#endif
