/* stet-draft: checking quotations that stand in files: lists of them, and drafts. */
#include "cmd_verify.h"

int main(int argc, char **argv)
{
    static const struct verb verbs[] = {{"verify", cmd_verify_files}};
    const struct program program = {"draft", verbs, sizeof verbs / sizeof *verbs};
    return cli_main(argc, argv, &program);
}
