/*
 * From tree to filters: what each field becomes. Names are looked up in the archive here, so this
 * is where "no sender matches" comes from.
 */
#ifndef STET_QUERY_LOWER_H
#define STET_QUERY_LOWER_H

#include "ast.h"

struct planner;
struct filter;

typedef enum status lower_field(struct planner *p, const struct node *n, struct filter **out,
                                struct err *e);

lower_field lower_from, lower_with, lower_mentions, lower_in, lower_source, lower_date,
    lower_choice, lower_url, lower_id, lower_length, lower_gap;

/* Any node. */
MUST_USE enum status lower_node(struct planner *p, const struct node *n, struct filter **out,
                                struct err *e);

#endif
