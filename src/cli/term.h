/*
 * What is printed goes through here: our own words as they are, everything that comes from an
 * archive, a file name or the command line through safe_text, so that no message can command the
 * terminal. Colours exist on a terminal only, and are the only control sequences that we write.
 *
 *     struct term t = term_open(STDOUT_FILENO, "auto");
 *     term_addf(&t, "%d messages by ", 12);
 *     term_safe(&t, sender);
 *     term_add(&t, STR("\n"));
 *     if (term_close(&t, e) != OK) ...          // the disk may be full
 */
#ifndef STET_TERM_H
#define STET_TERM_H

#include "buf.h"
#include "query.h"

enum style {
    STYLE_PLAIN,
    STYLE_SOFT,   /* what is around the matter */
    STYLE_STRONG, /* names, headings */
    STYLE_MARK,   /* what was searched for */
    STYLE_WARN,
    STYLE_COUNT
};

struct term {
    int fd;
    bool tty, colour;
    int columns;    /* of the terminal; 80 elsewhere */
    struct buf out; /* not written yet */
    enum style style;
    int error; /* errno of the first failed write, 0 so far */
};

struct term term_open(int fd, const char *when); /* "auto", "always", "never"; NULL is auto */
void term_add(struct term *t, str ours);
void term_addf(struct term *t, const char *fmt, ...) PRINTF_LIKE(2, 3);
void term_pad(struct term *t, int columns); /* that many blanks */
void term_style(struct term *t, enum style style);

/* One line of foreign text. On a terminal, text that runs from right to left is isolated (UAX #9), so
   that it cannot pull our own words after it out of place. */
void term_safe(struct term *t, str foreign);

/* The same, escaped and plain, for whoever needs to measure it first. */
void term_escape(struct buf *out, str foreign);

/* A message's text: foreign, with its own line breaks, indented; wrapped on a terminal only. */
struct passage {
    str text;
    const struct span *marks; /* byte spans of text */
    size_t mark_count;
    int indent;
    enum style style; /* outside the marks */
    bool brackets;    /* [marks] */
};
void term_passage(struct term *t, const struct passage *p);

void term_flush(struct term *t);

/* Writes what is left and frees. ERR_IO if anything was not written; a reader that has gone away
   (a closed pipe) is none of our business and OK. */
MUST_USE enum status term_close(struct term *t, struct err *e);

#endif
