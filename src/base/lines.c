/*
 * Lines of a source. All places are kept relative to the source's cursor, which stands at the mark
 * (or, without one, at the line to come), so that the window may move or grow as it likes.
 */
#include "lines.h"

#include "utf8.h"

#include <string.h>

/* Takes LF or CR LF off the end. A CR elsewhere is text. */
static str without_end(str raw, str end)
{
    if (end.n)
        return str_ends(raw, end) ? str_sub(raw, 0, raw.n - end.n) : raw;
    if (raw.n == 0 || raw.p[raw.n - 1] != '\n')
        return raw;
    raw.n--;
    if (raw.n && raw.p[raw.n - 1] == '\r')
        raw.n--;
    return raw;
}

/* Where to cut a line that is too long: between characters, and never between CR and LF. */
static size_t cut_before(str piece, str end)
{
    if (end.n)
        return piece.n - piece.n % end.n;
    const size_t n = utf8_unbroken(piece);
    return n == piece.n && piece.p[n - 1] == '\r' ? n - 1 : n;
}

/* Offset behind the first line end in `s` that begins at `from` or later; STR_NONE if there is none. */
static size_t find_end(str s, size_t from, str end)
{
    if (end.n < 2) {
        const size_t at = str_find_byte(str_from(s, from), end.n ? end.p[0] : '\n');
        return at == STR_NONE ? STR_NONE : from + at + 1;
    }
    for (size_t at = from - from % end.n; at + end.n <= s.n; at += end.n)
        if (memcmp(s.p + at, end.p, end.n) == 0)
            return at + end.n;
    return STR_NONE;
}

/* Finds the end of the line at l->next: *raw with its end, empty at the end of the source. */
static enum status find_line(struct lines *l, str *raw, bool *cut, struct err *e)
{
    *cut = false;
    for (size_t searched = 0;;) {
        str window;
        const enum status st = source_peek(l->source, l->next + searched + 1, &window, e);
        if (st != OK)
            return st;
        *raw = str_from(window, l->next);
        if (raw->n == searched)
            return OK; /* the last line has no end */
        const size_t end = find_end(str_sub(*raw, 0, LINE_MAX_BYTES), searched, l->end);
        if (end != STR_NONE) {
            raw->n = end;
            return OK;
        }
        if (raw->n > LINE_MAX_BYTES) {
            *cut = true;
            raw->n = cut_before((str){raw->p, LINE_MAX_BYTES}, l->end);
            return OK;
        }
        searched = raw->n;
    }
}

struct lines lines_of(struct source *s)
{
    return (struct lines){.source = s};
}

struct lines lines_ending(struct source *s, str end)
{
    return (struct lines){.source = s, .end = end};
}

enum step lines_next(struct lines *l, struct line *out, struct err *e)
{
    if (!l->marked) {
        source_advance(l->source, l->next);
        l->next = 0;
    }
    l->last = l->next;
    str raw;
    bool cut;
    if (find_line(l, &raw, &cut, e) != OK)
        return STEP_ERROR;
    if (raw.n == 0)
        return STEP_DONE;
    if (!l->cut)
        l->number++;
    l->cut = cut;
    l->next += raw.n;
    *out = (struct line){
        .text = without_end(raw, l->end),
        .at = source_at(l->source) + l->last,
        .bytes = raw.n,
        .number = l->number,
        .cut = cut,
    };
    return STEP_ROW;
}

void lines_mark(struct lines *l)
{
    source_advance(l->source, l->last);
    l->next -= l->last;
    l->last = 0;
    l->marked = true;
    l->marked_next = l->next;
    l->marked_number = l->number;
    l->marked_cut = l->cut;
}

void lines_again(struct lines *l)
{
    l->next = l->marked_next;
    l->last = l->marked_next; /* so that lines_marked gives the marked line */
    l->number = l->marked_number;
    l->cut = l->marked_cut;
}

str lines_marked(struct lines *l, uint64_t *at)
{
    *at = source_at(l->source);
    str window;
    if (l->last == 0 || source_peek(l->source, l->last, &window, NULL) != OK)
        return (str){NULL, 0};
    return str_sub(window, 0, l->last);
}
