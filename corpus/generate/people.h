/* The cast: who writes, how often, from when to when, about what, and with which habits. */
#ifndef CORPUS_PEOPLE_H
#define CORPUS_PEOPLE_H

#include "phrases.h"

#include <stdbool.h>
#include <stdint.h>

enum quote_style { STRAIGHT, CURLY };
enum mark_style { MARK_NONE, MARK_DOTS, MARK_ELLIPSIS, MARK_DASH };

struct voice {
    const char *name; /* as the release shows it */
    const char *call; /* how others address them */
    const char *from; /* first and last moment in the group */
    const char *until;
    int activity;   /* share of the talk, per thousand */
    uint32_t likes; /* bit set of topics */
    enum quote_style quotes;
    enum mark_style mark; /* how a thought runs on into the next message */
    bool lower;           /* no capitals */
    bool short_words;     /* abt, w/, ppl */
    bool ampersand;
    bool non_breaking;         /* U+00A0 before a unit */
    int typo;                  /* per thousand words */
    int smile;                 /* per thousand messages */
    int length;                /* per thousand messages that get another sentence */
    const char *const *smiles; /* NULL-terminated */
    const char *const *own;    /* lines only this one writes; NULL-terminated or NULL */
};

enum { CAST = 14 };
extern const struct voice cast[CAST];

#endif
