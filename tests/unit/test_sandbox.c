/*
 * The sandbox, from inside: each case forks a child that enters it and tries what must be denied, and
 * what must go on working.
 */
#define _GNU_SOURCE /* syscall, TIOCSTI */

#include "buf.h"
#include "sandbox.h"
#include "../support/scratch.h"
#include "sha256.h"
#include "zone.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#undef fail /* cmocka has a macro of this name */

static struct scratch folder;
static char given[128], granted[128], outside[128], beside[128];

/* granted/ may be changed, given.txt read; outside.txt is not named. */
static struct sandbox_state enter_with(bool makes_code)
{
    const struct sandbox_path paths[] = {
        {given, SANDBOX_READ}, {granted, SANDBOX_CHANGE}, {"/no/such/file", SANDBOX_READ}};
    const struct sandbox_rules rules = {.paths = paths, .count = 3, .makes_code = makes_code};
    struct sandbox_state state;
    struct err e = {0};
    if (sandbox_enter(&rules, &state, &e) != OK)
        _exit(100);
    return state;
}

static struct sandbox_state enter(void)
{
    return enter_with(false);
}

/* What a child says: 0 is yes; otherwise the number of the step that went wrong. */
static int in_child_with(bool makes_code, int (*try)(void))
{
    const pid_t child = fork();
    if (child == 0) {
        enter_with(makes_code);
        _exit(try());
    }
    int status = 0;
    assert_true(child > 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 200 + WTERMSIG(status);
}

static int in_child(int (*try)(void))
{
    return in_child_with(false, try);
}

static struct sandbox_state state_of_child(void)
{
    struct sandbox_state state = {false, false, 0};
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
        state = enter();
        _exit(write(ends[1], &state, sizeof state) != (ssize_t)sizeof state);
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], &state, sizeof state), sizeof state);
    close(ends[0]);
    waitpid(child, NULL, 0);
    return state;
}

static bool denied(long result)
{
    return result == -1 && errno == EPERM;
}

static bool cannot_open(const char *path, int flags)
{
    return open(path, flags | O_CLOEXEC, 0600) == -1 && errno == EACCES;
}

/* ---- files ---------------------------------------------------------------------------------- */

static int foreign_files(void)
{
    if (!cannot_open(outside, O_RDONLY))
        return 1;
    if (!cannot_open("/etc/passwd", O_RDONLY))
        return 2;
    if (!cannot_open(folder.folder, O_RDONLY | O_DIRECTORY))
        return 3;
    if (!cannot_open(beside, O_WRONLY | O_CREAT))
        return 4;
    if (!cannot_open(given, O_WRONLY))
        return 5;
    if (unlink(outside) != -1 || errno != EACCES)
        return 6;
    if (mkdir(beside, 0700) != -1 || errno != EACCES)
        return 7;
    if (symlink(given, beside) != -1 || errno != EACCES)
        return 8;
    return 0;
}

static int granted_files(void)
{
    char path[160], other[160];
    snprintf(path, sizeof path, "%s/new", granted);
    snprintf(other, sizeof other, "%s/renamed", granted);
    const int fd = open(path, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (fd < 0 || write(fd, "abc", 3) != 3 || ftruncate(fd, 1) != 0 || fchmod(fd, 0600) != 0)
        return 1;
    if (rename(path, other) != 0)
        return 2;
    const int read_fd = open(given, O_RDONLY);
    char byte;
    if (read_fd < 0 || read(read_fd, &byte, 1) != 1)
        return 3;
    const int listing = open(granted, O_RDONLY | O_DIRECTORY);
    if (listing < 0 || fsync(listing) != 0)
        return 4;
    return unlink(other) == 0 ? 0 : 5;
}

/* Landlock does not see these; with a file that may be changed, only seccomp stands in the way. */
static int modes_and_owners(void)
{
    char path[160];
    snprintf(path, sizeof path, "%s/mode", granted);
    close(open(path, O_RDWR | O_CREAT, 0600));
    if (!denied(chmod(path, 0644)) || !denied(chown(path, getuid(), getgid())))
        return 1;
    if (!denied(truncate(path, 0)) || !denied(utimensat(AT_FDCWD, path, NULL, 0)))
        return 2;
    return unlink(path) == 0 ? 0 : 3;
}

static void files_that_are_not_named_stay_closed(void **state)
{
    (void)state;
    if (!state_of_child().landlock_abi)
        skip();
    assert_int_equal(in_child(foreign_files), 0);
}

static void files_that_are_named_can_be_used(void **state)
{
    (void)state;
    assert_int_equal(in_child(granted_files), 0);
}

static void modes_stay_as_they_are(void **state)
{
    (void)state;
    if (!state_of_child().seccomp)
        skip();
    assert_int_equal(in_child(modes_and_owners), 0);
}

/* ---- system calls --------------------------------------------------------------------------- */

static int network(void)
{
    int pair[2];
    struct sockaddr nowhere = {.sa_family = AF_UNSPEC};
    if (!denied(socket(AF_INET, SOCK_STREAM, 0)) || !denied(socket(AF_UNIX, SOCK_STREAM, 0)))
        return 1;
    if (!denied(socketpair(AF_UNIX, SOCK_STREAM, 0, pair)))
        return 2;
    if (!denied(connect(0, &nowhere, sizeof nowhere)) || !denied(bind(0, &nowhere, sizeof nowhere)))
        return 3;
    return denied(send(0, "x", 1, 0)) ? 0 : 4;
}

static int processes(void)
{
    char *const words[] = {"true", NULL};
    if (!denied(execv("/bin/true", words)))
        return 1;
    if (!denied(fork()))
        return 2;
    if (system("true") == 0)
        return 3;
    if (!denied(kill(getppid(), 0)) || !denied(kill(0, 0)) || !denied(kill(-1, 0)))
        return 4;
    if (kill(getpid(), 0) != 0)
        return 5;
    return denied(syscall(SYS_ptrace, 0, 0, 0, 0)) ? 0 : 6;
}

static int kernel_doors(void)
{
    if (!denied(syscall(425, 1, NULL)) || !denied(syscall(SYS_bpf, 0, NULL, 0)))
        return 1; /* 425: io_uring_setup */
    if (!denied(syscall(SYS_unshare, 0)) || !denied(syscall(SYS_userfaultfd, 0)))
        return 2;
    if (!denied(syscall(SYS_keyctl, 0, 0, 0, 0, 0)) || !denied(syscall(SYS_perf_event_open, 0, 0)))
        return 3;
    char typed = 'x';
    if (!denied(ioctl(0, TIOCSTI, &typed)))
        return 4;
    /* the kernel reads the lower half of the request only */
    return denied(syscall(SYS_ioctl, 0, (1UL << 32) | TIOCSTI, &typed)) ? 0 : 5;
}

static int made_code(void)
{
    void *const page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED)
        return 1;
    if (!denied(mprotect(page, 4096, PROT_READ | PROT_EXEC)))
        return 2;
    const void *const code =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return code == MAP_FAILED && errno == EPERM ? 0 : 3;
}

