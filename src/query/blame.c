/*
 * A search without hits says which part has none: every part of the top-level AND with its own
 * count, the words of a phrase that is not there, what folding would find of exact bytes; and if
 * all parts are there, two that never meet in one message.
 */
#include "say.h"
#include "texts.h"
#include "vocabulary.h"
#include "words.h"

#include <stdlib.h>

#include "fold.h"
#include "utf8.h"

enum { PARTS_MAX = 32, WORDS_TOLD = 8 };

struct part {
    const struct filter *filter;
    struct rowset rows;
    uint64_t count;
};

static struct row_range all_rows(const struct plan *p)
{
    return (struct row_range){1, columns_rows(store_columns(p->store))};
}

static enum status count_part(struct plan *p, struct part *part, struct err *e)
{
    part->rows = rowset_new(all_rows(p).last);
    rowset_add_range(&part->rows, all_rows(p));
    const enum status st = filter_narrow(p, part->filter, false, &part->rows, e);
    part->count = rowset_count(&part->rows);
    return st;
}

static enum status match_rows(struct plan *p, const struct text *t, struct rowset *rows,
                              struct err *e)
{
    struct buf match = buf_new(BUF_LINE_MAX);
    match_add_text(&match, t);
    const struct filter f = {.match = buf_str(&match)};
    *rows = rowset_new(all_rows(p).last);
    const enum status st = index_collect(p, &f, rows, e);
    buf_free(&match);
    return st;
}

/* ---- words of a phrase ---------------------------------------------------------------------- */

static enum status blame_words(struct plan *p, const struct text *t, struct buf *out, struct err *e)
{
    size_t told = 0;
    for (size_t i = 0; i < t->count && told < WORDS_TOLD; i++) {
        const struct text word = {
            .items = &t->items[i], .count = 1, .prefix = t->prefix && i + 1 == t->count};
        struct rowset rows;
        if (t->items[i].kind != ITEM_WORD)
            continue;
        const enum status st = match_rows(p, &word, &rows, e);
        if (st == OK)
            buf_addf(out, "%s" STR_FMT "%s: %s", told++ ? ", " : "; ", STR_ARG(t->items[i].word),
                     word.prefix ? "*" : "",
                     say_number((char[SAY_NUMBER]){0}, rowset_count(&rows)));
        rowset_free(&rows);
        if (st != OK)
            return st;
    }
    return OK;
}

/* A word that nobody wrote: those that are nearly the same, offered and never taken. */
static enum status blame_spelling(struct plan *p, str word, struct buf *out, struct err *e)
{
    enum { GUESSES = 3, LONG_WORD = 6 };
    struct arena a = {0};
    struct similar *near = NULL;
    size_t count = 0;
    enum status st = OK;
    const size_t letters = utf8_count(word);
    if (letters >= FUZZY_LETTERS_MIN)
        st =
            vocabulary_similar(p, word, letters >= LONG_WORD ? FUZZY_MAX : 1, &a, &near, &count, e);
    for (size_t i = 0; st == OK && i < count && i < GUESSES; i++)
        buf_addf(out, "%s" STR_FMT " (%s)", i ? ", " : "; did you mean ", STR_ARG(near[i].word),
                 say_number((char[SAY_NUMBER]){0}, near[i].messages));
    if (st == OK && count)
        buf_add_byte(out, '?');
    arena_free(&a);
    return st;
}

/* ---- exact bytes ---------------------------------------------------------------------------- */

/* Quotation marks, dashes and runs of blanks made alike, all else kept. */
static str plain_marks(struct arena *a, str s)
{
    struct buf b = buf_new(BUF_MESSAGE_MAX);
    while (s.n) {
        const uint32_t cp = utf8_next(&s);
        const enum char_class c = char_class_of(cp);
        if (c == CHAR_QUOTE || c == CHAR_APOSTROPHE)
            buf_add_byte(&b, '\'');
        else if (c == CHAR_DASH)
            buf_add_byte(&b, '-');
        else if (c == CHAR_SPACE && b.n && b.p[b.n - 1] == ' ')
            continue;
        else if (c == CHAR_SPACE)
            buf_add_byte(&b, ' ');
        else if (c != CHAR_IGNORED)
            buf_add_codepoint(&b, cp);
    }
    const str copy = arena_dup(a, buf_str(&b));
    buf_free(&b);
    return copy;
}

struct folded_counts {
    uint64_t marks; /* quotation marks, dashes and blanks folded */
    uint64_t all;   /* case and accents too */
};

static str folded_copy(struct arena *a, str s)
{
    struct folded f = {0};
    fold_text(&f, s);
    const str copy = arena_dup(a, (str){f.p, f.n});
    folded_free(&f);
    return copy;
}

