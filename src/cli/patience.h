/*
 * How long a search may take: --timeout S, and Ctrl-C. Both stop it with what was found until then; the
 * second Ctrl-C ends the program at once.
 *
 *     struct patience patience;
 *     if (patience_begin(c, &patience, e) != OK) ...
 *     request.stop = patience_ended, request.stop_context = &patience;
 */
#ifndef STET_PATIENCE_H
#define STET_PATIENCE_H

#include "cli.h"

struct patience {
    int64_t begun_ms, deadline_ms; /* of a clock that only goes forward; no deadline: INT64_MAX */
};

/* Reads --timeout, a number of seconds such as 2 or 0.5: ERR_QUERY. */
MUST_USE enum status patience_begin(struct cli *c, struct patience *out, struct err *e);
bool patience_ended(void *patience);
bool patience_interrupted(void); /* by Ctrl-C */

/* On standard error: why and how far. */
void patience_tell(struct cli *c, const struct patience *p, const struct search_facts *f);

#endif
