/*
 * Handing out hits, page by page. In order of row ids a page is walked off the set of rows. In any
 * other order the page is what a heap of its size keeps of all hits behind the last one shown.
 */
#include "filter.h"

#include <stdlib.h>
#include <string.h>

#include "rank.h"

enum { PAGE_DIRECT_MAX = 1000 }; /* a page that is asked of the index without a set of rows */

/* Entries are ordered by (key, tie), smallest first, whatever the sort. */
struct entry {
    int64_t key, tie;
    int64_t row;
};

struct hits {
    struct plan *plan;
    struct hit_options o;
    int64_t handed, at;
    bool walks; /* the set of rows itself is in order */
    struct entry *page;
    size_t count, cap;
    float *scores;
};

static int compare(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->tie > y->tie) - (x->tie < y->tie);
}

/* Scores are not negative: their bits order as they do. */
static int64_t score_key(float score)
{
    uint32_t bits;
    memcpy(&bits, &score, sizeof bits);
    return -(int64_t)bits;
}

static struct entry entry_of(const struct hits *h, int64_t row)
{
    const int64_t ms = column_at(store_columns(h->plan->store), COLUMN_TIME, row);
    switch (h->o.sort) {
    case SORT_OLDEST: return (struct entry){ms, row, row};
    case SORT_NEWEST: return (struct entry){-ms, -row, row};
    case SORT_RELEVANCE: return (struct entry){score_key(h->scores[row]), row, row};
    }
    return (struct entry){0};
}

/* ---- the heap: its root is the last entry of the page ---------------------------------------- */

static void sift_down(struct entry *heap, size_t count)
{
    for (size_t i = 0; 2 * i + 1 < count;) {
        size_t kid = 2 * i + 1;
        if (kid + 1 < count && compare(&heap[kid + 1], &heap[kid]) > 0)
            kid++;
        if (compare(&heap[i], &heap[kid]) >= 0)
            return;
        const struct entry x = heap[i];
        heap[i] = heap[kid];
        heap[kid] = x;
        i = kid;
    }
}

static void sift_up(struct entry *heap, size_t i)
{
    while (i && compare(&heap[i], &heap[(i - 1) / 2]) > 0) {
        const struct entry x = heap[i];
        heap[i] = heap[(i - 1) / 2];
        heap[(i - 1) / 2] = x;
        i = (i - 1) / 2;
    }
}

static void page_add(struct hits *h, struct entry x)
{
    const size_t limit = h->o.limit > 0 ? (size_t)h->o.limit : SIZE_MAX;
    if (h->count == limit) {
        if (compare(&x, &h->page[0]) >= 0)
            return;
        h->page[0] = x;
        sift_down(h->page, h->count);
        return;
    }
    if (h->count == h->cap) {
        h->cap = h->cap ? h->cap * 2 : 64;
        h->page = realloc(h->page, h->cap * sizeof *h->page);
        if (!h->page)
            abort();
    }
    h->page[h->count++] = x;
    if (limit != SIZE_MAX)
        sift_up(h->page, h->count - 1);
}

static enum status fill_page(struct hits *h, struct err *e)
{
    const struct rowset *rows = &h->plan->found;
    const bool behind = h->o.after_row >= 1 && h->o.after_row <= rows->rows;
    const struct entry last = behind ? entry_of(h, h->o.after_row) : (struct entry){0};
    for (int64_t row = rowset_from(rows, 1); row; row = rowset_from(rows, row + 1)) {
        const struct entry x = entry_of(h, row);
        if (!behind || compare(&x, &last) > 0)
            page_add(h, x);
    }
    if (h->count)
        qsort(h->page, h->count, sizeof *h->page, compare);
    return columns_failed(store_columns(h->plan->store), e);
}

/* ---- pages ---------------------------------------------------------------------------------- */

/* A plan that is one expression and was not run yet gives a small page straight from the index. */
static bool is_direct(const struct hits *h)
{
    return h->walks && !h->plan->ran && h->plan->root->exact && h->o.limit > 0 &&
           h->o.limit <= PAGE_DIRECT_MAX;
}

static enum status direct_page(struct hits *h, struct err *e)
{
    struct row_range range = h->plan->range;
    int64_t rows[PAGE_DIRECT_MAX];
    struct index_page page = {
        .newest = h->o.sort == SORT_NEWEST, .limit = h->o.limit, .rows = rows};
    if (h->o.after_row && page.newest && h->o.after_row <= range.last)
        range.last = h->o.after_row - 1;
    if (h->o.after_row && !page.newest && h->o.after_row >= range.first)
        range.first = h->o.after_row + 1;
    page.range = range;
    const enum status st = index_page(h->plan, h->plan->root->match, &page, e);
    for (size_t i = 0; i < page.count && st == OK; i++)
        page_add(h, (struct entry){(int64_t)i, 0, rows[i]});
    if (h->count)
        qsort(h->page, h->count, sizeof *h->page, compare);
    h->walks = false;
    return st;
}

static enum status start(struct hits *h, struct err *e)
{
    h->walks = h->o.sort != SORT_RELEVANCE && columns_in_time_order(store_columns(h->plan->store));
    if (is_direct(h))
        return direct_page(h, e);
    enum status st = plan_run(h->plan, &h->o, e);
    if (st == OK && h->o.sort == SORT_RELEVANCE)
        st = rank_scores(h->plan, &h->scores, e);
    if (st == OK && !h->walks)
        st = fill_page(h, e);
    h->at = h->o.after_row;
    return st;
}

enum status hits_open(struct hits **out, struct plan *p, const struct hit_options *o, struct err *e)
{
    *out = NULL;
    struct hits *h = calloc(1, sizeof *h);
    if (!h)
        return fail(e, ERR_LIMIT, "out of memory");
    h->plan = p;
    h->o = *o;
    p->o = &h->o;
    const enum status st = start(h, e);
    p->o = NULL;
    if (st != OK) {
        hits_close(h);
        return st;
    }
    *out = h;
    return OK;
}

static int64_t next_row(struct hits *h)
{
    const struct rowset *rows = &h->plan->found;
    if (!h->walks)
        return (size_t)h->handed < h->count ? h->page[h->handed].row : 0;
    if (h->at < 0)
        return 0;
    if (h->o.sort == SORT_NEWEST)
        h->at = rowset_back(rows, h->at ? h->at - 1 : rows->rows);
    else
        h->at = rowset_from(rows, h->at + 1);
    if (h->at)
        return h->at;
    h->at = -1; /* 0 would begin again */
    return 0;
}

enum step hits_next(struct hits *h, int64_t *row, struct err *e)
{
    (void)e;
    if (h->o.limit > 0 && h->handed == h->o.limit)
        return STEP_DONE;
    *row = next_row(h);
    if (!*row)
        return STEP_DONE;
    h->handed++;
    return STEP_ROW;
}

void hits_close(struct hits *h)
{
    if (!h)
        return;
    free(h->page);
    free(h->scores);
    free(h);
}
