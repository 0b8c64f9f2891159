/*
 * Searching the plainest way there is: look at every message and interpret the tree of the query as
 * query_print_tree writes it. Shares tokenizer, folding, dates and link scanner with the program
 * and nothing else, so that it can be held against the plan.
 */
#ifndef STET_TESTS_SLOW_SEARCH_H
#define STET_TESTS_SLOW_SEARCH_H

#include "made_archive.h"

struct slow_search;
struct slow_search *slow_search_open(void); /* over the messages of the open made archive */
void slow_search_close(struct slow_search *s);

/* The rows for which the tree holds, in order of (time, row); room for all messages. */
size_t slow_search_rows(const struct slow_search *s, const char *tree, int64_t *rows);

#endif
