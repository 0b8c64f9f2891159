/*
 * HTML that is always whole and never somebody else's: text and attribute values are escaped here and
 * nowhere else, and every element that was opened is closed.
 *
 *     struct markup m = markup_to(&buf);
 *     markup_open(&m, "a", "class", "soft", NULL);
 *     markup_attr(&m, "href", url);                  // values that are not literals
 *     markup_text(&m, message_text);
 *     markup_close(&m);
 *     markup_element(&m, "h2", STR("Sources"));      // open, text, close
 *     markup_end(&m);
 *
 * Control characters, bidi overrides and broken UTF-8 are shown as safe_text shows them ("\u{202e}").
 * Names of elements and attributes are the program's own literals.
 */
#ifndef STET_MARKUP_H
#define STET_MARKUP_H

#include "buf.h"

enum { MARKUP_DEPTH_MAX = 64 };

struct markup {
    struct buf *out;
    const char *open[MARKUP_DEPTH_MAX];
    int depth;
    bool in_tag;        /* the innermost start tag can still take attributes */
    struct buf scratch; /* for what safe_text makes of a text */
};

struct markup markup_to(struct buf *out);
void markup_end(struct markup *m); /* closes what is open, frees the scratch */

/* Pairs of attribute name and value, then NULL; a value of "" is written as a bare attribute. */
void markup_open(struct markup *m, const char *element, ...) __attribute__((sentinel));
/* Right after markup_open: one more attribute; one without a value. */
void markup_attr(struct markup *m, const char *name, str value);
void markup_attrf(struct markup *m, const char *name, const char *fmt, ...) PRINTF_LIKE(3, 4);
void markup_flag(struct markup *m, const char *name);

void markup_close(struct markup *m); /* the innermost one; <input>, <br> ... get no end tag */
void markup_close_to(struct markup *m, int depth);
void markup_empty(struct markup *m, const char *element, ...) __attribute__((sentinel));

void markup_text(struct markup *m, str text);
void markup_lines(struct markup *m, str text); /* line feeds become <br> */
void markup_textf(struct markup *m, const char *fmt, ...) PRINTF_LIKE(2, 3);

/* <element class=...>text</element>; class NULL: none. */
void markup_line(struct markup *m, const char *element, const char *css_class, str text);
void markup_element(struct markup *m, const char *element, str text);

/* The text inside <bdi>, so that its direction cannot reach what stands around it. */
void markup_foreign(struct markup *m, str text);

/* <element dir="auto">text</element>: text of the archive by itself. */
void markup_isolated(struct markup *m, const char *element, str text);

/* The bytes of our own style sheet or picture, as they are. */
void markup_own(struct markup *m, str bytes);

#endif
