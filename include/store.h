/*
 * The archive file: one SQLite database with FTS5, documented in docs/schema.md, that any SQLite tool
 * can read. This door opens it, writes a source into it under one transaction, and reads it back.
 *
 *     struct store *s;
 *     if (store_open(&s, "archive.stet", STORE_READ, e) != OK) ...
 *     struct stored m;
 *     if (store_message(s, 1523, &arena, &m, e) == OK)
 *         printf(STR_FMT "\n", STR_ARG(m.message.text));
 *     store_close(s);
 *
 *     struct writer *w;                                   // one source = one transaction
 *     if (writer_begin(&w, s, &origin, e) == OK &&
 *         importer_read(f, source, &options, writer_sink(w), &report, e) == OK)
 *         st = writer_commit(w, &report, &result, e);     // or writer_abandon: as if never begun
 */
#ifndef STET_STORE_H
#define STET_STORE_H

#include "arena.h"
#include "columns.h"
#include "message.h"
#include "sink.h"

enum { STORE_APPLICATION_ID = 0x53746574 /* "Stet" */, STORE_SCHEMA_VERSION = 1 };

enum store_mode {
    STORE_READ,  /* must exist; opened read-only, nothing is ever written */
    STORE_WRITE, /* must exist; migrated to the current schema if it is older */
    STORE_CREATE /* made with mode 0600 if it does not exist */
};

struct store;
struct sqlite3; /* for src/query only, which runs its own statements on the same connection */

/* ERR_MISSING (no file, hint: import something), ERR_DB (not ours, newer, damaged, busy).
   A STORE_READ store sees one state of the archive until it is closed, and keeps imports from being
   committed for so long: open it anew for each request of a long-lived program (0.4 ms).
   A file that STORE_CREATE made, and into which nothing was committed, is removed by store_close. */
MUST_USE enum status store_open(struct store **out, const char *path, enum store_mode mode,
                                struct err *e);
void store_close(struct store *s);
struct sqlite3 *store_db(struct store *s);
struct columns *store_columns(struct store *s);
const char *store_path(const struct store *s);

/* ---- writing ------------------------------------------------------------------------------- */

/* Where a source comes from, as far as it is known before it is read. */
struct origin {
    str path;          /* absolute path, so that audit finds it again; empty for standard input */
    str name;          /* for people: the last part of the path, or the path inside a folder given */
    uint64_t size_bytes;
    str format, format_version; /* the importer that reads it */
    str zone_name;     /* as --tz gave it; empty if none */
    int64_t imported_at_ms; /* UTC */
};

struct write_result {
    int64_t source_id;
    uint64_t messages_new, events_new; /* stored as new rows */
    uint64_t duplicates;               /* already here: they have one more witness now */
    uint64_t issues;
};

struct writer;

/* Starts a transaction. Yours until writer_commit or writer_abandon. */
MUST_USE enum status writer_begin(struct writer **out, struct store *s, const struct origin *o,
                                  struct err *e);
struct sink *writer_sink(struct writer *w);

/* Records that arrive out of order of time, or before any that has a time, cannot be given rows as
   they come: the sink fails with ERR_STOPPED and writer_out_of_order(w) is true. The caller abandons,
   rewinds the source, begins again and calls writer_reorder(w) before the first record; then records
   are spooled (encoded, in an unlinked 0600 file beside the archive) and sorted at the commit. */
bool writer_out_of_order(const struct writer *w);
void writer_reorder(struct writer *w);

/* Stores what is left, columns, counts and the source's digest, and commits. Frees w in any case. */
MUST_USE enum status writer_commit(struct writer *w, const struct import_report *report,
                                   struct write_result *out, struct err *e);
void writer_abandon(struct writer *w); /* rolls back and frees; NULL is fine */

/* The id of a source with these very bytes, 0 if there is none. */
MUST_USE enum status store_find_source(struct store *s, const struct sha256_digest *digest,
                                       int64_t *id, struct err *e);
MUST_USE enum status store_has_source_of_size(struct store *s, uint64_t size_bytes, bool *yes,
                                              struct err *e);

/* ---- reading -------------------------------------------------------------------------------- */

