/*
 * Tables of messages that no format describes: which column is what is stated with --map or guessed
 * by the columns' names. Rows come from CSV (table.c) or are JSON objects (jsonl.c).
 */
#ifndef IMPORT_TABLE_H
#define IMPORT_TABLE_H

#include "arena.h"
#include "counted.h"
#include "importer.h"
#include "written_order.h"

/* What a column can be. */
enum table_use {
    USE_TIME,
    USE_SENDER,
    USE_NAME, /* of the sender, where USE_SENDER is an id */
    USE_TEXT,
    USE_CONVERSATION,
    USE_ID,
    USE_REPLY,
    USE_RECIPIENT,
    USE_COUNT
};

/* The name of the column for each use; empty if there is none. `second`: that of the time of day,
   where date and time stand in two. */
struct table_map {
    str column[USE_COUNT], second;
    bool guessed;
};

/* "time=date,sender=user,text=body"; "time=date+clock" for two columns. ERR_FORMAT if it is no such
   list. */
MUST_USE enum status table_map_read(struct table_map *out, str map, struct err *e);

/* By the names; false unless there is a text, and a time or a sender. */
bool table_map_guess(struct table_map *out, const str *names, size_t count);

/* --- Messages of rows -------------------------------------------------------------------------- */

struct table {
    struct sink *sink;
    const struct import_options *options;
    struct table_map map;
    struct written_order order;
    struct arena arena;  /* of the source */
    struct arena record; /* of the row at hand */
    str key, title;      /* of the conversation where no column tells */
    uint64_t *seen;      /* hashes of the conversations sent */
    size_t seen_count, seen_cap;
    struct counted no_time, date_only, ambiguous;
};

/* The conversation by the source's path; what was guessed is told. `order` must have seen the times. */
MUST_USE enum status table_begin(struct table *t, const struct source *source, struct err *e);
void table_see_time(struct table *t, str time, str second);

/* Sends the message of a row; `m` has its place, `values` are the row's by use, `second` that of the
   time of day. */
MUST_USE enum status table_row(struct table *t, struct message *m, const str values[USE_COUNT],
                               str second, struct err *e);
MUST_USE enum status table_end(struct table *t, struct err *e);
void table_free(struct table *t);

extern const struct importer importer_csv, importer_jsonl;

#endif
