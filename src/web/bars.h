/*
 * The time line over a search: a bar for each day, month or year; each is a link that narrows the
 * search to it, and has its date and count as a title.
 */
#ifndef WEB_BARS_H
#define WEB_BARS_H

#include "dates.h"
#include "web.h"

/* `link` makes the address for one unit, in the arena of `w`; NULL: no links. */
struct bars {
    const struct timeline *timeline;
    str (*link)(struct web *w, enum facet_by unit, int64_t from_ms);
    str title;
    const struct date_range *in; /* the bars that the search has; NULL: all */
    str query;                   /* for the script: what a range of dates is added to */
    int height;                  /* in units of the picture, which is 1000 wide */
};
void bars_draw(struct web *w, const struct bars *b);

/* "2016", "2016-03", "2016-03-02": as date: takes it. */
str bars_date(struct web *w, enum facet_by unit, int64_t from_ms);

#endif
