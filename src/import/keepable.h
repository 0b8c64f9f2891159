/* What no message can be, taken out of it, so that one odd record does not cost its file. */
#ifndef IMPORT_KEEPABLE_H
#define IMPORT_KEEPABLE_H

#include "arena.h"
#include "sink.h"

/* Whether `m` is fit to be handed on. If not *out is: as `m`, with lists cut at WIRE_LIST_MAX entries,
   without times of other ages and sizes below zero. New lists are in `a`. */
bool keepable(const struct message *m, struct arena *a, struct message *out);

#endif
