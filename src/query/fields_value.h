/* Reading and printing the values of fields that speak of clocks, zones, scripts and word forms. */
#ifndef STET_QUERY_FIELDS_VALUE_H
#define STET_QUERY_FIELDS_VALUE_H

#include "ast.h"

typedef enum status field_parse(struct node *n, struct query *q, struct err *e);
field_parse field_parse_newer, field_parse_older, field_parse_clock, field_parse_weekday,
    field_parse_tz, field_parse_script, field_parse_stem;

typedef str field_print(const struct node *n, char out[2 * CIVIL_TEXT]);
field_print field_print_clock, field_print_weekday;

/* "german/laufen" -> "german", "laufen"; without a language English. */
void field_stem_parts(str value, str *language, str *word);

#endif
