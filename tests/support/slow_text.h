/*
 * The slow search's look into one text: words, phrases, words near each other, similar words, regular
 * expressions, each by the plainest definition. Patterns are read from the tree as printed.
 */
#ifndef STET_TESTS_SLOW_TEXT_H
#define STET_TESTS_SLOW_TEXT_H

#include "made_archive.h"
#include "tokenize.h"

enum { SLOW_WORDS_MAX = 64 };

struct spot {
    char word[TOKEN_MAX + 80], spelling[400];
    uint32_t place;
};

struct slow_search;
struct subject {
    const struct slow_search *all;
    const struct made_message *m;
    int64_t row;
    int64_t silence_ms; /* before it in its conversation; -1 without any before */
    struct spot *spots;
    size_t count;
    uint32_t places;
};

/* Fills the spots of a subject, for which there is room. */
void slow_tokenize(struct subject *s);

/* The printed tree, from some place on. */
struct reader {
    const char *p;
};
void read_atom(struct reader *r, char *out, size_t size);
bool at_close(struct reader *r);

struct pattern {
    char items[16][80];
    size_t count;
    bool prefix, spelled;
};
bool pattern_fits(const struct subject *s, const struct pattern *p);

/* Of (HEAD ...): the rest is read up to its parenthesis. False in *known: none of these. */
bool slow_text_holds(struct reader *r, const struct subject *s, const char *head, bool *known);

#endif
