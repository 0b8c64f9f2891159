/* The writer's state, shared by writer.c (records in) and writer_commit.c (what follows the last). */
#ifndef STET_STORE_WRITER_H
#define STET_STORE_WRITER_H

#include "column_chunk.h"
#include "db.h"
#include "people.h"
#include "seen.h"
#include "spool.h"

struct writer {
    struct sink sink; /* first: writer_sink gives its address */
    struct store *s;
    struct arena arena; /* origin's strings */
    struct arena scratch;
    struct origin origin;
    int64_t source_id, first_row, next_row;
    int64_t first_ms;    /* sort time of first_row */
    int64_t last_ms;     /* of the record before */
    int64_t last_offset; /* minutes, of the row before */
    bool dated;          /* some record had a time */
    bool out_of_order;
    bool reorder;
    struct spool *spool; /* made by the first record, if told to reorder */
    struct people *people;
    struct column_writer *columns;
    struct seen seen;
    struct write_result result;
    uint64_t other_instants; /* duplicates for which this source gives another UTC */
};

/* A record in its turn: becomes a row, or a further witness of one. */
MUST_USE enum status writer_put(struct writer *w, const struct record *record, struct err *e);

void writer_free(struct writer *w);

#endif
