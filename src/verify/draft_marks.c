/*
 * Quotation marks. Every mark opens, closes or is none (an apostrophe, an inch), and only its
 * surroundings and what is open already tell which: “ closes in German, ” opens in Swedish, » opens
 * in Danish. Text is read once, with a stack of what is open. A single mark is believed only when it
 * is closed; one that could be a possessive ("the players’ union") closes only if nothing better
 * comes. An opening mark that is repeated at the head of the next paragraph goes on there.
 */
#include "draft.h"

#include <string.h>

#include "fold.h"
#include "utf8.h"

enum { OPEN_MAX = 16 };

enum family {
    FAMILY_DOUBLE,
    FAMILY_SINGLE,
    FAMILY_GUILLEMET,
    FAMILY_SMALL,
    FAMILY_CORNER,
    FAMILY_WHITE
};

enum usual { USUAL_OPEN, USUAL_CLOSE, USUAL_EITHER, USUAL_LOW };

static const struct mark_kind {
    uint32_t cp;
    enum family family;
    enum usual usual;
} kinds[] = {
    {'"', FAMILY_DOUBLE, USUAL_EITHER},      {0x201C, FAMILY_DOUBLE, USUAL_OPEN},
    {0x201D, FAMILY_DOUBLE, USUAL_CLOSE},    {0x201E, FAMILY_DOUBLE, USUAL_LOW},
    {0x201F, FAMILY_DOUBLE, USUAL_OPEN},     {0x2033, FAMILY_DOUBLE, USUAL_EITHER},
    {0xFF02, FAMILY_DOUBLE, USUAL_EITHER},   {'\'', FAMILY_SINGLE, USUAL_CLOSE},
    {0x2018, FAMILY_SINGLE, USUAL_OPEN},     {0x2019, FAMILY_SINGLE, USUAL_CLOSE},
    {0x201A, FAMILY_SINGLE, USUAL_LOW},      {0x201B, FAMILY_SINGLE, USUAL_OPEN},
    {0xFF07, FAMILY_SINGLE, USUAL_CLOSE},    {0x00AB, FAMILY_GUILLEMET, USUAL_OPEN},
    {0x00BB, FAMILY_GUILLEMET, USUAL_CLOSE}, {0x2039, FAMILY_SMALL, USUAL_OPEN},
    {0x203A, FAMILY_SMALL, USUAL_CLOSE},     {0x300C, FAMILY_CORNER, USUAL_OPEN},
    {0x300D, FAMILY_CORNER, USUAL_CLOSE},    {0x300E, FAMILY_WHITE, USUAL_OPEN},
    {0x300F, FAMILY_WHITE, USUAL_CLOSE},
};

/* `` and '' are pairs of ASCII marks that mean a double one. */
static const struct mark_kind ascii_open = {'`', FAMILY_DOUBLE, USUAL_OPEN};
static const struct mark_kind ascii_close = {'\'', FAMILY_DOUBLE, USUAL_EITHER};

struct mark {
    const struct mark_kind *kind;
    size_t at, end;
    bool after_start; /* nothing, white space or an opening bracket stands before */
    bool after_dash, after_word, after_digit;
    bool before_word; /* something that a quotation can begin with follows */
    bool before_space;
    bool before_lower; /* white space, then a lower-case letter */
};

struct open_mark {
    const struct mark_kind *kind;
    size_t at, body;          /* of the mark, of the words after it */
    bool tentative;           /* dropped unless it is closed */
    bool elision;             /* 'tis, 'em: only a close that cannot be a possessive counts */
    size_t weak_at, weak_end; /* a close that may be a possessive; 0 if none */
    struct quote_part *parts; /* of the paragraphs before */
    size_t part_count, part_cap, paragraph;
};

struct finder {
    const struct draft *draft;
    struct quote_list *out;
    struct open_mark open[OPEN_MAX];
    size_t open_count;
    size_t paragraph, from, limit; /* bytes of the paragraph being read */
    size_t last_open_end;          /* a mark that begins here stands right after an opening one */
    size_t last_end;               /* of what was found last in this paragraph */
};

/* ---- characters ------------------------------------------------------------------------------------ */

static uint32_t codepoint_at(const struct finder *f, size_t at)
{
    if (at >= f->limit)
        return 0;
    str rest = str_sub(f->draft->text, at, f->limit - at);
    return utf8_next(&rest);
}

static uint32_t codepoint_before(const struct finder *f, size_t at)
{
    size_t start = at;
    while (start > f->from && at - start < 4) {
        start--;
        if (((unsigned char)f->draft->text.p[start] & 0xC0) != 0x80)
            break;
    }
    return start == at ? 0 : codepoint_at(f, start);
}

static bool is_space(uint32_t cp)
{
    return cp == 0 || char_class_of(cp) == CHAR_SPACE;
}

