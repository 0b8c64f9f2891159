/*
 * Columns: the numbers that searches filter, sort and count by, one array a property, packed in
 * chunks of rows (frame of reference: base + value x scale in 0 to 8 bytes). They are derived from
 * the message table, can be rebuilt at any time, and are read from the archive chunk by chunk only
 * when a row of that chunk is asked for: opening an archive costs nothing however large it is.
 *
 *     struct columns *c = store_columns(store);
 *     int64_t utc = column_at(c, COLUMN_TIME, row);
 *     struct row_range r = columns_time_range(c, from_utc_ms, to_utc_ms);   // if in time order
 *
 * Rows are message ids: 1 to columns_rows(c), dense. Asking for a row outside is a bug (assert).
 * A chunk that cannot be read ends in columns_failed(c): every loop over columns ends by asking it.
 */
#ifndef STET_COLUMNS_H
#define STET_COLUMNS_H

#include "err.h"
#include "str.h"

enum { COLUMN_CHUNK_ROWS = 1 << 15 };

/* Written to archives: append only. */
enum column {
    COLUMN_TIME,         /* UTC ms that the message sorts by; for an undated one its neighbour's */
    COLUMN_OFFSET,       /* minutes from UTC to the time as shown */
    COLUMN_SENDER,       /* participant id, 0 for the system */
    COLUMN_CONVERSATION, /* conversation id */
    COLUMN_TRAITS,       /* see TRAIT_* */
    COLUMN_WORDS,        /* number of words (tokenize_count) */
    COLUMN_CONTENT,      /* message_content_id, 32 bits */
    COLUMN_SOURCE,       /* source id of the first witness */
    COLUMN_COUNT
};

/* COLUMN_TRAITS: kind in bits 0-3, time basis in 4-6, ambiguous time in 7, message flags from 8. */
#define TRAIT_KIND(traits) ((int)((traits) & 15))
#define TRAIT_BASIS(traits) ((int)(((traits) >> 4) & 7))
#define TRAIT_AMBIGUOUS(traits) (((traits) >> 7) & 1)
#define TRAIT_FLAGS(traits) ((uint32_t)((traits) >> 8))

struct row_range {
    int64_t first, last; /* inclusive; empty if first > last */
};

struct columns;

int64_t columns_rows(const struct columns *c);
int64_t column_at(struct columns *c, enum column which, int64_t row);

/* Smallest and largest value of the chunk that holds `row`, and that chunk's rows: lets a scan skip
   a chunk without unpacking it. */
struct column_extent {
    int64_t min, max;
    struct row_range rows;
};
struct column_extent column_extent_at(struct columns *c, enum column which, int64_t row);

/* True if row ids are in time order as a whole (one import, or imports one after another). */
bool columns_in_time_order(const struct columns *c);

/* Rows whose time (as shown = COLUMN_TIME + COLUMN_OFFSET) may lie in [from, to) ms, as a range of row
   ids; undated rows inside are included, the caller tests basis. If row ids are not in time order:
   all rows. Either bound may be TIME_NONE for open. */
struct row_range columns_wall_range(struct columns *c, int64_t from_ms, int64_t to_ms);

/* The sticky failure of any chunk that could not be read. */
enum status columns_failed(const struct columns *c, struct err *e);

#endif
