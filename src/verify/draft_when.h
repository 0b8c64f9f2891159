/*
 * Dates and times that sentences give: "on March 2, 2016", "in May 2015", "eighteen seconds later".
 * The words are ours to recognise; what they mean as a range is dates.h.
 */
#ifndef STET_VERIFY_DRAFT_WHEN_H
#define STET_VERIFY_DRAFT_WHEN_H

#include "prose.h"

struct mention {
    size_t first, last; /* pieces */
    str text;
    struct date_range when; /* both ends TIME_NONE for a relative one */
    int64_t after_ms;       /* "two minutes later"; TIME_NONE for a date */
};

struct mention_list {
    struct mention *mentions; /* by place */
    size_t count, cap;
    struct arena *arena;
    int64_t today_wall_ms;
    int year; /* that the draft named last; 0: none yet */
};

/* Of one paragraph; the memory is used again, the year is kept. */
void mentions_read(struct mention_list *l, const struct prose *p);

/* A date by itself, as a log line has it ("2016-03-02 09:41:07"); both ends TIME_NONE if it is none. */
struct date_range when_of_stamp(str stamp, int64_t today_wall_ms);

#endif
