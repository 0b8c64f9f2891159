/* stet people and its words: join, split, rename, hands, suggest, lookalikes, presence. */
#ifndef STET_CLI_PEOPLE_H
#define STET_CLI_PEOPLE_H

#include "cli.h"

/* Each is the command behind its word; arguments begin with the word itself. */
enum exit_status people_join(struct cli *c);
enum exit_status people_split(struct cli *c);
enum exit_status people_rename(struct cli *c);
enum exit_status people_hands(struct cli *c);
enum exit_status people_suggest(struct cli *c);
enum exit_status people_lookalikes(struct cli *c);
enum exit_status people_presence(struct cli *c);
enum exit_status people_card(struct cli *c); /* one person, no word before */

/* The arguments from `from` on, joined with blanks. */
str people_words(struct cli *c, int from);

#endif
