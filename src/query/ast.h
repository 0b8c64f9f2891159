/*
 * The tree of a query. Inner nodes are AND, OR, NOT and NEAR; a leaf is a text (word, prefix, phrase,
 * exact spelling, similar word), bytes, a regular expression, or a field. Every node knows where it stands in what the user typed, so
 * that plan errors (a name that does not exist) can point at it. All of it lives in the query's
 * arena.
 */
#ifndef STET_QUERY_AST_H
#define STET_QUERY_AST_H

#include "arena.h"
#include "dates.h"
#include "query.h"
#include "zone.h"

enum node_kind {
    NODE_ALL,    /* the empty query */
    NODE_AND,    /* two kids or more, none of them an AND */
    NODE_OR,     /* two kids or more, none of them an OR */
    NODE_NOT,    /* one kid */
    NODE_NEAR,   /* two kids, each a text or an OR of texts */
    NODE_THREAD, /* one kid: all messages of conversations in which it holds for some */
    NODE_SAME,   /* two kids: messages of either that have one of the other near in time */
    NODE_TEXT,
    NODE_BYTES, /* ="..." */
    NODE_REGEX, /* /.../ */
    NODE_FIELD
};

/* What a text asks for, place by place. */
enum item_kind {
    ITEM_WORD,
    ITEM_ANY, /* exactly one word, whichever */
    ITEM_GAP  /* any number of words, none included */
};

struct item {
    enum item_kind kind;
    str word;     /* folded, as the index has it */
    str spelling; /* case and accents kept: what +Word compares */
    str shown;    /* as typed */
};

struct text {
    const struct item *items;
    size_t count;
    bool prefix;  /* the last word may go on */
    bool spelled; /* +Word: this case and these accents */
    int fuzzy;    /* word~1, word~2: so many characters may differ; 0: none */
    bool window;  /* "..."~N: the words in any order, with at most `others` words among them */
    int64_t others;
};

enum { NEAR_WORDS_MAX = 10000, FUZZY_MAX = 2, FUZZY_LETTERS_MIN = 3 };

/* A word that is:, has: or kind: take, and the property that it asks for. */
enum choice_test {
    CHOICE_FLAG, /* bits: enum message_flag */
    CHOICE_KIND, /* bits: enum message_kind */
    CHOICE_UNDATED,
    CHOICE_AMBIGUOUS,
    CHOICE_DUPLICATE, /* more than one witness */
    CHOICE_STARRED,   /* tagged "star" */
    CHOICE_TAG,
    CHOICE_NOTE
};
struct choice {
    const char *field, *name;
    enum choice_test test;
    uint32_t bits;
};

/* What a field was given; which members count is the field's own business. */
struct field_value {
    str text;    /* without quotation marks */
    bool prefix; /* name* */
    struct date_range range;
    int64_t number; /* of len, gap (ms), row (0: not a row number), weekday (bits from Monday
                                    on), script */
    int64_t from_clock_ms, to_clock_ms; /* of time:, since midnight, both included; may wrap */
    bool above;                         /* len> and gap>, not len< */
    const struct choice *choice;        /* of is:, has:, kind: */
};

struct field;

struct node {
    enum node_kind kind;
    size_t at, len; /* in the query as typed */
    struct node **kids;
    size_t kid_count;
    str raw; /* NODE_TEXT: as typed, without quotation marks; NODE_BYTES: the bytes */
    struct text text;
    int64_t distance; /* NODE_NEAR: words between the begin of the second and the end of the first;
                         NODE_SAME: milliseconds */
    bool ordered;     /* ADJ */
    struct regex *regex;
    const struct field *field;
    struct field_value value;
    size_t value_at, value_len;
};

struct query {
    struct arena arena;
    str text; /* as typed */
    struct query_clock clock;
    struct node *root;
    size_t terms;
    struct regex *regexes; /* all of the tree, to be freed with it */
    struct zone *zone;     /* tz: in this zone dates are meant and times shown; NULL: as shown */
};

/* Cuts `raw` into items. With `phrase`, a lone * and ... are wildcards; otherwise punctuation. The
   result has no items if nothing in it can be indexed. */
struct text text_parse(struct arena *a, str raw, bool phrase);
bool text_equal(const struct text *a, const struct text *b);
bool text_ends_in_unit(str raw); /* the last token is a character that is a word by itself */
bool text_is_plain(const struct text *t); /* only words */

bool query_is_blank(uint32_t cp);

/* One leaf or tree in canonical form. */
void node_print(const struct node *n, struct buf *out);

#endif
