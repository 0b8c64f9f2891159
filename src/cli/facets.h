/* stet search --facets: who, where and when, counted over all hits. */
#ifndef STET_FACETS_H
#define STET_FACETS_H

#include "cli.h"

MUST_USE enum status facets_print(struct cli *c, struct search *s, struct archive *a,
                                  struct err *e);

#endif
