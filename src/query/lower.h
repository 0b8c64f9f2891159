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
    lower_choice, lower_url, lower_id, lower_length, lower_gap, lower_to, lower_by, lower_handle,
    lower_clock, lower_weekday, lower_tz, lower_script, lower_stem, lower_tag, lower_note;

/* The rows that some note is about; with " AND n.id = ?1" behind it one note's. */
extern const char lower_note_rows[];

/* Any of some words of the index; with none of them nothing is found. */
struct similar;
struct filter *lower_any_word(struct arena *a, const struct node *n, const struct similar *words,
                              size_t count);

/* Any node. */
MUST_USE enum status lower_node(struct planner *p, const struct node *n, struct filter **out,
                                struct err *e);

#endif
