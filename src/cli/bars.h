/*
 * Messages over time as bars, one line a day, month or year, silent ones too:
 *
 *     2016-03     1,204  ████████████████
 *     2016-04        88  █▏
 */
#ifndef STET_BARS_H
#define STET_BARS_H

#include "cli.h"

/* With a last line that says how many there are, and whose times, unless --quiet. */
void bars_print(struct cli *c, const struct timeline *t);

/* A bar of that many eighths of a column. */
void bar_add(struct term *t, uint64_t eighths);

#endif
