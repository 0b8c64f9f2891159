/* From a template to a sentence: choices, slots, the memory that keeps a thread coherent. */
#ifndef CORPUS_GRAMMAR_H
#define CORPUS_GRAMMAR_H

#include "phrases.h"
#include "rng.h"
#include "text.h"

#include <stdint.h>

/* What a sentence may refer to. `memory` holds 1 + the index chosen for each sticky slot, or 0. */
struct setting {
    struct rng *rng;
    int64_t local;    /* when it is written */
    const char *to;   /* who is spoken to */
    const char *mate; /* somebody else in the group */
    int memory[SLOTS];
};

/* Appends the expansion of a template. Unknown slots abort: a mistake in a table. */
void grammar_expand(struct text *out, const char *pattern, struct setting *setting);

/* Appends a link to an invented tweet whose id was made some minutes to hours before `local`. */
void grammar_tweet(struct text *out, struct rng *rng, int64_t local);

/* The id a tweet gets at a UTC time in milliseconds. */
int64_t grammar_snowflake(struct rng *rng, int64_t utc_ms);

#endif
