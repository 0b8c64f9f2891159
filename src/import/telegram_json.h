/* The parts of a message in Telegram's JSON. All slices that are handed out live in the arena. */
#ifndef IMPORT_TELEGRAM_JSON_H
#define IMPORT_TELEGRAM_JSON_H

#include "buf.h"
#include "json_value.h"
#include "message_parts.h"

struct telegram_reader {
    struct arena arena; /* the record's */
    struct buf scratch;
    const struct import_options *options;
};

/* "user123" of from_id, actor_id, user_id: exports before 2021 have the bare number. Empty for none. */
str telegram_person(struct telegram_reader *t, const struct json_value *id);

/* The characters of a text: a string, or pieces of which some are marked up. */
str telegram_text(struct telegram_reader *t, const struct json_value *text);

/* Mentions, and links behind words. */
void telegram_add_entities(struct telegram_reader *t, const struct json_value *text,
                           struct message *m);

/* Photo, file, contact, place, poll, reactions. A poll or a call sets kind and text. */
void telegram_add_media(struct telegram_reader *t, const struct json_value *v, struct message *m);
void telegram_add_reactions(struct telegram_reader *t, const struct json_value *v,
                            struct message *m);

/* A service record: its action in words, kind event or call. False if the action is not known; then the
   words are the action's name. */
bool telegram_action(struct telegram_reader *t, const struct json_value *v, struct message *m);

#endif
