/*
 * An act is what somebody did to an archive in one go: one transaction and one number in mark_log,
 * which holds enough to take it back. Marks (marks.h) and claims about people (identity.h) are acts.
 *
 *     struct act act;
 *     enum status st = act_begin(&act, s, e);
 *     if (st == OK)
 *         st = act_end(&act, change(&act, e), e);        // commits, or takes all of it back
 */
#ifndef STET_STORE_ACT_H
#define STET_STORE_ACT_H

#include "db.h"

struct act {
    struct store *s;
    int64_t number;
};

MUST_USE enum status act_begin(struct act *act, struct store *s, struct err *e);

/* Notes the act in the log of custody and commits if `st` is OK, rolls back and returns `st` otherwise. */
MUST_USE enum status act_end(struct act *act, enum status st, struct err *e);

/* A line of the log. `row` is the message, or the member, person or note that the act was about. */
struct act_entry {
    const char *what;
    int64_t row, last_row, at_ms;
    str name, text;
};
MUST_USE enum status act_log(const struct act *act, const struct act_entry *x, struct err *e);

/* Our own SQL, prepared; and a statement without rows, run and ended. */
MUST_USE enum status act_prepare(struct store *s, const char *sql, sqlite3_stmt **q, struct err *e);
MUST_USE enum status act_run(struct store *s, sqlite3_stmt *q, struct err *e);

/* identity.c: takes back what it logged; *mine is false for an entry of somebody else's. */
MUST_USE enum status identity_undo(const struct act *act, const struct act_entry *x, bool *mine,
                                   struct err *e);
/* What such an act was, in words: "the join of 2 handles". Empty if it is none of identity.c. */
str identity_describe(struct arena *a, const struct act_entry *x, uint64_t count);

#endif
