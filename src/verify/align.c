/*
 * The alignment core: a dynamic program over (items of the quotation) x (words of the conversation),
 * and the walk back through it. See include/align.h for what the moves mean.
 *
 * Three states a cell: PLAIN, inside an unmarked DROP, inside an ELISION. Row i means that i items are
 * explained; column j that the next source word is j. Only PLAIN needs all rows in memory (blocks and
 * brackets reach several cells ahead); the other two live within one row.
 */
#include "align.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "utf8.h"

enum { FAR = INT_MAX / 2, WORD_CODEPOINTS = 64 };

/* How a PLAIN cell was reached. A block of a items and b words is STEP_BLOCK + 4 * a + b, a bracket
   over k words is STEP_BRACKET + k. */
enum {
    STEP_START = 0,
    STEP_MATCH,
    STEP_RESPELT,
    STEP_SUBSTITUTE,
    STEP_INSERT,
    STEP_FROM_DROP,
    STEP_FROM_ELISION,
    STEP_SIC,
    STEP_BREAK,
    STEP_JUMP,
    STEP_BLOCK = 16,
    STEP_BRACKET = 64
};

struct table {
    const struct align_problem *p;
    size_t columns;
    int *cost;          /* PLAIN, all rows */
    unsigned char *how; /* PLAIN, all rows */
    unsigned char
        *drop;       /* bit 0: this DROP cell continues a drop; bit 1: the same for an ELISION */
    int *elide_open; /* row i+1's elisions as opened from row i */
    int *drop_row, *elide_row;
    uint32_t *jump_from; /* message start -> start of the message passed over before it, +1 */
};

/* ---- how alike two words are ------------------------------------------------------------------ */

static size_t codepoints(str s, uint32_t out[WORD_CODEPOINTS])
{
    size_t n = 0;
    while (s.n && n < WORD_CODEPOINTS)
        out[n++] = utf8_next(&s);
    return n;
}

static int smallest(int a, int b, int c)
{
    const int ab = a < b ? a : b;
    return ab < c ? ab : c;
}

/* Optimal string alignment distance: Levenshtein plus swaps of neighbours. */
static int letter_distance(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    int rows[3][WORD_CODEPOINTS + 1];
    int *before = rows[0], *above = rows[1], *here = rows[2];
    for (size_t j = 0; j <= m; j++)
        above[j] = (int)j;
    for (size_t i = 1; i <= n; i++) {
        here[0] = (int)i;
        for (size_t j = 1; j <= m; j++) {
            const int change = above[j - 1] + (a[i - 1] != b[j - 1]);
            here[j] = smallest(above[j] + 1, here[j - 1] + 1, change);
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && before[j - 2] + 1 < here[j])
                here[j] = before[j - 2] + 1;
        }
        int *const reuse = before;
        before = above;
        above = here;
        here = reuse;
    }
    return above[m];
}

void align_prepare(struct align_word *w)
{
    w->hash = str_hash(w->fold);
    w->letters = 0;
    w->length = 0;
    w->figure = false;
    for (str rest = w->fold; rest.n;) {
        const uint32_t cp = utf8_next(&rest);
        w->letters |= UINT64_C(1) << (cp & 63);
        w->length += w->length < 255;
        w->figure |= cp >= '0' && cp <= '9';
    }
}

bool align_respelt(const struct align_word *a, const struct align_word *b)
{
    const int longest = a->length > b->length ? a->length : b->length;
    const int shortest = a->length < b->length ? a->length : b->length;
    const int apart = longest - shortest;
    const int allowed = longest / 3 < 3 ? longest / 3 : 3;
    if (shortest < 3 || apart > allowed || longest >= WORD_CODEPOINTS)
        return false;
    if (a->figure || b->figure)
        return false; /* 2015 is no misspelling of 2016 */
    if (__builtin_popcountll(a->letters ^ b->letters) > 2 * allowed)
        return false; /* one edit changes two letters of the set at most */
    uint32_t x[WORD_CODEPOINTS], y[WORD_CODEPOINTS];
    const size_t n = codepoints(a->fold, x), m = codepoints(b->fold, y);
    return letter_distance(x, n, y, m) <= allowed;
}

