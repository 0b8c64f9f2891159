/*
 * Queries: text -> tree -> plan -> hits.
 *
 *     struct query *q;
 *     if (query_parse(&q, STR("from:noll \"dredging permit\" date:2016"), &clock, e) != OK)
 *         ...                                   // e->at, e->len: where to draw the carets
 *     struct plan *p;
 *     if (plan_make(&p, q, store, e) != OK) ... // unknown names, with suggestions
 *     struct hits *h;
 *     if (hits_open(&h, p, &(struct hit_options){.sort = SORT_OLDEST, .limit = 20}, e) != OK) ...
 *     int64_t row;
 *     while ((step = hits_next(h, &row, e)) == STEP_ROW) ...
 *
 * The language is docs/query-language.md. Guarantees: query_print(query_parse(t)) parses to the same
 * tree; nothing that a user types reaches SQLite as anything but a bound value or one quoted FTS5
 * string; at most QUERY_MAX_BYTES, QUERY_MAX_DEPTH, QUERY_MAX_TERMS.
 */
#ifndef STET_QUERY_H
#define STET_QUERY_H

#include "buf.h"
#include "civil.h"
#include "err.h"
#include "store.h"

enum { QUERY_MAX_BYTES = 64 << 10, QUERY_MAX_DEPTH = 64, QUERY_MAX_TERMS = 256 };

/* What "now" is, and the zone in which bounds are meant. */
struct query_clock {
    int64_t now_wall_ms;
};

struct query;
MUST_USE enum status query_parse(struct query **out, str text, const struct query_clock *clock,
                                 struct err *e);
void query_free(struct query *q);
void query_print(const struct query *q, struct buf *out); /* canonical, one line */
void query_print_tree(const struct query *q,
                      struct buf *out); /* for tests: (and (word permit) ...) */

/* The zone that tz: asks for, in which dates are meant and times are to be shown; NULL: both as the
   source shows them. Borrowed from q. */
struct zone;
struct zone *query_zone(const struct query *q);

/* The fields of the language (from:, date: ...), for help and docs; false past the last. */
struct query_field {
    const char *name, *value, *help;
    bool compares; /* written with > or <, not with a colon */
};
bool query_field_help(size_t i, struct query_field *out);

struct plan;
/* Keeps a reference to q and store: both must outlive it. ERR_QUERY for names that do not exist. */
MUST_USE enum status plan_make(struct plan **out, const struct query *q, struct store *s,
                               struct err *e);
/* The same, for a caller who cannot wait for similar words and forms to be looked for among all words:
   o->stop ends that with ERR_STOPPED. */
struct hit_options;
MUST_USE enum status plan_make_within(struct plan **out, const struct query *q, struct store *s,
                                      const struct hit_options *o, struct err *e);
void plan_free(struct plan *p);
/* How it will run, and what each part costs (documents by the index, rows scanned): for --explain. */
MUST_USE enum status plan_explain(struct plan *p, struct buf *out, struct err *e);

enum hit_sort { SORT_OLDEST, SORT_NEWEST, SORT_RELEVANCE };

struct hit_options {
    enum hit_sort sort;
    int64_t limit; /* rows to hand out; 0 = all */
    int64_t
        after_row; /* page by key: only what comes after this row in the order; 0 = from the start */
    bool (*stop)(void *context); /* asked now and then; true ends with ERR_STOPPED; NULL = never */
    void *stop_context;
    bool
        keep_partial; /* when stopped, what was found until then is the result: see plan_progress */
};

struct hits;
MUST_USE enum status hits_open(struct hits **out, struct plan *p, const struct hit_options *o,
                               struct err *e);
enum step hits_next(struct hits *h, int64_t *row, struct err *e);
void hits_close(struct hits *h);

/* How much of the archive was looked through: all of it, unless a search with keep_partial was
   stopped. Of the rows looked through every hit is in the result, of the others none, so that a count
   is a lower bound. */
struct search_progress {
    bool partial;
    uint64_t looked, of; /* rows that may be hits by their dates */
};
struct search_progress plan_progress(const struct plan *p);

/* The time of a row as shown, or in the zone of tz:; TIME_NONE of an undated message. */
int64_t plan_wall_ms(const struct plan *p, int64_t row);

/* Exact counts over the whole result. */
struct hit_summary {
    uint64_t count;
    int64_t first_row, last_row; /* in time order; 0 if there is none */
};
MUST_USE enum status plan_count(struct plan *p, const struct hit_options *o, uint64_t *count,
                                struct err *e);
MUST_USE enum status plan_summary(struct plan *p, const struct hit_options *o,
                                  struct hit_summary *out, struct err *e);

/* Hits per sender, conversation or calendar unit of the time as shown. `by` decides what key means:
   participant id, conversation id, source id, or the unit's first wall ms (undated: TIME_NONE). */
enum facet_by {
    FACET_SENDER,
    FACET_CONVERSATION,
    FACET_SOURCE,
    FACET_YEAR,
    FACET_MONTH,
    FACET_DAY,
    FACET_KIND, /* key: enum message_kind */
    FACET_FLAG  /* key: enum message_flag; a message may have several */
};
struct facet {
    int64_t key;
    uint64_t count;
};
/* Most first for ids, kinds and flags, in order of time for units; malloc'd, free it. */
MUST_USE enum status plan_facets(struct plan *p, const struct hit_options *o, enum facet_by by,
                                 struct facet **out, size_t *count, struct err *e);

/* What added to a query keeps only the messages of a facet: from:"Lirra Watch", has:link; behind a
   minus it leaves them out. `name` is that of the id. Adds nothing where there is no such piece. */
void facet_piece(enum facet_by by, int64_t key, str name, struct buf *out);

/* The byte spans of `text` that make it a hit, ascending and disjoint, in the arena. */
struct span {
    size_t at, end;
};
void plan_highlight(const struct plan *p, str text, struct arena *a, struct span **out,
                    size_t *count);

/* With no hits: for each part of the top-level AND, as canonical text with its own count, and for a
   byte-exact part what folding would find; one sentence a line, fit to be shown. */
MUST_USE enum status plan_blame(struct plan *p, const struct hit_options *o, struct buf *out,
                                struct err *e);

#endif
