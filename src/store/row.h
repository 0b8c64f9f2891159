/*
 * A row of the message table: how the fields of a message are laid into columns and taken out again.
 */
#ifndef STET_STORE_ROW_H
#define STET_STORE_ROW_H

#include "db.h"
#include "spool.h"

struct row {
    const struct message *message;
    const struct sha256_digest *digest;
    int64_t id, conversation_id, participant_id, source_id;
    bool same_name;   /* the sender's name is the one that stands with the participant */
    bool id_is_taken; /* its platform id stands here already with other words */
    int64_t sent_ms, offset_min;
    uint32_t flags, content_id;
};

/* UTC to the minute that the shown clock allows: what is shown less a whole number of minutes, so
   that both can be told from sent_ms and offset_min. (Offsets with seconds ended by 1972.) */
int64_t row_sort_ms(const struct message_time *t);

/* The part of a row that follows from the record alone. An undated one takes `offset_before`. */
struct row row_of(const struct record *record, int64_t offset_before);

void row_bind(sqlite3_stmt *insert, const struct row *r);

/* Copies the fields of SELECT_MESSAGE's row into the arena; names of people and conversations are
   left to the caller. */
void row_read(sqlite3_stmt *select, struct arena *a, struct stored *out);

/* As store_message, without lists and witnesses. */
MUST_USE enum status row_load(struct store *s, int64_t row, struct arena *a, struct stored *out,
                              struct err *e);
int64_t row_participant(sqlite3_stmt *select);
bool row_has_own_name(sqlite3_stmt *select);
struct sha256_digest row_digest(sqlite3_stmt *select); /* of the record's bytes in the source */

#endif
