/*
 * From candidate windows to alignments: load the texts, cut them into words, align, sort.
 */
#include "lay.h"

#include <stdlib.h>
#include <string.h>

#include "postings.h"
#include "tokenize.h"

enum {
    EXACT_ROWS_MAX = 200, /* messages that hold the whole quotation as a phrase */
    PHRASE_WORDS_MAX = 64,
    GOOD_COST_PER_WORD = 300,
    CLAIMED_ROWS_MAX = 1000,
    CLAIMED_RANGE_MAX = 100000,
    CLAIMED_EXCERPT = 40, /* messages laid at once, and how far apart two excerpts begin */
    CLAIMED_STEP = 32
};

/* A stretch of one conversation, and whose words in it are expected. */
struct excerpt {
    const int64_t *rows;
    size_t count;
    int64_t main_speaker;
};

static enum status load(const struct quest *t, struct excerpt from, struct laid *l, struct err *e)
{
    struct columns *columns = store_columns(t->store);
    struct align_message *messages = arena_array(t->arena, from.count, sizeof *messages);
    str *texts = arena_array(t->arena, from.count, sizeof *texts);
    struct word_list list = {.arena = t->arena};
    for (size_t i = 0; i < from.count; i++) {
        str text;
        const enum status st = store_text(t->store, from.rows[i], &text, e);
        if (st != OK)
            return st;
        texts[i] = arena_dup(t->arena, text);
        messages[i].first_word = (uint32_t)list.count;
        words_add(&list, texts[i], 0, texts[i].n, (uint32_t)i);
        messages[i].word_count = (uint32_t)list.count - messages[i].first_word;
        messages[i].speaker = column_at(columns, COLUMN_SENDER, from.rows[i]);
    }
    l->rows = from.rows;
    l->texts = texts;
    l->problem = (struct align_problem){.words = list.words,
                                        .word_count = list.count,
                                        .messages = messages,
                                        .message_count = from.count,
                                        .main_speaker = from.main_speaker};
    return columns_failed(columns, e);
}

static void count_words(struct laid *l)
{
    for (size_t i = 0; i < l->alignment.count; i++) {
        const struct align_op *op = &l->alignment.ops[i];
        if (op->kind == OP_MATCH || op->kind == OP_BLOCK)
            l->words_equal += (int)op->item_count;
    }
    l->words_of = (int)l->items.words;
}

/* Does this source word open or close a bracket of the source's own? */
static bool bracketed_in_source(const struct laid *l, const struct align_word *word, bool opening)
{
    const str text = l->texts[word->message];
    if (opening)
        return word->at > 0 && text.p[word->at - 1] == '[';
    return word->end < text.n && text.p[word->end] == ']';
}

/* How many words of the source's bracket that opens before word `from` the quotation's bracket has too. */
static size_t shared_words(const struct laid *l, size_t from, const struct align_item *bracket,
                           size_t *words)
{
    const struct align_word *first = &l->problem.words[from];
    size_t same = 0;
    *words = 0;
    for (size_t i = from; i < l->problem.word_count; i++) {
        const struct align_word *w = &l->problem.words[i];
        if (w->message != first->message)
            break;
        ++*words;
        for (size_t n = 0; n < bracket->inner_count; n++)
            same += str_eq(bracket->inner[n].fold, w->fold);
        if (bracketed_in_source(l, w, false))
            break;
    }
    return same;
}

/* "[redacted]", "[Media-image]": the bracket is the source's own if these very words stand in brackets
   there; then they are wording and not an editor's. One word too many or too few is still the source's
   bracket, altered. */
static bool is_wording(const struct laid *l, const struct align_item *bracket)
{
    for (size_t i = 0; i < l->problem.word_count; i++) {
        size_t words;
        if (!bracketed_in_source(l, &l->problem.words[i], true))
            continue;
        const size_t same = shared_words(l, i, bracket, &words);
        if (same * 2 > words && same * 2 > bracket->inner_count)
            return true;
    }
    return false;
}

