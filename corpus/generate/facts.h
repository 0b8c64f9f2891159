/* Planted facts: exchanges written by hand, at fixed times, which tests and documents rely on. */
#ifndef CORPUS_FACTS_H
#define CORPUS_FACTS_H

#include "release.h"

#include <stdint.h>

struct fact {
    const char *exchange, *at, *sender, *text;
    const char *what, *use; /* NULL when the row goes on with the exchange above */
};
enum { FACTS = 59 };
extern const struct fact facts[FACTS];

/* Adds all planted messages and the undated events; returns the number of messages. */
int facts_add(struct release *release);

/* `local`, or `after` seconds past the planted exchange that `local` would disturb. */
int64_t facts_free_time(int64_t local, int after);

/* The table of FACTS.md. */
void facts_print(FILE *out);

#endif
