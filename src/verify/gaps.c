/*
 * Between the words: which differences of punctuation are typography, which are wording.
 *
 * A newspaper changes quotation marks, dashes, blanks and commas by its style sheet; it may not change
 * figures, symbols or the question mark. Symbols such as "(((" or "%" are wording and are never folded.
 */
#include "laid.h"

#include "buf.h"
#include "fold.h"
#include "utf8.h"

/* A gap boiled down: marks folded to one representative each, blanks gone. */
struct boiled {
    uint32_t marks[64]; /* quotation marks as '"', dashes as '-', the rest as it is */
    size_t count;
    uint32_t hard[64]; /* symbols that are wording */
    size_t hard_count;
    size_t signs; /* @ and #: print may drop them, not add them */
    bool question;
};

static bool is_hard(uint32_t cp, uint32_t before, uint32_t after)
{
    if (cp == '(' || cp == ')') /* "(((" and ":(" are wording, a pair of parentheses is not */
        return before == cp || after == cp || (cp == ')' && before == '(') || before == ':' ||
               before == ';';
    if ((cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069))
        return true; /* they change what print shows */
    switch (cp) {
    case '%':
    case '$':
    case '+':
    case '=':
    case '<':
    case '>':
    case '*':
    case '^':
    case '~':
    case '|':
    case '\\':
    case '{':
    case '}':
    case 0x2030: /* per mille */ return true;
    default: return char_class_of(cp) == CHAR_SYMBOL;
    }
}

static struct boiled boil(str gap)
{
    struct boiled b = {.count = 0};
    uint32_t before = 0;
    while (gap.n) {
        const uint32_t cp = utf8_next(&gap);
        str ahead = gap;
        const uint32_t after = ahead.n ? utf8_next(&ahead) : 0;
        const enum char_class k = char_class_of(cp);
        const bool room = b.count < 64 && b.hard_count < 64;
        const bool hard = is_hard(cp, before, after);
        if (!room || k == CHAR_SPACE || (k == CHAR_IGNORED && !hard)) {
            before = cp;
            continue;
        }
        b.question |= cp == '?' || cp == 0xFF1F || cp == 0x61F;
        b.signs += cp == '@' || cp == '#';
        if (hard)
            b.hard[b.hard_count++] = cp;
        else if (k == CHAR_QUOTE || k == CHAR_APOSTROPHE)
            b.marks[b.count++] = '"';
        else if (k == CHAR_DASH)
            b.marks[b.count++] = '-';
        else
            b.marks[b.count++] = cp;
        before = cp;
    }
    return b;
}

static bool same_marks(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    if (n != m)
        return false;
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

static size_t without(uint32_t mark, const uint32_t *in, size_t n, uint32_t *out)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (in[i] != mark)
            out[kept++] = in[i];
    return kept;
}

static bool holds(const struct boiled *b, uint32_t mark)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->marks[i] == mark)
            return true;
    return false;
}

/* Between two figures: what print may put between groups of thousands. */
static bool is_grouping(const struct boiled *b)
{
    return b->count == 0 || (b->count == 1 && (b->marks[0] == ',' || b->marks[0] == '"'));
}

/* "fell by -5", "offered .5 million": a sign or point that belongs to the number behind the gap. */
static bool ends_with_sign(str gap)
{
    uint32_t before = ' ', last = ' ';
    while (gap.n) {
        before = last;
        last = utf8_next(&gap);
    }
    const bool sign = last == '.' || last == ',' || char_class_of(last) == CHAR_DASH;
    const enum char_class k = char_class_of(before);
    return sign && (k == CHAR_SPACE || k == CHAR_QUOTE || k == CHAR_PUNCT);
}

static enum gap_difference compare_marks(const struct boiled *q, const struct boiled *s)
{
    if (same_marks(q->marks, q->count, s->marks, s->count))
        return GAP_SPACING; /* the bytes differ, the marks do not: blanks or glyphs */
    uint32_t a[64], b[64];
    if (same_marks(a, without('"', q->marks, q->count, a), b, without('"', s->marks, s->count, b)))
        return GAP_QUOTE_MARKS;
    if (same_marks(a, without('-', q->marks, q->count, a), b, without('-', s->marks, s->count, b)))
        return GAP_DASH;
    return GAP_PUNCTUATION;
}

enum gap_difference gap_compare(const struct gap *g)
{
    if (str_eq(g->quoted, g->source))
        return GAP_SAME;
    const struct boiled q = boil(g->quoted), s = boil(g->source);
    if (!same_marks(q.hard, q.hard_count, s.hard, s.hard_count) || q.signs > s.signs)
        return GAP_SYMBOLS;
    if (q.question != s.question)
        return GAP_QUESTION;
    if (g->before_digit && ends_with_sign(g->quoted) != ends_with_sign(g->source))
        return GAP_NUMBER;
    const enum gap_difference marks = compare_marks(&q, &s);
    if (g->after_digit && g->before_digit && marks != GAP_SPACING &&
        !(g->before_group && is_grouping(&q) && is_grouping(&s)))
        return GAP_NUMBER;
    if (marks != GAP_SPACING)
        return marks;
    if (holds(&q, '"'))
        return GAP_QUOTE_MARKS;
    return holds(&q, '-') ? GAP_DASH : GAP_SPACING;
}

