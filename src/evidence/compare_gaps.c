/*
 * What is left between two neighbours of the backbone: few messages on either side, which are paired by
 * what they still have in common, the surest pairs first. Afterwards, over any distance, what can be
 * meant by one message only.
 */
#include "compare_parts.h"

#include "tokenize.h"

#include <stdlib.h>
#include <string.h>

enum {
    GAP_ITEMS_MAX = 64, /* a side, for looking at every pair; larger gaps are left to single keys */
    GAP_WORDS_MAX = 4000,  /* of one text that are looked at */
    MOVED_LENGTH_MIN = 20, /* bytes: a shorter text may well have been written twice */
};

/* ---- likeness of words ------------------------------------------------------------------------- */

struct words {
    uint64_t *hashes; /* sorted */
    size_t count;
};

static int by_hash(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

static enum status words_of(struct store *s, int64_t row, struct arena *a, struct words *out,
                            struct err *e)
{
    str text;
    const enum status st = store_text(s, row, &text, e);
    if (st != OK)
        return st;
    struct tokenizer t = tokenizer_of(text);
    struct token token;
    out->count = 0;
    out->hashes = arena_array(a, GAP_WORDS_MAX, sizeof *out->hashes);
    while (out->count < GAP_WORDS_MAX && tokenizer_next(&t, &token))
        if (!token.whole)
            out->hashes[out->count++] = str_hash(token.word);
    if (out->count)
        qsort(out->hashes, out->count, sizeof *out->hashes, by_hash);
    return OK;
}

/* Dice's coefficient of the two bags of words, in hundredths. */
static int likeness(const struct words *x, const struct words *y)
{
    size_t both = 0, i = 0, j = 0;
    if (x->count + y->count == 0)
        return 0;
    while (i < x->count && j < y->count) {
        const uint64_t l = x->hashes[i], r = y->hashes[j];
        both += l == r;
        i += l <= r;
        j += r <= l;
    }
    return (int)(200 * both / (x->count + y->count));
}

/* ---- one gap ----------------------------------------------------------------------------------- */

struct gap {
    struct comparison *c;
    uint32_t left[GAP_ITEMS_MAX], right[GAP_ITEMS_MAX]; /* items without a partner */
    struct words left_words[GAP_ITEMS_MAX], right_words[GAP_ITEMS_MAX];
    size_t left_count, right_count;
    bool overflow;
    struct arena arena;
};

struct candidate {
    int score; /* 0: they have nothing in common */
    uint32_t i, j;
};

static int score_of(const struct gap *g, uint32_t i, uint32_t j)
{
    const struct item *const x = &g->c->left.items[g->left[i]], *const y =
                                                                    &g->c->right.items[g->right[j]];
    const bool text = match_text(x, y), sender = match_sender(g->c, x, y),
               time = match_time(g->c, x, y);
    const int like = text ? 100 : likeness(&g->left_words[i], &g->right_words[j]);
    if (text)
        return 1000 + (sender ? 60 : 0) + (time ? 50 : 0);
    if (sender && time)
        return 700 + like;
    if (time)
        return like >= 40 ? 500 + like : 0;
    if (sender)
        return like >= 40 ? 300 + like : 0;
    return like >= 70 ? 100 + like : 0;
}

static int by_score(const void *a, const void *b)
{
    const struct candidate *const x = a, *const y = b;
    if (x->score != y->score)
        return x->score > y->score ? -1 : 1;
    const uint32_t far_x = x->i < x->j ? x->j - x->i : x->i - x->j;
    const uint32_t far_y = y->i < y->j ? y->j - y->i : y->i - y->j;
    if (far_x != far_y)
        return far_x < far_y ? -1 : 1;
    return x->i != y->i ? (x->i < y->i ? -1 : 1) : (x->j < y->j ? -1 : x->j > y->j);
}

static enum status read_words(struct gap *g, struct err *e)
{
    enum status st = OK;
    for (size_t i = 0; i < g->left_count && st == OK; i++)
        st = words_of(g->c->left.of.store, g->c->left.items[g->left[i]].row, &g->arena,
                      &g->left_words[i], e);
    for (size_t j = 0; j < g->right_count && st == OK; j++)
        st = words_of(g->c->right.of.store, g->c->right.items[g->right[j]].row, &g->arena,
                      &g->right_words[j], e);
    return st;
}

static enum status pair_gap(struct gap *g, struct err *e)
{
    const size_t pairs = g->left_count * g->right_count;
    struct candidate *const all = arena_array(&g->arena, pairs + 1, sizeof *all);
    size_t count = 0;
    const enum status st = read_words(g, e);
    for (uint32_t i = 0; i < g->left_count && st == OK; i++)
        for (uint32_t j = 0; j < g->right_count; j++) {
            all[count] = (struct candidate){score_of(g, i, j), i, j};
            count += all[count].score > 0;
        }
    if (count)
        qsort(all, count, sizeof *all, by_score);
    for (size_t n = 0; n < count; n++) {
        const uint32_t left = g->left[all[n].i], right = g->right[all[n].j];
        if (g->c->left.items[left].partner == NO_PARTNER &&
            g->c->right.items[right].partner == NO_PARTNER)
            match_pair(g->c, left, right);
    }
    arena_clear(&g->arena);
    return st;
}

/* ---- all gaps ---------------------------------------------------------------------------------- */

static void collect(uint32_t *list, size_t *count, struct gap *g, const struct side *s, size_t from,
                    size_t to)
{
    *count = 0;
    for (size_t i = from; i < to; i++) {
        if (s->items[i].partner != NO_PARTNER)
            continue;
        if (*count == GAP_ITEMS_MAX) {
            g->overflow = true;
            return;
        }
        list[(*count)++] = (uint32_t)i;
    }
}

static enum status fill_gap(struct gap *g, size_t left_from, size_t left_to, size_t right_from,
                            size_t right_to, struct err *e)
{
    if (left_from >= left_to || right_from >= right_to)
        return OK;
    g->overflow = false;
    collect(g->left, &g->left_count, g, &g->c->left, left_from, left_to);
    collect(g->right, &g->right_count, g, &g->c->right, right_from, right_to);
    if (g->overflow || !g->left_count || !g->right_count)
        return OK;
    return pair_gap(g, e);
}

static bool in_backbone(const struct item *x)
{
    return x->partner != NO_PARTNER && !(x->differs & DIFFERS_ORDER);
}

static enum status fill_gaps(struct comparison *c, struct err *e)
{
    struct gap *const g = calloc(1, sizeof *g);
    size_t left = 0, right = 0;
    enum status st = OK;
    if (!g)
        abort();
    g->c = c;
    for (size_t i = 0; i <= c->left.count && st == OK; i++) {
        const bool last = i == c->left.count;
        if (!last && !in_backbone(&c->left.items[i]))
            continue;
        const size_t j = last ? c->right.count : c->left.items[i].partner;
        st = fill_gap(g, left, i, right, j, e);
        left = i + 1;
        right = j + 1;
    }
    arena_free(&g->arena);
    free(g);
    return st;
}

/* ---- over any distance -------------------------------------------------------------------------- */

/* A pair made late is in order if it stands between the same two neighbours of the backbone. */
static void mark_late(struct comparison *c, const bool *early)
{
    struct item *const items = c->left.items;
    uint32_t *const next = malloc((c->left.count + 1) * sizeof *next);
    uint32_t before = 0;
    if (!next)
        abort();
    next[c->left.count] = NO_PARTNER;
    for (size_t i = c->left.count; i-- > 0;)
        next[i] = early[i] && in_backbone(&items[i]) ? items[i].partner : next[i + 1];
    for (size_t i = 0; i < c->left.count; i++) {
        if (early[i] && in_backbone(&items[i]))
            before = items[i].partner;
        else if (!early[i] && items[i].partner != NO_PARTNER &&
                 (items[i].partner < before || items[i].partner > next[i]))
            items[i].differs |= DIFFERS_ORDER;
    }
    free(next);
}

enum status gaps_pair(struct comparison *c, struct err *e)
{
    const enum status st = fill_gaps(c, e);
    if (st != OK)
        return st;
    bool *const early = calloc(c->left.count + 1, sizeof *early);
    if (!early)
        abort();
    for (size_t i = 0; i < c->left.count; i++)
        early[i] = c->left.items[i].partner != NO_PARTNER;
    match_single(c, DIFFERS_TEXT | DIFFERS_TIME, 0);
    match_single(c, DIFFERS_TEXT | DIFFERS_SENDER, MOVED_LENGTH_MIN);
    match_single(c, DIFFERS_TEXT, MOVED_LENGTH_MIN);
    match_single(c, DIFFERS_SENDER | DIFFERS_TIME, 0);
    mark_late(c, early);
    free(early);
    return OK;
}
