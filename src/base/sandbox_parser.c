/*
 * The sandbox of a process that parses: Landlock with nothing allowed, ceilings, and a list of the
 * few system calls that computing needs; anything else ends the process (SIGSYS). Calls that
 * libraries try and can do without answer EPERM: they probe for a terminal, a configuration, the
 * size of memory.
 */
#define _GNU_SOURCE /* AT_EMPTY_PATH, MAP_ANONYMOUS */

#include "sandbox_parts.h"

#if SANITIZED

enum status sandbox_enter_parser(uint64_t memory_bytes, struct sandbox_state *out, struct err *e)
{
    (void)memory_bytes;
    *out = (struct sandbox_state){.no_new_privs = false};
    return sandbox_no_new_privs(out, e);
}

#else

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { FILES_MAX = 256 }; /* open at once: archives in archives, and the files beside a source */

static enum status set_limits(uint64_t memory_bytes, struct err *e)
{
    const struct {
        int what;
        rlim_t most;
    } limits[] = {
        {RLIMIT_CORE, 0},           {RLIMIT_FSIZE, 0}, /* pipes have no size */
        {RLIMIT_NOFILE, FILES_MAX}, {RLIMIT_NPROC, 0}, {RLIMIT_AS, (rlim_t)memory_bytes},
    };
    for (size_t i = 0; i < COUNT(limits); i++) {
        struct rlimit limit;
        if (getrlimit(limits[i].what, &limit) == 0 && limit.rlim_max < limits[i].most)
            continue; /* somebody has set a lower one */
        limit = (struct rlimit){limits[i].most, limits[i].most};
        if (setrlimit(limits[i].what, &limit) != 0)
            return fail(e, ERR_IO, "a ceiling for the reader cannot be set: %s", strerror(errno));
    }
    return OK;
}

/* Of these the arguments do not matter. The C library asks for its own number and signals when it
   aborts. */
static const char *const allowed_calls[] = {
    "read",          "pread64",      "write",          "writev",       "lseek",  "fstat",
    "close",         "dup",          "recvmsg",        "brk",          "munmap", "mremap",
    "madvise",       "exit",         "exit_group",     "rt_sigreturn", "futex",  "rt_sigprocmask",
    "clock_gettime", "gettimeofday", "rt_sigaction",   "getrandom",    "getpid", "gettid",
    "getuid",        "geteuid",      "restart_syscall"};

static const char *const probed_calls[] = {"open",
                                           "openat",
                                           "openat2",
                                           "stat",
                                           "lstat",
                                           "statx",
                                           "access",
                                           "faccessat",
                                           "faccessat2",
                                           "readlink",
                                           "readlinkat",
                                           "ioctl",
                                           "uname",
                                           "socket",
                                           "connect",
                                           "prlimit64",
                                           "getrlimit",
                                           "sysinfo",
                                           "fadvise64",
                                           "getcwd",
                                           "statfs",
                                           "fstatfs",
                                           "sched_getaffinity",
                                           "sched_yield",
                                           "unlink",
                                           "ftruncate",
                                           "fsync",
                                           "getdents64",
                                           "prctl",
                                           "getppid"};

/* A call for some values of its arguments: all conditions must hold. */
struct chosen_use {
    const char *name;
    struct scmp_arg_cmp when[2];
    unsigned conditions;
};

#define LOW_HALF 0xffffffffU
#define HAS_BITS(argument, bits)                       \
    {                                                  \
        (argument), SCMP_CMP_MASKED_EQ, (bits), (bits) \
    }
#define LACKS_BITS(argument, bits)                \
    {                                             \
        (argument), SCMP_CMP_MASKED_EQ, (bits), 0 \
    }
#define IS(argument, number)                               \
    {                                                      \
        (argument), SCMP_CMP_MASKED_EQ, LOW_HALF, (number) \
    }

/* 0, or a negative errno; so below. A name that this machine does not have is no failure. */
static int add(scmp_filter_ctx filter, uint32_t action, const struct chosen_use *u)
{
    const int number = seccomp_syscall_resolve_name(u->name);
    if (number == __NR_SCMP_ERROR)
        return 0;
    return seccomp_rule_add_array(filter, action, number, u->conditions, u->when);
}

static int add_all(scmp_filter_ctx filter, uint32_t action, const char *const *names, size_t count)
{
    int rc = 0;
    for (size_t i = 0; i < count && rc == 0; i++)
        rc = add(filter, action, &(struct chosen_use){.name = names[i]});
    return rc;
}

static int add_uses(scmp_filter_ctx filter, uint32_t action, const struct chosen_use *uses,
                    size_t count)
{
    int rc = 0;
    for (size_t i = 0; i < count && rc == 0; i++)
        rc = add(filter, action, &uses[i]);
    return rc;
}

static int fill(scmp_filter_ctx filter)
{
    const uint32_t refuse = SCMP_ACT_ERRNO(EPERM);
    const struct chosen_use allowed[] = {
        {"mmap", {LACKS_BITS(2, PROT_EXEC), HAS_BITS(3, MAP_ANONYMOUS)}, 2},
        {"mprotect", {LACKS_BITS(2, PROT_EXEC)}, 1},
        {"newfstatat", {HAS_BITS(3, AT_EMPTY_PATH)}, 1}, /* how some C libraries do fstat */
        {"fcntl", {IS(1, F_DUPFD_CLOEXEC)}, 1},
        {"fcntl", {IS(1, F_GETFL)}, 1},
        {"fcntl", {IS(1, F_GETFD)}, 1},
        {"fcntl", {IS(1, F_SETFD)}, 1},
        {"tgkill", {IS(0, (scmp_datum_t)getpid()), IS(2, SIGABRT)}, 2},
    };
    const struct chosen_use probed[] = {
        {"newfstatat", {LACKS_BITS(3, AT_EMPTY_PATH)}, 1},
        {"fcntl", {IS(1, F_SETFL)}, 1},
        {"fcntl", {IS(1, F_GETLK)}, 1},
        {"fcntl", {IS(1, F_SETLK)}, 1},
    };
    int rc = add_all(filter, SCMP_ACT_ALLOW, allowed_calls, COUNT(allowed_calls));
    if (rc == 0)
        rc = add_uses(filter, SCMP_ACT_ALLOW, allowed, COUNT(allowed));
    if (rc == 0)
        rc = add_all(filter, refuse, probed_calls, COUNT(probed_calls));
    return rc == 0 ? add_uses(filter, refuse, probed, COUNT(probed)) : rc;
}

static enum status filter_calls(struct sandbox_state *out, struct err *e)
{
    if (!sandbox_has_filters())
        return OK;
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (!filter)
        return fail(e, ERR_LIMIT, "there is no memory for the reader's sandbox");
    int rc = fill(filter);
    if (rc == 0)
        rc = seccomp_load(filter);
    seccomp_release(filter);
    if (rc != 0)
        return fail(e, ERR_IO, "the reader's sandbox (seccomp) cannot be entered: %s",
                    strerror(-rc));
    out->seccomp = true;
    return OK;
}

/* The ceilings last but one: making the sandbox needs more files than living in it. */
enum status sandbox_enter_parser(uint64_t memory_bytes, struct sandbox_state *out, struct err *e)
{
    *out = (struct sandbox_state){.no_new_privs = false};
    enum status st = sandbox_no_new_privs(out, e);
    if (st == OK)
        st = sandbox_files(NULL, out, e);
    if (st == OK)
        st = set_limits(memory_bytes, e);
    return st == OK ? filter_calls(out, e) : st;
}

#endif
