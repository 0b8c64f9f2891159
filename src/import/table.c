/*
 * Any table of messages as CSV or TSV: from a database, a spreadsheet, a script. Which column is what is
 * stated with --map or guessed by the header, and the guess is told.
 *
 * Quirks: a first row with six digits or more is no header, since a time has as many; then --map
 * takes the numbers of columns, counted from 1. Excel writes "sep=;" before the header.
 */
#include "table.h"

#include "count_csv.h"
#include "csv.h"
#include "csv_records.h"

#include <inttypes.h>
#include <string.h>

enum { HEADER_DIGITS = 6 };

struct reader {
    struct table table;
    size_t place[USE_COUNT], second; /* of the columns; STR_NONE: not there */
    size_t columns;
};

static bool is_data(const struct csv_row *row)
{
    size_t digits = 0;
    for (size_t i = 0; i < row->count; i++)
        for (size_t k = 0; k < row->fields[i].n; k++)
            digits += row->fields[i].p[k] >= '0' && row->fields[i].p[k] <= '9';
    return digits >= HEADER_DIGITS;
}

static bool is_separator_line(const struct csv_row *row)
{
    return str_starts(row->fields[0], STR("sep="));
}

/* --- Columns ----------------------------------------------------------------------------------- */

static size_t place_of(const struct csv_row *row, str column, bool header)
{
    int64_t number;
    for (size_t i = 0; header && i < row->count; i++)
        if (str_eq(str_trim(row->fields[i]), column))
            return i;
    for (size_t i = 0; header && i < row->count; i++)
        if (str_eq_nocase(str_trim(row->fields[i]), column))
            return i;
    if (str_to_u63(column, &number) && number >= 1 && (uint64_t)number <= row->count)
        return (size_t)number - 1;
    return STR_NONE;
}

static enum status find_column(size_t *out, const struct csv_row *row, str column, bool header,
                               struct err *e)
{
    *out = column.n ? place_of(row, column, header) : STR_NONE;
    if (!column.n || *out != STR_NONE)
        return OK;
    fail(e, ERR_FORMAT, "the table has no column “" STR_FMT "”", STR_ARG(column));
    char seen[160];
    size_t n = 0;
    for (size_t i = 0; i < row->count && n + 40 < sizeof seen; i++) {
        const str name = str_sub(row->fields[i], 0, 30);
        memcpy(seen + n, name.p, name.n);
        n += name.n;
        seen[n++] = ' ';
    }
    return header
               ? fail_hint(e, "Its columns are: %.*s", (int)n, seen)
               : fail_hint(
                     e, "It has no header: name columns by number, --map time=1,sender=2,text=3");
}

static enum status read_map(struct reader *r, const struct csv_row *row, struct err *e)
{
    struct table *t = &r->table;
    const bool header = !is_data(row);
    enum status st = OK;
    if (t->options->map.n)
        st = table_map_read(&t->map, t->options->map, e);
    else if (!header || !table_map_guess(&t->map, row->fields, row->count)) {
        fail(e, ERR_FORMAT, "nothing tells which column of the table is what");
        st = fail_hint(
            e, "Say so: --map time=COLUMN,sender=COLUMN,text=COLUMN (names, or numbers from 1)");
    }
    r->columns = row->count;
    for (int use = 0; use < USE_COUNT && st == OK; use++) {
        st = find_column(&r->place[use], row, t->map.column[use], header, e);
        t->map.column[use] = arena_dup(&t->arena, t->map.column[use]);
    }
    if (st == OK)
        st = find_column(&r->second, row, t->map.second, header, e);
    t->map.second = arena_dup(&t->arena, t->map.second);
    return st;
}

/* --- Rows -------------------------------------------------------------------------------------- */

static str field(const struct csv_row *row, size_t place)
{
    return place < row->count ? row->fields[place] : STR("");
}

static enum status refuse(struct reader *r, const struct csv_row *row, struct err *e)
{
    const struct issue i = {
        .severity = row->rest ? ISSUE_WARN : ISSUE_ERROR,
        .code = row->rest       ? "oversize"
                : row->unclosed ? "unclosedQuote"
                                : "shortRow",
        .what = row->rest       ? STR("A row is too long; this is the rest of it.")
                : row->unclosed ? STR("A quotation mark in this row is never closed.")
                                : STR("This row has too few columns to hold a text."),
        .way_out = STR("Look at the file there: the bytes are listed, not stored as a message."),
        .locus = {.at = row->at, .length = row->raw.n, .line = row->line, .member = STR("")},
        .covers = true,
    };
    return r->table.sink->issue(r->table.sink, &i, e);
}

