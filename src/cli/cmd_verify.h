/*
 * What checking quotations from the command line and from a draft share.
 */
#ifndef STET_CMD_VERIFY_H
#define STET_CMD_VERIFY_H

#include "cli.h"
#include "verify.h"

struct verify_run {
    struct cli *cli;
    struct archive *archive;
    struct verifier *verifier;
    struct zone *zone;   /* of --tz; NULL: none */
    struct claim usual;  /* what the options claim */
    int64_t now_wall_ms;
    size_t checked, standing, failed;
    int64_t searched;    /* messages */
};

/* Reads the options and opens the archive; verify_end in any case. */
MUST_USE enum status verify_begin(struct verify_run *r, struct cli *c, struct err *e);
void verify_end(struct verify_run *r);

/* Checks one quotation and prints it. */
MUST_USE enum status verify_one(struct verify_run *r, const struct claim *claim, struct err *e);

void verify_close(struct verify_run *r); /* the closing lines */
enum exit_status verify_status(const struct verify_run *r);

enum exit_status cmd_verify_files(struct cli *c); /* --file FILE and "-" */
enum exit_status cmd_verify_draft(struct cli *c); /* --draft FILE */

#endif
