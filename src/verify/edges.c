/*
 * Both ends of a quotation. Print may put a comma or a stop inside the closing mark; it may not begin
 * or end in the middle of a number, lose a minus or a percent sign, or turn a question into a statement.
 */
#include "fold.h"
#include "utf8.h"
#include "word_walk.h"

/* ---- what is glued to the first and last word ----------------------------------------------------- */

static bool is_word_char(uint32_t cp)
{
    const enum char_class k = char_class_of(cp);
    return k == CHAR_LETTER || k == CHAR_DIGIT || k == CHAR_UNIT;
}

/* The run of marks before byte `at`, back to a blank, a letter or a digit. *reaches_digit: that is where
   it ends. */
static str glue_before(str text, size_t at, bool *reaches_digit)
{
    size_t start = at;
    *reaches_digit = false;
    while (start > 0) {
        size_t i = start - 1;
        while (i > 0 && ((unsigned char)text.p[i] & 0xC0) == 0x80)
            i--;
        str one = str_from(text, i);
        const uint32_t cp = utf8_next(&one);
        *reaches_digit = char_class_of(cp) == CHAR_DIGIT;
        if (is_word_char(cp) || char_class_of(cp) == CHAR_SPACE)
            break;
        start = i;
    }
    return str_sub(text, start, at - start);
}

static str glue_after(str text, size_t at, bool *reaches_digit)
{
    str rest = str_from(text, at);
    size_t end = at;
    *reaches_digit = false;
    while (rest.n) {
        const uint32_t cp = utf8_next(&rest);
        *reaches_digit = char_class_of(cp) == CHAR_DIGIT;
        if (is_word_char(cp) || char_class_of(cp) == CHAR_SPACE)
            break;
        end = text.n - rest.n;
    }
    return str_sub(text, at, end - at);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static void report_edge(struct walk *w, const struct edge *e, bool leading, size_t word)
{
    const enum gap_difference g = gap_compare_edge(e, leading);
    if (g == GAP_SAME)
        return;
    const struct align_word *at = &w->l->problem.words[word];
    const size_t place = leading ? at->at : at->end;
    findings_add_difference(
        w->f, (struct difference){.kind = g == GAP_NUMBER ? DIFF_SUBSTITUTED : DIFF_SYMBOLS,
                                  .quoted = e->quoted,
                                  .source = e->source,
                                  .quote_at = leading ? 0 : w->item_end,
                                  .quote_end = leading ? 0 : w->item_end,
                                  .message = findings_message(w->f, w->l->rows[at->message]),
                                  .source_at = place,
                                  .source_end = place,
                                  .flags = g == GAP_NUMBER ? VFLAG_NUMBER_CHANGED : 0});
}

/* The first pair, if the quotation begins with it. */
static void walk_beginning(struct walk *w)
{
    const struct align_op *op = &w->l->alignment.ops[0];
    if (!w->l->alignment.count || (op->kind != OP_MATCH && op->kind != OP_BLOCK))
        return;
    const struct align_word *word = &w->l->problem.words[op->word];
    const struct align_item *item = &w->l->items.items[op->item];
    bool digit_in_source, digit_in_quote;
    struct edge e = {.digit = is_digit(word->fold.p[0])};
    e.source = glue_before(w->l->texts[word->message], word->at, &digit_in_source);
    e.quoted = glue_before(w->l->items.text, item->at, &digit_in_quote);
    e.cuts_number = e.digit && digit_in_source && e.source.n;
    report_edge(w, &e, true, op->word);
}

/* ---- the end ---------------------------------------------------------------------------------------- */

static uint32_t first_mark(str s)
{
    while (s.n) {
        const uint32_t cp = utf8_next(&s);
        const enum char_class k = char_class_of(cp);
        if (k == CHAR_PUNCT || k == CHAR_DASH)
            return cp;
        if (k != CHAR_QUOTE && k != CHAR_APOSTROPHE && k != CHAR_IGNORED)
            return 0;
    }
    return 0;
}

/* The comma or stop that print puts inside the closing mark; a question mark is another matter. */
static bool asks(str text)
{
    return str_find_byte(text, '?') != STR_NONE || str_find(text, STR("？")) != STR_NONE ||
           str_find(text, STR("؟")) != STR_NONE;
}

static void walk_end(struct walk *w)
{
    const str tail = str_from(w->l->items.text, w->item_end), after = walk_tail(w);
    const struct align_word *last = &w->l->problem.words[w->word];
    const uint32_t quoted = first_mark(tail), source = first_mark(after);
    const bool question = asks(tail) != asks(after);
    if (!question && (!w->touching || !quoted || quoted == source))
        return;
    const size_t message = findings_message(w->f, w->l->rows[last->message]);
    const struct difference d = {.kind = DIFF_TERMINAL,
                                 .quoted = str_trim(tail),
                                 .source = str_trim(after),
                                 .quote_at = w->item_end,
                                 .quote_end = w->l->items.text.n,
                                 .message = message,
                                 .source_at = last->end,
                                 .source_end = last->end + after.n,
                                 .flags = question ? VFLAG_QUESTION_CHANGED : 0};
    findings_add_difference(w->f, d);
    walk_place(
        w,
        (struct piece){
            .kind = PIECE_TYPOGRAPHIC, .quoted = d.quoted, .source = d.source, .message = message},
        (struct reach){.quote_at = d.quote_at,
                       .quote_end = d.quote_end,
                       .message = last->message,
                       .last_message = last->message,
                       .source_at = d.source_at,
                       .source_end = d.source_end});
}

static void walk_last_glue(struct walk *w)
{
    const struct align_word *word = &w->l->problem.words[w->word];
    bool digit_in_source, digit_in_quote;
    struct edge e = {.digit = is_digit(word->fold.p[word->fold.n - 1])};
    e.source = glue_after(w->l->texts[word->message], word->end, &digit_in_source);
    e.quoted = glue_after(w->l->items.text, w->item_end, &digit_in_quote);
    e.cuts_number = e.digit && digit_in_source && !digit_in_quote;
    report_edge(w, &e, false, w->word);
}

void walk_edges(struct walk *w)
{
    walk_beginning(w);
    if (!w->begun)
        return;
    if (w->touching && !w->boundary_marked)
        walk_last_glue(w);
    walk_end(w);
}
