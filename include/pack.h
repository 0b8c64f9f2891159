/*
 * An evidence pack: a ZIP file with which somebody without Stet can check that messages stand in their
 * sources. What is in it and how it is checked: docs/evidence.md, assets/instructions.txt.
 *
 *     struct buf zip = buf_new(PACK_BYTES_MAX);
 *     struct pack_report report;
 *     const struct pack_options o = {.rows = rows, .count = 2, .context = 3};
 *     if (pack_make(&zip, store, &o, &arena, &report, e) == OK) ...     // write buf_str(&zip)
 *
 * The same archive, sources and options give the same bytes. It holds names of source files, and no
 * folder, user or machine.
 */
#ifndef STET_PACK_H
#define STET_PACK_H

#include "buf.h"
#include "store.h"

enum { PACK_BYTES_MAX = 1 << 30, PACK_MESSAGES_MAX = 999, PACK_CONTEXT_MAX = 100 };

struct pack_options {
    const int64_t *rows; /* in the order in which they stand in the pack */
    size_t count;
    int context; /* messages before and after each */
};

struct pack_report {
    size_t files, records; /* records: places whose bytes are in it */
    size_t records_missing;
    str why_missing; /* of the first; in the arena */
    struct sha256_digest manifest, root;
};

/* ERR_MISSING for a row that does not exist, ERR_LIMIT past one of the ceilings. A source that is not
   there any more is no failure: see records_missing. */
MUST_USE enum status pack_make(struct buf *out, struct store *s, const struct pack_options *o,
                               struct arena *a, struct pack_report *report, struct err *e);

#endif
