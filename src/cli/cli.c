/*
 * From main to a command and back to an exit status: the process is made private before anything is
 * read, the verb is found, options are read from its tables, and at the end the output is known to
 * be written. A verb of another program is handed over to it, as git does.
 */
#include "cli.h"
#include "caret.h"
#include "confine.h"
#include "help.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HELPER_PATH_MAX = 4096 };

/* ---- a private process ---------------------------------------------------------------------- */

/* With standard output closed, the next file opened would become it, and our words would be written
   into the archive. What is closed is held by something that cannot be written. */
static void hold_standard_files(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            (void)!open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY);
}

/* Leaked messages must not end up in a core file or another process's reach. The leak checker of a
   sanitizer build needs to trace its own process, so there only the size limit holds. */
static void keep_private(void)
{
    umask(077);
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    if (!SANITIZED)
        prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
    hold_standard_files();
    /* A reader that goes away ends us quietly, even if our parent ignores the signal. */
    signal(SIGPIPE, SIG_DFL);
}

/* ---- finding the verb ----------------------------------------------------------------------- */

/* True if the word before the verb takes the next word as its value: `stet -a PATH search`. */
static bool takes_next(const char *word)
{
    for (size_t i = 0; i < global_options.count; i++) {
        const struct option *const o = &global_options.options[i];
        if (!o->value)
            continue;
        if (strncmp(word, "--", 2) == 0 && strcmp(word + 2, o->name) == 0)
            return true;
        if (word[1] == o->letter && !word[2])
            return true;
    }
    return false;
}

/* The index of the verb in argv, argc if there is none. */
static int find_verb(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (argv[i][0] != '-' || !argv[i][1])
            return i;
        if (takes_next(argv[i]))
            i++;
    }
    return argc;
}

/* ---- other programs ------------------------------------------------------------------------- */

/* Fills `path` with ../libexec/stet/stet-NAME as seen from our own file. Nowhere else is looked: a
   program of that name in PATH is not ours. */
static enum status helper_path(char path[HELPER_PATH_MAX], const char *name, struct err *e)
{
    char self[HELPER_PATH_MAX];
    const ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    if (n <= 0)
        return fail(e, ERR_IO, "the place of this program cannot be found: %s", strerror(errno));
    self[n] = '\0';
    char *const slash = strrchr(self, '/');
    if (slash)
        *slash = '\0';
    if (snprintf(path, HELPER_PATH_MAX, "%s/../libexec/stet/stet-%s", self, name) >=
        HELPER_PATH_MAX)
        return fail(e, ERR_LIMIT, "the path of this program is too long");
    return OK;
}

/* Does the command read files of other people, as it was called? Then a program with the parsers for
   them does it. */
static bool reads_files(const struct cli *c)
{
    const struct command *const d = c->command;
    return d->files_program && (cli_has(c, d->file_options[0]) || cli_has(c, d->file_options[1]) ||
                                (c->opts.arg_count == 1 && strcmp(c->opts.args[0], "-") == 0));
}

/* The program that holds this command as it was called; NULL: stet itself. */
static const char *program_of(const struct cli *c)
{
    return reads_files(c) ? c->command->files_program : c->command->program;
}

static enum exit_status hand_over(struct cli *c, char **argv)
{
    struct err e = {0};
    char path[HELPER_PATH_MAX];
    if (helper_path(path, program_of(c), &e) != OK)
        return cli_fail(c, &e);
    char *const own_name = argv[0];
    argv[0] = path;
    execv(path, argv);
    argv[0] = own_name;
    fail(&e, ERR_MISSING, "stet %s is done by another program, %s, which cannot be started: %s",
         c->command->name, path, strerror(errno));
    fail_hint(&e, "build or install Stet as a whole: make, or make install");
    return cli_fail(c, &e);
}

/* ---- running -------------------------------------------------------------------------------- */

static enum exit_status run_verb(struct cli *c, const struct program *program)
{
    for (size_t i = 0; i < program->verb_count; i++)
        if (strcmp(program->verbs[i].name, c->command->name) == 0)
            return program->verbs[i].run(c);
    struct err e = {0};
    fail(&e, ERR_MISSING, "this program does not do %s", c->command->name);
    fail_hint(&e, "say: stet %s", c->command->name);
    return cli_fail(c, &e);
}

