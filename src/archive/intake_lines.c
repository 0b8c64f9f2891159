/* Lines wait until the transaction of which they speak is committed. */
#include "intake_load.h"

#include <stdlib.h>
#include <string.h>

void lines_add(struct lines *l, const struct intake_line *line)
{
    if (l->count == l->cap) {
        l->cap = l->cap ? 2 * l->cap : 16;
        struct intake_line *const more = realloc(l->items, l->cap * sizeof *more);
        if (!more)
            abort();
        l->items = more;
    }
    struct intake_line *const x = &l->items[l->count++];
    *x = *line;
    x->name = arena_dup(&l->arena, line->name);
    x->bundle = arena_dup(&l->arena, line->bundle);
    if (line->error) {
        struct err *const e = arena_alloc(&l->arena, sizeof *e);
        *e = *line->error;
        x->error = e;
    }
}

static void count_line(struct intake_total *t, const struct intake_line *line)
{
    switch (line->state) {
    case INTAKE_STORED:
        t->stored++;
        t->messages += line->report.messages;
        t->events += line->report.events;
        t->duplicates += line->result.duplicates;
        t->issues += line->result.issues;
        t->counted += line->report.counted;
        return;
    case INTAKE_KNOWN: t->known++; return;
    case INTAKE_COMPANION: t->companions++; return;
    case INTAKE_SKIPPED: t->skipped++; return;
    case INTAKE_FAILED: t->failed++; return;
    }
}

void lines_tell(struct lines *l, struct intake *in, const struct write_result *results,
                const struct err *failure)
{
    size_t stored = 0;
    for (size_t i = 0; i < l->count; i++) {
        struct intake_line *const x = &l->items[i];
        if (x->state == INTAKE_STORED && failure) {
            x->state = INTAKE_FAILED;
            x->error = failure;
        } else if (x->state == INTAKE_STORED) {
            x->result = results[stored++];
        }
        count_line(in->total, x);
        if (in->options->line)
            in->options->line(in->options->context, x);
    }
    lines_forget(l);
}

void lines_forget(struct lines *l)
{
    l->count = 0;
    arena_clear(&l->arena);
}

void lines_free(struct lines *l)
{
    free(l->items);
    arena_free(&l->arena);
}
