/*
 * Putting together what the walk finds: the list of differences, the messages, and the pieces that
 * show the quotation and its source side by side.
 */
#include <string.h>

#include "word_walk.h"

/* ---- growing arrays ---------------------------------------------------------------------------------- */

static void *grow(struct arena *a, void *old, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return old;
    *cap = *cap ? *cap * 2 : 32;
    void *bigger = arena_array(a, *cap, size);
    if (count)
        memcpy(bigger, old, count * size);
    return bigger;
}

static void add_piece(struct findings *f, struct piece p)
{
    f->pieces = grow(f->arena, f->pieces, f->piece_count, &f->piece_cap, sizeof *f->pieces);
    f->pieces[f->piece_count++] = p;
}

/* Puts a piece behind the last one. What stands between the two goes in first as it is, so that the
   pieces show both texts whole. */
void walk_place(struct walk *w, struct piece p, struct reach r)
{
    const size_t none = (size_t)NO_MESSAGE;
    struct piece gap = {.kind = PIECE_SAME, .quoted = STR(""), .source = STR("")};
    if (w->shown_any && r.quote_at > w->quote_shown)
        gap.quoted = str_sub(w->l->items.text, w->quote_shown, r.quote_at - w->quote_shown);
    if (r.message != none && w->source_message != none) {
        if (r.message != w->source_message)
            gap.source = STR(" / ");
        else if (r.source_at > w->source_shown)
            gap.source =
                str_sub(w->l->texts[r.message], w->source_shown, r.source_at - w->source_shown);
    }
    if (gap.quoted.n || gap.source.n)
        add_piece(w->f, gap);
    add_piece(w->f, p);
    w->shown_any = true;
    if (r.quote_end > w->quote_shown)
        w->quote_shown = r.quote_end;
    if (r.message != none) {
        w->source_message = r.last_message;
        w->source_shown = r.source_end;
    }
}

void findings_add_difference(struct findings *f, struct difference d)
{
    f->differences = grow(f->arena, f->differences, f->difference_count, &f->difference_cap,
                          sizeof *f->differences);
    f->differences[f->difference_count++] = d;
    f->flags |= d.flags;
}

/* The quoted message of a row, appended when it is new. Rows come in order within a part. */
size_t findings_message(struct findings *f, int64_t row)
{
    for (size_t i = f->message_count; i-- > 0;)
        if (f->messages[i].stored.row == row)
            return i;
    f->messages =
        grow(f->arena, f->messages, f->message_count, &f->message_cap, sizeof *f->messages);
    f->messages[f->message_count] = (struct quoted_message){.stored = {.row = row}};
    return f->message_count++;
}

/* ---- texts of ranges ----------------------------------------------------------------------------------- */

str walk_quote_text(const struct laid *l, size_t at, size_t end)
{
    return str_sub(l->items.text, at, end > at ? end - at : 0);
}

size_t walk_message(const struct laid *l, size_t word)
{
    return l->problem.words[word].message;
}

/* The source text from word `first` to word `last`, which must stand in one message. */
str walk_source_text(const struct laid *l, size_t first, size_t last)
{
    const struct align_word *words = l->problem.words;
    return str_sub(l->texts[words[first].message], words[first].at,
                   words[last].end - words[first].at);
}

str walk_item_text(const struct laid *l, size_t item, size_t count)
{
    return count ? walk_quote_text(l, l->items.items[item].at, l->items.items[item + count - 1].end)
                 : STR("");
}

str walk_tail(const struct walk *w)
{
    const struct align_word *last = &w->l->problem.words[w->word];
    const str text = w->l->texts[last->message];
    const bool more = w->word + 1 < w->l->problem.word_count && last[1].message == last->message;
    return more && last[1].at >= last->end ? str_sub(text, last->end, last[1].at - last->end)
                                           : str_from(text, last->end);
}

/* Words of a range, message by message: for texts that a difference left out. */
str walk_words_text(const struct laid *l, struct arena *a, size_t first, size_t count)
{
    str all = STR("");
    for (size_t i = first; i < first + count;) {
        size_t last = i;
        while (last + 1 < first + count && walk_message(l, last + 1) == walk_message(l, i))
            last++;
        const str part = walk_source_text(l, i, last);
        all = all.n ? arena_printf(a, STR_FMT " / " STR_FMT, STR_ARG(all), STR_ARG(part)) : part;
        i = last + 1;
    }
    return all;
}

struct difference walk_difference(struct walk *w, const struct align_op *op,
                                  enum difference_kind kind)
{
    const struct align_word *words = w->l->problem.words;
    struct difference d = {.kind = kind};
    if (op->item_count) {
        d.quoted = walk_item_text(w->l, op->item, op->item_count);
        d.quote_at = w->l->items.items[op->item].at;
        d.quote_end = w->l->items.items[op->item + op->item_count - 1].end;
    } else {
        d.quote_at = d.quote_end = w->item_end;
    }
    if (op->word_count) {
        d.source = walk_words_text(w->l, w->f->arena, op->word, op->word_count);
        d.message = findings_message(w->f, w->l->rows[walk_message(w->l, op->word)]);
        d.source_at = words[op->word].at;
        d.source_end = words[op->word].end;
        for (size_t i = op->word; i < op->word + op->word_count; i++)
            if (words[i].message == words[op->word].message)
                d.source_end = words[i].end;
    }
    return d;
}

struct reach walk_reach(const struct walk *w, const struct align_op *op)
{
    const struct align_item *items = w->l->items.items;
    const struct align_word *words = w->l->problem.words;
    struct reach r = {.message = (size_t)NO_MESSAGE};
    r.quote_at = op->item_count ? items[op->item].at : w->quote_shown;
    r.quote_end = op->item_count ? items[op->item + op->item_count - 1].end : w->quote_shown;
    if (op->word_count) {
        r.message = words[op->word].message;
        r.last_message = words[op->word + op->word_count - 1].message;
        r.source_at = words[op->word].at;
        r.source_end = words[op->word + op->word_count - 1].end;
    }
    return r;
}

void walk_report(struct walk *w, const struct align_op *op, struct difference d)
{
    findings_add_difference(w->f, d);
    walk_place(w,
               (struct piece){.kind = difference_class(d.kind),
                              .quoted = d.quoted,
                              .source = d.source,
                              .message = d.message},
               walk_reach(w, op));
}

void walk_same(struct walk *w, const struct align_op *op)
{
    walk_place(
        w,
        (struct piece){.kind = PIECE_SAME,
                       .quoted = walk_item_text(w->l, op->item, op->item_count),
                       .source = walk_source_text(w->l, op->word, op->word),
                       .message = findings_message(w->f, w->l->rows[walk_message(w->l, op->word)])},
        walk_reach(w, op));
}
