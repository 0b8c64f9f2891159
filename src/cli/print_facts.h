/* The archive in one line: what an import ends with and what info begins with. */
#ifndef STET_PRINT_FACTS_H
#define STET_PRINT_FACTS_H

#include "cli.h"

/* "archive.stet: 11,276 messages, 14 people, 3 conversations, 2 May 2015 - 10 Nov 2017" */
void print_facts_line(struct cli *c, const struct archive_facts *f);

#endif
