/*
 * What the forms of e-mail share (mbox.c, eml.c): one message as bytes becomes one record. The header
 * is read here, field by field and in linear time, so that GMime never sees more of it than what says
 * how the body is built; charsets are ICU's; nothing of what is decided depends on iconv.
 */
#ifndef IMPORT_MAIL_H
#define IMPORT_MAIL_H

#include "arena.h"
#include "buf.h"
#include "importer.h"

enum {
    MAIL_MAX = 64 << 20,          /* a longer message is cut, the rest is an issue */
    MAIL_FIELD_MAX = 256 << 10,   /* of one header field; what is beyond is not looked at */
    MAIL_PEOPLE_MAX = 10000,      /* recipients of a message */
    MAIL_ATTACHMENTS_MAX = 10000, /* attachments of a message */
    MAIL_NESTED_MAX = 6,          /* messages in messages */
};

/* ---- header (mail_head.c) -------------------------------------------------------------------- */

enum mail_field {
    MAIL_FROM,
    MAIL_SENDER,
    MAIL_TO,
    MAIL_CC,
    MAIL_BCC,
    MAIL_SUBJECT,
    MAIL_DATE,
    MAIL_MESSAGE_ID,
    MAIL_IN_REPLY_TO,
    MAIL_REFERENCES,
    MAIL_RECEIVED,
    MAIL_CONTENT_TYPE,
    MAIL_CONTENT_ENCODING,
    MAIL_CONTENT_DISPOSITION,
    MAIL_CONTENT_LENGTH,
    MAIL_X_STATUS,
    MAIL_MOZILLA_STATUS,
    MAIL_FIELD_COUNT
};

struct mail_head {
    str value
        [MAIL_FIELD_COUNT]; /* raw, still folded, without the last line end; the first of its name */
    bool twice[MAIL_FIELD_COUNT];
    str block, body;
    size_t fields;  /* of any name */
    bool cut_short; /* a line that is no field ended the header, not a blank one */
};

struct mail_head mail_head_of(str message);
str mail_field_name(enum mail_field f);

/* The next field of a block; false at its end. */
bool mail_next_field(str *block, str *name, str *value);
bool mail_is_field(str line); /* "Name: ..." */

/* A field's value on one line, without white space at its ends. Lives in `a` or is a part of `raw`. */
str mail_unfold(struct arena *a, str raw);

/* ---- words (mail_words.c) -------------------------------------------------------------------- */

/* Encoded words (RFC 2047) and bytes beyond ASCII as UTF-8 without NUL. `charset` is for those bytes if
   they are not UTF-8; may be "". Sets *lossy where something was replaced. */
str mail_decode(struct arena *a, str unfolded, const char *charset, bool *lossy);

/* A parameter of Content-Type or Content-Disposition, decoded (RFC 2231, or encoded words as many
   programs do); empty if it has none. */
str mail_param(struct arena *a, str unfolded, const char *name, bool *lossy);

/* Length of the encoded word at the start of `s`; 0 if there is none. */
size_t mail_word_length(str s);

/* Adds `bytes` in `charset`; a name that nobody knows is a guess, told as lossy if it mattered. */
void mail_add_text(struct buf *out, str bytes, const char *charset, bool *lossy);

/* The codings of encoded words (mail_coding.c). */
int mail_hex_digit(char c); /* -1 if it is none */
void mail_add_base64(struct buf *out, str text);
void mail_add_quoted(struct buf *out, str text);

/* ---- addresses, ids, dates ------------------------------------------------------------------- */

/* The next address of a list; false at its end. name is empty if none is given; key is the address in
   lower case. "noll at varnholm.example", as list archives write it, is read as an address. */
bool mail_next_address(struct arena *a, str *list, const char *charset, struct person_ref *out,
                       bool *lossy);

/* The next "<id>" of a list, without its brackets. */
bool mail_next_id(str *list, str *id);

/* RFC 5322 with its obsolete forms, and what ctime(3) prints. False if it is no date. */
bool mail_date(str s, struct stamp *out);

/* ---- threads (mail_threads.c) ---------------------------------------------------------------- */

struct mail_threads; /* of one source: which id belongs to which thread */
struct mail_threads *mail_threads_new(void);
void mail_threads_free(struct mail_threads *t);

/* The id that the thread is called after: the first reference, or where that is known to belong to a
   thread, that thread's. *told: whether this thread was given before. Borrowed until the next call. */
