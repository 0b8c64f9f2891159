/*
 * What is known of Signal by people's tools: signal-export writes chat.md and data.json for each chat
 * (signal_markdown.c, signal_json.c), sigtop writes text (signal_text.c, signal_short.c). None has ids
 * of chats, so a chat is known by its title.
 */
#ifndef IMPORT_SIGNAL_EXPORT_H
#define IMPORT_SIGNAL_EXPORT_H

#include "importer.h"

enum { SIGNAL_KEY_BYTES = 400, SIGNAL_LIST_MAX = 200 };

/* Tells the sink of the chat called so; `key` gets its key. */
MUST_USE enum status signal_name(struct sink *sink, str title, char key[SIGNAL_KEY_BYTES],
                                 struct err *e);

/* The chat's title by where its file stands: its folder if the tool calls the files of all chats alike. */
str signal_title(str path);

/* The owner for "Me" and "You", if it is known; empty for nobody's ("No-Sender"). */
str signal_sender(str shown, const struct import_options *options);

/* "Incoming voice call (accepted, 3m 2s)", "Missed call" ... */
bool signal_is_call(str text);

/* What a message has beside its text; filled by the tools' own shapes. */
struct signal_extras {
    struct reaction reactions[SIGNAL_LIST_MAX];
    struct attachment attachments[SIGNAL_LIST_MAX];
    struct sha256_digest digests[SIGNAL_LIST_MAX];
    size_t reaction_count, attachment_count;
    char names[8192]; /* of attachments, unescaped */
    size_t names_used;
};
void signal_react(struct signal_extras *x, str name, str emoji);
/* `path` as in the export: "./media/a%20b.jpg"; empty if none. mime may be empty. */
void signal_attach(struct signal_extras *x, str name, str path, str mime,
                   const struct import_options *options);
/* Lists and flags into the message, which borrows of `x`. */
void signal_put_extras(struct message *m, const struct signal_extras *x);

extern const struct importer importer_signal_markdown, importer_signal_json, importer_signal_text,
    importer_signal_short;

#endif
