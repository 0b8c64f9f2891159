/*
 * A conversation is a walk over moves: somebody opens a topic, the same one goes on or another
 * asks, answers, doubts, jokes. A thread keeps its place, paper, official and so on to the end
 * (the sticky slots), and mostly its people too.
 */
#include "threads.h"

#include "calendar.h"
#include "compose.h"
#include "facts.h"
#include "phases.h"
#include "text.h"

struct thread {
    enum topic topic;
    struct setting setting;
    int people[CAST];
    int count;
    int speaker; /* who wrote last, -1 at the start */
    enum move move;
};

static bool is_present(const struct voice *voice, int64_t local)
{
    return calendar_read(voice->from) <= local && local < calendar_read(voice->until);
}

/* Somebody who is there; one who likes the topic, and who has not just spoken, more likely. */
static int pick_person(struct story *story, const struct thread *thread, int64_t local)
{
    int weights[CAST], total = 0;
    for (int i = 0; i < CAST; i++) {
        weights[i] = is_present(&cast[i], local) && i != thread->speaker ? cast[i].activity : 0;
        if (cast[i].likes & (1u << thread->topic))
            weights[i] = weights[i] * 7 / 4;
        else if (i > 0)
            weights[i] = weights[i] * 4 / 5;
        total += weights[i];
    }
    int at = (int)rng_below(&story->rng, (uint32_t)total);
    int who = 0;
    while (at >= weights[who])
        at -= weights[who++];
    return who;
}

static int pick_speaker(struct story *story, struct thread *thread)
{
    const bool alone = thread->speaker < 0;
    if (!alone && thread->move != ASK && rng_chance(&story->rng, 490))
        return thread->speaker;
    if (thread->count > 1 && rng_chance(&story->rng, 720)) {
        const int who = thread->people[rng_below(&story->rng, (uint32_t)thread->count)];
        if (who != thread->speaker)
            return who;
    }
    const int who = pick_person(story, thread, story->now);
    thread->people[thread->count] = who;
    thread->count += thread->count + 1 < CAST;
    return who;
}

/* What comes after what: per hundred, for the same speaker and for another one. */
enum next {
    NEXT_DETAIL,
    NEXT_ASK,
    NEXT_ANSWER,
    NEXT_VIEW,
    NEXT_AGREE,
    NEXT_DOUBT,
    NEXT_SHORT,
    NEXTS
};

static const int after_own[TOPIC_MOVES][NEXTS] = {
    [OPEN] = {58, 14, 0, 24, 0, 2, 2}, [DETAIL] = {46, 12, 0, 36, 0, 2, 4},
    [ASK] = {30, 30, 0, 30, 0, 6, 4},  [ANSWER] = {40, 8, 14, 32, 0, 2, 4},
    [VIEW] = {36, 14, 0, 42, 0, 4, 4},
};
static const int after_other[TOPIC_MOVES][NEXTS] = {
    [OPEN] = {20, 24, 0, 20, 13, 8, 15},  [DETAIL] = {22, 20, 0, 22, 13, 8, 15},
    [ASK] = {10, 4, 66, 8, 2, 4, 6},      [ANSWER] = {18, 18, 0, 22, 14, 8, 20},
    [VIEW] = {20, 16, 0, 26, 14, 10, 14},
};

static enum next pick_next(struct story *story, const int weights[NEXTS])
{
    int at = (int)rng_below(&story->rng, 100);
    int which = 0;
    while (which + 1 < NEXTS && at >= weights[which])
        at -= weights[which++];
    return (enum next)which;
}

static int64_t wait_seconds(struct story *story, bool same)
{
    if (rng_chance(&story->rng, 30))
        return rng_between(&story->rng, 900, 3600);
    if (same)
        return rng_between(&story->rng, 6, rng_chance(&story->rng, 700) ? 70 : 200);
    return rng_between(&story->rng, 12, rng_chance(&story->rng, 650) ? 150 : 600);
}

/* The move's sentence, and as what the next one will see it. */
static void say_next(struct story *story, struct thread *thread, enum next next, struct text *out)
{
    static const enum move moves[] = {
        [NEXT_DETAIL] = DETAIL, [NEXT_ASK] = ASK, [NEXT_ANSWER] = ANSWER, [NEXT_VIEW] = VIEW};
    static const enum general generals[] = {
        [NEXT_AGREE] = AGREE, [NEXT_DOUBT] = DOUBT, [NEXT_SHORT] = SHORT};
    if (next <= NEXT_VIEW) {
        thread->move = moves[next];
        compose_topic(story, thread->topic, thread->move, &thread->setting, out);
    } else {
        thread->move = VIEW;
        compose_general(story, generals[next], &thread->setting, out);
    }
}

static void set_company(struct thread *thread, struct story *story, int who, int before)
{
    const int mate = pick_person(story, thread, story->now);
    thread->setting.local = story->now;
    thread->setting.mate = mate == who ? NULL : cast[mate].call;
    thread->setting.to = before >= 0 && before != who ? cast[before].call : NULL;
}

int64_t story_free_time(struct story *story, int64_t local)
{
    return facts_free_time(calendar_unambiguous(local), rng_between(&story->rng, 200, 420));
}

static void turn(struct story *story, struct thread *thread)
{
    const int before = thread->speaker;
    const int who = pick_speaker(story, thread);
    const bool same = who == before;
    const bool opens = before < 0;
    if (!opens)
        story->now = story_free_time(story, story->now + wait_seconds(story, same));
    set_company(thread, story, who, before);
    thread->speaker = who;
    struct text plain = {0};
    text_clear(&plain);
    if (opens) {
        thread->move = OPEN;
        compose_topic(story, thread->topic, OPEN, &thread->setting, &plain);
    } else {
        const enum next next =
            pick_next(story, same ? after_own[thread->move] : after_other[thread->move]);
        say_next(story, thread, next, &plain);
    }
    compose_message(story, who, &thread->setting, &plain);
    text_free(&plain);
}

/* A goodbye, a greeting, or a line that only this participant writes. */
static void aside(struct story *story, struct thread *thread)
{
    const int who = pick_person(story, thread, story->now);
    set_company(thread, story, who, thread->speaker);
    thread->speaker = who;
    struct text plain = {0};
    text_clear(&plain);
    const int hour = (int)(story->now % 86400 / 3600);
    if (cast[who].own && rng_chance(&story->rng, 600))
        compose_own(story, who, &thread->setting, &plain);
    else
        compose_general(story, hour < 11 && hour > 4 ? GREET : CLOSE, &thread->setting, &plain);
    compose_message(story, who, &thread->setting, &plain);
    text_free(&plain);
}

void story_thread(struct story *story, int64_t start)
{
    struct thread thread = {.speaker = -1, .setting = {.rng = &story->rng}};
    thread.topic = phases_topic(&story->rng, start);
    story->now = story_free_time(story, start);
    const int hour = (int)(story->now % 86400 / 3600);
    if (hour < 10 && rng_chance(&story->rng, 120))
        aside(story, &thread);
    story->now = story_free_time(story, story->now + rng_between(&story->rng, 20, 300));
    thread.speaker = -1;
    int turns = rng_between(&story->rng, 1, 5);
    while (turns < 40 && rng_chance(&story->rng, 860))
        turns++;
    for (int i = 0; i < turns && story->left_today > 0; i++)
        turn(story, &thread);
    if (story->left_today > 0 && rng_chance(&story->rng, hour >= 21 ? 350 : 90)) {
        story->now = story_free_time(story, story->now + wait_seconds(story, false));
        aside(story, &thread);
    }
}
