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
 *     struct writer *w;                                   // a transaction; see below
 *     if (writer_begin(&w, s, WRITE_STREAM, e) == OK && writer_source(w, &origin, e) == OK && ...)
 *         st = writer_commit(w, results, e);              // or writer_abandon: as if never begun
 */
#ifndef STET_STORE_H
#define STET_STORE_H

#include "arena.h"
#include "columns.h"
#include "message.h"
#include "sink.h"

enum { STORE_APPLICATION_ID = 0x53746574 /* "Stet" */, STORE_SCHEMA_VERSION = 2 };

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
    str path;          /* absolute path of the file, so that audit finds it again; empty for standard input */
    str bundle;        /* absolute path of what the user named, of which the file is a part; may equal path */
    str name;          /* for people: the last part of the path, or the path inside a folder given */
    uint64_t size_bytes;
    str format, format_version; /* the importer that reads it; of an archive file: of its first member that
                                   is read, with "archive:" before the format if there are several */
    str zone_name;     /* as --tz gave it; empty if none */
    str options;       /* other options that change what is read: "date-order=mdy", one a line; or empty */
    int64_t imported_at_ms; /* UTC */
};

struct write_result {
    int64_t source_id;
    uint64_t messages_new, events_new; /* stored as new rows */
    uint64_t duplicates;               /* already here: they have one more witness now */
    uint64_t issues;
};

/*
 * One transaction takes one source or many:
 *
 *     writer_begin(&w, s, WRITE_SORTED, e);
 *     writer_source(w, &origin, e);                 // a file; its members follow
 *     writer_part(w, e);                            // a mark: one member of it
 *         ... records through writer_sink(w) ...
 *     writer_take_back(w, e);                       // or not: what came since the mark never was
 *     writer_source_end(w, &report, e);             // digest, counts (sums over its members)
 *     writer_commit(w, results, e);
 */
struct writer;

enum writer_way {
    WRITE_STREAM, /* one source, in order of time, straight into rows: the fastest; cannot take back */
    WRITE_SORTED  /* records wait in a spool file (unlinked, 0600, beside the archive) for the commit, which
                     sorts them by time and merges conversations; any number of sources */
};

/* Starts a transaction. Yours until writer_commit or writer_abandon. */
MUST_USE enum status writer_begin(struct writer **out, struct store *s, enum writer_way way,
                                  struct err *e);
struct sink *writer_sink(struct writer *w);

/* What comes from now on belongs to this source. The sink takes raw_digest or hashes raw. */
MUST_USE enum status writer_source(struct writer *w, const struct origin *o, struct err *e);
MUST_USE enum status writer_part(struct writer *w, struct err *e);
MUST_USE enum status writer_take_back(struct writer *w, struct err *e); /* WRITE_SORTED only */
MUST_USE enum status writer_source_end(struct writer *w, const struct import_report *report,
                                       struct err *e);
/* As if writer_source had not been called (every part of it failed). WRITE_SORTED only. */
MUST_USE enum status writer_source_drop(struct writer *w, struct err *e);

/* How much waits: when it is much, commit between two sources and begin again. */
uint64_t writer_spooled_bytes(const struct writer *w);

/* With WRITE_STREAM, records out of order of time, or before any that has a time, cannot be given rows:
   the sink fails with ERR_STOPPED and writer_out_of_order(w) is true. The caller abandons and begins again
   with WRITE_SORTED. */
bool writer_out_of_order(const struct writer *w);

/* Stores what waits, columns, counts, sources, and commits. Frees w in any case. `results`: one for each
   source that was ended, in their order (writer_sources(w) of them). */
size_t writer_sources(const struct writer *w);
MUST_USE enum status writer_commit(struct writer *w, struct write_result *results, struct err *e);
void writer_abandon(struct writer *w); /* rolls back and frees; NULL is fine */

/* The id of a source with these very bytes, and this name unless it is empty; 0 if there is none. */
MUST_USE enum status store_find_source(struct store *s, const struct sha256_digest *digest, str name,
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
    str person; /* who the sender was claimed to be (identity.h); empty: nobody is claimed */
    str hands;  /* what is noted about who uses this account; empty: nothing */
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
    str path, bundle, name, format, format_version, zone_name, options; /* as in struct origin */
    str clock_zone; /* in which its naive clocks are read since `stet clock --apply`; or empty */
    uint64_t size_bytes;
    struct sha256_digest digest;
    int64_t imported_at_ms;
    uint64_t messages, events, duplicates, issues, counted;
    int64_t first_row, last_row; /* messages first seen in it are among these; empty if first > last */
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
    bool loose;           /* as in struct conversation of sink.h */
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

/* "2015-11-19T13:46:39/5937-c3f1" -> row; ERR_MISSING if no message has this citation.
   An archive that cites the message otherwise (another key after a joining, another zone) finds it too. */
MUST_USE enum status store_cited(struct store *s, str citation, int64_t *row, struct err *e);

/* Every place of a source at which a stored message stands, by (member, byte). In the arena. */
struct place {
    str member; /* as in struct locus; places of one member stand together */
    uint64_t at;
    int64_t row;
    int nth; /* which of the message's witnesses: 0 is the first import */
};
MUST_USE enum status store_places(struct store *s, int64_t source_id, struct arena *a,
                                  struct place **out, size_t *count, struct err *e);

/* The message that an answer names by its platform id, in the answer's conversation: the first if the
   id has several wordings; *row is 0 if it is not here or the id is empty. */
MUST_USE enum status store_replied(struct store *s, int64_t conversation_id, str platform_id,
                                   int64_t *row, struct err *e);

/* The key of the conversation in which a source's records stand: its own key, or that of another to
   which it was joined because both hold the same messages. In the arena or `key` itself. */
MUST_USE enum status store_conversation_of(struct store *s, int64_t source_id, str key,
                                           struct arena *a, str *out, struct err *e);

/* Whether two records of one conversation are the same message, so that the second is only a further
   witness: the same sender, text and kind, and
   - the same platform id, and then the same sender's name will do, whatever their times; or
   - not two different platform ids, and the same instant where a source gives UTC, the same clock
     where none does. (Equals of one source are told apart by their number: see docs/schema.md.)
   That the conversations are the same is the caller's to see. */
bool store_same_message(const struct message *a, const struct message *b);

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
