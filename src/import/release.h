/*
 * The grammar of a group chat release, shared by its two forms. A form cuts its source into blocks,
 * a block being a line that starts a record with all the lines that continue it, as text; this
 * module makes messages of blocks. The form accounts for the bytes between blocks itself.
 */
#ifndef IMPORT_RELEASE_H
#define IMPORT_RELEASE_H

#include "arena.h"
#include "importer.h"
#include "repair.h"

enum { RELEASE_RECORD_MAX = BUF_MESSAGE_MAX }; /* a longer record is cut, the rest is an issue */

enum release_head {
    HEAD_NONE,    /* the line continues what came before */
    HEAD_MESSAGE, /* [YYYY-MM-DD HH:MM:SS] <... */
    HEAD_EVENT,   /* [DMConversationEntry] ... */
};
enum release_head release_head_of(str line);

/* True for "[LatestTweetID] 123": the last line of a release, known and no message. */
bool release_is_latest(str line);

/* Without the blank lines at its end (blank: nothing but white space and U+00A0) and without the
   end of its last line. */
str release_trim_end(str block);

struct release_block {
    enum release_head head;
    str body;             /* the record as text, lines separated by LF, no LF at the end */
    str raw;              /* its bytes in the source */
    uint64_t at, line;    /* of raw */
    bool cut;             /* the text would exceed BUF_MESSAGE_MAX: it ends early */
    struct repair repair; /* what had to be replaced to make `body` of `raw` */
};

struct release_held;
struct release {
    struct sink *sink;
    const struct import_options *options;
    str title;                             /* until the chat gives itself one */
    str key;                               /* of the conversation; empty until it is known */
    struct arena arena;                    /* key, held records */
    struct release_held *held, **held_end; /* records that came before the key was known */
    size_t held_count, held_bytes;
    uint64_t records;
    int64_t ambiguous_hour; /* the last one that an issue was made of */
    bool odd_name_told;
    struct attachment *attachments; /* of the message at hand */
    size_t attachments_cap;
};

struct release release_to(struct sink *sink, const struct import_options *options,
                          const struct source *source);
MUST_USE enum status release_add(struct release *r, const struct release_block *b, struct err *e);

/* Hands on what is still held, and says so if there was nothing at all in `bytes` bytes. */
MUST_USE enum status release_end(struct release *r, uint64_t bytes, struct err *e);
void release_free(struct release *r);

/* What there is to say about a source; NOTE_PREAMBLE, NOTE_OVERSIZE and NOTE_PAGE_TEXT explain bytes
   that belong to no message. */
enum release_note {
    NOTE_BAD_UTF8,
    NOTE_NUL,
    NOTE_CUT,
    NOTE_BAD_STAMP,
    NOTE_AMBIGUOUS_TIME,
    NOTE_NO_NAME,
    NOTE_ODD_NAME,
    NOTE_NEAR_STAMP,
    NOTE_PREAMBLE,
    NOTE_OVERSIZE,
    NOTE_PAGE_TEXT,
    NOTE_NO_RECORDS,
};
MUST_USE enum status release_tell(struct release *r, enum release_note note, struct locus locus,
                                  struct err *e);
struct locus release_locus(uint64_t at, uint64_t length, uint64_t line);

extern const struct importer importer_release_text, importer_release_html;
void release_count_text(struct counter *c, str bytes);
void release_count_html(struct counter *c, str bytes);

#endif
