/* stet-import: bringing sources into an archive, and reading them again to prove it. */
#include "cli.h"

int main(int argc, char **argv)
{
    static const struct verb verbs[] = {
        {"import", cmd_import},
        {"audit", cmd_audit},
        {"formats", cmd_formats},
    };
    const struct program program = {"import", verbs, sizeof verbs / sizeof *verbs};
    return cli_main(argc, argv, &program);
}
