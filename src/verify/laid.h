/*
 * A part of a quotation laid beside a stretch of a conversation: the aligner's input and answer with
 * the texts they speak of. What differences.c reads and verdict.c chooses between.
 */
#ifndef STET_VERIFY_LAID_H
#define STET_VERIFY_LAID_H

#include "items.h"
#include "store.h"
#include "verify.h"

struct laid {
    struct quote_items items;
    struct align_problem problem;
    struct alignment alignment;
    const int64_t *rows; /* of problem.messages */
    const str *texts;
    int words_equal; /* words of the quotation that stand there in order, spacing aside */
    int words_of;
};

/* What walking one or several laid parts finds; arrays grow in the arena. */
struct findings {
    struct arena *arena;
    struct difference *differences;
    size_t difference_count, difference_cap;
    struct piece *pieces;
    size_t piece_count, piece_cap;
    struct quoted_message *messages; /* only stored.row, from, to, passed_over are set */
    size_t message_count, message_cap;
    uint32_t flags;
};

/* Appends what one laid part shows. Parts come in the order of the quotation. */
void findings_add(struct findings *f, const struct laid *l);

/* Flags that need all differences at once: a word dropped here and inserted there. */
void findings_finish(struct findings *f);

/* ---- gaps: what stands between two words (gaps.c) -------------------------------------------------- */

enum gap_difference {
    GAP_SAME,
    GAP_SPACING,
    GAP_QUOTE_MARKS,
    GAP_DASH,
    GAP_PUNCTUATION,
    GAP_QUESTION, /* punctuation, and a question mark is on one side only */
    GAP_NUMBER,   /* between two figures: "3.14" and "3 14" are not the same number */
    GAP_SYMBOLS   /* wording: "(((", "%", "$" ... */
};

/* What stands between two words on both sides, and whether the words around it are figures. */
struct gap {
    str quoted, source;
    bool after_digit, before_digit; /* the word before ends, the word behind begins with a digit */
    bool before_group;              /* the word behind is three figures: "48,600" */
};
enum gap_difference gap_compare(const struct gap *g);

/* What is glued to the first or last quoted word, on both sides: "$", "-", "%", or the other half of a
   number. Only GAP_NUMBER and GAP_SYMBOLS are told; the rest is punctuation at an edge. */
struct edge {
    str quoted, source; /* the characters up to the next blank, letter or digit */
    bool digit;         /* the word's own character at this edge is a digit */
    bool cuts_number;   /* and beyond the glue the source goes on with another */
};
enum gap_difference gap_compare_edge(const struct edge *e, bool leading);

/* The same figures under the rules of print: "48,600", "48 600" and "48600" are one number; "1.5" and
   "15", "5-10" and "510" are not. Both texts hold digits. */
bool gap_same_number(str quoted, str source);

/* "…", "..", "–" at a message's end or start: its author goes on in the next message. */
bool gap_has_continuation(str gap);

/* Both sides are the same word after folding; how do their characters differ? Returns false if they
   are the same bytes. DIFF_RESPELT if an accent differs. */
bool word_spelling_differs(str quoted, str source, enum difference_kind *kind);

#endif
