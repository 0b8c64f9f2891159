/*
 * The walk over an archive that finds ties: messages in order of time, each conversation with its last
 * few messages and its writers of the day; what a message names itself is merged in by its row.
 */
#include "ties.h"

#include <stdlib.h>
#include <string.h>

#include "in_order.h"

const char *tie_name(enum tie_kind kind)
{
    switch (kind) {
    case TIE_REPLY: return "reply";
    case TIE_MENTION: return "mention";
    case TIE_TURN: return "turn";
    case TIE_COPRESENCE: return "copresence";
    case TIE_FORWARD: return "forward";
    case TIE_RECIPIENT: return "to";
    case TIE_KINDS: break;
    }
    return "";
}

/* ---- which messages ---------------------------------------------------------------------------- */

/* A bit a row: the query found it. */
struct hits_set {
    unsigned char *bits;
    bool all;
};

static bool is_hit(const struct hits_set *h, int64_t row)
{
    return h->all || h->bits[row >> 3] >> (row & 7) & 1;
}

static enum status collect(struct hits_set *h, struct plan *p, struct err *e)
{
    struct hits *hits = NULL;
    const struct hit_options o = {.sort = SORT_OLDEST};
    enum step step = STEP_DONE;
    int64_t row;
    const enum status st = hits_open(&hits, p, &o, e);
    if (st != OK)
        return st;
    while ((step = hits_next(hits, &row, e)) == STEP_ROW)
        h->bits[row >> 3] |= (unsigned char)(1 << (row & 7));
    hits_close(hits);
    return step == STEP_ERROR ? e->code : OK;
}

static enum status find_hits(struct hits_set *h, const struct walked *w, struct arena *a,
                             struct err *e)
{
    const struct graph_request *const r = w->request;
    const struct query_clock clock = {r->now_wall_ms};
    struct query *q = NULL;
    struct plan *p = NULL;
    h->all = !str_trim(r->query).n;
    if (h->all)
        return OK;
    h->bits = arena_alloc(a, (size_t)(columns_rows(store_columns(w->store)) >> 3) + 1);
    enum status st = query_parse(&q, r->query, &clock, e);
    if (st == OK)
        st = plan_make(&p, q, w->store, e);
    if (st == OK)
        st = collect(h, p, e);
    plan_free(p);
    query_free(q);
    return st;
}

/* ---- a conversation as it goes ----------------------------------------------------------------- */

struct spoken {
    int64_t row, utc_ms, participant;
    uint32_t node;
};

struct talk {
    struct spoken recent[TURN_BACK]; /* a ring; `said` messages so far */
    uint64_t said;
    int64_t day;
    struct spoken *writers; /* of the day, a node once */
    size_t writer_count, writer_cap;
    bool crowded;
};

struct walk {
    struct walked *w;
    struct columns *c;
    struct hits_set hits;
    struct talk *talks; /* by conversation id */
    int64_t max_conversation;
    struct named_tie *named;
    size_t named_count;
};

static void give(const struct walk *k, const struct tie *t)
{
    if (t->weight > 0)
        k->w->visit(k->w->context, t);
}

static void find_turns(const struct walk *k, const struct talk *talk, const struct spoken *now)
{
    const uint64_t back = talk->said < TURN_BACK ? talk->said : TURN_BACK;
    uint32_t met[TURN_BACK];
    size_t met_count = 0;
    for (uint64_t i = 1; i <= back; i++) {
        const struct spoken *const x = &talk->recent[(talk->said - i) % TURN_BACK];
        const double minutes = (double)(now->utc_ms - x->utc_ms) / MS_PER_MINUTE;
        bool again = false;
        if (x->node == now->node || minutes > TURN_MINUTES)
            return;
        for (size_t m = 0; m < met_count; m++)
            again |= met[m] == x->node;
        if (again)
            continue;
        met[met_count++] = x->node;
        const double wait = minutes > 0 ? minutes : 0;
        give(k, &(struct tie){TIE_TURN, now->row, x->row, now->participant, x->participant,
                              k->w->request->weights[TIE_TURN] / (1 + wait / TURN_HALF_MINUTES) /
                                  (double)i});
    }
}

/* Everybody who wrote here today has been near everybody else. */
static void end_day(struct walk *k, struct talk *talk)
{
    const size_t n = talk->writer_count;
    if (talk->crowded)
        k->w->crowded_days++;
    for (size_t i = 0; i < n && !talk->crowded; i++)
        for (size_t m = 0; m < n; m++) {
            const struct spoken *const x = &talk->writers[i], *const y = &talk->writers[m];
            if (i != m)
                give(k,
                     &(struct tie){TIE_COPRESENCE, x->row, y->row, x->participant, y->participant,
                                   k->w->request->weights[TIE_COPRESENCE] / 2 / (double)(n - 1)});
        }
    talk->writer_count = 0;
    talk->crowded = false;
}

