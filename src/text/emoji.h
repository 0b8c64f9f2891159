/*
 * Emoji sequences: what a reader sees as one picture (UTS #51).
 */
#ifndef STET_TEXT_EMOJI_H
#define STET_TEXT_EMOJI_H

#include "str.h"

/* The end of the emoji that begins at text[at], or 0. Flags, keycaps, skin tones, joined families
   count as one. A character that is an emoji only when asked for (©, ™, 1, ❤) needs its variation
   selector, or its keycap. */
size_t emoji_end(str text, size_t at);

#endif
