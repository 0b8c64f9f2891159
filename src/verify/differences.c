/*
 * Walking an alignment: every difference between the quotation and its source, named and shown in both
 * wordings, the two texts cut into pieces that a reader can compare, and the messages that they cover.
 */
#include <string.h>

#include "fold.h"
#include "sense.h"
#include "word_walk.h"
#include "utf8.h"

static void cover(struct walk *w, size_t first, size_t last)
{
    struct quoted_message *m =
        &w->f->messages[findings_message(w->f, w->l->rows[walk_message(w->l, first)])];
    const struct align_word *words = w->l->problem.words;
    if (m->from == m->to || words[first].at < m->from)
        m->from = words[first].at;
    if (words[last].end > m->to)
        m->to = words[last].end;
    m->passed_over = false;
}

/* ---- gaps ---------------------------------------------------------------------------------------------------- */

static const struct {
    enum difference_kind kind;
    uint32_t flags;
} gap_kinds[] = {
    [GAP_SAME] = {DIFF_SPACING, 0},
    [GAP_SPACING] = {DIFF_SPACING, 0},
    [GAP_QUOTE_MARKS] = {DIFF_QUOTE_MARKS, 0},
    [GAP_DASH] = {DIFF_DASH, 0},
    [GAP_PUNCTUATION] = {DIFF_PUNCTUATION, 0},
    [GAP_QUESTION] = {DIFF_PUNCTUATION, VFLAG_QUESTION_CHANGED},
    [GAP_NUMBER] = {DIFF_SUBSTITUTED, VFLAG_NUMBER_CHANGED},
    [GAP_SYMBOLS] = {DIFF_SYMBOLS, 0},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool holds_digit(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (is_digit(s.p[i]))
            return true;
    return false;
}

/* The gap between the last pair and the next, with what the aligner knows of the words around it. */
static struct gap gap_of(const struct walk *w, str quoted, str source, size_t word)
{
    const str before = w->l->problem.words[w->word].fold, behind = w->l->problem.words[word].fold;
    bool group = behind.n == 3;
    for (size_t i = 0; group && i < behind.n; i++)
        group = is_digit(behind.p[i]);
    return (struct gap){.quoted = quoted,
                        .source = source,
                        .after_digit = is_digit(before.p[before.n - 1]),
                        .before_digit = is_digit(behind.p[0]),
                        .before_group = group};
}

static void add_gap(struct walk *w, const struct gap *g, size_t item_at, size_t word,
                    struct difference d)
{
    const struct align_word *words = w->l->problem.words;
    const size_t here = walk_message(w->l, word);
    d.quoted = g->quoted;
    d.source = g->source;
    d.quote_at = w->item_end;
    d.quote_end = item_at;
    d.message = findings_message(w->f, w->l->rows[here]);
    d.source_at = words[w->word].end;
    d.source_end = words[word].at;
    findings_add_difference(w->f, d);
    walk_place(w,
               (struct piece){.kind = difference_class(d.kind),
                              .quoted = g->quoted,
                              .source = g->source,
                              .message = d.message},
               (struct reach){.quote_at = w->item_end,
                              .quote_end = item_at,
                              .message = here,
                              .last_message = here,
                              .source_at = d.source_at,
                              .source_end = d.source_end});
}

/* A line break inside a message is a blank; a stroke there marks a boundary that is none. */
static enum difference_kind break_difference(const struct walk *w)
{
    return w->l->items.text.p[w->break_at] == '/' ? DIFF_PUNCTUATION : DIFF_SPACING;
}

static void gap_in_message(struct walk *w, size_t item_at, size_t word)
{
    const struct align_word *words = w->l->problem.words;
    const str text = w->l->texts[walk_message(w->l, word)];
    if (words[word].at < words[w->word].end)
        return; /* both are parts of one character: ½ is 1 and 2 */
    const str source = str_sub(text, words[w->word].end, words[word].at - words[w->word].end);
    str quoted = walk_quote_text(w->l, w->item_end, item_at);
    if (str_eq(quoted, source))
        return;
    if (w->broken)
        quoted = arena_printf(w->f->arena, STR_FMT " " STR_FMT,
                              STR_ARG(str_trim(walk_quote_text(w->l, w->item_end, w->break_at))),
                              STR_ARG(str_trim(walk_quote_text(w->l, w->break_end, item_at))));
    struct gap g = gap_of(w, quoted, source, word);
    const enum gap_difference found = gap_compare(&g);
    if (found == GAP_SAME && !w->broken)
        return;
    struct difference d = {.kind = gap_kinds[found].kind, .flags = gap_kinds[found].flags};
    if (w->broken && found <= GAP_SPACING)
        d.kind = break_difference(w);
    g.quoted = walk_quote_text(w->l, w->item_end, item_at);
    add_gap(w, &g, item_at, word, d);
}

/* From one message into the next: the author's continuation marks may fall away, and a style sheet may
   change the stop; a question mark or a symbol may not come or go. */
static void gap_between_messages(struct walk *w, size_t item_at, size_t word)
{
    const struct align_word *words = w->l->problem.words;
    const str tail = walk_tail(w);
    const str head = str_sub(w->l->texts[walk_message(w->l, word)], 0, words[word].at);
    const str quoted = walk_quote_text(w->l, w->item_end, item_at);
    const str before = w->broken ? walk_quote_text(w->l, w->item_end, w->break_at) : quoted;
    const bool continued = gap_has_continuation(tail) || gap_has_continuation(head);
    const struct gap g = {.quoted = str_trim(before), .source = str_trim(tail)};
    const enum gap_difference found = w->touching ? gap_compare(&g) : GAP_SAME;
    struct difference d = {.kind = continued ? DIFF_CONTINUATION : DIFF_BOUNDARY};
    if (found == GAP_QUESTION || found == GAP_SYMBOLS) {
        d.kind = gap_kinds[found].kind;
        d.flags = gap_kinds[found].flags;
    } else if (w->broken) {
        if (found <= GAP_SPACING || continued)
            return;
        d.kind = DIFF_PUNCTUATION;
    }
    d.quoted = quoted;
    d.source = arena_printf(w->f->arena, STR_FMT " / " STR_FMT, STR_ARG(str_trim(tail)),
                            STR_ARG(str_trim(head)));
    d.quote_at = w->item_end;
    d.quote_end = item_at;
    d.message = findings_message(w->f, w->l->rows[walk_message(w->l, word)]);
    d.source_end = words[word].at;
    findings_add_difference(w->f, d);
}

/* Before an item that is laid beside source words: compare what stands between it and the last pair. */
static void bridge(struct walk *w, size_t item, size_t word)
{
    const size_t at = w->l->items.items[item].at;
    if (w->boundary_marked)
        return;
    if (w->begun && walk_message(w->l, w->word) != walk_message(w->l, word))
        gap_between_messages(w, at, word);
    else if (w->begun && w->touching && w->word + 1 == word)
        gap_in_message(w, at, word);
}

static void stand(struct walk *w, const struct align_op *op)
{
    w->begun = true;
    w->word = op->word + op->word_count - 1;
    w->item_end = w->l->items.items[op->item + op->item_count - 1].end;
    w->boundary_marked = w->broken = false;
    w->touching = true;
    cover(w, op->word, w->word);
}

/* ---- operations -------------------------------------------------------------------------------------------------- */

static bool is_ampersand(str word)
{
    return str_eq(word, STR("&"));
}

static void walk_match(struct walk *w, const struct align_op *op)
{
    bridge(w, op->item, op->word);
    const struct align_item *item = &w->l->items.items[op->item];
    const str quoted = walk_item_text(w->l, op->item, 1);
    const str source = walk_source_text(w->l, op->word, op->word);
    enum difference_kind kind;
    if (item->bracketed) {
        walk_report(w, op, walk_difference(w, op, DIFF_BRACKET));
    } else if (is_ampersand(quoted) != is_ampersand(source)) {
        walk_report(w, op, walk_difference(w, op, DIFF_PUNCTUATION)); /* a matter of style */
    } else if (word_spelling_differs(quoted, source, &kind)) {
        struct difference d = walk_difference(w, op, kind);
        if (kind == DIFF_CASE && sense_is_acronym(quoted) != sense_is_acronym(source))
            d.flags = VFLAG_NAME_CHANGED; /* "us" is not "US" */
        walk_report(w, op, d);
    } else {
        walk_same(w, op);
    }
    stand(w, op);
}

/* "email" and "e-mail", "muc hslime" and "much slime": one glued, the other apart. */
static void walk_block(struct walk *w, const struct align_op *op)
{
    bridge(w, op->item, op->word);
    const str quoted = walk_item_text(w->l, op->item, op->item_count);
    const str source = walk_source_text(w->l, op->word, op->word + op->word_count - 1);
    struct align_word words[ALIGN_BLOCK_WORDS];
    for (size_t i = 0; i < op->item_count; i++)
        words[i] = w->l->items.items[op->item + i].word;
    struct difference d = walk_difference(w, op, DIFF_SPACING);
    if (holds_digit(quoted) || holds_digit(source)) {
        if (!gap_same_number(quoted, source)) {
            d.kind = DIFF_SUBSTITUTED;
            d.flags = VFLAG_NUMBER_CHANGED;
        }
    } else {
        /* "notable" and "not able" have the same letters */
        d.flags = sense_flags(w->l, words, op->item_count, &w->l->problem.words[op->word],
                              op->word_count) &
                  VFLAG_NEGATION_CHANGED;
    }
    walk_report(w, op, d);
    stand(w, op);
}

static void walk_editorial(struct walk *w, const struct align_op *op)
{
    const struct align_item *item = &w->l->items.items[op->item];
    if (!op->word_count) {
        struct difference d = walk_difference(w, op, DIFF_BRACKET);
        d.flags =
            sense_flags(w->l, item->inner, item->inner_count, NULL, 0) & VFLAG_NEGATION_CHANGED;
        walk_report(w, op, d);
        w->item_end = item->end;
        w->touching = false;
        return;
    }
    bridge(w, op->item, op->word);
    struct difference d = walk_difference(w, op, DIFF_BRACKET);
    d.flags = sense_flags(w->l, item->inner, item->inner_count, &w->l->problem.words[op->word],
                          op->word_count) &
              (VFLAG_NEGATION_CHANGED | VFLAG_NUMBER_CHANGED);
    d.flags |= sense_rewrites(item, &w->l->problem.words[op->word], op->word_count);
    d.flags |= sense_other_name(w->l, item, &w->l->problem.words[op->word], op->word_count);
    walk_report(w, op, d);
    stand(w, op);
    w->touching = false; /* the bracket itself stands in the gaps */
}

/* [sic] vouches for the word before it: does the source have that very word? */
static void walk_sic(struct walk *w, const struct align_op *op, const struct align_op *before)
{
    struct difference d = walk_difference(w, op, DIFF_SIC);
    bool vouched = false;
    if (before && before->kind == OP_MATCH) {
        enum difference_kind kind;
        vouched =
            !word_spelling_differs(walk_item_text(w->l, before->item, 1),
                                   walk_source_text(w->l, before->word, before->word), &kind) ||
            kind != DIFF_RESPELT;
    }
    d.flags = vouched ? 0 : VFLAG_SIC_MISPLACED;
    walk_report(w, op, d);
    w->item_end = d.quote_end;
    w->touching = false;
}

/* ---- omissions ------------------------------------------------------------------------------------------------------ */

static bool has_ellipsis(str gap)
{
    return str_find(gap, STR("…")) != STR_NONE || str_find(gap, STR("..")) != STR_NONE;
}

/* The author's own "…" at this very place, before source word `word`: inside a message, where one ends
   or begins, or where the archive's text itself does. */
static bool source_has_ellipsis(const struct laid *l, size_t word)
{
    const size_t count = l->problem.word_count;
    const struct align_word *before = word > 0 ? &l->problem.words[word - 1] : NULL;
    const struct align_word *behind = word < count ? &l->problem.words[word] : NULL;
    if (before && behind && before->message == behind->message)
        return behind->at >= before->end &&
               has_ellipsis(
                   str_sub(l->texts[before->message], before->end, behind->at - before->end));
    return (before && has_ellipsis(str_from(l->texts[before->message], before->end))) ||
           (behind && has_ellipsis(str_sub(l->texts[behind->message], 0, behind->at)));
}

/* The author's own ellipsis right behind the last quoted word or right before the next one. */
static bool beside_own_ellipsis(const struct laid *l, const struct align_op *op)
{
    const struct align_word *words = l->problem.words;
    const size_t behind = op->word + op->word_count;
    if (op->word > 0) {
        const struct align_word *kept = &words[op->word - 1];
        const bool same = words[op->word].message == kept->message;
        const str rest = str_from(l->texts[kept->message], kept->end);
        if (has_ellipsis(same ? str_sub(rest, 0, words[op->word].at - kept->end) : rest))
            return true;
    }
    if (behind < l->problem.word_count) {
        const struct align_word *kept = &words[behind], *left_out = kept - 1;
        const bool same = left_out->message == kept->message;
        const size_t from = same ? left_out->end : 0;
        return has_ellipsis(str_sub(l->texts[kept->message], from, kept->at - from));
    }
    return false;
}

/* Whole messages that an ellipsis left out stand in the list too, with whoever wrote them. */
static void list_left_out(struct walk *w, const struct align_op *op)
{
    for (size_t i = op->word; i < op->word + op->word_count;) {
        const struct align_message *m = &w->l->problem.messages[walk_message(w->l, i)];
        const size_t end = m->first_word + m->word_count;
        if (i == m->first_word && end <= op->word + op->word_count)
            w->f->messages[findings_message(w->f, w->l->rows[walk_message(w->l, i)])].passed_over =
                true;
        i = end;
    }
}

/* An ellipsis between two messages that leaves out nothing of their author's: it marks the boundary. */
static bool marks_boundary(const struct walk *w, const struct align_op *op)
{
    const struct align_problem *p = &w->l->problem;
    const size_t behind = op->word + op->word_count;
    if (!w->begun || !w->touching || behind >= p->word_count || w->word + 1 != op->word ||
        p->words[behind].message == p->words[w->word].message)
        return false;
    const int64_t author = p->messages[p->words[w->word].message].speaker;
    for (size_t i = op->word; i < behind; i++)
        if (p->messages[p->words[i].message].speaker == author)
            return false;
    return p->words[behind - 1].message != p->words[behind].message || !op->word_count;
}

static void walk_elision(struct walk *w, const struct align_op *op)
{
    const bool inside = w->begun && op->item + 1 < w->l->items.count;
    if ((!op->word_count && source_has_ellipsis(w->l, op->word)) || marks_boundary(w, op)) {
        walk_place(w,
                   (struct piece){.kind = PIECE_SAME,
                                  .quoted = walk_item_text(w->l, op->item, 1),
                                  .source = STR("")},
                   walk_reach(w, &(struct align_op){.item = op->item, .item_count = 1}));
        list_left_out(w, op);
    } else {
        struct difference d = walk_difference(w, op, DIFF_ELLIPSIS);
        /* Where the author wrote "…" himself, nobody can tell that a second one was meant: the words
           that are missing beside it count as dropped without a mark. */
        if (inside && op->word_count && beside_own_ellipsis(w->l, op))
            d.kind = DIFF_DROPPED;
        if (inside && op->word_count && sense_hidden_by_omission(w->l, op->word, op->word_count))
            d.flags = VFLAG_OMISSION_HIDES_NEGATION;
        walk_report(w, op, d);
        if (inside)
            list_left_out(w, op);
    }
    w->boundary_marked = true;
    w->touching = false;
    w->item_end = w->l->items.items[op->item].end;
}

static void walk_pass_over(struct walk *w, const struct align_op *op)
{
    const size_t index = findings_message(w->f, w->l->rows[walk_message(w->l, op->word)]);
    w->f->messages[index].passed_over = true;
    walk_place(
        w,
        (struct piece){.kind = PIECE_PASSED_OVER,
                       .source = walk_words_text(w->l, w->f->arena, op->word, op->word_count),
                       .message = index},
        walk_reach(w, op));
}

/* ---- changed words: runs of substitution, insertion and drop are one difference ------------------------------------- */

static bool is_change(enum align_op_kind kind)
{
    return kind == OP_SUBSTITUTE || kind == OP_INSERT || kind == OP_DROP;
}

static bool all_links(const struct laid *l, size_t word, size_t count)
{
    for (size_t i = word; i < word + count; i++)
        if (!l->problem.words[i].link)
            return false;
    return count > 0;
}

/* How many operations from ops[0] belong to one change. Dropped links end a run: they are no words. */
static size_t change_length(const struct laid *l, const struct align_op *ops, size_t left)
{
    const bool link = ops[0].kind == OP_DROP && all_links(l, ops[0].word, ops[0].word_count);
    size_t n = 1;
    while (n < left && is_change(ops[n].kind)) {
        const bool other = ops[n].kind == OP_DROP && all_links(l, ops[n].word, ops[n].word_count);
        if (other != link || (ops[n].word_count && ops[0].word_count &&
                              walk_message(l, ops[n].word) != walk_message(l, ops[0].word)))
            break;
        n++;
    }
    return n;
}

static void walk_change(struct walk *w, const struct align_op *ops, size_t n)
{
    const struct laid *l = w->l;
    struct align_op all = ops[0];
    for (size_t i = 1; i < n; i++) {
        if (ops[i].item_count && !all.item_count)
            all.item = ops[i].item;
        if (ops[i].word_count && !all.word_count)
            all.word = ops[i].word;
        all.item_count += ops[i].item_count;
        all.word_count += ops[i].word_count;
    }
    struct align_word *quoted = arena_array(w->f->arena, all.item_count + 1, sizeof *quoted);
    for (size_t i = 0; i < all.item_count; i++)
        quoted[i] = l->items.items[all.item + i].word;
    if (all.item_count && all.word_count)
        bridge(w, all.item, all.word);
    struct difference d = walk_difference(w, &all,
                                          !all.item_count   ? DIFF_DROPPED
                                          : !all.word_count ? DIFF_INSERTED
                                                            : DIFF_SUBSTITUTED);
    if (!all.item_count && all_links(l, all.word, all.word_count))
        d.kind = DIFF_LINK_DROPPED;
    else
        d.flags =
            sense_flags(l, quoted, all.item_count, &l->problem.words[all.word], all.word_count);
    walk_report(w, &all, d);
    if (all.item_count && all.word_count)
        stand(w, &all);
    else if (all.item_count)
        w->item_end = l->items.items[all.item + all.item_count - 1].end;
    w->touching = all.item_count && all.word_count;
}

static void walk_respelt(struct walk *w, const struct align_op *op)
{
    bridge(w, op->item, op->word);
    const struct align_item *item = &w->l->items.items[op->item];
    const struct align_word *word = &w->l->problem.words[op->word];
    struct difference d =
        walk_difference(w, op, align_inflects(item, word) ? DIFF_BRACKET : DIFF_RESPELT);
    d.flags = sense_flags(w->l, &item->word, 1, word, 1);
    if (d.kind == DIFF_BRACKET)
        d.flags &= VFLAG_NEGATION_CHANGED | VFLAG_NUMBER_CHANGED;
    str first = d.source;
    const uint32_t capital = first.n ? utf8_next(&first) : 0;
    if (fold_lower(capital) == capital)
        d.flags &= ~(uint32_t)VFLAG_NAME_CHANGED; /* "sunady" was nobody's name */
    walk_report(w, op, d);
    stand(w, op);
}

static void walk_ops(struct walk *w)
{
    const struct align_op *ops = w->l->alignment.ops;
    const size_t count = w->l->alignment.count;
    for (size_t i = 0; i < count;) {
        size_t used = 1;
        switch (ops[i].kind) {
        case OP_MATCH: walk_match(w, &ops[i]); break;
        case OP_BLOCK: walk_block(w, &ops[i]); break;
        case OP_RESPELT: walk_respelt(w, &ops[i]); break;
        case OP_SUBSTITUTE:
        case OP_INSERT:
        case OP_DROP:
            used = change_length(w->l, &ops[i], count - i);
            walk_change(w, &ops[i], used);
            break;
        case OP_ELIDE: walk_elision(w, &ops[i]); break;
        case OP_EDITORIAL: walk_editorial(w, &ops[i]); break;
        case OP_SIC: walk_sic(w, &ops[i], i ? &ops[i - 1] : NULL); break;
        case OP_BREAK:
            w->broken = true;
            w->break_at = w->l->items.items[ops[i].item].at;
            w->break_end = w->l->items.items[ops[i].item].end;
            break;
        case OP_PASS_OVER: walk_pass_over(w, &ops[i]); break;
        }
        i += used;
    }
}

void findings_add(struct findings *f, const struct laid *l)
{
    struct walk w = {.f = f, .l = l, .source_message = (size_t)NO_MESSAGE};
    if (l->items.had_entities)
        findings_add_difference(f, (struct difference){.kind = DIFF_ENTITY, .quoted = STR("&…;")});
    walk_ops(&w);
    walk_edges(&w);
}

/* ---- all differences together ---------------------------------------------------------------------------------------------- */

static bool same_folded(str a, str b)
{
    struct folded x = {0}, y = {0};
    fold_text(&x, str_trim(a));
    fold_text(&y, str_trim(b));
    const bool same = x.n == y.n && x.n > 0 && memcmp(x.p, y.p, x.n) == 0;
    folded_free(&x);
    folded_free(&y);
    return same;
}

void findings_finish(struct findings *f)
{
    for (size_t i = 0; i < f->difference_count; i++) {
        struct difference *a = &f->differences[i];
        if (a->kind != DIFF_INSERTED && a->kind != DIFF_SUBSTITUTED)
            continue;
        for (size_t k = 0; k < f->difference_count; k++) {
            struct difference *b = &f->differences[k];
            if (k == i || (b->kind != DIFF_DROPPED && b->kind != DIFF_SUBSTITUTED) ||
                !same_folded(a->quoted, b->source))
                continue;
            a->flags |= VFLAG_ORDER_CHANGED;
            b->flags |= VFLAG_ORDER_CHANGED;
            f->flags |= VFLAG_ORDER_CHANGED;
        }
    }
}