str mail_thread_of(struct mail_threads *t, str id, str references, str in_reply_to, bool *told);

/* "Re: [list] AW: Subject" -> "[list] AW: Subject" -> ...: the subject without what replies add. */
str mail_bare_subject(str subject);

/* ---- notes (mail_notes.c) -------------------------------------------------------------------- */

enum mail_note {
    MAIL_NOTE_DATE,
    MAIL_NOTE_NO_DATE,
    MAIL_NOTE_ZONE,
    MAIL_NOTE_CHARSET,
    MAIL_NOTE_LOSSY,
    MAIL_NOTE_ENCRYPTED,
    MAIL_NOTE_WINMAIL,
    MAIL_NOTE_OPAQUE,
    MAIL_NOTE_BOUNDARY,
    MAIL_NOTE_NESTED,
    MAIL_NOTE_LISTS,
    MAIL_NOTE_HEAD,
    MAIL_NOTE_NO_ID,
    MAIL_NOTE_TWICE,
    MAIL_NOTE_CUT,
    MAIL_NOTE_COUNT
};

struct mail_notes {
    uint64_t count[MAIL_NOTE_COUNT];
    struct locus first[MAIL_NOTE_COUNT];
    bool now[MAIL_NOTE_COUNT]; /* of the message at hand */
};
void mail_notes_settle(struct mail_notes *n, const struct locus *message);
MUST_USE enum status mail_notes_tell(const struct mail_notes *n, struct sink *sink, struct err *e);

/* ---- body (mail_body.c) ---------------------------------------------------------------------- */

struct mail_content {
    struct arena *arena;
    struct mail_notes *notes;
    struct message *m; /* gets attachments, flags, and whose words it forwards */
    struct buf text;
    bool has_body;            /* a text was added */
    unsigned nested;          /* depth of the message at hand */
    unsigned messages_inside; /* how many were found, at any depth */
};

/* Adds the body's text and attachments. */
void mail_read_body(struct mail_content *c, const struct mail_head *head);

/* A whole message inside another: its From, Date, To and Subject lines, a blank line, its body. */
void mail_read_nested(struct mail_content *c, str message);

/* ---- MIME (mail_mime.c): GMime behind a wall -------------------------------------------------- */

struct mail_part {
    str type, subtype;                 /* lower case */
    str type_field, disposition_field; /* unfolded */
    bool multipart;
    void *object;
};

struct mail_tree;
/* The parts of a body; NULL if it is built so that parsing it would cost too much. */
struct mail_tree *mail_tree_new(struct arena *a, const struct mail_head *head);
void mail_tree_free(struct mail_tree *t);
struct mail_part mail_tree_root(struct mail_tree *t);
size_t mail_part_count(const struct mail_part *p);
struct mail_part mail_part_at(struct mail_tree *t, const struct mail_part *p, size_t i);
/* The decoded bytes of a part that has no parts. */
void mail_part_bytes(struct mail_tree *t, const struct mail_part *p, struct buf *out);

/* ---- text (mail_text.c) ---------------------------------------------------------------------- */

void mail_add_plain(struct buf *out, str text);                     /* line ends become LF */
void mail_add_flowed(struct buf *out, str text, bool delete_space); /* RFC 3676 */
void mail_add_html(struct buf *out, str utf8);

/* ---- one record (mail.c) --------------------------------------------------------------------- */

struct mail_record {
    str raw; /* of the source, envelope line included */
    uint64_t at, line;
    str envelope; /* the "From " line, without its end; empty if there is none */
    str message;  /* the part of `raw` behind it, or a copy with other line ends */
    uint32_t flags;
    bool cut;
};

struct mail_reader {
    struct sink *sink;
    const struct import_options *options;
    struct arena arena;
    struct mail_notes notes;
    struct mail_threads *threads;
};

struct mail_reader mail_reader_to(struct sink *sink, const struct import_options *options);
void mail_reader_free(struct mail_reader *r);
MUST_USE enum status mail_push(struct mail_reader *r, const struct mail_record *record,
                               struct err *e);

/* How sure one can be that a text is the header of a message: the fields that only mail has. */
unsigned mail_header_evidence(str prefix);

extern const struct importer importer_mbox, importer_eml;
void mail_count_mbox(struct counter *c, str bytes);

#endif
