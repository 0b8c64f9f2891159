/* stet help: the list of commands, one command, the manual page. */
#include "cli.h"
#include "help.h"

enum exit_status cmd_help(struct cli *c)
{
    const struct command *about = NULL;
    if (cli_has(c, OPT_MAN)) {
        help_man(&c->out);
        return EXIT_DONE;
    }
    if (c->opts.arg_count) {
        const str name = str_of(c->opts.args[0]);
        if (str_eq(name, STR("query"))) {
            help_query(&c->out);
            return EXIT_DONE;
        }
        about = command_find(name);
        if (!about) {
            struct err e = {0};
            const struct command *const near = command_nearest(name);
            fail(&e, ERR_MISSING, "there is no command \"%.80s\"", c->opts.args[0]);
            fail_hint(&e, near ? "did you mean stet help %s?" : "all commands: stet help",
                      near ? near->name : "");
            return cli_fail(c, &e);
        }
    }
    if (cli_has(c, OPT_WORDS))
        help_words(&c->out, about);
    else if (about)
        help_command(&c->out, about);
    else
        help_overview(&c->out);
    return EXIT_DONE;
}
