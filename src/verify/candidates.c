/*
 * Candidates by votes: each rare word of the quotation votes for the messages that hold it, with a
 * weight that grows as the word gets rarer (inverse document frequency, Sparck Jones 1972). Votes are
 * summed over a neighbourhood of a conversation, because a quotation may run over several messages, and
 * each word counts once there. A word found in more messages than POSTINGS_PER_WORD tells little and is
 * not read to its end; if hardly any rare word is left, pairs of neighbouring words vote instead.
 *
 * All arithmetic is in integers, so that two machines agree on every tie.
 */
#include "candidates.h"

#include <stdlib.h>
#include <string.h>

#include "postings.h"
#include "tokenize.h"

enum {
    POSTINGS_PER_WORD = 2000,
    WORDS_ASKED_MAX =
        256, /* words of a quotation that are looked up; of a longer one, every n-th */
    ENOUGH_RARE_WORDS = 3,
    NEAR_MS = 10 * 60 * 1000,
    LONG_WORDS = 60, /* a quotation this long has so many rare words that few places compete */
    LONG_WINDOWS = 3,
    REACH_ROWS_MAX = 120,
    MARGIN_ROWS = 3 /* messages before and after the voted ones, for words changed at the edges */
};

struct vote {
    int64_t conversation, time, row;
    uint32_t word;
    int64_t weight;
};

struct ballot {
    const struct quest *quest;
    struct columns *columns;
    struct vote *votes;
    size_t count, cap;
    int64_t reach_rows;
};

/* log2(n) x 16, from the leading bits. */
static int64_t log2_x16(uint64_t n)
{
    int64_t whole = 0;
    while (n >> (whole + 1))
        whole++;
    const uint64_t rest = whole >= 4 ? n >> (whole - 4) : n << (4 - whole);
    return whole * 16 + (int64_t)(rest & 15);
}

static void add_vote(struct ballot *b, struct vote v)
{
    if (b->count == b->cap) {
        const size_t cap = b->cap ? b->cap * 2 : 1024;
        struct vote *grown = arena_array(b->quest->arena, cap, sizeof *grown);
        if (b->count)
            memcpy(grown, b->votes, b->count * sizeof *grown);
        b->votes = grown;
        b->cap = cap;
    }
    b->votes[b->count++] = v;
}

static void add_votes(struct ballot *b, const struct postings *p, uint32_t word)
{
    const uint64_t all = (uint64_t)columns_rows(b->columns);
    const int64_t weight = log2_x16(all + 1) - log2_x16(p->count) + 1;
    for (size_t i = 0; i < p->count; i++) {
        const int64_t row = p->rows[i];
        const int64_t conversation = column_at(b->columns, COLUMN_CONVERSATION, row);
        if (b->quest->conversation_id && conversation != b->quest->conversation_id)
            continue;
        add_vote(b, (struct vote){.conversation = conversation,
                                  .time = column_at(b->columns, COLUMN_TIME, row),
                                  .row = row,
                                  .word = word,
                                  .weight = weight});
    }
}

struct asked {
    str words[WORDS_ASKED_MAX];   /* tokens in order of the quotation, with repeats */
    bool first[WORDS_ASKED_MAX];  /* the token did not stand before */
    bool joined[WORDS_ASKED_MAX]; /* directly follows the token before */
    size_t count;
};

static bool seen_before(const struct asked *asked, str word)
{
    for (size_t i = 0; i < asked->count; i++)
        if (str_eq(asked->words[i], word))
            return true;
    return false;
}

static void collect_words(struct asked *out, const struct quote_items *q, struct arena *a)
{
    bool joined = false;
    const size_t every = 1 + q->words / (WORDS_ASKED_MAX / 2); /* contractions are several tokens */
    for (size_t i = 0; i < q->count; i++) {
        if (q->items[i].kind != ITEM_WORD || i % every != 0) {
            joined = false;
            continue;
        }
        struct tokenizer t = tokenizer_of(q->items[i].word.fold);
        struct token tok;
        while (out->count < WORDS_ASKED_MAX && tokenizer_next(&t, &tok)) {
            if (tok.whole)
                continue;
            out->first[out->count] = !seen_before(out, tok.word);
            out->joined[out->count] = joined;
            out->words[out->count++] = arena_dup(a, tok.word);
            joined = true;
        }
    }
}

