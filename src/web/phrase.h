/* Numbers, dates and names as pages say them, in an arena. */
#ifndef WEB_PHRASE_H
#define WEB_PHRASE_H

#include "arena.h"
#include "message.h"

str phrase_number(struct arena *a, uint64_t n);                                   /* "11,014" */
str phrase_count(struct arena *a, uint64_t n, const char *one, const char *many); /* "1 message" */
str phrase_date(struct arena *a, int64_t wall_ms);                                /* "2 Mar 2016" */
str phrase_month(struct arena *a, int64_t wall_ms);                               /* "Mar 2016" */
str phrase_span(struct arena *a, int64_t first_wall_ms,
                int64_t last_wall_ms); /* "May 2015 – ..." */
str phrase_zone(struct arena *a, str zone_name, enum time_basis basis);
const char *phrase_basis(enum time_basis basis);  /* "the source gives UTC" */
str phrase_size(struct arena *a, uint64_t bytes); /* "1.7 MB" */

#endif
