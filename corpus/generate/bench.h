/* A corpus of any size for measuring: same line shape, natural statistics, no meaning. */
#ifndef CORPUS_BENCH_H
#define CORPUS_BENCH_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* Streams `messages` messages in constant memory. Returns false when writing fails. */
bool bench_write(FILE *out, uint64_t messages, uint64_t seed);

#endif
