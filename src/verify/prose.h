/*
 * The sentences around a quotation, as words and signs. Quotations are opaque: one piece each, so that
 * nobody's words are read as the writer's.
 *
 *     On March 2, the account wrote: “…”        becomes
 *     On · March · 2 · , · the · account · wrote · : · QUOTE
 */
#ifndef STET_VERIFY_PROSE_H
#define STET_VERIFY_PROSE_H

#include "arena.h"
#include "quote.h"

enum prose_kind { PROSE_WORD, PROSE_COMMA, PROSE_COLON, PROSE_STOP, PROSE_SIGN, PROSE_QUOTE };

struct prose_piece {
    enum prose_kind kind;
    bool capital;      /* a word that begins with a capital letter */
    uint32_t sentence; /* running number in the paragraph */
    size_t at, end;    /* bytes of draft.text */
    size_t quote;      /* PROSE_QUOTE: index into draft.quotes */
};

/* One paragraph at a time; the memory is used again. */
struct prose {
    str text; /* of the draft */
    struct prose_piece *pieces;
    size_t count, cap;
    struct arena *arena;
};

enum { PROSE_PARAGRAPH_MAX = 1 << 20 }; /* bytes of one paragraph that are read for claims */

/* Reads paragraph i; *quote is the first quotation that may lie in it, and is moved past those that do. */
void prose_read(struct prose *p, const struct draft *d, size_t i, size_t *quote);

str prose_text(const struct prose *p, size_t piece);

/* What one word does in a sentence of attribution; texts are compared without case. */
bool prose_is_verb(str word);    /* said, wrote, called ... */
bool prose_is_pronoun(str word); /* he, she, they, it */

/* "he said,", "wrote Harbour Watch on Tuesday,": somebody, and a verb of saying, not joined to what is
   before by "and" or "that". */
bool prose_is_attribution(str between);

/* Who speaks, as pieces [from, to) say. */
enum subject_kind {
    SUBJECT_NONE, /* no verb of saying */
    SUBJECT_SAME, /* a verb without a subject of its own, or a pronoun: whoever spoke before */
    SUBJECT_NAMED,
    SUBJECT_UNKNOWN /* somebody without a name: "another participant" */
};
struct subject {
    enum subject_kind kind;
    bool pronoun;
    str name;
};

/* Of the last verb in [from, to): what stands before a quotation. */
struct subject prose_subject_before(const struct prose *p, size_t from, size_t to);

/* Of the first verb in [from, to): what follows a quotation directly. */
struct subject prose_subject_after(const struct prose *p, size_t from, size_t to);

#endif
