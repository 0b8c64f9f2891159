/*
 * The facade, second part: a search from the words of a user to hits that can be shown, each with
 * its marks, its neighbours and the time since the hit before. Counting comes first, hits are
 * looked up only when they are asked for.
 */
#include "archive.h"
#include "rows.h"
#include "zone.h"

#include <stdlib.h>

struct search {
    struct archive *archive;
    struct query *query;
    struct plan *plan;
    struct hits *hits; /* NULL until the first search_next */
    struct search_request request;
    struct search_facts facts;
    struct arena arena; /* the facts: as long as the search */
    struct arena row;   /* the hit at hand: until the next one */
    int64_t handed;     /* hits handed out so far */
    int64_t last_row;   /* the last of them */
    int64_t next_key;   /* 0 until it is known that there are more */
    int64_t previous_conversation, previous_utc_ms;
};

static struct hit_options options_of(const struct search *s, enum hit_sort sort)
{
    return (struct hit_options){.sort = sort,
                                .stop = s->request.stop,
                                .stop_context = s->request.stop_context,
                                .keep_partial = s->request.keep_partial};
}

/* ---- facts ---------------------------------------------------------------------------------- */

static str kept(struct search *s, struct buf *b)
{
    const str text = arena_dup(&s->arena, buf_str(b));
    buf_free(b);
    return text;
}

/* True if the canonical query has a field that compares times, outside quotation marks. */
static bool mentions_time(str canonical)
{
    const str fields[] = {STR("date:"), STR("after:"), STR("before:"), STR("time:"),
                          STR("weekday:")};
    bool quoted = false;
    for (size_t i = 0; i < canonical.n; i++) {
        const char c = canonical.p[i];
        const char left = i ? canonical.p[i - 1] : ' ';
        if (c == '"')
            quoted = !quoted;
        if (quoted || (left != ' ' && left != '(' && left != '-'))
            continue;
        for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
            if (str_starts(str_from(canonical, i), fields[f]))
                return true;
    }
    return false;
}

/* The time of the first dated hit in the given order: needed only when the very first is undated. */
static enum status first_dated(struct search *s, enum hit_sort sort, int64_t *wall_ms,
                               struct err *e)
{
    const struct hit_options o = options_of(s, sort);
    struct hits *hits;
    enum status st = hits_open(&hits, s->plan, &o, e);
    if (st != OK)
        return st;
    int64_t row;
    enum step step = STEP_ROW;
    *wall_ms = TIME_NONE;
    while (*wall_ms == TIME_NONE && (step = hits_next(hits, &row, e)) == STEP_ROW)
        *wall_ms = plan_wall_ms(s->plan, row);
    hits_close(hits);
    if (step == STEP_ERROR)
        return e->code;
    return columns_failed(store_columns(archive_store(s->archive)), e);
}

static enum status bound(struct search *s, int64_t row, enum hit_sort sort, int64_t *wall_ms,
                         struct err *e)
{
    *wall_ms = row ? plan_wall_ms(s->plan, row) : TIME_NONE;
    if (!row || *wall_ms != TIME_NONE)
        return columns_failed(store_columns(archive_store(s->archive)), e);
    return first_dated(s, sort, wall_ms, e);
}

static enum status count_hits(struct search *s, struct err *e)
{
    /* What is shown first is looked through first. */
    const struct hit_options o = options_of(s, s->request.sort);
    struct search_facts *f = &s->facts;
    struct hit_summary sum = {0};
    enum status st = s->request.count_only ? plan_count(s->plan, &o, &sum.count, e)
                                           : plan_summary(s->plan, &o, &sum, e);
    if (st != OK)
        return st;
    f->progress = plan_progress(s->plan);
    f->count = sum.count;
    f->first_row = sum.first_row;
    f->last_row = sum.last_row;
    st = bound(s, sum.first_row, SORT_OLDEST, &f->first_wall_ms, e);
    if (st == OK)
        st = bound(s, sum.last_row, SORT_NEWEST, &f->last_wall_ms, e);
    return st;
}

static enum status tell(struct search *s, struct err *e)
{
    struct buf b = buf_new(BUF_MESSAGE_MAX);
    enum status st = OK;
    if (s->request.explain) {
        st = plan_explain(s->plan, &b, e);
        s->facts.explain = kept(s, &b);
        b = buf_new(BUF_MESSAGE_MAX);
    }
    if (st == OK && s->facts.count == 0 && !s->request.count_only && !s->facts.progress.partial) {
        const struct hit_options o = options_of(s, SORT_OLDEST);
        struct err why = {0};
        st = plan_blame(s->plan, &o, &b, &why);
        if (st == ERR_STOPPED && s->request.keep_partial)
            st = OK; /* what was counted until then */
        else if (st != OK)
            *e = why;
        s->facts.blame = kept(s, &b);
    }
    buf_free(&b);
    return st;
}

