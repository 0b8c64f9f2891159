/* See called.h. */
#include "called.h"

#include <stdlib.h>
#include <string.h>

#include "fold.h"

struct called {
    str name;   /* plain */
    int64_t id; /* 0: several are called so */
};

str called_plain(struct arena *a, str name)
{
    struct folded f = {0};
    fold_text(&f, name);
    char *const out = arena_alloc(a, f.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < f.n; i++)
        if (f.p[i] && !strchr(" _.-@", f.p[i]))
            out[n++] = f.p[i];
    folded_free(&f);
    return (str){out, n};
}

static int by_name(const void *x, const void *y)
{
    return str_cmp(((const struct called *)x)->name, ((const struct called *)y)->name);
}

struct calls calls_of(const struct participant_row *people, size_t count, struct arena *a)
{
    struct calls c = {.p = arena_array(a, 2 * count + 1, sizeof *c.p)};
    for (size_t i = 0; i < count; i++) {
        c.p[c.count++] = (struct called){called_plain(a, people[i].key), people[i].id};
        if (!str_eq(people[i].key, people[i].name))
            c.p[c.count++] = (struct called){called_plain(a, people[i].name), people[i].id};
    }
    qsort(c.p, c.count, sizeof *c.p, by_name);
    size_t kept = 0;
    for (size_t i = 0; i < c.count; i++) {
        if (!kept || !str_eq(c.p[kept - 1].name, c.p[i].name))
            c.p[kept++] = c.p[i];
        else if (c.p[kept - 1].id != c.p[i].id)
            c.p[kept - 1].id = 0;
    }
    c.count = kept;
    return c;
}

int64_t calls_find(const struct calls *c, struct arena *scratch, str name)
{
    const struct called wanted = {called_plain(scratch, name), 0};
    if (!wanted.name.n || !c->count)
        return 0;
    const struct called *const found = bsearch(&wanted, c->p, c->count, sizeof *c->p, by_name);
    return found ? found->id : 0;
}
