/* See archive_claims.h. Queries are run as everywhere else; what was searched is one pass over the columns. */
#include "archive_claims.h"

#include <inttypes.h>
#include <stdlib.h>

static const char all_messages[] = "-is:event";

/* ---- queries ----------------------------------------------------------------------------------- */

/* A query that is ready to be counted. */
struct ready {
    struct query *query;
    struct plan *plan;
};

static void ready_free(struct ready *r)
{
    plan_free(r->plan);
    query_free(r->query);
    *r = (struct ready){.query = NULL};
}

static enum status ready_make(struct ready *r, struct store *s, str text, int64_t now_wall_ms,
                              struct err *e)
{
    const struct query_clock clock = {.now_wall_ms = now_wall_ms};
    *r = (struct ready){.query = NULL};
    enum status st = query_parse(&r->query, text, &clock, e);
    if (st == OK)
        st = plan_make(&r->plan, r->query, s, e);
    if (st != OK)
        ready_free(r);
    return st;
}

static str canonical(const struct ready *r, struct arena *a)
{
    struct buf b = buf_new(BUF_LINE_MAX);
    query_print(r->query, &b);
    const str text = arena_dup(a, buf_str(&b));
    buf_free(&b);
    return text;
}

static enum status count_hits(struct store *s, str text, int64_t now_wall_ms, struct arena *a,
                              str *read_as, uint64_t *count, struct err *e)
{
    struct ready r;
    const struct hit_options o = {.sort = SORT_OLDEST};
    enum status st = ready_make(&r, s, text, now_wall_ms, e);
    if (st != OK)
        return st;
    if (read_as)
        *read_as = canonical(&r, a);
    st = plan_count(r.plan, &o, count, e);
    ready_free(&r);
    return st;
}

/* ---- how many ---------------------------------------------------------------------------------- */

enum status claims_count(struct claim_count *out, struct store *s, const struct claim_query *q,
                         str in, struct arena *a, bool *in_failed, struct err *e)
{
    *out = (struct claim_count){.in_given = str_trim(in).n > 0};
    *in_failed = false;
    enum status st = count_hits(s, q->text, q->now_wall_ms, a, &out->of, &out->alone, e);
    if (st != OK)
        return st;
    if (!out->in_given)
        in = STR(all_messages);
    st = count_hits(s, in, q->now_wall_ms, a, &out->in, &out->whole, e);
    *in_failed = st != OK;
    if (st != OK)
        return st;
    const str both =
        arena_printf(a, "(" STR_FMT ") (" STR_FMT ")", STR_ARG(out->of), STR_ARG(out->in));
    return count_hits(s, both, q->now_wall_ms, a, NULL, &out->both, e);
}

str claims_share(struct arena *a, uint64_t part, uint64_t whole)
{
    const double percent = whole ? (double)part * 100 / (double)whole : 0;
    if (part == 0 || part == whole)
        return part ? STR("100%") : STR("0%");
    if (percent < 0.01)
        return STR("less than 0.01%");
    if (percent > 99.99)
        return STR("more than 99.99%");
    return arena_printf(a, "%.*f%%", percent < 10 ? 2 : 1, percent > 99.9 ? 99.9 : percent);
}

/* ---- the first, the last ----------------------------------------------------------------------- */

static bool is_dated(struct columns *c, int64_t row)
{
    return TRAIT_BASIS(column_at(c, COLUMN_TRAITS, row)) != BASIS_NONE;
}

static enum status find_end(struct plan *p, struct columns *c, bool last, int64_t *row,
                            struct err *e)
{
    const struct hit_options o = {.sort = last ? SORT_NEWEST : SORT_OLDEST};
    struct hits *hits;
    enum step step;
    const enum status st = hits_open(&hits, p, &o, e);
    if (st != OK)
        return st;
    int64_t at = 0;
    *row = 0;
    while (!*row && (step = hits_next(hits, &at, e)) == STEP_ROW)
        *row = is_dated(c, at) ? at : 0;
    const bool failed = !*row && step == STEP_ERROR;
    hits_close(hits);
    return failed ? e->code : columns_failed(c, e);
}

