/*
 * What is the same on both sides. Clocks first: the difference that most equal texts have. Then pairs of
 * equal text, sender and time, by sorting both sides in the same order and walking along them.
 */
#include "compare_parts.h"

#include <stdlib.h>
#include <string.h>

enum { VOTES_MIN = 10, VOTES_SHARE = 20, ALIAS_MIN = 3 };

/* ---- sorted keys ------------------------------------------------------------------------------ */

/* What is sorted: what must be equal, then the place, so that equals pair in their order. */
struct key {
    uint64_t text, check;
    int64_t ms;
    uint32_t sender, at;
};

static int by_text(const struct key *x, const struct key *y)
{
    if (x->text != y->text)
        return x->text < y->text ? -1 : 1;
    if (x->check != y->check)
        return x->check < y->check ? -1 : 1;
    return 0;
}

static int by_all(const struct key *x, const struct key *y)
{
    const int order = by_text(x, y);
    if (order)
        return order;
    if (x->sender != y->sender)
        return x->sender < y->sender ? -1 : 1;
    if (x->ms != y->ms)
        return x->ms < y->ms ? -1 : 1;
    return 0;
}

static int sort_by_text(const void *a, const void *b)
{
    const struct key *const x = a, *const y = b;
    const int order = by_text(x, y);
    return order ? order : x->at < y->at ? -1 : 1;
}

static int sort_by_all(const void *a, const void *b)
{
    const struct key *const x = a, *const y = b;
    const int order = by_all(x, y);
    return order ? order : x->at < y->at ? -1 : 1;
}

struct keys {
    struct key *p;
    size_t count;
};

/* Of the items without a partner; times of the left side are moved by `shift`. */
static struct keys keys_of(const struct comparison *c, const struct side *s, int64_t shift)
{
    struct keys k = {.p = malloc((s->count + 1) * sizeof *k.p)};
    if (!k.p)
        abort();
    for (size_t i = 0; i < s->count; i++) {
        const struct item *const x = &s->items[i];
        if (x->partner != NO_PARTNER)
            continue;
        k.p[k.count++] = (struct key){.text = x->text,
                                      .check = x->check,
                                      .ms = x->ms == TIME_NONE ? TIME_NONE : x->ms + shift,
                                      .sender = c->alias ? c->alias[x->sender] : x->sender,
                                      .at = (uint32_t)i};
    }
    return k;
}

static void sort_keys(struct keys *k, int (*order)(const void *, const void *))
{
    if (k->count)
        qsort(k->p, k->count, sizeof *k->p, order);
}

static size_t run_end(const struct keys *k, size_t first,
                      int (*order)(const struct key *, const struct key *))
{
    size_t end = first + 1;
    while (end < k->count && order(&k->p[first], &k->p[end]) == 0)
        end++;
    return end;
}

/* Calls `each` for every group of equal keys that both sides have: runs [i, i_end) and [j, j_end). */
struct group {
    const struct key *left, *right;
    size_t left_count, right_count;
};
static void walk_groups(const struct keys *l, const struct keys *r,
                        int (*order)(const struct key *, const struct key *),
                        void (*each)(void *context, const struct group *g), void *context)
{
    for (size_t i = 0, j = 0; i < l->count && j < r->count;) {
        const int which = order(&l->p[i], &r->p[j]);
        const size_t i_end = which <= 0 ? run_end(l, i, order) : i;
        const size_t j_end = which >= 0 ? run_end(r, j, order) : j;
        if (which == 0)
            each(context, &(struct group){&l->p[i], &r->p[j], i_end - i, j_end - j});
        i = i_end;
        j = j_end;
    }
}

/* ---- clocks ----------------------------------------------------------------------------------- */

static int64_t unit_of(const struct side *s, bool utc)
{
    int64_t unit = MS_PER_MINUTE;
    for (size_t i = 0; i < s->count && unit > 1; i++) {
        const int64_t ms = utc ? s->items[i].utc_ms : s->items[i].wall_ms;
        if (ms == TIME_NONE)
            continue;
        while (unit > 1 && ms % unit)
            unit = unit == MS_PER_MINUTE ? MS_PER_SECOND : 1;
    }
    return unit;
}

static void set_times(struct side *s, bool utc, int64_t unit)
{
    for (size_t i = 0; i < s->count; i++) {
        struct item *const x = &s->items[i];
        x->ms = utc ? x->utc_ms : x->wall_ms;
        if (x->ms != TIME_NONE)
            x->ms -= ((x->ms % unit) + unit) % unit;
    }
}

struct differences {
    int64_t *p;
    size_t count, cap;
};

static void add_difference(struct differences *d, int64_t ms)
{
    if (d->count == d->cap) {
        d->cap = d->cap ? 2 * d->cap : 1024;
        d->p = realloc(d->p, d->cap * sizeof *d->p);
        if (!d->p)
            abort();
    }
    d->p[d->count++] = ms;
}

