/* The sample release, from its first message to the last one leaving. */
#ifndef CORPUS_STORY_H
#define CORPUS_STORY_H

#include "release.h"

#include <stdint.h>

enum { STORY_MESSAGES = 11014 };

/* Fills an empty release with STORY_MESSAGES messages and the undated events between them. */
void story_release(struct release *release, uint64_t seed);

#endif
