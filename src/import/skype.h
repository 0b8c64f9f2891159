/* Skype: messages.json (skype.c) and the markup of its texts (skype_markup.c). */
#ifndef IMPORT_SKYPE_H
#define IMPORT_SKYPE_H

#include "buf.h"
#include "message_parts.h"

/* A piece of markup: a run of text, with references decoded, or a tag. */
struct skype_piece {
    str text;       /* of a run; empty for a tag */
    str name;       /* of a tag, as written */
    str attributes; /* of a tag: what stands behind the name */
    bool closing, empty;
};

/* Takes the next piece off `*rest`; false at the end. '<' that begins no tag is text. */
bool skype_next_piece(struct arena *a, str *rest, struct skype_piece *out);

/* An attribute's value, with references decoded; empty if there is none. */
str skype_attribute(struct arena *a, str attributes, const char *name);

/* The text between <name> and </name>, the first of that name behind *from (which moves on); false if
   there is none. */
bool skype_element(struct arena *a, str *from, const char *name, str *attributes, str *text);

/* What a text shows: quotations as lines with "> ", links, mentions, the id of what is answered. */
void skype_text(struct arena *a, struct message *m, str content);

/* Calls and what happens to a conversation, in words. */
void skype_call(struct arena *a, struct message *m, str content);
void skype_activity(struct arena *a, struct message *m, str type, str content);

/* "8:live:noll" of "https://.../contacts/8:live:noll". */
str skype_person(str from);

extern const struct importer importer_skype;

#endif
