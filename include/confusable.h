/*
 * What a name looks like to a hurried reader: letters of other scripts that look the same, digits for
 * letters, case, accents, added signs, invisible characters and doubled letters set aside. Two names
 * with one shape can be taken for each other.
 *
 *     struct shape a = shape_of(&arena, STR("noll"));
 *     struct shape b = shape_of(&arena, STR("n\u043E_l1"));      // Cyrillic o, an underscore, a one
 *     shape_same(&a, &b) == true
 *
 * Sources: UTS #39, skeletons of confusables (ICU's data); case folding and marks as in fold.h. Our own:
 * 0 o, 1 i l ! |, 2 z, 3 e, 4 a @, 5 s $, 7 t, 8 b, 9 g and vv w are one each. Numbers stay numbers:
 * "tern10" and "tern100" have different shapes, "tern1" and "ternl" the same.
 */
#ifndef STET_CONFUSABLE_H
#define STET_CONFUSABLE_H

#include "arena.h"
#include "str.h"

enum { SHAPE_BYTES_MIN = 3 }; /* shorter shapes say nothing: "al" and "ai" */

/* A run of one character: where it begins in the shape, how often it stood, whether it was a digit. */
struct shape_run {
    uint32_t at, count;
    bool digit;
};

/* A name has two shapes: a capital may look like another letter than its small form does (Greek nu). */
struct shape {
    str keys[2];
    struct shape_run *runs[2];
    size_t run_counts[2];
};

/* In the arena. A name of nothing but signs has empty keys. */
struct shape shape_of(struct arena *a, str name);

/* Equal keys, and no number of one is another number in the other. */
bool shape_same(const struct shape *a, const struct shape *b);

#endif