enum status claims_end(struct claim_end *out, struct store *s, const struct claim_query *q,
                       bool last, struct arena *a, struct err *e)
{
    struct ready r;
    const struct hit_options o = {.sort = SORT_OLDEST};
    *out = (struct claim_end){.count = 0};
    enum status st = ready_make(&r, s, q->text, q->now_wall_ms, e);
    if (st != OK)
        return st;
    out->of = canonical(&r, a);
    st = plan_count(r.plan, &o, &out->count, e);
    if (st == OK)
        st = find_end(r.plan, store_columns(s), last, &out->row, e);
    ready_free(&r);
    const str undated = arena_printf(a, "(" STR_FMT ") is:undated", STR_ARG(out->of));
    if (st == OK)
        st = count_hits(s, undated, q->now_wall_ms, a, NULL, &out->undated, e);
    return st;
}

/* ---- between two ------------------------------------------------------------------------------- */

static enum status check_row(struct columns *c, int64_t row, struct err *e)
{
    if (row < 1 || row > columns_rows(c))
        return fail(e, ERR_MISSING, "there is no message %" PRId64, row);
    if (!is_dated(c, row))
        return fail(e, ERR_MISSING, "message %" PRId64 " has no time: only its order is known",
                    row);
    return OK;
}

static bool is_naive(enum time_basis basis)
{
    return basis == BASIS_ASSUMED;
}

static int64_t wall_at(struct columns *c, int64_t row)
{
    return column_at(c, COLUMN_TIME, row) + column_at(c, COLUMN_OFFSET, row) * MS_PER_MINUTE;
}

static void take_kind(struct claim_between *out, struct columns *c, int64_t from, int64_t to)
{
    const int64_t a = column_at(c, COLUMN_TRAITS, from), b = column_at(c, COLUMN_TRAITS, to);
    const bool naive_a = is_naive((enum time_basis)TRAIT_BASIS(a));
    const bool naive_b = is_naive((enum time_basis)TRAIT_BASIS(b));
    out->kind = naive_a && naive_b   ? INTERVAL_CLOCK
                : naive_a || naive_b ? INTERVAL_MIXED
                                     : INTERVAL_UTC;
    out->interval_ms = column_at(c, COLUMN_TIME, to) - column_at(c, COLUMN_TIME, from);
    out->ambiguous = TRAIT_AMBIGUOUS(a) || TRAIT_AMBIGUOUS(b);
    out->to_minutes = wall_at(c, from) % MS_PER_MINUTE == 0 && wall_at(c, to) % MS_PER_MINUTE == 0;
    out->one_conversation =
        column_at(c, COLUMN_CONVERSATION, from) == column_at(c, COLUMN_CONVERSATION, to);
}

/* By time, and by number where times are equal: the order in which messages are shown. */
static bool comes_before(struct columns *c, int64_t a, int64_t b)
{
    const int64_t time_a = column_at(c, COLUMN_TIME, a), time_b = column_at(c, COLUMN_TIME, b);
    return time_a != time_b ? time_a < time_b : a < b;
}

static void count_row(struct claim_between *out, struct columns *c, int64_t row, int64_t of,
                      uint8_t *wrote)
{
    if (TRAIT_KIND(column_at(c, COLUMN_TRAITS, row)) == KIND_EVENT) {
        out->events++;
        return;
    }
    out->messages++;
    if (!out->one_conversation ||
        column_at(c, COLUMN_CONVERSATION, row) != column_at(c, COLUMN_CONVERSATION, of))
        return;
    const int64_t sender = column_at(c, COLUMN_SENDER, row);
    out->conversation_messages++;
    out->conversation_participants += sender && !wrote[sender];
    wrote[sender] = 1;
}

static int64_t largest_sender(struct columns *c)
{
    int64_t largest = 0;
    for (int64_t row = 1; row <= columns_rows(c);) {
        const struct column_extent x = column_extent_at(c, COLUMN_SENDER, row);
        largest = x.max > largest ? x.max : largest;
        row = x.rows.last + 1;
    }
    return largest;
}

enum status claims_between(struct claim_between *out, struct store *s, int64_t from, int64_t to,
                           struct err *e)
{
    struct columns *const c = store_columns(s);
    *out = (struct claim_between){.interval_ms = 0};
    enum status st = check_row(c, from, e);
    if (st == OK)
        st = check_row(c, to, e);
    if (st != OK)
        return st;
    take_kind(out, c, from, to);
    const int64_t first = comes_before(c, from, to) ? from : to;
    const int64_t last = first == from ? to : from;
    uint8_t *const wrote = calloc((size_t)largest_sender(c) + 1, 1);
    if (!wrote)
        abort();
    for (int64_t row = 1; row <= columns_rows(c); row++)
        if (comes_before(c, first, row) && comes_before(c, row, last))
            count_row(out, c, row, from, wrote);
    free(wrote);
    return columns_failed(c, e);
}
