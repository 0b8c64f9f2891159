/*
 * Who was there when: stays in conversations, and the hours, weekdays and months in which somebody
 * writes. Times are as shown in the sources.
 *
 *     struct stay *stays;
 *     size_t count;
 *     st = presence_stays(store, NULL, 0, &arena, &stays, &count, e);         // everybody
 *     struct activity act;
 *     st = presence_activity(store, ids, id_count, &arena, &act, e);
 */
#ifndef STET_PRESENCE_H
#define STET_PRESENCE_H

#include "arena.h"
#include "store.h"

/* One handle in one conversation. Times are wall ms, TIME_NONE where the archive does not say. */
struct stay {
    int64_t participant, conversation;
    uint64_t messages, joins, leaves; /* of events that say so: events.h */
    int64_t first_join_ms, last_leave_ms;
    bool join_after, leave_after; /* that event has no time: it stands after this one */
    int64_t first_ms, last_ms;    /* of messages that have a time */
    int64_t first_row, last_row;  /* 0: none */
};

/* Of some participants, or of all if there are none; by conversation, then most messages first. Who
   only joined or left stands there too. */
MUST_USE enum status presence_stays(struct store *s, const int64_t *ids, size_t id_count,
                                    struct arena *a, struct stay **out, size_t *count,
                                    struct err *e);

/*
 * Response time: the pause before a message whose predecessor in its conversation was somebody else's,
 * if it is shorter than RESPONSE_HOURS; between UTC times. Half of the pauses are shorter than the
 * median, a quarter than the first quartile. Silence longer than that is no response.
 */
enum { RESPONSE_HOURS = 12 };

struct month_of {
    int64_t from_wall_ms;
    uint64_t messages;
};
struct activity {
    uint64_t messages, undated;
    uint64_t hours[24], weekdays[7]; /* Monday first */
    struct month_of *months;         /* from the first to the last, none left out */
    size_t month_count;
    uint64_t responses;
    int64_t response_median_ms, response_quarter_ms, response_three_quarters_ms;
};
MUST_USE enum status presence_activity(struct store *s, const int64_t *ids, size_t id_count,
                                       struct arena *a, struct activity *out, struct err *e);

#endif