static bool is_word(uint32_t cp)
{
    if (cp == 0)
        return false;
    const enum char_class c = char_class_of(cp);
    return c == CHAR_LETTER || c == CHAR_DIGIT || c == CHAR_UNIT;
}

static bool opens_bracket(uint32_t cp)
{
    return cp == '(' || cp == '[' || cp == '{' || cp == '/' || cp == 0xBF || cp == 0xA1 ||
           cp == 0xFF08 || cp == 0x3010;
}

static bool closes_phrase(uint32_t cp)
{
    return cp != 0 && cp < 0x80 && strchr(".,;:!?)]}%", (int)cp) != NULL;
}

/* Is this something that a quotation may begin with? ". . ." and "...and" may, a lone stop not. */
static bool begins_words(const struct finder *f, size_t at)
{
    const uint32_t cp = codepoint_at(f, at);
    if (is_space(cp))
        return false;
    if (cp == '.')
        return is_word(codepoint_at(f, at + 1)) || codepoint_at(f, at + 1) == '.';
    return !closes_phrase(cp) && cp != 0x3002 && cp != 0xFF0C;
}

static const struct mark_kind *kind_of(uint32_t cp)
{
    if (cp < 0xAB && cp != '"' && cp != '\'')
        return NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i].cp == cp)
            return &kinds[i];
    return NULL;
}

/* The mark that begins at `at`, if one does. */
static bool mark_at(const struct finder *f, size_t at, uint32_t cp, size_t size, struct mark *m)
{
    const bool twice =
        (cp == '`' || cp == '\'') && at + 1 < f->limit && f->draft->text.p[at + 1] == (char)cp;
    *m = (struct mark){.at = at, .end = at + (twice ? 2 : size)};
    m->kind = !twice ? kind_of(cp) : cp == '`' ? &ascii_open : &ascii_close;
    if (!m->kind)
        return false;
    const uint32_t before = codepoint_before(f, at), after = codepoint_at(f, m->end);
    m->after_start = is_space(before) || opens_bracket(before) || f->last_open_end == at;
    m->after_dash = before && char_class_of(before) == CHAR_DASH;
    m->after_word = is_word(before);
    m->after_digit = before && char_class_of(before) == CHAR_DIGIT;
    m->before_word = begins_words(f, m->end);
    m->before_space = is_space(after);
    if (m->before_space && after) {
        const uint32_t next = codepoint_at(f, m->end + 1);
        m->before_lower = is_word(next) && fold_lower(next) == next;
    }
    return true;
}

/* ---- what is open ------------------------------------------------------------------------------------ */

static void keep_quote(struct finder *f, const struct open_mark *o, size_t body_end, size_t end,
                       bool unbalanced)
{
    struct quote_part last = {o->body, body_end < o->body ? o->body : body_end};
    bool words = o->part_count > 0;
    for (str rest = str_sub(f->draft->text, last.at, last.end - last.at); rest.n && !words;) {
        const enum char_class c = char_class_of(utf8_next(&rest));
        words = c == CHAR_LETTER || c == CHAR_DIGIT || c == CHAR_UNIT || c == CHAR_SYMBOL;
    }
    struct draft_quote *const q = words ? quote_list_add(f->out) : NULL;
    if (!q)
        return;
    struct quote_part *const parts = arena_array(f->out->arena, o->part_count + 1, sizeof *parts);
    if (o->part_count)
        memcpy(parts, o->parts, o->part_count * sizeof *parts);
    parts[o->part_count] = last;
    q->at = o->at;
    q->end = end;
    q->parts = parts;
    q->part_count = o->part_count + 1;
    q->paragraph = o->paragraph;
    q->shape = o->part_count ? QUOTE_CONTINUED : QUOTE_INLINE;
    q->unbalanced = unbalanced;
    f->last_end = end;
}

/* Gives up the topmost open mark: what it opened ends at `at`, if it was a quotation at all. */
static void abandon_top(struct finder *f, size_t at)
{
    const struct open_mark *const o = &f->open[--f->open_count];
    if (o->weak_end)
        keep_quote(f, o, o->weak_at, o->weak_end, false);
    else if (!o->tentative)
        keep_quote(f, o, at, at, true);
}

static void open_here(struct finder *f, const struct mark *m, bool tentative, bool elision)
{
    /* "the players’ said “no”": a close that was only possible is one when something else opens. */
    if (f->open_count && f->open[f->open_count - 1].weak_end)
        abandon_top(f, m->at);
    if (f->open_count == OPEN_MAX)
        abandon_top(f, m->at);
    f->open[f->open_count++] = (struct open_mark){.kind = m->kind,
                                                  .at = m->at,
                                                  .body = m->end,
                                                  .tentative = tentative,
                                                  .elision = elision,
                                                  .paragraph = f->paragraph};
    f->last_open_end = m->end;
}

