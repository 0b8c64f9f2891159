/* Bytes into text: valid UTF-8 without NUL, or U+FFFD where it was not, and a note of where. */
#ifndef IMPORT_REPAIR_H
#define IMPORT_REPAIR_H

#include "buf.h"

struct repair {
    uint64_t bad, bad_at, bad_bytes; /* sequences that are not UTF-8; offset, size of the first */
    uint64_t nul, nul_at;            /* NUL bytes; offset of the first */
};

bool repair_needed(str raw);

/* Adds `raw`, which stands at offset `at`, to `out`. `r` is added to, not cleared. */
void repair_text(struct buf *out, str raw, uint64_t at, struct repair *r);

#endif
