/*
 * A quotation as print has it, cut into the items that the aligner explains: words, ellipses,
 * brackets, [sic], marked boundaries. What is not wording (a log prefix, HTML entities, the outer
 * quotation marks) is taken off first and remembered.
 */
#ifndef STET_VERIFY_ITEMS_H
#define STET_VERIFY_ITEMS_H

#include "words.h"

enum { LOG_PREFIXES_MAX = 64 };

struct quote_items {
    str text; /* the quotation as compared: entities decoded, outer marks and log prefixes off */
    struct align_item *items;
    size_t count, cap;
    size_t words;      /* how many are ITEM_WORD */
    bool had_entities; /* &amp; and the like stood in it */
    bool had_brackets, had_ellipsis;
    struct log_prefix { /* "[2016-03-02 09:41:07] <noll>": each line's own claim of who and when */
        str stamp, name;
    } prefixes[LOG_PREFIXES_MAX];
    size_t prefix_count;
};

/* Everything lives in the arena; `quote` must outlive it too. */
void items_of(struct quote_items *out, struct arena *a, str quote);

/* The same text read as nothing but words: no marks of editing, no entities. */
void items_plain(struct quote_items *out, struct arena *a, str quote);

/* A part of a quotation that was cut already: the items that lie in bytes [from, to). */
struct quote_items items_slice(const struct quote_items *whole, struct arena *a, size_t from,
                               size_t to);

#endif