enum gap_difference gap_compare_edge(const struct edge *e, bool leading)
{
    if (str_eq(e->quoted, e->source) && !e->cuts_number)
        return GAP_SAME;
    if (e->cuts_number)
        return GAP_NUMBER;
    const struct boiled q = boil(e->quoted), s = boil(e->source);
    if (leading && e->digit && ends_with_sign(e->quoted) != ends_with_sign(e->source))
        return GAP_NUMBER;
    if (!same_marks(q.hard, q.hard_count, s.hard, s.hard_count) || q.signs > s.signs)
        return GAP_SYMBOLS;
    return GAP_SAME;
}

static bool is_digit_byte(char c)
{
    return c >= '0' && c <= '9';
}

/* Takes grouping marks out of "48,600" and "1 234 567"; false if the text is no such number. */
static bool ungroup(str text, char out[64], size_t *n)
{
    size_t run = 0, groups = 0;
    *n = 0;
    while (text.n) {
        if (is_digit_byte(text.p[0])) {
            if (*n == 63)
                return false;
            out[(*n)++] = text.p[0];
            run++;
            text = str_from(text, 1);
            continue;
        }
        const uint32_t cp = utf8_next(&text);
        const bool mark =
            cp == ',' || char_class_of(cp) == CHAR_APOSTROPHE || char_class_of(cp) == CHAR_SPACE;
        const bool full = groups ? run == 3 : run >= 1 && run <= 3;
        if (!mark || !full)
            return false;
        groups++;
        run = 0;
    }
    return *n > 0 && (!groups || run == 3);
}

bool gap_same_number(str quoted, str source)
{
    if (str_eq(quoted, source))
        return true;
    char a[64], b[64];
    size_t n, m;
    return ungroup(quoted, a, &n) && ungroup(source, b, &m) && str_eq((str){a, n}, (str){b, m});
}

bool gap_has_continuation(str gap)
{
    size_t dots = 0;
    while (gap.n) {
        const uint32_t cp = utf8_next(&gap);
        dots = cp == '.' ? dots + 1 : 0;
        if (cp == 0x2026 || dots >= 2 || char_class_of(cp) == CHAR_DASH)
            return true;
    }
    return false;
}

/* ---- one word, spelt two ways ----------------------------------------------------------------------- */

/* The characters of a word one by one: width and composition folded, invisible ones passed over. */
struct spelling {
    str rest;
    uint32_t base; /* the last letter that was no mark */
    uint32_t ready[FOLD_MAX];
    size_t count, next;
};

static uint32_t next_letter(struct spelling *s)
{
    while (s->next == s->count) {
        if (!s->rest.n)
            return 0;
        s->count = fold_codepoint_exact(utf8_next(&s->rest), s->ready);
        s->next = 0;
    }
    return s->ready[s->next++];
}

static bool is_mark(uint32_t cp)
{
    uint32_t out[FOLD_MAX];
    return cp && fold_codepoint(cp, out) == 0;
}

/* Greek tonos, Arabic and Hebrew vowel points, the dots of a Russian yo are often not written; in Latin
   letters an accent makes another word. */
static bool accents_optional(uint32_t base)
{
    return base > 0x24F;
}

bool word_spelling_differs(str quoted, str source, enum difference_kind *kind)
{
    if (str_eq(quoted, source))
        return false;
    struct spelling q = {.rest = quoted}, s = {.rest = source};
    *kind = DIFF_SPACING; /* only invisible characters, width or composition */
    for (;;) {
        uint32_t a = next_letter(&q), b = next_letter(&s);
        while (a != b && is_mark(a) && accents_optional(q.base)) {
            *kind = DIFF_ACCENT;
            a = next_letter(&q);
        }
        while (a != b && is_mark(b) && accents_optional(s.base)) {
            *kind = DIFF_ACCENT;
            b = next_letter(&s);
        }
        q.base = is_mark(a) ? q.base : a;
        s.base = is_mark(b) ? s.base : b;
        if (!a && !b)
            return true;
        if (a == b)
            continue;
        const bool apostrophes =
            char_class_of(a) == CHAR_APOSTROPHE && char_class_of(b) == CHAR_APOSTROPHE;
        if (apostrophes && *kind == DIFF_SPACING) {
            *kind = DIFF_QUOTE_MARKS;
        } else if (a && b && fold_lower(a) == fold_lower(b)) {
            *kind = DIFF_CASE;
        } else if (!apostrophes) {
            *kind = DIFF_RESPELT;
            return true;
        }
    }
}
