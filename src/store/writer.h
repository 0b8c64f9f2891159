/* The writer's state, shared by writer.c (what the caller says), writer_put.c (a record in its turn),
   same.c (is it here already) and writer_commit.c (what follows the last). */
#ifndef STET_STORE_WRITER_H
#define STET_STORE_WRITER_H

#include "column_chunk.h"
#include "db.h"
#include "join.h"
#include "people.h"
#include "seen.h"
#include "spool.h"

/* Something that happens to many messages of a source and is noted once. */
struct tally_note {
    uint64_t count;
    str example; /* in the writer's arena */
};

struct write_source {
    struct origin origin; /* its strings are in the writer's arena */
    struct import_report report;
    struct write_result result;
    int64_t first_row, last_row;
    struct tally_note other_instants; /* duplicates for which this source gives another UTC */
    struct tally_note other_texts;    /* messages whose id stands here with another text */
};

struct writer {
    struct sink sink; /* first: writer_sink gives its address */
    struct store *s;
    enum writer_way way;
    struct arena arena; /* strings of origins and notes */
    struct arena scratch;

    struct write_source *sources;
    size_t source_count, source_cap;
    bool source_open;      /* the last of them is still being written */
    uint32_t *part_source; /* of each part: index of its source */
    size_t part_count, part_cap;
    struct spool *spool; /* NULL with WRITE_STREAM */
    struct spool_mark source_mark, part_mark;
    struct joins *joins; /* NULL: no conversation is joined to another */

    int64_t first_row, next_row;
    int64_t first_ms;    /* sort time of first_row */
    int64_t last_ms;     /* of the record before */
    int64_t last_offset; /* minutes, of the row before */
    bool dated;          /* some record had a time */
    bool out_of_order;

    struct people *people;
    struct column_writer *columns;
    struct seen seen;
};

/* A record in its turn: becomes a row, or a further witness of one. */
MUST_USE enum status writer_put(struct writer *w, const struct record *record, struct err *e);

/* What else a source says, in its turn. */
MUST_USE enum status writer_describe(struct writer *w, struct write_source *source,
                                     const struct conversation *c, struct err *e);
MUST_USE enum status writer_issue(struct writer *w, struct write_source *source,
                                  const struct issue *i, struct err *e);

void writer_free(struct writer *w);

#endif
