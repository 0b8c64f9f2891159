/*
 * The independent counter of rows in tables with commas. It knows nothing of csv.h but the rule by
 * which a stray quotation mark is found out: a field of several lines that is never closed, or closed where
 * no field ends, was opened by a stray mark, and its lines are rows each.
 */
#ifndef IMPORT_COUNT_CSV_H
#define IMPORT_COUNT_CSV_H

#include "importer.h"

/* Rows that are not blank, but for the first, which is the header. An empty chunk ends the source. */
void count_csv_rows(struct counter *c, str bytes);

/* The same for tables with semicolons, tabs and bars too, also in UTF-16, whose first row is a header only
   if it has fewer than six digits (a time has more), and may be preceded by "sep=;". */
void count_table_rows(struct counter *c, str bytes);

#endif
