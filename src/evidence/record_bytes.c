/* Only a regular file is opened: what was a file may be a FIFO by now, which would hang us. */
#include "record_bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status open_regular(int *out, const struct source_row *source, struct arena *a,
                                struct err *e)
{
    struct stat info;
    const int fd = open(arena_cstr(a, source->path), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    *out = -1;
    if (fd < 0)
        return fail(e, errno == ENOENT || errno == ENOTDIR ? ERR_MISSING : ERR_IO,
                    "the source file cannot be read: %s", strerror(errno));
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        close(fd);
        return fail(e, ERR_FORMAT, "the source is not a regular file any more");
    }
    *out = fd;
    return OK;
}

static enum status read_at(int fd, const struct locus *l, char *into, struct err *e)
{
    for (size_t have = 0; have < l->length;) {
        const ssize_t n = pread(fd, into + have, l->length - have, (off_t)(l->at + have));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(e, ERR_IO, "the source file cannot be read: %s", strerror(errno));
        if (n == 0)
            return fail(e, ERR_FORMAT, "the source file is shorter than it was when imported");
        have += (size_t)n;
    }
    return OK;
}

enum status record_bytes(str *out, const struct source_row *source, const struct witness *w,
                         struct arena *a, struct err *e)
{
    int fd;
    if (!source->path.n)
        return fail(e, ERR_MISSING, "the source came from standard input");
    if (w->locus.member.n)
        return fail(e, ERR_MISSING, "the record stands inside an archive file");
    if (w->locus.length > RECORD_BYTES_MAX)
        return fail(e, ERR_LIMIT, "the record is larger than %d bytes", RECORD_BYTES_MAX);
    enum status st = open_regular(&fd, source, a, e);
    if (st != OK)
        return st;
    char *const bytes = arena_alloc(a, w->locus.length + 1);
    st = read_at(fd, &w->locus, bytes, e);
    close(fd);
    if (st != OK)
        return st;
    *out = (str){bytes, w->locus.length};
    const struct sha256_digest digest = sha256_of(*out);
    if (!sha256_eq(&digest, &w->digest))
        return fail(e, ERR_FORMAT, "the bytes there have another SHA-256 than at the import");
    return OK;
}
