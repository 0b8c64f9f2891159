/*
 * Look-alikes: names that a reader would take for each other, among those of an archive and against a
 * list of verified ones. It tells impostors who pose as somebody, and slips of typists too: what it says
 * is that two names look alike, never that somebody deceived.
 *
 *     const struct looked_at names[] = {{.text = STR("noll"), .owner = 1},
 *                                       {.text = STR("n\u043Ell"), .owner = 2}};
 *     struct lookalike *pairs;
 *     size_t count = lookalikes_find(names, 2, &arena, &pairs);     // 1: TRICK_LETTERS
 *
 * Measured by tests/unit/test_lookalike.c on 200 invented impostors and 10,000 ordinary handles.
 */
#ifndef STET_LOOKALIKE_H
#define STET_LOOKALIKE_H

#include "arena.h"
#include "str.h"

/* By what the two differ, as far as it can be told; several may hold. */
enum trick {
    TRICK_SAME = 1 << 0,      /* not at all: the same name, another account */
    TRICK_CASE = 1 << 1,      /* capital and small letters */
    TRICK_ACCENTS = 1 << 2,   /* or other forms of a letter */
    TRICK_INVISIBLE = 1 << 3, /* characters that show nothing */
    TRICK_SIGNS = 1 << 4,     /* underscores, dots, hyphens, blanks */
    TRICK_DIGITS = 1 << 5,    /* digits, or signs like $, for letters */
    TRICK_LETTERS = 1 << 6,   /* other letters that look alike */
    TRICK_DOUBLED = 1 << 7,   /* a letter more or less of the same */
};
enum { TRICK_COUNT = 8 };
const char *trick_text(enum trick t); /* "capitals", "invisible characters" ... */

struct looked_at {
    str text;
    int64_t owner; /* names of one owner are not compared with each other */
    bool verified; /* if any is, pairs are of one that is and one that is not */
};

struct lookalike {
    size_t a, b; /* into the names; a is verified, or stands before b */
    uint32_t tricks;
};

/* All pairs, in order of a and b, each pair of owners and texts once; in the arena. Names whose shape
   is shorter than three letters are not compared (but for being the very same). */
size_t lookalikes_find(const struct looked_at *names, size_t count, struct arena *a,
                       struct lookalike **out);

/* "n[U+043E]ll": a name with every character written out that is not a plain ASCII letter, digit or
   sign, so that one can see what it is made of. In the arena. */
str lookalike_spell(struct arena *a, str name);

#endif
