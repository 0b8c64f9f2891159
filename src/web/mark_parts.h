/* Small forms by which a reader marks: a star on a hit, tags and notes on a message, a saved search. */
#ifndef WEB_MARK_PARTS_H
#define WEB_MARK_PARTS_H

#include "web.h"

/* ☆ or ★, a button; it comes back to this page. */
void mark_star(struct web *w, int64_t row, bool on);

/* Tags and notes of a message, to read, add and take away. */
MUST_USE enum status mark_message(struct web *w, int64_t row, struct err *e);

/* Behind a search: tag all its hits, keep it under a name. */
void mark_search(struct web *w, uint64_t count);

/* Whether a message has the star. */
MUST_USE enum status mark_is_starred(struct web *w, int64_t row, bool *on, struct err *e);

#endif
