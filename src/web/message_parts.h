/* A message as conversation and message pages show it. */
#ifndef WEB_MESSAGE_PARTS_H
#define WEB_MESSAGE_PARTS_H

#include "web.h"

struct message_look {
    bool named; /* with the sender's name above */
    bool here;  /* the one that was asked for */
};
void message_draw(struct web *w, const struct stored *s, const struct message_look *look);

/* Below the text: what it answers, forwards, what was attached, how others reacted, earlier wordings. */
void message_draw_reply(struct web *w, const struct stored *s);
void message_draw_extras(struct web *w, const struct message *m);

str message_sender(const struct message *m); /* the name as shown; "(system)" without a sender */
const char *attachment_word(enum attachment_kind kind);

#endif
