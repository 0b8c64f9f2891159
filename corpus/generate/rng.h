/* Random numbers that are the same on every machine: integers only, own state, no clock. */
#ifndef CORPUS_RNG_H
#define CORPUS_RNG_H

#include <stdbool.h>
#include <stdint.h>

struct rng {
    uint64_t state[4];
};

void rng_seed(struct rng *rng, uint64_t seed);
uint64_t rng_next(struct rng *rng);

/* A number in [0, bound); bound is at least 1. */
uint32_t rng_below(struct rng *rng, uint32_t bound);

/* A number in [low, high]. */
int rng_between(struct rng *rng, int low, int high);

/* True in `permille` of 1,000 cases. */
bool rng_chance(struct rng *rng, int permille);

#endif