static enum status vote_by_words(struct ballot *b, const struct asked *asked, size_t *rare,
                                 struct err *e)
{
    *rare = 0;
    for (size_t i = 0; i < asked->count; i++) {
        if (!asked->first[i])
            continue;
        struct postings p;
        const enum status st = postings_of(b->quest->store, (struct phrase){&asked->words[i], 1},
                                           POSTINGS_PER_WORD, b->quest->arena, &p, e);
        if (st != OK)
            return st;
        if (p.more || !p.count)
            continue;
        add_votes(b, &p, (uint32_t)i);
        ++*rare;
    }
    return OK;
}

static enum status vote_by_pairs(struct ballot *b, const struct asked *asked, struct err *e)
{
    for (size_t i = 0; i + 1 < asked->count; i++) {
        if (!asked->joined[i + 1])
            continue;
        struct postings p;
        const enum status st = postings_of(b->quest->store, (struct phrase){&asked->words[i], 2},
                                           POSTINGS_PER_WORD, b->quest->arena, &p, e);
        if (st != OK)
            return st;
        if (p.count)
            add_votes(b, &p, (uint32_t)(WORDS_ASKED_MAX + i));
    }
    return OK;
}

static enum status vote_by_all(struct ballot *b, const struct asked *asked, struct err *e)
{
    struct postings p;
    const enum status st =
        postings_of_all(b->quest->store, (struct phrase){asked->words, asked->count},
                        POSTINGS_PER_WORD, b->quest->arena, &p, e);
    if (st == OK && p.count)
        add_votes(b, &p, 2 * WORDS_ASKED_MAX);
    return st;
}

static int compare_votes(const void *x, const void *y)
{
    const struct vote *a = x, *b = y;
    if (a->conversation != b->conversation)
        return a->conversation < b->conversation ? -1 : 1;
    if (a->time != b->time)
        return a->time < b->time ? -1 : 1;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return a->word < b->word ? -1 : a->word > b->word;
}

/* ---- neighbourhoods -------------------------------------------------------------------------------- */

struct stretch {
    size_t first, last; /* votes */
    int64_t score;
};

static bool belongs(const struct ballot *b, const struct vote *first, const struct vote *v)
{
    return v->conversation == first->conversation &&
           (v->row - first->row <= b->reach_rows || v->time - first->time <= NEAR_MS);
}

/* For each vote the stretch that begins with it, its score the sum over distinct words: one pass with
   two pointers and a count for each word. */
static struct stretch *score_stretches(const struct ballot *b, size_t *count)
{
    struct stretch *list = arena_array(b->quest->arena, b->count + 1, sizeof *list);
    uint32_t *standing = arena_array(b->quest->arena, 2 * WORDS_ASKED_MAX + 1, sizeof *standing);
    int64_t score = 0;
    size_t n = 0, end = 0;
    for (size_t i = 0; i < b->count; i++) {
        while (end < b->count && belongs(b, &b->votes[i], &b->votes[end])) {
            if (standing[b->votes[end].word]++ == 0)
                score += b->votes[end].weight;
            end++;
        }
        if (i == 0 || b->votes[i].row != b->votes[i - 1].row)
            list[n++] = (struct stretch){.first = i, .last = end - 1, .score = score};
        if (--standing[b->votes[i].word] == 0)
            score -= b->votes[i].weight;
    }
    *count = n;
    return list;
}