static enum status check_arguments(const struct cli *c, struct err *e)
{
    const struct command *const d = c->command;
    const int have = c->opts.arg_count;
    if (have < d->min_args)
        fail(e, ERR_QUERY, "%s what? usage: stet %s %s", d->name, d->name, d->arguments);
    else if (d->max_args >= 0 && have > d->max_args)
        fail(e, ERR_QUERY, "stet %s does not take \"%.80s\"", d->name, c->opts.args[d->max_args]);
    else
        return OK;
    return fail_hint(e, "more: stet %s --help", d->name);
}

static void open_terminals(struct cli *c)
{
    c->out = term_open(STDOUT_FILENO, cli_value(c, OPT_COLOR));
    c->diag = term_open(STDERR_FILENO, cli_value(c, OPT_COLOR));
}

/* Reads the words of argv but program and verb (a copy: another program may need them as they are).
   False if nothing is left to do, and why in *status. */
static bool read_command(struct cli *c, int argc, char **argv, int verb_at,
                         enum exit_status *status)
{
    struct err e = {0};
    const struct option_table tables[] = {c->command->options, global_options};
    const struct option_tables all = {tables, 2};
    char **const words = arena_array(&c->arena, (size_t)argc, sizeof *words);
    int count = 0;
    for (int i = 1; i < argc; i++)
        if (i != verb_at)
            words[count++] = argv[i];
    const enum status st = opts_parse(&c->opts, &all, count, words, &e);
    open_terminals(c);
    c->json = cli_has(c, OPT_JSON);
    c->quiet = cli_has(c, OPT_QUIET);
    if (st == OK && cli_has(c, OPT_HELP)) {
        help_command(&c->out, c->command);
        *status = EXIT_DONE;
        return false;
    }
    if (st == OK && check_arguments(c, &e) == OK)
        return true;
    *status = cli_fail(c, &e);
    return false;
}

static enum exit_status run_without_verb(struct cli *c, int argc, char **argv)
{
    struct err e = {0};
    const struct option_tables tables = {&global_options, 1};
    const enum status st = opts_parse(&c->opts, &tables, argc - 1, argv + 1, &e);
    open_terminals(c);
    if (st != OK)
        return cli_fail(c, &e);
    if (cli_has(c, OPT_VERSION))
        return cmd_version(c);
    if (cli_has(c, OPT_HELP)) {
        help_overview(&c->out);
        return EXIT_DONE;
    }
    help_overview(&c->diag);
    return EXIT_WRONG;
}

static enum exit_status fail_unknown(struct cli *c, str name)
{
    struct err e = {0};
    const struct command *const near = command_nearest(name);
    open_terminals(c);
    fail(&e, ERR_MISSING, "there is no command \"" STR_FMT "\"", STR_ARG(str_sub(name, 0, 80)));
    fail_hint(&e, near ? "did you mean stet %s?" : "all commands: stet help",
              near ? near->name : "");
    return cli_fail(c, &e);
}

static enum exit_status run(struct cli *c, int argc, char **argv, const struct program *program)
{
    const int verb_at = find_verb(argc, argv);
    if (verb_at == argc)
        return run_without_verb(c, argc, argv);
    c->command = command_find(str_of(argv[verb_at]));
    if (!c->command)
        return fail_unknown(c, str_of(argv[verb_at]));
    enum exit_status status;
    if (!read_command(c, argc, argv, verb_at, &status))
        return status;
    if (!program->name && program_of(c))
        return hand_over(c, argv);
    struct err e = {0};
    return confine(c, &e) == OK ? run_verb(c, program) : cli_fail(c, &e);
}

int cli_main(int argc, char **argv, const struct program *program)
{
    keep_private();
    struct cli c = {0};
    enum exit_status status = run(&c, argc, argv, program);
    struct err e = {0};
    if (term_close(&c.out, &e) != OK) {
        caret_print(&c.diag, &e, STR(""));
        status = EXIT_WRONG;
    }
    struct err ignored = {0}; /* there is nowhere left to say it */
    if (term_close(&c.diag, &ignored) != OK && status == EXIT_DONE)
        status = EXIT_WRONG;
    arena_free(&c.arena);
    return (int)status;
}
