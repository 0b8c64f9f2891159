/* Messages over time as bars of block elements. */
#include "bars.h"
#include "words.h"

#include <inttypes.h>

enum { LABEL_COLUMNS = 10 };

/* Block elements give eighths of a column: U+2588 full, U+258F one eighth ... U+2589 seven. */
void bar_add(struct term *t, uint64_t eighths)
{
    for (uint64_t i = 0; i < eighths / 8; i++)
        term_add(t, STR("█"));
    if (eighths % 8) {
        char block[4] = "\xe2\x96\x88";
        block[2] = (char)(0x90 - (int)(eighths % 8));
        term_add(t, str_of(block));
    }
}

void bars_print(struct cli *c, const struct timeline *t)
{
    uint64_t most = 1, sum = 0;
    for (size_t i = 0; i < t->count; i++) {
        sum += t->bars[i].count;
        if (t->bars[i].count > most)
            most = t->bars[i].count;
    }
    const int count_columns = (int)number_text(&c->arena, most).n;
    const int room = c->out.columns - LABEL_COLUMNS - 2 - count_columns - 3;
    for (size_t i = 0; i < t->count; i++) {
        char label[CIVIL_TEXT];
        const struct timeline_bar *const b = &t->bars[i];
        uint64_t eighths = (uint64_t)((double)b->count / (double)most * 8 * room);
        if (b->count && !eighths)
            eighths = 1;
        term_addf(&c->out, "%-*s  %*s  ", LABEL_COLUMNS, timeline_label(label, t->unit, b->from_ms),
                  count_columns, number_text(&c->arena, b->count).p);
        bar_add(&c->out, eighths);
        term_add(&c->out, STR("\n"));
    }
    if (c->quiet)
        return;
    term_addf(&c->out, STR_FMT, STR_ARG(count_text(&c->arena, sum, "message", "messages")));
    if (t->undated)
        term_addf(&c->out, ", " STR_FMT " more without a date",
                  STR_ARG(number_text(&c->arena, t->undated)));
    if (t->zone.n) {
        term_add(&c->out, STR("; times in "));
        term_safe(&c->out, t->zone);
        term_add(&c->out, STR("\n"));
    } else {
        term_add(&c->out, STR("; times as shown in the source\n"));
    }
}
