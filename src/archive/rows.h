/* What the parts of the facade share: one row of the archive, its neighbours, its time as shown. */
#ifndef STET_ROWS_H
#define STET_ROWS_H

#include "archive.h"

struct reach {
    int before, after; /* messages of the same conversation */
};

/* Fills everything of `out` but the witnesses. All memory is the arena's. */
MUST_USE enum status row_view(struct store *s, int64_t row, struct reach reach, struct arena *arena,
                              struct view *out, struct err *e);

/* TIME_NONE for an undated row and for row 0. */
MUST_USE enum status row_wall_ms(struct store *s, int64_t row, int64_t *wall_ms, struct err *e);

#endif