bool align_inflects(const struct align_item *item, const struct align_word *source)
{
    enum { ENDING_MAX = 3, STEM_MIN = 2 };
    return item->bracketed && item->kept.n >= STEM_MIN && str_starts(source->fold, item->kept) &&
           source->fold.n - item->kept.n <= ENDING_MAX &&
           item->word.fold.n - item->kept.n <= ENDING_MAX;
}

static bool words_equal(const struct align_word *a, const struct align_word *b)
{
    return a->hash == b->hash && str_eq(a->fold, b->fold);
}

/* ---- filling the table ------------------------------------------------------------------------- */

static void relax(struct table *t, size_t i, size_t j, int cost, int how)
{
    const size_t cell = i * t->columns + j;
    if (cost < t->cost[cell]) {
        t->cost[cell] = cost;
        t->how[cell] = (unsigned char)how;
    }
}

/* An insertion between two words that stay together is dearer than it looks to the eye; substitution
   is tried before it so that "thin" -> "thick" is one change. */
static void relax_word(struct table *t, size_t i, size_t j, int cost)
{
    const struct align_item *item = &t->p->items[i];
    relax(t, i + 1, j, cost + COST_INSERT, STEP_INSERT);
    if (j == t->p->word_count)
        return;
    const struct align_word *word = &t->p->words[j];
    if (words_equal(&item->word, word)) {
        relax(t, i + 1, j + 1, cost, STEP_MATCH);
        return;
    }
    if (align_inflects(item, word)) {
        relax(t, i + 1, j + 1, cost + COST_BRACKET_OPEN, STEP_RESPELT);
        return;
    }
    if (align_respelt(&item->word, word))
        relax(t, i + 1, j + 1, cost + COST_RESPELT, STEP_RESPELT);
    else
        relax(t, i + 1, j + 1, cost + COST_SUBSTITUTE, STEP_SUBSTITUTE);
}

/* Do a items from i and b words from j spell the same letters? */
static bool same_letters(const struct align_problem *p, size_t i, size_t a, size_t j, size_t b)
{
    str left = p->items[i].word.fold, right = p->words[j].fold;
    size_t next_left = 1, next_right = 1;
    for (;;) {
        const size_t n = left.n < right.n ? left.n : right.n;
        if (memcmp(left.p, right.p, n) != 0)
            return false;
        left = str_from(left, n);
        right = str_from(right, n);
        if (!left.n && next_left < a)
            left = p->items[i + next_left++].word.fold;
        if (!right.n && next_right < b)
            right = p->words[j + next_right++].fold;
        if (!left.n || !right.n)
            return !left.n && !right.n && next_left == a && next_right == b;
    }
}

static size_t block_items(const struct align_problem *p, size_t i)
{
    size_t n = 0;
    while (n < ALIGN_BLOCK_WORDS && i + n < p->item_count && p->items[i + n].kind == ITEM_WORD &&
           p->items[i + n].word.fold.n)
        n++;
    return n;
}

static size_t block_words(const struct align_problem *p, size_t j)
{
    size_t n = 0;
    while (n < ALIGN_BLOCK_WORDS && j + n < p->word_count &&
           p->words[j + n].message == p->words[j].message)
        n++;
    return n;
}

static void relax_block(struct table *t, size_t i, size_t j, int cost)
{
    const struct align_problem *p = t->p;
    if (j == p->word_count || p->items[i].word.fold.p[0] != p->words[j].fold.p[0] ||
        words_equal(&p->items[i].word, &p->words[j]))
        return; /* equal first words: what is left of the block is a block by itself */
    const size_t items = block_items(p, i), words = block_words(p, j);
    for (size_t a = 1; a <= items; a++)
        for (size_t b = 1; b <= words; b++)
            if (a + b > 2 && same_letters(p, i, a, j, b))
                relax(t, i + a, j + b, cost + COST_BLOCK_WORD * (int)(a + b),
                      STEP_BLOCK + 4 * (int)a + (int)b);
}

static bool starts_message(const struct align_problem *p, size_t j)
{
    return j == 0 || j == p->word_count || p->words[j].message != p->words[j - 1].message;
}

