/*
 * The report of a checked draft as one HTML page: the draft with every quotation marked, and a card of
 * evidence for each. It needs no script, no network and no other file; it prints as a backup package.
 *
 *     struct buf page = buf_new(REPORT_BYTES_MAX);
 *     report_html(&page, &draft, checked, &facts);       // checked[i] belongs to draft.quotes[i]
 *
 * It says nothing about the machine it was made on: no paths, no user, no clock, unless `made` is given.
 */
#ifndef STET_REPORT_H
#define STET_REPORT_H

#include "buf.h"
#include "markup.h"
#include "quote.h"
#include "verify.h"

enum { REPORT_BYTES_MAX = 1 << 30 };

/* How a quotation fares, in the words of the summary. */
enum report_class {
    REPORT_STANDS,
    REPORT_DIFFERS,   /* altered, or the wording stands and something else does not */
    REPORT_ABSENT,    /* absent or near */
    REPORT_OPEN,      /* too short to check, or equally good in several places */
    REPORT_UNCHECKED, /* the checker refused it (too long) */
    REPORT_CLASSES
};

struct report_quote {
    const struct verdict *verdict; /* NULL: unchecked */
    str why_unchecked;             /* one sentence */
    /* Messages of the same conversation around the quoted ones; may be none. */
    const struct stored *before, *after;
    size_t before_count, after_count;
};

struct report_facts {
    str archive_name; /* a file name without its folder */
    str version;      /* of the program */
    int64_t messages, conversations;
    int64_t first_wall_ms, last_wall_ms; /* TIME_NONE: nothing is dated */
    str zone_name;
    enum time_basis basis;
    str made; /* when the report was made, as words; empty: not said */
};

enum report_class report_class_of(const struct verdict *v); /* NULL: REPORT_UNCHECKED */

/* The page is appended to `out`; out->full tells that the ceiling was met and the page is not whole. */
void report_html(struct buf *out, const struct draft *d, const struct report_quote *checked,
                 const struct report_facts *f);

/* Its parts, for a page that has a frame of its own: what stands in <body>, and the style sheet. */
void report_body(struct markup *m, const struct draft *d, const struct report_quote *checked,
                 const struct report_facts *f);
str report_style(void);

#endif
