/* Help, manual page and completion, all printed from the table of commands. */
#ifndef STET_HELP_H
#define STET_HELP_H

#include "commands.h"
#include "term.h"

/* The query language on one page: operators, then the table of fields. */
void help_query(struct term *t);
void help_overview(struct term *t);
void help_command(struct term *t, const struct command *c);
void help_man(struct term *t); /* roff with the man macros */

/* Words for completion, one a line: the commands, or with a command its options. */
void help_words(struct term *t, const struct command *c);

#endif
