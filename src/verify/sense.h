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

/* A negation left out from the very sentence whose other words are quoted, before or behind. */
bool sense_hidden_by_omission(const struct laid *l, size_t first, size_t count);

#endif
