/* The words in which time stamps are written: months, weekdays, halves of the day, zones. */
#ifndef BASE_STAMP_WORDS_H
#define BASE_STAMP_WORDS_H

#include "str.h"

enum stamp_word { WORD_UNKNOWN, WORD_MONTH, WORD_FILLER, WORD_ZONE };

/* What a word (letters only, with or without a dot behind) is. *value: the month from 1, or the
   minutes of a zone's offset; fillers are weekdays, "at", "klo", "o'clock" and their like. */
enum stamp_word stamp_word_of(str word, int *value);

/* The half of the day named at the front of `s`, in any language: "PM", "p. m.", "下午". *hours is
   from which hour on its twelve hours count (0 or 12; 11 for noon's own word, which reaches from 11
   to 1). Gives the bytes of the word, 0 if there is none. `before`: only words that stand before the
   time. */
size_t stamp_half_of(str s, bool before, int *hours);

/* Bytes of the blank (U+00A0, U+202F ... included) or of the invisible mark (directions, joiners,
   byte order mark) at the front of `s`; 0 if there is neither. */
size_t stamp_blank_of(str s);

#endif
