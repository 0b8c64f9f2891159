/*
 * A source is a named run of bytes that is read once from front to back: a file, standard input,
 * memory (later: a member of an archive). It keeps a window of what was read but not yet consumed,
 * and sees to three things that every importer owes its reader: exact offsets, the SHA-256 of all
 * bytes, and a tap through which an independent counter sees the same bytes.
 *
 *     struct source *s;
 *     if (source_open(&s, "release.txt", e) != OK) ...
 *     str window;
 *     while (source_peek(s, 1, &window, e) == OK && window.n)
 *         source_advance(s, window.n);
 *     source_finish(s, &digest, e);
 *     source_close(s);
 */
#ifndef STET_SOURCE_H
#define STET_SOURCE_H

#include "err.h"
#include "sha256.h"
#include "str.h"

enum {
    SOURCE_CHUNK = 256 << 10,      /* bytes asked of the file at a time */
    SOURCE_WINDOW_MAX = 128 << 20, /* the largest window that source_peek will hold */
    SOURCE_STDIN_MAX = 1 << 30,    /* standard input is kept in memory up to here */
};

struct source;

/* `path` "-" is standard input, read whole at once (ERR_LIMIT past SOURCE_STDIN_MAX). Only regular
   files are opened (never FIFOs or devices), symbolic links are followed. Yours to close. */
MUST_USE enum status source_open(struct source **out, const char *path, struct err *e);

/* Reads from memory, which must outlive the source. `name` is copied. */
MUST_USE enum status source_of_bytes(struct source **out, str name, str bytes, struct err *e);

/* Where the bytes of a source come from that is neither a file nor memory: a member of an archive.
   `read` gives up to `room` bytes, *got 0 at the end; `again` goes back to the first byte; `twin` makes
   another reader of the same bytes; `close` ends it. */
struct source_reader {
    enum status (*read)(void *context, char *out, size_t room, size_t *got, struct err *e);
    enum status (*again)(void *context, struct err *e);
    enum status (*twin)(void *context, void **out, struct err *e);
    void (*close)(void *context);
};
#define SOURCE_SIZE_UNKNOWN UINT64_MAX
/* `size` is SOURCE_SIZE_UNKNOWN if it is known only at the end. `context` is the source's to close. */
MUST_USE enum status source_of_reader(struct source **out, str name, uint64_t size,
                                      const struct source_reader *r, void *context, struct err *e);

/* A file that is open already, for processes that may open none; `fd` is the source's to close. Read
   with pread, so that several sources may stand on duplicates of one descriptor. */
MUST_USE enum status source_of_fd(struct source **out, str name, int fd, struct err *e);

/* A second reading of the same bytes from the first on, without tap: to look ahead before the real
   reading. Yours to close, before the first. */
MUST_USE enum status source_twin(struct source *s, struct source **out, struct err *e);

void source_close(struct source *s);

str source_name(const struct source *s);      /* as opened; "standard input" for "-" */
uint64_t source_at(const struct source *s);   /* offset of the window's first byte */
uint64_t source_size(const struct source *s); /* as found when it was opened */

/* Makes at least `want` bytes visible from the cursor, or all that is left. *window is everything
   buffered; it is empty only at the end, and borrowed until the next call on this source.
   ERR_LIMIT if `want` exceeds SOURCE_WINDOW_MAX. */
MUST_USE enum status source_peek(struct source *s, size_t want, str *window, struct err *e);
void source_advance(struct source *s, size_t n); /* n <= window.n */

/* `tap` sees every byte exactly once, in order, when it is first read. Set it before reading. */
void source_tap(struct source *s, void (*tap)(void *context, str bytes), void *context);

/* Reads what is left (through the tap), then gives the digest of all bytes; the window is empty.
   Fails with ERR_IO if the file's size or time changed while it was read. */
MUST_USE enum status source_finish(struct source *s, struct sha256_digest *out, struct err *e);

/* Back to offset 0, digest and tap start afresh (the tap is told nothing: reset your counter). */
MUST_USE enum status source_rewind(struct source *s, struct err *e);

#endif
