/*
 * Lines of a source, with exact byte ranges, LF or CRLF, in constant memory. A record may take
 * several lines: lines_mark begins one at the line just read, lines_marked gives its raw bytes.
 *
 *     struct lines l = lines_of(source);
 *     struct line line;
 *     while ((step = lines_next(&l, &line, e)) == STEP_ROW)
 *         printf("%" PRIu64 ": " STR_FMT "\n", line.at, STR_ARG(line.text));
 */
#ifndef STET_LINES_H
#define STET_LINES_H

#include "source.h"

enum { LINE_MAX_BYTES = 16 << 20 }; /* a longer line is handed out in pieces with `cut` set */

struct lines {
    struct source *source;
    str end;          /* what ends a line; empty: LF, with a CR before it or without */
    size_t next;      /* start of the next line, relative to the source's cursor */
    size_t last;      /* start of the line just read */
    bool marked, cut, marked_cut; /* there is a mark; the line just read, the marked line goes on */
    uint64_t number;  /* of the line just read, from 1 */
    size_t marked_next;     /* start of the line behind the marked one, relative to the cursor */
    uint64_t marked_number; /* of the marked line */
};

struct line {
    str text;        /* without its end; borrowed until the next call */
    uint64_t at;     /* byte offset in the source */
    size_t bytes;    /* with its end */
    uint64_t number; /* from 1; the pieces of a cut line share one */
    bool cut;        /* the line goes on: LINE_MAX_BYTES was reached */
};

struct lines lines_of(struct source *s);

/* Lines that end at `end` and nothing else: "\r", or a line feed of two or four bytes, which then counts
   only where it stands at a multiple of its length. A cut line ends at such a place. */
struct lines lines_ending(struct source *s, str end);
enum step lines_next(struct lines *l, struct line *out, struct err *e);

/* From now on the bytes from the line just read are kept in the window, until the next mark. So a
   caller that wants constant memory marks again before a record grows without end; one of more than
   SOURCE_WINDOW_MAX bytes ends the reading with ERR_LIMIT. The line just read stays borrowed. */
void lines_mark(struct lines *l);
/* The raw bytes from the marked line up to, not including, the line just read (up to the end of
   input after STEP_DONE). Borrowed until the next call. *at is their offset. */
str lines_marked(struct lines *l, uint64_t *at);
/* Reading goes on behind the marked line, as if no line had been read since; lines_marked gives that
   one. */
void lines_again(struct lines *l);

#endif
