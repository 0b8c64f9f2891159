/*
 * The walk over an alignment: what differences.c (what each operation means) and pieces.c (how the two
 * texts are put together from it) share.
 */
#ifndef STET_VERIFY_WORD_WALK_H
#define STET_VERIFY_WORD_WALK_H

#include "laid.h"

/* Where the walk stands: the last item and word that were laid side by side. */
struct walk {
    struct findings *f;
    const struct laid *l;
    bool begun;           /* something was laid side by side before */
    size_t item_end;      /* byte in the quotation behind the last item */
    size_t word;          /* index of the last source word, if begun */
    bool boundary_marked; /* an ellipsis stands since then */
    bool broken; /* a line break or stroke stands since then, at bytes break_at to break_end */
    size_t break_at, break_end;
    bool touching; /* nothing was inserted, dropped or left out since then */
    /* up to where the pieces show both texts */
    bool shown_any;
    size_t quote_shown, source_message, source_shown;
};

enum { NO_MESSAGE = -1 };

/* Where a piece stands in both texts; message NO_MESSAGE: in the quotation only. */
struct reach {
    size_t quote_at, quote_end, message, last_message, source_at, source_end;
};

/* ---- texts -------------------------------------------------------------------------------------- */

size_t walk_message(const struct laid *l, size_t word); /* index of the message that holds a word */
str walk_quote_text(const struct laid *l, size_t at, size_t end);
str walk_item_text(const struct laid *l, size_t item, size_t count);
/* From word `first` to word `last`, which must stand in one message. */
str walk_source_text(const struct laid *l, size_t first, size_t last);
/* Words of a range, message by message: for texts that a difference left out. */
str walk_words_text(const struct laid *l, struct arena *a, size_t first, size_t count);

/* What stands behind the last quoted word in its own message, up to the next word there. */
str walk_tail(const struct walk *w);

/* ---- findings ------------------------------------------------------------------------------------- */

void findings_add_difference(struct findings *f, struct difference d);
/* The quoted message of a row, appended when it is new; its index. */
size_t findings_message(struct findings *f, int64_t row);

/* Puts a piece behind the last one. What stands between the two goes in first as it is, so that the
   pieces show both texts whole. */
void walk_place(struct walk *w, struct piece p, struct reach r);
struct reach walk_reach(const struct walk *w, const struct align_op *op);

struct difference walk_difference(struct walk *w, const struct align_op *op,
                                  enum difference_kind kind);
void walk_report(struct walk *w, const struct align_op *op, struct difference d);
void walk_same(struct walk *w, const struct align_op *op);

/* Both ends, when the walk is done (edges.c). */
void walk_edges(struct walk *w);

#endif
