/*
 * Facets of a search: who, where, what, when, each with its count, a link that narrows the search to
 * it and one that leaves it out. They work on the text of the query, so that what is on can be seen
 * and edited in the box.
 */
#ifndef WEB_FACETS_H
#define WEB_FACETS_H

#include "web.h"

MUST_USE enum status facets_draw(struct web *w, struct search *s, struct err *e);

/* `query` with `piece` added, or taken out if it stands there as a word of its own. */
str query_toggle(struct arena *a, str query, str piece);
bool query_has(str query, str piece);

/* from:"Lirra Watch": a field with a value that may hold anything. */
str query_piece(struct arena *a, const char *field, str value);

#endif