static int compare_stretches(const void *x, const void *y)
{
    const struct stretch *a = x, *b = y;
    if (a->score != b->score)
        return a->score > b->score ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

static int64_t speaker_with_most(const struct ballot *b, const struct stretch *s)
{
    int64_t best = 0, best_votes = -1;
    for (size_t i = s->first; i <= s->last; i++) {
        const int64_t speaker = column_at(b->columns, COLUMN_SENDER, b->votes[i].row);
        int64_t votes = 0;
        for (size_t k = s->first; k <= s->last; k++)
            if (column_at(b->columns, COLUMN_SENDER, b->votes[k].row) == speaker)
                votes += b->votes[k].weight;
        if (votes > best_votes || (votes == best_votes && speaker < best)) {
            best = speaker;
            best_votes = votes;
        }
    }
    return best;
}

/* A long stretch of a busy conversation: only its first votes decide on the speaker. */
enum { SPEAKER_VOTES_MAX = 400 };

static enum status open_window(const struct ballot *b, struct stretch s, struct window *w,
                               struct err *e)
{
    const int most = (int)(sizeof w->rows / sizeof *w->rows) - MARGIN_ROWS - 1;
    int64_t *rows;
    size_t count, at;
    const int64_t first = b->votes[s.first].row, last = b->votes[s.last].row;
    const enum status st = store_around(b->quest->store, first, MARGIN_ROWS, most, b->quest->arena,
                                        &rows, &count, &at, e);
    if (st != OK)
        return st;
    size_t end = count;
    for (size_t i = at; i < count; i++)
        if (rows[i] == last && i + 1 + MARGIN_ROWS < count)
            end = i + 1 + MARGIN_ROWS;
    *w = (struct window){.count = end, .votes = s.score, .first_voted = first, .last_voted = last};
    memcpy(w->rows, rows, end * sizeof *rows);
    if (s.last - s.first > SPEAKER_VOTES_MAX)
        s.last = s.first + SPEAKER_VOTES_MAX;
    w->main_speaker = speaker_with_most(b, &s);
    return OK;
}

static bool overlaps(const struct ballot *b, const struct stretch *s, const struct window_list *l)
{
    for (size_t i = 0; i < l->count; i++) {
        const struct window *w = &l->windows[i];
        for (size_t k = 0; k < w->count; k++)
            if (w->rows[k] == b->votes[s->first].row)
                return true;
    }
    return false;
}

static enum status choose(struct ballot *b, size_t words, struct window_list *out, struct err *e)
{
    const size_t most = words > LONG_WORDS ? LONG_WINDOWS : WINDOWS_MAX;
    size_t count;
    struct stretch *list = score_stretches(b, &count);
    qsort(list, count, sizeof *list, compare_stretches);
    out->windows = arena_array(b->quest->arena, WINDOWS_MAX, sizeof *out->windows);
    for (size_t i = 0; i < count && out->count < most; i++) {
        /* a neighbourhood with less than a fifth of the best one's votes never was the source */
        if (list[i].score * 5 < list[0].score)
            break;
        if (overlaps(b, &list[i], out))
            continue;
        const enum status st = open_window(b, list[i], &out->windows[out->count], e);
        if (st != OK)
            return st;
        out->count++;
    }
    return columns_failed(b->columns, e);
}

/* How many rows a quotation of so many words may span: messages of half a dozen words, others between
   them. Longer ones are bounded, so that a window always holds the whole of the best stretch. */
static int64_t reach_of(size_t words)
{
    const int64_t reach = 6 + (int64_t)words / 4;
    return reach < REACH_ROWS_MAX ? reach : REACH_ROWS_MAX;
}

enum status candidates_find(const struct quest *t, const struct quote_items *q,
                            struct window_list *out, struct err *e)
{
    *out = (struct window_list){0};
    struct ballot b = {
        .quest = t, .columns = store_columns(t->store), .reach_rows = reach_of(q->words)};
    struct asked *asked = arena_alloc(t->arena, sizeof *asked);
    collect_words(asked, q, t->arena);
    size_t rare;
    enum status st = vote_by_words(&b, asked, &rare, e);
    if (st == OK && rare < ENOUGH_RARE_WORDS)
        st = vote_by_pairs(&b, asked, e);
    if (st == OK && !b.count && asked->count)
        st = vote_by_all(&b, asked, e);
    if (st != OK || !b.count)
        return st;
    qsort(b.votes, b.count, sizeof *b.votes, compare_votes);
    return choose(&b, q->words, out, e);
}
