/*
 * Which zone do the stamps of a source keep, if it does not say? What is looked at stands in the messages
 * themselves: ids that hold the UTC millisecond at which they were made, and messages that another source
 * shows with UTC.
 *
 *     struct clock_report r;
 *     if (clock_run(&r, store, &(struct clock_options){.sources = NULL}, &arena, e) == OK &&
 *         r.verdict == CLOCK_DECIDED)
 *         store_rezone(...)                          // in r.zones[0].name
 *
 * A link to a post (https://twitter.com/NAME/status/ID) gives a bound: the message cannot be older than
 * the post. The milliseconds since 1970 of such an id are (id >> 22) + 1288834974657 (Twitter's snowflake,
 * announced 2010; ids below 29700859247 are older and say nothing); Discord's epoch is 1420070400000. The
 * first eleven characters of a picture's name on pbs.twimg.com/media are the same number in base64url. An
 * id of the message itself, and the same words by the same sender in a source that gives UTC, are exact.
 *
 * Sources are judged together, as if one clock had made all their stamps. Then each that has at least
 * CLOCK_LATE_MIN pieces of evidence is judged by itself: if these rule the common zone out, the verdict is
 * CLOCK_MIXED. A source with less is only carried along, and never changed unless it is named.
 *
 * One message whose stamp or link was changed contradicts the right zone, and then only zones further west
 * are left. So a zone with k contradictions, CLOCK_FEW at most, is preferred to all that have none if these
 * put at least CLOCK_LATE_MIN + 10 k of its messages too late in the sense below: the verdict then is
 * CLOCK_NONE, and the messages are for people to look at.
 *
 * A zone is contradicted by each message that would be older than what it links to (by more than the stamps are cut to and CLOCK_SKEW_MS), or away from its exact
 * time by more than CLOCK_TOLERANCE_MS. Bounds alone never contradict a zone further west, in which every
 * message would be later. Such a zone is held against the best one: if it puts messages later by d, then
 * those whose link is younger than d under the best zone would all have been sent in the second stretch of
 * length d after their posts, and none in the first. As links are passed on no less often in the first
 * stretch than in the second, n of them have a chance of at most 1 in 2^n (a sign test); it is ruled
 * out from CLOCK_LATE_MIN on.
 */
#ifndef STET_CLOCK_H
#define STET_CLOCK_H

#include "arena.h"
#include "store.h"

enum {
    CLOCK_TOLERANCE_MS = 60000, /* of an exact time */
    CLOCK_SKEW_MS = 5000,       /* by which the clocks of two servers may differ; of a bound */
    CLOCK_LATE_MIN = 20,        /* 1 in a million */
    CLOCK_FEW = 3,
    CLOCK_MONTH_MIN = 10, /* pieces of evidence that a month needs for its own tightest margin */
    CLOCK_EVIDENCE_MAX = 2000000,
};

enum clock_sign {
    SIGN_POST,    /* a linked post of Twitter */
    SIGN_MEDIA,   /* a linked picture or video of Twitter */
    SIGN_DIRECT,  /* the id of a direct message in the address of its picture */
    SIGN_DISCORD, /* a linked message or attachment of Discord */
    SIGN_OWN_ID,  /* the message's own id; exact */
    SIGN_TWIN,    /* the same words with UTC in another source; exact */
    SIGN_COUNT
};
const char *clock_sign_name(enum clock_sign sign); /* "linked post" ... */

struct clock_evidence {
    int64_t row, source_id;
    enum clock_sign sign;
    int64_t id;       /* as linked; of a twin its row */
    int64_t wall_ms;  /* the message's clock as shown */
    int64_t known_ms; /* UTC: the bound or the exact time */
};

enum clock_fate {
    CLOCK_FITS,
    CLOCK_SAME,         /* another zone, but it reads every message here alike, but for those
                           whose hour zones[0] itself has twice or never */
    CLOCK_OPEN,         /* cannot be told from the one that fits */
    CLOCK_LATE,         /* ruled out by the sign test */
    CLOCK_CONTRADICTED, /* by at least one message */
};
const char *clock_fate_name(enum clock_fate fate); /* "fits" "same" "open" "late" "contradicted" */

/* Zones that do the same over the span are one. */
struct clock_zone {
    str name, label;   /* "America/Los_Angeles", "US Pacific" (or empty) */
    const str *others; /* further names, the best known first */
    size_t other_count;
    enum clock_fate fate;
    bool leads; /* the one against which the others are held */
    uint64_t contradictions;
    int64_t
        margin_ms; /* the tightest of what fits: how fresh the freshest link is; TIME_NONE if none fits */
    int64_t
        slack_ms; /* the largest of the monthly tightest margins, or margin_ms if no month has enough */
    uint64_t late; /* the n of the sign test against the first zone */
    struct clock_evidence tightest,
        worst; /* of the margin; the strongest contradiction (row 0: none) */
};

struct clock_shift {
    int64_t utc_ms;
    int before_min, after_min; /* minutes ahead of UTC */
};

enum clock_verdict {
    CLOCK_DECIDED,     /* zones[0] */
    CLOCK_SEVERAL,     /* zones[0] fits best, others are open */
    CLOCK_NONE,        /* zones[0] has the least against it, but is contradicted */
    CLOCK_MIXED,       /* sources that tell of their own time keep different clocks */
    CLOCK_NO_EVIDENCE, /* nothing in the messages tells */
    CLOCK_NOT_NEEDED,  /* no time without a zone */
};
const char *clock_verdict_name(enum clock_verdict v); /* "decided" "several" "none" ... */

struct clock_source {
    int64_t id;
    str name, clock_zone; /* as in struct source_row */
    uint64_t naive;       /* messages whose stamps state no zone */
    uint64_t evidence;
    str own_zone; /* that fits best what this source alone tells; empty below CLOCK_LATE_MIN pieces */
    bool differs; /* zones[0] is ruled out by what this source alone tells */
};

struct clock_report {
    enum clock_verdict verdict;
    const struct clock_source *sources; /* those with naive stamps */
    size_t source_count;
    uint64_t naive, signs[SIGN_COUNT], evidence;
    uint64_t aside; /* ids newer than any zone allows, mistyped or invented; counted nowhere else */
    struct clock_evidence aside_first;
    int64_t first_wall_ms, last_wall_ms; /* of the naive messages */
    int64_t grain_ms;                    /* what the stamps are cut to: 1, 1000 or 60000 ms */
    const struct clock_zone *zones;      /* the best first; then open, late, contradicted */
    size_t zone_count;
    const struct clock_shift *shifts; /* of zones[0] within the span */
    size_t shift_count;
    uint64_t twice, skipped; /* naive messages whose hour zones[0] has twice, or never */
};

struct clock_options {
    const int64_t *sources; /* ids; NULL: all */
    size_t count;
};

/* Everything lives in the arena. Times that were inferred earlier are looked at anew. ERR_MISSING without
   a database of zones, ERR_LIMIT beyond CLOCK_EVIDENCE_MAX. */
MUST_USE enum status clock_run(struct clock_report *out, struct store *s,
                               const struct clock_options *options, struct arena *a, struct err *e);

#endif
