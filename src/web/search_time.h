/* The time line over a search, to be narrowed by a click, by two dates, or by drawing over it. */
#ifndef WEB_SEARCH_TIME_H
#define WEB_SEARCH_TIME_H

#include "web.h"

/* Draws nothing for hits without dates; a sentence where it would take too long. */
MUST_USE enum status search_time_draw(struct web *w, struct search *s, struct err *e);

/* True if the request brings two dates (from=, to=): then it was answered with the query that has them. */
bool search_time_joined(struct web *w);

#endif
