/*
 * What the independent counters of line formats share: the heads of a source's lines, found in its
 * raw bytes. It knows nothing of text_lines.h, by which readers find theirs: it undoes UTF-16 itself,
 * and other encodings not at all (their digits and punctuation are ASCII all the same).
 *
 *     static bool counts(struct counter *c, str head) { return head_fits(head, "#:99\t") > 0; }
 *     void line_chat_count(struct counter *c, str bytes) { count_lines(c, bytes, counts); }
 *
 * The first six words of counter.state and its `line` are taken; [6] and [7] are the judge's.
 */
#ifndef IMPORT_COUNT_LINES_H
#define IMPORT_COUNT_LINES_H

#include "importer.h"

enum { COUNT_HEAD_BYTES = 120 }; /* as much of a line's beginning as a judge sees */

/* Asks `counts` once for each line with its first bytes as UTF-8, without its end; true adds a record. The
   head of a blank line is empty, however many blanks it has. Lines end at LF; at CR alone where no LF
   came before it. */
void count_lines(struct counter *c, str bytes, bool (*counts)(struct counter *c, str head));

/* For judges: whether the line before the one at hand ended in CRLF. */
bool count_after_crlf(const struct counter *c);

/* How many bytes of the head's beginning fit a pattern; 0 if it does not. In patterns '9' stands for a
   digit, '#' for one to four, 'w' for ASCII letters, '~' for nothing or a Korean AM or PM and a
   blank, '%' for AM or PM, and all else for itself. */
size_t head_fits(str head, const char *pattern);

#endif
