/*
 * The draft with its quotations marked: underlined by class, with a number that leads to the evidence.
 * Quotations may lie inside quotations and be interrupted; what is printed is their parts, in order.
 */
#include "report_parts.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

enum { OPEN_MAX = 32 };

/* One stretch of a quotation, inside one paragraph. */
struct stretch {
    size_t at, end, quote;
    bool last; /* the number stands after it */
};

struct page {
    struct markup *m;
    const struct draft *draft;
    const struct report_quote *checked;
    struct stretch *stretches;
    size_t count, next;
};

static int by_place(const void *left, const void *right)
{
    const struct stretch *const a = left, *const b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    if (a->end != b->end)
        return a->end > b->end ? -1 : 1;
    return (a->quote > b->quote) - (a->quote < b->quote);
}

/* The parts of all quotations with their marks: the first begins, the last ends with one. */
static struct stretch *list_stretches(const struct draft *d, size_t *count, struct arena *a)
{
    size_t total = 0;
    for (size_t i = 0; i < d->quote_count; i++)
        total += d->quotes[i].part_count;
    struct stretch *const list = arena_array(a, total + 1, sizeof *list);
    size_t n = 0;
    for (size_t i = 0; i < d->quote_count; i++) {
        const struct draft_quote *const q = &d->quotes[i];
        for (size_t k = 0; k < q->part_count; k++) {
            const bool last = k + 1 == q->part_count;
            list[n++] = (struct stretch){k ? q->parts[k].at : q->at,
                                         last ? q->end : q->parts[k].end, i, last};
        }
    }
    qsort(list, n, sizeof *list, by_place);
    *count = n;
    return list;
}

static void print_number(struct page *p, size_t quote)
{
    char number[32], id[40], to[48], label[96];
    const struct report_look *const look =
        &report_looks[report_class_of(p->checked[quote].verdict)];
    (void)snprintf(number, sizeof number, "%zu", quote + 1);
    (void)snprintf(id, sizeof id, "quotation-%zu", quote + 1);
    (void)snprintf(to, sizeof to, "#evidence-%zu", quote + 1);
    (void)snprintf(label, sizeof label, "Quotation %zu, %s: evidence", quote + 1, look->one);
    markup_open(p->m, "sup", NULL);
    markup_open(p->m, "a", "class", look->css, "id", id, "href", to, "aria-label", label, NULL);
    markup_text(p->m, str_of(number));
    markup_line(p->m, "span", "shape", str_of(look->shape));
    markup_close(p->m);
    markup_close(p->m);
}

static void print_text(struct page *p, size_t at, size_t end)
{
    if (end > at)
        markup_lines(p->m, str_sub(p->draft->text, at, end - at));
}

static void open_stretch(struct page *p, const struct stretch *s)
{
    char css[64];
    const struct report_look *const look =
        &report_looks[report_class_of(p->checked[s->quote].verdict)];
    (void)snprintf(css, sizeof css, "quote %s", look->css);
    markup_open(p->m, "span", "class", css, NULL);
}

/* The words of one paragraph. A stretch never reaches out of the one that holds it. */
static void print_words(struct page *p, size_t at, size_t end)
{
    struct stretch open[OPEN_MAX];
    int depth = 0;
    while (at < end || depth) {
        const size_t limit = depth ? open[depth - 1].end : end;
        const struct stretch *const s = p->next < p->count ? &p->stretches[p->next] : NULL;
        if (s && s->at < limit && depth < OPEN_MAX) {
            print_text(p, at, s->at);
            at = s->at > at ? s->at : at;
            open[depth] = *s;
            open[depth].end = s->end < limit ? s->end : limit;
            open_stretch(p, s);
            depth++;
            p->next++;
            continue;
        }
        print_text(p, at, limit);
        at = limit;
        if (!depth)
            break;
        depth--;
        markup_close(p->m);
        if (open[depth].last)
            print_number(p, open[depth].quote);
    }
}

void report_draft(struct markup *m, const struct draft *d, const struct report_quote *checked)
{
    struct arena a = {0};
    struct page p = {.m = m, .draft = d, .checked = checked};
    p.stretches = list_stretches(d, &p.count, &a);
    bool block = false;
    for (size_t i = 0; i < d->paragraph_count; i++) {
        const struct draft_paragraph *const paragraph = &d->paragraphs[i];
        if (paragraph->block && !block)
            markup_open(m, "blockquote", NULL);
        else if (!paragraph->block && block)
            markup_close(m);
        block = paragraph->block;
        while (p.next < p.count && p.stretches[p.next].at < paragraph->at)
            p.next++;
        markup_open(m, paragraph->heading ? "h3" : "p", NULL);
        print_words(&p, paragraph->at, paragraph->end);
        markup_close(m);
        markup_own(m, STR("\n"));
    }
    if (block)
        markup_close(m);
    arena_free(&a);
}
