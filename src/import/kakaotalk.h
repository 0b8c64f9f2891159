/*
 * KakaoTalk chats: as text from a computer or a phone (kakaotalk_text.c), as a table from a computer
 * (kakaotalk_csv.c). What the app itself writes into texts is known to kakaotalk_words.c.
 */
#ifndef IMPORT_KAKAOTALK_H
#define IMPORT_KAKAOTALK_H

#include "importer.h"

/* Whether a line is the app's own: somebody joined, left, was invited. *actor is who did it. `plain`: the
   line has no stamp and may be part of a text, so only wordings count that nobody would use. */
bool kakaotalk_is_event(str line, bool plain, str *actor);

/* Pictures, files, calls, deletion: kind, flags, text; one attachment in `room`. */
void kakaotalk_words(struct message *m, struct attachment *room);

/* The name of the chat in "…님과 카카오톡 대화" and its like, also as a file's name; else all of it. */
str kakaotalk_title(str header);

/* Tells the sink of the conversation called so; `key` gets its key. */
enum { KAKAOTALK_KEY_BYTES = 400 };
MUST_USE enum status kakaotalk_name(struct sink *sink, str title, char key[KAKAOTALK_KEY_BYTES],
                                    struct err *e);

/* The sender's name; the exporting person's own, if it is known and the app has only "you". */
str kakaotalk_sender(str shown, const struct import_options *options);

extern const struct importer importer_kakaotalk, importer_kakaotalk_csv;

#endif
