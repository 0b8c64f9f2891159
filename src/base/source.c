/*
 * Sources. A file is read in chunks into a buffer of which [begin, end) is the window; memory is
 * its own buffer and only `end` moves. Either way bytes become visible in `show_more`, and nowhere
 * else are they hashed and shown to the tap, so that nothing can be seen that was not counted.
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

enum { IN_MEMORY = -1 };

struct source {
    char *name;
    int fd;            /* IN_MEMORY when `bytes` holds all of it */
    const char *bytes; /* the file's buffer, or everything */
    char *owned;       /* `bytes` where it is ours to free */
    size_t capacity;   /* of a file's buffer */
    size_t begin, end; /* the window within `bytes` */
    uint64_t at;       /* offset of the window's first byte */
    uint64_t size;
    struct timespec modified;
    bool ended; /* no byte is left to become visible */
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
    *s = (struct source){.fd = IN_MEMORY, .hash = sha256_new()};
    s->name = oom_alloc(name.n + 1);
    if (name.n)
        memcpy(s->name, name.p, name.n);
    s->name[name.n] = '\0';
    return s;
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

static enum status open_file(struct source *s, struct err *e)
{
    /* O_NONBLOCK: opening a FIFO must not wait for a writer before it is refused */
    s->fd = open(s->name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (s->fd < 0)
        return fail_file(e, "open", s->name, errno);
    struct stat info;
    if (fstat(s->fd, &info) != 0)
        return fail_file(e, "examine", s->name, errno);
    const enum status st = check_kind(&info, s->name, e);
    if (st != OK)
        return st;
    (void)posix_fadvise(s->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
    s->size = (uint64_t)info.st_size;
    s->modified = info.st_mtim;
    s->capacity = 2 * (size_t)SOURCE_CHUNK;
    s->owned = oom_alloc(s->capacity);
    s->bytes = s->owned;
    return OK;
}

/* Room for a chunk behind the window. The window moves to the front only when it takes up at most
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
    s->end = kept;
}

/* How many bytes of a file became readable behind the window; 0 at the end of the file. */
static enum status read_chunk(struct source *s, size_t *got, struct err *e)
{
    make_room(s);
    const size_t room = s->capacity - s->end;
    assert(room > 0); /* or the file would seem to end here */
    const ssize_t n =
        read_some(s->fd, s->owned + s->end, room < SOURCE_CHUNK ? room : SOURCE_CHUNK);
    if (n < 0)
        return fail_file(e, "read", s->name, errno);
    *got = (size_t)n;
    return OK;
}

/* Makes up to one chunk more visible. */
static enum status show_more(struct source *s, struct err *e)
{
    size_t got = 0;
    if (s->fd == IN_MEMORY) {
        got = (size_t)s->size - s->end;
        if (got > SOURCE_CHUNK)
            got = SOURCE_CHUNK;
    } else {
        const enum status st = read_chunk(s, &got, e);
        if (st != OK)
            return st;
    }
    if (got == 0) {
        s->ended = true;
        return OK;
    }
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
    if (s->fd == IN_MEMORY)
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
    (void)
        e; /* a member of an archive, which can fail, will be opened by the same kind of function */
    struct source *s = new_source(name);
    s->bytes = bytes.p;
    s->size = bytes.n;
    *out = s;
    return OK;
}

void source_close(struct source *s)
{
    if (!s)
        return;
    if (s->fd >= 0)
        close(s->fd);
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
    if (s->fd != IN_MEMORY && lseek(s->fd, 0, SEEK_SET) != 0)
        return fail_file(e, "read again", s->name, errno);
    if (!s->finished)
        (void)sha256_end(&s->hash);
    s->begin = 0;
    s->end = 0;
    s->at = 0;
    s->ended = false;
    s->finished = false;
    return OK;
}
