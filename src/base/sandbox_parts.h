/* The parts of which both sandboxes are made: that of a command and that of a process that
   parses. */
#ifndef STET_BASE_SANDBOX_PARTS_H
#define STET_BASE_SANDBOX_PARTS_H

#include "sandbox.h"

/* Each sets its field of *out. */
MUST_USE enum status sandbox_no_new_privs(struct sandbox_state *out, struct err *e);

/* Landlock: nothing but what the rules name, and what libraries open by themselves; with NULL
   nothing at all. */
MUST_USE enum status sandbox_files(const struct sandbox_rules *r, struct sandbox_state *out,
                                   struct err *e);

/* Whether the kernel filters system calls. */
bool sandbox_has_filters(void);

#endif
