/*
 * From marks to quotations: all kinds are found, put in order, nested, joined where somebody's
 * "he said" interrupts them, and given the text that is compared.
 */
#include "draft.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "fold.h"
#include "prose.h"
#include "utf8.h"

enum { INTERRUPTION_BYTES_MAX = 120, BYLINE_BYTES_MAX = 120 };

struct draft_quote *quote_list_add(struct quote_list *l)
{
    if (l->count == DRAFT_QUOTES_MAX) {
        l->cut = true;
        return NULL;
    }
    if (l->count == l->cap) {
        const size_t cap = l->cap ? l->cap * 2 : 32;
        struct draft_quote *const quotes = arena_array(l->arena, cap, sizeof *quotes);
        if (l->count)
            memcpy(quotes, l->quotes, l->count * sizeof *quotes);
        l->quotes = quotes;
        l->cap = cap;
    }
    struct draft_quote *const q = &l->quotes[l->count++];
    *q = (struct draft_quote){.when = {TIME_NONE, TIME_NONE}, .after_previous_ms = TIME_NONE};
    q->text = q->speaker = q->when_text = STR("");
    return q;
}

/* By place; what holds another comes before it. */
static int by_place(const void *left, const void *right)
{
    const struct draft_quote *const a = left, *const b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return (a->shape > b->shape) - (a->shape < b->shape);
}

static void sort_quotes(struct quote_list *l)
{
    if (l->count)
        qsort(l->quotes, l->count, sizeof *l->quotes, by_place);
}

/* ---- paragraphs ------------------------------------------------------------------------------------------ */

/* Parts a text at its blank lines. */
static void part_paragraphs(struct draft *d, struct arena *a)
{
    size_t cap = 0;
    str rest = d->text, line;
    struct draft_paragraph *open = NULL;
    while (str_split(&rest, '\n', &line)) {
        const str words = str_trim(line);
        if (!words.n) {
            open = NULL;
            continue;
        }
        const size_t at = (size_t)(words.p - d->text.p);
        if (open) {
            open->end = at + words.n;
            continue;
        }
        if (d->paragraph_count == cap) {
            cap = cap ? cap * 2 : 64;
            struct draft_paragraph *const more = arena_array(a, cap, sizeof *more);
            if (d->paragraph_count)
                memcpy(more, d->paragraphs, d->paragraph_count * sizeof *more);
            d->paragraphs = more;
        }
        open = &d->paragraphs[d->paragraph_count++];
        *open = (struct draft_paragraph){.at = at, .end = at + words.n};
    }
}

/* ---- block quotations ------------------------------------------------------------------------------------ */

/* "— Harbour Watch, March 2, 2016" as the last line: not words of the quotation. Returns its start. */
static size_t byline_at(const struct draft *d, size_t at, size_t end)
{
    size_t line = end;
    while (line > at && d->text.p[line - 1] != '\n')
        line--;
    const str last = str_sub(d->text, line, end - line);
    const bool dash = str_starts(last, STR("\u2014")) || str_starts(last, STR("\u2013")) ||
                      str_starts(last, STR("\u2015")) || str_starts(last, STR("--")) ||
                      str_starts(last, STR("~ "));
    return dash && last.n <= BYLINE_BYTES_MAX ? line : end;
}

/* Paragraphs [first, last] are one block; parts of it are its paragraphs without the byline. */
static void add_block(const struct draft *d, size_t first, size_t last, struct quote_list *out)
{
    const struct draft_paragraph *const p = d->paragraphs;
    size_t end = byline_at(d, p[last].at, p[last].end);
    if (end == p[last].at && last > first)
        end = p[--last].end;
    while (end > p[first].at && (d->text.p[end - 1] == '\n' || d->text.p[end - 1] == ' '))
        end--;
    struct draft_quote *const q = end > p[first].at ? quote_list_add(out) : NULL;
    if (!q)
        return;
    struct quote_part *const parts = arena_array(out->arena, last - first + 1, sizeof *parts);
    for (size_t i = first; i <= last; i++)
        parts[i - first] = (struct quote_part){p[i].at, i == last ? end : p[i].end};
    q->shape = QUOTE_BLOCK;
    q->at = p[first].at;
    q->end = end;
    q->parts = parts;
    q->part_count = last - first + 1;
    q->paragraph = first;
}

/* Does a quotation between marks begin where the block begins? Then the marks say what is quoted. */
static bool begins_with_marks(const struct quote_list *l, size_t count, size_t *next, size_t at)
{
    while (*next < count && l->quotes[*next].at < at)
        ++*next;
    return *next < count && l->quotes[*next].at == at;
}

void draft_find_blocks(const struct draft *d, const size_t *log_at, struct quote_list *marked)
{
    const size_t count = marked->count;
    size_t next = 0;
    for (size_t i = 0; i < d->paragraph_count; i++) {
        if (!d->paragraphs[i].block || log_at[i] < d->paragraphs[i].end)
            continue;
        size_t last = i;
        while (last + 1 < d->paragraph_count && d->paragraphs[last + 1].block &&
               log_at[last + 1] == d->paragraphs[last + 1].end)
            last++;
        if (!begins_with_marks(marked, count, &next, d->paragraphs[i].at))
            add_block(d, i, last, marked);
        i = last;
    }
}

/* ---- interruptions --------------------------------------------------------------------------------------- */

