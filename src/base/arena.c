/*
 * A chain of blocks, each up to twice as large as the one before. Allocating is moving a pointer;
 * a request that the newest block cannot hold starts a new block, and the rest of the old one is
 * left unused until the arena is cleared.
 */
#include "arena.h"

#include "oom.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK_MIN = 4 << 10, /* the first block: a message with its people and links fits */
    BLOCK_MAX = 1 << 20, /* blocks stop doubling here, and a larger one is not kept for reuse */
};

struct arena_block {
    struct arena_block *older;
    size_t size; /* bytes at `room` */
    alignas(max_align_t) char room[];
};

static void use_block(struct arena *a, struct arena_block *block)
{
    a->first = block;
    a->next = block ? block->room : NULL;
    a->end = block ? block->room + block->size : NULL;
}

static void add_block(struct arena *a, size_t need)
{
    size_t size = a->first ? a->first->size * 2 : BLOCK_MIN;
    if (size > BLOCK_MAX)
        size = BLOCK_MAX;
    if (size < need)
        size = need;
    if (size > SIZE_MAX - sizeof(struct arena_block))
        oom_die(need);
    struct arena_block *block = oom_alloc(sizeof *block + size);
    block->older = a->first;
    block->size = size;
    use_block(a, block);
}

static void *take(struct arena *a, size_t size)
{
    const size_t align = alignof(max_align_t);
    if (size > SIZE_MAX - align)
        oom_die(size);
    const size_t need = size ? (size + align - 1) / align * align : align;
    if (need > (size_t)(a->end - a->next))
        add_block(a, need);
    void *p = a->next;
    a->next += need;
    return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
    return memset(take(a, size), 0, size);
}

void *arena_array(struct arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        oom_die(SIZE_MAX);
    return arena_alloc(a, count * size);
}

char *arena_cstr(struct arena *a, str s)
{
    char *copy = take(a, s.n + 1);
    if (s.n)
        memcpy(copy, s.p, s.n);
    copy[s.n] = '\0';
    return copy;
}

str arena_dup(struct arena *a, str s)
{
    return (str){arena_cstr(a, s), s.n};
}

str arena_printf(struct arena *a, const char *fmt, ...)
{
    va_list args, again;
    va_start(args, fmt);
    va_copy(again, args);
    const int length = vsnprintf(NULL, 0, fmt, args);
    const size_t n = length < 0 ? 0 : (size_t)length;
    char *text = take(a, n + 1);
    text[0] = '\0';
    vsnprintf(text, n + 1, fmt, again);
    va_end(again);
    va_end(args);
    return (str){text, n};
}

void arena_clear(struct arena *a)
{
    struct arena_block *kept = NULL;
    for (struct arena_block *block = a->first, *older; block; block = older) {
        older = block->older;
        if (!kept && block->size <= BLOCK_MAX)
            kept = block;
        else
            free(block);
    }
    if (kept)
        kept->older = NULL;
    use_block(a, kept);
}

void arena_free(struct arena *a)
{
    for (struct arena_block *block = a->first, *older; block; block = older) {
        older = block->older;
        free(block);
    }
    use_block(a, NULL);
}
