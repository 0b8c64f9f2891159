/*
 * A failure as the user sees it: one sentence, the part of the query at fault underlined, what to
 * do next.
 *
 *     stet: this parenthesis is never closed
 *         (permit OR licence
 *         ^
 */
#ifndef STET_CARET_H
#define STET_CARET_H

#include "err.h"
#include "term.h"

/* `query` is empty if the failure is not about one. Columns are those of a terminal; of a long query
   the part around the fault is shown. */
void caret_print(struct term *t, const struct err *e, str query);

#endif
