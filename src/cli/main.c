/* stet: searching and reading an archive. It holds no parser of anybody's files. */
#include "cli.h"

int main(int argc, char **argv)
{
    static const struct verb verbs[] = {
        {"search", cmd_search},     {"show", cmd_show},
        {"conversations", cmd_conversations},
        {"timeline", cmd_timeline}, {"sources", cmd_sources},
        {"issues", cmd_issues},     {"info", cmd_info},
        {"verify", cmd_verify},     {"help", cmd_help},
        {"version", cmd_version},   {"doctor", cmd_doctor},
        {"batch", cmd_batch},
        {"tag", cmd_tag},           {"note", cmd_note},
        {"saved", cmd_saved},       {"undo", cmd_undo},
        {"marks", cmd_marks},       {"export", cmd_export},
        {"clock", cmd_clock},
        {"cite", cmd_cite},         {"gaps", cmd_gaps},
        {"count", cmd_count},       {"first", cmd_first},
        {"last", cmd_last},         {"between", cmd_between},
        {"never", cmd_never},
        {"compare", cmd_compare},   {"custody", cmd_custody},
        {"evidence", cmd_evidence},
    };
    const struct program program = {NULL, verbs, sizeof verbs / sizeof *verbs};
    return cli_main(argc, argv, &program);
}
