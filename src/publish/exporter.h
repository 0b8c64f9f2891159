/*
 * What an exporter is, and what it gets to see: for the files of this folder.
 */
#ifndef PUBLISH_EXPORTER_H
#define PUBLISH_EXPORTER_H

#include "marks.h"
#include "publish.h"

/* An export that runs. */
struct publishing {
    struct store *store;
    str query;                              /* in canonical form */
    uint64_t count;                         /* messages and events that will come */
    struct source_row *sources;             /* by id */
    struct conversation_row *conversations; /* by size */
    size_t source_count, conversation_count;
    bool marked;          /* there are tags or notes at all */
    struct buf *out;      /* append here; it is written whenever it is large */
    struct arena arena;   /* lives as long as the export */
    struct arena scratch; /* as long as a message */
    void *state;          /* the exporter's own, in the arena */
};

struct published {
    const struct stored *stored;
    const struct witness *witnesses;
    size_t witness_count;
    const struct tag_row *tags; /* what the reader added */
    const struct note_row *notes;
    size_t tag_count, note_count;
};

struct exporter {
    const char *name;  /* as --format takes it: "jsonl" */
    const char *title; /* one line for people */
    enum status (*begin)(struct publishing *p, struct err *e);
    enum status (*message)(struct publishing *p, const struct published *m, struct err *e);
    enum status (*end)(struct publishing *p, struct err *e);
};

extern const struct exporter exporter_jsonl, exporter_csv, exporter_html, exporter_markdown,
    exporter_text;

#endif
