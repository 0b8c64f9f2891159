/* Searching for scripts: hits, counts, facets, time lines. */
#include <stdlib.h>
#include <string.h>

#include "api.h"
#include "facets.h"

enum { HITS = 25, HITS_MAX = 1000, CONTEXT_MAX = 10, QUICK_MS = 1500 };

struct json api_begin(struct web *w, const char *type)
{
    struct json j = json_to(&w->response.body);
    w->response.content_type = "application/json; charset=utf-8";
    json_object(&j);
    api_int(&j, "stet", JSON_VERSION);
    api_text(&j, "type", str_of(type));
    return j;
}

void api_end(struct web *w, struct json *j)
{
    json_end(j);
    buf_add_byte(&w->response.body, '\n');
}

void api_int(struct json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_int(j, value);
}

void api_text(struct json *j, const char *key, str value)
{
    json_key(j, key);
    json_text(j, value);
}

static struct search_request request_of(struct web *w)
{
    return (struct search_request){.query = web_param(w, "q"),
                                   .now_wall_ms = w->request->now_wall_ms,
                                   .stop = web_is_late,
                                   .stop_context = w};
}

/* ---- hits ----------------------------------------------------------------------------------- */

static enum hit_sort sort_of(const struct web *w)
{
    if (str_eq(web_param(w, "sort"), STR("-date")))
        return SORT_NEWEST;
    return str_eq(web_param(w, "sort"), STR("relevance")) ? SORT_RELEVANCE : SORT_OLDEST;
}

/* "zone_time" stands beside "time" when tz: asks for a zone. */
static void add_stored(struct json *j, const struct search *s, const struct stored *m)
{
    answer_message(j, m);
    if (search_facts(s)->zone.n)
        answer_stamp(j, "zone_time", search_wall_ms(s, &m->message.time));
}

static void add_neighbours(struct json *j, const struct search *s, const char *key,
                           const struct stored *rows, size_t count)
{
    json_key(j, key);
    json_array(j);
    for (size_t i = 0; i < count; i++) {
        json_object(j);
        add_stored(j, s, &rows[i]);
        json_end(j);
    }
    json_end(j);
}

static enum status add_hits(struct web *w, struct json *j, struct search *s, struct err *e)
{
    struct found f;
    enum step step;
    int64_t shown = 0;
    json_key(j, "hits");
    json_array(j);
    while ((step = search_next(s, &f, e)) == STEP_ROW) {
        json_object(j);
        add_stored(j, s, &f.hit);
        answer_marks(j, f.marks, f.mark_count);
        if (web_param(w, "context").n) {
            add_neighbours(j, s, "before", f.before, f.before_count);
            add_neighbours(j, s, "after", f.after, f.after_count);
        }
        json_end(j);
        shown++;
    }
    json_end(j);
    api_int(j, "shown", shown);
    json_key(j, "after");
    if (search_next_key(s))
        json_int(j, search_next_key(s));
    else
        json_null(j);
    return step == STEP_ERROR ? e->code : OK;
}

enum status api_search(struct web *w, struct err *e)
{
    struct search *s = NULL;
    struct search_request r = request_of(w);
    r.sort = sort_of(w);
    r.limit = web_number(w, "limit", HITS, HITS_MAX);
    r.after_row = web_number(w, "after", 0, INT64_MAX - 1);
    r.context = (int)web_number(w, "context", 0, CONTEXT_MAX);
    r.explain = web_param(w, "explain").n > 0;
    if (!r.limit)
        r.limit = HITS;
    enum status st = search_open(&s, w->archive, &r, e);
    if (st != OK)
        return st;
    struct json j = api_begin(w, "search");
    answer_search(&j, r.query, search_facts(s));
    st = add_hits(w, &j, s, e);
    search_close(s);
    api_end(w, &j);
    return st;
}

/* While somebody types: an answer at once, or none. */
enum status api_count(struct web *w, struct err *e)
{
    struct search *s = NULL;
    struct search_request r = request_of(w);
    r.count_only = true;
    web_allow(w, QUICK_MS);
    const enum status st = search_open(&s, w->archive, &r, e);
    if (st != OK)
        return st;
    struct json j = api_begin(w, "count");
    api_text(&j, "query", r.query);
    api_text(&j, "read_as", search_facts(s)->read_as);
    api_int(&j, "count", (int64_t)search_facts(s)->count);
    api_end(w, &j);
    search_close(s);
    return OK;
}

