/*
 * Canonical printing: everything that a sink receives, as text, one fact a line. Golden tests
 * compare it, and two runs of an importer agree exactly if their canonical texts do.
 *
 *     struct buf out = buf_new(CANON_MAX);
 *     struct canon c = canon_to(&out);
 *     importer_read(f, source, &options, &c.sink, &report, e);
 *     // message 0+38 line 1
 *     //   conversation "release:2016-03-02T09:41:07/noll"
 *     //   sender "noll"
 *     //   ...
 *
 * A text stands in quotes, with what cannot be seen as \n, \t, \u{a0} or, if it is not UTF-8, \xff.
 * Fields that are empty are left out, except text and sender.
 */
#ifndef STET_CANON_H
#define STET_CANON_H

#include "buf.h"
#include "sink.h"

enum { CANON_MAX = 1 << 30 };

struct canon {
    struct sink sink; /* first: the calls come with its address */
    struct buf *out;  /* borrowed */
};

struct canon canon_to(struct buf *out);

/* The quoted form of one text. */
void canon_text(struct buf *out, str text);

#endif