/* Texts that are as frequent on one side as on the other, in their order. */
static void vote(void *context, const struct group *g)
{
    for (size_t i = 0; g->left_count == g->right_count && i < g->left_count; i++)
        if (g->left[i].ms != TIME_NONE && g->right[i].ms != TIME_NONE)
            add_difference(context, g->right[i].ms - g->left[i].ms);
}

static int by_value(const void *a, const void *b)
{
    const int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static uint64_t votes_for(const struct differences *d, int64_t ms)
{
    size_t low = 0, high = d->count;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (d->p[middle] < ms)
            low = middle + 1;
        else
            high = middle;
    }
    size_t end = low;
    while (end < d->count && d->p[end] == ms)
        end++;
    return end - low;
}

static int64_t most_frequent(const struct differences *d, uint64_t *votes)
{
    int64_t best = 0;
    *votes = 0;
    for (size_t i = 0, end; i < d->count; i = end) {
        for (end = i + 1; end < d->count && d->p[end] == d->p[i];)
            end++;
        /* Among equals the smaller shift is the more likely. */
        if (end - i > *votes || (end - i == *votes && llabs(d->p[i]) < llabs(best))) {
            *votes = end - i;
            best = d->p[i];
        }
    }
    return best;
}

static void find_shift(struct comparison *c)
{
    struct compare_facts *const f = &c->facts;
    struct keys l = keys_of(c, &c->left, 0), r = keys_of(c, &c->right, 0);
    struct differences d = {.p = NULL};
    sort_keys(&l, sort_by_text);
    sort_keys(&r, sort_by_text);
    walk_groups(&l, &r, by_text, vote, &d);
    if (d.count)
        qsort(d.p, d.count, sizeof *d.p, by_value);
    f->shift_ms = most_frequent(&d, &f->shift_votes);
    f->shift_pairs = d.count;
    f->other_shift_ms = f->shift_ms;
    uint64_t most = VOTES_MIN - 1;
    for (int64_t hour = -MS_PER_HOUR; hour <= MS_PER_HOUR; hour += 2 * MS_PER_HOUR) {
        const uint64_t votes = votes_for(&d, f->shift_ms + hour);
        if (votes > most && votes * VOTES_SHARE >= d.count) {
            most = votes;
            f->other_shift_ms = f->shift_ms + hour;
        }
    }
    free(d.p);
    free(l.p);
    free(r.p);
}

void match_clocks(struct comparison *c)
{
    struct compare_facts *const f = &c->facts;
    f->utc = c->left.basis >= BASIS_STATED && c->right.basis >= BASIS_STATED;
    const int64_t left = unit_of(&c->left, f->utc), right = unit_of(&c->right, f->utc);
    f->unit_ms = left > right ? left : right;
    set_times(&c->left, f->utc, f->unit_ms);
    set_times(&c->right, f->utc, f->unit_ms);
    find_shift(c);
}

/* ---- agreement -------------------------------------------------------------------------------- */

bool match_time(const struct comparison *c, const struct item *left, const struct item *right)
{
    if (left->ms == TIME_NONE || right->ms == TIME_NONE)
        return left->ms == right->ms;
    const int64_t difference = right->ms - left->ms;
    return difference == c->facts.shift_ms || difference == c->facts.other_shift_ms;
}

bool match_sender(const struct comparison *c, const struct item *left, const struct item *right)
{
    return c->alias[left->sender] == c->alias[right->sender];
}

bool match_text(const struct item *left, const struct item *right)
{
    return left->text == right->text && left->check == right->check;
}

void match_pair(struct comparison *c, size_t left, size_t right)
{
    struct item *const x = &c->left.items[left], *const y = &c->right.items[right];
    x->partner = (uint32_t)right;
    y->partner = (uint32_t)left;
    x->differs =
        (match_text(x, y) ? 0u : DIFFERS_TEXT) | (match_sender(c, x, y) ? 0u : DIFFERS_SENDER) |
        (match_time(c, x, y) ? 0u : DIFFERS_TIME) | (x->kind == y->kind ? 0u : DIFFERS_KIND);
}

/* ---- senders with two names ------------------------------------------------------------------- */

/* Votes of messages with the same text and time by senders that do not occur on the other side. */
struct name_votes {
    struct comparison *c;
    bool *on_left, *on_right; /* of each name */
    uint64_t *p;              /* left name << 32 | right name */
    size_t count, cap;
};

static void vote_name(void *context, const struct group *g)
{
    struct name_votes *const v = context;
    const struct comparison *const c = v->c;
    const struct item *const x = &c->left.items[g->left->at], *const y =
                                                                  &c->right.items[g->right->at];
    if (g->left_count != 1 || g->right_count != 1 || v->on_right[x->sender] ||
        v->on_left[y->sender] || !match_time(c, x, y))
        return;
    if (v->count == v->cap) {
        v->cap = v->cap ? 2 * v->cap : 256;
        v->p = realloc(v->p, v->cap * sizeof *v->p);
        if (!v->p)
            abort();
    }
    v->p[v->count++] = (uint64_t)x->sender << 32 | y->sender;
}

