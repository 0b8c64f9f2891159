/*
 * Flags for changes of sense, for differences.c.
 */
#ifndef STET_VERIFY_SENSE_H
#define STET_VERIFY_SENSE_H

#include "laid.h"

/* VFLAG_NEGATION_CHANGED, VFLAG_NUMBER_CHANGED, VFLAG_NAME_CHANGED for n words of the quotation that
   stand where the source has m words. */
uint32_t sense_flags(const struct laid *l, const struct align_word *q, size_t n,
                     const struct align_word *s, size_t m);

/* VFLAG_NAME_CHANGED if a bracket puts one name for another: "[Clinton]" for "Trump". A name for a
   pronoun, a noun or a handle is what brackets are for. */
uint32_t sense_other_name(const struct laid *l, const struct align_item *bracket,
                          const struct align_word *s, size_t m);

/* VFLAG_BRACKET_REWRITES if a bracket stands for more than two words of the source and shares none. */
uint32_t sense_rewrites(const struct align_item *bracket, const struct align_word *s, size_t m);

/* "US", "IT", "WHO": two to four capitals in a text that is not all capitals. */
bool sense_is_acronym(str word);

/* A negation or a word like "if" left out from the very sentence whose other words are quoted, before or behind. */
bool sense_hidden_by_omission(const struct laid *l, size_t first, size_t count);

#endif
