/* What the files of the clock share: evidence being gathered (clock_signs.c), zones as they are compared
   (clock_zones.c), and the judgement (clock_judge.c). The idea is in clock.h. */
#ifndef STET_EVIDENCE_CLOCK_PARTS_H
#define STET_EVIDENCE_CLOCK_PARTS_H

#include "clock.h"
#include "zone.h"

struct signs {
    struct clock_evidence *items; /* malloc'd */
    size_t count, cap;
};

void signs_add(struct signs *s, const struct clock_evidence *x);
void signs_free(struct signs *s);

/* Adds what the addresses in a text say; x holds row and clock. */
void signs_of_text(struct signs *s, str text, struct clock_evidence x);

/* The messages with naive stamps, and what they tell. */
struct gathering {
    struct store *store;
    struct columns *columns;
    struct clock_report *report;
    struct clock_source *sources; /* the chosen ones, by id */
    size_t source_count;
    struct signs signs;
    struct arena scratch;
    bool has_utc; /* some message of the archive has UTC from its source */
};
struct clock_source *gathering_source(const struct gathering *g,
                                      int64_t row); /* NULL: not chosen */
int64_t gathering_wall_ms(const struct gathering *g, int64_t row);
bool gathering_is_naive(int64_t traits);
/* A wording that was put in later may link to what came later. */
bool gathering_may_tell(int64_t traits);

/* clock_twins.c */
MUST_USE enum status gather_twins(struct gathering *g, struct err *e);

/* A zone with those that do the same over the span. */
struct candidate {
    struct zone *zone;
    struct clock_shift *shifts; /* in the arena */
    size_t shift_count;
    int first_offset_min;
    const str *names; /* the best known first */
    size_t name_count;
    str label;
};
struct candidates {
    struct candidate *items; /* in the arena */
    size_t count;
};

/* All zones of the system between two times; candidates_close closes them. */
MUST_USE enum status candidates_open(struct candidates *out, int64_t from_ms, int64_t to_ms,
                                     struct arena *a, struct err *e);
void candidates_close(struct candidates *c);

/* Fills zones, fates, verdict and the sum of what was put aside from the evidence. Returns the zones, NULL
   without evidence. */
struct clock_zone *clock_judge(struct clock_report *r, const struct candidates *c, struct signs *s,
                               struct arena *a);
/* Judges what one source alone tells, and holds zones[0] of the report against it. */
void clock_judge_source(const struct clock_report *r, const struct candidates *c,
                        const struct clock_evidence *items, size_t count, struct clock_source *out,
                        struct arena *a);
void clock_sort(struct clock_zone *zones, size_t count); /* by fate, then the best first */

#endif
