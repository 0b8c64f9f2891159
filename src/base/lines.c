/*
 * Lines of a source. All places are kept relative to the source's cursor, which stands at the mark
 * (or, without one, at the line to come), so that the window may move or grow as it likes.
 */
#include "lines.h"

#include "utf8.h"

/* Takes LF or CR LF off the end. A CR elsewhere is text. */
static str without_end(str raw)
{
    if (raw.n == 0 || raw.p[raw.n - 1] != '\n')
        return raw;
    raw.n--;
    if (raw.n && raw.p[raw.n - 1] == '\r')
        raw.n--;
    return raw;
}

/* Where to cut a line that is too long: between characters, and never between CR and LF. */
static size_t cut_before(str piece)
{
    const size_t n = utf8_unbroken(piece);
    return n == piece.n && piece.p[n - 1] == '\r' ? n - 1 : n;
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
        const str unseen = str_sub(*raw, searched, LINE_MAX_BYTES - searched);
        const size_t end = str_find_byte(unseen, '\n');
        if (end != STR_NONE) {
            raw->n = searched + end + 1;
            return OK;
        }
        if (raw->n > LINE_MAX_BYTES) {
            *cut = true;
            raw->n = cut_before((str){raw->p, LINE_MAX_BYTES});
            return OK;
        }
        searched = raw->n;
    }
}

struct lines lines_of(struct source *s)
{
    return (struct lines){.source = s};
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
        .text = without_end(raw),
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
}

str lines_marked(struct lines *l, uint64_t *at)
{
    *at = source_at(l->source);
    str window;
    if (l->last == 0 || source_peek(l->source, l->last, &window, NULL) != OK)
        return (str){NULL, 0};
    return str_sub(window, 0, l->last);
}
