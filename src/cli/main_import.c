/* stet-import: bringing sources into an archive, and reading them again to prove it. */
#include "cli.h"

#include <locale.h>

int main(int argc, char **argv)
{
    /* In the locale "C" libarchive gives no names that are not ASCII. */
    setlocale(LC_CTYPE, "C.UTF-8");
    static const struct verb verbs[] = {
        {"import", cmd_import},
        {"audit", cmd_audit},
        {"formats", cmd_formats},
        {"show", cmd_show_raw},
    };
    const struct program program = {"import", verbs, sizeof verbs / sizeof *verbs};
    return cli_main(argc, argv, &program);
}
