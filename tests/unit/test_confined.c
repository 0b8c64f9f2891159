/*
 * Confined children: frames and answers, what is denied inside, and how each death is told. Some
 * children are made by a parent that is confined itself, as `stet import` is.
 */
#define _GNU_SOURCE /* syscall, MAP_ANONYMOUS */

#include "confined.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
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

enum { MANY = 20000, LONG = 5 << 20 };

static int file_that_says_hello(void)
{
    char path[] = "/tmp/stet-confined.XXXXXX";
    const int written = mkstemp(path), fd = open(path, O_RDONLY);
    unlink(path);
    assert_true(written >= 0 && fd >= 0 && write(written, "hello", 5) == 5);
    close(written);
    return fd;
}

static int go_round(void)
{
    for (volatile bool on = true; on;)
        ;
    return 0;
}

/* ---- frames ---------------------------------------------------------------------------------- */

static int send_many(void *context, struct confined_link *l)
{
    char *const text = calloc(1, LONG);
    (void)context;
    for (uint32_t i = 0; i < MANY; i++)
        if (confined_put(l, 'n', (str){(const char *)&i, sizeof i}) != OK)
            return 1;
    text[LONG - 1] = 'z';
    if (confined_put(l, 't', (str){text, LONG}) != OK || confined_put(l, 'e', STR("")) != OK)
        return 2;
    free(text);
    return 7;
}

static void test_frames_arrive_whole_and_in_order(void **state)
{
    (void)state;
    struct confined *c;
    struct confined_frame f;
    struct confined_death death;
    struct err e = {0};
    uint32_t next = 0;
    bool long_one = false, empty = false;
    assert_int_equal(confined_start(&c, send_many, NULL, &e), OK);
    for (enum confined_event event; (event = confined_next(c, 1000, &f)) != CONFINED_ENDED;) {
        uint32_t n;
        if (event == CONFINED_QUIET)
            continue;
        if (f.letter == 'n') {
            memcpy(&n, f.bytes.p, sizeof n);
            assert_int_equal(n, next++);
        }
        long_one = long_one || (f.letter == 't' && f.bytes.n == LONG && f.bytes.p[LONG - 1] == 'z');
        empty = empty || (f.letter == 'e' && !f.bytes.n);
    }
    confined_end(c, &death);
    assert_int_equal(next, MANY);
    assert_true(long_one && empty);
    assert_true(death.signal == 0 && death.result == 7);
}

static int send_too_long(void *context, struct confined_link *l)
{
    (void)context;
    const enum status st =
        confined_put(l, 'x', (str){(const char *)&st, (size_t)CONFINED_FRAME_MAX + 1});
    return st == ERR_LIMIT ? 3 : 0;
}

/* What a child that was taken over could do with its pipe. */
static int send_nonsense(void *context, struct confined_link *l)
{
    (void)context;
    (void)l;
    for (int fd = 3; fd < 64; fd++) /* one of them is the pipe */
        (void)!write(fd, "x\xFF\xFF\xFF\xFF", 5);
    return go_round();
}

static int close_and_stay(void *context, struct confined_link *l)
{
    (void)context;
    (void)l;
    for (int fd = 3; fd < 64; fd++)
        close(fd);
    return go_round();
}

static struct confined_death end_of(int (*work)(void *context, struct confined_link *l))
{
    struct confined *c;
    struct confined_frame f;
    struct confined_death death;
    struct err e = {0};
    assert_int_equal(confined_start(&c, work, NULL, &e), OK);
    while (confined_next(c, 1000, &f) != CONFINED_ENDED)
        ;
    confined_end(c, &death);
    return death;
}

static void test_a_child_cannot_hold_its_parent(void **state)
{
    (void)state;
    assert_int_equal(end_of(send_too_long).result, 3);
    assert_int_equal(end_of(send_nonsense).signal, SIGKILL);
    assert_int_equal(end_of(close_and_stay).signal, SIGKILL);
}

/* ---- answers --------------------------------------------------------------------------------- */

