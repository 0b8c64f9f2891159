/*
 * Landlock decides which files can be opened. It is asked by system call with constants of our own,
 * because headers of distributions are older than kernels: what is asked for is cut down to the
 * version (ABI) of the running kernel.
 */
#define _GNU_SOURCE /* O_PATH, syscall */

#include "sandbox_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* https://docs.kernel.org/userspace-api/landlock.html; numbers of system calls from 424 on are the
   same on all machines */
enum { CALL_CREATE_RULESET = 444, CALL_ADD_RULE, CALL_RESTRICT_SELF };
enum { CREATE_RULESET_VERSION = 1, RULE_PATH_BENEATH = 1 };

#define RIGHT(bit) (UINT64_C(1) << (bit))
#define WRITE_FILE RIGHT(1)
#define READ_FILE RIGHT(2)
#define READ_DIR RIGHT(3)
#define REMOVE_FILE RIGHT(5)
#define MAKE_REG RIGHT(8)
#define REFER RIGHT(13)     /* ABI 2 */
#define TRUNCATE RIGHT(14)  /* ABI 3 */
#define IOCTL_DEV RIGHT(15) /* ABI 5 */
#define ALL_OF_ABI_1 (RIGHT(13) - 1)
#define RIGHTS_OF_FILES (WRITE_FILE | READ_FILE | TRUNCATE)

struct ruleset {
    uint64_t files, net, scoped; /* what is denied unless a rule allows it */
};

/* The kernel's structure has no padding at its end. */
struct __attribute__((packed)) path_beneath {
    uint64_t rights;
    int32_t folder_fd;
};

static struct ruleset denied_by(int abi)
{
    struct ruleset all = {.files = ALL_OF_ABI_1};
    if (abi >= 2)
        all.files |= REFER;
    if (abi >= 3)
        all.files |= TRUNCATE;
    if (abi >= 4)
        all.net = RIGHT(0) | RIGHT(1); /* binding and connecting TCP */
    if (abi >= 5)
        all.files |= IOCTL_DEV;
    if (abi >= 6)
        all.scoped = RIGHT(0) | RIGHT(1); /* abstract Unix sockets, signals to others */
    return all;
}

static uint64_t rights_of(enum sandbox_right right)
{
    switch (right) {
    case SANDBOX_READ: return READ_FILE | READ_DIR;
    case SANDBOX_CHANGE:
        return READ_FILE | READ_DIR | WRITE_FILE | REMOVE_FILE | MAKE_REG | REFER | TRUNCATE;
    }
    return 0;
}

/* A path that cannot be allowed stays denied, and whoever opens it says so. */
static void allow_path(int ruleset, uint64_t known, const struct sandbox_path *p)
{
    struct stat info;
    const int fd = open(p->path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return;
    uint64_t rights = rights_of(p->right) & known;
    if (fstat(fd, &info) != 0 || !S_ISDIR(info.st_mode))
        rights &= RIGHTS_OF_FILES;
    const struct path_beneath rule = {rights, fd};
    (void)syscall(CALL_ADD_RULE, ruleset, RULE_PATH_BENEATH, &rule, 0);
    close(fd);
}

/* What libraries open when they are first used: zones (C library, GLib), OpenSSL's configuration
   and modules, SQLite's randomness. */
static void allow_system(int ruleset, uint64_t known)
{
    static const char *const paths[] = {
        "/usr/share/zoneinfo",  "/etc/localtime", "/usr/lib",     "/usr/lib64",
        "/etc/ssl/openssl.cnf", "/etc/pki/tls",   "/dev/urandom", "/etc/crypto-policies",
    };
    for (size_t i = 0; i < COUNT(paths); i++)
        allow_path(ruleset, known, &(struct sandbox_path){paths[i], SANDBOX_READ});
    const char *const zones = getenv("TZDIR");
    if (zones)
        allow_path(ruleset, known, &(struct sandbox_path){zones, SANDBOX_READ});
}

enum status sandbox_files(const struct sandbox_rules *r, struct sandbox_state *out, struct err *e)
{
    const long abi = syscall(CALL_CREATE_RULESET, NULL, 0, CREATE_RULESET_VERSION);
    if (abi < 1)
        return OK; /* not built in, not enabled, or a container hides it */
    const struct ruleset all = denied_by((int)abi);
    const int ruleset = (int)syscall(CALL_CREATE_RULESET, &all, sizeof all, 0);
    if (ruleset < 0)
        return fail(e, ERR_IO, "the sandbox for files (Landlock %ld) cannot be made: %s", abi,
                    strerror(errno));
    if (r)
        allow_system(ruleset, all.files);
    for (size_t i = 0; r && i < r->count; i++)
        allow_path(ruleset, all.files, &r->paths[i]);
    const long entered = syscall(CALL_RESTRICT_SELF, ruleset, 0);
    const int why = errno;
    close(ruleset);
    if (entered != 0)
        return fail(e, ERR_IO, "the sandbox for files (Landlock %ld) cannot be entered: %s", abi,
                    strerror(why));
    out->landlock_abi = (int)abi;
    return OK;
}
