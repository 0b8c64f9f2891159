/*
 * What one code point folds to and what kind of a character it is, computed from ICU's data and our
 * own short tables. Slow (some 300 ns); everybody goes through the cache in charpage.h.
 */
#ifndef STET_TEXT_CHARFOLD_H
#define STET_TEXT_CHARFOLD_H

#include "fold.h"

/* NFKD, but Hangul stays composed and compatibility jamo stay what they are. */
size_t charfold_decompose(uint32_t cp, uint32_t out[FOLD_MAX]);

/* The folded form: each code point of it folds to itself. 0 for what disappears. */
size_t charfold_of(uint32_t cp, uint32_t out[FOLD_MAX]);

bool char_is_invisible(uint32_t cp); /* Default_Ignorable and the like; skin tones are not */
bool char_is_skin_tone(uint32_t cp);
bool char_is_mark(uint32_t cp); /* combining: it belongs to the character before it */

/* For ASCII: lower case, and ` becomes '. Anything else stays. */
uint32_t ascii_fold(uint32_t cp);

/* The class that the folded form (n code points) gives to cp. */
enum char_class charclass_of(uint32_t cp, const uint32_t *folded, size_t n);

/* The Hangul syllable of two adjacent code points (L + V, or LV + T), or 0 if they make none.
   Unicode 15, section 3.12. */
uint32_t hangul_compose(uint32_t first, uint32_t second);

#endif
