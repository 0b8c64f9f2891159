/* stet-serve: the page. The one program that listens, on loopback. */
#include "cli.h"

int main(int argc, char **argv)
{
    static const struct verb verbs[] = {{"serve", cmd_serve}};
    const struct program program = {"serve", verbs, sizeof verbs / sizeof *verbs};
    return cli_main(argc, argv, &program);
}
