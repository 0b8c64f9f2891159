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
    TABLE, /* flags, and what only tables of any kind need */
    LINE_ENDS = TABLE,
};

enum {
    ANY_TABLE = 1, /* other delimiters than commas, perhaps UTF-16 */
    LITTLE = 2,
    BIG = 4,
    HALF_KNOWN = 8,
    SEP = 16,
    STARTED = 32,
    CR_WAITS = 64,
    LF_SEEN = 128,
};
enum { DIGITS_SHIFT = 8, HALF_SHIFT = 16, FIRST_SHIFT = 32, HEADER_DIGITS = 6 };

enum { FIELD_STARTS, IN_PLAIN, IN_QUOTES, QUOTE_CLOSED };

static bool is_delimiter(const struct counter *c, char byte)
{
    if (!(c->state[TABLE] & ANY_TABLE))
        return byte == ',';
    return byte == ',' || byte == ';' || byte == '\t' || byte == '|';
}

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
        c->state[BEFORE] = '\n';
        return;
    }
    c->state[ROWS] += words || c->state[OVER_ROW];
    c->state[PLACE] = FIELD_STARTS;
    c->state[BEFORE] = '\n';
    begin_row(c);
}

/* A byte that is neither comma nor mark, where a field should have ended. */
static void byte_behind_quote(struct counter *c)
{
    const bool opens = is_delimiter(c, (char)c->state[BEFORE]) || c->state[BEFORE] == '\n';
    c->state[PLACE] = c->state[OVER_FIELD] && opens ? IN_QUOTES : IN_PLAIN;
    if (!c->state[OVER_FIELD])
        return;
    c->state[ROWS] += 1 + c->state[HELD];
    begin_row(c);
}

/* A byte that ends no line. */
static void take(struct counter *c, char byte)
{
    const uint64_t place = c->state[PLACE];
    c->state[WORDS] = 1;
    if (place == IN_QUOTES) {
        if (byte == '"') {
            c->state[PLACE] = QUOTE_CLOSED;
            return;
        }
    } else if (byte == '"')
        c->state[PLACE] = place == QUOTE_CLOSED || place == FIELD_STARTS ? IN_QUOTES : IN_PLAIN;
    else if (is_delimiter(c, byte)) {
        c->state[PLACE] = FIELD_STARTS;
        c->state[OVER_FIELD] = 0;
    } else if (place == QUOTE_CLOSED)
        byte_behind_quote(c);
    else
        c->state[PLACE] = IN_PLAIN;
    c->state[BEFORE] = (unsigned char)byte;
}

/* CRs alone were no line ends after all: what came before the first LF is one line. */
static void take_back(struct counter *c)
{
    c->state[ROWS] = 0;
    c->state[WORDS] = 1;
    c->state[PLACE] = IN_PLAIN;
    begin_row(c);
}