/* Index of the open mark that a closing one of this family would close, or STR_NONE. A single mark
   does not reach through a double one. */
static size_t find_open(const struct finder *f, enum family family)
{
    for (size_t i = f->open_count; i-- > 0;) {
        if (f->open[i].kind->family == family)
            return i;
        if (family == FAMILY_SINGLE)
            return STR_NONE;
    }
    return STR_NONE;
}

static void close_here(struct finder *f, size_t i, const struct mark *m)
{
    while (f->open_count > i + 1)
        abandon_top(f, m->at);
    f->open_count--;
    keep_quote(f, &f->open[i], m->at, m->end, false);
}

/* A closing mark that nothing opened: what it closes began after the last quotation or colon. */
static void stray_close(struct finder *f, const struct mark *m)
{
    size_t from = f->last_end > f->from ? f->last_end : f->from;
    if (f->open_count && f->open[f->open_count - 1].body > from)
        from = f->open[f->open_count - 1].body;
    for (size_t i = from; i + 1 < m->at; i++)
        if (f->draft->text.p[i] == ':' && f->draft->text.p[i + 1] == ' ')
            from = i + 1;
    while (from < m->at && is_space((unsigned char)f->draft->text.p[from]))
        from++;
    const struct open_mark o = {
        .kind = m->kind, .at = from, .body = from, .paragraph = f->paragraph};
    keep_quote(f, &o, m->at, m->end, true);
    f->last_end = m->end; /* also without words, so that no byte is looked at twice */
}

/* ---- deciding ---------------------------------------------------------------------------------------- */

static void either_mark(struct finder *f, const struct mark *m)
{
    const size_t i = find_open(f, FAMILY_DOUBLE);
    if (i != STR_NONE && !(m->after_start && m->before_word)) {
        close_here(f, i, m);
        return;
    }
    const bool apart = m->after_start && m->before_space; /* " like this " */
    const bool lost_blank = m->after_word && m->before_word && !m->after_digit;
    if (((m->after_start || m->after_dash) && m->before_word) || lost_blank ||
        (apart && m->end < f->limit))
        open_here(f, m, false, false);
    else if (!m->after_digit && m->before_word)
        open_here(f, m, false, false);
    else if (!m->after_digit)
        stray_close(f, m);
}

static void opening_mark(struct finder *f, const struct mark *m)
{
    const size_t i = find_open(f, m->kind->family);
    const bool could_close = !m->after_start && !m->before_word;
    const uint32_t opened = i == STR_NONE ? 0 : f->open[i].kind->cp;
    const bool reversed = opened == 0x201E || opened == 0xBB || opened == 0x203A;
    if (opened && (could_close || (reversed && !m->after_start)))
        close_here(f, i, m);
    else if (could_close && m->kind->family == FAMILY_DOUBLE)
        stray_close(f, m);
    else
        open_here(f, m, false, false);
}

static void closing_mark(struct finder *f, const struct mark *m)
{
    const size_t i = find_open(f, m->kind->family);
    const uint32_t opened = i == STR_NONE ? 0 : f->open[i].kind->cp;
    const bool could_open = m->after_start && m->before_word;
    if (opened && !(could_open && opened == m->kind->cp))
        close_here(f, i, m);
    else if (could_open && m->kind->family < FAMILY_CORNER)
        open_here(f, m, false, false);
    else if (!m->after_digit)
        stray_close(f, m);
}

/* 'tis, 'em, 'n', '90s: letters that were left out. Digits are never a quotation that begins so. */
static bool is_elision(const struct finder *f, size_t at, bool *year)
{
    static const char *const words[] = {"em", "tis", "twas", "til",   "till",  "cause", "bout",
                                        "n",  "cos", "nuff", "twere", "round", "neath", "kay"};
    size_t end = at;
    while (end < f->limit && end - at < 8 && is_word((unsigned char)f->draft->text.p[end]))
        end++;
    const str word = str_sub(f->draft->text, at, end - at);
    *year = word.n >= 2 && word.p[0] >= '0' && word.p[0] <= '9' && word.p[1] >= '0' &&
            word.p[1] <= '9' && (word.n == 2 || (word.n == 3 && word.p[2] == 's'));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_nocase(word, str_of(words[i])))
            return true;
    return *year;
}

/* "players’ union", "talkin' about": closes only if nothing better does. */
static bool may_be_apostrophe(const struct finder *f, const struct mark *m)
{
    if (!m->after_word || !m->before_lower)
        return false;
    const char last = (char)(f->draft->text.p[m->at - 1] | 0x20);
    return last == 's' || last == 'z' || last == 'x' || last == 'n';
}

