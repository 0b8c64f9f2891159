/*
 * A date cut into pieces: numbers, known words and signs, each with one letter for its kind. The
 * letters in a row are the shape of the date: "15 June 2015" is "dmy". For dates.c.
 *
 * Of numbers: d has up to 2 digits, n 3, y 4 (a year), D 8 (yyyymmdd), x any other count. Words
 * have the letters of date_words.h; signs stand for themselves; blanks, commas and the ending of
 * "15th" are left out.
 */
#ifndef STET_QUERY_DATE_PIECES_H
#define STET_QUERY_DATE_PIECES_H

#include "str.h"

enum { PIECES_MAX = 16 };

struct piece {
    char kind; /* letter of the shape */
    int64_t value;
    str text;
    size_t at; /* byte in the whole text */
};

struct reading {
    struct piece pieces[PIECES_MAX];
    size_t count;
    char shape[PIECES_MAX + 1];
    str text;
    size_t at; /* of `text` in what the user wrote */
    int64_t now_ms;
};

/* Cuts r->text; false if something in it is nothing that dates are made of. */
bool reading_cut(struct reading *r);

#endif
