/*
 * What all formats made of lines share: a line begins a record, continues one, or is structure; this
 * module joins the lines of a record, keeps the books of bytes and says once for a source what was
 * odd about its characters. A format tells what a line is, and makes a message of each record.
 *
 *     static const struct line_format format = {.role = role_of, .record = on_record};
 *     return line_records(source, sink, &format, &context, e);
 *
 * Blank lines at the end of a record are not part of it. A record of more than LINE_RECORD_MAX bytes is
 * cut there; the rest is an issue. Lines that continue nothing are an issue, strayText.
 */
#ifndef IMPORT_LINE_RECORDS_H
#define IMPORT_LINE_RECORDS_H

#include "importer.h"
#include "text_lines.h"

enum { LINE_RECORD_MAX = 60 << 20 };

enum line_role {
    LINE_BEGINS,   /* a record */
    LINE_GOES_ON,  /* with the record before it */
    LINE_WRAPPING, /* known structure: a header, a line between days */
};

struct line_at {
    str text; /* borrowed until the callback returns */
    str next; /* the line after it; empty at the end (and where a line is longer than LINE_MAX_BYTES) */
    uint64_t number;  /* from 1 */
    bool after_blank; /* the line before it is blank, or there is none */
    bool after_crlf;  /* the line before it ended in CRLF, or there is none */
};

struct line_record {
    str text;    /* its lines, joined by LF */
    size_t head; /* bytes of the first line in `text` */
    str raw;     /* its bytes in the source, with the end of its last line */
    uint64_t at, line;
    bool lossy;
    bool cut; /* it was longer than LINE_RECORD_MAX */
};

struct line_format {
    struct text_lines_how how;
    /* What a line is that is not blank. Asked in order and only once, but before the record before it
       is handed over: what a line changes, `wrapping` and `record` have to do. */
    enum line_role (*role)(void *context, const struct line_at *l);
    /* A wrapping line, after the record before it; NULL: nothing is learnt from them. */
    enum status (*wrapping)(void *context, const struct line_at *l, struct err *e);
    enum status (*record)(void *context, const struct line_record *r, struct err *e);
};

MUST_USE enum status line_records(struct source *source, struct sink *sink,
                                  const struct line_format *format, void *context, struct err *e);

/* A look ahead over a twin, without any books, until `look` returns false: to learn what decides about
   all lines before they are read. Blank lines are not shown. */
MUST_USE enum status line_look(struct source *source, const struct text_lines_how *how,
                               bool (*look)(void *context, const struct line_at *l), void *context,
                               struct err *e);

/* An empty message with its place, raw bytes, and FLAG_LOSSY where something was replaced or cut. */
struct message line_message(const struct line_record *r);

/* Something that is said once for a source, however many records it is true of. */
struct line_note {
    uint64_t count;
    struct locus first;
};
struct line_note_words {
    enum issue_severity severity;
    const char *code;
    const char *one, *many; /* "message has no time", "messages have no time" */
    const char *way_out;
};
void line_note_add(struct line_note *n, const struct line_record *r);
MUST_USE enum status line_note_tell(struct sink *sink, const struct line_note *n,
                                    const struct line_note_words *words, struct err *e);

/* A blank line, to all line formats. */
bool line_is_blank(str text);

/* For formats that are UTF-8 whenever they are not UTF-16: "UTF-8", so that a little damage does not make
   another encoding of it; NULL if the source begins like UTF-16 or UTF-32. */
const char *line_charset(struct source *source);

/* Where the source stands: within what was handed over, or else its name. */
str line_source_path(const struct source *source, const struct import_options *options);
/* The last part of a path, without its extension (of at most five letters or digits). */
str path_stem(str path);
/* Takes the last part off a path: "a/b/c.txt" gives "c.txt" and leaves "a/b"; false if nothing is left. */
bool path_pop(str *path, str *part);

#endif