static enum status send_row(struct reader *r, const struct csv_row *row, struct err *e)
{
    if (row->unclosed || row->rest || r->place[USE_TEXT] >= row->count)
        return refuse(r, row, e);
    struct message m = csv_message(row);
    str values[USE_COUNT];
    for (int use = 0; use < USE_COUNT; use++)
        values[use] = field(row, r->place[use]);
    return table_row(&r->table, &m, values, field(row, r->second), e);
}

/* Whether a row is the header or what Excel writes before it. */
static bool is_head(const struct csv_row *row, uint64_t *rows)
{
    if (row->blank || row->rest)
        return false;
    if (*rows == 0 && is_separator_line(row))
        return true;
    return ++*rows == 1 && !is_data(row);
}

/* Over the whole table: what its columns are, and in which order its dates are. */
static enum status look(struct reader *r, struct csv *csv, struct err *e)
{
    struct csv_row row;
    enum step step;
    uint64_t rows = 0;
    bool mapped = false;
    while ((step = csv_next(csv, &row, e)) == STEP_ROW) {
        const bool head = is_head(&row, &rows);
        if (!mapped && rows == 1) {
            const enum status st = read_map(r, &row, e);
            if (st != OK)
                return st;
            mapped = true;
        }
        if (mapped && !head && !row.unclosed && !row.rest)
            table_see_time(&r->table, field(&row, r->place[USE_TIME]), field(&row, r->second));
    }
    return step == STEP_ERROR ? e->code : OK;
}

static enum status read_rows(struct reader *r, struct csv *csv, struct err *e)
{
    struct sink *sink = r->table.sink;
    const uint64_t bom = csv_bom(csv);
    enum status st = bom ? sink->wrapping(sink, 0, bom, e) : OK;
    struct csv_row row;
    enum step step = STEP_DONE;
    for (uint64_t rows = 0; st == OK && (step = csv_next(csv, &row, e)) == STEP_ROW;)
        st = is_head(&row, &rows) || row.blank ? sink->wrapping(sink, row.at, row.raw.n, e)
                                               : send_row(r, &row, e);
    return step == STEP_ERROR ? e->code : st;
}

/* `first`: the look ahead. */
static enum status pass(struct reader *r, struct source *source, bool first, struct err *e)
{
    struct csv *csv = NULL;
    enum status st = csv_open(&csv, source, &(struct csv_how){0}, e);
    if (st == OK)
        st = first ? look(r, csv, e) : read_rows(r, csv, e);
    csv_close(csv);
    return st;
}

static enum status read_table(struct source *source, const struct import_options *options,
                              struct sink *sink, struct err *e)
{
    struct reader r = {.table = {.sink = sink, .options = options}};
    struct source *twin = NULL;
    enum status st = source_twin(source, &twin, e);
    if (st == OK)
        st = pass(&r, twin, true, e);
    source_close(twin);
    if (st == OK)
        st = table_begin(&r.table, source, e);
    if (st == OK)
        st = pass(&r, source, false, e);
    if (st == OK)
        st = table_end(&r.table, e);
    table_free(&r.table);
    return st;
}

/* --- Bid --------------------------------------------------------------------------------------- */

static int bid(str prefix, str name)
{
    enum { COLUMNS = 64 };
    (void)name;
    str line, fields[COLUMNS];
    struct table_map map;
    if (!str_split(&prefix, '\n', &line))
        return BID_NO;
    if (str_starts(line, STR("sep=")) && !str_split(&prefix, '\n', &line))
        return BID_NO;
    for (const char *c = ",;\t|"; *c; c++) {
        size_t count = 0;
        for (str rest = str_trim(line), part; count < COLUMNS && str_split(&rest, *c, &part);
             count++) {
            part = str_trim(part);
            if (part.n > 1 && str_starts(part, STR("\"")) && str_ends(part, STR("\"")))
                part = str_sub(part, 1, part.n - 2);
            fields[count] = part;
        }
        if (count > 1 && table_map_guess(&map, fields, count) && map.column[USE_TIME].n)
            return BID_MAYBE / 2;
    }
    return BID_NO;
}

const struct importer importer_csv = {
    .name = "csv",
    .title = "Table of messages (CSV, TSV)",
    .where = "from a database, a spreadsheet or a script; --map says which column is what",
    .version = "1",
    .bid = bid,
    .read = read_table,
    .unordered = true,
    .count = count_table_rows,
};
