/*
 * Looking into one text: is it a hit, and where. What FTS5 cannot answer (exact spelling, words
 * between, bytes, links) is decided here, and what FTS5 found is marked here.
 */
#ifndef STET_QUERY_WORDS_H
#define STET_QUERY_WORDS_H

#include "ast.h"

struct word_at {
    str word;
    size_t at, end;
    uint32_t place;
};

/* A tokenised text; words in order of place, a whole before its first part. */
struct words {
    str text;
    struct word_at *p;
    size_t count;
    size_t *first; /* of each place: index of its first word; first[places] = count */
    uint32_t places;
};
struct words words_of(struct arena *a, str text);

struct spans {
    struct arena *a;
    struct span *p;
    size_t count, cap;
};
void spans_add(struct spans *s, size_t at, size_t end);

/* All occurrences, added to `spans`; with spans NULL stops at the first. True if there is one. */
bool words_match(const struct words *w, const struct text *t, struct spans *spans);
/* The words of `t`, which has no gap, side by side from `place` on. */
bool words_match_at(const struct words *w, const struct text *t, uint32_t place, struct span *span);

/* Two texts without gaps, the second beginning at most `distance` words behind the end of the first;
   either order unless `ordered`. They never overlap. */
struct near {
    struct text left, right;
    int64_t distance;
    bool ordered;
};
bool words_near(struct arena *a, const struct words *w, const struct near *n, struct spans *spans);
/* All words of a plain text in any order, with at most t->others words among them. */
bool words_window(struct arena *a, const struct words *w, const struct text *t,
                  struct spans *spans);

bool bytes_match(str text, str bytes, struct spans *spans);
/* A link whose host is `url` or ends in "." and it; with a path, one that begins so. */
bool url_match(str text, str url, struct spans *spans);

str url_without_scheme(str url); /* and without "www." */

/* The words of `bytes` that are whole in every text that holds them: what the index can be asked
   for. No items if there are none. */
struct text bytes_cover(struct arena *a, str bytes);

#endif
