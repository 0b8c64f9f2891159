/*
 * Finding quotations in a draft: an article as HTML, DOCX, ODT, Markdown, plain text or text copied out
 * of a PDF. Every quotation is found, none is dropped: scare quotes and titles are told apart later as
 * too short to check.
 *
 *     struct draft d;
 *     if (draft_read(&d, source, STR("article.html"), &arena, e) != OK) ...
 *     for (size_t i = 0; i < d.quote_count; i++)
 *         check(d.quotes[i].text, d.quotes[i].speaker, d.quotes[i].when_text);
 */
#ifndef STET_QUOTE_H
#define STET_QUOTE_H

#include "arena.h"
#include "dates.h"
#include "source.h"

enum quote_shape {
    QUOTE_INLINE,      /* between quotation marks, one paragraph */
    QUOTE_CONTINUED,   /* over several paragraphs, an opening mark repeated */
    QUOTE_INTERRUPTED, /* "..., " he said, " ...": its parts joined with one blank */
    QUOTE_BLOCK,       /* an indented block quotation */
    QUOTE_LOG          /* lines in the shape of a chat log */
};

/* Bytes of draft.text between marks, without them. */
struct quote_part {
    size_t at, end;
};

/* One quotation. `text` is what is compared; at and end are bytes of the draft's plain text. */
struct draft_quote {
    str text;
    enum quote_shape shape;
    size_t at, end;                 /* in draft.text, marks included */
    const struct quote_part *parts; /* one, or more if it is continued, interrupted or a log */
    size_t part_count;
    size_t paragraph; /* index of the paragraph it begins in */
    int level;        /* 0 outermost; 1 a quotation inside a quotation */
    size_t part_of;   /* for level > 0: index of the quotation around it */
    str speaker;      /* guessed from the sentence around it; empty if there is nothing to read */
    str when_text;    /* the words that give a date or time; empty if none */
    struct date_range when; /* as wall time; both ends TIME_NONE if none or relative */
    int64_t
        after_previous_ms; /* "eighteen seconds later": 18000; TIME_NONE if it says no such thing */
    bool unbalanced;       /* an opening mark without a closing one, or the other way round */
};

struct draft {
    str title; /* of the document, or its file name */
    str text;  /* the plain text, paragraphs separated by one blank line */
    struct draft_paragraph {
        size_t at, end;
        bool heading, block;
    } * paragraphs;
    size_t paragraph_count;
    struct draft_quote *quotes; /* by `at` */
    size_t quote_count;
    const char *format; /* "html", "docx", "odt", "markdown", "text" */
    bool cut;           /* it has more than DRAFT_QUOTES_MAX quotations: the rest was not read */
};

enum { DRAFT_BYTES_MAX = 32 << 20, DRAFT_QUOTES_MAX = 50000 };

/* Everything lives in the arena. ERR_FORMAT if it is none of the formats, ERR_LIMIT if too large.
   A date without a year ("on March 2") takes the year that the draft named last, otherwise the latest
   one that is not after `today_wall_ms`. */
MUST_USE enum status draft_read(struct draft *out, struct source *s, int64_t today_wall_ms,
                                struct arena *a, struct err *e);

/* The same for text that is plain already: the part that is tested and fuzzed. Without paragraphs,
   d->text is parted at its blank lines. */
void draft_find_quotes(struct draft *d, int64_t today_wall_ms, struct arena *a);

#endif
