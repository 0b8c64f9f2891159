/*
 * The comparing sink: a source is read into it, member by member, and every record is held against
 * the row that the archive has for its place.
 */
#ifndef STET_EVIDENCE_AUDIT_COMPARE_H
#define STET_EVIDENCE_AUDIT_COMPARE_H

#include "audit.h"
#include "sink.h"
#include "store.h"
#include "zone.h"

/* Findings as they come: the first AUDIT_FINDINGS_MAX are kept, all are counted. */
struct findings {
    struct arena *arena;
    struct audit_finding items[AUDIT_FINDINGS_MAX];
    uint64_t count;
};
void finding_add(struct findings *f, int64_t row, int64_t source_id, const char *fmt, ...)
    PRINTF_LIKE(4, 5);

struct compare {
    struct sink sink; /* first: what the reading is given */
    struct store *store;
    const struct source_row *source;
    struct zone *zone; /* in which its naive clocks are read since `stet clock --apply`; or NULL */
    struct findings *findings;
    const struct place *places; /* by (member, byte) */
    size_t place_count;
    bool *met; /* of each place: its record was read */

    size_t first, end; /* the places of the member at hand */
    size_t next;       /* where the next record is expected */
    uint64_t strangers,
        stranger_at; /* records of the member that are not in the archive; the first */

    struct arena keys;
    str key, stored_key; /* of the conversation met last, as read and as stored */
    uint64_t read;       /* records so far */
    uint64_t wrong_ids;
    uint64_t proved, witnesses_proved;
    struct arena scratch;
};

/* Places and marks live in `a`; compare_end reports what was stored but not read, and frees. */
MUST_USE enum status compare_begin(struct compare *c, struct store *s,
                                   const struct source_row *source, struct findings *findings,
                                   struct arena *a, struct err *e);
void compare_end(struct compare *c, bool read_to_end);

/* A member comes (empty: the file itself), and is over. What failed and never was stored proves
   nothing and disproves nothing. */
void compare_member(struct compare *c, str inside);
bool compare_expects(const struct compare *c); /* records of this member are stored */
void compare_member_end(struct compare *c, bool read_to_end);

#endif
