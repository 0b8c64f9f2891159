/*
 * Hits one after another: a heading where the conversation changes, and neighbours printed once,
 * even where those of two hits overlap.
 *
 *     struct hit_page page = hit_page_new(c, s, 3);
 *     while ((step = search_next(s, &f, e)) == STEP_ROW)
 *         hit_page_add(&page, &f);
 *     hit_page_end(&page);
 *     hit_page_free(&page);
 */
#ifndef STET_HIT_PAGE_H
#define STET_HIT_PAGE_H

#include "cli.h"

enum { PRINTED_ROWS = 256 }; /* remembered: more than the neighbours of any hit */

struct hit_page {
    struct cli *c;
    const struct search *search;
    int context;
    uint64_t shown;
    int64_t first_row;
    int64_t conversation; /* of the heading; 0 before the first */
    int64_t printed[PRINTED_ROWS];
    size_t printed_count;   /* of all; the last PRINTED_ROWS are remembered */
    struct arena arena;     /* holds `pending` */
    struct stored *pending; /* neighbours after the last hit, until the next one is known */
    size_t pending_count;
};

struct hit_page hit_page_new(struct cli *c, const struct search *s, int context);
void hit_page_add(struct hit_page *p, const struct found *f);
void hit_page_end(struct hit_page *p);
void hit_page_free(struct hit_page *p);

#endif