static void relax_bracket(struct table *t, size_t i, size_t j, int cost)
{
    const struct align_problem *p = t->p;
    const struct align_item *item = &p->items[i];
    relax(t, i + 1, j, cost + COST_BRACKET_NOTHING, STEP_BRACKET);
    size_t equal = 0;
    for (size_t k = 1; k <= ALIGN_BRACKET_WORDS && j + k <= p->word_count; k++) {
        if (p->words[j + k - 1].message != p->words[j].message)
            return;
        if (k <= item->inner_count && equal == k - 1 &&
            words_equal(&item->inner[k - 1], &p->words[j + k - 1]))
            equal = k;
        const bool same = equal == k && k == item->inner_count;
        const int away = starts_message(p, j + k) ? COST_BRACKET_AWAY : 0;
        const int price =
            same ? COST_BRACKET_OPEN / 2 : COST_BRACKET_OPEN + (int)k * COST_BRACKET_WORD + away;
        relax(t, i + 1, j + k, cost + price, STEP_BRACKET + (int)k);
    }
}

/* Everything that explains item i from cell (i, j). */
static void relax_item(struct table *t, size_t i, size_t j, int cost)
{
    switch (t->p->items[i].kind) {
    case ITEM_WORD:
        relax_word(t, i, j, cost);
        relax_block(t, i, j, cost);
        return;
    case ITEM_BRACKET: relax_bracket(t, i, j, cost); return;
    case ITEM_SIC: relax(t, i + 1, j, cost, STEP_SIC); return;
    case ITEM_BREAK:
        relax(t, i + 1, j, cost + (starts_message(t->p, j) ? 0 : COST_BREAK_INSIDE), STEP_BREAK);
        return;
    case ITEM_ELLIPSIS: t->elide_open[j] = cost + COST_ELIDE_OPEN; return;
    }
}

/* Moves within a row: out of a drop or an elision into PLAIN, and on to the next column. */
static void settle(struct table *t, size_t i, size_t j)
{
    const size_t cell = i * t->columns + j;
    if (t->elide_row[j] < t->cost[cell]) {
        t->cost[cell] = t->elide_row[j];
        t->how[cell] = STEP_FROM_ELISION;
    }
    if (t->drop_row[j] < t->cost[cell]) {
        t->cost[cell] = t->drop_row[j];
        t->how[cell] = STEP_FROM_DROP;
    }
    if (t->jump_from[j]) {
        const size_t from = t->jump_from[j] - 1;
        if (i > 0 && t->cost[i * t->columns + from] < FAR)
            relax(t, i, j, t->cost[i * t->columns + from] + COST_PASS_OVER, STEP_JUMP);
    }
}

static void extend(struct table *t, size_t i, size_t j)
{
    const bool inside = i > 0 && i < t->p->item_count;
    const size_t next = i * t->columns + j + 1;
    if (inside) {
        const bool link = t->p->words[j].link;
        const int open = t->cost[i * t->columns + j] + (link ? COST_DROP_LINK : COST_DROP_FIRST);
        const int longer = t->drop_row[j] + (link ? COST_DROP_LINK : COST_DROP_NEXT);
        t->drop_row[j + 1] = longer < open ? longer : open;
        t->drop[next] |= longer < open ? 1 : 0;
    }
    if (t->elide_row[j] < FAR) {
        const int longer = t->elide_row[j] + COST_ELIDE_WORD;
        if (longer < t->elide_row[j + 1]) {
            t->elide_row[j + 1] = longer;
            t->drop[next] |= 2;
        }
    }
}

static void fill_row(struct table *t, size_t i)
{
    const size_t words = t->p->word_count;
    memcpy(t->elide_row, t->elide_open, (words + 1) * sizeof(int));
    for (size_t j = 0; j <= words; j++) {
        t->elide_open[j] = FAR;
        t->drop_row[j] = FAR;
    }
    for (size_t j = 0; j <= words; j++) {
        settle(t, i, j);
        const int cost = t->cost[i * t->columns + j];
        if (i < t->p->item_count && cost < FAR)
            relax_item(t, i, j, cost);
        if (j < words)
            extend(t, i, j);
    }
}

/* A message of somebody else may be passed over: remember, for the column behind it, where it began. */
static void find_jumps(struct table *t)
{
    for (size_t k = 0; k < t->p->message_count; k++) {
        const struct align_message *m = &t->p->messages[k];
        if (m->word_count && m->speaker != t->p->main_speaker)
            t->jump_from[m->first_word + m->word_count] = m->first_word + 1;
    }
}

/* ---- the walk back ------------------------------------------------------------------------------- */

