/*
 * Folding: the one form in which text is compared and indexed. NFKC, full case folding, accents and
 * other marks off (in the scripts where they are ornaments, not vowels), one shape of apostrophe ('),
 * quotation mark (") and dash (-), ASCII digits, invisible characters gone. It works code point by
 * code point without context, so that every part of a text folds alike whatever stands around it,
 * and NFC and NFD input give the same result. (fold_text and the tokenizer compose Korean syllables
 * out of jamo for that; kana stay decomposed: が is か with its voicing mark.)
 *
 *     uint32_t out[FOLD_MAX];
 *     size_t n = fold_codepoint(0x00C9, out);        // É -> "e", n = 1
 *     struct folded f = {0};
 *     fold_text(&f, STR("Ｃafé"));                    // f.p "cafe", f.at[i] = byte of the source
 *     folded_free(&f);
 *
 * Sources: UAX #15 (normalisation), UAX #44 (Default_Ignorable_Code_Point), CaseFolding.txt; the
 * data are ICU's. src/text/charfold.c lists our own rules and why.
 */
#ifndef STET_FOLD_H
#define STET_FOLD_H

#include "str.h"

enum { FOLD_MAX = 18 }; /* U+FDFA folds to 18 code points, the longest */

/* Writes the folded code points, returns how many: 0 for what is invisible or a stripped mark. */
size_t fold_codepoint(uint32_t cp, uint32_t out[FOLD_MAX]);

/* As fold_codepoint, but keeps accents and case: only compatibility forms (width, ligatures ...) and
   invisibles. What `+Word` compares. Accents come out decomposed, é as e + U+0301. */
size_t fold_codepoint_exact(uint32_t cp, uint32_t out[FOLD_MAX]);

/* Lower case and nothing else (simple mapping): tells a change of case from a change of accents. */
uint32_t fold_lower(uint32_t cp);

/* A folded copy with a map back: byte i of `p` came from the character at source byte at[i]; at[n] is
   the end of the source. Valid UTF-8, and folding it again changes nothing; not NUL-terminated. Begin
   with {0}; out of memory ends the program. */
struct folded {
    char *p;
    size_t *at;
    size_t n, cap;
};
void fold_text(struct folded *out, str text); /* reuses out's memory */
void folded_free(struct folded *f);

/* What kind of a character the tokenizer and the quote aligner take this for. */
enum char_class {
    CHAR_SPACE,  /* and control characters */
    CHAR_LETTER, /* letters and combining marks of scripts that put spaces between words */
    CHAR_DIGIT,
    CHAR_UNIT,       /* Han, Kana, Thai, Lao, Khmer, Myanmar ..., Hangul syllables: a token each */
    CHAR_SYMBOL,     /* emoji, currency and other symbols: a token each */
    CHAR_APOSTROPHE, /* ' ’ ‘ ʼ ′ ` and the like */
    CHAR_QUOTE,      /* " “ ” « » „ ‟ and the like */
    CHAR_DASH,       /* - ‐ ‑ – — − and the like */
    CHAR_PUNCT,      /* everything else that is visible */
    CHAR_IGNORED     /* zero width, soft hyphen, bidi controls, variation selectors */
};
enum char_class char_class_of(uint32_t cp);

#endif
