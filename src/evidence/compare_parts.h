/*
 * What the files of the comparison share: both sides as arrays of small items in their order.
 */
#ifndef STET_EVIDENCE_COMPARE_PARTS_H
#define STET_EVIDENCE_COMPARE_PARTS_H

#include "compare.h"

#define NO_PARTNER UINT32_MAX

struct item {
    uint64_t text, check; /* halves of the first 16 bytes of the text's SHA-256 */
    int64_t ms;           /* of the clock that is compared, whole units; TIME_NONE */
    int64_t row;
    uint32_t sender;       /* index into names; the same name has one index on both sides */
    uint32_t conversation; /* as the archive numbers it */
    uint32_t partner;      /* index of the other side, or NO_PARTNER */
    uint32_t differs;      /* from its partner; of the left one only */
    uint32_t flags;
    uint32_t length; /* bytes of the text */
    enum message_kind kind;
    /* until the order is settled */
    uint32_t source, member;
    uint64_t at;
    int64_t wall_ms, utc_ms;
};

struct side {
    struct compare_side_of of;
    struct item *items;
    size_t count, cap;
    size_t sources;        /* in how many files its items stand */
    enum time_basis basis; /* the weakest of any dated item */
};

/* Names by number. */
struct names {
    struct arena arena;
    str *list;
    uint32_t *slots; /* open addressing: index + 1 */
    size_t count, cap;
};
uint32_t names_index(struct names *n, str name);

struct comparison {
    struct side left, right;
    struct names names, members;
    struct arena arena;
    struct compare_facts facts;
    uint32_t *alias; /* of each name: that of the other side for which it stands, or itself */
};

/* compare_side.c: reads a side; items come in order of place. */
MUST_USE enum status side_load(struct comparison *c, struct side *s,
                               const struct compare_side_of *of, struct err *e);
void side_sort_by_time(struct side *s);

/* compare_match.c: chooses clock and unit, finds the shift, names that stand for each other, and pairs
   what is equal. Clears earlier pairs. */
void match_clocks(struct comparison *c);
void match_equal(struct comparison *c);

/* Whether the times of two items agree, the shift taken into account. */
bool match_time(const struct comparison *c, const struct item *left, const struct item *right);
bool match_sender(const struct comparison *c, const struct item *left, const struct item *right);
bool match_text(const struct item *left, const struct item *right);
void match_pair(struct comparison *c, size_t left, size_t right);

/* Pairs what is left, wherever it stands, if it agrees in `agree` (bits of text, sender, time) and nothing
   else that is left does; texts of at least so many bytes. */
void match_single(struct comparison *c, uint32_t agree, uint32_t length_min);

/* compare_order.c: marks the pairs that are out of order; true if the order of places means something.
   Backbone pairs are those with a partner and without DIFFERS_ORDER. */
bool order_mark(struct comparison *c);

/* compare_gaps.c: pairs what is left. */
MUST_USE enum status gaps_pair(struct comparison *c, struct err *e);

/* compare_tell.c: findings, stretches and counts. */
MUST_USE enum status tell_findings(struct comparison *c, struct err *e);

#endif
