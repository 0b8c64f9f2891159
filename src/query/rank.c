/* See rank.h. */
#include "rank.h"

#include <stdlib.h>

#define BM25_K1 1.2
#define BM25_B 0.75

struct hit_here {
    int64_t row;
    int occurrences;
};

/* The rows of one term, kept until their number is known. */
struct term_hits {
    struct hit_here *p;
    size_t count, cap;
    int64_t rows;
};

static void keep_hit(void *context, int64_t row, int occurrences)
{
    struct term_hits *h = context;
    if (row < 1 || row > h->rows)
        return;
    if (h->count == h->cap) {
        h->cap = h->cap ? h->cap * 2 : 1024;
        h->p = realloc(h->p, h->cap * sizeof *h->p);
        if (!h->p)
            abort();
    }
    h->p[h->count++] = (struct hit_here){row, occurrences};
}

/* ln x for x >= 1, by its series in (x - 1) / (x + 1) after halving down to 1 ... 2: good to 9
   digits and no reason to link libm. */
static double natural_log(double x)
{
    const double ln2 = 0.69314718055994530942;
    double sum = 0;
    while (x >= 2) {
        x /= 2;
        sum += ln2;
    }
    const double z = (x - 1) / (x + 1);
    double power = z;
    for (int k = 1; k < 20; k += 2) {
        sum += 2 * power / k;
        power *= z * z;
    }
    return sum;
}

static double mean_length(struct columns *c)
{
    double sum = 0;
    const int64_t rows = columns_rows(c);
    for (int64_t row = 1; row <= rows; row++)
        sum += (double)column_at(c, COLUMN_WORDS, row);
    return rows && sum > 0 ? sum / (double)rows : 1;
}

static void add_scores(struct columns *c, const struct term_hits *h, double mean, float *scores)
{
    const double rows = (double)h->rows, hits = (double)h->count;
    const double idf = natural_log(1 + (rows - hits + 0.5) / (hits + 0.5));
    for (size_t i = 0; i < h->count; i++) {
        const double length = (double)column_at(c, COLUMN_WORDS, h->p[i].row);
        const double often = h->p[i].occurrences;
        const double norm = BM25_K1 * (1 - BM25_B + BM25_B * length / mean);
        scores[h->p[i].row] += (float)(idf * often * (BM25_K1 + 1) / (often + norm));
    }
}

struct ranking {
    struct plan *plan;
    float *scores;
    double mean;
};

static enum status rank_text(struct ranking *r, const struct text *t, struct err *e)
{
    struct columns *c = store_columns(r->plan->store);
    struct term_hits hits = {.rows = columns_rows(c)};
    struct buf match = buf_new(BUF_LINE_MAX);
    match_add_text(&match, t);
    struct index_visit v = {.visit = keep_hit, .context = &hits, .counting = true};
    const enum status st = t->prefix ? index_visit_rows(r->plan, buf_str(&match), &v, e)
                                     : index_visit(r->plan, buf_str(&match), &v, e);
    if (st == OK)
        add_scores(c, &hits, r->mean, r->scores);
    free(hits.p);
    buf_free(&match);
    return st;
}

static enum status rank_filter(struct ranking *r, const struct filter *f, struct err *e)
{
    enum status st = OK;
    if (f->kind == FILTER_NOT)
        return OK;
    for (size_t i = 0; i < f->text_count && st == OK; i++)
        st = rank_text(r, &f->texts[i], e);
    for (size_t i = 0; i < f->kid_count && st == OK; i++)
        st = rank_filter(r, f->kids[i], e);
    return st;
}

enum status rank_scores(struct plan *p, float **scores, struct err *e)
{
    struct columns *c = store_columns(p->store);
    struct ranking r = {.plan = p, .mean = mean_length(c)};
    r.scores = calloc((size_t)columns_rows(c) + 1, sizeof *r.scores);
    if (!r.scores)
        abort();
    enum status st = rank_filter(&r, p->root, e);
    if (st == OK)
        st = columns_failed(c, e);
    if (st != OK) {
        free(r.scores);
        return st;
    }
    *scores = r.scores;
    return OK;
}