static void open_brackets(struct laid *l, struct arena *a)
{
    size_t more = 0;
    for (size_t i = 0; i < l->items.count; i++)
        more += l->items.items[i].inner_count;
    if (!more)
        return;
    struct align_item *items = arena_array(a, l->items.count + more, sizeof *items);
    size_t n = 0;
    for (size_t i = 0; i < l->items.count; i++) {
        const struct align_item *item = &l->items.items[i];
        if (item->kind != ITEM_BRACKET || !is_wording(l, item)) {
            items[n++] = *item;
            continue;
        }
        for (size_t k = 0; k < item->inner_count; k++)
            items[n++] = (struct align_item){.kind = ITEM_WORD,
                                             .word = item->inner[k],
                                             .at = item->inner[k].at,
                                             .end = item->inner[k].end};
        l->items.words += item->inner_count;
    }
    l->items.items = items;
    l->items.count = n;
}

/* How firmly the quotation stands in one message: words that agree, and words that do not. */
struct footing {
    int good, bad;
};

static void count_footing(const struct laid *l, struct footing *of, size_t *first, size_t *last)
{
    *first = l->problem.message_count;
    *last = 0;
    for (size_t i = 0; i < l->alignment.count; i++) {
        const struct align_op *op = &l->alignment.ops[i];
        const bool agrees = op->kind == OP_MATCH || op->kind == OP_BLOCK;
        const bool differs =
            op->kind == OP_SUBSTITUTE || op->kind == OP_RESPELT || op->kind == OP_DROP;
        if (!agrees && !differs)
            continue;
        const size_t message = l->problem.words[op->word].message;
        of[message].good += agrees ? (int)op->word_count : 0;
        of[message].bad += differs ? (int)op->word_count : 0;
        *first = message < *first ? message : *first;
        *last = message > *last ? message : *last;
    }
}

static bool is_weak(struct footing f)
{
    return f.bad > 0 && f.good <= f.bad;
}

/* A quotation that begins or ends with words of the writer's own finds chance matches in the message
   next door. Such an edge is cut off the stretch, and the caller lays again. */
static bool cut_weak_edge(const struct laid *l, struct excerpt *from, struct arena *a)
{
    struct footing *of = arena_array(a, l->problem.message_count, sizeof *of);
    size_t first, last;
    count_footing(l, of, &first, &last);
    if (first >= last)
        return false;
    if (is_weak(of[first])) {
        from->rows += first + 1;
        from->count -= first + 1;
        return true;
    }
    if (is_weak(of[last])) {
        from->count = last;
        return true;
    }
    return false;
}

/* An excerpt of very long messages may be more than the aligner takes: its last messages go. */
static bool fits_aligner(const struct laid *l)
{
    return l->items.count + 1 <= ALIGN_CELLS_MAX / (l->problem.word_count + 1);
}

/* Lays the items beside a stretch and appends the result to the list, if there is anything to align. */
static enum status lay_stretch(const struct quest *t, const struct quote_items *q,
                               struct excerpt from, struct laid_list *out, struct err *e)
{
    struct laid *l = &out->laid[out->count];
    do {
        *l = (struct laid){.items = *q};
        const enum status st = load(t, from, l, e);
        if (st != OK)
            return st;
        open_brackets(l, t->arena);
        l->problem.items = l->items.items;
        l->problem.item_count = l->items.count;
        if (!fits_aligner(l) && from.count > 1) {
            from.count = (from.count + 1) / 2;
            continue;
        }
        *t->cells_left -= (int64_t)(l->items.count * l->problem.word_count);
        if (*t->cells_left < 0 || !align_run(&l->problem, t->arena, &l->alignment))
            return OK;
    } while (!l->alignment.count || cut_weak_edge(l, &from, t->arena));
    count_words(l);
    out->count++;
    return OK;
}

int64_t laid_first_row(const struct laid *l)
{
    for (size_t i = 0; i < l->alignment.count; i++) {
        const struct align_op *op = &l->alignment.ops[i];
        if (op->item_count && op->word_count && op->kind != OP_ELIDE)
            return l->rows[l->problem.words[op->word].message];
    }
    return 0;
}

