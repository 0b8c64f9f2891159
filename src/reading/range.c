/*
 * Bytes of one member of an archive file, for `show --raw`: a child with the narrow sandbox opens the
 * archive, finds the member by its path and hands back the range.
 */
#define _GNU_SOURCE /* O_NOFOLLOW with -std=c17 */

#include "parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 256 << 10, WAIT_MS = 200, CPU_SECONDS_MAX = 120 };

struct wanted {
    struct bundle_file file;
    const struct byte_range *range;
    struct confined_link *link; /* in the child */
};

/* ---- in the child --------------------------------------------------------------------------- */

static enum status open_asked(void *context, size_t file, int *fd, struct err *e)
{
    const struct wanted *w = context;
    struct confined_answer a;
    (void)file;
    if (confined_ask(w->link, 'O', STR(""), &a) != OK || a.fd < 0)
        return fail(e, ERR_IO, "the file cannot be opened again");
    *fd = a.fd;
    return OK;
}

static enum status skip_to(struct source *s, uint64_t at, struct err *e)
{
    str window;
    while (source_at(s) < at) {
        const enum status st = source_peek(s, 1, &window, e);
        if (st != OK)
            return st;
        if (!window.n)
            return fail(e, ERR_FORMAT, "the member is shorter than it was");
        const uint64_t left = at - source_at(s);
        source_advance(s, left < window.n ? (size_t)left : window.n);
    }
    return OK;
}

static enum status send_range(const struct wanted *w, struct source *s, struct err *e)
{
    uint64_t left = w->range->length;
    str window;
    enum status st = skip_to(s, w->range->at, e);
    while (st == OK && left) {
        st = source_peek(s, 1, &window, e);
        if (st == OK && !window.n)
            st = fail(e, ERR_FORMAT, "the member is shorter than it was");
        if (st != OK)
            return st;
        size_t n = left < window.n ? (size_t)left : window.n;
        n = n < PIECE ? n : PIECE;
        if (confined_put(w->link, 'R', str_sub(window, 0, n)) != OK)
            return fail(e, ERR_IO, "nobody listens any more");
        source_advance(s, n);
        left -= n;
    }
    return st;
}

static enum status find_and_send(const struct wanted *w, struct bundle *b, struct err *e)
{
    for (size_t i = 0; i < bundle_count(b); i++) {
        const struct member *m = bundle_at(b, i);
        struct source *s = NULL;
        if (m->skip || !str_eq(m->inside, w->range->inside))
            continue;
        enum status st = bundle_source(b, i, &s, e);
        if (st == OK)
            st = send_range(w, s, e);
        source_close(s);
        return st;
    }
    return fail(e, ERR_MISSING, "the archive has no such member any more");
}

static int work(void *context, struct confined_link *l)
{
    struct wanted *w = context;
    struct bundle *b = NULL;
    struct err e = {0};
    const struct bundle_limits limits = {0, 0};
    w->link = l;
    const struct bundle_opener opener = {open_asked, w};
    enum status st = bundle_open(&b, &w->file, 1, &opener, &limits, &e);
    if (st == OK)
        st = find_and_send(w, b, &e);
    if (st != OK)
        (void)(confined_put(l, 'E', str_of(e.msg)) == OK); /* a dead parent needs no sentence */
    bundle_close(b);
    return st == OK ? 0 : 1;
}

/* ---- in the parent -------------------------------------------------------------------------- */

static enum status open_archive(const char *path, int *fd, uint64_t *size, struct err *e)
{
    struct stat info;
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (*fd < 0 || fstat(*fd, &info) != 0 || !S_ISREG(info.st_mode))
        return fail(e, errno == ENOENT ? ERR_MISSING : ERR_IO, "cannot open %s: %s", path,
                    *fd < 0 ? strerror(errno) : "it is not a regular file");
    *size = (uint64_t)info.st_size;
    return OK;
}

static enum status take_frames(struct confined *c, int fd, struct buf *out, struct err *e)
{
    struct confined_frame f;
    enum confined_event event;
    while ((event = confined_next(c, WAIT_MS, &f)) != CONFINED_ENDED) {
        if (confined_cpu_seconds(c) > CPU_SECONDS_MAX)
            return fail(e, ERR_STOPPED, "reading the archive takes too long");
        if (event != CONFINED_FRAME)
            continue;
        if (f.letter == 'O')
            confined_answer(c, &(struct confined_answer){.code = ANSWER_GO, .fd = fd});
        else if (f.letter == 'R')
            buf_add(out, f.bytes);
        else
            return fail(e, ERR_FORMAT, STR_FMT, STR_ARG(str_sub(f.bytes, 0, 300)));
        if (out->full)
            return fail(e, ERR_LIMIT, "the record is too large");
    }
    return OK;
}

enum status reading_range(const struct byte_range *r, struct buf *out, struct err *e)
{
    struct wanted w = {.file = {.name = r->name}, .range = r};
    struct confined *c = NULL;
    struct confined_death death = {0};
    int fd = -1;
    enum status st = open_archive(r->path, &fd, &w.file.size, e);
    if (st == OK) {
        importer_warm_up();
        st = confined_start(&c, work, &w, e);
    }
    if (st == OK)
        st = take_frames(c, fd, out, e);
    confined_end(c, &death);
    if (fd >= 0)
        close(fd);
    if (st == OK && (death.signal || death.result))
        st = fail(e, ERR_FORMAT, "the reader of %s died", r->path);
    if (st == OK && out->n != r->length)
        st = fail(e, ERR_FORMAT, "%s is not the file that was imported", r->path);
    return st;
}
