/*
 * What stands around the messages of a chat.db: who and where, in the tables beside `message`. Ids are
 * rowids of the database.
 */
#ifndef IMPORT_IMESSAGE_H
#define IMPORT_IMESSAGE_H

#include "arena.h"
#include "importer.h"
#include "json_value.h"

extern const struct importer importer_imessage_db;

struct imessage_handle {
    int64_t id;
    str address; /* a phone number or e-mail address */
};

struct imessage_chat {
    int64_t id;
    str identifier; /* "+491...", "chat123..." */
    str name;       /* empty if it was given none */
    str members;    /* their addresses, joined; for a title */
    bool group;
    bool told; /* to the sink */
};

struct imessage_file {
    int64_t id;
    str name, mime, path; /* path beside the table of messages; empty if not known */
    int64_t size_bytes;
};

/* A tapback that says something about a message, in order of the rows. */
struct imessage_tapback {
    str target; /* guid */
    str sender; /* as in a message */
    str emoji;
    int64_t utc_ms;
    size_t nth;
    bool removed; /* takes back an earlier one, or was taken back */
};

struct imessage_tables;

/* Reads the tables beside the one at hand; those that are not there are empty. Yours to free. */
MUST_USE enum status imessage_tables_read(struct imessage_tables **out, struct siblings *s,
                                          struct err *e);
void imessage_tables_free(struct imessage_tables *t);

/* All NULL if there is none. */
const struct imessage_handle *imessage_handle(const struct imessage_tables *t, int64_t id);
struct imessage_chat *imessage_chat_of(const struct imessage_tables *t, int64_t message);
bool imessage_is_recoverable(const struct imessage_tables *t,
                             int64_t message); /* deleted, still there */
const struct imessage_file *imessage_file(const struct imessage_tables *t, int64_t message,
                                          size_t n);

/* ---- imessage_tapback.c ---- */

/* "loved", "removed a heart from": what a tapback does, by its number; NULL if the number is none. */
const char *imessage_tapback_verb(int64_t type);
str imessage_tapback_emoji(int64_t type, const struct json_value *row);
/* The guid in "p:0/GUID" or "bp:GUID". */
str imessage_target(const struct json_value *row);

/* ---- imessage_row.c ---- */

/* Nanoseconds since 2001, or seconds in old databases, to milliseconds since 1970. */
int64_t imessage_time(int64_t value);
/* The bytes of {"hex":"..."}; in the arena. */
str imessage_blob(const struct json_value *v, struct arena *a);
/* The text of a row and its earlier wordings. *unreadable: it has a body that nobody can read. */
str imessage_text(const struct json_value *row, struct arena *a, bool *unreadable);
void imessage_edits(const struct json_value *row, struct arena *a, struct message *m);
/* What the system says in a row that is no text: "added +49..."; empty if it is one. */
str imessage_event(const struct json_value *row, const struct imessage_tables *t, struct arena *a);

#endif
