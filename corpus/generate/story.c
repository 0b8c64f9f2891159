/* The release as a whole: plan the days, let the conversations run, plant the facts, sort. */
#include "story.h"

#include "facts.h"
#include "phases.h"
#include "threads.h"

#include <stdlib.h>

enum { CONVERSATIONS_MAX = 64 };

static int by_time(const void *a, const void *b)
{
    const int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

static void run_day(struct story *story, int64_t day)
{
    int starts[CONVERSATIONS_MAX];
    int count = 1 + story->left_today / 9;
    if (count > CONVERSATIONS_MAX)
        count = CONVERSATIONS_MAX;
    for (int i = 0; i < count; i++)
        starts[i] = phases_start(&story->rng);
    qsort(starts, (size_t)count, sizeof starts[0], by_time);
    for (int i = 0; story->left_today > 0; i++) {
        const int64_t planned = day * 86400 + (i < count ? starts[i] : 0);
        const int64_t earliest = story->now + rng_between(&story->rng, 240, 1500);
        story_thread(story, planned > earliest ? planned : earliest);
    }
}

void story_release(struct release *release, uint64_t seed)
{
    const int planted = facts_add(release);
    struct story story;
    story_open(&story, release, seed);
    int per_day[DAYS_MAX];
    const int days = phases_plan(&story.rng, STORY_MESSAGES - planted, per_day);
    for (int i = 0; i < days; i++) {
        story.left_today = per_day[i];
        run_day(&story, phases_first_day() + i);
    }
    story_close(&story);
    release_sort(release);
}
