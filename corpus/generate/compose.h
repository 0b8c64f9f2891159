/* From a move to one or more finished messages in the release. */
#ifndef CORPUS_COMPOSE_H
#define CORPUS_COMPOSE_H

#include "grammar.h"
#include "threads.h"

/* Plain sentences, not yet in anybody's voice. */
void compose_topic(struct story *story, enum topic topic, enum move move, struct setting *setting,
                   struct text *out);
void compose_general(struct story *story, enum general which, struct setting *setting,
                     struct text *out);
void compose_own(struct story *story, int who, struct setting *setting, struct text *out);

/* Says it in the voice of `who`, adds a link, marker, smile, paste, and files it. */
void compose_message(struct story *story, int who, struct setting *setting,
                     const struct text *plain);

#endif
