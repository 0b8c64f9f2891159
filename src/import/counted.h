/*
 * Something that may be odd about thousands of records is told once a source: how often, and where
 * first.
 *
 *     struct counted no_time = {0};
 *     counted_add(&no_time, m.locus);
 *     st = counted_tell(&no_time, sink, ISSUE_WARN, "badStamp", "without a readable time",
 *                       STR("They keep their place in the file."), e);   // "12 records without ..."
 */
#ifndef IMPORT_COUNTED_H
#define IMPORT_COUNTED_H

#include "sink.h"

struct counted {
    uint64_t count;
    struct locus first;
};

void counted_add(struct counted *c, struct locus where);

/* An issue that covers nothing, at the first of the records; nothing if there was none. */
MUST_USE enum status counted_tell(const struct counted *c, struct sink *sink,
                                  enum issue_severity severity, const char *code, const char *what,
                                  str way_out, struct err *e);

#endif
