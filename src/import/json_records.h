/*
 * What all formats in JSON share: the walk, the books of bytes, broken records as issues. A format
 * names the paths of its records and of what it must know beside them, and makes a message of each.
 *
 *     static const char *const paths[] = {"name", "messages[]", NULL};
 *     static const struct json_format format = {.paths = paths, .records = 1 << 1, .part = on_part};
 *     return json_records(source, sink, &format, &context, e);
 */
#ifndef IMPORT_JSON_RECORDS_H
#define IMPORT_JSON_RECORDS_H

#include "importer.h"
#include "json_value.h"
#include "json_walk.h"

struct json_format {
    const char *const *paths; /* as in json_walk_handler */
    unsigned records;         /* bit i: values at paths[i] are records */
    bool prologue;
    /* For a record: must push exactly one message or one covering issue for p->at, p->raw. For another
       path: takes note of `v`; its bytes are wrapping already. `v` is NULL for "... {". */
    enum status (*part)(void *context, const struct json_part *p, const struct json_value *v,
                        const struct json_mends *mends, struct err *e);
};

MUST_USE enum status json_records(struct source *source, struct sink *sink,
                                  const struct json_format *format, void *context, struct err *e);

/* The same over a twin of the source, without any books: to learn what stands behind the records
   (a title) before they are read. Paths with bits in `records` are not handed over. A part that returns
   ERR_STOPPED ends the look-ahead, which is then OK. */
MUST_USE enum status json_look_ahead(struct source *source, const struct json_format *format,
                                     void *context, struct err *e);

/* An empty message with its place, raw bytes and FLAG_LOSSY where something was mended with loss. */
struct message json_message(const struct json_part *p, const struct json_mends *mends);

/* A record that is no message: a covering ISSUE_ERROR for all its bytes. */
MUST_USE enum status json_refuse(struct sink *sink, const struct json_part *p, const char *code,
                                 str what, struct err *e);

/* Independent counters: how many elements stand directly in arrays that are the value of `key` ("" for
   a top-level array; NULL: how many top-level values there are), by a scan that knows only strings, brackets
   and the lines at which a broken record is given up (json_walk.h). Not in elements of such an array. */
void json_count_elements(struct counter *c, str bytes, const char *key);

#endif
