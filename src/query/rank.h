/*
 * Relevance: BM25 with k1 1.2 and b 0.75 (Robertson and Zaragoza, "The Probabilistic Relevance
 * Framework: BM25 and Beyond", 2009), a document being a message and a term a word or phrase of the
 * query that is not under NOT. Lengths come from COLUMN_WORDS; scores are added up here, because
 * FTS5's own ranking needs a look-up for each hit.
 */
#ifndef STET_QUERY_RANK_H
#define STET_QUERY_RANK_H

#include "filter.h"

/* Scores of the rows 0 to rows; malloc'd, free it. Rows that are no hits may have one too. */
MUST_USE enum status rank_scores(struct plan *p, float **scores, struct err *e);

#endif
