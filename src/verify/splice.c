/*
 * Looking for splices: the quotation is cut into fragments where print joins (and where the best single
 * place stops explaining it), and every fragment must stand well by itself. The first one that does not
 * ends the search, so that honest quotations and inventions cost little.
 */
#include "splice.h"

#include <string.h>

enum {
    GOOD_COST_PER_WORD = 150, /* a whole that stands this well is not taken apart */
    PART_COST_PER_WORD = 250, /* a fragment must stand this well */
    PART_WORDS_MIN = 3,
    CUTS_MAX = 24
};

struct cut {
    size_t at; /* byte: a fragment ends before it */
    bool marked;
};

struct cut_list {
    struct cut cuts[CUTS_MAX];
    size_t count;
};

static void add_cut(struct cut_list *l, size_t at, bool marked)
{
    size_t i = l->count;
    if (i == CUTS_MAX)
        return;
    while (i > 0 && l->cuts[i - 1].at > at)
        i--;
    if (i > 0 && l->cuts[i - 1].at == at)
        return;
    for (size_t k = l->count++; k > i; k--)
        l->cuts[k] = l->cuts[k - 1];
    l->cuts[i] = (struct cut){.at = at, .marked = marked};
}

static bool ends_sentence(str gap)
{
    for (size_t i = 0; i < gap.n; i++)
        if (gap.p[i] == '.' || gap.p[i] == '!' || gap.p[i] == '?' || gap.p[i] == ';')
            return true;
    return false;
}

static bool is_unexplained(const struct align_op *op)
{
    return op->kind == OP_INSERT || op->kind == OP_SUBSTITUTE;
}

static void find_cuts(const struct quote_items *q, const struct laid *whole, struct cut_list *out)
{
    for (size_t i = 1; i < q->count; i++) {
        const struct align_item *item = &q->items[i];
        const str gap = str_sub(q->text, q->items[i - 1].end, item->at - q->items[i - 1].end);
        if (item->kind == ITEM_ELLIPSIS || item->kind == ITEM_BREAK)
            add_cut(out, item->end, true);
        else if (ends_sentence(gap))
            add_cut(out, item->at, false);
    }
    /* a splice in mid-sentence: where a long stretch begins or ends that the best place cannot explain */
    const size_t count = whole ? whole->alignment.count : 0;
    for (size_t i = 0; i < count;) {
        size_t end = i;
        while (end < count && is_unexplained(&whole->alignment.ops[end]))
            end++;
        if (end - i >= PART_WORDS_MIN) {
            add_cut(out, q->items[whole->alignment.ops[i].item].at, false);
            add_cut(out, q->items[whole->alignment.ops[end - 1].item].end, false);
        }
        i = end > i ? end : i + 1;
    }
}

static bool stands_well(const struct laid_list *list)
{
    return list->count && laid_cost_per_word(&list->laid[0]) <= PART_COST_PER_WORD;
}

/* Words of the quotation from byte `from` on. */
static size_t words_left(const struct quote_items *q, size_t from)
{
    size_t n = 0;
    for (size_t i = 0; i < q->count; i++)
        n += q->items[i].kind == ITEM_WORD && q->items[i].at >= from;
    return n;
}

/* Cuts off fragments one by one; each takes at least PART_WORDS_MIN words and leaves none shorter.
   The list of parts is emptied if one of them does not stand. */
static enum status lay_fragments(const struct quest *t, const struct quote_items *q,
                                 const struct cut_list *cuts, struct splice *out, struct err *e)
{
    size_t from = 0;
    for (size_t c = 0; c <= cuts->count; c++) {
        const bool last = c == cuts->count;
        const size_t end = last ? q->text.n : cuts->cuts[c].at;
        const struct quote_items part = items_slice(q, t->arena, from, end);
        if (!last && (part.words < PART_WORDS_MIN || words_left(q, end) < PART_WORDS_MIN))
            continue;
        struct laid_list list = {0};
        enum status st = OK;
        if (out->count < SPLICE_PARTS_MAX)
            st = lay_quote(t, &part, &list, e);
        if (st != OK || !stands_well(&list)) {
            out->count = 0;
            return st;
        }
        out->parts[out->count++] = list.laid[0];
        out->marked &= last || cuts->cuts[c].marked;
        from = end;
    }
    return OK;
}

/* Parts of one message in another order are no splice but a change of order. */
static bool stand_apart(const struct splice *s)
{
    for (size_t i = 1; i < s->count; i++)
        if (laid_first_row(&s->parts[i]) == laid_first_row(&s->parts[i - 1]))
            return false;
    return s->count > 1;
}

enum status splice_find(const struct quest *t, const struct quote_items *q,
                        const struct laid *whole, struct splice *out, struct err *e)
{
    *out = (struct splice){.marked = true};
    if (q->words < 2 * PART_WORDS_MIN || (whole && laid_cost_per_word(whole) <= GOOD_COST_PER_WORD))
        return OK;
    struct cut_list cuts = {.count = 0};
    find_cuts(q, whole, &cuts);
    const enum status st = lay_fragments(t, q, &cuts, out, e);
    int64_t cost = 0;
    for (size_t i = 0; i < out->count; i++)
        cost += out->parts[i].alignment.cost;
    const bool much_better = !whole || cost * 2 < whole->alignment.cost;
    if (!stand_apart(out) || !much_better)
        out->count = 0;
    return st;
}
