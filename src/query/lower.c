/*
 * Operators and texts become filters. AND is flattened, and NOT of an OR becomes an AND of NOTs, so
 * that as much as possible stands side by side at the top, where it narrows the search early.
 */
#include "lower.h"

#include "fields.h"
#include "filter.h"
#include "regex.h"
#include "vocabulary.h"
#include "words.h"

static enum status lower_kids(struct planner *p, const struct node *n, enum filter_kind kind,
                              struct filter **out, struct err *e)
{
    struct arena *a = &p->plan->arena;
    struct filter *f = filter_new(a, kind, n);
    f->kids = arena_array(a, n->kid_count, sizeof(struct filter *));
    for (size_t i = 0; i < n->kid_count; i++) {
        const enum status st = lower_node(p, n->kids[i], &f->kids[f->kid_count], e);
        if (st != OK)
            return st;
        f->kid_count++;
    }
    *out = f;
    return OK;
}

static struct filter *negate(struct arena *a, struct filter *f)
{
    if (f->kind == FILTER_NOT)
        return f->kids[0];
    if (f->kind == FILTER_OR) {
        for (size_t i = 0; i < f->kid_count; i++)
            f->kids[i] = negate(a, f->kids[i]);
        f->kind = FILTER_AND;
        return f;
    }
    struct filter *not = filter_new(a, FILTER_NOT, f->node);
    not ->kids = arena_array(a, 1, sizeof(struct filter *));
    not ->kids[not ->kid_count++] = f;
    return not ;
}

static size_t count_flat(const struct filter *f)
{
    size_t count = 0;
    for (size_t i = 0; i < f->kid_count; i++)
        count += f->kids[i]->kind == FILTER_AND ? f->kids[i]->kid_count : 1;
    return count;
}

/* Kids are flat already: one level is enough. */
static struct filter *flatten_and(struct arena *a, struct filter *f)
{
    struct filter **flat = arena_array(a, count_flat(f), sizeof(struct filter *));
    size_t n = 0;
    for (size_t i = 0; i < f->kid_count; i++) {
        struct filter *kid = f->kids[i];
        if (kid->kind != FILTER_AND) {
            flat[n++] = kid;
            continue;
        }
        for (size_t k = 0; k < kid->kid_count; k++)
            flat[n++] = kid->kids[k];
    }
    f->kids = flat;
    f->kid_count = n;
    return f;
}

/* The parts of a text that stand without a wildcard: what the index is asked for. */
static void add_solid_parts(struct arena *a, const struct text *t, struct filter *f)
{
    f->texts = arena_array(a, t->count, sizeof *f->texts);
    for (size_t from = 0; from < t->count; from++) {
        size_t to = from;
        while (to < t->count && t->items[to].kind == ITEM_WORD)
            to++;
        if (to > from)
            f->texts[f->text_count++] = (struct text){.items = t->items + from,
                                                      .count = to - from,
                                                      .prefix = t->prefix && to == t->count};
        from = to;
    }
}

static struct filter *lower_text(struct arena *a, const struct node *n)
{
    const bool plain = !n->text.spelled && text_is_plain(&n->text);
    struct filter *f = filter_new(a, plain ? FILTER_MATCH : FILTER_SPELLED, n);
    add_solid_parts(a, &n->text, f);
    return f;
}

struct filter *lower_any_word(struct arena *a, const struct node *n, const struct similar *words,
                              size_t count)
{
    struct filter *f = filter_new(a, FILTER_MATCH, n);
    if (!count)
        return filter_new(a, FILTER_ROW, n);
    f->texts = arena_array(a, count, sizeof *f->texts);
    for (size_t i = 0; i < count; i++) {
        struct item *item = arena_alloc(a, sizeof *item);
        *item = (struct item){.kind = ITEM_WORD, .word = words[i].word};
        f->texts[f->text_count++] = (struct text){.items = item, .count = 1};
    }
    return f;
}

