/* Files are opened here, by the process that may; whoever reads them gets only the descriptor. */
#define _GNU_SOURCE /* memfd_create */

#include "parts.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 64 << 10 };

/* ---- standard input ------------------------------------------------------------------------- */

/* Memory that looks like a file. Where the kernel has none, a temporary file without a name. */
static int file_without_name(void)
{
    const int fd = memfd_create("standard input", MFD_CLOEXEC);
    if (fd >= 0)
        return fd;
    char path[] = "/tmp/stet-input.XXXXXX";
    const int temporary = mkstemp(path); /* mode 0600 */
    if (temporary >= 0)
        unlink(path);
    return temporary;
}

static enum status put_bytes(int fd, const char *bytes, size_t n, struct err *e)
{
    while (n) {
        const ssize_t put = write(fd, bytes, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return fail(e, ERR_IO, "there is no room for standard input: %s", strerror(errno));
        bytes += put;
        n -= (size_t)put;
    }
    return OK;
}

static enum status copy_standard_input(int fd, uint64_t *size, struct err *e)
{
    char chunk[CHUNK];
    for (*size = 0;;) {
        const ssize_t n = read(STDIN_FILENO, chunk, sizeof chunk);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail(e, ERR_IO, "cannot read standard input: %s", strerror(errno));
        if (n == 0)
            return OK;
        *size += (uint64_t)n;
        if (*size > SOURCE_STDIN_MAX) {
            fail(e, ERR_LIMIT, "standard input is longer than %d MiB", SOURCE_STDIN_MAX >> 20);
            return fail_hint(e, "save it to a file and name the file: files may have any size");
        }
        const enum status st = put_bytes(fd, chunk, (size_t)n, e);
        if (st != OK)
            return st;
    }
}

enum status reading_hold_input(int *fd, uint64_t *size, struct err *e)
{
    *fd = file_without_name();
    if (*fd < 0)
        return fail(e, ERR_IO, "there is no room for standard input: %s", strerror(errno));
    return copy_standard_input(*fd, size, e);
}

/* ---- names ---------------------------------------------------------------------------------- */

enum status load_names(const char *path, struct arena *a, str *bytes, struct err *e)
{
    enum { NAMES_MAX = 64 << 20 };
    struct source *source;
    str window = STR("");
    enum status st = source_open(&source, path, e);
    if (st != OK)
        return st;
    if (source_size(source) > NAMES_MAX)
        st = fail(e, ERR_LIMIT, "the file of names is larger than %d MiB", NAMES_MAX >> 20);
    if (st == OK)
        st = source_peek(source, (size_t)source_size(source), &window, e);
    if (st == OK)
        *bytes = arena_dup(a, window);
    source_close(source);
    return st;
}

/* ---- files ---------------------------------------------------------------------------------- */

static enum status refuse(struct err *e, const char *path, int number)
{
    char why[80] = "no such file";
    if (number != ENOENT && strerror_r(number, why, sizeof why) != 0)
        snprintf(why, sizeof why, "error %d", number);
    why[0] = (char)tolower((unsigned char)why[0]);
    return fail(e, number == ENOENT || number == ENOTDIR ? ERR_MISSING : ERR_IO,
                "cannot open %s: %s", path, why);
}

enum status open_file(const struct reading *r, size_t file, int *fd, struct err *e)
{
    const char *const path = r->job->paths[file];
    struct stat info;
    if (strcmp(path, "-") == 0) {
        *fd = fcntl(r->job->standard_input, F_DUPFD_CLOEXEC, 0);
        return *fd >= 0 ? OK : refuse(e, "standard input", errno);
    }
    /* O_NONBLOCK: opening a FIFO must not wait for a writer before it is refused */
    *fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (*fd < 0)
        return refuse(e, path, errno);
    if (fstat(*fd, &info) == 0 && S_ISREG(info.st_mode))
        return OK;
    close(*fd);
    *fd = -1;
    return fail(e, ERR_IO, S_ISDIR(info.st_mode) ? "%s is a folder" : "%s is not a regular file",
                path);
}
