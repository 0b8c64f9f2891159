/*
 * Tables as text. Lines come from text_lines.h; a row is one line, or several where a quoted field
 * goes on. The quotation mark that closes a field is followed by a delimiter or the line's end; where
 * a field of several lines is closed by one that is followed by something else, its opening mark was
 * a stray one. Then, as when it is never closed, the row is taken back to its first line. No line is
 * scanned more than twice for that: while the end of a stray mark's field is sought, no other line in
 * between can open one.
 */
#include "csv.h"

#include "buf.h"

#include <stdlib.h>
#include <string.h>

enum { DELIMITER_PROBE_BYTES = 16 << 10, ROW_MAX_BYTES = CSV_FIELD_MAX };

enum place { AT_START, IN_PLAIN, IN_QUOTES, BEHIND_QUOTES };

struct csv {
    struct text_lines *lines;
    char delimiter;
    bool backslash;
    struct text_line line; /* the one to come, if `pending` */
    bool pending, ended;
    bool rest; /* the line to come goes on in a row that was too long */
    enum place place;
    bool stray;      /* a field of several lines was closed where no field ends */
    bool overflow;   /* there were more fields than can be kept apart */
    bool spans;      /* the field at hand came over a line's end */
    struct buf text; /* the fields of the row, one behind the other */
    size_t ends[CSV_FIELDS_MAX];
    bool quoted[CSV_FIELDS_MAX];
    str fields[CSV_FIELDS_MAX];
    size_t count;
};

/* --- The delimiter ----------------------------------------------------------------------------- */

/* How often a delimiter stands in a line outside of quotes. */
static size_t count_in(str line, char delimiter)
{
    size_t n = 0;
    bool quotes = false;
    for (size_t i = 0; i < line.n; i++) {
        quotes ^= line.p[i] == '"';
        n += !quotes && line.p[i] == delimiter;
    }
    return n;
}

/* In how many of the first lines it stands as often as in the first. */
static size_t evenness(str text, char delimiter, size_t *columns)
{
    enum { LINES = 20 };
    str line;
    size_t even = 0;
    *columns = str_split(&text, '\n', &line) ? count_in(line, delimiter) : 0;
    for (int i = 0; *columns && i < LINES && str_split(&text, '\n', &line); i++)
        even += count_in(line, delimiter) == *columns;
    return even;
}

static char find_delimiter(str text)
{
    static const char candidates[] = ",;\t|";
    char best = ',';
    size_t best_even = 0, best_columns = 0;
    for (const char *c = candidates; *c; c++) {
        size_t columns;
        const size_t even = evenness(text, *c, &columns);
        if (!columns || even < best_even || (even == best_even && columns <= best_columns))
            continue;
        best = *c;
        best_even = even;
        best_columns = columns;
    }
    return best;
}

/* --- Fields ------------------------------------------------------------------------------------ */

static void end_field(struct csv *c)
{
    if (c->count == CSV_FIELDS_MAX) { /* the last field takes all that follows */
        c->ends[c->count - 1] = c->text.n;
        c->overflow = true;
    } else {
        c->ends[c->count] = c->text.n;
        c->quoted[c->count++] = c->place == BEHIND_QUOTES;
    }
    c->place = AT_START;
    c->spans = false;
}

/* "\n" and its relatives as MySQL writes them. */
static char unescaped(char c)
{
    static const char from[] = "nrt0Zb", to[] = "\n\r\t\0\x1A\b";
    const char *at = c ? strchr(from, c) : NULL;
    return at ? to[at - from] : c;
}

/* Takes what stands in quotes up to the closing mark or the end of the line. */
static str take_quoted(struct csv *c, str rest)
{
    size_t n = 0;
    while (n < rest.n && rest.p[n] != '"' && !(c->backslash && rest.p[n] == '\\'))
        n++;
    buf_add(&c->text, str_sub(rest, 0, n));
    rest = str_from(rest, n);
    if (!rest.n)
        return rest;
    if (rest.p[0] == '\\') {
        if (rest.n > 1)
            buf_add_byte(&c->text, unescaped(rest.p[1]));
        return str_from(rest, 2);
    }
    if (rest.n > 1 && rest.p[1] == '"') {
        buf_add_byte(&c->text, '"');
        return str_from(rest, 2);
    }
    rest = str_from(rest, 1);
    c->place = BEHIND_QUOTES;
    c->stray |= c->spans && rest.n && rest.p[0] != c->delimiter;
    return rest;
}

static str take_plain(struct csv *c, str rest)
{
    if (c->place == AT_START && rest.p[0] == '"') {
        c->place = IN_QUOTES;
        return str_from(rest, 1);
    }
    size_t n = 0;
    while (n < rest.n && rest.p[n] != c->delimiter && !(c->backslash && rest.p[n] == '\\'))
        n++;
    buf_add(&c->text, str_sub(rest, 0, n));
    rest = str_from(rest, n);
    if (rest.n && rest.p[0] == '\\') {
        if (rest.n > 1)
            buf_add_byte(&c->text, unescaped(rest.p[1]));
        rest = str_from(rest, 2);
    } else if (rest.n) {
        end_field(c);
        return str_from(rest, 1);
    }
    if (c->place == AT_START)
        c->place = IN_PLAIN;
    return rest;
}

