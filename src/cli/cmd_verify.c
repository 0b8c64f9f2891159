/*
 * stet verify "QUOTE": one quotation from the command line. Lists and drafts are read by another
 * program (main_draft.c), which holds the parsers for them and shares verify_run.c.
 */
#include "cmd_verify.h"

enum exit_status cmd_verify(struct cli *c)
{
    struct err e = {0};
    struct verify_run r = {.cli = c};
    enum status st = OK;
    if (!c->opts.arg_count) {
        fail(&e, ERR_QUERY, "verify what? Give a quotation, --file FILE or --draft FILE");
        st = fail_hint(&e, "more: stet verify --help");
    }
    if (st == OK)
        st = verify_begin(&r, c, &e);
    struct claim claim = r.usual;
    if (st == OK)
        st = cli_query(c, &claim.quote, &e);
    if (st == OK)
        st = verify_one(&r, &claim, &e);
    if (st == OK)
        verify_close(&r);
    const enum exit_status status = st == OK ? verify_status(&r) : cli_fail(c, &e);
    verify_end(&r);
    return status;
}