int64_t laid_cost_per_word(const struct laid *l)
{
    return l->alignment.cost / (l->words_of > 0 ? l->words_of : 1);
}

static int compare_laid(const void *x, const void *y)
{
    const struct laid *a = x, *b = y;
    if (a->alignment.cost != b->alignment.cost)
        return a->alignment.cost < b->alignment.cost ? -1 : 1;
    const int64_t p = laid_first_row(a), q = laid_first_row(b);
    if (p != q)
        return p < q ? -1 : 1;
    return a->problem.message_count < b->problem.message_count
               ? -1
               : a->problem.message_count > b->problem.message_count;
}

static enum status lay_windows(const struct quest *t, const struct quote_items *q,
                               const struct window_list *windows, struct laid_list *out,
                               struct err *e)
{
    int64_t best = INT64_MAX;
    for (size_t i = 0; i < windows->count; i++) {
        const struct window *w = &windows->windows[i];
        if (best <= GOOD_COST_PER_WORD && w->votes * 3 < windows->windows[0].votes * 2)
            return OK; /* found already, and here fewer rare words stand together */
        const size_t before = out->count;
        const struct excerpt from = {w->rows, w->count, w->main_speaker};
        const enum status st = lay_stretch(t, q, from, out, e);
        if (st != OK)
            return st;
        if (out->count > before && laid_cost_per_word(&out->laid[before]) < best)
            best = laid_cost_per_word(&out->laid[before]);
    }
    return OK;
}

/* The tokens of a quotation that is nothing but words; 0 if it holds marks of editing or is long. */
static size_t plain_words(const struct quote_items *q, struct arena *a, str out[PHRASE_WORDS_MAX])
{
    for (size_t i = 0; i < q->count; i++) {
        const bool edge = i == 0 || i + 1 == q->count; /* an ellipsis there says only: a part */
        if ((q->items[i].kind != ITEM_WORD && !(edge && q->items[i].kind == ITEM_ELLIPSIS)) ||
            q->items[i].bracketed)
            return 0;
    }
    size_t n = 0;
    struct tokenizer t = tokenizer_of(q->text);
    struct token tok;
    while (tokenizer_next(&t, &tok)) {
        if (tok.whole)
            continue;
        if (n == PHRASE_WORDS_MAX)
            return 0; /* half a quotation found is not a quotation found */
        out[n++] = arena_dup(a, tok.word);
    }
    return n;
}

/* Every single message that holds the words as a phrase, so that "equally good elsewhere" is known. */
static enum status lay_exact(const struct quest *t, const struct quote_items *q,
                             const struct postings *p, struct laid_list *out, struct err *e)
{
    struct columns *columns = store_columns(t->store);
    for (size_t i = 0; i < p->count; i++) {
        const int64_t row = p->rows[i];
        if (t->conversation_id &&
            column_at(columns, COLUMN_CONVERSATION, row) != t->conversation_id)
            continue;
        const struct excerpt from = {&p->rows[i], 1, column_at(columns, COLUMN_SENDER, row)};
        const enum status st = lay_stretch(t, q, from, out, e);
        if (st != OK)
            return st;
    }
    return columns_failed(columns, e);
}

/* The same place can be found twice, by a window and by itself: keep the first. */
static void drop_repeats(struct laid_list *l)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->count; i++) {
        bool again = false;
        for (size_t k = 0; k < kept && !again; k++)
            again = laid_first_row(&l->laid[k]) == laid_first_row(&l->laid[i]);
        if (!again)
            l->laid[kept++] = l->laid[i];
    }
    l->count = kept;
}

