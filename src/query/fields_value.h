/* Reading and printing the values of fields that speak of clocks, zones, scripts and word forms. */
#ifndef STET_QUERY_FIELDS_VALUE_H
#define STET_QUERY_FIELDS_VALUE_H

#include "ast.h"

typedef enum status field_parse(struct node *n, struct query *q, struct err *e);
field_parse field_parse_newer, field_parse_older, field_parse_clock, field_parse_weekday,
    field_parse_tz, field_parse_script, field_parse_stem;

typedef str field_print(const struct node *n, char out[2 * CIVIL_TEXT]);
field_print field_print_clock, field_print_weekday;

/* tz: changes what the whole query means: negated, as one of two choices or in braces it would mean
   nothing. ERR_QUERY at a tz: that is not at the top. */
MUST_USE enum status field_check_zone(const struct node *n, bool top, struct err *e);

/* "german/laufen" -> "german", "laufen"; without a language English. */
void field_stem_parts(str value, str *language, str *word);

#endif