static int ask_for_a_file(void *context, struct confined_link *l)
{
    struct confined_answer a;
    char bytes[8] = "";
    (void)context;
    if (confined_ask(l, 'O', STR("1"), &a) != OK || a.code != 'n' || a.fd != -1 ||
        !str_eq(a.sentence, STR("no such file")))
        return 1;
    if (confined_ask(l, 'O', STR("2"), &a) != OK || a.code != 'y' || a.fd < 0 || a.sentence.n)
        return 2;
    if (pread(a.fd, bytes, 5, 0) != 5 || memcmp(bytes, "hello", 5) != 0)
        return 3;
    return write(a.fd, "x", 1) == -1 ? 0 : 4;
}

static void answer_requests(struct confined *c, int fd)
{
    struct confined_frame f;
    for (enum confined_event event; (event = confined_next(c, 1000, &f)) != CONFINED_ENDED;) {
        if (event == CONFINED_QUIET)
            continue;
        if (str_eq(f.bytes, STR("2")))
            confined_answer(c, &(struct confined_answer){'y', fd, STR_INIT("")});
        else
            confined_answer(c, &(struct confined_answer){'n', -1, STR_INIT("no such file")});
    }
}

static void test_answers_carry_open_files(void **state)
{
    (void)state;
    struct confined *c;
    struct confined_death death;
    struct err e = {0};
    const int fd = file_that_says_hello();
    assert_int_equal(confined_start(&c, ask_for_a_file, NULL, &e), OK);
    answer_requests(c, fd);
    confined_end(c, &death);
    assert_true(death.signal == 0 && death.result == 0);
    close(fd);
}

/* ---- deaths ---------------------------------------------------------------------------------- */

static int do_abort(void *context, struct confined_link *l)
{
    (void)context;
    (void)l;
    abort();
}

static int do_segv(void *context, struct confined_link *l)
{
    (void)context;
    (void)l;
    const int *volatile nowhere = NULL;
    return *nowhere;
}

static int spin(void *context, struct confined_link *l)
{
    (void)context;
    if (confined_put(l, 'x', STR("")) != OK || confined_flush(l) != OK)
        return 1;
    return go_round();
}

static void test_deaths_are_told(void **state)
{
    (void)state;
    if (SANITIZED)
        skip(); /* which turn signals into reports */
    assert_int_equal(end_of(do_abort).signal, SIGABRT);
    assert_int_not_equal(end_of(do_segv).signal, 0);
}

static void test_one_that_spins_is_noticed_and_killed(void **state)
{
    (void)state;
    struct confined *c;
    struct confined_frame f;
    struct confined_death death;
    struct err e = {0};
    assert_int_equal(confined_start(&c, spin, NULL, &e), OK);
    while (confined_next(c, 1000, &f) != CONFINED_FRAME)
        ;
    for (int i = 0; i < 100 && confined_cpu_seconds(c) < 0.05; i++)
        assert_int_equal(confined_next(c, 100, &f), CONFINED_QUIET);
    assert_true(confined_cpu_seconds(c) >= 0.05);
    confined_end(c, &death);
    assert_int_equal(death.signal, SIGKILL);
}

/* ---- what is denied -------------------------------------------------------------------------- */

static int try_files(void *context, struct confined_link *l)
{
    struct stat info;
    (void)context;
    (void)l;
    if (open("/etc/passwd", O_RDONLY) != -1)
        return 1;
    if (open("/tmp/stet-made", O_WRONLY | O_CREAT, 0600) != -1 || errno != EPERM)
        return 2;
    if (open("/proc/self/status", O_RDONLY) != -1)
        return 3;
    if (stat("/etc/passwd", &info) != -1)
        return 4;
    return 0;
}

static int try_others(void *context, struct confined_link *l)
{
    (void)context;
    (void)l;
    if (socket(AF_INET, SOCK_STREAM, 0) != -1 || errno != EPERM)
        return 1;
    void *volatile const much = malloc((size_t)3 << 30);
    if (much)
        return 2;
    void *volatile const some = malloc((size_t)64 << 20);
    if (!some)
        return 3;
    free(some);
    return write(2, "x", 1) == -1 && read(0, (char[1]){0}, 1) == -1 ? 0 : 4;
}

