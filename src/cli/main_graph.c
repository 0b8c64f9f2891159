/* stet-graph: who is near whom. The one program that is linked with igraph. */
#include "cli.h"

int main(int argc, char **argv)
{
    static const struct verb verbs[] = {{"graph", cmd_graph}};
    const struct program program = {"graph", verbs, sizeof verbs / sizeof *verbs};
    return cli_main(argc, argv, &program);
}