struct walk {
    const struct table *t;
    struct align_op *ops; /* filled from the end */
    size_t at;
    size_t i, j;
};

static void push(struct walk *w, enum align_op_kind kind, size_t items, size_t words)
{
    w->i -= items;
    w->j -= words;
    w->ops[--w->at] = (struct align_op){
        .kind = kind, .item = w->i, .item_count = items, .word = w->j, .word_count = words};
}

static void walk_drop(struct walk *w)
{
    bool longer = true;
    while (longer) {
        longer = w->t->drop[w->i * w->t->columns + w->j] & 1;
        push(w, OP_DROP, 0, 1);
    }
}

static void walk_elision(struct walk *w)
{
    size_t words = 0;
    while (w->t->drop[w->i * w->t->columns + w->j - words] & 2)
        words++;
    push(w, OP_ELIDE, 1, words);
}

static void walk_step(struct walk *w, int how)
{
    if (how >= STEP_BRACKET) {
        push(w, OP_EDITORIAL, 1, (size_t)(how - STEP_BRACKET));
        return;
    }
    if (how >= STEP_BLOCK) {
        push(w, OP_BLOCK, (size_t)(how - STEP_BLOCK) / 4, (size_t)(how - STEP_BLOCK) % 4);
        return;
    }
    if (how == STEP_MATCH)
        push(w, OP_MATCH, 1, 1);
    else if (how == STEP_RESPELT)
        push(w, OP_RESPELT, 1, 1);
    else if (how == STEP_SUBSTITUTE)
        push(w, OP_SUBSTITUTE, 1, 1);
    else if (how == STEP_INSERT)
        push(w, OP_INSERT, 1, 0);
    else if (how == STEP_FROM_DROP)
        walk_drop(w);
    else if (how == STEP_FROM_ELISION)
        walk_elision(w);
    else if (how == STEP_SIC)
        push(w, OP_SIC, 1, 0);
    else if (how == STEP_BREAK)
        push(w, OP_BREAK, 1, 0);
    else
        push(w, OP_PASS_OVER, 0, w->j - (w->t->jump_from[w->j] - 1));
}

static void walk_back(const struct table *t, size_t best, struct arena *a, struct alignment *out)
{
    const size_t most = t->p->item_count + t->p->word_count + 1;
    struct walk w = {.t = t, .at = most, .i = t->p->item_count, .j = best};
    w.ops = arena_array(a, most, sizeof *w.ops);
    while (w.i > 0 || t->how[w.j] != STEP_START)
        walk_step(&w, t->how[w.i * t->columns + w.j]);
    out->ops = w.ops + w.at;
    out->count = most - w.at;
}

bool align_run(const struct align_problem *p, struct arena *a, struct alignment *out)
{
    *out = (struct alignment){0};
    if (!p->item_count || !p->word_count ||
        p->item_count + 1 > ALIGN_CELLS_MAX / (p->word_count + 1))
        return false;
    const size_t columns = p->word_count + 1, cells = columns * (p->item_count + 1);
    struct table t = {.p = p, .columns = columns};
    t.cost = malloc(cells * sizeof *t.cost);
    t.how = calloc(cells, 1);
    t.drop = calloc(cells, 1);
    t.elide_open = malloc(columns * sizeof(int));
    t.elide_row = malloc(columns * sizeof(int));
    t.drop_row = malloc(columns * sizeof(int));
    t.jump_from = calloc(columns, sizeof *t.jump_from);
    const bool fits =
        t.cost && t.how && t.drop && t.elide_open && t.elide_row && t.drop_row && t.jump_from;
    if (fits) {
        for (size_t c = 0; c < cells; c++)
            t.cost[c] = c < columns ? 0 : FAR;
        for (size_t j = 0; j < columns; j++)
            t.elide_open[j] = FAR;
        find_jumps(&t);
        for (size_t i = 0; i <= p->item_count; i++)
            fill_row(&t, i);
        const int *last = t.cost + p->item_count * columns;
        size_t best = 0;
        for (size_t j = 1; j < columns; j++)
            if (last[j] < last[best])
                best = j;
        out->cost = last[best];
        walk_back(&t, best, a, out);
    }
    free(t.cost);
    free(t.how);
    free(t.drop);
    free(t.elide_open);
    free(t.elide_row);
    free(t.drop_row);
    free(t.jump_from);
    return fits;
}
