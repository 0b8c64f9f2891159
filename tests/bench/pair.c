/*
 * Times commands against each other, from start to exit. All of them run once in each round, one
 * after the other, so that a machine that is slow for a while is slow for all of them; what is printed
 * are medians, and ratios to the first command taken round by round.
 *
 *     pair ROUNDS [-r FILE]... -- COMMAND... [-- COMMAND...]...
 *
 * -r FILE is removed before each command. Standard output of the commands is dropped. A line for each
 * command, separated by tabs:
 *     median ms   fastest   slowest   median ratio to the first   lowest   highest
 *     median ms of processor time   fastest   slowest   resident KiB
 * Processor time tells what a command costs while others keep the machine busy.
 * Exit status 0, or 2 if a command ended with a status above 1 (1 is "nothing found").
 */
#define _DEFAULT_SOURCE /* wait4: the memory of one child, not the largest of all so far */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { COMMANDS_MAX = 8, FILES_MAX = 16, ROUNDS_MAX = 1000 };

struct command {
    char **args;
    double ms[ROUNDS_MAX];
    double ratio[ROUNDS_MAX];
    double cpu_ms[ROUNDS_MAX];
    long resident_kib;
};

static struct command commands[COMMANDS_MAX];
static const char *stale[FILES_MAX];

static double now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double ms_of(struct timeval t)
{
    return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

static bool run_once(struct command *c, int round)
{
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child;
    int wait_status = 0;
    struct rusage used;
    const double begin = now_ms();
    const int rc = posix_spawnp(&child, c->args[0], &actions, NULL, c->args, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (rc != 0) {
        fprintf(stderr, "pair: cannot run %s: %s\n", c->args[0], strerror(rc));
        return false;
    }
    while (wait4(child, &wait_status, 0, &used) < 0 && errno == EINTR)
        ;
    c->ms[round] = now_ms() - begin;
    c->cpu_ms[round] = ms_of(used.ru_utime) + ms_of(used.ru_stime);
    if (used.ru_maxrss > c->resident_kib)
        c->resident_kib = used.ru_maxrss;
    if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) <= 1)
        return true;
    fprintf(stderr, "pair: %s failed\n", c->args[0]);
    return false;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_sorted(double *values, int n)
{
    qsort(values, (size_t)n, sizeof *values, by_size);
    printf("%.3f\t%.3f\t%.3f\t", values[n / 2], values[0], values[n - 1]);
}

static void print_command(struct command *c, int rounds)
{
    print_sorted(c->ms, rounds);
    print_sorted(c->ratio, rounds);
    print_sorted(c->cpu_ms, rounds);
    printf("%ld\n", c->resident_kib);
}

/* Cuts the arguments at each "--" into commands; returns how many, 0 if they make no sense. */
static int read_commands(char **args)
{
    int n = 0;
    while (*args && n < COMMANDS_MAX) {
        if (strcmp(*args, "--") != 0)
            return 0;
        *args++ = NULL;
        commands[n++].args = args;
        while (*args && strcmp(*args, "--") != 0)
            args++;
    }
    return *args || !n || !*commands[n - 1].args ? 0 : n;
}

static bool run_round(int n, int round)
{
    for (int i = 0; i < n; i++) {
        for (size_t k = 0; k < FILES_MAX && stale[k]; k++)
            unlink(stale[k]);
        if (!run_once(&commands[i], round))
            return false;
    }
    for (int i = 0; i < n; i++)
        commands[i].ratio[round] = commands[i].ms[round] / commands[0].ms[round];
    return true;
}

int main(int argc, char **argv)
{
    const int rounds = argc > 1 ? atoi(argv[1]) : 0;
    char **at = argv + (argc > 1 ? 2 : 1);
    for (int files = 0; at[0] && at[1] && !strcmp(at[0], "-r") && files < FILES_MAX - 1; at += 2)
        stale[files++] = at[1];
    const int n = read_commands(at);
    if (rounds < 1 || rounds > ROUNDS_MAX || n == 0) {
        fputs("usage: pair ROUNDS [-r FILE]... -- COMMAND... [-- COMMAND...]...\n", stderr);
        return 2;
    }
    for (int i = 0; i < rounds; i++) {
        if (!run_round(n, i))
            return 2;
    }
    for (int i = 0; i < n; i++)
        print_command(&commands[i], rounds);
    return 0;
}
