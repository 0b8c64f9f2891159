/* Conversations: who opens, who answers, when the thing dries up. */
#ifndef CORPUS_THREADS_H
#define CORPUS_THREADS_H

#include "people.h"
#include "release.h"
#include "rng.h"

/* The order in which one bank's lines are used, and when each was used last (local seconds). */
struct bag {
    int *order;
    int64_t *used;
    int count, next;
};

struct seen;

struct story {
    struct rng rng;
    struct release *release;
    int64_t now;    /* local time of the latest message */
    int left_today; /* messages that the day may still hold */
    struct bag topics[TOPICS][TOPIC_MOVES];
    struct bag generals[GENERALS];
    struct bag own[CAST];
    struct seen *seen;
};

void story_open(struct story *story, struct release *release, uint64_t seed);
void story_close(struct story *story);

/* One conversation from local time `start` on; stops when the day is full. */
void story_thread(struct story *story, int64_t start);

/* A time at or after `local` at which nothing planted is going on (see facts.h). */
int64_t story_free_time(struct story *story, int64_t local);

#endif
