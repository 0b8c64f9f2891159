/*
 * What all commands share: they are handed a `struct cli` with the command line read and the
 * terminal ready, and return an exit status. Two programs are made of them, each with its own list
 * of verbs; everything else is the same.
 *
 *     static const struct verb verbs[] = { { "search", cmd_search } };
 *     return cli_main(argc, argv, &(struct program){ NULL, verbs, 1 });
 */
#ifndef STET_CLI_H
#define STET_CLI_H

#include "answers.h"
#include "commands.h"
#include "json.h"
#include "sandbox.h"
#include "term.h"

#define STET_VERSION "0.1.0"

enum exit_status {
    EXIT_DONE = 0,
    EXIT_NOTHING = 1, /* nothing was found, or a check failed */
    EXIT_WRONG = 2    /* wrong usage, or an error */
};

struct cli {
    const struct command *command;
    struct opts opts;
    struct term out, diag; /* standard output, standard error */
    bool json, quiet;
    struct sandbox_state sandbox; /* what confines this process by now */
    struct arena arena;           /* lives as long as the command */
};

struct verb {
    const char *name;
    enum exit_status (*run)(struct cli *c);
};

struct program {
    const char *name; /* "import": this is stet-import; NULL: stet itself */
    const struct verb *verbs;
    size_t verb_count;
};

int cli_main(int argc, char **argv, const struct program *program);

const char *cli_archive_path(const struct cli *c);
MUST_USE enum status cli_open(struct cli *c, struct archive **out, struct err *e);
bool cli_has(const struct cli *c, enum option_id id);
const char *cli_value(const struct cli *c, enum option_id id); /* NULL if not given */
MUST_USE enum status cli_number(const struct cli *c, enum option_id id, int64_t max, int64_t *out,
                                struct err *e);

/* Wall ms of --now, otherwise of this machine's clock in its own zone. */
MUST_USE enum status cli_now(const struct cli *c, int64_t *now_wall_ms, struct err *e);

/* The arguments joined with blanks, or standard input if the only one is "-". */
MUST_USE enum status cli_query(struct cli *c, str *out, struct err *e);

/* Print a failure on standard error (and as an object with --json); give EXIT_WRONG. The second
   draws carets under the part of the query that is at fault. */
enum exit_status cli_fail(struct cli *c, const struct err *e);
enum exit_status cli_fail_query(struct cli *c, const struct err *e, str query);

/* One line of JSON: {"stet":1,"type":TYPE ... fields of yours ...} */
struct json cli_json(struct cli *c, const char *type);
void cli_json_end(struct cli *c, struct json *j);

enum exit_status cmd_search(struct cli *c);
enum exit_status cmd_show(struct cli *c);
enum exit_status cmd_show_raw(struct cli *c); /* show --raw */
enum exit_status cmd_people(struct cli *c);
enum exit_status cmd_watch(struct cli *c);
enum exit_status cmd_graph(struct cli *c);
enum exit_status cmd_conversations(struct cli *c);
enum exit_status cmd_timeline(struct cli *c);
enum exit_status cmd_sources(struct cli *c);
enum exit_status cmd_issues(struct cli *c);
enum exit_status cmd_info(struct cli *c);
enum exit_status cmd_import(struct cli *c);
enum exit_status cmd_audit(struct cli *c);
enum exit_status cmd_formats(struct cli *c);
enum exit_status cmd_doctor(struct cli *c);
enum exit_status cmd_help(struct cli *c);
enum exit_status cmd_version(struct cli *c);
enum exit_status cmd_verify(struct cli *c);
enum exit_status cmd_batch(struct cli *c);
enum exit_status cmd_serve(struct cli *c);
enum exit_status cmd_tag(struct cli *c);
enum exit_status cmd_note(struct cli *c);
enum exit_status cmd_saved(struct cli *c);
enum exit_status cmd_undo(struct cli *c);
enum exit_status cmd_marks(struct cli *c);
enum exit_status cmd_export(struct cli *c);
enum exit_status cmd_compare(struct cli *c);
enum exit_status cmd_custody(struct cli *c);
enum exit_status cmd_evidence(struct cli *c);
enum exit_status cmd_clock(struct cli *c);
enum exit_status cmd_cite(struct cli *c);
enum exit_status cmd_gaps(struct cli *c);
enum exit_status cmd_count(struct cli *c);
enum exit_status cmd_first(struct cli *c);
enum exit_status cmd_last(struct cli *c);
enum exit_status cmd_between(struct cli *c);
enum exit_status cmd_never(struct cli *c);

#endif
