/*
 * The words that dates are made of: English months and weekdays with their usual short forms,
 * units, and "today", "last", "ago" and their kin. For dates.c.
 */
#ifndef STET_QUERY_DATE_WORDS_H
#define STET_QUERY_DATE_WORDS_H

#include "str.h"

enum date_unit { UNIT_MINUTE, UNIT_HOUR, UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR };

/* The letter of a word in a date's shape, and its value: m month (1 to 12), k weekday (0 = Monday),
   u unit, N today, Y yesterday, l last, t this, a ago, q quarter, W week, T. 0 for any other
   word. */
char date_word(str word, int64_t *value);

const char *date_month_name(int month); /* 1 to 12 */

#endif
