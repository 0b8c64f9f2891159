/* Words by rank: English function words first, then invented ones built from syllables. */
#ifndef CORPUS_VOCABULARY_H
#define CORPUS_VOCABULARY_H

#include "rng.h"
#include "text.h"

/* A rank (from 1) by a Zipf law with a falling tail; about 16 million ranks exist. */
uint32_t vocabulary_rank(struct rng *rng);

/* Appends the word of a rank: always the same for the same rank. About 4% are not ASCII. */
void vocabulary_word(struct text *out, uint32_t rank);

#endif
