/* Saying a plain sentence the way one participant types it. */
#ifndef CORPUS_VOICE_H
#define CORPUS_VOICE_H

#include "people.h"
#include "rng.h"
#include "text.h"

/*
 * Appends `plain` (straight marks, ` -- ` dashes) to `out` in the voice: capitals, short words,
 * typos, quotation marks. Links, handles, tags, markers and log look-alikes are left alone.
 */
void voice_say(struct text *out, const char *plain, const struct voice *voice, struct rng *rng);

#endif