struct stored {
    int64_t row;
    struct message message; /* slices live in the arena that was given; raw is empty */
    int64_t conversation_id, sender_id;
    str conversation_title;
    uint32_t content_id;
    int witnesses;
};

/* ERR_MISSING if there is no such row. */
MUST_USE enum status store_message(struct store *s, int64_t row, struct arena *a,
                                   struct stored *out, struct err *e);

/* Only the text, faster, borrowed until the next call on this store. */
MUST_USE enum status store_text(struct store *s, int64_t row, str *text, struct err *e);

struct witness {
    int64_t source_id;
    str source_name;
    struct locus locus;
    struct sha256_digest digest; /* of the record's bytes in the source */
};
/* All places where a message stands, the first import first. The array lives in the arena. */
MUST_USE enum status store_witnesses(struct store *s, int64_t row, struct arena *a,
                                     struct witness **out, size_t *count, struct err *e);

struct source_row {
    int64_t id;
    str path, name, format, format_version, zone_name;
    uint64_t size_bytes;
    struct sha256_digest digest;
    int64_t imported_at_ms;
    uint64_t messages, events, duplicates, issues, counted;
    int64_t first_row, last_row; /* messages first seen in it; empty if first > last */
};
struct participant_row {
    int64_t id;
    str key, name;
    uint64_t messages, events;
    int64_t first_row, last_row; /* in time order; 0 without any */
};
struct conversation_row {
    int64_t id;
    str key, title, platform, type;
    uint64_t messages, events;
    int64_t first_row, last_row;
    int64_t participants; /* who wrote at least once */
};
struct issue_row {
    int64_t id, source_id;
    enum issue_severity severity;
    str source_name, code, what, way_out;
    struct locus locus;
};

/* Whole small tables at once, in the arena: sources by id, participants and conversations by number
   of messages (most first, then by name). */
MUST_USE enum status store_sources(struct store *s, struct arena *a, struct source_row **out,
                                   size_t *count, struct err *e);
MUST_USE enum status store_participants(struct store *s, struct arena *a,
                                        struct participant_row **out, size_t *count, struct err *e);
MUST_USE enum status store_conversations(struct store *s, struct arena *a,
                                         struct conversation_row **out, size_t *count,
                                         struct err *e);
MUST_USE enum status store_issues(struct store *s, struct arena *a, struct issue_row **out,
                                  size_t *count, struct err *e);

/* Conversations in which a participant wrote: for `with:`. */
MUST_USE enum status store_conversations_of(struct store *s, int64_t participant_id, struct arena *a,
                                            int64_t **out, size_t *count, struct err *e);

/* The neighbours of a message in its own conversation, in time order: up to `before` rows before it
   and `after` rows after it; the row itself is at (*rows)[*at]. In the arena. */
MUST_USE enum status store_around(struct store *s, int64_t row, int before, int after,
                                  struct arena *a, int64_t **rows, size_t *count, size_t *at,
                                  struct err *e);

/* "2015-11-19T13:46:39/5937-c3f1" -> row; ERR_MISSING if no message has this citation. */
MUST_USE enum status store_cited(struct store *s, str citation, int64_t *row, struct err *e);

/* Every place of a source at which a stored message stands, by (member, byte). In the arena. */
struct place {
    uint64_t at;
    int64_t row;
    int nth; /* which of the message's witnesses: 0 is the first import */
};
MUST_USE enum status store_places(struct store *s, int64_t source_id, struct arena *a,
                                  struct place **out, size_t *count, struct err *e);

/* The flags under which a message is stored: those of its importer and those of links.h. */
uint32_t store_flags(const struct message *m);

/* ---- proving -------------------------------------------------------------------------------- */

/* The two halves below. Says OK or what disagrees first. Needs STORE_WRITE. */
MUST_USE enum status store_check(struct store *s, struct err *e);

/* SQLite's integrity check, columns against the message table, ids without gaps, counts, references. */
MUST_USE enum status store_check_tables(struct store *s, struct err *e);

/* FTS5's own check of the index against the stored texts. Needs STORE_WRITE, because FTS5 is asked
   through an INSERT; nothing is written. */
MUST_USE enum status store_check_index(struct store *s, struct err *e);

#endif