/* How times are meant, for people. */
static void note_times(struct search *s)
{
    const struct zone *zone = query_zone(s->query);
    if (zone) {
        s->facts.zone = zone_name(zone);
        s->facts.notes = arena_printf(&s->arena, "times in " STR_FMT ", not as shown in the source",
                                      STR_ARG(s->facts.zone));
    } else if (mentions_time(s->facts.read_as)) {
        s->facts.notes = STR("times as shown in the source");
    }
}

static enum status prepare(struct search *s, struct err *e)
{
    const struct query_clock clock = {.now_wall_ms = s->request.now_wall_ms};
    enum status st = query_parse(&s->query, s->request.query, &clock, e);
    if (st != OK)
        return st;
    struct buf b = buf_new(BUF_MESSAGE_MAX);
    query_print(s->query, &b);
    s->facts.read_as = kept(s, &b);
    note_times(s);
    s->facts.first_wall_ms = s->facts.last_wall_ms = TIME_NONE;
    const struct hit_options o = options_of(s, s->request.sort);
    st = plan_make_within(&s->plan, s->query, archive_store(s->archive), &o, e);
    if (st == OK && !s->request.uncounted)
        st = count_hits(s, e);
    if (st == OK && !s->request.uncounted)
        st = tell(s, e);
    return st;
}

enum status search_open(struct search **out, struct archive *a, const struct search_request *r,
                        struct err *e)
{
    struct search *s = calloc(1, sizeof *s);
    if (!s)
        return fail(e, ERR_LIMIT, "out of memory");
    s->archive = a;
    s->request = *r;
    s->previous_utc_ms = TIME_NONE;
    const enum status st = prepare(s, e);
    if (st != OK) {
        search_close(s);
        return st;
    }
    *out = s;
    return OK;
}

void search_close(struct search *s)
{
    if (!s)
        return;
    hits_close(s->hits);
    plan_free(s->plan);
    query_free(s->query);
    arena_free(&s->row);
    arena_free(&s->arena);
    free(s);
}

int64_t search_wall_ms(const struct search *s, const struct message_time *t)
{
    struct zone *zone = query_zone(s->query);
    if (!zone || t->wall_ms == TIME_NONE || t->utc_ms == TIME_NONE)
        return t->wall_ms;
    return t->utc_ms + zone_offset_min(zone, t->utc_ms) * MS_PER_MINUTE;
}

const struct search_facts *search_facts(const struct search *s)
{
    return &s->facts;
}

int64_t search_next_key(const struct search *s)
{
    return s->next_key;
}

enum status search_facets(struct search *s, enum facet_by by, struct facet **out, size_t *count,
                          struct err *e)
{
    const struct hit_options o = options_of(s, SORT_OLDEST);
    return plan_facets(s->plan, &o, by, out, count, e);
}

/* ---- hits ----------------------------------------------------------------------------------- */

static enum status start(struct search *s, struct err *e)
{
    struct hit_options o = options_of(s, s->request.sort);
    o.after_row = s->request.after_row;
    /* One more than is shown tells whether there is a next page. */
    o.limit = s->request.limit > 0 ? s->request.limit + 1 : 0;
    return hits_open(&s->hits, s->plan, &o, e);
}

/* In order of time only: "later" would be a lie in any other. */
static int64_t since_previous(struct search *s, const struct stored *hit)
{
    const int64_t utc_ms = hit->message.time.utc_ms;
    int64_t since = TIME_NONE;
    if (s->request.sort == SORT_OLDEST && s->previous_conversation == hit->conversation_id &&
        s->previous_utc_ms != TIME_NONE && utc_ms != TIME_NONE)
        since = utc_ms - s->previous_utc_ms;
    s->previous_conversation = hit->conversation_id;
    s->previous_utc_ms = utc_ms;
    return since;
}

static enum status fetch(struct search *s, int64_t row, struct found *out, struct err *e)
{
    arena_clear(&s->row);
    *out = (struct found){.since_previous_ms = TIME_NONE};
    struct view v;
    const struct reach reach = {s->request.context, s->request.context};
    const enum status st = row_view(archive_store(s->archive), row, reach, &s->row, &v, e);
    if (st != OK)
        return st;
    out->hit = v.message;
    out->before = v.before;
    out->before_count = v.before_count;
    out->after = v.after;
    out->after_count = v.after_count;
    struct span *marks;
    plan_highlight(s->plan, out->hit.message.text, &s->row, &marks, &out->mark_count);
    out->marks = marks;
    out->since_previous_ms = since_previous(s, &out->hit);
    return OK;
}

enum step search_next(struct search *s, struct found *out, struct err *e)
{
    if (!s->hits && start(s, e) != OK)
        return STEP_ERROR;
    int64_t row;
    const enum step step = hits_next(s->hits, &row, e);
    if (step != STEP_ROW)
        return step;
    if (s->request.limit > 0 && s->handed == s->request.limit) {
        s->next_key = s->last_row;
        return STEP_DONE;
    }
    if (fetch(s, row, out, e) != OK)
        return STEP_ERROR;
    s->handed++;
    s->last_row = row;
    return STEP_ROW;
}
