/* Rows of a table, counted byte by byte. */
#include "count_csv.h"

/* What is kept between chunks, in state[]. */
enum {
    PLACE,
    WORDS,      /* the line at hand is not blank */
    HELD,       /* lines with words since the row at hand went over a line's end */
    OVER_ROW,   /* it did */
    OVER_FIELD, /* the field at hand did */
    BEFORE,     /* the byte before; of two marks, the one before the first */
    ROWS,
};

enum { FIELD_STARTS, IN_PLAIN, IN_QUOTES, QUOTE_CLOSED };

static void begin_row(struct counter *c)
{
    c->state[HELD] = c->state[OVER_ROW] = c->state[OVER_FIELD] = 0;
}

static void end_line(struct counter *c)
{
    const bool words = c->state[WORDS];
    c->state[WORDS] = 0;
    if (c->state[PLACE] == IN_QUOTES) {
        c->state[HELD] += c->state[OVER_ROW] && words;
        c->state[OVER_ROW] = c->state[OVER_FIELD] = 1;
        return;
    }
    c->state[ROWS] += words || c->state[OVER_ROW];
    c->state[PLACE] = FIELD_STARTS;
    begin_row(c);
}

/* A byte that is neither comma nor mark, where a field should have ended. */
static void byte_behind_quote(struct counter *c)
{
    const bool opens = c->state[BEFORE] == ',' || c->state[BEFORE] == '\n';
    c->state[PLACE] = c->state[OVER_FIELD] && opens ? IN_QUOTES : IN_PLAIN;
    if (!c->state[OVER_FIELD])
        return;
    c->state[ROWS] += 1 + c->state[HELD];
    begin_row(c);
}

static void take(struct counter *c, char byte)
{
    const uint64_t place = c->state[PLACE];
    if (byte == '\n')
        end_line(c);
    else if (byte != '\r')
        c->state[WORDS] = 1;
    if (byte == '\n' || byte == '\r')
        ;
    else if (place == IN_QUOTES) {
        if (byte == '"') {
            c->state[PLACE] = QUOTE_CLOSED;
            return;
        }
    } else if (byte == '"')
        c->state[PLACE] = place == QUOTE_CLOSED || place == FIELD_STARTS ? IN_QUOTES : IN_PLAIN;
    else if (byte == ',') {
        c->state[PLACE] = FIELD_STARTS;
        c->state[OVER_FIELD] = 0;
    } else if (place == QUOTE_CLOSED)
        byte_behind_quote(c);
    else
        c->state[PLACE] = IN_PLAIN;
    c->state[BEFORE] = (unsigned char)byte;
}

static void end_source(struct counter *c)
{
    if (c->state[PLACE] == IN_QUOTES && c->state[OVER_ROW])
        c->state[ROWS] += 1 + c->state[HELD] + c->state[WORDS];
    else
        c->state[ROWS] += c->state[WORDS] || c->state[OVER_ROW];
    c->state[PLACE] = FIELD_STARTS;
    c->state[WORDS] = 0;
    begin_row(c);
}

void count_csv_rows(struct counter *c, str bytes)
{
    for (size_t i = 0; i < bytes.n; i++)
        take(c, bytes.p[i]);
    if (!bytes.n)
        end_source(c);
    c->records = c->state[ROWS] ? c->state[ROWS] - 1 : 0;
}