static int by_vote(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static void add_alias(struct comparison *c, uint32_t left, uint32_t right, uint64_t messages)
{
    struct compare_facts *const f = &c->facts;
    struct compare_alias *const more = arena_array(&c->arena, f->alias_count + 1, sizeof *more);
    if (f->alias_count)
        memcpy(more, f->aliases, f->alias_count * sizeof *more);
    more[f->alias_count++] =
        (struct compare_alias){c->names.list[left], c->names.list[right], messages};
    f->aliases = more;
    c->alias[right] = left;
}

/* A left name stands for the right one that at least three messages and four of five of its say. */
static void accept_names(const struct name_votes *v)
{
    for (size_t i = 0, all_end; i < v->count; i = all_end) {
        const uint64_t left = v->p[i] >> 32;
        size_t best = i, best_count = 0;
        for (all_end = i; all_end < v->count && v->p[all_end] >> 32 == left;) {
            const size_t first = all_end;
            while (all_end < v->count && v->p[all_end] == v->p[first])
                all_end++;
            if (all_end - first > best_count) {
                best_count = all_end - first;
                best = first;
            }
        }
        const uint32_t right = (uint32_t)v->p[best];
        if (best_count >= ALIAS_MIN && best_count * 5 >= (all_end - i) * 4 &&
            v->c->alias[right] == right)
            add_alias(v->c, (uint32_t)left, right, best_count);
    }
}

static void find_aliases(struct comparison *c)
{
    const size_t n = c->names.count + 1;
    struct name_votes v = {
        .c = c, .on_left = calloc(n, sizeof *v.on_left), .on_right = calloc(n, sizeof *v.on_right)};
    c->alias = arena_array(&c->arena, n, sizeof *c->alias);
    if (!v.on_left || !v.on_right)
        abort();
    for (uint32_t i = 0; i < n; i++)
        c->alias[i] = i;
    for (size_t i = 0; i < c->left.count; i++)
        v.on_left[c->left.items[i].sender] = true;
    for (size_t i = 0; i < c->right.count; i++)
        v.on_right[c->right.items[i].sender] = true;
    struct keys l = keys_of(c, &c->left, 0), r = keys_of(c, &c->right, 0);
    sort_keys(&l, sort_by_text);
    sort_keys(&r, sort_by_text);
    walk_groups(&l, &r, by_text, vote_name, &v);
    if (v.count)
        qsort(v.p, v.count, sizeof *v.p, by_vote);
    accept_names(&v);
    free(v.on_left);
    free(v.on_right);
    free(v.p);
    free(l.p);
    free(r.p);
}

/* ---- equals ----------------------------------------------------------------------------------- */

static void pair_group(void *context, const struct group *g)
{
    for (size_t i = 0; i < g->left_count && i < g->right_count; i++)
        match_pair(context, g->left[i].at, g->right[i].at);
}

static void pair_shifted(struct comparison *c, int64_t shift)
{
    struct keys l = keys_of(c, &c->left, shift), r = keys_of(c, &c->right, 0);
    sort_keys(&l, sort_by_all);
    sort_keys(&r, sort_by_all);
    walk_groups(&l, &r, by_all, pair_group, c);
    free(l.p);
    free(r.p);
}

/* ---- loose pairs ------------------------------------------------------------------------------ */

struct loose {
    struct comparison *c;
    uint32_t length_min;
};

static void pair_single(void *context, const struct group *g)
{
    const struct loose *const x = context;
    if (g->left_count == 1 && g->right_count == 1 &&
        x->c->left.items[g->left->at].length >= x->length_min)
        match_pair(x->c, g->left->at, g->right->at);
}

static void blank_out(struct keys *k, uint32_t agree)
{
    for (size_t i = 0; i < k->count; i++) {
        struct key *const x = &k->p[i];
        if (!(agree & DIFFERS_TEXT))
            x->text = x->check = 0;
        if (!(agree & DIFFERS_SENDER))
            x->sender = 0;
        if (!(agree & DIFFERS_TIME))
            x->ms = 0;
    }
}

void match_single(struct comparison *c, uint32_t agree, uint32_t length_min)
{
    struct keys l = keys_of(c, &c->left, c->facts.shift_ms), r = keys_of(c, &c->right, 0);
    struct loose x = {c, length_min};
    blank_out(&l, agree);
    blank_out(&r, agree);
    sort_keys(&l, sort_by_all);
    sort_keys(&r, sort_by_all);
    walk_groups(&l, &r, by_all, pair_single, &x);
    free(l.p);
    free(r.p);
}

static void forget_pairs(struct side *s)
{
    for (size_t i = 0; i < s->count; i++) {
        s->items[i].partner = NO_PARTNER;
        s->items[i].differs = 0;
    }
}

void match_equal(struct comparison *c)
{
    forget_pairs(&c->left);
    forget_pairs(&c->right);
    if (!c->alias)
        find_aliases(c);
    pair_shifted(c, c->facts.shift_ms);
    if (c->facts.other_shift_ms != c->facts.shift_ms)
        pair_shifted(c, c->facts.other_shift_ms);
}
