/*
 * What formats in tables with a known header share: the walk over rows, the books of bytes, rows that
 * cannot be read as issues.
 *
 *     static const char *const columns[] = {"ID", "Contents", NULL};
 *     static const struct csv_format format = {.columns = columns, .row = on_row};
 *     return csv_records(source, sink, &format, &context, e);
 */
#ifndef IMPORT_CSV_RECORDS_H
#define IMPORT_CSV_RECORDS_H

#include "csv.h"
#include "importer.h"

enum { CSV_COLUMNS_MAX = 16 };

struct csv_format {
    const char *const *columns; /* NULL at the end; found by name in the first row, in any order */
    /* Must push exactly one message for row->at, row->raw. `fields` are the columns in the order of
       `columns`, empty where the table lacks one. */
    enum status (*row)(void *context, const struct csv_row *row, const str *fields, struct err *e);
};

MUST_USE enum status csv_records(struct source *source, struct sink *sink,
                                 const struct csv_format *format, void *context, struct err *e);

/* Whether the first line of a table has all these columns. */
bool csv_has_columns(str prefix, const char *const *columns);

/* An empty message with its place, raw bytes and FLAG_LOSSY if something in the row was. */
struct message csv_message(const struct csv_row *row);

#endif
