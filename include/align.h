/*
 * Alignment: laying a quotation beside a stretch of a conversation, word by word, at the least cost.
 * A pure function of its input: no archive, no clock, no allocation but the arena. The answer is a
 * list of operations that reads from the quotation's first word to its last.
 *
 *     struct align_problem p = {.items = items, .item_count = n, .words = words, .word_count = m,
 *                               .messages = messages, .message_count = k, .main_speaker = 3};
 *     struct alignment got;
 *     if (align_run(&p, &arena, &got))
 *         for (size_t i = 0; i < got.count; i++) ...   // got.ops[i].kind, .item, .word ...
 *
 * The method is semi-global alignment (Sellers 1980; affine gaps after Gotoh 1982): the quotation must
 * be explained whole, the conversation may be entered and left anywhere. Beside match, substitution,
 * insertion and unmarked drop there are moves that only quotations have: an ellipsis leaves out words
 * almost for free, a bracket stands for a few words, [sic] for none, a whole message by somebody else
 * between two by the speaker is passed over, and words that differ only in spacing or hyphens match as
 * a block ("muc hslime" and "much slime"). Ties are broken by a fixed order, so the same input gives
 * the same alignment everywhere.
 */
#ifndef STET_ALIGN_H
#define STET_ALIGN_H

#include "arena.h"
#include "str.h"

/* Costs in thousandths of a word. They are shown in docs/verdicts.md; change both. */
enum align_cost {
    COST_SUBSTITUTE = 1350,
    COST_RESPELT = 600, /* near enough in letters to be the same word, misspelt or corrected */
    COST_INSERT = 1400,
    COST_DROP_FIRST = 800,
    COST_DROP_NEXT = 200,
    COST_DROP_LINK = 20, /* a URL, a platform's marker, an emoji */
    COST_ELIDE_OPEN = 20,
    COST_ELIDE_WORD = 4,
    COST_BRACKET_OPEN = 80,
    COST_BRACKET_NOTHING = 150, /* supplies words where the source has none */
    COST_BRACKET_WORD = 60,
    COST_BRACKET_AWAY = 200, /* stands for the last words of another message */
    COST_BLOCK_WORD = 15,    /* same letters, other spacing; for each word of both sides */
    COST_PASS_OVER = 150,
    COST_BREAK_INSIDE = 100 /* the quotation marks a boundary where the source has none */
};

enum {
    ALIGN_CELLS_MAX = 16 << 20, /* items x words that align_run accepts */
    ALIGN_BRACKET_WORDS = 8,    /* source words that one bracket may stand for */
    ALIGN_BLOCK_WORDS = 3
};

/* A word of either side. `fold` decides equality; at and end are bytes of its own text. */
struct align_word {
    str fold;
    size_t at, end;
    uint32_t message; /* index into messages; 0 in the quotation */
    bool
        link; /* part of a URL, a platform's marker or an emoji: dropping it is no change of words */
    /* derived from `fold` by align_prepare, so that most pairs are told apart without looking closer */
    uint64_t hash;
    uint64_t letters; /* bit set of code points, modulo 64 */
    uint8_t length;   /* code points, at most 255 */
    bool figure;      /* holds a digit */
};

/* Fills in what is derived from w->fold. */
void align_prepare(struct align_word *w);

enum align_item_kind {
    ITEM_WORD,
    ITEM_ELLIPSIS,
    ITEM_BRACKET, /* [Her], [the report]: stands for 0 to 8 source words */
    ITEM_SIC,
    ITEM_BREAK /* a line end or a stroke: a marked boundary between messages */
};

struct align_item {
    enum align_item_kind kind;
    struct align_word word;         /* ITEM_WORD */
    const struct align_word *inner; /* ITEM_BRACKET: its words */
    size_t inner_count;
    bool bracketed; /* ITEM_WORD with letters in brackets: [P]refer, terroris[m] */
    str kept; /* for those: the folded letters outside the brackets, if these stand at the end */
    size_t at, end; /* bytes in the quotation */
};

struct align_message {
    uint32_t first_word, word_count;
    int64_t speaker;
};

struct align_problem {
    const struct align_item *items;
    size_t item_count;
    const struct align_word *words; /* of all messages, in order */
    size_t word_count;
    const struct align_message *messages;
    size_t message_count;
    int64_t main_speaker; /* messages of others may be passed over whole */
};

enum align_op_kind {
    OP_MATCH,      /* one word, equal after folding */
    OP_BLOCK,      /* several words with the same letters, other spacing */
    OP_RESPELT,    /* one word, nearly the same letters */
    OP_SUBSTITUTE, /* one word for another */
    OP_INSERT,     /* a word that the source does not have */
    OP_DROP,       /* a source word that the quotation left out without a mark */
    OP_ELIDE,      /* an ellipsis, and the source words it left out (maybe none) */
    OP_EDITORIAL,  /* a bracket, and the source words it stands for (maybe none) */
    OP_SIC,
    OP_BREAK,
    OP_PASS_OVER /* a whole message by another speaker */
};

struct align_op {
    enum align_op_kind kind;
    size_t item, item_count; /* range of items; count 0 for OP_DROP and OP_PASS_OVER */
    size_t word, word_count; /* range of source words; count 0 for OP_INSERT, OP_SIC, OP_BREAK */
};

struct alignment {
    struct align_op *ops; /* in the arena */
    size_t count;
    int64_t cost; /* thousandths of a word */
};

/* False if items x words exceed ALIGN_CELLS_MAX or one side is empty. */
bool align_run(const struct align_problem *p, struct arena *a, struct alignment *out);

/* "go[es]" for "go", "terroris[ts]" for "terrorism": the bracket changes an ending of at most three
   letters. Anything else in brackets must spell the source's word. */
bool align_inflects(const struct align_item *item, const struct align_word *source);

/* True if two words are near enough in letters to be one word misspelt (optimal string alignment
   distance of code points, at most 1 in 3 letters and at most 3; words of one or two letters and words
   with figures never). */
bool align_respelt(const struct align_word *a, const struct align_word *b);

#endif
