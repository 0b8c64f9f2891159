/* Reading the texts of many rows: forward like a scan while rows are near each other, by id else.
   */
#ifndef STET_QUERY_TEXTS_H
#define STET_QUERY_TEXTS_H

#include "store.h"

struct sqlite3_stmt;
struct texts {
    struct store *store;
    struct sqlite3_stmt *scan;
    int64_t at; /* the row that the scan stands on; 0: on none */
};

/* Borrowed until the next call. Rows are asked for in ascending order. */
MUST_USE enum status texts_get(struct texts *t, int64_t row, str *text, struct err *e);
void texts_close(struct texts *t);

#endif