/* word~2: the words of the index that are so similar. */
static enum status lower_fuzzy(struct planner *p, const struct node *n, struct filter **out,
                               struct err *e)
{
    struct arena *a = &p->plan->arena;
    struct similar *words;
    size_t count;
    const enum status st =
        vocabulary_similar(p->plan, n->text.items[0].word, n->text.fuzzy, a, &words, &count, e);
    if (st == OK)
        *out = lower_any_word(a, n, words, count);
    return st;
}

/* "a b c"~5 */
static struct filter *lower_window(struct arena *a, const struct node *n)
{
    struct filter *f = filter_new(a, FILTER_WINDOW, n);
    f->texts = arena_alloc(a, sizeof *f->texts);
    f->texts[f->text_count++] = n->text;
    return f;
}

/* The texts of an operand of NEAR. */
static size_t alternatives(const struct node *n, const struct node *const **out)
{
    *out = (const struct node *const *)n->kids;
    return n->kind == NODE_OR ? n->kid_count : 0;
}

static const struct text *alternative(const struct node *n, size_t i)
{
    const struct node *const *kids;
    return alternatives(n, &kids) ? &kids[i]->text : &n->text;
}

static size_t alternative_count(const struct node *n)
{
    const struct node *const *kids;
    const size_t count = alternatives(n, &kids);
    return count ? count : 1;
}

/* (a OR b) NEAR/5 c is a NEAR/5 c OR b NEAR/5 c. */
static struct filter *lower_near(struct arena *a, const struct node *n)
{
    const struct node *left = n->kids[0], *right = n->kids[1];
    const size_t lefts = alternative_count(left), rights = alternative_count(right);
    struct filter *either = filter_new(a, FILTER_OR, n);
    either->kids = arena_array(a, lefts * rights, sizeof(struct filter *));
    for (size_t i = 0; i < lefts; i++)
        for (size_t k = 0; k < rights; k++) {
            struct filter *f = filter_new(a, FILTER_NEAR, n);
            f->texts = arena_array(a, 2, sizeof *f->texts);
            f->texts[f->text_count++] = *alternative(left, i);
            f->texts[f->text_count++] = *alternative(right, k);
            f->distance = n->distance;
            either->kids[either->kid_count++] = f;
        }
    return either->kid_count == 1 ? either->kids[0] : either;
}

static struct filter *lower_regex(struct arena *a, const struct node *n)
{
    struct filter *f = filter_new(a, FILTER_REGEX, n);
    f->texts = regex_cover(n->regex, a, &f->text_count);
    return f;
}

static struct filter *lower_bytes(struct arena *a, const struct node *n)
{
    struct filter *f = filter_new(a, FILTER_BYTES, n);
    f->texts = arena_alloc(a, sizeof *f->texts);
    f->texts[0] = bytes_cover(a, n->raw);
    f->text_count = f->texts[0].count ? 1 : 0;
    return f;
}

enum status lower_node(struct planner *p, const struct node *n, struct filter **out, struct err *e)
{
    struct arena *a = &p->plan->arena;
    enum status st = OK;
    switch (n->kind) {
    case NODE_ALL: *out = filter_new(a, FILTER_ALL, n); return OK;
    case NODE_AND:
        st = lower_kids(p, n, FILTER_AND, out, e);
        if (st == OK)
            *out = flatten_and(a, *out);
        return st;
    case NODE_OR: return lower_kids(p, n, FILTER_OR, out, e);
    case NODE_NOT:
        st = lower_node(p, n->kids[0], out, e);
        if (st == OK)
            *out = negate(a, *out);
        return st;
    case NODE_NEAR: *out = lower_near(a, n); return OK;
    case NODE_THREAD: return lower_kids(p, n, FILTER_THREAD, out, e);
    case NODE_SAME:
        st = lower_kids(p, n, FILTER_SAME, out, e);
        if (st == OK)
            (*out)->distance = n->distance;
        return st;
    case NODE_REGEX: *out = lower_regex(a, n); return OK;
    case NODE_TEXT:
        if (n->text.fuzzy)
            return lower_fuzzy(p, n, out, e);
        *out = n->text.window ? lower_window(a, n) : lower_text(a, n);
        return OK;
    case NODE_BYTES: *out = lower_bytes(a, n); return OK;
    case NODE_FIELD: return n->field->lower(p, n, out, e);
    }
    return OK;
}
