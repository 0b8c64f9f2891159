/*
 * Lines of a text in any encoding, as UTF-8, with their exact bytes in the source. The encoding is
 * found once for the source: a byte order mark, UTF-16 by its NULs, UTF-8 if its first part is, or else
 * one of the legacy encodings by what ICU thinks of it. In a UTF-8 text, a line that has bytes which are
 * not UTF-8 gets U+FFFD for them; if `mixed` is set and the line has no character in UTF-8 beyond ASCII
 * (a line that was merely broken off has), it is read as Windows-1252.
 *
 *     struct text_lines *t;
 *     if (text_lines_open(&t, source, &(struct text_lines_how){.mixed = true}, e) != OK) ...
 *     while ((step = text_lines_next(t, &line, e)) == STEP_ROW) ...
 *
 * Lines end at LF, CRLF, or CR alone in a text that has no LF; U+2028 and U+0085 do not end one.
 */
#ifndef STET_TEXT_LINES_H
#define STET_TEXT_LINES_H

#include "source.h"

struct text_lines;

struct text_lines_how {
    const char *charset; /* an ICU name; NULL: find it */
    bool mixed;
};

struct text_line {
    str text;        /* UTF-8 without NUL, without the line's end; borrowed until the next call */
    uint64_t at;     /* byte offset in the source */
    size_t bytes;    /* with its end */
    uint64_t number; /* from 1; the pieces of a cut line share one */
    bool cut;        /* the line goes on: LINE_MAX_BYTES was reached */
    bool crlf;       /* it ended in CRLF */
    bool lossy;      /* something had to be replaced by U+FFFD */
    bool guessed;    /* read as Windows-1252 among UTF-8 lines */
};

MUST_USE enum status text_lines_open(struct text_lines **out, struct source *s,
                                     const struct text_lines_how *how, struct err *e);
void text_lines_close(struct text_lines *t);
enum step text_lines_next(struct text_lines *t, struct text_line *out, struct err *e);

/* As lines_mark and lines_marked: the raw bytes of a record of several lines. */
void text_lines_mark(struct text_lines *t);
str text_lines_marked(struct text_lines *t, uint64_t *at);
/* As lines_again: reading goes on behind the marked line. */
void text_lines_again(struct text_lines *t);

const char *text_lines_charset(const struct text_lines *t); /* "UTF-8", "UTF-16LE", "windows-874" ... */
uint64_t text_lines_bom(const struct text_lines *t); /* bytes of the byte order mark: wrapping */

/* The first part of a source as UTF-8 for importers' bids: into `out` if it has to be decoded. */
str text_prefix(str raw, char *out, size_t room);

#endif
