/* The bytes of a record at its place in a source file, proved by their hash. */
#ifndef STET_EVIDENCE_RECORD_BYTES_H
#define STET_EVIDENCE_RECORD_BYTES_H

#include "store.h"

enum { RECORD_BYTES_MAX = 64 << 20 };

/* Into the arena. ERR_MISSING: the file is gone, came from standard input, or the record stands inside an
   archive file; ERR_FORMAT: it is another file by now; ERR_LIMIT: more than RECORD_BYTES_MAX. */
MUST_USE enum status record_bytes(str *out, const struct source_row *source,
                                  const struct witness *w, struct arena *a, struct err *e);

#endif
