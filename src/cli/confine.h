/*
 * The sandbox of a command: what it may touch follows from the command line, and for a command that
 * reads sources again from the archive's list of them.
 */
#ifndef STET_CONFINE_H
#define STET_CONFINE_H

#include "cli.h"

/* Enters the sandbox; `c->sandbox` says what holds. */
MUST_USE enum status confine(struct cli *c, struct err *e);

/* The folder in which a file stands or would stand; in the arena of `c`. */
const char *folder_of(struct cli *c, const char *path);

/* For a server, once it listens: the archive, its sources, and
   the folder to import from (NULL: none), for which it may have children. */
MUST_USE enum status confine_server(struct cli *c, const char *import_root, struct err *e);

#endif
