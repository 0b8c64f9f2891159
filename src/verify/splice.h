/*
 * Splices: one quotation made of pieces that stand far apart. Found by cutting where print joins
 * (an ellipsis, a line break, a sentence's end) and looking for each part by itself.
 */
#ifndef STET_VERIFY_SPLICE_H
#define STET_VERIFY_SPLICE_H

#include "lay.h"

enum { SPLICE_PARTS_MAX = 6 };

struct splice {
    struct laid parts[SPLICE_PARTS_MAX];
    size_t count; /* 0: no splice */
    bool marked;  /* every join is marked by an ellipsis or a line break */
};

/* `whole` is the best that was found for the quotation in one place, or NULL. A splice is only claimed
   when its parts together explain the quotation much better than that. */
MUST_USE enum status splice_find(const struct quest *t, const struct quote_items *q,
                                 const struct laid *whole, struct splice *out, struct err *e);

#endif
