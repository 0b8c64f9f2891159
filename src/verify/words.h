/*
 * The words that the aligner compares: tokens, with contractions kept in one piece ("don’t"), "&" as a
 * word, and the parts of links and emoji told apart. And what is known about words: negations and
 * numbers, in the languages that leaks are written in.
 */
#ifndef STET_VERIFY_WORDS_H
#define STET_VERIFY_WORDS_H

#include "align.h"
#include "arena.h"

struct word_list {
    struct arena *arena; /* where words and their folded forms live; set it before words_add */
    struct align_word *words;
    size_t count, cap;
};

/* Appends the words of text[from, to); their spans are bytes of `text`. */
void words_add(struct word_list *list, str text, size_t from, size_t to, uint32_t message);

/* "not", "never", "nobody", "can't", "kein", "не" ...: dropping or adding one turns the sense. */
bool word_is_negation(str fold);

/* "if", "unless", "almost", "allegedly", "said": leaving one out turns the sense as well. */
bool word_is_condition(str fold);

/* Digits, or a number in words ("seven", "million"). */
bool word_is_number(str fold);

#endif