static int do_exec(void *context, struct confined_link *l)
{
    (void)context;
    (void)l;
    char *const none[] = {NULL};
    return execve("/bin/true", none, none) == -1 ? 5 : 6;
}

static int do_fork(void *context, struct confined_link *l)
{
    (void)context;
    (void)l;
    return fork() == -1 ? 5 : 6;
}

static int do_code(void *context, struct confined_link *l)
{
    (void)context;
    (void)l;
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) == MAP_FAILED
               ? 5
               : 6;
}

static int do_kill(void *context, struct confined_link *l)
{
    (void)context;
    (void)l;
    return kill(getppid(), 0) == -1 ? 5 : 6;
}

static void test_what_is_denied(void **state)
{
    (void)state;
    struct sandbox_state inside;
    struct err e = {0};
    assert_int_equal(confined_try(&inside, &e), OK);
    assert_true(inside.no_new_privs);
    if (SANITIZED || !inside.seccomp)
        skip();
    assert_int_equal(end_of(try_files).result, 0);
    assert_int_equal(end_of(try_others).result, 0);
    assert_int_equal(end_of(do_exec).signal, SIGSYS);
    assert_int_equal(end_of(do_fork).signal, SIGSYS);
    assert_int_equal(end_of(do_code).signal, SIGSYS);
    assert_int_equal(end_of(do_kill).signal, SIGSYS);
}

/* ---- under a parent that is confined itself ------------------------------------------------- */

static bool has_died_of(int (*work)(void *context, struct confined_link *l), int signal_number)
{
    struct confined *c;
    struct confined_frame f;
    struct confined_death death;
    struct err e = {0};
    if (confined_start(&c, work, NULL, &e) != OK)
        return false;
    for (int i = 0; i < 3; i++)
        if (confined_next(c, 100, &f) == CONFINED_ENDED)
            break;
    confined_end(c, &death);
    return death.signal == signal_number;
}

static int lead_children(int fd)
{
    const struct sandbox_rules rules = {.children = true};
    struct sandbox_state outside, inside;
    struct confined *c;
    struct confined_death death;
    struct err e = {0};
    char *const none[] = {NULL};
    const pid_t no_group = 0x3FFFFFFF; /* more than Linux counts to */
    if (sandbox_enter(&rules, &outside, &e) != OK)
        return 1;
    if (confined_try(&inside, &e) != OK || inside.seccomp != outside.seccomp)
        return 2;
    if (confined_start(&c, ask_for_a_file, NULL, &e) != OK)
        return 3;
    answer_requests(c, fd);
    confined_end(c, &death);
    if (death.signal || death.result)
        return 4;
    if (!has_died_of(spin, SIGKILL))
        return 5;
    if (!SANITIZED &&
        (!has_died_of(do_abort, SIGABRT) || (inside.seccomp && !has_died_of(do_exec, SIGSYS))))
        return 6;
    if (outside.seccomp &&
        (execve("/bin/true", none, none) != -1 || errno != EPERM ||
         socket(AF_UNIX, SOCK_STREAM, 0) != -1 || kill(getppid(), 0) != -1 ||
         kill(0, SIGKILL) != -1 || kill(-no_group, SIGKILL) != -1 || errno != EPERM))
        return 7;
    return 0;
}

static void test_a_confined_parent_can_lead_children(void **state)
{
    (void)state;
    int status = 0;
    const int fd = file_that_says_hello();
    const pid_t parent = fork();
    if (parent == 0) {
        setpgid(0, 0); /* should the sandbox leak, only this group is killed */
        _exit(lead_children(fd));
    }
    assert_int_equal(waitpid(parent, &status, 0), parent);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    close(fd);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_frames_arrive_whole_and_in_order),
        cmocka_unit_test(test_a_child_cannot_hold_its_parent),
        cmocka_unit_test(test_answers_carry_open_files),
        cmocka_unit_test(test_deaths_are_told),
        cmocka_unit_test(test_one_that_spins_is_noticed_and_killed),
        cmocka_unit_test(test_what_is_denied),
        cmocka_unit_test(test_a_confined_parent_can_lead_children),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
