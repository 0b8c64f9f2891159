/* Aligned columns. */
#include "table.h"
#include "width.h"

#include <string.h>

struct table table_new(struct arena *a, const char *align)
{
    return (struct table){.arena = a, .align = align};
}

void table_add(struct table *t, str cell)
{
    if (t->count == t->cap) {
        const size_t cap = t->cap ? 2 * t->cap : 64;
        str *const more = arena_array(t->arena, cap, sizeof *more);
        if (t->count)
            memcpy(more, t->cells, t->count * sizeof *more);
        t->cells = more;
        t->cap = cap;
    }
    struct buf b = buf_new(BUF_LINE_MAX);
    term_escape(&b, cell);
    t->cells[t->count++] = arena_dup(t->arena, buf_str(&b));
    buf_free(&b);
}

static void print_cell(struct term *out, str cell, int width, char align)
{
    const int room = width - text_width(cell);
    if (align == 'r')
        term_pad(out, room);
    term_style(out, align == 's' ? STYLE_SOFT : STYLE_PLAIN);
    term_safe(out, cell);
    term_style(out, STYLE_PLAIN);
}

void table_print(const struct table *t, struct term *out)
{
    const size_t columns = strlen(t->align);
    int widths[TABLE_COLUMNS_MAX] = {0};
    for (size_t i = 0; i < t->count; i++) {
        const int width = text_width(t->cells[i]);
        if (width > widths[i % columns])
            widths[i % columns] = width;
    }
    for (size_t i = 0; i < t->count; i++) {
        const size_t column = i % columns;
        const bool last = column + 1 == columns;
        print_cell(out, t->cells[i], widths[column], t->align[column]);
        if (last)
            term_add(out, STR("\n"));
        else if (t->align[column] != 'r')
            term_pad(out, widths[column] - text_width(t->cells[i]) + 2);
        else
            term_pad(out, 2);
    }
}
