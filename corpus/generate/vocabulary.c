/*
 * Zipf without floating point: ranks are grouped in octaves [2^k, 2^(k+1)). An octave is drawn by a
 * table of weights that falls slowly at first (exponent about 1.1) and faster in the tail, a rank
 * inside it uniformly and then accepted with probability 2^k / rank, which makes it 1/rank inside.
 * As new ranks keep turning up, the vocabulary grows with the text, as Heaps' law says.
 */
#include "vocabulary.h"

#include <stddef.h>

enum { OCTAVES = 24 };

static const uint16_t octave_weights[OCTAVES] = {
    340, 560, 755, 800, 775, 740, 705, 670, 635, 600, 565, 530,
    485, 410, 335, 262, 200, 150, 105, 72,  48,  32,  21,  13,
};

static const char *const function_words[] = {
    "the",  "to",   "and",   "of",     "a",      "in",     "is",      "that",    "it",    "for",
    "we",   "on",   "you",   "with",   "this",   "not",    "be",      "are",     "as",    "have",
    "but",  "they", "at",    "was",    "if",     "will",   "from",    "or",      "so",    "can",
    "what", "by",   "an",    "all",    "do",     "there",  "our",     "has",     "just",  "about",
    "more", "no",   "now",   "would",  "been",   "when",   "who",     "out",     "up",    "how",
    "get",  "one",  "he",    "his",    "them",   "also",   "only",    "which",   "their", "should",
    "good", "see",  "time",  "some",   "then",   "than",   "us",      "were",    "could", "your",
    "here", "know", "any",   "very",   "people", "had",    "its",     "my",      "other", "think",
    "new",  "like", "into",  "why",    "over",   "may",    "after",   "because", "even",  "much",
    "she",  "her",  "these", "first",  "well",   "where",  "still",   "back",    "two",   "say",
    "yes",  "way",  "work",  "too",    "make",   "don't",  "same",    "many",    "need",  "most",
    "off",  "does", "such",  "before", "being",  "next",   "through", "while",   "might", "each",
    "go",   "day",  "did",   "again",  "those",  "though", "own",     "last",    "take",  "never",
};
enum { FUNCTION_WORDS = sizeof function_words / sizeof function_words[0] };

static const char onsets[] = "bdfgklmnprstvwhz";
static const char vowels[] = "aeiou";
static const char codas[] = "nrslmtkd";

/* The same five vowels in other dress, for words beyond ASCII. */
static const char *const accented[] = {"á", "é", "í", "ö", "ü"};
static const char *const cyrillic_onsets[] = {"б", "д", "ф", "г", "к", "л", "м", "н",
                                              "п", "р", "с", "т", "в", "ж", "х", "з"};
static const char *const cyrillic_vowels[] = {"а", "е", "и", "о", "у"};

uint32_t vocabulary_rank(struct rng *rng)
{
    static const uint32_t total = 9808; /* of octave_weights */
    uint32_t at = rng_below(rng, total);
    uint32_t octave = 0;
    while (at >= octave_weights[octave])
        at -= octave_weights[octave++];
    const uint32_t first = 1u << octave;
    for (;;) {
        const uint32_t rank = first + rng_below(rng, first);
        if (rng_below(rng, rank) < first)
            return rank;
    }
}

enum script { LATIN, LATIN_ACCENTED, CYRILLIC };

static void put_syllable(struct text *out, uint32_t number, enum script script)
{
    const uint32_t onset = number % 16, vowel = number / 16 % 5;
    switch (script) {
    case LATIN:
        text_char(out, onsets[onset]);
        text_char(out, vowels[vowel]);
        return;
    case LATIN_ACCENTED:
        text_char(out, onsets[onset]);
        text_puts(out, accented[vowel]);
        return;
    case CYRILLIC:
        text_puts(out, cyrillic_onsets[onset]);
        text_puts(out, cyrillic_vowels[vowel]);
        return;
    }
}

/*
 * Syllables: 80 of two letters. Frequent words have two, the next 512,000 three, the rest four.
 * Within a length, a multiplication by a unit modulo the number of such words scatters neighbours;
 * every third word ends in a consonant that is computed from its rank.
 */
void vocabulary_word(struct text *out, uint32_t rank)
{
    if (rank <= FUNCTION_WORDS) {
        text_puts(out, function_words[rank - 1]);
        return;
    }
    uint32_t number = rank - FUNCTION_WORDS - 1;
    int syllables = 2;
    uint32_t words = 80 * 80;
    while (number >= words) {
        number -= words;
        words *= 80;
        syllables++;
    }
    number = (uint32_t)((uint64_t)number * 7919 % words);
    const enum script script = rank % 41 == 7 ? CYRILLIC : rank % 17 == 3 ? LATIN_ACCENTED : LATIN;
    for (int i = 0; i < syllables; i++, number /= 80)
        put_syllable(out, number % 80,
                     i == 0 && script == LATIN_ACCENTED ? script
                     : script == LATIN_ACCENTED         ? LATIN
                                                        : script);
    if (rank % 3 == 0 && script != CYRILLIC)
        text_char(out, codas[rank / 3 % 8]);
}
