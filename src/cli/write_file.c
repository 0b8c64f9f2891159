/* Writing a result to a file: whole or not at all. */
#include "write_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_BYTES_MAX = 4096 };

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

enum status write_file(const char *path, str bytes, struct err *e)
{
    char spare[PATH_BYTES_MAX];
    if (snprintf(spare, sizeof spare, "%s.XXXXXX", path) >= (int)sizeof spare)
        return fail(e, ERR_LIMIT, "the file name is too long");
    const int fd = mkstemp(spare); /* made with mode 0600 */
    if (fd < 0)
        return fail(e, ERR_IO, "%s cannot be written: %s", path, strerror(errno));
    bool done = write_all(fd, bytes) && fsync(fd) == 0;
    int why = errno;
    if (close(fd) != 0 && done) {
        why = errno;
        done = false;
    }
    if (done && rename(spare, path) != 0) {
        why = errno;
        done = false;
    }
    if (done)
        return OK;
    unlink(spare);
    return fail(e, ERR_IO, "%s cannot be written: %s", path, strerror(why));
}
