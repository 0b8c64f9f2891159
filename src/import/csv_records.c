/* Rows of tables under the conservation law. */
#include "csv_records.h"

#include <assert.h>

struct reader {
    struct sink *sink;
    const struct csv_format *format;
    void *context;
    size_t place[CSV_COLUMNS_MAX]; /* of each column; STR_NONE: not in this table */
    size_t columns;
    bool headed;
};

static struct locus place_of(const struct csv_row *row)
{
    return (struct locus){.at = row->at, .length = row->raw.n, .line = row->line};
}

struct message csv_message(const struct csv_row *row)
{
    struct message m = message_empty();
    m.locus = place_of(row);
    m.raw = row->raw;
    if (row->lossy)
        m.flags |= FLAG_LOSSY;
    return m;
}

bool csv_has_columns(str prefix, const char *const *columns)
{
    str line;
    if (!str_split(&prefix, '\n', &line))
        return false;
    for (; *columns; columns++) {
        bool found = false;
        str rest = line;
        for (str field; !found && str_split(&rest, ',', &field);) {
            field = str_trim(field);
            if (field.n > 1 && str_starts(field, STR("\"")) && str_ends(field, STR("\"")))
                field = str_sub(field, 1, field.n - 2);
            found = str_eq(field, str_of(*columns));
        }
        if (!found)
            return false;
    }
    return true;
}

static void read_header(struct reader *r, const struct csv_row *row)
{
    r->headed = true;
    for (; r->format->columns[r->columns]; r->columns++) {
        assert(r->columns < CSV_COLUMNS_MAX);
        r->place[r->columns] = STR_NONE;
        for (size_t i = row->count; i-- > 0;)
            if (str_eq(row->fields[i], str_of(r->format->columns[r->columns])))
                r->place[r->columns] = i;
    }
}

static enum status refuse(struct reader *r, const struct csv_row *row, struct err *e)
{
    return r->sink->issue(
        r->sink,
        &(struct issue){
            .severity = row->rest ? ISSUE_WARN : ISSUE_ERROR,
            .code = row->rest ? "oversize" : "unclosedQuote",
            .what = row->rest ? STR("A row is too long; this is the rest of it.")
                              : STR("A quotation mark in this row is never closed."),
            .way_out =
                STR("Look at the file there: the bytes are listed, not stored as a message."),
            .locus = place_of(row),
            .covers = true,
        },
        e);
}

static enum status on_row(struct reader *r, const struct csv_row *row, struct err *e)
{
    if (row->blank)
        return r->sink->wrapping(r->sink, row->at, row->raw.n, e);
    if (!r->headed) {
        read_header(r, row);
        return r->sink->wrapping(r->sink, row->at, row->raw.n, e);
    }
    if (row->unclosed || row->rest)
        return refuse(r, row, e);
    str fields[CSV_COLUMNS_MAX];
    for (size_t i = 0; i < r->columns; i++)
        fields[i] = r->place[i] < row->count ? row->fields[r->place[i]] : STR("");
    return r->format->row(r->context, row, fields, e);
}

enum status csv_records(struct source *source, struct sink *sink, const struct csv_format *format,
                        void *context, struct err *e)
{
    struct csv *csv;
    enum status st = csv_open(&csv, source, &(struct csv_how){.delimiter = ','}, e);
    if (st != OK)
        return st;
    struct reader r = {.sink = sink, .format = format, .context = context};
    if (csv_bom(csv))
        st = sink->wrapping(sink, 0, csv_bom(csv), e);
    struct csv_row row;
    enum step step = STEP_ROW;
    while (st == OK && (step = csv_next(csv, &row, e)) == STEP_ROW)
        st = on_row(&r, &row, e);
    csv_close(csv);
    return step == STEP_ERROR ? e->code : st;
}