/* Lines end at LF, with or without CR; at CR alone where no LF came before it. */
static void see(struct counter *c, char byte)
{
    const bool alone = (c->state[TABLE] & CR_WAITS) && byte != '\n';
    c->state[TABLE] &= ~(uint64_t)CR_WAITS;
    if (alone && c->state[TABLE] & LF_SEEN)
        take(c, '\r');
    else if (alone)
        end_line(c);
    if (byte == '\n') {
        if (!(c->state[TABLE] & LF_SEEN) && c->state[ROWS])
            take_back(c);
        c->state[TABLE] |= LF_SEEN;
        end_line(c);
    } else if (byte == '\r')
        c->state[TABLE] |= CR_WAITS;
    else
        take(c, byte);
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

/* A byte order mark is no word; what only begins like one is. */
static void see_first(struct counter *c, char byte)
{
    static const char mark[] = "\xEF\xBB\xBF";
    const size_t n = (size_t)c->line[0];
    if (byte == mark[n] && n < 3) {
        c->line[0]++;
        c->state[TABLE] |= n == 2 ? STARTED : 0;
        return;
    }
    c->state[TABLE] |= STARTED;
    for (size_t i = 0; i < n; i++)
        see(c, mark[i]);
    see(c, byte);
}

void count_csv_rows(struct counter *c, str bytes)
{
    for (size_t i = 0; i < bytes.n; i++)
        (c->state[TABLE] & STARTED ? see : see_first)(c, bytes.p[i]);
    if (!bytes.n)
        end_source(c);
    c->records = c->state[ROWS] ? c->state[ROWS] - 1 : 0;
}

/* --- Tables of any kind ------------------------------------------------------------------------ */

/* The digits of the first row, and whether it is "sep=;". */
static void look_at_first(struct counter *c, char byte)
{
    uint64_t *t = &c->state[TABLE];
    const uint64_t digits = *t >> DIGITS_SHIFT & 0xFF;
    if (byte >= '0' && byte <= '9' && digits < HEADER_DIGITS)
        *t += UINT64_C(1) << DIGITS_SHIFT;
    const uint64_t first = *t >> FIRST_SHIFT;
    if (first >> 24 == 0)
        *t = (*t & UINT32_MAX) | ((first << 8 | (unsigned char)byte) & UINT32_MAX) << FIRST_SHIFT;
}

static void take_char(struct counter *c, char byte)
{
    static const uint64_t sep = ((uint64_t)'s' << 24) + ('e' << 16) + ('p' << 8) + '=';
    const uint64_t none = c->state[TABLE] & SEP ? 1 : 0;
    if (c->state[ROWS] == none)
        look_at_first(c, byte);
    see(c, byte);
    if (c->state[ROWS] != 1 || c->state[TABLE] & SEP || c->state[TABLE] >> FIRST_SHIFT != sep)
        return;
    c->state[TABLE] &= ~(UINT64_C(0xFF) << DIGITS_SHIFT);
    c->state[TABLE] |= SEP;
}

/* Two bytes of UTF-16 are one character; those beyond ASCII are all alike here. */
static void take_half(struct counter *c, char byte)
{
    uint64_t *t = &c->state[TABLE];
    if (!(*t & HALF_KNOWN)) {
        *t = (*t & ~(UINT64_C(0xFF) << HALF_SHIFT)) | (uint64_t)(unsigned char)byte << HALF_SHIFT |
             HALF_KNOWN;
        return;
    }
    *t &= ~(uint64_t)HALF_KNOWN;
    const char first = (char)(*t >> HALF_SHIFT & 0xFF);
    const char high = *t & LITTLE ? byte : first, low = *t & LITTLE ? first : byte;
    take_char(c, high || low < 0 ? '\x80' : low);
}

/* The first four bytes tell UTF-16, by a mark or by NULs, and the mark of UTF-8 is no character. */
static void start(struct counter *c)
{
    const char *first = c->line + 1;
    const size_t n = (size_t)c->line[0];
    size_t skip = 0;
    c->state[TABLE] |= STARTED;
    if (n >= 2 && (first[0] == '\xFF' || first[0] == '\xFE') && (first[0] ^ first[1]) == 1) {
        c->state[TABLE] |= first[0] == '\xFF' ? LITTLE : BIG;
        skip = 2;
    } else if (n == 4 && first[0] && !first[1] && first[2] && !first[3]) {
        c->state[TABLE] |= LITTLE;
    } else if (n == 4 && !first[0] && first[1] && !first[2] && first[3]) {
        c->state[TABLE] |= BIG;
    } else if (n >= 3 && first[0] == '\xEF' && first[1] == '\xBB' && first[2] == '\xBF') {
        skip = 3;
    }
    for (size_t i = skip; i < n; i++)
        (c->state[TABLE] & (LITTLE | BIG) ? take_half : take_char)(c, first[i]);
}

void count_table_rows(struct counter *c, str bytes)
{
    c->state[TABLE] |= ANY_TABLE;
    size_t i = 0;
    for (; i < bytes.n && !(c->state[TABLE] & STARTED); i++) {
        c->line[(size_t)++c->line[0]] = bytes.p[i];
        if (c->line[0] == 4)
            start(c);
    }
    if (!bytes.n && !(c->state[TABLE] & STARTED))
        start(c);
    for (; i < bytes.n; i++)
        (c->state[TABLE] & (LITTLE | BIG) ? take_half : take_char)(c, bytes.p[i]);
    if (!bytes.n)
        end_source(c);
    const bool header = (c->state[TABLE] >> DIGITS_SHIFT & 0xFF) < HEADER_DIGITS;
    const uint64_t others = (c->state[TABLE] & SEP ? 1 : 0) + header;
    c->records = c->state[ROWS] > others ? c->state[ROWS] - others : 0;
}