static void note_writer(struct talk *talk, const struct spoken *now)
{
    for (size_t i = 0; i < talk->writer_count; i++)
        if (talk->writers[i].node == now->node)
            return;
    if (talk->writer_count == COPRESENT_MAX) {
        talk->crowded = true;
        return;
    }
    if (talk->writer_count == talk->writer_cap) {
        talk->writer_cap = talk->writer_cap ? 2 * talk->writer_cap : 8;
        talk->writers = realloc(talk->writers, talk->writer_cap * sizeof *talk->writers);
        if (!talk->writers)
            abort();
    }
    talk->writers[talk->writer_count++] = *now;
}

static void speak(struct walk *k, struct talk *talk, const struct spoken *now, bool hit)
{
    const int64_t wall_ms = now->utc_ms + column_at(k->c, COLUMN_OFFSET, now->row) * MS_PER_MINUTE;
    const int64_t day = wall_ms / MS_PER_DAY - (wall_ms % MS_PER_DAY < 0);
    if (day != talk->day)
        end_day(k, talk);
    talk->day = day;
    if (hit) {
        find_turns(k, talk, now);
        note_writer(talk, now);
    }
    talk->recent[talk->said++ % TURN_BACK] = *now;
}

/* ---- a message --------------------------------------------------------------------------------- */

static int by_row(const void *x, const void *y)
{
    const struct named_tie *const a = x, *const b = y;
    return (a->row > b->row) - (a->row < b->row);
}

/* The first of a row's own ties; rows may come in any order. */
static size_t first_named(const struct walk *k, int64_t row)
{
    size_t low = 0, high = k->named_count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        const struct named_tie wanted = {.row = row};
        if (by_row(&k->named[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void give_named(const struct walk *k, const struct spoken *now)
{
    const size_t first = first_named(k, now->row);
    size_t end = first, recipients = 0;
    for (; end < k->named_count && k->named[end].row == now->row; end++)
        recipients += k->named[end].kind == TIE_RECIPIENT;
    for (size_t i = first; i < end; i++) {
        const struct named_tie *const x = &k->named[i];
        const double share = x->kind == TIE_RECIPIENT ? (double)recipients : 1;
        if (k->w->roll->node_of[x->other] != now->node)
            give(k, &(struct tie){x->kind, x->row, x->other_row, now->participant, x->other,
                                  k->w->request->weights[x->kind] / share});
    }
}

static void visit_row(void *context, int64_t row)
{
    struct walk *const k = context;
    const int64_t traits = column_at(k->c, COLUMN_TRAITS, row);
    const int64_t participant = column_at(k->c, COLUMN_SENDER, row);
    const int64_t conversation = column_at(k->c, COLUMN_CONVERSATION, row);
    if (TRAIT_KIND(traits) == KIND_EVENT || participant <= 0 || participant > k->w->roll->max_id ||
        conversation < 0 || conversation > k->max_conversation)
        return;
    const struct spoken now = {row, column_at(k->c, COLUMN_TIME, row), participant,
                               k->w->roll->node_of[participant]};
    const bool hit = is_hit(&k->hits, row);
    if (hit && k->w->wrote)
        k->w->wrote(k->w->context, row, participant);
    if (hit)
        give_named(k, &now);
    /* A message without a time stands where its neighbour stands: no pause can be told. */
    if (TRAIT_BASIS(traits) != BASIS_NONE)
        speak(k, &k->talks[conversation], &now, hit);
}

/* ---- all --------------------------------------------------------------------------------------- */

static enum status make_talks(struct walk *k, struct arena *a, struct err *e)
{
    struct conversation_row *rows;
    size_t count;
    const enum status st = store_conversations(k->w->store, a, &rows, &count, e);
    if (st != OK)
        return st;
    for (size_t i = 0; i < count; i++)
        if (rows[i].id > k->max_conversation)
            k->max_conversation = rows[i].id;
    k->talks = arena_array(a, (size_t)k->max_conversation + 1, sizeof *k->talks);
    for (int64_t i = 0; i <= k->max_conversation; i++)
        k->talks[i].day = INT64_MIN;
    return OK;
}

enum status ties_walk(struct walked *w, struct arena *a, struct err *e)
{
    struct walk k = {.w = w, .c = store_columns(w->store)};
    enum status st = find_hits(&k.hits, w, a, e);
    if (st == OK)
        st = make_talks(&k, a, e);
    if (st == OK)
        st = ties_named(w->store, w->roll, a, &k.named, &k.named_count, e);
    if (st != OK)
        return st;
    rows_in_order(k.c, visit_row, &k);
    for (int64_t i = 0; i <= k.max_conversation; i++) {
        end_day(&k, &k.talks[i]);
        free(k.talks[i].writers);
    }
    return columns_failed(k.c, e);
}
