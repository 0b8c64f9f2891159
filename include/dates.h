/*
 * Dates that people type, as half-open ranges of wall time. "now" is a parameter, so that the same
 * text always means the same.
 *
 *     struct date_range r;
 *     if (date_range_parse(STR("2016-Q4"), now, &r, e) == OK)
 *         // r.from_ms = 2016-10-01 00:00:00, r.to_ms = 2017-01-01 00:00:00
 *
 * Forms: 2016, 2016-08, 2016-8-3, 20160823, 2016-Q4, 2016-W33, 2016-08-23T13:46[:39], the same with a blank;
 * "june 2015", "jun 15 2015", "15 june 2015", "June 15, 2015", 23/8/2016 only where one order is
 * possible (otherwise it asks), today, yesterday, a weekday's name (the latest one), "last week",
 * "3 days ago"; ranges a..b, ..b, a.. with both ends included, imprecise ends widened.
 * Rounding: a range starts at its first millisecond and ends before the first one after it.
 */
#ifndef STET_DATES_H
#define STET_DATES_H

#include "civil.h"
#include "err.h"

struct date_range {
    int64_t from_ms, to_ms; /* [from, to) in wall ms; TIME_NONE for an open end */
};

/* ERR_QUERY with the span inside `text` and what would be understood instead. */
MUST_USE enum status date_range_parse(str text, int64_t now_wall_ms, struct date_range *out,
                                      struct err *e);

/* Canonical form: "2016-01-01..2016-12-31", with times only where an end is not at midnight. */
const char *date_range_print(char out[2 * CIVIL_TEXT], const struct date_range *r);

#endif
