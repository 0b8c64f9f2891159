/*
 * Tables as text: RFC 4180 and its relatives, in any encoding (text_lines.h), with the exact bytes of
 * every row.
 *
 *     struct csv *c;
 *     if (csv_open(&c, source, &(struct csv_how){0}, e) != OK) ...     // finds the delimiter
 *     while ((step = csv_next(c, &row, e)) == STEP_ROW) ...            // the header is the first row
 *
 * A quotation mark that is never closed costs one row: past CSV_FIELD_MAX bytes, or at the end of the
 * source, the row is taken back to its first line, marked `unclosed`, and reading goes on with the next.
 * So does a field of several lines that ends in a mark with neither delimiter nor line end behind it.
 */
#ifndef STET_CSV_H
#define STET_CSV_H

#include "text_lines.h"

enum { CSV_FIELDS_MAX = 4096, CSV_FIELD_MAX = 64 << 20 };

struct csv;

struct csv_how {
    char delimiter; /* 0: the most even of , ; TAB | in the first lines */
    bool backslash; /* \" \n \\ inside fields, as MySQL writes them */
};

struct csv_row {
    const str *fields; /* UTF-8, quotes undone; borrowed until the next call */
    const bool *quoted; /* whether a field stood in quotes (MySQL's NULL does not) */
    size_t count;
    uint64_t at, line; /* of its first byte */
    str raw;           /* its bytes, with the line's end */
    bool blank;        /* an empty line: one empty field */
    bool unclosed, lossy;
    bool rest;         /* bytes that belong to the unclosed row before it, which was too long for one */
};

MUST_USE enum status csv_open(struct csv **out, struct source *s, const struct csv_how *how,
                              struct err *e);
void csv_close(struct csv *c);
enum step csv_next(struct csv *c, struct csv_row *out, struct err *e);
char csv_delimiter(const struct csv *c);
uint64_t csv_bom(const struct csv *c); /* bytes before the first row: wrapping */

#endif