/* Code of its own, and none that comes from a file or was data before. */
static int made_own_code(void)
{
    const void *const code =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (code == MAP_FAILED)
        return 1;
    void *const page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (page == MAP_FAILED || !denied(mprotect(page, 4096, PROT_READ | PROT_EXEC)))
        return 2;
    const int file = open(given, O_RDONLY);
    if (file < 0)
        return 3;
    const void *const of_file = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE, file, 0);
    return of_file == MAP_FAILED && errno == EPERM ? 0 : 4;
}

static int aborting(void)
{
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    abort();
}

static void calls_that_nobody_needs_are_denied(void **state)
{
    (void)state;
    if (!state_of_child().seccomp)
        skip();
    assert_int_equal(in_child(network), 0);
    assert_int_equal(in_child(processes), 0);
    assert_int_equal(in_child(kernel_doors), 0);
    assert_int_equal(in_child(made_code), 0);
    assert_int_equal(in_child_with(true, made_own_code), 0);
}

static void a_broken_invariant_still_ends_the_process(void **state)
{
    (void)state;
    assert_int_equal(in_child(aborting), 200 + SIGABRT);
}

/* ---- what libraries do when they are first used ---------------------------------------------- */

static int libraries(void)
{
    struct err e = {0};
    struct zone *zone = NULL;
    if (zone_open(&zone, STR("America/New_York"), &e) != OK || zone_offset_min(zone, 0) != -300)
        return 1;
    zone_close(zone);
    const struct sha256_digest digest = sha256_of(STR("abc"));
    return digest.bytes[0] == 0xba ? 0 : 2;
}

static void libraries_find_their_data(void **state)
{
    (void)state;
    assert_int_equal(in_child(libraries), 0);
}

static int database(void)
{
    struct err e = {0};
    struct store *s = NULL;
    char path[160];
    snprintf(path, sizeof path, "%s/a.stet", granted);
    if (store_open(&s, path, STORE_CREATE, &e) != OK)
        return 1;
    const struct message m = scratch_message("ada", "the weir", 0, 0);
    struct write_result written;
    scratch_store(s, "leak", &m, 1, &written);
    store_close(s);
    if (store_open(&s, path, STORE_READ, &e) != OK || columns_rows(store_columns(s)) != 1)
        return 2;
    store_close(s);
    return 0;
}

static void an_archive_can_be_made(void **state)
{
    (void)state;
    assert_int_equal(in_child(database), 0);
}

/* ---- as a whole ------------------------------------------------------------------------------ */

static int twice(void)
{
    const struct sandbox_state state = enter();
    return state.no_new_privs && prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? 0 : 1;
}

static void it_can_be_entered_again(void **state)
{
    (void)state;
    assert_int_equal(in_child(twice), 0);
}

static void the_state_says_what_holds(void **state)
{
    (void)state;
    const struct sandbox_state now = state_of_child();
    assert_true(now.no_new_privs);
    if (SANITIZED) {
        assert_false(now.seccomp);
        assert_int_equal(now.landlock_abi, 0);
        return;
    }
    const long abi = syscall(444, NULL, 0, 1); /* landlock_create_ruleset, for its version */
    assert_int_equal(now.landlock_abi, abi > 0 ? abi : 0);
}

static int prepare(void **state)
{
    (void)state;
    folder = scratch_make();
    snprintf(given, sizeof given, "%s", scratch_file(&folder, "given.txt", STR("given")));
    snprintf(outside, sizeof outside, "%s", scratch_file(&folder, "outside.txt", STR("outside")));
    scratch_file(&folder, "granted/something", STR("x"));
    snprintf(granted, sizeof granted, "%s/granted", folder.folder);
    snprintf(beside, sizeof beside, "%s/beside", folder.folder);
    return 0;
}

static int clean(void **state)
{
    (void)state;
    scratch_remove(&folder);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(files_that_are_not_named_stay_closed),
        cmocka_unit_test(files_that_are_named_can_be_used),
        cmocka_unit_test(modes_stay_as_they_are),
        cmocka_unit_test(calls_that_nobody_needs_are_denied),
        cmocka_unit_test(a_broken_invariant_still_ends_the_process),
        cmocka_unit_test(libraries_find_their_data),
        cmocka_unit_test(an_archive_can_be_made),
        cmocka_unit_test(it_can_be_entered_again),
        cmocka_unit_test(the_state_says_what_holds),
    };
    return cmocka_run_group_tests_name("sandbox", tests, prepare, clean);
}
