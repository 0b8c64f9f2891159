/*
 * The sandbox of a command. Landlock decides about files (sandbox_files.c), seccomp (libseccomp)
 * about system calls: all are allowed but those below, which answer EPERM. A list of what is
 * allowed would be stronger, and is what the process that parses has (sandbox_parser.c); this one
 * talks to SQLite, a terminal and six libraries.
 *
 * Landlock does not see changes of modes, owners and times, nor truncate(2) before ABI 3, nor the
 * network before ABI 4, nor signals before ABI 6: seccomp denies them all.
 */
#define _GNU_SOURCE /* CLONE_VM */

#include "sandbox.h"

#include "sandbox_parts.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum status sandbox_no_new_privs(struct sandbox_state *out, struct err *e)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fail(e, ERR_IO, "this process cannot renounce new privileges: %s", strerror(errno));
    out->no_new_privs = true;
    return OK;
}

#if SANITIZED

enum status sandbox_enter(const struct sandbox_rules *r, struct sandbox_state *out, struct err *e)
{
    (void)r;
    *out = (struct sandbox_state){.no_new_privs = false};
    return sandbox_no_new_privs(out, e);
}

#else

/* ---- seccomp: system calls ------------------------------------------------------------------ */

/* Found by name, since no machine has them all. */
static const char *const denied_calls[] = {
    /* the network */
    "socket", "connect", "bind", "listen", "sendmmsg",
    /* other programs and processes; we start no threads, nor do our libraries */
    "execve", "execveat", "vfork", "ptrace", "process_vm_readv", "process_vm_writev", "kcmp",
    "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "shmget", "shmat", "msgget", "semget",
    "mq_open",
    /* what Landlock does not see */
    "truncate", "truncate64", "chmod", "fchmodat", "chown", "chown32", "lchown", "lchown32",
    "fchownat", "setxattr", "lsetxattr", "removexattr", "lremovexattr", "utime", "utimes",
    "futimesat", "utimensat", "open_by_handle_at",
    /* where holes in kernels were */
    "bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key", "request_key", "personality",
    "setns", "unshare", "mount", "umount2", "pivot_root", "chroot", "init_module", "finit_module",
    "delete_module", "kexec_load", "kexec_file_load", "swapon", "swapoff", "reboot", "acct",
    "quotactl", "settimeofday", "clock_settime", "adjtimex", "clock_adjtime", "syslog"};

/* Of the same purposes, and newer than some libseccomp that we may be linked with: by number. */
static const int denied_numbers[] = {
    424, 428, 429, /* pidfd_send_signal, open_tree, move_mount */
    425, 426, 427, /* io_uring_setup, io_uring_enter, io_uring_register */
    430, 431, 432, /* fsopen, fsconfig, fsmount */
    433, 434, 435, /* fspick, pidfd_open, clone3 */
    438, 440, 442, /* pidfd_getfd, process_madvise, mount_setattr */
    443, 452, 463, /* quotactl_fd, fchmodat2, setxattrat */
    466, 467, 469, /* removexattrat, open_tree_attr, file_setattr */
};

/* A call that is denied if all conditions hold; without any, always. */
struct denied_use {
    const char *name;
    struct scmp_arg_cmp when[2];
    unsigned conditions;
};

/* The argument (0: the first) has all these bits, has none of them, is not or is this number. The kernel reads
   only the low half of what these calls take. */
#define LOW_HALF 0xffffffffU
#define HAS_BITS(argument, bits)                       \
    {                                                  \
        (argument), SCMP_CMP_MASKED_EQ, (bits), (bits) \
    }
#define LACKS_BITS(argument, bits)                \
    {                                             \
        (argument), SCMP_CMP_MASKED_EQ, (bits), 0 \
    }
#define IS_NOT(argument, number)             \
    {                                        \
        (argument), SCMP_CMP_NE, (number), 0 \
    }
#define IS(argument, number)                               \
    {                                                      \
        (argument), SCMP_CMP_MASKED_EQ, LOW_HALF, (number) \
    }

/* 0, or a negative errno; so below. A name that this machine does not have is no failure. */
static int deny(scmp_filter_ctx filter, const struct denied_use *u)
{
    const int number = seccomp_syscall_resolve_name(u->name);
    if (number == __NR_SCMP_ERROR)
        return 0;
    return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), number, u->conditions, u->when);
}

static int deny_uses(scmp_filter_ctx filter, const struct denied_use *uses, size_t count)
{
    int rc = 0;
    for (size_t i = 0; i < count && rc == 0; i++)
        rc = deny(filter, &uses[i]);
    return rc;
}

static int deny_calls(scmp_filter_ctx filter)
{
    int rc = 0;
    for (size_t i = 0; i < COUNT(denied_calls) && rc == 0; i++)
        rc = deny(filter, &(struct denied_use){.name = denied_calls[i]});
    for (size_t i = 0; i < COUNT(denied_numbers) && rc == 0; i++)
        rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), denied_numbers[i], 0);
    return rc;
}

static int deny_always(scmp_filter_ctx filter)
{
    const struct denied_use uses[] = {
        {"prlimit64", {IS_NOT(0, 0)}, 1},
        /* typing into the terminal that started us */
        {"ioctl", {IS(1, TIOCSTI)}, 1},
        {"ioctl", {IS(1, TIOCLINUX)}, 1},
        {"mprotect", {HAS_BITS(2, PROT_EXEC)}, 1},
        {"pkey_mprotect", {HAS_BITS(2, PROT_EXEC)}, 1},
    };
    return deny_uses(filter, uses, COUNT(uses));
}

