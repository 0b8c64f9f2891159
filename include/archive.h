/*
 * The facade: everything that a front end may do with an archive, in terms that a terminal and a
 * page share. A front end includes this (and intake.h to bring sources in), doors of base, text
 * and model, and nothing below.
 *
 *     struct archive *a;
 *     if (archive_open(&a, "archive.stet", e) != OK) ...
 *     struct search_request r = {.query = STR("\"dredging permit\" during:2016"), .limit = 20};
 *     struct search *s;
 *     if (search_open(&s, a, &r, e) != OK) ...
 *     const struct search_facts *facts = search_facts(s);       // as understood, counts, bounds
 *     struct found f;
 *     while ((step = search_next(s, &f, e)) == STEP_ROW) ...
 *     search_close(s);
 */
#ifndef STET_ARCHIVE_H
#define STET_ARCHIVE_H

#include "arena.h"
#include "query.h"
#include "store.h"

struct archive;
MUST_USE enum status archive_open(struct archive **out, const char *path, struct err *e);
void archive_close(struct archive *a);
struct store *archive_store(
    struct archive *a); /* for modules of the same level, not for front ends */

/* What the header of every output says. */
struct archive_facts {
    const char *path;
    int64_t messages, events, participants, conversations, sources, issues;
    int64_t first_wall_ms, last_wall_ms; /* as shown; TIME_NONE in an empty archive */
    enum time_basis basis;               /* the weakest basis of any dated message */
    str zone_name;                       /* "UTC", "America/Los_Angeles" ...; "several" if mixed */
    int64_t size_bytes, schema_version;
};
MUST_USE enum status archive_facts(struct archive *a, struct arena *arena,
                                   struct archive_facts *out, struct err *e);

/* ---- search --------------------------------------------------------------------------------- */

struct search_request {
    str query;
    enum hit_sort sort;
    int64_t limit;     /* 0 = all */
    int64_t after_row; /* the `next` key of the page before */
    int context;       /* messages before and after each hit in its conversation */
    bool count_only, explain;
    bool
        uncounted; /* hits only, as soon as they are found; the facts hold no count and no bounds */
    int64_t now_wall_ms;         /* for relative dates */
    bool (*stop)(void *context); /* as in hit_options */
    void *stop_context;
    bool
        keep_partial; /* when stopped, what was found until then is the result, and the facts say so */
};

struct search_facts {
    str read_as;    /* the query in canonical form */
    str notes;      /* how dates were meant and the like, one a line; may be empty */
    uint64_t count; /* exact, unless progress.partial: then at least so many */
    int64_t first_row, last_row;
    int64_t first_wall_ms, last_wall_ms; /* TIME_NONE if no hit is dated */
    str zone; /* that tz: asks for: all times of this search are in it; empty: as the source shows them */
    struct search_progress progress;
    str explain; /* if asked for */
    str blame;   /* if count is 0 */
};

/* One hit. Slices are borrowed until the next search_next or search_close. */
struct found {
    struct stored hit;
    const struct span *marks; /* in hit.message.text */
    size_t mark_count;
    const struct stored *before, *after; /* the context, in order of time */
    size_t before_count, after_count;
    /* From the hit handed out just before, if both stand in one conversation and the order is that
       of time; otherwise TIME_NONE. */
    int64_t since_previous_ms;
};

struct search;
MUST_USE enum status search_open(struct search **out, struct archive *a,
                                 const struct search_request *r, struct err *e);
const struct search_facts *search_facts(const struct search *s);
enum step search_next(struct search *s, struct found *out, struct err *e);

/* The time to show for a hit or neighbour: as its source shows it, or in the zone of tz:; TIME_NONE of
   an undated one. Citations always hold the time as shown. */
int64_t search_wall_ms(const struct search *s, const struct message_time *t);

/* After STEP_DONE: `after_row` of the next page, or 0 if this was the last one. */
int64_t search_next_key(const struct search *s);

/* `by` decides what a key means: see query.h. malloc'd, free it. */
MUST_USE enum status search_facets(struct search *s, enum facet_by by, struct facet **out,
                                   size_t *count, struct err *e);
