/* The course of two and a half years: which topics are alive when, and how loud each day is. */
#ifndef CORPUS_PHASES_H
#define CORPUS_PHASES_H

#include "calendar.h"
#include "phrases.h"
#include "rng.h"

enum { FIRST_YEAR = 2016, FIRST_MONTH = 2, MONTHS = 31, DAYS_MAX = 1000 };

enum topic phases_topic(struct rng *rng, int64_t local);

/* Spreads `total` messages over the days from 2016-02-03 to 2018-08-27; returns their number. */
int phases_plan(struct rng *rng, int total, int per_day[DAYS_MAX]);
int64_t phases_first_day(void);

/* Seconds after midnight at which a conversation may start (past 86,400: after midnight). */
int phases_start(struct rng *rng);

#endif
