/*
 * Filters: a query with names and dates looked up, ready to run. Running a filter means to narrow a
 * set of rows. There are four sorts, from cheap to dear:
 *
 *     a row or range of rows      arithmetic
 *     a column                    one number a row, from the column arrays
 *     full text, a set            what FTS5 or a statement gives, as a set of its own
 *     a look into the text        one text a row; asked last
 *
 * Every filter also has a `match`: an FTS5 expression that holds for all of its rows, and perhaps
 * for more. If it holds for no other row (`exact`), FTS5 alone answers the filter.
 */
#ifndef STET_QUERY_FILTER_H
#define STET_QUERY_FILTER_H

#include "ast.h"
#include "rowset.h"

enum filter_kind {
    FILTER_ALL,
    FILTER_AND,
    FILTER_OR,
    FILTER_NOT,
    FILTER_ROW,     /* one row */
    FILTER_WALL,    /* a range of the time as shown; undated messages are in none */
    FILTER_CLOCK,   /* a time of day, or days of the week, of the time as shown */
    FILTER_TRAITS,  /* (traits & mask) == value */
    FILTER_IDS,     /* a column whose value is one of some ids */
    FILTER_MATCH,   /* any of `texts`, by the index */
    FILTER_SQL,     /* the rows that a statement gives */
    FILTER_GAP,     /* silence before */
    FILTER_THREAD,  /* in a conversation in which the kid holds for one */
    FILTER_SAME,    /* of one kid, and near in time to one of the other */
    FILTER_SPELLED, /* words and wildcards, in the text */
    FILTER_NEAR,    /* texts[0] and texts[1] near each other */
    FILTER_WINDOW,  /* the words of texts[0] in any order near each other */
    FILTER_BYTES,
    FILTER_REGEX,
    FILTER_URL,
    FILTER_SCRIPT,
    FILTER_LENGTH
};

struct filter {
    enum filter_kind kind;
    const struct node *node; /* where it comes from */
    struct filter **kids;
    size_t kid_count;

    str match; /* empty: nothing is known */
    bool exact;
    int depth;     /* of operators in `match` */
    int cost;      /* of narrowing by it, as a rank: filter_order sets it */
    bool phrase;   /* `match` is one phrase and no prefix */
    bool excludes; /* AND: `match` leaves out what its NOTs exclude */

    struct text *texts; /* FILTER_MATCH: any of them; the looks into the text: all of them hold */
    size_t text_count;
    int64_t row, distance;
    uint64_t mask, value;
    enum column column;
    int64_t *ids; /* ascending */
    size_t id_count;
    const char *sql; /* ?1 is `row` */
};

struct plan {
    struct arena arena;
    const struct query *q;
    struct store *store;
    struct filter *root;
    struct row_range range;      /* no hit lies outside */
    const struct hit_options *o; /* of the call that is running; NULL between calls */
    struct rowset found;         /* once it ran */
    bool ran;
    struct search_progress progress;
    struct kept_rows *kept; /* while it runs in slices: see run.c */
    bool sliced;
};

/* What lowering needs; small tables are read when first asked for. */
struct planner {
    struct plan *plan;
    struct participant_row *people;
    size_t people_count;
    struct conversation_row *conversations;
    size_t conversation_count;
    struct source_row *sources;
    size_t source_count;
    struct person *persons; /* identity.h */
    size_t person_count;
};

struct filter *filter_new(struct arena *a, enum filter_kind kind, const struct node *n);
/* Makes `match`, `exact` and `depth`, kids first. */
void filter_cover(struct arena *a, struct filter *f);
/* A phrase as FTS5 reads it: the only place where words become part of an expression. */
void match_add_text(struct buf *out, const struct text *t);

/* Keeps the rows for which `f` holds. `covered`: the rows are known to satisfy f->match already. */
MUST_USE enum status filter_narrow(struct plan *p, const struct filter *f, bool covered,
                                   struct rowset *rows, struct err *e);

/* Cheap parts of each AND first. */
void filter_order(struct filter *f);
bool filter_reads_texts(const struct filter *f); /* of many messages, one by one */
/* True if `match` of an AND says all about one of its kids. */
bool filter_is_answered(const struct filter *parent, const struct filter *kid);

/* Fills p->found, once. */
MUST_USE enum status plan_run(struct plan *p, const struct hit_options *o, struct err *e);
void run_forget(struct plan *p);

/* filter_narrow for filters that are answered for the whole archive at once, whichever rows are asked
   for: while a plan runs in slices their answer is kept. */
typedef enum status narrow_rows(struct plan *p, const struct filter *f, struct rowset *rows,
                                struct err *e);
narrow_rows thread_narrow, same_narrow, gap_narrow;
MUST_USE enum status run_whole(struct plan *p, const struct filter *f, narrow_rows *narrow,
                               struct rowset *rows, struct err *e);

/* ---- the index ------------------------------------------------------------------------------ */

/* Adds the rows of f->match within the plan's range. */
MUST_USE enum status index_collect(struct plan *p, const struct filter *f, struct rowset *rows,
                                   struct err *e);
MUST_USE enum status index_count(struct plan *p, str match, struct row_range range, uint64_t *count,
                                 struct err *e);
/* Up to `limit` rows of an expression in `range`, in order of row ids; `rows` has room for them. */
struct index_page {
    struct row_range range;
    bool newest;
    int64_t limit;
    int64_t *rows;
    size_t count;
};
MUST_USE enum status index_page(struct plan *p, str match, struct index_page *page, struct err *e);

/* Calls `visit` for each row of a phrase with the number of its occurrences there. */
struct index_visit {
    void (*visit)(void *context, int64_t row, int occurrences);
    void *context;
    bool counting;           /* occurrences are wanted; otherwise 1 is given */
    const struct plan *plan; /* set by the functions below */
    bool stopped;
    size_t seen;
};
MUST_USE enum status index_visit(struct plan *p, str match, struct index_visit *v, struct err *e);

/* The same for any expression, a prefix for example; slower. Occurrences are given as 1. */
MUST_USE enum status index_visit_rows(struct plan *p, str match, struct index_visit *v,
                                      struct err *e);

/* The rows of a statement; ?1 is `argument`. */
MUST_USE enum status index_sql(struct plan *p, const char *sql, int64_t argument,
                               struct rowset *rows, struct err *e);
bool plan_stopped(const struct plan *p, struct err *e);

#endif