void search_close(struct search *s);

/* ---- one message ---------------------------------------------------------------------------- */

/* `what` is a row number or a citation. */
MUST_USE enum status archive_resolve(struct archive *a, str what, int64_t *row, struct err *e);

struct view {
    struct stored message;
    const struct witness *witnesses;
    size_t witness_count;
    const struct stored *before, *after;
    size_t before_count, after_count;
    const struct stored *answered; /* the message that it answers; NULL if it is not here */
};
MUST_USE enum status archive_view(struct archive *a, int64_t row, int before, int after,
                                  struct arena *arena, struct view *out, struct err *e);

/* One message by itself, in the arena. */
MUST_USE enum status archive_message(struct archive *a, int64_t row, struct arena *arena,
                                     struct stored *out, struct err *e);

/* The message that `s` answers; *row is 0 if it answers none or that one is not here. */
MUST_USE enum status archive_replied(struct archive *a, const struct stored *s, int64_t *row,
                                     struct err *e);

/* The first dated message of a conversation at or after a time as shown, else its last. */
MUST_USE enum status archive_row_at(struct archive *a, int64_t conversation_id, int64_t wall_ms,
                                    int64_t *row, struct err *e);

/* The source's own bytes of a witness, read again from the source file and proved by its hash.
   ERR_MISSING if the file is not where it was, ERR_FORMAT if it is not the same any more. */
MUST_USE enum status archive_raw(struct archive *a, const struct witness *w, struct arena *arena,
                                 str *bytes, struct err *e);

/* ---- lists: as in store.h, the arrays live in the arena -------------------------------------- */

MUST_USE enum status archive_people(struct archive *a, struct arena *arena,
                                    struct participant_row **out, size_t *count, struct err *e);
MUST_USE enum status archive_conversations(struct archive *a, struct arena *arena,
                                           struct conversation_row **out, size_t *count,
                                           struct err *e);
MUST_USE enum status archive_sources(struct archive *a, struct arena *arena,
                                     struct source_row **out, size_t *count, struct err *e);
MUST_USE enum status archive_issues(struct archive *a, struct arena *arena, struct issue_row **out,
                                    size_t *count, struct err *e);

/* The span of a list's row: times as shown of the first and the last dated message whose `which`
   (COLUMN_SENDER, COLUMN_CONVERSATION) is `id`, looked for from `first_row` on and from `last_row`
   back. TIME_NONE if it has none. */
struct span_of {
    enum column which;
    int64_t id, first_row, last_row;
};
MUST_USE enum status archive_span(struct archive *a, const struct span_of *of,
                                  int64_t *first_wall_ms, int64_t *last_wall_ms, struct err *e);

/* Messages per day, month or year of the time as shown, for a query (empty: all), gaps filled with
   zeros; in the arena. */
struct timeline_bar {
    int64_t from_ms; /* first wall ms of the unit */
    uint64_t count;
};
struct timeline {
    enum facet_by unit; /* FACET_YEAR, FACET_MONTH or FACET_DAY */
    struct timeline_bar *bars;
    size_t count;
    uint64_t undated;
    str zone; /* of tz: in the query, in which the units are; empty: as shown in the source */
};
MUST_USE enum status archive_timeline(struct archive *a, str query, int64_t now_wall_ms,
                                      enum facet_by unit, struct arena *arena, struct timeline *out,
                                      struct err *e);

/* The same over the hits of a search that is open already. */
MUST_USE enum status search_timeline(struct search *s, enum facet_by unit, struct arena *arena,
                                     struct timeline *out, struct err *e);

/* The unit in which a time line of this span reads well: days up to ten weeks, months up to six
   years, years beyond. */
enum facet_by timeline_unit_for(int64_t first_wall_ms, int64_t last_wall_ms);

/* "2016", "2016-08" or "2016-08-23". */
const char *timeline_label(char out[CIVIL_TEXT], enum facet_by unit, int64_t from_ms);

/* The picture as one self-contained SVG file: no script, no outside reference, light and dark by the
   reader's preference, title and description for those who cannot see it. */
void timeline_svg(struct buf *out, const struct timeline *t, str title);

#endif
