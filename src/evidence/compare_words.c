/*
 * Two wordings of one message laid beside each other, with the aligner of quotations. That one lets a
 * quotation begin and end anywhere in the source; a word of our own at both ends of both texts makes it
 * explain all of the source as well.
 */
#include "align.h"
#include "compare.h"

#include <string.h>

enum { ONE_BY_ONE_MAX = 2000 }; /* words of either text; longer ones are shown as a whole */

struct texts {
    str left, right;
    struct align_item *items;
    struct align_word *words;
    size_t item_count, word_count;
};

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next run of bytes that are no white space, from *at on. */
static bool next_word(str text, size_t *at, struct align_word *out)
{
    size_t from = *at;
    while (from < text.n && is_blank(text.p[from]))
        from++;
    size_t end = from;
    while (end < text.n && !is_blank(text.p[end]))
        end++;
    *at = end;
    *out = (struct align_word){.fold = str_sub(text, from, end - from), .at = from, .end = end};
    return end > from;
}

static size_t split_words(str text, struct arena *a, struct align_word **out)
{
    struct align_word *const all = arena_array(a, text.n / 2 + 3, sizeof *all);
    size_t n = 0, at = 0;
    all[n++] = (struct align_word){.fold = STR("\x01")};
    while (next_word(text, &at, &all[n]))
        n++;
    all[n++] = (struct align_word){.fold = STR("\x02"), .at = text.n, .end = text.n};
    for (size_t i = 0; i < n; i++)
        align_prepare(&all[i]);
    *out = all;
    return n;
}

static void read_texts(struct texts *t, struct arena *a)
{
    struct align_word *left;
    t->item_count = split_words(t->left, a, &left);
    t->word_count = split_words(t->right, a, &t->words);
    t->items = arena_array(a, t->item_count, sizeof *t->items);
    for (size_t i = 0; i < t->item_count; i++)
        t->items[i] = (struct align_item){
            .kind = ITEM_WORD, .word = left[i], .at = left[i].at, .end = left[i].end};
}

static str between(str text, size_t at, size_t end)
{
    return end > at ? str_sub(text, at, end - at) : STR("");
}

/* One step of the alignment as a change of its own. */
static struct word_change change_of(const struct texts *t, const struct align_op *op)
{
    struct word_change x = {.same = op->kind == OP_MATCH, .left = STR(""), .right = STR("")};
    if (op->item_count)
        x.left =
            between(t->left, t->items[op->item].at, t->items[op->item + op->item_count - 1].end);
    if (op->word_count)
        x.right =
            between(t->right, t->words[op->word].at, t->words[op->word + op->word_count - 1].end);
    return x;
}

static str joined(str x, str y)
{
    if (!x.n || !y.n)
        return x.n ? x : y;
    return (str){x.p, (size_t)(y.p + y.n - x.p)};
}

static void add_change(struct word_change *all, size_t *count, struct word_change x)
{
    if (!x.left.n && !x.right.n)
        return;
    if (!*count || all[*count - 1].same != x.same) {
        all[(*count)++] = x;
        return;
    }
    struct word_change *const last = &all[*count - 1];
    last->left = joined(last->left, x.left);
    last->right = joined(last->right, x.right);
}

void compare_words(str left, str right, struct arena *a, struct word_change **out, size_t *count)
{
    struct texts t = {.left = left, .right = right};
    struct alignment got;
    read_texts(&t, a);
    const struct align_message one = {.word_count = (uint32_t)t.word_count};
    const struct align_problem p = {.items = t.items,
                                    .item_count = t.item_count,
                                    .words = t.words,
                                    .word_count = t.word_count,
                                    .messages = &one,
                                    .message_count = 1};
    *count = 0;
    *out = arena_array(a, t.item_count + t.word_count + 1, sizeof **out);
    if (t.item_count > ONE_BY_ONE_MAX || t.word_count > ONE_BY_ONE_MAX || !align_run(&p, a, &got)) {
        (*out)[(*count)++] = (struct word_change){.left = left, .right = right};
        return;
    }
    for (size_t i = 0; i < got.count; i++)
        add_change(*out, count, change_of(&t, &got.ops[i]));
}
