/* The text form of imessage-exporter: its stamps, and what it writes between people's words. */
#ifndef IMPORT_IMESSAGE_TEXT_H
#define IMPORT_IMESSAGE_TEXT_H

#include "buf.h"
#include "importer.h"

enum { IMESSAGE_LIST_MAX = 200 };

/* Bytes of a stamp such as "May 17, 2022  5:29:42 PM" at the front of a line; 0 if there is none. */
size_t imessage_stamp(str line);

/* What was found in the lines of one message; a message borrows of it until the next. */
struct imessage_words {
    struct buf text; /* earlier wordings and the text, one behind the other */
    size_t ends[IMESSAGE_LIST_MAX];
    struct edit edits[IMESSAGE_LIST_MAX];
    struct reaction reactions[IMESSAGE_LIST_MAX];
    struct attachment attachments[IMESSAGE_LIST_MAX];
    size_t wording_count, reaction_count, attachment_count;
    bool begun;   /* the wording at hand has a line */
    bool answers; /* some were repeated among the lines */
};
struct imessage_words imessage_words_new(void);
void imessage_words_free(struct imessage_words *w);

/* Reads the lines below the sender's: text, flags, reactions, edits and attachments of `m`. */
void imessage_read_words(struct imessage_words *w, struct message *m, str lines);

extern const struct importer importer_imessage_text;

#endif