static void single_close(struct finder *f, size_t i, const struct mark *m)
{
    struct open_mark *const o = &f->open[i];
    if (!may_be_apostrophe(f, m)) {
        close_here(f, i, m);
        return;
    }
    if (!o->weak_end && !o->elision) {
        o->weak_at = m->at;
        o->weak_end = m->end;
    }
}

static void single_mark(struct finder *f, const struct mark *m)
{
    if (m->after_word && m->before_word)
        return; /* don’t */
    const size_t i = find_open(f, FAMILY_SINGLE);
    const bool curly = m->kind->usual == USUAL_OPEN;
    const bool low_open = i != STR_NONE && f->open[i].kind->cp == 0x201A;
    if (i != STR_NONE && !m->after_start && (!curly || low_open || !m->before_word)) {
        single_close(f, i, m);
        return;
    }
    if (!m->before_word || !(m->after_start || m->after_dash || curly))
        return;
    bool year;
    const bool elision = is_elision(f, m->end, &year);
    if (!year)
        open_here(f, m, !curly || elision, elision);
}

static void read_mark(struct finder *f, const struct mark *m)
{
    if (m->kind->usual == USUAL_LOW) {
        if (m->before_word)
            open_here(f, m, false, false);
    } else if (m->kind->family == FAMILY_SINGLE) {
        single_mark(f, m);
    } else if (m->kind->usual == USUAL_EITHER) {
        either_mark(f, m);
    } else if (m->kind->usual == USUAL_OPEN) {
        opening_mark(f, m);
    } else {
        closing_mark(f, m);
    }
}

/* ---- paragraphs ---------------------------------------------------------------------------------------- */

static void add_part(struct finder *f, struct open_mark *o, size_t end)
{
    if (o->part_count == o->part_cap) {
        const size_t cap = o->part_cap ? o->part_cap * 2 : 4;
        struct quote_part *const parts = arena_array(f->out->arena, cap, sizeof *parts);
        if (o->part_count)
            memcpy(parts, o->parts, o->part_count * sizeof *parts);
        o->parts = parts;
        o->part_cap = cap;
    }
    o->parts[o->part_count++] = (struct quote_part){o->body, end};
}

/* Does the paragraph begin with a mark that goes on with what is open? Moves past it. */
static bool goes_on(struct finder *f, size_t *at)
{
    const struct draft_paragraph *const p = &f->draft->paragraphs[f->paragraph];
    struct mark m;
    const uint32_t cp = codepoint_at(f, p->at);
    char bytes[4];
    if (p->heading || !mark_at(f, p->at, cp, utf8_put(bytes, cp), &m))
        return false;
    if (!m.before_word && m.kind->family != FAMILY_GUILLEMET) /* « with a blank inside */
        return false;
    const struct open_mark *const o = &f->open[0];
    if (m.kind->family != o->kind->family)
        return false;
    *at = m.end;
    return true;
}

/* At the end of a paragraph: only what the next one takes up stays open. */
static void end_paragraph(struct finder *f)
{
    const size_t end = f->limit;
    while (f->open_count > 1)
        abandon_top(f, end);
    if (f->open_count && (f->open[0].tentative || f->open[0].weak_end))
        abandon_top(f, end);
    if (f->open_count)
        add_part(f, &f->open[0], end);
}

/* What was open and is not taken up ends where its paragraph ended. */
static void drop_open(struct finder *f)
{
    struct open_mark *const o = &f->open[0];
    const struct quote_part last = o->parts[--o->part_count];
    o->body = last.at;
    f->open_count = 0;
    keep_quote(f, o, last.end, last.end, true);
}

static void read_paragraph(struct finder *f, size_t i, size_t limit)
{
    f->paragraph = i;
    f->from = f->last_end = f->draft->paragraphs[i].at;
    f->limit = limit;
    f->last_open_end = STR_NONE;
    size_t at = f->from;
    if (f->open_count && goes_on(f, &at)) {
        f->open[0].body = f->last_end = at;
        f->last_open_end = at;
    } else if (f->open_count) {
        drop_open(f);
        f->last_end = f->from;
    }
    str rest = str_sub(f->draft->text, at, limit - at);
    while (rest.n && !f->out->cut) {
        const size_t here = limit - rest.n;
        const uint32_t cp = utf8_next(&rest);
        struct mark m;
        if (!mark_at(f, here, cp, limit - rest.n - here, &m))
            continue;
        read_mark(f, &m);
        rest = str_sub(f->draft->text, m.end, limit - m.end);
    }
    end_paragraph(f);
}

void draft_find_marked(const struct draft *d, const size_t *log_at, struct quote_list *out)
{
    struct finder f = {.draft = d, .out = out};
    for (size_t i = 0; i < d->paragraph_count; i++)
        read_paragraph(&f, i, log_at[i]);
    if (f.open_count)
        drop_open(&f);
}
