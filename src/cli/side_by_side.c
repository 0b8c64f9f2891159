/*
 *   quote   We believe it would be much better for [the ]GOP to win[,]
 *   source  We believe it would be much better for       GOP to win[.]
 *
 * Pieces become cells as wide as their wider side; cells fill blocks of two lines.
 */
#include "side_by_side.h"

#include <string.h>

#include "width.h"

enum { LABEL_COLUMNS = 10, COLUMNS_MAX = 110, CELL_MIN = 24 };

struct cell {
    str quoted, source; /* escaped; cut to the room that a block has */
    bool brackets;
    int width;
};

struct block {
    struct term *t;
    struct arena arena;
    struct cell cells[256];
    size_t count;
    int used, room;
};

/* An editor's own bracket shows by itself and gets no second one. */
static bool wants_brackets(const struct cell *c, str side)
{
    return c->brackets && side.n && side.p[0] != '[';
}

static int side_width(const struct cell *c, str side)
{
    return text_width(side) + (wants_brackets(c, side) ? 2 : 0);
}

static void print_side(struct block *b, const char *label, bool source)
{
    term_style(b->t, STYLE_SOFT);
    term_addf(b->t, "  %-8s", label);
    term_style(b->t, STYLE_PLAIN);
    for (size_t i = 0; i < b->count; i++) {
        const struct cell *c = &b->cells[i];
        const str text = source ? c->source : c->quoted;
        const bool brackets = wants_brackets(c, text);
        if (c->brackets && text.n)
            term_style(b->t, STYLE_MARK);
        term_add(b->t, brackets ? STR("[") : STR(""));
        term_add(b->t, text);
        term_add(b->t, brackets ? STR("]") : STR(""));
        if (c->brackets && text.n)
            term_style(b->t, STYLE_PLAIN);
        if (i + 1 < b->count)
            term_pad(b->t, c->width - side_width(c, text));
    }
    term_add(b->t, STR("\n"));
}

static bool sides_agree(const struct block *b)
{
    for (size_t i = 0; i < b->count; i++)
        if (b->cells[i].brackets ||
            !str_eq(str_trim(b->cells[i].quoted), str_trim(b->cells[i].source)))
            return false;
    return true;
}

/* Where nothing differs one line says it; a reader looks for the pairs. */
static void flush(struct block *b)
{
    if (!b->count)
        return;
    if (sides_agree(b)) {
        print_side(b, "both", false);
    } else {
        print_side(b, "quote", false);
        print_side(b, "source", true);
    }
    b->count = 0;
    b->used = 0;
}

static str escaped(struct block *b, str text)
{
    struct buf out = buf_new(BUF_MESSAGE_MAX);
    safe_text(&out, text, SAFE_LINE);
    const str copy = arena_dup(&b->arena, buf_str(&out));
    buf_free(&out);
    return copy;
}

static void add_cell(struct block *b, struct cell c)
{
    const int q = side_width(&c, c.quoted), s = side_width(&c, c.source);
    c.width = q > s ? q : s;
    if (b->count == sizeof b->cells / sizeof *b->cells || b->used + c.width > b->room)
        flush(b);
    b->cells[b->count++] = c;
    b->used += c.width;
}

/* The next part of a text that fits the room, taken off its front; words stay whole if they fit. */
static str take(str *text, int room)
{
    str part = text_fit(*text, room);
    size_t blank = part.n;
    while (part.n < text->n && blank > 0 && part.p[blank - 1] != ' ')
        blank--;
    if (blank > 0)
        part.n = blank;
    if (!part.n && text->n)
        part = *text; /* one character wider than the room: a terminal of two columns */
    *text = str_from(*text, part.n);
    return part;
}

void side_by_side(struct term *t, const struct piece *pieces, size_t count)
{
    struct block *b = &(struct block){.t = t};
    const int columns = t->columns < COLUMNS_MAX ? t->columns : COLUMNS_MAX;
    b->room = columns - LABEL_COLUMNS > CELL_MIN ? columns - LABEL_COLUMNS : CELL_MIN;
    for (size_t i = 0; i < count; i++) {
        const bool brackets =
            pieces[i].kind != PIECE_SAME && !str_eq(pieces[i].quoted, pieces[i].source);
        str quoted = escaped(b, pieces[i].quoted), source = escaped(b, pieces[i].source);
        do
            add_cell(b, (struct cell){.quoted = take(&quoted, b->room - 2),
                                      .source = take(&source, b->room - 2),
                                      .brackets = brackets});
        while (quoted.n || source.n);
    }
    flush(b);
    arena_free(&b->arena);
}
