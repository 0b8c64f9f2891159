/* The lines of Element's plain text: what people said, and what happened in the room. */
#ifndef IMPORT_ELEMENT_TEXT_H
#define IMPORT_ELEMENT_TEXT_H

#include "importer.h"

/* Reads what stands behind the stamp, its first line being `line` bytes long, into `m`; an attachment
   is put into `room`. */
void element_read_words(struct message *m, str words, size_t line, struct attachment *room);

/* Whether words are of Matrix beyond doubt: an answer to an id, an event of a room. */
bool element_is_certain(str words);

extern const struct importer importer_element_text;

#endif