/* ---- facets and time lines ------------------------------------------------------------------ */

static const struct facet_group *group_of(struct web *w)
{
    const str by = web_param(w, "by");
    for (size_t i = 0; i < facet_group_count; i++)
        if (str_eq(by, str_of(facet_groups[i].word)))
            return &facet_groups[i];
    return NULL;
}

static enum status add_facets(struct web *w, struct search *s, const struct facet_group *g,
                              struct err *e)
{
    struct facet *facets = NULL;
    struct facet_names names = {0};
    size_t count = 0;
    enum status st = facet_names_read(w, &names, e);
    if (st == OK)
        st = search_facets(s, g->by, &facets, &count, e);
    if (st != OK)
        return st;
    struct json j = api_begin(w, "facets");
    api_text(&j, "query", web_param(w, "q"));
    api_text(&j, "by", str_of(g->word));
    json_key(&j, "facets");
    json_array(&j);
    for (size_t i = 0; i < count; i++) {
        str name;
        const bool named = facet_name(w, &names, g->by, facets[i].key, &name);
        json_object(&j);
        json_key(&j, "name");
        if (named)
            json_text(&j, name);
        else
            json_null(&j);
        if (g->by == FACET_SENDER || g->by == FACET_CONVERSATION || g->by == FACET_SOURCE)
            api_int(&j, "id", facets[i].key);
        api_int(&j, "count", (int64_t)facets[i].count);
        json_end(&j);
    }
    json_end(&j);
    api_end(w, &j);
    free(facets);
    return OK;
}

enum status api_facets(struct web *w, struct err *e)
{
    struct search *s = NULL;
    const struct search_request r = request_of(w);
    const struct facet_group *g = group_of(w);
    if (!g) {
        fail(e, ERR_QUERY, "by= says what to count by");
        return fail_hint(e, "sender, conversation, source, flag, kind or year");
    }
    enum status st = search_open(&s, w->archive, &r, e);
    if (st == OK)
        st = add_facets(w, s, g, e);
    search_close(s);
    return st;
}

static enum status unit_of(const struct web *w, const struct search_facts *f, enum facet_by *unit,
                           struct err *e)
{
    const str by = web_param(w, "by");
    *unit = timeline_unit_for(f->first_wall_ms, f->last_wall_ms);
    if (!by.n)
        return OK;
    if (str_eq(by, STR("day")))
        *unit = FACET_DAY;
    else if (str_eq(by, STR("month")))
        *unit = FACET_MONTH;
    else if (str_eq(by, STR("year")))
        *unit = FACET_YEAR;
    else
        return fail(e, ERR_QUERY, "by= is day, month or year");
    return OK;
}

static void add_timeline(struct web *w, const struct timeline *t)
{
    static const char *const names[] = {
        [FACET_YEAR] = "year", [FACET_MONTH] = "month", [FACET_DAY] = "day"};
    struct json j = api_begin(w, "timeline");
    api_text(&j, "query", web_param(w, "q"));
    api_text(&j, "by", str_of(names[t->unit]));
    json_key(&j, "bars");
    json_array(&j);
    for (size_t i = 0; i < t->count; i++) {
        char label[CIVIL_TEXT];
        json_object(&j);
        api_text(&j, "from", str_of(timeline_label(label, t->unit, t->bars[i].from_ms)));
        api_int(&j, "count", (int64_t)t->bars[i].count);
        json_end(&j);
    }
    json_end(&j);
    api_int(&j, "undated", (int64_t)t->undated);
    api_end(w, &j);
}

enum status api_timeline(struct web *w, struct err *e)
{
    struct search *s = NULL;
    struct timeline t;
    enum facet_by unit;
    const struct search_request r = request_of(w);
    enum status st = search_open(&s, w->archive, &r, e);
    if (st == OK)
        st = unit_of(w, search_facts(s), &unit, e);
    if (st == OK)
        st = search_timeline(s, unit, &w->arena, &t, e);
    if (st == OK)
        add_timeline(w, &t);
    search_close(s);
    return st;
}
