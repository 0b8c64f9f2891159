/*
 * An arena holds things that die together: one per message, per query, per page. Nothing in it is
 * freed by itself. Running out of memory ends the program with a sentence, so no caller checks;
 * every size that comes from input must have met a named ceiling before.
 *
 *     struct arena a = {0};
 *     str name = arena_dup(&a, STR("Lirra Watch"));
 *     arena_free(&a);
 *
 * Invariants: memory is aligned for any type and stays where it is until arena_clear or arena_free.
 */
#ifndef STET_ARENA_H
#define STET_ARENA_H

#include "err.h"
#include "str.h"

struct arena_block;
struct arena {
    struct arena_block *first; /* newest block first */
    char *next, *end;          /* free room of the newest block */
};

void *arena_alloc(struct arena *a, size_t size);               /* zeroed */
void *arena_array(struct arena *a, size_t count, size_t size); /* zeroed; checks the product */
str arena_dup(struct arena *a, str s);
char *arena_cstr(struct arena *a, str s); /* NUL-terminated copy */
str arena_printf(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
void arena_clear(struct arena *a); /* keeps one block for reuse */
void arena_free(struct arena *a);

#endif