static void take_line(struct csv *c, str line)
{
    while (line.n && !c->stray)
        line = c->place == IN_QUOTES ? take_quoted(c, line) : take_plain(c, line);
}

/* --- Rows -------------------------------------------------------------------------------------- */

static enum step next_line(struct csv *c, struct err *e)
{
    if (c->pending)
        return STEP_ROW;
    if (c->ended)
        return STEP_DONE;
    const enum step step = text_lines_next(c->lines, &c->line, e);
    c->pending = step == STEP_ROW;
    c->ended = step == STEP_DONE;
    return step;
}

static void begin_row(struct csv *c)
{
    buf_clear(&c->text);
    c->count = 0;
    c->place = AT_START;
    c->stray = c->spans = c->overflow = false;
    text_lines_mark(c->lines);
}

/* Reads lines into the row until it is complete or cannot become so: then it is taken back to what its
   first line gave. */
static enum status gather(struct csv *c, struct csv_row *out, struct err *e)
{
    size_t first_text = 0, first_count = 0;
    for (bool first = true;; first = false) {
        c->pending = false;
        out->lossy |= c->line.lossy;
        take_line(c, c->line.text);
        if (first) {
            first_text = c->text.n;
            first_count = c->count;
            c->rest = c->line.cut;
        }
        const bool more = c->line.cut || c->place == IN_QUOTES;
        if (!more && !c->stray)
            break;
        if (c->place == IN_QUOTES && !c->line.cut) {
            buf_add_byte(&c->text, '\n');
            c->spans = true;
        }
        const bool too_long = c->line.at + c->line.bytes - out->at > ROW_MAX_BYTES;
        const enum step step = c->stray || too_long ? STEP_DONE : next_line(c, e);
        if (step == STEP_ERROR)
            return e->code;
        if (step == STEP_ROW)
            continue;
        out->unclosed = true;
        text_lines_again(c->lines);
        c->ended = c->pending = false;
        c->text.n = first_text;
        c->count = first_count;
        c->place = IN_PLAIN;
        break;
    }
    c->rest = c->rest && out->unclosed;
    end_field(c);
    return OK;
}

/* The fields once the row's text lies still, and its bytes once the line behind it has been read. */
static enum status finish_row(struct csv *c, struct csv_row *out, struct err *e)
{
    if (next_line(c, e) == STEP_ERROR)
        return e->code;
    out->raw = text_lines_marked(c->lines, &out->at);
    size_t at = 0;
    for (size_t i = 0; i < c->count; i++) {
        c->fields[i] = (str){c->text.p ? c->text.p + at : "", c->ends[i] - at};
        at = c->ends[i];
    }
    out->fields = c->fields;
    out->quoted = c->quoted;
    out->count = c->count;
    out->lossy |= c->text.full || c->overflow;
    out->blank = c->count == 1 && !c->fields[0].n && !c->quoted[0] && !out->unclosed && !out->rest;
    return OK;
}

/* A piece of a line that belongs to a row too long to be one. */
static void pass_rest(struct csv *c, struct csv_row *out)
{
    out->rest = true;
    c->rest = c->line.cut;
    c->pending = false;
    end_field(c);
}

enum step csv_next(struct csv *c, struct csv_row *out, struct err *e)
{
    const enum step step = next_line(c, e);
    if (step != STEP_ROW)
        return step;
    *out = (struct csv_row){.at = c->line.at, .line = c->line.number};
    begin_row(c);
    enum status st = OK;
    if (c->rest)
        pass_rest(c, out);
    else
        st = gather(c, out, e);
    if (st == OK)
        st = finish_row(c, out, e);
    return st == OK ? STEP_ROW : STEP_ERROR;
}

enum status csv_open(struct csv **out, struct source *s, const struct csv_how *how, struct err *e)
{
    str prefix;
    enum status st = source_peek(s, DELIMITER_PROBE_BYTES, &prefix, e);
    if (st != OK)
        return st;
    struct csv *c = calloc(1, sizeof *c);
    if (!c)
        abort();
    c->text = buf_new((size_t)CSV_FIELD_MAX * 3);
    c->backslash = how->backslash;
    char decoded[DELIMITER_PROBE_BYTES * 2];
    c->delimiter = how->delimiter;
    if (!c->delimiter)
        c->delimiter = find_delimiter(
            text_prefix(str_sub(prefix, 0, DELIMITER_PROBE_BYTES), decoded, sizeof decoded));
    st = text_lines_open(&c->lines, s, &(struct text_lines_how){.mixed = true}, e);
    if (st != OK) {
        csv_close(c);
        return st;
    }
    *out = c;
    return OK;
}

void csv_close(struct csv *c)
{
    if (!c)
        return;
    text_lines_close(c->lines);
    buf_free(&c->text);
    free(c);
}

char csv_delimiter(const struct csv *c)
{
    return c->delimiter;
}

uint64_t csv_bom(const struct csv *c)
{
    return text_lines_bom(c->lines);
}
