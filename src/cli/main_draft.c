/* stet-draft: checking quotations that stand in files: lists of them, and drafts. */
#include "cmd_verify.h"

static enum exit_status cmd_verify_in_files(struct cli *c)
{
    return cli_has(c, OPT_DRAFT) ? cmd_verify_draft(c) : cmd_verify_files(c);
}

int main(int argc, char **argv)
{
    static const struct verb verbs[] = {{"verify", cmd_verify_in_files}};
    const struct program program = {"draft", verbs, sizeof verbs / sizeof *verbs};
    return cli_main(argc, argv, &program);
}
