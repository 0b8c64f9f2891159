/*
 * What a reader adds to an archive: tags and notes on messages, searches to come back to. They stand in
 * the archive file beside the messages, and never change them. Each act can be undone.
 *
 *     int64_t rows[] = {1523, 1524};
 *     uint64_t changed;
 *     marks_tag(store, STR("lead"), rows, 2, now_ms, &changed, e);      // needs STORE_WRITE
 *     marks_undo(store, &a, &what, e);                                  // "the tag \"lead\" of 2 messages"
 *
 * Names of tags are kept as written, without blanks at the ends; a comma parts two, so a name has none.
 * The tag "star" is what a star on the page sets.
 */
#ifndef STET_MARKS_H
#define STET_MARKS_H

#include "arena.h"
#include "store.h"

enum { MARK_NAME_MAX = 100, MARK_NOTE_MAX = 64 << 10, MARKS_AT_ONCE_MAX = 1000000 };

/* Tags, or takes the tag off; *changed is how many had it not, or had it. One act. ERR_QUERY for a name
   that cannot be one, ERR_MISSING for a row that does not exist. */
MUST_USE enum status marks_tag(struct store *s, str name, const int64_t *rows, size_t count,
                               int64_t now_ms, uint64_t *changed, struct err *e);
MUST_USE enum status marks_untag(struct store *s, str name, const int64_t *rows, size_t count,
                                 int64_t now_ms, uint64_t *changed, struct err *e);

/* A note on a message or on a range of a conversation; *id names it. */
MUST_USE enum status marks_note(struct store *s, int64_t first_row, int64_t last_row, str text,
                                int64_t now_ms, int64_t *id, struct err *e);
MUST_USE enum status marks_unnote(struct store *s, int64_t id, struct err *e);

/* Keeps a query under a name; the same name again replaces it. An empty query takes it away. */
MUST_USE enum status marks_save(struct store *s, str name, str query, int64_t now_ms,
                                struct err *e);

/* Takes back the last act and says what it was; ERR_MISSING if there is none left. */
MUST_USE enum status marks_undo(struct store *s, struct arena *a, str *what, struct err *e);

/* ---- reading --------------------------------------------------------------------------------- */

struct tag_row {
    int64_t id;
    str name;
    uint64_t messages;
};
struct note_row {
    int64_t id, first_row, last_row, at_ms;
    str text;
};
struct saved_row {
    str name, query;
    int64_t at_ms;
};

/* All tags by number of messages, notes by place, saved searches by name; in the arena. */
MUST_USE enum status marks_tags(struct store *s, struct arena *a, struct tag_row **out,
                                size_t *count, struct err *e);
MUST_USE enum status marks_notes(struct store *s, struct arena *a, struct note_row **out,
                                 size_t *count, struct err *e);
MUST_USE enum status marks_saved(struct store *s, struct arena *a, struct saved_row **out,
                                 size_t *count, struct err *e);

/* Those of one message: its tags by name, the notes whose range it is in. */
MUST_USE enum status marks_tags_of(struct store *s, int64_t row, struct arena *a,
                                   struct tag_row **out, size_t *count, struct err *e);
MUST_USE enum status marks_notes_of(struct store *s, int64_t row, struct arena *a,
                                    struct note_row **out, size_t *count, struct err *e);

#endif
