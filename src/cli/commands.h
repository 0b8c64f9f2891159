/*
 * The table of commands: what each is called, does and takes, and which program holds it. To add
 * one: a row in commands.c, src/cli/cmd_<name>.c, a line in the verbs of its program's main, and
 * the name in the Makefile if it belongs to a helper.
 */
#ifndef STET_COMMANDS_H
#define STET_COMMANDS_H

#include "opts.h"

struct example {
    const char *line, *says;
};

enum { EXAMPLES_MAX = 4 };

/* What a command touches beside reading the archive and the files of its options; the sandbox gives
   it that and no more (confine.c). */
enum touches {
    TOUCHES_NO_MORE,
    TOUCHES_ARGUMENTS, /* writes the archive, reads the files and folders of its arguments */
    TOUCHES_MARKS,     /* writes the archive */
    TOUCHES_SERVED,    /* confines itself once it listens: confine_server */
    TOUCHES_GIVEN,     /* reads the files of its arguments */
    TOUCHES_RECORDS,   /* reads the sources that the archive lists, as bytes */
    TOUCHES_SOURCES,   /* reads the sources that the archive lists, lets the archive check itself */
    TOUCHES_SYSTEM     /* reads what the system says of itself */
};

struct command {
    const char *name;
    const char *arguments;     /* "QUERY..."; empty: none */
    const char *summary;       /* one line, no full stop */
    const char *details;       /* paragraphs parted by a blank line */
    const char *program;       /* "import": libexec/stet/stet-import holds it; NULL: stet itself */
    const char *files_program; /* the program that holds it when it is called with an option of
                                  `file_options` or the argument "-"; NULL: there is none */
    enum option_id file_options[2];
    enum touches touches;
    int min_args, max_args; /* max -1: any number */
    struct option_table options;
    struct example examples[EXAMPLES_MAX]; /* ends at the first without a line */
};

size_t command_count(void);
const struct command *command_at(size_t i);
const struct command *command_find(str name); /* NULL if there is none */
const struct command *command_nearest(str name);

/* Options of every command. */
extern const struct option_table global_options;

/* The row of an option of `c`, or of the global table; it must exist. */
const struct option *command_option(const struct command *c, enum option_id id);

#endif
