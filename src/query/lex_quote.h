/*
 * Quotation marks as delimiters, in the pairs of many languages: "x" “x” ”x” „x“ «x» »x« ‘x’ ‚x‘
 * ‹x› and 'x'. The straight and the curly apostrophe open only if such a mark stands at the end of
 * a later word, so that 'twas and ’em stay words. A doubled closing mark stands for itself.
 */
#ifndef STET_QUERY_LEX_QUOTE_H
#define STET_QUERY_LEX_QUOTE_H

#include "arena.h"
#include "err.h"

struct quoted {
    str raw; /* in the arena if a mark was doubled, else a slice of the text */
    size_t raw_at, end;
};

bool quote_opens(str text, size_t at);

/* ERR_QUERY if the mark at `at` is never closed. */
MUST_USE enum status quote_read(struct arena *a, str text, size_t at, struct quoted *out,
                                struct err *e);

#endif