/* ", he said," between two halves of a sentence; ". He said that" is none. */
static bool is_interruption(const struct draft *d, size_t at, size_t end)
{
    const str between = str_trim(str_sub(d->text, at, end - at));
    if (between.n < 4 || end - at > INTERRUPTION_BYTES_MAX || !str_ends(between, STR(",")) ||
        str_find_byte(between, '\n') != STR_NONE)
        return false;
    return prose_is_attribution(between);
}

static bool goes_on(const struct draft *d, const struct draft_quote *a, const struct draft_quote *b)
{
    const bool inline_both = (a->shape == QUOTE_INLINE || a->shape == QUOTE_INTERRUPTED) &&
                             b->shape == QUOTE_INLINE && !a->unbalanced;
    if (!inline_both || a->paragraph != b->paragraph || a->end >= b->at)
        return false;
    const size_t last = a->parts[a->part_count - 1].end;
    return last > a->at && d->text.p[last - 1] != '.' && is_interruption(d, a->end, b->at);
}

static void join(struct arena *arena, struct draft_quote *a, const struct draft_quote *b)
{
    struct quote_part *const parts =
        arena_array(arena, a->part_count + b->part_count, sizeof *parts);
    memcpy(parts, a->parts, a->part_count * sizeof *parts);
    memcpy(parts + a->part_count, b->parts, b->part_count * sizeof *parts);
    a->parts = parts;
    a->part_count += b->part_count;
    a->end = b->end;
    a->unbalanced = b->unbalanced;
    a->shape = QUOTE_INTERRUPTED;
}

void draft_join_interrupted(const struct draft *d, struct quote_list *l)
{
    enum { PARTS_MAX = 8 };
    struct draft_quote *outer = NULL; /* the last one that is inside no other */
    size_t kept = 0;
    for (size_t i = 0; i < l->count; i++) {
        const struct draft_quote q = l->quotes[i];
        const bool inside = outer && q.at < outer->end;
        if (!inside && outer && outer->part_count < PARTS_MAX && goes_on(d, outer, &q)) {
            join(l->arena, outer, &q);
            continue;
        }
        l->quotes[kept] = q;
        if (!inside)
            outer = &l->quotes[kept];
        kept++;
    }
    l->count = kept;
}

/* ---- nesting and text ------------------------------------------------------------------------------------ */

static void set_levels(struct quote_list *l)
{
    enum { DEPTH_MAX = 64 };
    size_t around[DEPTH_MAX];
    size_t depth = 0;
    for (size_t i = 0; i < l->count; i++) {
        struct draft_quote *const q = &l->quotes[i];
        while (depth && l->quotes[around[depth - 1]].end < q->end)
            depth--;
        q->level = (int)depth;
        q->part_of = depth ? around[depth - 1] : 0;
        if (depth < DEPTH_MAX)
            around[depth++] = i;
    }
}

/* White space off both ends, also the no-break spaces inside « ». */
static struct quote_part trimmed(const struct draft *d, struct quote_part p)
{
    str s = str_sub(d->text, p.at, p.end - p.at);
    while (s.n) {
        str rest = s;
        if (char_class_of(utf8_next(&rest)) != CHAR_SPACE)
            break;
        s = rest;
    }
    while (s.n) {
        size_t last = s.n - 1;
        while (last > 0 && s.n - last < 4 && ((unsigned char)s.p[last] & 0xC0) == 0x80)
            last--;
        str tail = str_from(s, last);
        if (char_class_of(utf8_next(&tail)) != CHAR_SPACE)
            break;
        s.n = last;
    }
    const size_t at = s.n ? (size_t)(s.p - d->text.p) : p.at;
    return (struct quote_part){at, at + s.n};
}

/* Parts of a quotation are joined as the printed page means it: a new paragraph, or a blank. */
static void set_text(const struct draft *d, struct draft_quote *q, struct arena *a)
{
    struct quote_part *const parts = arena_array(a, q->part_count, sizeof *parts);
    size_t size = 0;
    for (size_t i = 0; i < q->part_count; i++) {
        parts[i] = trimmed(d, q->parts[i]);
        size += parts[i].end - parts[i].at + 1;
    }
    q->parts = parts;
    if (q->part_count == 1) {
        q->text = str_sub(d->text, parts[0].at, parts[0].end - parts[0].at);
        return;
    }
    char *const text = arena_alloc(a, size);
    size_t n = 0;
    for (size_t i = 0; i < q->part_count; i++) {
        const size_t length = parts[i].end - parts[i].at;
        if (i)
            text[n++] = q->shape == QUOTE_INTERRUPTED ? ' ' : '\n';
        memcpy(text + n, d->text.p + parts[i].at, length);
        n += length;
    }
    q->text = (str){text, n};
}

void draft_find_quotes(struct draft *d, int64_t today_wall_ms, struct arena *a)
{
    if (!d->paragraph_count)
        part_paragraphs(d, a);
    size_t *const log_at = arena_array(a, d->paragraph_count + 1, sizeof *log_at);
    for (size_t i = 0; i < d->paragraph_count; i++)
        log_at[i] = d->paragraphs[i].end;
    struct quote_list list = {.arena = a};
    draft_find_logs(d, &list, log_at);
    draft_find_marked(d, log_at, &list);
    sort_quotes(&list);
    draft_find_blocks(d, log_at, &list);
    sort_quotes(&list);
    draft_join_interrupted(d, &list);
    set_levels(&list);
    for (size_t i = 0; i < list.count; i++)
        set_text(d, &list.quotes[i], a);
    d->quotes = list.quotes;
    d->quote_count = list.count;
    d->cut = list.cut;
    draft_read_claims(d, today_wall_ms, a);
}
