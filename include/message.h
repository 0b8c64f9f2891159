/*
 * The record: what every importer produces and everything else consumes. A `struct message` is a
 * view: its slices are borrowed from whoever hands it out, until the next record.
 *
 *     struct message m = message_empty();
 *     m.conversation = STR("release:2016-02-01T08:00:00/noll");
 *     m.sender = STR("noll");
 *     m.text = STR("good morning");
 *     m.time = (struct message_time){.wall_ms = wall, .utc_ms = wall, .basis = BASIS_ASSUMED};
 *
 * Rules: `text` is verbatim: the source's own characters after the format's decoding (entities,
 * JSON escapes), never trimmed inside, never normalised. `raw` is the source's bytes of the record.
 */
#ifndef STET_MESSAGE_H
#define STET_MESSAGE_H

#include "civil.h"
#include "sha256.h"
#include "str.h"

enum message_kind {
    KIND_TEXT,  /* somebody's words */
    KIND_EVENT, /* joined, left, renamed ...: the system's words */
    KIND_CALL,
    KIND_POLL,  /* the question and its options, a line each */
    KIND_COUNT
};

/* How we know the instant. Written to archives: append only. */
enum time_basis {
    BASIS_NONE,       /* no time known at all: order only */
    BASIS_ASSUMED,    /* a naive stamp, read as UTC because nothing else is known */
    BASIS_STATED,     /* a naive stamp, in the zone that the user stated with --tz */
    BASIS_INFERRED,   /* a naive stamp, in the zone that `stet clock` inferred */
    BASIS_SOURCE_UTC, /* the source itself gives UTC or an offset */
    BASIS_COUNT
};

struct message_time {
    int64_t wall_ms; /* as shown in the source, as civil milliseconds; TIME_NONE without a time */
    int64_t utc_ms;  /* the instant; TIME_NONE without a time */
    enum time_basis basis;
    bool ambiguous;  /* the wall time exists twice or never in its zone */
};

/* Properties that `is:` and `has:` ask for. Written to archives: append only. */
enum message_flag {
    FLAG_EDITED = 1 << 0,
    FLAG_DELETED = 1 << 1,
    FLAG_FORWARDED = 1 << 2,
    FLAG_REPLY = 1 << 3,
    FLAG_REDACTED = 1 << 4, /* the publisher took something out: "[redacted ...]" */
    FLAG_LOSSY = 1 << 5,    /* decoding replaced something; see the issues */
    FLAG_LINK = 1 << 6,
    FLAG_IMAGE = 1 << 7,
    FLAG_VIDEO = 1 << 8,
    FLAG_AUDIO = 1 << 9,
    FLAG_FILE = 1 << 10,
    FLAG_MENTION = 1 << 11,
    FLAG_EMOJI = 1 << 12,
    FLAG_NUMBER = 1 << 13,
    FLAG_PHONE = 1 << 14,
    FLAG_EMAIL = 1 << 15,
    FLAG_REACTION = 1 << 16,
};

/* Where a record stands in its source. Offsets and lengths in bytes; line from 1, 0 if it has none. */
struct locus {
    uint64_t at, length, line;
    str member; /* path inside an archive file; empty if the source is the file itself */
};

enum attachment_kind { ATTACH_FILE, ATTACH_IMAGE, ATTACH_VIDEO, ATTACH_AUDIO, ATTACH_LINK_CARD };

struct attachment {
    enum attachment_kind kind;
    str name, mime; /* empty if not known */
    int64_t size_bytes; /* -1 if not known */
    str path;       /* where its file stands beside the source ("../media/a.jpg"); empty if it does not */
    const struct sha256_digest *digest; /* of that file; NULL if it is not there */
};

/* Somebody's reaction; one without a sender stands for `count` people whom the source does not name. */
struct reaction {
    str emoji;               /* as the source has it: an emoji, or a word such as "like" */
    str sender, sender_name; /* as in a message; empty if not named */
    int64_t utc_ms;          /* TIME_NONE if not known */
    uint32_t count;          /* 1 with a sender */
};

/* An earlier wording of a message. */
struct edit {
    str text;
    int64_t utc_ms; /* when this wording was written or replaced, as the source says; or TIME_NONE */
};

struct person_ref {
    str key, name; /* as sender and sender_name in a message */
};

struct message {
    str platform_id;   /* the platform's own id; empty if it has none */
    str conversation;  /* stable key of the conversation, the same whatever the file is called */
    str sender;        /* stable key: the platform's id, or the name as shown; empty for the system */
    str sender_name;   /* as shown; empty means: the same as `sender` */
    enum message_kind kind;
    str text;
    struct message_time time;
    str time_shown;    /* the stamp's characters in the source; empty without a stamp */
    uint32_t flags;    /* enum message_flag, those that only the importer knows */
    str reply_to;      /* platform id of the message answered; empty if none */
    str forwarded_from; /* whose words they were, as shown; empty if not forwarded or not told */
    int64_t forwarded_utc_ms, edited_utc_ms, deleted_utc_ms; /* TIME_NONE if not known */
    const struct attachment *attachments;
    const struct reaction *reactions;
    const struct edit *edits; /* earlier wordings, the oldest first; `text` is the last */
    const struct person_ref *mentions;   /* whom the source itself marks as mentioned */
    const struct person_ref *recipients; /* to whom it was sent, where the source says so (e-mail) */
    size_t attachment_count, reaction_count, edit_count, mention_count, recipient_count;
    struct locus locus;
    str raw;           /* the source's bytes at `locus`; may be empty if raw_digest is set */
    const struct sha256_digest *raw_digest; /* of those bytes; NULL: to be computed of `raw` */
};

struct message message_empty(void); /* all slices empty, no time, kind text */
const char *message_kind_name(enum message_kind kind);
const char *time_basis_name(enum time_basis basis); /* "none" "assumed" "stated" "inferred" "utc" */

/* The name of a flag as `is:` or `has:` spell it; NULL past the last. */
const char *message_flag_name(uint32_t flag);

/* The eight-digit content id that, behind the time as shown, cites a message:
   SHA-256 over the length-prefixed fields (conversation, time in canonical form: UTC if the source
   gives it, as shown otherwise; sender, text with each run of white space as one blank or line feed) and the occurrence number (0 for the first of equals), its first 32 bits.
   Printed as "2015-11-19T13:46:39/5937-c3f1"; without a time as "undated/5937-c3f1". */
uint32_t message_content_id(const struct message *m, uint32_t occurrence);
enum { CITATION_TEXT = 48 };
const char *message_citation(char out[CITATION_TEXT], int64_t wall_ms, uint32_t content_id);

#endif
