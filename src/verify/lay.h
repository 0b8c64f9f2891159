/*
 * Laying a quotation beside the stretches of the archive in which it may stand.
 */
#ifndef STET_VERIFY_LAY_H
#define STET_VERIFY_LAY_H

#include "candidates.h"
#include "laid.h"

struct laid_list {
    struct laid *laid; /* cheapest first, ties by row; in the arena */
    size_t count;
    bool exact_more; /* more messages hold these words than were laid */
};

/* Lays all items beside every candidate window, and, if the quotation is plain words, beside every
   single message that holds them as a phrase. */
MUST_USE enum status lay_quote(const struct quest *t, const struct quote_items *q,
                               struct laid_list *out, struct err *e);

/* Messages in which these very bytes stand, brackets, "[sic]" and "&amp;" and all: what looks like an
   editor's mark is the source's own there. An empty list if there is none. */
MUST_USE enum status lay_verbatim(const struct quest *t, str text, struct laid_list *out,
                                  struct err *e);

/* Where no candidate is good enough: lays the items beside what the claimed sender wrote at the claimed
   time (sender 0: anybody), and merges the places into the list. A quotation whose every rare word was
   corrected is found so. At most CLAIMED_ROWS_MAX rows are looked at. */
MUST_USE enum status lay_claimed(const struct quest *t, const struct quote_items *q,
                                 struct row_range rows, int64_t sender, struct laid_list *list,
                                 struct err *e);

/* Row of the first source word laid side by side with the quotation; 0 if there is none. */
int64_t laid_first_row(const struct laid *l);

/* Cost in thousandths of a word, per word of the quotation. */
int64_t laid_cost_per_word(const struct laid *l);

#endif
