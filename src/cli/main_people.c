/* stet-people: who is who, who looks like whom, who is mentioned. */
#include "cli.h"

int main(int argc, char **argv)
{
    static const struct verb verbs[] = {{"people", cmd_people}, {"watch", cmd_watch}};
    const struct program program = {"people", verbs, sizeof verbs / sizeof *verbs};
    return cli_main(argc, argv, &program);
}
