/* Writing a result to a file: whole or not at all. */
#include "write_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool write_all(int fd, str bytes)
{
    while (bytes.n) {
        const ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno != EINTR)
            return false;
        if (n > 0)
            bytes = str_from(bytes, (size_t)n);
    }
    return true;
}

static enum status refuse(const struct file_writer *w, int why, struct err *e)
{
    return fail(e, ERR_IO, "%s cannot be written: %s", w->path, strerror(why));
}

enum status file_writer_begin(struct file_writer *w, const char *path, struct err *e)
{
    w->fd = -1;
    if (snprintf(w->path, sizeof w->path, "%s", path) >= (int)sizeof w->path ||
        snprintf(w->spare, sizeof w->spare, "%s.XXXXXX", path) >= (int)sizeof w->spare)
        return fail(e, ERR_LIMIT, "the file name is too long");
    w->fd = mkstemp(w->spare); /* made with mode 0600 */
    return w->fd < 0 ? refuse(w, errno, e) : OK;
}

enum status file_writer_add(struct file_writer *w, str bytes, struct err *e)
{
    return write_all(w->fd, bytes) ? OK : refuse(w, errno, e);
}

void file_writer_abandon(struct file_writer *w)
{
    if (w->fd < 0)
        return;
    close(w->fd);
    unlink(w->spare);
    w->fd = -1;
}

enum status file_writer_end(struct file_writer *w, struct err *e)
{
    int why = fsync(w->fd) == 0 ? 0 : errno;
    if (close(w->fd) != 0 && !why)
        why = errno;
    w->fd = -1;
    if (!why && rename(w->spare, w->path) != 0)
        why = errno;
    if (!why)
        return OK;
    unlink(w->spare);
    return refuse(w, why, e);
}

enum status write_file(const char *path, str bytes, struct err *e)
{
    struct file_writer w;
    enum status st = file_writer_begin(&w, path, e);
    if (st != OK)
        return st;
    st = file_writer_add(&w, bytes, e);
    if (st == OK)
        return file_writer_end(&w, e);
    file_writer_abandon(&w);
    return st;
}
