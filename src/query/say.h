/* Small pieces of the sentences that plans say to people. */
#ifndef STET_QUERY_SAY_H
#define STET_QUERY_SAY_H

#include "filter.h"

enum { SAY_NUMBER = 32 };
const char *say_number(char out[SAY_NUMBER], uint64_t n); /* "11,014" */
void say_messages(struct buf *out, uint64_t n);           /* "1 message", "11,014 messages" */
void say_node(struct buf *out, const struct node *n);     /* canonical text */

#endif
