/*
 * What may be missing from an archive: observations, never accusations. Everything here says what is not
 * there; why it is not (nobody wrote, an export was cut, something was deleted) it cannot say.
 *
 *     struct gaps_report r;
 *     if (gaps_run(&r, store, &(struct gaps_options){.conversation_id = 0}, &arena, e) == OK)
 *         for (size_t i = 0; i < r.silence_count; i++) ...     // the least likely first
 *
 * Silences are measured in whole days without a message of a conversation, or of a person in one, against
 * how often that conversation or person wrote on the days around it: on p of the GAPS_WINDOW_DAYS days
 * before and the same number after. If each day were like these, D silent days in a row would have the
 * chance (1 - p/n)^D (independent trials; W. Feller, An Introduction to Probability Theory and Its
 * Applications I, chapter XIII.7, success runs). At most GAPS_CHANCE_MAX is reported. Nobody's days are
 * independent: weekends and holidays make long silences likelier than this says, so the number orders the
 * silences, and proves nothing.
 *
 * Days with one side only: in a conversation of two, days on which one wrote and the other did not. A run
 * of k such days among days with messages is held against the share q of days on which both wrote, in the
 * same way: (1 - q)^k.
 *
 * Ids: where a platform numbers the messages of a conversation one after another, and at least
 * GAPS_DENSE_SHARE % of the numbers from the lowest to the highest are here, what lies between is missing.
 */
#ifndef STET_GAPS_H
#define STET_GAPS_H

#include "arena.h"
#include "store.h"

enum {
    GAPS_WINDOW_DAYS = 28,
    GAPS_DAYS_MIN = 7,       /* with messages, in the window: below it nothing is said */
    GAPS_CHANCE_MAX = 10000, /* 1 in so many */
    GAPS_IDS_MIN = 20,
    GAPS_DENSE_SHARE = 80,
};

struct gap_silence {
    int64_t conversation_id, participant_id; /* 0: the whole conversation */
    str conversation, person;                /* as shown */
    int64_t last_row, next_row;              /* the messages around it */
    int64_t last_wall_ms, next_wall_ms;
    uint32_t days;                      /* whole days without a message */
    uint32_t days_written, days_around; /* p and n above */
    double chance;
};

struct gap_side {
    int64_t conversation_id;
    str conversation, present, absent; /* titles and names */
    int64_t first_row, last_row;       /* of the run */
    int64_t first_wall_ms, last_wall_ms;
    uint32_t days;                    /* with messages of one side only, one after another */
    uint32_t days_both, days_written; /* in all of the conversation */
    double chance;
};

struct gap_ids {
    int64_t conversation_id;
    str conversation;
    int64_t first_id, last_id;             /* missing, both included */
    int64_t before_row, after_row;         /* around them */
    int64_t before_wall_ms, after_wall_ms; /* TIME_NONE if undated */
};

struct gap_undated {
    int64_t conversation_id;
    str conversation;
    int64_t first_row, last_row; /* one after another in the conversation */
    uint64_t messages;
};

struct gap_conversation { /* counts, for every conversation looked at */
    int64_t conversation_id;
    str conversation;
    uint64_t messages, events, deleted, undated;
    uint64_t ids,
        id_span; /* messages with a number; numbers from the lowest to the highest. 0: no numbers */
    bool dense;
};

struct gaps_report {
    const struct gap_silence *silences; /* by chance, the smallest first */
    const struct gap_side *sides;       /* the same */
    const struct gap_ids *ids;          /* the largest first */
    const struct gap_undated *undated;  /* the longest first */
    const struct gap_conversation *conversations;
    size_t silence_count, side_count, id_count, undated_count, conversation_count;
    uint64_t silences_examined; /* stretches of a day or more, chance or not */
};

struct gaps_options {
    int64_t conversation_id; /* 0: all */
};

/* Everything in the arena. */
MUST_USE enum status gaps_run(struct gaps_report *out, struct store *s,
                              const struct gaps_options *options, struct arena *a, struct err *e);

#endif
