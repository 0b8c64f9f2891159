/* What claims have in common: the sentence, and what was searched. */
#ifndef STET_PRINT_CLAIMS_H
#define STET_PRINT_CLAIMS_H

#include "archive_claims.h"
#include "cli.h"

/* One line: messages, span and zone, sources by name with the beginning of their SHA-256. */
void print_claim_scope(struct cli *c, const struct searched *x);

/* What a search for words cannot see, a line each; nothing if there is nothing. */
void print_blind_spots(struct cli *c, const struct searched *x);

/* Members of an open object: "searched" with all of it. */
void json_claim_scope(struct json *j, const struct searched *x);

/* The arguments from `from` up to (not including) `to`, joined with blanks. */
str claim_words(struct cli *c, int from, int to);

#endif
