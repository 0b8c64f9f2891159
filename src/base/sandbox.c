/*
 * The sandbox. Landlock decides about files and is asked by system call with constants of our own,
 * because headers of distributions are older than kernels: what is asked for is cut down to the
 * version (ABI) of the running kernel. seccomp (libseccomp) decides about system calls: all are
 * allowed but those below, which answer EPERM. A list of what is allowed would be stronger, and is for a
 * process that only parses; ours talks to SQLite, a terminal and six libraries.
 *
 * Landlock does not see changes of modes, owners and times, nor truncate(2) before ABI 3, nor the
 * network before ABI 4, nor signals before ABI 6: seccomp denies them all.
 */
#define _GNU_SOURCE /* O_PATH, syscall */

#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static enum status set_no_new_privs(struct sandbox_state *out, struct err *e)
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
    return set_no_new_privs(out, e);
}

#else

/* ---- Landlock: files ------------------------------------------------------------------------ */

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

/* What libraries open when they are first used: zones (C library, GLib), OpenSSL's configuration and
   modules, SQLite's randomness. */
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

static enum status confine_files(const struct sandbox_rules *r, struct sandbox_state *out,
                                 struct err *e)
{
    const long abi = syscall(CALL_CREATE_RULESET, NULL, 0, CREATE_RULESET_VERSION);
    if (abi < 1)
        return OK; /* not built in, not enabled, or a container hides it */
    const struct ruleset all = denied_by((int)abi);
    const int ruleset = (int)syscall(CALL_CREATE_RULESET, &all, sizeof all, 0);
    if (ruleset < 0)
        return fail(e, ERR_IO, "the sandbox for files (Landlock %ld) cannot be made: %s", abi,
                    strerror(errno));
    allow_system(ruleset, all.files);
    for (size_t i = 0; i < r->count; i++)
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

/* ---- seccomp: system calls ------------------------------------------------------------------ */

/* Found by name, since no machine has them all. */
static const char *const denied_calls[] = {
    /* the network */
    "socket", "socketpair", "connect", "bind", "listen", "accept", "accept4", "sendto", "sendmsg",
    "sendmmsg",
    /* other programs and processes; we start no threads, nor do our libraries */
    "execve", "execveat", "fork", "vfork", "clone", "ptrace", "process_vm_readv",
    "process_vm_writev", "kcmp", "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "shmget", "shmat",
    "msgget", "semget", "mq_open",
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

/* A call that is denied for some values of an argument. */
struct denied_use {
    const char *name;
    unsigned argument; /* 0: the first */
    enum scmp_compare how;
    scmp_datum_t value, masked; /* with SCMP_CMP_MASKED_EQ `value` is the mask */
};

/* 0, or a negative errno; so below. A name that this machine does not have is no failure. */
static int deny(scmp_filter_ctx filter, const char *name, const struct scmp_arg_cmp *when)
{
    const int number = seccomp_syscall_resolve_name(name);
    if (number == __NR_SCMP_ERROR)
        return 0;
    return seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), number, when ? 1 : 0, when);
}

static int deny_calls(scmp_filter_ctx filter)
{
    int rc = 0;
    for (size_t i = 0; i < COUNT(denied_calls) && rc == 0; i++)
        rc = deny(filter, denied_calls[i], NULL);
    for (size_t i = 0; i < COUNT(denied_numbers) && rc == 0; i++)
        rc = seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), denied_numbers[i], 0);
    return rc;
}

static int deny_uses(scmp_filter_ctx filter)
{
    const scmp_datum_t low_half = 0xffffffff; /* all that the kernel reads of these arguments */
    const scmp_datum_t self = (scmp_datum_t)getpid();
    const struct denied_use uses[] = {
        {"kill", 0, SCMP_CMP_NE, self, 0},
        {"tgkill", 0, SCMP_CMP_NE, self, 0}, /* abort needs its own */
        {"prlimit64", 0, SCMP_CMP_NE, 0, 0},
        /* typing into the terminal that started us */
        {"ioctl", 1, SCMP_CMP_MASKED_EQ, low_half, TIOCSTI},
        {"ioctl", 1, SCMP_CMP_MASKED_EQ, low_half, TIOCLINUX},
        /* code that was not there when we started */
        {"mmap", 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC},
        {"mmap2", 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC},
        {"mprotect", 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC},
        {"pkey_mprotect", 2, SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC},
    };
    int rc = 0;
    for (size_t i = 0; i < COUNT(uses) && rc == 0; i++) {
        const struct denied_use *const u = &uses[i];
        const struct scmp_arg_cmp when = {u->argument, u->how, u->value, u->masked};
        rc = deny(filter, u->name, &when);
    }
    return rc;
}

/* A kernel that knows filters looks at the pointer before it refuses it. */
static bool kernel_has_filters(void)
{
    enum { FILTER_MODE = 2 };
    return prctl(PR_SET_SECCOMP, FILTER_MODE, NULL, 0, 0) != 0 && errno == EFAULT;
}

static enum status confine_calls(struct sandbox_state *out, struct err *e)
{
    if (!kernel_has_filters())
        return OK;
    const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    if (!filter)
        return fail(e, ERR_LIMIT, "there is no memory for the sandbox");
    /* System calls of another kind of machine (32 bit on 64) would pass by the numbers above. */
    (void)seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    int rc = deny_calls(filter);
    if (rc == 0)
        rc = deny_uses(filter);
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
    enum status st = set_no_new_privs(out, e);
    if (st == OK)
        st = confine_files(r, out, e);
    return st == OK ? confine_calls(out, e) : st;
}

#endif
