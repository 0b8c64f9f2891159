/*
 * Inside the draft reader: readers of each format write plain paragraphs through struct draft_text,
 * then the finders look for quotations in them, one after the other.
 */
#ifndef STET_VERIFY_DRAFT_H
#define STET_VERIFY_DRAFT_H

#include "buf.h"
#include "quote.h"

/* ---- writing the plain text -------------------------------------------------------------------- */

struct draft_text {
    struct draft *draft;
    struct arena *arena;
    struct buf text;
    size_t paragraph_cap;
    size_t at;           /* where the paragraph being written begins */
    bool heading, block; /* of that paragraph */
    bool wants_blank;    /* white space was seen since the last word */
    bool wants_line;     /* a line break was */
};

void draft_text_begin(struct draft_text *t, struct draft *d, struct arena *a);
/* Ends the paragraph before, if it has text, and begins another. */
void draft_text_paragraph(struct draft_text *t, bool heading, bool block);
void draft_text_add(struct draft_text *t, str words); /* runs of white space become one blank */
void draft_text_line(struct draft_text *t);           /* a line break inside a paragraph */
void draft_text_end(struct draft_text *t);            /* sets draft->text */

/* A title that the document gives itself; the first one counts. */
void draft_set_title(struct draft_text *t, str title);

/* The readers. `text` is valid UTF-8 with line feeds only; `bytes` of an office file are its own. */
MUST_USE enum status draft_read_html(struct draft_text *t, str text, struct err *e);
MUST_USE enum status draft_read_office(struct draft_text *t, str bytes, struct err *e);
void draft_read_markdown(struct draft_text *t, str text);
void draft_read_plain(struct draft_text *t, str text);

/* True for a line like "[2016-03-02 09:41:07] <noll> text", "10:15 noll: text". */
struct log_line {
    str stamp, name;
    size_t text_at; /* in the line */
};
bool draft_log_line(str line, struct log_line *out);

/* ---- finding ------------------------------------------------------------------------------------- */

/* Quotations as they are found; `cut` once there are DRAFT_QUOTES_MAX. */
struct quote_list {
    struct arena *arena;
    struct draft_quote *quotes;
    size_t count, cap;
    bool cut;
};

/* NULL if the list is full. */
struct draft_quote *quote_list_add(struct quote_list *l);

/* Lines in the shape of a chat log. log_at[i]: where they begin in paragraph i, or its end. */
void draft_find_logs(const struct draft *d, struct quote_list *out, size_t *log_at);

/* Everything between quotation marks, in text before log_at[i] of each paragraph. */
void draft_find_marked(const struct draft *d, const size_t *log_at, struct quote_list *out);

/* Block quotations without marks; `marked` is what was found so far, by `at`. */
void draft_find_blocks(const struct draft *d, const size_t *log_at, struct quote_list *marked);

/* Quotations that an attribution interrupts become one. The list is by `at`, and stays so. */
void draft_join_interrupted(const struct draft *d, struct quote_list *l);

/* Fills in speaker, when_text, when, after_previous_ms from the sentences around. */
void draft_read_claims(struct draft *d, int64_t today_wall_ms, struct arena *a);

#endif
