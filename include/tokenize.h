/*
 * Tokens: the words of a text, folded, each with its byte span in the text. The same code feeds the
 * FTS5 index, the query parser, the highlighter and the quote aligner, so that they agree.
 *
 *     struct tokenizer t = tokenizer_of(STR("Don’t ask @Lirra_Watch: 16-0419!"));
 *     struct token tok;
 *     while (tokenizer_next(&t, &tok)) ...
 *         // don · t · ask · @lirra_watch (also: lirra · watch) · 16 · 0419
 *
 * Rules
 * - A word is a run of letters, marks and digits; apostrophes, quotes, dashes and all other
 *   punctuation end it ("l’homme" is found by "homme"); invisible characters do not.
 * - Han, Kana, Thai, Lao, Khmer, Burmese ... and Hangul syllables are one token a character (with the
 *   marks on it), so that a phrase finds every occurrence, whatever stands around it.
 * - An emoji or symbol is a token, so is "$"; the other symbols of ASCII are punctuation. Skin tones,
 *   joiners and variation selectors are dropped, the members of a joined family are tokens.
 * - A character that stands for several ("㍻" for 平成, "½" for 1 and 2) gives them all, with its span.
 * - "@handle" and "#tag" give their parts and, at the place of the first part, one token for the
 *   whole with its sign (`whole` set). URLs, e-mail addresses and numbers are found whole as the
 *   phrase of their parts.
 * - A word longer than TOKEN_MAX bytes after folding is cut there; the rest goes on as another token.
 */
#ifndef STET_TOKENIZE_H
#define STET_TOKENIZE_H

#include "str.h"

enum { TOKEN_MAX = 256 };

struct token {
    str word;       /* folded; borrowed until the next call */
    size_t at, end; /* byte span in the text; invisible characters at its edges left out */
    uint32_t place; /* running number of the word, from 0; a whole shares its first part's */
    bool whole;     /* an additional token for "@handle" or "#tag", given BEFORE its parts */
    bool unit;      /* a single character that needs no space around it (Han, emoji ...) */
};

struct tokenizer {
    str text;
    size_t at;
    size_t part; /* how much of the character at `at` is used up, if it stands for several words */
    uint32_t place;
    size_t whole_end; /* end of the @handle or #tag that was handed out as a whole */
    char word[TOKEN_MAX];
};

struct tokenizer tokenizer_of(str text);
bool tokenizer_next(struct tokenizer *t, struct token *out);

/* Number of words (wholes not counted): what the token-count column holds. */
uint32_t tokenize_count(str text);

#endif