enum status lay_quote(const struct quest *t, const struct quote_items *q, struct laid_list *out,
                      struct err *e)
{
    *out = (struct laid_list){0};
    struct window_list windows;
    enum status st = candidates_find(t, q, &windows, e);
    if (st != OK)
        return st;
    str words[PHRASE_WORDS_MAX];
    const struct phrase phrase = {words, plain_words(q, t->arena, words)};
    struct postings exact = {0};
    if (phrase.count)
        st = postings_of(t->store, phrase, EXACT_ROWS_MAX, t->arena, &exact, e);
    if (st != OK)
        return st;
    out->laid = arena_array(t->arena, windows.count + exact.count + 1, sizeof *out->laid);
    out->exact_more = exact.more;
    st = lay_exact(t, q, &exact, out, e);
    /* a phrase found whole in one message needs no wider look; windows would show the same places */
    if (st == OK && !out->count)
        st = lay_windows(t, q, &windows, out, e);
    if (st != OK)
        return st;
    qsort(out->laid, out->count, sizeof *out->laid, compare_laid);
    drop_repeats(out);
    return OK;
}

/* The rows of a range that the claimed sender wrote; 0 if they are too many to look at one by one. */
static size_t claimed_rows(const struct quest *t, struct row_range range, int64_t sender,
                           int64_t out[CLAIMED_ROWS_MAX])
{
    struct columns *c = store_columns(t->store);
    size_t n = 0;
    for (int64_t row = range.first; row <= range.last; row++) {
        if ((sender && column_at(c, COLUMN_SENDER, row) != sender) ||
            (t->conversation_id && column_at(c, COLUMN_CONVERSATION, row) != t->conversation_id))
            continue;
        if (n == CLAIMED_ROWS_MAX)
            return 0;
        out[n++] = row;
    }
    return n;
}

enum status lay_claimed(const struct quest *t, const struct quote_items *q, struct row_range range,
                        int64_t sender, struct laid_list *list, struct err *e)
{
    int64_t *rows = arena_array(t->arena, CLAIMED_ROWS_MAX, sizeof *rows);
    const size_t count =
        range.last - range.first < CLAIMED_RANGE_MAX ? claimed_rows(t, range, sender, rows) : 0;
    if (!count)
        return columns_failed(store_columns(t->store), e);
    struct laid *merged =
        arena_array(t->arena, list->count + count / CLAIMED_STEP + 2, sizeof *merged);
    memcpy(merged, list->laid, list->count * sizeof *merged);
    list->laid = merged;
    for (size_t i = 0; i < count; i += CLAIMED_STEP) {
        const size_t left = count - i;
        const struct excerpt from = {rows + i, left < CLAIMED_EXCERPT ? left : CLAIMED_EXCERPT,
                                     sender};
        const enum status st = lay_stretch(t, q, from, list, e);
        if (st != OK)
            return st;
    }
    qsort(list->laid, list->count, sizeof *list->laid, compare_laid);
    drop_repeats(list);
    return columns_failed(store_columns(t->store), e);
}

enum status lay_verbatim(const struct quest *t, str text, struct laid_list *out, struct err *e)
{
    *out = (struct laid_list){0};
    struct quote_items plain;
    items_plain(&plain, t->arena, text);
    str words[PHRASE_WORDS_MAX];
    const struct phrase phrase = {words, plain_words(&plain, t->arena, words)};
    struct postings found = {0};
    enum status st = OK;
    if (phrase.count)
        st = postings_of(t->store, phrase, EXACT_ROWS_MAX, t->arena, &found, e);
    struct postings same = {.rows = arena_array(t->arena, found.count + 1, sizeof *same.rows)};
    for (size_t i = 0; st == OK && i < found.count; i++) {
        str message;
        st = store_text(t->store, found.rows[i], &message, e);
        if (st == OK && str_find(message, plain.text) != STR_NONE)
            same.rows[same.count++] = found.rows[i];
    }
    if (st != OK || !same.count)
        return st;
    out->laid = arena_array(t->arena, same.count, sizeof *out->laid);
    out->exact_more = found.more;
    st = lay_exact(t, &plain, &same, out, e);
    qsort(out->laid, out->count, sizeof *out->laid, compare_laid);
    return st;
}