/* Code that was not there when we started: none, or only what is made here and comes from no file. */
static int deny_code(scmp_filter_ctx filter, const struct sandbox_rules *r)
{
    const struct denied_use uses[] = {
        {"mmap", {HAS_BITS(2, PROT_EXEC)}, 1},
        {"mmap2", {HAS_BITS(2, PROT_EXEC)}, 1},
    };
    const struct denied_use of_files[] = {
        {"mmap", {HAS_BITS(2, PROT_EXEC), LACKS_BITS(3, MAP_ANONYMOUS)}, 2},
        {"mmap2", {HAS_BITS(2, PROT_EXEC), LACKS_BITS(3, MAP_ANONYMOUS)}, 2},
    };
    return deny_uses(filter, r->makes_code ? of_files : uses, COUNT(uses));
}

/* No process but this one. */
static int deny_children(scmp_filter_ctx filter)
{
    const scmp_datum_t self = (scmp_datum_t)getpid();
    const struct denied_use uses[] = {
        {"fork", {{0}}, 0},
        {"clone", {{0}}, 0},
        {"socketpair", {{0}}, 0},
        {"kill", {IS_NOT(0, self)}, 1},
        {"tgkill", {IS_NOT(0, self)}, 1}, /* abort needs its own */
    };
    return deny_uses(filter, uses, COUNT(uses));
}

/* A server took its socket with it; everybody else has nobody to answer. Children are talked to
   over pairs, which need sendmsg. */
static int deny_serving(scmp_filter_ctx filter, const struct sandbox_rules *r)
{
    const struct denied_use uses[] = {
        {"accept", {{0}}, 0},
        {"accept4", {{0}}, 0},
        {"sendto", {{0}}, 0},
        {"sendmsg", {{0}}, 0},
    };
    if (r->serves)
        return 0;
    return deny_uses(filter, uses, r->children ? COUNT(uses) - 1 : COUNT(uses));
}

/* Children that are processes, neither threads nor in name spaces of their own; pairs of
   sockets, which reach nobody else; to others only the signal that ends them, and never to a
   group. */
static int deny_beyond_children(scmp_filter_ctx filter)
{
    const scmp_datum_t self = (scmp_datum_t)getpid();
    const struct denied_use uses[] = {
        {"clone", {HAS_BITS(0, CLONE_VM)}, 1},
        {"clone", {HAS_BITS(0, CLONE_NEWNS)}, 1},
        {"clone", {HAS_BITS(0, CLONE_NEWCGROUP)}, 1},
        {"clone", {HAS_BITS(0, CLONE_NEWUTS)}, 1},
        {"clone", {HAS_BITS(0, CLONE_NEWIPC)}, 1},
        {"clone", {HAS_BITS(0, CLONE_NEWUSER)}, 1},
        {"clone", {HAS_BITS(0, CLONE_NEWPID)}, 1},
        {"clone", {HAS_BITS(0, CLONE_NEWNET)}, 1},
        {"socketpair", {IS_NOT(0, AF_UNIX)}, 1},
        {"kill", {IS_NOT(0, self), IS_NOT(1, SIGKILL)}, 2},
        {"kill", {IS(0, 0)}, 1},
        {"kill", {HAS_BITS(0, 0x80000000U)}, 1},
        {"tgkill", {IS_NOT(0, self), IS_NOT(2, SIGABRT)}, 2}, /* a child has another number */
    };
    return deny_uses(filter, uses, COUNT(uses));
}

/* A kernel that knows filters looks at the pointer before it refuses it. */
bool sandbox_has_filters(void)
{
    enum { FILTER_MODE = 2 };
    return prctl(PR_SET_SECCOMP, FILTER_MODE, NULL, 0, 0) != 0 && errno == EFAULT;
}

static enum status confine_calls(const struct sandbox_rules *r, struct sandbox_state *out,
                                 struct err *e)
{
    if (!sandbox_has_filters())
        return OK;
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return fail(e, ERR_LIMIT, "there is no memory for the sandbox");
    /* System calls of another kind of machine (32 bit on 64) would pass by the numbers above. */
    (void)seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    int rc = deny_calls(filter);
    if (rc == 0)
        rc = deny_always(filter);
    if (rc == 0)
        rc = deny_code(filter, r);
    if (rc == 0)
        rc = r->children ? deny_beyond_children(filter) : deny_children(filter);
    if (rc == 0)
        rc = deny_serving(filter, r);
    if (rc == 0)
        rc = seccomp_load(filter);
    seccomp_release(filter);
    if (rc != 0)
        return fail(e, ERR_IO, "the sandbox for system calls (seccomp) cannot be entered: %s",
                    strerror(-rc));
    out->seccomp = true;
    return OK;
}

enum status sandbox_enter(const struct sandbox_rules *r, struct sandbox_state *out, struct err *e)
{
    *out = (struct sandbox_state){.no_new_privs = false};
    enum status st = sandbox_no_new_privs(out, e);
    if (st == OK)
        st = sandbox_files(r, out, e);
    return st == OK ? confine_calls(r, out, e) : st;
}

#endif
