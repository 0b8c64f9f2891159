/*
 * A verdict for people and for programs.
 *
 *     ALTERED: a word is dropped, and the sense turns
 *       quote   We did       pay anyone for the survey
 *       source  We did [not] pay anyone for the survey and we never will.
 *       flags   negation-changed · partial
 *       ...
 */
#ifndef STET_PRINT_VERDICT_H
#define STET_PRINT_VERDICT_H

#include "cli.h"
#include "verify.h"

void print_verdict(struct cli *c, const struct claim *claim, const struct verdict *v);

/* "Compared with 11,276 messages; case, accents ... folded." */
void print_searched(struct cli *c, const struct verdict *v);

/* One object with at least verdict, stands, flags, messages, differences, searched, others. */
void print_json_verdict(struct cli *c, const struct claim *claim, const struct verdict *v);

#endif
