/*
 * Sources. A file or a reader fills a buffer of which [begin, end) is the window and [end, loaded) was
 * read before a rewind and waits to be seen again; memory is its own buffer. Bytes become visible in
 * `show_more`, and nowhere else are they hashed and shown to the tap, so that nothing can be seen that
 * was not counted.
 */
#include "source.h"

#include "oom.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum origin { FROM_MEMORY, FROM_FILE, FROM_READER };

struct source {
    char *name;
    enum origin origin;
    int fd;       /* of a file; else -1 */
    bool borrows; /* `fd` belongs to the source whose twin this is */
    const struct source_reader *reader;
    void *context;     /* the reader's */
    const char *bytes; /* the buffer, or everything */
    char *owned;       /* `bytes` where it is ours to free */
    size_t capacity;   /* of a buffer */
    size_t begin, end; /* the window within `bytes` */
    size_t loaded;     /* how much of a buffer is filled */
    uint64_t at;       /* offset of the window's first byte */
    uint64_t fetched;  /* offset behind the last byte that is in the buffer */
    uint64_t size;
    struct timespec modified;
    bool ended;  /* no byte is left to become visible */
    bool behind; /* the reader must go back to its first byte before it is read again */
    bool finished;
    struct sha256 hash;
    struct sha256_digest digest; /* once finished */
    void (*tap)(void *context, str bytes);
    void *tap_context;
};

/* The system's reason in the middle of a sentence: "no such file or directory". */
static const char *reason(char text[80], int number)
{
    if (number == ENOENT)
        return "no such file";
    if (strerror_r(number, text, 80) != 0)
        snprintf(text, 80, "error %d", number);
    text[0] = (char)tolower((unsigned char)text[0]);
    return text;
}

static enum status fail_file(struct err *e, const char *what, const char *name, int number)
{
    char text[80];
    const enum status code = number == ENOENT || number == ENOTDIR ? ERR_MISSING : ERR_IO;
    return fail(e, code, "cannot %s %s: %s", what, name, reason(text, number));
}

static struct source *new_source(str name)
{
    struct source *s = oom_alloc(sizeof *s);
    *s = (struct source){.origin = FROM_MEMORY, .fd = -1, .hash = sha256_new()};
    s->name = oom_alloc(name.n + 1);
    if (name.n)
        memcpy(s->name, name.p, name.n);
    s->name[name.n] = '\0';
    return s;
}

static void make_buffer(struct source *s)
{
    s->capacity = 2 * (size_t)SOURCE_CHUNK;
    s->owned = oom_alloc(s->capacity);
    s->bytes = s->owned;
}

/* read(2) that is not put off by signals; -1 with errno set on failure. */
static ssize_t read_some(int fd, char *out, size_t room)
{
    for (;;) {
        const ssize_t n = read(fd, out, room);
        if (n >= 0 || errno != EINTR)
            return n;
    }
}

static ssize_t read_some_at(int fd, char *out, size_t room, uint64_t at)
{
    for (;;) {
        const ssize_t n = pread(fd, out, room, (off_t)at);
        if (n >= 0 || errno != EINTR)
            return n;
    }
}

static enum status read_standard_input(struct source *s, struct err *e)
{
    size_t capacity = SOURCE_CHUNK, n = 0;
    s->owned = oom_alloc(capacity);
    for (;;) {
        if (n == capacity) {
            capacity *= 2;
            s->owned = oom_resize(s->owned, capacity);
        }
        const ssize_t got = read_some(STDIN_FILENO, s->owned + n, capacity - n);
        if (got < 0)
            return fail_file(e, "read", s->name, errno);
        if (got == 0)
            break;
        n += (size_t)got;
        if (n > SOURCE_STDIN_MAX) {
            fail(e, ERR_LIMIT, "standard input is longer than %d MiB", SOURCE_STDIN_MAX >> 20);
            return fail_hint(e, "save it to a file and name the file: files may have any size");
        }
    }
    s->bytes = s->owned;
    s->size = n;
    return OK;
}

static enum status check_kind(const struct stat *info, const char *path, struct err *e)
{
    if (S_ISDIR(info->st_mode))
        return fail(e, ERR_IO, "%s is a folder", path);
    if (!S_ISREG(info->st_mode))
        return fail(e, ERR_IO, "%s is not a regular file", path);
    return OK;
}

