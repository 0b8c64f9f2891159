/*
 * Claims about an archive as a whole, with what they rest on: how many, the first, the last, how long
 * between, never. Each answers with exact numbers and with what was searched, because "never" is worth as
 * much as the list of what could not be looked at.
 *
 *     struct claim_count n;
 *     const struct claim_query q = {.text = STR("permit"), .now_wall_ms = now};
 *     if (claims_count(&n, store, &q, STR("from:noll"), &arena, e) == OK)
 *         printf("%" PRIu64 " of %" PRIu64 "\n", n.both, n.whole);
 *
 * Events (somebody joined, a title changed) are the system's words and are not counted as messages, unless
 * the share is of a query that asks for them.
 */
#ifndef STET_ARCHIVE_CLAIMS_H
#define STET_ARCHIVE_CLAIMS_H

#include "arena.h"
#include "query.h"
#include "store.h"

struct claim_query {
    str text;
    int64_t now_wall_ms; /* for relative dates */
};

/* ---- what was searched ----------------------------------------------------------------------- */

struct searched {
    uint64_t messages, events;
    uint64_t undated;                    /* messages without a time */
    int64_t first_wall_ms, last_wall_ms; /* of dated ones; TIME_NONE if there is none */
    enum time_basis basis;               /* the weakest of any dated message */
    uint64_t ambiguous;                  /* in an hour that exists twice or never */
    /* What a search for words cannot see, or not all of. */
    uint64_t lossy, redacted, deleted,
        attached;                     /* messages; attached: pictures, recordings, files */
    uint64_t unread;                  /* records that could not be read (issues) */
    uint64_t issues;                  /* all of them */
    uint64_t sources_without_deleted; /* in which no message is marked as deleted: it is not known
                                         whether their format would show it */
    const struct source_row *sources;
    size_t source_count;
};
MUST_USE enum status claims_searched(struct searched *out, struct store *s, struct arena *a,
                                     struct err *e);

/* ---- how many --------------------------------------------------------------------------------- */

struct claim_count {
    str of, in;     /* both queries in canonical form; `in` as given, or all messages */
    uint64_t both;  /* match `of` and `in` */
    uint64_t alone; /* match `of`, whatever `in` */
    uint64_t whole; /* match `in` */
    bool in_given;
};
/* `in` empty: all messages. ERR_QUERY with the place in q->text; if `in` is at fault *in_failed is true
   and the place is in `in`. */
MUST_USE enum status claims_count(struct claim_count *out, struct store *s,
                                  const struct claim_query *q, str in, struct arena *a,
                                  bool *in_failed, struct err *e);

/* "2.84%", "less than 0.01%", "0%"; rounded to the nearest, never up to 100% or down to 0%. */
str claims_share(struct arena *a, uint64_t part, uint64_t whole);

/* ---- the first, the last ---------------------------------------------------------------------- */

struct claim_end {
    str of;           /* canonical */
    uint64_t count;   /* all hits, events too if the query finds them */
    uint64_t undated; /* of these: without a time they can be neither first nor last */
    int64_t row;      /* 0 if no dated message matches */
};
MUST_USE enum status claims_end(struct claim_end *out, struct store *s, const struct claim_query *q,
                                bool last, struct arena *a, struct err *e);

/* ---- between two ------------------------------------------------------------------------------ */

enum interval_kind {
    INTERVAL_UTC,   /* both instants are known, or inferred */
    INTERVAL_CLOCK, /* by the clock as shown: an hour off if it was changed in between */
    INTERVAL_MIXED, /* one is known, one is not: it may be off by as much as zones are apart */
};
struct claim_between {
    int64_t
        interval_ms; /* from the first named to the second; negative if that is the earlier one */
    enum interval_kind kind;
    bool ambiguous;  /* one of them stands in an hour that exists twice or never */
    bool to_minutes; /* both stamps are whole minutes: the interval is exact to two minutes */
    bool one_conversation;
    uint64_t messages, events;          /* in between, in order of time, in the whole archive */
    uint64_t conversation_messages;     /* in the conversation of both, if it is one */
    uint64_t conversation_participants; /* who wrote these */
};
/* ERR_MISSING if there is no such row, or one without a time. */
MUST_USE enum status claims_between(struct claim_between *out, struct store *s, int64_t from,
                                    int64_t to, struct err *e);

#endif
