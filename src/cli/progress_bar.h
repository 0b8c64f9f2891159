/*
 * Progress of a long import on standard error: a bar on a terminal, JSON lines for another program,
 * nothing otherwise. Nothing is drawn in the first third of a second.
 */
#ifndef STET_PROGRESS_BAR_H
#define STET_PROGRESS_BAR_H

#include "cli.h"
#include "intake.h"

enum progress_kind { PROGRESS_NONE, PROGRESS_BAR, PROGRESS_JSON };

struct progress_bar {
    enum progress_kind kind;
    bool drawn; /* a bar stands on the terminal's line */
};

struct progress_bar progress_bar_new(const struct cli *c);
void progress_bar_show(struct progress_bar *b, struct cli *c, const struct intake_progress *p);
void progress_bar_clear(struct progress_bar *b, struct cli *c); /* before anything else is said */

#endif
