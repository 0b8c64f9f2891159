/* Words that LINE itself writes into its exports, in the languages it is most used in. */
#ifndef IMPORT_LINE_MESSENGER_H
#define IMPORT_LINE_MESSENGER_H

#include "importer.h"

/* An event's actor and flags, by its wording; what is not known stays as it is. */
void line_messenger_event(struct message *m);

/* Calls and what stands for pictures and files in a text: kind, flags, one attachment in `room`. */
void line_messenger_words(struct message *m, struct attachment *room);

extern const struct importer importer_line;

#endif