/* Takes note of the file behind `s->fd`. */
static enum status take_file(struct source *s, struct err *e)
{
    struct stat info;
    if (fstat(s->fd, &info) != 0)
        return fail_file(e, "examine", s->name, errno);
    const enum status st = check_kind(&info, s->name, e);
    if (st != OK)
        return st;
    s->origin = FROM_FILE;
    s->size = (uint64_t)info.st_size;
    s->modified = info.st_mtim;
    make_buffer(s);
    return OK;
}

static enum status open_file(struct source *s, struct err *e)
{
    /* O_NONBLOCK: opening a FIFO must not wait for a writer before it is refused */
    s->fd = open(s->name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (s->fd < 0)
        return fail_file(e, "open", s->name, errno);
    const enum status st = take_file(s, e);
    if (st == OK)
        (void)posix_fadvise(s->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    return st;
}

/* Room for a chunk behind the window, when nothing that is loaded waits there. The window moves to the front only when it takes up at most
   half of the buffer, and the buffer doubles otherwise: each byte is moved a few times at most. */
static void make_room(struct source *s)
{
    const size_t kept = s->end - s->begin;
    if (s->capacity - s->end >= SOURCE_CHUNK)
        return;
    if (kept > s->capacity / 2 && s->capacity < SOURCE_WINDOW_MAX) {
        s->capacity *= 2;
        if (s->capacity > SOURCE_WINDOW_MAX)
            s->capacity = SOURCE_WINDOW_MAX;
        s->owned = oom_resize(s->owned, s->capacity);
        s->bytes = s->owned;
        return;
    }
    if (s->begin == 0)
        return;
    memmove(s->owned, s->owned + s->begin, kept);
    s->begin = 0;
    s->end = s->loaded = kept;
}

static enum status read_reader(struct source *s, char *out, size_t room, size_t *got, struct err *e)
{
    if (s->behind) {
        const enum status st = s->reader->again(s->context, e);
        if (st != OK)
            return st;
        s->behind = false;
    }
    const enum status st = s->reader->read(s->context, out, room, got, e);
    assert(st != OK || *got <= room);
    return st;
}

/* How many bytes came into the buffer behind the window; 0 at the end. */
static enum status read_chunk(struct source *s, size_t *got, struct err *e)
{
    make_room(s);
    size_t room = s->capacity - s->end;
    assert(room > 0); /* or the bytes would seem to end here */
    if (room > SOURCE_CHUNK)
        room = SOURCE_CHUNK;
    if (s->origin == FROM_READER) {
        const enum status st = read_reader(s, s->owned + s->end, room, got, e);
        if (st != OK)
            return st;
    } else {
        const ssize_t n = read_some_at(s->fd, s->owned + s->end, room, s->fetched);
        if (n < 0)
            return fail_file(e, "read", s->name, errno);
        *got = (size_t)n;
    }
    s->loaded += *got;
    s->fetched += *got;
    return OK;
}

/* Makes up to one chunk more visible. */
static enum status show_more(struct source *s, struct err *e)
{
    size_t got = 0;
    if (s->origin == FROM_MEMORY)
        got = (size_t)s->size - s->end;
    else if (s->end < s->loaded)
        got = s->loaded - s->end;
    else {
        const enum status st = read_chunk(s, &got, e);
        if (st != OK)
            return st;
    }
    if (got == 0) {
        s->ended = true;
        if (s->size == SOURCE_SIZE_UNKNOWN)
            s->size = s->fetched;
        return OK;
    }
    if (got > SOURCE_CHUNK)
        got = SOURCE_CHUNK;
    const str fresh = {s->bytes + s->end, got};
    s->end += got;
    sha256_add(&s->hash, fresh);
    if (s->tap)
        s->tap(s->tap_context, fresh);
    return OK;
}

/* A file that changes under the reader gives offsets and a digest of something that never was. */
static enum status check_unchanged(const struct source *s, struct err *e)
{
    if (s->origin != FROM_FILE)
        return OK;
    struct stat info;
    if (fstat(s->fd, &info) != 0)
        return fail_file(e, "examine", s->name, errno);
    if ((uint64_t)info.st_size == s->size && s->at == s->size &&
        info.st_mtim.tv_sec == s->modified.tv_sec && info.st_mtim.tv_nsec == s->modified.tv_nsec)
        return OK;
    fail(e, ERR_IO, "%s changed while it was read", s->name);
    return fail_hint(e, "read it again when nothing writes to it any more, or read a copy");
}

enum status source_open(struct source **out, const char *path, struct err *e)
{
    const bool is_stdin = strcmp(path, "-") == 0;
    struct source *s = new_source(is_stdin ? STR("standard input") : str_of(path));
    const enum status st = is_stdin ? read_standard_input(s, e) : open_file(s, e);
    if (st != OK) {
        source_close(s);
        return st;
    }
    *out = s;
    return OK;
}

enum status source_of_bytes(struct source **out, str name, str bytes, struct err *e)
{
    (void)e; /* as its sisters, which can fail */
    struct source *s = new_source(name);
    s->bytes = bytes.p;
    s->size = bytes.n;
    *out = s;
    return OK;
}

enum status source_of_fd(struct source **out, str name, int fd, struct err *e)
{
    struct source *s = new_source(name);
    s->fd = fd;
    const enum status st = take_file(s, e);
    if (st == OK)
        *out = s;
    else
        source_close(s);
    return st;
}

enum status source_of_reader(struct source **out, str name, uint64_t size,
                             const struct source_reader *r, void *context, struct err *e)
{
    (void)e;
    struct source *s = new_source(name);
    s->origin = FROM_READER;
    s->reader = r;
    s->context = context;
    s->size = size;
    make_buffer(s);
    *out = s;
    return OK;
}

enum status source_twin(struct source *s, struct source **out, struct err *e)
{
    if (s->origin == FROM_MEMORY)
        return source_of_bytes(out, str_of(s->name), (str){s->bytes, (size_t)s->size}, e);
    if (s->origin == FROM_READER) {
        void *context;
        const enum status st = s->reader->twin(s->context, &context, e);
        return st == OK ? source_of_reader(out, str_of(s->name), s->size, s->reader, context, e)
                        : st;
    }
    struct source *twin = new_source(str_of(s->name));
    twin->origin = FROM_FILE;
    twin->fd = s->fd;
    twin->borrows = true;
    twin->size = s->size;
    twin->modified = s->modified;
    make_buffer(twin);
    *out = twin;
    return OK;
}

void source_close(struct source *s)
{
    if (!s)
        return;
    if (s->fd >= 0 && !s->borrows)
        close(s->fd);
    if (s->reader)
        s->reader->close(s->context);
    sha256_free(&s->hash);
    free(s->owned);
    free(s->name);
    free(s);
}

str source_name(const struct source *s)
{
    return str_of(s->name);
}

uint64_t source_at(const struct source *s)
{
    return s->at;
}

uint64_t source_size(const struct source *s)
{
    return s->size;
}

enum status source_peek(struct source *s, size_t want, str *window, struct err *e)
{
    if (want > SOURCE_WINDOW_MAX)
        return fail(e, ERR_LIMIT, "%s has more than %d MiB in one piece at byte %" PRIu64, s->name,
                    SOURCE_WINDOW_MAX >> 20, s->at);
    if (want == 0)
        want = 1; /* an empty window means the end */
    while (s->end - s->begin < want && !s->ended) {
        const enum status st = show_more(s, e);
        if (st != OK)
            return st;
    }
    *window = (str){s->bytes ? s->bytes + s->begin : NULL, s->end - s->begin};
    return OK;
}

void source_advance(struct source *s, size_t n)
{
    assert(n <= s->end - s->begin);
    s->begin += n;
    s->at += n;
}

void source_tap(struct source *s, void (*tap)(void *context, str bytes), void *context)
{
    assert(s->end == 0);
    s->tap = tap;
    s->tap_context = context;
}

enum status source_finish(struct source *s, struct sha256_digest *out, struct err *e)
{
    while (!s->ended) {
        source_advance(s, s->end - s->begin);
        const enum status st = show_more(s, e);
        if (st != OK)
            return st;
    }
    source_advance(s, s->end - s->begin);
    if (!s->finished)
        s->digest = sha256_end(&s->hash);
    s->finished = true;
    const enum status st = check_unchanged(s, e);
    if (st == OK)
        *out = s->digest;
    return st;
}

enum status source_rewind(struct source *s, struct err *e)
{
    (void)e; /* a reader goes back when it is read again, if it is: that may cost much */
    if (!s->finished)
        (void)sha256_end(&s->hash);
    const bool whole = s->at == s->begin; /* the buffer still begins with the first byte */
    if (s->origin != FROM_MEMORY && !whole) {
        s->loaded = 0;
        s->fetched = 0;
        s->behind = s->origin == FROM_READER;
    }
    s->begin = 0;
    s->end = 0;
    s->at = 0;
    s->ended = false;
    s->finished = false;
    return OK;
}
