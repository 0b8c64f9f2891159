/*
 * Aligned columns of text from anywhere; widths are those that a terminal uses.
 *
 *     struct table t = table_new(&arena, "lrr");     // left, right, right
 *     table_add(&t, name);
 *     table_add(&t, number_text(&arena, 12));
 *     table_add(&t, ...);
 *     table_print(&t, &c->out);
 */
#ifndef STET_TABLE_H
#define STET_TABLE_H

#include "arena.h"
#include "term.h"

enum { TABLE_COLUMNS_MAX = 12 };

struct table {
    struct arena *arena;
    const char *align; /* a letter a column: 'l' or 'r', 's' is left in soft ink */
    str *cells;        /* escaped */
    size_t count, cap;
};

struct table table_new(struct arena *a, const char *align);
void table_add(struct table *t, str cell); /* row after row; foreign text is escaped here */
void table_print(const struct table *t, struct term *out);

#endif
