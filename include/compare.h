/*
 * Comparing two copies of the same messages: what one has and the other has not, and what they tell
 * differently.
 *
 *     struct compare_side_of left = {.store = a}, right = {.store = b};
 *     struct comparison *c;
 *     if (compare_run(&c, &left, &right, e) != OK) ...
 *     const struct compare_facts *f = compare_facts(c);           // counts, the shift of the clocks
 *     for (size_t i = 0; i < f->finding_count; i++) ...           // f->findings[i]
 *     compare_close(c);
 *
 * Method. (1) The clocks: the difference of times that most equal texts have; an hour more or less,
 * as daylight saving makes it, is accepted as well where it is frequent. (2) Messages with the same text,
 * sender and time are the same, equals of each other in their order. (3) Of these pairs the longest run
 * that stands in one order on both sides (Fredman 1975, O(n log n)) is the backbone; pairs beside it were
 * moved. (4) Between two neighbours of the backbone what is left is paired by what still agrees: text
 * and sender, sender and time, words. (5) What is left then is paired over any distance if its text is long
 * and unique. (6) The rest is on one side only. No step is quadratic in more than a small gap, so that
 * a million messages take seconds.
 *
 * The order in which messages stand is that of the files where both sides are read from one file or in
 * the same order of files, and otherwise that of time, in which nothing can be out of order.
 */
#ifndef STET_COMPARE_H
#define STET_COMPARE_H

#include "buf.h"
#include "store.h"

enum compare_differs { /* bits */
                       DIFFERS_TEXT = 1 << 0,
                       DIFFERS_REDACTED =
                           1 << 1, /* with TEXT: one side has a black bar or its like */
                       DIFFERS_SENDER = 1 << 2,
                       DIFFERS_TIME = 1 << 3, /* beyond the shift of the clocks */
                       DIFFERS_ORDER = 1 << 4,
                       DIFFERS_CONVERSATION = 1 << 5,
                       DIFFERS_KIND = 1 << 6,
                       ONLY_LEFT = 1 << 7,
                       ONLY_RIGHT = 1 << 8,
                       DIFFERS_SPACE = 1
                                       << 9, /* the same words, other white space; then not TEXT */
                       DIFFERS_COUNT = 10
};
const char *compare_differs_name(uint32_t bit); /* "text", "only-left"; for programs */

/* Which messages of an archive: all, or one source's, or one conversation's. */
struct compare_side_of {
    struct store *store;     /* open until compare_close */
    int64_t source_id;       /* 0: all */
    int64_t conversation_id; /* 0: all */
};

struct compare_finding {
    uint32_t differs;
    int64_t left_row, right_row; /* 0: it has none */
    int64_t time_ms;             /* right less left, less the shift; 0 if either is undated */
    size_t left_at, right_at;    /* places in the order of each side, from 0 */
};

/* Findings in a row that say that messages which stand together are on one side only. */
struct compare_stretch {
    uint32_t side;       /* ONLY_LEFT or ONLY_RIGHT */
    size_t first, count; /* of findings; at least 2 */
};

/* Two names that stand for one sender: neither occurs on the other side. */
struct compare_alias {
    str left, right;
    uint64_t messages;
};

struct compare_facts {
    uint64_t left, right;              /* messages and events compared */
    uint64_t same;                     /* pairs that agree in everything */
    uint64_t with[DIFFERS_COUNT];      /* findings with each bit, by its number */
    int64_t shift_ms;                  /* right less left */
    uint64_t shift_votes, shift_pairs; /* pairs of equal texts with that difference; of all */
    int64_t other_shift_ms;            /* accepted as well; equal to shift_ms if there is none */
    bool utc;                          /* instants were compared; otherwise clocks as shown */
    int64_t unit_ms;                   /* times were compared to this: 1, 1000 or 60000 */
    bool by_place;                     /* order as in the files; otherwise by time */
    const struct compare_finding *findings; /* in the order of the left side */
    size_t finding_count;
    const struct compare_stretch *stretches;
    size_t stretch_count;
    const struct compare_alias *aliases;
    size_t alias_count;
};

struct comparison;
/* ERR_LIMIT for more than 2^31 messages a side. */
MUST_USE enum status compare_run(struct comparison **out, const struct compare_side_of *left,
                                 const struct compare_side_of *right, struct err *e);
const struct compare_facts *compare_facts(const struct comparison *c);
void compare_close(struct comparison *c); /* NULL is fine */

/* ---- words ----------------------------------------------------------------------------------- */

/* Stretches of two texts in their order: equal ones with the same words on both sides, others with what
   stands there on either (one may be empty). Words are what white space parts; between stretches is white
   space. In the arena, of slices of the texts. */
struct word_change {
    bool same;
    str left, right;
};
void compare_words(str left, str right, struct arena *a, struct word_change **out, size_t *count);

/* ---- the page -------------------------------------------------------------------------------- */

enum { COMPARE_PAGE_FINDINGS_MAX = 20000, COMPARE_PAGE_BYTES_MAX = 512 << 20 };

/* One self-contained HTML page; `left_name` and `right_name` are what the reader calls the sides, without
   folders. Findings beyond COMPARE_PAGE_FINDINGS_MAX are counted, not shown. */
MUST_USE enum status compare_page(struct buf *out, const struct comparison *c, str left_name,
                                  str right_name, str version, struct err *e);

/* The two messages of a finding (empty where there is none), in the arena. */
MUST_USE enum status compare_messages(const struct comparison *c, const struct compare_finding *f,
                                      struct arena *a, struct stored *left, struct stored *right,
                                      struct err *e);

#endif