/* Of `rows`, which the index says may hold the words of `bytes`. */
static enum status count_folded(struct plan *p, str bytes, const struct rowset *rows,
                                struct folded_counts *out, struct err *e)
{
    struct texts texts = {.store = p->store};
    struct arena wanted = {0}, a = {0};
    const str plain = plain_marks(&wanted, bytes), folded = folded_copy(&wanted, plain);
    enum status st = OK;
    for (int64_t row = rowset_from(rows, 1); row && st == OK; row = rowset_from(rows, row + 1)) {
        str text;
        st = texts_get(&texts, row, &text, e);
        if (st != OK)
            break;
        const str plain_text = plain_marks(&a, text);
        out->marks += bytes_match(plain_text, plain, NULL);
        out->all += folded.n && bytes_match(folded_copy(&a, plain_text), folded, NULL);
        arena_clear(&a);
    }
    texts_close(&texts);
    arena_free(&a);
    arena_free(&wanted);
    return st;
}

static enum status blame_bytes(struct plan *p, const struct filter *f, struct buf *out,
                               struct err *e)
{
    struct rowset rows = rowset_new(all_rows(p).last);
    struct folded_counts counts = {0};
    enum status st = OK;
    if (f->match.n)
        st = index_collect(p, f, &rows, e);
    else
        rowset_add_range(&rows, all_rows(p));
    if (st == OK)
        st = count_folded(p, f->node->raw, &rows, &counts, e);
    rowset_free(&rows);
    if (st == OK)
        buf_addf(out,
                 "0 exact, %s if quotes, dashes and blanks fold, %s if case and accents fold too",
                 say_number((char[SAY_NUMBER]){0}, counts.marks),
                 say_number((char[SAY_NUMBER]){0}, counts.all));
    return st;
}

/* ---- parts ---------------------------------------------------------------------------------- */

static void say_part(struct buf *out, const struct filter *f)
{
    /* A NOT that came out of NOT (a OR b) stands for one kid of that OR. */
    const bool negated = f->kind == FILTER_NOT && f->kids[0]->node == f->node;
    if (negated && f->node->kind != NODE_NOT)
        buf_add(out, STR("NOT "));
    say_node(out, f->node);
}

static enum status blame_part(struct plan *p, const struct part *part, struct buf *out,
                              struct err *e)
{
    const struct filter *f = part->filter;
    say_part(out, f);
    buf_add(out, STR(": "));
    enum status st = OK;
    if (!part->count && f->kind == FILTER_BYTES) {
        st = blame_bytes(p, f, out, e);
    } else {
        say_messages(out, part->count);
        const bool words = f->kind == FILTER_MATCH || f->kind == FILTER_SPELLED;
        const struct text *t = &f->node->text;
        const bool word = words && f->node->kind == NODE_TEXT && !t->fuzzy && !part->count;
        if (word && t->count > 1)
            st = blame_words(p, t, out, e);
        else if (word && t->count == 1 && !t->prefix)
            st = blame_spelling(p, t->items[0].word, out, e);
    }
    buf_add_byte(out, '\n');
    return st;
}

static void blame_pair(const struct part *parts, size_t count, struct buf *out)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++) {
            struct rowset both = rowset_copy(&parts[i].rows);
            rowset_keep(&both, &parts[k].rows);
            const bool meet = rowset_from(&both, 1) != 0;
            rowset_free(&both);
            if (meet)
                continue;
            buf_add(out, STR("no message has both "));
            say_part(out, parts[i].filter);
            buf_add(out, STR(" and "));
            say_part(out, parts[k].filter);
            buf_add_byte(out, '\n');
            return;
        }
    buf_add(out, STR("every part is there, but never all in one message\n"));
}

static int as_typed(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    return (x->filter->node->at > y->filter->node->at) -
           (x->filter->node->at < y->filter->node->at);
}

static size_t find_parts(const struct plan *p, struct part parts[PARTS_MAX])
{
    size_t count = 0;
    if (p->root->kind != FILTER_AND)
        parts[count++].filter = p->root;
    else
        for (size_t i = 0; i < p->root->kid_count && count < PARTS_MAX; i++)
            parts[count++].filter = p->root->kids[i];
    qsort(parts, count, sizeof *parts, as_typed);
    return count;
}

static enum status blame_parts(struct plan *p, struct buf *out, struct err *e)
{
    struct part parts[PARTS_MAX] = {0};
    const size_t count = find_parts(p, parts);
    const struct row_range range = p->range;
    p->range = all_rows(p); /* each part is counted in the whole archive */
    enum status st = OK;
    bool missing = false;
    for (size_t i = 0; i < count && st == OK; i++) {
        st = count_part(p, &parts[i], e);
        if (st == OK)
            st = blame_part(p, &parts[i], out, e);
        missing = missing || !parts[i].count;
    }
    if (st == OK && !missing && count > 1)
        blame_pair(parts, count, out);
    for (size_t i = 0; i < count; i++)
        rowset_free(&parts[i].rows);
    p->range = range;
    return st;
}

enum status plan_blame(struct plan *p, const struct hit_options *o, struct buf *out, struct err *e)
{
    const struct hit_options *const before = p->o;
    p->o = o;
    const enum status st = blame_parts(p, out, e);
    p->o = before;
    return st;
}
